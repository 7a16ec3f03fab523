"""The author's own voice kept apart from what others say, and what a sentence gives to an argument."""

import pytest

from bot.language import kinds, pipeline, reports, turns, voice, voice_traits
from bot.language.statements import gather
from bot.language.training import voices
from bot.language.words import Words, flatten


def parse(text: str) -> Words:
    return flatten(pipeline.load().analyse([text]))


def features(text: str) -> set[str]:
    words = parse(text)
    return set(voice_traits.sentence_features(words, (0, len(words)), reports.index(words, gather(words))))


def read(text: str) -> voice.Reading:
    words = parse(text)
    found = gather(words)
    return voice.read(words, (0, len(words)), reports.index(words, found), kinds.said(words, found))


def test_a_duty_that_others_speak_of_is_not_the_authors() -> None:
    assert "group=duty" in features("The berths must close this winter.")
    found = features("Anton Birk said that the berths must close this winter.")
    assert "group=duty" not in found
    assert "group@=duty" in found


def test_a_report_is_told_from_a_view_that_mentions_one() -> None:
    assert {"cue:root", "cueroot=say|PERSON"} <= features("Anton Birk said that the berths must close this winter.")
    below = features("The port is failing because the owners believe that it cannot fail.")
    assert {"cueonlybelow", "cuebelow=hold"} <= below
    assert "cue:none" in features("The port is failing.")


def test_names_alone_make_no_report() -> None:
    found = features("Anton Birk and the Harbour Board of Rotterdam sold the land in March.")
    assert not any(name.startswith("entity=") and name != "entity=DATE" for name in found)


def test_labels_count_as_op_eds_have_them() -> None:
    labels = ["T"] * 8 + ["J"] * 2
    weights = voices.as_in_op_eds(labels)
    assert sum(weights) == pytest.approx(len(labels))
    assert sum(weights[8:]) / sum(weights[:8]) == pytest.approx(voices.SHARES["J"] / voices.SHARES["T"])


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The council should sell the land before the winter.", "R"),
        ("It would be a big mistake to ease sanctions.", "R"),
        ("It was a mistake to sell the land.", "J"),
        ("The harbour office says that the council should sell the land before the winter.", "T"),
        ("The dockers' union insists that the council ought to keep the berths open.", "T"),
        ("On Monday the council closed two of the nine berths.", "F"),
        ("The port will close before the year is out.", "P"),
        ("It is a shameful plan that flatters the people who wrote it.", "J"),
    ],
)
def test_a_sentence_does_what_its_main_clause_does(text: str, label: str) -> None:
    assert read(text).label == label


@pytest.mark.parametrize(
    "text",
    [
        "It is high time to dredge the channel.",
        "The sensible course is to lease the berths and keep the land.",
        "There is no reason to keep the berths closed for another year.",
        "Nothing would do more for the harbour than a night train.",
        "The next step should be a joint harbour board.",
    ],
)
def test_a_call_needs_no_should(text: str) -> None:
    assert any(name.startswith("call=") for name in turns.found(text.lower()))
    assert read(text).label == "R"


def test_a_call_that_others_make_is_not_the_authors() -> None:
    assert not any(name.startswith("call=") for name in features("Anton Birk said that it was high time to dredge the channel."))
    assert read("Anton Birk said that it was high time to dredge the channel.").label == "T"


def test_what_is_bound_to_come_is_foretold() -> None:
    assert {"foretells=bound", "foretells=horizon"} <= set(turns.found("traffic is bound to fall next year ."))
    assert not list(turns.found("traffic fell in march ."))


def test_scorn_takes_a_side_and_analysis_and_bad_news_take_none() -> None:
    assert read("What the harbour office calls a strategy is a bill with a ribbon around it.").subjective
    assert not read("Traffic has fallen because two of the larger lines moved to another port.").subjective
    assert not read("Two dockers were killed and nine injured when a crane fell on Monday.").subjective


def test_single_sentences_are_marked_as_the_training_reads_them() -> None:
    singles = [single for source in (voices.SIDED, voices.SINGLES) for single in voices.read_singles(source, pipeline.load())]
    assert {single.label for single in singles} <= set(voice.LABELS)
    assert all(single.side for single in singles if single.label == "R")
    assert any(single.side for single in singles if single.label == "J")
    assert not all(single.side for single in singles if single.label == "J")


def test_a_named_witness_testifies_and_critics_do_not() -> None:
    named = parse("Anton Birk said that the berths were rotten.")
    assert "rotten" in {named.lower[i] for i in kinds.said(named, gather(named))}
    nobody = parse("Critics said that the berths were rotten.")
    assert gather(nobody)
    assert kinds.said(nobody, gather(nobody)) == set()


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("Anton Birk told reporters that the berths had been rotten for years.", "TESTIMONY"),
        ('"We were never asked, and we read it in the paper," she said.', "TESTIMONY"),
        ("The port handled 1,200 ships in 2014, a third fewer than in 2009.", "EVIDENCE"),
        ("This shameful folly insults everyone who ever worked on the quay.", "OPINION"),
    ],
)
def test_a_sentence_gives_testimony_evidence_or_opinion(text: str, use: str) -> None:
    assert read(text).use == use


def test_numbers_of_a_survey_are_marked_as_evidence() -> None:
    found = features("The survey put support for the port at 41 percent in 2014.")
    assert {"survey", "surveyed", "year"} <= found
    assert not {"survey", "surveyed", "year"} & features("The dockers are tired.")


def test_what_the_author_lived_through_is_told_from_what_the_author_holds() -> None:
    assert "lived=True" in features("We stood on the quay and counted the ships.")
    assert "lived=False" in features("We are a country that sells its ports.")


def test_both_labels_count_the_same_whatever_their_number() -> None:
    shares = voices.even([True, False, False, False], 8)
    assert shares[0] == 4
    assert sum(shares) == pytest.approx(8)
