"""Digests and crashes: senders killed at random instants, answers lost, two processes on one store, Slack in trouble. Each digest comes once.

A local Slack workspace takes the posts; every subscription must end up with exactly one message carrying its key, and one in its thread.
Time is the machine's plus an offset, which moves on by a lease after every crash, so that the next sender may look at once.
``drills.digest_<what>.{trials,lost,double,errors}``
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from slack_sdk import WebClient

from bot.playground import Failure, LocalSlack
from bot.records import Part, PostingState
from handlers.outbox import UNCERTAIN, Outbox
from handlers.poster import EVENT_TYPE, SlackPoster
from store import Store
from tests.newsroom import AT_ONCE, ISSUES, add, subscribe

PIECES = 14
AFTER_A_CRASH = timedelta(seconds=61)
IN_FLIGHT = 0.03
"""Seconds for a request of a sender that was killed to arrive all the same; on a real network the minute of a lease."""
SEED = 20261123
SENDERS = multiprocessing.get_context("forkserver")
SENDERS.set_forkserver_preload(["tests.newsroom"])  # a sender then starts in 20 ms instead of a second


class Offset:
    """The machine's time, moved on."""

    def __init__(self, by: timedelta = timedelta(0)) -> None:
        self.by = by

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.by


@dataclass(slots=True)
class Count:
    trials: int = 0
    lost: int = 0
    double: int = 0
    errors: int = 0
    asked: int = field(default=0, compare=False)


def report(name: str, count: Count, note: str = "") -> int:
    for figure in ("trials", "lost", "double", "errors"):
        print(f"drills.{name}.{figure}: {getattr(count, figure)}{f' ({note})' if note and figure == 'trials' else ''}", flush=True)
    return int(bool(count.lost or count.double or count.errors))


class Bench:
    """A library with news, a workspace, and a store that a sender opens anew."""

    def __init__(self, folder: Path, slack: LocalSlack) -> None:
        self.slack, self.clock = slack, Offset()
        self.path = folder / f"library{len(list(folder.iterdir()))}.sqlite"
        self.store = Store.open(self.path, self.clock)
        self.store.issues.load(ISSUES)
        self.team = slack.workspace.team
        for number in range(PIECES):
            add(self.store, self.team, number, issue=ISSUES[number % len(ISSUES)].slug)
        self.channel = slack.workspace.channel("general").id

    def order(self) -> int:
        now = self.clock()
        person = self.slack.workspace.person("anna").id
        return subscribe(self.store, self.team, self.channel, person, due=now - timedelta(seconds=1), since=now - timedelta(days=7)).id

    def outbox(self, **about: object) -> Outbox:
        return sender(self.store, self.clock, self.slack.api_url, self.slack.bot_token, **about)

    def messages(self) -> Counter[tuple[int, Part]]:
        """Messages in the channel by subscription and part."""
        keys = {}
        with self.store._connections.reading() as db:
            for row in db.execute("SELECT key, subscription, part FROM digests"):
                keys[row["key"]] = (row["subscription"], Part(row["part"]))
        found: Counter[tuple[int, Part]] = Counter()
        anna = self.slack.workspace.person("anna").id
        for message in self.slack.call(lambda: self.slack.workspace.seen_by(anna, self.channel)):
            metadata = message.metadata or {}
            if metadata.get("event_type") == EVENT_TYPE and metadata["event_payload"]["key"] in keys:
                found[keys[metadata["event_payload"]["key"]]] += 1
        return found

    def judge(self, orders: list[int], count: Count) -> None:
        """Where Slack does not let us look, a digest about which its subscriber was asked is not lost: they know, and the next tells all of it."""
        found = self.messages()
        with self.store._connections.reading() as db:
            asked = {(row["subscription"], Part(row["part"])) for row in db.execute("SELECT * FROM digests WHERE reason = ?", [UNCERTAIN])}
            unsent = "SELECT count(*) FROM digests WHERE state <> ? AND coalesce(reason, '') <> ?"
            count.errors += db.execute(unsent, [PostingState.SENT.value, UNCERTAIN]).fetchone()[0]
        count.asked = len(asked)
        for order in orders:
            for part in (Part.DIGEST, Part.DETAILS):
                count.lost += found[order, part] == 0 and not {(order, Part.DIGEST), (order, part)} & asked
                count.double += found[order, part] > 1


def sender(store: Store, clock: Callable[[], datetime], api_url: str, token: str, timeout: int = 10, **about: object) -> Outbox:
    client = WebClient(token=token, base_url=api_url, retry_handlers=[], timeout=timeout)
    return Outbox(store, SlackPoster(lambda _team: client), clock, **({"pace": AT_ONCE} | about))


def send(path: Path, offset: timedelta, api_url: str, token: str, said: Connection) -> None:
    """A sender's process: opens the store, says so, and ticks until all is sent."""
    clock = Offset(offset)
    store = Store.open(path, clock)
    box = sender(store, clock, api_url, token)
    said.send("ready")
    box.fall_due()
    box.deliver(threading.Event())
    said.send("done")


def start(bench: Bench) -> tuple[multiprocessing.process.BaseProcess, Connection]:
    said, says = SENDERS.Pipe(duplex=False)
    process = SENDERS.Process(target=send, args=(bench.path, bench.clock.by, bench.slack.api_url, bench.slack.bot_token, says))
    process.start()
    says.close()
    return process, said


