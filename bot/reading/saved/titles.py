"""The title, the standfirst and the address of a saved text among its blocks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate
from urllib.parse import unquote

from bot.models import Fact
from bot.reading.address import split_address
from bot.reading.names import looks_like_person
from bot.reading.saved.boilerplate import is_ending, is_kicker, noise_of
from bot.reading.saved.byline import is_byline, is_common, is_row
from bot.reading.saved.captions import is_credit
from bot.reading.saved.dateline import is_date_line, is_head_line
from bot.reading.saved.layout import Layout, boxes
from bot.reading.saved.lines import Block, BlockKind

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
_TRAIL = re.compile(
    r"\w\s*[»›>/→]\s*([^»›>/→]{4,})$"
    r"|^\W*(?:home|start|startseite|inicio|accueil)(?:\s[|•·:–—-]\s.*)?\s[|•·:–—-]\s(.{4,})$",
    re.IGNORECASE,
)
_CHAT = re.compile(r"[\w .'’-]{2,40}\s+\[?\d{1,2}:\d\d(?:\s?[AaPp]\.?[Mm]\.?)?\]?")
"""Who sent a message, and when."""
_BY_SOMEBODY = re.compile(r"\W*(?:by|from) (?:an?|our|the)\b", re.IGNORECASE)
_ARTICLES = ("the", "a", "an")
LONGEST_ROLE = 8
"""Words of a byline that names an office only: "By our Maritime Correspondent"."""
_HEAD_LABEL = re.compile(
    r"\W*(?:(?:last )?(?:published|posted|updated|modified)\b.{0,20}\d|(?:fact[- ]?checked|(?:medically )?reviewed|edited|written)\b.{0,40}$"
    r"|\d+ ?[-–]?min(?:ute)?s?\.? read\b|(?:published|posted|filed) (?:in|under)\b)",
    re.IGNORECASE,
)
"""Lines between a title and its text."""
_BY_ALONE = re.compile(r"\W*(?:(?:article |post |story )?(?:written |posted |published )?by|authors?|von|par)\W*", re.IGNORECASE)
_PICTURED = re.compile(r"^\W*\[[^\[\]]{0,60}\]\s|\[(?:img|image|icon|[^\[\]]*\b(?:icon|logo|image|photo|badge|avatar))\]", re.IGNORECASE)
_TRAIL_OF_PAGES = re.compile(
    r"\W*(?:home|startseite|inicio|accueil)\s+(?:[|•·:>›»/–—-]\s+)?(?-i:[A-Z])|[|>›»/]\s*\w+(?:\s\w+)?\s*[|>›»/]", re.IGNORECASE
)
_SMALL_WORDS = frozenset(
    "a an and are as at be been but by can could do does for from has have how if in into is it its may might more must my no nor not of off on or"
    " our out over should so than that the their them then there these they this to under until up was we were what when where which who why will"
    " with without would you your about after all also ever here just like make need new only some very want".split()
)
_MENU_WORDS = frozenset(
    "home about contact news blog login services resources products search menu shop careers events topics sections more latest videos photos"
    " subscribe account support help".split()
)
FARTHER = 0.9
"""What a byline or a date loses for every block between it and the title."""
TOPICAL = 1.2
"""What a line gains whose words are all topics of the text: titles say what it is about, menus do not."""
SECOND = 0.8
"""What a line loses below another that could be the title."""
LONGEST_UNENDED = 20
"""Words of a standfirst that is set without a full stop."""
LATE = 0.03
"""What a title loses for each block by which it stands behind what seems to be the body's beginning."""
LONG_PARAGRAPH = 15
"""Words of a paragraph whose words are looked at."""
RUN_TOGETHER = 4
"""Boxes of a page in one line, from which it is a menu."""


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
    trails = {_plain(match[1] or match[2]) for block in blocks[: start + 3] if (match := _TRAIL.search(block.text))}
    apart = [0.0, *accumulate(LISTED if block.kind is BlockKind.ITEM else 1.0 for block in blocks)]
    topics = _topics(blocks, start)
    late = _late(blocks, start)
    headed = any(block.kind is BlockKind.HEADING for block in blocks[: start + 3])
    top = min((block.level for block in blocks[: start + 3] if block.kind is BlockKind.HEADING and block.words >= 3), default=1)
    for index, block in enumerate(blocks):
        early = index <= start + 2 or index in late
        if not early or not block.text or block.words > LONGEST_TITLE or block.kind in (BlockKind.TABLE, BlockKind.QUOTE):
            continue
        weight = _title_weight(block, slug, top)
        weight += TOPICAL * _share(block.text, topics) if weight > 0 and index <= start + 2 else 0.0
        weight += min(counts[_plain(block.text)] - 1, 2) * 0.5 if block.words > 3 else 0.0
        distance = apart[min(start, len(blocks))] - apart[index] if index < start else 0.0
        weight -= 0.06 * max(0, distance - 3) if index <= start else 0.6 + min(LATE * max(0, index - start - 2), 1.0)
        followed = _followed(blocks, index)
        weight += followed
        brief = block.words > 2 or followed >= 1 or (block.words == 2 and start - index == 1 and len(blocks) > start + 1)
        if index == opening and brief and not block.links and start - index <= SOON and not is_kicker(block.text):
            weight += OPENING if block.kind is BlockKind.HEADING or not headed else 0.0
        weight += TRAILED if _plain(block.text) in trails else 0.0
        weight -= SECOND if _is_second(blocks, index) else 0.0
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
    sure = weight >= 3.0 and (block.kind is BlockKind.HEADING or index in late)
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
    if block.text[:1].islower() and block.text.split()[0].islower():
        weight -= 1.0 if block.kind is not BlockKind.HEADING else 1.5
    if noise_of(block.text, block.linked) is not None or is_ending(block.text):
        weight -= 2.5
    if is_byline(block.text) or is_date_line(block.text) or is_credit(block.text) or is_row(block.text) or _CHAT.fullmatch(block.text):
        weight -= 4.0
    elif is_head_line(block.text) or _HEAD_LABEL.match(block.text):
        weight -= 3.0
    if block.kind is not BlockKind.HEADING and (_is_row_of_labels(block.text) or len(boxes(block.text)) >= RUN_TOGETHER):
        weight -= 2.0
    if block.kind is not BlockKind.HEADING and _PICTURED.search(block.text):
        weight -= 1.5
    if is_kicker(block.text) or _TRAIL_OF_PAGES.match(block.text):
        weight -= 2.0
    if words <= 3 and looks_like_person(block.text) and not any(is_common(word) for word in block.text.split() if word.casefold() not in _ARTICLES):
        weight -= 0.7
    if slug:
        own = frozenset(_plain(block.text).split())
        weight += 5.0 * len(own & slug) / max(1, len(slug | own)) if len(own & slug) >= 2 else 0.0
    return weight


