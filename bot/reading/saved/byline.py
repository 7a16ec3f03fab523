"""Who wrote a saved text and when: bylines, bio lines and dates among its blocks, each with its evidence.

A photographer is no author, a caption's date is no publication date, a role without a name names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.models import Fact
from bot.reading.dates import find_dates
from bot.reading.names import looks_like_organisation, looks_like_person, split_byline
from bot.reading.saved.boilerplate import noise_of
from bot.reading.saved.captions import is_credit
from bot.reading.saved.lines import Block, BlockKind
from bot.reading.saved.wordings import anywhere, either, whole

LONGEST_BYLINE = 40
"""Words; a longer line that starts with "By" is prose ("By the time ...")."""
ENOUGH = 3.0
"""The least that the evidence for a name must weigh."""

_BY = re.compile(
    rf"^\W*(?:(?:an?\s+)?{either('genres')}\s*[:|–—-]?\s*)?{either('byline_leads')}(?:\s*:\s*|\s+(?=[^\s])|(?=[A-Z][a-z]))(?P<names>\S.*)$",
    re.IGNORECASE,
)
_BY_INSIDE = re.compile(
    r"(?:[—–|•·-]\s*|\s)(?:written|posted|authored|published) by:?\s+(?P<names>[A-Z].*)$|(?:[—–|•·]\s*|\s{2,})by:?\s+(?P<more>[A-Z].*)$",
    re.IGNORECASE,
)
_BY_LONE = whole("lone_leads")
_NOT_AUTHOR = re.compile(rf"\b{either('other_credits')} by\b|\bphotos?\s*:", re.IGNORECASE)
_CAPITALISED = r"[A-ZÀ-Ž][\w.'’-]*"
_BIO = re.compile(
    rf"^\W*(?:[Aa]bout the [Aa]uthor:?\s*)?(?P<name>(?:{either('name_titles')}\.? )?{_CAPITALISED}(?: (?:{_CAPITALISED}|{either('particles')}))*"
    rf"(?: [A-ZÀ-Ž][\w'’-]+)(?:,? (?:Jr|Sr|PhD|Ph\.D|MD|RD|III|II)\.?)?)(?P<more>(?:,? and {_CAPITALISED}(?: {_CAPITALISED}){{1,3}})?)"
    rf"(?:,? (?:is|was|are|were) (?:(?:currently|also|now|both) )?{either('bio_roles')}|,? {either('bio_verbs')}\b"
    rf"|, (?:an?|the) [\w -]+, (?:is|was|has|advised|served|teaches|writes|directs|works|leads)\b)"
)
_BIO_SEQUEL = re.compile(rf"^\W*{either('bio_sequels')}")
_BIO_ROLE = re.compile(r"\W*The (?:writer|author) (?:is|was|has|teaches|writes|served)\b")
_ROLE_LINE = re.compile(rf"\b{either('roles')}\b(?: (?:of|at|for|in|on|with) | ?[,·|])")
_DATE_LABEL = re.compile(rf"\b{either('date_labels')}\b", re.IGNORECASE)
_UPDATE_LABEL = re.compile(rf"\b{either('update_labels')}\b", re.IGNORECASE)
_EVENT_LABEL = re.compile(rf"©|\b{either('other_dates')}\b", re.IGNORECASE)
_AROUND_DATE = anywhere("beside_dates")
_PROFILES = ("/author", "/people/", "/profile", "/staff/", "/by/")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a text are: indices of blocks; ``start`` and ``end`` bound the body, end exclusive."""

    title: int | None
    start: int
    end: int


def find_authors(blocks: Sequence[Block], layout: Layout, taken: Sequence[int] = ()) -> tuple[Fact[tuple[str, ...]], int | None]:
    """The authors and the block that names them; ``taken`` blocks (captions) name nobody."""
    best: tuple[float, int, tuple[str, ...], str] | None = None
    near = set(_zone(blocks, layout))
    for index, block in enumerate(blocks):
        if index in taken or not block.text or block.words > 120:
            continue
        for weight, names, evidence in _candidates(blocks, index, layout, index in near):
            if names and weight >= ENOUGH and (best is None or weight > best[0]):
                best = (weight, index, names, evidence)
    if best is None:
        return Fact[tuple[str, ...]].unknown(), None
    _, index, names, evidence = best
    fact = Fact.inferred(names, evidence) if evidence == "bio line" else Fact.stated(names, evidence)
    return fact, index


