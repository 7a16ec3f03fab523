"""What everybody argues about an issue: stored lines -> an answer with each author's own voice, the dissent kept. Pure.

Nothing is concluded that the words do not show: camps are the sides that authors take toward the same name, where these are sure enough to
be shown, and the one pair of positions that pulls apart hardest; everybody else is listed with their own words and put in no camp.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bot import gist
from bot.contrast import CITATION_WORDS, LONGEST, Contrast, contrast
from bot.models import POSITIONS, Issue, Line, Stance, StatementKind, Voice
from bot.records import IssueActivity

COMPARED = 200
"""Lines among which the pair that pulls apart is looked for."""

_WORTH = {
    StatementKind.RECOMMENDATION: 0.3,
    StatementKind.DEMAND: 0.3,
    StatementKind.JUDGEMENT: 0.2,
    StatementKind.PREDICTION: 0.15,
}
"""What a kind adds to a line's strength: what ought to be done says most about where somebody stands."""
CARRIES = 0.2
"""What it adds that the sentence carries its piece."""
LEANING = 0.15
"""What a line loses that needs the one before it."""
NAMED = 0.15
"""What it adds that the sentence, or the one before that it leans on, names the issue."""
SECOND = 0.5
"""What an author's second line out of one piece loses against the first out of another, and the third against the second."""
LONG = 40
"""Words, with the sentence before, from which on a line ..."""
TOO_LONG = 0.01
"""... loses this for each."""
SHORT = 6
"""Words below which a line ("Read the annex.") ..."""
CURT = 0.3
"""... loses this: it tells little without the piece."""
LEADING = 2
"""Lines of an author that are shown at once."""


@dataclass(frozen=True, slots=True)
class Position:
    """What one author argues, strongest first."""

    author: str
    """Those who signed together are one; "" for unsigned pieces."""
    lines: tuple[Line, ...]
    """All, those that tell most first."""
    leading: tuple[Line, ...]
    """One or two of them that do not say the same."""
    pieces: int
    latest: date | None


@dataclass(frozen=True, slots=True)
class Camps:
    """Authors who take opposite sides toward the same name."""

    over: str
    in_favour: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IssueAnswer:
    """What ``/issue`` shows."""

    issue: Issue
    activity: IssueActivity
    positions: tuple[Position, ...]
    """Of each author, those with most to say first; all of them, the caller pages."""
    camps: tuple[Camps, ...]
    opposed: Contrast | None
    """The two positions that pull apart hardest."""
    quoted: tuple[tuple[str, tuple[Line, ...]], ...]
    """What sources are quoted as saying, those quoted most first."""
    related: tuple[Issue, ...]


def answer(activity: IssueActivity, lines: Sequence[Line], related: Sequence[Issue] = ()) -> IssueAnswer:
    """Gather what the library has on an issue; ``lines`` are statements on it, own and attributed, in any order."""
    own = [line for line in lines if line.voice is Voice.OWN and line.kind in POSITIONS]
    return IssueAnswer(
        issue=activity.issue,
        activity=activity,
        positions=positions(own, activity.issue),
        camps=camps(own),
        opposed=contrast(activity.issue, own[:COMPARED], 2 * (LONGEST + CITATION_WORDS)),
        quoted=quoted([line for line in lines if line.voice is Voice.ATTRIBUTED and line.source]),
        related=tuple(related),
    )


def positions(own: Sequence[Line], issue: Issue | None = None) -> tuple[Position, ...]:
    """Each author's strongest lines, no sentence twice; authors by how firmly and how often they speak, then the latest.

    Lines that name the ``issue`` go before such as only follow one that does.
    """
    named = {(line.piece.id, line.sentence): NAMED for line in own if issue is not None and _names(issue, line)}

    def weigh(line: Line) -> float:
        return weight(line) + named.get((line.piece.id, line.sentence), 0.0)

    by_author: dict[tuple[str, int], list[Line]] = defaultdict(list)
    for line in own:
        author = " and ".join(line.piece.authors.value or ())
        by_author[author, 0 if author else line.piece.id].append(line)  # two unsigned pieces need not be by one hand
    found = []
    for (author, _), lines in by_author.items():
        best = sorted(lines, key=lambda line: (-weigh(line), -_day(line).toordinal(), line.sentence))
        distinct = list({(line.piece.id, line.sentence): line for line in reversed(best)}.values())[::-1]
        dated = [line.piece.published.value for line in lines if line.piece.published.value]
        telling = _telling(_spread(distinct), weigh)
        found.append(Position(author, telling, _leading(telling), len({line.piece.id for line in lines}), max(dated, default=None)))
    found.sort(key=lambda position: (-position.pieces, -weigh(position.lines[0]), -(position.latest or date.min).toordinal(), position.author))
    return tuple(found)