def _is_row_of_labels(text: str) -> bool:
    """Every word a name and no mark between them: a menu that was saved as one line. Headlines in capitals hold small words: "How It Will End"."""
    words = text.split()
    if len(words) < 4 or text.isupper() or not all(word[:1].isupper() and word[-1].isalnum() for word in words):
        return False
    if sum(word.casefold() in _MENU_WORDS for word in words) >= 2:
        return True
    return len(words) >= 6 and not any(word.casefold() in _SMALL_WORDS for word in words)


def _followed(blocks: Sequence[Block], index: int) -> float:
    """Dates, bylines and a standfirst follow a title, the nearer the better."""
    near = [block for block in blocks[index + 1 : index + 6] if block.text][:4]
    standfirst = near and near[0].kind is not BlockKind.ITEM and 5 <= near[0].words <= 60 and near[0].words > blocks[index].words
    plain = standfirst and near[0].linked < 0.3 and not is_byline(near[0].text) and noise_of(near[0].text) is None
    skipped = int(bool(plain))
    named = next((FARTHER ** max(0, place - skipped) for place, block in enumerate(near) if _names_somebody(block.text)), 0.0)
    dated = next((FARTHER ** max(0, place - skipped) for place, block in enumerate(near) if _is_dated(block.text)), 0.0)
    if dated and not named and any(looks_like_person(block.text) for block in near):
        named = FARTHER
    return 0.6 * bool(plain) + named + dated


