"""How much of what a piece keeps coming back to a sentence says, and the greedy choice of sentences that say it without repeating it.

Each word counts less once it has been shown (diminishing returns, after Lin and Bilmes 2011).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DISCOUNT = 0.75
"""A word's worth after each sentence shown that has it. .6 to .85 make no difference beyond noise on the development sets."""
LENGTH_EXPONENT = 0.6
"""Gain is divided by the number of distinct words to this power: 0 prefers long sentences, 1 short ones; .5 to .7 is a plateau."""
FEWEST = 6
"""Distinct words below which a sentence is not rewarded further for being short."""
SAME = 0.6
"""Share of two sentences' words, together, from which on they say the same and only one is shown."""
CLOSED = 9.0
"""More than all else together: a row that is not open is taken only when nothing else is left."""


class Coverage:
    """The sentences of one piece as sets of words; ``present`` is sentences x distinct words, 0 or 1."""

    def __init__(self, lemmas: Sequence[Sequence[str]]) -> None:
        """``lemmas``: the content words of each sentence."""
        index = {lemma: column for column, lemma in enumerate(dict.fromkeys(chain.from_iterable(lemmas)))}
        width = max(1, len(index))
        rows = np.repeat(np.arange(len(lemmas)), [len(line) for line in lemmas])
        columns = np.fromiter((index[lemma] for line in lemmas for lemma in line), dtype=np.int64)
        counts = np.bincount(rows * width + columns, minlength=len(lemmas) * width).reshape(len(lemmas), width)
        total = np.minimum(counts, 2).sum(0)  # a word repeated inside one sentence is no theme yet
        self.present: Floats = (counts > 0).astype(np.float64)
        self.size: Floats = self.present.sum(1)
        self._worth: Floats = np.log1p(total) * (total > 1)
        self._length: Floats = np.maximum(FEWEST, self.size) ** LENGTH_EXPONENT

    def gain(self, seen: Floats | None = None) -> Floats:
        """What each sentence adds to the words that were ``seen`` so often, relative to the best."""
        gain = self.present @ (self._worth if seen is None else self._worth * DISCOUNT**seen) / self._length
        relative: Floats = gain / max(float(gain.max()), 1e-9)
        return relative

    def alike(self, row: int) -> NDArray[np.bool_]:
        """Which sentences say what this one says; itself always."""
        both = self.present @ self.present[row]
        same: NDArray[np.bool_] = both >= SAME * np.maximum(1, self.size + self.size[row] - both)
        same[row] = True
        return same

    def rank(
        self,
        prior: Floats,
        k: int,
        shown: Sequence[int] = (),
        leaning: Sequence[int] = (),
        parts: NDArray[np.int64] | None = None,
        apart: float = 0.0,
    ) -> list[int]:
        """Greedy choice of ``k`` sentences by what each adds to what is ``shown``, plus its prior.

        ``leaning`` may only follow the one before. ``apart`` is what a sentence loses for each one that is shown of its part (``parts``).
        """
        seen = self.present[list(shown)].sum(0)
        left = np.ones(len(prior), dtype=bool)
        closed = np.zeros(len(prior))
        closed[[row for row in leaning if row - 1 not in shown]] = CLOSED
        crowded = np.zeros(len(prior))
        for row in shown:
            left &= ~self.alike(row)
            if parts is not None:
                crowded += apart * (parts == parts[row])
        chosen: list[int] = []
        while len(chosen) < k and left.any():
            row = int(np.where(left, self.gain(seen) + prior - closed - crowded, -np.inf).argmax())
            chosen.append(row)
            left &= ~self.alike(row)
            closed[row + 1 : row + 2] = 0.0
            seen = seen + self.present[row]
            if parts is not None:
                crowded += apart * (parts == parts[row])
        return chosen
