"""What people say to Entente in Slack, and what they get: over the wire, through the real Bolt app."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.playground import Driver
from store import Store
from tests.slack.running import WAYS, seen, talking


@pytest.fixture(params=WAYS)
def talk(request: pytest.FixtureRequest, store: Store) -> Iterator[Driver]:
    with talking(store, request.param) as driver:
        yield driver


def test_summary_of_a_known_piece(talk: Driver) -> None:
    answer = talk.command("anna", "press-review", "/summary", "on rent")
    assert "Rents must be capped now." in answer.text
    assert "Ada Venn · The Tidewater Review · 1 May 2024" in answer.text
    assert answer.message.ephemeral


def test_views_and_their_share(talk: Driver) -> None:
    answer = talk.command("anna", "press-review", "/views", "Ada Venn")
    assert "Fees should fall by half." in answer.text
    talk.click("anna", answer, "Share to channel", expect=0)
    talk.wait(lambda: any("Shared by" in str(one.blocks) for one in seen(talk, "ben", "press-review")))
    talk.wait(lambda: not any(one.ephemeral for one in seen(talk, "anna", "press-review")))


def test_issue(talk: Driver) -> None:
    answer = talk.command("anna", "press-review", "/issue", "rent caps")
    assert "Rent control" in answer.text
    assert "A cap would punish those who build." in answer.text


def test_a_mention_is_answered_in_its_thread(talk: Driver) -> None:
    answer = talk.mention("anna", "press-review", "what does Venn say about rent control?")
    assert answer.message.thread_ts == answer.sent.ts
    assert "Rents must be capped now." in answer.text
    again = talk.mention("anna", "press-review", "who disagrees?", thread=answer.sent)
    assert "A cap would punish those who build." in again.text
