"""Learn to tell reports from arguments by our own texts' genres: ``python -m bot.language.training.piecekind``.

Writes ``bot/language/piecekind.json``, a readable weight a feature, and prints the share of held-out pieces told right.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from bot.language import candidates, piecekind, pipeline
from bot.language.training import markup

TEXTS = Path(__file__).parent / "texts"
REPORTS = frozenset({"news-analysis"})
ARGUMENTS = frozenset({"op-ed", "column", "editorial", "commentary", "letter"})
REGULARISATION = 3.0
"""Inverse strength C of the L2 penalty."""


def main() -> None:
    """Train, test on what is held out, write the weights."""
    from sklearn.linear_model import LogisticRegression

    nlp = pipeline.load()
    rows, reports, held = [], [], []
    for document in markup.read_all(TEXTS):
        if document.genre in REPORTS | ARGUMENTS:
            rows.append(piecekind.features(candidates.gather(nlp.analyse(document.text.split("\n\n")))))
            reports.append(document.genre in REPORTS)
            held.append(document.held_out)
    x, y, out = np.array(rows), np.array(reports), np.array(held)
    model = LogisticRegression(C=REGULARISATION, max_iter=2000).fit(x[~out], y[~out])
    right = round(100 * float((model.predict(x[out]) == y[out]).mean()), 1)
    commoner = round(100 * float(max(y[out].mean(), 1 - y[out].mean())), 1)
    print(f"told right: {right} of 100 (held out: {int(out.sum())} pieces; always the commoner: {commoner})")
    stored = {
        "made_by": "python -m bot.language.training.piecekind",
        "from": "the genres of bot/language/training/texts, our own; licence Apache-2.0",
        "held_out": right,
        "weights": {name: round(float(w), 4) for name, w in zip(piecekind.FEATURES, model.coef_[0], strict=True)}
        | {"bias": round(float(model.intercept_[0]), 4)},
    }
    piecekind.WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
