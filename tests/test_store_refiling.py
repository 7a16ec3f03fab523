"""Pieces that are here are filed under an issue that is added or renamed later."""

from __future__ import annotations

from bot.language.filing import Filing
from bot.models import Issue, Voice
from store import Store
from tests.written import analysis, article

TEAM, OTHER = "T1", "T2"
TIDE = "The tidal barrage costs too much. Boris Lund says that a tidal barrage silts up. Nobody needs it."


def add(store: Store, team: str, title: str, text: str, issues: tuple[str, ...] = ()) -> int:
    piece = article(title, text, url=f"https://tidewater.example/{title}")
    return store.articles.save(team, piece, analysis(piece, issues)).id


def settle(store: Store) -> int:
    """What the reader does while it rests."""
    filing = Filing(store.articles, store.issues.all)
    steps = 0
    while store.refiling.step(filing.link):
        steps += 1
        assert steps < 1000
    return steps


def filed(store: Store, slug: str, team: str = TEAM) -> list[int]:
    return [piece.id for piece in store.issues.pieces(team, slug).items]


def test_a_new_issue_gathers_the_pieces_and_statements_that_name_it(store: Store) -> None:
    store.issues.load([Issue("ports", "Ports")])
    tide = add(store, TEAM, "Tide", TIDE, ("ports",))
    add(store, TEAM, "Bread", "Bread is dear. The tide of flour is low.")
    add(store, OTHER, "Their tide", TIDE)
    store.issues.save(TEAM, Issue("tides", "Tidal power", ("tidal barrages",), own=True))
    assert filed(store, "tides") == []
    assert store.refiling.waiting() == 1
    settle(store)
    assert store.refiling.waiting() == 0
    assert filed(store, "tides") == [tide]
    assert filed(store, "ports") == [tide]
    own = store.statements.lines(TEAM, issue="tides", voice=Voice.OWN).items
    said = store.statements.lines(TEAM, issue="tides", voice=Voice.ATTRIBUTED).items
    assert [line.text for line in own] == ["The tidal barrage costs too much."]
    assert [line.source for line in said] == ["Boris Lund"]
    assert set(own[0].issues) == {"ports", "tides"}
    assert store.issues.activity(OTHER) == ()
    assert not store.check()


def test_a_renamed_issue_leaves_what_it_no_longer_names(store: Store) -> None:
    tide = add(store, TEAM, "Tide", TIDE)
    bread = add(store, TEAM, "Bread", "The bread price rises. A bread price kills.")
    store.issues.save(TEAM, Issue("mine", "Tidal barrage", own=True))
    settle(store)
    assert filed(store, "mine") == [tide]
    store.issues.save(TEAM, Issue("mine", "Bread prices", own=True))
    settle(store)
    assert filed(store, "mine") == [bread]
    assert {line.piece.id for line in store.statements.lines(TEAM, issue="mine").items} == {bread}


def test_what_people_filed_by_hand_stays(store: Store) -> None:
    tide = add(store, TEAM, "Tide", TIDE)
    store.articles.correct(TEAM, tide, "issues", (), "U1")
    store.issues.save(TEAM, Issue("tides", "Tidal barrage", own=True))
    settle(store)
    assert filed(store, "tides") == []


def test_more_pieces_than_one_step_takes_and_an_issue_that_goes_meanwhile(store: Store) -> None:
    with store.writing():
        for number in range(45):
            letters = " ".join(f"{chr(97 + (number * 7 + k) % 26)}{chr(97 + number % 26)}{chr(97 + number // 26)}olt{k}" for k in range(30))
            add(store, TEAM, f"Tide {number}", f"{TIDE} {letters}.")
    store.issues.save(TEAM, Issue("tides", "Tidal barrage", own=True))
    assert settle(store) == 4  # three with pieces, one that finds no more
    assert store.issues.activity_of(TEAM, "tides").pieces == 45
    store.issues.save(TEAM, Issue("tides", "Tidal barrage", ("barrage at sea",), own=True))
    filing = Filing(store.articles, store.issues.all)
    assert store.refiling.step(filing.link)
    store.issues.remove(TEAM, "tides")
    assert not store.refiling.step(filing.link)
    assert store.issues.activity(TEAM) == ()


def test_names_of_any_letters_are_no_error(store: Store) -> None:
    add(store, TEAM, "Tide", TIDE)
    store.issues.save(TEAM, Issue("odd", "“Odd” AND (name* OR", ("---", "NEAR(a b)", "a:b", '"'), own=True))
    assert settle(store) == 1
