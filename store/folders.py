"""The shelf of watched files: which were put in line, and in which state."""

from __future__ import annotations

from collections.abc import Callable

from store.connections import Connections
from store.readings import Readings


class WatchedFiles:
    """Files of watched folders that were taken."""

    def __init__(self, connections: Connections, readings: Readings) -> None:
        self._connections = connections
        self._readings = readings

    def take(self, team: str, path: str, stamp: str, name: str, content: Callable[[], bytes]) -> bool:
        """Put a file in line unless it was, as it is now; both in one transaction. ``stamp`` changes when the file does."""
        with self._connections.reading() as db:
            if db.execute("SELECT 1 FROM watched_files WHERE team = ? AND path = ? AND stamp = ?", [team, path, stamp]).fetchone():
                return False
        read = content()
        with self._connections.writing() as db:
            changed = db.execute(
                "INSERT INTO watched_files VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET stamp = excluded.stamp WHERE stamp <> excluded.stamp",
                [team, path, stamp],
            ).rowcount
            if changed:
                self._readings.enqueue(team, name, read)
            return bool(changed)
