"""Everything on a page that looks like its byline, weighed by how it is marked, what it says and how near the headline it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from lxml import html

from bot.reading.dates import find_dates
from bot.reading.names import looks_like_person, same_name, split_byline
from bot.reading.tree import Layout, Zone, attributes, lines_of, place_of, visible_text

LONGEST_BYLINE = 240
"""Characters; what is longer under a byline's class is a biography."""
NEAR = 1200
"""Characters of text between headline and byline within which a byline is the piece's."""
BESIDE = 80
"""Characters between two names that are marked alike and so belong to one byline."""

LINK_ONLY = 0.5
"""What a link to the page of an author, or of anybody, says about the name in it."""
LONGEST_ROW, ROW_BELOW = 120, 300
"""Characters of a row with marks between, and from the headline to it."""
_ROW = re.compile(r"\s*[|•·/]\s*|\s[–—-]\s")
LONGEST_LINKED, MOST_LINKED = 120, 30
"""Characters and elements of a line that a link to its author stands in; more is a sentence about somebody."""
ABOVE = 300
"""Characters above the headline within which such a link may be a byline."""

SPOKEN = "by"
"""The signature of a line that says who wrote it, and is not marked up."""

_CLASS = re.compile(
    r"(?i:(?:^|[\W_])(?:by-?lines?\w*|by|authors?\w*|writers?|contributors?|creator|written-?by|posted-?by|(?:post|entry"
    r"|article)-?author|authored-?by"
    r"|auth-?name|vcard|fn|submitted|autor\w*|auteurs?)(?:$|[\W_]))|[a-z](?:Byline|Author|Contributor)"
)
_NOT_BYLINE = re.compile(
    r"(?:^|[\W_])(?:avatar|image|img|photo\w*|social|follow|comment\w*|related|more|excerpt|caption|credit\w*|job|role|position)(?:$|[\W_])",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"(?:^|[\W_])(?:review(?:ed|er)?(?:-?by)?|fact-?check\w*|translat\w*|illustrat\w*|photograph\w*|edited-?by)(?:$|[\W_])", re.IGNORECASE
)
"""Somebody who did something else for the piece."""
_BIO = re.compile(r"(?:^|[\W_])(?:bio|biography|about|description|desc|box|info)(?:$|[\W_])", re.IGNORECASE)
_ADDRESS = re.compile(
    r"/(?:authors?|profiles?|by|people|staff|contributors?|writers?|columnists?|editors?|experts?|autor|auteur|journalist)/[^/?#]+/?(?:$|[?#])"
)
_BY = re.compile(
    r"^[\s\-–—•*|]*(?:(?:words|text|story|article|post|review|opinion|analysis|commentary|written|posted|published|authored|created|submitted"
    r"|report(?:ed|ing)?|op-?ed|column)\s+)?by:?\s+(?=\S)|^(?:authors?|written by|von|autor(?:in)?|par|text|por)\s*[:：]\s*"
    r"|^von\s+(?=[A-ZÄÖÜ])|^(?:par|por)\s+(?=[A-Z])",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(
    r"(?:article |post |story )?(?:written )?by:?|about the (?:author|writer)s?:?|(?:the |meet the )?authors?:?|author bio:?", re.IGNORECASE
)
"""A line of its own after which a name follows."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A byline as it stands on the page."""

    names: tuple[str, ...]
    weight: float
    """1 and more: surely a byline of this piece."""
    explicit: bool
    """It says "by", or is marked as the author for machines."""
    start: int
    signature: str
    """How it is marked; names of one byline are marked alike."""


def printed_bylines(layout: Layout, headline: html.HtmlElement | None) -> list[Printed]:
    """Candidates, the heaviest first."""
    place = place_of(layout, headline)
    found = [*_marked(layout, place), *_spoken(layout, place), *_in_row(layout, place)]
    found = [candidate for candidate in found if not _is_prose(candidate.names)]
    return sorted(_joined(found), key=lambda candidate: -candidate.weight)


def _marked(layout: Layout, place: tuple[int, int]) -> list[Printed]:
    """Elements whose markup says that they are a byline."""
    found: list[Printed] = []
    for element, zone in layout.zones.items():
        if zone is Zone.COMMENTS or not (mark := _mark(element)):
            continue
        if mark == LINK_ONLY and element.tag == "a" and _is_of_others(element, layout.starts[element], place):
            continue
        text = lines_of(element)
        if not 2 <= len(text) <= LONGEST_BYLINE:
            continue
        if names := split_byline(text):
            start = layout.starts[element]
            says_by = bool(_BY.match(text))
            weight = _nearness(start, place) + mark + 0.6 * says_by - (1.5 if zone is Zone.ASIDE else 0) + _plausibility(names)
            found.append(Printed(names, weight, says_by or mark >= 1, start, f"{element.tag} {element.get('class')} {element.get('rel')}"))
    return found


def _spoken(layout: Layout, place: tuple[int, int]) -> list[Printed]:
    """Lines that say "By ...", or that follow a line which only says so."""
    found: list[Printed] = []
    for index, block in enumerate(layout.blocks):
        if block.zone is Zone.COMMENTS or len(block.text) > LONGEST_BYLINE:
            continue
        names: tuple[str, ...] = ()
        if _INTRODUCES.fullmatch(block.text):
            if index + 1 < len(layout.blocks) and len(layout.blocks[index + 1].text) <= LONGEST_BYLINE:
                names = tuple(name for name in split_byline(layout.blocks[index + 1].text) if looks_like_person(name))
        elif _BY.match(block.text) and len(block.text) <= 160:
            names = split_byline(block.text)
        if names:
            weight = _nearness(block.start, place) + 1.0 - (1.5 if block.zone is Zone.ASIDE else 0) + _plausibility(names)
            found.append(Printed(names, weight, True, block.start, SPOKEN))
    return found


def _in_row(layout: Layout, place: tuple[int, int]) -> list[Printed]:
    """The one person in a row right under the headline: "9 March 2024 · 4 min · Ada Quill"; words that the page also writes small are a topic."""
    for block in layout.blocks:
        if not place[1] <= block.start <= place[1] + ROW_BELOW or block.zone is not Zone.MAIN or len(block.text) > LONGEST_ROW:
            continue
        parts = [part.strip() for part in _ROW.split(block.text)]
        if len(parts) < 2 or not any(next(find_dates(part), None) for part in parts):
            continue
        people = [part for part in parts if looks_like_person(part) and split_byline(part) == (part,)]
        if len(people) == 1 and not _are_common(people[0], layout):
            return [Printed((people[0],), _nearness(block.start, place), False, block.start, "row")]
    return []


def _are_common(name: str, layout: Layout) -> bool:
    """A word of it stands somewhere on the page in small letters."""
    wanted = {word.casefold() for word in re.findall(r"\w{3,}", name)}
    return not wanted.isdisjoint({word for block in layout.blocks for word in re.findall(r"\w{3,}", block.text) if word.islower()})


def _mark(element: html.HtmlElement) -> float:
    """How plainly the markup says that the element is a byline; 0 when it does not."""
    if "author" in (element.get("itemprop") or "").split():
        return 1.2
    if "author" in (element.get("rel") or "").lower().split():
        return 1.0
    names = attributes(element)
    if mark := _mark_of_names(names):
        return mark
    if element.tag != "address" and (element.tag != "a" or not _ADDRESS.search(element.get("href") or "")):
        return 0.0
    return 0.0 if _OTHER.search(names) else LINK_ONLY


def _is_of_others(link: html.HtmlElement, start: int, place: tuple[int, int]) -> bool:
    """A link to somebody's page that is no byline: in a menu well above the headline, or in a sentence of the text."""
    parent = link.getparent()
    if start < place[0] - ABOVE:
        return True
    return parent is not None and parent.tag in ("p", "li") and (len(parent) > MOST_LINKED or len(visible_text(parent)) > LONGEST_LINKED)


@lru_cache(maxsize=4096)
def _mark_of_names(names: str) -> float:
    if not names or not _CLASS.search(names) or _NOT_BYLINE.search(names) or _OTHER.search(names):
        return 0.0
    return 0.2 if _BIO.search(names) else 0.6


def _nearness(start: int, place: tuple[int, int]) -> float:
    """1.5 right at the headline, falling to -1 far from it; what stands before it counts as twice as far."""
    distance = start - place[1] if start >= place[0] else (place[0] - start) * 2
    return 1.5 - max(distance, 0) / NEAR if distance <= NEAR else max(-1.0, 0.5 - distance / (4 * NEAR))


def _plausibility(names: tuple[str, ...]) -> float:
    return sum(looks_like_person(name) for name in names) / len(names) - 0.5


def _is_prose(names: tuple[str, ...]) -> bool:
    """Several words that begin in lower case are a sentence and no name."""
    return any(" " in name and name[0].islower() and name.split()[1][0].islower() for name in names)


def _joined(found: list[Printed]) -> list[Printed]:
    """With a candidate for each run of single names that are marked alike and stand side by side."""
    singles = sorted((one for one in found if len(one.names) == 1 and one.signature != SPOKEN), key=lambda one: (one.signature, one.start))
    runs: list[Printed] = []
    for one in singles:
        last = runs[-1] if runs else None
        if last and last.signature == one.signature and 0 <= one.start - last.start <= BESIDE + sum(map(len, last.names)):
            if not any(same_name(one.names[0], name) for name in last.names):
                runs[-1] = replace(last, names=last.names + one.names, weight=max(last.weight, one.weight) + 0.05)
        else:
            runs.append(one)
    return [*found, *(run for run in runs if len(run.names) > 1)]
