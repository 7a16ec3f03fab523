"""Who wrote a saved text: bylines, bare names under the title, bio lines; each candidate weighed by its place.

A photographer is no author, a role without a name names nobody, names in lists of other pieces are theirs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.models import Fact
from bot.reading.dates import find_dates
from bot.reading.names import in_usual_case, looks_like_person, split_byline
from bot.reading.saved.boilerplate import is_ending, is_kicker, noise_of
from bot.reading.saved.captions import is_credit
from bot.reading.saved.dateline import is_date_line, is_head_line
from bot.reading.saved.layout import Layout, boxes, unglue
from bot.reading.saved.lines import Block, BlockKind
from bot.reading.saved.wordings import either, whole

LONGEST_BYLINE = 40
"""Words; a longer line that starts with "By" is prose ("By the time ...")."""
PLAINLY = -1.0
"""What the place of "Written by Ann Lee" weighs at least: wherever it stands on a page, nothing else is meant."""
UNDER_TITLE = 1.0
"""What a name gains under the title over one that the notes behind the body introduce."""
ENOUGH = 3.0
"""The least that the evidence for a name must weigh."""

_BY = re.compile(
    rf"^\W*(?:(?:(?:an?|eine?|une?|una?)\s+)?{either('genres')}\s*[:|–—-]?\s*)?{either('byline_leads')}(?:\s*:\s*|\s+(?=[^\s])|(?<=\s)(?=(?-i:[A-Z]))|(?<=[Bb][Yy])(?=(?-i:[A-Z][a-z])))(?P<names>\S.*)$",
    re.IGNORECASE,
)
_PLAINLY = re.compile(r"^\W*(?:(?:written|authored|penned) by\b|(?:article|story|words|text) by\b|(?:authors?|writer)\s*:)", re.IGNORECASE)
_BY_INSIDE = re.compile(
    r"(?:[—–|•·-]\s*|\s)(?:written|posted|authored|published) by:?\s+(?P<names>[A-Z].*)$|(?:[—–|•·]\s*|\s{2,})by:?\s+(?P<more>[A-Z].*)$"
    r"|(?-i:(?<=[.!?] )By (?P<last>[A-Z].{3,60})$)",
    re.IGNORECASE,
)
_BY_LONE = whole("lone_leads")
_NOT_AUTHOR = re.compile(rf"\b{either('other_credits')} by\b|\bphotos?\s*:", re.IGNORECASE)
_REVIEWED = re.compile(r"^\W*(?:medically |expert |fact[- ])?(?:reviewed|checked|edited) by\b.{3,120}?(?=written by\b)", re.IGNORECASE)
_CAPITALISED = r"[A-ZÀ-ÖØ-ÞĆČĐŁŃŘŚŞŠŹŻŽ][\w.'’-]*"
BIO = re.compile(
    rf"^\W*(?:[Aa]bout the [Aa]uthor:?\s*)?(?P<name>(?:{either('name_titles')}\.? )?{_CAPITALISED}(?: (?:{_CAPITALISED}|{either('particles')}))*"
    rf"(?: [A-ZÀ-ÖØ-ÞĆČĐŁŃŘŚŞŠŹŻŽ][\w'’-]+)(?:,? (?:Jr|Sr|PhD|Ph\.D|MD|RD|III|II)\.?)?)(?P<more>(?:,? and {_CAPITALISED}(?: {_CAPITALISED}){{1,3}})?)"
    rf"(?:,? (?:is|was|are|were) (?:(?:currently|also|now|both) )?{either('bio_roles')}|,? {either('bio_verbs')}\b"
    rf"|, (?:an?|the) [\w -]+, (?:is|was|has|advised|served|teaches|writes|directs|works|leads)\b)"
)
_PROFILES = ("/author", "/people/", "/profile", "/staff/", "/by/")


_DATED_BY = re.compile(r"^(?P<before>.{6,60}?)\s+[Bb]y:?\s+(?P<names>\S.*)$")
_ROW = re.compile(r"\s*[|•·]\s*|\s[*✦✧/–—-]\s")
_BY_ONLY = re.compile(r"\W*(?:(?:article |post |story )?(?:written |posted |published |words )?by|von|par|por)\W*", re.IGNORECASE)
_TEAM = re.compile(
    r"\b(?:team|staff|editors|newsroom|desk|editorial board|bureau|redaktion|redacci[oó]n|rédaction|redazione|contributors?)\b", re.IGNORECASE
)
LONGEST_TEAM, LONGEST_DATED = 5, 12
"""Words of a byline that names no person, and of a line such as "3 May 2024 by venn"."""
MOST_BLOCKS = 40
"""Of a text that somebody pasted by hand, without the rest of a page around it; there a name at the end is a signature."""
MOST_PARTS, LONGEST_PART = 6, 10
"""Of a row with marks between: its parts, and the words of one."""
SHORT_MENTION, LONGEST_ROLE = 12, 9
"""Words of a caption that names the author as its photographer or subject, and of a line that states an office."""
_URL = re.compile(r"(?:https?://|www\.)\S+")
_SIGNED = re.compile(r"[—–-]{1,2}\s*(?=\w)")
_TRAILING = re.compile(r"\s+(?:on|at|in|for|via|and|with)$", re.IGNORECASE)
_COMMON = re.compile(rf"(?:{either('open_ends')}|{either('no_name_words')}|\w+n['’]t)", re.IGNORECASE)
"""Words that no name has."""
_NAME_WORD = re.compile(
    r"[A-ZÀ-ÖØ-ÞĆČĐŁŃŘŚŞŠŹŻŽ]['’]?[a-zà-ÿ]+(?:[-'’]?[A-ZÀ-ÖØ-ÞĆČĐŁŃŘŚŞŠŹŻŽ]?[a-zà-ÿ]+)*|[A-Z]\.?(?:[A-Z]\.)?"
    r"|van|von|der|de|di|da|del|bin|ibn|al|el|la|le"
)
_ROLE_WORD = re.compile(rf"\b{either('role_words')}\b", re.IGNORECASE)


def find_authors(blocks: Sequence[Block], layout: Layout, taken: Collection[int] = ()) -> tuple[Fact[tuple[str, ...]], int | None]:
    """The authors and the block that names them; ``taken`` blocks (captions) name nobody."""
    best: tuple[float, int, tuple[str, ...], str] | None = None
    near = layout.head(blocks)
    lowered = _lowered_words(blocks)
    closing = _closing(blocks, layout)
    for index, block in enumerate(blocks):
        if index in taken or not block.text or block.words > 120:
            continue
        under = layout.title is not None and layout.title < index <= layout.start + 1
        above = layout.title is not None and index < layout.title
        where = _Where(under, near=index in near, behind=index >= layout.end, close=index in closing, above=above)
        for weight, names, evidence in _candidates(blocks, index, layout, where, lowered):
            if names and weight >= ENOUGH and (best is None or weight + UNDER_TITLE * under > best[0]):
                best = (weight + UNDER_TITLE * under, index, names, evidence)
    if best is None:
        return Fact[tuple[str, ...]].unknown(), None
    _, index, names, evidence = best
    names = tuple(_as_printed(name, " ".join(block.text for block in blocks[index : index + 3])) for name in names)
    fact = Fact.inferred(names, evidence) if evidence == "bio line" else Fact.stated(names, evidence)
    return fact, index


@dataclass(frozen=True, slots=True)
class _Where:
    """A block's place: under the title, around the head, behind the body, and there before anything else begins."""

    head: bool
    near: bool
    behind: bool
    close: bool
    above: bool = False
    """Over the title, where other pieces are announced too."""

    @property
    def weight(self) -> float:
        if self.near and not self.head:
            return 1.0 if self.above else 2.0
        return 3.0 if self.head else 1.0 if self.close else -3.0


