"""A mention's question -> what is asked, understood by the names, issues and pieces that the library knows; never by position of words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot.asking import ASKING, QuestionKind, cues
from bot.models import Issue, Person, Piece
from bot.named import Known as Known
from bot.named import Word, is_asking, issue_in, misspelt, outlet_in, people_in, speakers_of, speaks, words_of
from bot.naming import fold
from bot.periods import period
from bot.phrases import (
    ASKS_WHERE,
    AUTHORS,
    BOTH,
    ELLIPTIC,
    HELP,
    HIM,
    IT,
    ITS,
    LENGTH,
    LINK,
    MENTION,
    NUMBER,
    OPPOSES,
    ORDINAL,
    ORDINALS,
    PHRASE,
    QUERY,
    SOURCE,
    THE_PIECE,
    THEM,
    WHEN,
    WHICH_PIECE,
    WHO_IS,
    WHY,
    WITHIN,
)
from bot.records import Subject


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
    taken_for: tuple[tuple[str, str], ...] = ()
    """Misspelt names, and what they were taken for."""
    also: Issue | None = None
    """A second issue that was named; one is answered at a time."""
    suggestions: tuple[str, ...] = field(default=())
    """When it was not understood: the nearest things that can be asked, as one would type them."""


A_QUOTATION = 3
"""Words in quotation marks from which they are somebody's, and not a name."""

LONGEST = 600
"""Characters of a question that are read."""


def understand(text: str, known: Known, subject: Subject | None = None, today: date | None = None) -> Question:
    """What is asked, with the thread's subject for what is not named. ``today`` makes "last month" mean something."""
    subject = subject or Subject()
    asked = " ".join(MENTION.sub(" ", text[: LONGEST * 2]).split())[:LONGEST]
    if HELP.match(asked) or (not asked and subject == Subject()):
        return Question(QuestionKind.HELP)
    if (whole := _whole(asked, subject)) is not None:
        return Question(whole, from_thread=whole is not QuestionKind.AUTHORS)
    link = LINK.search(asked)
    if link is None and QUERY.search(asked):
        return Question(QuestionKind.SEARCH, words=asked)
    piece, unknown_link, unquoted = _piece(asked, link, known, subject)
    if piece is None and link is None and (number := NUMBER.search(asked)) is not None:
        return Question(QuestionKind.SUMMARY, words=number[0])  # which says that there is none
    phrase = PHRASE.search(unquoted)
    if phrase is not None and len(phrase[1].split()) >= A_QUOTATION and ASKS_WHERE.search(unquoted):
        return Question(QuestionKind.SEARCH, words=f'"{phrase[1].strip()}"')
    rest = LINK.sub(" ", NUMBER.sub(" ", unquoted)).replace("one line", "brief")
    since, until, rest = _when(rest, today)
    words = words_of(rest)
    issue, taken = issue_in(words, known.issues, set(), fewest=2)  # "gun control" is no Control
    outlet, taken_too = outlet_in(words, known, taken)
    taken |= taken_too
    named, taken_too = people_in(words, known, taken)
    taken |= taken_too
    if issue is None:
        issue, taken_too = issue_in(words, known.issues, taken)
        taken |= taken_too
    also = issue_in(words, known.issues, taken)[0] if issue is not None else None
    near, near_issue, taken_for = misspelt(words, known, taken, rest, issue is not None)
    named, issue = named | near, issue or near_issue
    kind, asking = _cue(rest, words, taken)
    free = " ".join(word.text for place, word in enumerate(words) if place not in taken | asking and not is_asking(word.text, rest))
    if kind is QuestionKind.DISAGREE and len(named) == 1 and asking and max(named) < min(asking) and OPPOSES.match(words[min(asking)].text):
        kind = QuestionKind.VIEWS
    people, topic = speakers_of(named, words, kind, rest, known)
    if topic and issue is None:
        free = " ".join(filter(None, (free, topic)))
    length = _length(rest)
    if kind is None and length and not free and subject.piece is not None:  # "shorter, please"
        kind = QuestionKind.SUMMARY
    from_thread = False
    if not people and not topic and subject.person is not None and (HIM.search(rest) or (ELLIPTIC.match(rest) and kind in _ABOUT_SOMEBODY)):
        him = known.person(f"#{subject.person}")
        if him is not None and (HIM.search(rest) or issue is not None or free):
            people, from_thread = (him,), True
    if (kind is QuestionKind.COMPARE and len(people) < 2) or (kind is QuestionKind.DISAGREE and BOTH.search(rest)):
        people, from_thread = _both(people, from_thread, subject, known)
    who_is = bool(people) and kind is None and WHO_IS.match(rest) is not None
    if free and not (people or issue or outlet or link) and piece is None and kind in _THREAD_ISSUE | {None} and THEM.search(rest) and subject.issue:
        free = ""  # "who wants them lifted?"
    carried = kind in _ABOUT_SOMEBODY if people else kind in _THREAD_ISSUE
    if issue is None and subject.issue is not None and not free and not outlet and carried and piece is None and not who_is:
        issue = next((one for one in known.issues if one.slug == subject.issue), None)
        from_thread = from_thread or issue is not None
    if piece is None and subject.piece is not None:
        bare = len(words) < 4 and kind is None and not since and not until
        its = not people and not free and (kind in _THREAD_PIECE or IT.search(rest) or (bare and WHICH_PIECE.search(rest)))
        if its or ((free or issue) and not from_thread and ITS.search(rest)):
            piece, from_thread = subject.piece, True
    if people and outlet and not any(speaks(person, known) for person in people):  # "what is the Review's view of Oslo?"
        free, people = " ".join(filter(None, (free, *(person.name for person in people)))) if issue is None else free, ()
    if people and kind in _ABOUT_THINGS and (issue is not None or kind is not None) and not any(speaks(person, known) for person in people):
        free = " ".join(filter(None, (free, *(person.name for person in people)))) if issue is None else free
        people = ()
    if free and phrase is not None:
        free = f'"{phrase[1].strip()}"'
    found = Question(
        kind or QuestionKind.UNKNOWN, people, issue, piece, unknown_link, free, since, until, length, outlet, from_thread, taken_for, also
    )
    return _settled(found, kind, rest, subject, known)


