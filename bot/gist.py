"""An issue in a few lines out of many pieces: recent weighed against central, the story's origin kept, nothing said twice.

Plain words in, positions out. The method is the greedy coverage of ``bot.language.salience`` with another prior: of a story that goes on, readers
want the latest and how it began, and what both have to do with is what recurs.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

RECENT = 1.0
ORIGIN = 1.0
FADE = 0.15
"""Share of the lines after which either prior has fallen to a third. .1 to .2 make no difference beyond noise on the development set."""
DISCOUNT = 0.85
LENGTH_EXPONENT = 0.9
FEWEST = 6
SHORTEST, LONGEST = 6, 24
TOO_LONG = 0.3
"""A line this much too short or, for each ten words, too long."""


def choose(lemmas: Sequence[Sequence[str]], words: Sequence[int], most_words: int) -> list[int]:
    """Positions of the lines that tell an issue, best first, within ``most_words`` words.

    ``lemmas``: the content words of each line, the lines oldest first; ``words``: their lengths. The best line is chosen
    even when it alone is longer.
    """
    worth = _worth(lemmas)
    prior = [_prior(at, len(lemmas)) - _penalty(words[at]) for at in range(len(lemmas))]
    sets = [frozenset(line) & worth.keys() for line in lemmas]
    seen: Counter[str] = Counter()
    chosen: list[int] = []
    left = most_words
    open_ = set(range(len(lemmas)))
    while open_:
        gains = {at: _gain(sets[at], worth, seen, len(set(lemmas[at]))) for at in open_}
        most = max(gains.values()) or 1.0
        fits = [at for at in open_ if words[at] <= left or not chosen]
        if not fits:
            break
        best = max(fits, key=lambda at: (gains[at] / most + prior[at], -at))
        chosen.append(best)
        seen.update(sets[best])
        left -= words[best]
        open_.discard(best)
    return chosen


def _worth(lemmas: Sequence[Sequence[str]]) -> dict[str, float]:
    counts = Counter(lemma for line in lemmas for lemma, n in Counter(line).items() for _ in range(min(n, 2)))
    return {lemma: math.log1p(n) for lemma, n in counts.items() if n > 1}


def _gain(line: frozenset[str], worth: dict[str, float], seen: Counter[str], size: int) -> float:
    total = sum(worth[lemma] * float(DISCOUNT ** seen[lemma]) for lemma in line)
    return total / float(max(FEWEST, size) ** LENGTH_EXPONENT)


def _prior(at: int, count: int) -> float:
    place = at / max(1, count - 1)
    return RECENT * math.exp(-(1 - place) / FADE) + ORIGIN * math.exp(-place / FADE)


def _penalty(words: int) -> float:
    return TOO_LONG * ((words < SHORTEST) + min(3.0, max(0, words - LONGEST) / 10))
