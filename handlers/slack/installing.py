"""Many workspaces: their tokens for Bolt's OAuth on our store, rotated before they expire."""

from __future__ import annotations

import json
import logging
import threading
import time
from datetime import datetime
from typing import Any

from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth import InstallationStore, OAuthStateStore
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.token_rotation import TokenRotator

from handlers.slack.clients import FAILURES, web_client
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
        """The newest installation of a workspace, or a person's; the bot's token is the newest in both."""
        team = None if is_enterprise_install else team_id
        data = self._shelf.find(enterprise_id, team, user_id)
        if data is None:
            return None
        found = Installation(**_known(json.loads(data)))
        if user_id is not None and (latest := self._shelf.find(enterprise_id, team)) is not None:
            bot = Installation(**_known(json.loads(latest)))
            found.bot_token, found.bot_refresh_token, found.bot_token_expires_at = bot.bot_token, bot.bot_refresh_token, bot.bot_token_expires_at
        return found

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
        self._cached: dict[str, tuple[float, str]] = {}

    def __call__(self, team: str) -> str | None:
        """The token, None when the workspace has uninstalled."""
        with self._lock:
            kept = self._cached.get(team)
            if kept is not None and time.monotonic() - kept[0] <= CACHED_S:
                return kept[1]
            found = self._find(team)
            if found is None:  # not kept: the workspace may install at any moment
                self._cached.pop(team, None)
            else:
                self._cached[team] = (time.monotonic(), found)
            return found

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
        except (SlackTokenRotationError, *FAILURES) as failure:
            log.warning("a token could not be rotated: %s", failure)
            return str(bot.bot_token)
        return str((rotated or bot).bot_token)


class Rotator(TokenRotator):
    """Renews the bots' tokens, one at a time: a refresh token is good once, and Bolt and whoever posts may want the same one."""

    def __init__(self, installations: Installations, client_id: str, client_secret: str, api_url: str) -> None:
        client = web_client(api_url)
        super().__init__(client_id=client_id, client_secret=client_secret, client=client)
        self._installations = installations
        self._lock = threading.Lock()

    def perform_bot_token_rotation(self, *, bot: Bot, minutes_before_expiration: int = ROTATE_MINUTES) -> Bot | None:
        """The renewed bot, stored; None while its token is good. Raises ``SlackTokenRotationError``."""
        if bot.bot_token_expires_at is None or bot.bot_token_expires_at > time.time() + minutes_before_expiration * 60:
            return None
        with self._lock:
            newest = self._installations.find_bot(
                enterprise_id=bot.enterprise_id, team_id=bot.team_id, is_enterprise_install=bot.is_enterprise_install
            )
            if newest is None:
                return None
            renewed = super().perform_bot_token_rotation(bot=newest, minutes_before_expiration=minutes_before_expiration)
            if renewed is None:
                return newest  # somebody else has renewed it meanwhile
            self._installations.save_bot(renewed)
            return renewed


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _known(data: dict[str, Any]) -> dict[str, Any]:
    """Only what an ``Installation`` is made of: a later slack_sdk may write more."""
    names = set(Installation.__init__.__annotations__) | {"custom_values"}
    return {name: value for name, value in data.items() if name in names}