def weight(line: Line) -> float:
    """How well a line tells where its author stands, 0 to about 1.5."""
    words = len(line.text.split()) + len((line.before or "").split())
    less = (0.1 if line.hedged else 0.0) + (LEANING if line.before else 0.0) + TOO_LONG * max(0, words - LONG) + (CURT if words < SHORT else 0.0)
    return line.strength + CARRIES * line.salience + _WORTH.get(line.kind or StatementKind.FACT, 0.0) - less


def camps(own: Sequence[Line]) -> tuple[Camps, ...]:
    """Names toward which some authors are for and others against; an author on both sides is in neither."""
    sides: dict[str, dict[str, set[Stance]]] = defaultdict(lambda: defaultdict(set))
    for line in own:
        for name, stance in line.targets:
            if stance is not Stance.ABOUT:
                for author in line.piece.authors.value or ():
                    sides[name][author].add(stance)
    found = []
    for name, authors in sides.items():
        in_favour = tuple(author for author, taken in authors.items() if taken == {Stance.FOR})
        against = tuple(author for author, taken in authors.items() if taken == {Stance.AGAINST})
        if in_favour and against:
            found.append(Camps(name, in_favour, against))
    return tuple(sorted(found, key=lambda camp: (-min(len(camp.in_favour), len(camp.against)), camp.over)))


def quoted(said: Sequence[Line]) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """Lines by their source, strongest first; sources by how often they are quoted. What nobody is named for is left out,
    and a sentence that two are quoted in leads the lines of one only."""
    by_source: dict[str, list[Line]] = defaultdict(list)
    for line in said:
        if line.source and _is_named(line.source):
            by_source[line.source].append(line)
    order = Counter({source: len(lines) for source, lines in by_source.items()}).most_common()
    shown: set[tuple[int, int]] = set()
    found = []
    for source, _ in order:
        lines = sorted(by_source[source], key=lambda line: (-weight(line), -_day(line).toordinal()))
        lines = [line for line in lines if (line.piece.id, line.sentence) not in shown]
        if lines:
            shown.add((lines[0].piece.id, lines[0].sentence))
            found.append((source, tuple(lines)))
    return tuple(found)


def _is_named(source: str) -> bool:
    """A capital that is not only a sentence's: "a tenant", "Some thirty governments" are nobody in particular."""
    words = source.split()
    return any(word[0].isupper() for word in (words[1:] or words))


def _telling(lines: tuple[Line, ...], weigh: Callable[[Line], float]) -> tuple[Line, ...]:
    """The same lines; in front those that tell most without saying the same: not two of one paragraph, nor one that brings the other along."""
    said = [_words(line) for line in lines]
    turns: Counter[int] = Counter()
    worth = []
    for line in lines:
        worth.append(weigh(line) - SECOND * turns[line.piece.id])
        turns[line.piece.id] += 1
    return tuple(lines[at] for at in gist.front(said, worth, LEADING))


def _names(issue: Issue, line: Line) -> bool:
    """Whether one of the issue's names stands in the line; those of three letters only in capitals."""
    text = f"{line.before or ''} {line.text}"
    low = text.casefold()
    return any((form in text) if len(form) <= 3 else (form.casefold().removesuffix("s") in low) for form in (issue.name, *issue.aliases))


def _leading(lines: Sequence[Line]) -> tuple[Line, ...]:
    chosen: list[Line] = []
    for line in lines[:LEADING]:
        if not gist.repeats(_words(line), map(_words, chosen)):
            chosen.append(line)
    return tuple(chosen)


def _words(line: Line) -> frozenset[str]:
    return gist.words(f"{line.before or ''} {line.text}")


def _spread(best: Sequence[Line]) -> tuple[Line, ...]:
    """The best line of each piece before the second of any, so that two lines show a position over time rather than one paragraph."""
    taken: Counter[int] = Counter()
    turns = []
    for line in best:
        turns.append((taken[line.piece.id], line))
        taken[line.piece.id] += 1
    return tuple(line for _, line in sorted(turns, key=lambda turn: turn[0]))


def _day(line: Line) -> date:
    return line.piece.published.value or date.min
