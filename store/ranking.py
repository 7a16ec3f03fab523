"""The order of what matches: by words, by other names of an issue, and by likeness to the first ones.

bm25 costs 2 us for each piece ranked, and 42 ns for each piece of the library that has one of the words, ranked or not: it counts them for every
query. So only the newest of very many matches are ranked, and words of very many pieces are weighed without it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from math import log
from typing import Any

from store.likeness import by_likeness
from store.narrowing import SAMPLED, reckoned
from store.rows import marks
from store.words import of_team

NEWEST_RANKED = 800
"""With more matches, the newest of them are ranked; fewer where more than three things are looked for. A single word, too, is ranked among
so many: how often it stands in a piece tells little more than how new the piece is."""

CANDIDATES = 50
"""Best by words, ranked again by likeness: 0.8 ms; with 100 to 400 of them the development topics score the same."""

COLUMNS = {"title": 24.0, "standfirst": 6.0, "byline": 8.0, "body": 1.0, "team": 0.0}
"""bm25's weights; the team's column only restricts. By words alone nDCG@10 on the development topics is 59.3 with 1 for the title, 67.6 with 8,
68.9 with 24."""

WEIGHTS = ", ".join(map(str, COLUMNS.values()))

SATURATION = 1.2
"""bm25's k1: how soon another mention counts no more; FTS5's own."""

OTHER_NAME = 0.6
"""What a piece is worth that names an issue otherwise than it was typed."""

EVERYWHERE = 100_000
"""Pieces with the words looked for, added up, from which bm25 would count for more than 4 ms. A word of so many pieces is in the titles of those
that are about it; how often it stands in the rest tells little."""

EVERYWHERE_UNBOUNDED = 4 * EVERYWHERE
"""The same where all that match are ranked, and how often a rarer word stands in them tells more: 17 ms."""


class Sought:
    """A query as FTS5 expressions: one for each thing looked for, and the same with an issue's other names."""

    def __init__(self, groups: Sequence[str], renamed: Sequence[str], excluded: str, team: str | None) -> None:
        self.groups = groups
        self.renamed = renamed
        self._excluded = excluded
        self._team = team
        # a piece under another name counts as one with all of the words
        other = f" OR ({' AND '.join(renamed)})" if renamed else ""
        self.all = self.only(f"({' AND '.join(groups)}){other}")
        self.any = self.only(f"{' OR '.join(groups)}{other}")

    def only(self, expression: str) -> str:
        """The expression within the workspace's pieces, without what was excluded."""
        return of_team(self._team, expression) + self._excluded


