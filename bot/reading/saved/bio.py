"""The line about the author of a saved text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.reading.saved.boilerplate import noise_of
from bot.reading.saved.byline import BIO
from bot.reading.saved.layout import Layout
from bot.reading.saved.lines import Block
from bot.reading.saved.wordings import either

_BIO_SEQUEL = re.compile(rf"^\W*{either('bio_sequels')}")
_TITLED = r"(?:M[rsx]s?|Dr|Prof)\.? "
_BIO_ROLE = re.compile(r"\W*The (?:writer|author) (?:is|was|has|teaches|writes|served)\b")
_ROLE_LINE = re.compile(rf"\b{either('roles')}\b(?: (?:of|at|for|in|on|with) | ?[,·|])")


def _is_role(block: Block) -> bool:
    """A line that names an office and nobody who holds it: "Director of the Wider Africa Programme"."""
    if not 3 <= block.words <= 16 or block.ends or noise_of(block.text) is not None or block.linked > 0.5:
        return False
    return _ROLE_LINE.search(block.text) is not None


def find_bio(blocks: Sequence[Block], layout: Layout, authors: Sequence[str]) -> tuple[str | None, list[int]]:
    """The line about the author as printed, and the blocks that it takes."""
    indices: list[int] = []
    surnames = [name.split()[-1] for name in authors if name.split()]
    head = range(layout.title or 0, min(layout.start + 1, len(blocks)))
    for index in [*range(max(layout.start, layout.end - 3), min(len(blocks), layout.end + 12)), *head]:
        text = blocks[index].text
        if not 4 <= blocks[index].words <= 130:
            continue
        match = BIO.match(text)
        named = match is not None and any(surname in match["name"] + match["more"] for surname in surnames)
        described = index >= layout.end - 1 and _BIO_ROLE.match(text) is not None
        titled = index < layout.start + 1 and any(re.match(rf"{_TITLED}{re.escape(name)} (?:is|was|has|teaches|writes)\b", text) for name in surnames)
        sequel = bool(indices) and index == indices[-1] + 1 and _BIO_SEQUEL.match(text) is not None
        role = not authors and not indices and index >= layout.end and _is_role(blocks[index])
        if index == layout.start and not titled:
            continue
        if named or titled or described or sequel or role or (match is not None and not authors and index >= layout.end):
            indices.append(index)
    return (" ".join(blocks[index].text for index in indices) or None), indices
