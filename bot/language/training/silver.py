"""Trees and names for plain text, from teachers that agree, and corrected by what our annotators marked.

Two teachers, trained on the same treebanks with different shapes and features, parse political news and our own texts; only what both say
is kept (after tri-training: Zhou and Li 2005; for parsers Rybak and Wroblewska 2018). Where our texts mark who said what, the mark wins:
the source's head is the speech verb's subject and the content's head its clause, which is what the parse is later asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from bot.language.training import corpora, markup

_LIKE_NOUNS = re.compile(
    r"(says?|points?|notes?|claims?|warns?|argues?|hopes?|fears?|doubts?|demands?|worries|plans?|requests?|reports?)", re.IGNORECASE
)
"""Verbs of saying that a tagger takes for nouns ("Olga Orlova points out")."""

LEAST_AGREEMENT = 0.7
"""Share of a paragraph's words on whose head and label the teachers must agree; below it a text is too unlike the treebanks."""


@dataclass(slots=True)
class Tree:
    """One paragraph's analysis as plain lists; None where nothing is known."""

    heads: list[int | None]
    deps: list[str | None]
    tags: list[str | None]
    poses: list[str | None]
    morphs: list[str | None]
    lemmas: list[str | None]
    starts: list[bool]


def plain_docs(nlp: Language) -> Iterator[Doc]:
    """Political news as Docs whose sentence starts are known at the joints."""
    for sentences in corpora.plain_paragraphs():
        doc = nlp.make_doc(" ".join(sentences))
        joints = {0}
        for sentence in sentences:
            joints.add(max(joints) + len(sentence) + 1)
        for token in doc[1:]:
            if token.idx in joints:
                token.is_sent_start = True
        yield doc


def parse(teachers: Sequence[Language], docs: Iterable[Doc]) -> Iterator[tuple[Doc, Tree]]:
    """What the teachers agree on, for each Doc; sentence starts that are set on it are kept by all."""
    docs = list(docs)
    readings = [list(teacher.pipe(_copy(doc, teacher) for doc in docs)) for teacher in teachers]
    for doc, *versions in zip(docs, *readings, strict=True):
        tree = _agreement(versions)
        if sum(head is not None for head in tree.heads) >= LEAST_AGREEMENT * len(doc):
            yield doc, tree


def _copy(doc: Doc, nlp: Language) -> Doc:
    copy = Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
    for before, after in zip(doc, copy, strict=True):
        after.is_sent_start = before.is_sent_start
    return copy


def _agreement(versions: Sequence[Doc]) -> Tree:
    first = versions[0]

    def same(what: object) -> list[str | None]:
        values = [[what(token) for token in version] for version in versions]  # type: ignore[operator]
        return [column[0] if len(set(column)) == 1 else None for column in zip(*values, strict=True)]

    arcs = [[(token.head.i, token.dep_) for token in version] for version in versions]
    agreed = [column[0] if len(set(column)) == 1 else None for column in zip(*arcs, strict=True)]
    starts = [[bool(token.is_sent_start) for token in version] for version in versions]
    if any(other != starts[0] for other in starts[1:]):
        agreed = _outside_disputed_sentences(versions, agreed)
    return Tree(
        heads=[arc[0] if arc else None for arc in agreed],
        deps=[arc[1] if arc else None for arc in agreed],
        tags=same(lambda t: t.tag_),
        poses=same(lambda t: t.pos_),
        morphs=same(lambda t: str(t.morph)),
        lemmas=same(lambda t: t.lemma_),
        starts=[bool(token.is_sent_start) or token.i == 0 for token in first],
    )


def _outside_disputed_sentences(versions: Sequence[Doc], agreed: list[tuple[int, str] | None]) -> list[tuple[int, str] | None]:
    """Forget the arcs of sentences whose limits the teachers see differently."""
    common = set.intersection(*({(s.start, s.end) for s in version.sents} for version in versions))
    kept: list[tuple[int, str] | None] = [None] * len(agreed)
    for start, end in common:
        kept[start:end] = agreed[start:end]
    return kept


def own_docs(teachers: Sequence[Language], nlp: Language) -> Iterator[Doc]:
    """Our training texts with agreed trees, corrected by the attributions that annotators marked."""
    places = [(document, offset, doc) for document in corpora.own_documents(held_out=False) for offset, doc in corpora.own_paragraphs(document, nlp)]
    by_identity = {id(doc): (document, offset) for document, offset, doc in places}
    for doc, tree in parse(teachers, [doc for _, _, doc in places]):
        document, offset = by_identity[id(doc)]
        guess = build(doc, tree)
        for attribution in document.attributions:
            correct(guess, tree, attribution, offset)
        yield build(doc, tree)


