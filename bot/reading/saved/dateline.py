"""When a saved text was published: dates near its head, told from dates of captions, updates, events and comments."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache

from bot.models import Fact
from bot.reading.dates import find_dates
from bot.reading.saved.captions import is_credit
from bot.reading.saved.layout import Layout, unglue
from bot.reading.saved.lines import Block, BlockKind
from bot.reading.saved.wordings import anywhere, either

_DATE_LABEL = re.compile(rf"\b{either('date_labels')}\b", re.IGNORECASE)
_UPDATE_LABEL = re.compile(rf"\b{either('update_labels')}\b", re.IGNORECASE)
_EVENT_LABEL = re.compile(rf"©|\b{either('other_dates')}\b", re.IGNORECASE)
_OF_PIECE = re.compile(
    r"\b(?:(?:this|the) (?:article|piece|essay|op-?ed|column|commentary|story|text|post|interview)|a version of|originally"
    r"|first (?:published|appeared))\b",
    re.IGNORECASE,
)
"""A sentence behind a piece that tells of the piece itself."""
_AROUND_DATE = anywhere("beside_dates")


BESIDE_LABEL, BEHIND_LABEL = 30, 80
"""Characters before a date in which its label stands; in the notes behind a piece an outlet is named between."""
LISTED_ABOVE = 2.0
"""What a date loses in a list over the title: other pieces are announced there."""
_BY_BEFORE = re.compile(r"\b[Bb]y:?\s+(?:[^\W\d_][\w.'’-]*\s+){1,5}(?:on\s*|[|•·,–—-]\s*)?$")
"""The author stands right before a date."""
BEFORE, INTO, BEHIND = 12, 2, 12
"""Blocks before the title, into the body and behind it where a date that stands alone may still be the piece's."""
LONGEST_HEAD_LINE, MOST_NAMES = 20, 6
"""Words of a line of the head, and what may be left of it without its dates and labels."""

_BETWEEN_NAMES = frozenset("by von par por in and und et y & at for from source de der van".split())


@lru_cache(maxsize=8192)
def is_date_line(text: str) -> bool:
    """A line that is a date and what stands around dates."""
    text = unglue(text)
    dated = next(find_dates(text), None)
    return dated is not None and len(text.split()) <= 16 and not _AROUND_DATE.sub("", text[: dated.start] + " " + text[dated.end :]).strip()


@lru_cache(maxsize=8192)
def is_head_line(text: str) -> bool:
    """A line of a piece's head that holds a date and beside it nothing but names and labels: "Ada Venn | Updated 3 May 2024, 8:15 am", "[clock] 3 May
    2024", "Sept. 1, 2023 By Ada Venn"."""
    text = unglue(text)
    mentions = list(find_dates(text))
    if not mentions or len(text.split()) > LONGEST_HEAD_LINE or text.endswith((".", "?", "!")):
        return False
    for mention in reversed(mentions):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    rest = _AROUND_DATE.sub(" ", text).split()
    return len(rest) <= MOST_NAMES and all(word[:1].isupper() or not word[:1].isalpha() or word.casefold() in _BETWEEN_NAMES for word in rest)


def find_published(blocks: Sequence[Block], layout: Layout, taken: Collection[int] = ()) -> tuple[Fact[date], date | None]:
    """The day of publication that the text states near its head, and the day of its last change when one is given."""
    best: tuple[float, date] | None = None
    modified: date | None = None
    head = layout.head(blocks)
    behind = {mention.value for block in blocks[layout.end : layout.end + BEHIND] for mention in find_dates(unglue(block.text))}
    last = layout.end + (BEHIND if len(behind) == 1 else 0)  # several are the dates of other pieces
    first = layout.title if layout.title is not None else layout.start
    for index in range(max(0, first - BEFORE), min(len(blocks), last)):
        if head.stop + INTO <= index < layout.end:
            continue
        block = blocks[index]
        if index in taken or not block.text or block.words > 45 or block.kind is BlockKind.TABLE:
            continue
        text = unglue(block.text)
        lone = is_date_line(text) or is_head_line(text)
        for mention in find_dates(text):
            before = text[max(0, mention.start - (BESIDE_LABEL if index < layout.end else BEHIND_LABEL)) : mention.start]
            told = index >= layout.end and _OF_PIECE.search(text) is not None and _DATE_LABEL.search(before) is not None
            if _UPDATE_LABEL.search(before) and not _DATE_LABEL.search(before):
                modified = mention.value
                weight = 1.5 if index < layout.start + 1 else 0.5
            elif (_EVENT_LABEL.search(before) and not told) or is_credit(text):
                continue
            else:
                weight = 3.0 if _DATE_LABEL.search(before) or (index in head and _BY_BEFORE.search(text[: mention.start])) else 0.0
                weight += 2.0 if lone else 1.5 if _byline_like(text) else 0.5 if block.words <= 14 and not block.ends else -2.0
            if told:
                weight += 2.5
            if block.kind is BlockKind.ITEM and layout.title is not None and index < layout.title:
                weight -= LISTED_ABOVE
            if layout.title is not None and layout.title < index <= layout.start:
                weight += 2.0
            elif index < layout.start + 1:
                weight += 1.0
            elif index >= layout.end:
                weight -= 1.0
            if index not in head:
                weight -= 0.0 if lone or _DATE_LABEL.search(before) or (index < head.start and _UPDATE_LABEL.search(before)) else 3.0
            if weight >= 1.5 and (best is None or weight > best[0]):
                best = (weight, mention.value)
    if best is None:
        return Fact[date].unknown(), modified
    return Fact.stated(best[1], "date line"), modified if modified != best[1] else None


def _byline_like(text: str) -> bool:
    return re.match(r"\W*by\b", text, re.IGNORECASE) is not None or (len(text.split()) <= 16 and re.search(r"[|•·—–]", text) is not None)
