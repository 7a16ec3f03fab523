"""Pronouns resolved to the person whom the text just before makes clear, or left alone.

Only ``he``, ``she`` and their forms, and only when one person fits: the subject of the sentence before, or the one person whom the
sentences so far in the paragraph name. A wrong name put into somebody's mouth is worse than none.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span, Token

from bot.language import gazetteer
from bot.language.names import name_at
from bot.language.sentences import sentences
from bot.models import Name, NameType
from bot.models import Span as Place

MALE = frozenset({"he", "him", "his", "himself"})
FEMALE = frozenset({"she", "her", "hers", "herself"})


def resolve_pronouns(docs: Sequence[Doc], names: Sequence[Name]) -> dict[Place, int]:
    """The position of the name that each clear pronoun stands for, by the pronoun's place."""
    people = [name for name in names if name.type is NameType.PERSON]
    found: dict[Place, int] = {}
    for position, doc in enumerate(docs):
        spans = sentences(doc)
        for number, sentence in enumerate(spans):
            for token in sentence:
                if token.lower_ not in MALE | FEMALE or (token.lower_ == "her" and token.text == "HER"):
                    continue
                before = [spans[number - 1]] if number else _last_sentence(docs, position)
                person = _antecedent(token, sentence, before, people, docs, found)
                if person is not None:
                    found[Place(position, token.idx, token.idx + len(token))] = person.position
    return found


def _last_sentence(docs: Sequence[Doc], position: int) -> list[Span]:
    """The last sentence of the paragraph before."""
    if not position:
        return []
    return sentences(docs[position - 1])[-1:]


def _antecedent(
    pronoun: Token, sentence: Span, before: list[Span], people: Sequence[Name], docs: Sequence[Doc], found: dict[Place, int]
) -> Name | None:
    gender = "female" if pronoun.lower_ in FEMALE else "male"
    here = _people_in(sentence.doc[sentence.start : pronoun.i], people, docs, found)
    earlier = _people_in(before[0], people, docs, found) if before else []
    fitting_here = _distinct([name for name, _ in here if _fits(name, gender)])
    if len(fitting_here) == 1 and (pronoun.dep_ not in {"nsubj", "nsubj:pass"} or _is_subject(here, fitting_here[0])):
        return fitting_here[0]
    if fitting_here:
        return _only_subject([(name, token) for name, token in here if _fits(name, gender)], main=False)
    fitting = _distinct([name for name, _ in earlier if _fits(name, gender)])
    if len(fitting) == 1:
        return fitting[0]
    return _only_subject([(name, token) for name, token in earlier if _fits(name, gender)], main=True)


def _only_subject(mentions: list[tuple[Name, Token]], *, main: bool) -> Name | None:
    """The one person who is a subject (of a main clause); two joined by "and" are nobody in particular."""
    subjects = [
        (name, token) for name, token in mentions if token.dep_ in {"nsubj", "nsubj:pass"} and (not main or token.head.dep_ in {"ROOT", "conj"})
    ]
    if len(_distinct([name for name, _ in subjects])) != 1:
        return None
    [name, token] = subjects[0]
    joined = any(other.dep_ == "conj" and other.head == token for _, other in mentions)
    return None if joined else name


def _people_in(words: Span, people: Sequence[Name], docs: Sequence[Doc], found: dict[Place, int]) -> list[tuple[Name, Token]]:
    """People mentioned in a stretch, by name, description or a pronoun already resolved, each with its governing word."""
    if not len(words):
        return []
    paragraph = next(i for i, doc in enumerate(docs) if doc is words.doc)
    result: list[tuple[Name, Token]] = []
    for name in people:
        for mention in name.mentions:
            if mention.paragraph == paragraph and words.start_char <= mention.start and mention.end <= words.end_char:
                span = words.doc.char_span(mention.start, mention.end, alignment_mode="expand")
                if span is not None:
                    result.append((name, span.root))
    by_position = {name.position: name for name in people}
    for place, position in found.items():
        if place.paragraph == paragraph and words.start_char <= place.start and place.end <= words.end_char and position in by_position:
            span = words.doc.char_span(place.start, place.end)
            if span is not None:
                result.append((by_position[position], span.root))
    return sorted(result, key=lambda entry: entry[1].i)


def _distinct(names: list[Name]) -> list[Name]:
    return list({name.position: name for name in names}.values())


def _is_subject(mentions: list[tuple[Name, Token]], name: Name) -> bool:
    return any(other is name and token.dep_ in {"nsubj", "nsubj:pass", "nmod:poss"} for other, token in mentions)


def _fits(name: Name, gender: str) -> bool:
    """Whether a person may be meant: known first names exclude, unknown ones do not."""
    first = name.text.split()[0].lower()
    if gender == "male":
        return first not in gazetteer.people("female_names") or first in gazetteer.people("male_names")
    return first not in gazetteer.people("male_names") or first in gazetteer.people("female_names")


def resolve(names: Sequence[Name], pronouns: dict[Place, int], paragraph: int, start: int, end: int) -> Name | None:
    """The name that a stretch of text speaks of: mentioned in it, or the pronoun's."""
    name = name_at(names, paragraph, start, end)
    if name is not None:
        return name
    for place, position in pronouns.items():
        if place.paragraph == paragraph and start <= place.start and place.end <= end:
            return names[position]
    return None