def build(doc: Doc, tree: Tree) -> Doc:
    """A Doc with the tree on it; what is None stays missing."""
    size = len(doc)
    heads = [head if head is not None else i for i, head in enumerate(tree.heads)]
    deps = [dep if head is not None and dep else "" for head, dep in zip(tree.heads, tree.deps, strict=True)]
    made = Doc(
        doc.vocab,
        words=[t.text for t in doc],
        spaces=[bool(t.whitespace_) for t in doc],
        tags=[tag or "" for tag in tree.tags],
        pos=[pos or "" for pos in tree.poses],
        morphs=[morph or "" for morph in tree.morphs],
        lemmas=[lemma or "" for lemma in tree.lemmas],
        heads=heads,
        deps=deps,
    )
    starts = made.to_array(["SENT_START"])
    for i in range(size):
        starts[i] = 1 if tree.starts[i] else -1 + 2**64
    made.from_array(["SENT_START"], starts)  # type: ignore[arg-type]
    return made


def correct(doc: Doc, tree: Tree, attribution: markup.Attribution, offset: int) -> None:
    """Make the source's head the subject of the cue's verb, and the content's head its clause, where all stand in one sentence."""
    verb = _cue_verb(doc, attribution.cue, offset)
    if verb is None:
        return
    if verb.pos_ != "VERB":
        tree.tags[verb.i] = tree.poses[verb.i] = tree.morphs[verb.i] = tree.lemmas[verb.i] = None
    limits = _sentence_limits(tree, verb.i)
    for span, head in _parts(doc, attribution.source, offset, limits):
        if verb.i not in range(span.start, span.end) and not _passive(verb) and not _by_phrase(span) and not _shared(doc[head], verb):
            _attach(tree, head, verb.i, "nsubj", also={"nsubj", "nsubj:pass"})
            break
    if len(attribution.content) > 1:
        return
    for span, head in _parts(doc, attribution.content, offset, limits):
        clause = any(token.dep_ in {"nsubj", "nsubj:pass"} and token.head.i == head for token in span)
        if clause and verb.i not in range(span.start, span.end) and doc[head].pos_ in _PREDICATES:
            _attach(tree, head, verb.i, "ccomp", also={"ccomp", "parataxis"})


_PREDICATES = frozenset({"VERB", "ADJ", "NOUN", "PROPN", "PRON", "AUX"})


def _parts(doc: Doc, places: list[tuple[int, int]], offset: int, limits: range) -> Iterator[tuple[Span, int]]:
    """The pieces of a source or content within the sentence, each with its head's position."""
    for start, end in places:
        span = corpora.word_span(doc, start - offset, end - offset) if offset <= start < offset + len(doc.text) else None
        head = _head(span, limits)
        if span is not None and head is not None:
            yield span, head


def _cue_verb(doc: Doc, cue: list[tuple[int, int]], offset: int) -> Token | None:
    """The verb of a cue of one piece: its last one, behind auxiliaries."""
    if len(cue) != 1 or not offset <= cue[0][0] < offset + len(doc.text):
        return None
    span = corpora.word_span(doc, cue[0][0] - offset, cue[0][1] - offset)
    verbs = [token for token in span or () if token.pos_ == "VERB"]
    if not verbs:
        verbs = [token for token in span or () if _LIKE_NOUNS.fullmatch(token.text)]
        return verbs[-1] if len(verbs) == 1 and len(span or ()) <= 2 else None
    return verbs[-1] if len(verbs) == 1 else None


def _sentence_limits(tree: Tree, at: int) -> range:
    start = max(i for i in range(at + 1) if tree.starts[i])
    end = next((i for i in range(at + 1, len(tree.starts)) if tree.starts[i]), len(tree.starts))
    return range(start, end)


def _head(span: Span | None, limits: range) -> int | None:
    """The one word of a span that is governed from outside; None when it is torn or leaves the sentence."""
    if span is None or span.start not in limits or span.end - 1 not in limits:
        return None
    inside = range(span.start, span.end)
    words = [token for token in span if not token.is_punct and not token.is_space]
    tops = [token.i for token in words if token.head.i not in inside or (token.head.i == token.i and token.dep_ == "ROOT")]
    return tops[0] if len(tops) == 1 else None


def _shared(source: Token, verb: Token) -> bool:
    """Whether the source governs the verb's clause ("those who say") or is another verb's subject already ("She rose, saying")."""
    governs = verb.dep_.startswith("acl") and source in set(verb.ancestors)
    return governs or (source.dep_ in {"nsubj", "nsubj:pass"} and source.head != verb)


def _passive(verb: Token) -> bool:
    return any(child.dep_ in {"aux:pass", "nsubj:pass"} for child in verb.children)


def _by_phrase(span: Span | None) -> bool:
    return span is None or (span.start > 0 and span.doc[span.start - 1].lower_ in {"by", "to", "of", "with", "from"})


def _attach(tree: Tree, child: int, head: int, label: str, also: set[str]) -> None:
    """Hang ``child`` under ``head``; when the head hung below the child, it takes the child's place."""
    if tree.heads[child] == head and tree.deps[child] in also:
        return
    above: set[int] = set()
    at: int | None = head
    while at is not None and at not in above:
        above.add(at)
        at = tree.heads[at]
    if child in above:
        old = tree.heads[child]
        if old == child or old is None:
            tree.heads[head], tree.deps[head] = (head, "ROOT") if old == child else (None, None)
        else:
            tree.heads[head], tree.deps[head] = old, tree.deps[child]
    tree.heads[child], tree.deps[child] = head, label
