"""The dialogue in the terminal, against a real Bolt app."""

import io
from collections.abc import Iterator

import pytest
from rich.console import Console
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.playground import LocalSlack
from bot.playground.terminal import Dialogue
from tests.slack import showcase_app


class Desk:
    """A person who types the given lines; `said` is everything on the screen so far."""

    def __init__(self, slack: LocalSlack) -> None:
        self.screen = io.StringIO()
        self.lines: list[str] = []
        self.dialogue = Dialogue(slack, Console(file=self.screen, width=100), self.ask)

    def ask(self, prompt: str) -> str:
        self.screen.write(prompt)
        if not self.lines:
            raise EOFError
        return self.lines.pop(0)

    def type(self, *lines: str) -> str:
        before = len(self.screen.getvalue())
        self.lines += lines
        self.dialogue.run()
        return self.screen.getvalue()[before:]


@pytest.fixture(scope="module")
def world() -> Iterator[tuple[LocalSlack, object]]:
    with LocalSlack(showcase_app.MANIFEST) as slack:
        app = showcase_app.build(slack)
        with slack.connected(SocketModeHandler(app, slack.app_token)):
            yield slack, app


@pytest.fixture
def desk(world) -> Desk:
    return Desk(world[0])


def test_a_command_a_button_and_the_shared_answer(desk: Desk) -> None:
    said = desk.type("/echo *rent* & more")
    assert "only visible to you" in said
    assert "rent & more" in said
    assert " 1  Share" in said
    assert "shared" in desk.type("1")
    assert "There is no such number." in desk.type("99")


def test_every_block_is_laid_out(desk: Desk, world) -> None:
    said = desk.type("/blocks")
    for words in (
        "The price of a quiet border",
        "1.  Patrols cost",
        "│ “No treaty survives",
        "Irena Halvorsen",
        "[A map of the border]",
        "Useful",
        "<!channel> dead",
    ):
        assert words in said, words
    number = said.split("On tides")[0].rsplit("  ", 2)[-2].split()[-1]
    desk.type(number)
    assert world[1].actions[-1]["selected_option"]["text"]["text"] == "On tides"


def test_a_mention_and_a_follow_up(desk: Desk) -> None:
    assert "you said @Entente who?" in desk.type("@entente who?")
    assert "you said @Entente since when?" in desk.type("> since when?")
    alone = desk.type("only talking to myself")
    assert "you said" not in alone
    assert "where nobody answers" in alone
    thread = desk.dialogue.thread
    desk.type("> and until when?")
    assert desk.dialogue.thread == thread


def test_a_form_is_filled_in_line_by_line(desk: Desk, world) -> None:
    said = desk.type(
        "/everything", "ab", "First.", "Second.", ".", "", "", "", "Monday", "rent, grids", "", "", "general", "", "", "", "", "", "On tides"
    )
    assert "Please enter at least 3 characters." in said
    values = {action: value for block in world[1].forms[-1].values() for action, value in block.items()}
    assert values["title"]["value"] == "On tides"
    assert values["text"]["value"] == "First.\nSecond."
    assert values["day"]["selected_option"]["value"] == "monday"
    assert [one["value"] for one in values["issues"]["selected_options"]] == ["rent", "grids"]
    desk.type("/everything", ":cancel")
    assert desk.dialogue.driver.view("anna") is None
    assert desk.type("/everything", "the input ends here").rstrip().endswith(":")
    desk.dialogue.driver.close("anna", desk.dialogue.driver.view("anna"))


def test_places_people_home_files_and_mistakes(desk: Desk, tmp_path) -> None:
    piece = tmp_path / "piece.txt"
    piece.write_text("Rent.")
    assert "Nothing yet" in desk.type(":home")
    assert "ben in #general>" in desk.type(":as ben", ":in general")
    assert "user not found" in desk.type(":as nobody")
    assert "none of the words" in desk.type(":fly")
    assert "There is no such command; there are /echo, " in desk.type("/fly")
    assert "The shortcuts are: Save to library" in desk.type(":shortcut fly")
    assert "saving" in desk.type("hello all", ":shortcut save to library")
    assert desk.type(":quit", "never read").count(">") < 4