def _is_second(blocks: Sequence[Block], index: int) -> bool:
    """A shorter line of the kind that titles are stands right above: this one is the line under the title."""
    before = next((block for block in reversed(blocks[max(0, index - 2) : index]) if block.text), None)
    if before is None or before.kind is not BlockKind.PARAGRAPH or blocks[index].kind is not BlockKind.PARAGRAPH:
        return False
    return 5 <= before.words < blocks[index].words and _title_weight(before, frozenset(), 1) > 0


def _late(blocks: Sequence[Block], start: int) -> frozenset[int]:
    """Titles behind what seems to be the beginning of the body (a line of a menu, a notice): first-level headings, and a line that a byline and
    a date follow, when it is the only one; several are other pieces."""
    behind = range(start + 3, min(len(blocks), start + max(12, len(blocks) // 3) + 1))
    heads = {index for index in behind if blocks[index].kind is BlockKind.HEADING and blocks[index].level == 1}
    lines = {index for index, block in enumerate(blocks) if index > start and block.text and _is_headed(blocks, index)}
    return frozenset(heads | (lines & set(behind) if len(lines) == 1 else set()))


def _is_headed(blocks: Sequence[Block], index: int) -> bool:
    """A byline and a date stand right below the line, or a byline and then the text: nothing but a title has that."""
    near = [block for block in blocks[index + 1 : index + 7] if block.text and block.kind is not BlockKind.PICTURE][:4]
    if blocks[index].kind is BlockKind.ITEM or blocks[index].words < 4 or is_head_line(blocks[index].text) or is_byline(blocks[index].text):
        return False
    return any(_names_somebody(block.text) for block in near[:3]) and any(_is_dated(block.text) for block in near)


def _names_somebody(text: str) -> bool:
    return is_byline(text) or _BY_ALONE.fullmatch(text) is not None


def _is_dated(text: str) -> bool:
    return is_date_line(text) or is_head_line(text)


def _topics(blocks: Sequence[Block], start: int) -> frozenset[str]:
    """The words that the text goes on about: those that several of its long paragraphs have."""
    found = Counter(word for block in blocks[start:] if block.words >= LONG_PARAGRAPH for word in set(_stems(block.text)))
    return frozenset(word for word, count in found.items() if count >= 2)


def _share(text: str, topics: frozenset[str]) -> float:
    """Share of a line's words that are topics of the text."""
    own = set(_stems(text))
    return len(own & topics) / len(own) if len(own) >= 2 else 0.0


def _stems(text: str) -> list[str]:
    """Words of four letters and more, cut to six so that "rents" and "rental" count as near as they are."""
    return [word[:6] for word in re.findall(r"[^\W_]{4,}", text.casefold()) if word not in _SMALL_WORDS]


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
        if index == layout.start and (marked or (index == layout.title + 1 and (followed or _is_over_text(blocks, index)))):
            return Fact.stated(block.text, "standfirst"), index
    return Fact[str].unknown(), None


def _is_over_text(blocks: Sequence[Block], index: int) -> bool:
    """A line without a full stop right above a paragraph that begins anew; a paragraph that was cut goes on in small letters or is longer."""
    following = next((block for block in blocks[index + 1 : index + 3] if block.text), None)
    block = blocks[index]
    if following is None or block.ends or block.text[-1:] in ":,;" or block.words > LONGEST_UNENDED:
        return False
    return following.ends and following.words >= LONG_PARAGRAPH and not following.text[:1].islower()


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
