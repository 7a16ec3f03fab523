"""What a reader process tells its supervisor, and what both need of the store; light, so that the process that answers Slack can import it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from bot.models import Analysis, Article, Reading
from bot.records import Saved

OUT_OF_MEMORY = 77
"""Exit code of a reader whose piece needed more memory than it may have."""


class Queue(Protocol):
    """The store's shelf of readings, as far as a reader needs it."""

    def claim(self) -> Reading | None:
        """The next one to read."""

    def fail(self, id: int, reason: str) -> None:
        """Finish one that brought nothing."""

    def get(self, id: int) -> Reading | None:
        """One reading as it is now."""

    def extend(self, id: int, lease: timedelta = ...) -> None:
        """Keep a claim for longer, or with no time give it up."""

    def release(self, id: int) -> None:
        """Give a claimed one back as if it had not been tried."""

    def enqueue(self, team: str, source: str, content: bytes | None = None) -> Reading:
        """Put something to read into the queue."""


class Shelf(Protocol):
    """The store's shelf of articles, as far as a reader needs it."""

    def save(self, team: str, article: Article, analysis: Analysis, reading: int | None = None) -> Saved:
        """Keep a piece with its analysis and finish its reading, in one transaction."""


class Step(StrEnum):
    """What a reader tells its supervisor, one line each."""

    READY = "ready"
    CLAIMED = "claimed"
    DONE = "done"
    FAILED = "failed"
    QUEUED = "queued"


@dataclass(frozen=True, slots=True)
class News:
    """One line from a reader: how it gets on with one reading."""

    step: Step
    reading: int = 0
    source: str = ""
    known: bool = False
    partial: bool = False
    feed: bool = False
    """It failed to be a piece because it is a feed, whose pieces are in line now."""
    reason: str = ""

    def to_line(self) -> str:
        """As it goes through the pipe."""
        return json.dumps(asdict(self)) + "\n"

    @classmethod
    def from_line(cls, line: str) -> News | None:
        """What a line says; None for anything else that was printed."""
        try:
            fields = json.loads(line)
            return cls(**{**fields, "step": Step(fields["step"])})
        except (ValueError, TypeError, KeyError):
            return None
