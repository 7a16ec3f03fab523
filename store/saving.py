"""A piece and everything that was found in it, into the library: the statements of one transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from bot.models import Analysis, Article, Basis, Fact, IssueLink, PieceKind, Span
from store.addresses import link_key
from store.filing import file_under
from store.resolving import resolve
from store.rows import marks
from store.sameness import SHARED_IN_SKETCH, phrases, same

MOST_CANDIDATES = 20
"""Texts compared in full with a new one; more than a handful share a sketch only when a boilerplate text was saved many times."""


class Sameness(StrEnum):
    """By what a piece was recognised."""

    ADDRESS = "address"
    TEXT = "text"


def find_same(
    db: sqlite3.Connection, team: str, keys: Sequence[str], title: str | None, text: str, hashes: frozenset[int], few: Sequence[int], partial: bool
) -> tuple[int, Sameness] | None:
    """The stored piece that this one is, and by what it is recognised."""
    if keys:
        row = db.execute(f"SELECT article FROM links WHERE team = ? AND link IN ({marks(keys)})", [team, *keys]).fetchone()
        if row is not None:
            return row["article"], Sameness.ADDRESS
    if not few:
        return None
    alike = db.execute(
        f"SELECT article, count(*) AS shared FROM sketches WHERE team = ? AND hash IN ({marks(few)}) "
        "GROUP BY article HAVING shared >= ? ORDER BY shared DESC, article LIMIT ?",
        [team, *few, min(SHARED_IN_SKETCH, len(few)), MOST_CANDIDATES],
    )
    candidates = [row["article"] for row in alike]
    if title:  # a teaser shares its title with the whole piece, and little of the sketch
        titled = db.execute("SELECT id FROM articles WHERE team = ? AND title = ? COLLATE NOCASE LIMIT ?", [team, title, MOST_CANDIDATES])
        candidates += [row["id"] for row in titled if row["id"] not in candidates]
    for candidate in candidates:
        row = db.execute(
            "SELECT t.body, a.partial FROM texts AS t JOIN articles AS a ON a.id = t.article WHERE t.article = ?", [candidate]
        ).fetchone()
        if row["body"] == text or same(phrases(row["body"]), hashes, partial or bool(row["partial"])):
            return candidate, Sameness.TEXT
    return None


def body_of(article: Article) -> tuple[str, list[int]]:
    """The body as it is stored, and where each paragraph starts in it."""
    starts, at = [], 0
    for paragraph in article.paragraphs:
        starts.append(at)
        at += len(paragraph.text) + 2
    return article.text, starts


def facts_of(article: Article, kind: Fact[PieceKind]) -> dict[str, Fact[Any]]:
    """The facts of a piece, by the name of their column."""
    return {
        "title": article.title,
        "authors": article.authors,
        "outlet": article.outlet,
        "published": article.published,
        "url": article.url,
        "standfirst": article.standfirst,
        "kind": kind,
    }


def stored_fact(field: str, value: Any) -> str | None:
    """A fact's value as its column holds it."""
    if field == "authors":
        return _list(tuple(value or ()))
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else str(value)


def merge_facts(old: sqlite3.Row, new: dict[str, Fact[Any]], prefer_new: bool) -> dict[str, tuple[str | None, list[str] | None]]:
    """Stored value and basis of each fact when a piece is met again; what is known never becomes unknown."""
    bases: dict[str, list[str]] = json.loads(old["bases"])
    merged: dict[str, tuple[str | None, list[str] | None]] = {}
    for field, fact in new.items():
        new_known = fact.basis is not Basis.UNKNOWN and fact.value not in (None, ())
        better = prefer_new or field not in bases or bases[field][0] == Basis.UNKNOWN
        if new_known and better:
            merged[field] = (stored_fact(field, fact.value), [fact.basis.value, fact.evidence])
        else:
            merged[field] = (old[field], bases.get(field))
    return merged