def _both(people: tuple[Person, ...], from_thread: bool, subject: Subject, known: Known) -> tuple[tuple[Person, ...], bool]:
    """ "Compare them": the two people of the thread, or the one with who is named; the same as before where there are no two."""
    ids = [id_ for id_ in (subject.person, subject.other) if id_ is not None]
    spoken_of = [one for id_ in ids if (one := known.person(f"#{id_}")) is not None]
    named = () if from_thread else people
    both = {one.id: one for one in ((*spoken_of[:1], *named) if named else spoken_of)}
    return (tuple(both.values()), True) if len(both) == 2 else (people, from_thread)


def _whole(asked: str, subject: Subject) -> QuestionKind | None:
    """Questions that are told by their shape: whose pieces are here; in a thread, where the last answer stands, and why."""
    if AUTHORS.match(asked):
        return QuestionKind.AUTHORS
    if subject.piece is None and not subject.pieces:
        return None
    return QuestionKind.SOURCE if SOURCE.match(asked) else QuestionKind.WHY if WHY.match(asked) else None


_ABOUT_SOMEBODY = frozenset({None, QuestionKind.VIEWS, QuestionKind.COMPARE, QuestionKind.DISAGREE})
"""Kinds of asking about somebody who is named that may mean the thread's issue."""
_ABOUT_THINGS = frozenset({None, QuestionKind.WHO, QuestionKind.NEWER, QuestionKind.OUTLETS, QuestionKind.ISSUE})
"""Kinds of asking in which who is merely quoted is what the question is about: "what should Europe do about migration?"."""
_THREAD_ISSUE = frozenset({QuestionKind.DISAGREE, QuestionKind.NEWER, QuestionKind.WHO, QuestionKind.OUTLETS, QuestionKind.ISSUE, QuestionKind.VIEWS})
_THREAD_PIECE = frozenset({QuestionKind.SUMMARY, QuestionKind.DISAGREE, QuestionKind.QUOTED, QuestionKind.NEWER, QuestionKind.WHO})


