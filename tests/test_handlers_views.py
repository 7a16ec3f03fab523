"""/views on a real library: what is held, and what is plainly not."""

from datetime import date

import pytest

from bot.catalogue import catalogue
from bot.models import StatementKind
from handlers import COMMANDS, blocks
from handlers.answer import Deps, Request, settle
from store import Store
from tests.written import analysis, article

TEAM = "T1"


@pytest.fixture
def full(store: Store) -> Store:
    store.issues.load(catalogue())
    for title, author, kind, text in (
        ("Squeeze Harder", "Ada Venn", StatementKind.RECOMMENDATION, "Europe must tighten the embargo."),
        ("Let Go", "Ola Brandt", StatementKind.RECOMMENDATION, "Europe must lift the embargo."),
        ("A Chronicle", "Ivo Marek", StatementKind.FACT, "The embargo was renewed on Monday."),
    ):
        piece = article(title, text, authors=(author,), published=date(2024, 3, 1), url=f"https://tidewater.example/{len(title)}")
        store.articles.save(TEAM, piece, analysis(piece, ("sanctions",), kind=kind))
    return store


def ask(store: Store, text: str) -> str:
    reply = settle(COMMANDS["/views"], Request(TEAM, "U1", text, "/views"), Deps(store))
    return f"{reply.text}\n{blocks.spoken(reply.blocks)}"


def test_who_only_names_an_issue_is_said_to(full: Store) -> None:
    assert "takes no position on Economic sanctions in the pieces that are here; 1 sentence names it, in #3" in ask(full, "Marek on sanctions")


def test_who_does_not_name_an_issue_is_said_not_to(full: Store) -> None:
    assert "takes no position on China in the pieces that are here, and names it nowhere" in ask(full, "Venn on China")


def test_two_side_by_side_pull_apart_in_their_own_words(full: Store) -> None:
    shown = ask(full, "Venn vs Brandt on sanctions")
    assert "They pull apart in these words:" in shown
    apart = shown.split("They pull apart in these words:")[1]
    assert apart.index("tighten the embargo") < apart.index("lift the embargo")


def test_whoever_wrote_much_is_counted_in_full(full: Store) -> None:
    goods = "amber barley copper diesel ermine flax glass honey indigo jute kelp lead".split()
    for number, ware in enumerate(goods):
        text = f"Whoever trades in {ware} should pay the {ware} toll of {ware} port."
        piece = article(f"On {ware}", text, authors=("Ada Venn",), published=date(2020, 1 + number, 1))
        full.articles.save(TEAM, piece, analysis(piece, ("sanctions",), kind=StatementKind.RECOMMENDATION))
    shown = ask(full, "Venn")
    assert "13 pieces, 1 January 2020 to 1 March 2024; 13 recommendations" in shown
