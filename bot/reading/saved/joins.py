"""Paragraphs that a page or a copy cut in the middle of a sentence are one again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.reading.saved.lines import Block, BlockKind
from bot.reading.saved.wordings import either

_OPEN_END = re.compile(rf"(?:[,;–—-]|\b{either('open_ends')})$")
_LOWER_START = re.compile(r"[a-zà-öø-ÿ]")
_FOLLOWING = re.compile(r"[,;)’”]|[–—]\s")
SHORTEST_CUT = 40
"""Characters; a shorter line without a full stop is a label or a list item, not half of a sentence."""


def join_cut(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with paragraphs that break off and go on in the next one joined by a space."""
    joined: list[Block] = []
    for block in blocks:
        if joined and _is_cut(joined[-1], block):
            last = joined[-1]
            joined[-1] = replace(last, text=f"{last.text} {block.text}", last=block.last, linked=min(last.linked, block.linked))
        else:
            joined.append(block)
    return joined


def _is_cut(one: Block, other: Block) -> bool:
    if one.kind is not BlockKind.PARAGRAPH or other.kind is not BlockKind.PARAGRAPH or one.ends or one.text.endswith(":"):
        return False
    if _FOLLOWING.match(other.text):
        return True
    if _LOWER_START.match(other.text):
        return len(one.text) >= SHORTEST_CUT or _OPEN_END.search(one.text) is not None
    return _OPEN_END.search(one.text) is not None and len(one.text) >= SHORTEST_CUT
