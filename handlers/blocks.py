"""Block Kit vocabulary; pure.

Text from outside (titles, quotations, names, search words, file names) goes through ``plain`` or the rich_text parts, which Slack shows
letter for letter: no mention, link, emoji or formatting can come alive in them. ``mrkdwn`` is for our own words; whatever is put into it
passes ``escape``. Limits are Slack's, from its reference of blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Literal
from urllib.parse import urlsplit

Block = dict[str, Any]
"""One Block Kit block, as Slack's JSON."""

MESSAGE_BLOCKS = 50
MESSAGE_CHARACTERS = 12_000
"""Slack fails near 13,200 characters in all blocks of a message (measured, not documented)."""
HEADER = 150
SECTION = 3_000
BUTTON_LABEL = 75
BUTTON_VALUE = 2_000
CONTEXT_ELEMENTS = 10
ACTIONS_ELEMENTS = 25

Part = dict[str, Any]
"""One inline element of a rich_text section."""

# Characters that nobody sees but that reorder or hide text: bidirectional controls, zero-width characters, control characters,
# unpaired surrogates and tags.
_UNSEEN = re.compile(
    "[\u202a-\u202e\u2066-\u2069\u200b-\u200f\u2060\ufeff\u00ad"
    "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def clean(text: str) -> str:
    """The text without characters that nobody sees but that change what is seen."""
    return _UNSEEN.sub("", text)


def escape(text: str) -> str:
    """Outside text for mrkdwn: dead letters."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clip(text: str, limit: int) -> str:
    """At most ``limit`` characters, cut between words with an ellipsis."""
    text = clean(text).strip()
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    at = head.rfind(" ")
    return (head[:at] if at > limit // 2 else head).rstrip(" ,;:–—-") + "…"


def plain(text: str, limit: int = SECTION) -> Part:
    """A plain_text object; emoji codes in it stay letters."""
    return {"type": "plain_text", "text": clip(text, limit) or " ", "emoji": False}


def header(text: str) -> Block:
    """A large line."""
    return {"type": "header", "text": plain(text, HEADER)}


def section(text: str, accessory: Block | None = None) -> Block:
    """Our own words as mrkdwn; the caller escapes what comes from outside. Nothing in it is linked by itself."""
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": text[:SECTION] or " ", "verbatim": True}}
    return block | {"accessory": accessory} if accessory else block


def context(*texts: str) -> Block:
    """Small grey lines, shown letter for letter."""
    return {"type": "context", "elements": [plain(text, 300) for text in texts[:CONTEXT_ELEMENTS]]}


def context_mrkdwn(*texts: str) -> Block:
    """Small grey lines of our own words, for dates and links; the caller escapes."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True} for text in texts[:CONTEXT_ELEMENTS]]}


def divider() -> Block:
    """A thin rule."""
    return {"type": "divider"}


# --- rich_text --------------------------------------------------------------------------------------------------------


def text(words: str, *styles: Literal["bold", "italic", "strike", "code"]) -> Part:
    """Words shown letter for letter."""
    part: Part = {"type": "text", "text": clean(words) or " "}
    return part | {"style": dict.fromkeys(styles, True)} if styles else part


def link(url: str | None, words: str, *styles: Literal["bold", "italic"]) -> Part:
    """A link to a web address; plain text when the address is none that a browser should open."""
    parts = urlsplit(url or "")
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return text(words, *styles)
    part: Part = {"type": "link", "url": url, "text": clean(words) or " "}
    return part | {"style": dict.fromkeys(styles, True)} if styles else part


def person(user: str) -> Part:
    """A person of the workspace, named without a ping only where Slack renders no notification (ephemeral answers, context)."""
    return {"type": "user", "user_id": user}


def line(*parts: Part) -> Part:
    """A rich_text section."""
    return {"type": "rich_text_section", "elements": list(parts)}


def quote(*parts: Part) -> Part:
    """A quotation with a bar at its side."""
    return {"type": "rich_text_quote", "elements": list(parts)}


def bullets(*lines: Part, ordered: bool = False, indent: int = 0) -> Part:
    """A list of ``line``s."""
    return {"type": "rich_text_list", "style": "ordered" if ordered else "bullet", "indent": indent, "elements": list(lines)}


def rich(*elements: Part) -> Block:
    """A rich_text block of lines, quotations and lists."""
    return {"type": "rich_text", "elements": list(elements)}


# --- things to press --------------------------------------------------------------------------------------------------


def button(label: str, action: str, value: str = "", *, style: Literal["primary", "danger"] | None = None, url: str | None = None) -> Block:
    """A button; ``action`` is a key of handlers.ACTIONS, ``value`` travels as ``Request.context``."""
    element: Block = {"type": "button", "text": plain(label, BUTTON_LABEL), "action_id": action}
    if value:
        element["value"] = value[:BUTTON_VALUE]
    if style:
        element["style"] = style
    if url:
        element["url"] = url
    return element


def actions(*elements: Block) -> Block:
    """A row of buttons and menus."""
    return {"type": "actions", "elements": list(elements[:ACTIONS_ELEMENTS])}


# --- the whole message ------------------------------------------------------------------------------------------------


def weight(block: Any) -> int:
    """Characters that count against a message's size: every string under text, url, value and alt_text."""
    if isinstance(block, dict):
        return sum(len(v) if isinstance(v, str) and k in ("text", "url", "value", "alt_text") else weight(v) for k, v in block.items())
    if isinstance(block, list | tuple):
        return sum(weight(item) for item in block)
    return 0


def fit(blocks: Iterable[Block], reserve: tuple[Block, ...] = ()) -> tuple[Block, ...]:
    """As many whole blocks as one message takes, ``reserve`` (buttons, feedback) always behind them."""
    room = MESSAGE_CHARACTERS - weight(reserve)
    kept: list[Block] = []
    for block in blocks:
        room -= weight(block)
        if room < 0 or len(kept) + len(reserve) >= MESSAGE_BLOCKS:
            break
        kept.append(block)
    return (*kept, *reserve)
