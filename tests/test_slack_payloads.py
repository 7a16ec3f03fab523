"""Commands, buttons, forms and shortcuts as Slack's reference shows them, posted raw and signed to the real app."""

from __future__ import annotations

import json

import pytest

from store import Store
from tests.slack import payloads, strict
from tests.slack.payloads import CHANNEL, DIRECT
from tests.slack.reference import BOT, TEAM, Json
from tests.slack.wire import Answered, Wire

RENT = "Rents must be capped now."

pytestmark = pytest.mark.usefixtures("untroubled")


def said(answer: Answered) -> str:
    assert answer.status == 200
    strict.check_message(answer.json)
    assert answer.json["response_type"] == "ephemeral"
    return json.dumps(answer.json, ensure_ascii=False)


# --- slash commands -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "about",
    [{}, {"enterprise_id": "E0001", "enterprise_name": "Globular"}, {"channel_name": "directmessage", "channel_id": DIRECT},
     {"channel_name": "privategroup", "channel_id": "G1"}, {"token": None, "api_app_id": None}],
    ids=["plain", "grid", "direct message", "private channel", "without what is deprecated"],
)  # fmt: skip
def test_a_command_is_answered_in_its_acknowledgement(wire: Wire, about: Json) -> None:
    assert RENT in said(wire.command("/summary", "#1", **about))
    assert not wire.slack.hooked


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("/summary", "", "Which piece?"),
        ("/summary", None, "Which piece?"),
        ("/summary", "   ", "Which piece?"),
        ("/summary", "<https://tidewater.example/1|https://tidewater.example/1>", RENT),
        ("/summary", "<https://tidewater.example/1>", RENT),
        ("/summary", "https://tidewater.example/1", RENT),
        ("/summary", "https://tidewater.example/1?utm_source=a&amp;utm_medium=b", RENT),
        ("/summary", "“On Rent”", RENT),
        ("/summary", "‘On Rent’", RENT),
        ("/summary", "«On Rent»", RENT),
        ("/views", "Ada Venn", RENT),
        ("/views", "<@U123|Ada> Venn", RENT),
        ("/issue", "rent control since 2001", RENT),
        ("/issue", "<#C1|rent> caps", RENT),
        ("/issue", "“rent control”", RENT),
        ("/library", "search “must be capped”", "On Rent"),
        ("/library", "search capped &amp; now", "On Rent"),
        ("/library", "search &lt;!channel&gt;", "Nothing in the library"),
        ("/library", "LIST", "3 pieces"),
    ],
)
def test_what_people_type(wire: Wire, name: str, text: str | None, expected: str) -> None:
    assert expected in said(wire.command(name, text))  # type: ignore[arg-type]


def test_an_address_keeps_its_query(wire: Wire, store: Store) -> None:
    for typed in ("https://x.example/a?b=1&copy=2&amp;not=3", "<https://x.example/a?b=1&amp;copy=2&amp;not=3>"):
        answer = wire.command("/library", f"add {typed}")
        assert answer.status == 200
        wire.settle()
    reading = store.readings.claim()
    assert reading is not None
    assert reading.source == "https://x.example/a?b=1&copy=2&not=3"
    assert store.readings.claim() is None


def test_a_command_that_is_not_ours_is_answered(wire: Wire) -> None:
    assert "/summary" in said(wire.command("/sumary", "x"))


def test_a_digest_is_previewed_through_the_response_url(wire: Wire) -> None:
    answer = wire.command("/digest", "preview")
    assert (answer.status, answer.body) == (200, "")
    wire.slack.wait(lambda: wire.slack.hooked)
    (name, body), *more = wire.slack.hooked
    assert name == "command"
    assert not more
    assert body["response_type"] == "ephemeral"
    assert not body["replace_original"]


def test_a_link_that_is_not_known_is_read_with_one_message(wire: Wire, store: Store) -> None:
    wire.command("/summary", "https://x.example/new")
    wire.slack.wait(lambda: wire.slack.hooked)
    assert "Reading" in wire.slack.hooked[0][1]["text"]
    reading = store.readings.claim()
    assert reading is not None
    store.readings.fail(reading.id, "The address cannot be reached.")
    wire.slack.wait(lambda: len(wire.slack.hooked) == 2)
    assert "cannot be reached" in wire.slack.hooked[1][1]["text"]
    assert wire.slack.hooked[1][1]["replace_original"]


