"""A piece's own sentences that carry it: stored choices -> a summary. Nothing is computed here that ingest could know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from bot.models import Issue, Line, Piece


class Length(IntEnum):
    """How many key points are shown beside the thesis."""

    SHORT = 1
    NORMAL = 3
    LONG = 6


@dataclass(frozen=True, slots=True)
class Quoted:
    """Somebody whose words the piece reports, and how often."""

    name: str
    times: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What ``/summary`` shows; every line is verbatim."""

    piece: Piece
    thesis: tuple[Line, ...]
    points: tuple[Line, ...]
    """In text order."""
    quoted: tuple[Quoted, ...]
    """Most quoted first."""
    issues: tuple[Issue, ...]
    """Main issues first."""


def summarize(
    piece: Piece,
    thesis: Sequence[Line],
    key_points: Sequence[Line],
    quoted: Sequence[Quoted] = (),
    issues: Sequence[Issue] = (),
    length: Length = Length.NORMAL,
) -> Summary:
    """The thesis and the best ``length`` key points, put back in text order.

    ``key_points`` come best first, as ingest ranked them, without the thesis.
    """
    shown = sorted(key_points[:length], key=lambda line: line.sentence)
    return Summary(piece, _each_once(thesis), _each_once(shown), tuple(sorted(quoted, key=lambda q: -q.times)), tuple(issues))


def _each_once(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The same lines; one that comes right behind the sentence before it does not bring that along again."""
    numbers = [None, *(line.sentence for line in lines)]
    return tuple(replace(line, before=None) if line.sentence - 1 == last else line for last, line in zip(numbers, lines, strict=False))
