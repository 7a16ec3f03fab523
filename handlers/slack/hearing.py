"""Payloads of Slack -> ``Request`` (what was asked) and ``Place`` (where to answer). No payload goes further than this."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.wording import say
from handlers.answer import File, Request

Payload = Mapping[str, Any]

_TOKEN = re.compile(r"<(?P<mark>[@#!]?)(?P<what>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")
_LINK = re.compile(r"https?://[^\s<>|\"]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was said or pressed, and by what ways it can be answered."""

    team: str
    person: str
    channel: str | None = None
    thread: str | None = None
    message: str | None = None
    """ts of the message whose button was pressed."""
    own: bool = False
    """That message is the person's alone (ephemeral), so an answer may take its place."""
    response_url: str | None = None
    trigger: str | None = None
    view: str | None = None
    """Id of the modal or home in which it happened."""
    home: bool = False


def unwrap(text: str) -> str:
    """What a person typed: Slack's tokens for links, channels and people turned back into words, its entities into characters."""

    def word(match: re.Match[str]) -> str:
        what, label = match["what"], match["label"]
        if match["mark"] == "#":
            return f"#{label or what}"
        if match["mark"]:
            return label or ""
        return what

    return _characters(_TOKEN.sub(word, text)).strip()


def _characters(text: str) -> str:
    """Slack writes three characters as entities and no others: "&copy=2" is a part of an address."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def command(body: Payload, prefix: str) -> tuple[Request, Place]:
    """A slash command; its name without the prefix that the workspace chose."""
    team, person, channel = str(body["team_id"]), str(body["user_id"]), str(body["channel_id"])
    name = str(body["command"])
    if prefix:
        name = "/" + name.removeprefix("/").removeprefix(prefix)
    request = Request(team, person, unwrap(str(body.get("text") or "")), name, channel=channel, name=str(body.get("user_name") or ""))
    return request, Place(team, person, channel, response_url=body.get("response_url"), trigger=body.get("trigger_id"))


def message(team: str, event: Payload, bot: str | None) -> tuple[Request, Place]:
    """A mention or a direct message; the bot's own name is taken out."""
    channel, thread = str(event["channel"]), event.get("thread_ts")
    direct = event.get("channel_type") == "im" or channel.startswith("D")  # a mention does not tell of what type its channel is
    answer_in = thread or (None if direct else str(event["ts"]))
    text = str(event.get("text") or "")
    if bot:
        text = re.sub(rf"<@{re.escape(bot)}(?:\|[^<>]*)?>", " ", text)
    request = Request(
        team, str(event["user"]), unwrap(text), channel=channel, thread=answer_in or channel, files=files_of(event)
    )
    return request, Place(team, request.person, channel, answer_in)


def files_of(message: Payload) -> tuple[File, ...]:
    """The files that a message brings along and that the bot may fetch."""
    found = []
    for file in message.get("files") or ():
        url = file.get("url_private_download") or file.get("url_private") or ""
        if file.get("id") and file.get("mode") != "tombstone":
            name = str(file.get("name") or file.get("title") or say("adding.file"))
            found.append(File(str(file["id"]), name, str(url), int(file.get("size") or 0)))
    return tuple(found)


def pressed(body: Payload) -> tuple[Request, Place, str]:
    """A button or menu: the third is its action's name."""
    action, container = body["actions"][0], body.get("container") or {}
    team, person = team_of(body), str(body["user"]["id"])
    view = body.get("view") or {}
    inner = within(view)
    channel = (body.get("channel") or {}).get("id") or inner.get("channel")
    message = container.get("message_ts")
    thread = container.get("thread_ts") or (body.get("message") or {}).get("thread_ts")
    place = Place(
        team,
        person,
        channel,
        thread,
        message,
        own=bool(container.get("is_ephemeral")),
        response_url=body.get("response_url") or _hook(inner),
        trigger=body.get("trigger_id"),
        view=view.get("id"),
        home=view.get("type") == "home",
    )
    request = Request(
        team, person, channel=channel, thread=thread or message, context=_given(action), form=_state(body), name=_called(body["user"])
    )
    return request, place, str(action["action_id"]).partition(":")[0]


