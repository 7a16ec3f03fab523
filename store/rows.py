"""Rows to the types that travel, and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any, TypeVar

from bot.models import Basis, Fact, Line, Piece, PieceKind, Stance, StatementKind, Voice
from bot.records import Filters
from store.connections import time_of

T = TypeVar("T")

PIECE_COLUMNS = (
    "a.id, a.title, a.authors, a.outlet, a.published, a.url, a.standfirst, a.kind, a.bases, a.words, a.partial, a.added_at"
)
"""What ``piece()`` needs, from ``articles AS a``."""

Spans = list[list[int]]

DATED = "length({}) = 10"
"""Whether a ``day`` column holds a stated date; see ``listed_day``."""


def listed_day(published: str | None, added_at: str) -> str:
    """Where a piece stands among others by date: its day of publication, or, when that is not stated, the day it was added with a ``~`` behind.

    The mark sorts behind the plain day and keeps a day of adding from being counted or shown as a date of publication.
    """
    return published or f"{added_at[:10]}~"


def fact(value: T | None, basis: list[str] | None) -> Fact[T]:
    """A fact from its stored value and its [basis, evidence]."""
    if basis is None:
        return Fact(value, Basis.UNKNOWN)
    return Fact(value, Basis(basis[0]), basis[1])


def piece(row: sqlite3.Row) -> Piece:
    """A piece from a row of ``PIECE_COLUMNS``."""
    bases = _bases(row["bases"])
    authors = tuple(json.loads(row["authors"])) or None
    published = date.fromisoformat(row["published"]) if row["published"] else None
    added_at = time_of(row["added_at"])
    assert added_at is not None
    return Piece(
        id=row["id"],
        title=fact(row["title"], bases.get("title")),
        authors=fact(authors, bases.get("authors")),
        outlet=fact(row["outlet"], bases.get("outlet")),
        published=fact(published, bases.get("published")),
        url=fact(row["url"], bases.get("url")),
        standfirst=fact(row["standfirst"], bases.get("standfirst")),
        words=row["words"],
        kind=fact(PieceKind(row["kind"]) if row["kind"] else None, bases.get("kind")),
        partial=bool(row["partial"]),
        added_at=added_at,
    )


@lru_cache(maxsize=2048)
def _bases(stored: str) -> Mapping[str, list[str]]:
    """Most pieces of an outlet state the same things in the same way; never changed by who reads it."""
    read: dict[str, list[str]] = json.loads(stored)
    return read


def _listed(stored: str) -> list[Any]:
    """A stored list; most are empty, and reading JSON was a third of the time of an answer with 250 lines."""
    read: list[Any] = [] if stored == "[]" else json.loads(stored)
    return read


def pieces_of(db: sqlite3.Connection, ids: Iterable[int], team: str | None = None) -> dict[int, Piece]:
    """Pieces by id; ids that are gone, or not this team's where one is given, are left out."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    sql = f"SELECT {PIECE_COLUMNS}, a.team FROM articles AS a WHERE a.id IN ({marks(wanted)})"
    return {row["id"]: piece(row) for row in db.execute(sql, wanted) if team is None or row["team"] == team}


def marks(values: Iterable[object]) -> str:
    """As many question marks as values."""
    return ", ".join("?" for _ in values)


def cut(body: str, spans: Spans) -> str | None:
    """The words of these spans, verbatim; a gap is shown as an ellipsis."""
    if not spans:
        return None
    words = [body[spans[0][0] : spans[0][1]]]
    for (_, before), (start, end) in pairwise(spans):
        gap = body[before:start]
        words.append((" " if not gap.strip() else " … ") + body[start:end])
    return "".join(words)


LINE_COLUMNS = """
    s.article, s.position, s.paragraph, substr(t.body, s.start + 1, s."end" - s.start) AS sentence_text, s.salience,
    CASE WHEN s.stands_alone = 0 THEN (
        SELECT substr(t.body, coalesce(c.start, b.start) + 1, b."end" - coalesce(c.start, b.start)) FROM sentences AS b
        LEFT JOIN sentences AS c ON c.article = b.article AND c.position = b.position - 1 AND c.paragraph = b.paragraph
            AND b.stands_alone = 0 AND c.stands_alone = 1
        WHERE b.article = s.article AND b.position = s.position - 1 AND NOT EXISTS (
            SELECT 1 FROM paragraphs AS h WHERE h.article = b.article AND h.position = b.paragraph AND h.role = 'heading')) END AS sentence_before
"""
"""A sentence with its words, from ``sentences AS s`` and ``texts AS t``; before one that leans, the sentence before, with the one that this
leans on in its turn."""

