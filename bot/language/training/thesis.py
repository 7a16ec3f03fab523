"""Learn what makes a sentence the thesis by what is marked in our own texts and outlines, and a point by the outlines.

``python -m bot.language.training.thesis`` writes ``bot/language/claims.json``: two readable weights a feature. Prints how well the choice
that is shown does, cross-validated over whole pieces and on the pieces held out, beside the first sentences of the piece, and of its paragraphs, in
its place.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.language import candidates, claims, pipeline, salience, statements
from bot.language import sentences as cutting
from bot.language.candidates import Candidate
from bot.language.claims import Weights
from bot.language.coverage import Coverage
from bot.language.names import find_names
from bot.language.training import markup, outlines
from bot.models import Paragraph, Sentence

TEXTS = Path(__file__).parent / "texts"
OPINION = frozenset({"op-ed", "column", "editorial", "commentary", "letter", "analysis"})
PENALTY = 3.0
"""Of the conditional logit's squared weights; .3 to 4 choose alike, cross-validated."""
REGULARISATION = 0.2
"""Inverse strength C of scikit-learn's L2 penalty; .1 to 1 choose alike, cross-validated."""
SHOWN = 5
FOLDS = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """An opinion piece with its marks."""

    candidates: list[Candidate]
    title: tuple[str, ...]
    standfirst: tuple[str, ...]
    theses: NDArray[np.bool_]
    points: NDArray[np.bool_] | None
    """Thesis and points; None where only the thesis counts: the annotated texts are a third as long as what people read, and what is taught with
    their points finds fewer of the outlines', cross-validated."""
    held_out: bool


def read() -> list[Piece]:
    """Every opinion piece of the texts and all outlines."""
    nlp = pipeline.load()
    pieces = []
    for paragraphs, title, standfirst, marks, held_out in _marked():
        docs = nlp.analyse(paragraphs)
        spans = [(at, span) for at, doc in enumerate(docs) for span in cutting.sentences(doc)]
        plain = [Sentence(position, at, span.start_char, span.end_char) for position, (at, span) in enumerate(spans)]
        own = statements.own_strengths(statements.find(docs, plain, find_names(docs)))
        heads = [candidates.lemmas(doc) for doc in nlp.analyse([title, standfirst])]
        kinds = [{mark for at, start, end, mark in marks if at == s.paragraph and start < s.end and s.start < end} for s in plain]
        theses = np.array(["T" in kind for kind in kinds])
        points = np.array([bool(kind & {"T", "P"}) for kind in kinds])
        marked = points if any("P" in kind for kind in kinds) else None
        pieces.append(Piece(candidates.gather(docs, spans, own), heads[0], heads[1], theses, marked, held_out))
    return pieces


Marks = list[tuple[int, int, int, str]]


def _marked() -> Iterator[tuple[Sequence[Paragraph], str, str, Marks, bool]]:
    """Paragraphs, headline, standfirst, (paragraph, start, end, mark) of each sentence, held out."""
    for document in markup.read_all(TEXTS):
        if document.genre not in OPINION or not any(s.thesis for s in document.sentences):
            continue
        paragraphs = [Paragraph(at, text) for at, text in enumerate(document.text.split("\n\n"))]
        starts = np.cumsum([0] + [len(p.text) + 2 for p in paragraphs[:-1]])
        marks = []
        for s in document.sentences:
            at = int(np.searchsorted(starts, s.start, side="right")) - 1
            marks.append((at, s.start - int(starts[at]), s.end - int(starts[at]), "T" if s.thesis else "."))
        yield paragraphs, document.title, "", marks, document.held_out
    for outline in outlines.read_all():
        yield (
            outline.paragraphs,
            outline.title,
            outline.standfirst,
            [(s.paragraph, s.start, s.end, s.mark) for s in outline.sentences],
            outline.held_out,
        )


def fit(pieces: Sequence[Piece]) -> dict[str, Weights]:
    """Weights of both models.

    For the thesis every text counts the same; for the points every sentence, so that long pieces, which need the
    choice most, count most: of their points 63 in 100 are found instead of 57, cross-validated, and as many of the short ones'."""
    measured = [(_features(piece), piece) for piece in pieces]
    return {
        claims.THESIS: (
            _choice([(features, piece.theses) for features, piece in measured]),
            0.0,
        ),
        claims.POINT: _regression([(features, piece.points) for features, piece in measured if piece.points is not None]),
    }


