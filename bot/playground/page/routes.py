"""The routes of the page: what it shows as HTML, what people do as JSON, and a stream that says what has changed."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.playground import deeds, interactions
from bot.playground.drills import DRILLS, Failure
from bot.playground.guide import steps
from bot.playground.page.messages import PICTURES, draw_channel, draw_thread, shade_of
from bot.playground.page.views import draw_home, draw_modal
from bot.playground.platform import Platform
from bot.playground.records import Channel, Json, Message, Person, View
from bot.playground.refusal import SlackRefusal
from bot.playground.workspace import Change, Workspace

STATIC = Path(__file__).parent / "static"
#: Nothing is fetched from outside, nothing may frame the page, no script but our own runs.
POLICY = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
HEARTBEAT_SECONDS = 15.0
#: What people read when Slack refuses what they did.
REFUSALS = {
    "is_archived": "This channel is archived.",
    "not_in_channel": "You are not a member of this channel.",
    "unknown_command": "That is not a command of this workspace.",
    "message_not_found": "That message is gone.",
}
Work = Callable[[Json], Awaitable[Any]]


class PageSide:
    """The routes for the browser; `key` opens the door and then lives in a cookie."""

    def __init__(self, platform: Platform, workspace: Workspace) -> None:
        self.platform = platform
        self.workspace = workspace
        self.key = secrets.token_urlsafe(16)
        self.cookie = f"playground_{secrets.token_hex(3)}"

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """All of them."""
        deeds_by_name: dict[str, Work] = {
            "say": self._say,
            "command": self._command,
            "act": self._act,
            "submit": self._submit,
            "close": self._close,
            "shortcut": self._shortcut,
            "message-shortcut": self._message_shortcut,
            "suggest": self._suggest,
            "react": self._react,
            "dismiss": self._dismiss,
            "open-home": self._open_home,
            "drill": self._drill,
        }
        return [
            web.get("/", self.door),
            web.get("/archives/{channel}/p{ts}", self.permalink),
            web.get("/page/boot", self._guarded(self._boot)),
            web.get("/page/changes", self._guarded(self._changes)),
            web.get("/page/channel/{channel}", self._guarded(self._channel)),
            web.get("/page/thread/{channel}/{ts}", self._guarded(self._thread)),
            web.get("/page/home", self._guarded(self._home)),
            web.get("/page/modal", self._guarded(self._modal)),
            web.get("/page/file/{file}", self._guarded(self._file)),
            web.post("/page/upload", self._guarded(self._upload, writing=True)),
            *(web.post(f"/page/{name}", self._guarded(self._deed(work), writing=True)) for name, work in deeds_by_name.items()),
            web.static("/static", STATIC),
        ]

    # the door

    async def door(self, request: web.Request) -> web.StreamResponse:
        """The page itself; the key in the address is exchanged for a cookie and vanishes from the address bar."""
        if secrets.compare_digest(request.query.get("key", ""), self.key):
            answer = web.HTTPFound("/")
            answer.set_cookie(self.cookie, self.key, httponly=True, samesite="Strict", path="/")
            raise answer
        if not self._known(request):
            return web.Response(status=403, text="Open the address that `entente try` has printed: it holds the key of this start.")
        return web.FileResponse(STATIC / "index.html", headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"})

    async def permalink(self, request: web.Request) -> web.StreamResponse:
        """A message's address leads into the page."""
        digits = request.match_info["ts"]
        thread = request.query.get("thread_ts", "")
        raise web.HTTPFound(f"/#/channel/{request.match_info['channel']}/{thread or digits[:-6] + '.' + digits[-6:]}")

    def _known(self, request: web.Request) -> bool:
        return secrets.compare_digest(request.cookies.get(self.cookie, ""), self.key)

    def _guarded(self, handler: Callable[[web.Request], Awaitable[web.StreamResponse]], *, writing: bool = False) -> Any:
        async def checked(request: web.Request) -> web.StreamResponse:
            # a form of another site can send cookies at most; it can set no header of its own
            if not self._known(request) or (writing and request.headers.get("X-Playground") != "1"):
                return web.Response(status=403, text="This page needs the key of this start.")
            return await handler(request)

        return checked

    def _deed(self, work: Work) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def do(request: web.Request) -> web.StreamResponse:
            try:
                result = await work(await request.json())
            except SlackRefusal as refusal:
                return web.json_response({"error": REFUSALS.get(refusal.code, refusal.code.replace("_", " "))}, status=409)
            except (KeyError, ValueError):
                return web.json_response({"error": "The page asked for something odd; reload it."}, status=400)
            return web.json_response(result if result is not None else {})

        return do

    # what is shown

    async def _boot(self, request: web.Request) -> web.Response:
        workspace, manifest = self.workspace, self.platform.manifest
        people = [
            {
                "id": one.id,
                "name": one.name,
                "real": one.real_name,
                "tz": one.tz,
                "shade": shade_of(one.id),
                "direct": workspace.direct(one.id, workspace.bot.id).id,
            }
            for one in workspace.people.values()
            if one.bot_id is None
        ]
        channels = [
            {
                "id": one.id,
                "name": one.name,
                "topic": one.topic,
                "members": len(one.members),
                "archived": one.archived,
                "bot": workspace.bot.id in one.members,
            }
            for one in workspace.channels.values()
            if not one.direct
        ]
        return web.json_response(
            {
                "team": workspace.name,
                "bot": {"id": workspace.bot.id, "name": workspace.bot.name, "real": workspace.bot.real_name, "about": manifest.description},
                "people": people,
                "channels": channels,
                "commands": [{"name": one.name, "hint": one.usage_hint, "about": one.description} for one in manifest.commands],
                "shortcuts": [{"name": one.name, "id": one.callback_id, "type": one.type} for one in manifest.shortcuts],
                "prompts": [{"title": title, "message": message} for title, message in manifest.suggested_prompts],
                "drills": [{"id": name, "name": words} for name, words in DRILLS.items()],
                "guide": [{"title": one.title, "why": one.why, "where": one.where, "type": one.type} for one in steps(manifest.suggested_prompts)],
                "connected": self._connected(),
                "installed": workspace.installed,
                "progress": self.platform.progress,
                "number": len(self.platform.changes),
            }
        )

    def _connected(self) -> bool:
        return bool(self.platform.courier.request_url) or self.platform.sockets.connections > 0

    async def _channel(self, request: web.Request) -> web.Response:
        return _html(draw_channel(self.workspace, request.match_info["channel"], request.query["person"]))

    async def _thread(self, request: web.Request) -> web.Response:
        return _html(draw_thread(self.workspace, request.match_info["channel"], request.match_info["ts"], request.query["person"]))

    async def _home(self, request: web.Request) -> web.Response:
        return _html(draw_home(self.workspace, request.query["person"]))

    async def _modal(self, request: web.Request) -> web.Response:
        return _html(draw_modal(self.workspace, request.query["person"]))

    async def _file(self, request: web.Request) -> web.Response:
        file = self.workspace.files.get(request.match_info["file"])
        if file is None or file.mimetype not in PICTURES:
            return web.Response(status=404)
        return web.Response(body=file.content, content_type=file.mimetype)

    async def _changes(self, request: web.Request) -> web.StreamResponse:
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await stream.prepare(request)
        person, seen = request.query["person"], int(request.query.get("since", "0"))
        watch = self.platform.watch()
        connected = None
        try:
            while True:
                watch.clear()
                for change in self.platform.changes[seen:]:
                    if change.team == self.workspace.team and change.person in (None, person):
                        await stream.write(_event(change))
                seen = len(self.platform.changes)
                if connected != self._connected():
                    connected = self._connected()
                    await stream.write(f"data: {json.dumps({'kind': 'connected', 'is': connected})}\n\n".encode())
                try:
                    await asyncio.wait_for(watch.wait(), HEARTBEAT_SECONDS)
                except TimeoutError:
                    await stream.write(b": still here\n\n")
        except ConnectionError:
            return stream
        finally:
            self.platform.unwatch(watch)

    # what people do

    def _who(self, body: Json) -> Person:
        return self.workspace.person(body["person"])

    def _where(self, body: Json) -> Channel:
        return self.workspace.channel(body["channel"])

    def _thing(self, body: Json) -> Message | View:
        if body.get("view"):
            return self.workspace.find_view(body["view"])
        return self.workspace.message(body["channel"], body["ts"])

    async def _say(self, body: Json) -> Json:
        message = deeds.say(self.platform, self.workspace, self._who(body), self._where(body), body["text"], thread_ts=body.get("thread"))
        return {"ts": message.ts}

    async def _command(self, body: Json) -> None:
        await interactions.command(self.platform, self.workspace, self._who(body), self._where(body), body["name"], body["text"])

    async def _act(self, body: Json) -> None:
        thing, rest = self._thing(body), (body["action"], body["block"], body.get("given") or {}, body.get("state") or {})
        if isinstance(thing, View):
            await interactions.act_on_view(self.platform, self.workspace, self._who(body), thing, *rest)
        else:
            await interactions.act_on_message(self.platform, self.workspace, self._who(body), thing, *rest)

    async def _submit(self, body: Json) -> None:
        view = self.workspace.find_view(body["view"])
        await interactions.submit(self.platform, self.workspace, self._who(body), view, body["state"])

    async def _close(self, body: Json) -> None:
        view = self.workspace.find_view(body["view"])
        await interactions.close(self.platform, self.workspace, self._who(body), view, all_views=bool(body.get("all")))

    async def _shortcut(self, body: Json) -> None:
        await interactions.shortcut(self.platform, self.workspace, self._who(body), body["id"])

    async def _message_shortcut(self, body: Json) -> None:
        message = self.workspace.message(body["channel"], body["ts"])
        await interactions.message_shortcut(self.platform, self.workspace, self._who(body), message, body["id"])

    async def _suggest(self, body: Json) -> Json:
        options = await interactions.suggest(self.platform, self.workspace, self._who(body), self._thing(body), body["action"], body["text"])
        return {"options": options}

    async def _react(self, body: Json) -> None:
        message = self.workspace.message(body["channel"], body["ts"])
        deeds.react(self.platform, self.workspace, self._who(body), message, body["name"])

    async def _dismiss(self, body: Json) -> None:
        message = self.workspace.message(body["channel"], body["ts"])
        if message.only_for == self._who(body).id:
            self.workspace.delete(message)

    async def _open_home(self, body: Json) -> None:
        deeds.open_home(self.platform, self.workspace, self._who(body), body.get("tab", "home"))

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        person = self.workspace.person(str(form["person"]))
        files = [(one.filename, one.file.read()) for one in form.getall("file") if isinstance(one, web.FileField)]
        if form.get("hold"):  # a file_input: shared nowhere, handed in with the form
            held = [deeds.hold(self.platform, self.workspace, person, name, content) for name, content in files]
            return web.json_response({"files": [file.facts() for file in held]})
        channel = self.workspace.channel(str(form["channel"]))
        thread = str(form.get("thread") or "") or None
        try:
            deeds.say(self.platform, self.workspace, person, channel, str(form.get("text", "")), thread_ts=thread, files=files)
        except SlackRefusal as refusal:
            return web.json_response({"error": REFUSALS.get(refusal.code, refusal.code)}, status=409)
        return web.json_response({})

    async def _drill(self, body: Json) -> Json:
        drills = self.platform.drills
        match body["drill"]:
            case "twice":
                drills.twice += 1
            case "lost_ack":
                drills.lost_acks += 1
            case "drop":
                drills.fail(Failure("drop", "chat.postMessage"))
            case "ratelimited":
                drills.fail(Failure("ratelimited", "chat.postMessage"), 3)
            case "status":
                drills.fail(Failure("status"), 2)
            case "delay":
                drills.fail(Failure("delay", seconds=4.0))
            case "disconnect":
                await self.platform.sockets.disconnect()
            case "archive":
                channel = self._where(body)
                deeds.archive(self.platform, self.workspace, channel, not channel.archived)
            case "remove_bot":
                channel = self._where(body)
                there = self.workspace.bot.id in channel.members
                (deeds.leave if there else deeds.join)(self.platform, self.workspace, self.workspace.bot, channel)
            case "uninstall":
                deeds.uninstall(self.platform, self.workspace)
            case other:
                raise ValueError(other)
        return {"done": DRILLS[body["drill"]]}


def _html(text: str) -> web.Response:
    return web.Response(text=text, content_type="text/html", headers={"Cache-Control": "no-store"})


def _event(change: Change) -> bytes:
    what = change.what
    told: Json = {"kind": change.kind, "channel": change.channel, "number": change.number}
    if isinstance(what, Message):
        told |= {"ts": what.ts, "thread": what.thread_ts, "user": what.user}
    elif isinstance(what, dict):
        told["what"] = what
    return f"data: {json.dumps(told)}\n\n".encode()