def _closing(blocks: Sequence[Block], layout: Layout) -> range:
    """What follows the body directly, up to comments, related pieces and the like."""
    last = layout.end
    while last < min(len(blocks), layout.end + 12):
        text = blocks[last].text
        if is_ending(text) and not _BY_LONE.fullmatch(text) and "author" not in text.casefold() and "written" not in text.casefold():
            break
        last += 1
    return range(layout.end, last)


def _lowered_words(blocks: Sequence[Block]) -> frozenset[str]:
    """Words that the text itself writes in small letters: no names."""
    return frozenset(word for block in blocks for word in re.findall(r"(?<![\w@.])[a-z]{3,}", _URL.sub(" ", block.text)))


Candidate = tuple[float, tuple[str, ...], str]


def _candidates(blocks: Sequence[Block], index: int, layout: Layout, where: _Where, lowered: Collection[str]) -> Iterator[Candidate]:
    block = blocks[index]
    text = _without_others(unglue(block.text))
    if is_credit(block.text):
        return
    if (inside := _REVIEWED.search(text)) and block.words <= LONGEST_BYLINE:
        text = text[inside.end() :]
    if block.words <= LONGEST_BYLINE and not _NOT_AUTHOR.search(text):
        if match := _BY.match(text):
            names = _people(match["names"], organisations=where.head or where.near)
            prose = (block.words > 14 and block.ends and len(" ".join(names)) < 0.3 * len(text)) or match["names"][:1].islower()
            plain = bool(_PLAINLY.match(text)) and all(map(looks_like_person, names))
            listed = where.behind and block.kind is BlockKind.ITEM  # "By Any Other Name by ..." in a list of books
            if names and not prose and not listed:
                listing = 2.0 if block.kind is BlockKind.ITEM and not where.head and not plain else 0.0
                yield 5.0 + (max(where.weight, PLAINLY) if plain else where.weight) - listing, names, "byline"
        if match := _BY_INSIDE.search(text) or (_DATED_BY.match(text) if next(find_dates(text[:45]), None) else None):
            found = match.groupdict()
            dated_by = "before" in found and block.words <= LONGEST_DATED
            names = _people(found["names"] or found.get("more") or found.get("last") or "", organisations=dated_by and where.near)
            if names and (where.near or where.close):
                yield 4.0 + where.weight, names, "byline"
        if _BY_LONE.fullmatch(text) and (following := _next_words(blocks, index)) is not None:
            names = _people(following.text) if following.words <= 8 and not is_kicker(following.text) else ()
            alone = where.near and _BY_ONLY.fullmatch(text) is not None and following.words <= LONGEST_TEAM and not following.ends
            if names and (alone or all(looks_like_person(name) for name in names)):
                plain = bool(_PLAINLY.match(f"{text}:"))
                listing = 2.0 if block.kind is BlockKind.ITEM and not where.head and not plain else 0.0
                yield 4.5 + (max(where.weight, PLAINLY) if plain else where.weight) - listing, names, "byline"
        if where.near or where.close:
            yield from _bare_name(blocks, index, layout, where, lowered)
    told = where.behind or index == layout.end - 1
    if (told or (where.near and index < layout.start)) and (match := BIO.match(text)):
        name = match["name"].strip(" ,")
        other = match["more"].removeprefix(",").strip().removeprefix("and ").strip()
        names = (name, other) if other else (name, *_also_introduced(block.text[match.end() :]))
        if all(looks_like_person(person) for person in names) and (told or re.search(r"\b(?:is|are)\b", match[0])):
            yield 4.5 if where.close else 3.2 if not where.behind or index < layout.end + 8 else 3.0, names, "bio line"


