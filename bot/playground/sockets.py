"""Socket Mode: the web sockets on which the app listens, their greetings, envelopes, acknowledgements and farewells."""

from __future__ import annotations

import asyncio
import json
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from bot.playground.records import Json

#: Slack allows ten connections at once.
CONNECTIONS = 10
#: What hello promises, in seconds; nothing here refreshes by itself.
CONNECTION_SECONDS = 18_060


@dataclass(slots=True)
class Sockets:
    """The app's connections. `tickets` are one-time keys given by apps.connections.open."""

    app_id: str
    on_change: Callable[[], None] = lambda: None
    tickets: set[str] = field(default_factory=set)
    _open: list[web.WebSocketResponse] = field(default_factory=list)
    _waiting: dict[str, tuple[web.WebSocketResponse, asyncio.Future[Json | None]]] = field(default_factory=dict)
    _turn: int = 0

    def ticket(self) -> str:
        """A key for one connection."""
        key = secrets.token_urlsafe(16)
        self.tickets.add(key)
        return key

    @property
    def connections(self) -> int:
        """How many are open."""
        return len(self._open)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it ends."""
        ticket = request.query.get("ticket", "")
        if ticket not in self.tickets or len(self._open) >= CONNECTIONS:
            return web.Response(status=408 if ticket else 404)
        self.tickets.discard(ticket)
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        self._open.append(socket)
        await socket.send_json(
            {
                "type": "hello",
                "num_connections": len(self._open),
                "debug_info": {
                    "host": "local",
                    "build_number": 1,
                    "approximate_connection_time": CONNECTION_SECONDS,
                },
                "connection_info": {"app_id": self.app_id},
            }
        )
        self.on_change()
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    self._hear(frame.data)
        finally:
            if socket in self._open:
                self._open.remove(socket)
            self._give_up(socket)
            self.on_change()
        return socket

    async def ask(self, kind: str, payload: Json, number: int, reason: str, limit: float) -> tuple[str, Json | None]:
        """Send one envelope and wait for its acknowledgement: an outcome and the app's payload."""
        if not self._open:
            return "connection_failed", None
        self._turn += 1
        socket = self._open[self._turn % len(self._open)]
        envelope_id = str(uuid.uuid4())
        envelope: Json = {
            "envelope_id": envelope_id,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": number, "retry_reason": reason}
        answer: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = (socket, answer)
        try:
            await socket.send_json(envelope)
            return "ok", await asyncio.wait_for(answer, limit)
        except TimeoutError:
            return "timeout", None
        except ConnectionError:
            return "connection_failed", None
        finally:
            self._waiting.pop(envelope_id, None)

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Say goodbye on every connection and close it; a well-behaved app comes back by itself."""
        for socket in list(self._open):
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}})
            self._open.remove(socket)
            await socket.close()

    async def close(self) -> None:
        """Hang up without a word."""
        for socket in list(self._open):
            await socket.close()

    def _hear(self, text: str) -> None:
        try:
            said = json.loads(text)
        except ValueError:
            return  # Slack ignores what it cannot read
        _, answer = self._waiting.get(said.get("envelope_id", ""), (None, None))
        if answer and not answer.done():
            answer.set_result(said.get("payload") or None)

    def _give_up(self, socket: web.WebSocketResponse) -> None:
        """Nothing more comes on a connection that has ended: do not wait for acknowledgements on it."""
        for carrier, answer in self._waiting.values():
            if carrier is socket and not answer.done():
                answer.set_exception(ConnectionError("the app hung up"))
