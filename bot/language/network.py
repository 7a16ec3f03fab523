"""A small recurrent network that reads a cue's sentence and says of each word whether it is told by the cue, and whether it names who tells it.

One bidirectional LSTM (S. Hochreiter and J. Schmidhuber, "Long Short-Term Memory", 1997) over the features of ``surroundings`` and the
pipeline's vectors, computed with numpy; ``training.network`` teaches it. All cues of an article are read together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from bot.language import surroundings
from bot.language.words import Range, Words

FILE = Path(__file__).parent / "weights" / "network.npz"

TOGETHER = 128
"""Cues read at once; more cost memory and gain no speed."""

CONTENT, SOURCE, START, END = range(4)
"""What is asked of each word: inside the content, inside the source, first word of a stretch of content, last word of one."""

Floats = NDArray[np.float32]


class Network:
    """The trained network: ``arrays`` are its weights by name, the vocabularies among them as arrays of text."""

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        self.vocabulary = {
            name.removeprefix("vocabulary."): {str(value): number for number, value in enumerate(values, 1)}
            for name, values in arrays.items()
            if name.startswith("vocabulary.")
        }
        weight = {name: np.asarray(values, dtype=np.float32) for name, values in arrays.items() if not name.startswith("vocabulary.")}
        self._mean, self._scale = weight["vectors.mean"], 1 / weight["vectors.deviation"]
        self._project = (weight["project.weight"].T.copy(), weight["project.bias"])
        self._tables, self._of_vectors = _fold(weight)
        self._bias = weight["input.bias"]
        self._lstm = Recurrent(weight)
        self._layers = {name: (weight[f"{name}.weight"].T.copy(), weight[f"{name}.bias"]) for name in ("hidden", "out", "cue_hidden", "cue_out")}

    def read(self, words: Words, cues: Sequence[int], likely: Mapping[int, float]) -> dict[int, tuple[Range, Floats, float]]:
        """For each cue the window of words that was read, four log-odds for each of its words (``CONTENT`` ...), and the log-odds of being a cue.

        ``likely`` is the probability of being a cue of every word that may be one.
        """
        found: dict[int, tuple[Range, Floats, float]] = {}
        if not cues:
            return found
        own = surroundings.own_features(words, self.vocabulary, likely)
        base = self._bias + self._sum(own, surroundings.OWN) + self._vectors(words)
        for first in range(0, len(cues), TOGETHER):
            some = cues[first : first + TOGETHER]
            windows = [surroundings.window(words, cue) for cue in some]
            toward = [surroundings.features_toward(words, cue, *window, self.vocabulary) for cue, window in zip(some, windows, strict=True)]
            inputs = np.concatenate([base[start:end] for start, end in windows]) + self._sum(np.concatenate(toward), surroundings.TOWARD)
            np.maximum(inputs, 0, out=inputs)
            lengths = np.array([end - start for start, end in windows])
            hidden = self._lstm.run(inputs, lengths)
            starts = np.concatenate([[0], np.cumsum(lengths)])
            places = starts[:-1] + np.array(some) - np.array([start for start, _ in windows])
            odds = self._apply("out", np.maximum(self._apply("hidden", hidden), 0))
            beside = np.concatenate([hidden[places], inputs[places]], axis=1)
            cue_odds = self._apply("cue_out", np.maximum(self._apply("cue_hidden", beside), 0))[:, 0]
            for at, cue in enumerate(some):
                found[cue] = (windows[at], odds[starts[at] : starts[at + 1]], float(cue_odds[at]))
        return found

    def _sum(self, features: surroundings.Numbers, names: Sequence[str]) -> Floats:
        total = np.zeros((len(features), len(self._bias)), np.float32)
        for column, name in enumerate(names):
            total += self._tables[name][features[:, column]]
        return total

    def _vectors(self, words: Words) -> Floats:
        """What the pipeline's vectors add to the input; those of another pipeline, of another width, count as unknown: as their mean."""
        known = words.vectors.shape[1] == len(self._mean)
        vectors = (words.vectors - self._mean) * self._scale if known else np.zeros((len(words), len(self._mean)), np.float32)
        weight, bias = self._project
        return cast(Floats, np.maximum(vectors @ weight + bias, 0) @ self._of_vectors)

    def _apply(self, layer: str, values: Floats) -> Floats:
        weight, bias = self._layers[layer]
        return cast(Floats, values @ weight + bias)


def _fold(weight: Mapping[str, Floats]) -> tuple[dict[str, Floats], Floats]:
    """The input layer as tables, one row for each value of a feature, and its part for the vectors."""
    layer = weight["input.weight"].T
    tables, at = {}, 0
    for name in surroundings.FIELDS:
        table = weight[f"table.{name}"]
        width = table.shape[1]
        tables[name] = table @ layer[at : at + width]
        at += width
    return tables, np.ascontiguousarray(layer[at:])


class Recurrent:
    """A bidirectional LSTM over many sequences at once, the longest first; both directions go one step at a time together."""

    def __init__(self, weight: Mapping[str, Floats]) -> None:
        self._in = [self._gates(weight[f"lstm.in.{way}"].T) for way in ("ahead", "behind")]
        self._bias = [self._gates(weight[f"lstm.bias.{way}"]) for way in ("ahead", "behind")]
        self._back = np.stack([self._gates(weight[f"lstm.back.{way}"].T) for way in ("ahead", "behind")])
        self.width = self._back.shape[1]

    @staticmethod
    def _gates(values: Floats) -> Floats:
        """Doubles the cell's part, the third quarter: tanh(x) is 2 / (1 + exp(-2x)) - 1, so one exponential serves all four gates."""
        quarter = values.shape[-1] // 4
        scaled = values.copy()
        scaled[..., 2 * quarter : 3 * quarter] *= 2
        return scaled

    def run(self, inputs: Floats, lengths: NDArray[np.int64]) -> Floats:
        """States of all words, both directions side by side; ``inputs`` are the sequences one behind the other."""
        width = self.width
        order = np.argsort(-lengths, kind="stable")
        starts = (np.cumsum(lengths) - lengths)[order]
        sizes = lengths[order]
        gates = [inputs @ self._in[way] + self._bias[way] for way in range(2)]
        states = np.empty((len(inputs), 2 * width), np.float32)
        hidden = np.zeros((2, len(sizes), width), np.float32)
        cell = np.zeros((2, len(sizes), width), np.float32)
        for step in range(int(sizes[0])):
            count = int(np.searchsorted(-sizes, -step, side="left"))
            ahead, behind = starts[:count] + step, starts[:count] + sizes[:count] - 1 - step
            opened = np.matmul(hidden[:, :count], self._back)
            opened[0] += gates[0][ahead]
            opened[1] += gates[1][behind]
            np.clip(opened, -30, 30, out=opened)
            np.exp(np.negative(opened, out=opened), out=opened)
            opened += 1
            np.reciprocal(opened, out=opened)
            cell[:, :count] *= opened[..., width : 2 * width]
            cell[:, :count] += opened[..., :width] * (2 * opened[..., 2 * width : 3 * width] - 1)
            hidden[:, :count] = opened[..., 3 * width :] * np.tanh(cell[:, :count])
            states[ahead, :width] = hidden[0, :count]
            states[behind, width:] = hidden[1, :count]
        return states


@cache
def load() -> Network:
    """The shipped network."""
    with np.load(FILE, allow_pickle=False) as stored:
        return Network(dict(stored))
