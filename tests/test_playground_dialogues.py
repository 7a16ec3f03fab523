"""A real Bolt app against the local workspace, over Socket Mode and over signed HTTP."""

import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.playground import Driver, Failure, LocalSlack, parse_manifest
from tests.slack.bolt_app import over_http, over_socket_mode


@pytest.fixture(params=["socket mode", "signed http"])
def talk(request: pytest.FixtureRequest) -> Iterator[tuple[Driver, App]]:
    with LocalSlack(time_factor=0.0001) as slack, (over_socket_mode if request.param == "socket mode" else over_http)(slack) as app:
        yield Driver(slack), app


@pytest.fixture
def socket_mode() -> Iterator[tuple[Driver, App]]:
    with LocalSlack(time_factor=0.0001) as slack, over_socket_mode(slack) as app:
        yield Driver(slack), app


def test_the_server_listens_on_this_machine_only() -> None:
    with LocalSlack() as slack:
        assert slack.api_url.startswith("http://127.0.0.1:")


def test_a_command_is_answered_for_one_person_only(talk) -> None:
    driver, _ = talk
    answer = driver.command("anna", "general", "/echo", "<!channel> & *rent*")
    assert "<!channel> & rent" in answer.text
    assert answer.message.ephemeral
    assert not any(one.ts == answer.message.ts for one in driver.messages("ben", "general"))
    assert answer.deliveries[0].payload["text"] == "&lt;!channel&gt; &amp; *rent*"


def test_a_progress_message_is_edited_in_place(talk) -> None:
    driver, _ = talk
    answer = driver.command("anna", "general", "/slow")
    driver.wait(lambda: [one.text for one in driver.workspace.seen_by(driver.person("anna").id, answer.message.channel)] == ["done"])


def test_share_deletes_the_private_answer_and_posts(talk) -> None:
    driver, app = talk
    answer = driver.command("anna", "general", "/echo", "x")
    driver.click("anna", answer, "Share")
    driver.wait(lambda: [one.text for one in driver.workspace.seen_by(driver.person("anna").id, answer.message.channel)] == ["shared"])
    assert app.seen == [(False, True, "7")]
    assert [one.text for one in driver.messages("ben", "general")] == ["shared"]


def test_a_form_with_slacks_checks_and_the_apps(talk) -> None:
    driver, _ = talk
    form = driver.command("anna", "general", "/form")
    assert driver.suggest("anna", form, "issues", "rent")[0]["text"]["text"] == "rent policy"
    empty = driver.submit("anna", form)
    assert empty.view.errors == {"title": "Please complete this required field."}
    assert not empty.deliveries
    assert driver.submit("anna", form, {"Title": "wrong"}).view.errors == {"title": "No such piece"}
    pushed = driver.submit("anna", form, {"Title": "push"})
    assert pushed.view.content["title"]["text"] == "Second"
    assert pushed.view.previous == form.view.id
    changed = driver.submit("anna", pushed, {"Title": "update"})
    assert changed.view.content["title"]["text"] == "Changed"
    saved = driver.submit("anna", changed, {"Title": "rent"}, expect=2)
    assert saved.message.text == "saved rent"
    assert saved.view.id == form.view.id
    assert driver.submit("anna", form, {"Title": "clear"}).view is None


def test_closing_a_form_is_told(talk) -> None:
    driver, app = talk
    form = driver.command("anna", "general", "/form")
    driver.close("anna", form, all_views=True)
    assert app.seen == [("closed", True)]
    assert driver.view("anna") is None


def test_a_mention_is_answered_in_its_thread(talk) -> None:
    driver, _ = talk
    first = driver.mention("anna", "general", "who? https://a.example/x.")
    assert first.message.text == f"you said <@{driver.workspace.bot.id}> who? <https://a.example/x>."
    assert first.message.thread_ts == first.sent.ts
    again = driver.mention("ben", "general", "and then?", thread=first.message)
    assert again.message.thread_ts == first.sent.ts


def test_home_shortcuts_and_files(talk) -> None:
    driver, app = talk
    assert driver.open_home("anna").home.blocks[0]["text"]["text"] == "Nothing yet"
    assert driver.shortcut("anna", "save").view.content["title"]["text"] == "From a shortcut"
    said = driver.say("ben", "general", "read this", expect=0).sent
    saving = driver.message_shortcut("anna", said, "save")
    assert saving.message.text == "saving read this"
    assert saving.message.only_for == driver.person("anna").id
    driver.upload("anna", "@bot", "piece.txt", b"Rent.", expect=0)
    assert ("im", "file_share") in app.seen
    assert "piece.txt" in app.seen
    driver.wait(lambda: "file_shared" in app.seen)


def test_an_upload_can_be_read_back_by_the_bot_only(socket_mode) -> None:
    driver, _ = socket_mode
    url = driver.upload("anna", "general", "piece.txt", b"Rent.", expect=0).sent.files[0].url_private
    with pytest.raises(urllib.error.HTTPError) as refused:
        read(url, Host="example.org")
    refused.value.close()
    assert refused.value.code == 421
    assert b"Sign in" in read(url)
    assert read(url, Authorization=f"Bearer {driver.slack.bot_token}") == b"Rent."


def read(url: str, **headers: str) -> bytes:
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
        return answer.read()


def test_another_origin_is_refused(socket_mode) -> None:
    driver, _ = socket_mode
    with pytest.raises(urllib.error.HTTPError) as refused:
        read(driver.slack.api_url + "api.test", Origin="https://evil.example")
    refused.value.close()
    assert refused.value.code == 403


