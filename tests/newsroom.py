"""A library that grows, subscriptions, and an outbox that posts to a local Slack workspace: what tests and drills of digests share."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

from slack_sdk import WebClient

from bot.models import Issue
from bot.playground import LocalSlack
from bot.records import Cadence, Filters, Posting, Subscription
from handlers.outbox import Outbox, Pace
from handlers.poster import SlackPoster
from store import Store
from tests.written import analysis, article

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""09:00 in Berlin."""

ISSUES = (
    Issue("sanctions", "Sanctions on Russia"),
    Issue("migration", "Migration to Europe"),
    Issue("models", "Regulation of AI"),
    Issue("climate", "Climate finance"),
)
AT_ONCE = Pace(0.0, 0.0)
ROTA = "abcdefghijklmnopqrstuvwxyz"


def unlike(number: int) -> str:
    """Words that no other number gives, so that no two pieces count as one."""
    return " ".join(f"{ROTA[(number * 7 + k * 3) % 26]}{ROTA[(number // 26 + k * 5) % 26]}{ROTA[(number + k) % 26]}olt{k}{number}" for k in range(30))


def add(store: Store, team: str, number: int, *, issue: str = "sanctions", author: str = "", text: str = "", outlet: str = "The Review") -> int:
    """One more piece."""
    words = text or f"The state should mend harbour number {number} before the autumn storms. {unlike(number)}."
    piece = article(
        f"Harbour {number}", words, authors=(author or f"Author {ROTA[number % 26].upper()}olf",), outlet=outlet,
        published=date(2026, 11, 1), url=f"https://tidewater.example/{number}",
    )  # fmt: skip
    return store.articles.save(team, piece, analysis(piece, (issue,))).id


def subscribe(
    store: Store, team: str, channel: str, person: str = "U1", *, due: datetime | None = MONDAY, since: datetime | None = None, **about
) -> Subscription:
    """A weekly digest, Mondays at nine in Berlin."""
    usual = {"cadence": Cadence.WEEKLY, "hour": 9, "zone": "Europe/Berlin", "day": "mon", "filters": Filters()}
    order = Subscription(0, team, channel, person, next_due_at=due, **(usual | about))
    return store.subscriptions.save(order, since=since or MONDAY - timedelta(days=7))


def client(slack: LocalSlack) -> WebClient:
    return WebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[], timeout=60)


def outbox(store: Store, slack: LocalSlack, clock, **about) -> Outbox:
    return Outbox(store, SlackPoster(lambda _team: client(slack)), clock, **({"pace": AT_ONCE} | about))


def tick(box: Outbox) -> int:
    """What the clock does."""
    box.fall_due()
    return box.deliver(threading.Event())


def latest(store: Store, subscription: Subscription) -> Posting:
    return store.digests.of_subscription(subscription.team, subscription.id)[0]
