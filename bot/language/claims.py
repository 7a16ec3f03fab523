"""How likely each sentence of an argument is its thesis, or one of the points that carry it.

Two linear models over the same readable features, learnt on what is marked in our own annotated texts and outlines (``claims.json``;
``bot.language.training.thesis`` makes it): a conditional logit, by which one sentence of a piece is its thesis (McFadden 1974), and a
logistic regression for the points, of which there may be any number.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from operator import attrgetter
from pathlib import Path

import numpy as np

from bot.language.candidates import Candidate
from bot.language.coverage import Coverage, Floats
from bot.language.standalone import Leaning

WEIGHTS = Path(__file__).parent / "claims.json"
THESIS, POINT = "thesis", "point"

SHORTEST, LONGEST = 8, 36
"""Words of a sentence that reads well by itself; 30 to 45 choose alike, cross-validated on our own outlines."""

SUBSTANTIAL, LONGEST_READ = 24, 40
"""Words from which a sentence says as much as most that carry a piece, and from which still more words tell nothing."""

STANDFIRST = 6.0
HEADLINE = 1.0
INTRODUCTION = 1.5
NUT_GRAF = 2.0
CONCEDED = -1.5
QUOTED = -4.0
"""Log odds, set by hand: a sentence that an editor took for the standfirst is the thesis, one that shares half of its words may be; newspapers
write their headlines from the thesis, which ours, being wittier, do not teach enough; a piece in sections states it before the first heading,
mostly right before; what is granted to the other side ("to be sure", "this is not to say") is not what the author argues, nor is
a sentence that stands mostly between quotation marks."""

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
    "substantial",
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
    "firmest",
    "turned against",
    "adding",
    "correcting",
)

_AS_IT_IS = (
    "modal",
    "likely",
    "negated",
    "contrast",
    "causal",
    "motive",
    "question",
    "quoted",
    "number",
    "dated",
    "evaluation",
    "summing",
    "first_person",
    "past",
    "reporting",
    "own",
    "adding",
    "correcting",
)
"""What a feature takes from a candidate without more ado."""
_READ_OFF = (*_AS_IT_IS, "conceding", "words", "paragraph", "paragraphs", "first_in_paragraph", "last_in_paragraph", "names")
_read_off = attrgetter(*_READ_OFF)
MOST_NAMES = 4
"""From which on a sentence has many names."""

Weights = tuple[Floats, float]
"""One for each feature, and the bias, which the conditional logit has none of."""


def claims(
    candidates: Sequence[Candidate],
    coverage: Coverage,
    title: Sequence[str] = (),
    standfirst: Sequence[str] = (),
    weights: Mapping[str, Weights] | None = None,
) -> tuple[Floats, Floats]:
    """How likely each sentence is the thesis, as log odds below the likeliest; and a point, relative to the likeliest.

    ``weights`` are the shipped ones when None.
    """
    weights = weights or shipped()
    measured = features(candidates, coverage, title, standfirst)
    said, granted = _editors(candidates, title, standfirst)
    thesis = measured @ weights[THESIS][0] + said + granted
    point = 1 / (1 + np.exp(-(measured @ weights[POINT][0] + weights[POINT][1] + granted)))
    return thesis - thesis.max(), point / point.max()


def features(candidates: Sequence[Candidate], coverage: Coverage, title: Sequence[str] = (), standfirst: Sequence[str] = ()) -> Floats:
    """Sentences x ``FEATURES``, all between 0 and 1."""
    count = len(candidates)
    head = _head(candidates, title, standfirst)
    column = dict(zip(_READ_OFF, np.array([_read_off(c) for c in candidates], dtype=np.float64).T, strict=True))
    turns, refers = (np.array([c.leaning is leaning for c in candidates], dtype=np.float64) for leaning in (Leaning.TURN, Leaning.REFERENCE))
    place, words, paragraph = np.arange(count), column["words"], column["paragraph"]
    nothing = np.zeros(1)
    granted = column["reporting"] + column["conceding"] + column["quoted"] > 0
    measured = {
        **{name.replace("_", " "): column[name] for name in _AS_IT_IS},
        "first sentence": place == 0,
        "last sentence": place == count - 1,
        "first paragraph": paragraph == 0,
        "second paragraph": paragraph == 1,
        "last paragraph": paragraph == column["paragraphs"] - 1,
        "early": np.exp(-place / 4),
        "late": (place / max(1, count - 1)) ** 3,
        "opens paragraph": column["first_in_paragraph"],
        "closes paragraph": column["last_in_paragraph"],
        "alone in paragraph": column["first_in_paragraph"] * column["last_in_paragraph"],
        "coverage": coverage.gain(),
        "theme of paragraph": _themes(candidates, coverage),
        "title": [min(1.0, sum([head.get(lemma, 0.0) for lemma in set(c.lemmas)])) for c in candidates] if head else np.zeros(count),
        "turns": turns,
        "refers": refers,
        "opens after concession": turns * np.concatenate([nothing, granted[:-1]]),
        "short": words < SHORTEST,
        "substantial": np.clip((words - SHORTEST) / (SUBSTANTIAL - SHORTEST), 0, 1),
        "long": np.clip((words - SUBSTANTIAL) / (LONGEST_READ - SUBSTANTIAL), 0, 1),
        "after question": np.concatenate([nothing, column["question"][:-1]]),
        "names": np.minimum(column["names"], MOST_NAMES) / MOST_NAMES,
        "firmest": _ranks([c.own for c in candidates]),
        "turned against": np.concatenate([turns[1:], nothing]),
    }
    return np.array([measured[feature] for feature in FEATURES], dtype=np.float64).T


@cache
def shipped() -> dict[str, Weights]:
    """The stored weights."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {name: (np.array([stored[name][feature] for feature in FEATURES]), float(stored[name]["bias"])) for name in (THESIS, POINT)}


