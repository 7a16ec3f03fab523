"""Docs -> what salience weighs: one ``Candidate`` a sentence.

The tokens of the whole article are read out at once, and lists are looked up by spaCy's keys: asking token by token costs five times as much.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy import symbols
from spacy.attrs import ENT_IOB, ENT_TYPE, HEAD, LEMMA, LIKE_NUM, LOWER, MORPH, POS
from spacy.strings import StringStore
from spacy.tokens import Doc, Span

from bot.language import sentences as cutting
from bot.language.standalone import Leaning, leaning

_LISTS = tomllib.loads((Path(__file__).parent / "salience.toml").read_text(encoding="utf-8"))
_SUMMING = tuple(_LISTS["summing"])
_CONCEDING = tuple(_LISTS["conceding"])
_OTHERS_HOLD = tuple(_LISTS["others_hold"])
_EMPTY = frozenset(_LISTS["empty"].split())
_BY_WORD = ("likely", "negation", "contrast", "causal", "first_person")
_BY_LEMMA = ("modal", "evaluation", "reporting", "motive")
"""Lists whose words are looked up as they stand, and as lemmas; each is one bit of a token's marks."""
_CONTENT = (symbols.NOUN, symbols.PROPN, symbols.VERB, symbols.ADJ, symbols.NUM)
_COLUMNS = [LOWER, LEMMA, POS, LIKE_NUM, HEAD, ENT_IOB, ENT_TYPE, MORPH]
_QUOTING = re.compile("[\"“”„«»]|``|''")
_CLOSING = (",’", ".’", "?’", "!’", ",'", ".'", "?'", "!'")
_ADDING = (
    "moreover", "furthermore", "in addition", "additionally", "besides", "likewise", "similarly", "another ", "second", "third", "finally", "last",
    "meanwhile", "nor ", "and ",
)  # fmt: skip
_ADDS_SOON = 30
"""Characters within which "also" belongs to what a sentence opens with: "It is also said that"."""
_DENIALS = ("not ", "n't ", "n’t ", "never ", "nothing ", "neither ", "hardly ")
_CORRECTIONS = (" but ", " rather ", " it is ", " they are ")
_REACH = 100
"""Characters between "not X" and "but Y"."""
_BEGINS = 3
"""spaCy's ENT_IOB of a name's first token."""


@dataclass(slots=True)
class Candidate:
    """What is known of one sentence; the order of candidates is the text's.

    Not frozen, since every sentence of every piece becomes one and freezing twenty-five fields costs a tenth of the whole choice.
    """

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
    adding: bool = False
    """One thing more beside others: also, moreover, another, second."""
    correcting: bool = False
    """One thing is set in place of another: not X but Y, little to do with X and much with Y, rather than."""
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
    told = _told(tokens, spans)
    own = own or {}
    paragraphs = [paragraph for paragraph, _ in spans]
    edges = [-1, *paragraphs, -1]
    return [
        _candidate(span, tokens, told, at, (paragraph, paragraphs[-1] + 1, edges[at] != paragraph, edges[at + 2] != paragraph), own.get(at, 0.0))
        for at, (paragraph, span) in enumerate(spans)
    ]


def lemmas(span: Span | Doc) -> tuple[str, ...]:
    """Lemmas of the content words, lower case."""
    doc = span if isinstance(span, Doc) else span.as_doc()
    tokens = _read([doc])
    return tokens.content(0, len(doc))


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The article's tokens, paragraph behind paragraph."""

    offsets: list[int]
    """Where each paragraph begins."""
    texts: list[str]
    summing: list[str]
    """The phrases with which it sums up."""
    others_hold: list[str]
    """The phrases with which it tells what others hold."""
    quotations: list[list[tuple[int, int]]]
    """Of each paragraph."""
    lemma: list[int]
    """Of content words, 0 for others."""
    marks: NDArray[np.int64]
    number: NDArray[np.bool_]
    head: NDArray[np.int64]
    """How far away the head is."""
    label: NDArray[np.uint64]
    """At a name's first token its label, else 0."""
    morph: NDArray[np.uint64]
    kept: _Kept
    strings: StringStore

    def content(self, start: int, end: int) -> tuple[str, ...]:
        kept = self.kept
        return tuple([word for key in self.lemma[start:end] if key and (word := kept[key])])


