"""What somebody holds: stored lines -> views, issue by issue; and two people side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.contrast import Contrast, contrast
from bot.models import POSITIONS, Issue, Line, Person, Piece, Stance, StatementKind, Voice
from bot.naming import singular

ROOM = 120
"""Words that two opposed sentences with their citations may take."""
UNFILED = ""
"""The group of lines that belong to no issue."""


@dataclass(frozen=True, slots=True)
class IssueViews:
    """Somebody's lines on one issue, strongest first; ``issue`` is None for lines filed under none."""

    issue: Issue | None
    lines: tuple[Line, ...]
    latest: date | None

    @property
    def pieces(self) -> int:
        """How many pieces the lines come from."""
        return len({line.piece.id for line in self.lines})


@dataclass(frozen=True, slots=True)
class Views:
    """What ``/views`` shows about one person."""

    person: Person
    pieces: tuple[Piece, ...]
    """The newest of what they wrote, newest first; empty for somebody who is only quoted."""
    groups: tuple[IssueViews, ...]
    """Newest issue first; lines without an issue last."""
    mentions: tuple[tuple[int, int], ...] = ()
    """Their pieces that name the asked issue, and in how many sentences each; said when they take no position on it."""

    wrote: int = 0
    """How many pieces they wrote."""
    dated: tuple[date, date] | None = None
    """First and last stated date of what they wrote."""

    @property
    def period(self) -> tuple[date, date] | None:
        """First and last stated date of what they wrote, or of the pieces that quote them."""
        if self.dated is not None:
            return self.dated
        dated = [p.published.value for p in self.pieces or [line.piece for g in self.groups for line in g.lines] if p.published.value]
        return (min(dated), max(dated)) if dated else None

    @property
    def only_quoted(self) -> bool:
        """True when the library holds nothing that they wrote."""
        return not self.pieces

    @property
    def kinds(self) -> Mapping[StatementKind, int]:
        """How many lines of each kind."""
        return Counter(line.kind for group in self.groups for line in group.lines if line.kind)


def naming(views: Views, words: str) -> Views:
    """Only the lines that have these words, for what is no issue: "Ukraine" in a library that files pieces under other names."""
    kept = [(group, tuple(line for line in group.lines if names(line.text, words))) for group in views.groups]
    return replace(views, groups=tuple(replace(group, lines=lines) for group, lines in kept if lines))


def names(sentence: str, words: str) -> bool:
    """Whether a sentence has all of these words, each in the singular or the plural."""
    asked = singular(words).split()
    return bool(asked) and set(asked) <= set(singular(sentence).split())


def published(line: Line) -> date:
    """The stated date, or the beginning of time for a piece that states none, so that undated lines come last."""
    return line.piece.published.value or date.min


def gather(person: Person, pieces: Sequence[Piece], lines: Iterable[Line], issues: Mapping[str, Issue]) -> Views:
    """Group lines by the issues that they are about; a line about two issues stands under the first of them only.

    Within an issue the strongest comes first; between equals the newer. Issues come by the newest line on them.
    """
    by_issue: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        known = [slug for slug in line.issues if slug in issues]
        by_issue[known[0] if known else UNFILED].append(line)
    groups = []
    for slug, found in by_issue.items():
        found.sort(key=lambda line: (-line.strength, -published(line).toordinal(), line.sentence))
        dated = [line.piece.published.value for line in found if line.piece.published.value]
        groups.append(IssueViews(issues.get(slug), tuple(distinct(found)), max(dated) if dated else None))
    groups.sort(key=lambda g: (g.issue is None, -(g.latest or date.min).toordinal(), -len(g.lines)))
    newest_first = sorted(pieces, key=lambda p: (p.published.value or date.min, p.id), reverse=True)
    return Views(person, tuple(newest_first), tuple(groups), wrote=len(newest_first))


def distinct(lines: Iterable[Line]) -> list[Line]:
    """The lines without repeats of the same sentence of the same piece."""
    seen: set[tuple[int, int]] = set()
    kept = []
    for line in lines:
        if (key := (line.piece.id, line.sentence)) not in seen:
            seen.add(key)
            kept.append(line)
    return kept


def strongest(lines: Sequence[Line], most: int) -> list[Line]:
    """The first of the lines, no sentence twice: one that another line already shows before itself is passed over."""
    shown: list[Line] = []
    for line in lines:
        if any(_shows_before(other, line) for other in shown):
            continue
        earlier = next((place for place, other in enumerate(shown) if _shows_before(line, other)), None)
        if earlier is not None:
            shown[earlier] = line
        elif len(shown) < most:
            shown.append(line)
        else:
            break
    return shown


def _shows_before(line: Line, other: Line) -> bool:
    """True when a line shows the other's sentence before its own."""
    return line.before is not None and (line.piece.id, line.sentence - 1) == (other.piece.id, other.sentence)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two people side by side on one issue."""

    issue: Issue | None
    left: Views
    right: Views
    meet: tuple[tuple[str, Stance], ...]
    """Names toward which both take the same side, where both stances are sure enough."""
    part: tuple[str, ...]
    """Names toward which they take opposite sides."""
    apart: Contrast | None = None
    """The two sentences that pull apart most surely, where any do."""


def compare(left: Views, right: Views, issue: Issue | None) -> Comparison:
    """Where two people meet and part: by the stances that are sure enough to be shown, and by opposite demands; silence is neither."""
    sides = (_stances(left), _stances(right))
    both = [name for name in sides[0] if name in sides[1]]
    meet = tuple((name, sides[0][name]) for name in both if sides[0][name] is sides[1][name])
    part = tuple(name for name in both if {sides[0][name], sides[1][name]} == {Stance.FOR, Stance.AGAINST})
    return Comparison(issue, left, right, meet, part, _apart(left, right, issue))


def _apart(left: Views, right: Views, issue: Issue | None) -> Contrast | None:
    """A line of each; what somebody is only quoted as saying is not held against another."""
    if issue is None or left.only_quoted or right.only_quoted:
        return None
    found = contrast(issue, [line for views in (left, right) for group in views.groups for line in own(group.lines)], ROOM)
    if found is None or found.left in [line for group in left.groups for line in group.lines]:
        return found
    return replace(found, left=found.right, right=found.left)


def _stances(views: Views) -> dict[str, Stance]:
    """The one side that somebody takes toward each name; names on which they take both are left out."""
    taken: dict[str, set[Stance]] = defaultdict(set)
    for group in views.groups:
        for line in group.lines:
            for name, stance in line.targets:
                if stance is not Stance.ABOUT:
                    taken[name].add(stance)
    return {name: next(iter(stances)) for name, stances in taken.items() if len(stances) == 1}


def own(lines: Iterable[Line]) -> list[Line]:
    """The author's own positions; plain facts are no positions."""
    return [line for line in lines if line.voice is Voice.OWN and line.kind in POSITIONS]
