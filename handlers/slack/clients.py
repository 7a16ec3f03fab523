"""The Web API, by workspace: which token, what is repeated when a call fails, and who people are."""

from __future__ import annotations

import os
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from functools import cache
from http.client import HTTPException
from typing import Any, Protocol
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, build_opener, proxy_bypass
from urllib.request import Request as HttpRequest

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry import RetryHandler
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler, RateLimitErrorRetryHandler

TIMEOUT_S = 10
"""For one call. Slack answers within a second; a connection that is silent for longer is given up."""

ROOT_TIMEOUT_S = 2
"""For the one call that is waited for before an event is acknowledged: less than the three seconds that Slack waits."""

PEOPLE_S = 3600.0
"""How long a person's time zone and name are believed."""

FAILURES = (SlackApiError, SlackClientError, OSError, HTTPException)
"""What a call to Slack can raise."""

UNTOLD = frozenset(("missing_scope", "user_not_found", "user_not_visible", "no_permission", "not_allowed_token_type"))
"""Slack will not tell who somebody is, however often it is asked."""

Tokens = Callable[[str], str | None]
"""Workspace -> its bot token."""


@dataclass(frozen=True, slots=True)
class Who:
    """A person of a workspace."""

    name: str = ""
    zone: str = "UTC"
    locale: str = "en-US"
    admin: bool | None = None
    """Admin or owner of the workspace; None where Slack does not say."""


def secured(url: str) -> ssl.SSLContext:
    """One context for every call. The SDK would read the machine's certificates anew for each of them, which takes 20-50 ms of computing."""
    return _authorities() if url.startswith("https:") else _unsecured()


@cache
def _authorities() -> ssl.SSLContext:
    return ssl.create_default_context()


@cache
def _unsecured() -> ssl.SSLContext:
    """For a local Slack: trusts nobody, as nothing there is encrypted."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class _Proxied(Protocol):
    proxy: str | None


def directly(url: str, client: _Proxied) -> None:
    """No proxy for this machine and for what NO_PROXY names, whereas the SDK sends everything to the proxy that the environment names."""
    host = urlsplit(url).hostname or ""
    if host in ("localhost", "::1") or host.startswith("127.") or proxy_bypass(host):
        # urllib, by which the SDK calls, learns it from here alone
        os.environ["no_proxy"] = ",".join(dict.fromkeys([*(os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or "").split(","), host]))
        client.proxy = None


def web_client(url: str, token: str | None = None, retry_handlers: list[RetryHandler] | None = None) -> WebClient:
    """A client of the Web API at this address."""
    client = WebClient(token=token, base_url=url, timeout=TIMEOUT_S, ssl=secured(url), retry_handlers=retry_handlers)
    directly(url, client)
    return client


class _Staying(HTTPRedirectHandler):
    """Slack redirects to a sign-in page when a token may not have a file."""

    def redirect_request(self, *_: object) -> None:
        """No redirection is followed."""


_STAYING = build_opener(_Staying())


class Clients:
    """Makes clients: ``posting`` never repeats a call by itself, because Slack has no idempotency key; ``calling`` does."""

    def __init__(self, tokens: Tokens, api_url: str, drop: Callable[[str], object] = lambda _team: None) -> None:
        """``drop`` is told of a workspace whose token is no more."""
        self._tokens = tokens
        self._drop = drop
        self._api_url = api_url
        self._people: dict[tuple[str, str], tuple[float, Who]] = {}
        self._unseen: dict[tuple[str, str], float] = {}

    def posting(self, team: str) -> WebClient:
        """For chat.postMessage."""
        return self._client(team, repeat=False)

    def calling(self, team: str) -> WebClient:
        """For everything that may be asked twice."""
        return self._client(team, repeat=True)

    def token(self, team: str) -> str | None:
        """The workspace's bot token, None when it has uninstalled."""
        return self._tokens(team)

    def download(self, team: str, url: str, most: int) -> bytes:
        """At most so many bytes of a shared file. The token goes to Slack alone: other addresses and redirections are refused (``HTTPError``)."""
        try:
            parts = urlsplit(url)
        except ValueError:
            raise HTTPError(url, 403, "not an address", Message(), None) from None
        host = parts.hostname or ""
        theirs = parts.scheme == "https" and (host == "slack.com" or host.endswith(".slack.com"))
        if not theirs and (parts.scheme, parts.netloc) != urlsplit(self._api_url)[:2]:
            raise HTTPError(url, 403, "not an address of Slack", Message(), None)
        request = HttpRequest(url, headers={"Authorization": f"Bearer {self._tokens(team) or ''}"})  # noqa: S310 - checked above
        with _STAYING.open(request, timeout=TIMEOUT_S) as answer:
            content: bytes = answer.read(most)
        return content

    def who(self, team: str, person: str) -> Who:
        """Name and time zone; asked for once an hour. What Slack does not tell is empty, or UTC."""
        known = self.known(team, person)
        return known if known is not None else self.asked(team, person)

    def asked(self, team: str, person: str) -> Who:
        """The same, asked for now: who was an admin an hour ago may be none any more."""
        try:
            user = self.calling(team).users_info(user=person, include_locale=True)["user"]
        except SlackApiError as refusal:
            if refusal.response.get("error") in UNTOLD:
                self._people[(team, person)] = (time.monotonic(), Who())
            return Who()
        except FAILURES:
            return Who()
        profile = user.get("profile") or {}
        name = profile.get("display_name") or user.get("real_name") or profile.get("real_name") or user.get("name") or ""
        said = [bool(user[key]) for key in ("is_admin", "is_owner", "is_primary_owner") if user.get(key) is not None]
        who = Who(str(name), str(user.get("tz") or "UTC"), str(user.get("locale") or "en-US"), any(said) if said else None)
        self._people[(team, person)] = (time.monotonic(), who)
        return who

    def known(self, team: str, person: str) -> Who | None:
        """The same without asking Slack."""
        kept = self._people.get((team, person))
        return kept[1] if kept and time.monotonic() - kept[0] < PEOPLE_S else None

    def root(self, team: str, channel: str, thread: str) -> Mapping[str, Any] | None:
        """The message that a thread hangs on, where Slack shows it: in direct messages, and where a history scope was added. One quick try."""
        kind = (team, channel[:1])
        if time.monotonic() < self._unseen.get(kind, 0.0):
            return None
        client = self._client(team, repeat=False)
        client.timeout = ROOT_TIMEOUT_S
        try:
            messages = client.conversations_replies(channel=channel, ts=thread, limit=1).get("messages") or []
        except SlackApiError as refusal:
            if refusal.response.get("error") in UNTOLD | {"unknown_method"}:
                self._unseen[kind] = time.monotonic() + PEOPLE_S
            return None
        except FAILURES:
            return None
        return next((message for message in messages if message.get("ts") == thread), None)

    def forget(self, team: str) -> None:
        """Drop what was known of a workspace: its token, its people."""
        self._drop(team)
        for key in [key for key in list(self._people) if key[0] == team]:
            self._people.pop(key, None)

    def _client(self, team: str, *, repeat: bool) -> WebClient:
        handlers = [ConnectionErrorRetryHandler(max_retry_count=1), RateLimitErrorRetryHandler(max_retry_count=2)] if repeat else []
        token, url = self._tokens(team) or "", self._api_url
        return web_client(url, token, handlers)
