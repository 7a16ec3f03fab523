"""Each thing once: lost answers, rate limits, restarts, another workspace, signatures."""

from __future__ import annotations

import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from bot.playground import Driver, Failure
from store import Store
from tests.slack.running import fill, local_slack, running, said, seen, talking


@pytest.fixture
def live(tmp_path) -> Iterator[Store]:
    """A library with the real time, which Slack's pauses are measured by."""
    with Store.open(tmp_path / "live.sqlite") as opened:
        yield opened


@pytest.fixture
def talk(live: Store) -> Iterator[Driver]:
    with talking(live) as driver:
        yield driver


def answers(driver: Driver, channel: str) -> int:
    return sum(one.user == driver.workspace.bot.id for one in seen(driver, "anna", channel))


def test_a_lost_answer_is_looked_for_before_it_is_posted_again(talk: Driver, live: Store) -> None:
    talk.drop_answer()
    talk.say("anna", "@bot", "who writes about rent control?", expect=0)
    talk.wait(lambda: answers(talk, "@bot") == 1)
    talk.wait(lambda: live.outgoing.waiting() == 0)
    assert answers(talk, "@bot") == 1
    assert len(talk.calls("chat.postMessage")) == 1


def test_a_rate_limit_is_waited_out(talk: Driver, live: Store) -> None:
    talk.drills.fail(Failure("ratelimited", "chat.postMessage", retry_after=1))
    talk.say("anna", "@bot", "who writes about rent control?", expect=0)
    talk.wait(lambda: live.outgoing.waiting() == 0 and answers(talk, "@bot") == 1)
    assert len(talk.calls("chat.postMessage")) <= 2


@pytest.mark.parametrize("done", [False, True], ids=["not posted", "posted all the same"])
@pytest.mark.parametrize("status", [500, 503])
def test_a_failure_that_is_no_json_is_looked_into_before_it_is_posted_again(talk: Driver, live: Store, status: int, done: bool) -> None:
    talk.drills.fail(Failure("status", "chat.postMessage", status=status, done=done))
    talk.say("anna", "@bot", "who writes about rent control?", expect=0)
    talk.wait(lambda: live.outgoing.waiting() == 0 and answers(talk, "@bot") == 1)
    asked = [method for method, _ in talk.platform.calls if method in ("chat.postMessage", "conversations.history", "conversations.replies")]
    assert len(asked) == 2  # one look and one post; a post that failed at once is not among the calls
    assert asked.index("chat.postMessage") == (0 if done else 1)
    talk.settle()
    assert answers(talk, "@bot") == 1


def test_what_slack_refuses_for_good_is_given_up(talk: Driver, live: Store) -> None:
    talk.drills.fail(Failure("error", "chat.postMessage", error="is_archived"))
    talk.say("anna", "@bot", "who writes about rent control?", expect=0)
    talk.wait(lambda: live.outgoing.waiting() == 0)
    talk.settle()
    assert answers(talk, "@bot") == 0


def test_a_repeated_event_is_answered_once(talk: Driver) -> None:
    talk.drills.twice = 1
    talk.mention("anna", "press-review", "who writes about rent control?")
    talk.settle()
    assert answers(talk, "press-review") == 1


def test_a_lost_acknowledgement_has_no_second_effect(talk: Driver) -> None:
    talk.drills.lost_acks = 1
    talk.mention("anna", "press-review", "who writes about rent control?")
    talk.settle()
    assert answers(talk, "press-review") == 1


@pytest.mark.parametrize("reason", ["refresh_requested", "warning", "too_many_websockets"])
def test_a_socket_that_goes_while_a_mention_is_under_way_is_made_again_and_the_mention_answered_once(talk: Driver, live: Store, reason: str) -> None:
    sockets, came = talk.platform.sockets, len(talk.platform.courier.deliveries)
    talk.platform.courier.time_factor = 0.05  # repeated at once, after 3 seconds and after 15: the app is back by then
    people = threading.Thread(target=talk.mention, args=("anna", "press-review", "who writes about rent control?"), kwargs={"timeout": 60})
    with live.writing():  # the mention waits for the library, so it is not acknowledged yet
        people.start()
        talk.wait(lambda: len(talk.platform.courier.deliveries) > came)
        talk.settle(0.3)
        assert answers(talk, "press-review") == 0
        talk.disconnect(reason)
    people.join(60)
    talk.wait(lambda: sockets.connections >= 1)
    talk.wait(lambda: all(one.settled for one in talk.platform.courier.deliveries))
    mention = talk.platform.courier.deliveries[came]
    assert mention.acknowledged
    talk.settle(0.5)
    assert answers(talk, "press-review") == 1
    assert "Ada Venn" in talk.command("anna", "general", "/views", "").text


def test_what_was_promised_is_said_after_a_restart(store: Store) -> None:
    with local_slack() as slack:
        team, channel = slack.workspace.team, slack.workspace.channel("press-review").id
        fill(store, team)
        body = {"text": "promised", "blocks": [{"type": "divider"}]}
        assert store.outgoing.add(team, "reply:1", "post", channel, body)
        with running(slack, store):
            driver = Driver(slack)
            driver.wait(lambda: "promised" in said(driver, "anna", "press-review"))
        with running(slack, store):
            driver.settle()
            assert answers(driver, "press-review") == 1


def test_other_names_for_commands(store: Store) -> None:
    with local_slack() as slack:
        slack.platform.manifest = type(slack.platform.manifest)()
        fill(store, slack.workspace.team)
        with running(slack, store, prefix="policy-"):
            driver = Driver(slack)
            assert "Rents must be capped now." in driver.command("anna", "general", "/policy-summary", "#1").text
            assert "/policy-library add" in driver.command("anna", "general", "/policy-library", "nonsense").text


def test_unsigned_requests_are_refused(store: Store) -> None:
    with talking(store, "signed http") as driver:
        address = driver.platform.courier.request_url
        for stamp in ("soon", "", "1", str(int(time.time())), "٣", "9" * 30):
            request = urllib.request.Request(
                address, b"command=%2Fsummary&text=%231", {"X-Slack-Request-Timestamp": stamp.encode().decode("latin-1"), "X-Slack-Signature": "v0=0"}
            )
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(request, timeout=60)
            assert refused.value.code == 401
            refused.value.close()
        health = address.replace("/slack/events", "/health")
        with urllib.request.urlopen(health, timeout=60) as answer:
            assert answer.read() == b"ok\n"


def test_one_workspace_never_sees_anothers_library(store: Store) -> None:
    with local_slack() as slack:
        fill(store, slack.workspace.team)
        second = slack.add_workspace("Second") if hasattr(slack, "add_workspace") else None
        with running(slack, store):
            other = Driver(slack, second)
            for command, typed in (("/summary", "#1"), ("/views", "Ada Venn"), ("/library", "search rent"), ("/library", "list")):
                answer = other.command("anna", "general", command, typed)
                assert "capped" not in answer.text
                assert "On Rent" not in answer.text