# --- buttons ------------------------------------------------------------------------------------------------------------


def ask(command: str, text: str, page: int = 0) -> str:
    return json.dumps([command, text, page])


def test_a_button_of_an_ephemeral_message(wire: Wire) -> None:
    answer = wire.interact(payloads.pressed_in_ephemeral(payloads.button("ask", ask("/summary", "#1")), wire.hook))
    assert (answer.status, answer.body) == (200, "")
    wire.slack.wait(lambda: wire.slack.hooked)
    assert RENT in str(wire.slack.hooked[0][1]["blocks"])


def test_a_message_without_blocks_beside_the_button(wire: Wire) -> None:
    message = {"type": "message", "text": "x", "ts": "1700000001.000100", "bot_id": BOT}
    body = payloads.pressed_in_ephemeral(
        payloads.chosen("ask", ask("/summary", "#2")), wire.hook, message=message, team=None, enterprise={"id": "E1"}
    )
    assert wire.interact(body).status == 200
    wire.slack.wait(lambda: wire.slack.hooked)
    assert "A cap would punish" in str(wire.slack.hooked[0][1]["blocks"])


def test_more_takes_the_place_of_what_was_read(wire: Wire) -> None:
    wire.interact(payloads.pressed_in_ephemeral(payloads.button("more", ask("/library", "list")), wire.hook))
    wire.slack.wait(lambda: wire.slack.hooked)
    assert wire.slack.hooked[0][1]["replace_original"]
    wire.interact(payloads.pressed_in_message(payloads.button("more", ask("/library", "list")), wire.hook))
    wire.slack.wait(lambda: len(wire.slack.hooked) == 2)
    assert not wire.slack.hooked[1][1]["replace_original"]
    assert wire.slack.hooked[1][1]["response_type"] == "ephemeral"


def test_share_posts_once_and_takes_the_private_answer_away(wire: Wire) -> None:
    wire.command("/summary", "#1")  # whose answer is shared; Slack is asked meanwhile who that is
    wire.slack.wait(lambda: wire.slack.called("users.info"))
    wire.settle()
    body = payloads.pressed_in_ephemeral(payloads.button("share", ask("/summary", "#1")), wire.hook)
    for _ in range(3):
        wire.interact({**body, "trigger_id": payloads.trigger()})
    wire.slack.wait(lambda: wire.slack.hooked)
    wire.settle()
    (post,) = wire.posts()
    assert "Shared by Anna Lind" in str(post["blocks"])
    assert post["unfurl_links"] is False
    assert [body for _, body in wire.slack.hooked] == [{"delete_original": True}]


def test_a_share_by_somebody_unknown_names_them_as_slack_does(wire: Wire) -> None:
    wire.interact(payloads.pressed_in_ephemeral(payloads.button("share", ask("/summary", "#1")), wire.hook))
    wire.slack.wait(lambda: wire.slack.hooked)
    (post,) = wire.posts()
    assert "Shared by Anna Lind" in str(post["blocks"])
    assert post["text"].startswith("Shared by Anna Lind\n")


def test_a_share_whose_piece_is_gone_says_so_each_time(wire: Wire) -> None:
    for _ in range(2):
        wire.interact(payloads.pressed_in_ephemeral(payloads.button("share", ask("/summary", "#99")), wire.hook))
    wire.slack.wait(lambda: wire.slack.hooked[1:])
    assert all("There is no piece #99" in said["text"] for _, said in wire.slack.hooked)


def test_feedback_buttons_carry_their_value(wire: Wire, store: Store) -> None:
    thumbs = {"type": "feedback_buttons", "action_id": "feedback", "block_id": "f", "value": "+|/summary #1", "action_ts": "1.1"}
    wire.interact(payloads.pressed_in_ephemeral(thumbs, wire.hook))
    wire.slack.wait(lambda: wire.slack.hooked)
    assert store.feedback.counts(TEAM) == (1, 0)
    thumbs = {**thumbs, "value": "-|/summary #1"}
    wire.interact(payloads.pressed_in_ephemeral(thumbs, wire.hook))
    wire.slack.wait(lambda: wire.slack.called("views.open"))
    assert store.feedback.counts(TEAM) == (0, 1)  # one opinion of one person on one answer


