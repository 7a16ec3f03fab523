"""The shelf of meanings: where each piece stands among the others, as a short vector, so that search can rank by likeness.

The mind learns a space from a workspace's own pieces and places pieces in it (``bot.language.meaning``); this shelf keeps both and says
when there is something to do. Pieces without a vector are ranked by their words alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from store.connections import Connections

FEWEST_PIECES = 150
"""Below this there is too little to learn from which words go together."""

GROWTH = 1.5
"""The space is learnt anew when the library has grown by half."""

SAMPLE = 8_000
"""Pieces that a space is learnt from, the newest; about 15 s of one core. More change the ranking little."""

BATCH = 200
"""Pieces placed in one transaction."""


class Space(Protocol):
    """What the mind learns: where a text stands."""

    def place(self, text: str) -> bytes:
        """The text's vector."""

    def to_bytes(self) -> bytes:
        """The space itself, to be kept."""


Learn = Callable[[Sequence[str]], Space]
Restore = Callable[[bytes], Space]


class Meanings:
    """Vectors of pieces."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def refresh(self, team: str, learn: Learn, restore: Restore, most: int | None = None) -> int:
        """Learn a space when it is time to, and place the pieces that have no vector in it; returns how many were placed.

        ``learn`` makes a space from texts, ``restore`` one from its bytes: ``bot.language.meaning``'s, which only the reader process loads.
        Call it when the queue is empty; ``most`` limits how many pieces are placed in one call.
        """
        space: Space | None = None
        if self._outgrown(team):
            space = learn(self._texts(team))
            self._keep(team, space)
        placed = 0
        while most is None or placed < most:
            with self._connections.reading() as db:
                row = db.execute("SELECT data, made_at FROM meaning_spaces WHERE team = ?", [team]).fetchone()
                if row is None:
                    return placed
                waiting = db.execute(
                    "SELECT t.article, t.title, t.standfirst, t.body FROM texts AS t WHERE t.team = ?1 AND t.article > "
                    "(SELECT coalesce(max(m.article), 0) FROM meanings AS m WHERE m.team = ?1 AND m.made_at = ?2) ORDER BY t.article LIMIT ?3",
                    [team, row["made_at"], BATCH if most is None else min(BATCH, most - placed)],
                ).fetchall()
            if not waiting:
                return placed
            space = space or restore(row["data"])
            vectors = [(text["article"], team, row["made_at"], space.place(weighted(*text[1:]))) for text in waiting]
            with self._connections.writing() as db:
                db.executemany(
                    "INSERT OR REPLACE INTO meanings SELECT ?1, ?2, ?3, ?4 WHERE EXISTS (SELECT 1 FROM articles WHERE id = ?1)", vectors
                )
            placed += len(vectors)
        return placed

    def teams(self) -> tuple[str, ...]:
        """Workspaces that have pieces."""
        with self._connections.reading() as db:
            # from one team to the next by the index; DISTINCT would read a row for every piece
            rows = db.execute(
                "WITH RECURSIVE t (team) AS (SELECT min(team) FROM articles UNION ALL "
                "SELECT (SELECT min(a.team) FROM articles AS a WHERE a.team > t.team) FROM t WHERE t.team IS NOT NULL) "
                "SELECT team FROM t WHERE team IS NOT NULL"
            )
            return tuple(row["team"] for row in rows)

    def _outgrown(self, team: str) -> bool:
        with self._connections.reading() as db:
            row = db.execute("SELECT pieces FROM meaning_spaces WHERE team = ?", [team]).fetchone()
            learnt_from = 0 if row is None else row["pieces"]
            if learnt_from >= SAMPLE:
                return False
            pieces: int = db.execute("SELECT count(*) FROM articles WHERE team = ?", [team]).fetchone()[0]
        return pieces >= max(FEWEST_PIECES, GROWTH * learnt_from)

    def _texts(self, team: str) -> list[str]:
        with self._connections.reading() as db:
            rows = db.execute("SELECT title, standfirst, body FROM texts WHERE team = ? ORDER BY article DESC LIMIT ?", [team, SAMPLE])
            return [weighted(*row) for row in rows]

    def _keep(self, team: str, space: Space) -> None:
        with self._connections.writing() as db:
            pieces = db.execute("SELECT count(*) FROM articles WHERE team = ?", [team]).fetchone()[0]
            db.execute("INSERT OR REPLACE INTO meaning_spaces VALUES (?, ?, ?, ?)", [team, pieces, space.to_bytes(), self._connections.now()])


TITLE_WEIGHT = 8
"""How often the title counts; with the words' logarithm this makes a title word about three times one of the body."""


def weighted(title: str, standfirst: str, body: str) -> str:
    """The text of a piece, its title and standfirst repeated as often as they count."""
    return "\n".join([title] * TITLE_WEIGHT + [standfirst] * 2 + [body])
