"""The body of a page: its paragraphs, verbatim, with their roles.

trafilatura says what belongs to it. It is checked against the page's own JSON-LD text and against the densest part of the page, gets back the
list items and headings that it drops from between two paragraphs, and loses what is printed around an article.
"""

from __future__ import annotations

import copy
import re
from collections import Counter

from lxml import etree, html

from bot.models import Paragraph, ParagraphRole
from bot.reading.density import densest, linked, role_of
from bot.reading.names import squeeze
from bot.reading.saved.boilerplate import is_ending, noise_of
from bot.reading.saved.byline import is_byline
from bot.reading.saved.captions import is_credit
from bot.reading.saved.dateline import is_date_line
from bot.reading.structured import Structured
from bot.reading.tree import Block, Layout, Zone

Piece = tuple[str, ParagraphRole]

WHOLE_TEXT = 150
"""Words from which JSON-LD's articleBody is the text and not its beginning."""
COVERED = 0.6
"""Share of the page's own text that the extracted body must hold; with less, it is something else on the page."""
TOO_LITTLE = 60
"""Words below which a second opinion is asked."""
MUCH_RICHER = 3.0
"""How many times as long the densest part must be to replace what trafilatura found."""
LARGEST_GAP = 30
"""Blocks between two paragraphs of the body in which dropped list items are looked for."""
HEAD = 6
"""Paragraphs at the beginning among which title, byline and date are looked for."""
TAIL = 0.8
"""Share of the text after which a heading such as "Related stories" ends the body."""
SHORT_PROMPT = 25
"""Words up to which a paragraph is dropped as a prompt or notice; the body of a page holds few, so only plain cases count."""
LONGEST_LINE = 500
"""Characters up to which a paragraph is compared with the wordings of prompts, bylines and credits."""
COPY = 12
"""Words from which a second copy of a paragraph is dropped."""

_ROLES = {"head": ParagraphRole.HEADING, "quote": ParagraphRole.QUOTE, "item": ParagraphRole.LIST, "row": ParagraphRole.LIST}


def extract_body(root: html.HtmlElement, layout: Layout, structured: Structured, title: str | None) -> tuple[Paragraph, ...]:
    """Paragraphs of the main text, without the title; empty when there is none."""
    pieces = _filled(_by_trafilatura(root), layout)
    pieces = _checked(pieces, layout, structured)
    if title and pieces and len(pieces[0][0]) > len(title) and pieces[0][0].startswith(title) and _words(pieces) < TOO_LITTLE:
        pieces = densest(layout) or pieces  # of a page with next to no text trafilatura runs everything together
    pieces = trim(pieces, title)
    return tuple(Paragraph(position, text, role) for position, (text, role) in enumerate(pieces))


def trim(pieces: list[Piece], title: str | None) -> list[Piece]:
    """Without the title, byline and date at the head, second copies, prompts and credits anywhere, and what follows the end."""
    head = _bare(title or "")
    kept: list[Piece] = []
    seen: set[str] = set()
    total = sum(len(text) for text, _ in pieces)
    done = 0
    for index, (text, role) in enumerate(pieces):
        short = len(text) <= LONGEST_LINE
        if short and done > TAIL * total and role is not ParagraphRole.LIST and is_ending(text):
            break
        done += len(text)
        words = len(text.split())
        bare = _bare(text)
        if short and index < HEAD and ((head and bare == head) or is_byline(text) or is_date_line(text)):
            continue
        if bare in seen and words >= COPY and not text.endswith("?"):  # an interview may ask twice
            continue
        seen.add(bare)
        if short and role is not ParagraphRole.LIST and 2 <= words <= SHORT_PROMPT and noise_of(text) is not None:
            continue
        if short and role is ParagraphRole.BODY and words <= SHORT_PROMPT and is_credit(text):
            continue
        kept.append((text, role))
    while kept and kept[-1][1] is ParagraphRole.HEADING:
        kept.pop()
    return kept


def _by_trafilatura(root: html.HtmlElement) -> list[Piece]:
    from trafilatura import bare_extraction

    document = bare_extraction(copy.deepcopy(root), with_metadata=False, include_comments=False, include_tables=True)
    if document is None or isinstance(document, dict) or document.body is None:
        return []
    found: list[Piece] = []
    _collect(document.body, ParagraphRole.BODY, found)
    return found


