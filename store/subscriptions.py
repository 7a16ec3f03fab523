"""The shelf of subscriptions to digests."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime

from bot.errors import NotFound
from bot.records import Cadence, Subscription
from store.connections import Connections, stored_time, time_of
from store.rows import filters_from_json, filters_to_json


class Subscriptions:
    """Subscriptions: add, change, pause, and which are due."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def save(self, subscription: Subscription, since: datetime | None = None) -> Subscription:
        """Add a subscription (id 0) or change one; returns it with its id. A new one's first digest tells what was added after ``since``."""
        values = [
            subscription.channel,
            subscription.person,
            subscription.cadence.value,
            subscription.day,
            subscription.hour,
            subscription.minute,
            subscription.zone,
            filters_to_json(subscription.filters),
            _stored(subscription.next_due_at),
            subscription.paused,
            _stored(subscription.snoozed_until),
            subscription.reason,
        ]
        with self._connections.writing() as db:
            if subscription.id:
                changed = db.execute(
                    "UPDATE subscriptions SET channel = ?, person = ?, cadence = ?, day = ?, hour = ?, minute = ?, zone = ?, filters = ?, "
                    "next_due_at = ?, paused = ?, snoozed_until = ?, reason = ? WHERE id = ? AND team = ?",
                    [*values, subscription.id, subscription.team],
                ).rowcount
                if not changed:
                    raise NotFound("digest.gone")
                return self._get(db, subscription.id)
            id_ = db.execute(
                "INSERT INTO subscriptions (channel, person, cadence, day, hour, minute, zone, filters, next_due_at, paused, snoozed_until, reason, "
                "team, created_at, told) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                "coalesce((SELECT id FROM articles WHERE team = ? AND added_at <= ? ORDER BY id DESC LIMIT 1), 0))",
                [*values, subscription.team, self._connections.now(), subscription.team, _stored(since) or self._connections.now()],
            ).lastrowid
            assert id_ is not None
            return self._get(db, id_)

    def get(self, team: str, id: int) -> Subscription:
        """One subscription, or ``NotFound``."""
        with self._connections.reading() as db:
            found = self._get(db, id)
        if found.team != team:
            raise NotFound("digest.no_such")
        return found

    def of_person(self, team: str, person: str) -> tuple[Subscription, ...]:
        """Somebody's subscriptions, oldest first."""
        return self._select("team = ? AND person = ?", [team, person])

    def of_channel(self, team: str, channel: str) -> tuple[Subscription, ...]:
        """A channel's subscriptions, oldest first."""
        return self._select("team = ? AND channel = ?", [team, channel])

    def all(self, team: str) -> tuple[Subscription, ...]:
        """Every subscription of a workspace."""
        return self._select("team = ?", [team])

    def due(self, now: datetime) -> tuple[Subscription, ...]:
        """Subscriptions of all workspaces whose time has come and that nobody paused, longest due first."""
        moment = stored_time(now)
        return self._select(
            "paused = 0 AND next_due_at <= ? AND (snoozed_until IS NULL OR snoozed_until <= ?)", [moment, moment], "next_due_at, id"
        )

    def astray(self, after: datetime) -> tuple[Subscription, ...]:
        """Subscriptions that are due only later than ``after``, though nobody paused or snoozed them: a clock that ran ahead set them so."""
        return self._select("paused = 0 AND next_due_at > ? AND snoozed_until IS NULL", [stored_time(after)])

    def stop(self, id: int, reason: str) -> None:
        """Pause a subscription because it cannot be delivered; ``reason`` is a sentence for people."""
        with self._connections.writing() as db:
            db.execute("UPDATE subscriptions SET paused = 1, reason = ? WHERE id = ?", [reason, id])

    def pause(self, team: str, id: int, paused: bool = True) -> Subscription:
        """Pause a subscription, or let it go on."""
        return self.save(replace(self.get(team, id), paused=paused))

    def snooze(self, team: str, id: int, until: datetime | None) -> Subscription:
        """Keep a subscription quiet until then."""
        return self.save(replace(self.get(team, id), snoozed_until=until))

    def schedule(self, id: int, next_due_at: datetime | None) -> None:
        """Say when a subscription is due next."""
        with self._connections.writing() as db:
            db.execute("UPDATE subscriptions SET next_due_at = ? WHERE id = ?", [_stored(next_due_at), id])

    def remove(self, team: str, id: int) -> Subscription:
        """End a subscription and drop its outbox; returns what it was."""
        with self._connections.writing() as db:
            removed = self.get(team, id)
            db.execute("DELETE FROM subscriptions WHERE id = ?", [id])
        return removed

    def _select(self, condition: str, values: list[object], order: str = "id") -> tuple[Subscription, ...]:
        with self._connections.reading() as db:
            rows = db.execute(f"SELECT * FROM subscriptions WHERE {condition} ORDER BY {order}", values)
            return tuple(_subscription(row) for row in rows)

    def _get(self, db: sqlite3.Connection, id_: int) -> Subscription:
        row = db.execute("SELECT * FROM subscriptions WHERE id = ?", [id_]).fetchone()
        if row is None:
            raise NotFound("digest.no_such")
        return _subscription(row)


def _stored(moment: datetime | None) -> str | None:
    return None if moment is None else stored_time(moment)


def _subscription(row: sqlite3.Row) -> Subscription:
    return Subscription(
        id=row["id"],
        team=row["team"],
        channel=row["channel"],
        person=row["person"],
        cadence=Cadence(row["cadence"]),
        hour=row["hour"],
        zone=row["zone"],
        minute=row["minute"],
        day=row["day"],
        filters=filters_from_json(row["filters"]),
        next_due_at=time_of(row["next_due_at"]),
        paused=bool(row["paused"]),
        snoozed_until=time_of(row["snoozed_until"]),
        created_at=time_of(row["created_at"]),
        last_sent_at=time_of(row["last_sent_at"]),
        told=row["told"],
        reason=row["reason"],
    )
