"""A mention's question -> what is asked, understood by the names, issues and pieces that the library knows; never by position of words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from bot.asking import ASKING, HELP, HIM, IT, LENGTH, LINK, MENTION, NUMBER, ORDINAL, ORDINALS, PHRASE, TOKEN, WHEN, WHO_IS, QuestionKind, cues
from bot.models import Issue, Person, Piece
from bot.naming import issue_key
from bot.periods import period
from bot.records import Subject


@dataclass(frozen=True, slots=True)
class Known:
    """What the library knows, as far as a question needs it."""

    issues: tuple[Issue, ...]
    person: Callable[[str], Person | None]
    """By the whole name, the family name or initials - not by spelling."""
    piece: Callable[[str], Piece | None]
    """By "#12", an address, or words of a title."""
    writes: Callable[[Person], bool] = lambda _person: True
    """Whether somebody has written anything here: a word that is an issue's name as well means who is only quoted less often than the issue."""
    outlet: Callable[[str], str | None] = lambda _words: None
    """By its whole name, in any case."""


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asked."""

    kind: QuestionKind
    people: tuple[Person, ...] = ()
    issue: Issue | None = None
    piece: int | None = None
    link: str | None = None
    """An address that the library does not know: read it first."""
    words: str = ""
    """What is left of the question beside names, issues and the words of asking: the topic in free words."""
    since: date | None = None
    until: date | None = None
    length: str = ""
    """"short" or "long" when somebody asked for it."""
    outlet: str | None = None
    from_thread: bool = False
    """The person, issue or piece was not named but taken from the thread."""
    suggestions: tuple[str, ...] = field(default=())
    """When it was not understood: the nearest things that can be asked, as one would type them."""


LONGEST_NAME = 5
"""Words of a name or issue that are tried together."""

LONGEST = 600
"""Characters of a question that are read."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int
    opens: bool

    @property
    def capital(self) -> bool:
        return self.text[0].isupper() and not self.opens


def understand(text: str, known: Known, subject: Subject | None = None, today: date | None = None) -> Question:
    """What is asked, with the thread's subject for what is not named. ``today`` makes "last month" mean something."""
    subject = subject or Subject()
    asked = " ".join(MENTION.sub(" ", text[: LONGEST * 2]).split())[:LONGEST]
    if HELP.match(asked) or (not asked and subject == Subject()):
        return Question(QuestionKind.HELP)
    link = LINK.search(asked)
    piece, unknown_link = _piece(asked, link, known, subject)
    rest = LINK.sub(" ", NUMBER.sub(" ", asked))
    since, until, rest = _when(rest, today)
    words = _words(rest)
    issue, taken = _issue(words, known.issues, set(), fewest=2)  # "gun control" is no Control
    outlet, taken_too = _outlet(words, known, taken)
    taken |= taken_too
    people, taken_too = _people(words, known, taken)
    taken |= taken_too
    if issue is None:
        issue, taken_too = _issue(words, known.issues, taken)
        taken |= taken_too
    kind, asking = _cue(rest, words, taken)
    free = " ".join(word.text for place, word in enumerate(words) if place not in taken | asking and not _is_asking(word.text, rest))
    length = _length(rest)
    if kind is None and length and not free and subject.piece is not None:  # "shorter, please"
        kind = QuestionKind.SUMMARY
    from_thread = False
    if not people and subject.person is not None and HIM.search(rest) and (him := known.person(f"#{subject.person}")) is not None:
        people, from_thread = (him,), True
    who_is = bool(people) and kind is None and WHO_IS.match(rest) is not None
    carried = kind in _ABOUT_SOMEBODY if people else kind in _THREAD_ISSUE
    if issue is None and subject.issue is not None and not free and not outlet and carried and piece is None and not who_is:
        issue = next((one for one in known.issues if one.slug == subject.issue), None)
        from_thread = from_thread or issue is not None
    if piece is None and not people and not free and subject.piece is not None and (kind in _THREAD_PIECE or IT.search(rest)):
        piece, from_thread = subject.piece, True
    if people and kind in _ABOUT_THINGS and (issue is not None or kind is not None) and not any(_speaks(person, known) for person in people):
        free = " ".join(filter(None, (free, *(person.name for person in people)))) if issue is None else free
        people = ()
    if free and (phrase := PHRASE.search(asked)) is not None:
        free = f'"{phrase[1].strip()}"'
    found = Question(kind or QuestionKind.UNKNOWN, people, issue, piece, unknown_link, free, since, until, length, outlet, from_thread)
    return _settled(found, kind, rest, subject, known)


