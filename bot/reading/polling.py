"""Feeds that are due: asked in the reader process while the queue is empty, their new entries put in line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from bot.errors import BotError
from bot.models import Reading
from bot.reading import feeds
from bot.reading.fetch import Fetcher
from bot.records import Feed

MOST_AT_ONCE = 50
"""Entries of one poll that are put in line; a feed's first poll brings its newest."""


class FeedShelf(Protocol):
    """The store's shelf of feeds, as far as polling needs it."""

    def claim(self) -> Feed | None:
        """The feed longest due, handed out once."""

    def polled(self, id: int, next_poll_at: datetime, title: str | None = None, etag: str | None = None, last_modified: str | None = None) -> None:
        """It was read."""

    def failed(self, id: int, next_poll_at: datetime, error: str) -> None:
        """It could not be read."""


Enqueue = Callable[[str, str], Reading]
"""(team, address) -> its place in the queue; what is known or waits already is not read twice."""


def poll_due(shelf: FeedShelf, fetcher: Fetcher, enqueue: Enqueue, known: Callable[[str, str], bool], now: datetime) -> bool:
    """Ask the one feed that is longest due; whether there was one.

    ``known(team, address)`` says that a piece is in the library already. A feed that fails is asked again later, ever less often, and its error is
    kept for people to see; none is given up silently.
    """
    feed = shelf.claim()
    if feed is None:
        return False
    try:
        answer = feeds.poll(fetcher, feed.url, etag=feed.etag, last_modified=feed.last_modified)
    except BotError as error:
        shelf.failed(feed.id, feeds.next_attempt(feed.url, now, feed.failures + 1), str(error))
        return True
    entries = answer.content.entries if answer.content else ()
    for entry in entries[:MOST_AT_ONCE]:
        if entry.link and not known(feed.team, entry.link):
            enqueue(feed.team, entry.link)
    published = [entry.published for entry in entries if entry.published]
    title = answer.content.title if answer.content else None
    shelf.polled(feed.id, feeds.next_poll(feed.url, now, published), title, answer.etag, answer.last_modified)
    return True
