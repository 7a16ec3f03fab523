"""The shelf of feedback on answers."""

from __future__ import annotations

from bot.records import Feedback
from store.connections import Connections, time_of


class Feedbacks:
    """Feedback: one opinion for each person and answer, the last one counts."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def add(self, team: str, person: str, answer: str, good: bool, remark: str | None = None) -> None:
        """Keep what somebody thinks of an answer."""
        with self._connections.writing() as db:
            db.execute(
                "INSERT INTO feedback (team, person, answer, good, remark, at) VALUES (?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (team, person, answer) DO UPDATE SET good = excluded.good, remark = coalesce(excluded.remark, remark), at = excluded.at",
                [team, person, answer, good, remark, self._connections.now()],
            )

    def newest(self, team: str, limit: int = 20) -> tuple[Feedback, ...]:
        """What was said, latest first."""
        with self._connections.reading() as db:
            rows = db.execute("SELECT * FROM feedback WHERE team = ? ORDER BY at DESC, id DESC LIMIT ?", [team, limit])
            return tuple(
                Feedback(row["id"], row["team"], row["person"], row["answer"], bool(row["good"]), row["remark"], time_of(row["at"])) for row in rows
            )

    def counts(self, team: str) -> tuple[int, int]:
        """How many answers were found good, and not."""
        with self._connections.reading() as db:
            row = db.execute("SELECT coalesce(sum(good), 0), count(*) - coalesce(sum(good), 0) FROM feedback WHERE team = ?", [team]).fetchone()
            return row[0], row[1]
