"""The small checks that Block Kit's rules are made of; faults are gathered with JSON pointers, as Slack reports them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from bot.playground.records import Json

PLAIN = ("plain_text",)
MRKDWN_OR_PLAIN = ("mrkdwn", "plain_text")


@dataclass(slots=True)
class Check:
    """Gathers the faults of one payload."""

    faults: list[str] = field(default_factory=list)

    def fault(self, what: str, pointer: str) -> None:
        """Record a fault at a JSON pointer."""
        self.faults.append(f"{what} [json-pointer:{pointer}]")

    def keys(self, thing: Json, pointer: str, required: Collection[str], optional: Collection[str]) -> None:
        """Every required key, and no other than the required and the optional."""
        for key in sorted(set(required) - set(thing)):
            self.fault(f"missing required field: {key}", pointer)
        for key in sorted(set(thing) - set(required) - set(optional)):
            self.fault(f"invalid additional property: {key}", pointer)

    def length(self, value: Any, pointer: str, most: int, *, least: int = 0) -> None:
        """A string of `least` to `most` characters."""
        if not isinstance(value, str):
            self.fault("must provide a string", pointer)
        elif len(value) > most:
            self.fault(f"must be less than {most + 1} characters", pointer)
        elif len(value) < least:
            self.fault(f"must be more than {least - 1} characters", pointer)

    def text(self, value: Any, pointer: str, kinds: Collection[str], most: int) -> None:
        """A text object of one of the kinds, 1 to `most` characters."""
        if not isinstance(value, dict):
            self.fault("must provide an object", pointer)
            return
        if value.get("type") not in kinds:
            self.fault(f"must be one of: {', '.join(kinds)}", f"{pointer}/type")
        extra = {"emoji"} if value.get("type") == "plain_text" else {"verbatim"}
        self.keys(value, pointer, {"type", "text"}, extra)
        self.length(value.get("text"), f"{pointer}/text", most, least=1)

    def items(self, value: Any, pointer: str, least: int, most: int) -> list[Any]:
        """A list of `least` to `most` items; an empty list where it is none."""
        if not isinstance(value, list):
            self.fault("must be an array", pointer)
            return []
        if len(value) > most:
            self.fault(f"no more than {most} items allowed [{len(value)} given]", pointer)
        if len(value) < least:
            self.fault(f"no less than {least} items allowed [{len(value)} given]", pointer)
        return value

    def one_of(self, value: Any, pointer: str, choices: Collection[str]) -> None:
        """One of the choices."""
        if value not in choices:
            self.fault(f"must be one of: {', '.join(choices)}", pointer)

    def whole(self, value: Any, pointer: str, least: int, most: int) -> None:
        """A whole number between the two."""
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.fault(f"must be an integer from {least} to {most}", pointer)
