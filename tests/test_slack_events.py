"""Events as Slack's reference shows them, repeats of them, and who may come in at the door at all."""

from __future__ import annotations

import time
from urllib.parse import urlencode

import pytest

from store import Store
from tests.slack import payloads, strict
from tests.slack.payloads import CHANNEL, DIRECT, PERSON
from tests.slack.reference import BOT, BOT_USER, TEAM, Json
from tests.slack.wire import Wire

RENT = "Rents must be capped now."

pytestmark = pytest.mark.usefixtures("untroubled")


# --- events -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "inner",
    [
        payloads.mention(f"<@{BOT_USER}> what does Ada Venn say about rent control?"),
        payloads.mention(f"hey <@{BOT_USER}>, what does Ada Venn say about rent control?"),
        payloads.mention(f"what does Ada Venn say about rent control, <@{BOT_USER}|entente>?"),
        payloads.mention(f"<@{BOT_USER}> what does Ada Venn say about rent control?", edited={"user": PERSON, "ts": "1700000009.000000"}),
        payloads.mention(f"<@{BOT_USER}> what does Ada Venn say about rent control?", thread_ts="1700000000.000100", parent_user_id="U1"),
        payloads.direct("what does Ada Venn say about rent control?"),
        payloads.direct("what does Ada Venn say about rent control?", subtype="thread_broadcast", thread_ts="1700000000.000100"),
    ],
    ids=["first", "middle", "last", "edited", "thread", "direct", "broadcast"],
)
def test_a_question_is_answered_where_it_was_asked(wire: Wire, inner: Json) -> None:
    assert wire.event(payloads.event(inner)).status == 200
    wire.slack.wait(lambda: wire.posts())
    wire.settle()
    (post,) = wire.posts()
    assert RENT in str(post["blocks"])
    assert "Fees should fall" not in str(post["blocks"])
    assert post["channel"] == inner["channel"]
    assert post.get("thread_ts") == (inner.get("thread_ts") or (inner["ts"] if inner["type"] == "app_mention" else None))
    assert "reply_broadcast" not in post


@pytest.mark.parametrize("first", ["app_mention", "message"])
def test_a_mention_in_a_direct_message_is_answered_once(wire: Wire, first: str) -> None:
    said = payloads.direct(f"<@{BOT_USER}> who writes about rent control?")
    mention = {key: value for key, value in said.items() if key != "channel_type"} | {"type": "app_mention"}
    for inner in (said, mention) if first == "message" else (mention, said):
        assert wire.event(payloads.event(inner)).status == 200
    wire.settle()
    (post,) = wire.posts()
    assert post.get("thread_ts") is None


