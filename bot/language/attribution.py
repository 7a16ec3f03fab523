"""Who said what: cue, content and source of every reported statement, found by trained scorers.

Three steps, each a linear model over readable features: is this word a cue; which stretch does it introduce; which noun phrase holds it.
Among the features is what a small network makes of the sentence, which reads it word by word and does not hang on the parse alone.
Quotations without a cue of their own go on from the statement before.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.language import clauses, linear, network, source_traits, traits
from bot.language.clauses import Ranges
from bot.language.linear import Linear
from bot.language.network import Network
from bot.language.readings import Reading, Sizes
from bot.language.words import Range, Words

CERTAIN = 0.38
"""Probability from which a word counts as a cue: on the annotated texts and sentences held out F1 is highest from there to .42."""

NESTED, ECHOED = 0.5, 0.7
"""The same for a cue inside what another one introduces, and for one whose holder there is a mere pronoun ("he said that he hoped ..."): these are
wrong more often. Chosen on the annotated texts and sentences held out."""

PRONOUNS = frozenset({"he", "she", "they", "it"})

LOOKED_AT = 0.05
"""Probability by the linear model from which a word is worth the network's reading; 98 of 100 cues of our held-out texts have it."""

WEIGHED = 10
"""Candidates for a content that are scored in full: those whose overlap with the true one the network expects to be largest."""

TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Attribution:
    """A reported statement, as ranges of words; ``head`` is the source's head word, -1 when nobody is named."""

    cue: int
    group: Range
    content: Ranges
    source: Range | None
    head: int
    probability: float


@dataclass(frozen=True, slots=True)
class Scorers:
    """The three linear models, the network, and how the two are added up where cues are told; without a network the linear models decide alone."""

    cue: Linear
    content: Linear
    source: Linear
    network: Network | None
    numbers: Mapping[str, float]


def shipped() -> Scorers:
    """The models that ``make statements`` wrote."""
    return Scorers(linear.load("cue"), linear.load("content"), linear.load("source"), network.load(), linear.numbers("cue"))


class Judge:
    """Chooses cues, contents and sources in one article; the network reads all its likely cues at once."""

    def __init__(self, words: Words, scorers: Scorers) -> None:
        self.words = words
        self._scorers = scorers
        self.likely = {cue: scorers.cue.probability(traits.cue_features(words, cue)) for cue in clauses.cue_candidates(words)}
        self._readings: dict[int, Reading] = {}
        self._read([cue for cue, probability in self.likely.items() if probability >= LOOKED_AT])

    def _read(self, cues: Sequence[int]) -> None:
        found = self._scorers.network.read(self.words, cues, self.likely) if self._scorers.network else {}
        self._readings.update({cue: Reading(self.words, cue, *read) for cue, read in found.items()})

    def reading(self, cue: int) -> Reading | None:
        """The network's reading of the words around a cue; None without a network."""
        if cue not in self._readings:
            self._read([cue])
        return self._readings.get(cue)

    def doubted(self, cue: int) -> float:
        """Probability of being a cue by the linear model alone, which knows more of the unlikely ones."""
        known = self.likely.get(cue)
        return self._scorers.cue.probability(traits.cue_features(self.words, cue)) if known is None else known

    def probability(self, cue: int) -> float:
        """Probability of being a cue, by the linear model and the network together."""
        plain = self.likely[cue]
        reading = self.reading(cue) if plain >= LOOKED_AT else None
        if reading is None:
            return plain
        numbers = self._scorers.numbers
        odds = numbers["bias"] + numbers["linear"] * math.log(plain / (1 - plain + TINY)) + numbers["network"] * reading.cue_odds
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))

    def content(self, cue: int) -> Ranges | None:
        """What the cue introduces."""
        reading, scorer = self.reading(cue), self._scorers.content
        best, highest = None, -math.inf
        for ranges, sizes in content_choices(self.words, cue, reading):
            score = scorer.score(traits.content_features(self.words, cue, ranges)) + scorer.score_sizes(sizes)
            if score > highest:
                best, highest = ranges, score
        return best

    def source(self, cue: int, content: Ranges) -> tuple[int, Range | None]:
        """Who holds it: head word and phrase, or -1 and None for nobody named."""
        words, reading, scorer = self.words, self.reading(cue), self._scorers.source
        best: tuple[int, Range | None] = (-1, None)
        highest = scorer.score(source_traits.nobody_features(words, cue)) + scorer.score_sizes(reading.nobody_sizes() if reading else {})
        for head, stretch, sizes in source_choices(words, cue, reading):
            score = scorer.score(source_traits.source_features(words, cue, head, stretch, content)) + scorer.score_sizes(sizes)
            if score > highest:
                best, highest = (head, stretch), score
        return best


def content_choices(words: Words, cue: int, reading: Reading | None) -> list[tuple[Ranges, Sizes]]:
    """The candidates for what a cue introduces that the network finds likeliest, the parse's and its own, with what it says of them."""
    candidates = clauses.content_candidates(words, cue)
    if reading is None:
        return [(ranges, {}) for ranges in candidates]
    likeliest = sorted(dict.fromkeys([*candidates, *reading.contents()]), key=reading.overlap, reverse=True)[:WEIGHED]
    return [(ranges, reading.content_sizes(ranges)) for ranges in likeliest]


def source_choices(words: Words, cue: int, reading: Reading | None) -> list[tuple[int, Range, Sizes]]:
    """The candidates for who holds it, head and phrase, the parse's and those that the network adds, with what it says of them."""
    candidates = clauses.source_candidates(words, cue)
    if reading is None:
        return [(head, stretch, {}) for head, stretch in candidates]
    known = {stretch for _, stretch in candidates}
    candidates += [(head, stretch) for head, stretch in reading.sources() if stretch not in known]
    return [(head, stretch, reading.source_sizes(head, stretch)) for head, stretch in candidates]


def attribute(judge: Judge, certain: float = CERTAIN) -> list[Attribution]:
    """Every reported statement of an article, in order of its cue."""
    words = judge.words
    found = []
    for cue in judge.likely:
        probability = judge.probability(cue)
        if probability < certain:
            continue
        content = judge.content(cue)
        if content is None:
            continue
        head, source = judge.source(cue, content)
        found.append(Attribution(cue, clauses.group(words, cue), content, source, head, probability))
    return [one for one in found if likely(words, one, found)]


def likely(words: Words, one: Attribution, found: Sequence[Attribution]) -> bool:
    """Whether a finding inside another one's content is sure enough to stand beside it."""
    if one.probability >= ECHOED or not any(_inside(one.cue, other) and not _inside(other.cue, one) for other in found if other is not one):
        return True
    return one.probability >= NESTED and not (one.head >= 0 and words.lower[one.head] in PRONOUNS)


def _inside(cue: int, other: Attribution) -> bool:
    return any(start <= cue < end for start, end in other.content)


def reported(attributions: Sequence[Attribution]) -> set[int]:
    """Positions of all words inside somebody's content."""
    return {i for found in attributions for start, end in found.content for i in range(start, end)}
