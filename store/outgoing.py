"""The shelf of what Slack is still to be told: messages and fetches that were promised together with the event that caused them.

A row is written in the transaction that records the event, and sent afterwards; what it says is dropped once it is sent. A row whose
sender died comes back as ``doubtful``: it may have been posted, so its key is looked for before it is posted again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.records import Outgoing
from store.connections import Connections, stored_time

LEASE = timedelta(seconds=30)
"""After this a row counts as abandoned: three times the time limit of one call to Slack."""

MOST_ATTEMPTS = 40
"""With the pauses between attempts this is more than half a day of Slack being out of reach."""


class Outgoings:
    """What is to be sent: add, claim, sent."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def add(
        self, team: str, key: str, kind: str, channel: str, body: Mapping[str, Any], *, thread: str | None = None, person: str | None = None
    ) -> bool:
        """Promise something; False when the key was promised before, whatever became of it."""
        with self._connections.writing() as db:
            added = db.execute(
                "INSERT OR IGNORE INTO outgoing (team, key, kind, channel, thread, person, body, state, changed_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting', ?)",
                [team, key, kind, channel, thread, person, json.dumps(body, ensure_ascii=False), self._connections.now()],
            ).rowcount
            return added == 1

    def claim(self, lease: timedelta = LEASE) -> Outgoing | None:
        """The next one to send; never two of one channel at a time, so that they keep their order. None when there is none."""
        clock = self._connections.clock()
        now, until = stored_time(clock), stored_time(clock + lease)
        with self._connections.reading() as db:  # most calls find nothing and need no write lock
            if self._next(db, now) is None:
                return None
        with self._connections.writing() as db:
            row = self._next(db, now)
            if row is None:
                return None
            db.execute(
                "UPDATE outgoing SET state = 'sending', lease_until = ?, attempts = attempts + 1, changed_at = ? WHERE id = ?",
                [until, now, row["id"]],
            )
            return Outgoing(
                id=row["id"],
                team=row["team"],
                key=row["key"],
                kind=row["kind"],
                channel=row["channel"],
                thread=row["thread"],
                person=row["person"],
                body=json.loads(row["body"]),
                attempts=row["attempts"] + 1,
                doubtful=row["state"] == "sending",
                reason=row["reason"] or "",
                promised_at=datetime.fromisoformat(row["changed_at"]),
            )

    def done(self, id: int, ts: str | None = None) -> None:
        """It was sent; what it said is dropped."""
        self._finish("done", ts, None, id)

    def fail(self, id: int, reason: str) -> None:
        """It will never be sent."""
        self._finish("failed", None, reason, id)

    def again(self, id: int, reason: str, not_before: datetime) -> None:
        """It was not sent; try later."""
        with self._connections.writing() as db:
            db.execute(
                "UPDATE outgoing SET state = 'waiting', lease_until = NULL, not_before = ?, reason = ? WHERE id = ? AND state = 'sending'",
                [stored_time(not_before), reason, id],
            )

    def doubt(self, id: int, reason: str, look_at: datetime) -> None:
        """It may have been sent; look before sending again."""
        with self._connections.writing() as db:
            db.execute("UPDATE outgoing SET lease_until = ?, reason = ? WHERE id = ?", [stored_time(look_at), reason, id])

    def hold(self, team: str, kind: str, channel: str | None, until: datetime) -> None:
        """Slack asks for patience: nothing of this kind goes to this channel (None: to any) before ``until``."""
        where, values = ("AND channel = ?", [channel]) if channel else ("", [])
        with self._connections.writing() as db:
            db.execute(
                f"UPDATE outgoing SET not_before = max(coalesce(not_before, ''), ?) WHERE team = ? AND kind = ? AND state = 'waiting' {where}",
                [stored_time(until), team, kind, *values],
            )

    def waiting(self) -> int:
        """How many are not sent yet."""
        with self._connections.reading() as db:
            count: int = db.execute("SELECT count(*) FROM outgoing WHERE state IN ('waiting', 'sending')").fetchone()[0]
            return count

    def failures(self, limit: int = 10) -> tuple[tuple[str, str], ...]:
        """What could not be sent, latest first: when and why."""
        with self._connections.reading() as db:
            rows = db.execute("SELECT changed_at, reason FROM outgoing WHERE state = 'failed' ORDER BY id DESC LIMIT ?", [limit])
            return tuple((row["changed_at"], row["reason"] or "") for row in rows)

    def expire(self, age: timedelta = timedelta(days=7)) -> int:
        """Drop what was finished long ago; returns how many."""
        with self._connections.writing() as db:
            before = stored_time(self._connections.clock() - age)
            return db.execute("DELETE FROM outgoing WHERE state IN ('done', 'failed') AND changed_at < ?", [before]).rowcount

    def _next(self, db: sqlite3.Connection, now: str) -> sqlite3.Row | None:
        row: sqlite3.Row | None = db.execute(
            "SELECT * FROM outgoing AS o WHERE o.state IN ('waiting', 'sending') "
            "AND (o.state = 'waiting' AND coalesce(not_before, '') <= ?1 OR o.state = 'sending' AND lease_until <= ?1) "
            "AND NOT EXISTS (SELECT 1 FROM outgoing AS other WHERE other.team = o.team AND other.channel = o.channel AND other.id < o.id "
            "AND other.state IN ('waiting', 'sending')) ORDER BY id LIMIT 1",
            [now],
        ).fetchone()
        return row

    def _finish(self, state: str, ts: str | None, reason: str | None, id_: int) -> None:
        with self._connections.writing() as db:
            db.execute(
                "UPDATE outgoing SET state = ?, ts = ?, reason = ?, body = '{}', lease_until = NULL, changed_at = ? WHERE id = ?",
                [state, ts, reason, self._connections.now(), id_],
            )
