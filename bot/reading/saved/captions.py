"""Captions, photo credits and pull quotes: lines that look like prose and are not the article's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.reading.saved.lines import Block, BlockKind

LONGEST_CAPTION = 60
"""Words; longer paragraphs beside a picture are the article's."""
LONGEST_PULL_QUOTE = 45
DOUBLED = 0.7
"""Share of common words from which two lines in a row are one caption in two wordings."""
COPIED = 0.55
"""Share of a line's three-word sequences that another paragraph holds, from which it is a pull quote."""

_AGENCY = (
    r"(?:Reuters|REUTERS|AP(?: Photo| Images)?|A\.P\.|AFP|Getty(?: Images)?|EPA(?:-EFE)?|EFE|TASS|Tass|Xinhua|DPA|dpa|ANSA|Alamy(?: Stock Photo)?|Shutterstock|iStock(?:photo)?|Unsplash|Pexels|Pixabay|Flickr|"
    r"Wiki(?:media)?(?: ?Commons)?|Wikicommons|Bloomberg|Zuma(?: Press)?|ZUMA(?: Press)?|Anadolu(?: Agency)?|NurPhoto|Sipa(?: USA)?|Imago|IMAGO|Picture Alliance|SOPA Images|LightRocket|Corbis|Adobe Stock|Stocksy|Redux|Polaris|Magnum|PA(?: Images| Wire)?|USA Today Sports|TNS|MCT|Handout|handout|Kremlin|Screenshot|screengrab|Courtesy|courtesy)"
)
_CREDIT = re.compile(
    rf"^\W*(?:(?:photo|photograph|photographs|image|images|picture|illustration|artwork|graphic|video|cover|header|featured|lead|main|stock|file|credit|caption|cartoon)s?(?: (?:photo|image|credit|courtesy|source|illustration))?s?\s*(?:credits?)?\s*(?:[:©/|]|\bby\b|\bvia\b|\bcourtesy\b|\bfrom\b|\bcredit\b))"
    rf"|^\W*(?:credit|courtesy|source|photo)s?\b.{{0,3}}(?:\.\.\.|[:©]).{{0,80}}$|^\W*(?:credit|photo|image)s?\.{{2,}}|\b(?:photo|image|illustration|picture|graphic)s?(?: credit)?s?\s*(?:by|courtesy|credit|:|/|©)\s*.{{2,80}}$"
    rf"|[/|]\s?{_AGENCY}\W*$|^\W*{_AGENCY}\W*$|^{_AGENCY}(?:\s*/\s*{_AGENCY})+|\((?:[^()]{{0,60}}/\s?|[^()]{{0,60}}\bvia\s|AP |File )?{_AGENCY}(?:[^()]{{0,40}})?\)\W*$|\bvia {_AGENCY}\W*$|\(?©\s?[^.]{{2,60}}\)?$"
    rf"|\((?:photo|image|picture|illustration|credit|source|file)s?\b[^()]{{0,80}}\)\W*$|^\W*(?:stock|file|handout|archive|undated) (?:photo|image|picture)\b|\bfile photo\b|\bscreen ?(?:shot|grab)\b.{{0,60}}$",
)
_CREDIT_LOOSE = re.compile(_CREDIT.pattern, re.IGNORECASE)
_LEADING_CREDIT = re.compile(rf"^[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{0,3}} ?/ ?(?:[A-Z][\w ]{{1,25}} ?/ ?)?{_AGENCY}\b")
_NAME_AND_HOUSE = re.compile(rf"^[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{1,3}}\s?[/|]\s?(?:{_AGENCY}|[A-Z][\w.&' ]{{2,40}})\W*$")
_CAPTION_TAIL = re.compile(
    r"(?:,| in| on| at)\s(?:(?:early|late|mid-?)\s?)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?: \d{1,2},?)?,? )?(?:19|20)\d\d\.?\W*$", re.IGNORECASE
)
_CAPTION_WORDS = re.compile(
    r"^\W*(?:above|below|left|right|top|bottom|pictured|caption|figure|fig\.|image|photo)\b\W*[:.|\d]|\((?:pictured|left|right|centre|center|seen|above|below|back|front|second from \w+|c|l|r)\)|\b(?:is|are) (?:seen|pictured|shown)\b|\bin this (?:photo|picture|image|file photo|undated|handout|screen)\b|\b(?:pictured|photographed) (?:in|at|on|here|with|during)\b|\bposes? (?:for|with)\b",
    re.IGNORECASE,
)
_VERB_ING = re.compile(r"^(?:An?|The|[A-Z][\w'’-]+)(?: [\w'’,-]+){0,12}? (?:speaks|attends|walks|waits|wait|stands|stand|holds|hold|looks|arrives|gestures|addresses|waves|shakes|delivers|listens|carry|carries|gather|protest|march|is loaded|are loaded|attend)\b")


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
        if is_credit(block.text) or _CAPTION_WORDS.search(block.text) and block.words <= 40 and _alone(block):
            found.add(index)
        elif _alone(block) and block.words <= 40 and _CAPTION_TAIL.search(block.text) and not _has_main_verb(block.text):
            found.add(index)
        elif _beside_picture(blocks, index) and block.words <= 40 and (not block.ends or _VERB_ING.match(block.text) or _repeats_alternative(blocks, index)):
            found.add(index)
    for index, (block, following) in enumerate(zip(blocks, blocks[1:], strict=False)):
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
    inner = [index for index in body if blocks[index].words]
    held = {index: set(_triples(_words(blocks[index].text))) for index in inner}
    found: set[int] = set()
    for index in inner:
        block = blocks[index]
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.HEADING) or not 6 <= block.words <= LONGEST_PULL_QUOTE:
            continue
        if block.kind is BlockKind.HEADING and block.words < 8:
            continue
        own = held[index]
        for other in inner:
            if other == index or other in found or blocks[other].words <= block.words + 3 or not own:
                continue
            if len(own & held[other]) >= COPIED * len(own):
                found.add(index)
                break
    return found


def _alone(block: Block) -> bool:
    """One sentence that stands by itself."""
    return len(re.findall(r"[.!?](?=\s+[A-Z“\"])", block.text)) <= 1


def _beside_picture(blocks: Sequence[Block], index: int) -> bool:
    before = blocks[index - 1] if index else None
    return bool((before is not None and before.kind is BlockKind.PICTURE and any(len(image) > 1 for image in before.images)) or (blocks[index].images and not blocks[index].ends))


def _repeats_alternative(blocks: Sequence[Block], index: int) -> bool:
    own = set(_words(blocks[index].text))
    return any(len(own & set(_words(image))) >= 0.6 * len(own) for image in blocks[index - 1].images) if index and own else False


def _has_main_verb(text: str) -> bool:
    """A sentence that reports something; a caption's phrase has no finite verb before its date."""
    return re.search(r"\b(?:was|were|is|are|has|have|had|will|would|could|should|began|became|came|went|took|made|said|did|won|lost|fell|rose|ended|started|voted|signed|announced|invaded|died|published|released|launched|killed|grew|led|left|held|met|told|called|\w+ed)\b", text) is not None


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _triples(words: Sequence[str]) -> list[tuple[str, str, str]]:
    return list(zip(words, words[1:], words[2:], strict=False))
