"""Paragraphs that a page or a copy cut in the middle of a sentence are one again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.reading.saved.lines import Block, BlockKind
from bot.reading.saved.wordings import either

_OPEN_END = re.compile(rf"(?:[,;–—-]|\b{either('open_ends')})$")
_DIVIDED = re.compile(r"([A-Za-zÀ-ÖØ-öø-ÿ]+)-$")
_LOWER_START = re.compile(r"[a-zà-öø-ÿ]")
_FOLLOWING = re.compile(r"[,;)’”]|[–—]\s")
SHORTEST_CUT = 40
"""Characters; a shorter line without a full stop is a label or a list item, not half of a sentence."""


def join_cut(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with paragraphs that break off and go on in the next one joined by a space."""
    joined: list[Block] = []
    for block in blocks:
        if joined and joins(joined[-1], block):
            last = joined[-1]
            joined[-1] = replace(last, text=_run_on(last.text, block.text, blocks), last=block.last, linked=min(last.linked, block.linked))
        else:
            joined.append(block)
    return joined


def _run_on(one: str, other: str, blocks: Sequence[Block]) -> str:
    """Two halves as one; a word that was divided at the line's end is whole again, unless the text spells it with a hyphen elsewhere."""
    cut = _DIVIDED.search(one)
    rest = re.match(r"[a-zà-öø-ÿ]+", other)
    if cut and rest and not any(f"{cut[1]}-{rest[0]}" in block.text for block in blocks):
        return one[:-1] + other
    return f"{one}{'' if cut else ' '}{other}"


def joins(one: Block, other: Block) -> bool:
    """Whether a sentence breaks off in the one and goes on in the other."""
    if one.kind is not BlockKind.PARAGRAPH or other.kind is not BlockKind.PARAGRAPH or one.ends or one.text.endswith(":"):
        return False
    if _FOLLOWING.match(other.text):
        return True
    if _LOWER_START.match(other.text):
        return len(one.text) >= SHORTEST_CUT or _OPEN_END.search(one.text) is not None
    return _OPEN_END.search(one.text) is not None and len(one.text) >= SHORTEST_CUT
