"""What people say to the bot beside questions, and what they are told when there is nothing: always a next step."""

from __future__ import annotations

import pytest

from store import Store
from tests.slack import payloads
from tests.slack.payloads import CHANNEL, PERSON
from tests.slack.reference import BOT_USER, TEAM, Json
from tests.slack.wire import Wire

RENT = "Rents must be capped now."
ROOT = "1700000000.000100"

pytestmark = pytest.mark.usefixtures("untroubled")


def answered(wire: Wire, said: str, **about: object) -> Json:
    before = len(wire.posts())
    wire.event(payloads.event(payloads.mention(f"<@{BOT_USER}> {said}", **about)))
    wire.slack.wait(lambda: len(wire.posts()) > before)
    return wire.posts()[-1]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("", "You can ask me for example: “summary of #3”"),
        ("hello!", "“what does Ada Venn say?”"),
        ("who are you?", "answer in the pieces' own words"),
        ("help", "/library"),
        ("what can you do?", "/library"),
        ("Thanks a lot!", "You are welcome."),
        ("what is new?", "3 pieces, latest first"),
        ("what's new?", "3 pieces, latest first"),
        ("how many pieces do you have?", "3 pieces"),
        ("is it?", "“summary of #3”"),
        ("summary", "Put a link, a title or #12 behind it"),
        ("what about gardening?", "`/library list`"),
    ],
)
def test_small_talk(wire: Wire, said: str, expected: str) -> None:
    assert expected in answered(wire, said)["text"]


@pytest.mark.parametrize("root", [
    {"text": "have you seen <https://tidewater.example/1>?"},
    {"text": "", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "<https://tidewater.example/1|this>"}}]},
    {"text": "x", "attachments": [{"from_url": "https://tidewater.example/1"}], "bot_id": "BRSS"},
])  # fmt: skip
def test_a_summary_under_a_link(wire: Wire, root: Json) -> None:
    wire.slack.posted.append({"channel": CHANNEL, "ts": ROOT, "user": "U7", **root})
    assert RENT in answered(wire, "summary", thread_ts=ROOT)["text"]
    # from then on the thread is known, and nothing is read again
    assert RENT in answered(wire, "in short?", thread_ts=ROOT)["text"]
    assert "Against the Cap — Ola Brandt · " in answered(wire, "who wrote #2?", thread_ts=ROOT)["text"]
    assert len(wire.slack.called("conversations.replies")) == 1


def test_a_link_that_is_not_known_is_read(wire: Wire, store: Store) -> None:
    wire.slack.posted.append({"channel": CHANNEL, "ts": ROOT, "user": "U7", "text": "<https://x.example/new>"})
    assert "Reading https://x.example/new" in answered(wire, "summarise please", thread_ts=ROOT)["text"]
    reading = store.readings.claim()
    assert reading is not None
    assert reading.source == "https://x.example/new"


@pytest.mark.parametrize("about", [{"error": "missing_scope"}, {"error": "not_in_channel"}, {"status": 502}, {"reset": True}])
def test_a_link_that_cannot_be_seen(wire: Wire, about: Json) -> None:
    wire.slack.fail("conversations.replies", **about, times=9)
    assert "choose *Summarise* in the menu" in answered(wire, "summary", thread_ts=ROOT)["text"]
    answered(wire, "tl;dr", thread_ts=ROOT)
    asked = len(wire.slack.called("conversations.replies"))
    assert asked == (1 if about.get("error") == "missing_scope" else 2)


def test_a_link_that_was_previewed_is_what_its_thread_is_about(wire: Wire) -> None:
    links = [{"domain": "tidewater.example", "url": "https://tidewater.example/1"}]
    wire.event(payloads.event({"type": "link_shared", "channel": CHANNEL, "user": PERSON, "message_ts": ROOT, "links": links, "event_ts": "1.1"}))
    assert RENT in answered(wire, "summary", thread_ts=ROOT)["text"]
    assert not wire.slack.called("conversations.replies")


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("/summary", "#99", "There is no piece #99"),
        ("/views", "Ada Venn since 2099", "Nothing by Ada Venn, and nothing attributed to them, since 1 January 2099. The latest of 2 pieces is"),
        ("/library", "search zzzz", "`/library add`"),
        ("/library", "remove", "/library remove #12"),
        ("/library", "fix", "/library fix #12"),
        ("/digest", "snooze #1 5000 days", "more than a year"),
        ("/digest", "preview", "Nothing was posted."),
    ],
)
def test_nothing_is_a_dead_end(wire: Wire, name: str, text: str, expected: str) -> None:
    answer = wire.command(name, text)
    if not answer.body:
        wire.slack.wait(lambda: wire.slack.hooked)
    assert expected in (answer.json["text"] if answer.body else wire.slack.hooked[0][1]["text"])


def test_a_search_shortcut_says_how_to_see_more(wire: Wire, store: Store) -> None:
    from tests.slack.running import add

    for number in range(10):
        words = f"Quay {'abcdefghij'[number]} is {'deep wide low tall new old dry wet red blue'.split()[number]}. Ships of kind {number * 37} come."
        add(store, TEAM, f"Quay {number}", words, author="Ola Brandt", outlet="Harbour Post", issue="ports", url=f"https://x.example/{number}")
    values = {"words": {"value": {"type": "plain_text_input", "value": "quay"}}}
    answer = wire.interact(payloads.submitted(payloads.view("search", values=values)))
    assert "3 more: type /library search quay" in answer.body


def test_a_reading_that_fails_names_it_once(wire: Wire, store: Store) -> None:
    for reason, expected in (
        ("“notes.txt” is empty.", "“notes.txt” is empty. You can paste"),
        ("That is a feed: its 3 pieces were put in line to be read.", "put in line to be read. `/library feed add`"),
    ):
        reading = store.readings.enqueue(TEAM, "notes.txt", reason.encode(), person=PERSON, channel=CHANNEL, message="1.1")
        store.readings.claim()
        store.readings.fail(reading.id, reason)
        wire.slack.wait(lambda said=expected: any(said in one["text"] for one in wire.slack.called("chat.update")))
