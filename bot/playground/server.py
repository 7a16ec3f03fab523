"""The server: one thread with its own event loop on loopback, startable in a test and stoppable without a trace."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from aiohttp import web

from bot.playground.manifest import Manifest, read_manifest
from bot.playground.page.routes import PageSide
from bot.playground.platform import Platform
from bot.playground.web import UPLOAD_BYTES, AppSide, guard
from bot.playground.workspace import Workspace

HOST = "127.0.0.1"
#: in which Slack wants an acknowledgement, and a trigger is good for
ANSWER_SECONDS = 3.0
CONNECT_SECONDS = 60.0
T = TypeVar("T")

#: Invented people, in time zones far enough apart to show that hours are the reader's own.
PEOPLE = (
    ("anna", "Anna Keller", "Europe/Berlin", "de-DE"),
    ("ben", "Ben Okafor", "America/New_York", "en-US"),
    ("chloe", "Chloe Marchand", "Asia/Tokyo", "en-GB"),
)
#: who set the workspace up, and owns it
ADMIN = "anna"
CHANNELS = (
    ("general", "Everybody, everything", True),
    ("press-review", "What we read and what it argues", True),
    ("energy-desk", "Pipelines, prices, grids", True),
    ("random", "The bot is not a member here", False),
)


class LocalSlack:
    """A local Slack with one workspace: start it, give an app `environment`, let people act through `Driver`.

    `manifest` is a Manifest or the path of manifest.yml: then only its events are sent and only its scopes granted.
    `time_factor` scales the pauses between Slack's retries (0, 60 and 300 seconds). `answer_seconds` is how long an
    acknowledgement may take and a trigger is good for: Slack's three seconds unless told otherwise.
    """

    def __init__(
        self, manifest: Manifest | Path | None = None, *, port: int = 0, time_factor: float = 1.0, answer_seconds: float | None = None
    ) -> None:
        if isinstance(manifest, Path):
            manifest = read_manifest(manifest)
        self.platform = Platform(manifest or Manifest(), time_factor=time_factor, answer_seconds=answer_seconds or ANSWER_SECONDS)
        self.workspace = self.add_workspace("Try-out")
        self.app = web.Application(middlewares=[guard(self._hosts)], client_max_size=UPLOAD_BYTES)
        self.page = PageSide(self.platform, self.workspace)
        self.app.add_routes(AppSide(self.platform).routes())
        self.app.add_routes(self.page.routes())
        self._wanted_port = port
        self.port = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def add_workspace(self, name: str) -> Workspace:
        """One more workspace with the same people and channels and its own bot token; before the start."""
        workspace = self.platform.add_team(name)
        people = [workspace.add_person(person, real, tz=tz, locale=locale, admin=person == ADMIN) for person, real, tz, locale in PEOPLE]
        everybody = [person.id for person in people]
        for channel, topic, with_bot in CHANNELS:
            members = [*everybody, workspace.bot.id] if with_bot else everybody
            workspace.add_channel(channel, members, topic=topic)
        for person in everybody:
            workspace.direct(person, workspace.bot.id)
        return workspace

    # what the app needs

    @property
    def url(self) -> str:
        """Where the server is, without a slash at the end."""
        return f"http://{HOST}:{self.port}"

    @property
    def api_url(self) -> str:
        """The base address of the Web API, for SLACK_API_URL."""
        return f"{self.url}/api/"

    @property
    def bot_token(self) -> str:
        """The bot token of the first workspace."""
        return self.workspace.bot_token

    @property
    def app_token(self) -> str:
        """The app-level token for Socket Mode."""
        return self.platform.app_token

    @property
    def signing_secret(self) -> str:
        """The secret with which HTTP requests to the app are signed."""
        return self.platform.signing_secret

    @property
    def environment(self) -> dict[str, str]:
        """The variables that point an app here."""
        return {
            "SLACK_API_URL": self.api_url,
            "SLACK_BOT_TOKEN": self.bot_token,
            "SLACK_APP_TOKEN": self.app_token,
            "SLACK_SIGNING_SECRET": self.signing_secret,
        }

    @property
    def page_url(self) -> str:
        """The address of the page, with the key of this start."""
        return f"{self.url}/?key={self.page.key}"

    def report(self, done: int, total: int, words: str) -> None:
        """Show reading progress on the page; `total` 0 takes it away."""
        progress = {"done": done, "total": total, "words": words} if total else None
        self.call(lambda: self.platform.report(progress))

    # life

    def start(self) -> LocalSlack:
        """Listen; returns itself when the port is open."""
        ready = threading.Event()
        failure: list[BaseException] = []
        self._thread = threading.Thread(target=self._run, args=(ready, failure), name="local-slack", daemon=True)
        self._thread.start()
        ready.wait()
        if failure:
            raise failure[0]
        return self

    def stop(self) -> None:
        """Hang up, close the port, end the thread."""
        if self._loop and self._thread:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._thread = None

    def __enter__(self) -> LocalSlack:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def run(self, work: Coroutine[Any, Any, T], timeout: float | None = None) -> T:
        """Run a coroutine on the server's loop and wait for it."""
        assert self._loop
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout)

    def call(self, work: Callable[[], T]) -> T:
        """Call a function on the server's loop, where all state lives, and wait for it."""

        async def do() -> T:
            return work()

        return self.run(do())

    @contextmanager
    def connected(self, handler: Any) -> Iterator[None]:
        """Connect slack_bolt's SocketModeHandler while the block runs, and wait for its greeting.

        The end is made quick: the SDK's threads would else sit out their time limits of three seconds and of one.
        """
        client = handler.client
        handler.connect()
        deadline = time.monotonic() + CONNECT_SECONDS
        while not self.platform.sockets.connections and time.monotonic() < deadline:
            time.sleep(0.005)
        try:
            yield
        finally:
            client.auto_reconnect_enabled = False
            client.closed = True
            client.message_queue.put(None)
            self.run(self.platform.sockets.close())
            deadline = time.monotonic() + CONNECT_SECONDS
            while client.current_session.sock is not None and time.monotonic() < deadline:
                time.sleep(0.005)  # its reader and its closing thread must not meet
            handler.close()

    def _hosts(self) -> frozenset[str]:
        return frozenset({f"{HOST}:{self.port}", f"localhost:{self.port}"})

    def _run(self, ready: threading.Event, failure: list[BaseException]) -> None:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        self._loop = loop
        runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=0.2)
        try:
            loop.run_until_complete(runner.setup())
            site = web.TCPSite(runner, HOST, self._wanted_port)
            loop.run_until_complete(site.start())
        except OSError as error:
            failure.append(error)
            loop.run_until_complete(runner.cleanup())
            loop.close()
            ready.set()
            return
        self.port = runner.addresses[0][1]
        self.platform.base_url = self.platform.vouchers.base_url = self.url
        ready.set()
        try:
            loop.run_forever()
        finally:
            loop.run_until_complete(self.platform.courier.close())
            loop.run_until_complete(self.platform.sockets.close())
            loop.run_until_complete(runner.cleanup())
            left = asyncio.all_tasks(loop)
            for task in left:
                task.cancel()
            loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()
