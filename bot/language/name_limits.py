"""Where a name begins and ends: edges trimmed, and two names that the model took for one parted.

"U.S. President Barack Obama" is a country and a person, "Putin-Obama" two people, "U.S.-Russian" two nations, "ISIS" and "Putin" on two
lines two names; "Click" at the head of a sentence is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Span, Token

from bot.language import gazetteer

_HYPHENS = frozenset({"-", "–", "—", "/"})
_LEADING = re.compile(r"the|a|an", re.IGNORECASE)
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_PROPER = frozenset({"NNP", "NNPS"})
_NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP", "MISC"})
_PARTICLES = frozenset(
    {
        "van",
        "von",
        "de",
        "der",
        "den",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "du",
        "la",
        "le",
        "bin",
        "ibn",
        "al",
        "el",
        "ben",
        "abu",
        "ter",
        "of",
        "the",
        "and",
        "for",
    }
)

_JOINT = frozenset(
    (
        "meeting meetings summit talks relationship deal pact agreement axis alliance rivalry ticket era bill act plan call calls phone "
        "conversation handshake partnership contest race encounter friendship understanding correspondence negotiations dialogue debate"
    ).split()
)

LONGEST_OFFICE = 4
"""Words of an office before a name: "deputy national security adviser"."""


def cut(name: Span, words: Mapping[str, int]) -> Iterator[Span]:
    """The name or names that a marked stretch holds; ``words`` counts the article's words, to tell two people from a double name."""
    for part in _lines(name):
        for piece in _by_office(part):
            for single in _joined(piece, words):
                trimmed = trim(single)
                if trimmed is not None and _plausible(trimmed, words):
                    yield trimmed


def trim(name: Span) -> Span | None:
    """Without article, title, possessive or marks at its edges; None when nothing is left."""
    doc, start, end, label = name.doc, name.start, name.end, name.label_
    while start < end and (doc[start].is_space or doc[start].is_punct or (end - start > 1 and _drop_first(doc[start], label))):
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in _POSSESSIVE or _drop_last(doc[end - 1])):
        end -= 1
    if label == "PERSON":
        start += _title_length(doc[start:end])
        verb = next((t.i for t in doc[start + 1 : end] if t.is_stop and t.lower_ not in _PARTICLES and not t.text.endswith(".")), end)
        end = verb
    return Span(doc, start, end, label=label) if start < end else None


def _drop_first(token: Token, label: str) -> bool:
    if label in {"WORK", "DATE", "MONEY"}:
        return False
    opener = token.is_stop and token.is_title and bool(token.is_sent_start) and token.tag_ not in _PROPER
    return _LEADING.fullmatch(token.text) is not None or opener


def _drop_last(token: Token) -> bool:
    """A mark or a lower-case conjunction that the model took along at the end."""
    return (token.is_punct and token.text not in {")", "."} and not token.text.endswith(".")) or (token.is_stop and token.is_lower)


def _title_length(words: Span) -> int:
    """How many words of a title stand before the name: "Deputy Secretary", "Mr."; one word stays in any case."""
    for length in range(min(3, len(words) - 1), 0, -1):
        if _is_title(words[:length]):
            return length
    return 0


def _is_title(words: Span) -> bool:
    return " ".join(token.lower_.rstrip(".") for token in words) in gazetteer.titles()


def _lines(name: Span) -> Iterator[Span]:
    """A name does not run over the end of a line that stands by itself."""
    start = name.start
    for token in name:
        if token.is_space and "\n" in token.text and _stand_apart(name, token.i):
            if token.i > start:
                yield Span(name.doc, start, token.i, label=name.label_)
            start = token.i + 1
    if start < name.end:
        yield Span(name.doc, start, name.end, label=name.label_)


def _stand_apart(name: Span, at: int) -> bool:
    """A blank line parts; a mere line break only where either side is a whole name of the gazetteers."""
    sides = [name.doc[name.start : at].text, name.doc[at + 1 : name.end].text]
    return "\n\n" in name.doc[at].text or any(gazetteer.is_known(side) for side in sides)


def _by_office(name: Span) -> Iterator[Span]:
    """ "Syrian President Bashar al-Assad" as nation and person; "U.S. Secretary of State" as the country alone."""
    if name.label_ not in {"ORG", "GPE", "PERSON", "NORP", "MISC"}:
        yield name
        return
    doc = name.doc
    for first in range(name.start, name.end):
        for last in range(min(name.end, first + LONGEST_OFFICE), first, -1):
            office = doc[first:last]
            before, after = doc[name.start : first], doc[last : name.end]
            if _is_title(office) and _known_prefix(before) and _person_or_nothing(after):
                if len(before) and name.label_ != "PERSON":
                    yield Span(doc, before.start, before.end, label="NORP" if gazetteer.is_people(before.text) else "GPE")
                if len(after):
                    yield Span(doc, after.start, after.end, label="PERSON")
                elif not len(before) and name.label_ != "MISC":
                    yield from ()
                return
    yield name


def _known_prefix(words: Span) -> bool:
    return not len(words) or gazetteer.is_place(words.text) or gazetteer.is_people(words.text)


def _person_or_nothing(words: Span) -> bool:
    if not len(words):
        return True
    capital = all(token.text[0].isupper() or token.lower_ in _PARTICLES or token.is_punct for token in words)
    return len(words) <= 5 and capital and words[0].lower_ not in {"of", "for", "and"}


def _joined(name: Span, words: Mapping[str, int]) -> Iterator[Span]:
    """Two names joined by a hyphen as two."""
    doc = name.doc
    hyphens = [token.i for token in name if token.text in _HYPHENS]
    if len(hyphens) == 1 and name.start < hyphens[0] < name.end - 1:
        left, right = doc[name.start : hyphens[0]], doc[hyphens[0] + 1 : name.end]
        if name.label_ in _NAMES and _two_nations(left, right):
            for side in (left, right):
                yield Span(doc, side.start, side.end, label="NORP" if gazetteer.is_people(side.text) else "GPE")
            return
        if name.label_ in {"PERSON", "GPE", "ORG"} and _two_people(doc, left, right, words):
            for side in (left, right):
                yield Span(doc, side.start, side.end, label="PERSON")
            return
    yield name


def _two_nations(left: Span, right: Span) -> bool:
    return all(gazetteer.is_place(side.text) or gazetteer.is_people(side.text) for side in (left, right))


def _two_people(doc: Doc, left: Span, right: Span, words: Mapping[str, int]) -> bool:
    """Both sides are one capitalised word, and one of them is named elsewhere too, or a word of meeting follows ("Putin-Obama talks")."""
    if len(left) != 1 or len(right) != 1 or not (left[0].is_title and right[0].is_title):
        return False
    following = doc[right.end].lower_ if right.end < len(doc) else ""
    return words[left.text] > 1 or words[right.text] > 1 or following in _JOINT


def _plausible(name: Span, words: Mapping[str, int]) -> bool:
    """Not a common word that merely opens a sentence ("Click", "Subscribe", "Support")."""
    if len(name) > 1 or name.label_ not in {"PERSON", "ORG", "GPE", "LOC"}:
        return True
    token = name[0]
    if gazetteer.is_known(token.text) or token.is_upper:
        return True
    return not (token.tag_ not in _PROPER and (words.get(token.lower_, 0) > 0 or token.is_sent_start or token.is_lower))