def _also_introduced(rest: str) -> Iterator[str]:
    """The others of a line about the authors: "Ada Venn is a senior fellow at ... . Bo Ek is a former admiral."."""
    for sentence in re.split(r"(?<=[a-zà-ÿ)”’\d][.!])\s+", rest)[1:]:
        if (match := BIO.match(sentence)) and not match["more"] and looks_like_person(name := match["name"].strip(" ,")):
            yield name


def _bare_name(blocks: Sequence[Block], index: int, layout: Layout, where: _Where, lowered: Collection[str]) -> Iterator[Candidate]:
    """A line that is nothing but names, perhaps with a date or a role behind them."""
    block = blocks[index]
    text = unglue(block.text)
    mentions = list(find_dates(text))
    footer = False
    row = _named_in_row(text, mentions[0].start, mentions[0].end) if mentions else None
    if mentions and row:
        text = row
    elif mentions and text[: mentions[0].start].strip():
        text = text[: mentions[0].start]
        if text.strip() not in block.text:  # boxes run together: "opinionAnn LeeMay 3, 2023"
            text = [box for box in boxes(block.text) if box in text][-1]
            footer = where.close
    elif mentions:  # "3 May 2024 Ann Lee"
        text = text[mentions[-1].end :].lstrip(" ,;|•·–—-")
    text = re.split(r"\s*[|•·–—@(]\s*|\s{2,}|\s\d", text.lstrip(" —–-"))[0].strip(" ,|•·–—-")
    if not text or len(text.split()) > 12 or (block.ends and not mentions) or noise_of(text) is not None or is_ending(text):
        return
    beside = _is_dated if where.head else is_date_line
    dated = bool(mentions) or any(0 <= other < len(blocks) and beside(blocks[other].text) for other in (index - 1, index + 1, index + 2))
    if layout.title is not None and where.head and dated and (pen := _pen_name(blocks, index, layout, text, lowered)):
        yield 3.5, (pen,), "byline"
        return
    bare = _without_role(text)
    names = _people(bare, organisations=False)
    if not names or not all(looks_like_person(name) for name in names) or sum(map(len, names)) < 0.4 * len(bare):
        return
    words = [word for name in names for word in name.split()]
    common = [word for word in words if len(word) > 2 and word.casefold() in lowered]
    if len(common) == len([word for word in words if len(word) > 2]) or any(_COMMON.fullmatch(word) for word in words):
        return
    if layout.title is not None and all(name in blocks[layout.title].text for name in names):
        return
    weight = 0.0
    if mentions:
        weight += 3.0 if footer else 2.5
    elif dated:
        weight += 2.0
    if where.head and layout.title is not None:
        between = [other for other in blocks[layout.title + 1 : index] if other.text and not _is_dated(other.text)]
        plain = not common and len(words) <= 3 * len(names) and all(_NAME_WORD.fullmatch(word) for word in words)
        weight += 3.2 if len(between) <= 2 and plain and not _is_spoken_of(blocks, layout, names) else 1.5
    following = _next_words(blocks, index)
    if bare != text or (following is not None and _is_role_line(following, lowered)):
        weight += 1.5
    around = blocks[max(0, index - 1) : index + 2]
    if any(name in image for other in around for image in other.images for name in names):
        weight += 1.5
    if any(mark in target for target in block.targets for mark in _PROFILES):
        weight += 3.0
    if any(BIO.match(other.text) and other.text.lstrip().startswith(names[0]) for other in blocks[max(0, index - 2) : index + 4]):
        weight += 2.5
    if not where.behind and any(other.text == block.text for other in blocks[layout.end : layout.end + 15]):
        weight += 1.0
    if where.behind and index == layout.end and (_SIGNED.match(block.text) or _ends_text(blocks, index)):
        weight += 3.0  # a signature
    if where.behind and weight < 2.5:
        return
    yield weight + (0.0 if where.behind else 0.5), names, "byline" if not where.behind else "bio line"


