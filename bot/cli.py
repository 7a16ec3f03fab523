"""The ``entente`` command: what is typed, turned into a call of the doorway (``bot.app``)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from bot.errors import BotError, SettingsError
from bot.settings import Settings
from bot.wording import speak


def parser() -> argparse.ArgumentParser:
    """Everything that ``entente`` understands."""
    about = "Remembers what a policy team reads: who argued what, about which issue, when, in which words."
    root = argparse.ArgumentParser(prog="entente", description=about)
    root.add_argument("--db", metavar="FILE", help="the library's file (default: $ENTENTE_DB, else entente.sqlite in your data folder)")
    root.add_argument("--team", default="", metavar="ID", help="the Slack workspace whose library is meant (default: the only one)")
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMAND")

    attempt = commands.add_parser("try", help="a local workspace with sample op-eds; no Slack account, nothing leaves the machine")
    attempt.add_argument("--terminal", action="store_true", help="a dialogue in the terminal instead of the page in the browser")
    attempt.add_argument("--no-browser", action="store_true", help="print the address, open nothing")
    attempt.add_argument("--port", type=_port, default=0, help="default: a free one")

    run = commands.add_parser("run", help="answer Slack (Socket Mode; --http for signed HTTP)")
    run.add_argument("--http", action="store_true", help="signed HTTP instead of Socket Mode; for many workspaces with OAuth")
    run.add_argument("--port", type=_port, default=3000, help="port for --http (default 3000)")

    read = commands.add_parser("read", help="read pieces into the library")
    read.add_argument("sources", nargs="*", metavar="PATH|URL|FOLDER|FEED", help="what to read")
    read.add_argument("--again", action="store_true", help="analyse the stored pieces again that an older pipeline or older rules analysed")
    read.add_argument("--workers", type=_workers, default=1, help="reader processes (default 1)")

    for name, about, hint in _ASKED:
        answer = commands.add_parser(name, help=about, description=about, usage=f"entente {name} [-h] {hint}")
        answer.add_argument("words", nargs=argparse.REMAINDER, metavar="WORDS", help=f"for example: {hint}")

    digest = commands.add_parser("digest", help="what the next digest would say")
    digest.add_argument("--preview", action="store_true", help="print it (the default)")

    commands.add_parser("doctor", help="what is wrong and what to do: tokens, scopes, database, language model, queue")
    manifest = commands.add_parser("manifest", help="print the Slack app's manifest")
    manifest.add_argument("--prefix", default="", help="put before every command's name, where a workspace has taken /summary")
    manifest.add_argument("--http", metavar="URL", default="", help="request URLs instead of Socket Mode")
    commands.add_parser("export", help="write the library as JSON lines").add_argument("file", nargs="?", default="-")
    commands.add_parser("backup", help="a consistent copy of the library's file").add_argument("file")
    commands.add_parser("reader").add_argument("--once", action="store_true")  # started by `run`; without help it is not listed
    return root


_ASKED = (
    ("summary", "the answer of /summary, in the terminal", "LINK | words of a title | '#12' [short|long]"),
    ("views", "the answer of /views, in the terminal", "AUTHOR [vs AUTHOR] [on ISSUE] [since 2016]"),
    ("issue", "the answer of /issue, in the terminal", "WORDS [by AUTHOR] [since 2016] [outlet:NAME]"),
    ("search", "the answer of /library search, in the terminal", "WORDS author: issue: outlet: before: after: '\"a phrase\"' -not OR"),
    ("ask", "what a mention would be answered", "what does Venn say about sanctions"),
)
"""What is asked in words, and how."""


def _port(typed: str) -> int:
    if not (typed.isdecimal() and int(typed) < 65_536):
        raise argparse.ArgumentTypeError(f"{typed} is no port (0 to 65535)")
    return int(typed)


def _workers(typed: str) -> int:
    if not (typed.isdecimal() and 0 < int(typed) <= MOST_WORKERS):
        raise argparse.ArgumentTypeError(f"{typed}: 1 to {MOST_WORKERS} reader processes")
    return int(typed)


MOST_WORKERS = 32
"""Each takes a core and 250 MB."""


def _kept(arguments: Sequence[str]) -> Sequence[str]:
    """With what keeps ``search -traders`` from being taken for an option."""
    for place, word in enumerate(arguments):
        if word in {name for name, *_ in _ASKED}:
            rest = arguments[place + 1 :]
            leading = bool(rest) and rest[0].startswith("-") and rest[0] not in ("-h", "--help", "--")
            return [*arguments[: place + 1], "--", *rest] if leading else arguments
    return arguments


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``entente``; 0 when all went well, 1 when something a person can act on did not, 2 for a mistyped command."""
    typed = parser().parse_args(_kept(sys.argv[1:] if arguments is None else arguments))
    settings = Settings.from_env(database=typed.db)
    speak(settings.language)
    # imported late: `entente --help` needs none of the rooms
    from bot import app

    try:
        return app.COMMANDS[typed.command](settings, typed)
    except (BotError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
