"""Outside words with marks in them, shown letter for letter.

mrkdwn has no escape for ``*``, ``_``, ``~``, a backtick or ``:emoji:``, and a zero-width character beside one would only change what is copied
and may end in formatting all the same. So a text of ours into which such words were put (``blocks.escape`` tells) goes out as
rich_text, where our own marks are styles and the words are words; beside a button, which rich_text cannot have, as plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from handlers import blocks
from handlers.blocks import Block, Part

_OURS = re.compile(r"`(?P<code>[^`\n]+)`|\*(?P<bold>[^*\n]+)\*|<(?P<token>[^<>]+)>")
"""The mrkdwn that our own texts use."""


def spelled(shown: Iterable[Block]) -> list[Block]:
    """Blocks in which no outside word is formatted; those without marks stay as they are."""
    return [_spelled(block) for block in shown]


def _spelled(block: Block) -> Block:
    if block["type"] == "section" and _is_marked(block.get("text")):
        text = block["text"]["text"]
        if "accessory" in block:
            return {**block, "text": blocks.plain(_words(text))}
        return blocks.rich(blocks.line(*_parts(text)))
    if block["type"] == "context" and any(map(_is_marked, block["elements"])):
        return {**block, "elements": [blocks.plain(_words(one["text"])) if _is_marked(one) else one for one in block["elements"]]}
    return block


def _is_marked(text: Any) -> bool:
    return isinstance(text, dict) and text.get("type") == "mrkdwn" and blocks.has_marks(text["text"])


def _parts(text: str, style: str = "") -> Iterator[Part]:
    """The elements of rich_text that a text of ours amounts to."""
    at = 0
    for match in _OURS.finditer(text):
        yield from _plain(text[at : match.start()], style)
        at = match.end()
        if match["code"]:
            yield from _plain(match["code"], "code")
        elif match["bold"]:
            yield from _parts(match["bold"], "bold")
        else:
            yield _token(match["token"], style)
    yield from _plain(text[at:], style)


def _plain(text: str, style: str) -> Iterator[Part]:
    if text:
        part: Part = {"type": "text", "text": _unescaped(text)}
        yield part | {"style": {style: True}} if style else part


def _token(token: str, style: str) -> Part:
    """A link, a person, a channel or a moment, as our texts have them."""
    what, _, label = token.partition("|")
    if what.startswith("@"):
        return {"type": "user", "user_id": what[1:]}
    if what.startswith("#"):
        return {"type": "channel", "channel_id": what[1:]}
    if what.startswith("!date^"):
        _, stamp, form = what.split("^", 2)
        return {"type": "date", "timestamp": int(stamp), "format": form, "fallback": _unescaped(label)}
    part: Part = {"type": "link", "url": _unescaped(what), "text": _unescaped(label or what)}
    return part | {"style": {style: True}} if style else part


def _words(text: str) -> str:
    """The text without our own marks; of a link or a moment what stands for it."""
    return _unescaped(_OURS.sub(lambda match: match["code"] or (match["bold"] and _words(match["bold"])) or _label(match["token"]), text))


def _label(token: str) -> str:
    what, _, label = token.partition("|")
    return label or what


def _unescaped(text: str) -> str:
    return blocks.letters(text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
