"""The shelf of pieces."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from bot.errors import ArticleNotFound
from bot.models import Analysis, Article, Paragraph, ParagraphRole, Piece, PieceKind
from bot.records import Filters, Glance, Page, Saved
from store import saving
from store.addresses import is_address, link_key
from store.connections import Connections
from store.resolving import remove_orphans
from store.rows import DATED, PIECE_COLUMNS, alone, distinct, listed_day, piece, pieces_of, where
from store.sameness import phrases, sketch
from store.versions import replaces
from store.words import match_all, number_in

CORRECTABLE = ("title", "authors", "outlet", "published", "url", "standfirst", "kind", "issues")
"""What *Fix details* may enter."""

TITLE_CANDIDATES = 200
"""Newest pieces whose titles are compared when somebody types words of a title."""


class Articles:
    """Pieces: save, find, correct, list, remove."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def save(self, team: str, article: Article, analysis: Analysis, reading: int | None = None, id: int | None = None) -> Saved:
        """Keep a piece and its analysis, and finish its reading, in one transaction.

        The same piece - the same address, or nearly the same words - keeps its id, and what people entered. Met again at its own address,
        or in full where only a part was known, it is written anew; met elsewhere, or as an older copy, it only gains that address and facts
        that were unknown.
        ``id`` says which piece it is, to store a new analysis of it.
        """
        text, starts = saving.body_of(article)
        hashes = phrases(text)
        few = sketch(hashes)
        addresses = [address for address in (article.url.value, *article.links) if address and is_address(address)]
        with self._connections.writing() as db:
            known: tuple[int, saving.Sameness] | None
            if id is not None:
                self._require(db, team, id)
                known = id, saving.Sameness.ADDRESS
            else:
                keys = [link_key(address) for address in addresses]
                known = saving.find_same(db, team, keys, article.title.value, text, hashes, few, article.partial)
            if known is None:
                saved = Saved(self._insert(db, team, article, analysis, text, starts, few), known=False)
            else:
                self._update(db, team, known, article, analysis, text, starts, few)
                saved = Saved(known[0], known=True)
            saving.write_links(db, team, saved.id, addresses)
            if reading is not None:
                db.execute(
                    "UPDATE readings SET state = 'done', article = ?, known = ?, reason = NULL, content = NULL, claimed_until = NULL, "
                    "changed_at = ? WHERE id = ? AND team = ?",
                    [saved.id, saved.known, self._connections.now(), reading, team],
                )
        return saved

    def _insert(
        self, db: sqlite3.Connection, team: str, article: Article, analysis: Analysis, text: str, starts: list[int], few: tuple[int, ...]
    ) -> int:
        now = self._connections.now()
        day = listed_day(article.published.value.isoformat() if article.published.value else None, now)
        columns = saving.columns_of(saving.facts_of(article, analysis.kind))
        id_ = db.execute(
            "INSERT INTO articles (team, title, authors, outlet, published, url, standfirst, kind, bases, bio, partial, modified, words, "
            "day, added_at, read_at, analysed_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                team, *(value for value, _ in columns.values()), _bases(columns), article.bio, article.partial,
                article.modified.isoformat() if article.modified else None, article.words, day, now, now, analysis.analysed_by,
            ],
        ).lastrowid  # fmt: skip
        assert id_ is not None
        authors = article.authors.value or ()
        saving.write_text(db, team, id_, article, text, _byline(authors, article.outlet.value))
        saving.write_paragraphs(db, team, id_, article, starts, few)
        saving.write_bylines(db, team, id_, authors, day, article.bio)
        saving.write_analysis(db, team, id_, analysis, starts, day)
        return id_

    def _update(
        self,
        db: sqlite3.Connection,
        team: str,
        known: tuple[int, saving.Sameness],
        article: Article,
        analysis: Analysis,
        text: str,
        starts: list[int],
        few: tuple[int, ...],
    ) -> None:
        id_, by = known
        old = db.execute("SELECT a.*, t.body FROM articles AS a JOIN texts AS t ON t.article = a.id WHERE a.id = ?", [id_]).fetchone()
        fuller = bool(old["partial"]) and not article.partial
        newer = by is saving.Sameness.ADDRESS and (fuller or old["body"] == text or replaces(old, article))
        anew = fuller or old["body"] == text or (newer and (bool(old["partial"]) or not article.partial))
        columns = saving.merge_facts(old, saving.facts_of(article, analysis.kind), prefer_new=newer)
        saving.apply_corrections(db, id_, columns)
        if anew:
            people = saving.people_in(db, id_)
            saving.clear(db, id_)
            self._write_facts(db, id_, columns, old["added_at"])
            db.execute(
                "UPDATE articles SET partial = ?, words = ?, bio = coalesce(?, bio), modified = coalesce(?, modified), read_at = ?, "
                "analysed_by = ? WHERE id = ?",
                [
                    article.partial and bool(old["partial"]) if by is saving.Sameness.TEXT else article.partial,
                    article.words,
                    article.bio,
                    article.modified.isoformat() if article.modified else None,
                    self._connections.now(),
                    analysis.analysed_by,
                    id_,
                ],
            )
            saving.rewrite_text(db, id_, article, text)
            saving.write_paragraphs(db, team, id_, article, starts, few)
            day = self._write_search_facts(db, team, id_)
            saving.write_analysis(db, team, id_, analysis, starts, day)
            saving.keep_corrected_issues(db, team, id_, day)
            remove_orphans(db, people)
        else:
            self._write_facts(db, id_, columns, old["added_at"])
            self._write_search_facts(db, team, id_)

    def _write_facts(
        self, db: sqlite3.Connection, id_: int, columns: dict[str, tuple[str | None, list[str] | None]], added_at: str
    ) -> None:
        names = ", ".join(f"{name} = ?" for name in columns)
        day = listed_day(columns["published"][0], added_at)
        db.execute(
            f"UPDATE articles SET {names}, bases = ?, day = ? WHERE id = ?",
            [*(value for value, _ in columns.values()), _bases(columns), day, id_],
        )

    def _write_search_facts(self, db: sqlite3.Connection, team: str, id_: int) -> str:
        """Carry the facts of ``articles`` to what is searched and listed; returns the day."""
        row = db.execute("SELECT title, standfirst, authors, outlet, day, bio FROM articles WHERE id = ?", [id_]).fetchone()
        authors: list[str] = json.loads(row["authors"])
        found = row["title"] or "", row["standfirst"] or "", _byline(authors, row["outlet"])
        db.execute(
            "UPDATE texts SET title = ?1, standfirst = ?2, byline = ?3 WHERE article = ?4 AND (title, standfirst, byline) <> (?1, ?2, ?3)",
            [*found, id_],
        )
        db.execute("DELETE FROM bylines WHERE article = ?", [id_])
        saving.write_bylines(db, team, id_, authors, row["day"], row["bio"])
        for table in ("issue_links", "statements"):
            db.execute(f"UPDATE {table} SET day = ?1 WHERE article = ?2 AND day <> ?1", [row["day"], id_])
        db.execute(
            "UPDATE statement_issues SET day = ?1 WHERE statement IN (SELECT id FROM statements WHERE article = ?2) AND day <> ?1",
            [row["day"], id_],
        )
        day: str = row["day"]
        return day

    def correct(self, team: str, id: int, field: str, value: Any, person: str | None = None) -> None:
        """Enter what the page does not say or says wrongly; survives re-reading.

        ``value``: text, a ``date`` for published, a sequence of names for authors, a sequence of slugs for issues; None takes the fact away.
        """
        if field not in CORRECTABLE:
            raise ValueError(f"{field!r} cannot be corrected; one of {', '.join(CORRECTABLE)} can")
        if field == "kind" and value is not None:
            value = PieceKind(value).value
        stored = value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple | list) else value
        with self._connections.writing() as db:
            self._require(db, team, id)
            db.execute(
                "INSERT OR REPLACE INTO corrections VALUES (?, ?, ?, ?, ?, ?)",
                [id, field, team, json.dumps(stored, ensure_ascii=False), person, self._connections.now()],
            )
            old = db.execute("SELECT * FROM articles WHERE id = ?", [id]).fetchone()
            if field == "issues":
                saving.keep_corrected_issues(db, team, id, old["day"])
                return
            people = saving.people_in(db, id)
            bases: dict[str, list[str]] = json.loads(old["bases"])
            columns = {name: (old[name], bases.get(name)) for name in CORRECTABLE if name != "issues"}
            saving.apply_corrections(db, id, columns)
            self._write_facts(db, id, columns, old["added_at"])
            self._write_search_facts(db, team, id)
            remove_orphans(db, people)

    def get(self, team: str, id: int) -> Piece:
        """The piece with this number, or ``ArticleNotFound``."""
        with self._connections.reading() as db:
            return piece(self._require(db, team, id))

    def find(self, team: str, words: str) -> Piece | None:
        """The piece that "#12", an address or words of its title mean; the newest where several titles fit equally."""
        found = self.candidates(team, words, 1)
        return found[0] if found else None

    def candidates(self, team: str, words: str, limit: int = 5) -> tuple[Piece, ...]:
        """Pieces that "#12", an address or words of a title can mean, best first."""
        words = words.strip().strip("<>")
        with self._connections.reading() as db:
            if (number := number_in(words)) is not None:
                row = self._row(db, team, number)
                return () if row is None else (piece(row),)
            if is_address(words):
                row = db.execute("SELECT article FROM links WHERE team = ? AND link = ?", [team, link_key(words)]).fetchone()
                return () if row is None else tuple(pieces_of(db, [row["article"]]).values())
            return self._titled(db, team, words, limit)

    def _titled(self, db: sqlite3.Connection, team: str, words: str, limit: int) -> tuple[Piece, ...]:
        asked = words.casefold().split()
        for columns in ("title", "title standfirst byline"):
            query = match_all(words, columns, team)
            if query is None:
                return ()
            rows = db.execute(
                f"SELECT {PIECE_COLUMNS} FROM articles AS a WHERE a.id IN "
                "(SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?)",
                [query, TITLE_CANDIDATES],
            ).fetchall()
            if rows:
                found = [piece(row) for row in rows]
                # the title that the words cover most, then the newest
                found.sort(key=lambda one: (abs(len((one.title.value or "").split()) - len(asked)), -one.id))
                return tuple(found[:limit])
        return ()

    def newest(self, team: str, limit: int = 10, offset: int = 0) -> tuple[Piece, ...]:
        """Pieces as they were added, last first."""
        with self._connections.reading() as db:
            rows = db.execute(
                f"SELECT {PIECE_COLUMNS} FROM articles AS a WHERE a.team = ? ORDER BY a.id DESC LIMIT ? OFFSET ?",
                [team, limit, offset],
            )
            return tuple(piece(row) for row in rows)

    def select(self, team: str, filters: Filters | None = None, limit: int = 10, offset: int = 0) -> Page[Piece]:
        """Pieces within filters, latest published first."""
        if filters is not None and len(filters.authors) == 1 and filters == Filters(authors=filters.authors, since=filters.since):
            return self._written(team, filters.authors[0], filters.since, limit, offset)
        condition, values = where(team, filters)
        with self._connections.reading() as db:
            rows = db.execute(
                f"SELECT {PIECE_COLUMNS} FROM articles AS a WHERE {condition} ORDER BY a.day DESC, a.id DESC LIMIT ? OFFSET ?",
                [*values, limit, offset],
            ).fetchall()
            total = db.execute(f"SELECT count(*) FROM articles AS a WHERE {condition}", values).fetchone()[0]
        return Page(tuple(piece(row) for row in rows), total, offset)

    def _written(self, team: str, author: int, since: date | None, limit: int, offset: int) -> Page[Piece]:
        """The same of one author, from the index of bylines: 20 ms less where somebody wrote 2,500 of a million pieces."""
        dated = f"AND {DATED.format('b.day')}" if since else ""
        theirs = f"FROM bylines AS b WHERE b.person = ? AND b.day >= ? {dated}"
        newest = f"SELECT DISTINCT b.article, b.day {theirs} ORDER BY b.day DESC, b.article DESC LIMIT ? OFFSET ?"
        values = [author, since.isoformat() if since else ""]
        with self._connections.reading() as db:
            order = [row["article"] for row in db.execute(newest, [*values, limit, offset])]
            total = db.execute(f"SELECT count(DISTINCT b.article) {theirs}", values).fetchone()[0]
            found = pieces_of(db, order, team)
        return Page(tuple(found[id_] for id_ in order if id_ in found), total if found else 0, offset)

    def added_between(self, team: str, since: str, until: str, filters: Filters | None = None) -> tuple[Piece, ...]:
        """Pieces added after ``since`` and up to ``until`` (stored times) within filters, first added first: what is new for a digest."""
        condition, values = where(team, filters)
        with self._connections.reading() as db:
            rows = db.execute(
                f"SELECT {PIECE_COLUMNS} FROM articles AS a WHERE {condition} AND a.added_at > ? AND a.added_at <= ? ORDER BY a.id",
                [*values, since, until],
            )
            return tuple(piece(row) for row in rows)

    def body(self, team: str, id: int) -> Article:
        """The article as it was read, with corrections: what analysis starts from."""
        with self._connections.reading() as db:
            head = self._require(db, team, id)
            whole = db.execute("SELECT bio, partial, modified FROM articles WHERE id = ?", [id]).fetchone()
            text: str = db.execute("SELECT body FROM texts WHERE article = ?", [id]).fetchone()["body"]
            paragraphs = db.execute('SELECT position, role, start, "end" FROM paragraphs WHERE article = ? ORDER BY position', [id]).fetchall()
            links = db.execute("SELECT address FROM links WHERE article = ? ORDER BY link", [id]).fetchall()
        of = piece(head)
        return Article(
            title=of.title,
            authors=of.authors,
            outlet=of.outlet,
            published=of.published,
            paragraphs=tuple(Paragraph(row["position"], text[row["start"] : row["end"]], ParagraphRole(row["role"])) for row in paragraphs),
            standfirst=of.standfirst,
            url=of.url,
            links=tuple(row["address"] for row in links),
            bio=whole["bio"],
            partial=bool(whole["partial"]),
            modified=date.fromisoformat(whole["modified"]) if whole["modified"] else None,
        )

    def analysed_otherwise(self, team: str, version: str, limit: int = 100, after: int = 0) -> tuple[int, ...]:
        """Ids of pieces whose analysis is not of this version, to be analysed again."""
        with self._connections.reading() as db:
            rows = db.execute(
                "SELECT id FROM articles WHERE team = ? AND analysed_by <> ? AND id > ? ORDER BY id LIMIT ?", [team, version, after, limit]
            )
            return tuple(row["id"] for row in rows)

    def issues(self, team: str, id: int) -> tuple[tuple[str, bool], ...]:
        """The issues that a piece is filed under, as (slug, main), main ones first."""
        with self._connections.reading() as db:
            rows = db.execute(
                "SELECT issue, main FROM issue_links WHERE article = ? AND team = ? ORDER BY main DESC, score DESC, issue", [id, team]
            )
            return tuple((row["issue"], bool(row["main"])) for row in rows)

    def author_ids(self, team: str, id: int) -> tuple[int, ...]:
        """Who wrote it, as ids of people in the order of the byline."""
        with self._connections.reading() as db:
            rows = db.execute("SELECT person FROM bylines WHERE article = ? AND team = ? ORDER BY position", [id, team])
            return tuple(row["person"] for row in rows)

    def outlets(self, team: str) -> tuple[tuple[str, int], ...]:
        """Outlets with the number of their pieces, most first."""
        with self._connections.reading() as db:
            rows = db.execute(
                "SELECT outlet, count(*) AS pieces FROM articles WHERE team = ? AND outlet IS NOT NULL "
                "GROUP BY outlet COLLATE NOCASE ORDER BY pieces DESC, outlet",
                [team],
            )
            return tuple((row["outlet"], row["pieces"]) for row in rows)

    def remove(self, team: str, id: int) -> Piece:
        """Take a piece and everything found in it out of the library; returns what it was."""
        with self._connections.writing() as db:
            removed = piece(self._require(db, team, id))
            people = saving.people_in(db, id)
            db.execute("DELETE FROM articles WHERE id = ?", [id])
            remove_orphans(db, people)
        return removed

    def glance(self, team: str) -> Glance:
        """The library in numbers."""
        with self._connections.reading() as db:
            days = "SELECT day FROM articles WHERE team = ? AND length(day) = 10 ORDER BY day"
            first = db.execute(f"{days} LIMIT 1", [team]).fetchone()
            last = db.execute(f"{days} DESC LIMIT 1", [team]).fetchone()
            # a table's rows are counted faster than those that an index picks from it
            of_pieces = "" if alone(db, team) else "WHERE article IN (SELECT id FROM articles WHERE team = ?1)"
            pieces, outlets, authors, issues, statements, waiting = db.execute(
                "SELECT (SELECT count(*) FROM articles WHERE team = ?1), "
                f"(SELECT count(*) FROM ({distinct('articles', 'outlet', ' COLLATE NOCASE')})), "
                f"(SELECT count(*) FROM ({distinct('bylines', 'person')})), "
                "(SELECT count(DISTINCT issue) FROM issue_months WHERE team = ?1 AND pieces > 0), "
                f"(SELECT count(*) FROM statements {of_pieces}), "
                "(SELECT count(*) FROM readings WHERE team = ?1 AND state IN ('waiting', 'claimed'))",
                [team],
            ).fetchone()
        return Glance(
            pieces=pieces,
            authors=authors,
            outlets=outlets,
            issues=issues,
            statements=statements,
            first=date.fromisoformat(first["day"]) if first else None,
            last=date.fromisoformat(last["day"]) if last else None,
            waiting=waiting,
        )

    def count(self, team: str) -> int:
        """How many pieces there are."""
        with self._connections.reading() as db:
            found: int = db.execute("SELECT count(*) FROM articles WHERE team = ?", [team]).fetchone()[0]
        return found

    def _row(self, db: sqlite3.Connection, team: str, id_: int) -> sqlite3.Row | None:
        row: sqlite3.Row | None = db.execute(
            f"SELECT {PIECE_COLUMNS} FROM articles AS a WHERE a.team = ? AND a.id = ?",
            [team, id_],
        ).fetchone()
        return row

    def _require(self, db: sqlite3.Connection, team: str, id_: int) -> sqlite3.Row:
        row = self._row(db, team, id_)
        if row is None:
            raise ArticleNotFound("summary.no_such_number", number=f"#{id_}")
        return row


def _bases(columns: dict[str, tuple[str | None, list[str] | None]]) -> str:
    return _based(tuple((name, tuple(basis)) for name, (_, basis) in columns.items() if basis is not None))


@lru_cache(maxsize=1024)
def _based(bases: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    """Most pieces of an outlet state the same things in the same way."""
    return json.dumps(dict(bases), ensure_ascii=False)


def _byline(authors: Sequence[str], outlet: str | None) -> str:
    return ", ".join([*authors, *([outlet] if outlet else [])])