Sample = tuple[NDArray[np.float64], NDArray[np.bool_]]
"""Features and marks of one piece's sentences."""


def _features(piece: Piece) -> NDArray[np.float64]:
    return claims.features(piece.candidates, Coverage([c.lemmas for c in piece.candidates]), piece.title, piece.standfirst)


def _choice(pieces: Sequence[Sample]) -> NDArray[np.float64]:
    """Conditional logit: the weights under which the marked sentences of each piece are the likeliest to be chosen among its sentences."""
    from scipy.optimize import minimize

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        lost, slope = PENALTY * float(weights @ weights), 2 * PENALTY * weights
        for features, marked in pieces:
            odds = np.exp((score := features @ weights) - score.max())
            chance, wanted = odds / odds.sum(), odds * marked / (odds @ marked)
            lost -= float(np.log(chance @ marked))
            slope = slope - features.T @ (wanted - chance)
        return lost, slope

    found: NDArray[np.float64] = minimize(loss, np.zeros(len(claims.FEATURES)), jac=True, method="L-BFGS-B").x
    return found


def _regression(pieces: Sequence[Sample]) -> Weights:
    from sklearn.linear_model import LogisticRegression

    x = np.concatenate([features for features, _ in pieces])
    y = np.concatenate([marked for _, marked in pieces])
    model = LogisticRegression(C=REGULARISATION, max_iter=2000).fit(x, y)
    return model.coef_[0], float(model.intercept_[0])


def found(pieces: Sequence[Piece], weights: dict[str, Weights]) -> dict[str, tuple[int, int]]:
    """What the choice that is shown finds, and out of how many: theses of pieces, marked sentences among the five shown."""
    hit = dict.fromkeys(("thesis", "points", "points, first sentences", "points, paragraphs' first sentences"), (0, 0))

    def count(name: str, hits: int, of: int) -> None:
        hit[name] = hit[name][0] + hits, hit[name][1] + of

    for piece in pieces:
        choice = salience.choose(piece.candidates, piece.title, piece.standfirst, weights=weights)
        count("thesis", bool(piece.theses[list(choice.thesis)].any()), 1)
        if piece.points is not None:
            shown = list(choice.points[:SHOWN])
            count("points", int(piece.points[shown].sum()), len(shown))
            count("points, first sentences", int(piece.points[:SHOWN].sum()), len(piece.points[:SHOWN]))
            openings = [at for at, c in enumerate(piece.candidates) if c.first_in_paragraph][:SHOWN]
            count("points, paragraphs' first sentences", int(piece.points[openings].sum()), len(openings))
    return hit


def crossvalidated(pieces: Sequence[Piece]) -> dict[str, tuple[int, int]]:
    """The same, each piece chosen from by what the others taught."""
    total: dict[str, tuple[int, int]] = {}
    for fold in range(FOLDS):
        weights = fit([p for at, p in enumerate(pieces) if at % FOLDS != fold])
        for name, (hits, of) in found(pieces[fold::FOLDS], weights).items():
            before = total.get(name, (0, 0))
            total[name] = before[0] + hits, before[1] + of
    return total


def main() -> None:
    """Train on the pieces that are not held out, test on those that are, write the weights."""
    pieces = read()
    training, held_out = [p for p in pieces if not p.held_out], [p for p in pieces if p.held_out]
    weights = fit(training)
    print(f"{len(training)} pieces trained on, {len(held_out)} held out")
    results = {"held out": found(held_out, weights), "cross-validated": crossvalidated(training)}
    shares = {how: {name: round(100 * hits / max(1, of), 1) for name, (hits, of) in counts.items()} for how, counts in results.items()}
    for how, named in shares.items():
        for name, share in named.items():
            print(f"{name}, {how}: {share} (n={results[how][name][1]})")
    stored: dict[str, Any] = {
        "made_by": "python -m bot.language.training.thesis",
        "from": "the theses and points marked in bot/language/training/{texts,outlines}, our own; licence Apache-2.0",
        "found_percent": shares,
    }
    for name, (values, bias) in weights.items():
        stored[name] = {feature: round(float(w), 4) for feature, w in zip(claims.FEATURES, values, strict=True)} | {"bias": round(bias, 4)}
    claims.WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
