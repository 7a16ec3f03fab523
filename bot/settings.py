"""The one reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Settings:
    """What Entente is told from outside; tokens never show in a repr.

    ENTENTE_DB                the library's file (default: entente.sqlite in the user's data folder)
    SLACK_BOT_TOKEN           xoxb-..., Socket Mode and one workspace
    SLACK_APP_TOKEN           xapp-..., Socket Mode
    SLACK_SIGNING_SECRET      signed HTTP
    SLACK_CLIENT_ID/_SECRET   OAuth for many workspaces, behind --http
    SLACK_API_URL             a local Slack, for the playground and tests
    ENTENTE_PIPELINE          an installed spaCy pipeline instead of the shipped one
    ENTENTE_WATCH             folders whose files are read as they are put there, separated as in PATH
    ENTENTE_PREFIX            put before every command's name, where "/summary" is taken
    ENTENTE_LANGUAGE          the language of the answers: a file of bot/wording (default: en)
    """

    database: Path
    bot_token: str | None = field(default=None, repr=False)
    app_token: str | None = field(default=None, repr=False)
    signing_secret: str | None = field(default=None, repr=False)
    client_id: str | None = None
    client_secret: str | None = field(default=None, repr=False)
    slack_api_url: str = "https://slack.com/api/"
    pipeline: str | None = None
    prefix: str = ""
    watch: tuple[Path, ...] = ()
    language: str = "en"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None, database: str | None = None) -> Settings:
        """Settings from the environment; nothing is required until something is started that needs it. ``database`` wins over ENTENTE_DB."""
        env = os.environ if environ is None else environ
        data_home = Path(env.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
        return cls(
            database=Path(database or env.get("ENTENTE_DB") or data_home / "entente" / "entente.sqlite"),
            bot_token=env.get("SLACK_BOT_TOKEN"),
            app_token=env.get("SLACK_APP_TOKEN"),
            signing_secret=env.get("SLACK_SIGNING_SECRET"),
            client_id=env.get("SLACK_CLIENT_ID"),
            client_secret=env.get("SLACK_CLIENT_SECRET"),
            slack_api_url=env.get("SLACK_API_URL") or "https://slack.com/api/",
            pipeline=env.get("ENTENTE_PIPELINE"),
            prefix=env.get("ENTENTE_PREFIX", ""),
            watch=tuple(Path(folder).expanduser() for folder in env.get("ENTENTE_WATCH", "").split(os.pathsep) if folder),
            language=env.get("ENTENTE_LANGUAGE") or "en",
        )

    def require_socket_mode(self) -> None:
        """Raise ``SettingsError`` naming everything that Socket Mode lacks."""
        self._require({"SLACK_BOT_TOKEN": self.bot_token, "SLACK_APP_TOKEN": self.app_token})

    def require_http(self) -> None:
        """Raise ``SettingsError`` naming everything that signed HTTP lacks: a bot token, or OAuth's client."""
        needed: dict[str, str | None] = {"SLACK_SIGNING_SECRET": self.signing_secret}
        if not self.bot_token:
            needed |= {"SLACK_CLIENT_ID": self.client_id, "SLACK_CLIENT_SECRET": self.client_secret}
        self._require(needed)

    @staticmethod
    def _require(needed: Mapping[str, str | None]) -> None:
        if missing := [name for name, value in needed.items() if not value]:
            raise SettingsError(f"Not set: {', '.join(missing)}. The README says in five minutes where each comes from.")
