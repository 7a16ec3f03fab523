"""Teaches the network that reads a cue's sentence (``bot.language.network``). Needs torch, which only training has.

Examples are the annotated cues with the words of their sources and contents, and the words that a linear model would take for cues wrongly.
Dropout, on whole vectors and features too, keeps so small a set of texts from being learnt by heart.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, dropout

from bot.language import surroundings
from bot.language.training.annotated import Marked
from bot.language.words import Range, Words

COMMON = 12
"""Times that a word is met from which it has a row of its own; others are known by their vectors and features alone."""

WIDTHS = {
    "pos": 8, "tag": 12, "dep": 12, "class": 16, "kind": 10, "word": 24, "edge": 3, "likely": 4,
    "branch": 16, "anchor": 12, "steps": 12, "distance": 10, "quotation": 6, "role": 6, "cue": 12,
}  # fmt: skip
"""Numbers that stand for a value of each feature."""

PROJECTED, INPUT, STATE, HIDDEN = 64, 128, 96, 64
"""Widths of the projected vector, the recurrent layer's input, its state each way, and the layers before the answers."""

WAYS = ("ahead", "behind")

DROPPED, UNKNOWN, BLANK = 0.35, 0.05, 0.1
"""Shares of a layer's values, of features and of whole vectors that are left out at random."""

EPOCHS, BATCH, RATE, DECAY, WARM = 30, 64, 3e-3, 0.01, 0.05
"""Passes over the examples, examples a step, the highest rate of learning, weight decay, and the share of steps in which the rate rises."""

CUE_SHARE = 3.0
"""How much being a cue counts beside the sum over a sentence's words."""

SORTED = 16
"""Batches whose examples are sorted by length together, so that little is padded."""


@dataclass(frozen=True, slots=True)
class Example:
    """A cue, or a word that is none, with the words around it."""

    features: surroundings.Numbers
    vectors: NDArray[np.float32]
    cue: int
    """Its place in the window."""
    answers: NDArray[np.float32] | None
    """Four answers a word as in ``bot.language.network``; None where it is no cue."""
    weight: float


def vocabulary(texts: Sequence[Words]) -> dict[str, dict[str, int]]:
    """The values met in some texts, numbered from 1."""
    counts: dict[str, Counter[str]] = {}
    for words in texts:
        for name, values in surroundings.own_values(words).items():
            counts.setdefault(name, Counter()).update(values)
    least = {"word": COMMON}
    kept = {name: sorted(value for value, n in counter.items() if n >= least.get(name, 2)) for name, counter in counts.items()}
    kept["dep"] = [*surroundings.OUTSIDE, *kept["dep"]]
    return {name: {value: number for number, value in enumerate(values, 1)} for name, values in kept.items()}


def examples(
    words: Words, marked: Mapping[int, Marked], likely: Mapping[int, float], cues: Sequence[int], known: surroundings.Vocabulary, weight: float
) -> list[Example]:
    """One for each of ``cues``, of which those not in ``marked`` are none."""
    own = surroundings.own_features(words, known, likely)
    found = []
    for cue in cues:
        start, end = surroundings.window(words, cue)
        features = np.concatenate([own[start:end], surroundings.features_toward(words, cue, start, end, known)], axis=1)
        answers = _answers(marked[cue], (start, end)) if cue in marked else None
        found.append(Example(features, words.vectors[start:end], cue - start, answers, weight))
    return found


def _answers(marked: Marked, window: Range) -> NDArray[np.float32]:
    positions = range(*window)
    content = np.array([i in marked.content for i in positions])
    source = np.array([i in marked.source for i in positions])
    before, behind = np.concatenate([[False], content[:-1]]), np.concatenate([content[1:], [False]])
    return np.stack([content, source, content & ~before, content & ~behind], axis=1).astype(np.float32)


