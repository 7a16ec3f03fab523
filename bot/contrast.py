"""Where two disagree: two authors' own positions on one issue that pull apart, side by side. Pure.

Nothing is claimed that the words do not show. Surest first: the two take opposite sides toward the same name, each sure enough to be
shown; or they ask for opposite things of the same object ("must lift the sanctions" - "should not lift", "must tighten"); or one says of what
the issue is about that it works, the other that it fails. Where none is found, nothing is said.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.models import Issue, Line, Stance

LONGEST = 40
"""Words of a side that still reads side by side."""
REACH = 6
"""Words behind a verb that are taken for its object."""
CITATION_WORDS = 13
"""Author, outlet, date and title below each sentence of a digest."""

_ASKED = re.compile(
    r"\b(?:(?P<modal>must|should|shall|ought\s+to|needs?\s+to|ha(?:s|ve)\s+to|had\s+better|cannot|can['’]t)"
    r"|(?P<wrong>(?:a\s+mistake|wrong|folly|reckless|no\s+reason)\s+to)|(?P<right>(?:time|right|wise|necessary|essential|vital)\s+to))"
    r"(?P<not>\s+not|n['’]t|\s+never|\s+no\s+longer)?\s+(?:\w+ly\s+|also\s+|now\s+|at\s+once\s+)*(?P<verb>[a-z]+)\b(?P<object>[^.;:?!]*)",
    re.IGNORECASE,
)
_MORE = frozenset(
    """accept add admit adopt allow approve arm back boost broaden build continue deepen defend enforce enlarge expand extend finance fund
    grant harden honour impose increase introduce invest join keep legalise legalize maintain open permit preserve prolong protect raise ratify
    recognise recognize renew restore resume retain revive send sign spend stay strengthen subsidise subsidize supply support sustain tighten uphold
    widen""".split()
)
_LESS = frozenset(
    """abandon abolish ban bar block cancel cap close curb cut deny drop ease end exclude forbid freeze halt leave lift limit loosen lower
    oppose prohibit quit reduce refuse reject relax remove repeal restrict revoke roll scale scrap shelve shrink slash soften stop suspend
    terminate undo veto weaken withdraw withhold""".split()
)
_VERDICT = re.compile(
    r"\b(?:(?P<works>works?|worked|working|succeeds?|succeeded|succeeding|effective|successful|paid\s+off|pays\s+off)"
    r"|fails?|failed|failing|backfires?|backfired|backfiring|ineffective|counter-?productive|useless|pointless|futile)\b"
    r"(?!\s+(?:to|on|with|for|at|in|together|toward|towards|out|from|hard|as|under|through|states?|groups?|class|people|days?|hours?)\b)",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|never|no\s+longer|hardly|nowhere|cannot|without)\b|n['’]t\b|\bfar\s+from\b|\bif\b", re.IGNORECASE)
_WORKS = "works"
_BESIDE = 4
"""Words before a verdict among which stand what it is about and a "not"."""
_WORD = re.compile(r"[a-z][a-z'’-]{3,}")
_COMMON = frozenset(
    "about after again against also because been before both from have into just like more most only other over such than that "
    "their them then there these they this those through under until very well what when where which while with without".split()
)


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two positions on one issue by different authors; ``over`` is the name toward which they take opposite sides, where that is why."""

    issue: Issue
    left: Line
    right: Line
    over: str | None = None


def contrast(issue: Issue, positions: Sequence[Line], room: int) -> Contrast | None:
    """The strongest pair that pulls apart and fits into ``room`` words."""
    return next(iter(contrasts(issue, positions, room)), None)


def contrasts(issue: Issue, positions: Sequence[Line], room: int) -> list[Contrast]:
    """The pairs that pull apart and fit into ``room`` words, the strongest first."""
    about = _words_of(issue)
    sides = [side for line in positions if (side := _side(line, about)) and side.words <= LONGEST]
    found: list[tuple[float, Contrast]] = []
    for at, beside in sorted(_opposable(sides)):
        left, right = sides[at], sides[beside]
        if left.words + right.words + 2 * CITATION_WORDS > room:
            continue
        weight, over = _opposed(left, right)
        if weight and not _same_hand(left.line, right.line):
            found.append((weight, Contrast(issue, left.line, right.line, over)))
    return [pair for _, pair in sorted(found, key=lambda entry: -entry[0])]


