"""Which sentences carry a piece: its thesis, its key points, and how much every sentence matters.

Two things are weighed. *Coverage*: how much of what the piece keeps coming back to a sentence says, each word counting less once it has been
shown (greedy choice under diminishing returns, after Lin and Bilmes 2011, so that no two sentences say the same). And a *prior*: what its place, its
wording and its voice make likely before its content is weighed. News is told from the top, so its prior falls with the position; in opinion the
claim may stand anywhere, and the prior is a logistic regression over readable features, learnt on the theses marked in our own annotated texts
(``thesis.json``; ``bot.language.training.thesis`` makes it).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WEIGHTS = Path(__file__).parent / "thesis.json"

DISCOUNT = 0.75
"""A word's worth after each sentence shown that has it. .6 to .85 make no difference beyond noise on the development sets."""
LENGTH_EXPONENT = 0.6
"""Gain is divided by the number of distinct words to this power: 0 prefers long sentences, 1 short ones; .5 to .7 is a plateau."""
FEWEST = 6
"""Distinct words below which a sentence is not rewarded further for being short."""
LEAD = 2.0
LEAD_DECAY = 15.0
"""News: the prior of the sentence at position i is LEAD * exp(-i / LEAD_DECAY); 10 to 15 and 1.5 to 2 are a plateau."""
OPENING = 0.5
"""Even a piece that is no news at all tends to say early what it is about: its share of LEAD."""
CLAIM = 1.0
"""Opinion: weight of the learnt prior (a probability relative to the piece's highest)."""
STANDFIRST = 3.0
NUT_GRAF = 2.0
CONCEDED = -1.5
"""Log odds, set by hand: an editor's standfirst usually is the thesis; a long analysis states it where the introduction ends; what is granted to
the other side ("to be sure", "this is not to say") is not what the author argues."""
SHORTEST, LONGEST = 8, 30
"""Words of a sentence that reads well by itself; each further third costs TOO_LONG. Longer ones lose to two shorter ones that say as much."""
TOO_LONG = 0.45
DEPENDENT = 0.4
"""What a sentence loses that does not stand alone."""
THESIS_DEPENDENT = 0.15
"""The same for a thesis: it may be shown with the sentence before it."""
NEVER = 9.0
"""More than all else together: for a heading, and for a sentence that even the one before does not explain. Shown only when nothing else is left."""
MOST_POINTS = 6
SAME = 0.6
"""Share of two sentences' words, together, from which on they say the same and only one is shown."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of one sentence; the order of candidates is the text's."""

    lemmas: tuple[str, ...]
    """Content words' lemmas, lower case."""
    words: int
    paragraph: int
    paragraphs: int
    """How many paragraphs the piece has."""
    first_in_paragraph: bool
    last_in_paragraph: bool
    stands_alone: bool = True
    heading: bool = False
    modal: bool = False
    """must, should, ought, need to, have to."""
    likely: bool = False
    """will, would, may, likely, unlikely."""
    negated: bool = False
    contrast: bool = False
    """but, yet, however, not ... but, rather than."""
    question: bool = False
    quoted: float = 0.0
    """Share of the words that are somebody else's."""
    number: bool = False
    dated: bool = False
    names: int = 0
    evaluation: bool = False
    """A word that weighs: wrong, danger, essential, fail ..."""
    summing: bool = False
    """the real question, the point is, in the end, the truth is, what matters."""
    first_person: bool = False
    """I, we, my, our outside quotations."""
    past: bool = False
    """Told in the past tense."""
    reporting: bool = False
    """A verb of saying governs it: "..., officials said"."""
    conceding: bool = False
    """Grants something to the other side: to be sure, this is not to say."""
    own: float = 0.0
    """Strength of the author's own position in it, 0 to 1; 0 for a plain fact and for reported words."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Sentence positions."""

    thesis: tuple[int, ...]
    points: tuple[int, ...]
    """Best first, without the thesis."""
    salience: tuple[float, ...]
    """Of every sentence, 0 to 1."""


FEATURES = (
    "first sentence",
    "last sentence",
    "first paragraph",
    "second paragraph",
    "last paragraph",
    "early",
    "late",
    "opens paragraph",
    "closes paragraph",
    "coverage",
    "title",
    "stands alone",
    "short",
    "long",
    "modal",
    "likely",
    "negated",
    "contrast",
    "question",
    "quoted",
    "number",
    "dated",
    "names",
    "evaluation",
    "summing",
    "own",
)


