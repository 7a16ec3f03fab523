"""Mends the name spans of an article's Docs, so that the same name is the same thing throughout.

The statistical model sees a few words at a time; the article and the gazetteers know more: the Kremlin is an institution, "IS" is a
group in a piece that has said Islamic State, "Putin-Obama" is two people, and a name marked in one sentence is one in the next.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from bot.language import gazetteer
from bot.language.name_limits import cut
from bot.language.name_reach import reach
from bot.language.times import find_times

SHORTEST_REPEAT = 3
"""Characters that a name needs to be looked for elsewhere in the piece; shorter ones are often common words."""


def mend_names(docs: Sequence[Doc]) -> None:
    """Correct ``doc.ents`` over one article, paragraph by paragraph."""
    words = _standing_alone(docs)
    spans = [_joined_by_of([piece for name in doc.ents for piece in cut(name, words)]) for doc in docs]
    spans = [reach(doc, found) for doc, found in zip(docs, spans, strict=True)]
    spans = [_with_gazetteer(doc, found) for doc, found in zip(docs, spans, strict=True)]
    types = _agreed_types(spans)
    spans = [[_typed(name, types) for name in found] for found in spans]
    known = _known_forms(spans, types)
    spans = [found + list(_repeats(doc, found, known)) for doc, found in zip(docs, spans, strict=True)]
    for doc, found in zip(docs, spans, strict=True):
        doc.set_ents(filter_spans([name for name in found if name.label_]), default="outside")


def _standing_alone(docs: Sequence[Doc]) -> Counter[str]:
    """How often each word stands in the article, those joined to another by a hyphen left out."""
    counts: Counter[str] = Counter()
    for doc in docs:
        words = [token.text for token in doc]
        counts.update(words)
        if "-" in words:
            joined = {i for at, word in enumerate(words) if word == "-" for i in (at - 1, at + 1) if 0 <= i < len(words)}
            counts.subtract(words[i] for i in joined)
    return counts


def key(span: Span) -> str:
    """What two mentions of the same name share: the words without article and possessive."""
    return re.sub(r"\s+", " ", span.text).strip()


_BODIES = frozenset(
    (
        "Party Front Alliance Union League Movement Congress Council Committee Commission Ministry Department Bank University Institute "
        "Association Federation Confederation Organization Organisation Academy Society Centre Center College Court Chamber House Board Bureau "
        "School Agency Authority Army Force Forces Fund Foundation Office Church Assembly Parliament Government Republic Coalition Brotherhood"
    ).split()
)
"""Nouns of institutions whose name goes on behind "of" or "for": "Communist Party of Portugal"."""


def _joined_by_of(names: list[Span]) -> list[Span]:
    """An institution and the place or group behind its "of" or "for" as one name, when nothing but that word is between them."""
    result: list[Span] = []
    for name in names:
        last = result[-1] if result else None
        if last is not None and _continues(last, name):
            result[-1] = Span(name.doc, last.start, name.end, label="ORG")
        else:
            result.append(name)
    return result


def _continues(body: Span, name: Span) -> bool:
    """Whether ``name`` is the end of an institution's name that ``body`` begins."""
    if body.label_ != "ORG" or body[-1].text not in _BODIES or name.start != body.end + 1 or name.label_ not in _OF_WHAT:
        return False
    return name.doc[body.end].lower_ in {"of", "for"} and (len(body) > 1 or name.label_ in {"ORG", "MISC"})


_OF_WHAT = frozenset({"GPE", "LOC", "ORG", "MISC", "NORP"})


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """First word to the phrases that start with it, longest first: organisations' full names and aliases, seats of government, regions."""
    found: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    forms = [form for organisation in gazetteer.organisations() for form in (organisation.name, *organisation.aliases)]
    regions = {region for region in gazetteer.regions() if " " in region}
    for form in [*forms, *gazetteer.seats(), *regions]:
        words = tuple(re.sub(r"(?<=\w)(-)(?=\w)", r" \1 ", form).replace("'s", " 's").replace("s' ", "s ' ").split())
        found[words[0]].append((words, "LOC" if form in regions else "ORG"))
    return {first: tuple(sorted(phrases, key=lambda p: -len(p[0]))) for first, phrases in found.items()}


def _matches(doc: Doc) -> Iterator[Span]:
    phrases = _phrases()
    texts = [token.text.replace("’", "'") for token in doc]
    for at, text in enumerate(texts):
        for words, label in phrases.get(text, ()):
            if tuple(texts[at : at + len(words)]) == words:
                yield Span(doc, at, at + len(words), label=label)
                break


