"""The annotated texts as ``Words``: each document parsed once, its annotation as positions of words."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.language.pipeline import Pipeline
from bot.language.training.markup import Document, read_all
from bot.language.words import Range, Words, flatten

TEXTS = Path(__file__).parent / "texts"
_PARAGRAPH = re.compile(r"[^\n]+")

Positions = frozenset[int]

LATEST = "uvwx"
"""Letters of texts that teach the author's own voice only. With them who says what is found a little better in our held-out texts (F1 78.9 to 79.4),
as well in news (PolNeAR 67.0 to 67.1), but worse in the five real pieces, by either reader's marks (82.1 -> 77.7, 71.2 -> 66.0)."""

DENSE = "defghi"
"""Letters of the texts written for hopes, plans, views and fears told in passing, as op-eds tell them. Counted twice, they raise attribution F1
by 0.7 on our held-out texts when they were written; beside the texts that came later it makes no difference there, and it does no harm."""


@dataclass(frozen=True, slots=True)
class Marked:
    """An annotated attribution as positions of words."""

    source: Positions
    cue: Positions
    content: Positions


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document with its parse."""

    document: Document
    words: Words
    offsets: tuple[int, ...]
    """Where each paragraph starts in the document's text."""
    marked: tuple[Marked, ...]
    labels: tuple[tuple[str, Range], ...]
    """Label and words of each sentence."""

    @property
    def times(self) -> int:
        """How often it counts where who says what is taught."""
        letter = self.document.id[0]
        return 0 if letter in LATEST else 2 if letter in DENSE else 1


def parse_all(pipeline: Pipeline, held_out: bool | None = False) -> Iterator[Parsed]:
    """Every annotated document; by default only those that may be trained on."""
    for document in read_all(TEXTS):
        if held_out is None or document.held_out is held_out:
            yield parse(document, pipeline)


def parse(document: Document, pipeline: Pipeline) -> Parsed:
    """One document, annotation and parse brought together."""
    pieces = [(match.start(), match.group()) for match in _PARAGRAPH.finditer(document.text)]
    words = flatten(pipeline.analyse([text for _, text in pieces]))
    offsets = tuple(start for start, _ in pieces)
    starts = [offsets[words.paragraph[i]] + words.start[i] for i in range(len(words))]
    ends = [offsets[words.paragraph[i]] + words.end[i] for i in range(len(words))]

    def positions(spans: Sequence[tuple[int, int]]) -> Positions:
        return frozenset(i for start, end in spans for i in range(bisect.bisect_right(ends, start), bisect.bisect_left(starts, end)))

    marked = tuple(Marked(positions(a.source), positions(a.cue), positions(a.content)) for a in document.attributions)
    labels = tuple((s.label, (bisect.bisect_right(ends, s.start), bisect.bisect_left(starts, s.end))) for s in document.sentences)
    return Parsed(document, words, offsets, marked, labels)
