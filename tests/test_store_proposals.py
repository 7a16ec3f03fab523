"""Emerging issues: what recurs in recent pieces and is in no issue, proposed and never added by itself."""

from __future__ import annotations

from datetime import date

import pytest

from bot.catalogue import catalogue
from bot.models import Issue, Name, NameType, Span
from handlers import ACTIONS, COMMANDS, FORMS, blocks
from handlers.answer import Deps, Request, settle
from store import Store
from tests.newsroom import unlike
from tests.written import analysis, article

TEAM = "T1"


def add(store: Store, number: int, text: str, author: str, named: str = "", type: NameType = NameType.ORG) -> int:
    piece = article(
        f"Piece {number}", f"{text} {unlike(number)}.", authors=(author,), url=f"https://tidewater.example/{number}", published=date(2025, 1, 2)
    )
    found = analysis(piece)
    if named:
        spans = tuple(Span(0, at, at + len(named)) for at in range(len(piece.paragraphs[0].text)) if piece.paragraphs[0].text.startswith(named, at))
        found = analysis(piece).__class__(**{f: getattr(found, f) for f in found.__slots__} | {"names": (Name(0, named, type, spans),)})
    return store.articles.save(TEAM, piece, found).id


TIDE = "The tidal barrage costs too much. A tidal barrage silts up."
KELP = "Kelp Compact signed. The Kelp Compact is weak."


@pytest.fixture
def full(store: Store) -> Store:
    store.issues.load(catalogue())
    for number, author in enumerate(("Ada Venn", "Ola Brandt", "Ada Venn")):
        add(store, number, TIDE, author)
        add(store, number + 10, KELP, author, "Kelp Compact", NameType.LAW)
    return store


def phrases(store: Store) -> list[str]:
    return [one.phrase for one in store.proposals.all(TEAM)]


def test_what_recurs_is_proposed_with_where_it_stands(full: Store) -> None:
    found = {one.phrase: one for one in full.proposals.all(TEAM)}
    assert set(found) == {"tidal barrage", "Kelp Compact"}
    tide = found["tidal barrage"]
    assert (tide.pieces, tide.authors, tide.examples) == (3, 2, (5, 3, 1))
    assert full.proposals.all("T2") == ()
    assert full.issues.find(TEAM, "tidal barrage") is None


def test_one_author_two_pieces_or_a_passing_word_are_not_enough(store: Store) -> None:
    for number in range(3):
        add(store, number, "The salt levy bites. Another salt levy came.", "Ada Venn")
        add(store, number + 10, "The glass quay was passed once.", ("Ada Venn", "Ola Brandt", "Ivo Marek")[number])
        add(store, number + 20, "Boris Lund spoke. Boris Lund left.", ("Ada Venn", "Ola Brandt", "Ivo Marek")[number], "Boris Lund", NameType.PERSON)
    for number, author in enumerate(("Ada Venn", "Ola Brandt")):
        add(store, number + 30, "The peat fund grows. That peat fund lends.", author)
    assert phrases(store) == []


def test_what_an_issue_is_called_is_not_proposed(full: Store) -> None:
    full.issues.save(TEAM, Issue("tides", "Power of the tides", ("tidal barrages",)))
    assert phrases(full) == ["Kelp Compact"]
    for number, author in enumerate(("Ada Venn", "Ola Brandt", "Ada Venn")):
        add(full, number + 20, "The economic sanctions hurt; more economic sanctions follow.", author)
    assert phrases(full) == ["Kelp Compact"]


def test_a_proposal_is_added_or_dismissed_by_a_person(full: Store) -> None:
    deps = Deps(full)
    shown = blocks.spoken(settle(COMMANDS["/library"], Request(TEAM, "U1", "issues", "/library"), deps).blocks)
    assert "tidal barrage — in 3 recent pieces by 2 authors" in shown.replace("*", "")
    form = settle(ACTIONS["proposal_add"], Request(TEAM, "U1", context="tidal barrage"), deps).form
    assert form is not None
    assert form.callback == "issue"
    assert form.blocks[0]["element"]["initial_value"] == "tidal barrage"
    settle(FORMS["issue"], Request(TEAM, "U1", form={"name": "Tidal barrages"}), deps)
    after = settle(ACTIONS["proposal_dismiss"], Request(TEAM, "U1", context="Kelp Compact"), deps)
    assert "will not be proposed again" in after.text
    assert "Perhaps worth an issue" not in blocks.spoken(after.blocks)
    assert phrases(full) == []
    assert full.proposals.all("T2") == ()


def test_a_long_library_costs_no_more_than_its_newest_pieces(store: Store) -> None:
    with store.writing():
        for number in range(400):
            add(
                store,
                number,
                "The old toll road fell. The old toll road rose.",
                ("Ada Venn", "Ola Brandt")[number % 2] if number < 200 else "Ivo Marek",
            )
    assert phrases(store) == []
