"""The Slack app's manifest: where it is, and how it reads with other command names, or for signed HTTP."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from bot.errors import SettingsError

PLACES = (Path(__file__).resolve().parent.parent / "manifest.yml", Path(sys.prefix) / "share" / "entente" / "manifest.yml")
"""In a checkout, and where an installed package keeps it."""

PREFIX = re.compile(r"[a-z0-9_-]{1,20}")
"""What Slack allows in a command's name, short enough to stay within 32 characters."""


def text() -> str:
    """manifest.yml as it is written, with the reason for every scope."""
    for place in PLACES:
        if place.is_file():
            return place.read_text(encoding="utf-8")
    raise SettingsError(f"manifest.yml is missing; it should be at {PLACES[0]}.")


def parsed() -> dict[str, Any]:
    """The same as data."""
    import yaml  # only for installing and checking, not for answering

    document: dict[str, Any] = yaml.safe_load(text())
    return document


def bot_scopes() -> tuple[str, ...]:
    """What the bot asks for."""
    return tuple(parsed()["oauth_config"]["scopes"]["bot"])


def printed(prefix: str = "", url: str = "") -> str:
    """The manifest with ``prefix`` before every command's name, and with request URLs under ``url`` instead of Socket Mode."""
    if prefix and not PREFIX.fullmatch(prefix):
        raise SettingsError("A prefix is 1 to 20 lower-case letters, digits, hyphens or underscores, for example --prefix policy-.")
    written = text()
    if prefix:
        written = re.sub(r"(?m)^(\s*- command: /)", rf"\g<1>{prefix}", written)
    if not url:
        return written
    if not re.fullmatch(r"https://[^\s/]+(/[^\s]*)?", url):
        raise SettingsError("Slack calls only https addresses: --http https://entente.example.org")
    address = url.rstrip("/") + "/slack/events"
    written = re.sub(r"(?m)^(\s*)(- command: .*)$", rf"\g<1>\g<2>\n\g<1>  url: {address}", written)
    written = re.sub(r"(?m)^(\s*)event_subscriptions:$", rf"\g<0>\n\g<1>  request_url: {address}", written)
    written = re.sub(r"(?m)^(\s*)interactivity:$", rf"\g<0>\n\g<1>  request_url: {address}\n\g<1>  message_menu_options_url: {address}", written)
    written = re.sub(r"(?m)^oauth_config:$", f"oauth_config:\n  redirect_urls:\n    - {url.rstrip('/')}/slack/oauth_redirect", written)
    return written.replace("socket_mode_enabled: true", "socket_mode_enabled: false").replace(
        "token_rotation_enabled: false", "token_rotation_enabled: true"
    )
