"""Docs -> what salience weighs: one ``Candidate`` a sentence.

The tokens of the whole article are read out at once, and lists are looked up by spaCy's keys: asking token by token costs five times as much.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy import symbols
from spacy.attrs import ENT_IOB, ENT_TYPE, HEAD, LEMMA, LIKE_NUM, LOWER, MORPH, POS
from spacy.strings import StringStore, hash_string
from spacy.tokens import Doc, Span

from bot.language import sentences as cutting
from bot.language.standalone import READ, Leaning, leaning

_LISTS = tomllib.loads((Path(__file__).parent / "salience.toml").read_text(encoding="utf-8"))
_SUMMING = tuple(_LISTS["summing"])
_CONCEDING = tuple(_LISTS["conceding"])
_EMPTY = frozenset(_LISTS["empty"].split())
_BY_WORD = ("likely", "negation", "contrast", "causal", "first_person")
_BY_LEMMA = ("modal", "evaluation", "reporting", "motive")
"""Lists whose words are looked up as they stand, and as lemmas; each is one bit of a token's marks."""
_CONTENT = (symbols.NOUN, symbols.PROPN, symbols.VERB, symbols.ADJ, symbols.NUM)
_BEGINS = 3
"""spaCy's ENT_IOB of a name's first token."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of one sentence; the order of candidates is the text's."""

    lemmas: tuple[str, ...]
    """Content words' lemmas, lower case."""
    words: int
    paragraph: int
    paragraphs: int
    """How many paragraphs the piece has."""
    first_in_paragraph: bool
    last_in_paragraph: bool
    leaning: Leaning = Leaning.NOTHING
    heading: bool = False
    modal: bool = False
    """must, should, ought, need to, have to."""
    likely: bool = False
    """will, would, may, likely, unlikely."""
    negated: bool = False
    contrast: bool = False
    """but, yet, however, not ... but, rather than."""
    causal: bool = False
    """because, since, so, therefore, in order to."""
    motive: bool = False
    """Says what somebody is after: want, seek, aim, need."""
    question: bool = False
    quoted: float = 0.0
    """Share of the words that are somebody else's."""
    number: bool = False
    dated: bool = False
    names: int = 0
    evaluation: bool = False
    """A word that weighs: wrong, danger, essential, fail ..."""
    summing: bool = False
    """the real question, the point is, in the end, the truth is, what matters."""
    first_person: bool = False
    """I, we, my, our outside quotations."""
    past: bool = False
    """Told in the past tense."""
    reporting: bool = False
    """A verb of saying governs it: "..., officials said"."""
    conceding: bool = False
    """Grants something to the other side: to be sure, this is not to say."""
    own: float = 0.0
    """Strength of the author's own position in it, 0 to 1; 0 for a plain fact and for reported words."""

    @property
    def stands_alone(self) -> bool:
        """Whether it can be shown without the sentence before."""
        return self.leaning is Leaning.NOTHING


def gather(docs: Sequence[Doc], spans: Sequence[tuple[int, Span]] | None = None, own: Mapping[int, float] | None = None) -> list[Candidate]:
    """One candidate for each sentence of the article.

    ``docs``: one for each paragraph; ``spans``: the sentences as (paragraph, span), all of them when None; ``own``: the strength of the
    author's own position by sentence position.
    """
    if spans is None:
        spans = [(paragraph, span) for paragraph, doc in enumerate(docs) for span in cutting.sentences(doc)]
    if not spans:
        return []
    tokens = _read(docs)
    own = own or {}
    paragraphs = [paragraph for paragraph, _ in spans]
    edges = [-1, *paragraphs, -1]
    return [
        _candidate(
            span,
            tokens,
            tokens.offsets[paragraph],
            (paragraph, paragraphs[-1] + 1, edges[at] != paragraph, edges[at + 2] != paragraph),
            own.get(at, 0.0),
        )
        for at, (paragraph, span) in enumerate(spans)
    ]


def lemmas(span: Span | Doc) -> tuple[str, ...]:
    """Lemmas of the content words, lower case."""
    doc = span if isinstance(span, Doc) else span.as_doc()
    tokens = _read([doc])
    return tokens.content(0, len(tokens.lower))


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The article's tokens, paragraph behind paragraph."""

    offsets: list[int]
    """Where each paragraph begins."""
    texts: list[str]
    hints: list[tuple[bool, list[tuple[int, int]]]]
    """Of each paragraph: whether a summing phrase is in it, and its quotations."""
    lower: list[int]
    lemma: list[int]
    content_: list[bool]
    marks: list[int]
    number: list[int]
    head: list[int]
    """How far away the head is."""
    label: list[int]
    """At a name's first token its label, else 0."""
    morph: list[int]
    words: _Words
    """In lower case, by key."""
    kept: _Kept
    """Lemmas that count as content, by key; "" for others."""
    strings: StringStore

    def content(self, start: int, end: int) -> tuple[str, ...]:
        kept = self.kept
        return tuple(filter(None, [kept[key] for key, is_content in zip(self.lemma[start:end], self.content_[start:end], strict=True) if is_content]))

    def past(self, start: int, end: int) -> bool:
        """Whether the sentence's root stands in the past: the first token whose head is itself or outside."""
        root = next((i for i in range(start, end) if not self.head[i] or not start <= i + self.head[i] < end), start)
        return "Tense=Past" in self.strings[self.morph[root]]


