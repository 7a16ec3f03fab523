"""A page of the web -> an Article: its body, and every fact about it with the evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from lxml.html import HtmlElement

from bot.errors import Unreadable
from bot.models import Article, Fact
from bot.reading.address import canonical_address, host_of, is_home, resolved
from bot.reading.authors import find_authors
from bot.reading.body import extract_body
from bot.reading.byline import printed_bylines
from bot.reading.headline import find_headline
from bot.reading.published import find_modified, find_published
from bot.reading.standfirst import author_of_bio, find_bio, find_standfirst, is_partial
from bot.reading.structured import Structured, read_structured, text_of
from bot.reading.tree import decode, lay_out, parse


def read_page(html: bytes, url: str | None, *, charset: str | None = None, today: date | None = None) -> Article:
    """Read a page of HTML; ``url`` is the address it came from, ``charset`` what the server said. Raises Unreadable when no article is in it."""
    root = parse(decode(html, charset))
    day = today or datetime.now(UTC).date()
    structured = read_structured(root, url)
    layout = lay_out(root)
    headline = find_headline(root, layout, structured, url)
    bylines = printed_bylines(layout, headline.element)
    authors = find_authors(layout, structured, bylines, url)
    places = [byline.start for byline in bylines if byline.explicit and set(byline.names) & set(authors.value or ())]
    published = find_published(layout, structured, headline.element, places, url, day)
    address = find_address(root, structured, url)
    outlet = find_outlet(structured, url or address.value)
    paragraphs = extract_body(root, layout, structured, headline.title.value)
    if not paragraphs and is_partial(structured, layout, 0):
        raise Unreadable("unread.paywall")
    if not paragraphs:
        raise Unreadable("unread.no_article_on_page")
    standfirst = find_standfirst(layout, structured, headline.element, headline.title.value)
    if standfirst.value and len(paragraphs) > 1 and paragraphs[0].text == standfirst.value:
        paragraphs = tuple(replace(paragraph, position=position) for position, paragraph in enumerate(paragraphs[1:]))
    bio = find_bio(layout, paragraphs, authors.value or ())
    if authors.value is None and (introduced := author_of_bio(paragraphs)):
        authors, bio = Fact.inferred((introduced[0],), "bio line"), introduced[1]
    return Article(
        title=headline.title,
        authors=authors,
        outlet=outlet,
        published=published,
        paragraphs=paragraphs,
        standfirst=standfirst,
        url=address,
        links=tuple(dict.fromkeys(filter(None, (url, address.value)))),
        bio=bio,
        partial=is_partial(structured, layout, sum(len(paragraph.text.split()) for paragraph in paragraphs)),
        modified=find_modified(structured, day),
    )


def find_outlet(structured: Structured, url: str | None) -> Fact[str]:
    """Where the piece appeared: the publisher that the page names, else (inferred) the host."""
    if site := structured.meta("og:site_name"):
        return Fact.stated(site[0], "meta og:site_name")
    for item in structured.refer(structured.article.get("publisher")):
        if name := item if isinstance(item, str) else text_of(item.get("name")):
            return Fact.stated(name, "json-ld publisher")
    if structured.site:
        return Fact.stated(structured.site, "json-ld WebSite")
    if stated := structured.meta("application-name", "apple-mobile-web-app-title", "citation_journal_title", "dc.publisher"):
        return Fact.stated(stated[0], f"meta {stated[1]}")
    return Fact.inferred(host_of(url), "address") if url and host_of(url) else Fact.unknown()


def find_address(root: HtmlElement, structured: Structured, url: str | None) -> Fact[str]:
    """The canonical address: what the page states when it is on the same site and no front page, else the address asked for, cleaned."""
    stated: list[tuple[str, str]] = []
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            stated.append((link.get("href"), "link canonical"))
            break
    if found := structured.meta("og:url"):
        stated.append((found[0], "meta og:url"))
    for candidate, evidence in stated:
        full = resolved(url, candidate)
        if not full or is_home(full):
            continue
        if url is None or host_of(full).split(".")[-2:] == host_of(url).split(".")[-2:]:
            return Fact.stated(canonical_address(full), evidence)
    if url and resolved(None, url):
        return Fact.inferred(canonical_address(url), "address")
    return Fact.unknown()
