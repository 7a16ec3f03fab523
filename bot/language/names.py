"""Names made whole: who and what an article names, every mention of one thing together.

A person is one, whether "Vladimir Putin", "Mr. Putin", "Putin" or, where the text itself says so, "the Russian president"; an
organisation is one under all its aliases. What cannot be told apart is left alone: a bare surname that two people share goes to the one
named last, and to nobody when a title speaks against that.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Doc, Span, Token

from bot.language import gazetteer
from bot.language.mentions import key
from bot.models import Name, NameType
from bot.models import Span as Place

_TYPES = frozenset(NameType)
_PARTICLES = frozenset(
    {"van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "bin", "ibn", "al", "el", "ben", "abu", "ter", "ten"}
)
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})

_SEVERAL_FORMS = frozenset({"US", "GB", "AE", "CD"})
_PARTS = frozenset({"England", "Scotland", "Wales", "Northern Ireland", "Ulster", "Washington"})
_MERE_ADDRESS = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "st", "sir", "lady", "dame", "herr", "frau", "monsieur", "madame", "señor"})
_JOINTS = frozenset({"'s", "’s", "-"})
_BEFORE_OFFICE = frozenset({"former", "then", "deputy", "vice", "foreign", "prime", "acting"}) | _JOINTS

_BEGINS = 3
"""spaCy's code of a name's first word in ``Token.ent_iob``."""

LONGEST_ROLE = 6
"""Words of a role taken from an apposition; longer ones are descriptions, not offices."""


@dataclass(slots=True, eq=False)
class Thing:
    """What is known of one named thing while its mentions are gathered."""

    type: str
    forms: dict[str, int] = field(default_factory=dict)
    mentions: list[Place] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    gender: str | None = None
    last: tuple[int, int] = (-1, -1)
    """Paragraph and offset of the latest mention, to settle shared surnames."""

    @property
    def fullest(self) -> str:
        """The form with the most words, the earliest of equals."""
        return max(self.forms, key=lambda form: (len(form.split()), len(form)))


def find_names(docs: Sequence[Doc]) -> tuple[Name, ...]:
    """Every named thing of an article (paragraphs' Docs, in order), in order of first mention."""
    things: list[Thing] = []
    by_form: dict[tuple[str, str], Thing] = {}
    mentions = [(position, span) for position, doc in enumerate(docs) for span in doc.ents if span.label_ in _TYPES]
    people = _people([(position, span) for position, span in mentions if span.label_ == NameType.PERSON])
    for position, span in mentions:
        if span.label_ == NameType.PERSON:
            thing = people[(position, span.start)]
        else:
            canonical = _canonical(key(span), span.label_)
            thing = by_form.setdefault((canonical, _group(span.label_)), Thing(span.label_))
        if thing not in things:
            things.append(thing)
        _add(thing, position, span)
    for position, start, end, thing in list(_described(docs, [thing for thing in things if thing.type == NameType.PERSON])):
        thing.mentions.append(Place(position, start, end))
    ordered = sorted(things, key=lambda thing: min(thing.mentions))
    return tuple(_name(position, thing) for position, thing in enumerate(ordered))


def _name(position: int, thing: Thing) -> Name:
    text = thing.fullest
    aliases = tuple(form for form in thing.forms if form != text)
    role = thing.roles[0] if thing.roles else None
    return Name(position, text, NameType(thing.type), tuple(sorted(set(thing.mentions))), aliases, role)


def _add(thing: Thing, position: int, span: Span) -> None:
    thing.forms[key(span)] = thing.forms.get(key(span), 0) + 1
    thing.mentions.append(Place(position, span.start_char, span.end_char))
    for role in _roles(span):
        if role not in thing.roles:
            thing.roles.append(role)


def _group(label: str) -> str:
    """Places of either type are one group: the same name is not two things because the model wavers."""
    return "place" if label in {"GPE", "LOC"} else label


@cache
def _aliases() -> dict[str, str]:
    table: dict[str, str] = {}
    for organisation in gazetteer.organisations():
        for form in (organisation.name, *organisation.aliases, *organisation.short):
            table.setdefault(form.lower(), organisation.name)
    return table


def _canonical(text: str, label: str) -> str:
    """One spelling for the forms of a name: an organisation's own name, a country for its short forms, the word itself otherwise."""
    plain = text.replace("’", "'")
    if label == NameType.ORG:
        return _aliases().get(plain.lower(), plain)
    if label in {NameType.GPE, NameType.LOC}:
        if plain.isupper() and gazetteer.is_place(plain.title()):
            plain = plain.title()
        place = gazetteer.places().get(plain)
        if place and place.kind == "country" and place.country in _SEVERAL_FORMS and plain not in _PARTS:
            return place.country
    return plain


# --- People ---------------------------------------------------------------------------------------------------------


def _people(mentions: list[tuple[int, Span]]) -> dict[tuple[int, int], Thing]:
    """Each mention's person. Full names first, so that a surname above its full name ("Mr. Abe ... Shinzo Abe") finds it too."""
    found: dict[tuple[int, int], Thing] = {}
    by_surname: defaultdict[str, list[Thing]] = defaultdict(list)
    by_first: defaultdict[str, list[Thing]] = defaultdict(list)
    for position, span in mentions:
        words = _name_words(span)
        if len(words) < 2:
            continue
        thing = next((t for t in by_surname[words[-1]] if _same_person(words, t)), None)
        if thing is None:
            thing = Thing(NameType.PERSON)
            by_surname[words[-1]].append(thing)
            by_first[words[0]].append(thing)
        thing.gender = thing.gender or _gender(span)
        thing.forms.setdefault(key(span), 0)
        found[(position, span.start)] = thing
    for position, span in mentions:
        if (position, span.start) in found:
            found[(position, span.start)].last = (position, span.start)
            continue
        word = (_name_words(span) or [key(span)])[-1]
        candidates = by_surname[word] or by_first[word]
        thing = _latest(candidates, _gender(span))
        if thing is None:
            thing = Thing(NameType.PERSON, gender=_gender(span))
            by_surname[word].append(thing)
        thing.last = (position, span.start)
        thing.gender = thing.gender or _gender(span)
        found[(position, span.start)] = thing
    return found


def _latest(candidates: list[Thing], gender: str | None) -> Thing | None:
    fitting = [thing for thing in candidates if not gender or not thing.gender or thing.gender == gender]
    return max(fitting, key=lambda thing: thing.last) if fitting else None


def _name_words(span: Span) -> list[str]:
    """The words that tell a person: first name, surname (with its particle), without "Jr."."""
    words = [token.text for token in span if not token.is_punct and not token.is_space and token.lower_ not in _SUFFIXES | {"'s", "’s"}]
    while len(words) > 2 and words[-2].lower() in _PARTICLES:
        words[-2:] = [words[-1]]
    return words


def _same_person(words: list[str], thing: Thing) -> bool:
    """Whether first names agree, as words or initials: "John F. Kennedy", "J. F. Kennedy", "John Kennedy"."""
    for form in thing.forms:
        first = form.split()[0]
        if first == words[0] or (first.endswith(".") and words[0].startswith(first[0])) or (words[0].endswith(".") and first.startswith(words[0][0])):
            return True
    return False


def _gender(span: Span) -> str | None:
    """What the word before the name says: "Mrs.", "Sir"."""
    before = span.doc[span.start - 1].lower_.rstrip(".") if span.start else ""
    if before in gazetteer.people("female_address"):
        return "female"
    return "male" if before in gazetteer.people("male_address") else None


# --- Roles ----------------------------------------------------------------------------------------------------------


def _roles(span: Span) -> Iterator[str]:
    """The office that the text gives a person: before the name ("Russian President Vladimir Putin") or behind a comma."""
    if span.label_ != NameType.PERSON:
        return
    doc = span.doc
    before = _title_before(span)
    if before is not None:
        yield before.text
    if span.end + 1 < len(doc) and doc[span.end].text == ",":
        apposition = _apposition(span)
        if apposition is not None:
            yield apposition.text


def _title_before(span: Span) -> Span | None:
    doc, start = span.doc, span.start
    known = gazetteer.titles()
    length = 0
    for size in range(1, 4):
        if start - size >= 0 and " ".join(t.lower_.rstrip(".") for t in doc[start - size : start]) in known:
            length = size
    if not length or doc[start - length].lower_.rstrip(".") in _MERE_ADDRESS:
        return None
    first = start - length
    holder = 0
    while first > 0 and (doc[first - 1].ent_type_ in {"NORP", "GPE", "ORG"} or doc[first - 1].lower_ in _BEFORE_OFFICE):
        holder += doc[first - 1].ent_iob == _BEGINS
        if holder > 1 or (doc[first - 1].ent_type_ and holder and doc[first - 1].ent_iob != _BEGINS):
            break
        first -= 1
    while first < start - length and doc[first].lower_ in _JOINTS:
        first += 1
    return doc[first:start]


def _apposition(span: Span) -> Span | None:
    """ ", the Russian president," behind a name: the subtree of an apposition that holds an office."""
    heads = [token for token in span.root.children if token.dep_ == "appos" and token.i > span.end]
    if not heads:
        return None
    words = [token for token in heads[0].subtree if token.i >= span.end + 1]
    end = heads[0].i + 1
    for child in heads[0].children:
        if child.dep_ in {"nmod"} and child.i > heads[0].i and any(grand.lower_ == "of" for grand in child.children):
            end = max(end, max(t.i for t in child.subtree) + 1)
    start = min(token.i for token in words)
    if span.doc[start].lower_ in {"the", "a", "an", "his", "her", "its", "their"}:
        start += 1
    role = span.doc[start:end]
    return role if 0 < len(role) <= LONGEST_ROLE and _office(heads[0]) else None


def _office(token: Token) -> bool:
    return token.lower_ in gazetteer.titles() or token.lemma_.lower() in gazetteer.titles()


def _described(docs: Sequence[Doc], people: Sequence[Thing]) -> Iterator[tuple[int, int, int, Thing]]:
    """ "the Russian president" where the text has said who that is, and "the president" when it knows one only."""
    offices: defaultdict[str, list[Thing]] = defaultdict(list)
    for thing in people:
        for role in thing.roles:
            plain = _plain_role(role)
            for form in {plain, plain.split()[-1]}:
                if form and thing not in offices[form]:
                    offices[form].append(thing)
    taken = {mention for thing in people for mention in thing.mentions}
    for position, doc in enumerate(docs):
        for token in doc:
            if token.lower_ != "the":
                continue
            match = _office_after(token, offices)
            if match is None:
                continue
            end, thing = match
            start_char, end_char = token.idx, doc[end - 1].idx + len(doc[end - 1])
            known_before = min(thing.mentions) < Place(position, start_char, end_char)
            beside = end < len(doc) and (doc[end].ent_type_ == "PERSON" or doc[end].lower_ in {"of", "for", "-"})
            if known_before and not beside and not any(m.paragraph == position and m.start < end_char and start_char < m.end for m in taken):
                yield position, start_char, end_char, thing


def _office_after(article: Token, offices: dict[str, list[Thing]]) -> tuple[int, Thing] | None:
    doc = article.doc
    for size in range(LONGEST_ROLE, 0, -1):
        end = article.i + 1 + size
        if end > len(doc):
            continue
        phrase = _plain_role(doc[article.i + 1 : end].text)
        if len(offices.get(phrase, ())) == 1 and not doc[end - 1].is_punct:
            return end, offices[phrase][0]
    return None


def _plain_role(role: str) -> str:
    return re.sub(r"^(then|former|the) ", "", role.lower()).replace("-", " ").strip()


def name_at(names: Sequence[Name], paragraph: int, start: int, end: int) -> Name | None:
    """The name mentioned within these characters of a paragraph: a person before others, then the longest mention."""
    best: tuple[tuple[bool, int], Name] | None = None
    for name in names:
        for mention in name.mentions:
            if mention.paragraph == paragraph and start <= mention.start and mention.end <= end:
                rank = (name.type is NameType.PERSON, mention.end - mention.start)
                if best is None or rank > best[0]:
                    best = (rank, name)
    return best[1] if best else None
