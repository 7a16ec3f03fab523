"""Failure on purpose: what can go wrong between Slack and an app, switched on for the next so many times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Failure:
    """How a Web API call fails.

    `kind`: "drop" does the work and closes the connection without an answer, "status" answers with an HTTP status,
    "ratelimited" answers 429 with Retry-After, "error" answers `ok: false`, "delay" waits `seconds` and then works.
    With `done` the work is done all the same before "status" or "error" is answered, as when a proxy gives up too early.
    `method` is a Web API method, "response_url", or "*" for every method.
    """

    kind: str
    method: str = "*"
    status: int = 503
    retry_after: int = 1
    error: str = "internal_error"
    seconds: float = 0.0
    done: bool = False


#: What the drill menu offers, and what each is called there.
DRILLS: Mapping[str, str] = {
    "twice": "Deliver the next thing twice",
    "lost_ack": "Lose the app's acknowledgement of the next event",
    "drop": "Post, but drop the answer to the next chat.postMessage",
    "ratelimited": "Answer the next three posts with 429, Retry-After 1 s",
    "status": "Answer the next two calls with HTTP 503",
    "delay": "Answer the next call after 4 seconds",
    "disconnect": "Disconnect Socket Mode now",
    "archive": "Archive this channel",
    "remove_bot": "Remove the bot from this channel",
    "uninstall": "Uninstall the app",
}


@dataclass(slots=True)
class Drills:
    """The failures that are due."""

    twice: int = 0
    lost_acks: int = 0
    _failures: list[list[Failure | int]] = field(default_factory=list)

    def fail(self, failure: Failure, times: int = 1) -> None:
        """Let the next `times` calls that match fail so."""
        self._failures.append([failure, times])

    def next_failure(self, method: str) -> Failure | None:
        """The failure due for a call of this method, counted down."""
        for due in self._failures:
            failure, times = due
            assert isinstance(failure, Failure)
            assert isinstance(times, int)
            if failure.method in ("*", method):
                if times <= 1:
                    self._failures.remove(due)
                else:
                    due[1] = times - 1
                return failure
        return None

    def take_twice(self) -> bool:
        """Whether the delivery at hand goes out twice."""
        self.twice, due = max(0, self.twice - 1), self.twice > 0
        return due

    def take_lost_ack(self) -> bool:
        """Whether the acknowledgement at hand gets lost."""
        self.lost_acks, due = max(0, self.lost_acks - 1), self.lost_acks > 0
        return due

    def clear(self) -> None:
        """Nothing fails any more."""
        self.twice = self.lost_acks = 0
        self._failures.clear()