def test_a_button_of_a_modal_opens_on_top_of_it(wire: Wire) -> None:
    inside = payloads.view("shown")
    wire.interact(payloads.pressed_in_view(payloads.button("fix", "1"), inside))
    wire.slack.wait(lambda: wire.slack.called("views.push"))
    assert not wire.slack.called("views.open")


def test_a_button_of_the_home_opens_a_modal(wire: Wire) -> None:
    home = payloads.view("", kind="home")
    wire.interact(payloads.pressed_in_view(payloads.button("ask", ask("/summary", "#1")), home))
    wire.slack.wait(lambda: wire.slack.called("views.open"))
    assert RENT in str(wire.slack.called("views.open")[0]["view"])


def test_a_button_that_only_opens_an_address_is_acknowledged(wire: Wire) -> None:
    assert wire.interact(payloads.pressed_in_message(payloads.button("xYz1", url="https://x.example"), wire.hook)).status == 200


def test_a_button_of_a_preview(wire: Wire) -> None:
    container = {
        "type": "message_attachment",
        "message_ts": "1700000001.000200",
        "attachment_id": 1,
        "channel_id": CHANNEL,
        "is_ephemeral": False,
        "is_app_unfurl": True,
    }
    body = payloads.pressed_in_message(
        payloads.button("ask", ask("/summary", "#1")), wire.hook, container=container, app_unfurl={"id": 1}, message=None
    )
    wire.interact(body)
    wire.slack.wait(lambda: wire.slack.hooked)
    assert wire.slack.hooked[0][1]["response_type"] == "ephemeral"


@pytest.mark.parametrize(
    "value",
    ["", "{", "[]", "[1,2]", '["/summary"]', '["nonsense","x",0]', '["/summary","#1",-5]', '["/library","list",99999999999999999999]', "null"],
)
def test_a_forged_button_has_one_sentence(wire: Wire, value: str) -> None:
    wire.interact(payloads.pressed_in_ephemeral(payloads.button("more", value), wire.hook))
    wire.slack.wait(lambda: wire.slack.hooked)
    assert "Something went wrong" not in wire.slack.hooked[0][1]["text"]


# --- forms, shortcuts, suggestions ----------------------------------------------------------------------------------------


def text(value: str | None) -> Json:
    return {"value": {"type": "plain_text_input", "value": value}}


def test_a_search_form(wire: Wire) -> None:
    wire.interact(payloads.global_shortcut("search_library"))
    wire.slack.wait(lambda: wire.slack.called("views.open"))
    opened = wire.slack.called("views.open")[0]["view"]
    field = opened["blocks"][0]
    values = {field["block_id"]: {field["element"]["action_id"]: {"type": "plain_text_input", "value": "rents"}}}
    answer = wire.interact(payloads.submitted(payloads.view(opened["callback_id"], values=values, metadata=opened["private_metadata"])))
    assert answer.json["response_action"] == "update"
    assert "On Rent" in str(answer.json["view"])
    strict.check_view(answer.json["view"])
    values = {field["block_id"]: {field["element"]["action_id"]: {"type": "plain_text_input", "value": None}}}
    answer = wire.interact(payloads.submitted(payloads.view(opened["callback_id"], values=values)))
    assert answer.json["response_action"] == "errors"
    assert answer.json["errors"].keys() == {field["block_id"]}


def test_a_form_whose_answer_goes_to_the_channel(wire: Wire, store: Store) -> None:
    metadata = json.dumps({"context": "/summary #1", "url": wire.hook, "channel": CHANNEL})
    form = payloads.view("remark", metadata=metadata, values={"remark": text("a wrong author")})
    answer = wire.interact(payloads.submitted(form))
    assert answer.json == {"response_action": "clear"}
    wire.slack.wait(lambda: wire.slack.hooked)
    assert "kept" in wire.slack.hooked[0][1]["text"]
    assert store.feedback.newest(TEAM, 1)[0].remark == "a wrong author"