def _zone(blocks: Sequence[Block], layout: Layout) -> list[int]:
    """Blocks around the head of the piece, where a byline and a date are expected."""
    first = layout.title - 4 if layout.title is not None else layout.start - 12
    return list(range(max(0, first), min(len(blocks), layout.start + 3)))


def _candidates(blocks: Sequence[Block], index: int, layout: Layout, near: bool) -> list[tuple[float, tuple[str, ...], str]]:
    block = blocks[index]
    text = block.text
    found: list[tuple[float, tuple[str, ...], str]] = []
    head = layout.title is not None and layout.title < index <= layout.start + 1
    after = index >= layout.end
    close = after and index < layout.end + 12
    place = 3.0 if head else 2.0 if near else 1.0 if close else -2.0 if index < layout.start else -1.5
    if block.words <= LONGEST_BYLINE and not _NOT_AUTHOR.search(text) and not is_credit(text):
        if match := _BY.match(text):
            names = _people(match["names"])
            prose = (block.words > 14 and block.ends) or match["names"][:1].islower()
            if names and not prose:
                found.append((5.0 + place, names, "byline"))
        if match := _BY_INSIDE.search(text):
            names = _people(match["names"] or match["more"])
            if names and (near or close) and (block.words <= 20 or match["names"]):
                found.append((4.0 + place, names, "byline"))
        if _BY_LONE.match(text) and (following := _next_words(blocks, index)) is not None:
            names = _people(following.text) if following.words <= 8 else ()
            if names and all(looks_like_person(name) for name in names):
                found.append((4.5 + place, names, "byline"))
        if near or close:
            found += _bare_name(blocks, index, layout, head, after)
    if (after or (near and index < layout.start) or index == layout.end - 1) and (match := _BIO.match(text)) and not is_credit(text):
        name = match["name"].strip(" ,")
        names = tuple(filter(None, (name, match["more"].removeprefix(",").strip().removeprefix("and ").strip() or None)))
        if all(looks_like_person(person) for person in names) and not looks_like_organisation(name):
            found.append((4.5 if after and index < layout.end + 8 else 3.2, names, "bio line"))
    return found


def _bare_name(blocks: Sequence[Block], index: int, layout: Layout, head: bool, after: bool) -> list[tuple[float, tuple[str, ...], str]]:
    """A line that is nothing but names, perhaps with a date or a role behind them."""
    block = blocks[index]
    dated = next(find_dates(block.text), None)
    text = block.text[: dated.start] if dated else block.text
    text = re.split(r"\s+[|•·–—]\s+|\s{2,}|(?<=[a-z])\d", text)[0].strip(" ,|•·–—-")
    if not text or len(text.split()) > 12 or (block.ends and not dated) or noise_of(text) is not None:
        return []
    names = _people(text)
    if not names or not all(looks_like_person(name) for name in names) or sum(len(name) for name in names) < 0.5 * len(text):
        return []
    weight = 0.0
    if dated:
        weight += 2.5
    elif any(0 <= other < len(blocks) and is_date_line(blocks[other].text) for other in (index - 1, index + 1, index + 2)):
        weight += 2.0
    if head:
        weight += 2.0 if layout.title is not None and index - layout.title <= 3 else 1.5
    if any(name in image for other in (index - 1, index, index + 1) if 0 <= other < len(blocks) for image in blocks[other].images for name in names):
        weight += 1.5
    if any(mark in target for target in block.targets for mark in _PROFILES):
        weight += 3.0
    if any(_BIO.match(other.text) and other.text.lstrip().startswith(names[0]) for other in blocks[max(0, index - 2) : index + 4]):
        weight += 2.5
    if not after and any(other.text == block.text and other.kind is not BlockKind.HEADING for other in blocks[layout.end : layout.end + 15]):
        weight += 1.0
    if after and weight < 2.5:
        return []
    return [(weight + (0.5 if not after else 0.0), names, "byline" if not after else "bio line")]


def _people(text: str) -> tuple[str, ...]:
    """The people in a byline; whatever else stands in it, an outlet or a desk, only when it names nobody else."""
    dated = next(find_dates(text), None)
    if dated:
        text = text[: dated.start]
    names = [name for name in split_byline(text) if len(name) > 1 and not any(c.isdigit() for c in name)]
    people = [name for name in names if looks_like_person(name)]
    return tuple(_lowered(name) for name in (people or names))


