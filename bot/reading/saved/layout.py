"""Where the parts of a saved text are, and words that were run together when it was saved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.reading.saved.boilerplate import noise_of
from bot.reading.saved.lines import Block

LONGEST_LINE = 600
"""Characters of a line that pictures stand beside."""
ABOVE = 4
"""Blocks above the title that belong to the piece's head."""

_GLUED = re.compile(
    r"(?<=[a-zà-ÿ]{3})(?<!\bMac)(?<!\bFitz)(?=[A-ZÀ-ÖØ-ÞĆČĐŁŃŘŚŞŠŹŻŽ][a-zà-ÿ])"  # "LeePublished"
    r"|(?<=[a-z]{3})(?=\d{1,2}[,. ])"  # "November21, "
    r"|(?<=[A-Z]{3})(?=\d{1,2} [A-Z][a-z]{2})"  # "GMT3 May"
    r"|(?<=\b20[0-3]\d)(?=\d{1,2}[:.]\d\d|[A-Z][a-z])|(?<=, 20[0-3]\d)(?=\d)"  # "20238:00"
    r"|(?<=[AaPp][Mm])(?=[A-Z][a-z])"  # "8:00amUpdated"
)
_PICTURES = re.compile(r"^(?:[\s|·•–-]*!?\[[^\[\]]{1,80}\](?![(\[]))+|(?:\s*!?\[[^\[\]]{1,80}\](?![(\[]))+$")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a text are: indices of blocks; ``start`` and ``end`` bound the body, end exclusive."""

    title: int | None
    start: int
    end: int

    def head(self, blocks: Sequence[Block]) -> range:
        """Blocks around the head of the piece, where a byline and a date are expected."""
        first = self.start - 12
        if self.title is not None:
            first, left = self.title, ABOVE
            while first > 0 and left:  # rules, pictures and buttons between a byline and the title below it do not count
                first -= 1
                left -= bool(blocks[first].text) and noise_of(blocks[first].text) is None
        return range(max(0, first), min(len(blocks), self.start + 3))


def unglue(text: str) -> str:
    """Words apart that stood in separate boxes of a page: "Ann LeePublished May 3, 20238:00" reads "Ann Lee Published May 3, 2023 8:00"."""
    return _GLUED.sub(" ", without_pictures(text))


def without_pictures(text: str) -> str:
    """Without what a converter to plain text leaves of pictures at a line's ends: "[calendar] 3 May 2024", "By Ada Venn [Harbour Post logo]"."""
    if "[" not in text or len(text) > LONGEST_LINE:
        return text
    return _PICTURES.sub("", text).strip() or text


def boxes(text: str) -> list[str]:
    """What stood in separate boxes: "opinionAnn LeeMay 3" is "opinion", "Ann Lee", "May 3"."""
    return [box.strip() for box in _GLUED.split(text) if box.strip()]
