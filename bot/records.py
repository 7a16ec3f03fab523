"""What memory keeps and hands out beside pieces and lines: subscriptions, postings, feeds, threads' subjects, hits, counts.

All times are aware and in UTC; a ``team`` is a Slack workspace's id.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from bot.models import Issue, Line, Person, Piece

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of a longer list; ``total`` counts all of it."""

    items: tuple[T, ...]
    total: int
    offset: int = 0

    @property
    def more(self) -> int:
        """How many come after this page."""
        return max(0, self.total - self.offset - len(self.items))


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; an empty field narrows nothing, several values in one field mean any of them."""

    issues: tuple[str, ...] = ()
    """Slugs."""
    authors: tuple[int, ...] = ()
    """Ids of people."""
    outlets: tuple[str, ...] = ()
    since: date | None = None
    """First day, inclusive."""
    until: date | None = None
    """Last day, inclusive."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a piece that was handed over."""

    id: int
    known: bool
    """It was in the library already, under this id."""


@dataclass(frozen=True, slots=True)
class KeyLines:
    """The sentences that carry a piece, verbatim."""

    thesis: tuple[Line, ...]
    points: tuple[Line, ...]
    """Best first."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A person in the library: what they wrote, and where they are quoted."""

    person: Person
    pieces: int
    """Pieces they wrote; 0 for somebody who is only quoted."""
    quoted: int
    """Statements that are attributed to them."""
    first: date | None = None
    last: date | None = None
    issues: tuple[tuple[str, int], ...] = ()
    """Slugs of the issues they write about, or are quoted on, with the number of pieces; most first."""


@dataclass(frozen=True, slots=True)
class IssueActivity:
    """One issue and how much the library has on it."""

    issue: Issue
    pieces: int
    main: int
    """Pieces that are mainly about it."""
    authors: int
    last: date | None = None
    more_authors: bool = False
    """Only the authors of the newest pieces are counted: there may be more."""
    unsigned: int = 0
    """Pieces that state no author, of the newest."""
    undated: int = 0
    """Pieces that state no date: they are in no chart and no period."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A phrase or name that recurs in recent pieces and is in no issue; a person decides."""

    phrase: str
    pieces: int
    authors: int
    examples: tuple[int, ...] = ()
    """Ids of pieces, newest first."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One piece that a search found. ``snippet`` marks the words found between \\x02 and \\x03."""

    piece: Piece
    snippet: str
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    hits: tuple[Hit, ...]
    total: int
    """Pieces that match, counted up to ``COUNT_LIMIT``."""
    more: bool = False
    """There are more than ``total``."""
    bounded: bool = False
    """So many match that only the newest of them were ranked."""
    did_you_mean: str | None = None
    relaxed: bool = False
    """No piece has all of the words; these have some of them."""
    with_all: int = 0
    """Pieces that have all of the words; come first in the ranking as a rule, not always."""
    notes: tuple[str, ...] = ()
    """What was not understood in the query, in a sentence each."""


@dataclass(frozen=True, slots=True)
class Glance:
    """The library in numbers."""

    pieces: int
    authors: int
    outlets: int
    issues: int
    statements: int
    first: date | None = None
    last: date | None = None
    waiting: int = 0
    """Readings that have not finished."""


class Cadence(StrEnum):
    """How often a digest comes."""

    DAILY = "daily"
    WEEKDAYS = "weekdays"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    INSTANT = "instant"
    """A notice whenever pieces are added, at most one in a few minutes."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A standing order for digests."""

    id: int
    team: str
    channel: str
    """Channel, or the person's own conversation."""
    person: str
    """Slack user who subscribed."""
    cadence: Cadence
    hour: int
    zone: str
    """IANA time zone, such as Europe/Berlin."""
    minute: int = 0
    day: str | None = None
    """"mon" ... "sun" for weekly, "1" ... "28" for monthly."""
    filters: Filters = field(default_factory=Filters)
    next_due_at: datetime | None = None
    paused: bool = False
    snoozed_until: datetime | None = None
    created_at: datetime | None = None
    last_sent_at: datetime | None = None
    """Up to when its digests have told what is new; one with nothing to say does not count."""
    told: int = 0
    """The last piece (by id) that its digests covered. Ids follow the order of commits, which times do not."""
    reason: str | None = None
    """Why Entente itself paused it, a sentence for people."""


