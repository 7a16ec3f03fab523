"""What Entente can do, said briefly: one text for each command, one for everything."""

from __future__ import annotations

from bot.wording import say
from handlers import blocks
from handlers.answer import Answer, Deps, Reply, Request

COMMANDS = ("/summary", "/views", "/issue", "/library", "/digest")


def of_command(command: str) -> str:
    """What a command understands; mrkdwn."""
    return say(f"help.{command.removeprefix('/')}")


def about(command: str) -> Answer:
    """The help text of one command."""

    def answer(request: Request, deps: Deps) -> Reply:
        """What the command understands."""
        return Reply(of_command(command), (blocks.section(of_command(command)),))

    return answer


def everything(request: Request, deps: Deps) -> Reply:
    """All commands, and what else can be done."""
    shown = [blocks.section(text) for text in (*map(of_command, COMMANDS), say("help.elsewhere"))]
    return Reply(say("help.heading"), tuple(shown))


def is_asked(text: str) -> bool:
    """Whether somebody typed "help"."""
    return text.strip().strip("\"“”'?!.").lower() in ("help", "-h", "--help", "usage")
