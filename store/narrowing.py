"""Pieces that match words within filters: found once for a search, from the smaller side, and counted and ranked from that list.

An author's or outlet's pieces are looked at one by one, or a rare word's are gone through; where both are many, only the newest matches are.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from bot.records import Filters
from store.rows import marks, where

SELECTIVE = 3_000
"""Pieces within the filters up to which they are known one by one."""

LOOKED_AT = 40
"""Matches that are gone through in the time in which the index is asked about one piece: 0.5 us and 20."""

WALKED = 20_000
"""Newest matches that are gone through for filters that many pieces pass: 2 us each."""

SAMPLED = 1_000
"""Newest matches from which it is reckoned how many there are: 0.13 ms."""


def reckoned(db: sqlite3.Connection, match: str, last: int) -> float:
    """About how many pieces match, from how densely the newest do; 0 for fewer than are sampled. ``last``: the newest piece."""
    sql = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?"
    nth = db.execute(sql, [match, SAMPLED - 1]).fetchone()
    return SAMPLED * last / (last - nth[0] + 1) if nth else 0.0


class Narrowing:
    """What passes one search's filters."""

    def __init__(self, db: sqlite3.Connection, team: str, filters: Filters, most: int) -> None:
        """``most``: matches that are wanted at most."""
        self._db = db
        self._most = most
        self._condition, self._values = where(team, filters)
        self._last: int = db.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()[0]
        rows = db.execute(f"SELECT a.id FROM articles AS a WHERE {self._condition} LIMIT {SELECTIVE + 1}", self._values).fetchall()
        self._pieces = [row["id"] for row in rows] if len(rows) <= SELECTIVE else None
        self._each, self._each_of = _each(team, filters)

    def matched(self, match: str) -> tuple[list[int], bool]:
        """Ids of the pieces that match, newest first, and whether older ones were left aside."""
        many = reckoned(self._db, match, self._last)
        if self._pieces is None:
            newest = f"SELECT rowid AS id FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT {WALKED}"
            sql = f"SELECT m.id FROM ({newest}) AS m CROSS JOIN articles AS a ON a.id = m.id WHERE {self._each} LIMIT ?"
            return [row["id"] for row in self._db.execute(sql, [match, *self._each_of, self._most])], many > WALKED
        if not self._pieces:
            return [], False
        if many <= LOOKED_AT * len(self._pieces):
            within = set(self._pieces)
            rows = self._db.execute(
                "SELECT rowid FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ?", [match, min(self._pieces), max(self._pieces)]
            )
            found = [row[0] for row in rows if row[0] in within]
        else:
            sql = f"SELECT a.id FROM articles AS a CROSS JOIN search ON search.rowid = a.id WHERE a.id IN ({marks(self._pieces)}) AND search MATCH ?"
            found = [row["id"] for row in self._db.execute(sql, [*self._pieces, match])]
        return sorted(found, reverse=True)[: self._most], False


def _each(team: str, filters: Filters) -> tuple[str, list[Any]]:
    """The filters as conditions on one piece (``articles AS a``), which are asked of each match."""
    condition, values = where(team, Filters(outlets=filters.outlets, since=filters.since, until=filters.until))
    for table, column, wanted in (("bylines", "person", filters.authors), ("issue_links", "issue", filters.issues)):
        if wanted:
            condition += f" AND EXISTS (SELECT 1 FROM {table} AS x WHERE x.article = a.id AND x.{column} IN ({marks(wanted)}))"
            values += wanted
    return condition, values