class Ranking:
    """The order of one query's matches."""

    def __init__(
        self,
        db: sqlite3.Connection,
        sought: Sought,
        few: bool,
        bounded: bool,
        ids: Sequence[int] | None = None,
        having_all: Sequence[int] | None = None,
    ) -> None:
        """``few``: those that have some of what is looked for follow those that have all; ``bounded``: only the newest matches are ranked.

        ``ids``, ``having_all``: what matches within filters, newest first, and what of it has all; None for a search without.
        """
        self._db = db
        self._sought = sought
        self._few = few
        self._newest = NEWEST_RANKED * 3 // max(3, len(sought.groups)) if bounded else None
        self._among = ids
        self._first = having_all
        self._spread = self._spreads()
        self._by_column = sum(self._spread.values()) > (EVERYWHERE if bounded or ids is not None else EVERYWHERE_UNBOUNDED)

    def best(self, deep: int) -> list[tuple[int, float]]:
        """Ids with their scores, best first; ``deep``: how many are wanted."""
        deep = max(CANDIDATES, deep)
        best = self._best(" OR " if self._few else " AND ", self._newest, deep)
        if self._few and self._newest is not None:  # older ones that have everything are not among the newest that have something
            for id_, score in self._best(" AND ", None, deep).items():
                best.setdefault(id_, score)
        order = sorted(best.items(), key=lambda entry: (-entry[1], -entry[0]))
        vectors = self._vectors([id_ for id_, _ in order[:CANDIDATES]])
        again = by_likeness([(id_, score, vectors.get(id_)) for id_, score in order[:CANDIDATES]]) + order[CANDIDATES:]
        if self._few:
            first = set(self._ids(self._sought.all) if self._first is None else self._first)
            again.sort(key=lambda entry: entry[0] not in first)
        return again

    def _best(self, joined: str, newest: int | None, deep: int) -> dict[int, float]:
        weigh = self._by_words if not self._by_column else self._by_columns if self._among is None else self._by_headlines
        best = weigh(self._sought.groups, joined, newest, deep)
        if self._sought.renamed:
            for id_, score in weigh(self._sought.renamed, " AND ", newest, deep).items():
                best[id_] = max(best.get(id_, 0.0), OTHER_NAME * score)
        return best

    def _by_words(self, groups: Sequence[str], joined: str, newest: int | None, deep: int) -> dict[int, float]:
        """bm25 of the best, 1 for the first."""
        source, values = self._within(self._sought.only(joined.join(groups)), self._oldest(groups, joined, newest))
        sql = f"SELECT search.rowid AS id, -bm25(search, {WEIGHTS}) AS score {source} ORDER BY score DESC LIMIT ?"
        found = {row["id"]: row["score"] for row in self._db.execute(sql, [*values, deep])}
        highest = max(found.values(), default=0.0)
        return {id_: score / highest if highest > 0 else 0.0 for id_, score in found.items()}

    def _by_columns(self, groups: Sequence[str], joined: str, newest: int | None, deep: int) -> dict[int, float]:
        """The same by the columns that each thing stands in, however often; of equals the newest."""
        oldest = self._oldest(groups, joined, newest)
        match = self._sought.only(joined.join(groups))
        ids = self._ids(match, oldest)
        scores = dict.fromkeys(ids, 0.0)
        for group in groups:
            stands = dict.fromkeys(ids, COLUMNS["body"]) if joined == " AND " else {}
            for column, weight in COLUMNS.items():
                if weight > COLUMNS["body"] or (weight and not stands):
                    for id_ in self._ids(f"({match}) AND {{{column}}} : {group}", oldest):
                        stands[id_] = stands.get(id_, 0.0) + weight
            rarity = log(1 + self._last / max(SAMPLED, self._spread.get(group, 0.0)))
            for id_, weight in stands.items():
                scores[id_] += rarity * weight / (weight + SATURATION)
        best = sorted(scores, key=lambda id_: (-scores[id_], -id_))[:deep]
        return {id_: scores[id_] / scores[best[0]] for id_ in best}

    def _by_headlines(self, groups: Sequence[str], joined: str, newest: int | None, deep: int) -> dict[int, float]:
        """The same within filters: by the words in title, standfirst and byline, which are read sooner than the index is asked about each piece."""
        of = self._first if joined == " AND " and self._first is not None else self._among
        ids = list(of or ())[: newest or NEWEST_RANKED]
        columns = [column for column, weight in COLUMNS.items() if weight > COLUMNS["body"]]
        rows = self._db.execute(f"SELECT article, {', '.join(columns)} FROM texts WHERE article IN ({marks(ids)})", ids).fetchall()
        scores = {}
        for row in rows:
            printed = {column: row[column].casefold() for column in columns}
            scores[row["article"]] = 0.0
            for group in groups:
                words = [word.casefold() for word in group.split('"')[1::2]]
                weight = COLUMNS["body"] + sum(COLUMNS[column] for column in columns if any(word in printed[column] for word in words))
                scores[row["article"]] += log(1 + self._last / max(SAMPLED, self._spread.get(group, 0.0))) * weight / (weight + SATURATION)
        best = sorted(scores, key=lambda id_: (-scores[id_], -id_))[:deep]
        return {id_: scores[id_] / scores[best[0]] for id_ in best}

    def _spreads(self) -> dict[str, float]:
        """About how many pieces have each thing looked for, from how densely it stands in the newest; empty where it cannot be very many."""
        self._last: int = self._db.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()[0]
        if self._last <= EVERYWHERE:
            return {}
        return {group: reckoned(self._db, group, self._last) for group in self._sought.groups}

    def _oldest(self, groups: Sequence[str], joined: str, newest: int | None) -> int:
        """The oldest piece that is ranked."""
        if newest is None:
            return 0
        if self._among is not None:
            return self._among[newest - 1] if len(self._among) >= newest else 0
        source, values = self._matching(self._sought.only(joined.join(groups)))
        row = self._db.execute(f"SELECT search.rowid {source} ORDER BY search.rowid DESC LIMIT 1 OFFSET {newest - 1}", values).fetchone()
        return row[0] if row else 0

    def _matching(self, match: str) -> tuple[str, list[Any]]:
        """The FROM and WHERE of what matches, with their values: one walk, for each start of one lets bm25 count all pieces anew."""
        if self._among is None:
            return "FROM search WHERE search MATCH ?", [match]
        between = "search.rowid BETWEEN ? AND ?" if self._among else "0"
        source = f"FROM search WHERE search MATCH ? AND {between} AND +search.rowid IN ({marks(self._among)})"
        return source, [match, *((min(self._among), max(self._among)) if self._among else ()), *self._among]

    def _within(self, match: str, oldest: int) -> tuple[str, list[Any]]:
        source, values = self._matching(match)
        return (f"{source} AND search.rowid >= ?", [*values, oldest]) if oldest else (source, values)

    def _ids(self, match: str, oldest: int = 0) -> list[int]:
        source, values = self._within(match, oldest)
        return [row[0] for row in self._db.execute(f"SELECT search.rowid {source}", values)]

    def _vectors(self, ids: Sequence[int]) -> dict[int, bytes]:
        rows = self._db.execute(f"SELECT article, vector FROM meanings WHERE article IN ({marks(ids)})", ids)
        return {row["article"]: row["vector"] for row in rows}
