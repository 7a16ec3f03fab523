"""The outlet of a saved text: stated beside the byline, or inferred from disclaimers, notices and the address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from bot.models import Fact
from bot.reading.address import split_address
from bot.reading.dates import find_dates
from bot.reading.names import looks_like_organisation, split_byline
from bot.reading.saved.captions import is_credit
from bot.reading.saved.layout import Layout
from bot.reading.saved.lines import Block
from bot.reading.saved.wordings import either

_NAME = r"(?:the )?(?P<name>(?:The )?[A-Z][\w&'’.-]*(?: (?:[A-Z&][\w&'’.-]*|of|on|for|the|and|de|la))*)"
_OPENING = re.compile(rf"^\W*{_NAME} does not take (?:collective|institutional|any)\b")
"""The one notice that starts with the name, so that its "The" is the sentence's."""
_SPOKEN = (
    re.compile(rf"\b(?:position|positions|views?|opinions?|policy|stance|those) of {_NAME}"),
    _OPENING,
    re.compile(rf"^\W*(?:Support|Donate to|Subscribe to|Follow|Join) {_NAME}\b\W*(?:today\W*|now\W*|on .*)?$"),
    re.compile(rf"^\W*A Message [Ff]rom {_NAME}\W*$"),
    re.compile(rf"\b(?:news|features|analysis|more|best|stories|appeal|newsletter) (?:and more )?(?:from|of) {_NAME}"),
    re.compile(rf"\b(?:supporting|journalists of|readers of|columnist (?:for|at)|contributor to) {_NAME}"),
    re.compile(rf"(?:©|\(c\)|[Cc]opyright)(?: ©)?\s*(?:\d{{4}}(?:\s?[-–]\s?\d{{2,4}})?)?,?\s*(?:by )?{_NAME}"),
    re.compile(rf"\b(?:first|originally|was) (?:published|appeared|printed) (?:in|by|on|at) {_NAME}"),
)
_PUBLISHED_IN = re.compile(rf"^\W*(?i:published|posted|appeared|from|via|source|outlet|publication)\s*(?:in|on|by|:)\s*{_NAME}")
_GENERIC = re.compile(rf"(?:the )?{either('no_outlets')}\b.*|\w{{1,2}}", re.IGNORECASE)
_OUTLET_WORD = re.compile(rf"\b{either('outlet_words')}\b")


def find_outlet(blocks: Sequence[Block], layout: Layout, url: str | None, fields: dict[str, str], authors: Collection[str]) -> Fact[str]:
    """Who published it, as the text names it; "inferred" unless it stands beside the byline or the date."""
    for key in ("outlet", "publication", "publisher", "source", "site", "newspaper", "journal"):
        if (value := fields.get(key)) and not value.startswith("http"):
            return Fact.stated(value, "front matter")
    if stated := _beside_byline(blocks, layout, authors):
        return Fact.stated(stated, "byline")
    host = _host_letters(url)
    spoken: Counter[str] = Counter()
    for block in [*blocks[: layout.start + 1], *blocks[layout.end - 1 :]]:
        for pattern in _SPOKEN:
            for match in pattern.finditer(block.text[:600]):
                name = _trimmed(match["name"])
                if name and pattern is _OPENING:
                    name = name.removeprefix("The ")
                if name and name not in authors:
                    spoken[name] += 1
    if host:
        if matching := [name for name in spoken if _letters(name) in host or host in _letters(name)]:
            return Fact.inferred(max(matching, key=lambda name: (spoken[name], len(name))), "address and notice")
        if (label := _line_like(blocks, layout, host)) is not None:
            return Fact.inferred(label, "address")
        return Fact.inferred(_host_name(url or ""), "address")
    sure = [name for name, count in spoken.items() if count >= 2 or looks_like_organisation(name)]
    if sure:
        return Fact.inferred(max(sure, key=lambda name: (spoken[name], len(name))), "notice")
    return Fact[str].unknown()


def _beside_byline(blocks: Sequence[Block], layout: Layout, authors: Collection[str]) -> str | None:
    """ "By Ann Lee, Meridian Post"; "The Continental Ledger | July 21, 2023"; "Published in The Harbour Review on 8 February"."""
    first = layout.title + 1 if layout.title is not None else max(0, layout.start - 8)
    for block in blocks[first : layout.start + 1]:
        if block.words > 24 or not block.text or is_credit(block.text):
            continue
        if match := _PUBLISHED_IN.match(block.text):
            name = _trimmed(match["name"])
            if name and split_byline(name) != tuple(authors):
                return name
        rest = block.text
        for mention in find_dates(block.text):
            rest = rest.replace(block.text[mention.start : mention.end], "|")
        named = any(author in rest for author in authors) or rest != block.text
        lone = not named and block.words <= 6
        for part in re.split(r"\s*[|•·,]\s*|\s[–—-]\s", re.sub(r"^\W*by\b", "", rest, flags=re.IGNORECASE)):
            part = part.strip()
            if (named or lone) and part not in authors and _is_outlet(part):
                return part
    return None


def _is_outlet(text: str) -> bool:
    words = text.split()
    if not 2 <= len(words) <= 6 or not all(word[:1].isupper() or word in ("of", "on", "the", "and", "for", "&") for word in words):
        return False
    return _OUTLET_WORD.search(text) is not None


def _line_like(blocks: Sequence[Block], layout: Layout, host: str) -> str | None:
    """A short line of the page whose letters are the host's: its own name, as it spells it."""
    for block in blocks:
        if 1 <= block.words <= 6 and len(_letters(block.text)) >= 4 and _letters(block.text) == host:
            return block.text
    for block in blocks:
        for match in re.finditer(r"(?:[Tt]he )?[A-Z][\w&'’]*(?: [A-Z][\w&'’]*){0,4}", block.text[:2000]):
            if len(host) >= 5 and _letters(match[0]) == host:
                return match[0]
    return None


def _trimmed(name: str) -> str | None:
    name = re.sub(r"(?:\s(?:of|on|for|the|and|de|la|All|Rights|Reserved|Inc|LLC|Ltd|Media Group))+\W*$|(?:’s|'s)$|\.$", "", name).strip(" ,.")
    return name if name and not _GENERIC.fullmatch(name) and len(name.split()) <= 8 else None


def _host_letters(url: str | None) -> str:
    host = (split_address(url).hostname or "") if url else ""
    labels = [label for label in host.split(".") if label not in ("www", "m", "amp", "blog", "news")]
    return labels[-2].replace("-", "") if len(labels) >= 2 and len(labels[-2]) > 3 else labels[0].replace("-", "") if labels else ""


def _host_name(url: str) -> str:
    return (split_address(url).hostname or "").removeprefix("www.")


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