def _is_dated(text: str) -> bool:
    return is_date_line(text) or is_head_line(text)


def _pen_name(blocks: Sequence[Block], index: int, layout: Layout, text: str, lowered: Collection[str]) -> str | None:
    """One word or a team beside the date right under the title: "Susan", "Harbour Connect Team"; no section, no word that the text uses otherwise."""
    between = [other for other in blocks[(layout.title or 0) + 1 : index] if other.text and not _is_dated(other.text)]
    words = text.split()
    if len(between) > 1 or blocks[index].kind is not BlockKind.PARAGRAPH or is_kicker(text) or not all(word[:1].isupper() for word in words):
        return None
    if len(words) == 1 and (between or text == blocks[index].text) and not (not between and _is_dated(blocks[index + 1].text)):
        return None
    if len(words) == 1:
        fits = _NAME_WORD.fullmatch(text) is not None and len(text) > 2 and text.casefold() not in lowered and not _COMMON.fullmatch(text)
    else:
        fits = len(words) <= LONGEST_TEAM and _TEAM.search(words[-1]) is not None
    names = split_byline(text) if fits else ()
    return names[0] if len(names) == 1 and len(names[0].split()) == len(words) else None


def _is_spoken_of(blocks: Sequence[Block], layout: Layout, names: Collection[str]) -> bool:
    """The body speaks of them in its sentences, as of anybody else; a line about the author or a caption does not count."""
    told = [other for other in blocks[layout.start : layout.end] if other.words > SHORT_MENTION]
    return any(name in other.text and not other.text.lstrip().startswith(name) for other in told for name in names)


def _is_role_line(block: Block, lowered: Collection[str]) -> bool:
    """A short line that says what somebody is: "Trending Editor", "Senior Politics Correspondent, Harbour Post"."""
    return block.words <= LONGEST_ROLE and not block.ends and _ROLE_WORD.search(block.text) is not None and not block.text[:1].islower()


