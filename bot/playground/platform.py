"""The platform: one app, the workspaces that installed it, and everything between them."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from typing import Any

from bot.playground.delivery import Courier, Delivery
from bot.playground.drills import Drills
from bot.playground.manifest import Manifest
from bot.playground.records import Channel, Json, Message
from bot.playground.refusal import SlackRefusal
from bot.playground.sockets import Sockets
from bot.playground.vouchers import Vouchers
from bot.playground.workspace import Change, Sequence, Workspace


class Platform:
    """The app's registration and its installations. Lives on the server's event loop."""

    def __init__(self, manifest: Manifest, *, time_factor: float = 1.0, answer_seconds: float, clock: Callable[[], float] = time.time) -> None:
        self.manifest = manifest
        self.clock = clock
        self.sequence = Sequence(clock)
        self.app_id = self.sequence.id("A")
        self.client_id = f"{self.sequence.id('')}.{self.sequence.id('')}"
        self.client_secret = secrets.token_hex(16)
        self.signing_secret = secrets.token_hex(16)
        self.app_token = f"xapp-1-{self.app_id}-{secrets.token_hex(16)}"
        self.verification_token = secrets.token_hex(12)
        self.base_url = ""
        self.teams: dict[str, Workspace] = {}
        self.drills = Drills()
        self.sockets = Sockets(self.app_id)
        self.courier = Courier(self.sockets, self.drills, self.signing_secret, time_factor, answer_seconds)
        self.courier.on_settled = self.sockets.on_change = self._stir
        self.vouchers = Vouchers(clock, answer_seconds)
        self.oauth_codes: dict[str, str] = {}
        #: where the consent page leads when the app names no place of its own, as registered with Slack
        self.redirect_url = "/"
        #: for how long a bot token is good where the app has token rotation; None: for ever
        self.token_seconds: int | None = None
        self.calls: list[tuple[str, Json]] = []
        self.changes: list[Change] = []
        #: what the doorway reports while the sample pieces are read: {"done", "total", "words"}
        self.progress: Json | None = None
        self._watchers: set[asyncio.Event] = set()

    # workspaces

    def add_team(self, name: str) -> Workspace:
        """A new workspace that has the app installed."""
        workspace = Workspace(self.sequence.id("T"), name, self.sequence, self._announce)
        self.teams[workspace.team] = workspace
        workspace.bot = workspace.add_person(self.manifest.bot_name, self.manifest.name, bot=True)
        self.install(workspace)
        return workspace

    def install(self, workspace: Workspace) -> None:
        """Give the app a fresh bot token for the workspace."""
        workspace.bot_token = f"xoxb-{workspace.team}-{secrets.token_hex(16)}"
        workspace.refresh_token, workspace.expires_at = "", None
        if self.token_seconds is not None:
            workspace.bot_token = f"xoxe.{workspace.bot_token}"
            workspace.refresh_token, workspace.expires_at = f"xoxe-1-{secrets.token_hex(16)}", self.clock() + self.token_seconds
        workspace.installed = True

    def team_of(self, token: str) -> Workspace:
        """The workspace of a bot token; raises `not_authed` or `invalid_auth`."""
        if not token:
            raise SlackRefusal("not_authed")
        for workspace in self.teams.values():
            if secrets.compare_digest(workspace.bot_token.encode(), token.encode()):
                if not workspace.installed:
                    raise SlackRefusal("account_inactive")
                if workspace.expires_at is not None and workspace.expires_at <= self.clock():
                    raise SlackRefusal("token_expired")
                return workspace
        raise SlackRefusal("invalid_auth")

    # what the app hears

    def emit(self, workspace: Workspace, event: Json, name: str = "") -> Delivery | None:
        """Send an event if the app has subscribed to it; `name` is the manifest's word where it differs from the type."""
        if not workspace.installed or not self.manifest.sends(name or event["type"]):
            return None
        return self.courier.send(
            {
                "token": self.verification_token,
                "team_id": workspace.team,
                "api_app_id": self.app_id,
                "event": event | {"event_ts": event.get("event_ts") or self.sequence.ts()},
                "type": "event_callback",
                "event_id": self.sequence.id("Ev"),
                "event_time": int(self.clock()),
                "authorizations": [
                    {
                        "enterprise_id": None,
                        "team_id": workspace.team,
                        "user_id": workspace.bot.id,
                        "is_bot": True,
                        "is_enterprise_install": False,
                    }
                ],
                "is_ext_shared_channel": False,
            }
        )

    def heard(self, workspace: Workspace, channel: Channel, message: Message, mentioned: bool) -> None:
        """Tell the app about a message, by every event that real Slack sends for it."""
        if workspace.bot.id not in channel.members:
            return
        facts = message.facts(workspace.team) | {
            "channel": channel.id,
            "event_ts": message.ts,
            "client_msg_id": message.ts,
        }
        self._emit_message(workspace, channel, facts)
        if mentioned:
            # Slack's reference says that a direct message never comes as app_mention too; it has been seen to, and an
            # app has to answer once in either case, so this workspace sends both
            mention = {key: value for key, value in facts.items() if key != "subtype"}
            self.emit(workspace, mention | {"type": "app_mention"})

    def heard_of_change(self, workspace: Workspace, before: Message, after: Message | None) -> None:
        """Tell the app that a message was edited or deleted (`after` None): of its own messages it hears too."""
        channel = workspace.channels[before.channel]
        if before.ephemeral or workspace.bot.id not in channel.members:
            return
        event: Json = {"type": "message", "channel": channel.id, "ts": self.sequence.ts(), "hidden": True}
        event |= {"previous_message": before.facts(workspace.team)}
        if after is None:
            event |= {"subtype": "message_deleted", "deleted_ts": before.ts}
        else:
            event |= {"subtype": "message_changed", "message": after.facts(workspace.team)}
        self._emit_message(workspace, channel, event | {"event_ts": event["ts"]})

    def _emit_message(self, workspace: Workspace, channel: Channel, event: Json) -> None:
        kind = {"im": "im", "private": "groups"}.get(channel.kind, "channels")
        if self.manifest.events is None and kind != "im":
            return  # without a manifest the app is taken to listen to direct messages only: the rest is a broad scope
        channel_type = {"im": "im", "groups": "group"}.get(kind, "channel")
        self.emit(workspace, event | {"channel_type": channel_type}, f"message.{kind}")

    # who watches

    def report(self, progress: Json | None) -> None:
        """Show a progress bar on every page, or take it away."""
        self.progress = progress
        for team in self.teams:
            self._announce("progress", team, None, None, progress or {})

    def watch(self) -> asyncio.Event:
        """An event that is set at every change; give it back with `unwatch`."""
        event = asyncio.Event()
        self._watchers.add(event)
        return event

    def unwatch(self, event: asyncio.Event) -> None:
        """Stop being told."""
        self._watchers.discard(event)

    def _announce(self, kind: str, team: str, channel: str | None, person: str | None, what: Any) -> None:
        self.changes.append(Change(len(self.changes) + 1, kind, team, channel, person, what))
        self._stir()

    def _stir(self) -> None:
        for event in self._watchers:
            event.set()