def _with_gazetteer(doc: Doc, found: list[Span]) -> list[Span]:
    """Organisations and seats that the model missed, or took for a place or a person, corrected."""
    result = list(found)
    for election in _ELECTION.finditer(doc.text):
        where = _WHERE_ELECTED.match(doc.text, election.end()) if _OF_A_BODY.search(election.group()) else None
        span = doc.char_span(election.start(), where.end() if where else election.end(), label="EVENT")
        if span is not None:
            result = [name for name in result if name.end <= span.start or span.end <= name.start] + [span]
    for time in find_times(doc):
        over = [name for name in result if name.start < time.end and time.start < name.end]
        if all(time.start <= name.start and name.end <= time.end and name.label_ not in {"DATE", "MONEY", "EVENT", "WORK", "LAW"} for name in over):
            result = [name for name in result if name not in over] + [time]
    for match in _matches(doc):
        over = [name for name in result if name.start < match.end and match.start < name.end]
        if any(name.start <= match.start and match.end <= name.end and len(name) > len(match) for name in over):
            continue
        if len(match) == 1 and _is_surname(match, over):
            continue
        result = [name for name in result if name not in over] + [match]
    return [_by_gazetteer(name) for name in result]


def _is_surname(match: Span, over: list[Span]) -> bool:
    """ "Wagner" behind a first name or a title is a person."""
    before = match[0].nbor(-1) if match.start else None
    return any(name.label_ == "PERSON" for name in over) and before is not None and before.lower_.rstrip(".") in gazetteer.titles()


_WHERE = frozenset({"in", "near", "outside", "around", "across", "downtown"})
"""Before the name of a city they make it one: "in Benghazi", "outside Raqqa"."""

_LAWS = re.compile(
    r".+ (Agreements?|Accords?|Memorandum|Doctrine|Concept|Treaty|Act|Protocol|Pact|Constitution|Amendment|Resolution)|"
    r"(Treaty|Charter|Act|Declaration|Peace) of .+"
)
_EVENTS = re.compile(r".+ (War|Wars|Revolution|Uprising|Intifada|Summit|Olympics|Games|World Cup)|World War (I|II|One|Two)")
_NO_PLACES = re.compile(
    r".+ (Party|Alliance|Union|League|Movement|Council|Committee|Commission|Ministry|Bank|Institute|Association|Federation|Confederation|"
    r"Organi[sz]ation|Agency|Authority|Foundation|Coalition|Club|Corporation|Company|Group|Journal|Tribune|Fund|Initiative|Network|"
    r"Programme)( (of|for) .+)?"
)
_ELECTION = re.compile(
    r"\b(?:(?:January|February|March|April|May|June|July|August|September|October|November|December) )?(?:1[6-9]|20)\d\d "
    r"(?:(?:(?!(?:In|The|Then|After|Before|When|As)\b)[A-Z][\w.]*|of) ){0,6}(?:(?:general|presidential|parliamentary|legislative|federal|local|state|"
    r"regional|provincial|mayoral|gubernatorial|special|snap|European|national|assembly|municipal|leadership|Parliament|Assembly|Senate|"
    r"Representatives|Council) )+(?:(?:by-)?elections?|referendum|primary)\b"
)
_COMMON_NOUN = re.compile(r"Gambit|Crisis|Quagmire|Question|Campaign|Adventure|Intervention|Policy|Dream|Model|Spring|Trap|Conundrum|Dilemma|Puzzle")
"""Nouns of a headline in capitals: "Syrian Gambit" is no place."""
_OF_A_BODY = re.compile(r"(Parliament|Senate|House of Representatives)( special)? elections?$")
_WHERE_ELECTED = re.compile(r" in (?:the )?[A-Z]\w+(?: [A-Z]\w+)*")
_WATERS = re.compile(r".+ (Islands|Sea|Ocean|Peninsula|Mountains|Desert|River|Valley|Strait)|(Gulf|Strait|Sea) of .+")


def _by_gazetteer(name: Span) -> Span:
    """The type that a gazetteer or the name's own head noun says, where the model says another."""
    label = _known_type(name)
    return name if label == name.label_ else Span(name.doc, name.start, name.end, label=label)


def _known_type(name: Span) -> str:
    text, label = key(name), name.label_
    place = gazetteer.places().get(text)
    if text in gazetteer.seats():
        return "ORG"
    if text in gazetteer.regions():
        return "LOC"
    if text in gazetteer.accords():
        return "LAW"
    if place and place.kind == "country":
        return "GPE" if label != "PERSON" else label
    if place and place.kind == "capital" and label in {"LOC", "NORP", "WORK", "MISC", "EVENT", "LAW"}:
        return "GPE"
    if label in {"DATE", "MONEY", "WORK"}:
        return label
    if place and label in {"PERSON", "ORG", "NORP", "MISC"} and name.start and name.doc[name.start - 1].lower_ in _WHERE:
        return "GPE"
    if len(name) > 1 and label != "LAW":
        if label in {"GPE", "PERSON"} and gazetteer.is_people(name[0].text) and not place and _COMMON_NOUN.fullmatch(name[-1].text):
            return "MISC"
        for pattern, other in ((_LAWS, "LAW"), (_EVENTS, "EVENT"), (_WATERS, "LOC")):
            if pattern.fullmatch(text) and not (other == "LOC" and label in {"ORG", "EVENT"}):
                return other
    if label in {"PERSON", "GPE", "LOC", "NORP", "MISC"} and not place and _NO_PLACES.fullmatch(text):
        return "ORG"
    if not place and all(gazetteer.is_people(word) for word in text.split()) and _stands_as_people(name):
        return "NORP"
    if not place and gazetteer.is_people(text) and _stands_as_people(name):
        return "NORP"
    return label


