"""The shelf of outlets: by their names, and by what they are called for short."""

from __future__ import annotations

from collections.abc import Iterable

from bot.naming import SMALL_WORDS, fold
from store.connections import Connections
from store.rows import distinct


class Outlets:
    """Publications, as the pieces write them."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def names(self, team: str) -> tuple[str, ...]:
        """Each once, from one to the next by the index: 2 ms for three hundred in a hundred thousand pieces."""
        with self._connections.reading() as db:
            return tuple(row[0] for row in db.execute(distinct("articles", "outlet", " COLLATE NOCASE"), [team]))

    def like(self, team: str, words: str) -> tuple[str, ...]:
        """The outlets that these words mean; else all whose names contain what was typed."""
        names, typed = self.names(team), words.casefold().strip()
        return meant(words, names) or tuple(name for name in names if typed and typed in name.casefold())


def meant(words: str, names: Iterable[str]) -> tuple[str, ...]:
    """The outlet of this name, in any case; else those that have these words in their names ("the Post") or are shortened so ("ECFR")."""
    asked = set(fold(words).split()) - SMALL_WORDS
    known = {name: fold(name).split() for name in names} if asked else {}
    exact = tuple(name for name in known if name.casefold() == words.casefold().strip())
    named = exact or tuple(name for name, parts in known.items() if asked <= set(parts))
    if named or not words.isupper():
        return named
    return tuple(name for name, parts in known.items() if words.casefold() == "".join(part[0] for part in parts if part not in SMALL_WORDS))