def choose(candidates: Sequence[Candidate], title: Sequence[str] = (), standfirst: Sequence[str] = (), news: float = 0.0) -> Choice:
    """Thesis, key points and salience; ``title`` and ``standfirst`` as lemmas; ``news`` is how far the piece is news, 0 to 1."""
    if not candidates:
        return Choice((), (), ())
    terms = _terms(candidates)
    claim = _relative(claims(candidates, title, standfirst))
    prior = _prior(candidates, claim, news)
    sure = max(0.0, 2 * news - 1)  # halfway, the wording decides alone
    thesis = _thesis(candidates, sure * _lead(len(candidates)) + (1 - sure) * claim + _penalties(candidates, THESIS_DEPENDENT))
    points = rank(terms, prior, MOST_POINTS, thesis, leaning(candidates))
    worth = prior + _first_gain(terms)
    low, high = float(worth.min()), float(worth.max())
    return Choice(thesis, tuple(points), tuple(round(float((w - low) / ((high - low) or 1)), 4) for w in worth))


def best(candidates: Sequence[Candidate], k: int, news: float) -> list[int]:
    """The ``k`` sentences that carry a piece of which only the body is known, best first."""
    prior = _prior(candidates, _relative(claims(candidates, (), ())), news)
    return rank(_terms(candidates), prior, k, leans=leaning(candidates))


def _prior(candidates: Sequence[Candidate], claim: NDArray[np.float64], news: float) -> NDArray[np.float64]:
    """What place, wording and voice make likely: the lead for anything that may be news, the claim for what may be opinion."""
    prior: NDArray[np.float64] = (
        LEAD * min(1.0, OPENING + news) * _lead(len(candidates)) + CLAIM * (1 - max(0.0, 2 * news - 1)) * claim + _penalties(candidates)
    )
    return prior


def _lead(count: int) -> NDArray[np.float64]:
    return np.exp(-np.arange(count) / LEAD_DECAY)


def _relative(values: NDArray[np.float64]) -> NDArray[np.float64]:
    scaled: NDArray[np.float64] = values / max(float(values.max()), 1e-9)
    return scaled


def rank(terms: NDArray[np.float64], prior: NDArray[np.float64], k: int, shown: Sequence[int] = (), leans: frozenset[int] = frozenset()) -> list[int]:
    """Greedy choice of ``k`` rows by what each adds to what is shown, plus its prior.

    ``terms``: sentences x words, the counts (0, 1, 2); a word is weighed by the logarithm of its count in the piece, single ones not at all.
    ``leans``: rows that may only follow the row before.
    """
    present = (terms > 0).astype(float)
    worth = _worth(terms)
    size = np.maximum(FEWEST, present.sum(1)) ** LENGTH_EXPONENT
    seen = present[list(shown)].sum(0) if shown else np.zeros(terms.shape[1])
    chosen: list[int] = []
    left = np.ones(len(prior), dtype=bool)
    open_ = ~np.isin(np.arange(len(prior)), [row for row in leans if row - 1 not in shown])
    for row in shown:
        left &= ~_alike(present, row)
    while len(chosen) < k and left.any():
        gain = (present @ (worth * DISCOUNT**seen)) / size
        score = np.where(left, gain / max(gain.max(), 1e-9) + prior - NEVER * ~open_, -np.inf)
        best_row = int(score.argmax())
        chosen.append(best_row)
        left &= ~_alike(present, best_row)
        open_[best_row + 1 : best_row + 2] = True
        seen = seen + present[best_row]
    return chosen


def _alike(present: NDArray[np.float64], row: int) -> NDArray[np.bool_]:
    """Which rows say what this one says; itself always."""
    both = present @ present[row]
    alike: NDArray[np.bool_] = both >= SAME * np.maximum(1, present.sum(1) + present[row].sum() - both)
    alike[row] = True
    return alike


def claims(candidates: Sequence[Candidate], title: Sequence[str], standfirst: Sequence[str]) -> NDArray[np.float64]:
    """How likely each sentence is the one in which the author says what the piece says, 0 to 1."""
    weights, bias = _weights()
    return 1 / (1 + np.exp(-(features(candidates, title, standfirst) @ weights + bias + _editors(candidates, standfirst))))


def _editors(candidates: Sequence[Candidate], standfirst: Sequence[str]) -> NDArray[np.float64]:
    """What our annotated texts do not teach, for they have none or few: a standfirst, an introduction with an end, concessions."""
    said = _head(candidates, (), standfirst)
    heading = next((at for at, c in enumerate(candidates) if c.heading), None)
    bonus = np.zeros(len(candidates))
    for at, c in enumerate(candidates):
        shared = sum(said.get(lemma, 0.0) for lemma in set(c.lemmas))
        bonus[at] = STANDFIRST * max(0.0, 2 * shared - 1) + NUT_GRAF * (heading is not None and at == heading - 1) + CONCEDED * c.conceding
    return bonus


