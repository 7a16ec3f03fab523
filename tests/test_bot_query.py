"""The language of searches."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.periods import period
from bot.query import parse
from bot.records import Term

TODAY = date(2026, 11, 23)


def query(text):
    return parse(text, TODAY)


def test_words_phrases_not_and_or():
    got = query('grain "black sea" -turkey corn OR wheat -"two words"')
    assert got.all == ((Term("grain"),), (Term("black sea", True),), (Term("corn"), Term("wheat")))
    assert got.none == (Term("turkey"), Term("two words", True))
    assert got.notes == ()


def test_fields():
    got = query('author:orlova by:"Ivo Marek" issue:sanctions outlet:“The Sample” after:2016 before:2018-03 ports')
    assert (got.authors, got.issues, got.outlets) == (("orlova", "Ivo Marek"), ("sanctions",), ("The Sample",))
    assert (got.since, got.until) == (date(2016, 1, 1), date(2018, 2, 28))
    assert got.all == ((Term("ports"),),)
    assert query("since:last month").since == date(2026, 10, 1)
    assert query("year: 2015").until == date(2015, 12, 31)
    assert query("sort:newest ports").newest_first


def test_what_is_not_understood_is_said():
    assert "no date" in query("before:soonish ports").notes[0]
    assert "says nothing" in query("ports author:").notes[0]
    assert query("colour:red").all == ((Term("colour"),), (Term("red"),))
    assert query('a "quote that never ends').all[0] == (Term("a"),)
    assert query("U.S. anti-missile").all == ((Term("U.S", True),), (Term("anti-missile", True),))
    assert query("OR OR AND").all == ()
    assert query("").empty


def test_periods():
    assert period("5 March 2016", TODAY) == (date(2016, 3, 5), date(2016, 3, 5))
    assert period("Sept. 2016", TODAY) == (date(2016, 9, 1), date(2016, 9, 30))
    assert period("March", TODAY) == (date(2026, 3, 1), date(2026, 3, 31))
    assert period("December", TODAY) == (date(2025, 12, 1), date(2025, 12, 31))
    assert period("2016-13", TODAY) is None
    assert period("31 February 2016", TODAY) is None
    assert period("two weeks ago", TODAY) == (date(2026, 11, 9), TODAY)
    assert period("last year", TODAY) == (date(2025, 1, 1), date(2025, 12, 31))
    assert period("soon", TODAY) is None


@given(st.text(max_size=300))
def test_nothing_typed_is_an_error(text):
    query(text)


@given(st.lists(st.sampled_from(['"', "“", "-", "OR", "author:", "before:", "2016", "x", " ", ":", "("]), max_size=30).map("".join))
def test_no_mixture_of_signs_is_an_error(text):
    query(text)


def test_a_misspelt_field_is_the_field():
    assert parse("isue:nato", TODAY).issues == ("nato",)
    assert parse("autor:Orlova grain", TODAY).authors == ("Orlova",)
    assert parse("https://x.example", TODAY).issues == ()
    assert parse("note: grain", TODAY).all