def _stands_as_people(name: Span) -> bool:
    """Not part of a person's name: no capitalised word right beside it."""
    after = name.doc[name.end] if name.end < len(name.doc) else None
    before = name.doc[name.start - 1] if name.start else None
    in_name = any(token is not None and token.is_title and token.ent_type_ == "PERSON" for token in (before, after))
    return name.label_ != "PERSON" or not in_name


def _agreed_types(spans: Iterable[list[Span]]) -> dict[str, str]:
    """The type that most mentions of a name have; a lone surname follows the full name."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    surnames: Counter[str] = Counter()
    for found in spans:
        for name in found:
            votes[key(name)][name.label_] += 1
            if name.label_ == "PERSON" and len(name) > 1:
                surnames[name[-1].text] += 1
    agreed = {}
    for text, counts in votes.items():
        best = counts.most_common(1)[0][0]
        place = gazetteer.places().get(text)
        if text in surnames and best in {"ORG", "GPE", "LOC", "WORK", "MISC", "NORP"} and not place and not gazetteer.is_people(text):
            best = "PERSON"
        elif place and place.kind == "country" and best == "PERSON" and text not in surnames:
            best = "GPE"
        agreed[text] = best
    return agreed


def _typed(name: Span, types: dict[str, str]) -> Span:
    label = name.label_
    if label in {"DATE", "MONEY"}:
        return name
    agreed = types.get(key(name), label)
    return name if agreed == label else Span(name.doc, name.start, name.end, label=agreed)


_Forms = dict[str, list[tuple[tuple[str, ...], str]]]
"""First word to the forms that begin with it (all words, type), longest first."""


def _known_forms(spans: Iterable[list[Span]], types: dict[str, str]) -> _Forms:
    """The names of the piece by their words; also the short forms of organisations that it names in full."""
    forms: dict[tuple[str, ...], str] = {(short,): "ORG" for short in _short_forms(types)}
    for name in (name for found in spans for name in found):
        label = types.get(key(name), name.label_)
        if _worth_repeating(key(name), label):
            forms[tuple(token.text for token in name)] = label
    known: _Forms = defaultdict(list)
    for words in sorted(forms, key=len, reverse=True):
        known[words[0]].append((words, forms[words]))
    return known


def _repeats(doc: Doc, found: list[Span], known: _Forms) -> Iterator[Span]:
    """Mentions of names known from elsewhere in the piece that are not marked here."""
    taken = {i for name in found for i in range(name.start, name.end)}
    texts = [token.text for token in doc]
    for at, text in enumerate(texts):
        for words, label in known.get(text, ()):
            place = range(at, at + len(words))
            if tuple(texts[at : place.stop]) != words or taken.intersection(place):
                continue
            if not _shouted(doc[at : place.stop]) and not _inside_a_name(doc, place):
                taken.update(place)
                yield Span(doc, at, place.stop, label=label)
                break


def _worth_repeating(text: str, label: str) -> bool:
    if label in {"DATE", "MONEY", "MISC", "WORK"} or len(text) < SHORTEST_REPEAT or not text[0].isupper():
        return False
    return not text.islower()


def _short_forms(types: dict[str, str]) -> set[str]:
    forms: set[str] = set()
    for organisation in gazetteer.organisations():
        if types.keys() & {organisation.name, *organisation.aliases}:
            forms.update(organisation.short)
    return forms


def _shouted(words: Span) -> bool:
    """Whether the words stand in a line of capitals, where "IS" is a verb."""
    around = words.doc[max(0, words.start - 2) : words.end + 2]
    letters = [token for token in around if token.is_alpha and len(token) > 1 and not words.start <= token.i < words.end]
    return words.text.isupper() and bool(letters) and all(token.is_upper for token in letters)


def _inside_a_name(doc: Doc, place: range) -> bool:
    """Whether a capitalised word stands on either side, so that this is a part of a longer, unknown name ("Washington Irving")."""
    after = doc[place.stop] if place.stop < len(doc) else None
    before = doc[place.start - 1] if place.start else None
    capital_after = after is not None and after.is_title and after.is_alpha and not after.is_stop
    capital_before = before is not None and before.is_title and before.is_alpha and not before.is_stop and not before.is_sent_start
    return capital_after or (capital_before and before is not None and before.lower_ not in gazetteer.titles())
