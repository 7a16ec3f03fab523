"""Messages and views as plain text: for tests, for the terminal, for whoever reads without a screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.playground.dates import show_date
from bot.playground.emoji import EMOJI
from bot.playground.mrkdwn import parse
from bot.playground.records import Json


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the names behind ids, the reader's time zone, and the moment."""

    names: Mapping[str, str] = field(default_factory=dict)
    tz: str = "Etc/UTC"
    now: float = 0.0
    me: str = ""

    def name(self, thing: str) -> str:
        """A person's or a channel's name; the id itself where it is unknown."""
        return self.names.get(thing, thing)


NOBODY = Reader()


def show_blocks(blocks: Iterable[Json], reader: Reader = NOBODY) -> str:
    """All blocks, one paragraph each."""
    return "\n".join(text for text in (show_block(block, reader) for block in blocks) if text)


def show_block(block: Json, reader: Reader = NOBODY) -> str:
    """One block."""
    match block.get("type"):
        case "section":
            parts = [show_text(block["text"], reader)] if "text" in block else []
            parts += [show_text(one, reader) for one in block.get("fields", [])]
            if accessory := block.get("accessory"):
                parts.append(show_element(accessory, reader))
            return "\n".join(parts)
        case "header" | "alert":
            return show_text(block["text"], reader)
        case "divider":
            return "—" * 24
        case "context":
            return "  ".join(one["alt_text"] if one["type"] == "image" else show_text(one, reader) for one in block["elements"])
        case "actions" | "context_actions":
            return "  ".join(show_element(one, reader) for one in block["elements"])
        case "image":
            return f"[{block['alt_text']}]"
        case "rich_text":
            return show_rich_text(block["elements"], reader)
        case "markdown":
            return str(block["text"])
        case "input":
            return f"{show_text(block['label'], reader)}: {show_element(block['element'], reader)}"
        case "table":
            return "\n".join(" | ".join(show_cell(cell, reader) for cell in row) for row in block["rows"])
        case _:
            return ""


def show_cell(cell: Json, reader: Reader = NOBODY) -> str:
    """One cell of a table."""
    if cell["type"] == "rich_text":
        return show_rich_text(cell["elements"], reader)
    return str(cell.get("text", cell.get("value", "")))


def show_element(element: Json, reader: Reader = NOBODY) -> str:
    """A control, in brackets, by what it says."""
    match element.get("type"):
        case "button" | "icon_button":
            return f"[{element['text']['text']}]"
        case "feedback_buttons":
            return f"[{element['positive_button']['text']['text']}] [{element['negative_button']['text']['text']}]"
        case "overflow" | "checkboxes" | "radio_buttons":
            return " ".join(f"[{show_text(option['text'], reader)}]" for option in element["options"])
        case "image":
            return f"[{element['alt_text']}]"
        case _:
            chosen = element.get("initial_option", {}).get("text", {}).get("text", "")
            held = element.get("initial_value") or element.get("initial_date") or element.get("initial_time") or chosen
            return f"[{held or element.get('placeholder', {}).get('text', '…')}]"


def show_text(text: Json, reader: Reader = NOBODY) -> str:
    """A text object: plain_text as it is, mrkdwn resolved."""
    if text.get("type") == "mrkdwn":
        return show_rich_text(parse(text["text"], verbatim=bool(text.get("verbatim"))), reader)
    return str(text.get("text", ""))


def show_mrkdwn(text: str, reader: Reader = NOBODY) -> str:
    """A bare mrkdwn string."""
    return show_rich_text(parse(text), reader)


def show_rich_text(parts: Iterable[Json], reader: Reader = NOBODY) -> str:
    """The containers of rich_text."""
    shown = []
    for part in parts:
        match part["type"]:
            case "rich_text_list":
                margin = "  " * part.get("indent", 0)
                first = part.get("offset", 0) + 1
                for number, item in enumerate(part["elements"], first):
                    mark = f"{number}." if part.get("style") == "ordered" else "•"
                    shown.append(f"{margin}{mark} {_pieces(item['elements'], reader)}")
            case "rich_text_quote":
                shown.append("\n".join(f"> {line}" for line in _pieces(part["elements"], reader).split("\n")))
            case _:
                shown.append(_pieces(part["elements"], reader).removesuffix("\n"))
    return "\n".join(shown)


def _pieces(pieces: Iterable[Json], reader: Reader) -> str:
    return "".join(show_piece(piece, reader) for piece in pieces)


def show_piece(piece: Json, reader: Reader = NOBODY) -> str:
    """One piece of rich text."""
    match piece["type"]:
        case "link":
            label = piece.get("text")
            return f"{label} ({piece['url']})" if label and label != piece["url"] else str(piece["url"])
        case "user":
            return f"@{reader.name(piece['user_id'])}"
        case "channel":
            return f"#{reader.name(piece['channel_id'])}"
        case "broadcast":
            return f"@{piece['range']}"
        case "emoji":
            return EMOJI.get(piece["name"], f":{piece['name']}:")
        case "date":
            return show_date(int(piece["timestamp"]), piece["format"], reader.tz, reader.now)
        case _:
            return str(piece.get("text", ""))
