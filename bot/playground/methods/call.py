"""One call of the Web API: its arguments, as Slack reads them from a form, a query or JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.platform import Platform
from bot.playground.records import Channel, Json
from bot.playground.refusal import SlackRefusal
from bot.playground.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Call:
    """The platform, the workspace of the token, and the arguments."""

    platform: Platform
    workspace: Workspace
    arguments: Mapping[str, Any]

    def text(self, name: str, default: str | None = None) -> str:
        """A string; without a default it is required."""
        value = self.arguments.get(name)
        if value is None or value == "":
            if default is None:
                raise SlackRefusal("invalid_arguments", [f"missing required field: {name}"])
            return default
        return str(value)

    def flag(self, name: str, default: bool = False) -> bool:
        """A truth value, in any of the spellings that forms use."""
        value = self.arguments.get(name)
        return default if value is None else str(value).lower() in ("1", "true", "yes")

    def number(self, name: str, default: int) -> int:
        """A whole number."""
        try:
            return int(self.arguments.get(name, default))
        except (TypeError, ValueError):
            raise SlackRefusal("invalid_arguments", [f"must be an integer: {name}"]) from None

    def json(self, name: str) -> Any:
        """A structure: given as such in a JSON body, as a string in a form; None where it is absent."""
        value = self.arguments.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            code = "invalid_blocks_format" if name == "blocks" else "invalid_arguments"
            raise SlackRefusal(code) from None

    def values(self, name: str) -> list[str]:
        """Values separated by commas, or a list."""
        value = self.arguments.get(name)
        if isinstance(value, str) and value.startswith("["):
            value = self.json(name)
        if isinstance(value, list):
            return [str(one) for one in value]
        return [part.strip() for part in str(value or "").split(",") if part.strip()]

    @property
    def bot(self) -> str:
        """The bot's user id."""
        return self.workspace.bot.id

    def channel(self, name: str = "channel") -> Channel:
        """The conversation meant; a private one of others does not exist for the bot."""
        channel = self.workspace.channel(self.text(name))
        if channel.kind != "channel" and self.bot not in channel.members:
            raise SlackRefusal("channel_not_found")
        return channel

    def page(self, items: list[Json], key: str, default: int, most: int = 1000) -> Json:
        """A page of items with Slack's cursor (the next offset)."""
        cursor = self.text("cursor", "0")
        if not cursor.isdigit():
            raise SlackRefusal("invalid_cursor")
        start, size = int(cursor), max(1, min(self.number("limit", default), most))
        further = str(start + size) if start + size < len(items) else ""
        return {
            key: items[start : start + size],
            "has_more": bool(further),
            "response_metadata": {"next_cursor": further},
        }
