"""The many ways in which people ask: other orders of words, slips of spelling, ellipses, questions about the last answer."""

from datetime import date

import pytest

from bot.models import Issue, Person
from bot.question import Known, QuestionKind, understand
from bot.records import Subject
from tests import builders

TODAY = date(2026, 11, 23)  # a Monday
PEOPLE = {1: Person(1, "Vera Orlova"), 2: Person(2, "Ivo Marek"), 3: Person(3, "Ada Venn"), 4: Person(4, "Oslo")}
SANCTIONS = Issue("sanctions", "Economic sanctions", ("sanctions",))
GRAIN = Issue("grain", "Grain deal", ("the grain deal",))
PIECES = {12: builders.piece(12, "Lift the Embargo Before Winter"), 13: builders.piece(13, "Keep It"), 14: builders.piece(14, "Wait")}
OUTLETS = {"the post": "Harbour Post", "post": "Harbour Post", "harbour post": "Harbour Post", "tr": "The Tidewater Review"}


def person(words):
    if words.startswith("#"):
        return PEOPLE.get(int(words[1:]))
    return next((one for one in PEOPLE.values() if words.casefold() in (one.name.casefold(), one.name.split()[-1].casefold())), None)


def piece(words):
    if words.startswith("#"):
        return PIECES.get(int(words[1:]))
    asked = set(words.casefold().split())
    return next((one for one in PIECES.values() if asked and asked <= set(one.title.value.casefold().split())), None)


def near(word):
    return {"orlowa": PEOPLE[1], "marrek": PEOPLE[2], "sanktions": SANCTIONS}.get(word.casefold())


KNOWN = Known(
    (SANCTIONS, GRAIN), person, piece, writes=lambda one: one.id != 4, outlet=lambda words: OUTLETS.get(words.casefold()),
    given=lambda word: {"Ivo": PEOPLE[2], "Ada": PEOPLE[3]}.get(word), near=near,
)  # fmt: skip


def ask(text, subject=None):
    return understand(text, KNOWN, subject, TODAY)


@pytest.mark.parametrize(
    ("text", "people", "issue", "taken"),
    [
        ("what does Orlowa say about sanctions", [1], "sanctions", ["Vera Orlova"]),
        ("Orlowa vs Marrek on the grain deal", [1, 2], "grain", ["Vera Orlova", "Ivo Marek"]),
        ("vera orlowa on sanctions", [1], "sanctions", ["Vera Orlova"]),
        ("what is venns view of sanctions", [3], "sanctions", []),
        ("who wants sanktions", [], "sanctions", ["Economic sanctions"]),
        ("what does Orlowa say about lighthouses", [1], None, ["Vera Orlova"]),
    ],
)
def test_misspelt_names_are_taken_for_the_nearest_and_it_is_said(text, people, issue, taken):
    asked = ask(text)
    assert [one.id for one in asked.people] == people
    assert (asked.issue and asked.issue.slug) == issue
    assert [meant for _, meant in asked.taken_for] == taken


@pytest.mark.parametrize(
    ("text", "kind", "people", "words"),
    [
        ("what does Orlova say about Marek?", "views", [1], "Marek"),
        ("how does Orlova see Marek", "views", [1], "Marek"),
        ("Marek's view of Orlova", "views", [2], "Orlova"),
        ("Orlova and Marek on lighthouses", "compare", [1, 2], "lighthouses"),
        ("Orlova or Marek?", "compare", [1, 2], ""),
        ("contrast Orlova with Marek", "compare", [1, 2], ""),
        ("What do Orlova and Marek disagree about?", "compare", [1, 2], ""),
        ("what does everyone say about Orlova?", "search", [], "Orlova"),
        ("who wrote about Marek", "search", [], "Marek"),
        ("which pieces mention Marek?", "search", [], "Marek"),
        ("why does Marek oppose it?", "views", [2], ""),
        ("does anyone disagree with Marek?", "disagree", [2], ""),
        ("what do Ivo and Ada say?", "compare", [2, 3], ""),
        ("last thing Marek wrote", "newer", [2], ""),
        ('who said "the price of a loaf"?', "search", [], '"the price of a loaf"'),
        ("#99", "summary", [], "#99"),
        ("tell me about Oslo", "search", [], "Oslo"),
        ("what do Orlova and Marek say about Venn?", "compare", [1, 2], "Venn"),
    ],
)
def test_who_speaks_and_who_is_spoken_of(text, kind, people, words):
    asked = ask(text)
    assert (asked.kind, [one.id for one in asked.people], asked.words) == (kind, people, words)


