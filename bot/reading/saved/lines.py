"""Saved text cut into blocks: headings, paragraphs, list items, quotes, pictures; hard-wrapped lines are one paragraph again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from bot.reading.dates import find_dates
from bot.reading.saved.inline import Inline, strip_marks

WIDEST_WRAP = 110
"""No mail program or converter wraps at more columns; longer lines are paragraphs."""
NARROWEST_WRAP = 45
FULL_LINES = 0.6
"""Share of lines that could not have taken the next word, from which a text counts as hard-wrapped. Texts wrapped by a program reach .9; paragraphs
that happen to be short stay below .3."""


class BlockKind(Enum):
    """How a block is set."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    TABLE = "table"
    PICTURE = "picture"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the text; lines count from 0, ``last`` included."""

    kind: BlockKind
    text: str
    first: int
    last: int
    level: int = 0
    """Depth of a heading (1 to 6) or of a list item's indent."""
    linked: float = 0.0
    links: int = 0
    emphasised: bool = False
    images: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    spaced: bool = True
    """A blank line stands before it."""
    number: str = ""
    """The marker of a numbered item: "3."."""

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @property
    def ends(self) -> bool:
        """It closes like a sentence."""
        return bool(SENTENCE_END.search(self.text))


LONGEST_DATE = 40
"""Characters of a line that is a date, with the time of day."""
SENTENCE_END = re.compile(r"[.!?…。！？](?:[\"'”’»)\]]|\s)*(?:\[\d+\])?$")
_DEFINITION = re.compile(r"\s{0,8}\[[^\[\]\n]{1,60}\]:\s*(?:<[^>\n]*>|\S+)(?:\s+(?:\"[^\n]*\"?|'[^\n]*'|\([^\n]*\)?))?\s*$")
_FOOTNOTE = re.compile(r"\s{0,3}\[\^[^\[\]\s]{1,20}\]:\s")
_HEADING = re.compile(r"(#{1,6})(?:\s+|$)(.*?)\s*#*$")
_RULE = re.compile(r"(?:[-_*=~–—•.]\s*){3,}$|\s*[-–—_=*]+\s*$")
_ITEM = re.compile(r"(?P<mark>[*+\-•●▪◦‣·–]|\d{1,3}[.)])\s+(?P<rest>.*)$")
_EMPTY_ITEM = re.compile(r"(?:[*+\-•●▪◦‣·]|\d{1,3}[.)])$|(?:[*+•\-]\s+)+[*+•\-]?$")
_BRACKETED = re.compile(r"(?:!?\[[^\[\]\n]{0,400}\]\s*)+$")
_REFERENCED = re.compile(r"\]\[\d{0,4}\]")
"""A link by number, "[Ada Venn][16]"; other brackets in a row are pictures' texts."""
_TABLE = re.compile(r"\|.*\|$|(?:\|?\s*:?-{3,}:?\s*\|)+")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0c\x0e-\x1f\ue000-\uf8ff]")
_LINE_BREAK = re.compile("\r\n|[\r\u2028\x85\x0b]")
_PARAGRAPH_BREAK = re.compile("[\u2029\x0c]")
_BYTE_OF = {bytes([byte]).decode("cp1252"): byte for byte in range(0x80, 0xA0) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_CONTINUED = "[\x80-\xbf" + "".join(_BYTE_OF) + "]"
_MISREAD = re.compile(f"[\xc2-\xdf]{_CONTINUED}|[\xe0-\xef]{_CONTINUED}{{2}}|[\xf0-\xf4]{_CONTINUED}{{3}}")
"""A letter of UTF-8 whose bytes were read one by one: "â€™" for an apostrophe."""
_ENDLESS_MARKS = re.compile(r"[^\w\n]{200,}")
"""Nobody reads these, and patterns that skip marks would take quadratic time over them."""
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]")


def clean(text: str) -> str:
    """Plain newlines and spaces, without invisible characters; UTF-8 that was taken for Windows-1252 is put right."""
    text = _MISREAD.sub(_reread, text)
    text = _PARAGRAPH_BREAK.sub("\n\n", _LINE_BREAK.sub("\n", text))
    return _ENDLESS_MARKS.sub(" ", _INVISIBLE.sub("", _SPACES.sub(" ", text)))


def _reread(match: re.Match[str]) -> str:
    try:
        return bytes(_BYTE_OF.get(character, ord(character) & 0xFF) for character in match[0]).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def cut_blocks(text: str, skip: int = 0) -> list[Block]:
    """The blocks of a cleaned text in order; ``skip`` lines at the top belong to the front matter."""
    lines = text.split("\n")
    width = wrap_width(lines)
    return [block for block in _blocks(lines, skip, width) if block.kind is BlockKind.RULE or block.text or block.images or block.targets]


