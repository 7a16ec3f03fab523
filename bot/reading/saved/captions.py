"""Captions, photo credits and pull quotes: lines that look like prose and are not the article's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from bot.reading.dates import find_dates
from bot.reading.names import looks_like_person
from bot.reading.saved.lines import Block, BlockKind
from bot.reading.saved.wordings import anywhere, either

LONGEST_CAPTION = 60
"""Words; longer paragraphs beside a picture are the article's."""
SHORTEST_DATED = 8
"""Words; a shorter line that ends with a year is a date line or a heading."""
SHORT_CAPTION = 40
"""Words of a caption that no credit gives away."""
LONGEST_NAMED = 10
"""Words of a byline beside its author's portrait."""
LONGEST_PULL_QUOTE = 45
DOUBLED = 0.7
"""Share of common words from which two lines in a row are one caption in two wordings."""
MOST_HOLDERS = 40
"""A sequence that more paragraphs share is a refrain, and counting it would take quadratic time."""
COPIED = 0.55
"""Share of a line's three-word sequences that another paragraph holds, from which it is a pull quote."""

_AGENCY = either("agencies")
_PICTURE = r"(?:photo|image|picture|illustration|graphic)"
_CREDIT = re.compile(
    rf"^\W*{either('picture_words')}s?(?: (?:{_PICTURE}|credit|courtesy|source))?s?\s*(?:credits?)?\s*(?:[:©/|]|\b(?:by|via|courtesy|from|credit)\b)"
    rf"|^\W*(?:credit|courtesy|source|photo)s?\b.{{0,3}}(?:\.\.\.|[:©]).{{0,80}}$|^\W*(?:credit|photo|image)s?\.{{2,}}"
    rf"|\b{_PICTURE}s?(?: credit)?s?\s*(?:by|courtesy|credit|:|/|©)\s*.{{2,80}}$"
    rf"|[/|]\s?{_AGENCY}\W*$|^\W*{_AGENCY}\W*$|^{_AGENCY}(?:\s*/\s*{_AGENCY})+"
    rf"|\((?:[^()]{{0,60}}/\s?|[^()]{{0,60}}\bvia\s|AP |File )?{_AGENCY}(?:[^()]{{0,40}})?\)\W*$|\bvia {_AGENCY}\W*$|\(?©\s?[^.]{{2,60}}\)?$"
    rf"|\((?:{_PICTURE}|credit|source|file)s?\b[^()]{{0,80}}\)\W*$|^\W*(?:stock|file|handout|archive|undated) (?:photo|image|picture)\b"
    r"|\bfile photo\b|\bscreen ?(?:shot|grab)\b.{0,60}$"
)
_CREDIT_LOOSE = re.compile(_CREDIT.pattern, re.IGNORECASE)
_LEADING_CREDIT = re.compile(rf"^[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{0,3}} ?/ ?(?:[A-Z][\w ]{{1,25}} ?/ ?)?{_AGENCY}\b")
_NAME_AND_HOUSE = re.compile(rf"^[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{1,3}}\s?(?:[/|]\s?{_AGENCY}|/\s?[A-Z][\w.&' ]{{2,40}})\W*$")
_MONTH_NAME = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_CAPTION_TAIL = re.compile(
    r"(?:,| in| on| at)\s(?:(?:early|late|mid-?)\s?)?"
    rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:{_MONTH_NAME}(?: \d{{1,2}},?)?,? )?(?:19|20)\d\d\.?\W*$",
    re.IGNORECASE,
)
_CAPTION_WORDS = anywhere("caption_signs")
_BY = re.compile(r"^\W*(?:(?:written|posted|published) )?by\b|[|•·]|\bmin(?:utes?)? read\b|\b(?:updated|published|posted)\b", re.IGNORECASE)
_PRESENT = re.compile(rf"^(?:An?|The|[A-Z][\w'’-]+)(?: [\w'’,-]+){{0,12}}? {either('caption_verbs')}\b")
_FINITE = re.compile(rf"\b{either('finite_verbs')}\b")


@lru_cache(maxsize=8192)
def is_credit(text: str) -> bool:
    """A photo credit, or a caption that ends or starts with one."""
    words = len(text.split())
    if words > LONGEST_CAPTION:
        return False
    if _LEADING_CREDIT.match(text) or (words <= 10 and _NAME_AND_HOUSE.match(text)):
        return True
    return bool(_CREDIT.search(text) or (words <= 25 and _CREDIT_LOOSE.search(text)))