class Part(StrEnum):
    """What a message on its way is."""

    DIGEST = "digest"
    """The message itself."""
    DETAILS = "details"
    """What stands in its thread."""
    WARNING = "warning"
    """To the person who subscribed: why digests have stopped, or could not be checked."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """A piece that was added lately: what it takes to choose among thousands, without its words."""

    id: int
    added_at: datetime
    outlet: str | None
    authors: tuple[tuple[int, str], ...]
    """Id and name, in the order of the byline."""
    issues: tuple[tuple[str, float, bool], ...]
    """Slug, score, main; main ones first, then by score."""
    opinion: bool
    """An opinion or analysis, rather than news or an interview."""
    partial: bool
    strength: float
    """Of its strongest statement in the author's own voice."""


@dataclass(frozen=True, slots=True)
class News:
    """What was added to a workspace's library, in order of ids, and when each of its authors first appeared."""

    fresh: tuple[Fresh, ...]
    first: dict[int, int]
    """Id of a person -> id of the first piece by them."""


class PostingState(StrEnum):
    """Where a digest is on its way."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Posting:
    """One digest of one subscription for one period: a row of the outbox."""

    id: int
    team: str
    subscription: int
    period: str
    """Names the period, one posting for each: the day that it was due on the subscriber's calendar, "2026-11-23"."""
    state: PostingState
    key: str
    """Goes along as the message's metadata, to recognise it after a crash."""
    channel: str
    since: datetime
    until: datetime
    attempts: int = 0
    ts: str | None = None
    """Slack's id of the message, once sent."""
    reason: str | None = None
    sending_since: datetime | None = None
    """When its request went out; None when it was claimed only."""
    lease_until: datetime | None = None
    """Until when it belongs to the process that claimed it."""
    part: Part = Part.DIGEST
    thread: str | None = None
    """The message that it answers, for details."""
    after: int = 0
    """What is new: pieces with an id above ``after``, up to and with ``upto``."""
    upto: int = 0
    due_at: datetime | None = None
    words: str | None = None
    """A warning's text."""
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is polled."""

    id: int
    team: str
    url: str
    title: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    next_poll_at: datetime | None = None
    failures: int = 0
    """In a row."""
    last_error: str | None = None
    channel: str | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a thread is about: ids only, never messages."""

    piece: int | None = None
    person: int | None = None
    issue: str | None = None
    pieces: tuple[int, ...] = ()
    """The pieces last listed there, in their order, for "the second one"."""
    other: int | None = None
    """Who was spoken of before the person, or beside them: "compare them" means both."""


@dataclass(frozen=True, slots=True)
class Waiter:
    """A message that waits for a reading, to be edited when it is done."""

    channel: str
    message: str
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Something promised to Slack and not sent yet."""

    id: int
    team: str
    key: str
    """Names what was promised: one sending for each; goes along as a message's metadata."""
    kind: str
    channel: str
    body: dict[str, Any]
    thread: str | None = None
    person: str | None = None
    attempts: int = 0
    doubtful: bool = False
    """A sender died over it: it may have been sent."""
    reason: str = ""
    """Why the last attempt failed."""
    promised_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody thought of an answer."""

    id: int
    team: str
    person: str
    answer: str
    """Which answer: the command, and the ids that it was about."""
    good: bool
    remark: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One word, or several that must stand together."""

    text: str
    phrase: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What a typed search asks for. Nobody's spelling makes it an error: what is not understood becomes words, with a note."""

    text: str
    """As typed."""
    all: tuple[tuple[Term, ...], ...] = ()
    """Of each group any one: groups come from OR, most have one term."""
    none: tuple[Term, ...] = ()
    authors: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    newest_first: bool = False
    notes: tuple[str, ...] = ()
    """What was not understood, a sentence each."""

    @property
    def empty(self) -> bool:
        """Nothing to look for and nothing to narrow."""
        return not (self.all or self.authors or self.issues or self.outlets or self.since or self.until)
