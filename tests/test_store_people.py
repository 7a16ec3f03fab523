"""People: one person under many forms, and two under one."""

from datetime import date

import pytest

from bot.errors import NotAllowed, PersonNotFound
from bot.models import StatementKind, Voice
from bot.records import Filters
from tests.written import analysis, article

TEAM = "T1"


def save(store, title, text, *authors, url=None):
    piece = article(title, text, authors=authors, url=url)
    return store.articles.save(TEAM, piece, analysis(piece)).id


def test_initials_and_titles_are_one_person(store):
    save(store, "One", "First text about harbours.", "V. Orlova")
    save(store, "Two", "Second text about cranes.", "Vera Orlova")
    save(store, "Three", "Third text about ropes.", "Dr Vera Orlova")
    person = store.people.get(TEAM, "orlova")
    assert person.name == "Vera Orlova"
    assert store.people.profile(TEAM, person.id).pieces == 3
    for form in ("Vera Orlova", "v. orlova", "VERA", "Orlova's", "Prof. Orlova"):
        assert store.people.find(TEAM, form).id == person.id
    assert store.people.find("T2", "Orlova") is None


def test_letters_behind_a_name_are_no_part_of_the_person(store):
    save(store, "One", "First text about harbours.", "Vera Orlova, Ph.D., RD")
    save(store, "Two", "Second text about cranes.", "Vera Orlova MP")
    save(store, "Three", "Third text about ropes.", "Vera Orlova, CDCES")
    person = store.people.get(TEAM, "orlova")
    assert person.name == "Vera Orlova"
    assert store.people.profile(TEAM, person.id).pieces == 3
    save(store, "Four", "Fourth text about piers.", "Jack Ma", "Otto Brandt, Jr.")
    assert store.people.get(TEAM, "Ma").name == "Jack Ma"
    assert store.people.get(TEAM, "Otto Brandt").name == "Otto Brandt, Jr."


def test_different_given_names_stay_apart(store):
    save(store, "One", "First text about harbours.", "Vera Orlova")
    save(store, "Two", "Second text about cranes.", "Viktor Orlova")
    save(store, "Three", "Third text about ropes.", "V. Orlova")
    assert len(store.people.candidates(TEAM, "Orlova")) == 3
    assert store.people.find(TEAM, "viktor orlova").name == "Viktor Orlova"


def test_a_family_name_alone_is_the_only_one_known(store):
    save(store, "One", "Ivo Marek says that harbours sleep.", "Ada Example")
    save(store, "Two", "Marek says that cranes wake.", "Ada Example")
    marek = store.people.get(TEAM, "Marek")
    assert marek.name == "Ivo Marek"
    profile = store.people.profile(TEAM, marek.id)
    assert (profile.pieces, profile.quoted) == (0, 2)


def test_did_you_mean(store):
    save(store, "One", "First text about harbours.", "Vera Orlova")
    with pytest.raises(PersonNotFound, match="Did you mean Vera Orlova"):
        store.people.get(TEAM, "Orlowa")
    with pytest.raises(PersonNotFound, match="in the library yet"):
        store.people.get(TEAM, "Zzz")
    assert store.people.find(TEAM, "") is None


def test_merged_by_hand_stays_merged(store):
    save(store, "One", "First text about harbours.", "Vera Orlova", url="https://s.org/1")
    save(store, "Two", "Second text about cranes.", "V. O. Sibirskaya", url="https://s.org/2")
    keep, gone = store.people.get(TEAM, "Orlova"), store.people.get(TEAM, "Sibirskaya")
    store.people.merge(TEAM, keep.id, gone.id)
    save(store, "Two", "Second text about cranes, revised.", "V. O. Sibirskaya", url="https://s.org/2")
    assert store.people.get(TEAM, "Sibirskaya").id == keep.id
    assert store.people.profile(TEAM, keep.id).pieces == 2
    with pytest.raises(NotAllowed):
        store.people.merge(TEAM, keep.id, gone.id)
    other = store.people.split(TEAM, keep.id, "V. O. Sibirskaya")
    save(store, "Two", "Second text about cranes, revised twice.", "V. O. Sibirskaya", url="https://s.org/2")
    assert store.people.get(TEAM, "Sibirskaya").id == other.id
    assert store.people.profile(TEAM, keep.id).pieces == store.people.profile(TEAM, other.id).pieces == 1


def test_two_people_of_one_name(store):
    first = save(store, "One", "First text about harbours.", "Vera Orlova", url="https://s.org/1")
    second = save(store, "Two", "Second text about cranes.", "Vera Orlova", url="https://s.org/2")
    one = store.people.get(TEAM, "Vera Orlova")
    other = store.people.split(TEAM, one.id, "Vera Orlova", (second,))
    save(store, "Two", "Second text about cranes, revised.", "Vera Orlova", url="https://s.org/2")
    assert store.articles.author_ids(TEAM, first) == (one.id,)
    assert store.articles.author_ids(TEAM, second) == (other.id,)


def test_rename_keeps_the_old_name(store):
    save(store, "One", "First text about harbours.", "Vera Orlova")
    id_ = store.people.get(TEAM, "Orlova").id
    assert store.people.rename(TEAM, id_, "Vera Orlova-Lind").name == "Vera Orlova-Lind"
    assert store.people.get(TEAM, "vera orlova").id == id_


def test_a_family_name_of_two_words(store):
    save(store, "One", "A text about harbours.", "Joaquim Tavares-Bell")
    save(store, "Two", "A text about cranes.", "Ada Bell")
    assert store.people.named(TEAM, "Tavares-Bell").name == "Joaquim Tavares-Bell"
    assert store.people.named(TEAM, "Tavares-Orlova") is None


@pytest.mark.parametrize("issue", [None, "ports"])
@pytest.mark.parametrize("limit", [1, 4, 40])
def test_the_newest_lines_of_an_author_are_the_same_from_the_newest_pieces(store, issue, limit):
    for number in range(24):
        text = " ".join(f"The quay number {number}-{line} must be mended before winter." for line in range(1 + number % 3))
        piece = article(f"Quay {number}", text, authors=("Vera Orlova",), published=date(2020, 1, 1 + number % 7) if number % 5 else None)
        store.articles.save(TEAM, piece, analysis(piece, ("ports",) if number % 2 else (), kind=StatementKind.RECOMMENDATION))
    author = store.people.get(TEAM, "Vera Orlova").id
    asked = {"author": author, "issue": issue, "voice": Voice.OWN, "limit": limit}
    for filters in (None, Filters(since=date(2020, 1, 3))):
        for offset in (0, 3):
            quick = store.statements.lines(TEAM, **asked, filters=filters, offset=offset, total=False)
            whole = store.statements.lines(TEAM, **asked, filters=filters, offset=offset)
            assert [line.statement for line in quick.items] == [line.statement for line in whole.items]
    for filters in (Filters(authors=(author,)), Filters(authors=(author,), since=date(2020, 1, 3))):
        by_filters = store.articles.select(TEAM, Filters(authors=(author, 10**9), since=filters.since), limit)
        assert store.articles.select(TEAM, filters, limit) == by_filters
    assert store.people.wrote_between(TEAM, author) == (date(2020, 1, 1), date(2020, 1, 7))
    assert store.people.wrote_between(TEAM, author, date(2021, 1, 1)) is None
