"""The shelf of handled deliveries: Slack delivers some events twice; only the first has an effect."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from store.connections import Connections, stored_time


class Deliveries:
    """Ids of events that were handled."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    @contextmanager
    def once(self, team: str, id: int | str) -> Iterator[bool]:
        """True the first time an id comes. What the block stores is one transaction with the id: both or, if it raises, neither."""
        with self._connections.writing() as db:
            added = db.execute("INSERT OR IGNORE INTO deliveries VALUES (?, ?, ?)", [team, str(id), self._connections.now()]).rowcount
            yield added == 1

    def known(self, team: str, id: int | str) -> bool:
        """Whether an id came before."""
        with self._connections.reading() as db:
            return db.execute("SELECT 1 FROM deliveries WHERE team = ? AND id = ?", [team, str(id)]).fetchone() is not None

    def first(self, team: str, id: int | str) -> bool:
        """Record an id whose effect stores nothing; False when it came before."""
        with self.once(team, id) as first:
            return first

    def forget(self, team: str, id: int | str) -> None:
        """What it was to do could not be done, so it may come again."""
        with self._connections.writing() as db:
            db.execute("DELETE FROM deliveries WHERE team = ? AND id = ?", [team, str(id)])

    def expire(self, age: timedelta = timedelta(days=2)) -> int:
        """Drop old ids: Slack's last repeat comes within minutes. Returns how many."""
        with self._connections.writing() as db:
            return db.execute("DELETE FROM deliveries WHERE at < ?", [stored_time(self._connections.clock() - age)]).rowcount
