"""Limits and types of names that follow from their form: dates, sums, laws, elections, institutions, offices."""

import pytest
import spacy
from spacy.tokens import Doc

from bot.language.mentions import mend_names
from bot.language.times import find_times

NLP = spacy.blank("en")


def marked(text: str, *names: tuple[str, str]) -> list[tuple[str, str]]:
    doc: Doc = NLP.make_doc(text)
    for token in doc:
        token.tag_ = "NNP" if token.text[0].isupper() else "NN"
        token.is_sent_start = token.i == 0
    doc.set_ents([span for words, label in names if (span := doc.char_span(text.index(words), text.index(words) + len(words), label=label))])
    mend_names([doc])
    return [(name.text, name.label_) for name in doc.ents]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It fell by six months.", [("six months", "DATE")]),
        ("She left on 4 March 2011, for good.", [("4 March 2011", "DATE")]),
        ("They meet next Tuesday.", [("next Tuesday", "DATE")]),
        ("It began in the late 1990s.", [("late 1990s", "DATE")]),
        ("It cost $1.8bn, they say.", [("$1.8bn", "MONEY")]),
        ("They paid 3 million euros.", [("3 million euros", "MONEY")]),
        ("One day you may march.", []),
    ],
)
def test_dates_and_sums_are_found_by_their_form(text: str, found: list[tuple[str, str]]) -> None:
    assert [(span.text, span.label_) for span in find_times(NLP.make_doc(text))] == found


@pytest.mark.parametrize(
    ("text", "name", "label", "expected"),
    [
        ("The Minsk Agreement holds.", "Minsk Agreement", "ORG", "LAW"),
        ("The Charter of Paris holds.", "Charter of Paris", "ORG", "LAW"),
        ("The Cold War ended.", "Cold War", "ORG", "EVENT"),
        ("The Kuril Islands wait.", "Kuril Islands", "GPE", "LOC"),
        ("South Korea waits.", "South Korea", "ORG", "GPE"),
        ("The Harbour Workers Association waits.", "Harbour Workers Association", "GPE", "ORG"),
        ("Hundreds waited in Benghazi yesterday.", "Benghazi", "PERSON", "GPE"),
        ("Many Syrian Sunnis fled.", "Syrian Sunnis", "GPE", "NORP"),
    ],
)
def test_a_name_s_form_corrects_its_type(text: str, name: str, label: str, expected: str) -> None:
    assert marked(text, (name, label)) == [(name, expected)]


def test_an_institution_goes_on_behind_of() -> None:
    assert marked("The Workers Party of Portugal won.", ("Workers Party", "ORG"), ("Portugal", "GPE")) == [("Workers Party of Portugal", "ORG")]


def test_an_election_with_its_year_is_one_event() -> None:
    text = "He lost the 1997 United Kingdom general election badly."
    assert marked(text, ("United Kingdom", "GPE")) == [("1997 United Kingdom general election", "EVENT")]


@pytest.mark.parametrize(
    ("text", "name", "label", "expected"),
    [
        ("The US Secretary of Defence spoke.", "US Secretary of Defence", "ORG", [("US", "GPE")]),
        ("Exxon Chief Executive Anna Holt spoke.", "Exxon Chief Executive Anna Holt", "PERSON", [("Exxon", "ORG"), ("Anna Holt", "PERSON")]),
        ("Is ISIS Orlova's gift?", "ISIS Orlova", "PERSON", [("ISIS", "ORG"), ("Orlova", "PERSON")]),
        ("The U.S.-Russian cooperation ended.", "U.S.-Russian cooperation", "ORG", [("U.S.-Russian", "ORG")]),
        ("Re-engaging Orlova is hard.", "Re-engaging Orlova", "PERSON", [("Orlova", "PERSON")]),
        ("MUCH TO VENTURE, LITTLE TO GAIN", "VENTURE", "ORG", []),
    ],
)
def test_offices_and_headings_are_no_names(text: str, name: str, label: str, expected: list[tuple[str, str]]) -> None:
    assert marked(text, (name, label)) == expected


def test_a_hyphenated_verb_in_one_piece_is_no_given_name() -> None:
    doc = Doc(NLP.vocab, words=["Re-engaging", "Orlova", "is", "hard", "."], tags=["VBG", "NNP", "VBZ", "JJ", "."], sent_starts=[True, *[False] * 4])
    doc.set_ents([doc.char_span(0, len("Re-engaging Orlova"), label="PERSON")])
    mend_names([doc])
    assert [name.text for name in doc.ents] == ["Orlova"]
