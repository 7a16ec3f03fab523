"""What is new, worth a minute: pieces that were added -> a digest. Pure, in two steps so that only what is shown need be read.

``select`` narrows what was added to a subscription's filters; ``plan`` chooses among it without a word of text; the caller reads the
lines of the pieces in ``Plan.wanted`` and the positions on ``Plan.issues``; ``compose`` makes the digest. Every line is verbatim.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot import gist
from bot.contrast import CITATION_WORDS, Contrast, contrast
from bot.models import Issue, Line
from bot.records import Filters, Fresh, News, Subscription

WORDS = 235
"""Of a whole message with everything around its quotations: 60 seconds at 238 words a minute (Brysbaert 2019, silent reading)."""
HEADING_WORDS, VOICE_WORDS, BAR_WORDS, LABEL_WORDS = 7, 5, 4, 6
"""Of an issue's name with its count; a new voice with the outlet; a bar; a label such as "Where they disagree"."""
FRAME_WORDS, INTRODUCTION_WORDS, APOLOGY_WORDS = 28, 46, 30
"""Of headline, reach and last line; of what a first digest says of itself; of what a late one does."""
LONG = 40
"""Words from which a shorter key sentence of the same piece is preferred; nothing is ever cut."""

_LEANING = re.compile(r"(?:It|This|That|These|Those|They|He|She|His|Her|Their|But|And|So|Yet|Nor|Or|Such|Both|Neither|Instead|Otherwise)\b")
"""A sentence that begins so leans on the one before it."""

GROUPS = 4
"""Issues in the message; more would be a list of headings."""
AN_ISSUE = 2
"""Pieces of one issue in the message."""
DETAILED = 14
"""Further pieces in its thread with their sentence; beyond that they are counted."""
BARS = 4
VOICES = 4


