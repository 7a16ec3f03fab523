"""What a page says about itself for machines: JSON-LD, meta tags, microdata; gathered, not yet believed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import html

from bot.reading.address import split_address
from bot.reading.names import squeeze

LARGEST_JSON = 600_000
"""Characters of one JSON-LD block that are parsed; more is a catalogue, not an article."""

_ARTICLE_TYPES = re.compile(
    r"(?:.*Article|BlogPosting|.*Posting|Report|Review|CreativeWork|Essay|.*Report|LiveBlog.*|Blog|Recipe|HowTo|PodcastEpisode|Chapter)$"
)
_COLLECTIONS = (
    "itemListElement",
    "hasPart",
    "isPartOf",
    "mentions",
    "about",
    "citation",
    "comment",
    "relatedLink",
    "review",
    "video",
    "image",
    "breadcrumb",
    "publisher",
    "author",
)
_JUNK = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>|/\*\s*\]\]>\s*\*/)\s*$")
_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Structured:
    """Everything that a page says for machines."""

    article: Node = field(default_factory=dict)
    """The JSON-LD object of the piece itself; empty when there is none."""
    page: Node = field(default_factory=dict)
    """The JSON-LD object of the page (WebPage); empty when there is none."""
    objects: dict[str, Node] = field(default_factory=dict)
    """Every object with an @id, for references."""
    metas: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Contents of meta tags by lower-case name or property."""
    site: str | None = None
    """The name of the JSON-LD WebSite."""

    def meta(self, *names: str) -> tuple[str, str] | None:
        """The first non-empty content under one of the names, with the name that had it."""
        for name in names:
            for content in self.metas.get(name, ()):
                return content, name
        return None

    def refer(self, value: object) -> Iterator[Node | str]:
        """What a property holds: texts and objects, lists opened, references followed."""
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, str):
                if item.strip():
                    yield squeeze(item)
            elif isinstance(item, dict):
                known = self.objects.get(str(item.get("@id")))
                yield {**known, **item} if known else item


def read_structured(root: html.HtmlElement, url: str | None) -> Structured:
    """Gather a page's JSON-LD and meta tags; broken blocks are skipped."""
    metas: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = squeeze(element.get("content") or element.get("value") or "")
        if content:
            for name in {(element.get(key) or "").strip().lower() for key in ("name", "property", "itemprop", "http-equiv")} - {""}:
                metas.setdefault(name, []).append(content)
    top = [node for block in _blocks(root) for node in _top_level(block)]
    nodes = list(_walk(top))
    objects: dict[str, Node] = {}
    for node in nodes:
        identity = node.get("@id")
        if isinstance(identity, str) and len(node) > len(objects.get(identity, {})):
            objects[identity] = node
    articles = [node for node in nodes if any(_ARTICLE_TYPES.match(kind) for kind in types(node))]
    pages = [node for node in nodes if any(kind.endswith("Page") for kind in types(node))]
    sites = [squeeze(str(node["name"])) for node in nodes if "WebSite" in types(node) and isinstance(node.get("name"), str)]
    title = next((metas[name][0] for name in ("og:title", "twitter:title") if name in metas), "") or squeeze(root.findtext(".//title") or "")
    title = title or next((text for head in root.iter("h1") if (text := squeeze(head.text_content()))), "")
    canonical = next((link.get("href") or "" for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"), "")
    best = max(articles, key=lambda node: _fitness(node, title, (url, canonical)), default={})
    return Structured(
        article=best,
        page=max(pages, key=len, default={}),
        objects=objects,
        metas={key: tuple(contents) for key, contents in metas.items()},
        site=sites[0] if sites else None,
    )


def types(node: Node) -> list[str]:
    """The @type of an object, without prefix, as a list."""
    kinds = node.get("@type")
    return [re.sub(r"^.*[/:#]", "", kind) for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def text_of(value: object) -> str | None:
    """A property's text when it is one; the name or value of an object."""
    if isinstance(value, list):
        return next((text for item in value if (text := text_of(item))), None)
    if isinstance(value, dict):
        return text_of(value.get("@value") or value.get("name"))
    return squeeze(re.sub(r"<[^<>]{1,200}>", " ", value)) or None if isinstance(value, str) else None


def _blocks(root: html.HtmlElement) -> Iterator[Any]:
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = script.text or ""
        if not text.strip() or len(text) > LARGEST_JSON:
            continue
        for candidate in (text, _TRAILING_COMMA.sub("", _JUNK.sub("", text.strip().rstrip(";")))):
            try:
                yield json.loads(candidate, strict=False)
                break
            except (ValueError, RecursionError):
                continue


def _top_level(block: object) -> Iterator[Node]:
    for item in block if isinstance(block, list) else [block]:
        if isinstance(item, list):
            yield from (node for node in item if isinstance(node, dict))
        elif isinstance(item, dict):
            graph = item.get("@graph")
            if isinstance(graph, list):
                yield from (node for node in graph if isinstance(node, dict))
            if isinstance(graph, dict):
                yield graph
            if "@type" in item or graph is None:
                yield item


def _walk(top: list[Node]) -> Iterator[Node]:
    """The top-level objects and, below them, those that may be the piece or say who somebody is; bounded."""
    queue = list(top)
    seen = 0
    while queue and seen < 2000:
        node = queue.pop(0)
        seen += 1
        yield node
        for key, value in node.items():
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, dict) and (
                    "@id" in child or (key in ("mainEntity", "mainEntityOfPage", "itemReviewed") or key not in _COLLECTIONS)
                ):
                    queue.append(child)


def _fitness(node: Node, title: str, addresses: tuple[str | None, str]) -> float:
    """How likely the object is the piece itself and not a related one."""
    kinds = types(node)
    score = 0.0 if any(kind in ("CreativeWork", "Blog", "Review", "HowTo", "Recipe") for kind in kinds) else 2.0
    headline = text_of(node.get("headline") or node.get("name")) or ""
    score += 4 * overlap(headline, title) if headline and title else 0
    entity = node.get("mainEntityOfPage")
    links = [node.get("url"), node.get("@id"), entity if isinstance(entity, str) else entity.get("@id") if isinstance(entity, dict) else None]
    paths = {_path(address) for address in addresses if address}
    score += 3 * any(isinstance(link, str) and _path(link) in paths and _path(link) for link in links)
    return score + sum(key in node for key in ("author", "datePublished", "headline", "articleBody", "publisher")) * 0.5


def _path(link: str) -> str:
    return split_address(link).path.strip("/")


def overlap(one: str, other: str) -> float:
    """Share of the shorter text's words that the other has, 0 to 1."""
    first, second = words(one), words(other)
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def words(text: str) -> set[str]:
    """Words of a text in lower case."""
    return set(re.findall(r"\w+", text.casefold()))
