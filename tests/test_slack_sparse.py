"""A workspace that grants or knows less than we ask for: what is optional goes missing, the answers do not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.playground import Driver
from bot.playground.methods import METHODS
from store import Store
from tests.slack.running import fill, local_slack, running, said

#: without these there is no bot; every other method may be refused
NEEDED = {"auth.test", "chat.postMessage", "chat.postEphemeral", "chat.update", "views.open"}


@pytest.fixture
def sparse(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Driver]:
    with local_slack() as slack:
        for name in METHODS.keys() - NEEDED:
            monkeypatch.delitem(METHODS, name)  # type: ignore[arg-type]
        fill(store, slack.workspace.team)
        with running(slack, store):
            yield Driver(slack)


def test_commands_answer(sparse: Driver) -> None:
    for command, typed, expected in (
        ("/summary", "on rent", "Rents must be capped now."),
        ("/views", "Ada Venn", "Fees should fall by half."),
        ("/issue", "rent caps", "A cap would punish those who build."),
        ("/library", "search houses", "Against the Cap"),
        ("/digest", "preview", "Rent control"),
    ):
        answer = sparse.command("anna", "press-review", command, typed)
        assert expected in answer.text


def test_forms_open(sparse: Driver) -> None:
    for command, typed in (("/digest", "subscribe"), ("/library", "add")):
        sparse.command("anna", "press-review", command, typed)
        sparse.wait(lambda: sparse.view("anna") is not None)


def test_a_mention_a_share_and_a_subscription(sparse: Driver, store: Store) -> None:
    asked = sparse.mention("anna", "press-review", "what does Venn say about ports?")
    assert "Fees should fall by half." in asked.text
    answer = sparse.command("anna", "press-review", "/summary", "on rent")
    sparse.click("anna", answer, "Share to channel", expect=0)
    sparse.wait(lambda: "Shared by" in said(sparse, "ben", "press-review"))
    sparse.command("anna", "press-review", "/digest", "subscribe")
    sparse.wait(lambda: sparse.view("anna") is not None)
    form = sparse.view("anna")
    assert form is not None
    preview = sparse.submit("anna", form)
    sparse.submit("anna", preview, expect=0)
    team = sparse.workspace.team
    sparse.wait(lambda: len(store.subscriptions.all(team)) == 1)


def test_home_and_files_cost_nothing_when_refused(sparse: Driver) -> None:
    sparse.open_home("anna", expect=0)
    sparse.upload("anna", "press-review", "piece.txt", b"Rents must be capped. " * 30, expect=0)
    assert "Against the Cap" in sparse.command("anna", "press-review", "/summary", "against the cap").text