class _Words(dict[int, str]):
    """spaCy's keys -> words in lower case, each looked up once."""

    def __init__(self, strings: StringStore) -> None:
        self.strings = strings

    def __missing__(self, key: int) -> str:
        word = self[key] = self.strings[key].lower()
        return word


class _Kept(_Words):
    """The same, for lemmas that say something of a piece."""

    def __missing__(self, key: int) -> str:
        word = self.strings[key].lower()
        word = self[key] = word if word not in _EMPTY and len(word) > 1 and word[0].isalnum() else ""
        return word


@cache
def _bits() -> tuple[dict[int, int], dict[int, int]]:
    """The marks of words and of lemmas by spaCy's keys."""
    tables: list[dict[int, int]] = []
    for place, names in ((0, _BY_WORD), (len(_BY_WORD), _BY_LEMMA)):
        table: dict[int, int] = {}
        for bit, name in enumerate(names, place):
            for word in _LISTS[name].split():
                table[hash_string(word)] = table.get(hash_string(word), 0) | 1 << bit
        tables.append(table)
    return tables[0], tables[1]


_LIKELY, _NEGATED, _CONTRAST, _CAUSAL, _FIRST_PERSON, _MODAL, _EVALUATION, _REPORTING, _MOTIVE = (
    1 << bit for bit in range(len(_BY_WORD) + len(_BY_LEMMA))
)


def _read(docs: Sequence[Doc]) -> _Tokens:
    columns = np.concatenate([doc.to_array([LOWER, LEMMA, POS, LIKE_NUM, HEAD, ENT_IOB, ENT_TYPE, MORPH]).reshape(-1, 8) for doc in docs])
    pos = columns[:, 2]
    verb: NDArray[np.bool_] = pos == symbols.VERB
    content = verb.copy()
    for kind in _CONTENT:
        content |= pos == kind
    lower, lemma, number, morph = (columns[:, column].tolist() for column in (0, 1, 3, 7))
    by_word, by_lemma = _bits()
    marks = [
        by_word.get(word, 0) | (found if (found := by_lemma.get(base, 0)) != _REPORTING or is_verb else 0)
        for word, base, is_verb in zip(lower, lemma, verb.tolist(), strict=True)
    ]
    strings = docs[0].vocab.strings
    texts = [doc.text for doc in docs]
    lengths = [len(doc) for doc in docs]
    return _Tokens(
        offsets=np.cumsum([0, *lengths[:-1]]).tolist(),
        texts=texts,
        hints=[(any(phrase in low for phrase in _SUMMING), list(cutting.quotations(text))) for text in texts for low in (text.lower(),)],
        lower=lower,
        lemma=lemma,
        content_=content.tolist(),
        marks=marks,
        number=number,
        head=columns[:, 4].astype("int64").tolist(),
        label=np.where(columns[:, 5] == _BEGINS, columns[:, 6], 0).tolist(),
        morph=morph,
        words=_Words(strings),
        kept=_Kept(strings),
        strings=strings,
    )


def _candidate(span: Span, tokens: _Tokens, offset: int, place: tuple[int, int, bool, bool], own: float) -> Candidate:
    paragraph, paragraphs, first, last = place
    start, end = offset + span.start, offset + span.end
    from_, to = span.start_char, span.end_char
    text = tokens.texts[paragraph][from_:to]
    low = text.lower()
    marks = 0
    for mark in tokens.marks[start:end]:
        marks |= mark
    labels = [label for label in tokens.label[start:end] if label]
    sums, quotations = tokens.hints[paragraph]
    inside = sum(max(0, min(to, end_) - max(from_, start_)) for start_, end_ in quotations) if quotations else 0
    words = tokens.words
    return Candidate(
        lemmas=tokens.content(start, end),
        words=len(text.split()),
        paragraph=paragraph,
        paragraphs=paragraphs,
        first_in_paragraph=first,
        last_in_paragraph=last,
        leaning=leaning(span, text, [words[key] for key in tokens.lower[start : min(end, start + READ)]]),
        heading=bool(span.doc.user_data.get(cutting.WHOLE)),
        modal=bool(marks & _MODAL) or "have to" in low or "has to" in low,
        likely=bool(marks & _LIKELY),
        negated=bool(marks & _NEGATED),
        contrast=bool(marks & _CONTRAST),
        causal=bool(marks & _CAUSAL),
        motive=bool(marks & _MOTIVE),
        question=text.endswith(("?", "?”", '?"')),
        quoted=inside / max(1, to - from_),
        number=1 in tokens.number[start:end],
        dated=symbols.DATE in labels,
        names=sum(label not in (symbols.DATE, symbols.MONEY) for label in labels),
        evaluation=bool(marks & _EVALUATION),
        summing=sums and any(phrase in low for phrase in _SUMMING),
        conceding=low.startswith(_CONCEDING),
        first_person=not inside and bool(marks & _FIRST_PERSON),
        past=tokens.past(start, end),
        reporting=bool(marks & _REPORTING),
        own=own,
    )
