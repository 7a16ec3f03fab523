"""The manifest and the code name the same things; nothing more is asked for than is used."""

from __future__ import annotations

import pytest
import yaml

from bot.errors import SettingsError
from handlers import COMMANDS, SHORTCUTS, manifest

REASONED = {
    "commands", "chat:write", "app_mentions:read", "im:history", "users:read", "files:read", "links:read", "links:write", "assistant:write",
}  # fmt: skip
EVENTS = {
    "app_mention", "message.im", "app_home_opened", "link_shared", "assistant_thread_started", "app_uninstalled", "tokens_revoked",
}  # fmt: skip


def test_commands_and_shortcuts_are_those_that_are_answered() -> None:
    features = manifest.parsed()["features"]
    assert {one["command"] for one in features["slash_commands"]} == set(COMMANDS)
    assert {one["callback_id"] for one in features["shortcuts"]} == set(SHORTCUTS)


def test_scopes_and_events_are_the_least() -> None:
    document = manifest.parsed()
    assert set(document["oauth_config"]["scopes"]["bot"]) == REASONED
    assert set(document["settings"]["event_subscriptions"]["bot_events"]) == EVENTS
    for scope in REASONED - {"links:write"}:
        assert f"- {scope} " in manifest.text(), "each with its reason behind it"


def test_a_prefix_renames_every_command_and_http_gives_every_address() -> None:
    printed = yaml.safe_load(manifest.printed("policy-", "https://entente.example"))
    assert {one["command"] for one in printed["features"]["slash_commands"]} == {name.replace("/", "/policy-") for name in COMMANDS}
    assert {one["url"] for one in printed["features"]["slash_commands"]} == {"https://entente.example/slack/events"}
    assert printed["settings"]["interactivity"]["request_url"] == "https://entente.example/slack/events"
    assert printed["settings"]["event_subscriptions"]["request_url"] == "https://entente.example/slack/events"
    assert printed["oauth_config"]["redirect_urls"] == ["https://entente.example/slack/oauth_redirect"]
    assert printed["settings"]["socket_mode_enabled"] is False
    with pytest.raises(SettingsError):
        manifest.printed("Policy!")
