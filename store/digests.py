"""The shelf of digests on their way: an outbox with one row for each subscription and period.

A row is made and the subscription's next time set in one transaction; then claim ("sending", with a lease) - post with ``key`` as the
message's metadata - ``sent``. Who finds a row whose lease ran out does not know whether it was posted: look for the key in the channel
(``doubtful``), then ``sent`` or ``again``.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from bot.records import Posting, PostingState
from store.connections import Connections, stored_time, time_of

LEASE = timedelta(seconds=60)
"""After this a digest that is still "sending" is in doubt; a post takes seconds."""


class Digests:
    """The outbox."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def enqueue(self, subscription: int, period: str, since: datetime, until: datetime, next_due_at: datetime | None) -> Posting | None:
        """Put a period's digest into the outbox and set the subscription's next time; None when that period is there already."""
        with self._connections.writing() as db:
            row = db.execute("SELECT team, channel FROM subscriptions WHERE id = ?", [subscription]).fetchone()
            if row is None:
                return None
            db.execute(
                "UPDATE subscriptions SET next_due_at = ? WHERE id = ?", [None if next_due_at is None else stored_time(next_due_at), subscription]
            )
            cursor = db.execute(
                "INSERT INTO digests (team, subscription, period, state, key, channel, since, until, changed_at) "
                "VALUES (?, ?, ?, 'waiting', ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                [
                    row["team"], subscription, period, f"{subscription}:{period}", row["channel"], stored_time(since), stored_time(until),
                    self._connections.now(),
                ],
            )  # fmt: skip
            return self._load(db, cursor.lastrowid) if cursor.rowcount == 1 and cursor.lastrowid else None

    def claim(self, lease: timedelta = LEASE) -> Posting | None:
        """The next one to send, now "sending"; None when there is none."""
        clock = self._connections.clock()
        now = stored_time(clock)
        with self._connections.reading() as db:
            if self._next(db, now) is None:
                return None
        with self._connections.writing() as db:
            id_ = self._next(db, now)
            if id_ is None:
                return None
            db.execute(
                "UPDATE digests SET state = 'sending', attempts = attempts + 1, sending_since = ?, lease_until = ?, changed_at = ? WHERE id = ?",
                [now, stored_time(clock + lease), now, id_],
            )
            return self._load(db, id_)

    def doubtful(self, lease: timedelta = LEASE) -> Posting | None:
        """One that was being sent when its sender died, taken over with a new lease; was it posted? Look for its key."""
        clock = self._connections.clock()
        now = stored_time(clock)
        with self._connections.writing() as db:
            row = db.execute("SELECT id FROM digests WHERE state = 'sending' AND lease_until <= ? ORDER BY id LIMIT 1", [now]).fetchone()
            if row is None:
                return None
            db.execute("UPDATE digests SET lease_until = ?, changed_at = ? WHERE id = ?", [stored_time(clock + lease), now, row["id"]])
            return self._load(db, row["id"])

    def sent(self, id: int, ts: str | None) -> None:
        """It was posted, as the message ``ts``; or there was nothing to say (None)."""
        now = self._connections.now()
        with self._connections.writing() as db:
            db.execute(
                "UPDATE digests SET state = 'sent', ts = ?, reason = NULL, lease_until = NULL, changed_at = ? WHERE id = ?", [ts, now, id]
            )
            db.execute(
                "UPDATE subscriptions SET last_sent_at = (SELECT max(until) FROM digests WHERE subscription = subscriptions.id AND state = 'sent') "
                "WHERE id = (SELECT subscription FROM digests WHERE id = ?)",
                [id],
            )

    def again(self, id: int, reason: str, not_before: datetime | None = None) -> None:
        """It was not posted: send it again, not before that time (Slack's Retry-After)."""
        self._change(id, PostingState.WAITING, reason, not_before)

    def fail(self, id: int, reason: str) -> None:
        """It cannot be posted: the channel is gone, the bot was removed from it."""
        self._change(id, PostingState.FAILED, reason, None)

    def get(self, id: int) -> Posting | None:
        """One posting as it is now."""
        with self._connections.reading() as db:
            row = db.execute("SELECT * FROM digests WHERE id = ?", [id]).fetchone()
            return None if row is None else _posting(row)

    def of_subscription(self, team: str, subscription: int, limit: int = 10) -> tuple[Posting, ...]:
        """The latest postings of a subscription, last first."""
        with self._connections.reading() as db:
            rows = db.execute("SELECT * FROM digests WHERE team = ? AND subscription = ? ORDER BY id DESC LIMIT ?", [team, subscription, limit])
            return tuple(_posting(row) for row in rows)

    def last_until(self, subscription: int) -> datetime | None:
        """Up to when the digests of a subscription have told what is new."""
        with self._connections.reading() as db:
            row = db.execute("SELECT max(until) FROM digests WHERE subscription = ? AND state <> 'failed'", [subscription]).fetchone()
            return time_of(row[0])

    def _next(self, db: sqlite3.Connection, now: str) -> int | None:
        row = db.execute(
            "SELECT id FROM digests WHERE state = 'waiting' AND (not_before IS NULL OR not_before <= ?) ORDER BY id LIMIT 1", [now]
        ).fetchone()
        return None if row is None else row["id"]

    def _change(self, id_: int, state: PostingState, reason: str, not_before: datetime | None) -> None:
        with self._connections.writing() as db:
            db.execute(
                "UPDATE digests SET state = ?, reason = ?, not_before = ?, lease_until = NULL, changed_at = ? WHERE id = ?",
                [state.value, reason, None if not_before is None else stored_time(not_before), self._connections.now(), id_],
            )

    def _load(self, db: sqlite3.Connection, id_: int) -> Posting:
        return _posting(db.execute("SELECT * FROM digests WHERE id = ?", [id_]).fetchone())


def _posting(row: sqlite3.Row) -> Posting:
    since, until = time_of(row["since"]), time_of(row["until"])
    assert since is not None
    assert until is not None
    return Posting(
        id=row["id"],
        team=row["team"],
        subscription=row["subscription"],
        period=row["period"],
        state=PostingState(row["state"]),
        key=row["key"],
        channel=row["channel"],
        since=since,
        until=until,
        attempts=row["attempts"],
        ts=row["ts"],
        reason=row["reason"],
        sending_since=time_of(row["sending_since"]),
    )
