"""Slack as its reference describes it, for tests: Web API, response_urls and Socket Mode that record everything and fail on demand.

It shares no code with the local workspace in bot/playground, so that what both misunderstand alike would still be found.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import WSMsgType, web

Json = dict[str, Any]

TEAM, OTHER_TEAM, BOT_USER, BOT, APP = "T0123ABC", "T0999XYZ", "U0BOT0001", "B0BOT0001", "A0123ABC"
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


@dataclass(slots=True)
class Failing:
    """What a call gets instead of its answer: an error code, an HTTP status with a body, or a connection that breaks."""

    error: str = ""
    status: int = 200
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    reset: bool = False
    done: bool = False
    """Whether the work was done all the same."""
    times: int = 1


class Reference:
    """Start it with ``with``; ``calls`` and ``hooked`` are what the app said, in order."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Json]] = []
        self.hooked: list[tuple[str, Json]] = []
        self.failing: dict[str, Failing] = {}
        self.posted: list[Json] = []
        self.files: dict[str, Json] = {}
        self.person: Json = {}
        self.sockets: list[web.WebSocketResponse] = []
        self.acknowledged: dict[str, Json | None] = {}
        self._loop = asyncio.new_event_loop()
        self._number = 0
        self.port = 0

    # what a test does

    def __enter__(self) -> Reference:
        ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(ready,), name="reference", daemon=True)
        self._thread.start()
        assert ready.wait(5)
        return self

    def __exit__(self, *_: object) -> None:
        self._do(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    @property
    def environment(self) -> dict[str, str]:
        return {
            "SLACK_API_URL": f"{self.url}/api/",
            "SLACK_BOT_TOKEN": "xoxb-1",
            "SLACK_APP_TOKEN": "xapp-1",
            "SLACK_SIGNING_SECRET": SECRET,
        }

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def fail(self, method: str, **about: Any) -> None:
        """``method`` of the Web API, or "response_url"."""
        self.failing[method] = Failing(**about)

    def called(self, method: str) -> list[Json]:
        return [arguments for name, arguments in list(self.calls) if name == method]

    def heard(self) -> list[str]:
        """Every sentence that the app said anywhere, the fallback texts and the words of the views."""
        said = [str(body.get("text")) for _, body in list(self.hooked) if body.get("text")]
        for method, arguments in list(self.calls):
            if method.startswith("chat."):
                said.append(str(arguments.get("text") or arguments.get("unfurls")))
            elif method.startswith("views."):
                said.append(json.dumps(arguments.get("view"), ensure_ascii=False))
        return said

    def wait(self, condition: Callable[[], Any], timeout: float = 90.0) -> None:
        deadline = time.monotonic() + timeout
        while not condition():
            assert time.monotonic() < deadline, f"it did not happen; the app called {self.calls[-6:]} and posted to {self.hooked[-4:]}"
            time.sleep(0.01)

    def send(self, envelope: Json) -> None:
        """A raw frame on the newest socket."""
        self._do(self.sockets[-1].send_str(json.dumps(envelope)))

    def hang_up(self, socket: web.WebSocketResponse) -> None:
        self._do(socket.close())

    # the server

    def _do(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(5)

    def _serve(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._start())
        ready.set()
        self._loop.run_forever()

    async def _start(self) -> None:
        app = web.Application(client_max_size=10_000_000)
        app.add_routes(
            [
                web.post("/api/{method}", self._api),
                web.post("/hook/{name:.*}", self._hook),
                web.get("/link/", self._link),
                web.get("/file/{name}", self._file),
            ]
        )
        self._runner = web.AppRunner(app, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = int(site._server.sockets[0].getsockname()[1])  # type: ignore[union-attr]

    async def _stop(self) -> None:
        for socket in self.sockets:
            await socket.close()
        await self._runner.cleanup()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments = await _arguments(request)
        self.calls.append((method, arguments))
        failing = self._failing(method)
        answer = {"ok": True} if failing and not failing.done else self._answer(method, arguments)
        return await self._say(request, failing, json.dumps(answer), "application/json")

    async def _hook(self, request: web.Request) -> web.StreamResponse:
        self.hooked.append((request.match_info["name"], await request.json()))
        return await self._say(request, self._failing("response_url"), "ok", "text/html")

    async def _say(self, request: web.Request, failing: Failing | None, answer: str, kind: str) -> web.StreamResponse:
        if failing is None:
            return web.Response(text=answer, content_type=kind)
        if failing.reset:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        if failing.error:
            return web.json_response({"ok": False, "error": failing.error}, status=failing.status, headers=failing.headers)
        return web.Response(text=failing.body, status=failing.status, headers=failing.headers, content_type="text/html")

    def _failing(self, method: str) -> Failing | None:
        failing = self.failing.get(method)
        if failing is None or failing.times <= 0:
            return None
        failing.times -= 1
        return failing

    def _answer(self, method: str, arguments: Json) -> Json:
        self._number += 1
        ts = f"17000000{self._number:02}.000100"
        match method:
            case "auth.test":
                return {
                    "ok": True,
                    "url": "https://example.slack.com/",
                    "team": "Example",
                    "user": "entente",
                    "team_id": TEAM,
                    "user_id": BOT_USER,
                    "bot_id": BOT,
                    "is_enterprise_install": False,
                }
            case "chat.postMessage":
                channel = arguments["channel"]
                self.posted.append({**arguments, "ts": ts})
                return {
                    "ok": True,
                    "channel": "D024BE91L" if channel.startswith("U") else channel,
                    "ts": ts,
                    "message": {"text": arguments.get("text")},
                }
            case "chat.postEphemeral":
                return {"ok": True, "message_ts": ts}
            case "chat.update":
                return {"ok": True, "channel": arguments["channel"], "ts": arguments["ts"], "text": arguments.get("text")}
            case "conversations.history" | "conversations.replies":
                held = [{"type": "message", "bot_id": BOT, **one} for one in reversed(self.posted) if one["channel"] == arguments["channel"]]
                return {"ok": True, "messages": held, "has_more": False}
            case "users.info":
                user = {
                    "id": arguments["user"],
                    "team_id": TEAM,
                    "name": "anna",
                    "deleted": False,
                    "real_name": "Anna Lind",
                    "tz": "Europe/Berlin",
                    "profile": {"real_name": "Anna Lind", "display_name": ""},
                    "is_admin": False,
                    "is_owner": False,
                    "locale": "en-US",
                }
                return {"ok": True, "user": user | self.person}
            case "files.info" if arguments["file"] in self.files:
                return {"ok": True, "file": self.files[arguments["file"]]}
            case "files.info":
                return {"ok": False, "error": "file_not_found"}
            case "apps.connections.open":
                return {"ok": True, "url": f"ws://127.0.0.1:{self.port}/link/?ticket={self._number}&app_id={APP}"}
            case _ if method.startswith("views."):
                view = arguments["view"]
                return {"ok": True, "view": {"id": f"V{self._number:08}", "team_id": TEAM, "hash": "156772938.1827394", **view}}
        return {"ok": True}

    async def _file(self, request: web.Request) -> web.StreamResponse:
        self.calls.append(("file", {"name": request.match_info["name"], "token": request.headers.get("Authorization", "")}))
        return await self._say(request, self._failing("file"), "Rents must be capped now. " * 30, "text/plain")

    async def _link(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        hello = {
            "type": "hello",
            "connection_info": {"app_id": APP},
            "num_connections": 1,
            "debug_info": {
                "host": "applink-7fc4fdbb64-4x5xq",
                "started": "2020-12-10 21:30:18.000",
                "build_number": 10,
                "approximate_connection_time": 18060,
            },
        }
        await socket.send_str(json.dumps(hello))
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                said = json.loads(frame.data)
                self.acknowledged[said["envelope_id"]] = said.get("payload")
        return socket


async def _arguments(request: web.Request) -> Json:
    if request.content_type == "application/json":
        given: Json = json.loads(await request.text() or "{}")
        return given
    arguments: Json = dict(parse_qsl(await request.text()))
    for name in ("view", "blocks", "metadata", "unfurls", "prompts"):
        if isinstance(arguments.get(name), str):
            arguments[name] = json.loads(arguments[name])
    return arguments
