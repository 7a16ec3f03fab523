"""Full-text search over title, standfirst, byline and body."""

from __future__ import annotations

import sqlite3
from typing import Any

from bot.records import Filters, Found, Hit
from store.connections import Connections
from store.rows import pieces_of, where
from store.words import of_team, quoted, words_in

COUNT_LIMIT = 10_000
"""Matches that are ranked in full. bm25 costs 2 us a match whatever the table's size, so a common word in a million pieces took 750 ms."""

NEWEST_RANKED = 2_000
"""With more matches, the newest of them are ranked: 12 ms at a million pieces."""

WEIGHTS = "8.0, 4.0, 3.0, 1.0, 0.0"
"""bm25's weights of title, standfirst, byline, body; the team's column only restricts."""

SNIPPET_WORDS = 24
"""Words of a snippet: two lines in Slack."""


class Search:
    """Search by words, within filters."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def find(
        self, team: str, words: str, filters: Filters | None = None, newest_first: bool = False, limit: int = 10, offset: int = 0
    ) -> Found:
        """Pieces with all of the words; with some of them, and ``relaxed``, when none has all. Typed text is never an error."""
        asked = words_in(words)
        if not asked:
            return Found((), 0)
        with self._connections.reading() as db:
            for joined, relaxed in ((" AND ", False), (" OR ", True)):
                match = of_team(team, joined.join(quoted(word) for word in asked))
                found = self._ranked(db, team, match, filters, newest_first, limit, offset)
                if found.total:
                    return Found(found.hits, found.total, found.bounded, relaxed=relaxed)
        return Found((), 0)

    def _ranked(
        self, db: sqlite3.Connection, team: str, match: str, filters: Filters | None, newest_first: bool, limit: int, offset: int
    ) -> Found:
        condition, values = where(team, filters)
        narrowed = "" if filters in (None, Filters()) else f"AND rowid IN (SELECT a.id FROM articles AS a WHERE {condition})"
        arguments: list[Any] = [match, *(values if narrowed else [])]
        matching = f"FROM search WHERE search MATCH ? {narrowed}"
        total = db.execute(f"SELECT count(*) FROM (SELECT 1 {matching} LIMIT {COUNT_LIMIT + 1})", arguments).fetchone()[0]
        if not total:
            return Found((), 0)
        bounded = total > COUNT_LIMIT
        snippet = f"snippet(search, 3, char(2), char(3), ' … ', {SNIPPET_WORDS})"
        if newest_first:
            chosen, ordering = matching, "ORDER BY rowid DESC"
        else:
            newest = f"AND rowid >= (SELECT min(rowid) FROM (SELECT rowid {matching} ORDER BY rowid DESC LIMIT {NEWEST_RANKED}))"
            chosen, ordering = (f"{matching} {newest}", "ORDER BY score") if bounded else (matching, "ORDER BY score")
            arguments = [*arguments, *arguments] if bounded else arguments
        rows = db.execute(
            f"SELECT rowid AS id, bm25(search, {WEIGHTS}) AS score {chosen} {ordering} LIMIT ? OFFSET ?",
            [*arguments, limit, offset],
        ).fetchall()
        pieces = pieces_of(db, [row["id"] for row in rows])
        hits = []
        for row in rows:
            text = db.execute(f"SELECT {snippet} FROM search WHERE search MATCH ? AND rowid = ?", [match, row["id"]]).fetchone()[0]
            hits.append(Hit(pieces[row["id"]], text, -row["score"]))
        return Found(tuple(hits), min(total, COUNT_LIMIT), bounded)
