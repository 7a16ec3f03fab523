"""What the network's reading of a sentence says of candidates, and candidates that it adds where the parse has none that fits.

A ``Reading`` is asked with stretches of words and answers with sizes: features with a number, which the linear scorers weigh beside their own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate

from bot.language import clauses
from bot.language.clauses import Ranges
from bot.language.network import CONTENT, END, SOURCE, START, Floats
from bot.language.words import Range, Words

Sizes = dict[str, float]

LEVELS = (0.0, -1.0, 1.0)
"""Log-odds above which words make up proposed stretches; from the likeliest on."""

CONTENT_GAP, SOURCE_GAP = 2, 1
"""Words between two proposed stretches over which they are one."""

MASS = 0.6
"""Expected words of content from which a stretch is worth proposing."""

EDGES = 3
"""Likeliest first words, and last ones, that are paired on either side of a cue."""

LIMIT = 6.0
"""Log-odds beyond which surer is no better."""


class Reading:
    """One cue's window of words with the network's log-odds."""

    def __init__(self, words: Words, cue: int, window: Range, odds: Floats, cue_odds: float) -> None:
        self.words, self.cue, self.cue_odds = words, cue, cue_odds
        self.start, self.end = window
        self._odds: list[list[float]] = odds.T.tolist()
        spoken = [any(character.isalnum() for character in words.text[i]) for i in range(*window)]
        content = [_logistic(odd) * said for odd, said in zip(self._odds[CONTENT], spoken, strict=True)]
        self._source = [_logistic(odd) * said for odd, said in zip(self._odds[SOURCE], spoken, strict=True)]
        self._inside = list(accumulate(content, initial=0.0))
        self._spoken = list(accumulate(spoken, initial=0))
        self._said_by = list(accumulate(self._source, initial=0.0))

    # --- Content ----------------------------------------------------------------------------------------------------

    def overlap(self, ranges: Ranges) -> float:
        """About how much a content and the true one have in common, 0 to 1: expected words of both over expected words of either."""
        mass, count = self._covered(self._inside, ranges), self._count(ranges)
        return mass / max(1e-6, self._inside[-1] + count - mass)

    def content_sizes(self, ranges: Ranges) -> Sizes:
        """What speaks for and against some stretches being what the cue introduces."""
        overlap = self.overlap(ranges)
        mass = self._covered(self._inside, ranges)
        first, last = ranges[0][0], ranges[-1][1]
        return {
            "read:overlap": overlap,
            "read:overlap odds": _odds(overlap) / 3,
            "read:missing": min(3.0, (self._inside[-1] - mass) / 3),
            "read:too much": min(3.0, (self._count(ranges) - mass) / 3),
            "read:source": min(2.0, self._covered(self._said_by, ranges)),
            "read:starts": min(self._odd(START, a) for a, _ in ranges),
            "read:ends": min(self._odd(END, b - 1) for _, b in ranges),
            "read:first": self._odd(CONTENT, first),
            "read:last": self._odd(CONTENT, last - 1),
            "read:before": self._odd(CONTENT, first - 1),
            "read:behind": self._odd(CONTENT, last),
        }

    def contents(self) -> list[Ranges]:
        """Contents that the network would choose by itself."""
        found: dict[Ranges, None] = {}

        def add(ranges: Sequence[Range | None]) -> None:
            kept = tuple(stretch for stretch in ranges if stretch)
            if kept and not any(a <= self.cue < b for a, b in kept):
                found.setdefault(kept)

        for level in LEVELS:
            stretches = [stretch for stretch in self._stretches(CONTENT, level, CONTENT_GAP) if self._covered(self._inside, (stretch,)) >= MASS]
            for stretch in stretches:
                add([stretch])
            add(sorted(sorted(stretches, key=lambda stretch: self._covered(self._inside, (stretch,)))[-2:]))
            if len(stretches) == 3:
                add(stretches)
        group = clauses.group(self.words, self.cue)
        for low, high in ((self.start, group[0]), (group[1], self.end)):
            starts = sorted(range(low, high), key=lambda i: -self._odds[START][i - self.start])[:EDGES]
            ends = sorted(range(low, high), key=lambda i: -self._odds[END][i - self.start])[:EDGES]
            for start in starts:
                for end in ends:
                    if end >= start:
                        add([clauses.trim(self.words, start, end + 1)])
        return list(found)

    # --- Sources ----------------------------------------------------------------------------------------------------

    def source_sizes(self, head: int, stretch: Range) -> Sizes:
        """What speaks for and against a noun phrase being who holds it."""
        mass, count = self._covered(self._said_by, (stretch,)), self._count((stretch,))
        share = mass / max(1e-6, self._said_by[-1] + count - mass)
        a, b = stretch
        inside = self._source[max(0, a - self.start) : max(0, b - self.start)]
        return {
            "read:mean": mass / max(1, count),
            "read:highest": max(inside, default=0.0),
            "read:head": _logistic(LIMIT * self._odd(SOURCE, head)),
            "read:overlap": share,
            "read:overlap odds": _odds(share) / 3,
            "read:edge": min(self._odd(SOURCE, a), self._odd(SOURCE, b - 1)),
            "read:beside": max(self._odd(SOURCE, a - 1), self._odd(SOURCE, b)),
        }

    def nobody_sizes(self) -> Sizes:
        """What speaks for and against nobody being named."""
        return {"read:nobody": _odds(max(self._source, default=0.0)) / 3, "read:nobody mass": min(2.0, self._said_by[-1])}

    def sources(self) -> list[tuple[int, Range]]:
        """Head word and stretch of the phrases that the network would choose by itself."""
        first, last = self.words.sentences[self.words.sentence[self.cue]]
        found: dict[Range, int] = {}
        for level, gap in ((0.0, SOURCE_GAP), (0.0, 0), *((level, SOURCE_GAP) for level in LEVELS[1:])):
            for a, b in self._stretches(SOURCE, level, gap):
                stretch = clauses.trim(self.words, max(a, first), min(b, last))
                if stretch and not stretch[0] <= self.cue < stretch[1] and stretch not in found:
                    head = _head(self.words, stretch)
                    if head is not None:
                        found[stretch] = head
        return [(head, stretch) for stretch, head in found.items()]

    # --- Both -------------------------------------------------------------------------------------------------------

    def _place(self, i: int) -> int:
        return min(max(i, self.start), self.end) - self.start

    def _covered(self, sums: Sequence[float], ranges: Ranges) -> float:
        return sum(sums[self._place(b)] - sums[self._place(a)] for a, b in ranges)

    def _count(self, ranges: Ranges) -> float:
        """Words without marks; those beyond the window all count."""
        beyond = sum(b - a - (self._place(b) - self._place(a)) for a, b in ranges)
        return self._covered(self._spoken, ranges) + beyond

    def _odd(self, answer: int, i: int) -> float:
        """A word's log-odds of an answer, -1 to 1; as unlikely as can be beyond the window."""
        return max(-LIMIT, min(LIMIT, self._odds[answer][i - self.start])) / LIMIT if self.start <= i < self.end else -1.0

    def _stretches(self, answer: int, level: float, gap: int) -> list[Range]:
        """Trimmed stretches of words above a level, joined where few words, and not the cue, lie between."""
        found: list[Range] = []
        for at, odd in enumerate(self._odds[answer]):
            i = self.start + at
            if odd <= level:
                continue
            if found and i - found[-1][1] <= gap and not found[-1][1] <= self.cue < i:
                found[-1] = (found[-1][0], i + 1)
            else:
                found.append((i, i + 1))
        return [stretch for stretch in (clauses.trim(self.words, a, b) for a, b in found) if stretch]


def _head(words: Words, stretch: Range) -> int | None:
    """The noun that a phrase hangs by, else its last noun-like word."""
    start, end = stretch
    tops = [i for i in range(start, end) if not start <= words.head[i] < end or words.head[i] == i]
    nouns = [i for i in tops if words.pos[i] in {"NOUN", "PROPN", "PRON"}]
    return nouns[0] if nouns else next((i for i in reversed(range(start, end)) if words.pos[i] in clauses.NOMINAL), None)


def _logistic(odd: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odd))))


def _odds(share: float) -> float:
    """Log-odds of a share, a hundredth kept from either end."""
    return math.log((share + 0.01) / (1.01 - share))
