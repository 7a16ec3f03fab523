"""What Slack sends, built as its reference shows each payload, with the fields that are easily forgotten."""

from __future__ import annotations

import itertools
import json
from typing import Any

from tests.slack.reference import APP, BOT, BOT_USER, TEAM, Json

PERSON, CHANNEL, DIRECT = "U2147483697", "C2147483705", "D024BE91L"
TOKEN = "gIkuvaNzQIHg97ATvDxqgjtO"

_NUMBERS = itertools.count(1)


def trigger() -> str:
    """Every interaction has its own."""
    return f"13345224609.738474920.{next(_NUMBERS):032x}"


def command(name: str, text: str = "", *, hook: str = "", **about: Any) -> Json:
    """A slash command's form fields; Slack leaves out the enterprise's where there is none."""
    fields = {
        "token": TOKEN,
        "team_id": TEAM,
        "team_domain": "example",
        "channel_id": CHANNEL,
        "channel_name": "general",
        "user_id": PERSON,
        "user_name": "anna",
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": hook or "https://hooks.slack.com/commands/1234/5678",
        "trigger_id": trigger(),
    }
    return {key: value for key, value in (fields | about).items() if value is not None}


def _interaction(kind: str, **about: Any) -> Json:
    body = {
        "type": kind,
        "token": TOKEN,
        "team": {"id": TEAM, "domain": "example"},
        "api_app_id": APP,
        "enterprise": None,
        "is_enterprise_install": False,
        "user": {"id": PERSON, "username": "anna", "name": "anna", "team_id": TEAM},
        "trigger_id": trigger(),
    }
    return body | about


def button(action_id: str, value: str = "", **about: Any) -> Json:
    pressed = {
        "type": "button",
        "action_id": action_id,
        "block_id": "zFQ",
        "text": {"type": "plain_text", "text": "x", "emoji": True},
        "action_ts": "1700000002.1",
    }
    return pressed | ({"value": value} if value else {}) | about


def chosen(action_id: str, value: str) -> Json:
    option = {"text": {"type": "plain_text", "text": "x", "emoji": True}, "value": value}
    return {"type": "static_select", "action_id": action_id, "block_id": "b", "selected_option": option, "action_ts": "1700000002.1"}


def pressed_in_ephemeral(action: Json, hook: str, **about: Any) -> Json:
    """Slack sends no ``message`` for an ephemeral one: its container is all that is told."""
    container = {"type": "message", "message_ts": "1700000001.000100", "channel_id": CHANNEL, "is_ephemeral": True}
    return (
        _interaction(
            "block_actions",
            container=container,
            channel={"id": CHANNEL, "name": "general"},
            state={"values": {}},
            response_url=hook,
            actions=[action],
        )
        | about
    )


def pressed_in_message(action: Json, hook: str, **about: Any) -> Json:
    """A button of a message that everybody sees."""
    container = {"type": "message", "message_ts": "1700000001.000200", "channel_id": CHANNEL, "is_ephemeral": False}
    message = {"type": "message", "bot_id": BOT, "user": BOT_USER, "text": "x", "ts": "1700000001.000200", "team": TEAM, "app_id": APP}
    return (
        _interaction(
            "block_actions",
            container=container,
            channel={"id": CHANNEL, "name": "general"},
            message=message,
            state={"values": {}},
            response_url=hook,
            actions=[action],
        )
        | about
    )


def view(callback: str = "", *, kind: str = "modal", metadata: str = "", values: Json | None = None, **about: Any) -> Json:
    shown = {
        "id": f"VNHU{next(_NUMBERS):08}",
        "team_id": TEAM,
        "type": kind,
        "callback_id": callback,
        "private_metadata": metadata,
        "blocks": [],
        "title": {"type": "plain_text", "text": "x", "emoji": True},
        "state": {"values": values or {}},
        "hash": "1569362015.55b5e41b",
        "clear_on_close": False,
        "notify_on_close": False,
        "close": None,
        "submit": None,
        "root_view_id": "VNHU1",
        "previous_view_id": None,
        "app_id": APP,
        "app_installed_team_id": TEAM,
        "external_id": "",
        "bot_id": BOT,
    }
    return shown | about


def pressed_in_view(action: Json, inside: Json) -> Json:
    """A button of a modal or a home: no channel, no message, no response_url."""
    return _interaction("block_actions", container={"type": "view", "view_id": inside["id"]}, view=inside, actions=[action])


def submitted(inside: Json) -> Json:
    """Without ``response_url_enabled`` the list of them is empty."""
    return _interaction("view_submission", view=inside, response_urls=[])


def closed(inside: Json, *, cleared: bool = False) -> Json:
    body = _interaction("view_closed", view=inside, is_cleared=cleared)
    del body["trigger_id"]
    return body


def typed(action_id: str, value: str, inside: Json) -> Json:
    body = _interaction("block_suggestion", container={"type": "view", "view_id": inside["id"]}, view=inside)
    del body["trigger_id"]
    return body | {"action_id": action_id, "block_id": action_id, "value": value}


def global_shortcut(callback: str) -> Json:
    return _interaction("shortcut", callback_id=callback, action_ts="1581106241.371594")


def message_shortcut(callback: str, message: Json, hook: str) -> Json:
    held = {"type": "message", "user": PERSON, "ts": "1700000003.000100", "team": TEAM} | message
    return _interaction(
        "message_action",
        callback_id=callback,
        message=held,
        message_ts=held["ts"],
        response_url=hook,
        action_ts="1581106241.371594",
        channel={"id": CHANNEL, "name": "general"},
    )


def event(inner: Json, **about: Any) -> Json:
    number = next(_NUMBERS)
    body = {
        "token": TOKEN,
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": inner,
        "type": "event_callback",
        "event_id": f"Ev{number:09}",
        "event_time": 1_700_000_000 + number,
        "is_ext_shared_channel": False,
        "authorizations": [{"enterprise_id": None, "team_id": TEAM, "user_id": BOT_USER, "is_bot": True, "is_enterprise_install": False}],
        "event_context": "4-eyJldCI6Im1lc3NhZ2UifQ",
    }
    return body | about


def ts() -> str:
    return f"17000100{next(_NUMBERS):04}.000100"


def mention(text: str, **about: Any) -> Json:
    at = ts()
    return {"type": "app_mention", "user": PERSON, "text": text, "ts": at, "team": TEAM, "channel": CHANNEL, "event_ts": at} | about


def direct(text: str, **about: Any) -> Json:
    at = ts()
    said = {"type": "message", "channel": DIRECT, "user": PERSON, "text": text, "ts": at, "event_ts": at, "channel_type": "im", "team": TEAM}
    return said | about


def envelope(kind: str, payload: Json, **about: Any) -> Json:
    """Of Socket Mode; events tell which attempt it is."""
    wrapped = {
        "envelope_id": f"dbdd0ef3-1543-4f94-bfb4-{next(_NUMBERS):012}",
        "type": kind,
        "accepts_response_payload": kind != "events_api",
        "payload": payload,
    }
    return wrapped | ({"retry_attempt": 0, "retry_reason": ""} if kind == "events_api" else {}) | about


def form_of(interaction: Json) -> Json:
    """Over HTTP an interaction is one form field."""
    return {"payload": json.dumps(interaction)}
