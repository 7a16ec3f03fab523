"""The dates that a page prints, weighed by how they are marked, what stands before them and how near the piece they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from lxml import html

from bot.reading.dates import DateMention, find_dates, find_short_dates, is_plausible, parse_date
from bot.reading.tree import Layout, Zone, attributes, place_of, visible_text

NEAR = 1500
"""Characters of text around the headline within which a printed date is the piece's."""
SIBLINGS = 12
"""Children of an element up to which its text is the context of one of them."""
SURE = 0.6
"""Weight from which a printed date counts."""
LONGEST_LABELLED = 120
"""Characters beside a date in a line that labels it."""
SENTENCE_GOES_ON = 4
"""Words between a date and the full stop from which the date is a part of what the sentence says."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_LAST_CHANGE = re.compile(
    r"\bthis (?:page|article|entry|document) was last (?:changed|edited|modified|revised|updated)\b"
    r"|\bdiese seite wurde zuletzt\b|\bzuletzt (?:geändert|bearbeitet)\b|\bdernière modification de cette page\b"
    r"|\besta página se editó por última vez\b|\bquesta pagina è stata modificata per l.ultima volta\b|\bdeze pagina is voor het laatst\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(?:published|posted|publié|veröffentlicht|erstellt|publication date|date|on|created|publicado|issued|release|écrit|geschrieben|am)\b",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\b(?:updated?|modified|edited|reviewed|aktualisiert|mis à jour|geändert|last|revised|verified|accessed|expires?)\b|更新", re.IGNORECASE
)
_CLASS = re.compile(
    r"(?:^|[\W_])(?:date|pub-?date|published|publish(?:ed)?-?(?:date|on|at)?|posted(?:-on)?|timestamp|time|entry-date|post-date|article-?date"
    r"|datetime|dateline|datum|created)(?:$|[\W_])|[a-z](?:Date|Timestamp)",
    re.IGNORECASE,
)
_FOREIGN = re.compile(r"(?:^|[\W_])(?:event|copyright|comment\w*|expire\w*)(?:$|[\W_])", re.IGNORECASE)
_UPDATED_CLASS = re.compile(r"(?:^|[\W_])(?:updated?|modified|lastmod)(?:$|[\W_])|[a-z](?:Updated|Modified)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A date on the page."""

    value: date
    weight: float
    """Above SURE it counts."""
    updated: bool
    """It is said to be that of a change."""
    inside: bool
    """After the headline and not beside the piece; before it, sites print today's date."""


def printed_dates(
    layout: Layout, headline: html.HtmlElement | None, bylines: tuple[int, ...], modified: date | None, day_first: bool | None, today: date
) -> list[Mention]:
    """Dates on the page, weighed: marked up as a date, in a <time>, labelled, or standing alone in a line; near the headline or the byline."""
    place = place_of(layout, headline)
    found: list[Mention] = []
    for element, zone in layout.zones.items():
        names = attributes(element)
        is_time = element.tag == "time" or element.get("pubdate") is not None
        if zone is Zone.COMMENTS or _of_date(names) is False or not (is_time or _of_date(names)):
            continue
        start = layout.starts[element]
        nearness = _nearness(start, place, bylines)
        text = visible_text(element) if nearness > 0 else ""  # farther away nothing counts enough
        if nearness <= 0 or len(text) > 160:
            continue
        shown = parse_date(text, day_first=day_first)
        value = shown or parse_date(machine_text(element), day_first=day_first)
        if not value or not is_plausible(value, today):
            continue
        parent = element.getparent()
        context = visible_text(parent)[:120] if parent is not None and len(parent) <= SIBLINGS else text
        updated = bool(_UPDATED.search(text) or (names and _UPDATED_CLASS.search(names)) or (_UPDATED.search(context) and not _LABEL.search(context)))
        updated = updated or "modified" in (element.get("itemprop") or "").lower() or (shown is None and value == modified)  # "1 day ago"
        aside = zone is Zone.ASIDE
        weight = nearness + (0.5 if is_time else 0.3) - _beside(aside, start, place) - (0.3 if updated else 0)
        found.append(Mention(value, weight, updated, start >= place[0] and not aside))
    for block in layout.blocks:
        nearness = _nearness(block.start, place, bylines)
        if block.zone is Zone.COMMENTS or len(block.text) > 300 or nearness <= 0:
            continue
        mentions = [*find_dates(block.text, day_first=day_first)] or [*find_short_dates(block.text, day_first=day_first)]
        for number, mention in enumerate(mentions):
            if not is_plausible(mention.value, today):
                continue
            before = block.text[max(0, mention.start - 30) : mention.start]
            updated = bool(_UPDATED.search(before))
            aside = block.zone is Zone.ASIDE
            weight = nearness - _beside(aside, block.start, place) - (0.3 if updated else 0) - 0.1 * number
            weight += _plainness(block.text, mention, updated)
            found.append(Mention(mention.value, weight, updated, block.start >= place[0] and not aside))
    return found


def _plainness(text: str, mention: DateMention, updated: bool) -> float:
    """How plainly a line is there to state its date: it labels the date, or holds little beside it; in a sentence it is a date of something else."""
    rest = len(text) - (mention.end - mention.start)
    before = text[max(0, mention.start - 30) : mention.start]
    if _is_said(text, mention):
        return -0.8
    if rest <= LONGEST_LABELLED and _LABEL.search(before) and not updated:
        return 0.6
    return 0.4 if rest <= 12 else 0.1 if rest <= 60 else -0.8


def _is_said(text: str, mention: DateMention) -> bool:
    """The date is part of a sentence: words go on behind it up to a full stop ("The next meeting is on 5 May 2020 at the Anchor.")."""
    return text.endswith((".", "!", "?")) and len(_WORD.findall(text[mention.end :])) >= SENTENCE_GOES_ON


def find_last_change(layout: Layout, day_first: bool | None, today: date) -> date | None:
    """The day on which "this page was last changed", as wikis say in their footer; the last resort where nothing states a publication."""
    for block in layout.blocks:
        if block.zone is Zone.COMMENTS or len(block.text) > LONGEST_LABELLED or not _LAST_CHANGE.search(block.text):
            continue
        for mention in find_dates(block.text, day_first=day_first):
            if is_plausible(mention.value, today):
                return mention.value
    return None


def is_of_update(name: str) -> bool:
    """Whether a label or a name says that a date is that of a change."""
    return _UPDATED.search(name) is not None


@lru_cache(maxsize=4096)
def _of_date(names: str) -> bool | None:
    """A name of a date; False when it is a date of something else, None when it says nothing."""
    if not names:
        return None
    return False if _FOREIGN.search(names) else True if _CLASS.search(names) else None


def _beside(aside: bool, start: int, place: tuple[int, int]) -> float:
    """What a date loses for standing beside the piece, or above it in the site's header."""
    return (0.4 if start >= place[0] else 0.8) if aside else 0.0


def _nearness(start: int, place: tuple[int, int], bylines: tuple[int, ...]) -> float:
    """1 at the headline or beside the byline, 0 at the edge, -1 beyond; what stands before counts half as far again."""
    distance = max(start - place[1], 0) if start >= place[0] else (place[0] - start) * 1.5
    distance = min([distance, *(abs(start - byline) * 6 for byline in bylines)])
    return 1.0 - distance / NEAR if distance <= NEAR else -1.0


def machine_text(element: html.HtmlElement) -> str:
    """What an element says for machines beside what it shows."""
    return element.get("datetime") or element.get("content") or element.get("title") or ""
