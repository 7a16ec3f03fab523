"""The shelf of people: authors, and those who are only quoted."""

from __future__ import annotations

import difflib
import sqlite3
from datetime import date

from bot.errors import NotAllowed, PersonNotFound
from bot.models import Person
from bot.naming import fold
from bot.records import Profile
from bot.wording import say
from store.connections import Connections
from store.naming import compatible, last_word, name_key
from store.resolving import add_name, create
from store.rows import DATED, marks

NEAR = 0.72
"""Similarity (difflib's ratio) from which a name is offered as "did you mean": one wrong letter in five, or two in nine."""

SURE = 0.8
"""Similarity from which a misspelt name is taken for the only one that is so near: one wrong letter in five."""

STATED_PERIOD = "min(CASE WHEN length(day) = 10 THEN day END), max(CASE WHEN length(day) = 10 THEN day END)"
"""First and last stated date; see ``rows.listed_day``."""


class People:
    """People: find by what somebody types, merge and split by hand."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def find(self, team: str, words: str) -> Person | None:
        """The person whom these words mean: authors before those only quoted, more pieces first."""
        found = self.candidates(team, words, 1)
        return found[0] if found else None

    def get(self, team: str, words: str) -> Person:
        """The person whom these words mean, or ``PersonNotFound`` naming those who are near."""
        found = self.find(team, words)
        if found is not None:
            return found
        near = self.near(team, words)
        asked = " ".join(words.split())[:80] or "…"
        if near:
            raise PersonNotFound("people.unknown_but", typed=asked, near=say("listed.or").join(near))
        raise PersonNotFound("people.unknown", typed=asked)

    def by_id(self, team: str, id: int) -> Person | None:
        """The person with this id."""
        with self._connections.reading() as db:
            row = db.execute("SELECT id, name, bio, role FROM people WHERE team = ? AND id = ?", [team, id]).fetchone()
            return None if row is None else _person(db, row)

    def candidates(self, team: str, words: str, limit: int = 5, by_words: bool = True) -> tuple[Person, ...]:
        """Everybody whom these words can mean: the whole name, the family name, initials, or any words of a name."""
        key = name_key(words)
        if not key:
            return ()
        with self._connections.reading() as db:
            exact = [row[0] for row in db.execute("SELECT person FROM people_names WHERE team = ? AND key = ?", [team, key])]
            rows = db.execute("SELECT person, key FROM people_names WHERE team = ? AND last = ?", [team, last_word(key)]).fetchall()
            # "Tavares-Bell" is a family name of two words
            family = f" {key}" if "-" in words and " " not in words.strip() else None
            others = [row["person"] for row in rows if " " not in key or compatible(row["key"], key) or (family and row["key"].endswith(family))]
            if by_words and not exact and not others:
                others = self._with_words(db, team, key)
            ids = list(dict.fromkeys([*self._busiest(db, exact), *self._busiest(db, others)]))
            if exact and " " not in key:
                ids = self._busiest(db, [*exact, *others])
            return tuple(person for id_ in ids[:limit] if (person := self._load(db, id_)) is not None)

    def named(self, team: str, words: str) -> Person | None:
        """The person with this whole name, family name or initials, or "#3" for the id; never a likeness. For words inside a question."""
        if words.startswith("#"):
            return self.by_id(team, int(words[1:])) if words[1:].isdecimal() and len(words) < 16 else None
        found = self.candidates(team, words, 1, by_words=False)
        return found[0] if found else None

    def given(self, team: str, word: str) -> Person | None:
        """The only author with this given name."""
        key = name_key(word)
        if not key or " " in key:
            return None
        with self._connections.reading() as db:
            rows = db.execute(
                "SELECT DISTINCT person FROM people_names AS n WHERE team = ? AND key > ? AND key < ? "
                "AND EXISTS (SELECT 1 FROM bylines AS b WHERE b.person = n.person) LIMIT 2",
                [team, f"{key} ", f"{key}!"],
            ).fetchall()
            return self._load(db, rows[0]["person"]) if len(rows) == 1 else None

    def near(self, team: str, words: str, limit: int = 3) -> tuple[str, ...]:
        """Names that are spelled like these words, nearest first."""
        return tuple(person.name for person, _ in self._spelled(team, words)[:limit])

    def meant(self, team: str, word: str) -> Person | None:
        """The only one whose family name is one slip away from this word, for words inside a question."""
        sure = [person for person, likeness in self._spelled(team, word) if likeness >= SURE]
        return sure[0] if len(sure) == 1 else None

    def _spelled(self, team: str, words: str) -> list[tuple[Person, float]]:
        """The nearest five with their likeness, nearest first."""
        key = name_key(words)
        if not key:
            return []
        asked = last_word(key)
        nearest: dict[int, float] = {}
        with self._connections.reading() as db:
            rows = db.execute(
                "SELECT person, key, last FROM people_names WHERE team = ? AND abs(length(last) - ?) <= 2", [team, len(asked)]
            ).fetchall()
            matcher = difflib.SequenceMatcher(b=asked, autojunk=False)
            for row in rows:
                matcher.set_seq1(row["last"])
                if matcher.real_quick_ratio() < NEAR or matcher.quick_ratio() < NEAR:
                    continue
                likeness = matcher.ratio()
                if " " in key:
                    likeness = max(likeness * 0.9, difflib.SequenceMatcher(None, row["key"], key).ratio())
                if likeness >= NEAR:
                    nearest[row["person"]] = max(likeness, nearest.get(row["person"], 0.0))
            best = sorted(nearest, key=lambda person: (-nearest[person], person))[:5]
            return [(person, nearest[id_]) for id_ in best if (person := self._load(db, id_)) is not None]

    def authors(self, team: str, limit: int = 50, offset: int = 0) -> tuple[tuple[Person, int], ...]:
        """Authors with the number of their pieces, most first."""
        with self._connections.reading() as db:
            rows = db.execute(
                "SELECT p.id, p.name, p.bio, p.role, count(*) AS pieces FROM bylines AS b JOIN people AS p ON p.id = b.person "
                "WHERE b.team = ? GROUP BY p.id ORDER BY pieces DESC, p.name LIMIT ? OFFSET ?",
                [team, limit, offset],
            ).fetchall()
            return tuple((_person(db, row), row["pieces"]) for row in rows)

    def wrote_between(self, team: str, author: int, since: date | None = None, until: date | None = None) -> tuple[date, date] | None:
        """First and last stated date of somebody's pieces, from the index of bylines alone; None where none states one."""
        with self._connections.reading() as db:
            # from either end of the index: min() and max() would go through all that somebody wrote
            days = f"SELECT day FROM bylines WHERE person = ? AND team = ? AND day BETWEEN ? AND ? AND {DATED.format('day')} ORDER BY day"
            values = [author, team, since.isoformat() if since else "", until.isoformat() if until else "9999"]
            first, last = (db.execute(f"{days} {end} LIMIT 1", values).fetchone() for end in ("ASC", "DESC"))
        return (date.fromisoformat(first["day"]), date.fromisoformat(last["day"])) if first else None

    def quoted(self, team: str, limit: int = 50) -> tuple[tuple[Person, int], ...]:
        """People to whom statements are attributed, with how many, most first."""
        with self._connections.reading() as db:
            rows = db.execute(
                "SELECT p.id, p.name, p.bio, p.role, count(*) AS said FROM statements AS v JOIN people AS p ON p.id = v.person "
                "WHERE p.team = ? GROUP BY p.id ORDER BY said DESC, p.name LIMIT ?",
                [team, limit],
            ).fetchall()
            return tuple((_person(db, row), row["said"]) for row in rows)

    def names(self, team: str) -> tuple[tuple[str, int], ...]:
        """Every form of every name with its person's id: what a question's words are compared with."""
        with self._connections.reading() as db:
            return tuple((row["name"], row["person"]) for row in db.execute("SELECT name, person FROM people_names WHERE team = ?", [team]))

    def profile(self, team: str, id: int) -> Profile:
        """What a person wrote and where they are quoted, or ``PersonNotFound``."""
        with self._connections.reading() as db:
            person = self._load(db, id, team)
            if person is None:
                raise PersonNotFound("views.person_gone")
            wrote = db.execute(f"SELECT count(*), {STATED_PERIOD} FROM bylines WHERE person = ?", [id]).fetchone()
            said = db.execute(f"SELECT count(*), {STATED_PERIOD} FROM statements WHERE person = ?", [id]).fetchone()
            source = (
                "issue_links AS i WHERE i.article IN (SELECT article FROM bylines WHERE person = ?)"
                if wrote[0]
                else "statements AS v JOIN statement_issues AS i ON i.statement = v.id WHERE v.person = ?"
            )
            counted = "count(*)" if wrote[0] else "count(DISTINCT v.article)"
            issues = db.execute(f"SELECT i.issue, {counted} AS n FROM {source} GROUP BY i.issue ORDER BY n DESC, i.issue", [id]).fetchall()
        first, last = (wrote[1], wrote[2]) if wrote[0] else (said[1], said[2])
        return Profile(
            person=person,
            pieces=wrote[0],
            quoted=said[0],
            first=date.fromisoformat(first) if first else None,
            last=date.fromisoformat(last) if last else None,
            issues=tuple((row["issue"], row["n"]) for row in issues),
        )

    def merge(self, team: str, keep: int, gone: int) -> Person:
        """Say that two people are one; holds when their pieces are read again."""
        with self._connections.writing() as db:
            if keep == gone or self._load(db, keep, team) is None or self._load(db, gone, team) is None:
                raise NotAllowed("people.two_needed")
            db.execute("UPDATE people_names SET person = ?, by_hand = 1 WHERE person = ?", [keep, gone])
            db.execute("UPDATE people_names SET by_hand = 1 WHERE person = ?", [keep])
            for table in ("bylines", "names", "statements", "identities", "threads"):
                db.execute(f"UPDATE {table} SET person = ? WHERE person = ?", [keep, gone])
            db.execute("UPDATE threads SET other = ? WHERE other = ?", [keep, gone])
            db.execute(
                "UPDATE people SET bio = coalesce(bio, (SELECT bio FROM people WHERE id = ?1)), "
                "role = coalesce(role, (SELECT role FROM people WHERE id = ?1)) WHERE id = ?2",
                [gone, keep],
            )
            db.execute("DELETE FROM people WHERE id = ?", [gone])
            merged = self._load(db, keep)
            assert merged is not None
            return merged

    def split(self, team: str, id: int, name: str, articles: tuple[int, ...] = ()) -> Person:
        """Say that a name - everywhere, or in these pieces only - is somebody else; holds when the pieces are read again."""
        key = name_key(name)
        with self._connections.writing() as db:
            known = self._load(db, id, team)
            if known is None:
                raise PersonNotFound("views.person_gone")
            if not articles and all(name_key(form) == key for form in (known.name, *known.aliases)):
                raise NotAllowed("people.no_other_name", person=known.name)
            other = create(db, team, name, key)
            pieces = articles or tuple(
                row[0]
                for row in db.execute(
                    "SELECT article FROM bylines WHERE person = ?1 UNION SELECT article FROM names WHERE person = ?1 "
                    "UNION SELECT article FROM statements WHERE person = ?1",
                    [id],
                )
            )
            if articles:
                db.executemany(
                    "INSERT OR REPLACE INTO identities VALUES (?, ?, ?, ?)", [(article, key, team, other) for article in articles]
                )
            else:
                add_name(db, team, other, name, key, by_hand=True)
                db.execute("UPDATE people_names SET by_hand = 1 WHERE person = ?", [id])
                if name_key(known.name) == key:
                    rest = next(form for form in known.aliases if name_key(form) != key)
                    db.execute("UPDATE people SET name = ? WHERE id = ?", [rest, id])
            self._repoint(db, pieces, key, id, other)
            made = self._load(db, other)
            assert made is not None
            return made

    def rename(self, team: str, id: int, name: str) -> Person:
        """Say how a person is called; the former name stays known."""
        with self._connections.writing() as db:
            if self._load(db, id, team) is None:
                raise PersonNotFound("views.person_gone")
            owner = db.execute("SELECT person FROM people_names WHERE team = ? AND key = ?", [team, name_key(name)]).fetchone()
            if owner is not None and owner["person"] != id:
                raise NotAllowed("people.somebody_else", person=name)
            add_name(db, team, id, name, name_key(name), by_hand=True)
            db.execute("UPDATE people SET name = ? WHERE id = ?", [name, id])
            renamed = self._load(db, id)
            assert renamed is not None
            return renamed

    def _repoint(self, db: sqlite3.Connection, pieces: tuple[int, ...], key: str, old: int, new: int) -> None:
        for article in pieces:
            for row in db.execute("SELECT position, name FROM bylines WHERE article = ? AND person = ?", [article, old]).fetchall():
                if name_key(row["name"]) == key:
                    db.execute("UPDATE bylines SET person = ? WHERE article = ? AND position = ?", [new, article, row["position"]])
            for row in db.execute("SELECT position, text FROM names WHERE article = ? AND person = ?", [article, old]).fetchall():
                if name_key(row["text"]) == key:
                    db.execute("UPDATE names SET person = ? WHERE article = ? AND position = ?", [new, article, row["position"]])
                    db.execute("UPDATE statements SET person = ? WHERE article = ? AND person = ?", [new, article, old])

    def _with_words(self, db: sqlite3.Connection, team: str, key: str) -> list[int]:
        """People of whose names all these words are a part, whole or as beginnings: "vlad", "angela"."""
        words = key.split()
        rows = db.execute("SELECT person, key FROM people_names WHERE team = ? AND key LIKE ?", [team, f"%{words[0]}%"])
        return [
            row["person"] for row in rows if all(any(part.startswith(word) for part in row["key"].split()) for word in words if len(word) > 1)
        ]

    def _busiest(self, db: sqlite3.Connection, ids: list[int]) -> list[int]:
        if len(ids) < 2:
            return ids
        rows = db.execute(
            "SELECT p.id, (SELECT count(*) FROM bylines WHERE person = p.id) AS wrote, "
            f"(SELECT count(*) FROM statements WHERE person = p.id) AS said FROM people AS p WHERE p.id IN ({marks(set(ids))}) "
            "ORDER BY wrote DESC, said DESC, p.id",
            list(set(ids)),
        )
        return [row["id"] for row in rows]

    def _load(self, db: sqlite3.Connection, id_: int, team: str | None = None) -> Person | None:
        row = db.execute("SELECT id, team, name, bio, role FROM people WHERE id = ?", [id_]).fetchone()
        return None if row is None or (team is not None and row["team"] != team) else _person(db, row)


def _person(db: sqlite3.Connection, row: sqlite3.Row) -> Person:
    forms = db.execute("SELECT name FROM people_names WHERE person = ? ORDER BY length(name) DESC, name", [row["id"]])
    aliases = tuple(form["name"] for form in forms if fold(form["name"]) != fold(row["name"]))
    return Person(row["id"], row["name"], aliases, row["bio"], row["role"])
