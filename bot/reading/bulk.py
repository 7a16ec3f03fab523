"""Bulk import: files, folders, addresses and feeds put into the queue, read by several reader processes, counted at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import BotError, Misunderstood, TooLong
from bot.models import Reading
from bot.reading.documents import LARGEST_FILE
from bot.reading.news import News, Step
from bot.reading.supervisor import Supervisor

ENDINGS = frozenset((".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".mht", ".pdf", ".docx", ".eml", ".xml", ".rss", ".atom"))
"""Endings of files that are taken from a folder; a file named by itself is read whatever it is called."""
MOST_FRUITLESS = 3
"""Starts that all fail, after which the installation is at fault and waiting is useless."""


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read: an address, or a file with its bytes."""

    name: str
    content: bytes | None = None


@dataclass(slots=True)
class Tally:
    """What became of an import."""

    read: int = 0
    known: int = 0
    partial: int = 0
    """Of those read or known: only a part of the piece could be had."""
    failed: list[tuple[str, str]] = field(default_factory=list)
    """What, and why."""
    feeds: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    """Files of folders that are of no kind that is read, by ending."""

    @property
    def finished(self) -> int:
        """How many are settled either way."""
        return self.read + self.known + len(self.failed) + self.feeds


def gather(names: Iterable[str], left_out: Counter[str] | None = None) -> Iterator[Source | BotError]:
    """What is behind the names that were typed, files read as they are reached; an error stands for a name that leads nowhere.

    ``left_out`` counts, by ending, the files of folders that are of no kind that is read.
    """
    for name in names:
        if name.startswith(("http://", "https://")):
            yield Source(name)
            continue
        path = Path(name).expanduser()
        if path.is_dir():
            found = False
            for file in sorted(path.rglob("*")):
                if not file.is_file() or _is_hidden(file, path):
                    continue
                if file.suffix.lower() in ENDINGS:
                    found = True
                    yield _file(file)
                elif left_out is not None:
                    left_out[file.suffix.lower() or file.name] += 1
            if not found:
                yield Misunderstood("terminal.nothing_to_read", name=name, endings=", ".join(sorted(ENDINGS)))
        elif path.is_file():
            yield _file(path)
        elif "." in name.partition("/")[0] and "/" in name and " " not in name and not path.exists():
            yield Source(f"https://{name}")
        else:
            yield Misunderstood("terminal.nowhere", name=name)


def _is_hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def _file(path: Path) -> Source | BotError:
    try:
        if path.stat().st_size > LARGEST_FILE:
            size = path.stat().st_size // 1_000_000
            return TooLong("unread.file_too_large", name=f"“{path.name}”", size=size, most=LARGEST_FILE // 1_000_000)
        return Source(path.name, path.read_bytes())
    except OSError as error:
        return Misunderstood("terminal.unopened", name=path, why=error.strerror)


def import_all(
    readings: Iterable[Reading],
    supervise: Callable[[Callable[[News], None]], Supervisor],
    *,
    advance: Callable[[Tally, int], None] = lambda tally, total: None,
) -> Tally:
    """Let reader processes read what was put into the queue, and what its feeds bring; returns when all of it is settled.

    ``supervise`` makes the supervisor that tells its news to the function it gets. ``advance`` is called after each piece with the tally so
    far and the number of pieces known by then.
    """
    tally = Tally()
    waiting = {reading.id for reading in readings}
    total = len(waiting)

    def hear(news: News) -> None:
        nonlocal total
        if news.step is Step.QUEUED:
            if news.reading not in waiting:
                waiting.add(news.reading)
                total += 1
            return
        if news.step not in (Step.DONE, Step.FAILED) or news.reading not in waiting:
            return
        waiting.discard(news.reading)
        if news.step is Step.FAILED and news.feed:
            tally.feeds += 1
        elif news.step is Step.FAILED:
            tally.failed.append((news.source, news.reason))
        else:
            tally.known += news.known
            tally.read += not news.known
            tally.partial += news.partial
        advance(tally, total)

    supervisor = supervise(hear)
    try:
        while waiting:
            supervisor.tick(0.25)
            if supervisor.fruitless >= MOST_FRUITLESS:
                raise BotError("terminal.no_reader")
    finally:
        supervisor.close()
    return tally
