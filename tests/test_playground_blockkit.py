"""The local workspace refuses what Slack refuses."""

import copy
from collections.abc import Iterator

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.playground import Driver, LocalSlack
from bot.playground.blockkit import check_message, check_view
from bot.playground.refusal import SlackRefusal
from tests.slack.showcase import form, message, mrkdwn, option, plain


def section(text: str = "x", **more: object) -> dict:
    return {"type": "section", "text": mrkdwn(text)} | more


def button(**more: object) -> dict:
    return {"type": "button", "action_id": "b", "text": plain("x")} | more


def actions(*elements: dict) -> dict:
    return {"type": "actions", "elements": list(elements)}


def test_every_block_that_the_page_draws_passes() -> None:
    blocks = message("U1", "C1")
    before = copy.deepcopy(blocks)
    checked = check_message(blocks)
    assert blocks == before
    assert all(block["block_id"] for block in checked)
    assert check_view(form())["blocks"]


FAULTS = {
    "51 blocks": ([section()] * 51, "no more than 50 items"),
    "a long section": ([section("x" * 3001)], "less than 3001"),
    "an empty section": ([section("")], "more than 0"),
    "a long field": ([{"type": "section", "fields": [mrkdwn("x" * 2001)]}], "less than 2001"),
    "eleven fields": ([{"type": "section", "fields": [mrkdwn("x")] * 11}], "no more than 10"),
    "a long header": ([{"type": "header", "text": plain("x" * 151)}], "less than 151"),
    "a mrkdwn header": ([{"type": "header", "text": mrkdwn("x")}], "must be one of: plain_text"),
    "eleven context elements": ([{"type": "context", "elements": [mrkdwn("x")] * 11}], "no more than 10"),
    "26 buttons": ([actions(*(button(action_id=str(n)) for n in range(26)))], "no more than 25"),
    "a long button": ([actions(button(text=plain("x" * 76)))], "less than 76"),
    "a long value": ([actions(button(value="x" * 2001))], "less than 2001"),
    "a long action_id": ([actions(button(action_id="x" * 256))], "less than 256"),
    "a wrong style": ([actions(button(style="default"))], "primary, danger"),
    "one action_id twice": ([actions(button(), button())], "already exists"),
    "one block_id twice": ([section(block_id="a"), section(block_id="a")], "already exists"),
    "a long block_id": ([section(block_id="a" * 256)], "less than 256"),
    "101 options": (
        [actions({"type": "static_select", "action_id": "s", "placeholder": plain("x"), "options": [option(str(n)) for n in range(101)]})],
        "no more than 100",
    ),
    "no options": ([actions({"type": "static_select", "action_id": "s", "placeholder": plain("x"), "options": []})], "no less than 1"),
    "six overflow options": (
        [section(accessory={"type": "overflow", "action_id": "o", "options": [option(str(n)) for n in range(6)]})],
        "no more than 5",
    ),
    "an unknown key": ([section(colour="red")], "additional property: colour"),
    "an unknown block": ([{"type": "sparkle"}], "unsupported type"),
    "an input where none may stand": ([actions({"type": "plain_text_input", "action_id": "p"})], "unsupported type"),
    "an alert in a message": ([{"type": "alert", "text": plain("x")}], "not allowed in a message"),
    "101 rows": ([{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * 101}], "no more than 100"),
    "21 columns": ([{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 21]}], "no more than 20"),
    "an empty cell": ([{"type": "table", "rows": [[{"type": "raw_text", "text": ""}]]}], "more than 0"),
    "a long markdown": ([{"type": "markdown", "text": "x" * 6001}, {"type": "markdown", "text": "x" * 6000}], "12001"),
    "empty rich text": (
        [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]}]}],
        "more than 0",
    ),
    "a bullet of an unknown sort": (
        [{"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "star", "elements": []}]}],
        "bullet, ordered",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named(name: str) -> None:
    blocks, words = FAULTS[name]
    with pytest.raises(SlackRefusal) as refused:
        check_message(blocks)
    assert refused.value.code == "invalid_blocks"
    assert any(words in fault for fault in refused.value.messages), refused.value.messages


def test_a_message_that_is_too_long_in_all_is_refused() -> None:
    with pytest.raises(SlackRefusal, match="msg_blocks_too_long"):
        check_message([section("x" * 2900)] * 5)
    with pytest.raises(SlackRefusal, match="invalid_attachments"):
        check_message([{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}] * 2)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": plain("x" * 25)}, "less than 25"),
        ({"private_metadata": "x" * 3001}, "less than 3001"),
        ({"callback_id": "x" * 256}, "less than 256"),
        ({"submit": None}, "missing required field: submit"),
        ({"colour": "red"}, "additional property"),
    ],
)
def test_a_fault_in_a_view_is_named(change: dict, words: str) -> None:
    with pytest.raises(SlackRefusal) as refused:
        check_view(form() | change)
    assert any(words in fault for fault in refused.value.messages)


@pytest.fixture(scope="module")
def driver() -> Iterator[Driver]:
    with LocalSlack() as slack:
        yield Driver(slack)


@pytest.fixture
def client(driver: Driver) -> WebClient:
    return WebClient(token=driver.slack.bot_token, base_url=driver.slack.api_url)


def refusal(call, **arguments) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(**arguments)
    return refused.value.response["error"]


def test_posting_where_one_may_not(driver: Driver, client: WebClient) -> None:
    assert refusal(client.chat_postMessage, channel="random", text="x") == "not_in_channel"
    assert refusal(client.chat_postMessage, channel="C0", text="x") == "channel_not_found"
    assert refusal(client.api_call, api_method="chat.postMessage", json={"channel": "general", "text": ""}) == "no_text"
    driver.archive("energy-desk")
    assert refusal(client.chat_postMessage, channel="energy-desk", text="x") == "is_archived"
    driver.archive("energy-desk", archived=False)
    driver.remove_bot("energy-desk")
    assert refusal(client.chat_postMessage, channel="energy-desk", text="x") == "not_in_channel"
    client.conversations_join(channel=driver.channel("energy-desk").id)
    assert client.chat_postMessage(channel="energy-desk", text="x" * 40_001)["message"]["text"] == "x" * 40_000


def test_history_knows_metadata_on_request_and_no_ephemeral_message(driver: Driver, client: WebClient) -> None:
    metadata = {"event_type": "entente_digest", "event_payload": {"key": "7"}}
    channel = driver.channel("general").id
    posted = client.chat_postMessage(channel=channel, text="digest", metadata=metadata)
    client.chat_postEphemeral(channel=channel, user=driver.person("anna").id, text="secret")
    client.chat_postMessage(channel=channel, text="detail", thread_ts=posted["ts"])
    plain_history = client.conversations_history(channel=channel)["messages"]
    assert [one["text"] for one in plain_history] == ["digest"]
    assert "metadata" not in plain_history[0]
    assert client.conversations_history(channel=channel, include_all_metadata=True)["messages"][0]["metadata"] == metadata
    assert [one["text"] for one in client.conversations_replies(channel=channel, ts=posted["ts"])["messages"]] == ["digest", "detail"]
    client.chat_update(channel=channel, ts=posted["ts"], text="changed")
    assert driver.workspace.message(channel, posted["ts"]).edited
    client.chat_delete(channel=channel, ts=posted["ts"])
    assert refusal(client.chat_update, channel=channel, ts=posted["ts"], text="x") == "message_not_found"
    assert refusal(client.chat_postMessage, channel=channel, text="x", metadata={"event_type": 7}) == "invalid_metadata_format"


def test_people_with_time_zone_and_locale(driver: Driver, client: WebClient) -> None:
    user = client.users_info(user=driver.person("chloe").id, include_locale=True)["user"]
    assert (user["tz"], user["tz_offset"], user["locale"]) == ("Asia/Tokyo", 9 * 3600, "en-GB")
    assert "locale" not in client.users_info(user=user["id"])["user"]
    assert refusal(client.users_info, user="U0") == "user_not_found"
    first = client.users_list(limit=2)
    second = client.users_list(limit=2, cursor=first["response_metadata"]["next_cursor"])
    assert {one["name"] for one in [*first["members"], *second["members"]]} == {"entente", "anna", "ben", "chloe"}


def test_uploads_in_two_steps(driver: Driver, client: WebClient) -> None:
    channel = driver.channel("general").id
    client.files_upload_v2(channel=channel, filename="export.csv", content="a,b\n", initial_comment="Your export")
    posted = driver.messages("ben", "general")[-1]
    assert (posted.text, posted.files[0].content) == ("Your export", b"a,b\n")
    assert client.files_info(file=posted.files[0].id)["file"]["size"] == 4


def test_views_by_trigger_hash_and_stack(driver: Driver, client: WebClient) -> None:
    now = [1000.0]
    driver.platform.vouchers.clock = lambda: now[0]
    anna = driver.person("anna").id
    give = lambda: driver.platform.vouchers.trigger(driver.workspace.team, anna)  # noqa: E731
    assert refusal(client.views_open, trigger_id="1.2.3", view=form()) == "invalid_trigger_id"
    late = give()
    now[0] += driver.platform.vouchers.trigger_seconds + 0.1
    assert refusal(client.views_open, trigger_id=late, view=form()) == "expired_trigger_id"
    used = give()
    view = client.views_open(trigger_id=used, view=form())["view"]
    assert refusal(client.views_open, trigger_id=used, view=form()) == "exchanged_trigger_id"
    updated = client.views_update(view_id=view["id"], hash=view["hash"], view=form())["view"]
    assert refusal(client.views_update, view_id=view["id"], hash=view["hash"], view=form()) == "hash_conflict"
    assert updated["state"]["values"]["often"]["often"]["selected_option"]["value"] == "weekly"
    client.views_push(trigger_id=give(), view=form())
    client.views_push(trigger_id=give(), view=form())
    assert refusal(client.views_push, trigger_id=give(), view=form()) == "push_limit_reached"


def test_a_response_url_serves_five_times_in_half_an_hour(driver: Driver) -> None:
    from slack_sdk.webhook import WebhookClient

    now = [5000.0]
    driver.platform.vouchers.clock = lambda: now[0]
    channel, anna = driver.channel("random").id, driver.person("anna").id
    give = lambda: WebhookClient(driver.platform.vouchers.response_url(driver.workspace.team, channel, anna))  # noqa: E731
    hook = give()
    statuses = [hook.send(text=str(number)).status_code for number in range(6)]
    assert statuses == [200] * 5 + [404]
    assert [one.text for one in driver.messages("anna", "random")] == list("01234")
    assert driver.messages("ben", "random") == []
    late = give()
    now[0] += 30 * 60 + 1
    assert late.send(text="late").status_code == 404


def test_the_assistants_words_are_bounded(driver: Driver, client: WebClient) -> None:
    channel = driver.channel("@bot", "anna").id
    prompts = [{"title": str(number), "message": "x"} for number in range(5)]
    arguments = {"channel_id": channel, "thread_ts": "1.2"}
    assert client.assistant_threads_setSuggestedPrompts(**arguments, prompts=prompts[:4])["ok"]
    assert refusal(client.assistant_threads_setSuggestedPrompts, **arguments, prompts=prompts) == "invalid_arguments"
    client.assistant_threads_setStatus(**arguments, status="is reading…")
    assert driver.workspace.assistants[(channel, "1.2")]["status"] == "is reading…"
