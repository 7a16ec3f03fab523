"""When a page was published: only what it prints, states for machines, or spells in its address."""

from __future__ import annotations

import re
from datetime import date

from lxml import html

from bot.models import Fact
from bot.reading.dates import date_in_address, find_dates, is_plausible, parse_date
from bot.reading.structured import Structured, text_of
from bot.reading.tree import Layout, Zone, attributes, visible_text

NEAR = 1500
"""Characters of text around the headline within which a printed date is the piece's."""

_PUBLISHED = tuple(
    "article:published_time article:published datepublished og:article:published_time parsely-pub-date sailthru.date citation_publication_date "
    "citation_online_date citation_date dc.date.issued dcterms.issued dcterms.created dc.date dcterms.date dc.date.created pubdate publishdate "
    "publish-date publish_date publication_date published_date published cxenseparse:recs:publishtime article.published published-date date created "
    "datecreated og:pubdate pdate article_date_original rbpubdate bt:pubdate displaydate analyticsattributes.articledate og:published_time "
    "article.created release_date originalpublicationdate og:release_date vr:published_time".split()
)
_MODIFIED = ("article:modified_time", "datemodified", "og:updated_time", "lastmod", "last-modified", "dcterms.modified", "article:modified")
_LABEL = re.compile(
    r"\b(?:published|posted|publié|veröffentlicht|erstellt|first published|publication date|date|on|created|publicado|issued|release)\b",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\b(?:updated?|modified|edited|reviewed|aktualisiert|mis à jour|geändert|last|revised|verified|accessed|expires?)\b", re.IGNORECASE
)
_CLASS = re.compile(
    r"(?:^|[\W_])(?:date|pub-?date|published|publish(?:ed)?-?(?:date|on|at)?|posted(?:-on)?|timestamp|time|entry-date|post-date"
    r"|article-?date|datetime|dateline|datum|created)(?:$|[\W_])|[a-z](?:Date|Timestamp)",
    re.IGNORECASE,
)
_FOREIGN = re.compile(r"(?:^|[\W_])(?:event|copyright|comment\w*|update[d]?|modified|expire\w*)(?:$|[\W_])", re.IGNORECASE)


def find_published(layout: Layout, structured: Structured, headline: html.HtmlElement | None, url: str | None, today: date) -> Fact[date]:
    """The day of publication with its evidence; unknown when nothing states it."""
    if value := _from_article(structured, today, "datePublished", "dateCreated", "uploadDate"):
        return Fact.stated(value, "json-ld datePublished")
    for name in _PUBLISHED:
        for content in structured.metas.get(name, ()):
            if (value := parse_date(content, day_first=_day_first(layout, url))) and is_plausible(value, today):
                return Fact.stated(value, f"meta {name}")
    if printed := _printed(layout, headline, url, today):
        return printed
    if (value := _page_date(structured)) and is_plausible(value, today):
        return Fact.stated(value, "json-ld WebPage")
    if url and (value := date_in_address(url)) and is_plausible(value, today):
        return Fact.inferred(value, "address")
    return Fact.unknown()


def find_modified(structured: Structured, today: date) -> date | None:
    """The day of the last change, where the page states one."""
    if value := _from_article(structured, today, "dateModified"):
        return value
    found = structured.meta(*_MODIFIED)
    value = parse_date(found[0]) if found else None
    return value if value and is_plausible(value, today) else None


def _from_article(structured: Structured, today: date, *keys: str) -> date | None:
    for key in keys:
        text = text_of(structured.article.get(key))
        if text and (value := parse_date(text)) and is_plausible(value, today):
            return value
    return None


def _page_date(structured: Structured) -> date | None:
    text = text_of(structured.page.get("datePublished"))
    return parse_date(text) if text else None


def _printed(layout: Layout, headline: html.HtmlElement | None, url: str | None, today: date) -> Fact[date] | None:
    """The best date near the headline: marked up as the publication date, in a <time>, or standing alone in a line."""
    anchor = layout.starts.get(headline) if headline is not None else None
    length = len(visible_text(headline)) if headline is not None else 0
    day_first = _day_first(layout, url)
    found: list[tuple[float, date, str]] = []
    for element, zone in layout.zones.items():
        itemprop = (element.get("itemprop") or "").lower()
        names = attributes(element)
        is_time = element.tag == "time"
        if not (is_time or "datepublished" in itemprop or element.get("pubdate") is not None or (names and _CLASS.search(names))):
            continue
        if zone is Zone.COMMENTS or (names and _FOREIGN.search(names)):
            continue
        text = visible_text(element)
        if len(text) > 160:
            continue
        value = parse_date(element.get("datetime") or element.get("content") or element.get("title") or "", day_first=day_first) or parse_date(
            text, day_first=day_first
        )
        if not value or not is_plausible(value, today):
            continue
        parent = element.getparent()
        context = text if parent is None else visible_text(parent)[:120]
        weight = _nearness(layout.starts.get(element, 0), anchor, length) - (1.0 if zone is Zone.ASIDE else 0)
        weight += 1.5 if "datepublished" in itemprop or element.get("pubdate") is not None else 0.5 if is_time else 0.3
        weight -= 1.0 if _UPDATED.search(context) and not _LABEL.search(context) else 0
        weight -= 0.5 if "modified" in itemprop else 0
        found.append((weight, value, "printed date"))
    for block in layout.blocks:
        if block.zone is Zone.COMMENTS or len(block.text) > 200:
            continue
        for mention in find_dates(block.text, day_first=day_first):
            if not is_plausible(mention.value, today):
                continue
            rest = len(block.text) - (mention.end - mention.start)
            weight = _nearness(block.start, anchor, length) - (1.0 if block.zone is Zone.ASIDE else 0)
            before = block.text[max(0, mention.start - 30) : mention.start]
            weight += 0.6 if _LABEL.search(before) else 0.4 if rest <= 12 else 0 if rest <= 60 else -0.8
            weight -= 1.0 if _UPDATED.search(before) else 0
            found.append((weight, mention.value, "printed date"))
            break
    if not found:
        return None
    weight, value, evidence = max(found, key=lambda item: item[0])
    return Fact.stated(value, evidence) if weight >= 1.0 else None


def _nearness(start: int, anchor: int | None, length: int) -> float:
    if anchor is None:
        return 0.5 if start < NEAR else -1.0
    distance = start - anchor - length if start >= anchor else (anchor - start) * 1.5
    return 1.0 - distance / NEAR if distance <= NEAR else -1.0


def _day_first(layout: Layout, url: str | None) -> bool | None:
    """How the page orders "03/04/2021", where its language or its domain says so."""
    root = next(iter(layout.zones), None)
    language = ""
    if root is not None:
        top = root.getroottree().getroot()
        language = (top.get("lang") or top.get("{http://www.w3.org/XML/1998/namespace}lang") or "").replace("_", "-").lower()
    if language == "en-us":
        return False
    if language in ("en-gb", "en-au", "en-ie", "en-nz", "en-in", "en-za") or language[:2] in (
        "de",
        "fr",
        "es",
        "it",
        "pt",
        "nl",
        "pl",
        "ru",
        "sv",
        "da",
        "no",
        "fi",
        "cs",
    ):
        return True
    if url and re.search(r"\.(?:co\.uk|uk|ie|au|nz|in|de|fr|es|it|nl|be|at|ch)(?=[/:]|$)", url.split("?")[0]):
        return True
    return None
