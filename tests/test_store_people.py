"""People: one person under many forms, and two under one."""

import pytest

from bot.errors import NotAllowed, PersonNotFound
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