def _named_in_row(text: str, start: int, end: int) -> str | None:
    """The people in a row such as "Mar 7, 2024 | ADA VENN" or "harbourpost.example • Ada Venn • 7 March 2024"."""
    parts = [part.strip(" ,") for part in _ROW.split(f"{text[:start]}|{text[end:]}")]
    if len(parts) > MOST_PARTS or max(len(part.split()) for part in parts) > LONGEST_PART or not _ROW.search(text):
        return None
    people = (names for part in parts if (names := split_byline(part)) and all(map(looks_like_person, names)))
    return next((", ".join(names) for names in people), None)


def _ends_text(blocks: Sequence[Block], index: int) -> bool:
    """Nothing but a few words, the place or the day, follows a name at the end of a text."""
    rest = [block for block in blocks[index + 1 :] if block.text]
    pasted = len(blocks) <= MOST_BLOCKS and not any(block.links for block in blocks)
    return pasted and len(rest) <= 2 and all(block.words <= 4 and not block.ends for block in rest)


def is_row(text: str) -> bool:
    """A date and names in a row: no title."""
    dated = next(find_dates(text), None)
    return dated is not None and _named_in_row(text, dated.start, dated.end) is not None


def is_common(word: str) -> bool:
    """A word that no name has."""
    return _COMMON.fullmatch(word) is not None


def _without_role(text: str) -> str:
    """ "Ann Lee Senior Politics Editor" without what she is: the first two words, or three around an initial or a particle."""
    role = _ROLE_WORD.search(text)
    words = text.split()
    if not role or role.start() == 0 or "," in text[: role.start()] or len(words) <= 3:
        return text
    size = 3 if re.fullmatch(r"[A-Z]\.?|van|von|de|di|da|bin|al|el|le|la", words[1]) else 2
    return " ".join(words[:size])


def _without_others(text: str) -> str:
    """ "Words by Ada Venn, photographs by Bo Ek" up to who did something else."""
    other = _NOT_AUTHOR.search(text) if _BY.match(text) else None
    return text[: other.start()].rstrip(" ,;|") if other and other.start() > 0 and _BY.match(text[: other.start()]) else text


def _people(text: str, *, organisations: bool = True) -> tuple[str, ...]:
    """The people in a byline; whatever else stands in it, an outlet or a desk, only when it names nobody else."""
    text = unglue(text)
    dated = next(find_dates(text), None)
    if dated:
        text = text[: dated.start]
    text = re.split(r"\s*@\w|\s\d+ (?:min|hour|day|week|month|year)|(?<![\s.][A-Z])\. [A-Z]", text)[0]
    names = [_TRAILING.sub("", name) for name in split_byline(text) if len(name) > 1 and not any(c.isdigit() for c in name)]
    people = [_undoubled(name) for name in names if looks_like_person(_undoubled(name))]
    if not people and not organisations:
        return ()
    return tuple(dict.fromkeys(in_usual_case(name) for name in (people or names)))


def _as_printed(name: str, line: str) -> str:
    """ "MixmasterFred" is one word where the line has it as one."""
    joined = name.replace(" ", "")
    if name in line or not joined.isalnum() or len(name.split()) > 3:
        return name
    match = re.search(r"\s?".join(map(re.escape, joined)), line)
    return match[0] if match else name


def _undoubled(name: str) -> str:
    """ "Ann Lee Ann Lee" (a picture's text beside the name) once."""
    words = name.split()
    half = len(words) // 2
    return " ".join(words[:half]) if len(words) >= 4 and words[:half] == words[half:] else name


def _next_words(blocks: Sequence[Block], index: int) -> Block | None:
    return next((block for block in blocks[index + 1 : index + 4] if block.text), None)


@lru_cache(maxsize=8192)
def is_byline(text: str) -> bool:
    """A line that says who wrote it: "By Ann Lee", "Written by Ann Lee on 3 May"."""
    text = _without_others(unglue(text))
    if len(text.split()) > LONGEST_BYLINE or _NOT_AUTHOR.search(text):
        return False
    match = _BY.match(text)
    return match is not None and not match["names"][:1].islower() and bool(_people(match["names"]))