def _settled(found: Question, kind: QuestionKind | None, rest: str, subject: Subject, known: Known) -> Question:
    """The kind that fits what was found."""
    if found.link:
        return replace(found, kind=QuestionKind.SUMMARY)
    if found.piece is None and kind in _TITLED and (piece := _titled(_title(rest), known, sure=kind is not QuestionKind.SUMMARY)) is not None:
        found = replace(found, piece=piece.id, people=(), issue=None, words="")
    if found.piece is not None and (of_piece := _of_piece(found, kind, rest)) is not None:
        return of_piece
    if len(found.people) > 1 and (kind is not QuestionKind.DISAGREE or not _OTHERS.match(rest)):
        return replace(found, kind=QuestionKind.COMPARE)
    if kind in (QuestionKind.DISAGREE, QuestionKind.OLDER, QuestionKind.OUTLETS):
        return replace(found, kind=kind)
    if kind is QuestionKind.NEWER and not (found.outlet and found.issue and _ASKS_WHAT.match(rest)):
        return replace(found, kind=kind)
    if found.people:
        return replace(found, kind=QuestionKind.COMPARE if kind is QuestionKind.COMPARE else QuestionKind.VIEWS)
    if found.outlet and not found.words and found.issue is None:
        return replace(found, kind=QuestionKind.NEWER)
    if found.issue:
        who = kind is QuestionKind.WHO and not re.search(r"\bwho \w+ what\b", rest, re.IGNORECASE)
        return replace(found, kind=QuestionKind.WHO if who else QuestionKind.ISSUE)
    if found.words:
        return replace(found, kind=QuestionKind.SEARCH)
    if found.since or found.until:
        return _in_period(found, subject, known)
    return replace(found, kind=QuestionKind.UNKNOWN, suggestions=suggest(known, subject))


_TITLED = frozenset({QuestionKind.SUMMARY, QuestionKind.WHO, QuestionKind.VIEWS, QuestionKind.NEWER, QuestionKind.QUOTED})
"""Kinds of asking that may name a piece by its title."""
_OTHERS = re.compile(r"\W*(?:who|(?:does|is there|has) any|any)", re.IGNORECASE)
_ASKS_WHAT = re.compile(r"\W*what (?:did|does|do|has|have|was|is)\b", re.IGNORECASE)


def _of_piece(found: Question, kind: QuestionKind | None, rest: str) -> Question | None:
    """What is asked of one piece; None where it is asked of somebody."""
    about = found.words or found.issue or found.people
    whole = kind in (QuestionKind.DISAGREE, QuestionKind.QUOTED) or (kind is QuestionKind.SUMMARY and not ITS.search(rest))
    if about and not whole and WITHIN.search(rest):
        spoken = " ".join(filter(None, (found.words, *(person.name.rpartition(" ")[2] for person in found.people))))
        return replace(found, kind=QuestionKind.WITHIN, people=(), words="" if found.issue else spoken)
    if kind in (QuestionKind.DISAGREE, QuestionKind.QUOTED, QuestionKind.WHO, QuestionKind.OLDER):
        return replace(found, kind=kind)
    if kind in (None, QuestionKind.NEWER, QuestionKind.VIEWS) and not about and WHICH_PIECE.search(rest):
        return replace(found, kind=QuestionKind.WHO)
    if kind is QuestionKind.NEWER:
        return replace(found, kind=kind)
    return None if found.people else replace(found, kind=QuestionKind.SUMMARY)


def _in_period(found: Question, subject: Subject, known: Known) -> Question:
    """ "and in 2015?": the thread's person or issue then; else what was published."""
    him = known.person(f"#{subject.person}") if subject.person is not None else None
    issue = next((one for one in known.issues if one.slug == subject.issue), None)
    kind = QuestionKind.VIEWS if him else QuestionKind.ISSUE if issue else QuestionKind.NEWER
    return replace(found, kind=kind, people=(him,) if him else (), issue=issue, from_thread=bool(him or issue))


def _titled(title: str, known: Known, sure: bool) -> Piece | None:
    """The piece of this title; ``sure``: only where nothing else can be meant."""
    if not any(word.casefold() not in ASKING for word in title.split()):  # "summarise it"
        return None
    piece = known.piece(title)
    return piece if piece is not None and (not sure or _names(piece, title)) else None


def _has(piece: Piece, words: str) -> bool:
    """Whether the piece's title has all of these words."""
    return set(fold(words).split()) <= set(fold(piece.title.value or "").split())


def _names(piece: Piece, words: str) -> bool:
    """Whether these words are the piece's title, or enough of it that nothing else is meant."""
    title, said = fold(piece.title.value or "").split(), fold(words).split()
    return len(said) > 2 and set(said) <= set(title) and 2 * len(said) > len(title)


