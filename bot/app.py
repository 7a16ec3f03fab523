"""The doorway: the only module that sees all three rooms; it wires and starts them."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bot.catalogue import catalogue
from bot.errors import SettingsError
from bot.settings import Settings
from handlers import COMMANDS as COMMANDS_OF_SLACK
from handlers import terminal
from handlers.answer import Deps
from store import Store

Command = Callable[[Settings, argparse.Namespace], int]


def open_store(settings: Settings) -> Store:
    """The library, its schema and its catalogue of issues brought up to date."""
    store = Store.open(settings.database)
    store.issues.load(catalogue())
    return store


LOCAL_TEAM = "local"
"""Whose library the command line keeps when no Slack workspace has installed Entente."""


def team_of(store: Store, typed: argparse.Namespace) -> str:
    """The workspace that is meant: the one named, else the only one that has installed Entente, else the local one."""
    if typed.team:
        return str(typed.team)
    teams = store.installations.teams()
    if len(teams) > 1:
        raise SettingsError(f"Several workspaces keep a library here; say which with --team: {', '.join(teams)}.")
    return teams[0] if teams else LOCAL_TEAM


def answer_in_terminal(settings: Settings, typed: argparse.Namespace) -> int:
    """``entente summary|views|issue|search``: the answers that Slack gives, in the terminal."""
    command, words = _ASKED[typed.command]
    with open_store(settings) as store:
        reply = terminal.ask(COMMANDS_OF_SLACK[command], words + " ".join(typed.words), Deps(store), team_of(store, typed), command)
    terminal.show(reply)
    return 0


_ASKED = {"summary": ("/summary", ""), "views": ("/views", ""), "issue": ("/issue", ""), "search": ("/library", "search ")}


def attempt(settings: Settings, typed: argparse.Namespace) -> int:
    """``entente try``: the real bot in a local workspace with the sample op-eds, until Ctrl-C; nothing of it is kept."""
    from rich.console import Console

    from bot.playground import tryout

    room = Path(__file__).parent
    samples = sorted((room / "playground" / "samples").glob("*.md"))
    team: list[str] = []
    with tempfile.TemporaryDirectory(prefix="entente-try-", ignore_cleanup_errors=True) as folder:
        database = Path(folder) / "library.sqlite"

        def prepare(started: str) -> None:
            team.append(started)
            with Store.open(database) as store:
                for sample in samples:
                    store.readings.enqueue(started, sample.name, sample.read_bytes())

        def progress() -> tryout.Progress:
            with Store.open(database) as store:
                done = len(samples) - len(store.readings.open(team[0]))
            words = "Reading the sample pieces" if done < len(samples) else f"{done} sample pieces are read."
            return tryout.Progress(done, len(samples), words)

        plan = tryout.Plan(
            manifest=room.parent / "manifest.yml",
            processes=[(sys.executable, "-m", "bot", "--db", str(database), "run")],
            environment={"PYTHONPATH": os.pathsep.join([str(room.parent), os.environ.get("PYTHONPATH", "")])},
            prepare=prepare,
            progress=progress,
            log=Path(folder) / "log",
        )
        try:
            if typed.terminal:
                tryout.try_in_terminal(plan, Console())
            else:
                tryout.try_in_browser(plan, Console(), port=typed.port, open_browser=not typed.no_browser)
        except tryout.NotConnected as failure:
            raise SettingsError(str(failure)) from failure
        except KeyboardInterrupt:
            return 0
    return 0


def export(settings: Settings, typed: argparse.Namespace) -> int:
    """``entente export``: everything of a workspace but its tokens, as JSON lines."""
    with open_store(settings) as store:
        lines = store.export(team_of(store, typed))
        if typed.file == "-":
            sys.stdout.writelines(f"{line}\n" for line in lines)
        else:
            with Path(typed.file).open("w", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in lines)
    return 0


def backup(settings: Settings, typed: argparse.Namespace) -> int:
    """``entente backup``: a consistent copy, also while Entente runs."""
    with open_store(settings) as store:
        store.back_up(Path(typed.file))
    return 0


COMMANDS: dict[str, Command] = {
    "try": attempt,
    "summary": answer_in_terminal,
    "views": answer_in_terminal,
    "issue": answer_in_terminal,
    "search": answer_in_terminal,
    "export": export,
    "backup": backup,
}
"""What ``entente`` does, by the word that is typed."""
