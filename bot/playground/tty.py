"""Blocks for a terminal: styled lines, and a number before everything that can be pressed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bot.playground.mrkdwn import parse
from bot.playground.plain import Reader, show_piece
from bot.playground.records import Json, Message, View

#: so many options of a select are shown; the others are reached by typing
SHOWN_OPTIONS = 8


@dataclass(frozen=True, slots=True)
class Press:
    """What a number stands for: a control of a message or view, and the choice in it."""

    where: Message | View
    control: str
    choice: str = ""


@dataclass(slots=True)
class Numbers:
    """Numbers given so far; they go on counting, so that an old button keeps its own."""

    presses: list[Press] = field(default_factory=list)

    def give(self, press: Press) -> int:
        """The number of a new control."""
        self.presses.append(press)
        return len(self.presses)

    def find(self, number: int) -> Press | None:
        """What the number stands for."""
        return self.presses[number - 1] if 0 < number <= len(self.presses) else None


def draw(thing: Message | View, reader: Reader, numbers: Numbers) -> Group:
    """A message or a view."""
    rows: list[RenderableType] = []
    blocks = list(thing.blocks)
    if isinstance(thing, Message):
        for preview in thing.attachments:
            blocks += preview.get("blocks", [])
        if not blocks:
            rows += _parts(parse(thing.text), reader)
        rows += [Text(f"[file] {file.title}", "dim") for file in thing.files]
    for block in blocks:
        rows += _block(block, thing, reader, numbers)
    return Group(*rows)


def _block(block: Json, thing: Message | View, reader: Reader, numbers: Numbers) -> Iterator[RenderableType]:
    match block["type"]:
        case "header":
            yield Text(f"\n{block['text']['text']}", "bold")
        case "section":
            if "text" in block:
                yield from _text_object(block["text"], reader)
            for one in block.get("fields", []):
                yield from _text_object(one, reader)
            if "accessory" in block:
                yield _controls([block["accessory"]], thing, numbers)
        case "divider":
            yield Rule(style="dim")
        case "context":
            line = Text(style="dim")
            for one in block["elements"]:
                line.append("  " if line else "")
                if one["type"] == "image":
                    line.append(one["alt_text"])
                else:
                    line.append_text(_line(one, reader))
            yield line
        case "actions" | "context_actions":
            yield _controls(block["elements"], thing, numbers)
        case "rich_text":
            yield from _parts(block["elements"], reader)
        case "image":
            yield Text(f"[{block['alt_text']}]", "dim")
        case "markdown":
            yield Text(block["text"])
        case "table":
            yield _table(block, reader)
        case "alert":
            yield from _text_object(block["text"], reader)
        case _:
            return


def _text_object(text: Json, reader: Reader) -> Iterator[RenderableType]:
    if text["type"] == "mrkdwn":
        yield from _parts(parse(text["text"], verbatim=bool(text.get("verbatim"))), reader)
    else:
        yield Text(text["text"])


def _line(text: Json, reader: Reader) -> Text:
    if text["type"] != "mrkdwn":
        return Text(text["text"])
    line = Text()
    for part in parse(text["text"]):
        line.append_text(_pieces(part["elements"], reader))
    return line


def _parts(parts: Iterable[Json], reader: Reader) -> Iterator[RenderableType]:
    for part in parts:
        match part["type"]:
            case "rich_text_list":
                first = part.get("offset", 0) + 1
                for number, item in enumerate(part["elements"], first):
                    mark = f"{number}. " if part.get("style") == "ordered" else "• "
                    grid = Table.grid(padding=0)
                    grid.add_column(width=len(mark) + 1)
                    grid.add_column()
                    grid.add_row(mark, _pieces(item["elements"], reader))
                    yield Padding(grid, (0, 0, 0, 1 + 3 * part.get("indent", 0)))
            case "rich_text_quote":
                grid = Table.grid(padding=(0, 1, 0, 0))
                grid.add_column(style="dim")
                grid.add_column()
                quoted = _pieces(part["elements"], reader)
                grid.add_row("│", quoted)
                yield grid
            case "rich_text_preformatted":
                yield Padding(_pieces(part["elements"], reader), (0, 0, 0, 2))
            case _:
                line = _pieces(part["elements"], reader)
                line.rstrip()
                yield line


def _pieces(pieces: Iterable[Json], reader: Reader) -> Text:
    line = Text()
    for piece in pieces:
        style = piece.get("style", {})
        look = [name for key, name in (("bold", "bold"), ("italic", "italic"), ("strike", "strike"), ("code", "cyan")) if style.get(key)]
        if piece["type"] == "link":
            look += ["blue", f"link {piece['url']}"]
            line.append(piece.get("text") or piece["url"], " ".join(look))
            continue
        if piece["type"] in ("user", "channel", "broadcast"):
            look.append("magenta")
        line.append(show_piece(piece, reader), " ".join(look) or None)
    return line


def _controls(elements: Iterable[Json], thing: Message | View, numbers: Numbers) -> Text:
    line = Text()
    for label, press in (found for element in elements for found in _presses(element, thing)):
        number = numbers.give(press)
        line.append("  " if line else "")
        line.append(f" {number} ", "reverse")
        line.append(f" {label}")
    return line


def _presses(element: Json, thing: Message | View) -> Iterator[tuple[str, Press]]:
    action = element.get("action_id", "")
    match element["type"]:
        case "button" | "icon_button":
            yield element["text"]["text"], Press(thing, action)
        case "feedback_buttons":
            for side in ("positive_button", "negative_button"):
                yield element[side]["text"]["text"], Press(thing, element[side]["value"])
        case "overflow" | "static_select" | "radio_buttons" | "checkboxes":
            options = [*element.get("options", []), *(one for group in element.get("option_groups", []) for one in group["options"])]
            for option in options[:SHOWN_OPTIONS]:
                yield option["text"]["text"], Press(thing, action, option.get("value") or option["text"]["text"])
            if len(options) > SHOWN_OPTIONS:
                yield f"… {len(options) - SHOWN_OPTIONS} more: number and words", Press(thing, action)
        case "image":
            return
        case _:
            hint = element.get("placeholder", {}).get("text", element["type"].replace("_", " "))
            yield f"{hint}: number and words", Press(thing, action)


def _table(block: Json, reader: Reader) -> Table:
    first, *others = block["rows"]
    table = Table(box=None, pad_edge=False)
    for cell in first:
        table.add_column(_cell(cell, reader))
    for row in others:
        table.add_row(*(_cell(cell, reader) for cell in row))
    return table


def _cell(cell: Json, reader: Reader) -> Text:
    if cell["type"] == "rich_text":
        line = Text()
        for part in cell["elements"]:
            line.append_text(_pieces(part["elements"], reader))
        return line
    return Text(str(cell.get("text", cell.get("value", ""))))
