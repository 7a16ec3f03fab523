"""What the migrations make of an empty file, written down: ``schema.sql``, so that a new library need not go through them one by one.

``python -m store.snapshot`` writes it anew after a migration was appended; a test holds the two against each other. A file of another edition is
left aside, and the migrations do the work: that is as right, and takes 0.1 CPU-second more.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

FILE = Path(__file__).with_name("schema.sql")
HEAD = "-- Written by `python -m store.snapshot`; edition "


def lay(db: sqlite3.Connection, edition: int) -> bool:
    """Make the schema, within the transaction that is open; False, with nothing done, for a file that is not empty or another edition."""
    if not FILE.is_file() or db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
        return False
    head, *statements = FILE.read_text(encoding="utf-8").split("\n\n")
    if head != f"{HEAD}{edition}":
        return False
    for statement in statements:
        db.execute(statement)
    return True
