"""What the network is told of each word, as numbers: what the word is, and how it stands to a cue.

``own_features`` says what a word is wherever it is looked at from; ``features_toward`` how it stands to one cue: the way through the parse, the
distance, and which side of quotation marks. Numbers are rows of the network's tables; 0 stands for what training did not meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from bot.language import clauses, traits
from bot.language.words import Range, Words

Vocabulary = Mapping[str, Mapping[str, int]]
"""Kind of value to each value's number."""

Numbers = NDArray[np.int64]

OWN = ("pos", "tag", "dep", "class", "kind", "word", "edge", "likely")
TOWARD = ("branch", "anchor", "steps", "distance", "quotation", "role", "cue")
FIELDS = OWN + TOWARD
"""The features, in the order of their columns."""

TABLES = {**{name: name for name in ("pos", "tag", "dep", "class", "kind", "word")}, "branch": "dep", "anchor": "dep", "cue": "class"}
"""Which vocabulary a feature's values are numbered by; the other features are numbers already."""

SIZES = {"edge": 4, "likely": 6, "steps": 43, "distance": 28, "quotation": 10, "role": 6}
"""How many values the others have."""

AT_CUE, ABOVE, APART, BEFORE, BEHIND = "<cue>", "<above>", "<apart>", "<before>", "<behind>"
"""Relations of words that hang below no child of the cue's line of heads: itself, its heads, other trees of its sentence, other sentences."""

OUTSIDE = (AT_CUE, ABOVE, APART, BEFORE, BEHIND)

LIKELY = (0.02, 0.1, 0.35, 0.7, 0.95)
"""Bounds of the buckets that a word's probability of being a cue falls into."""

DISTANCES = (0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 30, 45)
"""Lower bounds of the buckets of a word's distance from the cue, on either side."""

UP, DOWN = 6, 5
"""Steps up to the common head, and down to the cue, from which they count the same."""

BEYOND = 50
"""Words on either side of the cue's sentence that a quotation may run on over."""

LONGEST = 240
"""Words of a window; of a longer one, half on either side of the cue are kept."""

NOMINAL = frozenset({"NOUN", "PRON", "PROPN"})


def own_values(words: Words) -> dict[str, list[str]]:
    """Each word's values of the features that have a vocabulary."""
    return {
        "pos": words.pos,
        "tag": words.tag,
        "dep": words.dep,
        "class": [main_class(words, i) for i in range(len(words))],
        "kind": [words.entity[i] or (traits.noun_kind(words, i) if words.pos[i] in NOMINAL else "") for i in range(len(words))],
        "word": words.lower,
    }


def main_class(words: Words, i: int) -> str:
    """The first of the lexicon's classes of a cue, "" for none."""
    return next(iter(clauses.classes(words, i)), "")


def own_features(words: Words, vocabulary: Vocabulary, likely: Mapping[int, float]) -> Numbers:
    """What each word is, words x ``OWN``; ``likely`` is the probability of some words being a cue."""
    values = own_values(words)
    columns = [[vocabulary[name].get(value, 0) for value in values[name]] for name in OWN[:6]]
    columns.append([2 * (a == i) + (b == i + 1) for i, (a, b) in enumerate(words.edges)])
    found = [0] * len(words)
    for i, probability in likely.items():
        found[i] = 1 + sum(probability > bound for bound in LIKELY[:-1])
    columns.append(found)
    return np.array(columns, dtype=np.int64).T.reshape(len(words), len(OWN))


def window(words: Words, cue: int) -> Range:
    """The words that are looked at for a cue: its sentence, and quotations that begin, end or run on beside it."""
    first, last = words.sentences[words.sentence[cue]]
    opening = words.paragraphs[words.paragraph[cue]][0]
    near = [(a, b) for a, b in words.quotes if b >= max(first - 1, opening) and opening - 1 <= a <= last + 1]
    start = max(min([first, *(a for a, _ in near)]), first - BEYOND)
    end = min(max([last, *(b for _, b in near)]), last + BEYOND)
    if end - start > LONGEST:
        start, end = max(start, cue - LONGEST // 2), min(end, cue + LONGEST // 2)
    return start, end


def features_toward(words: Words, cue: int, start: int, end: int, vocabulary: Vocabulary) -> Numbers:
    """How each word of a window stands to the cue, words x ``TOWARD``."""
    relations = vocabulary["dep"]
    first, last = words.sentences[words.sentence[cue]]
    size = end - start
    found = np.zeros((size, len(TOWARD)), dtype=np.int64)
    branch = [relations[BEFORE if start + k < first else BEHIND if start + k >= last else APART] for k in range(size)]
    anchor, steps = [0] * size, [SIZES["steps"] - 1] * size
    for i, relation, above, ups, downs in _ways(words, cue):
        if start <= i < end:
            branch[i - start] = relations.get(relation, 0)
            anchor[i - start] = relations.get(above, 0)
            steps[i - start] = min(ups, UP) * (DOWN + 1) + min(downs, DOWN)
    found[:, 0], found[:, 1], found[:, 2] = branch, anchor, steps
    offsets = np.arange(start - cue, end - cue)
    sides = np.searchsorted(DISTANCES, np.abs(offsets), side="right") - 1
    found[:, 3] = len(DISTANCES) + np.sign(offsets) * sides
    found[:, 4] = _quotation(words, cue, start, end)
    group = clauses.group(words, cue)
    roles = [0] * size
    for k in words.children[cue]:
        if start <= k < end:
            roles[k - start] = 2 if words.dep[k].startswith("nsubj") else 1
    for i in range(*group):
        roles[i - start] = 3
    roles[cue - start] = 4
    found[:, 5] = roles
    found[:, 6] = vocabulary["class"].get(main_class(words, cue), 0)
    return found


def _ways(words: Words, cue: int) -> Iterable[tuple[int, str, str, int, int]]:
    """For each word of the cue's tree: the relation by which its branch leaves the cue's line of heads, the relation by which that line goes on
    down to the cue, steps up from the word to the line, and steps down from there."""
    line = [cue]
    while words.head[line[-1]] != line[-1]:
        line.append(words.head[line[-1]])
    for downs, top in enumerate(line):
        below = line[downs - 1] if downs else -1
        above = words.dep[below] if downs else AT_CUE
        yield top, ABOVE if downs else AT_CUE, above if downs else "", 0, downs
        for child in words.children[top]:
            if child == below:
                continue
            relation = words.dep[child]
            level, ups = [child], 1
            while level:
                for i in level:
                    yield i, relation, above, ups, downs
                level = [k for i in level for k in words.children[i]]
                ups += 1


def _quotation(words: Words, cue: int, start: int, end: int) -> list[int]:
    """Outside quotations 0; inside the cue's own one 1 to 3, inside another 4 to 6: its first, its last and the other words."""
    own = words.quote[cue]
    found = []
    for i in range(start, end):
        number = words.quote[i]
        if number < 0:
            found.append(0)
            continue
        a, b = words.quotes[number]
        found.append((1 if number == own else 4) + (1 if i == a else 2 if i == b - 1 else 0))
    return found
