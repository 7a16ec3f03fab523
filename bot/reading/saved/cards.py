"""Announcements of other pieces behind a saved one: a title, a sentence or two, and "Read more", or a title with its own byline and date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from bot.reading.saved.byline import is_byline
from bot.reading.saved.dateline import is_head_line
from bot.reading.saved.lines import Block, BlockKind

FEWEST = 2
"""Cards in a row; one may be a box in the piece."""
FARTHEST = 6
"""Blocks from one card's mark to the next."""
LONGEST_CARD = 80
"""Words between two marks; an entry of a list or of a live report is longer."""
BEFORE = 0.5
"""Share of the text's running words that stand before the first card: cards follow a piece."""
BEHIND = 0.15
"""Share that may still stand behind the last one."""
RUNNING = 25
"""Words of a paragraph that counts as running text."""
LONGEST_MARK, LONGEST_TITLE = 12, 22
"""Words."""

LONGEST_LIST = 24
"""Blocks."""

_LIST_OPENS = re.compile(r"\W*list of \d+ items\W*", re.IGNORECASE)
_LIST_ENDS = re.compile(r"\W*end of list\W*", re.IGNORECASE)
_SIGNED = re.compile(r"\s*[—–-]")
_MORE = re.compile(
    r"\W*(?:read (?:more|post|article|story|blog|now|the (?:post|article|story|full .{3,20}))|continue reading|view (?:post|article))\W*",
    re.IGNORECASE,
)


def find_cards(blocks: Sequence[Block]) -> set[int]:
    """The indices of the cards behind the piece; empty when there are fewer than two, or when the text goes on behind them."""
    running = [block.words if block.words >= RUNNING else 0 for block in blocks]
    before = [0, *accumulate(running)]
    total = before[-1]
    marks = [index for index, block in enumerate(blocks) if before[index] >= BEFORE * total and _is_mark(block)] if total else []
    runs: list[list[int]] = []
    for mark in marks:
        between = sum(block.words for block in blocks[runs[-1][-1] + 1 : mark]) if runs else 0
        if runs and mark - runs[-1][-1] <= FARTHEST and between <= LONGEST_CARD:
            runs[-1].append(mark)
        else:
            runs.append([mark])
    found: set[int] = set()
    for run in runs:
        if len(run) >= FEWEST and total - before[run[-1] + 1] <= BEHIND * total:
            found |= set(range(_start(blocks, run[0]), min(len(blocks), run[-1] + 2)))
    return found


def find_lists(blocks: Sequence[Block]) -> set[int]:
    """The indices of lists of other pieces that screen readers announce: from "list of 3 items" to "end of list"."""
    found: set[int] = set()
    for index, block in enumerate(blocks):
        if _LIST_OPENS.fullmatch(block.text):
            end = next((other for other in range(index, min(len(blocks), index + LONGEST_LIST)) if _LIST_ENDS.fullmatch(blocks[other].text)), None)
            found |= set(range(index, end + 1)) if end is not None else {index}
    return found


def _is_mark(block: Block) -> bool:
    if not 1 <= block.words <= LONGEST_MARK or block.kind is BlockKind.QUOTE or _SIGNED.match(block.text):  # posts that the piece quotes
        return False
    return _MORE.fullmatch(block.text) is not None or is_head_line(block.text) or is_byline(block.text)


def _start(blocks: Sequence[Block], mark: int) -> int:
    """Where the first card begins: at its title, a line without a full stop, right above the mark or above the sentence over it."""
    for index in range(mark - 1, max(-1, mark - 4), -1):
        if blocks[index].text and blocks[index].words <= LONGEST_TITLE and not blocks[index].text.endswith((".", ",", ";")):
            return index
    return mark
