"""The title of a page: the headline that it prints, checked against what it says for machines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import html

from bot.models import Fact
from bot.reading.address import host_of, is_home, resolved
from bot.reading.names import squeeze
from bot.reading.structured import Structured, overlap, text_of, words
from bot.reading.tree import Layout, Zone, attributes, is_hidden, visible_text

LONGEST_TITLE = 400
LONGEST_SITE = 80
LONGEST_KICKER = 3
"""Words over a headline, in the same heading."""
MOST_HEADS = 150
"""Headings that are compared with the page's titles."""
_SEPARATOR = re.compile(r"\s+[|–—\-•·»«:]{1,2}\s+|\s*[|｜：»]\s*|:\s+(?=[A-Z])")
_TITLE_CLASS = re.compile(
    r"(?:^|[\W_])(?:headline|(?:entry|post|article|story|page|news|content|blog)[-_]?(?:title|headline|heading)|title)(?:$|[\W_])", re.IGNORECASE
)
_LEAD = re.compile(r"^(?:title\s*:\s*|breaking news\s*:\s+)", re.IGNORECASE)
_ARCHIVE = re.compile(r"^.{0,80}?\bblog archive?\s*[»|:-]\s*", re.IGNORECASE)
"""What old themes set before a title."""
_ARTICLES = ("the", "a", "an", "der", "die", "das", "le", "la", "les", "el", "los", "las")
_HASHES = re.compile(r"^#+\s+")
_GENERIC = re.compile(
    r"(?:home|blog|our blog|the blog|news|article|articles|single|menu|untitled|index|resources?|insights?|opinion|press releases?"
    r"|more from .*|latest .*|advertisement|search|original text)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Headline:
    """The title and the element that prints it, when one does."""

    title: Fact[str]
    element: html.HtmlElement | None = None


def find_headline(root: html.HtmlElement, layout: Layout, structured: Structured, url: str | None) -> Headline:
    """The printed headline that agrees best with the page's own titles, else the best of those without the site's name."""
    titles = _own_titles(root, structured)
    site = (*site_names(structured, url), *_printed_site(root, url))
    stripped = [(strip_site(title, site), evidence) for title, evidence in titles]
    printed = _printed(layout)
    best: tuple[float, html.HtmlElement, str] | None = None
    for rank, (element, text) in enumerate(printed):
        score = _fitness(element, text, rank, stripped, layout, site, sum(other.tag == "h1" for other, _ in printed))
        if score > 0 and (best is None or score > best[0]):
            best = (score, element, text)
    if best:
        return Headline(Fact.stated(_tidy(strip_printed(best[2], stripped)), f"headline <{best[1].tag}>"), best[1])
    usable = [(text, evidence) for text, evidence in stripped if text and not _GENERIC.match(text)]
    if usable:
        text, evidence = usable[0]
        anchor = next((element for element, other in printed if _same(other, text)), None)
        return Headline(Fact.stated(_tidy(text), evidence), anchor)
    return Headline(Fact.unknown())


def site_names(structured: Structured, url: str | None) -> tuple[str, ...]:
    """What the site calls itself, for taking it off titles."""
    publishers = [
        text_of(item) if isinstance(item, str) else text_of(item.get("name")) for item in structured.refer(structured.article.get("publisher"))
    ]
    site = structured.meta(
        "og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site", "al:android:app_name", "cre", "publisher", "dc.publisher"
    )
    names = [name for name in (*publishers, site[0] if site else None, structured.site, host_of(url) if url else None) if name]
    return tuple(dict.fromkeys(names))


def _printed_site(root: html.HtmlElement, url: str | None) -> tuple[str, ...]:
    """What the site prints as its own name: the text of a link home that is marked so, or that a first heading consists of."""
    found: list[str] = []
    for link in root.iter("a"):
        parent, href = link.getparent(), (link.get("href") or "").strip()
        headed = parent is not None and parent.tag == "h1"
        if not href or not (headed or "home" in (link.get("rel") or "").lower().split()):
            continue
        full = resolved(url, href)
        text = squeeze(link.text_content())
        if (href == "/" or (full and is_home(full))) and 2 <= len(text) <= LONGEST_SITE and text.casefold() not in ("home", "start"):
            found.append(text)
    return tuple(dict.fromkeys(found))


def strip_site(title: str, site: tuple[str, ...]) -> str:
    """A title without the site's name and section before or after it."""
    title = _ARCHIVE.sub("", title)
    for _ in range(3):
        parts = [match.span() for match in _SEPARATOR.finditer(title)]
        if not parts:
            break
        (_, first_end), (last_start, _) = parts[0], parts[-1]
        head, tail = title[: parts[0][0]], title[parts[-1][1] :]
        if is_site(tail, site):
            title = title[:last_start].strip()
        elif is_site(head, site):
            title = title[first_end:].strip()
        elif (
            any(character in title[last_start : parts[-1][1]] for character in "|｜•»")
            and len(words(tail)) <= 5
            and len(words(title[:last_start])) >= 3
        ):
            title = title[:last_start].strip()
        else:
            break
    return title


def is_site(text: str, site: tuple[str, ...]) -> bool:
    """The text is one of the site's names or so close to one that it says nothing else."""
    bare = _bare(text)
    if not bare:
        return False
    for name in site:
        other = _bare(re.sub(r"\.(?:com|org|net|co\.uk|[a-z]{2,4})$", "", name))
        full = _bare(name)
        if bare in (other, full) or (len(other) >= 4 and len(bare) <= 2 * len(other) + 8 and (other in bare)) or (len(bare) >= 4 and bare in full):
            return True
    return False


def strip_printed(text: str, titles: list[tuple[str, str]]) -> str:
    """A printed headline without what only surrounds it ("(example.com) 87"): cut to the page's own title when it opens with that."""
    for title, _ in titles:
        if (
            len(words(title)) >= 4
            and len(text) > len(title)
            and text.casefold().startswith(title.casefold())
            and re.match(r"\s*(?:[(\[\d|]|posted\b|published\b|updated\b)", text[len(title) :], re.IGNORECASE)
        ):
            return title
        kicker = text[: -len(title)].strip()
        label = kicker[-1:].isalnum() and kicker.casefold() not in _ARTICLES and len(kicker.split()) <= LONGEST_KICKER
        if label and len(text) > len(kicker) + len(title) and len(words(title)) >= 4 and text.casefold().endswith(title.casefold()):
            return text[-len(title) :]
    return text


def _own_titles(root: html.HtmlElement, structured: Structured) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if headline := text_of(structured.article.get("headline")):
        found.append((headline, "json-ld"))
    for name in ("og:title", "twitter:title", "parsely-title", "sailthru.title", "citation_title", "dc.title", "title", "headline"):
        found.extend((content, f"meta {name}") for content in structured.metas.get(name, ())[:1])
    title = root.find(".//head/title")
    if title is None:
        title = next((element for element in root.iter("title") if element.getparent().tag != "svg"), None)
    if title is not None and (text := squeeze(title.text_content())):
        found.append((text, "<title>"))
    return [(_HASHES.sub("", text[:LONGEST_TITLE]), evidence) for text, evidence in found]


def _printed(layout: Layout) -> list[tuple[html.HtmlElement, str]]:
    heads: list[tuple[html.HtmlElement, str]] = []
    for element, zone in layout.zones.items():
        if element.tag == "h1" or (
            zone is Zone.MAIN
            and (
                element.tag in ("h2", "h3")
                or element.get("itemprop") == "headline"
                or (element.tag in ("div", "p", "span", "a") and _TITLE_CLASS.search(attributes(element)))
            )
        ):
            if zone is Zone.COMMENTS or is_hidden(element):
                continue
            text = visible_text(element)
            if 2 <= len(text) <= LONGEST_TITLE:
                heads.append((element, text))
                if len(heads) >= MOST_HEADS:
                    break
    return heads


def _fitness(
    element: html.HtmlElement, text: str, rank: int, titles: list[tuple[str, str]], layout: Layout, site: tuple[str, ...], h1_count: int
) -> float:
    """How surely the element prints the title; at most 0 when it does not."""
    if (is_site(text, site) and not any(_same(text, title) for title, _ in titles)) or _GENERIC.match(text):
        return 0
    agreement = max((_agreement(text, title) for title, _ in titles), default=0.0)
    is_h1 = element.tag == "h1"
    if is_h1:
        floor = 0.25 if len(words(text)) >= 3 else 0.75
        if agreement < floor and not (h1_count == 1 and not titles):
            return 0
        score = 1 + agreement if agreement < 0.6 else 2 + agreement
    elif not titles and not h1_count:
        score = 1.0 if element.get("itemprop") == "headline" else 0.8 if _TITLE_CLASS.search(attributes(element)) else 0.6
    else:
        agreement = max(agreement, max((_is_longest_part(text, title) for title, _ in titles), default=0.0))
        if agreement < 0.9:
            return 0
        score = agreement + 0.7 if agreement == 1.0 else agreement
    if layout.zones.get(element) is not Zone.MAIN:
        score -= 0.5
    return score - min(rank, 20) * 0.01


def _is_longest_part(text: str, title: str) -> float:
    """0.95 when a heading is the longest part of a page's title, which else names the site: "Quay notes: Rents will not fall"."""
    parts = _SEPARATOR.split(title)
    return 0.95 if len(parts) > 1 and len(words(text)) >= 3 and _same(text, max(parts, key=len)) else 0.0


def _agreement(text: str, title: str) -> float:
    if _same(text, title):
        return 1.0
    first, second = words(text), words(title)
    if not first or not second:
        return 0.0
    return 0.98 * (0.5 * overlap(text, title) + 0.5 * len(first & second) / max(len(first), len(second)))


def _same(one: str, other: str) -> bool:
    return _bare(one) == _bare(other) != ""


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _tidy(text: str) -> str:
    return _LEAD.sub("", squeeze(text)).strip(" |")
