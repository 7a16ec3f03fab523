"""The real app before ``Reference``: raw signed requests in, what it answers and calls out."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.settings import Settings
from handlers.answer import Deps
from handlers.slack.serving import Entente, listen_http, listen_socket
from store import Store
from tests.slack import payloads
from tests.slack.reference import SECRET, Json, Reference


@dataclass(frozen=True, slots=True)
class Answered:
    """What the app answered a request with."""

    status: int
    body: str

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Wire:
    """Posts to a served app as Slack does."""

    def __init__(self, slack: Reference, entente: Entente, port: int) -> None:
        self.slack = slack
        self.entente = entente
        self.port = port

    def post(self, body: bytes, kind: str, *, secret: str = SECRET, stamp: str | None = None, headers: dict[str, str] | None = None) -> Answered:
        """One signed request; whatever the status, its answer."""
        stamp = str(int(time.time())) if stamp is None else stamp
        signature = "v0=" + hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        signed = {
            "Content-Type": kind,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signature,
            "User-Agent": "Slackbot 1.0",
            **(headers or {}),
        }
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/slack/events", body, signed)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return Answered(answer.status, answer.read().decode())
        except urllib.error.HTTPError as answer:
            with answer:
                return Answered(answer.code, answer.read().decode())

    def form(self, fields: Json, **about: Any) -> Answered:
        """A slash command."""
        return self.post(urlencode(fields).encode(), "application/x-www-form-urlencoded", **about)

    def command(self, name: str, text: str = "", **about: Any) -> Answered:
        return self.form(payloads.command(name, text, hook=f"{self.slack.url}/hook/command", **about))

    def interact(self, body: Json, **about: Any) -> Answered:
        """Buttons, forms, shortcuts."""
        return self.form(payloads.form_of(body), **about)

    def event(self, body: Json, retry: int = 0) -> Answered:
        headers = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"} if retry else {}
        return self.post(json.dumps(body).encode(), "application/json", headers=headers)

    def posts(self) -> list[Json]:
        """What the app has posted."""
        return self.slack.called("chat.postMessage")

    def settle(self) -> None:
        """Until everything promised is sent; and a moment for what should not be."""
        self.slack.wait(lambda: self.entente.deps.store.outgoing.waiting() == 0)
        time.sleep(0.15)

    @property
    def hook(self) -> str:
        return f"{self.slack.url}/hook/pressed"


def no_traceback(caplog: pytest.LogCaptureFixture) -> None:
    """Nothing that Slack or people do is a fault of ours. (The SDK reports answers that it cannot read by itself.)"""
    logged = [one for when in ("call", "teardown") for one in caplog.get_records(when)]  # type: ignore[arg-type]
    raised = [one for one in logged if (one.exc_info or one.levelno >= logging.ERROR) and not one.name.startswith("slack_sdk")]
    assert not raised, [one.getMessage() for one in raised]


@contextmanager
def entente_before(slack: Reference, store: Store) -> Iterator[Entente]:
    """The real app, started, hearing nothing yet."""
    entente = Entente(Settings.from_env({"ENTENTE_DB": str(Path(store.path)), **slack.environment}), Deps(store))
    entente.start()
    try:
        yield entente
    finally:
        entente.close(15)  # a call that Slack told to wait is under way for some seconds


@contextmanager
def over_http(store: Store) -> Iterator[Wire]:
    with Reference() as slack, entente_before(slack, store) as entente:
        hang_up, port = listen_http(entente.app, 0, "127.0.0.1")
        try:
            yield Wire(slack, entente, port)
        finally:
            hang_up()


@contextmanager
def over_socket(store: Store) -> Iterator[Reference]:
    with Reference() as slack, entente_before(slack, store) as entente:
        hang_up = listen_socket(entente.app, Settings.from_env(slack.environment))
        try:
            slack.wait(lambda: slack.sockets)
            yield slack
        finally:
            hang_up()
