"""Files in watched folders are put in line once, and again when they change."""

import os
import time

import pytest

from handlers.folders import Folders

TEAM = "T1"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "incoming"
    (made / "deep").mkdir(parents=True)
    (made / ".hidden").mkdir()
    return made


def put(path, words):
    path.write_text(words)
    os.utime(path, (time.time() - 60, time.time() - 60))


def waiting(store):
    names = []
    while (reading := store.readings.claim()) is not None:
        names.append(reading.source)
        store.readings.fail(reading.id, "only looked at")
    return names


def test_each_file_once_and_again_when_it_changes(store, folder):
    folders = Folders(store, (folder,), lambda: TEAM)
    put(folder / "a.txt", "One.")
    put(folder / "deep" / "b.md", "Two.")
    put(folder / ".hidden" / "c.txt", "Three.")
    put(folder / "d.exe", "Four.")
    put(folder / "e.txt", "")
    assert folders.look() == 2
    assert waiting(store) == ["a.txt", "b.md"]
    assert folders.look() == 0
    put(folder / "a.txt", "One and more.")
    assert folders.look() == 1
    assert waiting(store) == ["a.txt"]
    assert Folders(store, (folder,), lambda: TEAM).look() == 0  # also after a restart


def test_a_file_that_is_being_written_is_left_for_later(store, folder):
    (folder / "a.txt").write_text("Half a")
    assert Folders(store, (folder,), lambda: TEAM).look() == 0
    assert Folders(store, (folder,), lambda: TEAM, now=lambda: time.time() + 10).look() == 1


def test_without_a_workspace_or_a_folder_nothing_happens(store, folder):
    put(folder / "a.txt", "One.")
    assert Folders(store, (folder,), lambda: None).look() == 0
    assert Folders(store, (folder / "missing",), lambda: TEAM).look() == 0


def test_a_file_that_cannot_be_read_is_tried_again(store, folder, monkeypatch):
    put(folder / "a.txt", "One.")
    folders = Folders(store, (folder,), lambda: TEAM)

    def refuse(self):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(type(folder), "read_bytes", refuse)
        assert folders.look() == 0
    assert folders.look() == 1