def wrap_width(lines: Sequence[str]) -> int | None:
    """The column at which a text was hard-wrapped; None when its lines are whole paragraphs.

    A line and the first word of the next say which columns would have broken there; the column on which most pairs agree is the width, when
    most pairs agree at all.
    """
    votes = [0] * (WIDEST_WRAP + 2)
    pairs: list[int] = []
    for line, following in pairwise(lines):
        length = len(line.rstrip())
        if length < NARROWEST_WRAP or not following.strip() or _opens(line) or _opens(following) or _DEFINITION.match(line):
            continue
        pairs.append(length)
        if length <= WIDEST_WRAP:
            for width in range(length, min(WIDEST_WRAP, length + len(following.split(maxsplit=1)[0])) + 1):
                votes[width] += 1
    best = max(votes)
    if best < 3 or best < FULL_LINES * len(pairs):
        return None
    width = max(width for width, count in enumerate(votes) if count == best)
    longer = sum(len(line) > width + 10 and not _opens(line) and "](" not in line and not _DEFINITION.match(line) for line in lines)
    return width if longer < best else None


def _is_full(line: str, following: str, width: int) -> bool:
    """The next word would not have fitted; two columns of grace."""
    return len(line) > width or len(line) + 1 + len(following.split(maxsplit=1)[0]) >= width - 1


def _opens(line: str) -> bool:
    """The line starts a block of its own, whatever stands before it."""
    stripped = line.strip()
    return bool(
        _HEADING.match(stripped) or _ITEM.match(stripped) or _EMPTY_ITEM.match(stripped) or _RULE.match(stripped) or stripped.startswith((">", "|"))
    )


def _blocks(lines: Sequence[str], skip: int, width: int | None) -> Iterator[Block]:
    index = skip
    spaced = True
    while index < len(lines):
        stripped = lines[index].strip()
        if not stripped:
            spaced, index = True, index + 1
            continue
        if _DEFINITION.match(lines[index]) or _FOOTNOTE.match(lines[index]):
            index += 1
            continue
        last = index
        if width and not _RULE.match(stripped) and not stripped.startswith("|"):
            last = _end_of_wrapped(lines, index, width)
        raw = " ".join(line.strip() for line in lines[index : last + 1])
        if stripped.startswith(">"):
            last = _end_of_quote(lines, index)
            raw = " ".join(line.strip().lstrip("> ").strip() for line in lines[index : last + 1])
            raw = f"> {raw}"
        following = lines[last + 1].strip() if last + 1 < len(lines) else ""
        block = _block(raw, index, last, len(lines[index]) - len(lines[index].lstrip()))
        if block.kind is BlockKind.PARAGRAPH and re.fullmatch(r"={3,}", following):
            block, last = replace(block, kind=BlockKind.HEADING, level=1, last=last + 1), last + 1
        yield replace(block, spaced=spaced)
        spaced, index = False, last + 1


def _end_of_wrapped(lines: Sequence[str], index: int, width: int) -> int:
    last = index
    while last + 1 < len(lines) and (following := lines[last + 1]).strip() and not _opens(following):
        line = lines[last].rstrip()
        opened = line.count("[") > line.count("]")
        if not (_is_full(line, following, width) or opened or following.strip()[:1] in "]"):
            break
        last += 1
    return last


def _end_of_quote(lines: Sequence[str], index: int) -> int:
    last = index
    while last + 1 < len(lines) and lines[last + 1].strip().startswith(">") and lines[last + 1].strip().strip("> "):
        last += 1
    return last


def _is_date(line: str) -> bool:
    """ "7. März 2024" is no seventh item."""
    return len(line) <= LONGEST_DATE and line[:1].isdigit() and next(find_dates(line), None) is not None


def _block(raw: str, first: int, last: int, indent: int) -> Block:
    level, number, kind = 0, "", BlockKind.PARAGRAPH
    if heading := _HEADING.match(raw):
        kind, level, raw = BlockKind.HEADING, len(heading[1]), heading[2]
    elif _RULE.match(raw) or _EMPTY_ITEM.match(raw):
        return Block(BlockKind.RULE, "", first, last)
    elif raw.startswith(">"):
        kind, raw = BlockKind.QUOTE, raw.lstrip("> ")
    elif (item := _ITEM.match(raw)) and not _is_date(raw):
        kind, level, raw = BlockKind.ITEM, indent, item["rest"]
        number = item["mark"] if item["mark"][0].isdigit() else ""
        if inner := _HEADING.match(raw):
            kind, level, raw = BlockKind.HEADING, len(inner[1]), inner[2]
    elif _TABLE.match(raw) and raw.count("|") >= 2:
        kind = BlockKind.TABLE
    elif _BRACKETED.match(raw) and "](" not in raw and not _REFERENCED.search(raw):
        return Block(BlockKind.PICTURE, "", first, last, images=tuple(re.findall(r"\[([^\[\]]*)\]", raw)))
    inline: Inline = strip_marks(raw)
    if not inline.images and not inline.targets and not any(character.isalnum() for character in inline.text):
        return Block(BlockKind.RULE, "", first, last)
    if kind is BlockKind.TABLE:
        inline = replace(inline, text=re.sub(r"\s*\|\s*", " | ", inline.text).strip(" |-:"))
    if not inline.text and inline.images:
        kind = BlockKind.PICTURE
    return Block(kind, inline.text, first, last, level, inline.linked, inline.links, inline.emphasised, inline.images, inline.targets, number=number)
