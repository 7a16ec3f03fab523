"""Learn the prior of a thesis from the sentences marked ``+`` in our own texts: ``python -m bot.language.training.thesis``.

Writes ``bot/language/thesis.json``: one readable weight a feature. Prints how often the highest-ranked sentence of a held-out opinion piece
is a marked one, beside the first and the last sentence in its place.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.language import candidates, pipeline, salience, statements
from bot.language import sentences as cutting
from bot.language.names import find_names
from bot.language.training import markup
from bot.models import Sentence

TEXTS = Path(__file__).parent / "texts"
OPINION = frozenset({"op-ed", "column", "editorial", "commentary", "letter", "analysis"})
REGULARISATION = 0.3
"""Inverse strength C of scikit-learn's L2 penalty; .1 to 1 rank the held-out pieces alike."""

Piece = tuple[NDArray[np.float64], NDArray[np.bool_], bool]


def read() -> list[Piece]:
    """(features, marked, held out) of every opinion piece."""
    nlp = pipeline.load()
    pieces = []
    for document in markup.read_all(TEXTS):
        if document.genre not in OPINION or not any(s.thesis for s in document.sentences):
            continue
        paragraphs = document.text.split("\n\n")
        starts = np.cumsum([0] + [len(p) + 2 for p in paragraphs[:-1]])
        docs = nlp.analyse(paragraphs)
        spans = [(at, span) for at, doc in enumerate(docs) for span in cutting.sentences(doc)]
        marked = [
            any(s.thesis and s.start < starts[at] + span.end_char and starts[at] + span.start_char < s.end for s in document.sentences)
            for at, span in spans
        ]
        title = candidates.lemmas(nlp.analyse([document.title])[0]) if document.title else ()
        plain = [Sentence(position, at, span.start_char, span.end_char) for position, (at, span) in enumerate(spans)]
        own = statements.own_strengths(statements.find(docs, plain, find_names(docs)))
        pieces.append((salience.features(candidates.gather(docs, spans, own), title, ()), np.array(marked), document.held_out))
    return pieces


def fit(pieces: list[Piece]) -> tuple[NDArray[np.float64], float]:
    """Weights and bias of a logistic regression in which every piece counts the same."""
    from sklearn.linear_model import LogisticRegression

    x = np.concatenate([features for features, _, _ in pieces])
    y = np.concatenate([marked for _, marked, _ in pieces])
    weight = np.concatenate([np.full(len(marked), 1 / len(marked)) for _, marked, _ in pieces])
    model = LogisticRegression(C=REGULARISATION, max_iter=2000).fit(x, y, sample_weight=weight * len(y) / weight.sum())
    return model.coef_[0], float(model.intercept_[0])


def hits(pieces: list[Piece], weights: NDArray[np.float64]) -> dict[str, float]:
    """Share of pieces whose top sentence is marked, in percent."""
    score = {"learnt": 0, "first sentence": 0, "last sentence": 0}
    for features, marked, _ in pieces:
        score["learnt"] += bool(marked[int((features @ weights).argmax())])
        score["first sentence"] += bool(marked[0])
        score["last sentence"] += bool(marked[-1])
    return {name: round(100 * n / len(pieces), 1) for name, n in score.items()}


def main() -> None:
    """Train on the pieces that are not held out, test on those that are, write the weights."""
    pieces = read()
    training, held_out = [p for p in pieces if not p[2]], [p for p in pieces if p[2]]
    weights, bias = fit(training)
    print(f"{len(training)} pieces trained on, {len(held_out)} held out")
    for name, share in hits(held_out, weights).items():
        print(f"top sentence is the thesis, {name}: {share}")
    stored: dict[str, Any] = {
        "made_by": "python -m bot.language.training.thesis",
        "from": "the sentences marked as theses in bot/language/training/texts, our own; licence Apache-2.0",
        "held_out": hits(held_out, weights),
        "weights": {name: round(float(w), 4) for name, w in zip(salience.FEATURES, weights, strict=True)} | {"bias": round(bias, 4)},
    }
    salience.WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
