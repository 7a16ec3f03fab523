"""/issue on a real library: the issue, the nearest ones, or the pieces that have the words."""

import json
from datetime import date

import pytest

from bot.catalogue import catalogue
from bot.models import Issue, StatementKind
from handlers import ACTIONS, COMMANDS, blocks, buttons, mention
from handlers.answer import Deps, Reply, Request, settle
from store import Store
from tests.written import analysis, article

TEAM = "T1"

PIECES = (
    ("Squeeze Harder", "Ada Venn", "The Review", date(2016, 3, 1), "sanctions",
     "Europe must tighten the embargo. Boris Lund says that trade suffers."),
    ("Let Go", "Ola Brandt", "Harbour Post", date(2017, 6, 1), "sanctions", "Europe must lift the embargo. It feeds the smugglers."),
    ("Once More", "Ada Venn", "The Review", date(2024, 2, 1), "sanctions", "Europe must tighten the embargo again, whatever its price."),
    ("Whale Song", "Ivo Marek", "The Review", date(2024, 3, 1), "", "Whaling belongs to the past. Boats should stay in port."),
)  # fmt: skip


@pytest.fixture
def full(store: Store) -> Store:
    store.issues.load(catalogue())
    for title, author, outlet, day, issue, text in PIECES:
        piece = article(title, text, authors=(author,), outlet=outlet, published=day, url=f"https://tidewater.example/{title.replace(' ', '-')}")
        store.articles.save(TEAM, piece, analysis(piece, (issue,) if issue else (), kind=StatementKind.RECOMMENDATION))
    return store


def ask(store: Store, text: str, command: str = "/issue", page: int = 0) -> Reply:
    return settle(COMMANDS[command], Request(TEAM, "U1", text, command, page), Deps(store))


def said(reply: Reply) -> str:
    return f"{reply.text}\n{blocks.spoken(reply.blocks)}"


def pressed(store: Store, reply: Reply, label: str) -> Reply:
    """The button beside these words."""
    found = next(block["accessory"] for block in reply.blocks if "accessory" in block and label in block["text"]["text"])
    return settle(ACTIONS[buttons.ASK], Request(TEAM, "U1", context=found["value"]), Deps(store))


@pytest.mark.parametrize("words", ["sanctions", "Economic sanctions", "economic sanction", "“sanctions”"])
def test_the_issue_with_each_author_and_the_dissent(full: Store, words: str) -> None:
    shown = said(ask(full, words))
    assert "Economic sanctions" in shown
    assert "3 pieces by 2 authors" in shown
    assert "Ada Venn — 2 statements in 2 pieces" in shown
    assert shown.index("Ada Venn — 2 statements") < shown.index("Ola Brandt — ")
    assert "Europe must lift the embargo." in shown
    assert "Where they part" in shown
    assert "Boris Lund, as reported by Ada Venn" in shown
    assert "2016" in shown


def test_words_that_name_no_issue_are_answered_with_the_nearest(full: Store) -> None:
    reply = ask(full, "sanktions by venn since 2020 outlet:review")
    assert "No issue is called “sanktions”; nearest: Economic sanctions" in reply.text
    assert "3 pieces by 2 authors" in said(reply)
    chosen = said(pressed(full, reply, "Economic sanctions"))
    assert "Economic sanctions by Ada Venn in The Review since 1 January 2020" in chosen
    assert "1 piece by 1 author" in chosen
    assert "tighten the embargo again" in chosen
    assert "Squeeze Harder" not in chosen
    assert "Nothing in the library has “sanktions”" in pressed(full, reply, "The pieces").text


def test_an_issue_with_pieces_is_offered_before_empty_ones(full: Store) -> None:
    piece = article("Power", "The plants must run on.", authors=("Ada Venn",), url="https://tidewater.example/power")
    full.articles.save(TEAM, piece, analysis(piece, ("nuclear-weapons",)))
    assert ask(full, "nuclear").text.startswith("No issue is called “nuclear”; nearest: Nuclear weapons, ")