_ABOUT_SOMEBODY = frozenset({None, QuestionKind.VIEWS, QuestionKind.COMPARE, QuestionKind.DISAGREE})
"""Kinds of asking about somebody who is named that may mean the thread's issue."""
_ABOUT_THINGS = frozenset({None, QuestionKind.WHO, QuestionKind.NEWER, QuestionKind.OUTLETS, QuestionKind.ISSUE})
"""Kinds of asking in which who is merely quoted is what the question is about: "what should Europe do about migration?"."""
_THREAD_ISSUE = frozenset({QuestionKind.DISAGREE, QuestionKind.NEWER, QuestionKind.WHO, QuestionKind.OUTLETS, QuestionKind.ISSUE, QuestionKind.VIEWS})
_THREAD_PIECE = frozenset({QuestionKind.SUMMARY, QuestionKind.DISAGREE, QuestionKind.QUOTED, QuestionKind.NEWER, QuestionKind.WHO})


def _settled(found: Question, kind: QuestionKind | None, rest: str, subject: Subject, known: Known) -> Question:
    """The kind that fits what was found."""
    if found.link or (found.piece is not None and kind in (None, QuestionKind.SUMMARY, QuestionKind.VIEWS) and not found.people):
        return replace(found, kind=QuestionKind.SUMMARY)
    if found.piece is not None and kind in (QuestionKind.DISAGREE, QuestionKind.QUOTED, QuestionKind.WHO, QuestionKind.NEWER):
        return replace(found, kind=kind)
    if len(found.people) > 1 and kind is not QuestionKind.DISAGREE:
        return replace(found, kind=QuestionKind.COMPARE)
    if kind in (QuestionKind.DISAGREE, QuestionKind.NEWER, QuestionKind.OUTLETS):
        return replace(found, kind=kind)
    if kind is QuestionKind.SUMMARY and (title := _title(rest)) and (piece := known.piece(title)) is not None:
        return replace(found, kind=kind, piece=piece.id, people=(), issue=None, words="")
    if found.people:
        return replace(found, kind=QuestionKind.VIEWS)
    if found.outlet and not found.words:
        return replace(found, kind=QuestionKind.NEWER)
    if found.issue:
        return replace(found, kind=QuestionKind.WHO if kind is QuestionKind.WHO else QuestionKind.ISSUE)
    if found.words:
        return replace(found, kind=QuestionKind.SEARCH)
    return replace(found, kind=QuestionKind.UNKNOWN, suggestions=suggest(known, subject))


def _title(rest: str) -> str:
    """What may be the title of a piece: all but the words that ask for a summary."""
    summary = next(pattern for kind, pattern in cues() if kind is QuestionKind.SUMMARY)
    bare = LENGTH.sub(" ", summary.sub(" ", rest))
    bare = re.sub(
        r"^(?:\W|\b(?:please|can you|could you|me|give|the|a|an|of|for|on|piece|article|op-ed|called|titled|about)\b)+", "", bare, flags=re.IGNORECASE
    )
    return bare.strip(' .?!"“”')


def suggest(known: Known, subject: Subject | None = None) -> tuple[str, ...]:
    """A few things that can be asked here, as one would type them."""
    subject = subject or Subject()
    things: list[str] = []
    if subject.piece is not None:
        things += [f"summary of #{subject.piece}", "who disagrees?"]
    person = known.person(f"#{subject.person}") if subject.person is not None else None
    issue = next((one for one in known.issues if one.slug == subject.issue), None)
    if person is not None:
        things.append(f"what does {person.name} say about {issue.name if issue else 'trade'}?")
    if issue is not None:
        things += [f"what does everyone say about {issue.name}?", f"anything newer on {issue.name}?"]
    return tuple(dict.fromkeys([*things, "anything new?", "help"]))[:4]


def _piece(asked: str, link: re.Match[str] | None, known: Known, subject: Subject) -> tuple[int | None, str | None]:
    """The piece that is named by number, address or place in the last list; else the address that the library does not know."""
    if link is not None:
        piece = known.piece(link[1])
        return (piece.id, None) if piece is not None else (None, link[1])
    if number := NUMBER.search(asked):
        piece = known.piece(number[0])
        return (None if piece is None else piece.id), None
    if subject.pieces and (match := ORDINAL.search(asked)):
        said = (match["ordinal"] or match["cardinal"]).casefold()
        place = len(subject.pieces) if said == "last" else ORDINALS.get(said) or int(re.sub(r"\D", "", said) or 0)
        if 1 <= place <= len(subject.pieces):
            return subject.pieces[place - 1], None
    return None, None


def _when(asked: str, today: date | None) -> tuple[date | None, date | None, str]:
    since = until = None
    rest = asked
    for match in WHEN.finditer(asked):
        span = period(match["when"], today or date.max.replace(year=9000))
        if span is None:
            continue
        how = (match["how"] or "in").casefold()
        if how in ("since", "after", "from"):
            since = span[0]
        elif how in ("before", "until", "till"):
            until = span[0] if how == "before" else span[1]
        else:
            since, until = span
        rest = rest.replace(match[0], " ")
    return since, until, rest