def train(taught: Sequence[Example], known: surroundings.Vocabulary, seed: int) -> dict[str, NDArray[Any]]:
    """The network's arrays, as ``bot.language.network`` reads them; the same for the same examples and seed on one machine."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    chance = random.Random(seed)
    vectors = np.concatenate([example.vectors for example in taught])
    mean, deviation = vectors.mean(axis=0), vectors.std(axis=0) + 1e-5
    layers = _layers(known, vectors.shape[1])
    parameters = list(layers.parameters())
    optimizer = torch.optim.AdamW(parameters, lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * (len(taught) // BATCH + 1)
    done = 0
    for _ in range(EPOCHS):
        for chosen in _batches(taught, chance):
            share = done / steps
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(1.0, share / WARM) * max(0.0, 1 - share)
            done += 1
            loss = _loss(layers, chosen, mean, deviation)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
    return _arrays(layers, known, mean, deviation)


def _layers(known: surroundings.Vocabulary, width: int) -> Any:
    rows = {name: len(known[surroundings.TABLES[name]]) + 1 if name in surroundings.TABLES else surroundings.SIZES[name] for name in WIDTHS}
    return nn.ModuleDict(
        {
            **{f"table_{name}": nn.Embedding(rows[name], WIDTHS[name]) for name in surroundings.FIELDS},
            "project": nn.Linear(width, PROJECTED),
            "input": nn.Linear(sum(WIDTHS.values()) + PROJECTED, INPUT),
            **{way: nn.LSTM(INPUT, STATE, batch_first=True) for way in WAYS},
            "hidden": nn.Linear(2 * STATE, HIDDEN),
            "out": nn.Linear(HIDDEN, 4),
            "cue_hidden": nn.Linear(2 * STATE + INPUT, HIDDEN),
            "cue_out": nn.Linear(HIDDEN, 1),
        }
    )


def _batches(taught: Sequence[Example], chance: random.Random) -> list[list[Example]]:
    """All examples once, in random order, those of a batch about as long as one another."""
    order = list(taught)
    chance.shuffle(order)
    found = []
    for first in range(0, len(order), BATCH * SORTED):
        some = sorted(order[first : first + BATCH * SORTED], key=lambda example: len(example.features))
        found += [some[at : at + BATCH] for at in range(0, len(some), BATCH)]
    chance.shuffle(found)
    return found


def _loss(layers: Any, chosen: Sequence[Example], mean: NDArray[np.float32], deviation: NDArray[np.float32]) -> Any:
    longest = max(len(example.features) for example in chosen)
    features = np.zeros((len(chosen), longest, len(surroundings.FIELDS)), np.int64)
    vectors = np.zeros((len(chosen), longest, len(mean)), np.float32)
    answers = np.zeros((len(chosen), longest, 4), np.float32)
    counts = np.zeros((len(chosen), longest, 1), np.float32)
    for at, example in enumerate(chosen):
        size = len(example.features)
        features[at, :size] = example.features
        vectors[at, :size] = (example.vectors - mean) / deviation
        if example.answers is not None:
            answers[at, :size], counts[at, :size] = example.answers, example.weight
    lengths = torch.tensor([len(example.features) for example in chosen])
    places = torch.tensor([example.cue for example in chosen])
    weights = torch.tensor([example.weight for example in chosen])
    is_cue = torch.tensor([float(example.answers is not None) for example in chosen])
    odds, cue_odds = _run(layers, torch.from_numpy(features), torch.from_numpy(vectors), lengths, places)
    words = binary_cross_entropy_with_logits(odds, torch.from_numpy(answers), torch.from_numpy(counts), reduction="sum")
    cues = binary_cross_entropy_with_logits(cue_odds, is_cue, weights, reduction="sum")
    return (words + CUE_SHARE * cues) / (10 * len(chosen))


def _run(layers: Any, features: Any, vectors: Any, lengths: Any, places: Any) -> tuple[Any, Any]:
    """Log-odds of the four answers for each word, and of being a cue, with everything left out that is left out in training."""
    features = features.masked_fill(torch.rand(features.shape) < UNKNOWN, 0)
    vectors = vectors.masked_fill(torch.rand((*vectors.shape[:2], 1)) < BLANK, 0)
    told = [layers[f"table_{name}"](features[..., column]) for column, name in enumerate(surroundings.FIELDS)]
    told.append(dropout(torch.relu(layers["project"](vectors)), DROPPED))
    inputs = torch.relu(layers["input"](dropout(torch.cat(told, -1), DROPPED)))
    states = _states(layers, dropout(inputs, DROPPED), lengths)
    rows = torch.arange(len(places))
    beside = torch.cat([states[rows, places], inputs[rows, places]], -1)
    answers = layers["out"](dropout(torch.relu(layers["hidden"](dropout(states, DROPPED + 0.1))), DROPPED))
    cue = layers["cue_out"](dropout(torch.relu(layers["cue_hidden"](dropout(beside, DROPPED + 0.1))), DROPPED))
    return answers, cue[:, 0]


def _states(layers: Any, inputs: Any, lengths: Any) -> Any:
    """Both directions' states; what is padded stands behind each sequence either way. Three times as fast as torch's packed sequences on a CPU."""
    turned = (lengths[:, None] - 1 - torch.arange(inputs.shape[1])).clamp(min=0)[..., None]
    ahead = layers["ahead"](inputs)[0]
    behind = layers["behind"](inputs.gather(1, turned.expand(-1, -1, INPUT)))[0]
    return torch.cat([ahead, behind.gather(1, turned.expand(-1, -1, STATE))], -1)


def _arrays(layers: Any, known: surroundings.Vocabulary, mean: NDArray[np.float32], deviation: NDArray[np.float32]) -> dict[str, NDArray[Any]]:
    stored = {name: value.detach().numpy() for name, value in layers.state_dict().items()}
    found = {name: value.astype(np.float16) for name, value in stored.items() if not name.startswith(("table_", *WAYS))}
    found |= {f"table.{name}": stored[f"table_{name}.weight"].astype(np.float16) for name in surroundings.FIELDS}
    for way in WAYS:
        found[f"lstm.in.{way}"] = stored[f"{way}.weight_ih_l0"].astype(np.float16)
        found[f"lstm.back.{way}"] = stored[f"{way}.weight_hh_l0"].astype(np.float16)
        found[f"lstm.bias.{way}"] = (stored[f"{way}.bias_ih_l0"] + stored[f"{way}.bias_hh_l0"]).astype(np.float16)
    found |= {"vectors.mean": mean.astype(np.float32), "vectors.deviation": deviation.astype(np.float32)}
    return found | {f"vocabulary.{name}": np.array(list(values), dtype=np.str_) for name, values in known.items()}
