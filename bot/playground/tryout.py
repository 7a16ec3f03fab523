"""`entente try`: the local workspace, the real bot beside it, the page or the terminal, and a clean end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console

from bot.playground.driver import Driver
from bot.playground.manifest import read_manifest
from bot.playground.scene import set_scene
from bot.playground.server import LocalSlack
from bot.playground.terminal import Dialogue

#: spaCy's pipeline is loaded by the reader process meanwhile; the ear itself connects in about a second
CONNECT_SECONDS = 120.0
#: Slack gives three; here the bot, its reader and the workspace share one machine, which may be a slow one
ANSWER_SECONDS = 15.0
PROGRESS_SECONDS = 0.25
#: how long a process may take to end by itself
FAREWELL_SECONDS = 20.0
#: Slack previews links to five domains of an app
MOST_DOMAINS = 5


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the sample pieces have been read; `words` say it."""

    done: int
    total: int
    words: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What to start.

    `processes` are command lines that get the environment which points them at the local workspace; `prepare` is
    called with the workspace's team id before they start, `progress` again and again until all pieces are read. What
    the processes say goes to `log`, else to a file that is gone at the end. Links to `domains` are previewed, beside
    those that the manifest names.
    """

    manifest: Path
    processes: Sequence[Sequence[str]]
    environment: Mapping[str, str]
    prepare: Callable[[str], None]
    progress: Callable[[], Progress]
    log: Path | None = None
    domains: tuple[str, ...] = ()


class NotConnected(Exception):
    """The bot ended, or did not connect; the message says which and what to look at."""


def try_in_browser(plan: Plan, console: Console, *, port: int = 0, open_browser: bool = True) -> None:
    """Serve the page until Ctrl-C."""
    with started(plan, port) as (slack, watch):
        console.print("\n  Entente runs in a local workspace. Nothing leaves this machine.\n")
        console.print(f"  [bold]{slack.page_url}[/bold]\n", soft_wrap=True)
        console.print("  Ctrl-C ends it.\n", style="dim")
        if open_browser and _has_display():
            threading.Thread(target=webbrowser.open, args=(slack.page_url,), daemon=True).start()
        _report(slack, plan, console, watch)
        while True:
            watch()
            time.sleep(0.5)


def try_in_terminal(plan: Plan, console: Console, ask: Callable[[str], str] = input) -> None:
    """Talk in the terminal until the end of input."""
    with started(plan) as (slack, watch):
        console.print("Entente runs in a local workspace. Nothing leaves this machine.\n")
        _report(slack, plan, console, watch)
        Dialogue(slack, console, ask).run()


@contextmanager
def started(plan: Plan, port: int = 0) -> Iterator[tuple[LocalSlack, Callable[[], None]]]:
    """The workspace with the bot connected to it, and a check that raises NotConnected when a process has ended."""
    manifest = read_manifest(plan.manifest)
    slack = LocalSlack(replace(manifest, domains=(*plan.domains, *manifest.domains)[:MOST_DOMAINS]), port=port, answer_seconds=ANSWER_SECONDS)
    with ExitStack() as ending:
        ending.enter_context(_ended_by_sigterm())
        ending.enter_context(slack)
        plan.prepare(slack.workspace.team)
        environment = {**os.environ, **plan.environment, **slack.environment}
        said = plan.log or Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="entente-log-"))) / "log"
        log = ending.enter_context(said.open("ab"))
        running = [subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log) for command in plan.processes]
        ending.callback(_end, running)

        def watch() -> None:
            for process in running:
                if process.poll() is not None:
                    raise NotConnected(f"The bot has ended with status {process.returncode}. {_last_words(said)}")

        driver = Driver(slack)
        deadline = time.monotonic() + CONNECT_SECONDS
        while not slack.platform.sockets.connections:
            watch()
            if time.monotonic() > deadline:
                raise NotConnected(f"The bot did not connect within {CONNECT_SECONDS:.0f} seconds. {_last_words(said)}")
            driver.settle(0.02)
        yield slack, watch


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """SIGTERM ends as Ctrl-C does: without this the bot and its readers would outlive us."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _report(slack: LocalSlack, plan: Plan, console: Console, watch: Callable[[], None]) -> None:
    """Show the reading on the page and in the terminal; when it is done, let the first things be said."""
    with console.status("") as status:
        while (progress := plan.progress()).done < progress.total:
            watch()
            slack.report(progress.done, progress.total, progress.words)
            status.update(f"{progress.words} ({progress.done} of {progress.total})")
            time.sleep(PROGRESS_SECONDS)
    slack.report(0, 0, "")
    console.print(f"  {progress.words}")
    set_scene(Driver(slack))


def _end(running: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in running:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + FAREWELL_SECONDS
    for process in running:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _last_words(log: Path) -> str:
    lines = [line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    return f"It said last: {lines[-1]}" if lines else "It said nothing."


def _has_display() -> bool:
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("BROWSER"))
