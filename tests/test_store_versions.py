"""A piece that is read again: the newer version is kept, whichever form of the page it came from."""

from dataclasses import replace
from datetime import date

import pytest

from bot.models import Fact
from store.addresses import form_key, link_key
from tests.written import analysis, article

TEAM = "T1"
PAGE = "https://post.example/rents"
OLD = (
    "The ministers met on Tuesday in Vienna to discuss how the embargo on grain might be lifted before the winter comes. "
    "Nobody in the room believed that the harbour would open soon, and few said so aloud."
)
NEW = OLD.replace("on Tuesday", "on Wednesday") + " This text was corrected after the ministry had answered."


def read(body, at, *, changed=None, title="Grain", own=PAGE):
    """A reading of the page at one of its addresses."""
    return replace(article(title, body, url=own), links=(at, own), modified=changed)


def kept(store, *readings):
    ids = {store.articles.save(TEAM, piece, analysis(piece)).id for piece in readings}
    assert len(ids) == 1
    assert store.check() == ()
    (id_,) = ids
    return store.articles.body(TEAM, id_).text, store.articles.get(TEAM, id_)


@pytest.mark.parametrize(
    "other", [f"{PAGE}/amp", "https://amp.post.example/rents", f"{PAGE}?print=1", "https://m.post.example/rents", f"{PAGE}?outputType=amp"]
)
def test_an_older_copy_does_not_replace_a_corrected_page(store, other):
    corrected = read(NEW, PAGE, changed=date(2024, 5, 9), title="Grain, again")
    text, piece = kept(store, corrected, read(OLD, other, changed=date(2024, 5, 2)))
    assert text == NEW
    assert piece.title.value == "Grain, again"
    assert store.articles.find(TEAM, other).id == piece.id, "known at that address too"


def test_a_copy_that_does_not_say_when_it_was_changed_keeps_the_one_in_hand(store):
    assert kept(store, read(NEW, PAGE, changed=date(2024, 5, 9)), read(OLD, f"{PAGE}/amp"))[0] == NEW
    assert kept(store, read(NEW, PAGE), read(OLD, f"{PAGE}/amp"))[0] == NEW


def test_a_newer_copy_replaces_an_older_page(store):
    assert kept(store, read(OLD, PAGE, changed=date(2024, 5, 2)), read(NEW, f"{PAGE}/amp", changed=date(2024, 5, 9)))[0] == NEW


def test_a_copy_that_was_changed_after_the_last_reading_is_newer(store):
    tomorrow = date(2200, 1, 1)
    assert kept(store, read(OLD, PAGE), read(NEW, f"{PAGE}/amp", changed=tomorrow))[0] == NEW


def test_the_page_itself_replaces_a_copy_and_its_own_earlier_text(store):
    assert kept(store, read(OLD, f"{PAGE}/amp"), read(NEW, PAGE))[0] == NEW
    assert kept(store, read(NEW, PAGE), read(OLD, f"{PAGE}?utm_source=x"))[0] == OLD, "as it stands there now"


def test_a_page_whose_own_address_is_spelled_in_another_way_is_read_anew(store):
    door = "https://post.example/opinion/rents-of-today"
    assert kept(store, read(OLD, door), read(NEW, door))[0] == NEW


def test_the_page_itself_out_of_an_old_store_of_pages_does_not(store):
    assert kept(store, read(NEW, PAGE, changed=date(2024, 5, 9)), read(OLD, PAGE, changed=date(2024, 5, 2)))[0] == NEW


def test_a_saved_text_does_not_replace_the_page(store):
    saved = read(OLD, PAGE)
    saved = replace(saved, url=Fact.stated(PAGE, "address line"), links=(PAGE,))
    assert kept(store, read(NEW, PAGE), saved)[0] == NEW


def test_a_copy_adds_what_was_unknown(store):
    page = replace(read(NEW, PAGE, changed=date(2024, 5, 9)), standfirst=Fact.unknown())
    copy = replace(read(OLD, f"{PAGE}/amp", changed=date(2024, 5, 2)), standfirst=Fact.stated("What was agreed.", "test"))
    assert kept(store, page, copy)[1].standfirst.value == "What was agreed."


def test_what_is_corrected_by_people_stays_whichever_version_wins(store):
    piece = read(OLD, PAGE, changed=date(2024, 5, 2))
    id_ = store.articles.save(TEAM, piece, analysis(piece)).id
    store.articles.correct(TEAM, id_, "title", "Grain and Winter")
    assert kept(store, read(NEW, f"{PAGE}/amp", changed=date(2024, 5, 9)))[1].title.value == "Grain and Winter"
    text, piece = kept(store, read(OLD, f"{PAGE}/amp", changed=date(2024, 5, 3), title="Older"))
    assert (text, piece.title.value) == (NEW, "Grain and Winter")


def test_forms_of_a_page_share_a_link_and_differ_as_forms():
    assert link_key(f"{PAGE}/amp") == link_key(PAGE)
    assert form_key(f"{PAGE}/amp") != form_key(PAGE)
    assert form_key("http://www.post.example/rents/?utm_source=x#top") == form_key(PAGE)
