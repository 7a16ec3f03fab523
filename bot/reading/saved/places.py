"""Which blocks of a saved text are the article: a small sequence model over hand-set weights.

Each block has a weight for being the article's; the best path through *front, body, aside, rear* is found by dynamic programming (Viterbi).
An aside is an interruption after which the body goes on. The weights were set by reading our own examples, not trained on anybody's pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from enum import IntEnum

from bot.reading.saved.boilerplate import Noise, is_appeal_opening, is_ending, noise_of
from bot.reading.saved.cards import find_cards
from bot.reading.saved.comments import find_comments
from bot.reading.saved.lines import Block, BlockKind
from bot.reading.saved.wordings import whole

ASIDE_COST = 2.0
"""What leaving the body for an interruption costs: about two short lines of noise, so that one odd line does not cut an article."""
ENDING_COST = 8.0
"""What going on past "Related articles" costs: some ten sentences have to follow before it was only an insertion."""
PROMPT_COST = 1.0
"""Prompts interrupt articles as often as they end them."""
COMMENTS_COST = 60.0
"""Past "12 comments" an article practically never goes on."""
TITLE_BONUS = 3.0
CAPTION_WEIGHT = -0.3
COMMENT_WEIGHT = -0.5
FOREIGN_SHARE = 0.25
"""Share of links, prompts and the like in an interruption up to which it is the article's own."""
WORDS_PER_POINT = 12.0
"""A sentence of normal length weighs 1 to 2."""
MOST_WORDS = 90
"""A longer paragraph weighs no more."""

_COMMENTS = whole("comment_heads")
_REPLY = re.compile(r"reply|.{2,40} says:?|.{0,40}\b\d+ (?:second|minute|hour|day|week|month|year)s? ago\W*", re.IGNORECASE)
_LABEL = re.compile(r"[^.!?]{1,60}:")


class Place(IntEnum):
    """Where in a page a block stands."""

    FRONT = 0
    BODY = 1
    ASIDE = 2
    REAR = 3


def place_blocks(blocks: Sequence[Block], title: int | None = None, captions: Collection[int] = ()) -> list[Place]:
    """The place of each block; ``title`` is the index of the block that carries the title, when it is known."""
    if not blocks:
        return []
    weights = [min(weight, CAPTION_WEIGHT) if index in captions else weight for index, weight in enumerate(weigh_blocks(blocks))]
    endings = [_ending_cost(block) for block in blocks]
    score = [0.0, float("-inf"), float("-inf"), float("-inf")]
    back: list[tuple[int, int, int, int]] = []
    for index, weight in enumerate(weights):
        front, body, aside, rear = score
        start = front + (TITLE_BONUS if title is not None and title < index <= title + 8 else 0.0)
        cost = endings[index]
        into_body = max((start, Place.FRONT), (body - cost, Place.BODY), (aside - cost, Place.ASIDE))
        into_aside = max((body - ASIDE_COST - cost, Place.BODY), (aside - cost, Place.ASIDE))
        into_rear = max((body, Place.BODY), (rear, Place.REAR))
        back.append((Place.FRONT, into_body[1], into_aside[1], into_rear[1]))
        score = [front, into_body[0] + weight, into_aside[0], into_rear[0]]
    state = max((Place.BODY, Place.REAR), key=lambda place: score[place])
    if score[state] <= 0:
        return [Place.FRONT] * len(blocks)
    places: list[Place] = []
    for step in reversed(back):
        places.append(Place(state))
        state = Place(step[state])
    return _healed(blocks, places[::-1])


def _healed(blocks: Sequence[Block], places: list[Place]) -> list[Place]:
    """Asides that are only short lines (a list, headings over short answers) are the body's; those that an ending opens, or links, are not."""
    healed = list(places)
    index = 0
    while index < len(places):
        if places[index] is not Place.ASIDE:
            index += 1
            continue
        end = index
        while end < len(places) and places[end] is Place.ASIDE:
            end += 1
        run = [block for block in blocks[index:end] if block.text]
        foreign = sum(_is_foreign(block) for block in run)
        if end < len(places) and places[end] is Place.BODY and foreign <= FOREIGN_SHARE * len(run):
            healed[index:end] = [Place.BODY] * (end - index)
        index = end
    return healed


def _is_foreign(block: Block) -> bool:
    return block.linked > 0.5 or is_ending(block.text) or noise_of(block.text, block.linked) is not None


def weigh_blocks(blocks: Sequence[Block]) -> list[float]:
    """How much each block speaks for being the article's; negative against."""
    seen = Counter(_folded(block.text) for block in blocks if block.text)
    comments = find_comments(blocks) | find_cards(blocks)
    weights = []
    for index, block in enumerate(blocks):
        weight = _weight(block) if index not in comments else COMMENT_WEIGHT
        if weight > -1 and block.text and seen[_folded(block.text)] > 1 and block.words < 25:
            weight = min(weight, 0.0) - 0.7
        weights.append(weight)
    return weights


def _weight(block: Block) -> float:
    if block.kind is BlockKind.RULE:
        return 0.0
    if block.kind is BlockKind.PICTURE:
        return -0.1
    words = block.words
    noise = noise_of(block.text, block.linked)
    if noise is not None:
        return -1.0 if words <= 3 else -1.5 - min(words, MOST_WORDS) / 30
    if _REPLY.fullmatch(block.text):
        return -1.5
    size = min(words, MOST_WORDS) / WORDS_PER_POINT
    if block.kind is BlockKind.HEADING:
        return -1.0 if block.linked > 0.5 else -0.1
    if block.linked > 0.5:
        return -0.7 - 0.3 * min(block.links, 5) if words < 30 else -0.3
    if block.kind is BlockKind.ITEM:
        return size * 0.9 if words >= 10 else 0.3 if block.ends and words >= 4 else -0.25
    if block.kind is BlockKind.TABLE:
        return -0.1
    if block.ends and words >= 10:
        return size
    if words >= 25:
        return size * 0.8
    if block.ends and words >= 4:
        return 0.3
    return -0.2 if _LABEL.fullmatch(block.text) else -0.5


def _ending_cost(block: Block) -> float:
    if block.kind not in (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM) or block.words > 14:
        return 0.0
    if _COMMENTS.fullmatch(block.text) and not re.fullmatch(r"\W*comments?\W*", block.text, re.IGNORECASE):
        return COMMENTS_COST
    if block.kind is BlockKind.HEADING and _COMMENTS.fullmatch(block.text):
        return COMMENTS_COST
    if is_appeal_opening(block.text):
        return ENDING_COST
    noise = noise_of(block.text, block.linked)
    if noise in (Noise.PROMPT, Noise.SHARE, Noise.APPEAL, Noise.ADVERT, Noise.PLAYER, Noise.COOKIES):
        return PROMPT_COST
    if is_ending(block.text):
        return ENDING_COST if block.kind is BlockKind.HEADING else ENDING_COST / 2
    return PROMPT_COST if noise is Noise.NOTICE else 0.0


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
