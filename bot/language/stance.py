"""How a statement speaks of somebody: for, against, or only about; and whether that is sure enough to be shown."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bot.language import linear, stance_traits
from bot.language.words import Range, Words
from bot.models import Stance

SIDES = {"POS": Stance.FOR, "NEG": Stance.AGAINST, "NEU": Stance.ABOUT}


@dataclass(frozen=True, slots=True)
class Reading:
    """The likeliest label (POS, NEG, NEU) and its probability."""

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
    features = stance_traits.target_features(words, sentence, target)
    scores = {label: linear.load(f"stance_{label}").score(features) for label in SIDES}
    highest = max(scores.values())
    exponents = {label: math.exp(score - highest) for label, score in scores.items()}
    label = max(exponents, key=lambda name: exponents[name])
    return Reading(label, exponents[label] / sum(exponents.values()))