def columns_of(facts: dict[str, Fact[Any]]) -> dict[str, tuple[str | None, list[str] | None]]:
    """Stored value and basis of each fact of a new piece."""
    return {
        field: (stored_fact(field, fact.value), None if fact.basis is Basis.UNKNOWN else [fact.basis.value, fact.evidence])
        for field, fact in facts.items()
    }


def apply_corrections(db: sqlite3.Connection, article: int, columns: dict[str, tuple[str | None, list[str] | None]]) -> None:
    """What people entered wins over what was read."""
    for row in db.execute("SELECT field, value FROM corrections WHERE article = ? AND field <> 'issues'", [article]):
        value = json.loads(row["value"])
        columns[row["field"]] = (stored_fact(row["field"], value), [Basis.CORRECTED.value, "entered"])


def write_bylines(db: sqlite3.Connection, team: str, article: int, authors: Sequence[str], day: str, bio: str | None) -> None:
    """Who wrote the piece, each resolved to a person."""
    for position, name in enumerate(authors):
        person = resolve(db, team, article, name)
        db.execute("INSERT INTO bylines VALUES (?, ?, ?, ?, ?, ?)", [article, position, team, person, name, day])
        if bio and len(authors) == 1:
            db.execute("UPDATE people SET bio = ? WHERE id = ?", [bio, person])


def write_links(db: sqlite3.Connection, team: str, article: int, addresses: Sequence[str]) -> None:
    """Every address under which the piece is known."""
    db.executemany(
        "INSERT OR IGNORE INTO links VALUES (?, ?, ?, ?)", [(team, key, article, address) for address in addresses if (key := link_key(address))]
    )


def write_text(db: sqlite3.Connection, team: str, article: int, piece: Article, body: str, byline: str) -> None:
    """The words of a new piece, and what searches them."""
    text = article, team, piece.title.value or "", piece.standfirst.value or "", byline, body
    db.execute("INSERT INTO texts (article, team, title, standfirst, byline, body) VALUES (?, ?, ?, ?, ?, ?)", text)
    db.execute("INSERT INTO search (rowid, team, title, standfirst, byline, body) VALUES (?, ?, ?, ?, ?, ?)", text)


def rewrite_text(db: sqlite3.Connection, article: int, piece: Article, body: str) -> None:
    """The words of a piece that is read again."""
    db.execute(
        "UPDATE texts SET title = ?, standfirst = ?, byline = '', body = ? WHERE article = ?",
        [piece.title.value or "", piece.standfirst.value or "", body, article],
    )


def write_paragraphs(db: sqlite3.Connection, team: str, article: int, piece: Article, starts: Sequence[int], few: Sequence[int]) -> None:
    """Where paragraphs stand, and the sketch by which the piece is recognised."""
    db.executemany(
        "INSERT INTO paragraphs VALUES (?, ?, ?, ?, ?, ?)",
        [
            (article, position, team, paragraph.role.value, start, start + len(paragraph.text))
            for position, (paragraph, start) in enumerate(zip(piece.paragraphs, starts, strict=True))
        ],
    )
    db.executemany("INSERT OR IGNORE INTO sketches VALUES (?, ?, ?)", [(team, hashed, article) for hashed in few])


