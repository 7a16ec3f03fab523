"""Watched folders: files that are put there are put in line to be read, each once. Looked into on the clock's ticks."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from store import Store

log = logging.getLogger(__name__)

ENDINGS = frozenset((".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".mht", ".pdf", ".docx", ".eml"))
"""What the reader can read."""
LARGEST = 20_000_000
"""Bytes of one file; a long report as PDF has 5 MB."""
SETTLED = 5.0
"""Seconds since a file was last written to; before that it may still be growing."""
MOST_AT_ONCE = 100
"""Files taken at one look, so that a folder with ten thousand does not fill the queue before others' links."""


class Folders:
    """Looks into folders for new and changed files. ``team`` tells whose library they go to; None while that is not known."""

    def __init__(self, store: Store, folders: tuple[Path, ...], team: Callable[[], str | None], now: Callable[[], float] = time.time) -> None:
        self._store = store
        self._folders = folders
        self._team = team
        self._now = now

    def look(self) -> int:
        """Put what is new in line; returns how many. A file that is gone or closed to us before it is read is left for another time."""
        team = self._team()
        if team is None:
            return 0
        taken = 0
        for path, stamp in self._files():
            if taken >= MOST_AT_ONCE:
                break
            try:
                taken += self._store.folders.take(team, str(path), stamp, path.name, path.read_bytes)
            except OSError as trouble:
                log.warning("a watched file cannot be read: %s", trouble.strerror)
        return taken

    def _files(self) -> Iterator[tuple[Path, str]]:
        """Files that are done being written, with what changes when they change."""
        for folder in self._folders:
            for path in sorted(folder.rglob("*")):
                if path.suffix.casefold() not in ENDINGS or any(part.startswith(".") for part in path.relative_to(folder).parts):
                    continue
                try:
                    facts = path.stat()
                except OSError:
                    continue
                if path.is_file() and 0 < facts.st_size <= LARGEST and self._now() - facts.st_mtime >= SETTLED:
                    yield path, f"{facts.st_size}:{facts.st_mtime_ns}"
