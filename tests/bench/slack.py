"""How fast Slack is answered: the handler beside stock Bolt, the whole process over the wire under load, and what it weighs.

Prints one figure a line. ``python -m tests.bench.slack [SECONDS]``: how long fifty people go on (60). Slack is played by this process; Entente
with its reader, and stock Bolt, are processes of their own.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from slack_bolt import App, BoltRequest
from slack_sdk import WebClient

from bot.playground import LocalSlack, deeds, interactions
from bot.playground.delivery import Delivery
from handlers import COMMANDS
from handlers.answer import Deps, Request, settle
from store import Store
from tests.slack import process
from tests.slack.running import fill, local_slack

PEOPLE = 50
PAUSE_S = 1.0
"""Between one person's commands: fifty people who never stop typing."""
ARTICLES = 5
STOCK_SHARE = 0.25
"""Of the time, for the same people before stock Bolt."""
TRIALS, STOCK_TRIALS = 2_000, 300
STARTS = 5
SAMPLES = sorted((Path(__file__).parents[2] / "bot" / "playground" / "samples").glob("*.md"))


def main(seconds: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        with Store.open(room / "handler.sqlite") as store:
            handler(store)
        # as after an installation: compiled, whatever this process was told about bytecode
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = str(room / "bytecode")
        start(room / "start.sqlite", environment)
        load(room / "load.sqlite", seconds, environment)
        stock(max(2.0, STOCK_SHARE * seconds), environment)


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


# --- the process that answers Slack -----------------------------------------------------------------------------------


def start(database: Path, environment: dict[str, str]) -> None:
    """CPU and memory of ``entente run`` from nothing to its first answer, over Socket Mode; the reader is another process."""
    if not Path("/proc/self/stat").exists():
        for figure in ("cpu_seconds", "first_cpu_seconds", "rss_mb"):
            print(f"slack.start.{figure}: not measured (no /proc here)")
        return
    for _ in range(2):  # the first of all compiles; the first of a library also lays its schema and its catalogue of issues
        database.unlink(missing_ok=True)
        first = _started(database, environment)
    runs = [_started(database, environment) for _ in range(STARTS)]
    print(f"slack.start.cpu_seconds: {statistics.median(cpu for cpu, _ in runs):.2f}")
    print(f"slack.start.first_cpu_seconds: {first[0]:.2f}")
    print(f"slack.start.rss_mb: {max(size for _, size in runs):.0f}")


def _started(database: Path, environment: dict[str, str]) -> tuple[float, float]:
    with local_slack() as slack, process.running(slack, process.entente(database), environment) as bot:
        answered = slack.run(_command(slack, 0, "/issue", "sanctions"))
        assert answered.acknowledged
        return process.spent(bot)


ASKED = (("/summary", "#1"), ("/views", "Ada Venn"), ("/issue", "rent control"), ("/library", "search houses"), ("/library", "list"))
MENTION_EVERY = 7
"""So many commands, then a mention, which is answered in its channel."""


def load(database: Path, seconds: float, environment: dict[str, str]) -> None:
    """Fifty people type while the reader process reads five articles: acknowledgements over the wire, none lost."""
    with local_slack() as slack, Store.open(database) as store:
        team = slack.workspace.team
        fill(store, team)
        with process.running(slack, process.entente(database), environment):
            reading = [store.readings.enqueue(team, SAMPLES[0].name, SAMPLES[0].read_bytes()).id]
            _read(store, team)  # the reader has its pipeline loaded
            before = _cpu()
            slack.run(_everybody(slack, seconds, store, team))
            after = _cpu()
            _read(store, team)
            answered = [one for one in slack.platform.courier.deliveries if one.kind in ("slash_commands", "events_api")]
            pieces = store.articles.glance(team).pieces - 3 - len(reading)
    print(f"slack.load.pieces_read: {pieces}")
    if before and after:
        stolen = (after[0] - before[0]) / (after[1] - before[1])
        print(f"slack.load.stolen_percent: {100 * stolen:.1f} (of the CPU's time, by the virtual machine's host)")
    report("slack.load", answered)


def _cpu() -> tuple[int, int] | None:
    """Ticks that the host of a virtual machine gave to others, and all ticks, since the start (see proc(5))."""
    stat = Path("/proc/stat")
    if not stat.exists():
        return None
    ticks = [int(field) for field in stat.read_text().partition("\n")[0].split()[1:9]]
    return ticks[7], sum(ticks)


def _read(store: Store, team: str) -> None:
    deadline = time.monotonic() + 120
    while store.readings.open(team) and time.monotonic() < deadline:
        time.sleep(0.1)


async def _everybody(slack: LocalSlack, seconds: float, store: Store, team: str) -> None:
    end = time.monotonic() + seconds
    await asyncio.gather(_give(store, team, seconds), *(_type(slack, number, end) for number in range(PEOPLE)))


async def _give(store: Store, team: str, seconds: float) -> None:
    """Two sample op-eds as one piece, five times, so that the reader is at work for much of the time."""
    for number in range(ARTICLES):
        first, second = SAMPLES[1 + number].read_text(), SAMPLES[(2 + number + ARTICLES) % len(SAMPLES)].read_text()
        store.readings.enqueue(team, f"long-{number}.md", f"{first}\n\n{second.rpartition('---')[2]}".encode())
        await asyncio.sleep(0.9 * seconds / ARTICLES)


async def _type(slack: LocalSlack, number: int, end: float) -> None:
    await asyncio.sleep(number / PEOPLE * PAUSE_S)
    turn = number
    while time.monotonic() < end:
        if turn % MENTION_EVERY == 0:
            workspace = slack.workspace
            typed = f"@{workspace.bot.name} what does Ada Venn say about rent control?"
            deeds.say(slack.platform, workspace, workspace.person("anna"), workspace.channel("press-review"), typed)
        else:
            await _command(slack, number, *ASKED[turn % len(ASKED)])
        turn += 1
        await asyncio.sleep(PAUSE_S)


async def _command(slack: LocalSlack, number: int, name: str, typed: str) -> Delivery:
    who = slack.workspace.person(("anna", "ben", "chloe")[number % 3])
    return await interactions.command(slack.platform, slack.workspace, who, slack.workspace.channel("press-review"), name, typed)


STOCK = """
import os
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
app = App(client=WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]))
for command in ("/summary", "/views", "/issue", "/library"):
    app.command(command)(lambda ack: ack("the same words for everybody"))
app.event("app_mention")(lambda event: None)
SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).connect()
__import__("threading").Event().wait()
"""
"""What Bolt's documentation shows, with handlers that do nothing but acknowledge, and no reader beside it."""


def stock(seconds: float, environment: dict[str, str]) -> None:
    """The same people before stock Bolt."""
    with local_slack() as slack, process.running(slack, [sys.executable, "-c", STOCK], environment):

        async def everybody() -> None:
            end = time.monotonic() + seconds
            await asyncio.gather(*(_type(slack, number, end) for number in range(PEOPLE)))

        slack.run(everybody())
        report("slack.load.stock", [one for one in slack.platform.courier.deliveries if one.kind in ("slash_commands", "events_api")])


def report(name: str, deliveries: list[Delivery]) -> None:
    """Milliseconds until the acknowledgement, as Slack sees it."""
    spent = [one.attempts[0].seconds for one in deliveries if one.acknowledged]
    print(f"{name}.deliveries: {len(deliveries)}")
    for figure, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1.0)):
        print(f"{name}.{figure}_ms: {1000 * at(spent, share):.1f}")
    print(f"{name}.over_500_ms: {sum(one > 0.5 for one in spent)}")
    print(f"{name}.lost: {sum(not one.acknowledged for one in deliveries)}")


def at(values: list[float], share: float) -> float:
    """The value that this share of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 60.0)