@lru_cache(maxsize=512)
def _words_of(issue: Issue) -> frozenset[str]:
    """What verdicts on the issue are about: the words of its names."""
    return frozenset(_content(" ".join((issue.name, *issue.aliases))))


def _content(text: str) -> list[str]:
    return [word.removesuffix("s") for word in _WORD.findall(text.casefold()) if word not in _COMMON]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a sentence asks for: more or less of something, or a thing to be done or not."""

    verb: str
    """"" for every verb of more and less, "works" for a verdict."""
    sign: int
    of: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Side:
    """A line with what it asks for and whom it takes sides about."""

    line: Line
    words: int
    asks: tuple[_Asked, ...]
    stances: dict[str, Stance]


def _side(line: Line, about: frozenset[str]) -> _Side | None:
    """None for a line that neither asks for anything nor takes sides. ``about``: words that a verdict must be on."""
    asks = tuple(ask for ask in _asked(line.text) if ask.verb != _WORKS or ask.of & about)
    stances: dict[str, Stance] = {name: stance for name, stance in line.targets if stance is not Stance.ABOUT}
    if not asks and not stances:
        return None
    return _Side(line, len(line.text.split()) + len((line.before or "").split()), asks, stances)


def _opposable(sides: Sequence[_Side]) -> set[tuple[int, int]]:
    """Places of those that may pull apart: who takes opposite sides about a name, or wants the same done and not done to a thing.

    Of hundreds of positions on a busy issue few do, so that they are brought together by what they speak of, not each with each.
    """
    held: defaultdict[tuple[str, str], tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for at, side in enumerate(sides):
        for name, stance in side.stances.items():
            held["", name][stance is Stance.FOR].add(at)
        for ask in side.asks:
            for word in ask.of:
                held[ask.verb, word][ask.sign > 0].add(at)
    return {(min(one, other), max(one, other)) for against, for_ in held.values() for one in against for other in for_ if one != other}


def _same_hand(left: Line, right: Line) -> bool:
    """One piece, or a shared author; an unsigned piece might be anybody's."""
    if left.piece.id == right.piece.id:
        return True
    writers = [set(line.piece.authors.value or ()) for line in (left, right)]
    return not all(writers) or bool(writers[0] & writers[1])


def _opposed(left: _Side, right: _Side) -> tuple[float, str | None]:
    """How sure it is that two lines pull apart, 0 when it is not; and over whom."""
    strength = left.line.strength + right.line.strength
    for name, stance in left.stances.items():
        if {stance, right.stances.get(name)} == {Stance.FOR, Stance.AGAINST}:
            return 10 + strength, name
    for one in left.asks:
        for other in right.asks:
            if one.verb == other.verb and one.sign != other.sign and (shared := one.of & other.of):
                return len(shared) + strength, None
    return 0.0, None


@lru_cache(maxsize=8192)
def _asked(text: str) -> tuple[_Asked, ...]:
    found = []
    for match in _ASKED.finditer(text):
        verb = match["verb"].casefold()
        sign = -1 if match["not"] or match["wrong"] or (match["modal"] or "").casefold().startswith("can") else 1
        of = frozenset(_content(" ".join(match["object"].split()[:REACH])))
        if verb in _MORE or verb in _LESS:
            found.append(_Asked("", sign if verb in _MORE else -sign, of))
        elif verb not in ("be", "have", "do"):
            found.append(_Asked(verb, sign, of))
    for match in _VERDICT.finditer(text):
        before = " ".join(re.split(r"[,.;:?!–—()]", text[: match.start()])[-1].split()[-_BESIDE:])
        sign = (1 if match["works"] else -1) * (-1 if _NOT.search(before) else 1)
        if (on := _content(before)[-1:]) and not text.rstrip().endswith("?"):
            found.append(_Asked(_WORKS, sign, frozenset(on)))
    return tuple(found)
