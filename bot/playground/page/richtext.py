"""rich_text and mrkdwn as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from bot.playground.emoji import EMOJI
from bot.playground.mrkdwn import parse
from bot.playground.page.markup import Html, join, lines, tag
from bot.playground.plain import Reader, show_piece
from bot.playground.records import Json

_STYLES = {"bold": "strong", "italic": "em", "strike": "s", "underline": "u", "code": "code"}


def draw_text(text: Json, reader: Reader) -> Html:
    """A text object."""
    if text.get("type") == "mrkdwn":
        return draw_rich_text(parse(text["text"], verbatim=bool(text.get("verbatim"))), reader)
    return lines(str(text.get("text", "")))


def draw_mrkdwn(text: str, reader: Reader) -> Html:
    """A message's bare text."""
    return draw_rich_text(parse(text), reader)


def draw_rich_text(parts: Iterable[Json], reader: Reader) -> Html:
    """The containers of rich_text, lists nested by their indent."""
    return join(_containers(list(parts), reader))


def draw_pieces(pieces: Iterable[Json], reader: Reader) -> Html:
    """The pieces of one container."""
    return join(_piece(piece, reader) for piece in pieces)


def _containers(parts: list[Json], reader: Reader) -> Iterator[Html]:
    for part in parts:
        match part["type"]:
            case "rich_text_list":
                items = join(tag("li", draw_pieces(item["elements"], reader)) for item in part["elements"])
                ordered = part.get("style") == "ordered"
                indent = f"indent-{min(int(part.get('indent', 0)), 5)}"
                start = part["offset"] + 1 if part.get("offset") else None
                yield tag("ol" if ordered else "ul", items, class_=indent, start=start and str(start))
            case "rich_text_quote":
                yield tag("blockquote", draw_pieces(part["elements"], reader))
            case "rich_text_preformatted":
                yield tag("pre", draw_pieces(part["elements"], reader))
            case _:
                yield tag("div", draw_pieces(_without_last_break(part["elements"]), reader), class_="run")


def _without_last_break(pieces: list[Json]) -> list[Json]:
    if pieces and pieces[-1]["type"] == "text" and pieces[-1]["text"].endswith("\n"):
        last = {**pieces[-1], "text": pieces[-1]["text"][:-1]}
        return [*pieces[:-1], last]
    return pieces


def _piece(piece: Json, reader: Reader) -> Html:
    shown = show_piece(piece, reader)
    match piece["type"]:
        case "text":
            inner = lines(shown)
        case "link":
            inner = draw_link(piece["url"], piece.get("text") or piece["url"])
        case "user":
            mine = " mine" if piece["user_id"] == reader.me else ""
            inner = tag("span", shown, class_=f"mention{mine}")
        case "channel":
            inner = tag("a", shown, class_="mention", href=f"#/channel/{piece['channel_id']}")
        case "broadcast":
            inner = tag("span", shown, class_="mention ping")
        case "emoji":
            known = piece["name"] in EMOJI
            inner = tag("span", shown, class_="emoji", role="img", aria_label=piece["name"].replace("_", " ")) if known else lines(shown)
        case "date":
            inner = tag("time", shown)
            if piece.get("url"):
                inner = draw_link(piece["url"], shown)
        case _:
            inner = lines(shown)
    for style, element in _STYLES.items():
        if piece.get("style", {}).get(style):
            inner = tag(element, inner)
    return inner


def draw_link(url: str, label: str) -> Html:
    """A link that leaves for a new tab without saying whence; anything but the web is dead text."""
    try:
        scheme = urlsplit(url).scheme
    except ValueError:  # "https://[::1" looks like a link and is none
        scheme = ""
    if scheme not in ("http", "https", "mailto"):
        return lines(label)
    return tag("a", label, href=url, target="_blank", rel="noreferrer noopener")
