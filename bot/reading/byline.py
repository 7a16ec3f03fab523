"""Who wrote a page: what it prints near the headline, weighed against what it says for machines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import html

from bot.models import Fact
from bot.reading.headline import is_site, site_names
from bot.reading.names import looks_like_organisation, looks_like_person, same_name, split_byline
from bot.reading.structured import Node, Structured, text_of, types
from bot.reading.tree import Layout, Zone, attributes, visible_text

LONGEST_BYLINE = 220
"""Characters; what is longer under a byline's class is a biography."""
NEAR = 1200
"""Characters of text between headline and byline within which a byline is the piece's."""

_CLASS = re.compile(
    r"(?:^|[\W_])(?:by-?lines?|by|authors?|writers?|contributors?|creator|author-?names?|writtenby|written-by|posted-?by"
    r"|post-?author|entry-?author|article-?author|authored-?by|auth-?name|vcard|fn|submitted|autor\w*|auteurs?|author\w*"
    r"|byline\w*)(?:$|[\W_])"
    r"|[a-z](?:Byline|Author|Contributor)|^(?:byline|author)",
)
_NOT_BYLINE = re.compile(
    r"(?:^|[\W_])(?:bio|biography|about|description|desc|box|avatar|image|img|photo|social|follow|links?-list|comment\w*|related"
    r"|more|excerpt|job|role|position|caption|credit)(?:$|[\W_])|author-?(?:bio|box|info|description|desc|about)"
    r"|about-?(?:the-)?author",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^(?:(?:words|text|story|article|post|review|opinion|analysis|commentary|written|posted|published|authored|created|submitted"
    r"|report(?:ed|ing)?|op-?ed|column)\s+)?by:?\s+(?=\S)|^(?:authors?|written by|von|autor(?:in)?|par|text|por)\s*[:：]\s*"
    r"|^von\s+(?=[A-ZÄÖÜ])|^(?:par|por)\s+(?=[A-Z])",
    re.IGNORECASE,
)
_MACHINE_AUTHORS = tuple(
    "author article:author parsely-author sailthru.author dc.creator dcterms.creator dc.author citation_author byl article.author og:article:author "
    "twitter:data1 article:author_name creator shareaholic:article_author_name dcsext.author authors cxenseparse:author bt:author mrf:authors "
    "vr:author rbauthors article_author content-author".split()
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A byline as it stands on the page."""

    names: tuple[str, ...]
    weight: float
    evidence: str


def find_authors(layout: Layout, structured: Structured, headline: html.HtmlElement | None, url: str | None) -> Fact[tuple[str, ...]]:
    """The names of the piece's authors with where they stand; unknown when the page names nobody."""
    site = site_names(structured, url)
    printed = _printed(layout, headline)
    stated = _stated(structured)
    for names, evidence in stated:
        support = [candidate for candidate in printed if _agree(names, candidate.names)]
        if support and not any(is_site(name, site) for name in names):
            rival = max(printed, key=lambda candidate: candidate.weight)
            best = max(support, key=lambda candidate: candidate.weight)
            if rival.weight <= best.weight + 1.5:
                return Fact.stated(_fuller(best.names, names), f"byline, {evidence}")
    if printed:
        best = max(printed, key=lambda candidate: candidate.weight)
        if best.weight >= 1:
            return Fact.stated(best.names, best.evidence)
    text = " ".join(block.text for block in layout.blocks if block.zone is not Zone.COMMENTS).casefold()
    for names, evidence in stated:
        people = tuple(
            name
            for name in names
            if not is_site(name, site) and (looks_like_person(name) or name.casefold() in text) and not looks_like_organisation(name)
        )
        if people:
            return Fact.stated(people, evidence)
    return Fact.unknown()


def _stated(structured: Structured) -> list[tuple[tuple[str, ...], str]]:
    """Authors as the page states them for machines, the most trusted first."""
    found: list[tuple[tuple[str, ...], str]] = []
    names: list[str] = []
    for key in ("author", "creator"):
        for item in structured.refer(structured.article.get(key)):
            names.extend(_names_of(item))
        if names:
            found.append((tuple(dict.fromkeys(names)), "json-ld"))
            break
    for meta in _MACHINE_AUTHORS:
        contents = structured.metas.get(meta, ())
        people = [
            name
            for content in contents
            if not re.match(r"https?:", content)
            for name in split_byline(_turned(content) if meta.startswith("citation") else content)
        ]
        if people:
            found.append((tuple(dict.fromkeys(people)), f"meta {meta}"))
    return found


def _names_of(item: Node | str) -> tuple[str, ...]:
    if isinstance(item, str):
        return () if re.match(r"https?:", item) else split_byline(item)
    name = text_of(item.get("name"))
    if not name and (item.get("givenName") or item.get("familyName")):
        name = " ".join(filter(None, (text_of(item.get("givenName")), text_of(item.get("familyName")))))
    if not name:
        return ()
    if "Person" in types(item) and looks_like_person(name):
        return split_byline(name) or (name,)
    return split_byline(name)


def _turned(name: str) -> str:
    """ "Lee, Ann" of a citation tag as "Ann Lee"."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and "," not in first else name


def _printed(layout: Layout, headline: html.HtmlElement | None) -> list[Printed]:
    """Everything on the page that looks like its byline."""
    anchor = layout.starts.get(headline) if headline is not None else None
    found: list[Printed] = []
    for element, zone in layout.zones.items():
        if zone is Zone.COMMENTS:
            continue
        kind = _marked(element)
        if not kind:
            continue
        text = visible_text(element)
        if not 2 <= len(text) <= LONGEST_BYLINE:
            continue
        names = split_byline(text)
        if not names:
            continue
        weight = _nearness(layout.starts[element], anchor, len(visible_text(headline)) if headline is not None else 0)
        weight += {"itemprop": 1.2, "rel": 1.0, "class": 0.6}[kind] + (0.6 if _BY.match(text) else 0) - (1.5 if zone is Zone.ASIDE else 0)
        weight += _plausibility(names)
        found.append(Printed(names, weight, "byline"))
    for block in layout.blocks:
        if block.zone is not Zone.MAIN or len(block.text) > LONGEST_BYLINE or not _BY.match(block.text):
            continue
        names = split_byline(block.text)
        if names:
            weight = _nearness(block.start, anchor, 0) + 1.0 + _plausibility(names)
            found.append(Printed(names, weight, "byline"))
    return found


def _marked(element: html.HtmlElement) -> str | None:
    """How the markup says that the element is a byline."""
    if "author" in (element.get("itemprop") or "").split():
        return "itemprop"
    if "author" in (element.get("rel") or "").lower().split():
        return "rel"
    if element.tag == "address":
        return "class"
    names = attributes(element)
    if names and _CLASS.search(names) and not _NOT_BYLINE.search(names):
        return "class"
    href = element.get("href") if element.tag == "a" else None
    if href and re.search(
        r"/(?:authors?|profile|profiles|by|people|staff|contributors?|writers?|columnists?|autor|auteur|journalist)/[^/?#]+/?$", href
    ):
        return "class"
    return None


def _nearness(start: int, anchor: int | None, headline_length: int) -> float:
    """1.5 right at the headline, falling to -1 far from it."""
    if anchor is None:
        return 0.3 if start < 2 * NEAR else -0.5
    distance = start - anchor - headline_length if start >= anchor else (anchor - start) * 2
    if distance <= NEAR:
        return 1.5 - distance / NEAR
    return max(-1.0, 0.5 - distance / (4 * NEAR))


def _plausibility(names: tuple[str, ...]) -> float:
    people = sum(looks_like_person(name) for name in names) / len(names)
    return people - 0.5


def _agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """They name the same people, or one of them a part of the other's."""
    return any(same_name(a.split(",")[0], b.split(",")[0]) for a in one for b in other)


def _fuller(printed: tuple[str, ...], stated: tuple[str, ...]) -> tuple[str, ...]:
    """The printed names when they are as many, else the list that names more people."""
    return printed if len(printed) >= len(stated) else stated
