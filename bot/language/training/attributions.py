"""Teaches the scorers of ``attribution`` on the annotated texts and sentences: the network, and the linear models that weigh what it says.

What the linear models see of the network in training must be as good and as bad as it will be on new texts. So the texts are parted into
folds, and each fold is read by a network that was taught on the others (D. Wolpert, "Stacked generalization", 1992).
"""

from __future__ import annotations

import math
import random
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from bot.language import attribution, clauses, source_traits, traits
from bot.language.attribution import Scorers
from bot.language.clauses import Ranges
from bot.language.linear import Linear
from bot.language.network import Network
from bot.language.readings import Reading, Sizes
from bot.language.surroundings import Vocabulary
from bot.language.training.annotated import Marked
from bot.language.training.fitting import Features, Values, Weights, fit_binary, fit_choice, write
from bot.language.words import Words

if TYPE_CHECKING:
    from bot.language.training import network

CUE, CONTENT, SOURCE = 0.35, 0.1, 0.4
"""Inverse strength of each model's L2 penalty, chosen on the held-out texts."""

SHARPNESS, TOLERANCE = 6.0, 0.5
"""How fast a candidate's share falls with its overlap's distance from the best one, and from where it gets nothing."""

FOLDS, PROCESSES = 3, 2
"""Parts that the texts are read in, and networks that are taught at once."""

SEED = 1


class Example(Protocol):
    """A text or a sentence with its attributions."""

    @property
    def words(self) -> Words:
        """Its words, parsed."""

    @property
    def marked(self) -> tuple[Marked, ...]:
        """Who says what in it."""

    @property
    def times(self) -> int:
        """How often it counts."""


@dataclass(frozen=True, slots=True)
class Taught:
    """The linear models ``cue``, ``content`` and ``source``, how linear model and network add up for cues, and the network's arrays."""

    tables: dict[str, Weights]
    numbers: Values
    arrays: dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may be a cue, with its features and whether it is one; None where it stands inside an annotated cue without heading it."""

    features: Features
    is_cue: bool | None


@dataclass(slots=True)
class Text:
    """A text in training: its candidates for cues, the annotated ones, and what models taught on other texts make of them."""

    words: Words
    times: int
    candidates: dict[int, Candidate]
    heads: dict[int, Marked]
    likely: dict[int, float]
    readings: dict[int, Reading]

    def looked_at(self) -> list[int]:
        """The cues, and the words that might be taken for some."""
        return [cue for cue, probability in self.likely.items() if cue in self.heads or (probability >= attribution.LOOKED_AT)]


def fit(texts: Sequence[Example], news: Sequence[Example] = ()) -> Taught:
    """All models, taught on annotated texts and single sentences of news."""
    documents = [_text(example) for example in (*texts, *news)]
    arrays = _cross_fit(documents)
    return Taught(_fit_tables(documents), _fit_numbers(documents), arrays)


def fit_plain(texts: Sequence[Example], news: Sequence[Example] = ()) -> Scorers:
    """Linear models that decide alone: taught in a minute where others are to be taught on what is reported, not as well as it may be."""
    tables = _fit_tables([_text(example) for example in (*texts, *news)])
    return Scorers(Linear(tables["cue"]), Linear(tables["content"]), Linear(tables["source"]), None, {})


def _fit_tables(documents: Sequence[Text]) -> dict[str, Weights]:
    cue = _fit_cue(documents)
    content = list(_content_examples(documents))
    source = list(_source_examples(documents))
    return {
        "cue": cue,
        "content": fit_choice([c[0] for c in content], [c[2] for c in content], CONTENT, [c[1] for c in content]),
        "source": fit_choice([s[0] for s in source], [s[2] for s in source], SOURCE, [s[1] for s in source]),
    }


def save(taught: Taught, folder: Path) -> None:
    """Write them where the package ships them."""
    for name, table in taught.tables.items():
        write(folder, name, table)
    write(folder, "cue.numbers", taught.numbers)
    np.savez(folder / "network.npz", allow_pickle=False, **taught.arrays)


def _text(example: Example) -> Text:
    words = example.words
    candidates = clauses.cue_candidates(words)
    heads = cue_heads(words, example.marked, set(candidates))
    cued = {i for marked in example.marked for i in marked.cue}
    told = {i: Candidate(traits.cue_features(words, i), i in heads if i in heads or i not in cued else None) for i in candidates}
    return Text(words, example.times, told, heads, {}, {})


def _fit_cue(documents: Sequence[Text]) -> Weights:
    rows = [candidate for text in documents for _ in range(text.times) for candidate in text.candidates.values() if candidate.is_cue is not None]
    return fit_binary([row.features for row in rows], [bool(row.is_cue) for row in rows], CUE)


def _cross_fit(documents: Sequence[Text]) -> dict[str, NDArray[Any]]:
    """Fill in what models taught on the other folds say; the arrays of the network taught on all."""
    from bot.language.training import network  # torch, which takes a second and only this needs

    order = list(documents)
    random.Random(SEED).shuffle(order)
    folds = [order[part::FOLDS] for part in range(FOLDS)]
    for fold in folds:
        model = Linear(_fit_cue(_others(fold, folds)))
        for text in fold:
            text.likely = {cue: model.probability(candidate.features) for cue, candidate in text.candidates.items()}
    known = network.vocabulary([text.words for text in documents])
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        taught = [
            pool.submit(network.train, _network_examples(some, known), known, SEED) for some in (*(_others(f, folds) for f in folds), documents)
        ]
    for fold, future in zip(folds, taught, strict=False):
        read = Network(future.result())
        for text in fold:
            found = read.read(text.words, text.looked_at(), text.likely)
            text.readings = {cue: Reading(text.words, cue, *one) for cue, one in found.items()}
    return taught[-1].result()


def _others(fold: Sequence[Text], folds: Sequence[Sequence[Text]]) -> list[Text]:
    return [text for other in folds if other is not fold for text in other]


def _network_examples(documents: Sequence[Text], known: Vocabulary) -> list[network.Example]:
    from bot.language.training import network

    return [one for t in documents for one in network.examples(t.words, t.heads, t.likely, t.looked_at(), known, float(t.times))]


def _fit_numbers(documents: Sequence[Text]) -> Values:
    """How much the linear model's and the network's log-odds count for a word being a cue."""
    rows, labels, weights = [], [], []
    for text in documents:
        for cue, reading in text.readings.items():
            plain, is_cue = text.likely[cue], text.candidates[cue].is_cue
            if is_cue is not None and plain >= attribution.LOOKED_AT:
                rows.append([math.log(plain / (1 - plain + attribution.TINY)), reading.cue_odds])
                labels.append(is_cue)
                weights.append(text.times)
    model = LogisticRegression(C=1e3).fit(np.array(rows), labels, sample_weight=weights)
    values = {"bias": model.intercept_[0], "linear": model.coef_[0][0], "network": model.coef_[0][1]}
    return {name: round(float(value), 4) for name, value in values.items()}


def cue_heads(words: Words, marked: Sequence[Marked], candidates: Collection[int]) -> dict[int, Marked]:
    """The candidate that heads each annotated cue."""
    heads: dict[int, Marked] = {}
    for one in marked:
        inside = [i for i in sorted(one.cue) if i in candidates]
        top = [i for i in inside if words.head[i] not in one.cue or words.head[i] == i]
        if inside:
            heads[(top or inside)[0]] = one
    return heads


def ranges(positions: Collection[int]) -> Ranges:
    """Positions as stretches without gaps."""
    found: list[list[int]] = []
    for i in sorted(positions):
        if found and found[-1][1] == i:
            found[-1][1] = i + 1
        else:
            found.append([i, i + 1])
    return tuple((start, end) for start, end in found)


def spoken(words: Words, positions: Collection[int]) -> set[int]:
    """Without marks and spaces: what overlaps are counted in."""
    return {i for i in positions if any(character.isalnum() for character in words.text[i])}


Choice = tuple[list[Features], list[Sizes], list[float]]
"""Candidates' features, their sizes, and their shares of the choice."""


