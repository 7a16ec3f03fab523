"""The shelf of threads: what each is about, as ids, never messages."""

from __future__ import annotations

import json
from datetime import timedelta

from bot.records import Subject
from store.connections import Connections, stored_time


class Threads:
    """Threads' subjects."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def find(self, team: str, channel: str, thread: str) -> Subject | None:
        """What a thread is about."""
        with self._connections.reading() as db:
            row = db.execute("SELECT * FROM threads WHERE team = ? AND channel = ? AND thread = ?", [team, channel, thread]).fetchone()
        return None if row is None else Subject(row["piece"], row["person"], row["issue"], tuple(json.loads(row["pieces"])), row["other"])

    def remember(self, team: str, channel: str, thread: str, subject: Subject) -> None:
        """Say what a thread is about now."""
        with self._connections.writing() as db:
            db.execute(
                "INSERT OR REPLACE INTO threads (team, channel, thread, piece, person, other, issue, pieces, changed_at) VALUES (?, ?, ?, "
                "(SELECT id FROM articles WHERE id = ? AND team = ?), (SELECT id FROM people WHERE id = ? AND team = ?), "
                "(SELECT id FROM people WHERE id = ? AND team = ?), ?, ?, ?)",
                [
                    team, channel, thread, subject.piece, team, subject.person, team, subject.other, team, subject.issue, json.dumps(subject.pieces),
                    self._connections.now(),
                ],
            )  # fmt: skip

    def expire(self, age: timedelta = timedelta(days=90)) -> int:
        """Forget threads that nobody has spoken in for so long; returns how many."""
        with self._connections.writing() as db:
            return db.execute("DELETE FROM threads WHERE changed_at < ?", [stored_time(self._connections.clock() - age)]).rowcount
