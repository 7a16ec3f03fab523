"""Questions in words on a real library, in threads as people ask them."""

import itertools
from datetime import UTC, date, datetime

import pytest

from bot.catalogue import catalogue
from bot.models import StatementKind
from handlers import COMMANDS, blocks, mention
from handlers.answer import Deps, Reply, Request, settle
from store import Store
from tests.written import analysis, article

TEAM = "T1"
PIECES = (
    ("Squeeze Harder", "Ada Venn", "The Tidewater Review", date(2015, 3, 1), "sanctions", "Europe must tighten the embargo. It names Ola Brandt."),
    ("Squeeze Again", "Ada Venn", "The Tidewater Review", date(2016, 3, 1), "sanctions", "Europe should tighten the embargo once more. It pays."),
    ("Let Go", "Ola Brandt", "Harbour Post", date(2017, 6, 1), "sanctions", "Europe must lift the embargo. It feeds the smugglers."),
    ("A Quay for All", "Ivo Marek", "Harbour Post", date(2016, 5, 1), "", "Quays should be open. Borders divide. Whales sing."),
    ("The Unsigned View", "", "Harbour Post", None, "sanctions", "Sanctions must end with the war. Nobody gains."),
)  # fmt: skip


@pytest.fixture
def desk(store: Store) -> Store:
    store.issues.load(catalogue())
    for number, (title, author, outlet, day, issue, text) in enumerate(PIECES, 1):
        piece = article(
            title, text, authors=(author,) if author else (), outlet=outlet, published=day, url=f"https://tidewater.example/{number}"
        )
        store.articles.save(TEAM, piece, analysis(piece, (issue,) if issue else (), kind=StatementKind.RECOMMENDATION))
    return store


NUMBERS = itertools.count(1)


