"""Pieces: kept whole, found again, one piece once."""

from dataclasses import replace
from datetime import date

import pytest

from bot.errors import ArticleNotFound
from bot.models import Basis, Fact, Voice
from bot.records import Filters
from tests.written import analysis, article

TEAM, OTHER = "T1", "T2"
LONG = (
    "The ministers met on Tuesday in Vienna to discuss how the embargo on grain might be lifted before the winter comes. "
    "Nobody in the room believed that the harbour would open soon, and few said so aloud. "
    "Ivo Marek says that the embargo hurts farmers more than generals."
)


def save(store, piece, team=TEAM, **options):
    return store.articles.save(team, piece, analysis(piece, **options))


def test_what_was_saved_comes_back(store):
    piece = article("Lift the embargo", LONG, "He is right.", url="https://www.sample.org/embargo?utm_source=x", standfirst="Grain must flow")
    saved = save(store, piece, issues=("grain", "embargoes"))
    assert not saved.known
    back = store.articles.body(TEAM, saved.id)
    assert replace(back, links=()) == replace(piece, links=())
    got = store.articles.get(TEAM, saved.id)
    assert got.title == piece.title
    assert got.authors.value == ("Ada Example",)
    assert got.published == Fact.stated(date(2024, 5, 1), "test")
    assert store.articles.issues(TEAM, saved.id) == (("grain", True), ("embargoes", False))


def test_found_by_number_address_and_title(store):
    first = save(store, article("Lift the embargo now", LONG, url="https://www.sample.org/embargo?utm_source=x")).id
    second = save(store, article("The embargo works", "A wholly different text about the same thing, arguing the contrary with vigour.")).id
    find = store.articles.find
    assert find(TEAM, f"#{first}").id == find(TEAM, str(first)).id == first
    assert find(TEAM, "http://sample.org/embargo/#top").id == first
    assert find(TEAM, "<https://sample.org/embargo>").id == first
    assert find(TEAM, "the embargo works").id == second
    assert find(TEAM, "LIFT embargo").id == first
    assert find(TEAM, "zebra") is None
    assert find(TEAM, "") is None
    assert find(TEAM, "#999999999999999999999999") is None
    assert find(OTHER, f"#{first}") is None
    assert find(OTHER, "embargo") is None
    with pytest.raises(ArticleNotFound, match="no piece #77"):
        store.articles.get(TEAM, 77)


def test_same_address_is_one_piece_and_reads_anew(store):
    first = save(store, article("Old title", LONG, url="https://sample.org/a"))
    again = save(store, article("New title", LONG + " And this was added by the editors.", url="https://sample.org/a?fbclid=1"))
    assert again == replace(first, known=True)
    assert store.articles.get(TEAM, first.id).title.value == "New title"
    assert "added by the editors" in store.articles.body(TEAM, first.id).text
    assert [piece.id for piece in store.articles.newest(TEAM)] == [first.id]
    assert store.search.find(TEAM, "editors").total == 1
    assert store.search.find(TEAM, "old").total == 0
    assert store.check() == ()


def test_nearly_the_same_words_are_one_piece(store):
    body = " ".join(f"Sentence {n} speaks of harbour number {n * n} and of its {n + 7} cranes." for n in range(40))
    first = save(store, article("Harbours", body, url="https://one.org/harbours"))
    copy = save(store, article("Harbours, again", body.replace("harbour number 81", "port 81"), url="https://two.org/syndicated", outlet="Copyist"))
    assert copy.known
    assert copy.id == first.id
    assert store.articles.get(TEAM, first.id).outlet.value == "The Sample"
    assert store.articles.find(TEAM, "https://two.org/syndicated").id == first.id
    other = save(store, article("Cranes", " ".join(f"Crane {n} has {n * 3} ropes and {n} drivers who sing." for n in range(40))))
    assert not other.known
    assert not save(store, article("Harbours", body), team=OTHER).known


def test_a_short_text_is_the_same_only_when_it_is_equal(store):
    first = save(store, article("Note", "Bread is dear."))
    assert save(store, article("Note", "Bread is dear.")) == replace(first, known=True)
    assert not save(store, article("Note", "Bread is cheap.")).known


def test_a_teaser_becomes_the_whole_piece(store):
    body = " ".join(f"Sentence {n} speaks of harbour number {n * n} and of its {n + 7} cranes." for n in range(40))
    teaser = save(store, article("Harbours", body[:400], url="https://one.org/harbours", partial=True))
    whole = save(store, article("Harbours", body))
    assert whole == replace(teaser, known=True)
    assert store.articles.body(TEAM, teaser.id).text == body
    assert not store.articles.get(TEAM, teaser.id).partial
    save(store, article("Harbours", body[:400], url="https://one.org/harbours", partial=True))
    assert store.articles.body(TEAM, teaser.id).text == body