@pytest.mark.parametrize(
    ("text", "kind", "outlet"),
    [
        ("what did the Post say about sanctions in March 2023", "issue", "Harbour Post"),
        ("what did the Post publish on sanctions", "issue", "Harbour Post"),
        ("latest from the Post", "newer", "Harbour Post"),
        ("what is the Post's view of Oslo", "search", "Harbour Post"),
    ],
)
def test_outlets(text, kind, outlet):
    asked = ask(text)
    assert (asked.kind, asked.outlet, asked.people) == (kind, outlet, ())


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("pieces by Orlova from 2015 to 2016", date(2015, 1, 1), date(2016, 12, 31)),
        ("pieces by Orlova from March 2016", date(2016, 3, 1), date(2016, 3, 31)),
        ("what did Orlova write from 2016 on", date(2016, 1, 1), None),
        ("what did Orlova write before 2016", None, date(2015, 12, 31)),
        ("anything since Friday?", date(2026, 11, 20), None),
        ("what's new since Monday", date(2026, 11, 16), None),
        ("pieces of the last two weeks", date(2026, 11, 9), TODAY),
        ("what did Orlova say to May", None, None),
    ],
)
def test_days(text, since, until):
    asked = ask(text)
    assert (asked.since, asked.until) == (since, until)


LISTED = Subject(person=1, pieces=(14, 13))


@pytest.mark.parametrize(
    ("text", "subject", "kind"),
    [
        ("and before that?", LISTED, "older"),
        ("anything older?", LISTED, "older"),
        ("source?", LISTED, "source"),
        ("where does she say that?", LISTED, "source"),
        ("link please", LISTED, "source"),
        ("why?", LISTED, "why"),
        ("why does she think so?", LISTED, "why"),
        ("when?", Subject(piece=12), "who"),
        ("and where?", Subject(piece=12), "who"),
        ("does it mention lighthouses?", Subject(piece=12), "within"),
        ("what does it say about sanctions?", Subject(piece=12, issue="grain"), "within"),
        ("who wants them lifted?", Subject(issue="sanctions"), "issue"),
        ("on the grain deal?", Subject(person=1), "views"),
        ("and on lighthouses?", Subject(person=1), "views"),
        ("and in 2015?", Subject(person=1), "views"),
        ("and in 2015?", Subject(issue="sanctions"), "issue"),
        ("and in 2015?", None, "newer"),
        ("source?", None, "search"),
        ("why?", None, "unknown"),
    ],
)
def test_what_goes_on_with_the_thread(text, subject, kind):
    assert ask(text, subject).kind == kind


@pytest.mark.parametrize(
    ("text", "kind", "number", "words"),
    [
        ("when was #12 published", "who", 12, ""),
        ("author of #12?", "who", 12, ""),
        ('who wrote "Lift the Embargo Before Winter"?', "who", 12, ""),
        ("who wrote Lift the Embargo Before Winter", "who", 12, ""),
        ("what is the main argument of Lift the Embargo", "summary", 12, ""),
        ("tldr of the lift the embargo piece", "summary", 12, ""),
        ("piece 13", "summary", 13, ""),
        ("what does piece 13 say about lighthouses", "within", 13, "lighthouses"),
        ("does #12 mention Orlova?", "within", 12, "Orlova"),
        ("who is quoted in #12", "quoted", 12, ""),
        ("who disagrees with #12", "disagree", 12, ""),
        ("summarise it", "unknown", None, ""),
    ],
)
def test_what_is_asked_of_a_piece(text, kind, number, words):
    asked = ask(text)
    assert (asked.kind, asked.piece, asked.words) == (kind, number, words)


@pytest.mark.parametrize("text", ["which authors do you have?", "list authors", "who are the writers", "show me all columnists"])
def test_whose_pieces_are_here(text):
    assert ask(text).kind is QuestionKind.AUTHORS


@pytest.mark.parametrize(
    ("text", "subject", "people"),
    [
        ("compare them", Subject(person=2, other=1), [2, 1]),
        ("do they agree on the grain deal?", Subject(person=2, other=1), [2, 1]),
        ("how do they differ?", Subject(person=2, other=1), [2, 1]),
        ("compare with Marek", Subject(person=1), [1, 2]),
        ("compare Venn and Marek", Subject(person=1, other=2), [3, 2]),
    ],
)
def test_the_two_people_of_a_thread(text, subject, people):
    asked = ask(text, subject)
    assert (asked.kind, [one.id for one in asked.people]) == (QuestionKind.COMPARE, people)


def test_a_second_issue_is_told_apart():
    asked = ask("what does Orlova think about sanctions and the grain deal?")
    assert {asked.issue, asked.also} == {SANCTIONS, GRAIN}


def test_the_language_of_searches_is_one():
    asked = ask("price cap -sanctions author:Orlova")
    assert (asked.kind, asked.words) == (QuestionKind.SEARCH, "price cap -sanctions author:Orlova")