_BEFORE_TITLE = re.compile(
    r"^(?:\W|\b(?:please|can you|could you|me|give|the|a|an|of|for|on|piece|article|op-ed|column|called|titled|entitled|about"
    r"|what(?:['’]s| is| are| was)?|who (?:wrote|is|was)|whose|is|author|by|when|where|was|did|does|in)\b)+",
    re.IGNORECASE,
)
_BEHIND_TITLE = re.compile(
    r"(?:\W|\b(?:piece|article|op-ed|column|essay|please|about|say|saying|argue|published|appear(?:ed)?|written|come out|out|quote[sd]?)\b)+$",
    re.IGNORECASE,
)


def _title(rest: str) -> str:
    """What may be the title of a piece: all but the words that ask for it."""
    summary = next(pattern for kind, pattern in cues() if kind is QuestionKind.SUMMARY)
    bare = LENGTH.sub(" ", summary.sub(" ", rest))
    return _BEHIND_TITLE.sub("", _BEFORE_TITLE.sub("", bare)).strip(' .?!"“”')


def suggest(known: Known, subject: Subject | None = None) -> tuple[str, ...]:
    """A few things that can be asked here, as one would type them."""
    subject = subject or Subject()
    things: list[str] = []
    if subject.piece is not None:
        things += [f"summary of #{subject.piece}", "who disagrees?"]
    elif subject.pieces:
        things.append("summarise the first one")
    person = known.person(f"#{subject.person}") if subject.person is not None else None
    issue = next((one for one in known.issues if one.slug == subject.issue), None)
    if person is not None:
        things.append(f"what does {person.name} say about {issue.name}?" if issue else f"what does {person.name} say?")
    if issue is not None:
        things += [f"what does everyone say about {issue.name}?", f"anything newer on {issue.name}?"]
    return tuple(dict.fromkeys([*things, "anything new?", "help"]))[:4]


def _piece(asked: str, link: re.Match[str] | None, known: Known, subject: Subject) -> tuple[int | None, str | None, str]:
    """The piece that is named by number, address, title or place in the last list; else the address that the library does not know; and the
    question without a quoted title.
    """
    if link is not None:
        piece = known.piece(link[1])
        return (piece.id, None, asked) if piece is not None else (None, link[1], asked)
    if number := NUMBER.search(asked):
        piece = known.piece(number[0])
        return (None if piece is None else piece.id), None, asked
    if (phrase := PHRASE.search(asked)) is not None and (piece := known.piece(phrase[1].strip())) is not None and _names(piece, phrase[1]):
        return piece.id, None, asked.replace(phrase[0], " ")
    if (called := THE_PIECE.search(asked)) is not None and (piece := known.piece(called["title"])) is not None and _has(piece, called["title"]):
        return piece.id, None, asked.replace(called["title"], "")
    if (match := ORDINAL.search(asked)) is None:
        return None, None, asked
    said = (match["ordinal"] or match["cardinal"]).casefold()
    place = len(subject.pieces) if said == "last" else ORDINALS.get(said) or int(re.sub(r"\D", "", said) or 0)
    if 1 <= place <= len(subject.pieces):
        return subject.pieces[place - 1], None, asked
    if not subject.pieces and match["cardinal"] and (piece := known.piece(f"#{place}")) is not None:  # "piece 3"
        return piece.id, None, asked.replace(match[0], " ")
    return None, None, asked


def _when(asked: str, today: date | None) -> tuple[date | None, date | None, str]:
    since = until = None
    rest = asked
    for match in WHEN.finditer(asked):
        span = period(match["when"], today or date.max.replace(year=9000))
        if span is None or (since is None and (match["how"] or "").casefold() in ("to", "through")):  # "what did he say to May?"
            continue
        how = (match["how"] or "in").casefold()
        if how in ("since", "after") or (how == "from" and match["on"] is not None):  # "pieces from March" are those of March
            since = span[0]
        elif how in ("before", "until", "till", "to", "through"):
            until = span[0] - timedelta(days=1) if how == "before" else span[1]
        else:
            since, until = span
        rest = rest.replace(match[0], " ")
    return since, until, rest


def _cue(rest: str, words: list[Word], taken: set[int]) -> tuple[QuestionKind | None, set[int]]:
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


def _length(rest: str) -> str:
    match = LENGTH.search(rest)
    return "" if match is None else "long" if match[1].casefold().startswith(("long", "in", "detail")) else "short"
