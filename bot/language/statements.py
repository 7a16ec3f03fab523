"""Docs -> statements: who holds which view, in whose words, about whom.

``find`` is the one way in. Reported statements come from ``attribution``, the author's own from ``voice``; sources are named only by what
their sentence says, or by the person whom its pronoun points to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from bot.language import attribution, kinds, quotations, reports, stance, voice
from bot.language.attribution import Attribution, Scorers
from bot.language.sources import Resolver
from bot.language.words import Words, flatten
from bot.models import Name, NameType, Sentence, Span, Statement, StatementKind, Target, Voice

OWN = {"F": StatementKind.FACT, "J": StatementKind.JUDGEMENT, "P": StatementKind.PREDICTION, "R": StatementKind.RECOMMENDATION}

FIRST_PERSON = frozenset({"i", "we"})

JUDGED = frozenset({NameType.PERSON, NameType.ORG})
"""Whom a stance is shown toward: the rows that it was taught and measured on speak of people, parties and bodies. A country or a people named
in a bleak sentence is not spoken against."""

LABELLED = 0.63
"""How much the likeliest label's probability counts in a firm stand, against that of any stand at all: by the first more of our pieces' theses are
found, by the second more of their points, a point or two each, cross-validated; from .5 to .7 the choice is as good."""

CENTRAL, FIRM = 0.5, 0.5
"""How much a sentence's weight in the piece, and how firmly it is put, count in a statement's strength."""


def find(
    docs: Sequence[Doc], sentences: Sequence[Sentence], names: Sequence[Name], pronouns: Mapping[Span, int] | None = None
) -> tuple[Statement, ...]:
    """Every statement of an article, in text order.

    ``docs`` are its paragraphs, ``sentences`` and ``names`` what was found in them, ``pronouns`` the name that each clear pronoun stands for.
    """
    words = flatten(docs)
    found = [one for one in gather(words) if not _is_author(words, one)]
    resolver = Resolver(words, names, pronouns or {})
    reported = _reported(words, found, sentences, resolver)
    own = _own(words, found, sentences, resolver)
    ordered = sorted([*reported, *own], key=lambda statement: (statement.content[0], statement.voice is Voice.ATTRIBUTED))
    return tuple(replace(statement, position=position) for position, statement in enumerate(ordered))


def own_strengths(found: Sequence[Statement]) -> dict[int, float]:
    """How firmly the author takes a position in each sentence that has one, 0 to 1, by the sentence's position."""
    own = [one for one in found if one.voice is Voice.OWN and one.kind is not StatementKind.FACT]
    return {one.sentence: one.strength / FIRM for one in own}


def gather(words: Words, scorers: Scorers | None = None) -> list[Attribution]:
    """Every reported statement: the scorers' findings, speakers' labels, and quotations given to whom they belong."""
    judge = attribution.Judge(words, scorers or attribution.shipped())
    labelled = quotations.labelled(words)
    taken = {one.cue for one in labelled}
    found = [one for one in attribution.attribute(judge) if one.cue not in taken and not quotations.second_hand(words, one.cue)]
    claimed = quotations.claim(judge, [*found, *labelled])
    return quotations.run_on(words, quotations.blocks(judge, claimed))


def _is_author(words: Words, one: Attribution) -> bool:
    """Reads "I supported the first sanctions": outside quotation marks the first person is the author, whose own words these are."""
    return one.head >= 0 and words.lower[one.head] in FIRST_PERSON and words.quote[one.head] < 0


def _reported(words: Words, found: Sequence[Attribution], sentences: Sequence[Sentence], resolver: Resolver) -> list[Statement]:
    statements = []
    for one in found:
        content = words.spans(one.content)
        place = _sentence_of(content[0], sentences)
        if place is None:
            continue
        source = resolver.resolve(one.head, one.source)
        inside = [i for start, end in one.content for i in range(start, end)]
        firmness = kinds.firmness(words, one)
        statements.append(
            Statement(
                position=0,
                sentence=place.position,
                voice=Voice.ATTRIBUTED,
                kind=kinds.of_attribution(words, one),
                content=content,
                source=resolver.spans(one.cue, one.source),
                cue=words.spans([one.group]),
                source_text=source.text,
                source_name=source.name,
                strength=_strength(place.salience, firmness),
                hedged=voice.hedges(words, inside) > 0,
                targets=_targets(words, inside, resolver, source.name),
            )
        )
    return statements


def _own(words: Words, found: Sequence[Attribution], sentences: Sequence[Sentence], resolver: Resolver) -> list[Statement]:
    statements = []
    told = reports.index(words, found)
    for sentence in sentences:
        stretch = words.range_of(sentence.paragraph, sentence.start, sentence.end)
        if stretch is None:
            continue
        reading = voice.read(words, stretch, told)
        kind = OWN.get(reading.label)
        if kind is None:
            continue
        inside = list(range(*stretch))
        mine = [i for i in inside if i not in told.inside]
        stand = LABELLED * max(reading.probabilities.values()) + (1 - LABELLED) * reading.stand
        firmness = kinds.own_firmness(words, mine, stand)
        statements.append(
            Statement(
                position=0,
                sentence=sentence.position,
                voice=Voice.OWN,
                kind=kind,
                content=(Span(sentence.paragraph, sentence.start, sentence.end),),
                strength=_strength(sentence.salience, firmness),
                hedged=voice.hedges(words, mine) > 0,
                targets=_targets(words, inside, resolver, None),
            )
        )
    return statements


def _strength(salience: float, firmness: float) -> float:
    return round(min(1.0, max(0.0, CENTRAL * salience + FIRM * firmness)), 3)


def _targets(words: Words, inside: Sequence[int], resolver: Resolver, source: int | None) -> tuple[Target, ...]:
    """Whom it speaks of, each once, the source itself left out; with the stance where it is sure enough."""
    targets = []
    for name, place in resolver.mentioned(inside):
        if name.position != source:
            reading = stance.toward(words, place)
            shown = reading.shown if name.type in JUDGED else None
            targets.append(Target(name.position, shown, round(reading.confidence, 3)))
    return tuple(targets)


def _sentence_of(span: Span, sentences: Sequence[Sentence]) -> Sentence | None:
    """The sentence that a span begins in."""
    return next((s for s in sentences if s.paragraph == span.paragraph and s.start <= span.start < s.end), None)
