"""Everything that training reads: the treebanks and name corpora beside the checkout, plain sentences, and Entente's own texts."""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from bot.language import gazetteer
from bot.language.training import markup, nametypes

TEXTS = Path(__file__).parent / "texts"

TREEBANKS = ("ewt", "gum")
NAME_CORPORA = {"gum_train": 1, "politics_train": 2, "wikigold_train": 1, "wikigold_test": 1, "unerewt_dev": 1}
"""Corpora with names and how often each is repeated; CrossNER's is of our genre and tiny. ``politics_dev`` is for measuring."""

PLAIN_SENTENCES = ("newsmtsc_train", "newssd_train")
"""Sentences of political news under licences that allow training (MIT-style, CC BY 4.0); read as plain text."""

LONGEST_PIECE = 80
"""Words of a piece of training text; with the parser's ``update_with_oracle_cut_size`` of 160 it is never cut."""

_ENDED = re.compile(r"[.!?…][\"'”’)\]]*$")

SYNTAX = ("ORTH", "SPACY", "TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START")
NAMES = ("ORTH", "SPACY", "ENT_IOB", "ENT_TYPE")


def shared() -> Path:
    """The folder with the corpora: ENTENTE_SHARED, else ``../shared`` beside the checkout."""
    folder = Path(os.environ.get("ENTENTE_SHARED") or Path(__file__).parents[4] / "shared")
    if not (folder / "corpora").is_dir():
        raise SystemExit(f"The corpora are not in {folder}; set ENTENTE_SHARED to the folder that holds corpora/ and eval/.")
    return folder


def treebank(part: str, vocab: Vocab, corpora: tuple[str, ...] = TREEBANKS) -> list[Doc]:
    """The treebanks' documents of a part: train, dev or test."""
    return [doc for name in corpora for doc in DocBin().from_disk(shared() / "corpora" / "treebank" / f"{name}_{part}.spacy").get_docs(vocab)]


def shorten(docs: Iterable[Doc], seed: int = 0) -> Iterator[Doc]:
    """The documents in pieces of whole sentences, a quarter of LONGEST_PIECE up to all of it: spaCy's parser first computes the gold moves of
    a longer text to cut it, which costs as much again as learning them."""
    chance = random.Random(seed)
    for doc in docs:
        start, limit = 0, chance.randint(LONGEST_PIECE // 4, LONGEST_PIECE)
        for sentence in doc.sents:
            if sentence.end - start > limit and sentence.start > start:
                yield doc[start : sentence.start].as_doc()
                start, limit = sentence.start, chance.randint(LONGEST_PIECE // 4, LONGEST_PIECE)
        yield doc[start:].as_doc()


def names(corpus: str, vocab: Vocab) -> list[Doc]:
    """A name corpus' documents with the house's name types."""
    docs = DocBin().from_disk(shared() / "corpora" / "names" / f"{corpus}.spacy").get_docs(vocab)
    return [nametypes.convert(doc, corpus) for doc in docs]


def plain_paragraphs(seed: int = 0) -> Iterator[list[str]]:
    """Sentences of political news as paragraphs of one to five, so that boundaries between them are learnt; each sentence once.

    What ends without a full stop (a headline, a caption) stands alone: joined to the next it would teach to part names in two.
    """
    chance = random.Random(seed)
    for source in PLAIN_SENTENCES:
        seen: dict[str, None] = {}
        for line in (shared() / "eval" / "voice" / f"{source}.jsonl").read_text(encoding="utf-8").splitlines():
            text = re.sub(r"\s+", " ", json.loads(line)["text"]).strip()
            if text:
                seen.setdefault(text)
        yield from ([text] for text in seen if not _ENDED.search(text))
        sentences = [text for text in seen if _ENDED.search(text)]
        while sentences:
            size = chance.randint(1, 5)
            yield sentences[:size]
            del sentences[:size]


def targets() -> dict[str, set[str]]:
    """NewsMTSC's targets: for each sentence the words that name a person or organisation whom it speaks of."""
    found: dict[str, set[str]] = {}
    for line in (shared() / "eval" / "voice" / "newsmtsc_train.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        start, end = row["target"]
        found.setdefault(re.sub(r"\s+", " ", row["text"]).strip(), set()).add(row["text"][start:end])
    return found


def surnames(nlp: Language) -> list[str]:
    """The last words of NewsMTSC's targets that look like surnames: capitalised, no place or people, never in lower case in the same corpus."""
    everyday = {token.text for paragraph in plain_paragraphs() for sentence in paragraph for token in nlp.make_doc(sentence) if token.is_lower}
    last = {words[-1] for found in targets().values() for target in found if (words := target.split())}
    return sorted(
        word
        for word in last
        if len(word) > 3
        and word.isalpha()
        and word.istitle()
        and word.lower() not in everyday
        and not gazetteer.is_place(word)
        and not gazetteer.is_people(word)
    )


def own_documents(*, held_out: bool) -> list[markup.Document]:
    """Entente's own texts: the test set, or what may be trained on."""
    return [document for document in markup.read_all(TEXTS) if document.held_out is held_out]


def own_paragraphs(document: markup.Document, nlp: Language) -> Iterator[tuple[int, Doc]]:
    """Each paragraph as a Doc with its names and sentence starts, and its offset in the document."""
    for paragraph in re.finditer(r"[^\n]+", document.text):
        offset, stop = paragraph.span()
        doc = nlp.make_doc(paragraph.group())
        spans = [
            doc.char_span(n.start - offset, n.end - offset, label=n.type, alignment_mode="contract")
            for n in document.names
            if offset <= n.start < stop
        ]
        doc.set_ents(filter_spans([span for span in spans if span is not None]), default="outside")
        starts = {sentence.start - offset for sentence in document.sentences if offset <= sentence.start < stop}
        for token in doc:
            token.is_sent_start = token.idx in starts or token.i == 0
        yield offset, doc


def own_names(nlp: Language, *, held_out: bool) -> list[Doc]:
    """Our texts' paragraphs as Docs with names."""
    return [doc for document in own_documents(held_out=held_out) for _, doc in own_paragraphs(document, nlp)]


def write(docs: list[Doc], attributes: tuple[str, ...], path: Path) -> None:
    """Save as a DocBin; the order is shuffled once, the same each time."""
    random.Random(0).shuffle(docs)
    DocBin(attrs=list(attributes), docs=docs).to_disk(path)


def word_span(doc: Doc, start: int, end: int) -> Span | None:
    """The tokens that a stretch of characters touches."""
    return doc.char_span(max(0, start), min(len(doc.text), end), alignment_mode="expand") if end > start else None
