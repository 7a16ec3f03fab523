"""The things a workspace is made of: people, channels, messages, files and views.

All records are frozen: a change replaces the record, so a snapshot that a test or the page holds never moves under it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]

#: Slack's own voice: reports failed commands and answers nobody.
SLACKBOT = "USLACKBOT"


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the workspace; bots are people with a `bot_id`."""

    id: str
    name: str
    real_name: str
    tz: str = "Europe/London"
    locale: str = "en-GB"
    bot_id: str | None = None
    admin: bool = False
    #: as the person wants to be called; empty: the name
    display_name: str = ""

    def profile(self, now: float, *, locale: bool = False) -> Json:
        """The `user` object of users.info; `tz_offset` in seconds east of UTC at `now`."""
        offset = datetime.fromtimestamp(now, ZoneInfo(self.tz)).utcoffset()
        shown: Json = {
            "id": self.id,
            "name": self.name,
            "real_name": self.real_name,
            "deleted": False,
            "is_bot": self.bot_id is not None,
            "is_app_user": False,
            "is_admin": self.admin,
            "is_owner": self.admin,
            "tz": self.tz,
            "tz_label": self.tz.rpartition("/")[2].replace("_", " "),
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "profile": {"real_name": self.real_name, "display_name": self.display_name or self.name},
        }
        if self.bot_id:
            shown["profile"]["bot_id"] = self.bot_id
        if locale:
            shown["locale"] = self.locale
        return shown


@dataclass(frozen=True, slots=True)
class Channel:
    """A conversation: a public channel, a private one, or a direct message (`kind` = "im")."""

    id: str
    name: str
    kind: str = "channel"
    members: frozenset[str] = frozenset()
    topic: str = ""
    archived: bool = False
    created: int = 0

    @property
    def direct(self) -> bool:
        """Whether this is a conversation between two."""
        return self.kind == "im"

    def facts(self, viewer: str) -> Json:
        """The `channel` object of conversations.info, as `viewer` sees it."""
        shown: Json = {
            "id": self.id,
            "created": self.created,
            "is_archived": self.archived,
            "is_im": self.direct,
            "is_channel": self.kind == "channel",
            "is_group": self.kind == "private",
            "is_private": self.kind != "channel",
            "is_member": viewer in self.members,
        }
        if self.direct:
            others = sorted(self.members - {viewer})
            return shown | {"user": others[0] if others else viewer, "is_open": True}
        return shown | {
            "name": self.name,
            "name_normalized": self.name,
            "topic": {"value": self.topic, "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
            "num_members": len(self.members),
        }


@dataclass(frozen=True, slots=True)
class File:
    """An uploaded file with its bytes."""

    id: str
    name: str
    title: str
    content: bytes
    user: str
    created: int
    url_private: str
    mimetype: str
    channels: tuple[str, ...] = ()

    def facts(self) -> Json:
        """The `file` object of files.info."""
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title,
            "mimetype": self.mimetype,
            "filetype": self.name.rpartition(".")[2].lower() or "binary",
            "pretty_type": self.name.rpartition(".")[2].upper() or "Binary",
            "user": self.user,
            "size": len(self.content),
            "mode": "hosted",
            "is_external": False,
            "is_public": bool(self.channels),
            "url_private": self.url_private,
            "url_private_download": self.url_private,
            "channels": list(self.channels),
            "file_access": "visible",
        }


@dataclass(frozen=True, slots=True)
class Message:
    """A message; `only_for` names the one person who sees an ephemeral one."""

    ts: str
    channel: str
    user: str
    text: str = ""
    blocks: tuple[Json, ...] = ()
    attachments: tuple[Json, ...] = ()
    thread_ts: str | None = None
    broadcast: bool = False
    only_for: str | None = None
    bot_id: str | None = None
    app_id: str | None = None
    subtype: str | None = None
    metadata: Json | None = None
    files: tuple[File, ...] = ()
    edited: str | None = None
    reactions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unfurls: bool = True
    #: values typed into the message's input elements: block_id -> action_id -> state
    state: Mapping[str, Json] = field(default_factory=dict)

    @property
    def ephemeral(self) -> bool:
        """Whether one person only sees it; such a message is in no history."""
        return self.only_for is not None

    @property
    def reply(self) -> bool:
        """Whether it is in a thread, below the message that started it."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    def facts(self, team: str, *, metadata: bool = False) -> Json:
        """The `message` object of events, history and interaction payloads."""
        shown: Json = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text, "team": team}
        if self.subtype:
            shown["subtype"] = self.subtype
        if self.bot_id:
            shown |= {"bot_id": self.bot_id, "app_id": self.app_id}
        if self.blocks:
            shown["blocks"] = list(self.blocks)
        if self.attachments:
            shown["attachments"] = list(self.attachments)
        if self.thread_ts:
            shown["thread_ts"] = self.thread_ts
        if self.edited:
            shown["edited"] = {"user": self.user, "ts": self.edited}
        if self.files:
            shown["files"] = [file.facts() for file in self.files]
        if self.reactions:
            shown["reactions"] = [{"name": name, "users": list(users), "count": len(users)} for name, users in self.reactions.items()]
        if metadata and self.metadata:
            shown["metadata"] = self.metadata
        return shown


@dataclass(frozen=True, slots=True)
class View:
    """A modal in a person's stack, or a person's App Home."""

    id: str
    team: str
    user: str
    content: Json
    hash: str
    app_id: str
    bot_id: str
    root: str
    previous: str | None = None
    state: Mapping[str, Json] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    #: the response_urls that the view's `response_url_enabled` selects earn, filled in at submission
    notice: str = ""

    @property
    def modal(self) -> bool:
        """Whether it is a modal; else it is an App Home."""
        return bool(self.content.get("type") == "modal")

    @property
    def callback_id(self) -> str:
        """The name its app gave it."""
        return str(self.content.get("callback_id", ""))

    @property
    def blocks(self) -> list[Json]:
        """Its blocks, with every id filled in."""
        return list(self.content["blocks"])

    def facts(self) -> Json:
        """The `view` object of views.* answers and interaction payloads."""
        empty: Json = {
            "callback_id": "",
            "private_metadata": "",
            "external_id": "",
            "title": {"type": "plain_text", "text": "View Title", "emoji": True},
            "close": None,
            "submit": None,
            "clear_on_close": False,
            "notify_on_close": False,
        }
        return (
            empty
            | self.content
            | {
                "id": self.id,
                "team_id": self.team,
                "hash": self.hash,
                "app_id": self.app_id,
                "app_installed_team_id": self.team,
                "bot_id": self.bot_id,
                "root_view_id": self.root,
                "previous_view_id": self.previous,
                "state": {"values": {block: dict(values) for block, values in self.state.items()}},
            }
        )
