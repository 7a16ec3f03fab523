"""When a page was published: only what it prints, states for machines, or spells in its address."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lxml import html

from bot.models import Fact
from bot.reading.dates import date_in_address, is_plausible, parse_date
from bot.reading.printed import SURE, find_last_change, is_of_update, machine_text, printed_dates
from bot.reading.structured import Structured, text_of, types
from bot.reading.tree import Layout, Zone, visible_text

REISSUED = timedelta(days=30)
"""A page that prints a later date than its first publication, by more than this, is read and cited as of that date; less is a correction.
News is not reissued: there the later date is always a correction."""
REVISED = timedelta(days=180)
"""When all that a reader sees is an update this much later than the first publication, the page is read and cited as of the update."""
KEPT_UP = timedelta(days=5 * 365)
"""A page that prints no date, states one in a single place for search engines only, and was still changed this long after it is kept up like a
reference work: the words that stand there were not published on that day, so it states none. What it states for sharing as well, counts."""
EAST, WEST = timedelta(hours=14), timedelta(hours=-12)
"""How far local clocks are ahead of UTC and behind it."""

_METAS = tuple(
    "article:published_time article:published datepublished og:article:published_time parsely-pub-date sailthru.date citation_publication_date "
    "citation_online_date citation_date dc.date.issued dcterms.issued dcterms.created dc.date dcterms.date dc.date.created pubdate publishdate "
    "publish-date publish_date publication_date published_date published cxenseparse:recs:publishtime article.published published-date date created "
    "datecreated og:pubdate pdate article_date_original rbpubdate bt:pubdate displaydate analyticsattributes.articledate og:published_time "
    "article.created release_date originalpublicationdate og:release_date vr:published_time".split()
)
_META_LIKE = re.compile(r"publi\w*[\W_]*(?:date|time|on|at)|(?:date|time)[\W_]*publi|pub[\W_]?date", re.IGNORECASE)
_OF_PAGE = re.compile(r"data-(?:pub|publish|published|publication)(?:[-_]?(?:date|time|on|at))?$")
"""Attributes of the page's outermost elements that hold its date."""
_UTC = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)[T ](?P<time>\d\d:\d\d)(?::\d\d(?:\.\d+)?)?\s?(?:Z|UTC|[+-]00:?00)$")
_MIDNIGHT = ("T00:00:00Z", "T00:00:00.000Z", "T00:00:00+00:00", "T00:00:00.000+00:00")
"""A day and no moment; where a page shows the day before it, somebody's browser west of Greenwich rendered it."""
_MODIFIED = ("article:modified_time", "datemodified", "og:updated_time", "lastmod", "last-modified", "dcterms.modified", "article:modified")
_DAY_FIRST = frozenset("de fr es it pt nl pl ru sv da no nb fi cs hu ro el tr uk".split())
_DAY_FIRST_HOSTS = re.compile(r"\.(?:co\.uk|uk|ie|au|nz|in|de|fr|es|it|nl|be|at|ch)(?=[/:]|$)")


@dataclass(frozen=True, slots=True)
class _Machine:
    """A date of publication that is stated for machines."""

    value: date
    evidence: str
    text: str
    """As it stands there."""


