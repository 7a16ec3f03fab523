"""Which sentences carry a piece: its thesis, its key points, and how much every sentence matters.

Two things are weighed: what a sentence covers of the piece (``coverage``), and a prior of what its place, its wording and its voice make
likely. News is told from the top, so its prior falls with the position; an argument may make its claim anywhere, and its prior is learnt
(``claims``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.language.candidates import Candidate
from bot.language.claims import LONGEST, SHORTEST, Weights, claims
from bot.language.coverage import CLOSED, Coverage, Floats
from bot.language.standalone import Leaning

LEAD = 2.0
LEAD_DECAY = 15.0
"""News: the prior of the sentence at position i is LEAD * exp(-i / LEAD_DECAY); 10 to 15 and 1.5 to 2 are a plateau."""
OPENING = 0.5
"""Even a piece that is no news at all tends to say early what it is about: its share of LEAD."""
CLAIM = 1.0
"""Opinion: weight of the learnt prior of a thesis, which is 1 for the likeliest sentence."""
FIRST = 6.0
"""Log odds of a report's first sentence to say what it reports, against the last."""
WEIGHED = 2.0
"""Log odds for each unit that a sentence loses by its length or by what it leans on; 1 to 4 choose alike."""
POINT = 12.0
"""The same for the points of an argument; 8 to 16 choose alike, cross-validated on our own outlines, 4 a little worse."""
APART = 0.6
"""What a point loses for each sentence of its paragraph that is shown: points are spread over the argument. .3 to 1 choose alike."""
LONGEST_NEWS = 24
"""Three sentences of a report that are read at a glance have some 60 words; 22 to 26 is a plateau on the development sets."""
TOO_SHORT = 1.5
TOO_LONG = 0.06
"""Lost for being too short, and for each word above the longest: a long one loses to two shorter ones that say as much."""
MOST_TOO_LONG = 30
DEPENDENT = 0.2
"""What a sentence loses for each one before it that must be shown with it."""
NEVER = CLOSED
"""More than all else together: for a heading, and for a sentence that even those before do not explain. Shown only when nothing else is left."""
CONTEXT = 2
"""Sentences before that may be shown with one that leans on them ..."""
CONTEXT_WORDS = 75
"""... and their words: two sentences of analysts, who write longer ones than reporters."""
MOST_POINTS = 6


@dataclass(frozen=True, slots=True)
class Choice:
    """Sentence positions."""

    thesis: tuple[int, ...]
    points: tuple[int, ...]
    """Best first, without the thesis."""
    salience: tuple[float, ...]
    """Of every sentence, 0 to 1."""


def choose(
    candidates: Sequence[Candidate],
    title: Sequence[str] = (),
    standfirst: Sequence[str] = (),
    news: float = 0.0,
    weights: Mapping[str, Weights] | None = None,
) -> Choice:
    """Thesis, key points and salience; ``title`` and ``standfirst`` as lemmas; ``news`` is how far the piece is news, 0 to 1."""
    if not candidates:
        return Choice((), (), ())
    coverage = Coverage([c.lemmas for c in candidates])
    claim, point = claims(candidates, coverage, title, standfirst, weights)
    needed = context(candidates)
    sure = _sure(news)
    lost = _penalties(candidates, needed, LONGEST + sure * (LONGEST_NEWS - LONGEST))
    lead = _lead(len(candidates))
    thesis = _thesis(candidates, sure * FIRST * lead + (1 - sure) * claim + WEIGHED * lost, needed)
    prior = sure * LEAD * lead + (1 - sure) * POINT * point + lost
    parts = np.array([c.paragraph for c in candidates])
    points = coverage.rank(prior, MOST_POINTS, thesis, [at for at, n in enumerate(needed) if n > CONTEXT], parts, (1 - sure) * APART)
    worth = prior + coverage.gain()
    low, high = float(worth.min()), float(worth.max())
    return Choice(thesis, tuple(points), tuple(round(float((w - low) / ((high - low) or 1)), 4) for w in worth))


def best(candidates: Sequence[Candidate], k: int, news: float) -> list[int]:
    """The ``k`` sentences that carry a piece of which only the body is known, best first."""
    coverage = Coverage([c.lemmas for c in candidates])
    needed = context(candidates)
    claim, _ = claims(candidates, coverage)
    lost = _penalties(candidates, needed, LONGEST_NEWS)
    prior = LEAD * min(1.0, OPENING + news) * _lead(len(candidates)) + CLAIM * (1 - _sure(news)) * np.exp(claim) + lost
    return coverage.rank(prior, k, leaning=[at for at, n in enumerate(needed) if n > CONTEXT])


def context(candidates: Sequence[Candidate]) -> list[int]:
    """How many sentences before each must be shown with it: 0 when it stands alone, more than ``CONTEXT`` when no such number explains it.

    What is shown before stands in one paragraph, is no heading, and begins with a sentence that stands alone.
    """
    needed = []
    for at, c in enumerate(candidates):
        number = 0 if c.stands_alone else next((n for n in range(1, CONTEXT + 1) if _explains(candidates, at, n)), CONTEXT + 1)
        needed.append(number)
    return needed


def _explains(candidates: Sequence[Candidate], at: int, number: int) -> bool:
    if number > at or candidates[at].leaning is Leaning.HALF:
        return False
    first, *_ = before = candidates[at - number : at]
    return (
        first.stands_alone
        and not any(c.heading for c in before)
        and first.paragraph == before[-1].paragraph
        and sum(c.words for c in before) <= CONTEXT_WORDS
    )


def _sure(news: float) -> float:
    """How far place decides: halfway between news and opinion the wording decides alone."""
    return max(0.0, 2 * news - 1)


def _lead(count: int) -> Floats:
    return np.exp(-np.arange(count) / LEAD_DECAY)


def _penalties(candidates: Sequence[Candidate], needed: Sequence[int], longest: float) -> Floats:
    lost = []
    for c, number in zip(candidates, needed, strict=True):
        length = TOO_SHORT if c.words < SHORTEST else TOO_LONG * min(MOST_TOO_LONG, max(0.0, c.words - longest))
        dependent = DEPENDENT * number if number <= CONTEXT else NEVER
        lost.append(length + dependent + NEVER * c.heading)
    return -np.array(lost)


def _thesis(candidates: Sequence[Candidate], score: Floats, needed: Sequence[int]) -> tuple[int, ...]:
    """The sentence; with the one before it when only that says whom or what it speaks of."""
    row = int(score.argmax())
    return (row - 1, row) if needed[row] == 1 and candidates[row].leaning is Leaning.REFERENCE else (row,)
