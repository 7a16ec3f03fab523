"""An issue in a few lines out of many pieces: recent weighed against central, the story's origin kept, nothing said twice.

Words in, positions out; ``words``, ``repeats`` and ``front`` take lines as they stand, for answers that are made while somebody waits. ``choose``
is the greedy coverage of ``bot.language.coverage`` with another prior: of a story that goes on, readers want the latest and how it began, and what
both have to do with is what recurs. The latest is a share of the story, for it moves faster the more is written; how it began is said in its first
few lines, however long it has become since.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

RECENT = 1.5
FADE = 0.12
"""Share of the lines after which the prior of the latest has fallen to a third; .1 to .2 make no difference beyond noise."""
ORIGIN = 2.5
ORIGIN_FADE = 3.0
"""Lines after which the prior of the first has fallen to a third: 2 to 4 are a plateau, with 2 to 3 for ORIGIN. A share of the lines, as for the
latest, loses two points on the development set: a long story's budget then goes to its first day."""
DISCOUNT = 0.85
LENGTH_EXPONENT = 0.8
FEWEST = 6
SHORTEST, LONGEST = 6, 24
TOO_LONG = 0.15
"""A line this much too short or, for each ten words, too long; .1 to .2."""
OVERLAP = 0.5
"""What a line loses that has all the words of one that is chosen; .25 to .75 choose alike."""

REPEATED = 1.0
"""What a line loses that says again what a line before it says; a strong one is worth about as much."""
SAME = 0.6
"""Share of the shorter line's words from which on two lines say the same."""

_WORD = re.compile(r"[a-z][a-z’'-]{3,}")
_EMPTY = frozenset(
    "about after again against also because been before being both could does doing each even ever every from have having here into just like many "
    "more most much must need only other over same shall should since some such than that their them then there these they this those through "
    "under until upon very were what when where which while will with within without would your".split()
)


def words(text: str) -> frozenset[str]:
    """What a line is compared by: its longer words, without plural endings."""
    return frozenset(word.removesuffix("s") for word in _WORD.findall(text.casefold()) if word not in _EMPTY)


def repeats(line: frozenset[str], shown: Iterable[frozenset[str]]) -> bool:
    """Whether a line says what one that is shown says."""
    return any(_shared(line, other) >= SAME for other in shown)


def front(lines: Sequence[frozenset[str]], worth: Sequence[float], most: int) -> list[int]:
    """All positions; in front the ``most`` that are worth most and do not say the same, the others behind them in their order."""
    chosen: list[int] = []
    left = list(range(len(lines)))
    said = [0.0] * len(lines)
    while left and len(chosen) < most:
        best = max(left, key=lambda at: (worth[at] - REPEATED * said[at], -at))
        chosen.append(best)
        left.remove(best)
        for at in left:
            said[at] = max(said[at], _shared(lines[at], lines[best]))
    return chosen + left


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def choose(lemmas: Sequence[Sequence[str]], words: Sequence[int], most_words: int) -> list[int]:
    """Positions of the lines that tell an issue, best first, within ``most_words`` words.

    ``lemmas``: the content words of each line, the lines oldest first; ``words``: their lengths. The best line is chosen
    even when it alone is longer.
    """
    worth = _worth(lemmas)
    prior = [_prior(at, len(lemmas)) - _penalty(words[at]) for at in range(len(lemmas))]
    whole = [frozenset(line) for line in lemmas]
    sets = [line & worth.keys() for line in whole]
    seen: Counter[str] = Counter()
    said = [0.0] * len(lemmas)
    chosen: list[int] = []
    left = most_words
    open_ = set(range(len(lemmas)))
    while open_:
        gains = {at: _gain(sets[at], worth, seen, len(whole[at])) for at in open_}
        most = max(gains.values()) or 1.0
        fits = [at for at in open_ if words[at] <= left or not chosen]
        if not fits:
            break
        best = max(fits, key=lambda at: (gains[at] / most + prior[at] - OVERLAP * said[at], -at))
        chosen.append(best)
        seen.update(sets[best])
        left -= words[best]
        open_.discard(best)
        for at in open_:
            said[at] = max(said[at], _shared(whole[at], whole[best]))
    return chosen


def _worth(lemmas: Sequence[Sequence[str]]) -> dict[str, float]:
    counts = Counter(lemma for line in lemmas for lemma, n in Counter(line).items() for _ in range(min(n, 2)))
    return {lemma: math.log1p(n) for lemma, n in counts.items() if n > 1}


def _gain(line: frozenset[str], worth: dict[str, float], seen: Counter[str], size: int) -> float:
    total = sum(worth[lemma] * float(DISCOUNT ** seen[lemma]) for lemma in line)
    return total / float(max(FEWEST, size) ** LENGTH_EXPONENT)


def _prior(at: int, count: int) -> float:
    fade = max(1.0, FADE * count)
    return RECENT * math.exp(-(count - 1 - at) / fade) + ORIGIN * math.exp(-at / ORIGIN_FADE)


def _penalty(words: int) -> float:
    return TOO_LONG * ((words < SHORTEST) + min(3.0, max(0, words - LONGEST) / 10))
