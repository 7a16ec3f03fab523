"""The shelf of readings: the queue between Slack, which must answer at once, and the reader process, which may take its time."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import timedelta

from bot.models import Reading, ReadingState
from bot.records import Waiter
from store.addresses import is_address, link_key
from store.connections import Connections, stored_time

LEASE = timedelta(minutes=3)
"""After this a claim counts as abandoned: three times the reader's own limit for one piece."""

MOST_ATTEMPTS = 3
"""A piece that killed the reader this often is given up."""

COLUMNS = "r.*, w.channel, w.message"
FIRST_WAITER = (
    "LEFT JOIN waiters AS w ON w.reading = r.id AND (w.channel, w.message) = "
    "(SELECT channel, message FROM waiters WHERE reading = r.id ORDER BY channel, message LIMIT 1)"
)


class Readings:
    """Readings: enqueue, claim, finish."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def enqueue(
        self,
        team: str,
        source: str,
        content: bytes | None = None,
        *,
        person: str | None = None,
        channel: str | None = None,
        message: str | None = None,
    ) -> Reading:
        """Put an address, or something pasted or dropped, into the queue; what waits already is not put there twice, both messages wait."""
        digest = _digest(source, content)
        now = self._connections.now()
        with self._connections.writing() as db:
            db.execute(
                "INSERT INTO readings (team, source, content, digest, state, person, created_at, changed_at) "
                "VALUES (?, ?, ?, ?, 'waiting', ?, ?, ?) ON CONFLICT DO NOTHING",
                [team, source, content, digest, person, now, now],
            )
            row = db.execute(
                "SELECT id FROM readings WHERE team = ? AND digest = ? AND state IN ('waiting', 'claimed')", [team, digest]
            ).fetchone()
            if channel and message:
                db.execute("INSERT OR IGNORE INTO waiters VALUES (?, ?, ?, ?, ?)", [row["id"], channel, message, team, person])
            return self._load(db, row["id"])

    def wait(self, team: str, id: int, channel: str, message: str, person: str | None = None) -> None:
        """Let a message wait for a reading, to be edited when it is done."""
        with self._connections.writing() as db:
            db.execute(
                "INSERT OR IGNORE INTO waiters SELECT id, ?, ?, team, ? FROM readings WHERE id = ? AND team = ?",
                [channel, message, person, id, team],
            )

    def waiters(self, id: int) -> tuple[Waiter, ...]:
        """The messages that wait for a reading."""
        with self._connections.reading() as db:
            rows = db.execute("SELECT channel, message, person FROM waiters WHERE reading = ? ORDER BY channel, message", [id])
            return tuple(Waiter(row["channel"], row["message"], row["person"]) for row in rows)

    def claim(self, lease: timedelta = LEASE) -> Reading | None:
        """The next one to read, of any workspace, or one whose reader died; None when there is none.

        It is this caller's until the lease ends. A reading that outlived ``MOST_ATTEMPTS`` readers fails.
        """
        clock = self._connections.clock()
        now, until = stored_time(clock), stored_time(clock + lease)
        with self._connections.reading() as db:  # most calls find nothing and need no write lock
            if self._next(db, now) is None:
                return None
        with self._connections.writing() as db:
            db.execute(
                "UPDATE readings SET state = 'failed', reason = ?, claimed_until = NULL, content = NULL, changed_at = ? "
                "WHERE state = 'claimed' AND claimed_until <= ? AND attempts >= ?",
                ["It could not be read: the reader gave up each time.", now, now, MOST_ATTEMPTS],
            )
            id_ = self._next(db, now)
            if id_ is None:
                return None
            db.execute(
                "UPDATE readings SET state = 'claimed', claimed_until = ?, attempts = attempts + 1, changed_at = ? WHERE id = ?",
                [until, now, id_],
            )
            return self._load(db, id_)

    def extend(self, id: int, lease: timedelta = LEASE) -> None:
        """Keep a claim for longer."""
        with self._connections.writing() as db:
            db.execute(
                "UPDATE readings SET claimed_until = ? WHERE id = ? AND state = 'claimed'", [stored_time(self._connections.clock() + lease), id]
            )

    def fail(self, id: int, reason: str) -> None:
        """Finish a reading that brought nothing; ``reason`` is a sentence for people."""
        self._finish("state = 'failed', reason = ?", [reason], id)

    def finish(self, id: int, article: int, known: bool) -> None:
        """Finish a reading whose piece is stored already (``articles.save`` does this itself for a new one)."""
        self._finish("state = 'done', reason = NULL, article = ?, known = ?", [article, known], id)

    def release(self, id: int) -> None:
        """Give a claimed reading back untouched: the reader stops in good order."""
        with self._connections.writing() as db:
            db.execute(
                "UPDATE readings SET state = 'waiting', claimed_until = NULL, attempts = max(0, attempts - 1), changed_at = ? "
                "WHERE id = ? AND state = 'claimed'",
                [self._connections.now(), id],
            )

    def get(self, id: int) -> Reading | None:
        """One reading with its state now; ``content`` is dropped once it is finished."""
        with self._connections.reading() as db:
            row = db.execute("SELECT 1 FROM readings WHERE id = ?", [id]).fetchone()
            return None if row is None else self._load(db, id)

    def open(self, team: str) -> tuple[Reading, ...]:
        """What waits or is being read."""
        with self._connections.reading() as db:
            rows = db.execute("SELECT id FROM readings WHERE team = ? AND state IN ('waiting', 'claimed') ORDER BY id", [team]).fetchall()
            return tuple(self._load(db, row["id"]) for row in rows)

    def unannounced(self, limit: int = 50) -> tuple[Reading, ...]:
        """Finished readings for which a message still waits, oldest first."""
        with self._connections.reading() as db:
            rows = db.execute(
                "SELECT DISTINCT r.id FROM waiters AS w JOIN readings AS r ON r.id = w.reading WHERE r.state IN ('done', 'failed') "
                "ORDER BY r.id LIMIT ?",
                [limit],
            ).fetchall()
            return tuple(self._load(db, row["id"]) for row in rows)

    def announced(self, id: int, channel: str, message: str) -> None:
        """A waiting message has been edited."""
        with self._connections.writing() as db:
            db.execute("DELETE FROM waiters WHERE reading = ? AND channel = ? AND message = ?", [id, channel, message])

    def failures(self, team: str, limit: int = 10) -> tuple[Reading, ...]:
        """What could not be read, latest first."""
        with self._connections.reading() as db:
            rows = db.execute("SELECT id FROM readings WHERE team = ? AND state = 'failed' ORDER BY id DESC LIMIT ?", [team, limit]).fetchall()
            return tuple(self._load(db, row["id"]) for row in rows)

    def failed_lately(self, team: str, source: str, age: timedelta = timedelta(days=7)) -> bool:
        """Whether this address was tried in vain not long ago: a feed that still lists it is no reason to try again."""
        since = stored_time(self._connections.clock() - age)
        with self._connections.reading() as db:
            query = "SELECT 1 FROM readings WHERE team = ? AND source = ? AND state = 'failed' AND changed_at > ? LIMIT 1"
            return db.execute(query, [team, source, since]).fetchone() is not None

    def expire(self, age: timedelta = timedelta(days=30)) -> int:
        """Drop what was finished long ago; returns how many."""
        with self._connections.writing() as db:
            before = stored_time(self._connections.clock() - age)
            return db.execute("DELETE FROM readings WHERE state IN ('done', 'failed') AND changed_at < ?", [before]).rowcount

    def _next(self, db: sqlite3.Connection, now: str) -> int | None:
        row = db.execute("SELECT id FROM readings WHERE state = 'waiting' ORDER BY id LIMIT 1").fetchone()
        row = row or db.execute("SELECT id FROM readings WHERE state = 'claimed' AND claimed_until <= ? ORDER BY id LIMIT 1", [now]).fetchone()
        return None if row is None else row["id"]

    def _finish(self, change: str, values: list[object], id_: int) -> None:
        with self._connections.writing() as db:
            db.execute(
                f"UPDATE readings SET {change}, content = NULL, claimed_until = NULL, changed_at = ? WHERE id = ?",
                [*values, self._connections.now(), id_],
            )

    def _load(self, db: sqlite3.Connection, id_: int) -> Reading:
        row = db.execute(f"SELECT {COLUMNS} FROM readings AS r {FIRST_WAITER} WHERE r.id = ?", [id_]).fetchone()
        return Reading(
            id=row["id"],
            team=row["team"],
            source=row["source"],
            state=ReadingState(row["state"]),
            content=row["content"],
            article=row["article"],
            reason=row["reason"],
            attempts=row["attempts"],
            channel=row["channel"],
            message=row["message"],
            person=row["person"],
            known=bool(row["known"]),
        )


def _digest(source: str, content: bytes | None) -> str:
    what = content if content is not None else (link_key(source) if is_address(source) else source).encode()
    return hashlib.sha256(what).hexdigest()
