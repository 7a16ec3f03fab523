"""From typed words to FTS5 expressions that are never an error: quoted words only."""

from __future__ import annotations

import re

WORD = re.compile(r"\w+(?:['’]\w+)?")
"""What the index holds as a word; an apostrophe stays inside, so that the index splits it as it split the text."""

MOST_WORDS = 32
"""Words of one query that are looked up; the rest of a pasted text adds cost and no meaning."""

LONGEST_NUMBER = 15
"""Digits of a piece's number; more is no number of ours, and would not fit SQLite's integers."""


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


def of_team(team: str, expression: str) -> str:
    """The expression within one workspace's pieces."""
    return f"team : {quoted(team)} AND ({expression})"


def match_all(text: str, columns: str, team: str) -> str | None:
    """All words of the text in these columns; None when it has no word."""
    words = words_in(text)
    if not words:
        return None
    return of_team(team, "{" + columns + "} : (" + " AND ".join(quoted(word) for word in words) + ")")
