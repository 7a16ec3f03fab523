"""An article's words in one row: what the statement models look at, read once from its Docs.

spaCy's tokens cost a microsecond for each attribute; plain lists make the many questions about clauses and quotations cheap. Positions
count over the whole article; ``heads`` point to positions, a sentence's root to itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from bot.language import lexicon
from bot.models import Span

OPENING = frozenset({"“", "„", "«", "``"})
CLOSING = frozenset({"”", "»"})
STRAIGHT = frozenset({'"', "''"})
SINGLE_OPENING = "‘"
SINGLE_CLOSING = "’"

INFLECTED = frozenset({"VBD", "VBG", "VBN", "VBZ"})
"""Tags of verbs that are not in their basic form."""

Range = tuple[int, int]
"""First word and the one behind the last."""


@dataclass(slots=True)
class Words:
    """The words of an article; every list has one entry a word."""

    text: list[str] = field(default_factory=list)
    lower: list[str] = field(default_factory=list)
    lemma: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    tag: list[str] = field(default_factory=list)
    dep: list[str] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    entity: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    """Offsets in the paragraph."""
    paragraph: list[int] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)
    quote: list[int] = field(default_factory=list)
    """Number of the quotation that the word stands in, marks included; -1 outside."""
    sentences: list[Range] = field(default_factory=list)
    paragraphs: list[Range] = field(default_factory=list)
    quotes: list[Range] = field(default_factory=list)
    children: list[list[int]] = field(default_factory=list)
    edges: list[Range] = field(default_factory=list)
    """The stretch that a word and everything below it covers."""
    vectors: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    """The pipeline's vector of each word in its sentence, words x width; of width 0 where the Docs have none."""

    def __len__(self) -> int:
        return len(self.text)

    def spans(self, ranges: Iterable[Range]) -> tuple[Span, ...]:
        """Word ranges as spans of paragraphs, cut where a range runs over several."""
        found = []
        for start, end in ranges:
            while start < end:
                stop = min(end, self.paragraphs[self.paragraph[start]][1])
                found.append(Span(self.paragraph[start], self.start[start], self.end[stop - 1]))
                start = stop
        return tuple(found)

    def range_of(self, paragraph: int, start: int, end: int) -> Range | None:
        """The words that a stretch of a paragraph touches."""
        first, last = self.paragraphs[paragraph]
        inside = [i for i in range(first, last) if self.start[i] < end and self.end[i] > start]
        return (inside[0], inside[-1] + 1) if inside else None

    def join(self, ranges: Iterable[Range]) -> str:
        """The words of some ranges, single spaces between them: for looking at, not for quoting."""
        return " ".join(self.text[i] for start, end in ranges for i in range(start, end))


def flatten(docs: Sequence[Doc]) -> Words:
    """All paragraphs' words, with quotations that run over sentences and paragraphs found."""
    words = Words()
    for paragraph, doc in enumerate(docs):
        base = len(words)
        for token in doc:
            words.text.append(token.text)
            words.lower.append(token.lower_)
            lemma = token.lemma_.lower()
            words.lemma.append(lexicon.base(token.lower_, lemma) if token.tag_ in INFLECTED else lemma)
            words.pos.append(token.pos_)
            words.tag.append(token.tag_)
            words.dep.append(token.dep_)
            words.head.append(base + token.head.i)
            words.entity.append(token.ent_type_)
            words.start.append(token.idx)
            words.end.append(token.idx + len(token.text))
            words.paragraph.append(paragraph)
        words.paragraphs.append((base, len(words)))
        for sentence in doc.sents:
            words.sentence.extend([len(words.sentences)] * len(sentence))
            words.sentences.append((base + sentence.start, base + sentence.end))
    widths = {doc.tensor.shape[1] if doc.tensor.ndim == 2 else 0 for doc in docs if len(doc)}
    if len(widths) == 1 and 0 not in widths:
        words.vectors = np.concatenate([doc.tensor for doc in docs if len(doc)])
    else:
        words.vectors = np.zeros((len(words), 0), np.float32)
    _link(words)
    words.quotes = list(_quotations(words))
    words.quote = [-1] * len(words)
    for number, (start, end) in enumerate(words.quotes):
        words.quote[start:end] = [number] * (end - start)
    return words


def _link(words: Words) -> None:
    words.children = [[] for _ in words.text]
    edges = [[i, i + 1] for i in range(len(words))]
    for i, head in enumerate(words.head):
        if head != i:
            words.children[head].append(i)
    for start, end in words.sentences:
        order = [i for i in range(start, end) if words.head[i] == i]
        for i in order:
            order.extend(words.children[i])
        for i in reversed(order):
            head = words.head[i]
            edges[head][0] = min(edges[head][0], edges[i][0])
            edges[head][1] = max(edges[head][1], edges[i][1])
    words.edges = [(a, b) for a, b in edges]


def _opens(words: Words, i: int, first: int, last: int) -> bool:
    """Whether a closing mark was set where an opening one belongs: at a paragraph's start or behind a space, right before a word."""
    before = i == first or words.start[i] > words.end[i - 1]
    return before and i + 1 < last and words.start[i + 1] == words.end[i] and words.text[i + 1][0].isalnum()


def _quotations(words: Words) -> Iterator[Range]:
    """Quotations, marks included. One left open at a paragraph's end goes on if the next paragraph opens with a mark, else ends there."""
    for first, last in words.paragraphs:
        opened: int | None = None
        single: int | None = None
        for i in range(first, last):
            text = words.text[i]
            if opened is None:
                if text in OPENING or text in STRAIGHT or (text in CLOSING and _opens(words, i, first, last)):
                    opened = i
                elif text == SINGLE_OPENING:
                    single = i
                elif text == SINGLE_CLOSING and single is not None:
                    if i - single > 1:
                        yield single, i + 1
                    single = None
            elif text in CLOSING or text in STRAIGHT:
                yield opened, i + 1
                opened = single = None
        if opened is not None:
            yield opened, last
