"""How fast Slack is answered: the handler beside stock Bolt, the ear over the wire under load, and what the process weighs.

Prints one figure a line. ``python -m tests.bench.slack [SECONDS]``: how long fifty people go on (60).
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from slack_bolt import App, BoltRequest
from slack_sdk import WebClient

from bot.playground import Driver
from handlers import COMMANDS
from handlers.answer import Deps, Request, settle
from store import Store
from tests.slack.running import add, fill, local_slack, running

PEOPLE = 50
PAUSE_S = 1.0
"""Between one person's commands: fifty people who never stop typing."""
ARTICLES = 5
TRIALS, STOCK_TRIALS = 2_000, 300


def main(seconds: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with Store.open(Path(folder) / "handler.sqlite") as store:
            handler(store)
        with Store.open(Path(folder) / "load.sqlite") as store:
            load(store, seconds)
    start()


def handler(store: Store) -> None:
    """``/summary`` of a known piece beside stock Bolt's dispatch of an empty handler, alternating in one run."""
    fill(store, "T1")
    deps, request = Deps(store), Request("T1", "U1", "#1", "/summary")
    stock = App(client=WebClient("xoxb-none"), signing_secret="none", token_verification_enabled=False, authorize=_authorize)
    stock.command("/summary")(lambda ack: ack())
    ours, theirs = [], []
    for trial in range(TRIALS):
        began = time.perf_counter()
        reply = settle(COMMANDS["/summary"], request, deps)
        ours.append(time.perf_counter() - began)
        assert "On Rent" in reply.text
        if trial % (TRIALS // STOCK_TRIALS) == 0:
            theirs.append(_dispatch(stock))
    print(f"slack.command.p50_ms: {1000 * statistics.median(ours):.2f}")
    print(f"slack.command.p99_ms: {1000 * at(ours, 0.99):.2f}")
    print(f"slack.command.stock_p50_ms: {1000 * statistics.median(theirs):.2f}")


def _authorize(**_: object) -> object:
    from slack_bolt.authorization import AuthorizeResult

    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-none", bot_id="B1", bot_user_id="U0")


def _dispatch(app: App) -> float:
    body = {"command": "/summary", "text": "#1", "team_id": "T1", "user_id": "U1", "channel_id": "C1", "trigger_id": "1"}
    began = time.perf_counter()
    answer = app.dispatch(BoltRequest(body=body, mode="socket_mode"))
    spent = time.perf_counter() - began
    assert answer.status == 200
    return spent


def load(store: Store, seconds: float) -> None:
    """Fifty people type for a minute while five articles are stored: acknowledgements over the wire, none lost."""
    with local_slack() as slack:
        team = slack.workspace.team
        fill(store, team)
        with running(slack, store):
            driver = Driver(slack)
            end = time.monotonic() + seconds
            people = [threading.Thread(target=_type, args=(driver, number, end)) for number in range(PEOPLE)]
            ingest = threading.Thread(target=_store_articles, args=(store.path, team, end))
            for thread in (*people, ingest):
                thread.start()
            for thread in (*people, ingest):
                thread.join()
            deliveries = [one for one in slack.platform.courier.deliveries if one.kind == "slash_commands"]
    spent = [one.attempts[0].seconds for one in deliveries if one.acknowledged]
    print(f"slack.load.commands: {len(deliveries)}")
    for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1.0)):
        print(f"slack.load.{name}_ms: {1000 * at(spent, share):.1f}")
    print(f"slack.load.over_500_ms: {sum(one > 0.5 for one in spent)}")
    print(f"slack.load.lost: {sum(not one.acknowledged for one in deliveries)}")


ASKED = (("/summary", "#1"), ("/views", "Ada Venn"), ("/issue", "rent control"), ("/library", "search houses"), ("/library", "list"))


def _type(driver: Driver, number: int, end: float) -> None:
    time.sleep(number / PEOPLE * PAUSE_S)
    turn = number
    while time.monotonic() < end:
        command, typed = ASKED[turn % len(ASKED)]
        driver.command(("anna", "ben", "chloe")[number % 3], "press-review", command, typed, expect=0)
        turn += 1
        time.sleep(PAUSE_S)


def _store_articles(path: Path, team: str, end: float) -> None:
    """What the reader process does to the file, spread over the time: five articles of fifty paragraphs."""
    text = " ".join(f"Sentence number {number} argues that quays must be widened soon." for number in range(150))
    with Store.open(path) as store:
        for number in range(ARTICLES):
            add(
                store, team, f"Long piece {number}", f"Opening {number}. {text}",
                author="Ada Venn", outlet="Harbour Post", issue="ports", url=f"https://tidewater.example/long/{number}",
            )  # fmt: skip
            time.sleep(max(0.0, (end - time.monotonic()) / (ARTICLES - number + 1)))


STARTED = """
import resource, sys, tempfile, pathlib
import bot.app, handlers, handlers.slack.serving
from store import Store
Store.open(pathlib.Path(tempfile.mkdtemp()) / "library.sqlite").close()
used = resource.getrusage(resource.RUSAGE_SELF)
assert not {"spacy", "trafilatura", "thinc"} & set(sys.modules)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


def start() -> None:
    """The process that answers Slack, with everything imported and the library open."""
    runs = [subprocess.run([sys.executable, "-c", STARTED], capture_output=True, text=True, check=True).stdout.split() for _ in range(5)]
    print(f"slack.start.cpu_seconds: {statistics.median(float(cpu) for cpu, _ in runs):.2f}")
    print(f"slack.start.rss_mb: {statistics.median(float(size) for _, size in runs):.0f}")


def at(values: list[float], share: float) -> float:
    """The value that this share of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 60.0)
