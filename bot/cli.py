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
    attempt.add_argument("--port", type=int, default=0, help="default: a free one")

    run = commands.add_parser("run", help="answer Slack (Socket Mode; --http for signed HTTP)")
    run.add_argument("--http", action="store_true", help="signed HTTP instead of Socket Mode; for many workspaces with OAuth")
    run.add_argument("--port", type=int, default=3000, help="port for --http (default 3000)")

    read = commands.add_parser("read", help="read pieces into the library")
    read.add_argument("sources", nargs="*", metavar="PATH|URL|FOLDER|FEED", help="what to read")
    read.add_argument("--again", action="store_true", help="analyse the stored pieces again that an older pipeline or older rules analysed")
    read.add_argument("--workers", type=int, default=1, help="reader processes (default 1)")

    for name, hint in (("summary", "link, words of the title or #12"), ("views", "author [on issue]"), ("issue", "words"), ("search", "words")):
        answer = commands.add_parser(name, help=f"the answer of /{name if name != 'search' else 'library search'}, in the terminal")
        answer.add_argument("words", nargs=argparse.REMAINDER, metavar="WORDS", help=hint)
    commands.add_parser("ask", help="what a mention would be answered").add_argument("words", nargs=argparse.REMAINDER, metavar="QUESTION")

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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``entente``; 0 when all went well, 1 when something a person can act on did not, 2 for a mistyped command."""
    typed = parser().parse_args(arguments)
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
