"""When a page was published: only what it prints, states for machines, or spells in its address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from lxml import html

from bot.models import Fact
from bot.reading.dates import date_in_address, find_dates, is_plausible, parse_date
from bot.reading.structured import Structured, text_of, types
from bot.reading.tree import Layout, Zone, attributes, place_of, visible_text

NEAR = 1500
"""Characters of text around the headline within which a printed date is the piece's."""
SIBLINGS = 12
"""Children of an element up to which its text is the context of one of them."""
SURE = 0.6
"""Weight from which a printed date counts."""
REISSUED = timedelta(days=30)
"""A page that prints a later date than its first publication, by more than this, is read and cited as of that date; less is a correction.
News is not reissued: there the later date is always a correction."""
REVISED = timedelta(days=180)
"""When all that a reader sees is an update this much later than the first publication, the page is read and cited as of the update."""
KEPT_UP = timedelta(days=5 * 365)
"""A page that prints no date and was still changed this long after the date that its system holds is kept up like a reference work: the words
that stand there were not published on that day, so it states none."""

_METAS = tuple(
    "article:published_time article:published datepublished og:article:published_time parsely-pub-date sailthru.date citation_publication_date "
    "citation_online_date citation_date dc.date.issued dcterms.issued dcterms.created dc.date dcterms.date dc.date.created pubdate publishdate "
    "publish-date publish_date publication_date published_date published cxenseparse:recs:publishtime article.published published-date date created "
    "datecreated og:pubdate pdate article_date_original rbpubdate bt:pubdate displaydate analyticsattributes.articledate og:published_time "
    "article.created release_date originalpublicationdate og:release_date vr:published_time".split()
)
_META_LIKE = re.compile(r"publi\w*[\W_]*(?:date|time|on|at)|(?:date|time)[\W_]*publi|pub[\W_]?date", re.IGNORECASE)
_MODIFIED = ("article:modified_time", "datemodified", "og:updated_time", "lastmod", "last-modified", "dcterms.modified", "article:modified")
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
_DAY_FIRST = frozenset("de fr es it pt nl pl ru sv da no nb fi cs hu ro el tr uk".split())
_DAY_FIRST_HOSTS = re.compile(r"\.(?:co\.uk|uk|ie|au|nz|in|de|fr|es|it|nl|be|at|ch)(?=[/:]|$)")


@dataclass(frozen=True, slots=True)
class _Mention:
    value: date
    weight: float
    updated: bool
    inside: bool
    """After the headline and not beside the piece; before it, sites print today's date."""


def find_published(
    layout: Layout, structured: Structured, headline: html.HtmlElement | None, bylines: Iterable[int], url: str | None, today: date
) -> Fact[date]:
    """The day of publication with its evidence; unknown when nothing states it.

    ``bylines`` are the places (characters) where the piece's authors are named: a date beside one is the piece's too. What the page prints wins
    over an earlier or much later date for machines, because templates often fill that in; a date that only machines are told is none of the text
    that stands there when that was still changed years later.
    """
    day_first = _day_first(layout, url)
    printed = _printed(layout, headline, tuple(bylines), find_modified(structured, today), day_first, today)
    best = max(printed, key=lambda mention: mention.weight, default=None)
    if best is not None and best.weight < SURE:
        best = None
    spelled = date_in_address(url) if url else None
    machine = _for_machines(layout, structured, day_first, today)
    if machine:
        value, evidence = machine
        modified = find_modified(structured, today)
        if not printed and spelled is None and modified is not None and modified > value + KEPT_UP:
            return Fact.unknown()
        near = {mention.value for mention in printed if not mention.updated}
        news = any(kind.endswith("NewsArticle") for kind in types(structured.article))
        if best is None or value in near or _swapped(best.value) == value:
            return Fact.stated(value, f"{evidence}, printed" if value in near else evidence)
        if best.value < value and not best.updated:
            return Fact.stated(best.value, "printed date")
        if best.value > value + REISSUED and not best.updated and best.inside and not news:
            return Fact.stated(best.value, "printed date")
        if best.value > value + REVISED and best.updated and best.inside and not news:
            return Fact.inferred(best.value, "printed date of the update")
        return Fact.stated(value, evidence)
    if best is not None and not best.updated:
        return Fact.stated(best.value, "printed date")
    if spelled and is_plausible(spelled, today):
        return Fact.inferred(spelled, "address")
    if best is not None:
        return Fact.inferred(best.value, "printed date of the update")
    return Fact.unknown()


