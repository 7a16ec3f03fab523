"""What a sentence does in its author's own voice: fact, judgement, prediction, recommendation; or only report somebody else."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from bot.language import lexicon, linear, voice_traits
from bot.language.words import Range, Words

LABELS = "FJPRTN"
"""Fact, judgement, prediction, recommendation, testimony, none: as the annotated texts mark them."""


BALANCE = {"TESTIMONY": 0.1, "OPINION": 0.6, "EVIDENCE": 1.0}
"""What the three uses count against each other: half of our texts' sentences are reports, in editorials about a tenth."""

PRIOR = {"T": 0.4, "F": 0.6}
"""Reports are half of our texts' sentences and facts a fifth; in the five real op-eds both are rarer (own-voice F1 67 -> 75 there)."""

EVEN = 0.5
"""Where a sentence is as much fact as position."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Probabilities of the labels for one sentence."""

    label: str
    probabilities: dict[str, float]

    @property
    def subjective(self) -> bool:
        """Whether it takes a side, be it by a judgement, a forecast or advice."""
        return self.probabilities["F"] + self.probabilities["T"] < EVEN

    @property
    def use(self) -> str:
        """What it gives to an argument: OPINION, TESTIMONY or EVIDENCE."""
        shares = {"TESTIMONY": self.probabilities["T"], "EVIDENCE": self.probabilities["F"]}
        shares["OPINION"] = 1 - sum(shares.values())
        shares = {name: share * BALANCE[name] for name, share in shares.items()}
        return max(shares, key=lambda name: shares[name])


def read(words: Words, sentence: Range, reported: set[int]) -> Reading:
    """The voice of one sentence; ``reported`` are the positions inside reported contents."""
    features = voice_traits.sentence_features(words, sentence, reported)
    scores = {label: linear.load(f"voice_{label}").score(features) for label in LABELS}
    highest = max(scores.values())
    exponents = {label: math.exp(score - highest) for label, score in scores.items()}
    total = sum(exponents.values())
    probabilities = {label: value / total for label, value in exponents.items()}
    return Reading(max(probabilities, key=lambda label: probabilities[label] * PRIOR.get(label, 1.0)), probabilities)


def hedges(words: Words, positions: Iterable[int]) -> int:
    """How many hedging words there are: "perhaps", "may", "seems"."""
    listed = lexicon.words("voice")["hedge"]
    return sum(1 for i in positions if words.lower[i] in listed and words.pos[i] != "PROPN")


def boosters(words: Words, positions: Iterable[int]) -> int:
    """How many words put it firmly: "clearly", "never", "must"."""
    groups = lexicon.words("voice")
    return sum(1 for i in positions if words.lower[i] in groups["booster"] or words.lower[i] in {"must", "cannot"})
