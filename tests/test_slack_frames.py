"""Socket Mode's frames as Slack's reference shows them: greetings, envelopes, acknowledgements, farewells."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.errors import SettingsError
from bot.settings import Settings
from handlers.slack.serving import listen_socket
from store import Store
from tests.slack import payloads
from tests.slack.reference import BOT_USER, TEAM, Json, Reference
from tests.slack.running import fill
from tests.slack.wire import entente_before, over_socket

pytestmark = pytest.mark.usefixtures("untroubled")

RENT = "Rents must be capped now."


@pytest.fixture
def slack(store: Store) -> Iterator[Reference]:
    fill(store, TEAM)
    with over_socket(store) as opened:
        yield opened


def told(slack: Reference, kind: str, payload: Json, **about: object) -> Json | None:
    """The acknowledgement's payload."""
    envelope = payloads.envelope(kind, payload, **about)
    slack.send(envelope)
    slack.wait(lambda: envelope["envelope_id"] in slack.acknowledged)
    return slack.acknowledged[envelope["envelope_id"]]


def test_a_command_is_answered_in_its_acknowledgement(slack: Reference) -> None:
    # over a socket the fields are JSON, and what is a word over HTTP is a truth value here
    answer = told(slack, "slash_commands", payloads.command("/summary", "#1", is_enterprise_install=False))
    assert answer is not None
    assert answer["response_type"] == "ephemeral"
    assert RENT in str(answer["blocks"])


def test_buttons_forms_and_suggestions(slack: Reference) -> None:
    hook = f"{slack.url}/hook/pressed"
    assert not told(slack, "interactive", payloads.pressed_in_ephemeral(payloads.button("more", '["/library","list",0]'), hook))
    slack.wait(lambda: slack.hooked)
    answer = told(slack, "interactive", payloads.typed("issues", "rent", payloads.view("fix")))
    assert answer is not None
    assert answer["options"][0]["text"]["text"] == "Rent control"
    answer = told(slack, "interactive", payloads.submitted(payloads.view("search")))
    assert answer is not None
    assert answer["response_action"] == "errors"
    assert not told(slack, "interactive", payloads.closed(payloads.view("search")))


@pytest.mark.parametrize("attempt", [0, 1, 3])
def test_an_event_that_is_sent_again_has_one_effect(slack: Reference, attempt: int) -> None:
    body = payloads.event(payloads.mention(f"<@{BOT_USER}> who writes about rent control?"))
    for number in range(attempt + 1):
        assert not told(slack, "events_api", body, retry_attempt=number, retry_reason="timeout" if number else "")
    slack.wait(lambda: slack.called("chat.postMessage"))
    assert len(slack.called("chat.postMessage")) == 1


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "link_disabled"])
def test_a_farewell_is_followed_by_a_new_connection(slack: Reference, reason: str) -> None:
    first = slack.sockets[-1]
    slack.send({"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-7fc4fdbb64-4x5xq"}})
    slack.wait(lambda: len(slack.sockets) == 2)
    if reason != "warning":
        slack.hang_up(first)
    answer = told(slack, "slash_commands", payloads.command("/summary", "#1"))
    assert RENT in str(answer)


def test_a_connection_that_breaks_is_made_again(slack: Reference) -> None:
    slack.hang_up(slack.sockets[-1])
    slack.wait(lambda: len(slack.sockets) == 2)
    assert RENT in str(told(slack, "slash_commands", payloads.command("/summary", "#1")))


def test_frames_of_another_kind_are_let_pass(slack: Reference) -> None:
    for frame in ({"type": "hello", "num_connections": 1}, {"type": "ping"}, {}, {"envelope_id": "x", "type": "next_year", "payload": {}}):
        slack.send(frame)
    assert RENT in str(told(slack, "slash_commands", payloads.command("/summary", "#1")))


def test_a_proxy_of_the_machine_is_not_asked_for_what_is_near(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    fill(store, TEAM)
    with over_socket(store) as slack:
        assert RENT in str(told(slack, "slash_commands", payloads.command("/summary", "#1")))
        told(slack, "interactive", payloads.pressed_in_ephemeral(payloads.button("more", '["/library","list",0]'), f"{slack.url}/hook/pressed"))
        slack.wait(lambda: slack.hooked)
        file = {"id": "F1", "name": "piece.txt", "size": 9, "url_private": f"{slack.url}/file/piece.txt"}
        told(slack, "events_api", payloads.event(payloads.direct("", subtype="file_share", files=[file])))
        slack.wait(lambda: slack.called("file"))


def test_a_start_without_a_connection_says_so(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    with Reference() as slack, entente_before(slack, store) as entente:
        for about, expected in (({"error": "invalid_auth"}, "SLACK_APP_TOKEN"), ({"reset": True}, "cannot be reached")):
            slack.fail("apps.connections.open", **about, times=9)
            with pytest.raises(SettingsError, match=expected):
                listen_socket(entente.app, Settings.from_env(slack.environment))
    caplog.clear()  # Bolt says it, too
