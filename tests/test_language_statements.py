"""Statements: found in a piece written for this test, and never with a source that the text does not name."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.language import lexicon, pipeline, reports, voice, voice_traits
from bot.language.attribution import Attribution, likely
from bot.language.statements import gather
from bot.language.training import stances
from bot.language.words import flatten
from bot.models import NameType, Sentence, Span, Statement, StatementKind, Voice
from tests.scores import statements as scores

PIECE = (
    "The harbour at Port Meridian is full. On Monday the council closed two of its nine berths.",
    "Anna Berger, the mayor, said that the closures would last a year. She warned that fees must rise. The dockers fear a slow death of the port.",
    '"We were never asked," said Anton Birk, who leads the dockers\' union. "We read it in the paper."',
    "According to the harbour office, traffic fell by a third in 2014. The council hopes to sell the land.",
    "It would be a mistake to sell. The council should keep the berths open and dredge the channel.",
)


def pair(texts: tuple[str, ...]) -> tuple[tuple[Sentence, ...], list[tuple[Statement, str, str]]]:
    sentences, found, _ = scores.find(texts)
    return sentences, [(s, " ".join(texts[p.paragraph][p.start : p.end] for p in s.content), s.source_text or "") for s in found]


def test_reported_statements_have_source_and_content() -> None:
    _, found = pair(PIECE)
    attributed = {(source, content) for statement, content, source in found if statement.voice is Voice.ATTRIBUTED}
    assert ("Anna Berger", "that the closures would last a year") in attributed
    assert any("Birk" in source and content.startswith('"We were never asked') for source, content in attributed)
    assert any("harbour office" in source and "traffic fell by a third" in content for source, content in attributed)
    assert any("council" in source and content == "to sell the land" for source, content in attributed)


def test_a_pronoun_is_resolved_to_the_person_just_named() -> None:
    _, found = pair(PIECE)
    assert any(source == "Anna Berger" and "fees must rise" in content for _, content, source in found)


def test_own_voice_is_told_from_reports() -> None:
    _, found = pair(PIECE)
    own = {content: statement.kind for statement, content, _ in found if statement.voice is Voice.OWN}
    assert own[PIECE[4].split(". ", 1)[1]] is StatementKind.RECOMMENDATION
    assert own[PIECE[0].split(". ", 1)[1]] is StatementKind.FACT
    assert not any("fear" in content for content in own)


def side(text: str) -> float:
    words = flatten(pipeline.load().analyse([text]))
    return voice.read(words, (0, len(words)), reports.index(words, gather(words))).side


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        ("The mayor's shameful scheme is a cynical gift to his cronies.", "The mayor's plan is a loan to four companies."),
        ("This farce of a council squanders what honest dockers earn.", "The council spends what the dockers pay in fees."),
    ],
)
def test_loaded_words_take_a_side_and_plain_ones_do_not(taken: str, left: str) -> None:
    assert side(taken) > 0.5 > side(left)


def test_loaded_words_of_others_are_counted_apart_from_the_authors_own() -> None:
    text = 'He complained of "a shameful farce" at the harbour.'
    words = flatten(pipeline.load().analyse([text]))
    found = voice_traits.sentence_features(words, (0, len(words)), reports.index(words, []))
    assert {"loaded=scorn_ADJ@quoted:1+", "loaded=any@quoted:2+"} <= set(found)
    assert not any(feature.startswith("loaded=scorn_ADJ:") for feature in found)


def test_a_label_is_shown_only_where_it_is_right_often_enough() -> None:
    wrong_below = [("NEG", "NEG", 0.9)] * 400 + [("NEU", "NEG", 0.7)] * 300 + [("POS", "POS", 0.6), ("NEU", "NEU", 0.6)]
    assert stances.sure_from(wrong_below, "NEG") == 0.9
    assert stances.sure_from([("NEU", "NEG", 0.99), ("NEG", "NEG", 0.98)] * 200, "NEG") > 1
    assert stances.sure_from([("NEG", "NEG", 0.99)] * 5 + [("NEU", "NEU", 0.9)], "NEG") > 1


def test_a_sources_pronoun_and_what_it_stands_for_are_both_its_place() -> None:
    text = "Anton Birk met the envoy, who said that the berths would stay closed."
    _, found = pair((text,))
    said = next(statement for statement, content, _ in found if "would stay closed" in content and statement.voice is Voice.ATTRIBUTED)
    places = " ".join(text[span.start : span.end] for span in said.source)
    assert "the envoy" in places
    assert "who" in places


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("This week delegates said that the fund was empty.", "delegates"),
        ("For forty years poor countries have demanded a seat at the table.", "poor countries"),
        ("The union's lawyers’ claim that nobody had been warned was false.", "The union's lawyers"),
        ("The inquiry led the mayor to admit that the berths were rotten.", "the mayor"),
    ],
)
def test_a_source_is_a_phrase_for_somebody_without_times_openers_and_marks(text: str, source: str) -> None:
    sources = [statement.source_text for statement, _, _ in pair((text,))[1] if statement.voice is Voice.ATTRIBUTED]
    assert source in sources


def test_no_stance_is_shown_toward_a_country_or_a_people() -> None:
    _, found, names = scores.find(("Delegates from Norway met in Geneva on Monday.",))
    targets = [(names[target.name], target) for statement in found for target in statement.targets]
    sure = [target for name, target in targets if name.type is NameType.GPE and target.confidence > 0.95]
    assert sure
    assert all(target.stance is None for target in sure)


def test_things_hold_no_views() -> None:
    texts = ("The attack allowed the regime to close two newspapers.", "The storm reminded everybody that the harbour is old.")
    assert not [source for _, _, source in pair(texts)[1] if "attack" in source or "storm" in source]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Anton Birk praised the mayor for her plan, saying it would save the port.", "Anton Birk", "it would save the port"),
        ("The plan was praised by the dockers as a way out.", "the dockers", "as a way out"),
        ("According to exit polls, the dockers voted for the mayor.", "exit polls", "the dockers voted for the mayor"),
        ("The council has no money and has appealed for help from the state.", "The council", "help from the state"),
        ("The union met the envoy in the hope that the berths would stay open.", "The union", "the berths would stay open"),
        ("The mayor quipped that herring cannot read.", "The mayor", "that herring cannot read"),
    ],
)
def test_a_source_stands_where_the_sentence_puts_it(text: str, source: str, content: str) -> None:
    found = {said: (statement, shown) for statement, said, shown in pair((text,))[1] if statement.voice is Voice.ATTRIBUTED}
    assert found, text
    assert any(source == shown and content in said for said, (_, shown) in found.items()), found


def test_a_paragraph_behind_a_colon_is_a_quotation_without_marks() -> None:
    texts = ("Anna Berger then added:", "The port is a promise that nobody in this city has kept.", "The meeting ended at nine.")
    said = {content: source for statement, content, source in pair(texts)[1] if statement.voice is Voice.ATTRIBUTED}
    assert said == {"The port is a promise that nobody in this city has kept": "Anna Berger"}


def test_a_closing_mark_before_a_word_opens_a_quotation() -> None:
    words = flatten(pipeline.load().analyse(["”We were never asked,” said the dockers."]))
    assert [words.join([quote]) for quote in words.quotes] == ["” We were never asked , ”"]


def test_what_stands_inside_another_ones_words_must_be_surer() -> None:
    """More so where its holder is a pronoun, most often the speaker of all."""
    words = flatten(pipeline.load().analyse(["Anton Birk said that he hoped the council wants peace."]))
    said = Attribution(2, (2, 3), ((3, 10),), (0, 2), 0, 0.9)
    hoped = Attribution(5, (5, 6), ((6, 10),), (4, 5), 4, 0.65)
    wants = Attribution(8, (8, 9), ((9, 10),), (6, 8), 7, 0.65)
    assert [likely(words, one, [said, hoped, wants]) for one in (said, hoped, wants)] == [True, False, True]
    assert likely(words, hoped, [hoped])
    assert not likely(words, replace(wants, probability=0.45), [said, wants])


@pytest.mark.parametrize(
    ("form", "guessed", "base"),
    [
        ("quipped", "quipp", "quip"),
        ("wondered", "wondere", "wonder"),
        ("signalling", "signall", "signal"),
        ("replied", "replye", "reply"),
        ("said", "say", "say"),
        ("walked", "walke", "walke"),
    ],
)
def test_verbs_of_saying_have_their_lemma(form: str, guessed: str, base: str) -> None:
    assert lexicon.base(form, guessed) == base


def test_statements_stand_in_text_order_and_within_their_paragraphs() -> None:
    sentences, found = pair(PIECE)
    assert [s.position for s, _, _ in found] == list(range(len(found)))
    for statement, _, _ in found:
        assert 0 <= statement.strength <= 1
        assert 0 <= statement.sentence < len(sentences)
        for span in (*statement.content, *statement.source, *statement.cue):
            assert 0 <= span.start < span.end <= len(PIECE[span.paragraph])


def test_nothing_is_found_in_nothing() -> None:
    assert scores.find(()) == ((), (), ())
    assert [s for s in scores.find(("",))[1] if s.voice is Voice.ATTRIBUTED] == []


@pytest.mark.shared
@pytest.mark.slow
def test_no_source_that_the_text_does_not_name(shared: Path) -> None:
    """The name shown stands in the source's sentence in one of its forms, or where the source is a pronoun, in the one that it leads back to."""
    pieces = [re.findall(r"[^\n]+", record["text"]) for record in scores.rows(shared, "attribution/polnear_dev.jsonl")]
    gold = json.loads((shared / "articles" / "gold.json").read_text(encoding="utf-8"))["seeds"]
    pieces += [[paragraph["text"] for paragraph in piece["paragraphs"]] for piece in gold.values()]
    checked = 0
    for texts in pieces:
        sentences, found, names = scores.find(texts)
        for statement in found:
            if statement.source_text is None:
                assert statement.source_name is None
                continue
            checked += 1
            first = statement.source[0]
            at = next(i for i, s in enumerate(sentences) if s.paragraph == first.paragraph and s.start <= first.start < s.end)
            if statement.source_name is None:
                assert statement.source_text in texts[first.paragraph][sentences[at].start : sentences[at].end]
                continue
            mentions = names[statement.source_name].mentions
            while not any(stands_in(mention, sentences[at]) for mention in mentions):
                place = sentences[at]
                said = texts[place.paragraph][place.start : place.end]
                assert PRONOUN.search(said), (statement.source_text, said)
                at -= 1
                assert at >= 0
    assert checked > 1000


PRONOUN = re.compile(r"\b(he|she|his|her|him)\b", re.IGNORECASE)


def stands_in(mention: Span, sentence: Sentence) -> bool:
    return mention.paragraph == sentence.paragraph and sentence.start <= mention.start < sentence.end


@pytest.mark.shared
@pytest.mark.slow
def test_floors(shared: Path) -> None:
    """Below the measured figures by what a change elsewhere may cost."""
    polnear = scores.polnear(shared)
    assert polnear["attr"] >= 65.5
    assert polnear["token"] >= 84
    assert polnear["span"] >= 69.5
    assert polnear["indirect_recall"] >= 55
    pieces = scores.articles(shared)
    assert pieces["attribution"] >= 78
    assert pieces["voice"] >= 75
    measured = scores.stances(shared)
    assert measured["newsmtsc"] >= 67.5
    assert measured["shown_precision"] >= 90
    assert measured["shown_coverage"] >= 20
    editorials = scores.editorials(shared)
    assert editorials["editorials"] >= 65
    assert editorials["testimony"] >= 62
    assert scores.newssd(shared)["newssd"] >= 58  # n 99: a row moves it by one
