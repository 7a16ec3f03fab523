"""Writes ``schema.sql``: ``python -m store.snapshot``, after a migration was appended."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from store import Store, edition, schema

APPLIED = "strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now')"
"""As sqlite-utils notes when a migration was applied."""


def written(db: sqlite3.Connection, edition: int) -> str:
    """The schema of a file that the migrations have just made, and the rows that they put into it."""
    made = db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid").fetchall()
    virtual = tuple(f"{name}_" for name, sql in made if sql.startswith("CREATE VIRTUAL"))
    own = [(name, sql) for name, sql in made if not name.startswith(virtual)]  # an index of words makes its tables by itself
    statements = [sql.strip() for _, sql in own]
    for name, sql in own:
        if sql.startswith("CREATE TABLE"):
            statements += [_insert(db, name, row) for row in db.execute(f'SELECT * FROM "{name}"')]
    return "\n\n".join([f"{schema.HEAD}{edition}", *statements])


def _insert(db: sqlite3.Connection, table: str, row: sqlite3.Row) -> str:
    values = [APPLIED if column == "applied_at" else db.execute("SELECT quote(?)", [row[column]]).fetchone()[0] for column in row.keys()]  # noqa: SIM118
    return f'INSERT INTO "{table}" VALUES ({", ".join(values)})'


def main() -> None:
    """Write ``schema.sql``."""
    schema.FILE.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.sqlite"
        Store.open(path).close()
        db = sqlite3.connect(path)
        db.row_factory = sqlite3.Row
        schema.FILE.write_text(written(db, edition()), encoding="utf-8")
        db.close()


if __name__ == "__main__":
    main()
