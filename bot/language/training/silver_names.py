"""Names for plain political news, from recognizers that agree and from NewsMTSC's targets.

NewsMTSC says for each sentence whom it speaks of. A target that a recognizer overlooks is still a name: it gets the type that most of the
corpus gives it, or counts as unknown, never as "no name". Where recognizers differ, the words are missing and teach nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from bot.language import gazetteer
from bot.language.training import corpora

LEAST_VOTES = 4
"""Mentions of a name in the whole corpus that make its type certain."""

LEAST_MAJORITY = 0.75

_PRONOUN = re.compile(r"(I|[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[Ww]e|[Yy]ou|[Hh]is|[Hh]er|[Hh]im|[Tt]heir|[Tt]hem|[Ii]ts|[Uu]s|[Oo]ur|[Mm]y|[Mm]e)")

Mention = tuple[int, int, str]


def read(teachers: Sequence[Language], nlp: Language) -> Iterator[Doc]:
    """NewsMTSC and NewsSD paragraphs with the names that are certain."""
    targets = corpora.targets()
    paragraphs = list(corpora.plain_paragraphs())
    docs = [nlp.make_doc(" ".join(sentences)) for sentences in paragraphs]
    readings = [[_mentions(read) for read in teacher.pipe(_copy(doc, teacher) for doc in docs)] for teacher in teachers]
    types = _types(docs, readings)
    for number, (doc, sentences) in enumerate(zip(docs, paragraphs, strict=True)):
        yield _merge(doc, [reading[number] for reading in readings], _targets(doc, sentences, targets), types)


def _copy(doc: Doc, nlp: Language) -> Doc:
    """The same words for another pipeline, whose tokenizer may differ."""
    return Doc(nlp.vocab, words=[token.text for token in doc], spaces=[bool(token.whitespace_) for token in doc])


def _mentions(doc: Doc) -> set[Mention]:
    return {(name.start, name.end, name.label_) for name in doc.ents}


def _types(docs: Sequence[Doc], readings: Sequence[Sequence[set[Mention]]]) -> dict[str, str]:
    """The type of every name that is frequent and nearly always typed the same."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for reading in readings:
        for doc, mentions in zip(docs, reading, strict=True):
            for start, end, label in mentions:
                votes[doc[start:end].text][label] += 1
    certain = {}
    for text, counts in votes.items():
        label, count = counts.most_common(1)[0]
        if count >= LEAST_VOTES * len(readings) and count >= LEAST_MAJORITY * counts.total():
            certain[text] = label
    return certain


def _targets(doc: Doc, sentences: list[str], targets: dict[str, set[str]]) -> list[Span]:
    """The targets' names in a paragraph, without titles, articles and possessives; pronouns and descriptions are none."""
    found = []
    offset = 0
    for sentence in sentences:
        for target in targets.get(sentence, ()):
            at = sentence.find(target)
            span = doc.char_span(offset + at, offset + at + len(target), alignment_mode="contract") if at >= 0 else None
            if span is not None and not _PRONOUN.fullmatch(target):
                name = _bare(span)
                if name is not None:
                    found.append(name)
        offset += len(sentence) + 1
    return filter_spans(found)


def _bare(span: Span) -> Span | None:
    """The capitalised words at a target's end, without a title; None when there are none or a longer phrase surrounds them."""
    words = list(span)
    while words and (words[-1].text in {"'s", "’s", "'", "’"} or words[-1].is_punct):
        words.pop()
    while words and (not words[0].is_title or words[0].is_stop or words[0].is_punct or words[0].lower_.rstrip(".") in gazetteer.titles()):
        words.pop(0)
    if not words or len(words) > 3 or not all(word.text[0].isupper() for word in words):
        return None
    return span.doc[words[0].i : words[-1].i + 1]


def _merge(doc: Doc, versions: Sequence[set[Mention]], targets: Sequence[Span], types: dict[str, str]) -> Doc:
    """The mentions that all versions share, corrected by the certain types; what they dispute is missing."""
    agreed = set.intersection(*versions)
    disputed = set.union(*versions) - agreed
    names = []
    unclear: list[Span] = []
    for start, end, label in agreed:
        names.append(Span(doc, start, end, label=types.get(doc[start:end].text, label)))
    for start, end, _ in sorted(disputed):
        text = doc[start:end].text
        if text in types:
            names.append(Span(doc, start, end, label=types[text]))
        else:
            unclear.append(doc[start:end])
    for target in targets:
        if not any(name.start < target.end and target.start < name.end for name in names):
            if target.text in types:
                names.append(Span(doc, target.start, target.end, label=types[target.text]))
            else:
                unclear.append(target)
    names = filter_spans(names)
    taken = {i for name in names for i in range(name.start, name.end)}
    missing = sorted({i for span in unclear for i in range(span.start, span.end)} - taken)
    made = Doc(doc.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
    made.set_ents(
        [Span(made, name.start, name.end, label=name.label_) for name in names],
        missing=[Span(made, i, i + 1) for i in missing],
        default="outside",
    )
    return made
