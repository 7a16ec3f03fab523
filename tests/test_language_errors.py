"""One test for each kind of error that general pipelines make on op-eds, with the shipped one and invented people."""

import pytest
from spacy.tokens import Doc

from bot.language import pipeline
from bot.language.sentences import sentences
from bot.models import Paragraph, ParagraphRole


def read(text: str) -> Doc:
    return pipeline.load().analyse([text])[0]


def types(text: str, *more: str) -> dict[str, str]:
    """The names of a piece with their types."""
    return {name.text: name.label_ for doc in pipeline.load().analyse([text, *more]) for name in doc.ents}


def subject(text: str, verb: str) -> str | None:
    said = next(token for token in read(text) if token.text == verb)
    return next((child.text for child in said.children if child.dep_.startswith("nsubj")), None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Kremlin hopes to end the isolation of Russia.", "Kremlin"),
        ("The White House would not say who had called whom.", "White House"),
        ("The United Nations has sent two envoys to Tripoli.", "United Nations"),
        ("Islamic State lost three villages and took two.", "Islamic State"),
        ("Al-Nusra and its allies hold the road.", "Al-Nusra"),
        ("Downing Street denies that there was a letter.", "Downing Street"),
    ],
)
def test_institutions_and_groups_are_neither_places_nor_people(text: str, name: str) -> None:
    assert types(text)[name] == "ORG"


def test_a_brand_in_a_caption_is_no_person() -> None:
    assert types("Also available on Soundcloud.").get("Soundcloud") in {None, "ORG"}


def test_is_the_group_is_found_where_the_piece_names_it_in_full() -> None:
    found = types("Moscow wants a coalition against Islamic State.", "But fighting IS was never the aim, and IS is not the one it names.")
    assert found["IS"] == "ORG"
    assert "IS" not in types("WHY THE TRUCE IS DEAD", "The truce is dead.")


def test_two_people_joined_by_a_hyphen_are_two() -> None:
    assert types("The Orlova-Hendricks talks failed, and Orlova left.") == {"Orlova": "PERSON", "Hendricks": "PERSON"}


def test_two_nations_joined_by_a_hyphen_are_two() -> None:
    assert types("U.S.-Russian cooperation over Syria is a mirage.")["Russian"] == "NORP"


def test_a_given_name_with_a_hyphen_stays_whole() -> None:
    assert "Pak Chung-min" in types("The opposition leader Pak Chung-min was arrested in Seoul.")


@pytest.mark.parametrize("name", ["Entente Cordiale", "Minsk II", "Foreign Policy Concept"])
def test_agreements_and_doctrines_are_no_people_places_or_bodies(name: str) -> None:
    assert types(f"The authors of the {name} did not foresee this.")[name] == "LAW"


def test_a_headline_with_a_nation_is_no_place() -> None:
    assert types("Moscow's Syrian Gambit").get("Syrian Gambit") not in {"GPE", "LOC", "PERSON"}


@pytest.mark.parametrize("name", ["Middle East", "Eurasia", "Central Asia"])
def test_parts_of_the_world_are_places_without_a_government(name: str) -> None:
    assert types(f"Nobody in {name} believes in the old order.")[name] == "LOC"


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("As Anna Holt points out, nobody was asked.", "points", "Anna"),
        ('Council on Baltic Affairs scholar Anna Holt points out, "Nobody was asked."', "points", "Anna"),
        ("Moscow hopes that the sanctions will be lifted.", "hopes", "Moscow"),
        ("Moscow fears that the regime will fall.", "fears", "Moscow"),
        ("Ankara claims that the border is closed.", "claims", "Ankara"),
        ("Berlin plans to send more ships.", "plans", "Berlin"),
        ("Washington doubts that the truce will hold.", "doubts", "Washington"),
    ],
)
def test_verbs_that_look_like_nouns_keep_their_subject(text: str, verb: str, expected: str) -> None:
    assert subject(text, verb) == expected


@pytest.mark.parametrize("verb", ["hopes", "fears", "claims", "doubts"])
def test_what_a_capital_hopes_or_fears_is_its_complement(verb: str) -> None:
    doc = read(f"Moscow {verb} that Washington will give in.")
    main = next(token for token in doc if token.text == verb)
    assert (main.pos_, main.lemma_) == ("VERB", verb[:-1])
    assert [child.dep_ for child in main.children if child.text == "give"] == ["ccomp"]


def test_no_orphan_closing_quotation_mark() -> None:
    text = "“Nobody asked us. We would have said no.” That was all."
    assert all(sentence.text[0].isalnum() or sentence.text[0] == "“" for sentence in sentences(read(text)))


def test_a_headline_over_two_lines_is_one_sentence() -> None:
    heading = Paragraph(0, "Rapprochement on Riga's Terms\nWhy It Won't Work for the Neighbors", ParagraphRole.HEADING)
    assert len(sentences(pipeline.load().analyse([heading])[0])) == 1


@pytest.mark.parametrize(
    "text",
    [
        "U.S. Deputy Secretary of State Anna Holt left Riga on Monday.",
        "Gen. Paul Vries told Sen. Ruth Beller that the U.N. mission was over.",
        "It was signed by Holt, Vries et al. in Geneva.",
    ],
)
def test_abbreviations_do_not_end_sentences(text: str) -> None:
    assert [sentence.text for sentence in sentences(read(text))] == [text]


@pytest.mark.parametrize("words", ["Easing Moscow fears", "Moscow hopes", "What Washington claims", "Ten years of Tehran denies"])
def test_a_noun_of_saying_may_be_the_last_word(words: str) -> None:
    pipeline.load().analyse([words])