def test_corrections_survive_reading_again(store):
    piece = article("Wrong", LONG, url="https://sample.org/a", authors=("Staff",), published=None)
    id_ = save(store, piece, issues=("grain",)).id
    store.articles.correct(TEAM, id_, "title", "Right")
    store.articles.correct(TEAM, id_, "authors", ("Bea Sample",), "U1")
    store.articles.correct(TEAM, id_, "published", date(2023, 1, 2))
    store.articles.correct(TEAM, id_, "issues", ("fishing",))
    for _ in range(2):
        got = store.articles.get(TEAM, id_)
        assert got.title == Fact("Right", Basis.CORRECTED, "entered")
        assert got.authors.value == ("Bea Sample",)
        assert got.published.value == date(2023, 1, 2)
        assert store.articles.issues(TEAM, id_) == (("fishing", True),)
        assert store.people.find(TEAM, "bea").name == "Bea Sample"
        assert store.people.find(TEAM, "Staff") is None
        assert [one.id for one in store.articles.select(TEAM, Filters(until=date(2023, 12, 31))).items] == [id_]
        assert store.search.find(TEAM, "right").total == 1
        save(store, piece, issues=("grain", "embargoes"))
    with pytest.raises(ValueError, match="words"):
        store.articles.correct(TEAM, id_, "words", 3)
    with pytest.raises(ArticleNotFound):
        store.articles.correct(OTHER, id_, "title", "Mine")


def test_removed_with_everything_in_it(store):
    id_ = save(store, article("Lift the embargo", LONG), issues=("grain",)).id
    with pytest.raises(ArticleNotFound):
        store.articles.remove(OTHER, id_)
    assert store.articles.remove(TEAM, id_).id == id_
    assert store.articles.newest(TEAM) == ()
    assert store.search.find(TEAM, "embargo").total == 0
    assert store.people.find(TEAM, "Example") is None
    assert store.statements.lines(TEAM, issue="grain").total == 0
    assert store.check() == ()
    assert save(store, article("Lift the embargo", LONG)).id > id_


def test_a_new_analysis_of_a_stored_piece(store):
    id_ = save(store, article("Lift the embargo", LONG)).id
    assert store.articles.analysed_otherwise(TEAM, "test 2") == (id_,)
    body = store.articles.body(TEAM, id_)
    person = store.people.find(TEAM, "Marek").id
    store.articles.save(TEAM, body, analysis(body, version="test 2", issues=("grain",)), id=id_)
    assert store.articles.analysed_otherwise(TEAM, "test 2") == ()
    assert store.articles.issues(TEAM, id_) == (("grain", True),)
    assert store.people.find(TEAM, "Marek").id == person


def test_select_and_glance(store, clock):
    for number in range(5):
        piece = article(f"Piece {number}", f"Text number {number} is about {'x' * number} things.", published=date(2020 + number, 1, 1))
        save(store, replace(piece, outlet=Fact.stated("The Sample" if number % 2 else "Other Paper", "test")), issues=(f"issue-{number % 2}",))
    page = store.articles.select(TEAM, limit=2, offset=1)
    assert [piece.title.value for piece in page.items] == ["Piece 3", "Piece 2"]
    assert (page.total, page.more) == (5, 2)
    assert store.articles.select(TEAM, Filters(outlets=("the sample",))).total == 2
    assert store.articles.select(TEAM, Filters(issues=("issue-0",), since=date(2021, 1, 1))).total == 2
    assert store.articles.outlets(TEAM) == (("Other Paper", 3), ("The Sample", 2))
    glance = store.articles.glance(TEAM)
    assert (glance.pieces, glance.authors, glance.outlets, glance.issues) == (5, 1, 2, 2)
    assert (glance.first, glance.last) == (date(2020, 1, 1), date(2024, 1, 1))


def test_what_leans_on_what_leans_brings_both(store):
    id_ = save(store, article("Chains", "The port is closed.\n\nBread grows dear. This cannot last. It must end. But how? He knows.")).id
    lines = store.statements.sentences(TEAM, id_)
    assert [line.before for line in lines] == [None, None, "Bread grows dear.", "Bread grows dear. This cannot last.", "It must end.", "But how?"]


def test_lines_are_verbatim_and_citable(store):
    piece = article("Lift the embargo", LONG, "Bread grows dear. This cannot last. Vera Ilic argues that markets will calm.")
    id_ = save(store, piece, issues=("grain",)).id
    key = store.statements.key_lines(TEAM, id_)
    assert [line.text for line in key.thesis] == [LONG.split(". ")[0] + "."]
    own = store.statements.lines(TEAM, piece=id_, voice=Voice.OWN, order="text")
    assert [line.text for line in own.items][-2:] == ["Bread grows dear.", "This cannot last."]
    assert own.items[-1].before == "Bread grows dear."
    assert own.items[-1].paragraph == 1
    said = store.statements.lines(TEAM, source=store.people.find(TEAM, "ilic").id).items
    assert [(line.source, line.cue, line.content) for line in said] == [("Vera Ilic", "argues", "markets will calm.")]
    assert {name for name, _, _ in store.statements.sources(TEAM, id_)} == {"Ivo Marek", "Vera Ilic"}
    assert store.statements.lines(OTHER, piece=id_).items == ()
    assert store.statements.lines(TEAM, issue="grain", voice=Voice.ATTRIBUTED).total == 2
    assert store.statements.lines(TEAM, author=store.people.find(TEAM, "Ada Example").id, order="strongest", limit=1).items[0].sentence == 0
