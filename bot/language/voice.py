"""What a sentence does in its author's own voice: fact, judgement, prediction, recommendation; or only report somebody else."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.language import lexicon, linear, voice_traits
from bot.language.reports import Reports
from bot.language.words import Range, Words

LABELS = "FJPRTN"
"""Fact, judgement, prediction, recommendation, testimony, none: as the annotated texts mark them."""


QUOTING = 0.5
"""What testimony counts against opinion and evidence: the labels are taught with the shares of op-eds, a fifth of them reports; in editorials it is
a tenth."""

UNSAID = 0.1
"""How much of a report counts as testimony that quotes nobody and tells of a belief, hope or plan, or of what "critics" say: the author ascribes
it, no witness says it."""


POSITIONS = {"J": 1.0, "P": 1.4, "R": 1.4}
"""What the kinds of a position count against each other: a call or a prediction that gives its reasons looks like a judgement too. On our texts held
out 91.3 in 100 positions get the right kind instead of 90.0; 1.3 to 1.6 are alike."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Probabilities of the labels for one sentence, and how likely it is that its author takes a side."""

    label: str
    probabilities: dict[str, float]
    side: float
    said: bool
    """Whether a witness speaks: most of what it reports is said by somebody named, or most of it stands in quotation marks."""

    @property
    def subjective(self) -> bool:
        """Whether it takes a side: by an opinion, scorn, praise, irony or a call, not by an analysis or by what others are reported to say."""
        return self.side > 0.5

    @property
    def stand(self) -> float:
        """How likely the author takes a position with it, and a side: by it instead of the label's probability 58 of 100 theses are found, not 56."""
        return (1 - self.probabilities["T"] - self.probabilities["F"]) * self.side

    @property
    def use(self) -> str:
        """What it gives to an argument: OPINION, TESTIMONY or EVIDENCE."""
        testimony, fact = self.probabilities["T"], self.probabilities["F"]
        shares = {
            "TESTIMONY": testimony * QUOTING * (1.0 if self.said else UNSAID),
            "EVIDENCE": fact * 2 * (1 - self.side),
            "OPINION": (1 - testimony - fact) * 2 * self.side,
        }
        return max(shares, key=lambda name: shares[name])


def read(words: Words, sentence: Range, told: Reports, said: Collection[int] | None = None) -> Reading:
    """The voice of one sentence; ``told`` is what the article reports, ``said`` the positions of what a witness says (all of it)."""
    said = told.inside if said is None else said
    features = voice_traits.sentence_features(words, sentence, told)
    scores = {label: linear.load(f"voice_{label}").score(features) for label in LABELS}
    side = linear.load("voice_side").probability(voice_traits.manner(features))
    inside = told.inside.intersection(range(*sentence))
    quoted = [words.quote[i] >= 0 for i in range(*sentence) if words.text[i][0].isalnum()]
    spoken = (bool(inside) and 2 * len(inside.intersection(said)) >= len(inside)) or (any(quoted) and 2 * sum(quoted) >= len(quoted))
    highest = max(scores.values())
    exponents = {label: math.exp(score - highest) for label, score in scores.items()}
    total = sum(exponents.values())
    probabilities = {label: value / total for label, value in exponents.items()}
    label = max(probabilities, key=lambda name: probabilities[name])
    if label in POSITIONS:
        label = max(POSITIONS, key=lambda name: probabilities[name] * POSITIONS[name])
    return Reading(label, probabilities, side, spoken)


def hedges(words: Words, positions: Iterable[int]) -> int:
    """How many hedging words there are: "perhaps", "may", "seems"."""
    listed = lexicon.words("voice")["hedge"]
    return sum(1 for i in positions if words.lower[i] in listed and words.pos[i] != "PROPN")


def boosters(words: Words, positions: Iterable[int]) -> int:
    """How many words put it firmly: "clearly", "never", "must"."""
    groups = lexicon.words("voice")
    return sum(1 for i in positions if words.lower[i] in groups["booster"] or words.lower[i] in {"must", "cannot"})
