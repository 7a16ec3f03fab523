"""Did you mean: words that no piece has, and the words of the library that are spelled like them."""

from __future__ import annotations

import difflib
import sqlite3

from bot.records import Query
from store.connections import Connections
from store.words import EMPTY, quoted, words_in

NEAR = 0.75
"""Similarity (difflib's ratio) from which a word is offered: one wrong letter in four, a swap in eight."""

MOST_WORDS = 2
"""Misspelt words of one query that are looked up; each reads the part of the vocabulary with the same first two letters, and where these
stand in the pieces: about 5 ms at 10,000 pieces."""

MOST_TERMS = 5_000
"""Terms of the vocabulary that are compared for one word."""


class Spelling:
    """Corrections from the library's own words."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def correct(self, db: sqlite3.Connection, query: Query) -> str | None:
        """The query with each word that no piece has replaced by the nearest that some has; None when nothing is near."""
        corrected = query.text
        changed = 0
        for group in query.all:
            for word in (word for term in group for word in words_in(term.text)):
                if changed >= MOST_WORDS or len(word) < 4 or word.casefold() in EMPTY or word not in corrected or self._known(db, word):
                    continue
                changed += 1
                if (nearest := self._nearest(db, word.casefold())) is not None:
                    corrected = corrected.replace(word, nearest)
        return corrected if corrected != query.text else None

    def _known(self, db: sqlite3.Connection, word: str) -> bool:
        return db.execute("SELECT 1 FROM search WHERE search MATCH ? LIMIT 1", [quoted(word)]).fetchone() is not None

    def _nearest(self, db: sqlite3.Connection, word: str) -> str | None:
        """A word as pieces print it, by way of its stem; the more frequent of two equally near."""
        first = word[:2]
        rows = db.execute(
            "SELECT term, doc FROM vocabulary WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ? LIMIT ?",
            [first, first[0] + chr(min(ord(first[1]) + 1, 0x10FFFF)), max(3, len(word) - 4), len(word) + 1, MOST_TERMS],
        )
        matcher = difflib.SequenceMatcher(b=word, autojunk=False)
        best: tuple[float, int, str] | None = None
        letters = set(word)
        for row in rows:
            term = row["term"]
            if len(letters.symmetric_difference(term)) > 4:
                continue
            matcher.set_seq1(term)
            if matcher.quick_ratio() < NEAR:
                continue
            # a stem lacks its ending: compare it with as much of the word too
            likeness = max(matcher.ratio(), difflib.SequenceMatcher(None, term, word[: len(term)]).ratio() - 0.02)
            if likeness >= NEAR and (best is None or (likeness, row["doc"]) > best[:2]):
                best = likeness, row["doc"], term
        return None if best is None else self._printed(db, best[2])

    def _printed(self, db: sqlite3.Connection, stem: str) -> str:
        """The word as some piece prints it."""
        row = db.execute(
            "SELECT highlight(search, 0, char(2), char(3)), highlight(search, 3, char(2), char(3)) FROM search WHERE search MATCH ? LIMIT 1",
            [quoted(stem)],
        ).fetchone()
        for text in row or ():
            if text and "\x02" in text:
                return str(text).split("\x02", 1)[1].split("\x03", 1)[0].casefold()
        return stem
