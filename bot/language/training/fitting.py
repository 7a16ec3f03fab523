"""Fits the linear models: named features in, a table of weights out. Needs scipy and scikit-learn, which only training has."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.linear_model import LogisticRegression

SMALLEST = 0.01
"""Weights below it change nothing and are left out of the file."""

FREE = 1000.0
"""Inverse strength of the penalty on the few features that have sizes."""

Features = Sequence[str]
Values = dict[str, float]
Weights = dict[str, float]


def vocabulary(rows: Iterable[Features], least: int = 2) -> dict[str, int]:
    """Features met in at least so many rows, numbered in alphabetical order so that training repeats itself."""
    counts = Counter(feature for row in rows for feature in set(row))
    return {feature: i for i, feature in enumerate(sorted(f for f, n in counts.items() if n >= least))}


def matrix(rows: Sequence[Features], known: dict[str, int]) -> csr_matrix:
    """Rows x features, ones where a row has the feature."""
    ends, columns = [0], []
    for row in rows:
        columns.extend(sorted({known[feature] for feature in row if feature in known}))
        ends.append(len(columns))
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(known)))


def fit_binary(
    rows: Sequence[Features],
    labels: Sequence[bool],
    strength: float,
    size: Callable[[str], float] | None = None,
    weights: Sequence[float] | None = None,
) -> Weights:
    """A logistic regression; ``strength`` is scikit-learn's C, ``size`` a feature's value (1): a larger one is penalised less."""
    known = vocabulary(rows)
    sizes = np.array([size(feature) if size else 1.0 for feature in known])
    model = LogisticRegression(C=strength, max_iter=1000, fit_intercept=False)
    model.fit(matrix(rows, known) @ diags(sizes), labels, sample_weight=weights)
    return _table(known, model.coef_[0] * sizes)


def fit_classes(
    rows: Sequence[Features], labels: Sequence[str], strength: float, weights: Sequence[float] | None = None, least: int = 2, balance: bool = False
) -> dict[str, Weights]:
    """A multinomial logistic regression: one table of weights a label."""
    known = vocabulary(rows, least)
    model = LogisticRegression(C=strength, max_iter=300, fit_intercept=False, class_weight="balanced" if balance else None)
    model.fit(matrix(rows, known), labels, sample_weight=weights)
    return {str(label): _table(known, model.coef_[i]) for i, label in enumerate(model.classes_)}


def fit_sized(
    rows: Sequence[Mapping[str, float]], labels: Sequence[str], strength: float, least: int = 2, telling: float = 0.0
) -> dict[str, Weights]:
    """A multinomial logistic regression over features with sizes, all labels counting the same: one table of weights a label.

    ``telling`` is the power of ``tell_apart`` by which a feature's sizes are multiplied before: a larger one is penalised less.
    """
    known = vocabulary([list(row) for row in rows], least)
    ends, columns, sizes = [0], list[int](), list[float]()
    for row in rows:
        kept = sorted((known[feature], size) for feature, size in row.items() if feature in known)
        columns.extend(column for column, _ in kept)
        sizes.extend(size for _, size in kept)
        ends.append(len(columns))
    table = csr_matrix((sizes, columns, ends), shape=(len(rows), len(known)))
    scales = tell_apart(table, labels) ** telling
    model = LogisticRegression(C=strength, max_iter=300, fit_intercept=False, class_weight="balanced")
    model.fit(table @ diags(scales), labels)
    return {str(label): {feature: float(model.coef_[i][at] * scales[at]) for feature, at in known.items()} for i, label in enumerate(model.classes_)}


def tell_apart(table: csr_matrix, labels: Sequence[str]) -> Any:
    """How much more often each feature comes with one label than with the others: the root mean square of the labels' log ratios.

    A feature met as often with every label then hardly counts; Wang and Manning, "Baselines and Bigrams" (ACL 2012), weigh words by it. Labels
    count the same, and every count is one larger so that rare features do not tell too much.
    """
    names = sorted(set(labels))
    given = np.array(labels)
    shares = [np.asarray(table[np.flatnonzero(given == name)].mean(axis=0)).ravel() for name in names]
    usual = len(labels) / len(names)
    ratios = []
    for at, share in enumerate(shares):
        others = sum(other for i, other in enumerate(shares) if i != at) / (len(names) - 1)
        ratios.append(np.log(1 + usual * share) - np.log(1 + usual * others))
    return np.sqrt(np.mean(np.square(ratios), axis=0))


def fit_choice(
    groups: Sequence[Sequence[Features]],
    targets: Sequence[Sequence[float]],
    strength: float,
    sizes: Sequence[Sequence[Mapping[str, float]]] | None = None,
) -> Weights:
    """A log-linear model that chooses one of each group's candidates; ``targets`` share each group's weight, usually 1, among them.

    ``sizes`` are each candidate's features that have one; they are few, and hardly penalised.
    """
    rows = [candidate for group in groups for candidate in group]
    known = vocabulary(rows)
    measured = [candidate for group in sizes or () for candidate in group]
    names = sorted({name for candidate in measured for name in candidate})
    dense = np.array([[candidate.get(name, 0.0) for name in names] for candidate in measured]).reshape(len(rows), len(names))
    table = hstack([matrix(rows, known), csr_matrix(dense)]).tocsr()
    penalty = np.concatenate([np.full(len(known), 1 / strength), np.full(len(names), 1 / FREE)])
    turned = table.T.tocsr()
    counts = np.array([len(group) for group in groups])
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    member = np.repeat(np.arange(len(counts)), counts)
    wanted = np.concatenate([np.asarray(target, dtype=float) for target in targets])
    mass = np.add.reduceat(wanted, starts)[member]

    def loss(weights: Any) -> tuple[float, Any]:
        scores = table @ weights
        highest = np.maximum.reduceat(scores, starts)
        exponents = np.exp(scores - highest[member])
        sums = np.add.reduceat(exponents, starts)
        logs = scores - highest[member] - np.log(sums)[member]
        value = -float(wanted @ logs) + 0.5 * float(penalty @ (weights * weights))
        return value, turned @ (mass * exponents / sums[member] - wanted) + penalty * weights

    result = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 120})
    return _table({feature: i for i, feature in enumerate([*known, *names])}, result.x)


def _table(known: dict[str, int], values: Any) -> Weights:
    return {feature: round(float(values[i]), 3) for feature, i in known.items() if abs(values[i]) >= SMALLEST}


def write(folder: Path, name: str, weights: Weights | dict[str, float]) -> None:
    """The table as JSON, one weight a line, alphabetical: two trainings can be compared line by line."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(weights, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
