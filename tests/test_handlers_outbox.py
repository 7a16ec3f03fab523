"""Digests arrive once: after crashes, lost answers, refusals and downtime, at a local Slack workspace."""

import itertools
import threading
from datetime import timedelta

import pytest
from slack_sdk import WebClient

from bot.playground import Driver, Failure, LocalSlack
from bot.records import Cadence, Filters, PostingState
from bot.schedule import next_due
from handlers.outbox import MOST_DEATHS, UNCERTAIN, Outbox, Pace
from handlers.poster import SlackPoster
from store import Store
from tests.newsroom import ISSUES, MONDAY, add, client, latest, outbox, subscribe, tick


@pytest.fixture(scope="module")
def slack():
    with LocalSlack() as started:
        yield started


@pytest.fixture
def driver(slack):
    made = Driver(slack)
    made.drills.clear()
    return made


class Desk:
    """A channel, a store and an outbox."""

    def __init__(self, store, slack, driver, clock, channel):
        self.store, self.slack, self.driver, self.clock = store, slack, driver, clock
        self.team, self.name = slack.workspace.team, channel
        self.channel, self.person = driver.channel(channel).id, driver.person("anna").id
        store.issues.load(ISSUES)
        self.before = len(self.said())
        self.box = outbox(store, slack, clock)

    def subscribe(self, **about):
        return subscribe(self.store, self.team, self.channel, self.person, **about)

    def add(self, number, **about):
        return add(self.store, self.team, number, **about)

    def said(self, where=""):
        return self.driver.messages("anna", where or self.name)[getattr(self, "before", 0) if not where else 0 :]

    def digests(self):
        return [message for message in self.said() if not message.thread_ts]


@pytest.fixture
def desk(store, slack, driver, clock):
    return Desk(store, slack, driver, clock, "press-review")


def test_a_digest_comes_once_with_the_rest_in_its_thread(desk, clock):
    order = desk.subscribe()
    for number in range(12):
        desk.add(number, issue=ISSUES[number % 3].slug)
    tick(desk.box)
    tick(desk.box)
    assert len(desk.digests()) == 1
    assert "12 new pieces since Monday 16 November" in desk.said()[0].text
    assert [message.thread_ts for message in desk.said()[1:]] == [desk.said()[0].ts]
    held = desk.store.subscriptions.get(desk.team, order.id)
    assert held.last_sent_at == clock.now
    assert held.next_due_at == MONDAY + timedelta(days=7)
    assert desk.store.digests.of_subscription(desk.team, order.id)[0].period == "2026-11-23"


def test_nothing_new_says_nothing_and_the_next_covers_both(desk, clock):
    order = desk.subscribe(filters=Filters(issues=("migration",)))
    desk.add(1)
    tick(desk.box)
    assert desk.said() == []
    assert latest(desk.store, order).state is PostingState.SENT
    desk.add(2, issue="migration")
    clock.forward(days=7)
    tick(desk.box)
    assert "1 new piece since Monday 16 November" in desk.digests()[0].text


def test_a_piece_that_a_clock_dates_wrongly_is_told_all_the_same(desk, clock):
    desk.subscribe()
    desk.add(1)
    tick(desk.box)
    clock.forward(hours=-3)  # set back: what is added now has an earlier time than the digest that was sent
    desk.add(2)
    clock.forward(days=7, hours=3)
    tick(desk.box)
    assert "1 new piece" in desk.digests()[1].text
    assert "Harbour 2" in str(desk.digests()[1].blocks)


def test_after_downtime_one_digest_covers_all_and_says_so(desk, clock):
    desk.subscribe(cadence=Cadence.DAILY, day=None)
    desk.add(1)
    clock.forward(days=3, hours=2)
    tick(desk.box)
    assert len(desk.digests()) == 1
    assert "This was due on Thursday 26 November at 09:00." in str(desk.digests()[0].blocks)


def test_a_lost_answer_is_looked_for_and_not_posted_again(desk, clock):
    order = desk.subscribe()
    desk.add(1)
    desk.driver.drop_answer()
    tick(desk.box)
    assert latest(desk.store, order).state is PostingState.SENDING
    tick(desk.box)
    clock.forward(seconds=61)
    tick(desk.box)
    assert len(desk.digests()) == 1
    assert latest(desk.store, order).ts == desk.digests()[0].ts


def test_a_sender_that_died_before_posting_is_made_good(desk, clock):
    order = desk.subscribe()
    desk.add(1)
    desk.box.fall_due()
    assert desk.store.digests.claim() is not None  # and then the process was killed
    clock.forward(seconds=61)
    tick(desk.box)
    assert len(desk.digests()) == 1
    assert latest(desk.store, order).attempts == 2