class _Kept(dict[int, str]):
    """spaCy's keys -> lemmas in lower case, "" for those that say nothing of a piece; each looked up once, for a key is a word's hash."""

    def reading(self, strings: StringStore) -> _Kept:
        """The same, ready for the words of ``strings``."""
        if len(self) > _MOST_KEPT:
            self.clear()
        self.strings = strings
        return self

    def __missing__(self, key: int) -> str:
        word = self.strings[key].lower()
        word = self[key] = word if word not in _EMPTY and len(word) > 1 and word[0].isalnum() else ""
        return word


_MOST_KEPT = 100_000
"""Words that are remembered between pieces, some ten megabytes."""
_kept = _Kept()


@dataclass(frozen=True, slots=True)
class _Told:
    """What the tokens tell of each sentence."""

    starts: list[int]
    ends: list[int]
    marks: list[int]
    number: list[bool]
    names: list[int]
    dated: list[bool]
    past: list[bool]


def _told(tokens: _Tokens, spans: Sequence[tuple[int, Span]]) -> _Told:
    starts = [tokens.offsets[paragraph] + span.start for paragraph, span in spans]
    ends = [tokens.offsets[paragraph] + span.end for paragraph, span in spans]
    edges = np.column_stack([starts, ends]).ravel()

    def each(fold: np.ufunc, values: NDArray[Any]) -> NDArray[Any]:
        """The values of every sentence's tokens, folded."""
        folded: NDArray[Any] = fold.reduceat(np.append(values, values[:1] * 0), edges)[::2]
        return folded

    sentence = np.zeros(len(tokens.head) + 1, dtype=np.int64)
    np.add.at(sentence, starts, 1)
    sentence = np.cumsum(sentence[:-1])
    place = np.arange(len(sentence))
    target = np.clip(place + tokens.head, 0, len(sentence) - 1)
    roots = np.where((tokens.head == 0) | (sentence[target] != sentence), place, len(sentence) - 1)
    root = np.minimum(each(np.minimum, roots), np.array(ends) - 1)
    dates = tokens.label == symbols.DATE
    return _Told(
        starts,
        ends,
        each(np.bitwise_or, tokens.marks).tolist(),
        each(np.logical_or, tokens.number).tolist(),
        each(
            np.add,
            (tokens.label != 0) & ~dates & (tokens.label != symbols.MONEY),
        ).tolist(),
        each(np.logical_or, dates).tolist(),
        ["Tense=Past" in tokens.strings[key] for key in tokens.morph[root].tolist()],
    )


@dataclass(frozen=True, slots=True)
class _Bits:
    """The marks of words by spaCy's keys; the keys sorted."""

    keys: NDArray[np.uint64]
    bits: NDArray[np.int64]

    def of(self, column: NDArray[np.uint64]) -> NDArray[np.int64]:
        place = np.minimum(np.searchsorted(self.keys, column), len(self.keys) - 1)
        return np.where(self.keys[place] == column, self.bits[place], 0)


@cache
def _bits() -> tuple[_Bits, _Bits]:
    """The marks of words, and of lemmas."""
    tables = []
    strings = StringStore()  # a word's key is its hash, the same in every vocabulary
    for first, names in ((0, _BY_WORD), (len(_BY_WORD), _BY_LEMMA)):
        table: dict[int, int] = {}
        for bit, name in enumerate(names, first):
            for word in _LISTS[name].split():
                key = strings.add(word)
                table[key] = table.get(key, 0) | 1 << bit
        keys = sorted(table)
        tables.append(_Bits(np.array(keys, dtype=np.uint64), np.array([table[key] for key in keys])))
    return tables[0], tables[1]


_LIKELY, _NEGATED, _CONTRAST, _CAUSAL, _FIRST_PERSON, _MODAL, _EVALUATION, _REPORTING, _MOTIVE = (
    1 << bit for bit in range(len(_BY_WORD) + len(_BY_LEMMA))
)