def _words(text: str) -> list[_Word]:
    words = []
    for match in TOKEN.finditer(text):
        before = text[: match.start()].rstrip()
        word = re.sub(r"['’]s?$", "", match[0]) if len(match[0]) > 2 else match[0]
        if not re.fullmatch(r"(?:\w\.)+\w?\.?", word):
            word = word.rstrip(".")
        words.append(_Word(word, match.start(), match.end(), not before or before[-1] in ".?!:"))
    return words


def _people(words: list[_Word], known: Known, named: set[int]) -> tuple[tuple[Person, ...], set[int]]:
    """People named, longest names first, in the order of the question; and the places of their words. ``named``: places of other names."""
    found: dict[int, Person] = {}
    taken: set[int] = set(named)
    for length in range(min(LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            places = range(start, start + length)
            if taken.intersection(places) or not _may_be_name(words[start : start + length]):
                continue
            person = known.person(" ".join(words[place].text for place in places))
            if person is not None and length == 1 and not _speaks(person, known):
                subject = _issue(words, known.issues, set(range(len(words))) - set(places))[0]
                person = None if subject is not None or not words[start].capital else person
            if person is not None:
                found[start] = person
                taken.update(places)
    unique = {found[start].id: found[start] for start in sorted(found)}
    return tuple(unique.values()), taken - named


def _speaks(person: Person, known: Known) -> bool:
    """Somebody who writes, or has a whole name and an office: "Erdogan" is the president before he is Turkey, "Europe" nobody."""
    return (" " in person.name and bool(person.role or person.bio)) or known.writes(person)


def _outlet(words: list[_Word], known: Known, named: set[int]) -> tuple[str | None, set[int]]:
    """The outlet named by several words, or by one with a capital, longest first."""
    for length in range(min(LONGEST_NAME + 1, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            places = set(range(start, start + length))
            if places & named or not (words[start + length - 1].capital or words[start].capital):
                continue
            if (outlet := known.outlet(" ".join(words[place].text for place in sorted(places)))) is not None:
                return outlet, places
    return None, set()


def _may_be_name(words: list[_Word]) -> bool:
    if len(words) == 1:
        return words[0].text.casefold() not in ASKING or words[0].capital
    return words[0].text.casefold() not in ASKING - {"may", "will"} and words[-1].text.casefold() not in ASKING - {"may", "will"}


def _issue(words: list[_Word], issues: tuple[Issue, ...], taken: set[int], fewest: int = 1) -> tuple[Issue | None, set[int]]:
    """The issue that most words name, at least so many, and their places."""
    forms: dict[str, Issue] = {}
    for issue in issues:
        for form in (issue.name, *issue.aliases):
            forms.setdefault(issue_key(form), issue)
    for issue in issues:
        forms[issue_key(issue.name)] = issue
    for length in range(min(2 * LONGEST_NAME, len(words)), fewest - 1, -1):
        for start in range(len(words) - length + 1):
            places = set(range(start, start + length))
            if places & taken or sum(_may_be_name([words[place]]) for place in places) < fewest:  # "is the" is not IS, "of Merkel" one word
                continue
            issue_named = forms.get(issue_key(" ".join(words[place].text for place in sorted(places))))
            if issue_named is not None:
                return issue_named, places
    return None, set()


def _cue(rest: str, words: list[_Word], taken: set[int]) -> tuple[QuestionKind | None, set[int]]:
    """The most telling kind of asking, outside names, and the places of the words that show it."""
    outside = [place for place in range(len(words)) if place not in taken]
    said = " ".join(words[place].text for place in outside)
    for kind, pattern in cues():
        if (match := pattern.search(said)) is not None:
            before = len(said[: match.start()].split())
            return kind, set(outside[before : before + len(match[0].split())])
        if kind is QuestionKind.SUMMARY and pattern.search(rest):
            return kind, set()
    return None, set()


def _is_asking(word: str, rest: str) -> bool:
    if word.casefold() in ASKING or len(word) < 2 or LENGTH.fullmatch(word) or ORDINALS.get(word.casefold()) or word.casefold() == "last":
        return True
    return any(pattern.fullmatch(word) for _, pattern in cues()) or bool(
        re.fullmatch(r"summari\w+|sum|quoted?s?|who\w*|point(?:s)?|main|key", word, re.IGNORECASE)
    )


def _length(rest: str) -> str:
    match = LENGTH.search(rest)
    return "" if match is None else "long" if match[1].casefold().startswith(("long", "in", "detail")) else "short"
