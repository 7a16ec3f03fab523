"""Who disagrees: stored positions on an issue -> pairs that pull apart, and what each of the others holds. Pure.

Only what the words show is called a disagreement (``bot.contrast``). Where they show none, that is said, and the authors are put side by side
with one sentence each, their most telling one that names the issue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot import issue as answers
from bot.contrast import CITATION_WORDS, LONGEST, Contrast, contrasts
from bot.models import Issue, Line

MOST_PAIRS = 3
"""Pairs that are shown; the first tells most."""


@dataclass(frozen=True, slots=True)
class Dissent:
    """Positions that pull apart, and one line of every other author."""

    pairs: tuple[Contrast, ...]
    others: tuple[Line, ...]
    """Of authors who are in no pair and are not those that are disagreed with; those with most to say first."""


def dissent(issue: Issue, lines: Sequence[Line], own: frozenset[int] = frozenset()) -> Dissent:
    """Who holds otherwise: than the author of the pieces ``own`` (ids), or, where none are given, than one another.

    ``lines``: positions that authors take on the issue in their own voice.
    """
    pairs: list[Contrast] = []
    shown: set[str] = set()
    for pair in contrasts(issue, lines, 2 * (LONGEST + CITATION_WORDS)):
        if own and (pair.left.piece.id in own) == (pair.right.piece.id in own):
            continue
        hands = {_hand(pair.left), _hand(pair.right)}
        if len(pairs) < MOST_PAIRS and not hands <= shown:
            pairs.append(_first(pair, own))
            shown |= hands
    others = [
        position.leading[0]
        for position in answers.positions([line for line in lines if line.piece.id not in own], issue)
        if position.leading and _hand(position.leading[0]) not in shown
    ]
    return Dissent(tuple(pairs), tuple(others))


def _first(pair: Contrast, own: frozenset[int]) -> Contrast:
    """The side that was asked about stands first."""
    return Contrast(pair.issue, pair.right, pair.left, pair.over) if pair.right.piece.id in own else pair


def _hand(line: Line) -> str:
    return " and ".join(line.piece.authors.value or ()) or f"#{line.piece.id}"