@pytest.mark.parametrize(
    "inner",
    [
        {
            "type": "message",
            "subtype": "message_changed",
            "channel": DIRECT,
            "channel_type": "im",
            "hidden": True,
            "ts": "1.1",
            "event_ts": "1.1",
            "message": payloads.direct("help"),
            "previous_message": payloads.direct("hel"),
        },
        {
            "type": "message",
            "subtype": "message_deleted",
            "channel": DIRECT,
            "channel_type": "im",
            "hidden": True,
            "ts": "1.1",
            "deleted_ts": "1.0",
            "event_ts": "1.1",
            "previous_message": payloads.direct("help"),
        },
        {
            "type": "message",
            "subtype": "bot_message",
            "channel": DIRECT,
            "channel_type": "im",
            "ts": "1.1",
            "event_ts": "1.1",
            "text": "help",
            "bot_id": "B1",
        },
        payloads.direct("help", user=BOT_USER, bot_id=BOT, app_id="A0123ABC", bot_profile={"id": BOT}),
        payloads.direct("help", user="USLACKBOT", subtype="assistant_app_thread"),
        payloads.direct("help", subtype="channel_join"),
        payloads.direct("help", channel=CHANNEL, channel_type="channel"),
        payloads.direct("help", channel="G1", channel_type="mpim"),
        payloads.mention(f"<@{BOT_USER}> help", bot_id="B77", user=None),
        {"type": "file_shared", "file_id": "F1", "file": {"id": "F1"}, "user_id": PERSON, "channel_id": DIRECT, "event_ts": "1.1"},
        {"type": "app_home_opened", "user": PERSON, "channel": DIRECT, "tab": "messages", "event_ts": "1.1"},
        {"type": "team_access_granted", "team_ids": ["T1"], "event_ts": "1.1"},
        {
            "type": "assistant_thread_context_changed",
            "event_ts": "1.1",
            "assistant_thread": {"user_id": PERSON, "context": {}, "channel_id": DIRECT, "thread_ts": "1.1"},
        },
        {"type": "member_joined_channel", "user": BOT_USER, "channel": CHANNEL, "channel_type": "C", "team": TEAM, "event_ts": "1.1"},
        {
            "type": "reaction_added",
            "user": PERSON,
            "reaction": "eyes",
            "item": {"type": "message", "channel": CHANNEL, "ts": "1.1"},
            "event_ts": "1.1",
        },
        {"type": "an_event_of_next_year", "event_ts": "1.1"},
        {
            "type": "link_shared",
            "channel": CHANNEL,
            "is_bot_user_member": True,
            "user": PERSON,
            "message_ts": "1.1",
            "links": [{"domain": "x.example", "url": "https://x.example/unknown"}],
        },
    ],
    ids=lambda inner: f"{inner['type']} {inner.get('subtype', '')}",
)
def test_what_needs_no_answer_is_acknowledged(wire: Wire, inner: Json) -> None:
    assert wire.event(payloads.event(inner)).status == 200
    wire.settle()
    assert [name for name, _ in wire.slack.calls if name not in ("auth.test", "users.info")] == []


def test_a_file_in_a_direct_message(wire: Wire, store: Store) -> None:
    file = {
        "id": "F1",
        "name": "piece.txt",
        "title": "piece",
        "size": 800,
        "url_private": f"{wire.slack.url}/file/piece.txt",
        "url_private_download": f"{wire.slack.url}/file/piece.txt",
    }
    wire.event(payloads.event(payloads.direct("", subtype="file_share", files=[file], upload=False)))
    wire.slack.wait(lambda: wire.slack.called("file"))
    wire.slack.wait(lambda: store.readings.claim() is not None)
    assert len(wire.posts()) == 1


@pytest.mark.parametrize(
    "file",
    [{"id": "F1", "mode": "file_access", "file_access": "check_file_info"}, {"id": "F1", "mode": "hidden_by_limit", "name": "old.pdf"}],
    ids=["check file info", "hidden"],
)
def test_a_file_that_slack_keeps_to_itself(wire: Wire, file: Json) -> None:
    wire.event(payloads.event(payloads.direct("", subtype="file_share", files=[file])))
    wire.slack.wait(lambda: wire.slack.called("chat.update"))
    assert "Slack does not let me have" in wire.slack.called("chat.update")[0]["text"]
    assert wire.slack.called("files.info") == [{"file": "F1"}]


def test_a_file_of_another_company_is_looked_up(wire: Wire, store: Store) -> None:
    wire.slack.files["F1"] = {"id": "F1", "name": "piece.txt", "url_private_download": f"{wire.slack.url}/file/piece.txt"}
    file = {"id": "F1", "mode": "file_access", "file_access": "check_file_info"}
    wire.event(payloads.event(payloads.direct("", subtype="file_share", files=[file])))
    wire.slack.wait(lambda: wire.slack.called("file"))
    wire.slack.wait(lambda: (reading := store.readings.claim()) is not None and reading.source == "piece.txt")


def test_a_message_whose_only_file_was_deleted(wire: Wire) -> None:
    wire.event(payloads.event(payloads.direct("", subtype="file_share", files=[{"id": "F1", "mode": "tombstone"}])))
    wire.slack.wait(lambda: wire.posts())
    assert "Reading" not in wire.posts()[0]["text"]


