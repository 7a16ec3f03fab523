"""/library people: who is who, said by hand."""

from __future__ import annotations

import pytest

from bot.models import Issue
from handlers import COMMANDS, blocks
from handlers.answer import Deps, Request, settle
from store import Store
from tests.slack.running import add

TEAM = "T1"


@pytest.fixture
def two(store: Store) -> Store:
    store.issues.load([Issue("ports", "Port fees")])
    for number, (title, author) in enumerate((("One", "Vera Sibirskaya"), ("Two", "Tilda Moor"), ("Three", "V. O. Sibirskaya")), 1):
        text = f"Quays must be widened. Pier {'abc'[number - 1] * 9} will follow the {'cheap dear old'.split()[number - 1]} tide."
        add(store, TEAM, title, text, author=author, outlet="Harbour Post", issue="ports", url=f"https://tidewater.example/{number}")
    return store


def ask(store: Store, text: str, command: str = "/library") -> str:
    reply = settle(COMMANDS[command], Request(TEAM, "U1", text, command), Deps(store))
    return f"{reply.text}\n{blocks.spoken(reply.blocks)}"


def test_two_become_one_and_two_again(two: Store) -> None:
    assert "Tilda Moor and Vera Sibirskaya are one person" in ask(two, "people Tilda Moor is Vera Sibirskaya")
    assert ask(two, "Tilda Moor", "/views").startswith("Vera Sibirskaya: 3 pieces")
    assert "one person here already" in ask(two, "people tilda moor is Sibirskaya")
    assert "Tilda Moor" in ask(two, "people")
    assert "“Tilda Moor” is somebody else from now on" in ask(two, "people Tilda Moor is not Vera Sibirskaya")
    assert ask(two, "Tilda Moor", "/views").startswith("Tilda Moor: 1 piece")


def test_a_name_in_one_piece_is_somebody_else(two: Store) -> None:
    assert "in #3 is somebody else" in ask(two, "people V. O. Sibirskaya is not Vera Sibirskaya in #3")
    assert ask(two, "Vera Sibirskaya", "/views").startswith("Vera Sibirskaya: 1 piece")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("people Tilda", "Type for example: /library people V. Frolov is Vladimir Frolov"),
        ("people Nobody Atall is Tilda Moor", "Nobody called “Nobody Atall”"),
        ("people Tilda Moor is Nobody Atall", "Nobody called “Nobody Atall”"),
        ("people Ola is not Tilda Moor", "Tilda Moor does not go by “Ola” here; known names: “Tilda Moor”."),
        ("people Tilda Moor is not Tilda Moor", "goes by no other name here"),
        ("people Tilda Moor is not Tilda Moor in #99", "There is no piece #99"),
        ("people Tilda Moor is Vera Sibirskaya in #2", "/library fix #12"),
        ("people", "2 authors"),
    ],
)
def test_what_cannot_be_done_says_what_can(two: Store, typed: str, expected: str) -> None:
    assert expected in ask(two, typed)
    assert "2 authors" in ask(two, "people")


def test_an_empty_library(store: Store) -> None:
    assert "has no author yet" in ask(store, "people")
