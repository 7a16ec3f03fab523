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
_VERB = re.compile(r"[A-Z][a-z]*[-–][a-z]+ing")
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_PROPER = frozenset({"NNP", "NNPS"})
_NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP"})
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

LONGEST_OFFICE = 5
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
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in _POSSESSIVE or _drop_last(doc[end - 1], label)):
        end -= 1
    if label == "PERSON":
        start += _doing(doc[start:end])
        start += _title_length(doc[start:end])
        end = next((token.i for token in doc[start + 1 : end] if _breaks_person(token)), end)
    return Span(doc, start, end, label=label) if start < end else None


def _doing(name: Span) -> int:
    """How many tokens a hyphenated verb takes that opens a sentence and is no given name: "Re-engaging Obama"."""
    for length in (1, 3):  # the tokenizer keeps some in one piece
        verb, following = name[:length].text, name[length:]
        if len(following) and following[0].is_title and _VERB.fullmatch(verb):
            return length
    return 0


def _breaks_person(token: Token) -> bool:
    """A verb or function word in the midst of a headline ("Lena Seeks Peace", "Lena and Paul Are Tied")."""
    function = token.is_stop and not token.is_upper and token.lower_ not in _PARTICLES and not token.text.endswith(".")
    return function or (token.tag_ in {"VBZ", "VBD", "VBP", "MD"} and token.i + 1 < len(token.doc) and token.nbor().ent_type_ == "PERSON")


def _drop_first(token: Token, label: str) -> bool:
    if label in {"WORK", "DATE", "MONEY"}:
        return False
    opener = token.is_stop and token.is_title and bool(token.is_sent_start) and token.tag_ not in _PROPER
    return _LEADING.fullmatch(token.text) is not None or opener


def _drop_last(token: Token, label: str) -> bool:
    """A mark, a lower-case conjunction, or a common noun that the model took along at the end ("U.S.-Russian cooperation")."""
    if token.i > 1 and token.tag_ in _PROPER and token.nbor(-1).text == "-" and not token.nbor(-1).whitespace_ and token.nbor(-2).is_title:
        return False  # "Kim Dae-jung"
    mark = token.is_punct and token.text not in {")", "."} and not token.text.endswith(".")
    return mark or (token.is_lower and (token.is_stop or (label in _NAMES and token.is_alpha)))


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
    """ "Syrian President Bashar al-Assad" as nation and person; "U.S. Secretary of State" as the country alone; "Exxon Chief" as the firm."""
    if name.label_ not in {"ORG", "GPE", "PERSON", "NORP", "MISC"}:
        yield name
        return
    doc = name.doc
    for first in range(name.start, name.end):
        for last in range(min(name.end, first + LONGEST_OFFICE), first, -1):
            before, after = doc[name.start : first], doc[last : name.end]
            if _is_title(doc[first:last]) and _stands_before_office(before) and _person_or_nothing(after):
                yield from _holder(before, name.label_)
                if len(after):
                    yield Span(doc, after.start, after.end, label="PERSON")
                return
    yield name


def _holder(words: Span, label: str) -> Iterator[Span]:
    """Whose office it is: a nation or country at the end of the words, else an organisation; nothing without words."""
    if not len(words):
        return
    doc = words.doc
    for start in range(words.start, words.end):
        text = doc[start : words.end].text
        if gazetteer.is_people(text) or gazetteer.is_place(text):
            if start > words.start and label == "ORG":
                yield Span(doc, words.start, start, label="ORG")
            yield Span(doc, start, words.end, label="NORP" if gazetteer.is_people(text) else "GPE")
            return
    yield Span(doc, words.start, words.end, label="ORG")


def _stands_before_office(words: Span) -> bool:
    if not len(words):
        return True
    last = words[-1]
    capital = last.text[0].isupper() and (last.is_upper or not last.is_stop)
    return capital or last.text in _POSSESSIVE or last.text.endswith(".")


def _person_or_nothing(words: Span) -> bool:
    if not len(words):
        return True
    capital = all(token.text[0].isupper() or token.lower_ in _PARTICLES or token.is_punct for token in words)
    return len(words) <= 5 and capital and words[0].lower_ not in {"of", "for", "and"}


def _joined(name: Span, words: Mapping[str, int]) -> Iterator[Span]:
    """Two names joined by a hyphen as two, and a group beside a person ("Is ISIS Putin's gift?")."""
    doc = name.doc
    if name.label_ == "PERSON" and len(name) > 1 and gazetteer.is_organisation(name[0].text):
        yield Span(doc, name.start, name.start + 1, label="ORG")
        yield Span(doc, name.start + 1, name.end, label="PERSON")
        return
    hyphens = [token.i for token in name if token.text in _HYPHENS]
    if len(hyphens) == 1 and name.start < hyphens[0] < name.end - 1:
        left, right = doc[name.start : hyphens[0]], doc[hyphens[0] + 1 : name.end]
        if name.label_ in _NAMES | {"MISC"} and _two_nations(left, right):
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
    """Both sides are one capitalised word, and one of them stands alone elsewhere, or a word of meeting follows ("Putin-Obama talks")."""
    if len(left) != 1 or len(right) != 1 or not (left[0].is_title and right[0].is_title):
        return False
    following = doc[right.end].lower_ if right.end < len(doc) else ""
    return words.get(left.text, 0) > 0 or words.get(right.text, 0) > 0 or following in _JOINT


def _plausible(name: Span, words: Mapping[str, int]) -> bool:
    """Not a common word that merely opens a sentence ("Click", "Subscribe", "Support")."""
    if name.text.isupper() and _in_capitals(name):
        return gazetteer.is_known(name.text) or gazetteer.is_known(name.text.title())
    if len(name) > 1 or name.label_ not in {"PERSON", "ORG", "GPE", "LOC"}:
        return True
    token = name[0]
    if gazetteer.is_known(token.text) or token.is_upper:
        return True
    return not (token.tag_ not in _PROPER and (words.get(token.lower_, 0) > 0 or token.is_sent_start or token.is_lower))


def _in_capitals(name: Span) -> bool:
    """Whether the words around are all in capitals, as in a heading, so that capitals say nothing."""
    around = [token for token in name.doc[max(0, name.start - 4) : name.end + 4] if token.is_alpha and len(token) > 1]
    return len(around) > len(name) and all(token.is_upper for token in around)