def features(candidates: Sequence[Candidate], title: Sequence[str], standfirst: Sequence[str]) -> NDArray[np.float64]:
    """Sentences x ``FEATURES``, all between 0 and 1."""
    count = len(candidates)
    coverage = _first_gain(_terms(candidates))
    head = _head(candidates, title, standfirst)
    rows = []
    for at, c in enumerate(candidates):
        late = at / max(1, count - 1)
        shared = sum(head.get(lemma, 0.0) for lemma in set(c.lemmas))
        rows.append(
            [
                at == 0,
                at == count - 1,
                c.paragraph == 0,
                c.paragraph == 1,
                c.paragraph == c.paragraphs - 1,
                math.exp(-at / 4),
                late**3,
                c.first_in_paragraph,
                c.last_in_paragraph,
                coverage[at],
                min(1.0, shared),
                c.stands_alone,
                c.words < SHORTEST,
                c.words > LONGEST + 5,
                c.modal,
                c.likely,
                c.negated,
                c.contrast,
                c.question,
                c.quoted,
                c.number,
                c.dated,
                min(c.names, 4) / 4,
                c.evaluation,
                c.summing,
                c.own,
            ]
        )
    return np.array(rows, dtype=float)


def _head(candidates: Sequence[Candidate], title: Sequence[str], standfirst: Sequence[str]) -> dict[str, float]:
    """Words of headline and standfirst with their share of what those say; a word that stands everywhere in the piece says little."""
    said = {lemma: 1 / (1 + sum(lemma in c.lemmas for c in candidates)) ** 0.5 for lemma in {*title, *standfirst}}
    total = sum(said.values()) or 1.0
    return {lemma: weight / total for lemma, weight in said.items()}


def _terms(candidates: Sequence[Candidate]) -> NDArray[np.float64]:
    """Sentences x distinct lemmas: counts, at most 2, so that a word repeated inside one sentence does not count as a theme."""
    index: dict[str, int] = {}
    for candidate in candidates:
        for lemma in candidate.lemmas:
            index.setdefault(lemma, len(index))
    terms = np.zeros((len(candidates), max(1, len(index))))
    for row, candidate in enumerate(candidates):
        for lemma in candidate.lemmas:
            terms[row, index[lemma]] += 1
    return np.minimum(terms, 2)


def _worth(terms: NDArray[np.float64]) -> NDArray[np.float64]:
    total = terms.sum(0)
    worth: NDArray[np.float64] = np.log1p(total) * (total > 1)
    return worth


def _first_gain(terms: NDArray[np.float64]) -> NDArray[np.float64]:
    present = (terms > 0).astype(float)
    gain = (present @ _worth(terms)) / np.maximum(FEWEST, present.sum(1)) ** LENGTH_EXPONENT
    scaled: NDArray[np.float64] = gain / max(gain.max(), 1e-9)
    return scaled


def _penalties(candidates: Sequence[Candidate], dependent: float = DEPENDENT) -> NDArray[np.float64]:
    lost = []
    for at, c in enumerate(candidates):
        too_long = min(3.0, max(0, c.words - LONGEST) / (LONGEST / 3))
        lost.append(TOO_LONG * (c.words < SHORTEST) + TOO_LONG * too_long + _lost_alone(candidates, at, dependent) + NEVER * c.heading)
    return -np.array(lost)


def leaning(candidates: Sequence[Candidate]) -> frozenset[int]:
    """Sentences that the one before does not explain, for it leans on another itself: they may only follow it."""
    return frozenset(at for at, c in enumerate(candidates) if at and not c.stands_alone and not candidates[at - 1].stands_alone)


def _lost_alone(candidates: Sequence[Candidate], at: int, dependent: float) -> float:
    """Nothing for a sentence that stands alone, ``dependent`` for one that the sentence before can explain, all where that is a heading.

    A piece's first sentence that leans does so on the headline, which is shown above it, or on what it says next ("It is small, but the Ems ...").
    """
    if candidates[at].stands_alone:
        return 0.0
    return NEVER if at > 0 and candidates[at - 1].heading else dependent


def _thesis(candidates: Sequence[Candidate], score: NDArray[np.float64]) -> tuple[int, ...]:
    """The sentence; with the one before it when it cannot stand alone and was chosen all the same."""
    best_row = int((score - NEVER * np.isin(np.arange(len(score)), list(leaning(candidates)))).argmax())
    if candidates[best_row].stands_alone or best_row == 0 or candidates[best_row - 1].heading:
        return (best_row,)
    return (best_row - 1, best_row)


@cache
def _weights() -> tuple[NDArray[np.float64], float]:
    stored: Mapping[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return np.array([stored[name] for name in FEATURES]), stored["bias"]
