"""The shelf of digests on their way: an outbox with one row for each subscription, period and part.

A row is made and the subscription's next time set in one transaction; then claim ("sending", with a lease) - ``begin`` - post with ``key``
as the message's metadata - ``sent``. Who finds a row whose lease ran out does not know whether it was posted: look for the key in the channel
(``doubtful``), then ``sent`` or ``again``.

What is new is told by ids of pieces, not by times: ids are given out in the order of commits, so a piece that is being stored while a
digest is made falls into the next one, and a clock that is set back hides nothing.
"""

from __future__ import annotations

import secrets
import sqlite3
from datetime import datetime, timedelta

from bot.records import Part, Posting, PostingState
from store.connections import Connections, stored_time, time_of

LEASE = timedelta(seconds=60)
"""After this a message that is still "sending" is in doubt; a post takes seconds and is given up after twenty."""

MOST_TELLINGS = 3
"""Times that a warning is tried."""

OVERTAKEN = "A later one covers it."
"""Reason of a digest that had not left when the next fell due."""


class Digests:
    """The outbox."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def enqueue(
        self,
        subscription: int,
        period: str,
        since: datetime,
        until: datetime,
        next_due_at: datetime | None,
        *,
        due_at: datetime | None = None,
        expected: datetime | None = None,
    ) -> Posting | None:
        """Put a period's digest into the outbox and set the subscription's next time; None when that period is there already.

        ``expected`` is the due time that the caller saw: when another process has moved it meanwhile, nothing happens. A digest that
        still waits is overtaken: this one covers what it would have told. While one is being sent, nothing happens either; ask again.
        """
        with self._connections.writing() as db:
            row = db.execute("SELECT * FROM subscriptions WHERE id = ?", [subscription]).fetchone()
            if row is None or (expected is not None and row["next_due_at"] != stored_time(expected)):
                return None
            if self._sending(db, subscription):
                return None
            db.execute("UPDATE subscriptions SET next_due_at = ? WHERE id = ?", [_stored(next_due_at), subscription])
            upto = db.execute("SELECT coalesce(max(id), 0) FROM articles WHERE team = ?", [row["team"]]).fetchone()[0]
            now = self._connections.now()
            cursor = db.execute(
                "INSERT INTO digests (team, subscription, period, state, key, channel, since, until, after, upto, due_at, created_at, changed_at) "
                "VALUES (?, ?, ?, 'waiting', ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                [
                    row["team"], subscription, period, _key(subscription, period), row["channel"], stored_time(since), stored_time(until),
                    row["told"], upto, _stored(due_at or until), now, now,
                ],
            )  # fmt: skip
            if cursor.rowcount != 1 or not cursor.lastrowid:
                return None
            db.execute(
                "UPDATE digests SET state = 'failed', reason = ?, changed_at = ? "
                "WHERE subscription = ? AND part = 'digest' AND state = 'waiting' AND id <> ?",
                [OVERTAKEN, now, subscription, cursor.lastrowid],
            )
            return self._load(db, cursor.lastrowid)

    def warn(self, subscription: int, period: str, words: str) -> Posting | None:
        """Put a word to the person who subscribed into the outbox; None when they were told already."""
        with self._connections.writing() as db:
            row = db.execute("SELECT team, person FROM subscriptions WHERE id = ?", [subscription]).fetchone()
            if row is None:
                return None
            now = self._connections.now()
            cursor = db.execute(
                "INSERT INTO digests (team, subscription, period, state, key, channel, since, until, part, words, created_at, changed_at) "
                "VALUES (?, ?, ?, 'waiting', ?, ?, ?, ?, 'warning', ?, ?, ?) ON CONFLICT DO NOTHING",
                [row["team"], subscription, f"{period}#warning", _key(subscription, period), row["person"], now, now, words, now, now],
            )
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
                "UPDATE digests SET state = 'sending', attempts = attempts + 1, sending_since = NULL, lease_until = ?, changed_at = ? WHERE id = ?",
                [stored_time(clock + lease), now, id_],
            )
            return self._load(db, id_)

    def doubtful(self, lease: timedelta = LEASE) -> Posting | None:
        """One that was being sent when its sender died, taken over with a new lease; was it posted? Look for its key.

        A lease that ends later than any that is given out now was given by a clock that has been set back; it has ended.
        """
        clock = self._connections.clock()
        doubtful = "SELECT id FROM digests WHERE state = 'sending' AND (lease_until <= ? OR lease_until > ?) ORDER BY lease_until, id LIMIT 1"
        bounds = [stored_time(clock), stored_time(clock + 2 * lease)]
        with self._connections.reading() as db:
            if db.execute(doubtful, bounds).fetchone() is None:
                return None
        with self._connections.writing() as db:
            row = db.execute(doubtful, bounds).fetchone()
            if row is None:
                return None
            db.execute("UPDATE digests SET lease_until = ?, changed_at = ? WHERE id = ?", [stored_time(clock + lease), bounds[0], row["id"]])
            return self._load(db, row["id"])

    def begin(self, posting: Posting, margin: timedelta) -> bool:
        """The request goes out now. False when the claim is no longer its holder's, or does not last for ``margin``, within which it must end.

        What was claimed and never begun was surely not posted.
        """
        clock = self._connections.clock()
        with self._connections.writing() as db:
            begun = db.execute(
                "UPDATE digests SET sending_since = ?, reason = NULL WHERE id = ? AND state = 'sending' AND lease_until = ? AND lease_until >= ?",
                [stored_time(clock), posting.id, _stored(posting.lease_until), stored_time(clock + margin)],
            ).rowcount
            return begun == 1

    def sent(self, id: int, ts: str | None, channel: str | None = None, details: bool = False, pause: timedelta = timedelta(0)) -> None:
        """It was posted, as the message ``ts`` in ``channel``; or there was nothing to say (None), and the next one covers this period too.

        With ``details`` a message for its thread is put into the outbox in the same transaction, to follow after ``pause``.
        """
        now = self._connections.now()
        with self._connections.writing() as db:
            changed = db.execute(
                "UPDATE digests SET state = 'sent', ts = ?, channel = coalesce(?, channel), reason = NULL, lease_until = NULL, changed_at = ? "
                "WHERE id = ? AND state <> 'sent'",
                [ts, channel, now, id],
            ).rowcount
            row = db.execute("SELECT * FROM digests WHERE id = ?", [id]).fetchone()
            if not changed or row is None or ts is None or row["part"] != Part.DIGEST:
                return
            db.execute(
                "UPDATE subscriptions SET last_sent_at = max(coalesce(last_sent_at, ''), ?), told = max(told, ?) WHERE id = ?",
                [row["until"], row["upto"], row["subscription"]],
            )
            # a person's own conversation has an id of its own, which Slack tells with the first message
            db.execute("UPDATE subscriptions SET channel = ? WHERE id = ? AND channel = person", [row["channel"], row["subscription"]])
            if details:
                db.execute(
                    "INSERT INTO digests (team, subscription, period, state, key, channel, since, until, part, thread, after, upto, due_at, "
                    "not_before, created_at, changed_at) VALUES (?, ?, ?, 'waiting', ?, ?, ?, ?, 'details', ?, ?, ?, ?, ?, ?, ?) "
                    "ON CONFLICT DO NOTHING",
                    [
                        row["team"], row["subscription"], row["period"] + "#details", row["key"] + "#details", row["channel"], row["since"],
                        row["until"], ts, row["after"], row["upto"], row["due_at"], stored_time(self._connections.clock() + pause), now, now,
                    ],
                )  # fmt: skip

    def again(self, id: int, reason: str, not_before: datetime | None = None) -> None:
        """It was not posted: send it again, not before that time (Slack's Retry-After)."""
        self._change(id, PostingState.WAITING, reason, not_before)

    def doubt(self, id: int, reason: str) -> None:
        """No clear answer came: it stays "sending" until its lease ends."""
        with self._connections.writing() as db:
            db.execute("UPDATE digests SET reason = ?, changed_at = ? WHERE id = ? AND state = 'sending'", [reason, self._connections.now(), id])

    def fail(self, id: int, reason: str) -> None:
        """It cannot be posted: the channel is gone, the bot was removed from it."""
        self._change(id, PostingState.FAILED, reason, None)

    def revive_warnings(self) -> None:
        """Warnings that could not be told for want of a token are tried once more: called when the process starts."""
        with self._connections.writing() as db:
            db.execute(
                "UPDATE digests SET state = 'waiting', not_before = NULL WHERE part = 'warning' AND state = 'failed' AND attempts < ?",
                [MOST_TELLINGS],
            )

    def hold(self, team: str, not_before: datetime) -> None:
        """Send nothing of a workspace before that time: Slack asked for a pause."""
        moment = stored_time(not_before)
        with self._connections.writing() as db:
            db.execute(
                "UPDATE digests SET not_before = ? WHERE team = ? AND state = 'waiting' AND (not_before IS NULL OR not_before < ?)",
                [moment, team, moment],
            )

    def get(self, id: int) -> Posting | None:
        """One posting as it is now."""
        with self._connections.reading() as db:
            row = db.execute("SELECT * FROM digests WHERE id = ?", [id]).fetchone()
            return None if row is None else _posting(row)

    def of_subscription(self, team: str, subscription: int, limit: int = 10) -> tuple[Posting, ...]:
        """The latest postings of a subscription, last first."""
        with self._connections.reading() as db:
            rows = db.execute(
                "SELECT * FROM digests WHERE team = ? AND subscription = ? AND part = 'digest' ORDER BY id DESC LIMIT ?", [team, subscription, limit]
            )
            return tuple(_posting(row) for row in rows)

    def last_until(self, subscription: int) -> datetime | None:
        """Up to when the digests of a subscription have told what is new."""
        with self._connections.reading() as db:
            row = db.execute(
                "SELECT max(until) FROM digests WHERE subscription = ? AND part = 'digest' AND state <> 'failed'", [subscription]
            ).fetchone()
            return time_of(row[0])

    def _next(self, db: sqlite3.Connection, now: str) -> int | None:
        row = db.execute(
            "SELECT id FROM digests WHERE state = 'waiting' AND (not_before IS NULL OR not_before <= ?) "
            "ORDER BY part = 'digest', attempts, id LIMIT 1",  # one whose sender keeps dying holds nobody up
            [now],
        ).fetchone()
        return None if row is None else row["id"]

    def _sending(self, db: sqlite3.Connection, subscription: int) -> bool:
        found = db.execute("SELECT 1 FROM digests WHERE subscription = ? AND part = 'digest' AND state = 'sending'", [subscription]).fetchone()
        return found is not None

    def _change(self, id_: int, state: PostingState, reason: str, not_before: datetime | None) -> None:
        with self._connections.writing() as db:
            db.execute(
                "UPDATE digests SET state = ?, reason = ?, not_before = ?, lease_until = NULL, changed_at = ? WHERE id = ?",
                [state.value, reason, _stored(not_before), self._connections.now(), id_],
            )

    def _load(self, db: sqlite3.Connection, id_: int) -> Posting:
        return _posting(db.execute("SELECT * FROM digests WHERE id = ?", [id_]).fetchone())


def _key(subscription: int, period: str) -> str:
    """Recognises one message for good: also where a library was begun anew, in which numbers come again."""
    return f"{subscription}:{period}:{secrets.token_hex(6)}"


def _stored(moment: datetime | None) -> str | None:
    return None if moment is None else stored_time(moment)


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
        lease_until=time_of(row["lease_until"]),
        part=Part(row["part"]),
        thread=row["thread"],
        after=row["after"],
        upto=row["upto"],
        due_at=time_of(row["due_at"]),
        words=row["words"],
        created_at=time_of(row["created_at"]),
    )