def test_an_event_is_repeated_until_acknowledged(talk) -> None:
    driver, _ = talk
    driver.drills.lost_acks = 2
    answer = driver.mention("anna", "general", "hello", expect=3)
    assert [attempt.outcome == "ok" for attempt in answer.deliveries[0].attempts] == [False, False, True]
    assert len({one["event_id"] for one in [answer.deliveries[0].payload]}) == 1


def test_http_retries_carry_slacks_headers() -> None:
    with LocalSlack(time_factor=0.0001) as slack, over_http(slack) as app:
        driver = Driver(slack)
        driver.drills.lost_acks = 1
        driver.mention("anna", "general", "hello", expect=2)
        assert app.retries == [None, "1"]


def test_a_delivery_can_come_twice(socket_mode) -> None:
    driver, _ = socket_mode
    driver.drills.twice = 1
    assert len(driver.mention("anna", "general", "hello", expect=2).messages) == 2


def test_a_dropped_answer_leaves_the_post(socket_mode) -> None:
    driver, _ = socket_mode
    driver.drop_answer()
    client = WebClient(token=driver.slack.bot_token, base_url=driver.slack.api_url, retry_handlers=[])
    with pytest.raises(OSError):  # noqa: PT011 - http.client.RemoteDisconnected is one
        client.chat_postMessage(channel=driver.channel("general").id, text="once")
    assert [one.text for one in driver.messages("ben", "general")] == ["once"]


def test_rate_limits_and_outages_are_answered_as_slack_does(socket_mode) -> None:
    driver, _ = socket_mode
    client = WebClient(token=driver.slack.bot_token, base_url=driver.slack.api_url, retry_handlers=[])
    driver.drills.fail(Failure("ratelimited", "chat.postMessage", retry_after=7))
    with pytest.raises(SlackApiError) as limited:
        client.chat_postMessage(channel="general", text="x")
    assert (limited.value.response.status_code, limited.value.response.headers["Retry-After"]) == (429, "7")
    driver.drills.fail(Failure("error", "chat.postMessage", error="fatal_error"))
    with pytest.raises(SlackApiError, match="fatal_error"):
        client.chat_postMessage(channel="general", text="x")
    assert client.chat_postMessage(channel="general", text="x")["ok"]


def test_the_app_comes_back_after_a_disconnect(socket_mode) -> None:
    driver, _ = socket_mode
    driver.disconnect()
    driver.wait(lambda: driver.platform.sockets.connections > 0)
    assert "hello" in driver.command("anna", "general", "/echo", "hello").text


def test_a_command_that_nobody_acknowledges_fails_visibly(socket_mode) -> None:
    driver, _ = socket_mode
    driver.platform.courier.ack_seconds = 0.5
    answer = driver.command("anna", "general", "/unheard")
    assert answer.text == "/unheard failed with the error “operation_timeout”"


def test_uninstalling_tells_and_ends_the_token(socket_mode) -> None:
    driver, app = socket_mode
    driver.uninstall()
    driver.wait(lambda: {"app_uninstalled", "tokens_revoked"} <= set(app.seen))
    client = WebClient(token=driver.slack.bot_token, base_url=driver.slack.api_url)
    with pytest.raises(SlackApiError, match="account_inactive"):
        client.auth_test()


def test_two_workspaces_see_only_their_own() -> None:
    slack = LocalSlack()
    second = slack.add_workspace("Second")
    with slack:
        client = WebClient(token=second.bot_token, base_url=slack.api_url)
        client.chat_postMessage(channel="general", text="for the second")
        assert [one.text for one in Driver(slack, second).messages("anna", "general")] == ["for the second"]
        assert Driver(slack).messages("anna", "general") == []
        with pytest.raises(SlackApiError, match="channel_not_found"):
            client.conversations_info(channel=Driver(slack).channel("general").id)


def test_the_manifest_decides_commands_events_and_scopes() -> None:
    manifest = parse_manifest(
        {
            "features": {"slash_commands": [{"command": "/echo", "description": "x"}], "unfurl_domains": ["a.example"]},
            "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "links:write"]}},
            "settings": {"event_subscriptions": {"bot_events": ["link_shared"]}},
        }
    )
    with LocalSlack(manifest) as slack, over_socket_mode(slack):
        driver = Driver(slack)
        assert driver.mention("anna", "general", "silence", expect=0).deliveries == ()
        previewed = driver.say("anna", "general", "see https://www.a.example/x and https://b.example", expect=0).sent
        driver.wait(lambda: bool(driver.workspace.message(previewed.channel, previewed.ts).attachments))
        with pytest.raises(SlackApiError, match="missing_scope"):
            WebClient(token=slack.bot_token, base_url=slack.api_url).users_info(user=driver.person("anna").id)
        with pytest.raises(Exception, match="unknown_command"):
            driver.command("anna", "general", "/other")


def test_an_app_hears_of_its_own_edits_in_a_direct_message(socket_mode) -> None:
    driver, app = socket_mode
    client = WebClient(token=driver.slack.bot_token, base_url=driver.slack.api_url)
    posted = client.chat_postMessage(channel=driver.person("anna").id, text="reading")
    client.chat_update(channel=posted["channel"], ts=posted["ts"], text="read")
    client.chat_delete(channel=posted["channel"], ts=posted["ts"])
    driver.wait(lambda: len(driver.platform.courier.deliveries) == 3)
    sent = [one.payload["event"].get("subtype") for one in driver.platform.courier.deliveries]
    assert sent == [None, "message_changed", "message_deleted"]
    assert app.seen == []  # Bolt knows that they are the app's own
