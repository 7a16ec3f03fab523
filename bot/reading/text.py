"""Saved text and Markdown -> Article: every block is the title, the standfirst, a byline, a date, the body, or dropped; the words stay verbatim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.errors import TooLong, Unreadable
from bot.models import Article, Fact, Paragraph, ParagraphRole
from bot.reading.address import canonical_address, resolved
from bot.reading.dates import date_in_address, parse_date
from bot.reading.names import split_byline
from bot.reading.saved.bio import find_bio
from bot.reading.saved.boilerplate import is_appeal_opening, is_ending, noise_of
from bot.reading.saved.byline import find_authors, is_byline
from bot.reading.saved.captions import find_captions, find_pull_quotes
from bot.reading.saved.cards import find_lists
from bot.reading.saved.dateline import find_published, is_date_line
from bot.reading.saved.fields import read_fields
from bot.reading.saved.joins import join_cut, joins
from bot.reading.saved.layout import Layout
from bot.reading.saved.lines import Block, BlockKind, clean, cut_blocks
from bot.reading.saved.outlets import find_outlet
from bot.reading.saved.places import Place, place_blocks
from bot.reading.saved.titles import find_address, find_standfirst, find_title

LONGEST_TEXT = 500_000
"""Characters; the longest piece that the reader accepts (60,000 words) has no more, and no op-ed comes near."""
MOST_BLOCKS = 12_000
"""Paragraphs and lines; the fullest saved page has two thousand."""
SHORTEST_BODY = 20
"""Words; anything shorter holds no piece that could be quoted."""

HEAD = 9
"""Blocks behind a title within which a byline or a date belongs to the piece's head."""
TAIL = 4
"""Paragraphs at the end among which a name alone is the author's, above the line about them."""
LONGEST_STANDFIRST = 60
LONGEST_HEADING = 12
"""Words."""

_ROLES = {BlockKind.HEADING: ParagraphRole.HEADING, BlockKind.QUOTE: ParagraphRole.QUOTE, BlockKind.ITEM: ParagraphRole.LIST}


def read_text(text: str, url: str | None = None) -> Article:
    """The article in a saved text or Markdown; ``url`` is where it came from, when known.

    Raises ``Unreadable`` when there is no article in it, ``TooLong`` above ``LONGEST_TEXT`` characters.
    """
    if len(text) > LONGEST_TEXT:
        raise TooLong("unread.text_too_long", length=len(text), most=LONGEST_TEXT)
    text = clean(text)
    if not text.strip():
        raise Unreadable("unread.empty_text")
    fields, skip = read_fields(text)
    blocks = cut_blocks(text, skip)
    if len(blocks) > MOST_BLOCKS:
        raise TooLong("unread.text_lines", n=len(blocks))
    if not blocks:
        raise Unreadable("unread.no_article_in_text")
    return _assembled(blocks, fields, url)


