"""Docs -> what salience weighs: one ``Candidate`` a sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.attrs import HEAD, LEMMA, LIKE_NUM, LOWER, POS
from spacy.tokens import Doc, Span

from bot.language import sentences as cutting
from bot.language.salience import Candidate
from bot.language.standalone import stands_alone

CONTENT = frozenset({"noun", "propn", "verb", "adj", "num"})
_LISTS = tomllib.loads((Path(__file__).parent / "salience.toml").read_text(encoding="utf-8"))
EMPTY, _MODAL, _LIKELY, _NEGATION, _CONTRAST, _EVALUATION, _REPORTING = (
    frozenset(_LISTS[name].split()) for name in ("empty", "modal", "likely", "negation", "contrast", "evaluation", "reporting")
)
_FIRST_PERSON = frozenset({"i", "we", "my", "our", "us", "me"})
_SUMMING = tuple(_LISTS["summing"])
_CONCEDING = tuple(_LISTS["conceding"])


def gather(docs: Sequence[Doc], spans: Sequence[tuple[int, Span]] | None = None, own: Mapping[int, float] | None = None) -> list[Candidate]:
    """One candidate for each sentence of the article.

    ``docs``: one for each paragraph; ``spans``: the sentences as (paragraph, span), all of them when None; ``own``: the strength of the
    author's own position by sentence position.
    """
    if spans is None:
        spans = [(paragraph, span) for paragraph, doc in enumerate(docs) for span in cutting.sentences(doc)]
    opening: dict[int, int] = {}
    closing: dict[int, int] = {}
    for at, (paragraph, _) in enumerate(spans):
        opening.setdefault(paragraph, at)
        closing[paragraph] = at
    strings = _Strings(docs)
    pages = {paragraph: _read(docs[paragraph], strings) for paragraph in opening}
    last = max((paragraph for paragraph, _ in spans), default=0) + 1
    found = []
    for at, (paragraph, span) in enumerate(spans):
        heading = bool(span.doc.user_data.get(cutting.WHOLE))
        place = (paragraph, last, opening[paragraph] == at, closing[paragraph] == at)
        found.append(_candidate(span, pages[paragraph], place, heading, (own or {}).get(at, 0.0)))
    return found


def lemmas(span: Span | Doc) -> tuple[str, ...]:
    """Lemmas of the content words, lower case."""
    doc = span if isinstance(span, Doc) else span.as_doc()
    page = _read(doc, _Strings([doc]))
    return page.content(0, len(page.lower))


@dataclass(frozen=True, slots=True)
class _Page:
    """One paragraph's tokens, read out once: asking spaCy token by token costs four times as much."""

    text: str
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    number: list[bool]
    head: list[int]
    """How far away the head is."""
    names: list[tuple[int, str]]
    """Where each name starts, and its label."""
    quotations: list[tuple[int, int]]

    def content(self, start: int, end: int) -> tuple[str, ...]:
        words = zip(self.lemma[start:end], self.pos[start:end], strict=True)
        return tuple(w for w, pos in words if pos in CONTENT and w not in EMPTY and len(w) > 1 and w[0].isalnum())

    def root(self, start: int, end: int) -> int:
        """The token whose head is itself or stands outside."""
        return next((i for i in range(start, end) if not self.head[i] or not start <= i + self.head[i] < end), start)


class _Strings(dict[int, str]):
    """spaCy's keys -> words in lower case, each looked up once."""

    def __init__(self, docs: Sequence[Doc]) -> None:
        self.store = docs[0].vocab.strings if docs else None

    def __missing__(self, key: int) -> str:
        word = self[key] = self.store[key].lower() if self.store is not None else ""
        return word


def _read(doc: Doc, strings: _Strings) -> _Page:
    values = doc.to_array([LOWER, LEMMA, POS, LIKE_NUM, HEAD])
    lower, lemma, pos, number, _ = (column.tolist() for column in values.T)
    text = doc.text
    return _Page(
        text=text,
        lower=[strings[key] for key in lower],
        lemma=[strings[key] for key in lemma],
        pos=[strings[key] for key in pos],
        number=number,
        head=values[:, 4].astype("int64").tolist(),
        names=[(ent.start, ent.label_) for ent in doc.ents],
        quotations=list(cutting.quotations(text)),
    )


def _candidate(span: Span, page: _Page, place: tuple[int, int, bool, bool], heading: bool, own: float) -> Candidate:
    start, end = span.start, span.end
    lowered = set(page.lower[start:end])
    roots = set(page.lemma[start:end])
    verbs = {lemma for lemma, pos in zip(page.lemma[start:end], page.pos[start:end], strict=True) if pos == "verb"}
    labels = [label for at, label in page.names if start <= at < end]
    text = page.text[span.start_char : span.end_char]
    words = len(text.split())
    alone = stands_alone(span, text)
    text = text.lower()
    quoted = _quoted(span, page.quotations)
    paragraph, paragraphs, first, last = place
    return Candidate(
        lemmas=page.content(start, end),
        words=words,
        paragraph=paragraph,
        paragraphs=paragraphs,
        first_in_paragraph=first,
        last_in_paragraph=last,
        stands_alone=alone,
        heading=heading,
        modal=bool(roots & _MODAL) or "have to" in text or "has to" in text,
        likely=bool(lowered & _LIKELY),
        negated=bool(lowered & _NEGATION),
        contrast=bool(lowered & _CONTRAST),
        question=text.endswith(("?", "?”", '?"')),
        quoted=quoted,
        number=any(page.number[start:end]),
        dated="DATE" in labels,
        names=sum(label not in {"DATE", "MONEY"} for label in labels),
        evaluation=bool(roots & _EVALUATION),
        summing=any(phrase in text for phrase in _SUMMING),
        conceding=text.startswith(_CONCEDING),
        first_person=quoted == 0 and bool(lowered & _FIRST_PERSON),
        past="Past" in span.doc[page.root(start, end)].morph.get("Tense", []),
        reporting=bool(verbs & _REPORTING),
        own=own,
    )


def _quoted(span: Span, quotations: Sequence[tuple[int, int]]) -> float:
    """Share of the sentence's characters that stand between quotation marks."""
    inside = sum(max(0, min(span.end_char, end) - max(span.start_char, start)) for start, end in quotations)
    return inside / max(1, span.end_char - span.start_char)