def write_analysis(db: sqlite3.Connection, team: str, article: int, analysis: Analysis, starts: Sequence[int], day: str) -> None:
    """Sentences, names, statements and issues."""

    def places(spans: Sequence[Span]) -> str:
        if not spans:
            return "[]"
        if len(spans) == 1:  # nearly all
            (one,) = spans
            at = starts[one.paragraph]
            return f"[[{at + one.start},{at + one.end}]]"
        return f"[{','.join(f'[{starts[s.paragraph] + s.start},{starts[s.paragraph] + s.end}]' for s in spans)}]"

    thesis = {sentence: rank for rank, sentence in enumerate(analysis.thesis)}
    points = {sentence: rank for rank, sentence in enumerate(analysis.key_points)}
    db.executemany(
        "INSERT INTO sentences VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (article, s.position, team, s.paragraph, starts[s.paragraph] + s.start, starts[s.paragraph] + s.end,
             s.salience, s.stands_alone, thesis.get(s.position), points.get(s.position))
            for s in analysis.sentences
        ],
    )  # fmt: skip
    sources = {statement.source_name for statement in analysis.statements if statement.source_name is not None}
    people: dict[int, int] = {}
    for name in analysis.names:
        if name.position in sources:
            people[name.position] = resolve(db, team, article, name.text, type_of=name.type, role=name.role)
    db.executemany(
        "INSERT INTO names VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (article, name.position, team, name.text, name.type.value, name.role, _list(name.aliases),
             places(name.mentions), people.get(name.position))
            for name in analysis.names
        ],
    )  # fmt: skip
    names = {name.position: name.text for name in analysis.names}
    # ids are ours to give inside the write transaction; one call for all rows is three times as fast as one each
    first: int = db.execute("SELECT coalesce(max(id), 0) + 1 FROM statements").fetchone()[0]
    rows, filed = [], []
    for id_, statement in enumerate(analysis.statements, start=first):
        person = people.get(statement.source_name) if statement.source_name is not None else None
        targets = [(names[target.name], target.stance, target.confidence) for target in statement.targets if target.name in names]
        rows.append(
            (
                id_, team, article, statement.position, statement.sentence, statement.voice.value, statement.kind.value, statement.strength,
                statement.hedged, places(statement.content), places(statement.source), places(statement.cue), statement.source_text, person,
                _list(targets), _list(statement.issues), day,
            )
        )  # fmt: skip
        filed += [(id_, issue, team, statement.voice.value, day) for issue in statement.issues]
    db.executemany(
        "INSERT INTO statements (id, team, article, position, sentence, voice, kind, strength, hedged, content, source, cue, source_text, person, "
        "targets, issues, day) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    db.executemany("INSERT OR IGNORE INTO statement_issues VALUES (?, ?, ?, ?, ?)", filed)
    file_under(db, team, article, day, analysis.issues)


def _list(values: Sequence[Any]) -> str:
    if not values:
        return "[]"
    return _strings(values) if isinstance(values, tuple) else json.dumps(values, ensure_ascii=False)


@lru_cache(maxsize=4096)
def _strings(values: tuple[str, ...]) -> str:
    """Statements of a piece are about the same issues, pieces of an author have the same byline."""
    return json.dumps(values, ensure_ascii=False)


def keep_corrected_issues(db: sqlite3.Connection, team: str, article: int, day: str) -> None:
    """File a piece under the issues that somebody entered, and no others."""
    row = db.execute("SELECT value FROM corrections WHERE article = ? AND field = 'issues'", [article]).fetchone()
    if row is None:
        return
    slugs: list[str] = json.loads(row["value"])
    db.execute(f"DELETE FROM issue_links WHERE article = ? AND issue NOT IN ({marks(slugs)})", [article, *slugs])
    there = {row["issue"] for row in db.execute("SELECT issue FROM issue_links WHERE article = ?", [article])}
    db.execute("UPDATE issue_links SET main = 1, score = 1.0 WHERE article = ?", [article])
    file_under(db, team, article, day, [IssueLink(slug, 1.0, True) for slug in slugs if slug not in there])


def clear(db: sqlite3.Connection, article: int) -> None:
    """Take away what reading found, to be written anew; the piece's id, its addresses and corrections stay."""
    for table in ("paragraphs", "sentences", "statements", "names", "issue_links", "bylines", "sketches"):
        db.execute(f"DELETE FROM {table} WHERE article = ?", [article])


def people_in(db: sqlite3.Connection, article: int) -> list[int]:
    """Everybody who wrote the piece or is quoted in it."""
    rows = db.execute(
        "SELECT person FROM bylines WHERE article = ?1 UNION SELECT person FROM names WHERE article = ?1 AND person IS NOT NULL", [article]
    )
    return [row[0] for row in rows]
