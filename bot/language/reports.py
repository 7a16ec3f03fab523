"""Where an article reports what others say: an index by position, and how a sentence does it.

"The minister said that the port must close" is a report; "the port must close, whatever the minister says" is not, though both quote him. What
tells them apart is where the cue stands: at the root of the sentence, over it, or below it in the author's own clause.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.language import attribution, clauses
from bot.language.attribution import Attribution
from bot.language.words import Range, Words

WANTING = frozenset({"hope", "intend", "fear", "demand"})
HOLDING = frozenset({"believe", "expect", "agree", "seem", "praise", "blame", "deny"})
"""Classes of cue by which somebody wants or holds something, where the rest say or write it."""

SURE = 0.8
"""Probability from which a cue is hardly ever wrong."""

QUARTERS = 4
"""Steps in which the share of a sentence that is told in one way is counted; the whole counts as three of them."""


@dataclass(frozen=True, slots=True)
class Reports:
    """What an article reports, by position of its words."""

    inside: frozenset[int]
    """Words of somebody's content."""
    cues: dict[int, Attribution]
    ways: dict[int, str]
    """Cue to how it tells."""
    covering: dict[int, tuple[int, ...]]
    """Word to the cues whose content it belongs to."""


def index(words: Words, found: Sequence[Attribution]) -> Reports:
    """The reported statements of an article, to be looked up sentence by sentence."""
    covering: defaultdict[int, tuple[int, ...]] = defaultdict(tuple)
    for one in found:
        for start, end in one.content:
            for i in range(start, end):
                covering[i] += (one.cue,)
    cues = {one.cue: one for one in found}
    return Reports(frozenset(attribution.reported(found)), cues, {cue: way(words, cue) for cue in cues}, covering)


def way(words: Words, cue: int) -> str:
    """How a cue tells: "want", "hold", "say", or "wide" where its word tells many other things too."""
    names = [name.split(":")[1] for name in clauses.classes(words, cue)]
    first = next((name for name in names if name != "wide"), "wide")
    if words.text[cue] == ":":
        return "say"
    return "want" if first in WANTING else "hold" if first in HOLDING else "wide" if first == "wide" else "say"


def features(words: Words, sentence: Range, reports: Reports) -> Iterator[str]:
    """Where the sentence's cues stand toward its root, who speaks, and how much is said, held, wanted."""
    first, last = sentence
    roots = [i for i in range(first, last) if words.head[i] == i]
    here = [reports.cues[i] for i in range(first, last) if i in reports.cues]
    places = set()
    for one in here:
        how, holder = reports.ways[one.cue], _holder(words, one.head)
        if one.cue in roots:
            places.add("root")
            yield f"cueroot|{holder}"
            yield f"cueroot|{one.probability > SURE}"
            yield f"cueroot={how}"
            yield f"cueroot={how}|{holder}"
        elif words.dep[one.cue] == "conj" and words.head[one.cue] in roots:
            places.add("joined")
            yield f"cuejoined={how}"
        elif any(one.cue in reports.covering.get(root, ()) for root in roots):
            places.add("over")
            yield f"cueover={how}"
            yield f"cueover={how}|{holder}"
        else:
            places.add("below")
            yield f"cuebelow={how}"
            yield f"cuebelow|{words.dep[one.cue].partition(':')[0]}"
    yield from (f"cue:{place}" for place in places or {"none"})
    if places == {"below"}:
        yield "cueonlybelow"
    plain = [i for i in range(first, last) if words.text[i][0].isalnum()]
    covers = Counter(cues for cues in (reports.covering.get(i) for i in plain) if cues)
    told: Counter[str] = Counter()
    for cues, count in covers.items():
        told.update(dict.fromkeys({reports.ways[cue] for cue in cues}, count))
        if any(not first <= cue < last for cue in cues):
            yield "cueelsewhere"
    for how, count in told.items():
        yield f"told={how}:{min(QUARTERS - 1, QUARTERS * count // len(plain))}"


def _holder(words: Words, head: int) -> str:
    if head < 0:
        return "nobody"
    if words.entity[head]:
        return words.entity[head]
    if words.pos[head] == "PRON":
        return "he" if words.lower[head] in {"he", "she"} else "they"
    return "noun"