@pytest.mark.parametrize(
    "failure",
    [
        Failure("ratelimited", "chat.postMessage", retry_after=30),
        Failure("status", "chat.postMessage", status=503),
        Failure("error", "chat.postMessage", error="internal_error"),
        Failure("error", "chat.postMessage", error="some_new_error"),
    ],
)
def test_slacks_troubles_are_ridden_out(desk, clock, failure):
    desk.subscribe()
    desk.add(1)
    desk.driver.drills.fail(failure, 3)
    for _ in range(12):
        tick(desk.box)
        clock.forward(seconds=61)
    assert len(desk.digests()) == 1


def test_slack_out_of_reach_is_ridden_out(desk, clock, slack):
    desk.subscribe()
    desk.add(1)
    nowhere = outbox(desk.store, slack, clock)
    nowhere._poster = SlackPoster(lambda _team: WebClient(token="x", base_url="http://127.0.0.1:9/api/", retry_handlers=[]))
    tick(nowhere)
    clock.forward(hours=2)
    tick(desk.box)
    assert len(desk.digests()) == 1


def test_a_pause_that_slack_asks_for_holds_the_whole_workspace(desk, clock):
    desk.subscribe()
    desk.subscribe(filters=Filters(issues=("sanctions",)))
    desk.add(1)
    desk.driver.drills.fail(Failure("ratelimited", "chat.postMessage", retry_after=40))
    tick(desk.box)
    tick(desk.box)
    assert desk.digests() == []
    clock.forward(seconds=41)
    tick(desk.box)
    assert len(desk.digests()) == 2


@pytest.mark.parametrize("trouble", ["archive", "remove_bot"])
def test_a_closed_channel_is_told_once_and_then_left_alone(store, slack, driver, clock, trouble):
    desk = Desk(store, slack, driver, clock, "energy-desk")
    order = desk.subscribe()
    before = len(desk.said("@bot"))
    desk.add(1)
    getattr(driver, trouble)("energy-desk")
    try:
        for _ in range(3):
            tick(desk.box)
            clock.forward(days=7)
        told = desk.said("@bot")[before:]
        assert len(told) == 1
        assert "paused" in told[0].text
        assert f"/digest resume {order.id}" in told[0].text
        held = store.subscriptions.get(desk.team, order.id)
        assert held.paused
        assert held.reason.startswith("Slack says")
    finally:
        driver.archive("energy-desk", False)
        driver.invite_bot("energy-desk")
    again = store.subscriptions.pause(desk.team, order.id, False)
    store.subscriptions.schedule(order.id, next_due(again, clock.now))
    clock.forward(days=7)
    tick(desk.box)
    assert "1 new piece since Monday 16 November" in desk.digests()[-1].text


def test_a_revoked_token_pauses_and_tells_when_there_is_one_again(desk, clock):
    order = desk.subscribe()
    desk.add(1)
    before = len(desk.said("@bot"))
    desk.driver.drills.fail(Failure("error", "chat.postMessage", error="token_revoked"), 2)
    tick(desk.box)
    assert desk.store.subscriptions.get(desk.team, order.id).reason == "Slack no longer accepts my token."
    calls = len(desk.driver.calls("chat.postMessage"))
    clock.forward(days=14)
    tick(desk.box)
    assert len(desk.driver.calls("chat.postMessage")) == calls
    desk.store.digests.revive_warnings()  # the next start
    tick(desk.box)
    assert len(desk.said("@bot")) - before == 1


def test_where_slack_does_not_let_us_look_a_person_is_asked(desk, clock):
    order = desk.subscribe()
    desk.add(1)
    desk.driver.drop_answer()
    desk.driver.drills.fail(Failure("error", "conversations.history", error="missing_scope"))
    tick(desk.box)
    clock.forward(seconds=61)
    tick(desk.box)
    assert len(desk.digests()) == 1
    assert latest(desk.store, order).reason == UNCERTAIN
    assert f"/digest now {order.id}" in desk.said("@bot")[-1].text


def test_refused_blocks_leave_the_words(desk):
    desk.subscribe()
    desk.add(1)
    desk.driver.drills.fail(Failure("error", "chat.postMessage", error="invalid_blocks"))
    tick(desk.box)
    assert not desk.digests()[0].blocks
    assert "The state should mend harbour number 1" in desk.digests()[0].text


def test_a_digest_that_kills_its_sender_is_given_up(desk, clock):
    order = desk.subscribe()
    desk.add(1)
    desk.box.fall_due()
    for _ in range(MOST_DEATHS + 1):
        while desk.store.digests.claim() is None:
            doubtful = desk.store.digests.doubtful()
            if doubtful is None:
                break
            desk.box._reconcile(doubtful)
        clock.forward(seconds=61)
    tick(desk.box)
    assert latest(desk.store, order).state is PostingState.FAILED
    assert desk.digests() == []


