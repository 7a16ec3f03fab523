"""How likely each sentence of an argument is its thesis, or one of the points that carry it.

Two logistic regressions over the same readable features, learnt on what is marked in our own annotated texts and outlines (``claims.json``;
``bot.language.training.thesis`` makes it).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from bot.language.candidates import Candidate
from bot.language.coverage import Coverage, Floats
from bot.language.standalone import Leaning

WEIGHTS = Path(__file__).parent / "claims.json"
THESIS, POINT = "thesis", "point"

SHORTEST, LONGEST = 8, 30
"""Words of a sentence that reads well by itself."""

STANDFIRST = 6.0
INTRODUCTION = 1.5
NUT_GRAF = 2.0
CONCEDED = -1.5
"""Log odds, set by hand: a sentence that an editor took for the standfirst is the thesis, one that shares half of its words may be; a piece in
sections states it before the first heading, mostly right before; what is granted to the other side ("to be sure", "this is not to say") is
not what the author argues."""

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
    "alone in paragraph",
    "coverage",
    "theme of paragraph",
    "title",
    "turns",
    "refers",
    "opens after concession",
    "short",
    "long",
    "modal",
    "likely",
    "negated",
    "contrast",
    "causal",
    "motive",
    "question",
    "after question",
    "quoted",
    "number",
    "dated",
    "names",
    "evaluation",
    "summing",
    "first person",
    "past",
    "reporting",
    "own",
)

Weights = tuple[Floats, float]
"""One for each feature, and the bias."""


def claims(
    candidates: Sequence[Candidate], coverage: Coverage, title: Sequence[str] = (), standfirst: Sequence[str] = (), weights: Mapping[str, Weights] | None = None
) -> tuple[Floats, Floats]:
    """The probability of each sentence to be the thesis, and to be a point; ``weights`` are the shipped ones when None."""
    weights = weights or shipped()
    measured = features(candidates, coverage, title, standfirst)
    said, granted = _editors(candidates, standfirst)
    thesis = _logistic(measured @ weights[THESIS][0] + weights[THESIS][1] + said + granted)
    return thesis, _logistic(measured @ weights[POINT][0] + weights[POINT][1] + granted)


def features(candidates: Sequence[Candidate], coverage: Coverage, title: Sequence[str] = (), standfirst: Sequence[str] = ()) -> Floats:
    """Sentences x ``FEATURES``, all between 0 and 1."""
    count = len(candidates)
    head = _head(candidates, title, standfirst)
    carried = coverage.gain()
    theme = _themes(candidates, coverage)
    rows = []
    before: Candidate | None = None
    for at, c in enumerate(candidates):
        place = at / max(1, count - 1)
        turns = c.leaning is Leaning.TURN
        rows.append(
            (
                at == 0,
                at == count - 1,
                c.paragraph == 0,
                c.paragraph == 1,
                c.paragraph == c.paragraphs - 1,
                math.exp(-at / 4),
                place**3,
                c.first_in_paragraph,
                c.last_in_paragraph,
                c.first_in_paragraph and c.last_in_paragraph,
                carried[at],
                theme[at],
                min(1.0, sum([head.get(lemma, 0.0) for lemma in set(c.lemmas)])) if head else 0.0,
                turns,
                c.leaning is Leaning.REFERENCE,
                turns and before is not None and (before.reporting or before.conceding or before.quoted > 0),
                c.words < SHORTEST,
                min(1.0, max(0, c.words - 15) / 20),
                c.modal,
                c.likely,
                c.negated,
                c.contrast,
                c.causal,
                c.motive,
                c.question,
                before is not None and before.question,
                c.quoted,
                c.number,
                c.dated,
                min(c.names, 4) / 4,
                c.evaluation,
                c.summing,
                c.first_person,
                c.past,
                c.reporting,
                c.own,
            )
        )
        before = c
    return np.array(rows, dtype=np.float64)


@cache
def shipped() -> dict[str, Weights]:
    """The stored weights."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {name: (np.array([stored[name][feature] for feature in FEATURES]), float(stored[name]["bias"])) for name in (THESIS, POINT)}


def _logistic(odds: Floats) -> Floats:
    probability: Floats = 1 / (1 + np.exp(-odds))
    return probability


def _themes(candidates: Sequence[Candidate], coverage: Coverage) -> Floats:
    """Share of a sentence's words that the rest of its paragraph takes up."""
    paragraphs = np.array([c.paragraph for c in candidates])
    first = np.flatnonzero(np.diff(paragraphs, prepend=-1))
    said = np.add.reduceat(coverage.present, first)[np.cumsum(np.diff(paragraphs, prepend=paragraphs[0]) > 0)]
    taken_up: Floats = (coverage.present * (said > 1)).sum(1) / np.maximum(1, coverage.size)
    return taken_up


def _editors(candidates: Sequence[Candidate], standfirst: Sequence[str]) -> tuple[Floats, Floats]:
    """What our texts do not teach, for they have none or few: a standfirst, an introduction with an end; and concessions."""
    said = _head(candidates, (), standfirst)
    heading = next((at for at, c in enumerate(candidates) if c.heading), None)
    bonus = np.zeros(len(candidates))
    for at, c in enumerate(candidates if said else ()):
        bonus[at] = STANDFIRST * max(0.0, 2 * sum(said.get(lemma, 0.0) for lemma in set(c.lemmas)) - 1)
    if heading:
        bonus[:heading] += INTRODUCTION
        bonus[heading - 1] += NUT_GRAF
    return bonus, np.array([CONCEDED * c.conceding for c in candidates])


def _head(candidates: Sequence[Candidate], title: Sequence[str], standfirst: Sequence[str]) -> dict[str, float]:
    """Words of headline and standfirst with their share of what those say; a word that stands everywhere in the piece says little."""
    said = {lemma: 1 / (1 + sum([lemma in c.lemmas for c in candidates])) ** 0.5 for lemma in {*title, *standfirst}}
    total = sum(said.values()) or 1.0
    return {lemma: weight / total for lemma, weight in said.items()}
