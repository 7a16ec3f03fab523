"""Many workspaces: their tokens for Bolt's OAuth on our store, rotated before they expire."""

from __future__ import annotations

import json
import logging
import threading
import time
from datetime import datetime
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackTokenRotationError
from slack_sdk.oauth import InstallationStore, OAuthStateStore
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.token_rotation import TokenRotator

from store import Store

log = logging.getLogger(__name__)

ROTATE_MINUTES = 120
"""Rotated tokens live for twelve hours; two hours before the end is what Bolt does."""

CACHED_S = 60.0
"""How long a workspace's token is kept in memory."""


class Installations(InstallationStore):
    """Bolt's ``InstallationStore`` on our shelf. The newest installation of a workspace gives the bot's token."""

    def __init__(self, store: Store) -> None:
        self._shelf = store.installations
        self._store = store

    def save(self, installation: Installation) -> None:
        """Somebody installed Entente."""
        data = json.dumps(installation.to_dict(), default=_plain)
        self._shelf.save(installation.enterprise_id, installation.team_id, installation.user_id, data)

    def save_bot(self, bot: Bot) -> None:
        """A rotated token: kept in the newest installation."""
        found = self.find_installation(enterprise_id=bot.enterprise_id, team_id=bot.team_id)
        if found is not None:
            found.bot_token, found.bot_refresh_token, found.bot_token_expires_at = bot.bot_token, bot.bot_refresh_token, bot.bot_token_expires_at
            self.save(found)

    def find_bot(self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False) -> Bot | None:
        """The bot of a workspace."""
        found = self.find_installation(enterprise_id=enterprise_id, team_id=team_id, is_enterprise_install=is_enterprise_install)
        return found.to_bot() if found else None

    def find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """The newest installation of a workspace, or a person's."""
        data = self._shelf.find(enterprise_id, None if is_enterprise_install else team_id, user_id)
        return None if data is None else Installation(**_known(json.loads(data)))

    def delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """The bot's token is revoked."""
        self._shelf.delete(enterprise_id, team_id)

    def delete_installation(self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None) -> None:
        """A person's token is revoked, or the app is removed."""
        self._shelf.delete(enterprise_id, team_id, user_id)


class States(OAuthStateStore):
    """The states of sign-ins under way, on our shelf."""

    def __init__(self, store: Store) -> None:
        self._shelf = store.installations

    def issue(self, *args: Any, **kwargs: Any) -> str:
        """A new state."""
        return self._shelf.issue_state()

    def consume(self, state: str) -> bool:
        """Whether it is ours; it is good once."""
        return self._shelf.consume_state(state)


class StoredTokens:
    """Workspace -> bot token, for what is said without having been asked. Rotates a token that is about to expire."""

    def __init__(self, installations: Installations, rotator: TokenRotator) -> None:
        self._installations = installations
        self._rotator = rotator
        self._lock = threading.Lock()
        self._cached: dict[str, tuple[float, str | None]] = {}

    def __call__(self, team: str) -> str | None:
        """The token, None when the workspace has uninstalled."""
        with self._lock:
            kept = self._cached.get(team)
            if kept is None or time.monotonic() - kept[0] > CACHED_S:
                kept = (time.monotonic(), self._find(team))
                self._cached[team] = kept
            return kept[1]

    def forget(self, team: str) -> None:
        """The workspace has uninstalled."""
        with self._lock:
            self._cached.pop(team, None)

    def _find(self, team: str) -> str | None:
        bot = self._installations.find_bot(enterprise_id=None, team_id=team)
        if bot is None:
            return None
        try:
            rotated = self._rotator.perform_bot_token_rotation(bot=bot, minutes_before_expiration=ROTATE_MINUTES)
        except (SlackTokenRotationError, SlackApiError) as failure:
            log.warning("a token could not be rotated: %s", failure)
            return str(bot.bot_token)
        if rotated is not None:
            self._installations.save_bot(rotated)
            bot = rotated
        return str(bot.bot_token)


def rotator(client_id: str, client_secret: str, api_url: str) -> TokenRotator:
    """Renews tokens."""
    return TokenRotator(client_id=client_id, client_secret=client_secret, client=WebClient(base_url=api_url))


def _plain(value: object) -> object:
    return value.timestamp() if isinstance(value, datetime) else str(value)


def _known(data: dict[str, Any]) -> dict[str, Any]:
    """Only what an ``Installation`` is made of: a later slack_sdk may write more."""
    names = set(Installation.__init__.__annotations__) | {"custom_values"}
    return {name: value for name, value in data.items() if name in names}
