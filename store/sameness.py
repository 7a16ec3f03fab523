"""Whether two texts are one piece: a few numbers that find the candidates, and the shared phrases that decide.

A bottom-k sketch (Broder, "On the resemblance and containment of documents", 1997): of all phrases of five words the eight with the
smallest hashes. Two printings of a piece share most of them; unrelated pieces share none.
"""

from __future__ import annotations

import re
import zlib
from heapq import nsmallest
from itertools import accumulate

PHRASE_WORDS = 5
"""Shorter phrases recur between pieces by chance; longer ones break at every edit."""

SKETCH_SIZE = 8
"""Two texts with 80% of their phrases in common share at least two of eight with a probability above 0.999."""

SHARED_IN_SKETCH = 2
"""Fewer in common and two texts are not compared: one may be a quotation that both print."""

SAME_PHRASES = 0.7
"""Share of the smaller text's phrases that the larger one contains, for one piece: syndicated copies lose an aside or a correction, and a
teaser is contained wholly; a reply that quotes at length stays below."""

LENGTHS_APART = 0.5
"""The smaller text has at least this share of the larger one's phrases, or one of them is known to be partial."""

MOST_CHARACTERS = 60_000
"""A longer text is compared by its beginning."""

WORD = re.compile(r"\w+")


def phrases(text: str) -> frozenset[int]:
    """Hashes of all phrases of five words."""
    words = [word.encode() for word in WORD.findall(text[:MOST_CHARACTERS].casefold())]
    joined = b" ".join(words)
    if len(words) < PHRASE_WORDS:
        return frozenset({zlib.crc32(joined)}) if words else frozenset()
    ends = [end - 1 for end in accumulate(len(word) + 1 for word in words)]
    starts = [0, *(end + 1 for end in ends[:-PHRASE_WORDS])]
    crc = zlib.crc32
    return frozenset([crc(joined[start:end]) for start, end in zip(starts, ends[PHRASE_WORDS - 1 :], strict=True)])


def sketch(hashes: frozenset[int]) -> tuple[int, ...]:
    """The few hashes that stand for the text."""
    return tuple(nsmallest(SKETCH_SIZE, hashes))


def same(one: frozenset[int], other: frozenset[int], partial: bool = False) -> bool:
    """Whether two texts are one piece; ``partial`` when one of them is known to be a part only."""
    smaller = min(len(one), len(other))
    if not smaller or (not partial and smaller < LENGTHS_APART * max(len(one), len(other))):
        return False
    return len(one & other) >= SAME_PHRASES * smaller
