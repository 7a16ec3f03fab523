"""Linear models with named features: weights as readable JSON, scores by plain sums."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
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

    def probability(self, features: Iterable[str]) -> float:
        """The logistic function of the score."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.score(features)))))


@cache
def load(name: str) -> Linear:
    """The shipped model of this name."""
    return Linear(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))


@cache
def numbers(name: str) -> dict[str, float]:
    """Thresholds and biases that training set beside a model."""
    table: dict[str, float] = json.loads((FOLDER / f"{name}.numbers.json").read_text(encoding="utf-8"))
    return table
