"""The doorway: the only module that sees all three rooms; it wires and starts them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from bot.errors import SettingsError
from bot.settings import Settings
from handlers import COMMANDS as COMMANDS_OF_SLACK
from handlers import terminal
from handlers.answer import Deps
from store import Store

Command = Callable[[Settings, argparse.Namespace], int]


def open_store(settings: Settings) -> Store:
    """The library, its schema brought up to date."""
    return Store.open(settings.database)


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
    "summary": answer_in_terminal,
    "views": answer_in_terminal,
    "issue": answer_in_terminal,
    "search": answer_in_terminal,
    "export": export,
    "backup": backup,
}
"""What ``entente`` does, by the word that is typed."""