def test_a_digest_that_has_not_left_is_overtaken_by_the_next(desk, clock):
    desk.subscribe(cadence=Cadence.DAILY, day=None)
    desk.add(1)
    desk.box.fall_due()
    clock.forward(days=1)
    desk.add(2)
    tick(desk.box)
    assert len(desk.digests()) == 1
    assert "2 new pieces" in desk.digests()[0].text


def test_two_processes_on_one_store_send_one(desk, clock, slack, tmp_path):
    for _ in range(8):
        desk.subscribe()
    desk.add(1)
    go = threading.Barrier(2)

    def run() -> None:
        with Store.open(tmp_path / "library.sqlite", clock) as own:
            box = outbox(own, slack, clock)
            go.wait()
            tick(box)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(desk.digests()) == 8


def test_who_was_overtaken_while_waiting_does_not_post(desk, clock, slack):
    """A process that slept after its claim finds its lease gone."""
    desk.subscribe()
    desk.add(1)
    desk.box.fall_due()
    posting = desk.store.digests.claim()
    clock.forward(seconds=61)
    tick(desk.box)
    desk.box._send(posting, threading.Event())
    assert len(desk.digests()) == 1


def test_a_clock_that_ran_ahead_does_not_silence_anybody(desk, clock):
    order = desk.subscribe()
    desk.add(1)
    clock.forward(days=3650)
    tick(desk.box)
    clock.forward(days=-3650)
    desk.add(2)
    clock.forward(days=7)
    tick(desk.box)  # finds the due time astray
    clock.forward(days=7)
    tick(desk.box)
    assert len(desk.digests()) == 2
    assert desk.store.subscriptions.get(desk.team, order.id).next_due_at < clock.now + timedelta(days=8)


def test_notices_come_at_once_and_one_in_five_minutes(desk, clock):
    desk.subscribe(cadence=Cadence.INSTANT, day=None, filters=Filters(issues=("sanctions",)), since=clock.now)
    tick(desk.box)
    assert desk.said() == []
    desk.add(1)
    desk.add(2, issue="climate")
    tick(desk.box)
    assert [message.text.splitlines()[0] for message in desk.digests()] == ["Just added: 1 piece."]
    desk.add(3)
    desk.add(4)
    clock.forward(minutes=1)
    tick(desk.box)
    assert len(desk.digests()) == 1
    clock.forward(minutes=4)
    tick(desk.box)
    tick(desk.box)
    assert [message.text.splitlines()[0] for message in desk.digests()] == ["Just added: 1 piece.", "Just added: 2 pieces."]


def test_posts_keep_slacks_pace(desk, clock, monkeypatch):
    """One a second in a channel, several a second in all, by a watch that only waiting moves."""
    posted = []
    watch = [100.0]
    monkeypatch.setattr("handlers.outbox.monotonic", lambda: watch[0])

    class Waiting(threading.Event):
        def wait(self, timeout=None):
            watch[0] += timeout
            return False

    class Timed(SlackPoster):
        def post(self, team, channel, text, blocks, *, key, thread=None):
            posted.append((channel, watch[0]))
            return super().post(team, channel, text, blocks, key=key, thread=thread)

    pace = Pace(channel=1.0, everywhere=0.25)
    box = Outbox(desk.store, Timed(lambda _team: client(desk.slack)), clock, pace=pace)
    for channel in (desk.channel, desk.channel, desk.driver.channel("energy-desk").id):
        subscribe(desk.store, desk.team, channel)
    for number in range(12):
        desk.add(number, issue=("sanctions", "climate", "models")[number % 3])
    box.fall_due()
    box.deliver(Waiting())
    moments = [at for _, at in posted]
    assert len(posted) >= 3
    assert all(after - before >= 0.25 for before, after in itertools.pairwise(moments))
    for wanted in {channel for channel, _ in posted}:
        there = [at for channel, at in posted if channel == wanted]
        assert all(after - before >= 1.0 for before, after in itertools.pairwise(there))


def test_a_first_message_to_a_person_teaches_their_conversation(desk):
    order = subscribe(desk.store, desk.team, desk.person, desk.person)
    desk.add(1)
    tick(desk.box)
    assert desk.store.subscriptions.get(desk.team, order.id).channel == desk.driver.channel("@bot", "anna").id


def test_paused_meanwhile(desk):
    order = desk.subscribe()
    desk.add(1)
    desk.box.fall_due()
    desk.store.subscriptions.pause(desk.team, order.id)
    tick(desk.box)
    assert desk.said() == []
    assert latest(desk.store, order).reason == "Paused."
