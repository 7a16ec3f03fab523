"""Connections to the library's file: one writer behind a lock, and readers that are lent out one at a time."""

from __future__ import annotations

import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from store import schema

if TYPE_CHECKING:
    from store.sqlite import Migrations

Clock = Callable[[], datetime]

BUSY_TIMEOUT_MS = 30_000
"""How long a write waits for another process; ingest transactions take milliseconds, a restore or a migration seconds."""

SYNCHRONOUS = "NORMAL"
"""With WAL: a committed transaction survives a killed process; a power cut may lose the last ones but never corrupts."""

IDLE_READERS = 8
"""Read connections kept open; more than Slack's listener threads together with the clock. Opening one costs 0.2 ms."""


CACHE_KIB = 8_000
"""Pages that a read connection keeps at most. What ranks a thousand of a million pieces lies on as many pages: with SQLite's 2,000 they were read
anew for every search, 1.5 ms of 7."""


class Connections:
    """Lends connections. No connection is ever used by two threads at a time."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self.path = path
        self.clock = clock
        self._lock = threading.RLock()
        self._owner: int | None = None
        self._writer = self._connect()
        self._idle: queue.LifoQueue[sqlite3.Connection] = queue.LifoQueue(IDLE_READERS)
        self._closed = False

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA recursive_triggers = ON")
        connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
        return connection

    def prepare(self, edition: int, migrations: Callable[[], Migrations]) -> None:
        """Switch to WAL and bring the schema up to date; two processes may start at once.

        A file that this ``edition`` of the migrations has seen is up to date, and of an empty one it is known what they would make. Then
        neither they nor sqlite-utils are imported, which is a sixth of what the process that answers Slack computes at its start.
        """
        with self._lock:
            self._writer.execute("PRAGMA journal_mode = WAL")
            if self._writer.execute("PRAGMA user_version").fetchone()[0] == edition:
                return
        with self.writing() as db:
            if not schema.lay(db, edition):
                from store.sqlite import Database

                migrations().apply(Database(db))
            db.execute(f"PRAGMA user_version = {edition}")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The writer, inside one ``BEGIN IMMEDIATE`` transaction; blocks nest into the outermost one, which commits."""
        with self._lock:
            if self._owner is not None:
                yield self._writer
                return
            self._writer.execute("BEGIN IMMEDIATE")
            self._owner = threading.get_ident()
            try:
                yield self._writer
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise
            else:
                self._writer.execute("COMMIT")
            finally:
                self._owner = None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to read with; inside ``writing()`` it is the writer, which sees what is not committed yet."""
        if self._owner == threading.get_ident():
            yield self._writer
            return
        try:
            connection = self._idle.get_nowait()
        except queue.Empty:
            connection = self._connect()
            connection.execute("PRAGMA query_only = ON")
            connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        try:
            yield connection
        finally:
            self._take_back(connection)

    def _take_back(self, connection: sqlite3.Connection) -> None:
        if self._closed:
            connection.close()
            return
        try:
            self._idle.put_nowait(connection)
        except queue.Full:
            connection.close()

    def close(self) -> None:
        """Close every connection; the writer last, so that the file is checkpointed."""
        self._closed = True
        while True:
            try:
                self._idle.get_nowait().close()
            except queue.Empty:
                break
        with self._lock:
            self._writer.close()

    def now(self) -> str:
        """The time as it is stored."""
        return stored_time(self.clock())


def stored_time(moment: datetime) -> str:
    """UTC, ISO 8601, milliseconds: sorts as text."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def time_of(stored: str | None) -> datetime | None:
    """The moment that was stored."""
    return None if stored is None else datetime.fromisoformat(stored)
