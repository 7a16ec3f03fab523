"""Reads what a digest needs from the store and has it composed; what many digests of one hour share is read once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from bot import digest as mind
from bot.digest import Digest, Plan
from bot.models import POSITIONS, Issue, Line, Voice
from bot.records import Cadence, Filters, News, Posting, Subscription
from bot.schedule import LATE, LENGTHS
from store import Store

FRESHNESS = timedelta(seconds=90)
"""How long what was read of a workspace is used again: the digests of one hour, not a piece that was repaired meanwhile."""
KEPT = 64
"""Digests kept between being posted and being recorded; and plans for subscriptions that ask for the same."""
TEAMS = 8
HELD = 3

Made = tuple[int, int, int, datetime, datetime, Filters, str]
"""What a digest depends on: subscription, stretch of ids, stretch of time, filters, zone."""

K = TypeVar("K")
V = TypeVar("V")


@dataclass(slots=True)
class Shelf:
    """What was read of one workspace: pieces with an id above ``start``, up to ``upto``."""

    news: News
    start: int
    upto: int
    read_at: datetime
    issues: dict[str, Issue]
    lines: dict[int, tuple[Line, ...]] = field(default_factory=dict)
    positions: dict[tuple[str, int, int], tuple[Line, ...]] = field(default_factory=dict)
    before: dict[tuple[int, str, int], Line | None] = field(default_factory=dict)
    plans: OrderedDict[tuple[Filters, int, int, datetime, datetime], Plan] = field(default_factory=OrderedDict)


class Composer:
    """Composes digests from the store."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now
        self._shelves: OrderedDict[str, Shelf] = OrderedDict()
        self._boundaries: OrderedDict[tuple[str, datetime], int] = OrderedDict()
        self._made: OrderedDict[Made, Digest | None] = OrderedDict()

    def anything(self, subscription: Subscription, after: int, upto: int) -> bool:
        """Whether there is something new for a subscription in that stretch of ids."""
        after = max(after, subscription.told)
        return after < upto and bool(mind.select(self._shelf(subscription.team, after, upto).news, subscription.filters, after, upto))

    def compose(self, subscription: Subscription, posting: Posting) -> Digest | None:
        """The digest of a posting; None when nothing is new."""
        key = (posting.subscription, posting.after, posting.upto, posting.since, posting.until, subscription.filters, subscription.zone)
        if key not in self._made:
            late = subscription.cadence is not Cadence.INSTANT and posting.due_at is not None and posting.until - posting.due_at > LATE
            made = self._make(subscription, posting.after, posting.upto, posting.since, posting.until, posting.due_at, late)
            _keep(self._made, key, made)
        return self._made[key]

    def preview(self, subscription: Subscription) -> Digest | None:
        """What would be posted now."""
        now = self._now()
        since = subscription.last_sent_at or (subscription.created_at or now) - LENGTHS[subscription.cadence]
        after = subscription.told if subscription.id else self._store.newly.boundary(subscription.team, since)
        upto = self._store.newly.newest(subscription.team)
        return self._make(subscription, after, upto, min(since, now), now, None, False)

    def _make(
        self, subscription: Subscription, after: int, upto: int, since: datetime, until: datetime, due_at: datetime | None, late: bool
    ) -> Digest | None:
        store, team = self._store, subscription.team
        shelf = self._shelf(team, self._boundary(team, since - (until - since)), upto, after)
        planned = self._plan(shelf, subscription.filters, after, upto, since, until)
        if not planned.counted:
            return None
        for piece in planned.wanted:
            if piece not in shelf.lines:
                shelf.lines[piece] = self._lines_of(team, piece)
        for slug in planned.issues:
            if (slug, after, upto) not in shelf.positions:
                shelf.positions[slug, after, upto] = store.newly.positions(team, slug, after, upto)
        for author, slug in planned.writers:
            if (author, slug, after) not in shelf.before:
                shelf.before[author, slug, after] = store.newly.before(team, author, slug, after)
        allowed = {fresh.id for group in planned.groups for fresh in group.pieces}
        return mind.compose(
            planned, subscription, since, until, {piece: shelf.lines[piece] for piece in planned.wanted},
            {slug: [line for line in shelf.positions[slug, after, upto] if line.piece.id in allowed] for slug in planned.issues},
            {(author, slug): line for author, slug in planned.writers if (line := shelf.before[author, slug, after])},
            shelf.issues, due_at=due_at, late=late, first=subscription.created_at is None or since < subscription.created_at,
        )  # fmt: skip

    def _lines_of(self, team: str, piece: int) -> tuple[Line, ...]:
        """A piece's key sentences, best first: its thesis; where that leans on others, what its author holds most firmly; its key points.

        Of a thesis of two sentences the last is the claim; the one before only says of whom or what it speaks.
        """
        found = self._store.statements.key_lines(team, piece)
        claim = found.thesis[-1:]
        if claim and mind.readable(claim[0]):
            return (*claim, *found.points)
        held = self._store.statements.lines(team, piece=piece, voice=Voice.OWN, kinds=POSITIONS, order="strongest", limit=HELD)
        return (*claim, *held.items, *found.points)

    def _boundary(self, team: str, moment: datetime) -> int:
        """The last piece that was added up to a moment that is long past."""
        if (team, moment) not in self._boundaries:
            _keep(self._boundaries, (team, moment), self._store.newly.boundary(team, moment))
        return self._boundaries[team, moment]

    def _plan(self, shelf: Shelf, filters: Filters, after: int, upto: int, since: datetime, until: datetime) -> Plan:
        key = (filters, after, upto, since, until)
        if key not in shelf.plans:
            found = mind.select(shelf.news, filters, after, upto)
            _keep(shelf.plans, key, mind.plan(found, shelf.news, filters, after, shelf.issues, since, until))
        return shelf.plans[key]

    def _shelf(self, team: str, start: int, upto: int, after: int | None = None) -> Shelf:
        """What was read lately, if it reaches far enough; else read anew, from ``start`` or ``after``, whichever is earlier."""
        start = start if after is None else min(start, after)
        now, held = self._now(), self._shelves.get(team)
        if held and held.start <= start and held.upto >= upto and timedelta(0) <= now - held.read_at <= FRESHNESS:
            return held
        newest = max(upto, self._store.newly.newest(team))
        if held and now - held.read_at <= FRESHNESS:
            start = min(start, held.start)
        shelf = Shelf(self._store.newly.added(team, start, newest), start, newest, now, {issue.slug: issue for issue in self._store.issues.all(team)})
        _keep(self._shelves, team, shelf, TEAMS)
        return shelf


def _keep(kept: OrderedDict[K, V], key: K, value: V, most: int = KEPT) -> None:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > most:
        kept.popitem(last=False)
