"""Teaches the three scorers of ``attribution`` on the annotated texts and sentences."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from bot.language import clauses, source_traits, traits
from bot.language.attribution import Scorers
from bot.language.clauses import Ranges
from bot.language.linear import Linear
from bot.language.training.annotated import Marked
from bot.language.training.fitting import Features, Weights, fit_binary, fit_choice, write
from bot.language.words import Words

CUE, CONTENT, SOURCE = 0.35, 0.3, 0.4
"""Inverse strength of each model's L2 penalty, chosen on the held-out texts."""

SHARPNESS, TOLERANCE = 6.0, 0.5
"""How fast a candidate's share falls with its overlap's distance from the best one, and from where it gets nothing."""


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


def fit(texts: Sequence[Example], news: Sequence[Example] = ()) -> dict[str, Weights]:
    """Weights of the models ``cue``, ``content`` and ``source``, taught on annotated texts and single sentences of news."""
    documents = [example for example in (*texts, *news) for _ in range(example.times)]
    cues: list[Features] = []
    labels: list[bool] = []
    contents: list[list[Features]] = []
    content_targets: list[Sequence[float]] = []
    sources: list[list[Features]] = []
    source_targets: list[Sequence[float]] = []
    for parsed in documents:
        words = parsed.words
        candidates = clauses.cue_candidates(words)
        heads = cue_heads(words, parsed.marked, set(candidates))
        cued = {i for marked in parsed.marked for i in marked.cue}
        for i in candidates:
            if i in heads or i not in cued:
                cues.append(traits.cue_features(words, i))
                labels.append(i in heads)
        for head, marked in heads.items():
            _content_examples(words, head, marked, contents, content_targets)
            _source_examples(words, head, marked, sources, source_targets)
    return {
        "cue": fit_binary(cues, labels, CUE),
        "content": fit_choice(contents, content_targets, CONTENT),
        "source": fit_choice(sources, source_targets, SOURCE),
    }


def scorers(weights: dict[str, Weights]) -> Scorers:
    """The models as the run time uses them."""
    return Scorers(Linear(weights["cue"]), Linear(weights["content"]), Linear(weights["source"]))


def save(weights: dict[str, Weights], folder: Path) -> None:
    """Write them where the package ships them."""
    for name, table in weights.items():
        write(folder, name, table)


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


def _content_examples(words: Words, head: int, marked: Marked, groups: list[list[Features]], targets: list[Sequence[float]]) -> None:
    candidates = clauses.content_candidates(words, head)
    wanted = spoken(words, marked.content)
    overlaps = []
    for candidate in candidates:
        covered = spoken(words, {i for start, end in candidate for i in range(start, end)})
        overlaps.append(len(covered & wanted) / max(1, len(covered | wanted)))
    best = max(overlaps, default=0.0)
    if best < 0.5:
        return
    shares = np.array([np.exp((o - best) * SHARPNESS) if o > best - TOLERANCE else 0.0 for o in overlaps])
    groups.append([traits.content_features(words, head, candidate) for candidate in candidates])
    targets.append((shares / shares.sum()).tolist())


def _source_examples(words: Words, head: int, marked: Marked, groups: list[list[Features]], targets: list[Sequence[float]]) -> None:
    content = ranges(marked.content)
    candidates = clauses.source_candidates(words, head)
    shares = [0.0 if marked.source else 1.0]
    for _, (start, end) in candidates:
        covered = set(range(start, end))
        shares.append(len(covered & marked.source) / len(covered | marked.source) if marked.source else 0.0)
    best = max(shares)
    if best < 0.3:
        return
    chosen = [float(share == best) for share in shares]
    groups.append(
        [source_traits.nobody_features(words, head), *(source_traits.source_features(words, head, i, stretch, content) for i, stretch in candidates)]
    )
    targets.append([share / sum(chosen) for share in chosen])
