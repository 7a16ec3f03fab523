"""The spaCy pipeline that everything in this room runs on: the shipped one, or an installed package in its place.

``load()`` gives the one ``Pipeline`` of the process; ``Pipeline.analyse`` turns paragraphs into Docs, with sentences and names already
mended over the whole article. Docs never leave this room. Labels are Universal Dependencies whichever pipeline made them (``schemes``).
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import PipelineMissing
from bot.language import lemmas, schemes, sentences
from bot.language.mentions import mend_names
from bot.language.reporting import mend_reporting
from bot.models import Paragraph, ParagraphRole

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

SHIPPED = Path(__file__).parent / "en_entente"
"""The trained pipeline inside the package; ``make pipeline`` writes it."""

RULES = "5"
"""Version of this room's rules; part of ``analysed_by``, so raise it when a rule changes what is stored."""

BATCH = 64
"""Paragraphs analysed together; larger ones gain no speed and cost memory."""

LONGEST = 2_000_000
"""Characters of one paragraph; spaCy stops at a million by default to spare memory that ours does not need."""


class Pipeline:
    """A loaded spaCy pipeline behind one lock: spaCy's vocabulary corrupts when two threads write to it."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._lock = threading.Lock()
        self._to_house = schemes.converter(nlp)

    @property
    def version(self) -> str:
        """What wrote an analysis: the pipeline's name and version, then the rules'; stored as ``analysed_by``."""
        meta = self._nlp.meta
        return f"{meta['lang']}_{meta['name']}-{meta['version']}+rules.{RULES}"

    @property
    def vocab(self) -> Vocab:
        """The vocabulary that its Docs share."""
        return self._nlp.vocab

    @property
    def tokenizer(self) -> Language:
        """The bare spaCy object, for ``make_doc`` only: calling it passes the lock by."""
        return self._nlp

    @property
    def meta(self) -> dict[str, object]:
        """The pipeline's own description: origin, licence, scores, date."""
        return dict(self._nlp.meta)

    def analyse(self, paragraphs: Iterable[Paragraph | str]) -> list[Doc]:
        """One Doc for each paragraph, in order; a heading is one sentence, and names agree over the whole article."""
        with self._lock:
            docs = []
            for paragraph in paragraphs:
                text = paragraph if isinstance(paragraph, str) else paragraph.text
                doc = self._nlp.make_doc(text)
                doc.user_data[sentences.TEXT] = text
                if isinstance(paragraph, Paragraph) and paragraph.role is ParagraphRole.HEADING:
                    doc.user_data[sentences.WHOLE] = True
                docs.append(doc)
            docs = list(self._nlp.pipe(docs, batch_size=BATCH))
            for doc in docs:
                self._to_house(doc)
            mend_names(docs)
            for doc in docs:
                mend_reporting(doc)
            return docs


@cache
def load(name: str | None = None) -> Pipeline:
    """The shipped pipeline, or the installed package (or folder) of this name; ``PipelineMissing`` when there is none."""
    import spacy

    try:
        nlp = spacy.load(name or SHIPPED)
    except OSError as error:
        raise PipelineMissing(name) from error
    return wrap(nlp)


def wrap(nlp: Language) -> Pipeline:
    """A spaCy pipeline with this room's sentence rules around its parser and the lexicon that lies beside it, computing on one core."""
    _use_one_core(nlp)
    nlp.max_length = LONGEST
    if "parser" in nlp.pipe_names and sentences.FACTORY not in nlp.pipe_names:
        nlp.add_pipe(sentences.FACTORY, before="parser")
        nlp.add_pipe(sentences.MENDER, after="parser")
    lexicon = (nlp.path or Path()) / lemmas.FILE
    if nlp.path and lexicon.exists() and lemmas.FACTORY not in nlp.pipe_names:
        nlp.add_pipe(lemmas.FACTORY, config={"path": str(lexicon)}, last=True)
    return Pipeline(nlp)


def _use_one_core(nlp: Language) -> None:
    """Multiply matrices by numpy's BLAS on one thread: a fifth faster than BLIS, and more threads treble the CPU time of matrices this small."""
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1)
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for node in model.walk() if model is not None else ():
            if hasattr(node.ops, "use_blis"):
                node.ops.use_blis = False