def submitted(body: Payload) -> tuple[Request, Place, str]:
    """A form that was sent: the third is its callback."""
    view, team, person = body["view"], team_of(body), str(body["user"]["id"])
    inner = within(view)
    request = Request(
        team, person, channel=inner.get("channel"), context=str(inner.get("context") or ""), form=_state(view), name=_called(body["user"])
    )
    place = Place(
        team, person, inner.get("channel"), response_url=_hook(inner), trigger=body.get("trigger_id"), view=view.get("id")
    )
    return request, place, str(view["callback_id"])


def shortcut(body: Payload) -> tuple[Request, Place, str]:
    """A global or message shortcut: the third is its callback. Of the message only its links and files are heard, and its words."""
    team, person = team_of(body), str(body["user"]["id"])
    channel = (body.get("channel") or {}).get("id")
    message = body.get("message") or {}
    text = "\n".join([*links_of(message), unwrap(str(message.get("text") or ""))])
    request = Request(team, person, text.strip(), channel=channel, files=files_of(message), name=_called(body["user"]))
    place = Place(team, person, channel, message.get("thread_ts"), message.get("ts"), trigger=body.get("trigger_id"))
    return request, place, str(body["callback_id"])


def links_of(message: Payload) -> tuple[str, ...]:
    """The web addresses in a message, in its text, its blocks and its previews, once each."""
    found: list[str] = []
    stack: list[Any] = [message.get("text"), message.get("blocks"), message.get("attachments")]
    while stack:
        item = stack.pop(0)
        if isinstance(item, str):
            found += [_characters(match["what"]) for match in _TOKEN.finditer(item) if _LINK.fullmatch(match["what"])]
        elif isinstance(item, dict):
            found += [str(item[key]) for key in ("url", "title_link", "from_url", "original_url") if _LINK.fullmatch(str(item.get(key) or ""))]
            stack += [item[key] for key in _HOLDING if key in item]
        elif isinstance(item, list):
            stack += item
    return tuple(dict.fromkeys(found))


def has_link(text: str) -> bool:
    """Whether a web address was typed."""
    return _LINK.search(text) is not None


_HOLDING = ("elements", "text", "fields", "accessory", "blocks", "message_blocks", "message", "pretext", "value")
"""What links stand in, in blocks and in attachments."""


def suggestion(body: Payload) -> tuple[Request, str]:
    """What was typed into a searched select: the second is the field's name."""
    return Request(team_of(body), str(body["user"]["id"]), str(body.get("value") or "")), str(body["action_id"])


def team_of(body: Payload) -> str:
    """The workspace of an interaction."""
    return str((body.get("team") or {}).get("id") or body["user"]["team_id"])


def within(view: Payload) -> dict[str, Any]:
    """What a form carried: the handler's context, and where it was opened."""
    try:
        inner = json.loads(view.get("private_metadata") or "{}")
    except ValueError:
        return {}
    return inner if isinstance(inner, dict) else {}


def _hook(inner: Mapping[str, Any]) -> str | None:
    url = inner.get("url")
    return url if isinstance(url, str) and _LINK.fullmatch(url) else None


def _called(user: Payload) -> str:
    return str(user.get("name") or user.get("username") or "")


def _given(action: Payload) -> str:
    option = action.get("selected_option") or {}
    return str(option.get("value") or action.get("value") or "")


def _state(view: Payload) -> dict[str, Any]:
    """Fields by block id, as str, tuple of str, or None. Searched and plain choices alike give their values."""
    values = (view.get("state") or {}).get("values") or {}
    return {block: _value(next(iter(fields.values()))) for block, fields in values.items() if fields}


def _value(field: Payload) -> Any:
    for key in ("selected_options", "selected_conversations", "selected_users", "selected_channels"):
        if key in field:
            return tuple(one["value"] if isinstance(one, dict) else str(one) for one in field[key] or ())
    for key in ("value", "selected_date", "selected_time", "selected_conversation", "selected_channel", "selected_user"):
        if field.get(key) is not None:
            return str(field[key])
    option = field.get("selected_option")
    return str(option["value"]) if option else None
