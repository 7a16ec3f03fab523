"""From what somebody looks for to FTS5 expressions that are never an error: quoted words only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.models import Issue
from bot.naming import issue_key
from bot.records import Query, Term

WORD = re.compile(r"\w+(?:['’]\w+)?")
"""What the index holds as a word; an apostrophe stays inside, so that the index splits it as it split the text."""

MOST_WORDS = 32
"""Words of one query that are looked up; the rest of a pasted text adds cost and no meaning."""

MOST_GROUPS = 12
"""Things looked for at once, the longest words of a pasted sentence: each costs 2 us for every piece that is ranked."""

LONGEST_NUMBER = 15
"""Digits of a piece's number; more is no number of ours, and would not fit SQLite's integers."""

EMPTY = frozenset(
    "a an the of and or in on for to is are was were be been by with at from as that this it its about into".split()
)  # fmt: skip
"""Words in nearly every piece: looked for only when there is no other word, or within a phrase."""

SHORTEST_ALIAS = 3
"""Letters of an alias that is looked for beside the word that was typed; "IS" and "US" are words of every piece."""

MOST_ALIASES = 8
"""Aliases looked for beside one name."""


def number_in(words: str) -> int | None:
    """The number in "#12", "12" or "no. 12"."""
    match = re.fullmatch(rf"(?:#|no\.?\s*|nr\.?\s*)?(\d{{1,{LONGEST_NUMBER}}})", words.strip(), re.IGNORECASE | re.ASCII)
    return int(match[1]) if match else None


def words_in(text: str) -> list[str]:
    """The words of a text that an index can hold, in order."""
    return WORD.findall(text.replace("\x00", " ").replace("_", " "))[:MOST_WORDS]


def quoted(word: str) -> str:
    """One word or phrase as an FTS5 string."""
    return '"' + word.replace('"', " ").replace("\x00", " ") + '"'


def of_team(team: str | None, expression: str) -> str:
    """The expression within one workspace's pieces; None leaves it open, for a library that holds no other's."""
    return f"({expression})" if team is None else f"team : {quoted(team)} AND ({expression})"


def match_all(text: str, columns: str, team: str) -> str | None:
    """All words of the text in these columns; None when it has no word."""
    words = words_in(text)
    if not words:
        return None
    return of_team(team, "{" + columns + "} : (" + " AND ".join(quoted(word) for word in words) + ")")


def plain(words: str) -> Query:
    """A query of words only."""
    return Query(words, all=tuple((Term(word),) for word in words_in(words)))


def expressions(query: Query) -> list[str]:
    """One FTS5 expression for each thing looked for."""
    return [_any(quoted(term.text) for term in group) for group in _groups(query)]


def other_names(query: Query, named: Mapping[str, Issue]) -> list[str]:
    """The same with every name of an issue in place of its aliases; empty when the query names no issue.

    ``named``: issues by the folded form of each name (``store.issues.names``).

    Ranked apart from the words that were typed: bm25 would add up a piece's many names for one thing.
    """
    groups = _groups(query)
    renamed = _with_aliases(groups, named)
    return [] if renamed is None else [_any(group) for group in renamed]


def _groups(query: Query) -> list[tuple[Term, ...]]:
    groups = [tuple(term for term in group if words_in(term.text)) for group in query.all]
    groups = [group for group in groups if group]
    telling = [group for group in groups if any(term.phrase or term.text.casefold() not in EMPTY for term in group)] or groups
    if len(telling) <= MOST_GROUPS:
        return telling
    longest = sorted(range(len(telling)), key=lambda place: -max(len(term.text) for term in telling[place]))[:MOST_GROUPS]
    return [telling[place] for place in sorted(longest)]


def excluding(query: Query) -> str:
    """What must not be in a piece, as the end of an expression; empty when there is nothing."""
    without = excluded(query)
    return f" NOT ({without})" if without else ""


def excluded(query: Query) -> str:
    """The same as an expression of its own: what has any of it must not be shown."""
    return " OR ".join(quoted(term.text) for term in query.none if words_in(term.text))


def _any(alternatives: Iterable[str]) -> str:
    return "(" + " OR ".join(dict.fromkeys(alternatives)) + ")"


def _with_aliases(groups: Sequence[tuple[Term, ...]], named: Mapping[str, Issue]) -> list[list[str]] | None:
    """Runs of plain words that name an issue become one group, its other names; None when no run does."""
    out: list[list[str]] = []
    found = False
    start = 0
    while start < len(groups):
        end = next((end for end in range(len(groups), start, -1) if _named(groups[start:end], named)), start + 1)
        known = _named(groups[start:end], named)
        typed = issue_key(" ".join(group[0].text for group in groups[start:end]))
        others = [form for form in (known.name, *known.aliases) if len(form) >= SHORTEST_ALIAS and issue_key(form) != typed] if known else []
        found = found or bool(others)
        out.append([quoted(form) for form in others[:MOST_ALIASES]] or [quoted(term.text) for term in groups[start]])
        start = end
    return out if found else None


def _named(groups: Sequence[tuple[Term, ...]], named: Mapping[str, Issue]) -> Issue | None:
    if any(len(group) > 1 for group in groups):
        return None
    return named.get(issue_key(" ".join(group[0].text for group in groups)))