def finish(bench: Bench, count: Count) -> None:
    """Let a last sender put everything right."""
    for _ in range(4):
        bench.clock.by += AFTER_A_CRASH
        process, said = start(bench)
        process.join(60)
        count.errors += process.exitcode != 0
        said.close()


def kills(folder: Path, slack: LocalSlack, trials: int) -> Count:
    """Kill a sender at a random instant; the next one finds what it left and a new digest."""
    bench, chance, count = Bench(folder, slack), random.Random(SEED), Count()
    orders = []
    span = _usual(bench, count, orders)
    while count.trials < trials:
        orders.append(bench.order())
        process, said = start(bench)
        said.recv()
        time.sleep(chance.uniform(0, span))
        if process.is_alive() and not said.poll():
            with suppress(ProcessLookupError):
                os.kill(process.pid or 0, signal.SIGKILL)
            count.trials += 1
            process.join()
            time.sleep(IN_FLIGHT)
            bench.clock.by += AFTER_A_CRASH
        else:
            process.join()
            count.errors += process.exitcode != 0
        said.close()
    finish(bench, count)
    bench.judge(orders, count)
    return count


def _usual(bench: Bench, count: Count, orders: list[int]) -> float:
    """Seconds that a sender takes for one digest with its details."""
    spans = []
    for _ in range(5):
        orders.append(bench.order())
        process, said = start(bench)
        said.recv()
        begun = time.monotonic()
        said.recv()
        spans.append(time.monotonic() - begun)
        process.join()
        count.errors += process.exitcode != 0
        said.close()
    return sorted(spans)[2] * 1.1


def lost_answers(folder: Path, slack: LocalSlack, trials: int) -> Count:
    """Slack posts, and the answer gets lost: of the digest or of its details, in turn."""
    bench, count = Bench(folder, slack), Count(trials=trials)
    box, orders = bench.outbox(), []
    for trial in range(trials):
        orders.append(bench.order())
        box.fall_due()
        drop = Failure("drop", "chat.postMessage")
        if trial % 2:
            box.deliver(threading.Event(), most=1)
        slack.platform.drills.fail(drop)
        for _ in range(3):
            box.deliver(threading.Event())
            bench.clock.by += AFTER_A_CRASH
        slack.platform.drills.clear()
    box.deliver(threading.Event())
    bench.judge(orders, count)
    return count


def two_processes(folder: Path, slack: LocalSlack, trials: int) -> Count:
    """Two senders at once on one store, killed now and then."""
    bench, chance, count = Bench(folder, slack), random.Random(SEED), Count(trials=trials)
    orders = []
    while len(orders) < trials:
        orders += [bench.order() for _ in range(10)]
        both = [start(bench), start(bench)]
        for _, said in both:
            said.recv()
        if chance.random() < 0.5:
            time.sleep(chance.uniform(0, 0.2))
            with suppress(ProcessLookupError):
                os.kill(both[0][0].pid or 0, signal.SIGKILL)
        for process, said in both:
            process.join()
            count.errors += process.exitcode not in (0, -signal.SIGKILL)
            said.close()
        time.sleep(IN_FLIGHT)
        bench.clock.by += AFTER_A_CRASH
    finish(bench, count)
    bench.judge(orders[:], count)
    return count


def trouble(folder: Path, slack: LocalSlack, trials: int) -> Count:
    """429 with Retry-After, 5xx, errors of Slack's own, answers that come too late: delivered once when it recovers."""
    bench, chance, count = Bench(folder, slack), random.Random(SEED), Count(trials=trials)
    box = bench.outbox(timeout=1)
    failures = [
        Failure("ratelimited", "*", retry_after=7),
        Failure("status", "*", status=503),
        Failure("status", "chat.postMessage", status=500),
        Failure("error", "chat.postMessage", error="internal_error"),
        Failure("error", "*", error="fatal_error"),
        Failure("drop", "chat.postMessage"),
    ]
    late = Failure("delay", "chat.postMessage", seconds=1.5)
    orders = []
    for trial in range(trials):
        orders.append(bench.order())
        box.fall_due()
        slack.platform.drills.fail(late if trial % 50 == 49 else chance.choice(failures), chance.randint(1, 3))
        for _ in range(8):
            box.deliver(threading.Event())
            if trial % 50 == 49:
                time.sleep(0.7)  # what came too late is posted after all
            bench.clock.by += timedelta(minutes=6)
        slack.platform.drills.clear()
    for _ in range(12):
        box.deliver(threading.Event())
        bench.clock.by += timedelta(minutes=16)
    bench.judge(orders, count)
    return count


MANIFEST = Path(__file__).resolve().parents[2] / "manifest.yml"
DRILLS: tuple[tuple[str, Callable[[Path, LocalSlack, int], Count], int, Path | None], ...] = (
    ("kills", kills, 500, None),
    ("lost_answers", lost_answers, 100, None),
    ("two_processes", two_processes, 200, None),
    ("trouble", trouble, 200, None),
    # with our own manifest's scopes the history of a channel is closed to us, that of a direct message open
    ("kills_unseen", kills, 200, MANIFEST),
    ("lost_answers_unseen", lost_answers, 50, MANIFEST),
)


def main() -> int:
    logging.disable(logging.CRITICAL)  # every failure here is on purpose
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, drill, trials, manifest in DRILLS:
            with LocalSlack(manifest) as slack:
                begun = time.monotonic()
                count = drill(Path(folder), slack, trials)
                asked = f", {count.asked} asked about" if count.asked else ""
                failed |= report(f"digest_{name}", count, f"{time.monotonic() - begun:.0f} s{asked}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
