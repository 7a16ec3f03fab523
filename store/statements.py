"""The shelf of statements and of the sentences that carry a piece."""

from __future__ import annotations

import sqlite3
from typing import Any

from bot.models import Line, StatementKind, Voice
from bot.records import Filters, KeyLines, Page
from store.connections import Connections
from store.rows import DATED, LINE_COLUMNS, STATEMENT_COLUMNS, line, marks, pieces_of

COUNT_LIMIT = 2_000
"""Statements counted for a total; beyond it a total says "this many at least" and stays quick."""

STRONGEST_OF = 500
"""The strongest statements on an issue are sought among its newest: sorting all of a busy issue's would grow with the library."""

WITH_TEXT = (
    "JOIN sentences AS s ON s.article = v.article AND s.position = v.sentence JOIN texts AS t ON t.article = v.article"
)


class Statements:
    """Statements as lines: verbatim, with everything needed to cite them."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def lines(
        self,
        team: str,
        *,
        author: int | None = None,
        source: int | None = None,
        issue: str | None = None,
        piece: int | None = None,
        voice: Voice | None = None,
        kinds: tuple[StatementKind, ...] = (),
        filters: Filters | None = None,
        order: str = "newest",
        limit: int = 50,
        offset: int = 0,
        total: bool = True,
    ) -> Page[Line]:
        """Statements in pieces by ``author``, attributed to ``source`` (ids of people), on ``issue`` (a slug), of ``piece``.

        ``order``: "newest" (latest published first), "strongest" (on an issue: of its newest), or "text" (as they stand in
        the piece). The total is counted up to ``COUNT_LIMIT``, or, to save 2 ms on a busy issue, left at what was read.
        """
        if author is not None and order == "newest" and not total:
            found = self._newest_of(team, author, issue, voice, kinds, filters or Filters(), limit, offset)
            if found is not None:
                return found
        tables, conditions, values, day = self._narrow(team, author, source, issue, piece, voice, kinds, filters or Filters())
        ordering = {
            "newest": f"{day} DESC, v.article DESC, v.strength DESC, v.position",
            "strongest": f"v.strength DESC, {day} DESC, v.id",
            "text": "v.article, v.position",
        }[order]
        chosen = f"FROM {tables} WHERE {conditions}"
        with self._connections.reading() as db:
            among = chosen
            if order == "strongest" and issue is not None:
                newest = f"SELECT v.id {chosen} ORDER BY {day} DESC, i.statement DESC LIMIT {max(STRONGEST_OF, offset + limit)}"
                among, ordering = f"FROM statements AS v WHERE v.id IN ({newest})", "v.strength DESC, v.day DESC, v.id"
            ids = db.execute(f"SELECT v.id {among} ORDER BY {ordering} LIMIT ? OFFSET ?", [*values, limit, offset]).fetchall()
            count = f"SELECT count(*) FROM (SELECT 1 {chosen} LIMIT {COUNT_LIMIT})"
            held = db.execute(count, values).fetchone()[0] if total else offset + len(ids)
            return Page(self._load(db, [row["id"] for row in ids]), held, offset)

    def _newest_of(
        self,
        team: str,
        author: int,
        issue: str | None,
        voice: Voice | None,
        kinds: tuple[StatementKind, ...],
        filters: Filters,
        limit: int,
        offset: int,
    ) -> Page[Line] | None:
        """The newest lines of an author out of as many of the newest pieces; None where these have too few.

        Going through all 25,000 statements of somebody with 2,500 pieces took 40 ms.
        """
        filed = "CROSS JOIN issue_links AS l ON l.article = b.article AND l.issue = ?" if issue is not None else ""
        newest = f"SELECT b.article FROM bylines AS b {filed} WHERE b.person = ? ORDER BY b.day DESC, b.article DESC LIMIT ?"
        within = [*([issue] if issue is not None else []), author, offset + limit]
        tables, conditions, values, day = self._narrow(team, None, None, None, None, voice, kinds, filters)
        on = "AND EXISTS (SELECT 1 FROM statement_issues AS i WHERE i.statement = v.id AND i.issue = ?)" if issue is not None else ""
        with self._connections.reading() as db:
            pieces = [row["article"] for row in db.execute(newest, within)]
            ids = db.execute(
                f"SELECT v.id FROM {tables} WHERE {conditions.replace('v.team', '+v.team')} AND v.article IN ({marks(pieces)}) {on} "
                f"ORDER BY {day} DESC, v.article DESC, v.strength DESC, v.position LIMIT ? OFFSET ?",
                [*values, *pieces, *([issue] if issue is not None else []), limit, offset],
            ).fetchall()
            if len(ids) < limit and len(pieces) == offset + limit:
                return None
            return Page(self._load(db, [row["id"] for row in ids]), offset + len(ids), offset)

    def key_lines(self, team: str, piece: int) -> KeyLines:
        """The thesis and the key points of a piece; with the sentence before where one does not stand alone."""
        with self._connections.reading() as db:
            rows = db.execute(
                f"SELECT {LINE_COLUMNS}, s.thesis, s.point FROM sentences AS s JOIN texts AS t ON t.article = s.article "
                "WHERE s.article = ? AND s.team = ? AND (s.thesis IS NOT NULL OR s.point IS NOT NULL)",
                [piece, team],
            ).fetchall()
            of = pieces_of(db, [piece])
        thesis = sorted((row for row in rows if row["thesis"] is not None), key=lambda row: row["thesis"])
        points = sorted((row for row in rows if row["thesis"] is None), key=lambda row: row["point"])
        return KeyLines(tuple(line(row, of[piece]) for row in thesis), tuple(line(row, of[piece]) for row in points))

    def sentences(self, team: str, piece: int) -> tuple[Line, ...]:
        """Every sentence of a piece in order."""
        with self._connections.reading() as db:
            rows = db.execute(
                f"SELECT {LINE_COLUMNS} FROM sentences AS s JOIN texts AS t ON t.article = s.article "
                "WHERE s.article = ? AND s.team = ? ORDER BY s.position",
                [piece, team],
            ).fetchall()
            of = pieces_of(db, [piece])
        return tuple(line(row, of[piece]) for row in rows)

    def on_issue(self, team: str, piece: int, issue: str, limit: int = 3) -> tuple[Line, ...]:
        """The sentences for which a piece is filed under an issue, most salient first."""
        with self._connections.reading() as db:
            rows = db.execute(
                f"SELECT {LINE_COLUMNS} FROM issue_links AS i, json_each(i.sentences) AS j "
                "JOIN sentences AS s ON s.article = i.article AND s.position = j.value JOIN texts AS t ON t.article = s.article "
                "WHERE i.article = ? AND i.issue = ? AND i.team = ? ORDER BY s.salience DESC, s.position LIMIT ?",
                [piece, issue, team, limit],
            ).fetchall()
            of = pieces_of(db, [piece])
        return tuple(line(row, of[piece]) for row in rows)

    def sources(self, team: str, piece: int) -> tuple[tuple[str, int | None, int], ...]:
        """Who is quoted in a piece: (as the piece resolves the name, id of the person if one, number of statements), most first."""
        with self._connections.reading() as db:
            rows = db.execute(
                "SELECT source_text, person, count(*) AS said, min(position) AS first FROM statements "
                "WHERE article = ? AND team = ? AND voice = 'attributed' AND source_text IS NOT NULL "
                "GROUP BY coalesce(person, source_text COLLATE NOCASE) ORDER BY said DESC, first",
                [piece, team],
            )
            return tuple((row["source_text"], row["person"], row["said"]) for row in rows)

    def by_id(self, team: str, id: int) -> Line | None:
        """One statement."""
        with self._connections.reading() as db:
            found = self._load(db, [id], team)
        return found[0] if found else None

    def _narrow(
        self,
        team: str,
        author: int | None,
        source: int | None,
        issue: str | None,
        piece: int | None,
        voice: Voice | None,
        kinds: tuple[StatementKind, ...],
        filters: Filters,
    ) -> tuple[str, str, list[Any], str]:
        """Tables, conditions, values, and the column to sort days by: the one that an index of the most selective table holds."""
        tables, conditions, values = "statements AS v", ["v.team = ?"], [team]
        arguments: list[Any] = [*values]
        day = "v.day"
        if issue is not None:
            if author is not None or filters.authors or piece is not None:  # somebody's pieces are fewer than an issue's
                tables = "statements AS v CROSS JOIN statement_issues AS i ON i.statement = v.id"
            else:
                tables, day = "statement_issues AS i CROSS JOIN statements AS v ON v.id = i.statement", "i.day"
            conditions += ["i.team = ?", "i.issue = ?"]
            arguments += [team, issue]
            if voice is not None:
                conditions.append("i.voice = ?")
                arguments.append(voice.value)
        if author is not None:
            conditions.append("v.article IN (SELECT article FROM bylines WHERE person = ?)")
            arguments.append(author)
        if source is not None:
            conditions.append("v.person = ?")
            arguments.append(source)
        if piece is not None:
            conditions.append("v.article = ?")
            arguments.append(piece)
        if voice is not None:
            conditions.append("v.voice = ?")
            arguments.append(voice.value)
        if kinds:
            conditions.append(f"v.kind IN ({marks(kinds)})")
            arguments += [kind.value for kind in kinds]
        if filters.authors:
            conditions.append(f"v.article IN (SELECT article FROM bylines WHERE person IN ({marks(filters.authors)}))")
            arguments += filters.authors
        if filters.issues:
            conditions.append(f"v.id IN (SELECT statement FROM statement_issues WHERE team = ? AND issue IN ({marks(filters.issues)}))")
            arguments += [team, *filters.issues]
        if filters.outlets:
            conditions.append(f"v.article IN (SELECT id FROM articles WHERE team = ? AND outlet COLLATE NOCASE IN ({marks(filters.outlets)}))")
            arguments += [team, *filters.outlets]
        if filters.since:
            conditions.append(f"{day} >= ? AND {DATED.format(day)}")
            arguments.append(filters.since.isoformat())
        if filters.until:
            conditions.append(f"{day} <= ? AND {DATED.format(day)}")
            arguments.append(filters.until.isoformat())
        return tables, " AND ".join(conditions), arguments, day

    def _load(self, db: sqlite3.Connection, ids: list[int], team: str | None = None) -> tuple[Line, ...]:
        if not ids:
            return ()
        rows = db.execute(
            f"SELECT v.team, {LINE_COLUMNS}, {STATEMENT_COLUMNS} FROM statements AS v {WITH_TEXT} WHERE v.id IN ({marks(ids)})",
            ids,
        ).fetchall()
        by_id = {row["statement"]: row for row in rows if team is None or row["team"] == team}
        pieces = pieces_of(db, {row["article"] for row in by_id.values()})
        return tuple(line(by_id[id_], pieces[by_id[id_]["article"]]) for id_ in ids if id_ in by_id)
