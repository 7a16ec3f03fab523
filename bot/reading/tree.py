"""Bytes of a page -> a tree, within bounds, and the page as a reader meets it: its blocks in order, with what each belongs to."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from lxml import etree, html

from bot.errors import Unreadable
from bot.reading.names import squeeze

LARGEST_PAGE = 600_000
"""Characters of markup that are looked at, after scripts, styles and drawings are gone; 5 MB of markup cost trafilatura more than 8 s."""

BULKY = 0.4
"""Share of the page's text from which an element is no sidebar."""
LONG_PARAGRAPH = 150
"""Characters from which a block is running text and no label."""

MOST_ELEMENTS = 5000
"""Elements of a page that are looked at; of the development set's pages, half have 750, one in a hundred 2,600, the largest 4,300."""

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w\-:]{2,40})""", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"""^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([\w\-]{2,40})""", re.IGNORECASE)
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_DATA_ADDRESS = re.compile(r"data:[\w/+.\-]{1,60};base64,[A-Za-z0-9+/=]{200,}")
_EARLY_END = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
"""Some pages close these in the middle; browsers read on, libxml2 drops the rest. Without them it closes both at the end."""
_DEAD_WEIGHT = ("style", "svg", "noscript", "template")
_LATIN = frozenset({"ascii", "iso8859-1", "latin_1"})
"""Browsers read these as Windows-1252, and so do we."""

_INVISIBLE = frozenset("script style noscript template svg head iframe object canvas math".split())
_CONTROLS = frozenset("select option button input textarea".split())
"""Not shown as text, unless a page that closes its tags badly puts everything into one."""
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q ruby rt rp s samp small span strike strong sub sup time tt u "
    "var wbr".split()
)
_ASIDE = re.compile(
    r"(?:^|[\W_])(?:related|recommend\w*|sidebar|side-bar|footer|foot|promo\w*|teaser\w*|newsletter|subscribe|social|share|sharing|breadcrumbs?"
    r"|menu|nav|navbar|navigation|trending|most-?(?:read|popular|viewed)|popular|latest|more-(?:from|stories|articles|posts|news)|read-?(?:more|next)"
    r"|up-?next|next-?(?:post|article)|prev\w*|also-like|widget-area|carousel|ad|ads|advert\w*|sponsor\w*|outbrain|taboola|cookie\w*|consent|modal"
    r"|popup|pagination|recirc\w*|tags?-?(?:list|cloud)|jp-related\w*|suggest\w*|similar|post-navigation|river|archive-list|cards?)(?:$|[\W_])",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"(?:^|[\W_])(?:comments?(?:-?(?:area|list|section|wrap\w*|body|thread|author|content|respond))?|commentlist|disqus\w*|respond"
    r"|replies|reply|reviews-list|discussion)(?:$|[\W_])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SCREEN_READER = re.compile(r"(?:^|\s)(?:sr-only|screen-reader\w*|visually-?hidden|u-hidden|offscreen|assistive-text)(?:\s|$)", re.IGNORECASE)


class Zone(StrEnum):
    """What part of the page a block belongs to."""

    MAIN = "main"
    ASIDE = "aside"
    COMMENTS = "comments"


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that a browser sets as one paragraph."""

    text: str
    start: int
    """Characters of the page's text before it."""
    zone: Zone
    element: html.HtmlElement = field(repr=False)


@dataclass(frozen=True, slots=True)
class Layout:
    """The page's visible text in order."""

    blocks: tuple[Block, ...]
    starts: dict[html.HtmlElement, int] = field(repr=False)
    """Where each visible element begins, in characters of text before it."""
    zones: dict[html.HtmlElement, Zone] = field(repr=False)
    length: int = 0


def decode(data: bytes, charset: str | None = None) -> str:
    """Text of a page: byte order mark, UTF-8 where it is valid, the server's charset, the page's own, else Windows-1252; never fails.

    Validity comes before what is stated: other encodings are hardly ever valid UTF-8 by chance, while wrong labels are common.
    """
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if not data.isascii() and _is_utf8(data):
        return data.decode("utf-8")
    stated = _XML_CHARSET.search(data[:200]) or _CHARSET.search(data[:4096]) or _CHARSET.search(data[:100_000])
    for candidate in (charset, stated[1].decode("ascii", "replace") if stated else None, "utf-8"):
        if not candidate:
            continue
        try:
            codec = codecs.lookup(candidate).name
            if codec.startswith("utf-16") or codec.startswith("utf-32"):  # a page that could be read up to here is not
                continue
            return data.decode("cp1252" if codec in _LATIN and b"\x81" not in data else codec)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return data.decode("utf-8", "replace") if _mostly_utf8(data) else data.decode("cp1252", "replace")


