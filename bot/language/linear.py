"""Linear models with named features: weights as readable JSON, scores by plain sums."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "weights"


class Linear:
    """A weight for each feature; a feature that training never met counts nothing."""

    def __init__(self, weights: dict[str, float]) -> None:
        self._weights = weights

    def score(self, features: Iterable[str]) -> float:
        """Sum of the features' weights."""
        get = self._weights.get
        return sum(get(feature, 0.0) for feature in features)

    def score_sizes(self, sizes: Mapping[str, float]) -> float:
        """Sum of the weights of features that have sizes, each times its size."""
        get = self._weights.get
        return sum(size * get(feature, 0.0) for feature, size in sizes.items())

    def probability(self, features: Iterable[str]) -> float:
        """The logistic function of the score."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.score(features)))))


class Classes:
    """A weight for each feature and class, for features that have sizes."""

    def __init__(self, labels: Sequence[str], weights: Mapping[str, Sequence[float]]) -> None:
        self.labels = tuple(labels)
        self._weights = weights

    def scores(self, values: Mapping[str, float]) -> dict[str, float]:
        """Each class's sum of the features' sizes times their weights."""
        sums = [0.0] * len(self.labels)
        for feature, value in values.items():
            for at, weight in enumerate(self._weights.get(feature, ())):
                sums[at] += value * weight
        return dict(zip(self.labels, sums, strict=True))


@cache
def load(name: str) -> Linear:
    """The shipped model of this name."""
    return Linear(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))


@cache
def load_classes(name: str) -> Classes:
    """The shipped model of this name, that tells classes apart: its file names them first."""
    stored = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return Classes(stored["labels"], stored["weights"])


@cache
def numbers(name: str) -> dict[str, float]:
    """Thresholds and biases that training set beside a model."""
    table: dict[str, float] = json.loads((FOLDER / f"{name}.numbers.json").read_text(encoding="utf-8"))
    return table
