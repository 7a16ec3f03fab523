"""The HTTP side that the app talks to: the Web API, response_urls, uploads, downloads, OAuth and the Socket Mode link."""

from __future__ import annotations

import asyncio
import base64
import json
import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from bot.playground.drills import Failure
from bot.playground.methods import files, perform
from bot.playground.platform import Platform
from bot.playground.records import Json
from bot.playground.refusal import SlackRefusal
from bot.playground.responses import post_response

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
#: Slack takes files of up to 1 GB; a local try-out has no use for more than this.
UPLOAD_BYTES = 64 * 1024 * 1024


def guard(own: Callable[[], frozenset[str]]) -> Any:
    """Middleware that refuses any Host but our own and any foreign Origin: no page of another site may drive this one."""

    @web.middleware
    async def refuse_strangers(request: web.Request, handler: Handler) -> web.StreamResponse:
        hosts = own()
        # slack_sdk's Socket Mode client leaves the port out of Host; its ticket is the key there
        names = {host.partition(":")[0] for host in hosts} if request.path == "/link/" else set()
        if request.host not in hosts | names:
            return web.Response(status=421, text="This address serves this machine only.")
        origin = request.headers.get("Origin")
        if origin is not None and origin not in {f"http://{host}" for host in hosts}:
            return web.Response(status=403, text="Another origin may not drive this workspace.")
        return await handler(request)

    return refuse_strangers


class AppSide:
    """The routes for the app."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform

    def routes(self) -> list[web.RouteDef]:
        """All of them."""
        return [
            web.route("*", "/api/{method}", self.call),
            web.post("/respond/{team}/{key}", self.respond),
            web.post("/upload/{team}/{file}", self.upload),
            web.get("/files-pri/{file}/{name}", self.download),
            web.get("/link/", self.platform.sockets.handle),
            web.get("/oauth/v2/authorize", self.authorize),
        ]

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One Web API call, with the failure that is due for it."""
        method = request.match_info["method"]
        arguments = await _arguments(request)
        token = _token(request, arguments)
        failure = None
        if method != "apps.connections.open":
            failure = self.platform.drills.next_failure(method)
        if failure is not None and failure.kind == "delay":
            await asyncio.sleep(failure.seconds)
        elif failure is not None and failure.kind != "drop" and not failure.done:
            return _failed(failure)
        try:
            answer: Json = {"ok": True} | perform(self.platform, method, token, arguments)
        except SlackRefusal as refusal:
            answer = refusal.answer()
        self.platform.calls.append((method, dict(arguments) | {"_answer": answer.get("error", "ok")}))
        if failure is not None and failure.kind == "drop":
            if request.transport:
                request.transport.close()
            return web.Response()
        if failure is not None and failure.done:
            return _failed(failure)
        if answer.get("error") == "ratelimited":
            return web.json_response(answer, status=429, headers={"Retry-After": str(answer.get("retry_after", 1))})
        scopes = ",".join(sorted(self.platform.manifest.scopes or ()))
        return web.json_response(answer, headers={"X-OAuth-Scopes": scopes, "X-Slack-Req-Id": secrets.token_hex(8)})

    async def respond(self, request: web.Request) -> web.Response:
        """A response_url."""
        failure = self.platform.drills.next_failure("response_url")
        if failure is not None and failure.kind == "delay":
            await asyncio.sleep(failure.seconds)
        elif failure is not None and failure.kind != "drop":
            return _failed(failure)
        try:
            body: Json = await request.json()
            hook = self.platform.vouchers.redeem_hook(request.match_info["key"])
            workspace = self.platform.teams[request.match_info["team"]]
            self.platform.calls.append(("response_url", dict(body)))
            post_response(self.platform, workspace, hook, body)
        except (ValueError, KeyError):
            return web.json_response({"ok": False, "error": "invalid_payload"}, status=400)
        except SlackRefusal as refusal:
            gone = refusal.code in ("expired_url", "used_url")
            return web.json_response(refusal.answer(), status=404 if gone else 400)
        if failure is not None and request.transport:
            request.transport.close()
        return web.Response(text="ok")

    async def upload(self, request: web.Request) -> web.Response:
        """The bytes of a file, raw or as a form."""
        if request.content_type.startswith("multipart/"):
            form = await request.post()
            sent = next((one for one in form.values() if isinstance(one, web.FileField)), None)
            content = sent.file.read() if sent else b""
        else:
            content = await request.read()
        try:
            workspace = self.platform.teams[request.match_info["team"]]
            files.fill(workspace, request.match_info["file"], content)
        except (KeyError, SlackRefusal):
            return web.Response(status=404, text="file_not_found")
        return web.Response(text=f"OK - {len(content)}")

    async def download(self, request: web.Request) -> web.Response:
        """A file's bytes, for the bot token; without one Slack answers with its sign-in page."""
        team, _, file_id = request.match_info["file"].partition("-")
        try:
            workspace = self.platform.team_of(_token(request, {}))
        except SlackRefusal:
            return web.Response(text="<!DOCTYPE html><title>Sign in</title>", content_type="text/html")
        file = workspace.files.get(file_id)
        allowed = workspace.team == team and self.platform.manifest.grants("files:read")
        if file is None or not allowed or not files.visible(workspace, file):
            return web.Response(status=404)
        return web.Response(body=file.content, content_type=file.mimetype)

    async def authorize(self, request: web.Request) -> web.Response:
        """The consent page of OAuth: a local workspace says yes at once."""
        team = request.query.get("team") or next(iter(self.platform.teams))
        if request.query.get("client_id") != self.platform.client_id or team not in self.platform.teams:
            return web.Response(status=400, text="invalid_client_id")
        workspace = self.platform.teams[team]
        self.platform.install(workspace)
        code = secrets.token_hex(16)
        self.platform.oauth_codes[code] = team
        query = urlencode({"code": code, "state": request.query.get("state", "")})
        raise web.HTTPFound(f"{request.query.get('redirect_uri') or self.platform.redirect_url}?{query}")


def _failed(failure: Failure) -> web.Response:
    if failure.kind == "ratelimited":
        return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": str(failure.retry_after)})
    if failure.kind == "status":
        return web.Response(status=failure.status, text="Service Unavailable")
    return web.json_response({"ok": False, "error": failure.error})


async def _arguments(request: web.Request) -> Mapping[str, Any]:
    arguments: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text() or "{}")
        except ValueError:
            body = {}
        arguments.update(body if isinstance(body, dict) else {})
    elif request.can_read_body:
        arguments.update(await request.post())
    return arguments


def _token(request: web.Request, arguments: Mapping[str, Any]) -> str:
    scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "basic" and isinstance(arguments, dict):
        # oauth.v2.access sends the client's id and secret so
        client_id, _, secret = base64.b64decode(credentials).decode(errors="replace").partition(":")
        arguments.update(client_id=client_id, client_secret=secret)
        return ""
    return credentials if scheme.lower() == "bearer" else str(arguments.get("token", ""))
