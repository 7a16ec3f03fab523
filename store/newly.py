"""The shelf of what is new: pieces of a stretch of ids, light enough to hold ten thousand, and the lines that a digest quotes of them."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from datetime import datetime

from bot.models import POSITIONS, Line, PieceKind
from bot.records import Fresh, News
from store.connections import Connections, stored_time, time_of
from store.rows import LINE_COLUMNS, STATEMENT_COLUMNS, line, marks, pieces_of

KINDS = tuple(kind.value for kind in POSITIONS)

_LINES = (
    f"SELECT {LINE_COLUMNS}, {STATEMENT_COLUMNS} FROM statements AS v "
    "JOIN sentences AS s ON s.article = v.article AND s.position = v.sentence JOIN texts AS t ON t.article = v.article "
)
_ON_ISSUE = (
    "SELECT v.id FROM statement_issues AS i JOIN statements AS v ON v.id = i.statement "
    f"WHERE i.team = ? AND i.issue = ? AND i.voice = 'own' AND v.kind IN ({marks(KINDS)})"
)


class Newly:
    """What was added after a piece, up to and with another."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def boundary(self, team: str, before: datetime) -> int:
        """The last piece (its id) that was added up to then; 0 when there is none."""
        with self._connections.reading() as db:
            row = db.execute(
                "SELECT id FROM articles WHERE team = ? AND added_at <= ? ORDER BY id DESC LIMIT 1", [team, stored_time(before)]
            ).fetchone()
            return row["id"] if row else 0

    def newest(self, team: str) -> int:
        """The last piece that was added; 0 when there is none."""
        with self._connections.reading() as db:
            newest: int | None = db.execute("SELECT max(id) FROM articles WHERE team = ?", [team]).fetchone()[0]
            return newest or 0

    def added(self, team: str, after: int, upto: int) -> News:
        """Pieces with ``after`` < id <= ``upto``: a handful of statements, whatever their number."""
        within = [team, after, upto]
        with self._connections.reading() as db:
            authors: dict[int, list[tuple[int, str]]] = defaultdict(list)
            for row in db.execute(
                "SELECT b.article, b.person, p.name FROM bylines AS b JOIN people AS p ON p.id = b.person "
                "WHERE b.team = ? AND b.article > ? AND b.article <= ? ORDER BY b.article, b.position",
                within,
            ):
                authors[row["article"]].append((row["person"], row["name"]))
            issues: dict[int, list[tuple[str, float, bool]]] = defaultdict(list)
            for row in db.execute(
                "SELECT article, issue, score, main FROM issue_links WHERE team = ? AND article > ? AND article <= ? "
                "ORDER BY article, main DESC, score DESC, issue",
                within,
            ):
                issues[row["article"]].append((row["issue"], row["score"], bool(row["main"])))
            strengths = db.execute(
                "SELECT article, max(strength) FROM statements WHERE article > ? AND article <= ? AND team = ? AND voice = 'own' GROUP BY article",
                [after, upto, team],
            )
            strongest: dict[int, float] = dict(tuple(row) for row in strengths)
            rows = db.execute(
                "SELECT id, added_at, outlet, kind, partial FROM articles WHERE team = ? AND id > ? AND id <= ? ORDER BY id", within
            ).fetchall()
            first = self._first(db, {person for listed in authors.values() for person, _ in listed})
        return News(tuple(_fresh(row, authors, issues, strongest) for row in rows), first)

    def positions(self, team: str, issue: str, after: int, upto: int, limit: int = 60) -> tuple[Line, ...]:
        """The authors' own positions on an issue in pieces of that stretch, strongest first."""
        chosen = f"{_ON_ISSUE} AND v.article > ? AND v.article <= ? ORDER BY v.strength DESC, v.id LIMIT ?"
        return self._lines(chosen, [team, issue, *KINDS, after, upto, limit])

    def before(self, team: str, author: int, issue: str, upto: int) -> Line | None:
        """What an author last held on an issue, in the pieces up to that one: the strongest statement of the latest of them."""
        chosen = (  # from the author's pieces, which are few, to their statements on the issue, which has thousands
            "SELECT v.id FROM bylines AS b CROSS JOIN statements AS v ON v.article = b.article "
            "CROSS JOIN statement_issues AS i ON i.statement = v.id AND i.issue = ? "
            f"WHERE b.person = ? AND b.team = ? AND b.article <= ? AND v.voice = 'own' AND v.kind IN ({marks(KINDS)}) "
            "ORDER BY b.day DESC, v.strength DESC, v.id LIMIT 1"
        )
        found = self._lines(chosen, [issue, author, team, upto, *KINDS])
        return found[0] if found else None

    def _lines(self, chosen: str, values: list[object]) -> tuple[Line, ...]:
        with self._connections.reading() as db:
            rows = db.execute(f"{_LINES} WHERE v.id IN ({chosen}) ORDER BY v.strength DESC, v.id", values).fetchall()
            pieces = pieces_of(db, {row["article"] for row in rows})
        return tuple(line(row, pieces[row["article"]]) for row in rows if row["article"] in pieces)

    def _first(self, db: sqlite3.Connection, people: set[int]) -> dict[int, int]:
        listed = json.dumps(sorted(people))
        rows = db.execute("SELECT person, min(article) FROM bylines WHERE person IN (SELECT value FROM json_each(?)) GROUP BY person", [listed])
        return dict(tuple(row) for row in rows)


def _fresh(
    row: sqlite3.Row,
    authors: dict[int, list[tuple[int, str]]],
    issues: dict[int, list[tuple[str, float, bool]]],
    strongest: dict[int, float],
) -> Fresh:
    added_at = time_of(row["added_at"])
    assert added_at is not None
    return Fresh(
        id=row["id"],
        added_at=added_at,
        outlet=row["outlet"],
        authors=tuple(authors.get(row["id"], ())),
        issues=tuple(issues.get(row["id"], ())),
        opinion=row["kind"] not in (PieceKind.NEWS, PieceKind.INTERVIEW),
        partial=bool(row["partial"]),
        strength=strongest.get(row["id"], 0.0),
    )
