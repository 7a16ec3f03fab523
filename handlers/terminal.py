"""Ear: the command line. The same answers as in Slack, laid out for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.style import Style
from rich.text import Text

from bot.errors import BotError
from handlers.answer import Answer, Deps, Reply, Request, settle
from handlers.blocks import Block, letters

PERSON = "terminal"
"""Stands where Slack has a person's id."""

INDENT = 2


def ask(answer: Answer, words: str, deps: Deps, team: str, command: str = "") -> Reply:
    """The answer to what was typed behind ``entente``; what a person can act on is raised, for a command that failed ends with 1."""
    told: list[BotError] = []

    def answered(request: Request, deps: Deps) -> Reply:
        try:
            return answer(request, deps)
        except BotError as error:
            told.append(error)
            raise

    reply = settle(answered, Request(team=team, person=PERSON, text=words, command=command), deps)
    if told:
        raise told[0]
    return reply


def show(reply: Reply, console: Console | None = None) -> None:
    """Print an answer; its plain text when it has no blocks."""
    console = console or Console(highlight=False, soft_wrap=False)
    if not reply.blocks:
        console.print(Text(_unescape(reply.text)))
        return
    for part in layout(reply.blocks):
        console.print(part)


def layout(blocks: Iterable[Block]) -> Iterator[Text | Padding | Rule]:
    """Blocks as lines of a terminal: headers bold, quotations indented, small print dim. What is only for pressing is left out."""
    for block in blocks:
        kind = block["type"]
        if kind == "header":
            yield Text(block["text"]["text"], style="bold underline")
        elif kind == "divider":
            yield Rule(style="dim")
        elif kind == "section":
            yield from _section(block)
        elif kind == "context":
            yield Text(" · ".join(_object(e) for e in block["elements"] if "text" in e), style="dim")
            yield Text("")
        elif kind == "rich_text":
            yield from _rich(block["elements"])
        elif kind == "table":
            yield from (Text("  ".join(_cell(cell) for cell in row)) for row in block["rows"])


def _section(block: Block) -> Iterator[Text]:
    if "text" in block:
        yield Text(_object(block["text"]))
    for field in block.get("fields", ()):
        yield Text(_object(field))


def _object(text: dict[str, Any]) -> str:
    return _unescape(str(text["text"])) if text["type"] == "mrkdwn" else str(text["text"])


def _unescape(text: str) -> str:
    return letters(text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _rich(elements: Iterable[Block]) -> Iterator[Text | Padding]:
    for element in elements:
        if element["type"] == "rich_text_list":
            for number, item in enumerate(element["elements"], 1):
                mark = f"{number}. " if element["style"] == "ordered" else "• "
                yield Padding(Text(mark) + _inline(item["elements"]), (0, 0, 0, INDENT * (1 + element.get("indent", 0))))
        elif element["type"] == "rich_text_quote":
            yield Padding(Text("│ ", style="dim") + _inline(element["elements"]), (0, 0, 0, INDENT))
        else:
            yield _inline(element["elements"])


def _inline(parts: Iterable[Block]) -> Text:
    line = Text()
    for part in parts:
        styles = part.get("style") or {}
        style = Style(bold=bool(styles.get("bold")), italic=bool(styles.get("italic")), strike=bool(styles.get("strike")))
        if part["type"] == "link":
            line.append(part.get("text") or part["url"], style + Style(link=part["url"]))
        elif "text" in part:
            line.append(part["text"], style)
    return line


def _cell(cell: Block) -> str:
    return _inline(p for e in cell["elements"] for p in e["elements"]).plain if cell["type"] == "rich_text" else str(cell.get("text", ""))
