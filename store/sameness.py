"""Whether two texts are one piece: a few numbers that find the candidates, and the shared phrases that decide.

A bottom-k sketch (Broder, "On the resemblance and containment of documents", 1997): of all phrases of five words the six with the
smallest hashes. Two printings of a piece share most of them; unrelated pieces share none.
"""

from __future__ import annotations

import string
import zlib
from heapq import nsmallest

PHRASE_WORDS = 5
"""Shorter phrases recur between pieces by chance; longer ones break at every edit."""

OPENING_LETTERS = 6
"""Only phrases that open with a word of so many letters count: every third, the same ones in every copy, at a third of the cost."""

FEWEST_PHRASES = 8
"""A text with fewer is the same as another only when it is equal."""

SKETCH_SIZE = 6
"""Two texts with 80% of their phrases in common share at least two of six with a probability above 0.99."""

SHARED_IN_SKETCH = 2
"""Fewer in common and two texts are not compared: one may be a quotation that both print."""

SAME_PHRASES = 0.7
"""Share of the smaller text's phrases that the larger one contains, for one piece: syndicated copies lose an aside or a correction, and a
teaser is contained wholly; a reply that quotes at length stays below."""

LENGTHS_APART = 0.5
"""The smaller text has at least this share of the larger one's phrases, or one of them is known to be partial."""

MOST_CHARACTERS = 60_000
"""A longer text is compared by its beginning."""

NO_WORD = bytes(code for code in range(128) if chr(code) in string.punctuation.replace("_", "") or (code < 32 and not chr(code).isspace()))
"""What is taken out of the encoded text: bytes are cleaned twenty times as fast as by a pattern."""

MARKS = dict.fromkeys("“”‘’–—…«»•\xad\u200b", "") | {"\xa0": " ", "\u202f": " "}
"""The other marks that printings differ in."""


def phrases(text: str) -> frozenset[int]:
    """Hashes of the phrases of five words that count; of the whole text where they are few."""
    plain = text[:MOST_CHARACTERS].casefold()
    for mark, instead in () if plain.isascii() else MARKS.items():
        plain = plain.replace(mark, instead)
    words = plain.encode(errors="ignore").translate(None, NO_WORD).split()
    opening = [place for place, word in enumerate(words[: 1 - PHRASE_WORDS]) if len(word) >= OPENING_LETTERS]
    if len(opening) < FEWEST_PHRASES:
        return frozenset({zlib.crc32(b" ".join(words))}) if words else frozenset()
    return frozenset([zlib.crc32(b" ".join(words[place : place + PHRASE_WORDS])) for place in opening])


def sketch(hashes: frozenset[int]) -> tuple[int, ...]:
    """The few hashes that stand for the text."""
    return tuple(nsmallest(SKETCH_SIZE, hashes))


def same(one: frozenset[int], other: frozenset[int], partial: bool = False) -> bool:
    """Whether two texts are one piece; ``partial`` when one of them is known to be a part only."""
    smaller = min(len(one), len(other))
    if smaller < FEWEST_PHRASES or (not partial and smaller < LENGTHS_APART * max(len(one), len(other))):
        return False
    return len(one & other) >= SAME_PHRASES * smaller
