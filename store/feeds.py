"""The shelf of feeds that are polled."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from bot.errors import NotFound
from bot.records import Feed
from store.addresses import link_key
from store.connections import Connections, stored_time, time_of


class Feeds:
    """Feeds: add, which are due, what came of a poll."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def add(self, team: str, url: str, title: str | None = None, channel: str | None = None, person: str | None = None) -> Feed:
        """Poll a feed from now on; the same feed twice is one."""
        now, key = self._connections.now(), link_key(url)
        with self._connections.writing() as db:
            for known in db.execute("SELECT * FROM feeds WHERE team = ?", [team]).fetchall():
                if link_key(known["url"]) == key:
                    return _feed(known)
            id_ = db.execute(
                "INSERT INTO feeds (team, url, title, next_poll_at, channel, person, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [team, url, title, now, channel, person, now],
            ).lastrowid
            return _feed(db.execute("SELECT * FROM feeds WHERE id = ?", [id_]).fetchone())

    def all(self, team: str) -> tuple[Feed, ...]:
        """A workspace's feeds."""
        with self._connections.reading() as db:
            return tuple(_feed(row) for row in db.execute("SELECT * FROM feeds WHERE team = ? ORDER BY id", [team]))

    def claim(self, lease: timedelta = timedelta(minutes=5)) -> Feed | None:
        """The feed longest due, of any workspace, not handed out again before the lease ends; None when none is due."""
        clock = self._connections.clock()
        due = "SELECT * FROM feeds WHERE next_poll_at <= ? ORDER BY next_poll_at LIMIT 1"
        with self._connections.reading() as db:
            if db.execute(due, [stored_time(clock)]).fetchone() is None:
                return None
        with self._connections.writing() as db:
            row = db.execute(due, [stored_time(clock)]).fetchone()
            if row is None:
                return None
            db.execute("UPDATE feeds SET next_poll_at = ? WHERE id = ?", [stored_time(clock + lease), row["id"]])
            return _feed(row)

    def polled(
        self, id: int, next_poll_at: datetime, title: str | None = None, etag: str | None = None, last_modified: str | None = None
    ) -> None:
        """It was read, or has not changed; what a header did not say stays."""
        with self._connections.writing() as db:
            db.execute(
                "UPDATE feeds SET next_poll_at = ?, title = coalesce(?, title), etag = coalesce(?, etag), "
                "last_modified = coalesce(?, last_modified), failures = 0, last_error = NULL WHERE id = ?",
                [stored_time(next_poll_at), title, etag, last_modified, id],
            )

    def failed(self, id: int, next_poll_at: datetime, error: str) -> None:
        """It could not be read; ``error`` is a sentence for people."""
        with self._connections.writing() as db:
            db.execute(
                "UPDATE feeds SET next_poll_at = ?, failures = failures + 1, last_error = ? WHERE id = ?", [stored_time(next_poll_at), error, id]
            )

    def remove(self, team: str, url: str) -> Feed:
        """Stop polling a feed, given its address or "#3", or raise ``NotFound``."""
        with self._connections.writing() as db:
            for row in db.execute("SELECT * FROM feeds WHERE team = ?", [team]).fetchall():
                if url.strip().lstrip("#") == str(row["id"]) or link_key(row["url"]) == link_key(url):
                    db.execute("DELETE FROM feeds WHERE id = ?", [row["id"]])
                    return _feed(row)
        raise NotFound("feed.not_followed")


def _feed(row: sqlite3.Row) -> Feed:
    return Feed(
        id=row["id"],
        team=row["team"],
        url=row["url"],
        title=row["title"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        next_poll_at=time_of(row["next_poll_at"]),
        failures=row["failures"],
        last_error=row["last_error"],
        channel=row["channel"],
        person=row["person"],
    )
