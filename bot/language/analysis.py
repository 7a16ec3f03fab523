"""Article -> Analysis: the one way through this room.

Docs are made once, every step reads them, and none leaves: what goes out are the house's types, with offsets into paragraphs.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.language import candidates, piecekind, salience
from bot.language import sentences as cutting
from bot.language.names import find_names
from bot.language.pipeline import Pipeline
from bot.language.salience import Candidate, Choice
from bot.language.standalone import stands_alone
from bot.models import Analysis, Article, Sentence


def analyse(article: Article, pipeline: Pipeline) -> Analysis:
    """Everything that language finds in one article."""
    docs = pipeline.analyse(article.paragraphs)
    spans = [(position, span) for position, doc in enumerate(docs) for span in cutting.sentences(doc)]
    names = find_names(docs)
    weighed = candidates.gather(docs, spans)
    choice = _choose(article, weighed, pipeline)
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
        kind=piecekind.kind_of(article, weighed),
        analysed_by=pipeline.version,
    )


def _choose(article: Article, weighed: Sequence[Candidate], pipeline: Pipeline) -> Choice:
    """Thesis and key points; headline and standfirst say what they are measured by."""
    heads = [candidates.lemmas(doc) for doc in pipeline.analyse([article.title.value or "", article.standfirst.value or ""])]
    return salience.choose(weighed, heads[0], heads[1], piecekind.news(weighed))
