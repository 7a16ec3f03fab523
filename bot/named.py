"""Who and what a question names, by what the library knows: people, issues and outlets, also misspelt; and who of them speaks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.asking import ASKING, QuestionKind, cues
from bot.models import Issue, Person, Piece
from bot.naming import issue_key
from bot.phrases import ABOUT, JOINING, LENGTH, ORDINALS, OTHERS, TOKEN


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
    """By its name, in any case, or what it is called for short: "the Post", "ECFR"."""
    given: Callable[[str], Person | None] = lambda _word: None
    """The only author with this given name."""
    near: Callable[[str], Person | Issue | None] = lambda _word: None
    """The only one whose name is spelled like a word that no piece has."""


LONGEST_NAME = 5
"""Words of a name or issue that are tried together."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question and its place in it; ``opens``: it begins a sentence, where a capital tells nothing."""

    text: str
    start: int
    end: int
    opens: bool

    @property
    def capital(self) -> bool:
        """Whether it is written as names are."""
        return self.text[0].isupper() and not self.opens


def words_of(text: str) -> list[Word]:
    """The words of a question, possessives without their s."""
    words = []
    for match in TOKEN.finditer(text):
        before = text[: match.start()].rstrip()
        word = re.sub(r"['’]s?$", "", match[0]) if len(match[0]) > 2 else match[0]
        if not re.fullmatch(r"(?:\w\.)+\w?\.?", word):
            word = word.rstrip(".")
        words.append(Word(word, match.start(), match.end(), not before or before[-1] in ".?!:"))
    return words


Named = dict[int, tuple[Person, int]]
"""People by the place of the first word of their names, with the place behind the last."""


def people_in(words: list[Word], known: Known, named: set[int]) -> tuple[Named, set[int]]:
    """People named, longest names first; and the places of their words. ``named``: places of other names."""
    found: Named = {}
    taken: set[int] = set(named)
    for length in range(min(LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            places = range(start, start + length)
            if taken.intersection(places) or not _may_be_name(words[start : start + length]):
                continue
            person = known.person(" ".join(words[place].text for place in places))
            if person is not None and length == 1 and not speaks(person, known):
                subject = issue_in(words, known.issues, set(range(len(words))) - set(places))[0]
                person = None if subject is not None or not words[start].text[0].isupper() else person
            if person is None and length == 1 and len(words[start].text) > 4 and words[start].text.endswith("s"):  # "frolovs view"
                person = known.person(words[start].text[:-1])
                person = person if person is not None and speaks(person, known) else None
            if person is None and length == 1 and words[start].text[0].isupper() and len(words) < MOST_FOR_GIVEN:
                person = known.given(words[start].text)
            if person is not None:
                found[start] = person, start + length
                taken.update(places)
    return found, taken - named


def misspelt(
    words: list[Word], known: Known, taken: set[int], rest: str, issue_known: bool
) -> tuple[Named, Issue | None, tuple[tuple[str, str], ...]]:
    """Who and what the misspelt words mean; their places are added to ``taken``."""
    people: Named = {}
    issue: Issue | None = None
    read: list[tuple[str, str]] = []
    for place, word in enumerate(words):
        if place in taken or len(word.text) < SHORTEST_MISSPELT or len(read) >= MOST_MISSPELT or is_asking(word.text, rest):
            continue
        meant = known.near(word.text)
        if isinstance(meant, Issue):
            if issue is not None or issue_known:
                continue
            issue = meant
        elif meant is not None:
            given = place > 0 and place - 1 not in taken and words[place - 1].text.casefold() in meant.name.casefold().split()
            people[place - given] = meant, place + 1
            taken.update({place - given})
        else:
            continue
        taken.add(place)
        read.append((word.text, meant.name))
    return people, issue, tuple(read)


MOST_FOR_GIVEN = 12
"""Words of a question in which a capital word may be a given name; a pasted text has many."""

SHORTEST_MISSPELT, MOST_MISSPELT = 5, 2
"""Letters of a name that may be misspelt; how many of one question are looked up."""


def speakers_of(named: Named, words: list[Word], kind: QuestionKind | None, rest: str, known: Known) -> tuple[tuple[Person, ...], str]:
    """Who speaks, in the order of the question, and of whom: in "what does Venn say about Brandt?" Brandt is the topic."""
    speakers: dict[int, Person] = {}
    topic: list[str] = []
    behind = 0
    for start in sorted(named):
        person, end = named[start]
        between = {word.text.casefold() for word in words[behind:start]}
        if not speakers and not topic:
            before = rest[: words[start].start]
            spoken_of = kind in (None, QuestionKind.VIEWS, QuestionKind.WHO) and OTHERS.search(before) is not None
            about = ABOUT.search(before) is not None
            spoken_of = spoken_of or (about and kind is None and not speaks(person, known))
            unknown = any(word.text[0].isupper() and not is_asking(word.text, rest) for word in words[:start])  # "what does the Bank say about Venn?"
            spoken_of = spoken_of or (about and kind is QuestionKind.VIEWS and unknown)
        else:
            spoken_of = bool(topic) or (kind in (None, QuestionKind.VIEWS) and bool(between) and not between & JOINING)
        if spoken_of and person.id not in speakers:
            topic.append(person.name.rpartition(" ")[2])
        else:
            speakers[person.id] = person
        behind = end
    return tuple(speakers.values()), " ".join(topic[:1])


def speaks(person: Person, known: Known) -> bool:
    """Somebody who writes, or has a whole name and an office: "Erdogan" is the president before he is Turkey, "Europe" nobody."""
    return (" " in person.name and bool(person.role or person.bio)) or known.writes(person)


def outlet_in(words: list[Word], known: Known, named: set[int]) -> tuple[str | None, set[int]]:
    """The outlet named by several words, or by one with a capital, longest first."""
    for length in range(min(LONGEST_NAME + 1, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            places = set(range(start, start + length))
            first, last = words[start], words[start + length - 1]
            if places & named or not (last.capital or first.capital or (length == 1 and len(first.text) > 2 and first.text.isupper())):
                continue
            if (outlet := known.outlet(" ".join(words[place].text for place in sorted(places)))) is not None:
                return outlet, places
    return None, set()


def _may_be_name(words: list[Word]) -> bool:
    if len(words) == 1:
        return words[0].text.casefold() not in ASKING or words[0].capital
    return words[0].text.casefold() not in ASKING - {"may", "will"} and words[-1].text.casefold() not in ASKING - {"may", "will"}


def issue_in(words: list[Word], issues: tuple[Issue, ...], taken: set[int], fewest: int = 1) -> tuple[Issue | None, set[int]]:
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


def is_asking(word: str, rest: str) -> bool:
    """Whether a word only asks, and names no topic."""
    if word.casefold() in ASKING or len(word) < 2 or LENGTH.fullmatch(word) or ORDINALS.get(word.casefold()) or word.casefold() == "last":
        return True
    return any(pattern.fullmatch(word) for _, pattern in cues()) or bool(
        re.fullmatch(r"summari\w+|sum|quoted?s?|who\w*|point(?:s)?|main|key", word, re.IGNORECASE)
    )