def find_published(
    layout: Layout, structured: Structured, headline: html.HtmlElement | None, bylines: Iterable[int], url: str | None, today: date
) -> Fact[date]:
    """The day of publication with its evidence; unknown when nothing states it.

    ``bylines`` are the places (characters) where the piece's authors are named: a date beside one is the piece's too. What the page prints wins
    over an earlier or much later date for machines, because templates often fill that in; a date that only machines are told is none of the text
    that stands there when that was still changed years later.
    """
    day_first = _day_first(layout, url)
    printed = printed_dates(layout, headline, tuple(bylines), find_modified(structured, today), day_first, today)
    best = max(printed, key=lambda mention: mention.weight, default=None)
    if best is not None and best.weight < SURE:
        best = None
    spelled = date_in_address(url) if url else None
    machine = _for_machines(layout, structured, day_first, today)
    if machine:
        value, evidence = machine.value, machine.evidence
        modified = find_modified(structured, today)
        if not printed and spelled is None and modified is not None and modified > value + KEPT_UP and _is_lone(machine, structured):
            return Fact.unknown()
        near = {mention.value for mention in printed if not mention.updated}
        news = any(kind.endswith("NewsArticle") for kind in types(structured.article))
        if value not in near and (local := _local_day(machine, spelled, near)):
            return Fact.stated(local, "printed date" if local in near else f"{evidence}, address")
        if best is None or value in near or _swapped(best.value) == value:
            return Fact.stated(value, f"{evidence}, printed" if value in near else evidence)
        if best.value == value - timedelta(days=1) and machine.text.strip().endswith(_MIDNIGHT):
            return Fact.stated(value, evidence)
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
    if changed := find_last_change(layout, day_first, today):
        return Fact.inferred(changed, "printed date of the update")
    return Fact.unknown()


def find_modified(structured: Structured, today: date) -> date | None:
    """The day of the last change, where the page states one."""
    if text := _from_article(structured, today, "dateModified"):
        return parse_date(text)
    found = structured.meta(*_MODIFIED)
    value = parse_date(found[0]) if found else None
    return value if value and is_plausible(value, today) else None


def _for_machines(layout: Layout, structured: Structured, day_first: bool | None, today: date) -> _Machine | None:
    """The date of publication in JSON-LD, meta tags, microdata or on the page's outermost elements."""
    if (text := _from_article(structured, today, "datePublished", "dateCreated", "uploadDate")) and (value := parse_date(text)):
        return _Machine(value, "json-ld datePublished", text)
    for name, content, value in _in_metas(structured, day_first, today):
        return _Machine(value, f"meta {name}", content)
    for element, zone in layout.zones.items():
        if zone is not Zone.COMMENTS and "datepublished" in (element.get("itemprop") or "").lower():
            stated = parse_date(machine_text(element), day_first=day_first) or parse_date(visible_text(element), day_first=day_first)
            if stated and is_plausible(stated, today):
                return _Machine(stated, "microdata datePublished", machine_text(element))
    for element in layout.zones:
        for name, content in element.attrib.items() if element.tag in ("body", "main", "article") else ():
            if _OF_PAGE.match(str(name)) and (value := parse_date(str(content), day_first=day_first)) and is_plausible(value, today):
                return _Machine(value, str(name), str(content))
    return None


def _in_metas(structured: Structured, day_first: bool | None, today: date) -> Iterator[tuple[str, str, date]]:
    """Dates of publication in meta tags: name, content, day; the most trusted first."""
    more = [name for name in structured.metas if name not in _METAS and _META_LIKE.search(name) and not is_of_update(name)]
    for name in (*_METAS, *more):
        for content in structured.metas.get(name, ()):
            if (value := parse_date(content, day_first=day_first)) and is_plausible(value, today):
                yield name, content, value


def _is_lone(machine: _Machine, structured: Structured) -> bool:
    """JSON-LD alone states it; no meta tag does."""
    told = any(abs(value - machine.value) <= timedelta(days=1) for _, _, value in _in_metas(structured, None, date.max - timedelta(days=1)))
    return machine.evidence.startswith("json-ld") and not told


def _local_day(machine: _Machine, spelled: date | None, near: Collection[date]) -> date | None:
    """The day that the publisher's own calendar had at a moment stated in UTC, where the address, or a printed date with it, shows that it was
    another one; a midnight to the minute is a day and no moment."""
    match = _UTC.search(machine.text.strip())
    if spelled is None or spelled == machine.value or match is None or match["time"] == "00:00":
        return None
    moment = datetime.fromisoformat(f"{match['day']}T{match['time']}")
    return spelled if spelled in {(moment + shift).date() for shift in (EAST, WEST)} else None


def _from_article(structured: Structured, today: date, *keys: str) -> str | None:
    """The first of the keys that holds a date, as it is stated."""
    for key in keys:
        text = text_of(structured.article.get(key))
        if text and (value := parse_date(text)) and is_plausible(value, today):
            return text
    return None


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
