"""The reader process: claims a reading, turns it into an article with its analysis, stores both in one transaction; again and again.

It is a process of its own, started afresh and never forked, because a page may kill it: the kernel ends it when one piece takes more time or
memory than ``Limits`` allow, and ``bot.reading.supervisor`` starts the next one. Killed at any instant nothing is lost and nothing is double:
until the one transaction at the end the queue still holds the reading, and afterwards it is marked as done.

The store is handed in (``Queue``, ``Shelf``); this room knows no SQL.
"""

from __future__ import annotations

import os
import resource
import select
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import IO

from bot.errors import BotError, TooLong, Unreadable
from bot.models import Analysis, Article, Reading
from bot.reading.documents import read_bytes
from bot.reading.fetch import Fetched
from bot.reading.news import OUT_OF_MEMORY, News, Queue, Shelf, Step
from bot.reading.sniff import Kind, sniff
from bot.wording import say

MOST_ENTRIES = 200
"""Entries of a feed that one request puts into the queue; feeds carry some dozen."""
LONGEST_PIECE = 60_000
"""Words; longer texts are books. The pipeline would take more than its minute."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece may cost."""

    seconds: float = 60.0
    """From claim to stored: 20 s for fetching, 2 s for the slowest page, the rest for language. A third of the queue's lease."""
    memory: int = 1_500_000_000
    """Bytes of data; pipeline and libraries take 0.4 GB, the largest page that is accepted 0.3."""


Analyse = Callable[[Article], Analysis]
Fetch = Callable[[str], Fetched]
FeedLinks = Callable[[bytes, str], Sequence[str]]
"""A feed's bytes and address -> the addresses of its entries."""


class FeedMet(Exception):  # not a mistake of anybody: the reading brings pieces instead of one
    """What was to be read is a feed."""

    def __init__(self, links: Sequence[str]) -> None:
        super().__init__(f"a feed of {len(links)} entries")
        self.links = tuple(links)


def read_source(reading: Reading, fetch: Fetch, feed_links: FeedLinks | None = None) -> Article:
    """The article behind one reading: fetched when it is an address, else in the bytes that came with it.

    Raises ``BotError`` with a sentence for people, ``FeedMet`` for a feed.
    """
    if reading.content is not None:
        if feed_links is not None and sniff(reading.content) is Kind.FEED:
            raise FeedMet(feed_links(reading.content, "")[:MOST_ENTRIES])
        return read_bytes(reading.content, name=reading.source)
    fetched = fetch(reading.source)
    if fetched.kind is Kind.FEED and feed_links is not None:
        raise FeedMet(feed_links(fetched.body, fetched.url)[:MOST_ENTRIES])
    article = read_bytes(fetched.body, url=fetched.url, charset=fetched.charset)
    return article if reading.source in article.links else with_link(article, reading.source)


def with_link(article: Article, link: str) -> Article:
    """The article, met under one more address; the one that was asked for stands first."""
    return replace(article, links=(link, *article.links))


def work(
    queue: Queue,
    shelf: Shelf,
    read: Callable[[Reading], Article],
    analyse: Analyse,
    *,
    tell: Callable[[News], None],
    rest: Callable[[], bool],
    limits: Limits | None = None,
) -> None:
    """Read until ``rest`` says False; it is called whenever the queue is empty and waits for more.

    What a person can act on (``BotError``) ends the reading with its sentence. Anything else ends this process: the supervisor starts another,
    and the queue keeps the reading.
    """
    limits = limits or Limits()
    tell(News(Step.READY))
    while True:
        reading = queue.claim()
        if reading is None:
            if not rest():
                return
            continue
        tell(News(Step.CLAIMED, reading.id, reading.source))
        signal.setitimer(signal.ITIMER_REAL, limits.seconds)
        try:
            article = read(reading)
            _refuse_endless(article)
            saved = shelf.save(reading.team, article, analyse(article), reading.id)
        except FeedMet as feed:
            for link in feed.links:
                queued = queue.enqueue(reading.team, link)
                tell(News(Step.QUEUED, queued.id, link))
            reason = say("reading.feed", feed=say("reading.that_is_a_feed"), pieces=len(feed.links))
            queue.fail(reading.id, reason)
            tell(News(Step.FAILED, reading.id, reading.source, feed=True, reason=reason))
        except BotError as error:
            queue.fail(reading.id, str(error))
            tell(News(Step.FAILED, reading.id, reading.source, reason=str(error)))
        except MemoryError:
            # nothing can be trusted to run now, not even the clean-up; the supervisor puts it right
            sys.stderr.flush()
            os._exit(OUT_OF_MEMORY)
        else:
            tell(News(Step.DONE, reading.id, reading.source, known=saved.known, partial=article.partial))
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


def _refuse_endless(article: Article) -> None:
    if article.words > LONGEST_PIECE:
        raise TooLong("unread.too_long", n=article.words, most=LONGEST_PIECE)
    if not article.paragraphs:
        raise Unreadable("unread.no_article")


def confine(limits: Limits) -> None:
    """Bind this process to its limits: the kernel ends it when a piece takes too long (SIGALRM) or fails its requests for memory."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    memory = limits.memory if most == resource.RLIM_INFINITY else min(limits.memory, most)
    resource.setrlimit(resource.RLIMIT_DATA, (memory, most))


def rest_on(pipe: IO[bytes], seconds: float) -> Callable[[], bool]:
    """Rests until a line on the pipe says that there is more, or some seconds have passed; False when the pipe is closed: the supervisor
    is gone or wants this reader to stop."""

    def rest() -> bool:
        ready, _, _ = select.select([pipe], [], [], seconds)
        return not ready or bool(os.read(pipe.fileno(), 4096))

    return rest


def tell_on(pipe: IO[str]) -> Callable[[News], None]:
    """Tells by lines on a pipe."""

    def tell(news: News) -> None:
        pipe.write(news.to_line())
        pipe.flush()

    return tell
