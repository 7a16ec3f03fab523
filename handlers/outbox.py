"""What the clock does when it ticks: puts what has fallen due into the outbox, and carries what is there to Slack, each once.

A message is claimed (a lease of a minute), posted with its key as metadata, recorded. Who finds a lease that ran out looks for the key
in the channel first. What surely was not posted waits and goes again; what cannot be delivered is told to the person who subscribed,
once, and the subscription pauses. A message that did not leave is covered by the next one, which tells everything since the last that did.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING

from bot.errors import NotFound
from bot.records import Cadence, Filters, Part, Posting, Subscription
from bot.schedule import INSTANT_GAP, LENGTHS, described, last_due, next_due, period
from bot.wording import knows, say
from handlers import digest_card
from handlers.blocks import Block
from handlers.poster import CannotLook, Later, Posted, Poster, Refused, Trouble, Unsure
from store import Store
from store.digests import LEASE

if TYPE_CHECKING:
    from handlers.composer import Composer

log = logging.getLogger(__name__)

MARGIN = timedelta(seconds=25)
"""Of its lease a message must have left when it is posted: a call is given up after ten to twenty seconds."""

A_CHANNEL = 1.1
"""Seconds between two posts in one channel; Slack takes about one a second."""
EVERYWHERE = 0.25
"""Seconds between any two posts: "several hundred a minute" for a workspace are allowed."""

GIVE_UP = timedelta(hours=20)
"""A digest that could not leave for so long is dropped; the next one covers it. Less than a day, the shortest period."""
MOST_DEATHS = 100
"""A message during whose sending the process died so often is dropped."""
AHEAD = timedelta(days=3)
"""A due time so much later than the longest period was set by a clock that ran ahead."""

NOW = "now "
"""Begins the period of a digest that somebody asked for out of turn."""
NOT_THERE = "It was not there."
TROUBLE, SILENCE = "Slack had trouble:", "No answer came:"
"""Begin the reason of a message of which it is not known whether it was posted."""
UNSEEN = ("missing_scope", "channel_not_found")
"""Why a channel, or a person's conversation that we know by the person only, cannot be looked at although it takes posts."""
UNCERTAIN = "It may have been posted already, and Slack does not let me look."


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast posts may follow each other, in seconds."""

    channel: float = A_CHANNEL
    everywhere: float = EVERYWHERE


class Outbox:
    """Fills and empties the outbox. Any number of threads and processes may do so at once."""

    def __init__(
        self,
        store: Store,
        poster: Poster,
        now: Callable[[], datetime],
        *,
        composer: Composer | None = None,
        pace: Pace | None = None,
        lease: timedelta = LEASE,
    ) -> None:
        self._store = store
        self._poster = poster
        self._now = now
        self._given = composer
        self._pace = pace or Pace()
        self._lease = lease
        self._checked: dict[int, tuple[int, Filters]] = {}
        """Up to which piece nothing was found for a subscription to notices."""
        self._last: dict[str, float] = {}
        self._last_post = float("-inf")

    @cached_property
    def _composer(self) -> Composer:
        from handlers.composer import Composer  # for the first digest, not while everything starts

        return self._given or Composer(self._store, self._now)

    # what has fallen due

    def fall_due(self) -> int:
        """Put every digest whose time has come into the outbox; returns how many."""
        now = self._now()
        self._recall(now)
        return sum(self._enqueue(subscription, now) for subscription in self._store.subscriptions.due(now))

    def _enqueue(self, subscription: Subscription, now: datetime) -> bool:
        assert subscription.next_due_at is not None
        if subscription.cadence is Cadence.INSTANT:
            return self._enqueue_notice(subscription, now)
        due = last_due(subscription, now, subscription.next_due_at)
        since = self._since(subscription)
        posting = self._store.digests.enqueue(
            subscription.id, period(subscription, due), min(since, now), now, next_due(subscription, now),
            due_at=due, expected=subscription.next_due_at,
        )  # fmt: skip
        return posting is not None

    def _enqueue_notice(self, subscription: Subscription, now: datetime) -> bool:
        """Only when there is something to tell; the period is named by the last piece that it covers."""
        upto = self._store.newly.newest(subscription.team)
        checked = self._checked.get(subscription.id)
        if checked == (upto, subscription.filters) or not self._composer.anything(subscription, checked[0] if checked else 0, upto):
            self._checked[subscription.id] = (upto, subscription.filters)
            return False
        posting = self._store.digests.enqueue(
            subscription.id, f"piece {upto}", min(self._since(subscription), now), now, now + INSTANT_GAP,
            due_at=now, expected=subscription.next_due_at,
        )  # fmt: skip
        return posting is not None

    def _since(self, subscription: Subscription) -> datetime:
        return subscription.last_sent_at or (subscription.created_at or self._now()) - LENGTHS[subscription.cadence]

    def _recall(self, now: datetime) -> None:
        """Due times that a clock running ahead has set are set anew, or their subscribers would hear nothing for years."""
        for subscription in self._store.subscriptions.astray(now + timedelta(days=31) + AHEAD):
            self._store.subscriptions.schedule(subscription.id, next_due(subscription, now))

    # what is under way

    def deliver(self, stop: threading.Event, most: int | None = None) -> int:
        """Carry what is in the outbox to Slack, at Slack's pace, until it is empty or ``stop`` is set; returns how many were handled."""
        done = 0
        while not stop.is_set() and (most is None or done < most):
            doubtful = self._store.digests.doubtful(self._lease)
            if doubtful is not None:
                self._reconcile(doubtful)
            elif (posting := self._store.digests.claim(self._lease)) is not None:
                self._send(posting, stop)
            else:
                break
            done += 1
        return done

    def _reconcile(self, posting: Posting) -> None:
        """Was it posted? Its sender died, or no answer came."""
        try:
            found = self._look(posting)
        except Later as later:
            log.warning("digest %s cannot be looked for now: %s", posting.id, later)  # its lease runs out again, and then it is looked for
            return
        except CannotLook as reason:
            self._cannot_look(posting, str(reason))
            return
        if found is not None:
            self._record(posting, found)
        elif posting.reason not in (None, NOT_THERE):
            self._store.digests.again(posting.id, posting.reason or "", self._now() + _backoff(posting))
        elif posting.attempts >= MOST_DEATHS:
            self._store.digests.fail(posting.id, "It could not be sent.")
            log.error("digest %s of subscription %s was given up: its sender died %s times", posting.id, posting.subscription, posting.attempts)
        else:
            self._store.digests.again(posting.id, NOT_THERE)

    def _look(self, posting: Posting) -> Posted | None:
        if posting.sending_since is None:  # claimed, but its request never went out
            return None
        return self._poster.find(posting.team, posting.channel, posting.key, since=posting.sending_since, thread=posting.thread)

    def _cannot_look(self, posting: Posting, reason: str) -> None:
        """Without a scope for the channel's history: what Slack said to have failed is sent again. After a silence it was most likely posted,
        so it is not, and a person is asked to look; the next digest tells all of it in any case. A conversation that is closed to us
        takes no second post either.
        """
        if reason not in UNSEEN or (posting.reason or "").startswith(TROUBLE):
            self._store.digests.again(posting.id, f"Cannot look: {reason}.", self._now() + _backoff(posting))
            return
        self._store.digests.fail(posting.id, UNCERTAIN)
        if posting.part is Part.DIGEST and posting.channel.startswith(("C", "G")):
            words = say("undelivered.unsure", number=posting.subscription, channel=f"<#{posting.channel}>")
            self._store.digests.warn(posting.subscription, posting.period, words)

    def _send(self, posting: Posting, stop: threading.Event) -> None:
        if posting.part is not Part.WARNING and (self._overdue(posting) or self._paused(posting)):
            return
        made = self._compose(posting)
        if made is None:
            self._store.digests.sent(posting.id, None)
            return
        text, blocks = made
        if not self._wait(posting.channel, stop):
            self._store.digests.again(posting.id, "Stopped before it was posted.")
            return
        if not self._store.digests.begin(posting, MARGIN):
            return  # it took too long and may be somebody else's now: whoever finds it looks first
        try:
            posted = self._poster.post(posting.team, posting.channel, text, blocks, key=posting.key, thread=posting.thread)
        except Later as later:
            self._later(posting, later)
        except Unsure as unsure:
            self._doubt(posting, unsure)
        except Refused as refused:
            self._refused(posting, refused, text, bool(blocks))
        else:
            self._record(posting, posted)

    def _overdue(self, posting: Posting) -> bool:
        """Dropped when it could not leave for most of a day."""
        if posting.created_at is None or self._now() - posting.created_at <= GIVE_UP or posting.attempts <= 1:
            return False
        self._store.digests.fail(posting.id, "Slack could not be reached in time.")
        return True

    def _paused(self, posting: Posting) -> bool:
        """Paused since it fell due; one that somebody asked for now goes all the same."""
        if posting.part is not Part.DIGEST or posting.period.startswith(NOW):
            return False
        try:
            paused = self._store.subscriptions.get(posting.team, posting.subscription).paused
        except NotFound:
            paused = False
        if paused:
            self._store.digests.fail(posting.id, "Paused.")
        return paused

    def _compose(self, posting: Posting) -> tuple[str, tuple[Block, ...]] | None:
        if posting.part is Part.WARNING:
            return posting.words or "", ()
        try:
            subscription = self._store.subscriptions.get(posting.team, posting.subscription)
        except NotFound:
            return None  # stopped meanwhile
        digest = self._composer.compose(subscription, posting)
        if digest is None:
            return None
        return digest_card.details(digest) if posting.part is Part.DETAILS else digest_card.message(digest)

    def _record(self, posting: Posting, posted: Posted) -> None:
        details = False
        if posting.part is Part.DIGEST:
            try:
                subscription = self._store.subscriptions.get(posting.team, posting.subscription)
                digest = self._composer.compose(subscription, posting)
                details = digest is not None and digest_card.details(digest) is not None
            except NotFound:
                details = False
        self._store.digests.sent(posting.id, posted.ts, posted.channel, details, timedelta(seconds=self._pace.channel))

    # what goes wrong

    def _later(self, posting: Posting, later: Later) -> None:
        now = self._now()
        if later.pause is not None:
            self._store.digests.again(posting.id, str(later), now + later.pause)
            self._store.digests.hold(posting.team, now + later.pause)
        else:
            self._store.digests.again(posting.id, str(later), now + _backoff(posting))

    def _doubt(self, posting: Posting, unsure: Unsure) -> None:
        """It stays claimed until its lease ends, and then it is looked for: Slack may still be busy posting it."""
        log.warning("no clear answer to digest %s: %s", posting.id, unsure)
        self._store.digests.doubt(posting.id, f"{TROUBLE if unsure.answered else SILENCE} {unsure}.")

    def _refused(self, posting: Posting, refused: Refused, text: str, with_blocks: bool) -> None:
        if refused.trouble is Trouble.CONTENT and with_blocks:
            log.error("Slack refused the blocks of digest %s (%s); its words go alone", posting.id, refused.code)
            try:
                posted = self._poster.post(posting.team, posting.channel, text, (), key=posting.key, thread=posting.thread)
            except Later as later:
                self._later(posting, later)
            except Unsure as unsure:
                self._doubt(posting, unsure)
            except Refused as again:
                self._store.digests.fail(posting.id, again.code)
            else:
                self._record(posting, posted)
            return
        reason = _why(refused)
        self._store.digests.fail(posting.id, reason)
        if posting.part is Part.DIGEST and refused.trouble is not Trouble.CONTENT:
            self._stop(posting, reason)

    def _stop(self, posting: Posting, reason: str) -> None:
        """Pause what cannot be delivered and tell its subscriber, once."""
        try:
            subscription = self._store.subscriptions.get(posting.team, posting.subscription)
        except NotFound:
            return
        with self._store.writing():
            self._store.subscriptions.stop(subscription.id, reason)
            channel = f"<#{posting.channel}>"
            words = say("undelivered.stopped", number=subscription.id, digest=described(subscription), channel=channel, reason=reason)
            self._store.digests.warn(subscription.id, posting.period, words)

    # Slack's pace

    def _wait(self, channel: str, stop: threading.Event) -> bool:
        """Wait until Slack takes a post in this channel; False when told to stop meanwhile."""
        ready = max(self._last_post + self._pace.everywhere, self._last.get(channel, float("-inf")) + self._pace.channel)
        if (pause := ready - monotonic()) > 0 and stop.wait(pause):
            return False
        self._last_post = monotonic()
        self._last = {name: at for name, at in self._last.items() if self._last_post - at < self._pace.channel} | {channel: self._last_post}
        return True


def _why(refused: Refused) -> str:
    """For who subscribed."""
    if refused.trouble is Trouble.TOKEN:
        return say("undelivered.no_token")
    known = knows(f"undelivered_why.{refused.code}")
    return say("undelivered.slack_says", reason=say(f"undelivered_why.{refused.code}") if known else refused.code.replace("_", " "))


def _backoff(posting: Posting) -> timedelta:
    return min(timedelta(seconds=2 ** min(posting.attempts, 10)), timedelta(minutes=15))