def _collect(element: etree._Element, role: ParagraphRole, found: list[Piece]) -> None:
    """Paragraphs of trafilatura's tree (head, p, quote, list > item, table > row > cell), in order; a row of a table is one paragraph."""
    if element.tag == "row":
        cells = [squeeze("".join(cell.itertext())) for cell in element]
        if text := " | ".join(filter(None, cells)):
            found.append((text, ParagraphRole.LIST))
        return
    parts: list[str] = []

    def flush() -> None:
        if text := squeeze("".join(parts)):
            found.append((text, role))
        parts.clear()

    parts.append(element.text or "")
    for child in element:
        if child.tag == "lb":
            flush()
        elif child.tag in ("p", "head", "quote", "list", "item", "table", "row", "div", "code"):
            flush()
            _collect(child, _ROLES.get(child.tag, role if child.tag in ("p", "div") else ParagraphRole.BODY), found)
        else:
            parts.append("".join(child.itertext()))
        parts.append(child.tail or "")
    flush()


def _filled(pieces: list[Piece], layout: Layout) -> list[Piece]:
    """With the list items and headings of the page that stand between two paragraphs of the body and were dropped."""
    whole = "".join(_bare(text) for text, _ in pieces)
    places: dict[str, list[int]] = {}
    bares = [_bare(block.text) for block in layout.blocks]
    for index, bare in enumerate(bares):
        places.setdefault(bare, []).append(index)
    often = Counter(bares)
    filled: list[Piece] = []
    last: int | None = None
    for text, role in pieces:
        place = next((at for at in places.get(_bare(text), ()) if last is None or last < at <= last + 2 * LARGEST_GAP), None)
        if place is not None:
            if last is not None and place - last - 1 <= LARGEST_GAP:
                for number in range(last + 1, place):
                    block, bare = layout.blocks[number], bares[number]
                    if bare and often[bare] == 1 and bare not in whole and not (len(bare) > 80 and bare[20:60] in whole) and _is_dropped(block):
                        filled.append((block.text, role_of(block.element)))
            last = place
        filled.append((text, role))
    return filled


def _is_dropped(block: Block) -> bool:
    """A list item of prose that belongs where it stands."""
    if block.zone is not Zone.MAIN or role_of(block.element) is not ParagraphRole.LIST or linked(block) >= 0.4:
        return False
    item = next((ancestor for ancestor in (block.element, *block.element.iterancestors()) if ancestor.tag == "li"), None)
    if item is None or next(item.iter("img", "figure", "figcaption"), None) is not None:
        return False
    return noise_of(block.text) is None and not is_credit(block.text)


def _checked(pieces: list[Piece], layout: Layout, structured: Structured) -> list[Piece]:
    """The pieces, or a better account of the body when they miss most of what the page itself states or shows."""
    stated = _article_body(structured)
    length = _words(pieces)
    if stated and _coverage(stated, pieces) < COVERED:
        dense = densest(layout)
        return dense if _coverage(stated, dense) >= COVERED else stated
    if length < TOO_LITTLE:
        dense = densest(layout)
        if _words(dense) >= max(TOO_LITTLE, MUCH_RICHER * length):
            return dense
    return pieces


def _article_body(structured: Structured) -> list[Piece]:
    """JSON-LD's articleBody as paragraphs, when it is the whole text; empty otherwise."""
    value = structured.article.get("articleBody")
    if not isinstance(value, str) or len(value.split()) < WHOLE_TEXT or value.rstrip().endswith(("...", "…")):
        return []
    if re.search(r"<(?:p|br|div)\b", value, re.IGNORECASE):
        value = re.sub(r"<(?:br|/p|/div|/h\d|/li)\b[^>]*>", "\n", value, flags=re.IGNORECASE)
        value = re.sub(r"<[^<>]{1,400}>", "", value)
    return [(squeeze(line), ParagraphRole.BODY) for line in value.splitlines() if squeeze(line)]


def _coverage(stated: list[Piece], pieces: list[Piece]) -> float:
    """Share of the stated text's three-word sequences that the pieces hold."""
    wanted, given = _triples(stated), _triples(pieces)
    return len(wanted & given) / max(1, len(wanted))


def _triples(pieces: list[Piece]) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", " ".join(text for text, _ in pieces).casefold())
    return set(zip(words, words[1:], words[2:], strict=False))


def _words(pieces: list[Piece]) -> int:
    return sum(len(text.split()) for text, _ in pieces)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
