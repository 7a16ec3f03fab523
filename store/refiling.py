"""The shelf of issues that were added or renamed: pieces that are here already wait to be filed under them.

Saving an issue only notes it (``store.issues.save``); the reader process files a few pieces at a time while its queue is empty, so neither
Slack nor a reading waits for it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable

from bot.models import Analysis, Article, Fact, Issue, Sentence, Statement, StatementKind, Voice
from store.articles import Articles
from store.connections import Connections
from store.filing import file_under
from store.issues import Issues
from store.words import of_team, quoted

MOST = 2_000
"""Pieces looked at for one change of an issue, the newest that have one of its names: about a minute of the reader's time."""

AT_ONCE = 20
"""Pieces filed before the reader looks into its queue again: a quarter of a second."""

Link = Callable[[str, Article, Analysis], Analysis]
"""(team, article, analysis) -> the analysis with its issues: ``bot.language.filing``'s, which only the reader process loads."""


class Refiling:
    """Files stored pieces under issues that were added or renamed after they were read."""

    def __init__(self, connections: Connections, articles: Articles, issues: Issues) -> None:
        self._connections = connections
        self._articles = articles
        self._issues = issues

    def waiting(self) -> int:
        """How many issues still have pieces to be looked at."""
        with self._connections.reading() as db:
            return int(db.execute("SELECT count(*) FROM refilings").fetchone()[0])

    def step(self, link: Link) -> bool:
        """Look at the next ``AT_ONCE`` pieces; False when nothing waits. Links of other issues, and what people corrected, stay as they are."""
        with self._connections.reading() as db:
            row = db.execute("SELECT team, issue, before, seen, at FROM refilings ORDER BY at, team, issue LIMIT 1").fetchone()
            if row is None:
                return False
            issue = self._issues.by_slug(row["team"], row["issue"])
            ids = [] if issue is None else _next(db, row["team"], issue, row["before"], min(AT_ONCE, MOST - row["seen"]))
        for id_ in ids:
            self._file(row["team"], row["issue"], id_, link)
        mine = [row["team"], row["issue"], row["at"], row["before"]]
        with self._connections.writing() as db:  # if the issue was changed meanwhile, its row has begun anew and is left alone
            if ids:
                db.execute(
                    "UPDATE refilings SET before = ?, seen = seen + ? WHERE team = ? AND issue = ? AND at = ? AND before IS ?",
                    [min(ids), len(ids), *mine],
                )
            else:
                db.execute("DELETE FROM refilings WHERE team = ? AND issue = ? AND at = ? AND before IS ?", mine)
        return True

    def _file(self, team: str, slug: str, id_: int, link: Link) -> None:
        with self._connections.reading() as db:
            stored = _stored(db, team, id_)
            if stored is None:
                return
            read_at, analysis = stored
            article = self._articles.body(team, id_)
        found = link(team, article, analysis)
        with self._connections.writing() as db:
            now = db.execute("SELECT read_at, day FROM articles WHERE id = ? AND team = ?", [id_, team]).fetchone()
            if now is None or now["read_at"] != read_at or _corrected(db, id_):
                return  # removed, read again or corrected while it was looked at
            db.execute("DELETE FROM issue_links WHERE article = ? AND issue = ?", [id_, slug])
            file_under(db, team, id_, now["day"], [one for one in found.issues if one.issue == slug])
            db.execute("DELETE FROM statement_issues WHERE issue = ? AND statement IN (SELECT id FROM statements WHERE article = ?)", [slug, id_])
            on = {statement.position for statement in found.statements if slug in statement.issues}
            for row in db.execute("SELECT id, position, voice, issues, day FROM statements WHERE article = ?", [id_]).fetchall():
                before: list[str] = json.loads(row["issues"])
                after = [one for one in before if one != slug] + ([slug] if row["position"] in on else [])
                if set(after) != set(before):
                    db.execute("UPDATE statements SET issues = ? WHERE id = ?", [json.dumps(after), row["id"]])
                if row["position"] in on:
                    db.execute("INSERT INTO statement_issues VALUES (?, ?, ?, ?, ?)", [row["id"], slug, team, row["voice"], row["day"]])


def _next(db: sqlite3.Connection, team: str, issue: Issue, before: int | None, limit: int) -> list[int]:
    """The newest pieces below ``before`` that have one of the issue's names, or are filed under it from an earlier one."""
    if limit <= 0:
        return []
    below = 2**62 if before is None else before
    match = of_team(team, " OR ".join(quoted(form) for form in dict.fromkeys((issue.name, *issue.aliases))))
    rows = db.execute(
        "SELECT id FROM (SELECT rowid AS id FROM search WHERE search MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?) UNION "
        "SELECT article FROM (SELECT article FROM issue_links WHERE team = ? AND issue = ? AND article < ? ORDER BY article DESC LIMIT ?) "
        "ORDER BY id DESC LIMIT ?",
        [match, below, limit, team, issue.slug, below, limit, limit],
    )
    return [row["id"] for row in rows]


def _stored(db: sqlite3.Connection, team: str, id_: int) -> tuple[str, Analysis] | None:
    """When a piece was read, and as much of its analysis as filing needs; None for one that is gone or was filed by hand."""
    row = db.execute("SELECT read_at, analysed_by FROM articles WHERE id = ? AND team = ?", [id_, team]).fetchone()
    if row is None or _corrected(db, id_):
        return None
    sentences = db.execute(
        'SELECT s.position, s.paragraph, s.start - p.start AS start, s."end" - p.start AS "end", s.stands_alone, s.thesis, s.point '
        "FROM sentences AS s JOIN paragraphs AS p ON p.article = s.article AND p.position = s.paragraph WHERE s.article = ? ORDER BY s.position",
        [id_],
    ).fetchall()
    statements = db.execute("SELECT position, sentence, voice, kind FROM statements WHERE article = ? ORDER BY position", [id_])
    analysis = Analysis(
        sentences=tuple(
            Sentence(one["position"], one["paragraph"], one["start"], one["end"], stands_alone=bool(one["stands_alone"])) for one in sentences
        ),
        names=(),
        statements=tuple(Statement(one["position"], one["sentence"], Voice(one["voice"]), StatementKind(one["kind"]), ()) for one in statements),
        issues=(),
        thesis=tuple(one["position"] for one in sentences if one["thesis"] is not None),
        key_points=tuple(one["position"] for one in sentences if one["point"] is not None),
        kind=Fact.unknown(),
        analysed_by=row["analysed_by"],
    )
    return row["read_at"], analysis


def _corrected(db: sqlite3.Connection, id_: int) -> bool:
    return db.execute("SELECT 1 FROM corrections WHERE article = ? AND field = 'issues'", [id_]).fetchone() is not None
