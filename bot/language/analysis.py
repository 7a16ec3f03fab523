"""Article -> Analysis: the one way through this room.

Docs are made once, every step reads them, and none leaves: what goes out are the house's types, with offsets into paragraphs.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc
from spacy.tokens import Span as Words

from bot.language import candidates, salience
from bot.language import sentences as cutting
from bot.language.names import find_names
from bot.language.pipeline import Pipeline
from bot.language.salience import Choice
from bot.language.standalone import stands_alone
from bot.models import Analysis, Article, Fact, Sentence


def analyse(article: Article, pipeline: Pipeline) -> Analysis:
    """Everything that language finds in one article."""
    docs = pipeline.analyse(article.paragraphs)
    spans = [(position, span) for position, doc in enumerate(docs) for span in cutting.sentences(doc)]
    names = find_names(docs)
    choice = _choose(article, docs, spans, pipeline)
    return Analysis(
        sentences=tuple(
            Sentence(at, paragraph, span.start_char, span.end_char, choice.salience[at], stands_alone(span))
            for at, (paragraph, span) in enumerate(spans)
        ),
        names=names,
        statements=(),
        issues=(),
        thesis=choice.thesis,
        key_points=choice.points,
        kind=Fact.unknown(),
        analysed_by=pipeline.version,
    )


def _choose(article: Article, docs: Sequence[Doc], spans: Sequence[tuple[int, Words]], pipeline: Pipeline) -> Choice:
    """Thesis and key points; headline and standfirst say what they are measured by."""
    heads = [candidates.lemmas(doc) for doc in pipeline.analyse([article.title.value or "", article.standfirst.value or ""])]
    return salience.choose(candidates.gather(docs, spans), heads[0], heads[1])
