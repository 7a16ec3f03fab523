"""The schema as it is written down is the one that the migrations make."""

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from store import Store, edition, schema, snapshot
from store.migrations import migrations
from store.sqlite import Database


def dumped(path: Path) -> list[str]:
    """Everything in a file but the moments at which migrations were applied."""
    database = sqlite3.connect(path)
    lines = [re.sub(r"'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\+00:00'", "'then'", line).replace("\n;", ";") for line in database.iterdump()]
    database.close()
    return sorted(lines)


def migrated(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    with monkeypatch.context() as without:
        without.setattr(schema, "FILE", path.with_name("absent.sql"))
        Store.open(path).close()
    return path


def test_what_is_written_down_is_what_the_migrations_make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = migrated(tmp_path / "migrated.sqlite", monkeypatch)
    database = sqlite3.connect(made)
    database.row_factory = sqlite3.Row
    told = "a migration was appended: write the schema down anew with `python -m store.snapshot`"
    assert snapshot.written(database, edition()) == schema.FILE.read_text(encoding="utf-8"), told
    database.close()


def test_a_new_library_is_the_same_either_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store.open(tmp_path / "laid.sqlite").close()
    assert dumped(tmp_path / "laid.sqlite") == dumped(migrated(tmp_path / "migrated.sqlite", monkeypatch))
    database = Database(tmp_path / "laid.sqlite")
    assert not migrations.pending(database)
    database.close()


def test_another_edition_and_a_file_with_something_in_it_are_left_to_the_migrations(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "x.sqlite")
    assert not schema.lay(database, edition() + 1)
    database.execute("CREATE TABLE mine (a)")
    assert not schema.lay(database, edition())
    database.close()


def test_a_new_library_needs_no_sqlite_utils(tmp_path: Path) -> None:
    program = "import sys; from pathlib import Path; from store import Store; Store.open(Path(sys.argv[1])); assert 'sqlite_utils' not in sys.modules"
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "new.sqlite")], check=True, cwd=Path(__file__).parent.parent)
