"""Docs -> what salience weighs: one ``Candidate`` a sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from spacy.tokens import Doc, Span

from bot.language import sentences as cutting
from bot.language.salience import Candidate
from bot.language.standalone import stands_alone

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_LISTS = tomllib.loads((Path(__file__).parent / "salience.toml").read_text(encoding="utf-8"))
EMPTY, _MODAL, _LIKELY, _NEGATION, _CONTRAST, _EVALUATION, _REPORTING = (
    frozenset(_LISTS[name].split()) for name in ("empty", "modal", "likely", "negation", "contrast", "evaluation", "reporting")
)
_FIRST_PERSON = frozenset({"i", "we", "my", "our", "us", "me"})
_SUMMING = tuple(_LISTS["summing"])


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
    quoted = {paragraph: list(cutting.quotations(doc.text)) for paragraph, doc in enumerate(docs)}
    last = max((paragraph for paragraph, _ in spans), default=0) + 1
    found = []
    for at, (paragraph, span) in enumerate(spans):
        heading = bool(span.doc.user_data.get(cutting.WHOLE))
        place = (paragraph, last, opening[paragraph] == at, closing[paragraph] == at)
        found.append(_candidate(span, place, heading, _quoted(span, quoted[paragraph]), (own or {}).get(at, 0.0)))
    return found


def lemmas(span: Span | Doc) -> tuple[str, ...]:
    """Lemmas of the content words, lower case."""
    found = []
    for token in span:
        lemma = token.lemma_.lower()
        if token.pos_ in CONTENT and lemma not in EMPTY and len(lemma) > 1 and lemma[0].isalnum():
            found.append(lemma)
    return tuple(found)


def _candidate(span: Span, place: tuple[int, int, bool, bool], heading: bool, quoted: float, own: float) -> Candidate:
    lowered = {token.lower_ for token in span}
    roots = {token.lemma_.lower() for token in span}
    text = span.text.lower()
    paragraph, paragraphs, first, last = place
    return Candidate(
        lemmas=lemmas(span),
        words=len(span.text.split()),
        paragraph=paragraph,
        paragraphs=paragraphs,
        first_in_paragraph=first,
        last_in_paragraph=last,
        stands_alone=stands_alone(span),
        heading=heading,
        modal=bool(roots & _MODAL) or "have to" in text or "has to" in text,
        likely=bool(lowered & _LIKELY),
        negated=bool(lowered & _NEGATION),
        contrast=bool(lowered & _CONTRAST),
        question=text.endswith(("?", "?”", '?"')),
        quoted=quoted,
        number=any(token.like_num for token in span),
        dated=any(ent.label_ == "DATE" for ent in span.ents),
        names=sum(1 for ent in span.ents if ent.label_ not in {"DATE", "MONEY"}),
        evaluation=bool(roots & _EVALUATION),
        summing=any(phrase in text for phrase in _SUMMING),
        first_person=quoted == 0 and bool(lowered & _FIRST_PERSON),
        past="Past" in span.root.morph.get("Tense", []),
        reporting=any(token.lemma_.lower() in _REPORTING and token.pos_ == "VERB" for token in span),
        own=own,
    )


def _quoted(span: Span, quotations: Sequence[tuple[int, int]]) -> float:
    """Share of the sentence's characters that stand between quotation marks."""
    inside = sum(max(0, min(span.end_char, end) - max(span.start_char, start)) for start, end in quotations)
    return inside / max(1, span.end_char - span.start_char)
