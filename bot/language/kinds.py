"""What a reported statement does, and how firmly it is put."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language import clauses, lexicon, voice
from bot.language.attribution import Attribution
from bot.language.words import Words
from bot.models import StatementKind

WANTING = frozenset({"intend", "hope", "demand"})
ASKING = frozenset("whether if why how what when who where which".split())
DUTY = frozenset({"should", "must", "ought"})

FIRMNESS = {
    **dict.fromkeys(("deny", "blame", "demand"), 0.75),
    **dict.fromkeys(("argue", "show", "praise"), 0.65),
    **dict.fromkeys(("tell", "agree", "believe", "intend"), 0.55),
    **dict.fromkeys(("say", "write", "expect", "fear"), 0.5),
    **dict.fromkeys(("speak", "voice", "manner", "report", "hope"), 0.4),
    **dict.fromkeys(("ask", "seem"), 0.3),
}
"""How firmly each class of cue puts its content; ordered by judgement, used only to sort lines."""

HEDGE, BOOST = 0.12, 0.06
"""What one hedging, or one emphatic, word takes away or adds."""


def _classes(words: Words, cue: int) -> list[str]:
    """The classes of a cue without their part of speech; "wide" only for verbs that have no other."""
    names = [name.split(":")[1] for name in clauses.classes(words, cue)]
    return [name for name in names if name != "wide"] or names


SAYING = frozenset("say argue tell write voice report show speak according manner ask".split())
"""Classes of cue by which somebody speaks or writes, where the rest believe, hope, fear or plan."""

WITNESSES = frozenset({"PERSON", "ORG"})
PERSONAL = frozenset({"he", "she"})


def said(words: Words, found: Sequence[Attribution]) -> set[int]:
    """Positions of all words that a named witness says or writes; what "critics" or "they" hold is the author's account of it."""
    spoken = [one for one in found if SAYING & set(_classes(words, one.cue)[:1]) and _testifies(words, one.head)]
    return {i for one in spoken for start, end in one.content for i in range(start, end)}


def _testifies(words: Words, head: int) -> bool:
    return head >= 0 and (words.entity[head] in WITNESSES or words.lower[head] in PERSONAL)


def of_attribution(words: Words, found: Attribution) -> StatementKind:
    """The kind that cue and content make together."""
    known = _classes(words, found.cue)
    start, end = found.content[0][0], found.content[-1][1]
    opening = {words.lower[i] for i in range(start, min(start + 3, end))}
    wants = [name for name in known if name in WANTING]
    nominal = words.pos[found.cue] in {"NOUN", "PROPN"}
    asks = nominal or opening & ASKING or "?" in {words.text[min(end, len(words) - 1)], words.text[end - 1]}
    if "ask" in known and asks:
        return StatementKind.QUESTION
    if wants and (words.lower[start] == "to" or known[0] in WANTING):
        return StatementKind(lexicon.kinds()[wants[0]])
    if wants and "demand" in wants and opening & {"us", "them", "him"}:
        return StatementKind.DEMAND
    kind = StatementKind(lexicon.kinds()[known[0]]) if known else StatementKind.CLAIM
    if kind is StatementKind.CLAIM and _urges(words, start, end):
        return StatementKind.DEMAND
    return kind


def _urges(words: Words, start: int, end: int) -> bool:
    """Whether the content's main verb has "should" or "must"."""
    top = next((i for i in range(start, end) if not start <= words.head[i] < end or words.head[i] == i), start)
    return any(words.lower[k] in DUTY for k in words.children[top])


def firmness(words: Words, found: Attribution) -> float:
    """How firmly somebody puts it, 0 to 1: the cue's class, hedges and emphasis in the content, how sure the finding is."""
    known = _classes(words, found.cue)
    inside = [i for start, end in found.content for i in range(start, end)]
    return _adjust(words, inside, max((FIRMNESS.get(name, 0.4) for name in known[:1]), default=0.4)) * (0.6 + 0.4 * found.probability)


def own_firmness(words: Words, inside: Sequence[int], stand: float) -> float:
    """How firmly the author puts it, 0 to 1; ``stand`` is how likely a position is taken."""
    return _adjust(words, inside, 0.35 + 0.45 * stand)


def _adjust(words: Words, inside: Sequence[int], base: float) -> float:
    changed = base - HEDGE * voice.hedges(words, inside) + BOOST * min(3, voice.boosters(words, inside))
    return min(1.0, max(0.05, changed))
