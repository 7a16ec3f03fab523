"""Memory: everything that Entente keeps, in one SQLite file. All SQL is in this room.

``Store.open(path)`` gives the shelves; each is one file, its verbs take the workspace's ``team`` first, ``find`` may return None and
``get`` raises a ``bot.errors`` sentence for people. Any thread may call any shelf; every process opens its own store.

store.articles       pieces: save, find, correct, list, remove
store.statements     statements and key sentences as citable lines
store.people         authors and quoted people; merge and split by hand
store.issues         the catalogue and the workspace's own issues; activity, authors, related
store.proposals      what recurs lately and is in no issue
store.refiling       pieces that wait to be filed under a changed issue
store.outlets        publications by their names
store.search         full-text search
store.meanings       what ranks by likeness
store.readings       the queue for the reader process
store.feeds          feeds that are polled
store.folders        files of watched folders that were put in line
store.subscriptions  standing orders for digests
store.digests        their outbox
store.newly          what was added since, and its lines
store.threads        what a thread is about
store.feedback       what people thought of answers
store.deliveries     Slack's events that were handled
store.outgoing       what Slack is still to be told
store.installations  workspaces' tokens

``with store.writing():`` makes several calls one transaction, or a thousand saves one batch.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from store import care
from store.articles import Articles
from store.connections import Clock, Connections
from store.deliveries import Deliveries
from store.digests import Digests
from store.feedback import Feedbacks
from store.feeds import Feeds
from store.folders import WatchedFiles
from store.installations import Installations
from store.issues import Issues
from store.meanings import Meanings
from store.newly import Newly
from store.outgoing import Outgoings
from store.outlets import Outlets
from store.people import People
from store.proposals import Proposals
from store.readings import Readings
from store.refiling import Refiling
from store.search import Search
from store.statements import Statements
from store.subscriptions import Subscriptions
from store.threads import Threads

if TYPE_CHECKING:
    from store.sqlite import Migrations

__all__ = ["Store", "edition"]


def _now() -> datetime:
    return datetime.now(UTC)


def edition() -> int:
    """A checksum of the migrations as they are written; 31 bits, as SQLite's ``user_version`` has a sign."""
    return zlib.crc32(Path(__file__).with_name("migrations.py").read_bytes()) >> 1


def _migrations() -> Migrations:
    from store.migrations import migrations

    return migrations


class Store:
    """The library's file and its shelves."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self.path = connections.path
        self.articles = Articles(connections)
        self.statements = Statements(connections)
        self.people = People(connections)
        self.issues = Issues(connections)
        self.proposals = Proposals(connections, self.issues)
        self.refiling = Refiling(connections, self.articles, self.issues)
        self.outlets = Outlets(connections)
        self.search = Search(connections, self.people, self.issues, self.outlets)
        self.meanings = Meanings(connections)
        self.readings = Readings(connections)
        self.feeds = Feeds(connections)
        self.folders = WatchedFiles(connections, self.readings)
        self.subscriptions = Subscriptions(connections)
        self.digests = Digests(connections)
        self.newly = Newly(connections)
        self.threads = Threads(connections)
        self.feedback = Feedbacks(connections)
        self.deliveries = Deliveries(connections)
        self.outgoing = Outgoings(connections)
        self.installations = Installations(connections)

    @classmethod
    def open(cls, path: Path, clock: Clock = _now) -> Store:
        """Open or make the library: WAL, foreign keys, schema brought up to date. The clock gives aware times. ``OSError`` when the file is none."""
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            connections = Connections(path, clock)
            connections.prepare(edition(), _migrations)
        except sqlite3.DatabaseError as failure:
            raise OSError(str(failure)) from failure
        return cls(connections)

    def close(self) -> None:
        """Close every connection."""
        self._connections.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction around several calls: all of them, or, if one raises, none."""
        with self._connections.writing():
            yield

    def teams(self) -> tuple[str, ...]:
        """The workspaces that keep something here."""
        with self._connections.reading() as db:
            rows = db.execute("SELECT team FROM articles UNION SELECT team FROM readings UNION SELECT team FROM installations ORDER BY team")
            return tuple(row["team"] for row in rows if row["team"])

    def check(self) -> tuple[str, ...]:
        """What is wrong with the file, a sentence each; empty when all is well. Reads the whole file."""
        with self._connections.writing() as db:
            return care.check(db)

    def forget(self, team: str, keep: tuple[str, ...] = ()) -> int:
        """Delete everything of a workspace, but for the tables to ``keep``; returns how many rows."""
        with self._connections.writing() as db:
            return care.forget(db, team, keep)

    def export(self, team: str, without: frozenset[str] = frozenset()) -> Iterator[str]:
        """Everything of a workspace but its tokens and some tables, as lines of JSON: {"table": ..., ...columns}."""
        with self._connections.reading() as db:
            yield from care.export(db, team, without)

    def back_up(self, to: Path) -> None:
        """Copy the library while it is in use to one consistent file. ``OSError`` when it cannot be written."""
        with self._connections.reading() as db:
            try:
                care.back_up(db, to)
            except sqlite3.OperationalError as failure:
                raise OSError(str(failure)) from failure

    def tidy(self) -> None:
        """What is worth doing once a day: drop what expired, refresh the planner's statistics, merge the search index."""
        self.deliveries.expire()
        self.outgoing.expire()
        self.readings.expire()
        self.threads.expire()
        with self._connections.writing() as db:
            db.execute("PRAGMA optimize")
        for turn in range(care.MERGES):
            with self._connections.writing() as db:
                if not care.merge_index(db, begin=turn == 0):
                    break
