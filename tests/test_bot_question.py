"""Questions are understood by what the library knows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models import Issue, Person
from bot.question import Known, QuestionKind, understand
from bot.records import Subject
from tests import builders

TODAY = date(2026, 11, 23)
PEOPLE = {1: Person(1, "Vera Orlova"), 2: Person(2, "Ivo Marek"), 3: Person(3, "Theresa May")}
SANCTIONS = Issue("sanctions-russia", "Sanctions on Russia", ("sanctions", "sanctions relief"))
GRAIN = Issue("grain-deal", "Grain deal", ("Black Sea grain",))
PIECES = {12: builders.piece(12, "Lift the embargo"), 13: builders.piece(13, "Keep it"), 14: builders.piece(14, "Wait")}


def person(words):
    if words.startswith("#"):
        return PEOPLE.get(int(words[1:]))
    return next((one for one in PEOPLE.values() if words.casefold() in (one.name.casefold(), one.name.split()[-1].casefold())), None)


def piece(words):
    if words.startswith("#"):
        return PIECES.get(int(words[1:]))
    return next((one for one in PIECES.values() if words in (one.url.value, one.title.value.casefold())), None)


KNOWN = Known((SANCTIONS, GRAIN), person, piece)


def ask(text, subject=None):
    return understand(text, KNOWN, subject, TODAY)


@pytest.mark.parametrize(
    ("text", "kind", "people", "issue"),
    [
        ("<@U123> what does Orlova say about sanctions?", "views", [1], "sanctions-russia"),
        ("what's Vera Orlova's view on the Black Sea grain", "views", [1], "grain-deal"),
        ("orlova on sanctions relief", "views", [1], "sanctions-russia"),
        ("Marek", "views", [2], None),
        ("What did May say?", "views", [3], None),
        ("Orlova vs Marek on sanctions", "compare", [1, 2], "sanctions-russia"),
        ("how do Marek and Orlova differ?", "compare", [2, 1], None),
        ("what does everyone argue about sanctions", "issue", [], "sanctions-russia"),
        ("sanctions?", "issue", [], "sanctions-russia"),
        ("who writes about the grain deal?", "who", [], "grain-deal"),
        ("who disagrees with Marek on sanctions?", "disagree", [2], "sanctions-russia"),
        ("who is against sanctions relief", "disagree", [], "sanctions-russia"),
        ("anything newer on sanctions?", "newer", [], "sanctions-russia"),
        ("anything new?", "newer", [], None),
        ("help", "help", [], None),
        ("", "help", [], None),
    ],
)
def test_kind_people_and_issue(text, kind, people, issue):
    question = ask(text)
    assert (question.kind, [one.id for one in question.people]) == (kind, people)
    assert (question.issue and question.issue.slug) == issue


def test_a_name_of_several_words_is_no_bodys_family_name():
    asked = ask("who disagrees on sanctions relief?")
    assert asked.issue == SANCTIONS
    known = Known((Issue("gun", "Gun policy", ("gun control",)), SANCTIONS), lambda words: PEOPLE[1] if words == "control" else None, piece)
    asked = understand("who disagrees on gun control?", known, None, TODAY)
    assert (asked.kind, asked.people, asked.issue.slug, asked.words) == (QuestionKind.DISAGREE, (), "gun", "")


@pytest.mark.parametrize("text", ["what is the weather", "is it a joke", "how is that"])
def test_is_is_not_the_islamic_state(text):
    known = Known((Issue("isis", "Islamic State", ("IS", "ISIS")),), person, piece)
    assert understand(text, known, None, TODAY).issue is None
    assert understand("what does everyone say about IS", known, None, TODAY).issue is not None


@pytest.mark.parametrize(
    ("text", "words"), [("does anyone argue against the price cap?", "price cap"), ("who is against a harbour toll", "harbour toll")]
)
def test_words_that_ask_are_not_looked_for(text, words):
    asked = ask(text)
    assert (asked.kind, asked.words) == (QuestionKind.DISAGREE, words)


def test_who_somebody_is_has_nothing_to_do_with_the_thread():
    assert ask("who is Vera Orlova?", Subject(issue="grain-deal")).issue is None
    assert ask("what does Vera Orlova say?", Subject(issue="grain-deal")).issue == GRAIN


def test_a_word_that_names_an_issue_means_who_is_only_quoted_less_often():
    iran, ebola = Person(7, "Iran"), Person(8, "Liberia Ebola")
    ruler = Person(9, "Ali Turk", role="President")
    issues = (Issue("iran", "Iran"), Issue("ebola", "Ebola"), Issue("turkey", "Turkey", ("Turk",)))
    people = {"iran": iran, "ebola": ebola, "turk": ruler}
    known = Known(issues, lambda words: people.get(words.casefold()), piece, lambda person: False)
    asked = understand("what does Krauthammer say about Iran?", known, None, TODAY)
    assert (asked.people, asked.issue.slug, asked.words) == ((), "iran", "Krauthammer")
    assert understand("what was said about ebola", known, None, TODAY).people == ()
    assert understand("what does Turk say?", known, None, TODAY).people == (ruler,)
    wrote = Known(issues, known.person, piece, lambda person: True)
    assert understand("what does Iran say?", wrote, None, TODAY).people == (iran,)


def test_who_only_is_quoted_may_be_what_is_asked_about():
    people = {"Europe": Person(7, "Europe"), "Keystone Pipeline": Person(8, "Keystone Pipeline"), "ebola": Person(9, "Liberia Ebola")}
    known = Known((SANCTIONS,), people.get, piece, lambda person: False)
    asked = understand("what should Europe do about sanctions?", known, None, TODAY)
    assert (asked.kind, asked.people, asked.issue) == (QuestionKind.ISSUE, (), SANCTIONS)
    asked = understand("who wrote about the Keystone Pipeline?", known, None, TODAY)
    assert (asked.kind, asked.people, asked.words) == (QuestionKind.SEARCH, (), "Keystone Pipeline")
    assert understand("what was said about ebola", known, None, TODAY).words == "ebola"
    assert understand("what does Europe say about sanctions?", known, None, TODAY).people[0].name == "Europe"


def test_pieces_by_somebody_are_not_those_on_the_threads_issue():
    asked = ask("any pieces by Vera Orlova?", Subject(issue="grain-deal"))
    assert (asked.kind, asked.issue, [person.id for person in asked.people]) == (QuestionKind.NEWER, None, [1])


def test_what_was_published_is_what_is_new():
    asked = ask("what was published since March 2025?")
    assert (asked.kind, asked.words, asked.since) == (QuestionKind.NEWER, "", date(2025, 3, 1))


def test_may_the_month_and_the_verb_are_nobody():
    assert ask("may I ask about sanctions").people == ()
    assert ask("what may happen with sanctions").people == ()


@pytest.mark.parametrize(
    ("text", "piece", "length"),
    [
        ("summary of #12", 12, ""),
        ("tl;dr https://tidewater.example/13", 13, ""),
        ("summarise the second one", 13, ""),
        ("sum up the last one briefly", 14, "short"),
        ("long summary of the 1st", 12, "long"),
        ("summarise lift the embargo", 12, ""),
    ],
)
def test_summaries(text, piece, length):
    question = ask(text, Subject(pieces=(12, 13, 14)))
    assert (question.kind, question.piece, question.length) == (QuestionKind.SUMMARY, piece, length)


def test_an_unknown_link_is_to_be_read():
    question = ask("summary of <https://new.example/x|new.example>")
    assert (question.kind, question.link, question.piece) == (QuestionKind.SUMMARY, "https://new.example/x", None)


def test_the_thread_says_what_is_not_named():
    subject = Subject(piece=12, person=1, issue="sanctions-russia")
    assert ask("summary", subject).piece == 12
    assert ask("who disagrees?", subject).piece == 12
    assert ask("who is quoted?", subject).kind is QuestionKind.QUOTED
    his = ask("what does she say about the grain deal?", subject)
    assert (his.kind, his.people[0].id, his.issue.slug, his.from_thread) == ("views", 1, "grain-deal", True)
    newer = ask("anything newer?", Subject(issue="sanctions-russia"))
    assert (newer.kind, newer.issue.slug) == ("newer", "sanctions-russia")
    other = ask("and Marek?", Subject(issue="sanctions-russia"))
    assert (other.kind, other.people[0].id, other.issue.slug) == ("views", 2, "sanctions-russia")


def test_free_words_are_a_search_or_a_topic():
    question = ask("do you have something on lighthouse keepers?")
    assert (question.kind, question.words) == (QuestionKind.SEARCH, "lighthouse keepers")
    views = ask("what does Marek think about lighthouse keepers")
    assert (views.kind, views.words) == (QuestionKind.VIEWS, "lighthouse keepers")


def test_periods():
    question = ask("what has Orlova written about sanctions since 2016?")
    assert (question.since, question.until, question.words) == (date(2016, 1, 1), None, "")
    question = ask("sanctions in March 2024")
    assert (question.since, question.until) == (date(2024, 3, 1), date(2024, 3, 31))


def test_not_understood_offers_what_can_be_asked():
    question = ask("what about it?", Subject(issue="sanctions-russia"))
    assert question.kind in (QuestionKind.ISSUE, QuestionKind.UNKNOWN)
    question = ask("and so?")
    assert question.kind is QuestionKind.UNKNOWN
    assert question.suggestions
    for suggestion in question.suggestions:
        assert ask(suggestion, Subject(piece=12)).kind is not QuestionKind.UNKNOWN


@given(st.text(max_size=300), st.sampled_from([None, Subject(piece=12, person=1, issue="sanctions-russia", pieces=(12, 13))]))
def test_nothing_typed_is_an_error(text, subject):
    ask(text, subject)
