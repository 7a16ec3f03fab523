"""From a printed name to a person of the library."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from bot.models import NameType
from store.naming import compatible, is_full, last_word, name_key, without_honours


def resolve(
    db: sqlite3.Connection, team: str, article: int, name: str, type_of: NameType = NameType.PERSON, role: str | None = None
) -> int:
    """The person whom a piece calls so; a new one when nobody, or more than one, fits.

    What people decided by hand comes first, then the same name, then for persons: "V. Frolov" is the only Vladimir Frolov, "Putin" the
    only Putin. A fuller form found later becomes the name.
    """
    key = name_key(name) or name
    row = db.execute(
        "SELECT coalesce((SELECT person FROM identities WHERE article = ?1 AND key = ?3), "
        "(SELECT person FROM people_names WHERE team = ?2 AND key = ?3)) AS person",
        [article, team, key],
    ).fetchone()
    if row["person"] is None:
        row = None
    if row is not None:
        person: int = row["person"]
    elif type_of is NameType.PERSON and (match := match_person(db, team, key)) is not None:
        person = match
        if " " in key:
            add_name(db, team, person, name, key)
            _prefer_fuller(db, person, name, key)
    else:
        person = create(db, team, without_honours(name), key)
    if role:
        db.execute("UPDATE people SET role = ? WHERE id = ?", [role, person])
    return person


def match_person(db: sqlite3.Connection, team: str, key: str) -> int | None:
    """The only known person whom this folded name can mean."""
    names: dict[int, list[str]] = {}
    rows = db.execute(
        "SELECT n.person, n.key FROM people_names AS n WHERE n.person IN (SELECT person FROM people_names WHERE team = ? AND last = ?)",
        [team, last_word(key)],
    )
    for row in rows:
        names.setdefault(row["person"], []).append(row["key"])
    if " " not in key:
        fitting = [person for person, keys in names.items() if any(is_full(known) and last_word(known) == key for known in keys)]
    else:
        fitting = [
            person
            for person, keys in names.items()
            if all(known == last_word(key) or last_word(known) != last_word(key) or compatible(known, key) for known in keys)
        ]
        sure = [person for person in fitting if any(" " in known for known in names[person])]
        fitting = sure or fitting
    return fitting[0] if len(fitting) == 1 else None


def create(db: sqlite3.Connection, team: str, name: str, key: str) -> int:
    """A new person."""
    person = db.execute("INSERT INTO people (team, name) VALUES (?, ?)", [team, name]).lastrowid
    assert person is not None
    add_name(db, team, person, name, key)
    return person


def add_name(db: sqlite3.Connection, team: str, person: int, name: str, key: str, by_hand: bool = False) -> None:
    """Another name of a person; what was decided by hand is not undone by reading."""
    decided = " ON CONFLICT (team, key) DO UPDATE SET person = excluded.person, by_hand = 1" if by_hand else ""
    db.execute(
        f"INSERT {'' if by_hand else 'OR IGNORE '}INTO people_names VALUES (?, ?, ?, ?, ?, ?){decided}",
        [team, key, person, name, last_word(key), by_hand],
    )


def _prefer_fuller(db: sqlite3.Connection, person: int, name: str, key: str) -> None:
    row = db.execute("SELECT name FROM people WHERE id = ?", [person]).fetchone()
    if is_full(key) and not is_full(name_key(row["name"])):
        db.execute("UPDATE people SET name = ? WHERE id = ?", [name, person])


def remove_orphans(db: sqlite3.Connection, people: Iterable[int]) -> None:
    """Forget people whom no piece names any more, unless somebody arranged their names by hand."""
    for person in people:
        db.execute(
            "DELETE FROM people WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM bylines WHERE person = ?1) "
            "AND NOT EXISTS (SELECT 1 FROM names WHERE person = ?1) AND NOT EXISTS (SELECT 1 FROM statements WHERE person = ?1) "
            "AND NOT EXISTS (SELECT 1 FROM people_names WHERE person = ?1 AND by_hand = 1) "
            "AND NOT EXISTS (SELECT 1 FROM identities WHERE person = ?1)",
            [person],
        )