class Thread:
    """Somebody who asks one thing after the other."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.ts = f"{next(NUMBERS)}.0"

    def ask(self, text: str) -> str:
        reply = settle(mention.answer, Request(TEAM, "U1", text, channel="C1", thread=self.ts), Deps(self.store, now=lambda: datetime.now(UTC)))
        if reply.subject is not None:
            self.store.threads.remember(TEAM, "C1", self.ts, reply.subject)
        return said(reply)


def said(reply: Reply) -> str:
    assert "written down as" not in reply.text, reply.text
    return f"{reply.text}\n{blocks.spoken(reply.blocks)}"


def command(store: Store, name: str, text: str) -> str:
    return said(settle(COMMANDS[name], Request(TEAM, "U1", text, name), Deps(store)))


def test_days_narrow_from_both_sides(desk: Store) -> None:
    for asked in (Thread(desk).ask("what did Venn say about sanctions in 2015?"), command(desk, "/views", "Venn on sanctions in 2015")):
        assert "tighten the embargo." in asked
        assert "once more" not in asked
        assert "1 piece, 1 March 2015" in asked
    narrowed = command(desk, "/issue", "sanctions until 2016")
    assert "until 31 December 2016" in narrowed
    assert "Brandt" not in narrowed.replace("It names Ola Brandt", "")
    assert "in March 2016" in command(desk, "/issue", "sanctions in March 2016")
    assert "before" not in command(desk, "/issue", "sanctions before 2016").partition("\n")[0]
    assert "no date I can read" in command(desk, "/issue", "sanctions since 2016-13")
    assert "Nothing by Ada Venn, and nothing attributed to them, in 2019. The latest of 2 pieces" in command(desk, "/views", "Venn in 2019")


def test_an_outlet_narrows_whatever_it_is_called(desk: Store) -> None:
    answer = Thread(desk).ask("what did the Post say about sanctions")
    assert "Economic sanctions in Harbour Post" in answer
    assert "lift the embargo" in answer
    assert "tighten" not in answer
    assert "attributed to them, in Harbour Post." in command(desk, "/views", 'Venn on sanctions outlet:"Harbour Post"')
    assert "Whale" not in Thread(desk).ask("TTR on sanctions")


def test_what_came_before_what_was_listed(desk: Store) -> None:
    thread = Thread(desk)
    assert thread.ask("pieces by Venn").count("Squeeze") == 2
    assert "nothing by Ada Venn before “Squeeze Harder”" in thread.ask("and before that?")
    thread = Thread(desk)
    assert "Let Go" in thread.ask("summary of #3")
    older = thread.ask("anything older?")
    assert older.index("Squeeze Again") < older.index("Squeeze Harder")
    assert "2 pieces on Economic sanctions before those, latest first" in older
    assert "Let Go" not in older


def test_the_oldest_and_where_somebody_writes(desk: Store) -> None:
    oldest = Thread(desk).ask("what is the oldest piece on sanctions?")
    assert "4 pieces on Economic sanctions, oldest first" in oldest
    assert oldest.index("Squeeze Harder") < oldest.index("Let Go")
    assert "The Tidewater Review — 2 pieces" in Thread(desk).ask("what outlets does Venn write for?")
    assert "There is nothing by Ivo Marek in The Tidewater Review in the library." in Thread(desk).ask("pieces by Marek in the Tidewater Review")
    assert "There is no piece #99 in the library." in Thread(desk).ask("#99")
    assert "Europe must lift the embargo." in Thread(desk).ask("what does Ola say?")


def test_where_an_answer_stands_and_why(desk: Store) -> None:
    thread = Thread(desk)
    thread.ask("who disagrees with Venn on sanctions?")
    assert "Let Go" in thread.ask("source?")
    assert "no reasons of my own" in thread.ask("why?")
    thread = Thread(desk)
    thread.ask("summary of #3")
    assert "What I showed stands in this piece" in thread.ask("where does it say that?")
    assert "Europe must lift the embargo." in thread.ask("why?")


def test_what_an_issue_stands_on_can_be_asked_for(desk: Store) -> None:
    thread = Thread(desk)
    thread.ask("what does everyone say about sanctions?")
    sources = thread.ask("sources?")
    assert "Let Go" in sources
    assert "Squeeze Again" in sources
    assert "A Quay for All" not in sources


def test_a_misspelt_name_behind_a_command_is_answered(desk: Store) -> None:
    answer = command(desk, "/views", "Brandtt vs Ven on sanctions")
    assert "Nobody is called “Brandtt”; this is Ola Brandt." in answer
    assert "Europe must lift the embargo." in answer
    assert "Nobody called “Brandtovsky”" in command(desk, "/views", "Brandtovsky")


def test_what_a_piece_says_of_something(desk: Store) -> None:
    thread = Thread(desk)
    assert "1 sentence of “A Quay for All” names “border”" in thread.ask("does #4 mention border?")
    assert "Borders divide." in thread.ask("what does it say about borders?")
    assert "No sentence of “A Quay for All” names “oil”." in thread.ask("does it mention oil?")
    assert "1 sentence of “Squeeze Harder” names “Brandt”" in thread.ask("does #1 mention Brandt?")
    assert "Ivo Marek" in thread.ask("who wrote #4?")


def test_who_writes_counts_what_nobody_signed(desk: Store) -> None:
    assert "1 piece states no author" in Thread(desk).ask("who writes about sanctions?")


def test_a_slip_of_spelling_is_said_with_the_answer(desk: Store) -> None:
    answer = Thread(desk).ask("what does Brandtt say about sanctions")
    assert "Nothing here is called “Brandtt”; I took it for Ola Brandt." in answer
    assert "Europe must lift the embargo." in answer


def test_two_people_on_words_that_are_no_issue(desk: Store) -> None:
    answer = Thread(desk).ask("Venn & Brandt on smugglers")
    assert "Ada Venn and Ola Brandt on smugglers" in answer
    assert "Compare Ada Venn with whom?" in Thread(desk).ask("compare Venn")
    nothing = Thread(desk).ask("what does Venn say about lighthouses")
    assert "I found nothing on “lighthouses”; this is all that I have." in nothing
    assert "tighten the embargo" in nothing


def test_the_two_people_who_were_asked_about_are_compared(desk: Store) -> None:
    thread = Thread(desk)
    thread.ask("what does Venn say about sanctions?")
    thread.ask("and Brandt?")
    for asked in ("do they agree?", "compare them"):
        assert "Ola Brandt and Ada Venn on Economic sanctions" in thread.ask(asked)
    (venn,) = desk.people.candidates(TEAM, "Venn")
    (marek,) = desk.people.candidates(TEAM, "Marek")
    desk.people.merge(TEAM, marek.id, venn.id)
    assert "Ola Brandt and Ivo Marek" in thread.ask("compare them")


def test_what_came_in_is_new_although_published_long_ago(desk: Store) -> None:
    answer = Thread(desk).ask("what did we read this week?")
    assert "these pieces came into the library since, last added first" in answer
    assert "A Quay for All" in answer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("delete #3", "/library remove"),
        ("could you please fix the author of #3", "/library fix"),
        ("subscribe me to sanctions", "/digest subscribe"),
        ("write me an op-ed on sanctions", "I write nothing"),
        ("translate #3 to German", "I write nothing"),
        ("export everything", "/library export"),
        ("add a piece", "/library add"),
        ("that's wrong", "Not useful"),
        ("he never said that", "Not useful"),
        ("more", "*More* under an answer"),
        ("which authors do you have?", "Ada Venn"),
        ("what topics do you cover?", "Economic sanctions"),
        ("who has written the most?", "Ada Venn"),
        ("top issues", "Economic sanctions"),
        ("list everything", "last added first"),
        ("how many op-eds are from 2016?", "2 pieces in 2016, latest first"),
        ("how long is #4?", "A Quay for All"),
        ("who is quoted in the Quay piece?", "A Quay for All"),
        ("what does the quay article say about whales", "Whales sing."),
        ("are you an AI?", "I remember what this team reads"),
    ],
)
def test_what_is_asked_to_be_done_is_shown_its_place(desk: Store, text: str, expected: str) -> None:
    assert expected in Thread(desk).ask(text)


def test_a_slip_in_a_verb_and_half_a_comparison(desk: Store) -> None:
    assert "Did you mean /library list?" in command(desk, "/library", "lsit")
    assert "To find “frobnicate”" in command(desk, "/library", "frobnicate")
    for typed in ("Venn vs", "vs Venn", "vs"):
        assert "I compare two people at a time" in command(desk, "/views", typed)


def test_other_pieces_whose_titles_have_the_words_are_named(desk: Store) -> None:
    assert "These words fit #1 “Squeeze Harder”, too." in command(desk, "/summary", "squeeze")
    assert "too." not in command(desk, "/summary", "squeeze again")
    assert "too." not in command(desk, "/summary", "#2")