@pytest.mark.parametrize("cleared", [False, True])
def test_a_form_that_is_closed(wire: Wire, cleared: bool) -> None:
    assert wire.interact(payloads.closed(payloads.view("add"), cleared=cleared)).status == 200


@pytest.mark.parametrize("metadata", ["", "{", "[]", "null", '"x"', '{"context": 5}', '{"context": "9999"}', '{"url": 7}'])
@pytest.mark.parametrize("callback", ["fix", "remove", "digest_save", "issue", "remark", "forget", "digest", "add", "feed", "unheard of"])
def test_a_forged_form_has_one_sentence(wire: Wire, callback: str, metadata: str) -> None:
    answer = wire.interact(payloads.submitted(payloads.view(callback, metadata=metadata)))
    assert answer.status == 200
    assert "Something went wrong" not in answer.body


def test_suggestions(wire: Wire) -> None:
    for action, value, expected in (("issues", "rent", "Rent control"), ("authors", "venn", "Ada Venn"), ("outlets", "har", "Harbour Post")):
        answer = wire.interact(payloads.typed(action, value, payloads.view("fix")))
        assert expected in [option["text"]["text"] for option in answer.json["options"]]
    for action in ("issues", "authors", "outlets", "unheard of"):
        for value in ("", '"', "*", "a" * 3000, "<!channel>", "%", "\x00", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "OR NOT"):
            answer = wire.interact(payloads.typed(action, value, payloads.view("fix")))
            assert answer.status == 200
            assert len(answer.json["options"]) <= 100


@pytest.mark.parametrize(
    "message",
    [
        {"text": "see <https://tidewater.example/1>"},
        {"text": "see <https://tidewater.example/1|this>, all of you"},
        {"text": "", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "read <https://tidewater.example/1|this>"}}]},
        {"text": "", "blocks": [{"type": "section", "fields": [{"type": "mrkdwn", "text": "<https://tidewater.example/1>"}]}]},
        {"blocks": [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "link", "url": "https://tidewater.example/1"}]}]}]},
        {"blocks": [{"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "x"}, "url": "https://tidewater.example/1"}]}]},
        {"text": None, "attachments": [{"from_url": "https://tidewater.example/1", "fallback": "x"}]},
        {"attachments": [{"title": "x", "title_link": "https://tidewater.example/1"}]},
        {"attachments": [{"text": "it is at <https://tidewater.example/1>", "fallback": "x"}]},
        {"attachments": [{"pretext": "<https://tidewater.example/1|x>"}]},
        {"attachments": [{"fields": [{"title": "x", "value": "<https://tidewater.example/1>"}]}]},
        {"subtype": "bot_message", "bot_id": "B1", "user": None, "text": "<https://tidewater.example/1>"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("callback", ["summarise_message", "save_to_library"])
def test_a_shortcut_finds_the_link_wherever_it_stands(wire: Wire, message: Json, callback: str) -> None:
    assert wire.interact(payloads.message_shortcut(callback, message, wire.hook)).status == 200
    wire.slack.wait(lambda: wire.slack.called("views.open"))
    assert RENT in str(wire.slack.called("views.open")[0]["view"])


def test_a_shortcut_on_a_file(wire: Wire, store: Store) -> None:
    file = {"id": "F1", "name": "piece.txt", "title": "piece", "size": 800, "url_private": f"{wire.slack.url}/file/piece.txt",
            "url_private_download": f"{wire.slack.url}/file/piece.txt"}  # fmt: skip
    wire.interact(payloads.message_shortcut("save_to_library", {"text": "", "files": [file]}, wire.hook))
    wire.slack.wait(lambda: wire.slack.called("file"))
    assert wire.slack.called("file")[0]["token"] == "Bearer xoxb-1"
    wire.settle()
    assert store.readings.claim() is not None


def test_a_shortcut_on_a_message_without_anything_to_read(wire: Wire) -> None:
    wire.interact(payloads.message_shortcut("save_to_library", {"text": "hello"}, wire.hook))
    wire.slack.wait(lambda: wire.slack.called("views.open"))
    assert "neither a link nor a file" in str(wire.slack.called("views.open")[0]["view"])
