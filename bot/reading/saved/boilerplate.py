"""What pages put around an article, known by its wording: prompts, appeals, buttons, notices, lists of other pieces.

The wordings are the genre's, not one site's. A long paragraph is dropped only for what nothing but boilerplate says; a short line for less.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from bot.reading.saved.wordings import anywhere, at_start, whole


class Noise(Enum):
    """Why a block is not the article."""

    PROMPT = "newsletter, subscription or app prompt"
    APPEAL = "donation appeal"
    COOKIES = "cookie or consent notice"
    NOTICE = "legal notice or disclaimer"
    RELATED = "related link"
    SHARE = "share button or other control"
    ADVERT = "advertisement"
    PLAYER = "podcast or player"
    COMMENTS = "comments"
    CREDIT = "caption or photo credit"
    NAVIGATION = "navigation"
    COPY = "copy of another line"
    WIDGET = "counter, form or other widget"


_CONTROLS = whole("controls")
_ENDINGS = whole("endings")
_ADVERT = whole("advert")
_COUNT_LINE = whole("count_line")
_KICKER = whole("kickers")
_RELATED = at_start("related")
_ANYWHERE = {
    Noise.COOKIES: anywhere("cookies"),
    Noise.NOTICE: anywhere("notice"),
    Noise.PLAYER: anywhere("player"),
    Noise.APPEAL: anywhere("appeal"),
    Noise.PROMPT: anywhere("prompt"),
}

LONGEST_CONTROL = 200
"""Characters of a row of buttons."""
SHORT = 18
"""Words up to which a line is judged as a control or a prompt by any match; longer ones need two different signs."""


@lru_cache(maxsize=8192)
def noise_of(text: str, linked: float = 0.0) -> Noise | None:
    """Why a block's words are boilerplate wherever it stands; None when they may be the article's.

    ``linked`` is the share of it that was a link.
    """
    bare = text.strip()
    words = len(bare.split())
    if not bare or _COUNT_LINE.fullmatch(bare):
        return Noise.WIDGET
    if words <= 12 and len(bare) <= LONGEST_CONTROL and _CONTROLS.fullmatch(bare.strip(" .:|>»→·•-–—!*_")):
        return Noise.SHARE
    if _ADVERT.fullmatch(bare):
        return Noise.ADVERT
    found = [noise for noise, pattern in _ANYWHERE.items() if pattern.search(bare)]
    if words <= 30 and _RELATED.match(bare) and (linked > 0.3 or words <= 20):
        found.append(Noise.RELATED)
    if not found:
        return None
    if words <= SHORT or len(found) >= 2 or (linked > 0.25 and words <= 60):
        return found[0]
    if found[0] in (Noise.NOTICE, Noise.COOKIES) and words <= 60:
        return found[0]
    return found[0] if _hits(found[0], bare) >= 2 else None


def _hits(noise: Noise, text: str) -> int:
    return len({match[0].casefold() for match in _ANYWHERE.get(noise, _RELATED).finditer(text)})


@lru_cache(maxsize=8192)
def is_ending(text: str) -> bool:
    """A heading or label that opens what follows an article: comments, related pieces, references, the site's foot."""
    bare = text.strip(" .:|>»→·•-–—!*_#()[]")
    return bool(bare) and len(bare.split()) <= 14 and _ENDINGS.fullmatch(bare) is not None


def is_kicker(text: str) -> bool:
    """A label over a title: "Opinion", "World", "Home > Business"."""
    return _KICKER.fullmatch(text) is not None


def is_appeal_opening(text: str) -> bool:
    """A line that opens an appeal of several paragraphs: "A message from the editor:", "Dear readers,"."""
    return len(text.split()) <= 10 and re.match(r"\W*(?:dear readers?|a (?:special )?message from|an appeal from)\b", text, re.IGNORECASE) is not None