STATEMENT_COLUMNS = """
    v.id AS statement, v.voice, v.kind, v.strength, v.hedged, v.content, v.source_text, v.cue, v.targets, v.issues, t.body
"""
"""Its statement, from ``statements AS v``."""


def line(row: sqlite3.Row, of: Piece) -> Line:
    """A line from ``LINE_COLUMNS``, and ``STATEMENT_COLUMNS`` where the row has them."""
    if "statement" not in row.keys() or row["statement"] is None:  # noqa: SIM118 - a Row is not a mapping
        return Line(
            piece=of,
            sentence=row["position"],
            paragraph=row["paragraph"],
            text=row["sentence_text"],
            before=row["sentence_before"],
            salience=row["salience"],
        )
    body: str = row["body"]
    targets: list[list[Any]] = _listed(row["targets"])
    return Line(
        piece=of,
        sentence=row["position"],
        paragraph=row["paragraph"],
        text=row["sentence_text"],
        before=row["sentence_before"],
        salience=row["salience"],
        voice=Voice(row["voice"]),
        kind=StatementKind(row["kind"]),
        source=row["source_text"],
        cue=cut(body, _listed(row["cue"])),
        content=cut(body, json.loads(row["content"])),
        strength=row["strength"],
        hedged=bool(row["hedged"]),
        issues=tuple(_listed(row["issues"])),
        targets=tuple((name, Stance(stance)) for name, stance, _ in targets if stance is not None),
        statement=row["statement"],
    )


def filters_to_json(filters: Filters) -> str:
    """Filters as they are stored with a subscription."""
    return json.dumps(
        {
            "issues": filters.issues,
            "authors": filters.authors,
            "outlets": filters.outlets,
            "since": filters.since.isoformat() if filters.since else None,
            "until": filters.until.isoformat() if filters.until else None,
        }
    )


def filters_from_json(stored: str) -> Filters:
    """Filters as they were stored."""
    value = json.loads(stored)
    return Filters(
        issues=tuple(value.get("issues", ())),
        authors=tuple(value.get("authors", ())),
        outlets=tuple(value.get("outlets", ())),
        since=date.fromisoformat(value["since"]) if value.get("since") else None,
        until=date.fromisoformat(value["until"]) if value.get("until") else None,
    )


def where(team: str, filters: Filters | None) -> tuple[str, list[Any]]:
    """Conditions on ``articles AS a`` for a team and filters, with their values."""
    filters = filters or Filters()
    conditions = ["a.team = ?"]
    arguments: list[Any] = [team]
    if filters.authors:
        conditions.append(f"a.id IN (SELECT article FROM bylines WHERE person IN ({marks(filters.authors)}))")
        arguments += filters.authors
    if filters.issues:
        conditions.append(f"a.id IN (SELECT article FROM issue_links WHERE team = ? AND issue IN ({marks(filters.issues)}))")
        arguments += [team, *filters.issues]
    if filters.outlets:
        conditions.append(f"a.outlet COLLATE NOCASE IN ({marks(filters.outlets)})")
        arguments += filters.outlets
    if filters.since:
        conditions.append(f"a.day >= ? AND {DATED.format('a.day')}")
        arguments.append(filters.since.isoformat())
    if filters.until:
        conditions.append(f"a.day <= ? AND {DATED.format('a.day')}")
        arguments.append(filters.until.isoformat())
    return " AND ".join(conditions), arguments


def alone(db: sqlite3.Connection, team: str) -> bool:
    """Whether the library holds no other workspace's pieces."""
    row = db.execute("SELECT EXISTS (SELECT 1 FROM articles WHERE team < ?1) OR EXISTS (SELECT 1 FROM articles WHERE team > ?1)", [team]).fetchone()
    return not row[0]


def distinct(table: str, column: str, collated: str = "") -> str:
    """Each value of a column once, from one to the next by the index that begins (team, column); DISTINCT would read every row."""
    following = f"SELECT min(t.{column}{collated}) FROM {table} AS t WHERE t.team = ?1"
    return (
        f"WITH RECURSIVE d (value) AS ({following} UNION ALL SELECT ({following} AND t.{column}{collated} > d.value) "
        "FROM d WHERE d.value IS NOT NULL) SELECT value FROM d WHERE value IS NOT NULL"
    )