def _assembled(blocks: Sequence[Block], fields: dict[str, str], url: str | None) -> Article:
    address, address_blocks = find_address(blocks)
    source = url or fields.get("url") or fields.get("source") or fields.get("link") or address
    captions = find_captions(blocks)
    places = place_blocks(blocks, None, captions)
    title = find_title(blocks, _first(places), source, fields.get("title"))
    places = place_blocks(blocks, title.index, captions)
    body = [index for index, place in enumerate(places) if place is Place.BODY]
    if title.index is not None:
        behind = title.sure or title.index < _first(places)
        body = [index for index in body if (index > title.index if behind else index != title.index)]
    while body and body[0] - 1 not in (title.index, -1) and joins(blocks[body[0] - 1], blocks[body[0]]):  # cut after its first line
        body.insert(0, body[0] - 1)
    if not body:
        raise Unreadable("unread.short_lines")
    start = _behind_head(blocks, title.index, body[0])
    layout = Layout(title.index, start, body[-1] + 1)
    standfirst, standfirst_block = find_standfirst(blocks, layout, captions)
    taken = captions | address_blocks | find_lists(blocks)
    authors, byline = find_authors(blocks, layout, tuple(taken))
    if standfirst_block is not None and standfirst_block == byline:  # "Ada Venn | Harbour Post | 3 May 2024"
        standfirst, standfirst_block = Fact[str].unknown(), None
    published, modified = find_published(blocks, layout, tuple(taken))
    bio, bio_blocks = find_bio(blocks, layout, authors.value or ())
    dropped = taken | set(bio_blocks) | {byline, standfirst_block, title.index}
    dropped |= {index for index in body[-TAIL:] if blocks[index].text in (authors.value or ())}
    kept = _body(blocks, [index for index in body if index >= start or index == standfirst_block], dropped)
    words = sum(block.words for block in kept)
    if words < SHORTEST_BODY:
        raise Unreadable("unread.few_sentences")
    if fields:
        authors = Fact.stated(names, "front matter") if (names := split_byline(fields.get("author") or fields.get("authors") or "")) else authors
        stated = parse_date(fields.get("date") or fields.get("published") or "")
        published = Fact.stated(stated, "front matter") if stated else published
    canonical = canonical_address(source) if source and resolved(None, source) else None
    if published.value is None and canonical and (day := date_in_address(canonical)):
        published = Fact[date].inferred(day, "address")
    outlet = find_outlet(blocks, layout, canonical, fields, authors.value or ())
    return Article(
        title=title.fact,
        authors=authors,
        outlet=outlet,
        published=published,
        paragraphs=tuple(Paragraph(position, block.text, _role(block, kept)) for position, block in enumerate(kept)),
        standfirst=standfirst,
        url=Fact.stated(canonical, "address line" if not url else "address") if canonical else Fact[str].unknown(),
        links=(source,) if source else (),
        bio=bio,
        modified=modified,
    )


def _role(block: Block, body: Sequence[Block]) -> ParagraphRole:
    """As it was set; a short line in capitals between paragraphs is a heading too, unless the next is one as well: verses, a list, a shouted text."""
    if block.kind is BlockKind.PARAGRAPH and _is_in_capitals(block):
        at = next(index for index, other in enumerate(body) if other is block)
        around = [*body[max(0, at - 1) : at], *body[at + 1 : at + 2]]
        return ParagraphRole.BODY if any(map(_is_in_capitals, around)) else ParagraphRole.HEADING
    return _ROLES.get(block.kind, ParagraphRole.BODY)


def _is_in_capitals(block: Block) -> bool:
    return block.words <= LONGEST_HEADING and block.text.isupper() and not block.text.endswith((".", ",", ":", ";"))


def _first(places: Sequence[Place]) -> int:
    return next((index for index, place in enumerate(places) if place is Place.BODY), len(places))


def _behind_head(blocks: Sequence[Block], title: int | None, start: int) -> int:
    """Where the body starts when a standfirst made of sentences stands before the byline and the date."""
    if title is None:
        return start
    sentences = 0
    for index in range(title + 1, min(len(blocks), title + HEAD)):
        if index >= start and (is_byline(blocks[index].text) or is_date_line(blocks[index].text)):
            start = index + 1
        sentences += blocks[index].words >= 10 and blocks[index].ends
        if sentences > 1 or blocks[index].words > LONGEST_STANDFIRST:
            break
    return min(start, len(blocks))


def _body(blocks: Sequence[Block], body: Sequence[int], dropped: set[int | None]) -> list[Block]:
    """The body's blocks, without what stands between them and does not belong; cut paragraphs joined."""
    quotes = find_pull_quotes(blocks, [index for index in body if index not in dropped])
    kept: list[Block] = []
    seen: set[str] = set()
    appeal = False
    for index in body:
        block = blocks[index]
        if index in dropped or index in quotes or block.kind in (BlockKind.RULE, BlockKind.PICTURE) or not block.text:
            continue
        appeal = appeal or is_appeal_opening(block.text)
        if appeal or noise_of(block.text, block.linked) is not None:
            continue
        if block.words >= 8 and block.text in seen:
            continue
        seen.add(block.text)
        kept.append(replace(block, text=f"{block.number} {block.text}") if block.number else block)
    while kept and (kept[-1].kind is BlockKind.HEADING or is_ending(kept[-1].text)):
        kept.pop()
    return join_cut(kept)
