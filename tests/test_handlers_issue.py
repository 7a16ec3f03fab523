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


def test_the_pieces_that_have_the_words_come_before_a_nearest_issue_without_any(full: Store) -> None:
    assert full.issues.near(TEAM, "price")
    answer = said(ask(full, "price"))
    assert "No issue fits “price”" in answer
    assert "Once More" in answer


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


def test_who_disagrees_shows_what_pulls_apart_and_the_others_after_it(full: Store) -> None:
    piece = article("Half", "The embargo is older than its reasons.", authors=("Ivo Marek",), url="https://tidewater.example/half")
    full.articles.save(TEAM, piece, analysis(piece, ("sanctions",)))
    reply = asked(full, "who disagrees on sanctions?")
    words = said(reply)
    assert "Where authors part on Economic sanctions" in words
    others = words.index("What others argue on Economic sanctions. ")
    assert words.index("Europe must lift the embargo.") < others < words.index("older than its reasons")
    assert words.count("Ada Venn · ") == 1


def test_who_disagrees_with_somebody_shows_the_other_side_of_theirs(full: Store) -> None:
    words = said(asked(full, "who disagrees with Brandt on sanctions?"))
    assert "Where authors part" in words
    assert words.index("Europe must lift") < words.index("Europe must tighten")


def test_no_disagreement_is_said_to_be_none(full: Store) -> None:
    for title, author, text in (("One", "Ivo Marek", "Whales are worth a treaty."), ("Two", "Ada Venn", "Whales sing at night.")):
        piece = article(title, text, authors=(author,), url=f"https://tidewater.example/{title}")
        full.articles.save(TEAM, piece, analysis(piece, ("biodiversity",)))
    words = said(asked(full, "who disagrees on biodiversity?"))
    assert "I found no two sentences on Biodiversity that plainly contradict each other." in words
    assert "worth a treaty" in words
    assert "sing at night" in words
    words = said(asked(full, "who disagrees with Marek on biodiversity?"))
    assert "plainly contradicts Ivo Marek" in words
    assert "worth a treaty" not in words


def test_which_outlets_write_on_an_issue(full: Store) -> None:
    piece = article("Bare", "An embargo.", authors=("Ivo Marek",), outlet=None, url="https://tidewater.example/bare")
    full.articles.save(TEAM, piece, analysis(piece, ("sanctions",)))
    words = said(asked(full, "which outlets write about sanctions?"))
    assert words.index("The Review — 2 pieces") < words.index("Harbour Post — 1 piece") < words.index("1 piece states no outlet")
    assert "The Review" in said(asked(full, "which outlets are there?"))
    assert asked(full, "which papers cover Brexit?").text == "No outlet in the library writes on Brexit yet."


def test_what_is_new_within_a_time(full: Store) -> None:
    assert "Once More" in said(asked(full, "what is new on sanctions since 2024?"))
    assert "Let Go" not in said(asked(full, "what is new on sanctions since 2024?"))
    nothing = said(asked(full, "anything new on sanctions since 2025?"))
    assert "Nothing on Economic sanctions since 1 January 2025; the newest pieces, latest first" in nothing
    assert "Once More" in nothing


def test_pieces_without_author_or_date_are_accounted_for(full: Store) -> None:
    piece = article("Bare", "An embargo.", authors=(), published=None, url="https://tidewater.example/bare")
    full.articles.save(TEAM, piece, analysis(piece, ("sanctions",)))
    assert "4 pieces by 2 authors, the latest of 1 February 2024; 1 states no author; 1 states no date" in said(ask(full, "sanctions"))


def test_a_misspelt_issue_is_answered_and_said_to_be_taken_for_it(full: Store) -> None:
    words = said(ask(full, "econmic sanctions"))
    assert "No issue is called “econmic sanctions”; this is Economic sanctions." in words
    assert "Europe must lift the embargo." in words


def test_pieces_that_only_name_an_issue_are_offered_where_none_is_filed(full: Store) -> None:
    piece = article("Elsewhere", "Nobody in Iceland was asked about Brexit.", authors=("Ivo Marek",), url="https://tidewater.example/elsewhere")
    full.articles.save(TEAM, piece, analysis(piece))
    words = said(ask(full, "Brexit"))
    assert "No piece is filed under Brexit; these name it." in words
    assert "Elsewhere" in words
    assert "No piece is filed under Haiti yet." in said(ask(full, "Haiti"))


def test_what_an_outlet_printed(full: Store) -> None:
    words = said(asked(full, "pieces from the Harbour Post"))
    assert "1 piece in Harbour Post, latest first" in words
    assert "Let Go" in words
    assert "Squeeze Harder" not in words
    assert "Once More" in said(asked(full, "anything new in The Review on sanctions?"))
    assert "Whale Song" not in said(asked(full, "anything new in The Review on sanctions?"))


def test_the_latest_piece_on_an_issue_is_summarised(full: Store) -> None:
    assert said(asked(full, "summarise the latest piece on sanctions")).startswith("Once More")


def test_a_phrase_in_quotes_stays_one(full: Store) -> None:
    assert "1 piece for “\"belongs to the past\"”" in said(asked(full, 'what do we have on "belongs to the past"?'))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("help me", "What you can ask me"),
        ("which issues are there?", "most written about first"),
        ("what's in the library?", "4 pieces"),
        ("what do you know?", "4 pieces"),
        ("who is right on sanctions?", "I do not judge who is right"),
    ],
)
def test_questions_about_the_whole_library(full: Store, question: str, expected: str) -> None:
    assert expected in said(asked(full, question))