@pytest.mark.parametrize("tab", [{"tab": "home"}, {}, {"tab": "home", "view": {"id": "V1", "type": "home", "hash": "1.1"}}])
def test_the_home(wire: Wire, tab: Json) -> None:
    wire.event(payloads.event({"type": "app_home_opened", "user": PERSON, "channel": DIRECT, "event_ts": "1.1", **tab}))
    wire.slack.wait(lambda: wire.slack.called("views.publish"))
    published = wire.slack.called("views.publish")[0]
    assert published["user_id"] == PERSON
    strict.check_view(published["view"])


@pytest.mark.parametrize("source", ["conversations_history", "composer", None])
def test_a_link_is_previewed(wire: Wire, source: str | None) -> None:
    inner = {
        "type": "link_shared",
        "channel": CHANNEL,
        "is_bot_user_member": True,
        "user": PERSON,
        "message_ts": "123456789.9875",
        "event_ts": "1.1",
        "links": [{"domain": "tidewater.example", "url": "https://tidewater.example/1"}],
    }
    if source:
        inner |= {"source": source, "unfurl_id": "C123456.123456789.987501.1b90"}
    if source == "composer":
        inner |= {"channel": "COMPOSER", "message_ts": "Uxxxxxxx-909b5454-75f8-4ac4-b325-1b40e230bbd8"}
    body = payloads.event(inner)
    wire.event(body)
    wire.event(body, retry=1)
    wire.settle()
    (unfurled,) = wire.slack.called("chat.unfurl")
    assert unfurled["unfurls"].keys() == {"https://tidewater.example/1"}
    if source == "composer":
        assert unfurled["unfurl_id"] == inner["unfurl_id"]
        assert unfurled["source"] == "composer"
        assert "ts" not in unfurled
    else:
        assert (unfurled["channel"], unfurled["ts"]) == (CHANNEL, "123456789.9875")


def test_the_assistant(wire: Wire) -> None:
    thread = {
        "user_id": PERSON,
        "context": {"channel_id": CHANNEL, "team_id": TEAM, "enterprise_id": None},
        "channel_id": DIRECT,
        "thread_ts": "1729999327.187299",
    }
    wire.event(payloads.event({"type": "assistant_thread_started", "assistant_thread": thread, "event_ts": "1.1"}))
    wire.slack.wait(lambda: wire.slack.called("assistant.threads.setSuggestedPrompts"))
    suggested = wire.slack.called("assistant.threads.setSuggestedPrompts")[0]
    assert 0 < len(suggested["prompts"]) <= 4
    assert suggested["thread_ts"] == "1729999327.187299"


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_repeated_event_has_one_effect(wire: Wire, number: int) -> None:
    body = payloads.event(payloads.mention(f"<@{BOT_USER}> who writes about rent control?"))
    for retry in range(number + 1):
        assert wire.event(body, retry).status == 200
    wire.settle()
    assert len(wire.posts()) == 1


def test_only_the_repeat_arrives(wire: Wire) -> None:
    wire.event(payloads.event(payloads.mention(f"<@{BOT_USER}> help")), retry=2)
    wire.slack.wait(lambda: wire.posts())


def test_an_older_event_without_authorizations(wire: Wire) -> None:
    body = payloads.event(payloads.mention(f"<@{BOT_USER}> help"), authed_users=[BOT_USER])
    for name in ("authorizations", "context_team_id", "context_enterprise_id", "is_ext_shared_channel", "event_context"):
        del body[name]
    wire.event(body)
    wire.slack.wait(lambda: wire.posts())


