"""What stands around a piece: the line under its headline, the lines about its author, and the signs that only a part of it is there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from lxml import html

from bot.models import Fact, Paragraph
from bot.reading.dates import find_dates
from bot.reading.names import looks_like_person
from bot.reading.saved.boilerplate import noise_of
from bot.reading.saved.byline import is_byline
from bot.reading.saved.captions import is_credit
from bot.reading.structured import Node, Structured, text_of
from bot.reading.tree import Block, Layout, Zone, attributes, place_of, visible_text

NEAR = 400
"""Characters after the headline within which a standfirst begins."""
SHORTEST, LONGEST = 25, 700
"""Characters of a standfirst."""
BIO_TAIL = 4
"""Paragraphs at the end of the body among which the line about the author is looked for."""
LONGEST_BIO = 700
TEASER = 250
"""Words; with a paywall's mark, less than this is a teaser and not the piece."""
MISSING = 1.5
"""How many times as long as what was read the page says the piece is, from which a part is missing."""

_CLASS = re.compile(
    r"(?:^|[\W_])(?:\w*dek|deck|stand-?first|sub-?titles?|sub-?head(?:line|ing)?s?|excerpt|abstract|summary|chapo|teaser-?text"
    r"|lead-?(?:text|in|container)|"
    r"intro(?:duction)?|sapo|article-?desc|headline-?desc|desc|lede|speakable-summary)(?:$|[\W_])|(?:Dek|Standfirst|Subtitle|Subheadline)(?:$|[\W_])",
    re.IGNORECASE,
)
_BIO_CLASS = re.compile(
    r"(?:^|[\W_])(?:(?:author|contributor|writer)\w*[-_]*(?:bio|description|about|info|box)|bio(?:graphy)?|about-?(?:the-)?author)", re.IGNORECASE
)
_BIO_VERB = (
    r"(?:is|are|was|works|writes|teaches|covers|serves|served|leads|runs|directs|edits|heads|joined|reports|holds|specializes|specialises"
    r"|has been|has written|lives)\b"
)
_IS_SOMEBODY = re.compile(
    r"^(?P<name>(?:Dr\.? |Prof\.? |Sir )?[A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]*|van|von|de|der|den|del|di|da|al|bin|la|le)){1,4})(?:, [^,]{2,60},)? "
    r"(?:is|was) (?:an?|the|chief|senior|president|director|professor|editor|author|co-?\w+|former|currently|deputy|executive"
    r"|managing|founder|head)\b"
)
_OFFICE = re.compile(
    r"\b(?:professor|fellow|director|president|editor|author|writer|columnist|journalist|correspondent|analyst|economist|historian|lawyer|scholar"
    r"|researcher|lecturer|minister|ambassador|diplomat|founder|chair\w*|secretary|senator|commentator|consultant|critic|reporter)\b",
    re.IGNORECASE,
)
_WALL = re.compile(
    r"(?:subscribe|sign in|log in|register|join)\b.{0,40}\bto (?:continue|keep|read|unlock|access)|to (?:continue|keep) reading"
    r"|already a (?:subscriber|member)"
    r"|(?:this|the) (?:article|story|content|post|piece) is (?:for|only|reserved|exclusive|available)\b.{0,40}\b(?:subscribers"
    r"|members)|subscriber[- ]only"
    r"|unlock (?:this|the) (?:article|story)|read the (?:full|whole) (?:article|story)",
    re.IGNORECASE,
)
_DESCRIPTIONS = ("description", "og:description", "twitter:description", "dc.description", "sailthru.description", "parsely-description")


def find_standfirst(layout: Layout, structured: Structured, headline: html.HtmlElement | None, title: str | None) -> Fact[str]:
    """The line printed under the headline: marked as one, or the same as the page's description; a description that is not printed is none."""
    if headline is None:
        return Fact.unknown()
    place = place_of(layout, headline)
    described = {_bare(content) for name in _DESCRIPTIONS for content in structured.metas.get(name, ())}
    for key in ("description", "alternativeHeadline", "abstract"):
        if text := text_of(structured.article.get(key)):
            described.add(_bare(text))
    running = 0
    for block in layout.blocks:
        distance = block.start - place[1]
        if distance < 0 or block.zone is not Zone.MAIN or block.element is headline:
            continue
        if distance > NEAR or running > 1:
            break
        if not SHORTEST <= len(block.text) <= LONGEST or _bare(block.text) == _bare(title or "") or block.element.tag in ("li", "figcaption"):
            continue
        if is_byline(block.text) or is_credit(block.text) or noise_of(block.text) is not None or any(find_dates(block.text[:80])):
            continue
        if _opens_the_body(block):
            break
        if _is_marked(block, headline):
            return Fact.stated(block.text, "standfirst")
        if _bare(block.text) in described:
            return Fact.stated(block.text, "standfirst, meta description")
        running += len(block.text) > 120
    return Fact.unknown()


