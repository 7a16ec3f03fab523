"""Whatever Slack answers - errors, pauses, pages of HTML, silence: nothing is said twice, no traceback, one clear sentence where there can be one."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.errors import SettingsError
from bot.settings import Settings
from handlers.answer import Deps
from handlers.slack.serving import Entente
from store import Store
from tests.slack import payloads
from tests.slack.payloads import CHANNEL, PERSON
from tests.slack.reference import BOT_USER, TEAM, Json, Reference
from tests.slack.running import fill
from tests.slack.wire import Wire, over_http

# a connection that Slack breaks is closed when Python collects it, which it warns of in whatever test is running then
pytestmark = [pytest.mark.usefixtures("untroubled"), pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]

RENT = "Rents must be capped now."
PAGE = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
ASK = json.dumps(["/summary", "#1", 0])
HOME = payloads.view("", kind="home")

GONE: list[Json] = [{"error": code} for code in ("token_revoked", "account_inactive", "missing_scope", "invalid_auth")]
TROUBLE: list[Json] = [
    {"error": "fatal_error"},
    {"error": "internal_error", "status": 500},
    {"error": "service_unavailable", "status": 503},
    {"status": 502, "body": PAGE},
    {"status": 200, "body": PAGE},
    {"error": "ratelimited", "status": 429, "headers": {"Retry-After": "1"}},
    {"reset": True},
    {"error": "an_error_of_next_year"},
]
CHANNEL_REFUSED: list[Json] = [{"error": code} for code in ("channel_not_found", "not_in_channel", "is_archived", "restricted_action")]
CONTENT_REFUSED: list[Json] = [{"error": code} for code in ("invalid_blocks", "msg_too_long", "msg_blocks_too_long")]


def named(failing: Json) -> str:
    return str(failing.get("error") or failing.get("status") or "reset") + ("!" if failing.get("done") else "")


@pytest.fixture
def wire(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    fill(store, TEAM)
    monkeypatch.setattr("handlers.slack.announcer.PAUSE_S", 0.02)
    with over_http(store) as opened:
        yield opened


def mentioned(wire: Wire, said: str = "what does Ada Venn say about rent control?") -> None:
    assert wire.event(payloads.event(payloads.mention(f"<@{BOT_USER}> {said}"))).status == 200


# --- chat.postMessage -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("failing", CHANNEL_REFUSED, ids=named)
def test_an_answer_that_may_not_stand_in_its_channel_goes_to_who_asked(wire: Wire, failing: Json) -> None:
    wire.slack.fail("chat.postMessage", **failing)
    mentioned(wire)
    wire.slack.wait(lambda: len(wire.posts()) == 2)
    wire.settle()
    _, direct = wire.posts()
    assert direct["channel"] == PERSON
    assert f"<#{CHANNEL}>" in direct["text"]
    assert failing["error"] not in direct["text"]
    assert RENT in str(direct["blocks"])


@pytest.mark.parametrize("failing", [*CHANNEL_REFUSED, *GONE], ids=named)
def test_a_refusal_for_good_is_not_repeated_for_ever(wire: Wire, failing: Json) -> None:
    wire.slack.fail("chat.postMessage", **failing, times=99)
    mentioned(wire)
    wire.slack.wait(lambda: wire.posts())
    wire.settle()
    assert len(wire.posts()) <= 2


@pytest.mark.parametrize("failing", CONTENT_REFUSED, ids=named)
def test_blocks_that_slack_does_not_take_are_said_as_text(wire: Wire, failing: Json) -> None:
    wire.slack.fail("chat.postMessage", **failing)
    mentioned(wire)
    wire.slack.wait(lambda: len(wire.posts()) == 2)
    wire.settle()
    said = wire.posts()[1]
    assert not said.get("blocks")
    assert RENT in said["text"]
    assert (said["channel"], said["thread_ts"]) == (CHANNEL, wire.posts()[0]["thread_ts"])


@pytest.mark.parametrize("done", [False, True], ids=["not posted", "posted all the same"])
@pytest.mark.parametrize("failing", TROUBLE, ids=named)
def test_an_answer_survives_slacks_trouble_once(wire: Wire, failing: Json, done: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.slack.porter.LOOK_AFTER", timedelta(seconds=0.1))
    done = done and failing.get("error") not in ("ratelimited", "an_error_of_next_year")  # these say that nothing was done
    wire.slack.fail("chat.postMessage", **failing, done=done)
    mentioned(wire)
    wire.slack.wait(lambda: wire.slack.posted)
    wire.settle()
    assert len(wire.slack.posted) == 1
    assert RENT in str(wire.slack.posted[0]["blocks"])


@pytest.mark.parametrize("failing", [*CHANNEL_REFUSED, *GONE, *TROUBLE], ids=named)
def test_a_silence_that_cannot_be_looked_into_is_not_posted_twice(wire: Wire, failing: Json, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.slack.porter.LOOK_AFTER", timedelta(seconds=0.1))
    wire.slack.fail("chat.postMessage", reset=True, done=True)
    wire.slack.fail("conversations.replies", **failing, times=2)
    mentioned(wire)
    wire.slack.wait(lambda: wire.slack.called("conversations.replies"))
    time.sleep(0.5)
    assert len(wire.slack.posted) == 1


@pytest.mark.parametrize("failing", [*CHANNEL_REFUSED, {"error": "missing_scope"}], ids=named)
def test_a_share_that_is_refused_says_why_or_finds_another_way(wire: Wire, failing: Json) -> None:
    wire.slack.fail("chat.postMessage", **failing, times=9)
    wire.interact(payloads.pressed_in_ephemeral(payloads.button("share", ASK), wire.hook))
    wire.slack.wait(lambda: wire.slack.hooked)
    wire.settle()
    if failing["error"] in ("not_in_channel", "channel_not_found"):
        assert wire.slack.hooked[0][1]["response_type"] == "in_channel"
        assert RENT in str(wire.slack.hooked[0][1])
        assert wire.slack.hooked[1:] == [("pressed", {"delete_original": True})]
    else:
        ((_, said),) = wire.slack.hooked
        assert said["text"].startswith("I could not post it here: ")
        assert failing["error"] not in said["text"]


def test_a_share_that_is_refused_may_be_pressed_again(wire: Wire) -> None:
    wire.slack.fail("chat.postMessage", error="is_archived")
    pressed = payloads.pressed_in_ephemeral(payloads.button("share", ASK), wire.hook)
    wire.interact(pressed)
    wire.slack.wait(lambda: wire.slack.hooked)
    wire.settle()
    wire.interact(pressed)  # the same delivery once more
    wire.settle()
    assert not wire.slack.posted
    for _ in range(2):
        wire.interact({**pressed, "trigger_id": payloads.trigger()})
    wire.slack.wait(lambda: wire.slack.hooked[1:])
    wire.settle()
    (post,) = wire.slack.posted
    assert RENT in str(post)
    assert [said for _, said in wire.slack.hooked[1:]] == [{"delete_original": True}]


# --- response_url ---------------------------------------------------------------------------------------------------------

REFUSED_HOOKS: list[Json] = [
    {"status": 404, "body": "expired_url"},
    {"status": 404, "body": "used_url"},
    {"status": 403, "body": "action_prohibited"},
    {"status": 410, "body": "channel_is_archived"},
    {"status": 400, "body": "invalid_blocks"},
    {"status": 500, "body": "rollup_error"},
    {"status": 502, "body": PAGE},
]


@pytest.mark.parametrize("failing", REFUSED_HOOKS, ids=lambda failing: failing["body"][:20])
@pytest.mark.parametrize("here", [True, False], ids=["in the channel", "directly"])
def test_a_response_url_that_is_no_good_has_other_ways(wire: Wire, failing: Json, here: bool) -> None:
    wire.slack.fail("response_url", **failing, times=9)
    if not here:
        wire.slack.fail("chat.postEphemeral", error="not_in_channel", times=9)
    wire.command("/digest", "preview")
    method = "chat.postEphemeral" if here else "chat.postMessage"
    wire.slack.wait(lambda: wire.slack.called(method))
    time.sleep(0.2)
    (said,) = wire.slack.called(method)
    assert "digest" in said["text"].lower() or "new" in said["text"].lower()
    assert said.get("user", said["channel"]) == PERSON
    assert len(wire.slack.hooked) == 1


def test_a_silent_response_url_is_not_said_twice(wire: Wire) -> None:
    wire.slack.fail("response_url", reset=True, times=9)
    wire.command("/digest", "preview")
    wire.slack.wait(lambda: wire.slack.hooked)
    time.sleep(0.3)
    assert len(wire.slack.hooked) == 1
    assert not wire.slack.called("chat.postEphemeral")


@pytest.mark.parametrize("failing", [*REFUSED_HOOKS, {"reset": True, "times": 3}], ids=named)
def test_a_reading_that_took_too_long_is_told_all_the_same(wire: Wire, store: Store, failing: Json) -> None:
    wire.command("/summary", "https://x.example/new")
    wire.slack.wait(lambda: wire.slack.hooked)
    wire.slack.fail("response_url", **({"times": 99} | failing))
    reading = store.readings.claim()
    assert reading is not None
    store.readings.fail(reading.id, "The address cannot be reached.")
    wire.slack.wait(lambda: [said for said in wire.slack.heard() if "cannot be reached" in said and said])
    wire.slack.wait(lambda: not store.readings.unannounced())
    assert len(wire.slack.called("chat.postEphemeral")) == (0 if "reset" in failing else 1)


# --- modals, homes, edits ---------------------------------------------------------------------------------------------------

UNOPENED = [{"error": "expired_trigger_id"}, {"error": "invalid_trigger_id"}, {"error": "view_too_large"}, *GONE, *TROUBLE]


@pytest.mark.parametrize("failing", UNOPENED, ids=named)
@pytest.mark.parametrize("where", ["message", "shortcut", "home"])
def test_a_window_that_does_not_open_is_told(wire: Wire, failing: Json, where: str) -> None:
    wire.slack.fail("views.open", **failing, times=9)
    if where == "message":
        wire.interact(payloads.pressed_in_ephemeral(payloads.button("fix", "1"), wire.hook))
    elif where == "shortcut":
        wire.interact(payloads.global_shortcut("search_library"))
    else:
        wire.interact(payloads.pressed_in_view(payloads.button("add"), HOME))
    wire.slack.wait(lambda: [said for said in wire.slack.heard() if "did not let me open a window" in said])
    told = [said for said in wire.slack.heard() if "did not let me open" in said]
    assert len(told) == 1


def test_a_window_that_a_lost_answer_opened_is_no_trouble(wire: Wire) -> None:
    wire.slack.fail("views.open", error="exchanged_trigger_id")
    wire.interact(payloads.pressed_in_ephemeral(payloads.button("fix", "1"), wire.hook))
    wire.slack.wait(lambda: wire.slack.called("views.open"))
    time.sleep(0.2)
    assert not wire.slack.hooked


def test_a_fourth_window_takes_the_place_of_the_third(wire: Wire) -> None:
    wire.slack.fail("views.push", error="push_limit_reached")
    top = payloads.view("shown")
    wire.interact(payloads.pressed_in_view(payloads.button("ask", ASK), top))
    wire.slack.wait(lambda: wire.slack.called("views.update"))
    (changed,) = wire.slack.called("views.update")
    assert changed["view_id"] == top["id"]
    assert RENT in str(changed["view"])
    assert not wire.posts()


@pytest.mark.parametrize("failing", [{"error": "not_found"}, {"error": "hash_conflict"}, *GONE, *TROUBLE], ids=named)
def test_a_modal_that_waits_for_a_reading(wire: Wire, store: Store, failing: Json) -> None:
    wire.interact(payloads.message_shortcut("save_to_library", {"text": "<https://x.example/new>"}, wire.hook))
    wire.slack.wait(lambda: wire.slack.called("views.open"))
    wire.slack.fail("views.update", **failing, times=2)
    reading = store.readings.claim()
    assert reading is not None
    wire.slack.wait(lambda: store.readings.waiters(reading.id))
    store.readings.fail(reading.id, "The address cannot be reached.")
    wire.slack.wait(lambda: not store.readings.unannounced())
    good = wire.slack.failing["views.update"].times == 0 and len(wire.slack.called("views.update")) > 2
    assert good is (failing in TROUBLE or failing["error"] == "hash_conflict")


@pytest.mark.parametrize("failing", [{"error": "message_not_found"}, *CHANNEL_REFUSED, *GONE, *CONTENT_REFUSED, *TROUBLE], ids=named)
def test_a_message_that_waits_for_a_reading(wire: Wire, store: Store, failing: Json) -> None:
    mentioned(wire, "summary of <https://x.example/new>")
    wire.slack.wait(lambda: wire.posts())
    wire.settle()
    wire.slack.fail("chat.update", **failing)
    reading = store.readings.claim()
    assert reading is not None
    store.readings.fail(reading.id, "The address cannot be reached.")
    wire.slack.wait(lambda: not store.readings.unannounced())
    edits = wire.slack.called("chat.update")
    assert len(edits) == (2 if failing in TROUBLE or failing in CONTENT_REFUSED else 1)
    assert "cannot be reached" in edits[-1]["text"]
    assert len(wire.posts()) == 1


@pytest.mark.parametrize("failing", [*GONE, *TROUBLE], ids=named)
@pytest.mark.parametrize(
    ("method", "about"),
    [
        ("views.publish", {"type": "app_home_opened", "user": PERSON, "channel": "D1", "tab": "home", "event_ts": "1.1"}),
        ("users.info", {"type": "app_home_opened", "user": PERSON, "channel": "D1", "tab": "home", "event_ts": "1.1"}),
        (
            "assistant.threads.setSuggestedPrompts",
            {"type": "assistant_thread_started", "assistant_thread": {"user_id": PERSON, "context": {}, "channel_id": "D1", "thread_ts": "1.1"}},
        ),
        (
            "chat.unfurl",
            {"type": "link_shared", "user": PERSON, "channel": CHANNEL, "message_ts": "1.1", "links": [{"url": "https://tidewater.example/1"}]},
        ),
    ],
    ids=["home", "who", "assistant", "preview"],
)
def test_what_is_only_pleasant_fails_without_a_word(wire: Wire, method: str, about: Json, failing: Json) -> None:
    wire.slack.fail(method, **failing, times=1 if method == "chat.unfurl" else 2)
    assert wire.event(payloads.event(about)).status == 200
    wire.slack.wait(lambda: wire.slack.called(method))
    wire.settle()
    assert not wire.posts()
    if method == "users.info":
        wire.slack.wait(lambda: wire.slack.called("views.publish"))


@pytest.mark.parametrize("failing", [*GONE, *TROUBLE], ids=named)
@pytest.mark.parametrize(
    "press",
    [
        lambda wire: wire.command("/digest", "preview"),
        lambda wire: wire.interact(payloads.pressed_in_ephemeral(payloads.button("share", ASK), wire.hook)),
        lambda wire: wire.interact(payloads.pressed_in_view(payloads.button("forget"), HOME)),
    ],
    ids=["digest", "share", "forget"],
)
def test_nobody_is_kept_waiting_for_who_they_are(wire: Wire, press: Callable[[Wire], Any], failing: Json) -> None:
    wire.slack.fail("users.info", **failing, times=2)
    press(wire)
    wire.slack.wait(lambda: wire.slack.hooked or wire.posts() or wire.slack.called("views.open"))


@pytest.mark.parametrize(
    "failing", [{"status": 403, "body": "no"}, {"status": 302, "headers": {"Location": "https://slack.com/"}}, {"reset": True}], ids=named
)
def test_a_file_that_cannot_be_fetched_is_told(wire: Wire, failing: Json) -> None:
    wire.slack.fail("file", **failing, times=9)
    file = {"id": "F1", "name": "piece.txt", "url_private": f"{wire.slack.url}/file/piece.txt"}
    wire.event(payloads.event(payloads.direct("", subtype="file_share", files=[file])))
    wire.slack.wait(lambda: wire.slack.called("chat.update"))
    assert "piece.txt" in wire.slack.called("chat.update")[0]["text"]
    assert len(wire.posts()) == 1


# --- the start --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("failing", "expected"),
    [({"error": "invalid_auth"}, "Copy it anew"), ({"error": "account_inactive"}, "Copy it anew"), ({"error": "fatal_error"}, "start me again later"),
     ({"status": 502, "body": PAGE}, "start me again later"), ({"reset": True}, "cannot be reached")],
)  # fmt: skip
def test_a_start_that_slack_refuses_says_what_to_do(store: Store, failing: Json, expected: str) -> None:
    with Reference() as slack:
        slack.fail("auth.test", **failing, times=9)
        with pytest.raises(SettingsError, match=expected):
            Entente(Settings.from_env({"ENTENTE_DB": str(store.path), **slack.environment}), Deps(store))


def test_a_start_waits_as_long_as_slack_asks(store: Store, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    with Reference() as slack:
        monkeypatch.setenv("SLACK_BOT_TOKEN", slack.environment["SLACK_BOT_TOKEN"])
        slack.fail("auth.test", error="ratelimited", status=429, headers={"Retry-After": "1"}, times=2)
        Entente(Settings.from_env({"ENTENTE_DB": str(store.path), **slack.environment}), Deps(store))
        assert len(slack.called("auth.test")) == 3
    assert not caplog.records


def test_the_first_command_needs_no_slack(wire: Wire) -> None:
    wire.slack.fail("auth.test", status=502, body=PAGE, times=99)
    assert RENT in wire.command("/summary", "#1").body