@pytest.mark.parametrize(
    ("about", "answered"),
    [
        ({"team": TEAM}, True),
        ({"team": TEAM, "user_team": TEAM, "source_team": TEAM}, True),
        ({"team": "T0STRANGE", "user_team": "T0STRANGE"}, False),
        ({"team": "E0STRANGE", "user_team": "E0STRANGE"}, False),
        ({"team": None}, False),
    ],
)
def test_people_of_other_companies_in_a_shared_channel(wire: Wire, about: Json, answered: bool) -> None:
    inner = {key: value for key, value in (payloads.mention(f"<@{BOT_USER}> what does Ada Venn say?") | about).items() if value is not None}
    wire.event(payloads.event(inner, is_ext_shared_channel=True))
    wire.slack.wait(lambda: wire.posts())
    assert (RENT in str(wire.posts())) is answered
    if not answered:
        links = [{"domain": "tidewater.example", "url": "https://tidewater.example/1"}]
        shared = {"type": "link_shared", "channel": CHANNEL, "user": "U1", "message_ts": "1.1", "links": links, "event_ts": "1.1", **about}
        wire.event(payloads.event({key: value for key, value in shared.items() if value is not None}, is_ext_shared_channel=True))
        wire.settle()
        assert not wire.slack.called("chat.unfurl")


@pytest.mark.parametrize(
    ("inner", "gone"),
    [
        ({"type": "app_uninstalled", "event_ts": "1.1"}, True),
        ({"type": "tokens_revoked", "tokens": {"oauth": [PERSON], "bot": [BOT_USER]}, "event_ts": "1.1"}, True),
        ({"type": "tokens_revoked", "tokens": {"oauth": [PERSON]}, "event_ts": "1.1"}, False),
        ({"type": "tokens_revoked", "tokens": {"oauth": [PERSON], "bot": []}, "event_ts": "1.1"}, False),
    ],
)
def test_leaving(wire: Wire, store: Store, inner: Json, gone: bool) -> None:
    body = payloads.event(inner)
    if gone:
        body["authorizations"] = []
    assert wire.event(body).status == 200
    assert wire.event(body, retry=1).status == 200
    assert (store.articles.glance(TEAM).pieces == 0) is gone


# --- the door -----------------------------------------------------------------------------------------------------------


def test_the_address_is_verified(wire: Wire) -> None:
    answer = wire.event({"token": "x", "challenge": "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P", "type": "url_verification"})
    assert answer.status == 200
    assert "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P" in answer.body


def test_the_certificate_is_checked(wire: Wire) -> None:
    assert wire.form({"ssl_check": "1", "token": "x"}).status == 200
    assert wire.form({"ssl_check": "1", "token": "x"}, stamp="").status == 200
    assert wire.form(payloads.command("/summary", "#1 ssl_check=1"), stamp="").status == 401


def test_who_is_not_slack_is_turned_away(wire: Wire) -> None:
    now = int(time.time())
    fields = payloads.command("/summary", "#1")
    assert wire.form(fields).status == 200
    for about in (
        {"secret": "another"},
        {"stamp": str(now - 301)},
        {"stamp": str(now + 3600)},
        {"stamp": "soon"},
        {"stamp": ""},
        {"stamp": "1e9"},
        {"stamp": "-1"},
        {"stamp": " "},
        {"headers": {"X-Slack-Signature": ""}},
        {"headers": {"X-Slack-Signature": "v0="}},
        {"headers": {"X-Slack-Signature": "v1=0"}},
    ):
        answer = wire.form(fields, **about)
        assert answer.status == 401, about
        assert "cap" not in answer.body


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/json"),
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"null", "application/json"),
        (b"payload=", "application/x-www-form-urlencoded"),
        (b"payload=%7B", "application/x-www-form-urlencoded"),
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b'{"type": "event_callback"}', "application/json"),
        (b'{"type": "event_callback", "event": {}}', "application/json"),
        (urlencode({"payload": '{"type": "block_actions"}'}).encode(), "application/x-www-form-urlencoded"),
    ],
)
def test_what_is_signed_and_makes_no_sense(wire: Wire, body: bytes, kind: str) -> None:
    assert 200 <= wire.post(body, kind).status < 500