def test_words_of_asking_name_no_issue(full: Store) -> None:
    assert full.issues.near(TEAM, "what is left for us to do") == ()
    assert [issue.name for issue in full.issues.near(TEAM, "what of IS and AI")][:2] == ["Artificial intelligence", "Islamic State"]
    assert full.issues.near(TEAM, "who is right about ai")[0].name == "Artificial intelligence"
    assert {issue.name for issue in full.issues.near(TEAM, "who is right about ai")} <= {"Artificial intelligence", "AI governance"}


def test_the_only_issue_named_among_the_words_is_likely(full: Store) -> None:
    for words in ("sanctions", "the new embargo", "their smart sanctions plan"):
        found = full.issues.likely(TEAM, words)
        assert found is not None
        assert found.slug == "sanctions"
    assert full.issues.likely(TEAM, "whales") is None
    assert full.issues.likely(TEAM, "embargo and terrorism") is None


def test_questions_on_words_that_name_no_issue(full: Store) -> None:
    assert "Europe must lift the embargo." in said(asked(full, "who disagrees with the new embargo?"))
    assert asked(full, "who disagrees on whaling?").text == "No issue fits “whaling”; these pieces have the words."
    assert "Whale Song" in said(asked(full, "anything new on whaling?"))
    assert "Squeeze Harder" not in said(asked(full, "anything new on whaling?"))
    assert "Disagree about what?" in asked(full, "who disagrees?").text


def test_all_issues_with_their_activity(full: Store) -> None:
    shown = said(ask(full, ""))
    assert "Economic sanctions — 3 pieces by 2 authors, the latest of 1 February 2024" in shown
    assert "Economic sanctions — 2 pieces by 1 author" in said(ask(full, "by Venn"))


def asked(store: Store, text: str) -> Reply:
    return settle(mention.answer, Request(TEAM, "U1", text, "mention"), Deps(store))


def test_words_that_fit_no_issue_are_searched_for_and_it_says_so(full: Store) -> None:
    reply = ask(full, "whaling boats")
    assert reply.text == "No issue fits “whaling boats”; these pieces have the words."
    assert "Whale Song" in said(reply)
    assert "Whale Song" in said(ask(full, "whaling by Marek"))
    nothing = ask(full, "whaling by Brandt")
    assert nothing.text.startswith("No issue is called “whaling”, and no piece by Ola Brandt has these words.")
    assert "Whale Song" not in said(nothing)


def test_filters_narrow_the_answer(full: Store) -> None:
    assert "1 piece by 1 author" in said(ask(full, "sanctions by Brandt"))
    assert "2 pieces by 2 authors" in said(ask(full, "sanctions since 2017"))
    assert "1 piece by 1 author" in said(ask(full, 'sanctions outlet:"Harbour Post"'))
    assert "1 issue by Ola Brandt" in said(ask(full, "by Brandt"))
    assert "No piece by Ivo Marek is filed" in ask(full, "by Marek").text


def test_an_issue_of_ones_own_may_have_a_filters_word_in_its_name(full: Store) -> None:
    full.issues.save(TEAM, Issue("rule-by-decree", "Rule by decree"))
    assert ask(full, "rule by decree").text.startswith("Rule by decree: nothing in the library yet")


def test_facts_are_nobodys_position(store: Store) -> None:
    store.issues.load(catalogue())
    piece = article("Figures", "Exports fell by a tenth.", authors=("Ada Venn",))
    store.articles.save(TEAM, piece, analysis(piece, ("sanctions",), kind=StatementKind.FACT))
    shown = said(ask(store, "sanctions"))
    assert "report on it without taking a position" in shown
    assert "Exports fell" not in shown


def test_typed_text_is_never_an_error(full: Store) -> None:
    for text in ('"', "by", "outlet:", "-", "OR OR", "since 2016", "(((", "x" * 300, "a by by b", "“”", "sanctions by"):
        reply = ask(full, text)
        assert "Something went wrong" not in reply.text
        json.dumps(reply.blocks)