def _read(docs: Sequence[Doc]) -> _Tokens:
    columns = np.concatenate([doc.to_array(_COLUMNS).reshape(-1, len(_COLUMNS)) for doc in docs])
    pos = columns[:, 2]
    content = np.isin(pos, _CONTENT)
    lemma = columns[:, 1]
    by_word, by_lemma = _bits()
    by_lemmas = by_lemma.of(lemma)
    by_lemmas[pos != symbols.VERB] &= ~_REPORTING
    texts = [doc.user_data.get(cutting.TEXT) or doc.text for doc in docs]
    whole = "\n".join(texts).lower()
    strings = docs[0].vocab.strings
    return _Tokens(
        offsets=np.cumsum([0, *[len(doc) for doc in docs[:-1]]]).tolist(),
        texts=texts,
        summing=[phrase for phrase in _SUMMING if phrase in whole],
        others_hold=[phrase for phrase in _OTHERS_HOLD if phrase in whole],
        quotations=[list(cutting.quotations(text)) if _QUOTING.search(text) else [] for text in texts],
        lemma=np.where(content, lemma, 0).tolist(),
        marks=by_word.of(columns[:, 0]) | by_lemmas,
        number=columns[:, 3] == 1,
        head=columns[:, 4].astype(np.int64),
        label=np.where(columns[:, 5] == _BEGINS, columns[:, 6], 0),
        morph=columns[:, 7],
        kept=_kept.reading(strings),
        strings=strings,
    )


def _candidate(span: Span, tokens: _Tokens, told: _Told, at: int, place: tuple[int, int, bool, bool], own: float) -> Candidate:
    paragraph, paragraphs, first, last = place
    from_, to = span.start_char, span.end_char
    text = tokens.texts[paragraph][from_:to]
    low = text.lower()
    marks = told.marks[at]
    quotations = tokens.quotations[paragraph]
    inside = sum(max(0, min(to, end) - max(from_, start)) for start, end in quotations) if quotations else 0
    if not inside and text[0] in "‘'" and text[1:2].isalpha():
        inside = max(0, *(text.rfind(closing) for closing in _CLOSING)) or len(text)  # "'We lost,' he said": single marks are quotation marks too
    return Candidate(
        lemmas=tokens.content(told.starts[at], told.ends[at]),
        words=len(text.split()),
        paragraph=paragraph,
        paragraphs=paragraphs,
        first_in_paragraph=first,
        last_in_paragraph=last,
        leaning=leaning(span, text),
        heading=bool(span.doc.user_data.get(cutting.WHOLE)),
        modal=bool(marks & _MODAL) or "have to" in low or "has to" in low,
        likely=bool(marks & _LIKELY),
        negated=bool(marks & _NEGATED),
        contrast=bool(marks & _CONTRAST),
        causal=bool(marks & _CAUSAL),
        motive=bool(marks & _MOTIVE),
        question=text.endswith(("?", "?”", '?"')),
        quoted=inside / max(1, to - from_),
        number=told.number[at],
        dated=told.dated[at],
        names=told.names[at],
        evaluation=bool(marks & _EVALUATION),
        summing=bool(tokens.summing) and any(phrase in low for phrase in tokens.summing),
        conceding=low.startswith(_CONCEDING) or any(phrase in low for phrase in tokens.others_hold),
        first_person=not inside and bool(marks & _FIRST_PERSON),
        past=told.past[at],
        reporting=bool(marks & _REPORTING),
        adding=low.startswith(_ADDING) or " also " in low[:_ADDS_SOON],
        correcting=_corrects(low, marks),
        own=own,
    )


def _corrects(low: str, marks: int) -> bool:
    """Whether one thing is set in place of another; ``marks`` say which words are worth looking for."""
    if (marks & _CONTRAST and ("rather than" in low or "instead of" in low)) or " to do with " in low:
        return True
    if not marks & _NEGATED:
        return False
    denied = min([at for word in _DENIALS if (at := low.find(word)) >= 0], default=-1)
    return denied >= 0 and any(low.find(word, denied, denied + _REACH) >= 0 for word in _CORRECTIONS)