def _lowered(name: str) -> str:
    """"ANN LEE" as "Ann Lee"; short initials and mixed case stay."""
    return " ".join(word.title() if len(word) > 3 and word.isupper() else word for word in name.split()) if name.isupper() and " " in name else name


def _next_words(blocks: Sequence[Block], index: int) -> Block | None:
    return next((block for block in blocks[index + 1 : index + 4] if block.text), None)


def is_date_line(text: str) -> bool:
    """A line that is a date and what stands around dates."""
    dated = next(find_dates(text), None)
    return dated is not None and len(text.split()) <= 16 and not _AROUND_DATE.sub("", text[: dated.start] + " " + text[dated.end :]).strip()


def is_byline(text: str) -> bool:
    """A line that says who wrote it: "By Ann Lee", "Written by Ann Lee on 3 May"."""
    if len(text.split()) > LONGEST_BYLINE or _NOT_AUTHOR.search(text):
        return False
    match = _BY.match(text)
    return match is not None and not match["names"][:1].islower() and bool(_people(match["names"]))


def find_published(blocks: Sequence[Block], layout: Layout, taken: Sequence[int] = ()) -> tuple[Fact[date], date | None]:
    """The day of publication that the text states near its head, and the day of its last change when one is given."""
    best: tuple[float, date] | None = None
    modified: date | None = None
    zone = _zone(blocks, layout)
    for index in [*zone, *range(layout.end, min(len(blocks), layout.end + 12))]:
        block = blocks[index]
        if index in taken or not block.text or block.words > 45 or block.kind is BlockKind.TABLE:
            continue
        text = block.text
        lone = is_date_line(text)
        for mention in find_dates(text):
            before = text[max(0, mention.start - 30) : mention.start]
            if _UPDATE_LABEL.search(before) and not _DATE_LABEL.search(before):
                modified = mention.value
                weight = 1.5 if index < layout.start + 1 else 0.5
            elif _EVENT_LABEL.search(before) or is_credit(text):
                continue
            else:
                weight = 3.0 if _DATE_LABEL.search(before) else 0.0
                weight += 2.0 if lone else 1.5 if _byline_like(text) else 0.5 if block.words <= 14 and not block.ends else -2.0
            if layout.title is not None and layout.title < index <= layout.start:
                weight += 2.0
            elif index < layout.start + 1:
                weight += 1.0
            elif index >= layout.end:
                weight -= 1.0
            if weight >= 1.5 and (best is None or weight > best[0]):
                best = (weight, mention.value)
    if best is None:
        return Fact[date].unknown(), modified
    return Fact.stated(best[1], "date line"), modified if modified != best[1] else None


def _byline_like(text: str) -> bool:
    return _BY.match(text) is not None or (len(text.split()) <= 16 and re.search(r"[|•·—–]", text) is not None)


def _is_role(block: Block) -> bool:
    """A line that names an office and nobody who holds it: "Director of the Wider Africa Programme"."""
    if not 3 <= block.words <= 16 or block.ends or noise_of(block.text) is not None or block.linked > 0.5:
        return False
    return _ROLE_LINE.search(block.text) is not None


def find_bio(blocks: Sequence[Block], layout: Layout, authors: Sequence[str]) -> tuple[str | None, list[int]]:
    """The line about the author as printed, and the blocks that it takes."""
    indices: list[int] = []
    surnames = [name.split()[-1] for name in authors if name.split()]
    for index in [*range(max(layout.start, layout.end - 3), min(len(blocks), layout.end + 12)), *range(max(0, (layout.title or 0)), layout.start)]:
        text = blocks[index].text
        if not 4 <= blocks[index].words <= 130:
            continue
        match = _BIO.match(text)
        named = match is not None and any(surname in match["name"] + match["more"] for surname in surnames)
        described = index >= layout.end - 1 and _BIO_ROLE.match(text) is not None
        sequel = bool(indices) and index == indices[-1] + 1 and _BIO_SEQUEL.match(text) is not None
        role = not authors and not indices and index >= layout.end and _is_role(blocks[index])
        if named or described or sequel or role or (match is not None and not authors and index >= layout.end):
            indices.append(index)
    return (" ".join(blocks[index].text for index in indices) or None), indices
