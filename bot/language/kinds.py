"""What a reported statement does, and how firmly it is put."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language import clauses, lexicon, voice
from bot.language.attribution import Attribution
from bot.language.words import Words
from bot.models import StatementKind

WANTING = frozenset({"intend", "hope", "demand"})
DUTY = frozenset({"should", "must", "ought"})

FIRMNESS = {"say": 0.5, "argue": 0.65, "tell": 0.55, "write": 0.5, "speak": 0.4, "voice": 0.45, "manner": 0.4, "show": 0.6, "report": 0.45, "deny": 0.7, "agree": 0.55,
            "praise": 0.6, "blame": 0.75, "believe": 0.55, "expect": 0.5, "hope": 0.4, "fear": 0.5, "demand": 0.75, "intend": 0.55, "ask": 0.3, "seem": 0.25}  # fmt: skip
"""How firmly each class of cue puts its content; ordered by judgement, used only to sort lines."""

HEDGE, BOOST = 0.12, 0.06
"""What one hedging, or one emphatic, word takes away or adds."""


def of_attribution(words: Words, found: Attribution) -> StatementKind:
    """The kind that cue and content make together."""
    known = [name.split(":")[1] for name in clauses.classes(words, found.cue)]
    start, end = found.content[0][0], found.content[-1][1]
    opening = {words.lower[i] for i in range(start, min(start + 3, end))}
    wants = [name for name in known if name in WANTING]
    nominal = words.pos[found.cue] in {"NOUN", "PROPN"}
    if "ask" in known and (nominal or opening & {"whether", "if", "why", "how", "what", "when", "who", "where", "which"} or words.text[min(end, len(words) - 1)] == "?" or words.text[end - 1] == "?"):
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
    known = [name.split(":")[1] for name in clauses.classes(words, found.cue)]
    inside = [i for start, end in found.content for i in range(start, end)]
    return _adjust(words, inside, max((FIRMNESS.get(name, 0.4) for name in known[:1]), default=0.4)) * (0.6 + 0.4 * found.probability)


def own_firmness(words: Words, inside: Sequence[int], probability: float) -> float:
    """How firmly the author puts it, 0 to 1."""
    return _adjust(words, inside, 0.35 + 0.45 * probability)


def _adjust(words: Words, inside: Sequence[int], base: float) -> float:
    changed = base - HEDGE * voice.hedges(words, inside) + BOOST * min(3, voice.boosters(words, inside))
    return min(1.0, max(0.05, changed))
