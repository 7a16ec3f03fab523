"""Did you mean: words that no piece has, and the words of the workspace's pieces and issues that are spelled like them.

Every word that is one slip away (Norvig, "How to write a spelling corrector", 2007) is looked up in the index, many at a time: a few
milliseconds whatever the library's size, where reading the index's vocabulary grows with it and would tell one workspace of another's words.
"""

from __future__ import annotations

import difflib
import sqlite3
import string
from collections.abc import Iterable, Mapping

from bot.models import Issue
from bot.naming import fold
from bot.records import Query
from store.words import EMPTY, of_team, quoted, words_in

SHORTEST = 4
"""Letters of a word that is corrected: nearly every shorter one is one slip away from another."""

LONGEST = 20
"""Letters of a word that is corrected; longer ones are no words."""

MOST_WORDS = 2
"""Misspelt words of one query that are looked up."""

TOGETHER = 40
"""Words looked up by one query of the index."""

COUNTED = 1_000
"""Pieces counted for a word: of several near words the most frequent is meant."""

NEAR = 0.8
"""Similarity (difflib's ratio) from which a word of an issue's name is offered: two slips in ten letters."""

TWO_SLIPS = 7
"""Letters from which a word may have two slips."""


class Spelling:
    """Corrections from the library's own words."""

    def __init__(self) -> None:
        self._read: tuple[Mapping[str, Issue], dict[int, list[str]]] = {}, {}

    def correct(self, db: sqlite3.Connection, query: Query, team: str | None, named: Mapping[str, Issue]) -> str | None:
        """The query with each word that no piece has replaced by the nearest that some has; None when nothing is near one of them.

        ``team``: whose pieces, None for all that are here; ``named``: issues by their names, which may be two slips away.
        """
        corrected = query.text
        changed = unknown = 0
        for group in query.all:
            for word in (word for term in group for word in words_in(term.text)):
                if word.casefold() in EMPTY or word not in corrected or self._any(db, team, [word]):
                    continue
                spelled = SHORTEST <= len(word) <= LONGEST and word.isalpha() and fold(word).isascii()
                nearest = self._nearest(db, team, word.casefold(), named) if spelled and changed < MOST_WORDS else None
                changed += spelled
                unknown += nearest is None
                if nearest is not None:
                    corrected = corrected.replace(word, nearest)
        return corrected if corrected != query.text and not unknown else None  # "fuel sur la Syria" is not what anybody meant

    def stands(self, db: sqlite3.Connection, team: str | None, word: str) -> bool:
        """Whether a piece has this word."""
        return not word.isalpha() or self._any(db, team, [word])

    def _any(self, db: sqlite3.Connection, team: str | None, words: Iterable[str]) -> bool:
        match = of_team(team, " OR ".join(map(quoted, words)))
        return db.execute("SELECT 1 FROM search WHERE search MATCH ? LIMIT 1", [match]).fetchone() is not None

    def _nearest(self, db: sqlite3.Connection, team: str | None, word: str, named: Mapping[str, Issue]) -> str | None:
        near = slips(word)
        found: dict[str, int] = {}
        for start in range(0, len(near), TOGETHER):
            batch = near[start : start + TOGETHER]
            if self._any(db, team, batch):
                found |= {one: count for one in batch if (count := self._count(db, team, one))}
        if found:
            return self._printed(db, team, max(found, key=lambda one: (found[one], -near.index(one))))
        if len(word) < TWO_SLIPS:
            return None
        by_length = self._by_length(named)
        likely = difflib.get_close_matches(word, [form for off in (0, -1, 1) for form in by_length.get(len(word) + off, ())], 1, NEAR)
        return self._printed(db, team, likely[0]) if likely and self._any(db, team, likely) else None

    def _by_length(self, named: Mapping[str, Issue]) -> dict[int, list[str]]:
        """The words of issues' names by their length; read anew when the names have changed."""
        if self._read[0] is not named:
            words: dict[int, list[str]] = {}
            for form in sorted({part for name in named for part in name.split()}):
                words.setdefault(len(form), []).append(form)
            self._read = named, words
        return self._read[1]

    def _count(self, db: sqlite3.Connection, team: str | None, word: str) -> int:
        sql = f"SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT {COUNTED})"
        count: int = db.execute(sql, [of_team(team, quoted(word))]).fetchone()[0]
        return count

    def _printed(self, db: sqlite3.Connection, team: str | None, word: str) -> str:
        """The word as a piece prints it: the index knows only its stem."""
        row = db.execute(
            "SELECT highlight(search, 0, char(2), char(3)), highlight(search, 3, char(2), char(3)) FROM search WHERE search MATCH ? LIMIT 1",
            [of_team(team, quoted(word))],
        ).fetchone()
        printed = [part.split("\x03", 1)[0].casefold() for text in row or () for part in str(text).split("\x02")[1:]]
        return word if word in printed or not printed else printed[0]


def slips(word: str) -> list[str]:
    """Words one slip away: two letters swapped ("Lybia": also across a third), one too many, one missing, one wrong; the likeliest slips first."""
    splits = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    letters = string.ascii_lowercase
    swapped = [head + tail[1] + tail[0] + tail[2:] for head, tail in splits if len(tail) > 1]
    across = [head + tail[2] + tail[1] + tail[0] + tail[3:] for head, tail in splits if len(tail) > 2]
    fewer = [head + tail[1:] for head, tail in splits if tail]
    more = [head + letter + tail for head, tail in splits for letter in letters]
    other = [head + letter + tail[1:] for head, tail in splits if tail for letter in letters]
    return [one for one in dict.fromkeys([*swapped, *across, *fewer, *more, *other]) if one != word]
