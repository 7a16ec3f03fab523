"""The shelf of installations: tokens by workspace for Bolt's ``InstallationStore``, and the states of sign-ins under way."""

from __future__ import annotations

import secrets
from datetime import timedelta

from store.connections import Connections, stored_time


class Installations:
    """Installations as the JSON that the ear makes of them; None stands for no enterprise, no team."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def save(self, enterprise: str | None, team: str | None, person: str | None, data: str) -> None:
        """Keep what installing gave; a later installation by the same person replaces it."""
        with self._connections.writing() as db:
            db.execute(
                "INSERT OR REPLACE INTO installations VALUES (?, ?, ?, ?, ?)",
                [team or "", enterprise or "", person or "", data, self._connections.now()],
            )

    def find(self, enterprise: str | None, team: str | None, person: str | None = None) -> str | None:
        """The latest installation of a workspace, or a person's own."""
        condition, values = ("AND person = ?", [person]) if person else ("", [])
        with self._connections.reading() as db:
            row = db.execute(
                f"SELECT data FROM installations WHERE enterprise = ? AND team = ? {condition} ORDER BY installed_at DESC LIMIT 1",
                [enterprise or "", team or "", *values],
            ).fetchone()
            return None if row is None else row["data"]

    def delete(self, enterprise: str | None, team: str | None, person: str | None = None) -> None:
        """Drop the tokens of a workspace, or a person's own."""
        condition, values = ("AND person = ?", [person]) if person else ("", [])
        with self._connections.writing() as db:
            db.execute(f"DELETE FROM installations WHERE enterprise = ? AND team = ? {condition}", [enterprise or "", team or "", *values])

    def teams(self) -> tuple[str, ...]:
        """Workspaces that have installed Entente."""
        with self._connections.reading() as db:
            return tuple(row["team"] for row in db.execute("SELECT DISTINCT team FROM installations WHERE team <> '' ORDER BY team"))

    def issue_state(self, lifetime: timedelta = timedelta(minutes=10)) -> str:
        """A new state for a sign-in."""
        state = secrets.token_urlsafe(24)
        with self._connections.writing() as db:
            db.execute("DELETE FROM oauth_states WHERE expires_at <= ?", [self._connections.now()])
            db.execute("INSERT INTO oauth_states VALUES (?, ?)", [state, stored_time(self._connections.clock() + lifetime)])
        return state

    def consume_state(self, state: str) -> bool:
        """Whether a sign-in's state is ours and still good; it is good once."""
        with self._connections.writing() as db:
            return db.execute("DELETE FROM oauth_states WHERE state = ? AND expires_at > ?", [state, self._connections.now()]).rowcount == 1
