"""The doorway: the only module that sees all three rooms; it wires and starts them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from bot.settings import Settings
from store import Store

Command = Callable[[Settings, argparse.Namespace], int]


def open_store(settings: Settings) -> Store:
    """The library, its schema brought up to date."""
    return Store.open(settings.database)


def export(settings: Settings, typed: argparse.Namespace) -> int:
    """``entente export``: everything of a workspace but its tokens, as JSON lines."""
    with open_store(settings) as store:
        lines = store.export(typed.team)
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
    "export": export,
    "backup": backup,
}
"""What ``entente`` does, by the word that is typed."""