def find_captions(blocks: Sequence[Block]) -> set[int]:
    """The indices of captions and photo credits."""
    found: set[int] = set()
    for index, block in enumerate(blocks):
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.ITEM) or not block.text or block.words > LONGEST_CAPTION:
            continue
        if is_credit(block.text) or (block.words <= SHORT_CAPTION and _is_caption(blocks, index)):
            found.add(index)
    for index, (block, following) in enumerate(pairwise(blocks)):
        if 5 <= block.words <= LONGEST_CAPTION and block.kind is following.kind is BlockKind.PARAGRAPH and is_doubled(block.text, following.text):
            found |= {index, index + 1}
    return found


def is_doubled(one: str, other: str) -> bool:
    """Two lines say the same in (nearly) the same words, the second perhaps with a credit behind it."""
    first, second = set(_words(one)), set(_words(other))
    if min(len(first), len(second)) < 4 or max(len(first), len(second)) > LONGEST_CAPTION:
        return False
    return len(first & second) >= DOUBLED * len(first | second) or (len(first) >= 6 and _words(other)[: len(_words(one))] == _words(one))


def find_pull_quotes(blocks: Sequence[Block], body: Sequence[int]) -> set[int]:
    """The indices of lines of the body that only repeat words of another paragraph."""
    holders: dict[tuple[str, str, str], list[int]] = {}
    for index in body:
        for triple in set(_triples(_words(blocks[index].text))):
            holders.setdefault(triple, []).append(index)
    found: set[int] = set()
    for index in body:
        block = blocks[index]
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.HEADING) or not 6 <= block.words <= LONGEST_PULL_QUOTE:
            continue
        if block.kind is BlockKind.HEADING and block.words < 8:
            continue
        own = set(_triples(_words(block.text)))
        shared = Counter(
            other
            for triple in own
            if len(holders[triple]) <= MOST_HOLDERS
            for other in holders[triple]
            if other != index and other not in found and blocks[other].words > block.words + 3
        )
        if shared and max(shared.values()) >= COPIED * len(own):
            found.add(index)
    return found


def _is_caption(blocks: Sequence[Block], index: int) -> bool:
    text, alone = blocks[index].text, _alone(blocks[index])
    if _names_the_portrait(blocks, index) or (blocks[index].words < SHORTEST_DATED and any(find_dates(text))):
        return False
    if alone and _CAPTION_WORDS.search(text):
        return True
    if alone and blocks[index].words >= SHORTEST_DATED and not _BY.search(text) and _CAPTION_TAIL.search(text) and not _FINITE.search(text):
        return True
    if _in_a_head(blocks, index):
        return False
    return _beside_picture(blocks, index) and (not blocks[index].ends or _PRESENT.match(text) is not None or _repeats_alternative(blocks, index))


def _in_a_head(blocks: Sequence[Block], index: int) -> bool:
    """A short line that says "by", or that a date follows: the picture above it is the author's portrait, or the piece's own."""
    if blocks[index].words > LONGEST_NAMED:
        return False
    following = next((block for block in blocks[index + 1 : index + 4] if block.text), None)
    dated = following is not None and following.words <= LONGEST_NAMED and any(find_dates(following.text))
    return dated or _BY.search(blocks[index].text) is not None


def _names_the_portrait(blocks: Sequence[Block], index: int) -> bool:
    """The picture beside the line shows the person whom the line names: a byline with a portrait."""
    pictures = (*(blocks[index - 1].images if index else ()), *blocks[index].images)
    return blocks[index].words <= LONGEST_NAMED and any(looks_like_person(picture) and picture in blocks[index].text for picture in pictures)


def _alone(block: Block) -> bool:
    """One sentence that stands by itself."""
    return len(re.findall(r"[.!?](?=\s+[A-Z“\"])", block.text)) <= 1


def _beside_picture(blocks: Sequence[Block], index: int) -> bool:
    before = blocks[index - 1] if index else None
    if before is not None and before.kind is BlockKind.PICTURE and any(len(image) > 1 for image in before.images):
        return True
    return bool(blocks[index].images) and not blocks[index].ends


def _repeats_alternative(blocks: Sequence[Block], index: int) -> bool:
    own = set(_words(blocks[index].text))
    return any(len(own & set(_words(image))) >= 0.6 * len(own) for image in blocks[index - 1].images) if index and own else False


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _triples(words: Sequence[str]) -> list[tuple[str, str, str]]:
    return list(zip(words, words[1:], words[2:], strict=False))