def parse(text: str) -> html.HtmlElement:
    """The tree of a page; scripts other than JSON-LD gone, bounded in size. Raises Unreadable when there is no page in it."""
    text = _CONTROL.sub("", text)
    if len(text) > LARGEST_PAGE // 3:
        text = lighten(text)
    text = _EARLY_END.sub("", re.sub(r"^\s*<\?xml[^>]*\?>", "", text[:LARGEST_PAGE]))
    if not text.strip():
        raise Unreadable("unread.empty_page")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise Unreadable("unread.no_page") from error
    if root.tag != "html":
        wrapper = html.Element("html")
        wrapper.append(root)
        root = wrapper
    _shorten(root)
    return root


def lighten(text: str) -> str:
    """A large page without scripts (JSON-LD stays), styles, drawings, comments and embedded data, found by plain searching in linear time."""
    text = _without(text, "<!--", "-->", lambda _: False)
    text = _without(text, "<script", "</script>", lambda piece: "ld+json" in piece[:300])
    for tag in _DEAD_WEIGHT:
        text = _without(text, f"<{tag}", f"</{tag}>", lambda _: False)
    return _DATA_ADDRESS.sub("", text)


def lay_out(root: html.HtmlElement) -> Layout:
    """Walk the page once: its blocks of text with their zones."""
    blocks: list[Block] = []
    starts: dict[html.HtmlElement, int] = {}
    zones: dict[html.HtmlElement, Zone] = {}
    pending: list[str] = []
    length = waiting = 0
    body = root.find("body")
    start_at = body if body is not None else root
    # an explicit stack: a page may nest deeper than Python's recursion allows
    stack: list[tuple[html.HtmlElement, html.HtmlElement, bool]] = [(start_at, start_at, False)]
    zones[start_at] = Zone.MAIN
    bulky = _bulky(start_at)
    around = {ancestor for head in root.iter("h1") for ancestor in head.iterancestors()} | bulky
    while stack:
        element, parent, closing = stack.pop()
        shown = element is start_at or (
            isinstance(element.tag, str)
            and element.tag not in _INVISIBLE
            and (element in bulky or not (element.tag in _CONTROLS or is_hidden(element)))
        )
        breaks = shown and element.tag not in _INLINE
        if breaks and pending and element.tag != "br":
            owner = element if closing else parent
            if text := squeeze("".join(pending)):
                blocks.append(Block(text, length, zones[owner], owner))
                length += len(text) + 1
            pending.clear()
            waiting = 0
        if shown and not closing:
            zones[element] = zones[parent] if element in around else _zone(element, zones[parent])
            starts[element] = length + waiting
            stack.append((element, parent, True))
            stack.extend((child, element, False) for child in reversed(element))
            piece = element.text or ""
        else:
            piece = (element.tail or "") if shown and element is not start_at else " " + (element.tail or "") if element is not start_at else ""
        if breaks and element.tag == "br":
            piece = "\n" + piece
        if piece:
            pending.append(piece)
            waiting += len(piece)
    if text := squeeze("".join(pending)):
        blocks.append(Block(text, length, Zone.MAIN, start_at))
        length += len(text)
    return Layout(tuple(blocks), starts, zones, length)


def place_of(layout: Layout, headline: html.HtmlElement | None) -> tuple[int, int]:
    """Where the piece begins: start and end of its headline in characters, else of its first long paragraph."""
    if headline is not None and headline in layout.starts:
        start = layout.starts[headline]
        return start, start + len(visible_text(headline))
    start = next((block.start for block in layout.blocks if block.zone is Zone.MAIN and len(block.text) >= LONG_PARAGRAPH), 0)
    return start, start


def visible_text(element: html.HtmlElement) -> str:
    """The element's text as a reader sees it, on one line."""
    return squeeze("".join(_visible_parts(element)))