@dataclass(frozen=True, slots=True)
class Chosen:
    """Pieces under one issue, those that matter first; slug None is for pieces filed under nothing."""

    slug: str | None
    pieces: tuple[Fresh, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is worth reading for a digest."""

    groups: tuple[Chosen, ...]
    counted: int
    authors: int
    outlets: int
    voices: tuple[tuple[str, str | None], ...]
    """Authors met for the first time, with the outlet."""
    newcomers: int
    """How many such authors there are."""
    bars: tuple[tuple[str, int, int], ...]
    """Slug, pieces in this period, pieces in the one before; most first."""

    @property
    def wanted(self) -> tuple[int, ...]:
        """Ids of the pieces whose key lines are to be read."""
        leading = [fresh.id for group in self.groups[:GROUPS] for fresh in group.pieces[: AN_ISSUE + 1]]
        rest = [fresh.id for group in self.groups for fresh in group.pieces]
        return tuple(dict.fromkeys([*leading, *rest]))[: DETAILED + GROUPS * AN_ISSUE]

    @property
    def issues(self) -> tuple[str, ...]:
        """Slugs on which positions are to be read."""
        return tuple(group.slug for group in self.groups[:GROUPS] if group.slug)

    @property
    def writers(self) -> tuple[tuple[int, str], ...]:
        """Authors of leading pieces with the issue: what did they hold before?"""
        leading = [(group.slug, fresh) for group in self.groups[:GROUPS] if group.slug for fresh in group.pieces[:AN_ISSUE]]
        return tuple(dict.fromkeys((fresh.authors[0][0], slug) for slug, fresh in leading if fresh.authors))


@dataclass(frozen=True, slots=True)
class Group:
    """One issue of a digest."""

    issue: Issue | None
    counted: int
    lines: tuple[Line, ...]
    """One a piece, those that matter first."""
    contrast: Contrast | None = None
    """Two of its pieces that pull apart; they come first and are not among ``lines``."""


@dataclass(frozen=True, slots=True)
class ThenNow:
    """An author who wrote on the issue before: a line from then beside the one from now."""

    issue: Issue
    then: Line
    now: Line


@dataclass(frozen=True, slots=True)
class Bar:
    """How much was new on an issue, and in the period before."""

    name: str
    counted: int
    before: int


@dataclass(frozen=True, slots=True)
class Digest:
    """One message and what stands in its thread."""

    subscription: Subscription
    since: datetime
    until: datetime
    due_at: datetime | None
    counted: int
    authors: int
    outlets: int
    groups: tuple[Group, ...]
    then_now: ThenNow | None
    voices: tuple[tuple[str, str | None], ...]
    newcomers: int
    bars: tuple[Bar, ...]
    rest: tuple[Group, ...] = ()
    """For the thread."""
    unlisted: int = 0
    """Pieces that stand in neither."""
    first: bool = False
    late: bool = False
    only_issue: bool = field(default=False)
    """Follows one issue: its name need not be said over every piece."""


def cost(line: Line) -> int:
    """Words that a quoted line adds to a message."""
    return len(line.text.split()) + len((line.before or "").split()) + CITATION_WORDS


def select(news: News, filters: Filters, after: int, upto: int) -> tuple[Fresh, ...]:
    """What was added in that stretch of ids and is asked for."""
    added = [fresh for fresh in news.fresh if after < fresh.id <= upto]
    if not (filters.issues or filters.authors or filters.outlets):
        return tuple(added)
    return tuple(filter(_asked_for(filters), added))


def _asked_for(filters: Filters) -> Callable[[Fresh], bool]:
    """Whether a piece is one of those that were asked for; thousands are looked at for each digest."""
    issues, authors, outlets = set(filters.issues), set(filters.authors), {outlet.casefold() for outlet in filters.outlets}

    def asked_for(fresh: Fresh) -> bool:
        if outlets and (fresh.outlet or "").casefold() not in outlets:
            return False
        if authors and authors.isdisjoint([id_ for id_, _ in fresh.authors]):
            return False
        return not issues or not issues.isdisjoint([slug for slug, _, _ in fresh.issues])

    return asked_for


def plan(found: Sequence[Fresh], news: News, filters: Filters, after: int, known: Iterable[str], since: datetime, until: datetime) -> Plan:
    """Group by issue and put first what matters: issues by how much is new on them, pieces by how much they are about it.

    A piece stands under one issue only: of those that it is mainly about, the one with most new pieces (of those that the subscription
    follows, where it follows some). ``known`` are the slugs that the workspace uses.
    """
    usable = set(known)
    shown = usable & set(filters.issues) if filters.issues else usable
    counts = Counter(slug for fresh in found for slug, _, main in fresh.issues if main and slug in shown)
    grouped: dict[str | None, list[tuple[float, Fresh]]] = defaultdict(list)
    for fresh in found:
        slug, score = _place(fresh, shown, counts)
        grouped[slug].append((_weight(fresh, score), fresh))
    chosen = [
        Chosen(slug, tuple(_spread([fresh for _, fresh in sorted(pieces, key=lambda pair: (-pair[0], -pair[1].id))])))
        for slug, pieces in grouped.items()
    ]
    chosen.sort(key=lambda group: (group.slug is None, -len(group.pieces), -max(w for w, _ in grouped[group.slug]), group.slug or ""))
    begin, wanted = since - (until - since), _asked_for(filters)
    earlier = Counter(
        slug
        for fresh in news.fresh
        if fresh.id <= after and fresh.added_at > begin
        for slug, _ in (_place(fresh, shown, counts),)
        if slug and wanted(fresh)
    )
    newcomers = _newcomers(found, news, after) if after else ()  # to an empty library everybody is new
    return Plan(
        groups=tuple(chosen),
        counted=len(found),
        authors=len({id_ for fresh in found for id_, _ in fresh.authors}),
        outlets=len({fresh.outlet.casefold() for fresh in found if fresh.outlet}),
        voices=newcomers[:VOICES],
        newcomers=len(newcomers),
        bars=tuple((group.slug, len(group.pieces), earlier[group.slug]) for group in chosen if group.slug)[:BARS],
    )


def compose(
    planned: Plan,
    subscription: Subscription,
    since: datetime,
    until: datetime,
    lines: Mapping[int, Sequence[Line]],
    positions: Mapping[str, Sequence[Line]],
    before: Mapping[tuple[int, str], Line],
    issues: Mapping[str, Issue],
    *,
    due_at: datetime | None = None,
    late: bool = False,
    first: bool = False,
) -> Digest:
    """Fill a message's minute: one piece of each issue, where two disagree, what an author held before, then second pieces.

    ``lines``: id of a piece -> its key sentences, best first. ``positions``: slug -> the authors' positions. ``before``: (author, slug) ->
    what they held before.
    """
    best = {id_: _best(found) for id_, found in lines.items() if found}
    leading = planned.groups[:GROUPS]
    room = WORDS - _frame(planned, first, late)
    taken: dict[str | None, list[Line]] = defaultdict(list)
    beside = room - LABEL_WORDS - HEADING_WORDS
    pair = next((found for g in leading if g.slug and (found := contrast(issues[g.slug], positions.get(g.slug, ()), beside))), None)
    paired = {line.piece.id for line in (pair.left, pair.right)} if pair else set()
    if pair:
        room -= cost(pair.left) + cost(pair.right) + LABEL_WORDS + HEADING_WORDS

    said = [gist.words(line.text) for line in (pair.left, pair.right)] if pair else []

    def take(group: Chosen, rank: int) -> None:
        """Quote one more piece of an issue, if there is room; what disagrees stands there already."""
        nonlocal room
        left = [fresh for fresh in group.pieces if fresh.id not in paired and fresh.id in best]
        if rank >= len(left) or (rank == 0 and pair and pair.issue.slug == group.slug):
            return
        line = _best([one for one in lines[left[rank].id] if not gist.repeats(gist.words(one.text), said)] or [best[left[rank].id]])
        best[left[rank].id] = line
        needed = cost(line) + (HEADING_WORDS if rank == 0 else 0)
        if needed <= room or not (taken or pair):
            taken[group.slug].append(line)
            said.append(gist.words(line.text))
            room -= needed

    for group in leading:
        take(group, 0)
    then_now = next(_returns(leading, taken, before, issues, room - LABEL_WORDS), None)
    if then_now:
        room -= cost(then_now.then) + LABEL_WORDS
    for rank in range(1, AN_ISSUE):
        for group in leading:
            if taken.get(group.slug):
                take(group, rank)
    shown = paired | {line.piece.id for held in taken.values() for line in held}
    groups = []
    for group in leading:
        own = pair if pair and pair.issue.slug == group.slug else None
        if own or group.slug in taken:
            groups.append(Group(issues.get(group.slug or ""), len(group.pieces), tuple(taken.get(group.slug, ())), own))
    rest = _rest(planned, best, shown, issues)
    listed = len(shown) + sum(len(group.lines) for group in rest)
    return Digest(
        subscription, since, until, due_at, planned.counted, planned.authors, planned.outlets, tuple(groups), then_now, planned.voices,
        planned.newcomers, tuple(Bar(issues[slug].name, n, m) for slug, n, m in planned.bars if slug in issues), rest,
        planned.counted - listed, first, late, len(subscription.filters.issues) == 1,
    )  # fmt: skip


def _frame(planned: Plan, first: bool, late: bool) -> int:
    """Words of a message beside its quotations."""
    return FRAME_WORDS + VOICE_WORDS * len(planned.voices) + BAR_WORDS * len(planned.bars) + INTRODUCTION_WORDS * first + APOLOGY_WORDS * late


def _place(fresh: Fresh, shown: set[str], counts: Counter[str]) -> tuple[str | None, float]:
    """The issue that a piece stands under, and how much it is about it."""
    main = [(counts[slug], score, slug) for slug, score, is_main in fresh.issues if is_main and slug in shown]
    if main:
        _, score, slug = max(main)
        return slug, score
    return next(((slug, score / 2) for slug, score, _ in fresh.issues if slug in shown), (None, 0.0))


def _weight(fresh: Fresh, score: float) -> float:
    """How much a piece matters: about the issue, firmly put, an opinion, read in full."""
    return score + 0.5 * fresh.strength + 0.25 * fresh.opinion - 0.25 * fresh.partial


def _spread(pieces: list[Fresh]) -> list[Fresh]:
    """The same order, but an author's second piece only after everybody's first."""
    seen: Counter[int] = Counter()
    turns = []
    for fresh in pieces:
        writers = [id_ for id_, _ in fresh.authors]
        turns.append(max((seen[id_] for id_ in writers), default=0))
        seen.update(writers)
    return [fresh for _, fresh in sorted(zip(turns, pieces, strict=True), key=lambda pair: pair[0])]


def _newcomers(found: Sequence[Fresh], news: News, after: int) -> tuple[tuple[str, str | None], ...]:
    new: dict[int, tuple[str, str | None]] = {}
    for fresh in found:
        for id_, name in fresh.authors:
            if news.first.get(id_, 0) > after:
                new.setdefault(id_, (name, fresh.outlet))
    return tuple(new.values())


def _best(found: Sequence[Line]) -> Line:
    """The first key sentence that is readable alone; else the first that is not long; else the shortest."""
    short = (line for line in found if cost(line) - CITATION_WORDS <= LONG)
    return next((line for line in found if readable(line)), None) or next(short, None) or min(found, key=cost)


def readable(line: Line) -> bool:
    """Whether a sentence is short enough for a digest and needs no other beside it."""
    return line.before is None and cost(line) - CITATION_WORDS <= LONG and not _LEANING.match(line.text)


def _returns(
    leading: Sequence[Chosen], taken: Mapping[str | None, list[Line]], before: Mapping[tuple[int, str], Line], issues: Mapping[str, Issue], room: int
) -> Iterator[ThenNow]:
    for group in leading:
        for fresh, line in zip(group.pieces, taken.get(group.slug, ()), strict=False):
            then = before.get((fresh.authors[0][0], group.slug)) if fresh.authors and group.slug else None
            if then and group.slug and cost(then) <= min(room, LONG + CITATION_WORDS) and then.text != line.text:
                yield ThenNow(issues[group.slug], then, line)


def _rest(planned: Plan, best: Mapping[int, Line], shown: set[int], issues: Mapping[str, Issue]) -> tuple[Group, ...]:
    left = DETAILED
    groups = []
    for group in planned.groups:
        further = [best[fresh.id] for fresh in group.pieces if fresh.id not in shown and fresh.id in best][:left]
        left -= len(further)
        if further:
            groups.append(Group(issues.get(group.slug or ""), len(group.pieces), tuple(further)))
    return tuple(groups)
