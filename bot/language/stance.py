"""How a statement speaks of somebody: for, against, or only about; and whether that is sure enough to be shown."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from bot.language import linear, stance_traits
from bot.language.words import Range, Words
from bot.models import Stance

SIDES = {"POS": Stance.FOR, "NEG": Stance.AGAINST, "NEU": Stance.ABOUT}

USUAL = {"NEG": 0.33, "NEU": 0.5, "POS": 0.17}
"""Shares of the labels among mentions in unselected news; the models are taught on even ones."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The likeliest label (POS, NEG, NEU), and how probable it is in unselected news."""

    label: str
    confidence: float

    @property
    def shown(self) -> Stance | None:
        """The stance, where it is sure enough to be shown."""
        return SIDES[self.label] if self.confidence >= linear.numbers("stance")[self.label] else None


def toward(words: Words, target: Range) -> Reading:
    """The stance toward a target of the sentence that names it."""
    return classify(words, words.sentences[words.sentence[target[0]]], target)


def classify(words: Words, sentence: Range, target: Range) -> Reading:
    """The stance of some words toward a target among them."""
    return judge(linear.load_classes("stance").scores(stance_traits.measure(words, sentence, target)))


def judge(scores: Mapping[str, float]) -> Reading:
    """The reading that the labels' scores give."""
    highest = max(scores.values())
    exponents = {label: math.exp(score - highest) for label, score in scores.items()}
    label = max(exponents, key=lambda name: exponents[name])
    return Reading(label, usual(exponents)[label])


def usual(shares: Mapping[str, float]) -> dict[str, float]:
    """Probabilities under even shares of the labels (up to a common factor) as they are under the usual ones."""
    weighed = {label: share * USUAL[label] for label, share in shares.items()}
    total = sum(weighed.values())
    return {label: share / total for label, share in weighed.items()}
