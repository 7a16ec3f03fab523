"""Names made whole over an article. Docs are built by hand, so that these tests do not depend on what a model learnt."""

from collections.abc import Sequence

import pytest
import spacy
from spacy.tokens import Doc, Span

from bot.language.mentions import mend_names
from bot.language.names import find_names
from bot.language.pronouns import resolve_pronouns
from bot.models import Name, NameType

NLP = spacy.blank("en")


def doc(text: str, *names: tuple[str, str], tags: dict[str, str] | None = None) -> Doc:
    """A Doc with the given (words, type) marked at every place where they occur; words not in ``tags`` that are capitalised are NNP."""
    made = NLP.make_doc(text)
    for token in made:
        token.tag_ = (tags or {}).get(token.text) or ("NNP" if token.is_title else "NN")
        token.is_sent_start = token.i == 0 or made[token.i - 1].text == "."
    spans = []
    for words, label in names:
        start = text.find(words)
        while start >= 0:
            span = made.char_span(start, start + len(words), label=label)
            if span is not None:
                spans.append(span)
            start = text.find(words, start + 1)
    made.set_ents(spacy.util.filter_spans(spans))
    return made


def entities(made: Doc) -> list[tuple[str, str]]:
    return [(name.text, name.label_) for name in made.ents]


def names(docs: Sequence[Doc]) -> dict[str, Name]:
    mend_names(docs)
    return {name.text: name for name in find_names(docs)}


def test_one_person_under_all_names() -> None:
    found = names(
        [
            doc("Russian President Vladimir Putin spoke.", ("Vladimir Putin", "PERSON"), ("Russian", "NORP")),
            doc("Mr. Putin smiled. Putin left. The Russian president was late.", ("Putin", "PERSON"), ("Russian", "NORP")),
        ]
    )
    person = found["Vladimir Putin"]
    assert person.role == "Russian President"
    assert len(person.mentions) == 4
    assert person.aliases == ("Putin",)


def test_two_people_of_one_surname_stay_two() -> None:
    docs = [
        doc(
            "Bill Clinton and Hillary Clinton voted. Mrs. Clinton won.",
            ("Bill Clinton", "PERSON"),
            ("Hillary Clinton", "PERSON"),
            ("Clinton", "PERSON"),
        )
    ]
    found = names(docs)
    assert {"Bill Clinton", "Hillary Clinton"} == set(found)
    assert len(found["Hillary Clinton"].mentions) == 2


@pytest.mark.parametrize("alias", ["ISIS", "ISIL", "Daesh"])
def test_an_organisation_is_one_under_its_aliases(alias: str) -> None:
    found = names([doc(f"The Islamic State retreated. But {alias} returned, and IS stayed.", ("Islamic State", "GPE"), (alias, "GPE"))])
    [group] = [name for name in found.values() if name.type is NameType.ORG]
    assert len(group.mentions) == 3


def test_is_remains_a_verb_where_no_group_is_named_or_all_is_in_capitals() -> None:
    plain = doc("What IS this?")
    shouted = doc("THE STATE IS DEAD. The Islamic State fled.", ("Islamic State", "ORG"))
    mend_names([plain])
    mend_names([shouted])
    assert entities(plain) == []
    assert entities(shouted) == [("Islamic State", "ORG")]


@pytest.mark.parametrize("seat", ["Kremlin", "White House", "Downing Street", "United Nations"])
def test_institutions_are_not_places(seat: str) -> None:
    made = doc(f"The {seat} denied it.", (seat, "GPE"))
    mend_names([made])
    assert entities(made) == [(seat, "ORG")]


def test_two_people_joined_by_a_hyphen_are_two() -> None:
    made = doc("The Putin-Obama meeting failed.", ("Putin-Obama", "PERSON"))
    mend_names([made])
    assert entities(made) == [("Putin", "PERSON"), ("Obama", "PERSON")]


def test_a_double_name_is_one() -> None:
    made = doc("Ann Smith-Jones failed.", ("Ann Smith-Jones", "PERSON"))
    mend_names([made])
    assert entities(made) == [("Ann Smith-Jones", "PERSON")]


def test_country_office_and_person_are_parted() -> None:
    made = doc("U.S. President Barack Obama left.", ("U.S. President Barack Obama", "ORG"))
    mend_names([made])
    assert entities(made) == [("U.S.", "GPE"), ("Barack Obama", "PERSON")]


def test_a_name_marked_once_is_found_again() -> None:
    first, second = doc("Al-Nusra fled.", ("Al-Nusra", "PERSON")), doc("Then Brenninkmeyer met Tolliver.", ("Brenninkmeyer", "PERSON"))
    third = doc("It was Brenninkmeyer.")
    mend_names([first, second, third])
    assert entities(first) == [("Al-Nusra", "ORG")]
    assert entities(third) == [("Brenninkmeyer", "PERSON")]


def test_an_opening_verb_is_no_person() -> None:
    made = doc("Click here to click.", ("Click", "PERSON"), tags={"Click": "VB"})
    mend_names([made])
    assert entities(made) == []


def with_tree(words: str, heads: list[int], deps: list[str], *people: tuple[int, int]) -> Doc:
    tokens = words.split()
    made = Doc(NLP.vocab, words=tokens, heads=heads, deps=deps, tags=["NNP" if word.istitle() else "NN" for word in tokens])
    made.set_ents([Span(made, start, end, label="PERSON") for start, end in people])
    return made


def test_a_pronoun_goes_to_the_only_person_before_it() -> None:
    made = with_tree(
        "Lena Orlova resigned . She left .", [1, 2, 2, 2, 5, 5, 5], ["compound", "nsubj", "ROOT", "punct", "nsubj", "ROOT", "punct"], (0, 2)
    )
    found = find_names([made])
    assert list(resolve_pronouns([made], found).values()) == [0]


def test_a_pronoun_between_two_equals_is_left_alone() -> None:
    words = "Lena Orlova and Ruth Beller resigned . She left ."
    heads = [1, 5, 4, 4, 1, 5, 5, 8, 8, 8]
    deps = ["compound", "nsubj", "cc", "compound", "conj", "ROOT", "punct", "nsubj", "ROOT", "punct"]
    made = with_tree(words, heads, deps, (0, 2), (3, 5))
    resolved = resolve_pronouns([made], find_names([made]))
    assert resolved == {}
