"""What Slack's composer makes of typed text: escapes, links, mentions of people and channels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from bot.playground.escapes import escape
from bot.playground.mrkdwn import inline
from bot.playground.records import Json

_LINK = re.compile(r"https?://[^\s<>|]+")
_TOKEN = re.compile(r"(?P<link>https?://[^\s<>|]+)|(?<![\w@])@(?P<person>[\w.\-]+)|(?<![\w#&])#(?P<channel>[\w\-]+)")
#: punctuation that ends a sentence rather than an address
_TRAILING = ".,;:!?)'\"]"


def compose(typed: str, people: Mapping[str, str], channels: Mapping[str, str]) -> str:
    """Typed text as it travels: `people` and `channels` map lower-case names to ids."""
    return "".join(_encode(piece) for piece in _pieces(typed, people, channels))


def rich_text(typed: str, people: Mapping[str, str], channels: Mapping[str, str]) -> Json:
    """The rich_text block that Slack adds to what a person posts."""
    styled: list[Json] = []
    for piece in _pieces(typed, people, channels):
        # Slack's composer turns *bold* and its kin into styles as they are typed
        styled += inline(escape(piece["text"])) if piece["type"] == "text" else [piece]
    return {
        "type": "rich_text",
        "block_id": "typed",
        "elements": [{"type": "rich_text_section", "elements": styled}],
    }


def escape_command(typed: str, people: Mapping[str, str], channels: Mapping[str, str], names: bool) -> str:
    """The text of a slash command: mentions and links are resolved only where the manifest asks (`should_escape`)."""
    if not names:
        return escape(typed)
    return "".join(_encode(piece, named=True) for piece in _pieces(typed, people, channels))


def links(typed: str) -> list[str]:
    """The web addresses in typed text, in order, each once."""
    found = [match.group().rstrip(_TRAILING) for match in _LINK.finditer(typed)]
    return list(dict.fromkeys(found))


def domain_of(url: str, domains: tuple[str, ...]) -> str | None:
    """The registered domain that covers the link, subdomains included."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:  # "https://[::1" looks like a link and is none
        return None
    return next((one for one in domains if host == one or host.endswith("." + one)), None)


def _pieces(typed: str, people: Mapping[str, str], channels: Mapping[str, str]) -> list[Json]:
    pieces: list[Json] = []
    at = 0
    for match in _TOKEN.finditer(typed):
        piece, end = _piece(match, people, channels)
        if piece is None:
            continue
        if match.start() > at:
            pieces.append({"type": "text", "text": typed[at : match.start()]})
        pieces.append(piece)
        at = end
    if at < len(typed):
        pieces.append({"type": "text", "text": typed[at:]})
    return pieces


def _piece(match: re.Match[str], people: Mapping[str, str], channels: Mapping[str, str]) -> tuple[Json | None, int]:
    if url := match.group("link"):
        bare = url.rstrip(_TRAILING)
        return {"type": "link", "url": bare}, match.start() + len(bare)
    if name := match.group("person"):
        bare = name.rstrip(".-")
        end = match.start() + 1 + len(bare)
        if bare.lower() in ("here", "channel", "everyone"):
            return {"type": "broadcast", "range": bare.lower()}, end
        if person := people.get(bare.lower()):
            return {"type": "user", "user_id": person}, end
        return None, end
    name = match.group("channel")
    channel = channels.get(name.lower())
    return ({"type": "channel", "channel_id": channel} if channel else None), match.end()


def _encode(piece: Json, *, named: bool = False) -> str:
    match piece["type"]:
        case "text":
            return escape(piece["text"])
        case "link":
            return f"<{escape(piece['url'])}>"
        case "user":
            return f"<@{piece['user_id']}>"
        case "channel":
            return f"<#{piece['channel_id']}|>" if named else f"<#{piece['channel_id']}>"
        case _:
            return f"<!{piece['range']}>"