def lines_of(element: html.HtmlElement) -> str:
    """The element's visible text with a line break wherever markup, and no space, separates two pieces: "By", "Ann Lee", "Staff writer"."""
    lines: list[str] = []
    for piece in _visible_parts(element):
        if lines and lines[-1] and not lines[-1][-1].isspace() and piece and not piece[0].isspace():
            lines.append("\n")
        lines.append("\n" if piece == " " else piece.replace("\n", " "))
    return "\n".join(filter(None, (squeeze(line) for line in "".join(lines).splitlines())))


def attributes(element: html.HtmlElement) -> str:
    """Class, id and test id of an element: what its author calls it."""
    if not element.keys():  # most elements have none, and this is asked of every element several times
        return ""
    return " ".join(filter(None, (element.get("class"), element.get("id"), element.get("data-testid"), element.get("data-component"))))


def is_hidden(element: html.HtmlElement) -> bool:
    """Not shown to readers, as far as the markup alone can tell."""
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    if style and _HIDDEN.search(style):
        return True
    name = element.get("class")
    return bool(name and _SCREEN_READER.search(name))


def _visible_parts(element: html.HtmlElement) -> Iterator[str]:
    stack: list[html.HtmlElement | str] = [element]
    first = True
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item
            continue
        tail = "" if first else (item.tail or "")
        if tail:
            stack.append(tail)
        if not isinstance(item.tag, str) or (not first and (item.tag in _INVISIBLE or item.tag in _CONTROLS or is_hidden(item))):
            first = False
            continue
        first = False
        if item.tag not in _INLINE:
            stack.append(" ")
            yield " "
        stack.extend(reversed(item))
        if item.text:
            yield item.text


def _shorten(root: html.HtmlElement) -> None:
    """Cut off what comes after the most elements that are looked at: some of the work grows with the square of their number."""
    late = [element for number, element in enumerate(root.iter()) if number >= MOST_ELEMENTS]
    gone = set(late)
    for element in late:
        parent = element.getparent()
        if parent is not None and parent not in gone:
            parent.remove(element)


def _bulky(root: html.HtmlElement) -> set[html.HtmlElement]:
    """Elements that hold so much of the text that they cannot be beside the piece, whatever their class says."""
    size: dict[html.HtmlElement, int] = {}
    order = [element for element in root.iter() if isinstance(element.tag, str)]
    for element in reversed(order):
        if element.tag in _INVISIBLE:
            size[element] = 0
            continue
        own = len((element.text or "").strip())
        size[element] = own + sum(size.get(child, 0) + len((child.tail or "").strip()) for child in element)
    least = size.get(root, 0) * BULKY
    return {element for element, length in size.items() if length > least}


def _zone(element: html.HtmlElement, zone: Zone) -> Zone:
    if zone is Zone.COMMENTS or element.tag in ("body", "html", "main", "article", "h1"):
        return zone
    named = _zone_of_names(attributes(element)) if element.tag not in _INLINE else None
    if named is Zone.COMMENTS or zone is Zone.ASIDE:
        return named if named is Zone.COMMENTS else zone
    return Zone.ASIDE if named is Zone.ASIDE or element.tag in ("nav", "footer", "aside") else zone


@lru_cache(maxsize=4096)
def _zone_of_names(names: str) -> Zone | None:
    if not names:
        return None
    if _COMMENTS.search(names):
        return Zone.COMMENTS
    return Zone.ASIDE if _ASIDE.search(names) else None


def _without(text: str, opening: str, closing: str, keep: Callable[[str], bool]) -> str:
    lowered = text.lower()
    if len(lowered) != len(text):  # lower() may lengthen a few letters; then offsets would not fit
        lowered = text
    pieces: list[str] = []
    position = 0
    while (start := lowered.find(opening, position)) >= 0:
        end = lowered.find(closing, start)
        pieces.append(text[position:start])
        if end < 0:
            position = len(text) if opening == "<!--" else start + len(opening)
            break
        end += len(closing)
        if keep(text[start:end]):
            pieces.append(text[start:end])
        position = end
    pieces.append(text[position:])
    return "".join(pieces)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(data: bytes) -> bool:
    """Broken UTF-8 (cut or mixed) and not another encoding: most letters beyond ASCII are valid."""
    text = data[:200_000].decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(not character.isascii() for character in text) - broken > 4 * broken