def _content_examples(documents: Sequence[Text]) -> Iterator[Choice]:
    for text in documents:
        for cue, marked in text.heads.items():
            choices = attribution.content_choices(text.words, cue, text.readings.get(cue))
            wanted = spoken(text.words, marked.content)
            overlaps = []
            for candidate, _ in choices:
                covered = spoken(text.words, {i for start, end in candidate for i in range(start, end)})
                overlaps.append(len(covered & wanted) / max(1, len(covered | wanted)))
            best = max(overlaps, default=0.0)
            if best < 0.5:
                continue
            shares = [math.exp((overlap - best) * SHARPNESS) if overlap > best - TOLERANCE else 0.0 for overlap in overlaps]
            features: list[Features] = [traits.content_features(text.words, cue, candidate) for candidate, _ in choices]
            yield from [(features, [sizes for _, sizes in choices], [share / sum(shares) for share in shares])] * text.times


def _source_examples(documents: Sequence[Text]) -> Iterator[Choice]:
    for text in documents:
        words = text.words
        for cue, marked in text.heads.items():
            reading, content = text.readings.get(cue), ranges(marked.content)
            candidates = attribution.source_choices(words, cue, reading)
            shares = [0.0 if marked.source else 1.0]
            for _, (start, end), _ in candidates:
                covered = set(range(start, end))
                shares.append(len(covered & marked.source) / len(covered | marked.source) if marked.source else 0.0)
            best = max(shares)
            if best < 0.3:
                continue
            chosen = [float(share == best) for share in shares]
            features: list[Features] = [source_traits.nobody_features(words, cue)]
            features += [source_traits.source_features(words, cue, head, stretch, content) for head, stretch, _ in candidates]
            sizes: list[Sizes] = [reading.nobody_sizes() if reading else {}, *(sizes for _, _, sizes in candidates)]
            yield from [(features, sizes, [share / sum(chosen) for share in chosen])] * text.times
