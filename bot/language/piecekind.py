"""What kind of piece it is, and how we know: the page says so, or its sentences read like it."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.language.candidates import Candidate
from bot.models import Article, Fact, PieceKind

WEIGHTS = Path(__file__).parent / "piecekind.json"

SURE = 0.8
"""Probability above which the sentences alone decide between news and opinion; between the two a piece is called analysis."""
ARGUMENTS_FOR_ONE_REPORT = 2
"""Of what people add to a library of op-eds and analysis, roughly."""
WORDING = "wording"
"""The evidence, where only the sentences tell."""
QUESTIONS_OF_AN_INTERVIEW = 0.4
"""Share of paragraphs that are a question or follow one."""

_SECTIONS = {
    PieceKind.OPINION: re.compile(
        r"\b(op-?ed|opinions?|editorials?|columns?|columnists?|commentar(?:y|ies)|comment-?is-?free|viewpoints?|blogs?|letters?)\b"
    ),
    PieceKind.INTERVIEW: re.compile(r"\b(interviews?|q-?(?:&|and)-?a)\b"),
    PieceKind.ANALYSIS: re.compile(r"\b(analys[ie]s|briefings?|policy-?(?:briefs?|papers?|memos?)|explainers?|research|reports?)\b"),
    PieceKind.NEWS: re.compile(r"\b(news|breaking)\b"),
}

FEATURES = (
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
    "first person",
    "past",
    "reporting",
)


def kind_of(article: Article, candidates: Sequence[Candidate]) -> Fact[PieceKind]:
    """The kind with its evidence; unknown for a piece without sentences."""
    title = (article.title.value or "").lower()
    for kind, pattern in _SECTIONS.items():
        if match := re.search(r"(?:^|[(\[|])\s*(" + pattern.pattern + r")\s*(?:[)\]|:]|$)", title):
            return Fact.stated(kind, f"headline: {match[0].strip(' ()[]|:')}")
    path = re.sub(r"^https?://[^/]+", "", (article.url.value or "").lower()).rsplit("/", 1)[0].replace("/", " / ")
    for kind, pattern in _SECTIONS.items():
        if match := pattern.search(path):
            return Fact.inferred(kind, f"address: {match[0]}")
    if not candidates:
        return Fact.unknown()
    if _is_interview(article):
        return Fact.inferred(PieceKind.INTERVIEW, "questions and answers")
    p = news(candidates)
    kind = PieceKind.NEWS if p >= SURE else PieceKind.OPINION if p <= 1 - SURE else PieceKind.ANALYSIS
    return Fact.inferred(kind, f"{WORDING}, {round(100 * max(p, 1 - p))} in 100")


def told_from_the_top(kind: Fact[PieceKind], candidates: Sequence[Candidate]) -> float:
    """How far the choice of sentences treats the piece as news, 0 to 1: what the page says of its kind counts, then the wording.

    A team adds what it argues about, so of two pieces that read alike the one in its library is more likely an argument.
    """
    if kind.value in (PieceKind.OPINION, PieceKind.NEWS) and not kind.evidence.startswith(WORDING):
        return float(kind.value is PieceKind.NEWS)
    p = news(candidates)
    return p / (p + ARGUMENTS_FOR_ONE_REPORT * (1 - p))


def _is_interview(article: Article) -> bool:
    texts = [paragraph.text for paragraph in article.paragraphs]
    asked = sum(text.rstrip('”" ').endswith("?") and len(text.split()) < 60 for text in texts)
    return len(texts) >= 6 and asked / len(texts) >= QUESTIONS_OF_AN_INTERVIEW


def news(candidates: Sequence[Candidate]) -> float:
    """How likely the sentences are a report rather than an argument, 0 to 1."""
    if not candidates:
        return 0.5
    weights, bias = _weights()
    return float(1 / (1 + math.exp(-float(features(candidates) @ weights + bias))))


def features(candidates: Sequence[Candidate]) -> NDArray[np.float64]:
    """Shares of sentences, in the order of ``FEATURES``."""
    rows = [
        [
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
            c.first_person,
            c.past,
            c.reporting,
        ]
        for c in candidates
        if not c.heading
    ]
    shares: NDArray[np.float64] = np.array(rows or [[0.0] * len(FEATURES)], dtype=float).mean(0)
    return shares


@cache
def _weights() -> tuple[NDArray[np.float64], float]:
    stored: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return np.array([stored[name] for name in FEATURES]), stored["bias"]
