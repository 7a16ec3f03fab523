"""What the app's manifest tells Slack: commands, shortcuts, events, scopes and domains whose links it previews."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class SlashCommand:
    """A slash command with the hints that the composer shows."""

    name: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut; `type` is "message" or "global"."""

    name: str
    callback_id: str
    type: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The parts of an app manifest that change what Slack does.

    `events` and `scopes` are None where no manifest is given: then every event is sent and no scope is asked for.
    """

    name: str = "Entente"
    bot_name: str = "entente"
    description: str = ""
    commands: tuple[SlashCommand, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    events: frozenset[str] | None = None
    scopes: frozenset[str] | None = None
    domains: tuple[str, ...] = ()
    assistant: bool = False
    messages_tab: bool = True
    suggested_prompts: tuple[tuple[str, str], ...] = ()

    def sends(self, event: str) -> bool:
        """Whether the app has subscribed to a bot event, by its name in the manifest ("message.im")."""
        return self.events is None or event in self.events

    def grants(self, scope: str) -> bool:
        """Whether the bot token has a scope."""
        return self.scopes is None or scope in self.scopes

    def command(self, name: str) -> SlashCommand | None:
        """The command of that name; without a manifest every name is one."""
        found = next((command for command in self.commands if command.name == name), None)
        return found or (None if self.commands else SlashCommand(name))


def read_manifest(path: Path) -> Manifest:
    """Read manifest.yml (or .json, which is YAML too)."""
    return parse_manifest(yaml.safe_load(path.read_text(encoding="utf-8")))


def parse_manifest(document: Mapping[str, Any]) -> Manifest:
    """The manifest in a parsed document, in the shape that Slack documents."""
    features = document.get("features", {})
    settings = document.get("settings", {})
    about = document.get("display_information", {})
    scopes = document.get("oauth_config", {}).get("scopes", {})
    agent = features.get("agent_view") or features.get("assistant_view")
    return Manifest(
        name=about.get("name", "Entente"),
        bot_name=features.get("bot_user", {}).get("display_name", "entente"),
        description=about.get("description", ""),
        commands=tuple(
            SlashCommand(
                name=command["command"],
                description=command.get("description", ""),
                usage_hint=command.get("usage_hint", ""),
                should_escape=bool(command.get("should_escape", False)),
            )
            for command in features.get("slash_commands", [])
        ),
        shortcuts=tuple(
            Shortcut(one["name"], one["callback_id"], one.get("type", "global"), one.get("description", "")) for one in features.get("shortcuts", [])
        ),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", [])),
        scopes=frozenset([*scopes.get("bot", []), *scopes.get("bot_optional", [])]),
        domains=tuple(features.get("unfurl_domains", [])),
        assistant=bool(agent),
        messages_tab=bool(features.get("app_home", {}).get("messages_tab_enabled", True)),
        suggested_prompts=tuple((prompt["title"], prompt["message"]) for prompt in (agent or {}).get("suggested_prompts", [])),
    )
