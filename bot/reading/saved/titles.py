"""The title, the standfirst and the address of a saved text among its blocks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from bot.models import Fact
from bot.reading.address import split_address
from bot.reading.names import looks_like_person
from bot.reading.saved.boilerplate import is_ending, noise_of
from bot.reading.saved.byline import is_byline, is_common, is_row
from bot.reading.saved.captions import is_credit
from bot.reading.saved.dateline import is_date_line
from bot.reading.saved.layout import Layout
from bot.reading.saved.lines import Block, BlockKind
from bot.reading.saved.wordings import whole

LONGEST_TITLE = 40
"""Words."""
OPENING = 1.2
"""What the first line of a text gains: who saves a piece by hand begins with its title."""
LISTED = 0.1
"""How far a list item sets a title off from its body: tables of contents stand between them."""
TRAILED = 2.0
"""What a line gains that ends the trail of sections above: "Home » Opinion » Rents will not fall"."""
SOON = 8
"""Blocks from such a first line to the body, at most."""

_ADDRESS_LABEL = r"(?:original |source |canonical |short )?(?:url|link|source|address|permalink|from|via|retrieved from|available at)"
_ADDRESS = re.compile(rf"^\W*(?:{_ADDRESS_LABEL}\s*[:=]\s*)?<?(https?://[^\s<>]+)>?\W*$", re.IGNORECASE)
_TRAIL = re.compile(r"\w\s*[»›>/→]\s*([^»›>/→]{4,})$")
_CHAT = re.compile(r"[\w .'’-]{2,40}\s+\[?\d{1,2}:\d\d(?:\s?[AaPp]\.?[Mm]\.?)?\]?")
"""Who sent a message, and when."""
_BY_SOMEBODY = re.compile(r"\W*(?:by|from) (?:an?|our|the)\b", re.IGNORECASE)
_ARTICLES = ("the", "a", "an")
LONGEST_ROLE = 8
"""Words of a byline that names an office only: "By our Maritime Correspondent"."""
_KICKER = whole("kickers")


@dataclass(frozen=True, slots=True)
class Title:
    """The title, the index of its block, and whether the evidence is strong enough to start the body behind it."""

    fact: Fact[str]
    index: int | None
    sure: bool


def find_title(blocks: Sequence[Block], start: int, url: str | None, given: str | None = None) -> Title:
    """The best candidate before the body, or a first-level heading early in it; ``start`` is the body's first block."""
    slug = _slug_words(url) if url else frozenset()
    counts = Counter(_plain(block.text) for block in blocks)
    best: tuple[float, int] | None = None
    opening = next((index for index, block in enumerate(blocks) if block.text and not _ADDRESS.match(block.text)), None)
    trails = {_plain(match[1]) for block in blocks[: start + 3] if (match := _TRAIL.search(block.text))}
    headed = any(block.kind is BlockKind.HEADING for block in blocks[: start + 3])
    top = min((block.level for block in blocks[: start + 3] if block.kind is BlockKind.HEADING and block.words >= 3), default=1)
    for index, block in enumerate(blocks):
        early = index <= start + 2 or (block.kind is BlockKind.HEADING and block.level == 1 and index <= start + max(12, len(blocks) // 3))
        if not early or not block.text or block.words > LONGEST_TITLE or block.kind in (BlockKind.TABLE, BlockKind.QUOTE):
            continue
        weight = _title_weight(block, slug, top)
        weight += min(counts[_plain(block.text)] - 1, 2) * 0.5 if block.words > 3 else 0.0
        distance = sum(LISTED if other.kind is BlockKind.ITEM else 1.0 for other in blocks[index:start]) if index < start else start - index
        weight -= 0.06 * max(0, distance - 3) if distance >= 0 else 0.6
        followed = _followed(blocks, index)
        weight += followed
        brief = block.words > 2 or followed >= 1 or (block.words == 2 and start - index == 1 and len(blocks) > start + 1)
        if index == opening and brief and not block.links and start - index <= SOON and not _KICKER.fullmatch(block.text):
            weight += OPENING if block.kind is BlockKind.HEADING or not headed else 0.0
        weight += TRAILED if _plain(block.text) in trails else 0.0
        if given and _plain(given) == _plain(block.text):
            weight += 20
        if best is None or weight > best[0] + (0.01 if block.kind is not BlockKind.HEADING else 0.0):
            best = (weight, index)
    if given:
        return Title(Fact.stated(given, "front matter"), best[1] if best and best[0] > 15 else None, False)
    if best is None or best[0] < 0.5:
        return Title(Fact[str].unknown(), None, False)
    weight, index = best
    block = blocks[index]
    sure = weight >= 3.0 and block.kind is BlockKind.HEADING
    return Title(Fact.stated(block.text, "heading" if block.kind is BlockKind.HEADING else "first line"), index, sure)


def _title_weight(block: Block, slug: frozenset[str], top: int) -> float:
    words = block.words
    weight = 0.0
    if block.kind is BlockKind.HEADING:
        weight += 3.5 if block.level == 1 else 2.0 if block.level == top else 0.8
    elif block.kind is BlockKind.ITEM:
        weight -= 2.0
    elif block.emphasised:
        weight += 0.5
    weight += 1.0 if 4 <= words <= 22 else -1.0 if words <= 1 else 0.0 if words <= 3 else -0.5
    if block.text.endswith((".", ":", ";", ",")) and not block.text.endswith("..."):
        weight -= 1.2
    if block.linked > 0.5:
        weight -= 1.0
    if block.text[:1].islower() and block.kind is not BlockKind.HEADING:
        weight -= 1.0
    if noise_of(block.text, block.linked) is not None or is_ending(block.text):
        weight -= 2.5
    if is_byline(block.text) or is_date_line(block.text) or is_credit(block.text) or is_row(block.text) or _CHAT.fullmatch(block.text):
        weight -= 4.0
    if block.kind is not BlockKind.HEADING and _is_row_of_labels(block.text):
        weight -= 2.0
    if _KICKER.fullmatch(block.text):
        weight -= 2.0
    if words <= 3 and looks_like_person(block.text) and not any(is_common(word) for word in block.text.split() if word.casefold() not in _ARTICLES):
        weight -= 0.7
    if slug:
        own = frozenset(_plain(block.text).split())
        weight += 5.0 * len(own & slug) / max(1, len(slug | own)) if len(own & slug) >= 2 else 0.0
    return weight


def _is_row_of_labels(text: str) -> bool:
    """Every word a name and no mark between them: a menu that was saved as one line."""
    words = text.split()
    return len(words) >= 6 and all(word[:1].isupper() and word[-1].isalnum() for word in words) and not text.isupper()


def _followed(blocks: Sequence[Block], index: int) -> float:
    """Dates, bylines and a standfirst follow a title."""
    near = [block for block in blocks[index + 1 : index + 6] if block.text][:4]
    standfirst = near and near[0].kind is not BlockKind.ITEM and 5 <= near[0].words <= 60 and near[0].words > blocks[index].words
    plain = standfirst and near[0].linked < 0.3 and not is_byline(near[0].text) and noise_of(near[0].text) is None
    named, dated = any(is_byline(block.text) for block in near), any(is_date_line(block.text) for block in near)
    return 0.6 * bool(plain) + named + dated


def find_standfirst(blocks: Sequence[Block], layout: Layout, captions: Collection[int]) -> tuple[Fact[str], int | None]:
    """The line under the title that says what the piece is about, when it is set apart from the body."""
    if layout.title is None:
        return Fact[str].unknown(), None
    for index in range(layout.title + 1, min(layout.start + 1, layout.title + 7, len(blocks))):
        block = blocks[index]
        if index in captions or not block.text or block.kind in (BlockKind.ITEM, BlockKind.TABLE) or block.linked > 0.5:
            continue
        if is_byline(block.text) or is_date_line(block.text) or looks_like_person(block.text) or is_row(block.text):
            continue
        if _BY_SOMEBODY.match(block.text) and block.words <= LONGEST_ROLE:
            continue
        if noise_of(block.text) is not None or is_ending(block.text):
            continue
        if not 4 <= block.words <= 60 or _plain(block.text) == _plain(blocks[layout.title].text):
            continue
        followed = any(is_byline(other.text) or is_date_line(other.text) for other in blocks[index + 1 : index + 4] if other.text)
        marked = block.emphasised or block.kind is BlockKind.HEADING
        if index < layout.start and (index == layout.title + 1 or marked or followed):
            return Fact.stated(block.text, "standfirst"), index
        if index == layout.start and (marked or (followed and index == layout.title + 1)):
            return Fact.stated(block.text, "standfirst"), index
    return Fact[str].unknown(), None


def find_address(blocks: Sequence[Block]) -> tuple[str | None, set[int]]:
    """The address that stands on a line of its own at the end or the top, and the blocks that it takes."""
    last = len(blocks) - 1
    order = [*range(last, max(-1, last - 8), -1), *range(0, min(4, len(blocks)))]
    for index in order:
        if match := _ADDRESS.match(blocks[index].text):
            taken = {index}
            if index and re.fullmatch(rf"\W*{_ADDRESS_LABEL}\W*", blocks[index - 1].text, re.IGNORECASE):
                taken.add(index - 1)
            return match[1], taken
    return None, set()


def _slug_words(url: str) -> frozenset[str]:
    path = unquote(split_address(url).path)
    parts = [part for part in path.split("/") if part.count("-") >= 2 or part.count("_") >= 2]
    words = re.findall(r"[a-z0-9]+", parts[-1].casefold()) if parts else []
    return frozenset(word for word in words if not re.fullmatch(r"\d{5,}|[a-z]*\d{4,}\w*|html?|php|aspx", word))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