def find_modified(structured: Structured, today: date) -> date | None:
    """The day of the last change, where the page states one."""
    if value := _from_article(structured, today, "dateModified"):
        return value
    found = structured.meta(*_MODIFIED)
    value = parse_date(found[0]) if found else None
    return value if value and is_plausible(value, today) else None


def _for_machines(layout: Layout, structured: Structured, day_first: bool | None, today: date) -> tuple[date, str] | None:
    """The date of publication in JSON-LD, meta tags or microdata."""
    if value := _from_article(structured, today, "datePublished", "dateCreated", "uploadDate"):
        return value, "json-ld datePublished"
    more = [name for name in structured.metas if name not in _METAS and _META_LIKE.search(name) and not _UPDATED.search(name)]
    for name in (*_METAS, *more):
        for content in structured.metas.get(name, ()):
            if (value := parse_date(content, day_first=day_first)) and is_plausible(value, today):
                return value, f"meta {name}"
    for element, zone in layout.zones.items():
        if zone is not Zone.COMMENTS and "datepublished" in (element.get("itemprop") or "").lower():
            value = parse_date(_attribute(element), day_first=day_first) or parse_date(visible_text(element), day_first=day_first)
            if value and is_plausible(value, today):
                return value, "microdata datePublished"
    return None


def _from_article(structured: Structured, today: date, *keys: str) -> date | None:
    for key in keys:
        text = text_of(structured.article.get(key))
        if text and (value := parse_date(text)) and is_plausible(value, today):
            return value
    return None


def _printed(
    layout: Layout, headline: html.HtmlElement | None, bylines: tuple[int, ...], modified: date | None, day_first: bool | None, today: date
) -> list[_Mention]:
    """Dates on the page, weighed: marked up as a date, in a <time>, labelled, or standing alone in a line; near the headline or the byline."""
    place = place_of(layout, headline)
    found: list[_Mention] = []
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
        value = shown or parse_date(_attribute(element), day_first=day_first)
        if not value or not is_plausible(value, today):
            continue
        parent = element.getparent()
        context = visible_text(parent)[:120] if parent is not None and len(parent) <= SIBLINGS else text
        updated = bool(_UPDATED.search(text) or (names and _UPDATED_CLASS.search(names)) or (_UPDATED.search(context) and not _LABEL.search(context)))
        updated = updated or "modified" in (element.get("itemprop") or "").lower() or (shown is None and value == modified)  # "1 day ago"
        aside = zone is Zone.ASIDE
        weight = nearness + (0.5 if is_time else 0.3) - _beside(aside, start, place) - (0.3 if updated else 0)
        found.append(_Mention(value, weight, updated, start >= place[0] and not aside))
    for block in layout.blocks:
        nearness = _nearness(block.start, place, bylines)
        if block.zone is Zone.COMMENTS or len(block.text) > 300 or nearness <= 0:
            continue
        for number, mention in enumerate(find_dates(block.text, day_first=day_first)):
            if not is_plausible(mention.value, today):
                continue
            rest = len(block.text) - (mention.end - mention.start)
            before = block.text[max(0, mention.start - 30) : mention.start]
            updated = bool(_UPDATED.search(before))
            aside = block.zone is Zone.ASIDE
            weight = nearness - _beside(aside, block.start, place) - (0.3 if updated else 0) - 0.1 * number
            weight += 0.6 if _LABEL.search(before) and not updated and rest <= 120 else 0.4 if rest <= 12 else 0.1 if rest <= 60 else -0.8
            found.append(_Mention(mention.value, weight, updated, block.start >= place[0] and not aside))
    return found


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


def _attribute(element: html.HtmlElement) -> str:
    return element.get("datetime") or element.get("content") or element.get("title") or ""


def _swapped(value: date) -> date | None:
    """Day and month the other way round."""
    return value.replace(month=value.day, day=value.month) if value.day <= 12 else None


def _day_first(layout: Layout, url: str | None) -> bool | None:
    """How the page orders "03/04/2021", where its language or its domain says so."""
    root = next(iter(layout.zones), None)
    language = ""
    if root is not None:
        top = root.getroottree().getroot()
        language = (top.get("lang") or top.get("{http://www.w3.org/XML/1998/namespace}lang") or "").replace("_", "-").lower()
    if language == "en-us":
        return False
    if language in ("en-gb", "en-au", "en-ie", "en-nz", "en-in", "en-za") or language[:2] in _DAY_FIRST:
        return True
    return True if url and _DAY_FIRST_HOSTS.search(url.split("?")[0]) else None
