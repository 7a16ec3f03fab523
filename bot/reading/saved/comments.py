"""Runs of readers' comments in a saved text, known by the lines that open and close each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.reading.saved.dateline import is_date_line
from bot.reading.saved.lines import Block

FEWEST = 4
"""Signs from which a run is a discussion; one "Reply" or "says:" may stand anywhere."""
FARTHEST = 6
"""Blocks between two signs of a run: a comment seldom has more paragraphs, an article nearly always."""
LONGEST_SIGN = 14
"""Words."""

_SIGN = re.compile(
    r"(?:#?\d+[.)]?\s*)?(?:reply|reply to .{2,40}|replies|like|likes?\s*\d*|quote|report(?: (?:this )?(?:comment|post|abuse))?"
    r"|flag|permalink|parent|upvote"
    r"|log in to reply|leave a reply|in reply to .{2,60}|edited)\W*"
    r"|.{2,40}\bsays\W*|.{2,40} (?:said|wrote|writes|commented)\s*(?:on .{6,40})?\s*(?:\.\.\.|…|:)\W*|.*\(score: ?-?\d.*|.* writes:.*|.*\| ?reply",
    re.IGNORECASE,
)
_AGO = re.compile(r".{0,40}\b(?:\d+|an?) (?:second|minute|hour|day|week|month|year)s? ago\b.{0,20}", re.IGNORECASE)


def find_comments(blocks: Sequence[Block]) -> set[int]:
    """The indices of readers' comments: runs in which such lines ("Ann says:", "Reply", "3 hours ago") follow each other closely.

    A time alone makes no run: lists of news and live reports have them too.
    """
    found: set[int] = set()
    run: list[int] = []
    spoken = 0
    for index, block in [*enumerate(blocks), (len(blocks) + FARTHEST + 1, None)]:
        if block is not None and not _is_sign(block):
            continue
        if run and index - run[-1] > FARTHEST:
            if len(run) >= FEWEST and spoken >= FEWEST // 2:
                found.update(range(run[0], min(len(blocks), run[-1] + 1 + FARTHEST)))
            run, spoken = [], 0
        run.append(index)
        spoken += block is not None and _SIGN.fullmatch(block.text) is not None
    return found


def _is_sign(block: Block) -> bool:
    if not 1 <= block.words <= LONGEST_SIGN:
        return False
    return bool(_SIGN.fullmatch(block.text) or _AGO.fullmatch(block.text) or (is_date_line(block.text) and re.search(r"\d[:.]\d\d", block.text)))
