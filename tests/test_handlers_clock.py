"""The clock: ticks, makes up for what was missed, stops cleanly, survives a tick that fails."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from bot.playground import Driver, LocalSlack
from handlers.clock import Clock
from handlers.outbox import Outbox
from handlers.poster import SlackPoster
from store import Store
from tests.newsroom import AT_ONCE, ISSUES, add, client, subscribe

QUICK = {"tick": timedelta(milliseconds=150), "look": timedelta(milliseconds=50)}


@pytest.fixture(scope="module")
def slack():
    with LocalSlack() as started:
        yield started


def wait_for(condition, seconds=60.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


@pytest.fixture
def live(tmp_path):
    """A store with the real time."""
    with Store.open(tmp_path / "library.sqlite") as opened:
        opened.issues.load(ISSUES)
        yield opened


def test_a_digest_arrives_when_its_time_comes(live, slack):
    driver = Driver(slack)
    team, channel = slack.workspace.team, driver.channel("press-review").id
    add(live, team, 1)
    now = datetime.now(UTC)
    subscribe(live, team, channel, driver.person("anna").id, due=now + timedelta(seconds=0.5), since=now - timedelta(days=7))
    clock = Clock(live, SlackPoster(lambda _team: client(slack)), **QUICK)
    clock.start()
    try:
        assert driver.messages("anna", "press-review") == []
        wait_for(lambda: driver.messages("anna", "press-review"))
    finally:
        clock.stop()
    assert len(driver.messages("anna", "press-review")) == 1


def test_one_failing_tick_does_not_stop_the_clock(live, slack, caplog):
    ticks = []

    class Failing(Outbox):
        def fall_due(self):
            ticks.append("tick")
            raise OSError("disk full")

        def deliver(self, stop, most=None):
            ticks.append("look")
            raise OSError("disk full")

    poster = SlackPoster(lambda _team: client(slack))
    chores = []
    clock = Clock(
        live, poster, outbox=Failing(live, poster, lambda: datetime.now(UTC), pace=AT_ONCE), chores=(lambda: chores.append(1),), **QUICK
    )
    clock.start()
    try:
        wait_for(lambda: ticks.count("tick") >= 3 and ticks.count("look") >= 3 and len(chores) >= 3)
    finally:
        clock.stop()


def test_it_stops(live, slack):
    clock = Clock(live, SlackPoster(lambda _team: client(slack)))
    clock.start()
    clock.stop()
