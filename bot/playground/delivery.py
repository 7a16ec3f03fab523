"""Getting a request to the app: over Socket Mode or signed HTTP, in time, with Slack's retries for events."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

import aiohttp

from bot.playground.drills import Drills
from bot.playground.records import Json
from bot.playground.sockets import Sockets

#: Slack repeats an unacknowledged event at once, after a minute and after five.
RETRY_SECONDS = (0.0, 60.0, 300.0)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try: "ok" or the reason that Slack gives for repeating; `seconds` until the app's answer."""

    outcome: str
    seconds: float
    payload: Json | None = None
    status: int = 0


@dataclass(slots=True)
class Delivery:
    """A request to the app and what became of it."""

    kind: str
    payload: Json
    attempts: list[Attempt] = field(default_factory=list)
    #: whether Slack will not try again
    settled: bool = False

    @property
    def acknowledged(self) -> bool:
        """Whether a try has succeeded."""
        return any(attempt.outcome == "ok" for attempt in self.attempts)

    @property
    def answer(self) -> Json:
        """What the app said in its acknowledgement."""
        return next((a.payload or {} for a in self.attempts if a.outcome == "ok"), {})

    @property
    def failure(self) -> str:
        """Why the last try failed, in the words of Slack's retry reasons; empty if one succeeded."""
        return "" if self.acknowledged or not self.attempts else self.attempts[-1].outcome


class Courier:
    """Delivers; `request_url` chooses signed HTTP, else Socket Mode carries. An acknowledgement may take `ack_seconds`."""

    def __init__(self, sockets: Sockets, drills: Drills, signing_secret: str, time_factor: float, ack_seconds: float) -> None:
        self.sockets = sockets
        self.drills = drills
        self.signing_secret = signing_secret
        self.time_factor = time_factor
        self.ack_seconds = ack_seconds
        self.request_url: str | None = None
        self.deliveries: list[Delivery] = []
        self.on_settled: Callable[[], None] = lambda: None
        self._http: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def ask(self, kind: str, payload: Json) -> Delivery:
        """Deliver what a person waits for (a command, an interaction): once, never repeated by Slack."""
        delivery = self._register(kind, payload)
        twice = self.drills.take_twice()
        delivery.attempts.append(await self._try(kind, payload))
        if twice:
            delivery.attempts.append(await self._try(kind, payload))
        delivery.settled = True
        self.on_settled()
        return delivery

    def send(self, payload: Json) -> Delivery:
        """Deliver an event in the background, repeating it as Slack does."""
        delivery = self._register("events_api", payload)
        task = asyncio.get_running_loop().create_task(self._send(delivery, self.drills.take_twice()))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return delivery

    async def close(self) -> None:
        """Stop repeating and hang up."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._http:
            await self._http.close()

    def _register(self, kind: str, payload: Json) -> Delivery:
        delivery = Delivery(kind, payload)
        self.deliveries.append(delivery)
        return delivery

    async def _send(self, delivery: Delivery, twice: bool) -> None:
        attempt = await self._try(delivery.kind, delivery.payload)
        delivery.attempts.append(attempt)
        if twice and attempt.outcome == "ok":
            delivery.attempts.append(await self._try(delivery.kind, delivery.payload, 1, "timeout"))
        for number, pause in enumerate(RETRY_SECONDS, 1):
            if delivery.acknowledged:
                break
            self.on_settled()
            await asyncio.sleep(pause * self.time_factor)
            reason = delivery.attempts[-1].outcome
            delivery.attempts.append(await self._try(delivery.kind, delivery.payload, number, reason))
        delivery.settled = True
        self.on_settled()

    async def _try(self, kind: str, payload: Json, number: int = 0, reason: str = "") -> Attempt:
        began = time.monotonic()
        if self.request_url:
            attempt = await self._by_http(self.request_url, kind, payload, number, reason)
        else:
            outcome, answer = await self.sockets.ask(kind, payload, number, reason, self.ack_seconds)
            attempt = Attempt(outcome, time.monotonic() - began, answer)
        if attempt.outcome == "ok" and kind == "events_api" and self.drills.take_lost_ack():
            return Attempt("http_timeout" if self.request_url else "timeout", attempt.seconds)
        return attempt

    async def _by_http(self, url: str, kind: str, payload: Json, number: int, reason: str) -> Attempt:
        if self._http is None:
            self._http = aiohttp.ClientSession()
        if kind == "events_api":
            body, content_type = json.dumps(payload), "application/json"
        elif kind == "slash_commands":
            body, content_type = urlencode(payload), "application/x-www-form-urlencoded"
        else:
            body, content_type = urlencode({"payload": json.dumps(payload)}), "application/x-www-form-urlencoded"
        headers = sign(self.signing_secret, body) | {"Content-Type": content_type}
        if number:
            headers |= {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
        began = time.monotonic()
        try:
            limit = aiohttp.ClientTimeout(self.ack_seconds)
            async with self._http.post(url, data=body.encode(), headers=headers, timeout=limit) as response:
                text = await response.text()
                spent = time.monotonic() - began
                if response.status >= 300:
                    return Attempt("http_error", spent, status=response.status)
                if response.content_type == "application/json" and text:
                    return Attempt("ok", spent, json.loads(text), response.status)
                return Attempt("ok", spent, {"text": text} if text else None, response.status)
        except TimeoutError:
            return Attempt("http_timeout", time.monotonic() - began)
        except aiohttp.ClientError:
            return Attempt("connection_failed", time.monotonic() - began)


def sign(secret: str, body: str, timestamp: int | None = None) -> dict[str, str]:
    """Slack's v0 signature headers for a body."""
    moment = str(timestamp if timestamp is not None else int(time.time()))
    digest = hmac.new(secret.encode(), f"v0:{moment}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={digest}"}
