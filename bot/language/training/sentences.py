"""Single sentences of NewsMTSC and NewsSD with our annotation of who says what in them.

The sentences stay in the shared sets; ``sentences.json`` holds our marks alone: the hash of each sentence's text, and the character offsets of
source, cue and content of each attribution in it. They were chosen for what an earlier scorer was unsure of: NewsMTSC's from news of
American politics, which our own texts have little of, NewsSD's from columns and commentary of many papers. A fifth is held out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.language.pipeline import Pipeline
from bot.language.training.annotated import Marked, Positions
from bot.language.words import Words, flatten

MARKS = Path(__file__).parent / "sentences.json"
PART = 5
"""One sentence of so many is held out."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its parse and its attributions as positions of words."""

    text: str
    words: Words
    marked: tuple[Marked, ...]
    held_out: bool
    times: int = 1
    """How often it counts where who says what is taught."""


TIMES = {"newsmtsc_train": 1, "newssd_train": 2}
"""Columns and commentary are what op-eds are like; the other set is the larger one and news."""


def key(text: str) -> str:
    """What a sentence is found by."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def parse_marked(source: Path, pipeline: Pipeline, held_out: bool | None = False) -> Iterator[Sentence]:
    """The annotated sentences of the set's file ``source``, in its order; by default only those that may be trained on."""
    marks = json.loads(MARKS.read_text(encoding="utf-8"))
    for line in source.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        name = key(text)
        held = int(name, 16) % PART == 0
        if name not in marks or (held_out is not None and held is not held_out):
            continue
        words = flatten(pipeline.analyse([text]))
        found = tuple(Marked(*(_positions(words, spans) for spans in parts)) for parts in marks.pop(name))
        yield Sentence(text, words, found, held, TIMES[source.stem])


def _positions(words: Words, spans: Sequence[tuple[int, int]]) -> Positions:
    return frozenset(i for start, end in spans for i in range(len(words)) if words.start[i] >= start and words.end[i] <= end)
