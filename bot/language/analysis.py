"""Article -> Analysis: the one way through this room.

Docs are made once, every step reads them, and none leaves: what goes out are the house's types, with offsets into paragraphs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.language import candidates, piecekind, salience, statements
from bot.language import sentences as cutting
from bot.language.candidates import Candidate
from bot.language.names import find_names
from bot.language.pipeline import Pipeline
from bot.language.pronouns import resolve_pronouns
from bot.language.salience import Choice
from bot.models import Analysis, Article, Fact, PieceKind, Sentence, Statement

SAYS_SOMETHING = 4
"""Content words with which a sentence says something by itself; "Read the annex." has two and is no view, however firmly put."""


def analyse(article: Article, pipeline: Pipeline) -> Analysis:
    """Everything that language finds in one article."""
    docs = pipeline.analyse(article.paragraphs)
    spans = [(position, span) for position, doc in enumerate(docs) for span in cutting.sentences(doc)]
    names = find_names(docs)
    plain = tuple(Sentence(at, paragraph, span.start_char, span.end_char) for at, (paragraph, span) in enumerate(spans))
    found = statements.find(docs, plain, names, resolve_pronouns(docs, names))
    weighed = candidates.gather(docs, spans, statements.own_strengths(found))
    kind = piecekind.kind_of(article, weighed)
    choice = _choose(article, weighed, kind, pipeline)
    return Analysis(
        sentences=tuple(
            replace(sentence, salience=choice.salience[sentence.position], stands_alone=weighed[sentence.position].stands_alone) for sentence in plain
        ),
        names=names,
        statements=tuple(replace(one, strength=_strength(one, choice, weighed[one.sentence])) for one in found),
        issues=(),
        thesis=choice.thesis,
        key_points=choice.points,
        kind=kind,
        analysed_by=pipeline.version,
    )


def _strength(statement: Statement, choice: Choice, sentence: Candidate) -> float:
    """How firmly it is put, as ``statements`` measured it without knowing the piece, and how much its sentence carries; less for a scrap."""
    strength = min(1.0, statement.strength + statements.CENTRAL * choice.salience[statement.sentence])
    return round(strength * min(1.0, len(sentence.lemmas) / SAYS_SOMETHING), 3)


def _choose(article: Article, weighed: Sequence[Candidate], kind: Fact[PieceKind], pipeline: Pipeline) -> Choice:
    """Thesis and key points; headline and standfirst say what they are measured by."""
    heads = [candidates.lemmas(doc) for doc in pipeline.analyse([article.title.value or "", article.standfirst.value or ""])]
    return salience.choose(weighed, heads[0], heads[1], piecekind.told_from_the_top(kind, weighed))