def _ranks(values: Sequence[float]) -> Floats:
    """The share of the others that each value is above."""
    order = np.sort(np.array(values))
    above: Floats = np.searchsorted(order, values) / max(1, len(values) - 1)
    return above


def _themes(candidates: Sequence[Candidate], coverage: Coverage) -> Floats:
    """Share of a sentence's words that the rest of its paragraph takes up."""
    paragraphs = np.array([c.paragraph for c in candidates])
    first = np.flatnonzero(np.diff(paragraphs, prepend=-1))
    said = np.add.reduceat(coverage.present, first)[np.cumsum(np.diff(paragraphs, prepend=paragraphs[0]) > 0)]
    taken_up: Floats = (coverage.present * (said > 1)).sum(1) / np.maximum(1, coverage.size)
    return taken_up


def _editors(candidates: Sequence[Candidate], title: Sequence[str], standfirst: Sequence[str]) -> tuple[Floats, Floats]:
    """What our texts do not teach, for they have none or few: headline and standfirst, an introduction with an end; and concessions."""
    said, titled = _head(candidates, (), standfirst), _head(candidates, title, ())
    heading = next((at for at, c in enumerate(candidates) if c.heading), None)
    bonus = np.zeros(len(candidates))
    for at, c in enumerate(candidates if said or titled else ()):
        lemmas = set(c.lemmas)
        repeated = sum([said.get(lemma, 0.0) for lemma in lemmas])
        bonus[at] = STANDFIRST * max(0.0, 2 * repeated - 1) + HEADLINE * sum([titled.get(lemma, 0.0) for lemma in lemmas])
    if heading:
        bonus[:heading] += INTRODUCTION
        bonus[heading - 1] += NUT_GRAF
    return bonus, np.array([CONCEDED * c.conceding + QUOTED * max(0.0, 2 * c.quoted - 1) for c in candidates])


def _head(candidates: Sequence[Candidate], title: Sequence[str], standfirst: Sequence[str]) -> dict[str, float]:
    """Words of headline and standfirst with their share of what those say; a word that stands everywhere in the piece says little."""
    said = {lemma: 1 / (1 + sum([lemma in c.lemmas for c in candidates])) ** 0.5 for lemma in {*title, *standfirst}}
    total = sum(said.values()) or 1.0
    return {lemma: weight / total for lemma, weight in said.items()}