def find_bio(layout: Layout, paragraphs: Sequence[Paragraph], authors: Sequence[str]) -> str | None:
    """The line about the author as printed, at the end of the body or in a box of its own."""
    surnames = [name.split(",")[0].split()[-1] for name in authors if name.split(",")[0].split()]
    if not surnames:
        return None
    about = re.compile(
        rf"^(?:\W*(?:about the author:?)?\s*)?(?:\S+\s){{0,4}}?(?:{'|'.join(map(re.escape, surnames))})\b.{{0,60}}?\b{_BIO_VERB}", re.IGNORECASE
    )
    tail = [paragraph.text for paragraph in paragraphs[-BIO_TAIL:]]
    likely = [block for block in layout.blocks if block.zone is not Zone.COMMENTS and len(block.text) <= LONGEST_BIO and about.match(block.text)]
    boxes = [block.text for block in likely if _in_bio_box(block)]
    for text in (*reversed(tail), *boxes):
        if len(text) <= LONGEST_BIO and about.match(text) and (_OFFICE.search(text) or text in boxes):
            return text
    return None


def author_of_bio(paragraphs: Sequence[Paragraph]) -> tuple[str, str] | None:
    """The name that the last lines introduce ("Vera Holm is a fellow at ..."), with the line; for pieces without a byline."""
    for paragraph in reversed(paragraphs[-3:]):
        match = _IS_SOMEBODY.match(paragraph.text)
        if match and len(paragraph.text) <= LONGEST_BIO and _OFFICE.search(paragraph.text) and looks_like_person(match["name"]):
            return match["name"], paragraph.text
    return None


def is_partial(structured: Structured, layout: Layout, words: int) -> bool:
    """Only a part of the piece is on the page: it is marked as paid and what is there is a teaser, or the page says that it is longer."""
    stated = structured.article.get("wordCount")
    if isinstance(stated, int | str) and str(stated).isdigit() and int(stated) > 80 and int(stated) > MISSING * words and _is_paid(structured):
        return True
    if words >= TEASER:
        return False
    return _is_paid(structured) or any(
        _WALL.search(block.text) for block in layout.blocks if len(block.text) <= 300 and block.zone is not Zone.COMMENTS
    )


def _is_paid(structured: Structured) -> bool:
    def closed(node: Node) -> bool:
        return str(node.get("isAccessibleForFree")).strip().lower() in ("false", "no", "0", "http://schema.org/false", "https://schema.org/false")

    parts = [part for part in structured.refer(structured.article.get("hasPart")) if isinstance(part, dict)]
    tier = structured.meta("article:content_tier", "content_tier", "access", "og:article:content_tier")
    return any(map(closed, (structured.article, structured.page, *parts))) or (tier is not None and tier[0].lower() in ("locked", "metered", "paid"))


def _is_marked(block: Block, headline: html.HtmlElement) -> bool:
    for element in (block.element, *islice(block.element.iterancestors(), 2)):
        if element is headline or element.tag in ("article", "main", "body") or headline in set(element.iter("h1", headline.tag)):
            return False
        if _CLASS.search(attributes(element)) or "alternativeheadline" in (element.get("itemprop") or "").lower():
            return True
    return False


def _opens_the_body(block: Block) -> bool:
    """Paragraphs of the body follow it under the same element, so that it is the first of them."""
    parent = block.element.getparent()
    following = () if parent is None else [sibling for sibling in block.element.itersiblings() if sibling.tag == block.element.tag]
    return sum(len(visible_text(sibling)) > 120 for sibling in following) >= 2


def _in_bio_box(block: Block) -> bool:
    return any(_is_bio_box(attributes(element)) for element in (block.element, *islice(block.element.iterancestors(), 4)))


@lru_cache(maxsize=4096)
def _is_bio_box(names: str) -> bool:
    return _BIO_CLASS.search(names) is not None


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
