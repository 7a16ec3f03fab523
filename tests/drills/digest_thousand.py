"""A thousand digests due in the same minute over ten thousand new pieces: composed within a minute, while commands are still answered.

``drills.digest_thousand.{trials,lost,double,errors}``: errors counts the limits that were broken. The seconds of composing, and the slowest
answers of ``/views`` meanwhile, stand in brackets.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.models import Issue
from bot.records import Filters
from handlers import views
from handlers.answer import Deps, Request
from handlers.blocks import Block
from handlers.outbox import Outbox
from handlers.poster import Posted
from store import Store
from tests.newsroom import AT_ONCE, subscribe
from tests.written import analysis, article

PIECES, DIGESTS, ISSUES, AUTHORS, OUTLETS = 10_000, 1_000, 60, 400, 30
TEAM = "T1"
MOST_SECONDS, MOST_ANSWER = 60.0, 1.0
CORES = 2
OPENINGS = ("The ministry must", "Europe should not", "Parliament should", "No government can", "The coalition must not", "Berlin has to")
DEEDS = ("lift", "tighten", "fund", "abandon", "extend", "repeal", "build", "close", "regulate", "defend")
NOUN = "abcdefghijklmnopqrstuvwxyz"


class Sink:
    """Takes every post at once; counts them."""

    def __init__(self) -> None:
        self.posts: Counter[str] = Counter()
        self.digests = 0

    def post(self, team: str, channel: str, text: str, blocks: tuple[Block, ...], *, key: str, thread: str | None = None) -> Posted:
        self.posts[key] += 1
        self.digests += thread is None
        return Posted(channel, f"{sum(self.posts.values())}.0")

    def find(self, team: str, channel: str, key: str, *, since: datetime, thread: str | None = None) -> Posted | None:
        return None


def word(chance: random.Random) -> str:
    return "".join(chance.choice(NOUN) for _ in range(chance.randint(5, 9)))


def fill(store: Store, pieces: int, chance: random.Random) -> None:
    store.issues.load(Issue(f"issue-{n}", f"Issue of {word(chance)}") for n in range(ISSUES))
    people = [f"{word(chance).title()} {word(chance).title()}" for _ in range(AUTHORS)]
    for start in range(0, pieces, 1000):
        with store.writing():
            for number in range(start, min(start + 1000, pieces)):
                sentences = [
                    f"{chance.choice(OPENINGS)} {chance.choice(DEEDS)} the {' '.join(word(chance) for _ in range(14))}." for _ in range(8)
                ]
                piece = article(
                    f"{word(chance)} {word(chance)} {number}", *sentences, authors=(chance.choice(people),),
                    outlet=f"Outlet {chance.randrange(OUTLETS)}", url=f"https://outlet.example/{number}",
                )  # fmt: skip
                filed = tuple({f"issue-{int(chance.paretovariate(0.6)) % ISSUES}" for _ in range(chance.randint(1, 4))})
                store.articles.save(TEAM, piece, analysis(piece, filed))


def filters(chance: random.Random, people: list[int]) -> Filters:
    kind = chance.random()
    if kind < 0.3:
        return Filters()
    if kind < 0.75:
        return Filters(issues=tuple({f"issue-{chance.randrange(ISSUES)}" for _ in range(chance.randint(1, 3))}))
    if kind < 0.9:
        return Filters(authors=tuple(chance.sample(people, 3)))
    return Filters(outlets=(f"outlet {chance.randrange(OUTLETS)}",))


def answering(store: Store, names: list[str], stop: threading.Event, spans: list[float]) -> None:
    """Somebody who asks /views again and again."""
    deps = Deps(store)
    for number in range(10**9):
        if stop.wait(0.05):
            return
        begun = time.perf_counter()
        views.answer(Request(TEAM, "U1", names[number % len(names)], "/views"), deps)
        spans.append(time.perf_counter() - begun)


def run(folder: Path, pieces: int, digests: int) -> tuple[Sink, float, list[float], int]:
    """The posts, the seconds of composing and posting, the seconds of each answer meanwhile, and how many had something to tell."""
    chance = random.Random(7)
    now = datetime.now(UTC)
    with Store.open(folder / "library.sqlite", lambda: now) as store:
        fill(store, pieces, chance)
        people = store.people.authors(TEAM, AUTHORS)
        for number in range(digests):
            narrowed = filters(chance, [person.id for person, _ in people])
            subscribe(store, TEAM, f"C{number}", due=now - timedelta(seconds=number % 60), since=now - timedelta(days=7), filters=narrowed)
        sink, spans, stop = Sink(), [], threading.Event()
        asker = threading.Thread(target=answering, args=(store, [person.name for person, _ in people], stop, spans))
        asker.start()
        box = Outbox(store, sink, lambda: now, pace=AT_ONCE)
        begun = time.perf_counter()
        box.fall_due()
        box.deliver(threading.Event())
        seconds = time.perf_counter() - begun
        stop.set()
        asker.join()
        with store._connections.reading() as db:
            told = db.execute("SELECT count(*) FROM digests WHERE part = 'digest' AND state = 'sent' AND ts IS NOT NULL").fetchone()[0]
            quiet = db.execute("SELECT count(*) FROM digests WHERE part = 'digest' AND state = 'sent' AND ts IS NULL").fetchone()[0]
    return sink, seconds, spans, digests - told - quiet


def main() -> int:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:CORES]))
    with tempfile.TemporaryDirectory() as folder:
        sink, seconds, spans, lost = run(Path(folder), PIECES, DIGESTS)
    slowest = sorted(spans)[int(len(spans) * 0.99) - 1] if spans else 0.0
    double = sum(count > 1 for count in sink.posts.values())
    errors = int(seconds > MOST_SECONDS) + int(slowest > MOST_ANSWER)
    print(
        f"drills.digest_thousand.trials: {DIGESTS} ({PIECES} pieces, {seconds:.1f} s on {CORES} cores; "
        f"/views meanwhile: p99 {1000 * slowest:.0f} ms of {len(spans)})"
    )
    print(f"drills.digest_thousand.lost: {lost}")
    print(f"drills.digest_thousand.double: {double}")
    print(f"drills.digest_thousand.errors: {errors}")
    return int(bool(lost or double or errors))


if __name__ == "__main__":
    sys.exit(main())
