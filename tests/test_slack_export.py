"""Everything of a workspace as a file in Slack, where the bot may upload; else the command that writes it."""

from __future__ import annotations

import json

from bot.playground import Driver
from store import Store
from tests.slack.running import fill, local_slack, running, said, seen


def test_the_library_comes_as_a_file_to_whoever_asked(store: Store) -> None:
    with local_slack("files:write") as slack:
        team = slack.workspace.team
        fill(store, team)
        fill(store, "T-OTHER")
        store.feedback.add(team, "U1", "/summary #1", False, "a remark for whoever runs it")
        with running(slack, store):
            talk = Driver(slack)
            talk.command("anna", "press-review", "/library", "export", expect=0)
            talk.wait(lambda: any(message.files for message in seen(talk, "anna", "@bot")))
            (file,) = next(message.files for message in seen(talk, "anna", "@bot") if message.files)
            rows = [json.loads(line) for line in file.content.decode().splitlines()]
    assert file.name == "library.jsonl"
    assert [row["title"] for row in rows if row["table"] == "articles"] == ["On Rent", "Against the Cap", "Open the Port"]
    assert {row["team"] for row in rows} == {team}
    assert b"a remark for whoever runs it" not in file.content
    assert b"xoxb" not in file.content


def test_the_home_sends_it_too(store: Store) -> None:
    with local_slack("files:write") as slack:
        fill(store, slack.workspace.team)
        with running(slack, store):
            talk = Driver(slack)
            home = talk.open_home("ben").home
            assert home is not None
            talk.click("ben", home, "Export", expect=0)
            talk.wait(lambda: any(message.files for message in seen(talk, "ben", "@bot")))
            assert not any(message.files for message in seen(talk, "anna", "@bot"))


def test_without_the_scope_the_command_is_named(store: Store) -> None:
    with local_slack() as slack:
        fill(store, slack.workspace.team)
        with running(slack, store):
            talk = Driver(slack)
            talk.command("anna", "press-review", "/library", "export", expect=0)
            talk.wait(lambda: f"entente --team {slack.workspace.team} export" in said(talk, "anna", "press-review"))
            home = talk.open_home("anna").home
            assert home is not None
            talk.click("anna", home, "Export", expect=0)
            talk.wait(lambda: "files:write" in said(talk, "anna", "@bot"))
