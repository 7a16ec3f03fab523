"""Thesis and key points of hand-built candidates."""

from dataclasses import replace

from bot.language import salience
from bot.language.candidates import Candidate
from bot.language.standalone import Leaning

THEMES = (
    "ferry harbour subsidy",
    "ferry council vote",
    "school valley winter",
    "harbour council price",
    "painting museum frame",
    "ferry valley council",
)


def piece(*said: str) -> list[Candidate]:
    """One paragraph for each sentence of 15 words."""
    return [Candidate(tuple(words.split()), 15, at, len(said), True, True) for at, words in enumerate(said)]


def test_the_author_s_firm_position_is_the_thesis_of_an_opinion_piece() -> None:
    sentences = piece(*THEMES)
    sentences[3] = replace(sentences[3], modal=True, evaluation=True, summing=True, own=1.0)
    assert salience.choose(sentences).thesis == (3,)


def test_a_report_says_at_the_top_what_it_reports() -> None:
    sentences = piece(*THEMES)
    sentences[3] = replace(sentences[3], modal=True, evaluation=True, own=1.0)
    assert salience.choose(sentences, news=1.0).thesis == (0,)


def test_a_standfirst_names_the_sentence_that_it_says_again() -> None:
    sentences = piece(*THEMES)
    assert salience.choose(sentences, standfirst=("school", "valley", "winter")).thesis == (2,)


def test_points_do_not_repeat_the_thesis_or_each_other() -> None:
    sentences = piece("ferry harbour subsidy", "ferry harbour subsidy", "school council vote", "school council vote", "ferry school price")
    choice = salience.choose(sentences)
    assert not set(choice.thesis) & set(choice.points)
    shown = [sentences[at].lemmas for at in (*choice.thesis, *choice.points)]
    assert len(shown) == len(set(shown)) == 3


def test_headings_are_never_shown_and_dangling_sentences_are_passed_over() -> None:
    sentences = piece(*THEMES, *THEMES)
    sentences[0] = replace(sentences[0], heading=True)
    sentences[1] = replace(sentences[1], leaning=Leaning.REFERENCE)
    choice = salience.choose(sentences)
    shown = {*choice.thesis, *choice.points}
    assert 0 not in shown
    assert 1 not in shown


def test_a_thesis_that_needs_the_sentence_before_brings_it() -> None:
    sentences = piece(*THEMES)
    firm = replace(sentences[3], modal=True, negated=True, evaluation=True, summing=True, own=1.0)
    sentences[3] = replace(firm, leaning=Leaning.REFERENCE, first_in_paragraph=False, paragraph=2)
    assert salience.choose(sentences).thesis == (2, 3)


def test_salience_is_between_0_and_1_and_nothing_comes_of_nothing() -> None:
    choice = salience.choose(piece(*THEMES))
    assert len(choice.salience) == len(THEMES)
    assert (min(choice.salience), max(choice.salience)) == (0, 1)
    assert salience.choose([]) == salience.Choice((), (), ())


def test_what_is_granted_to_the_other_side_is_not_the_thesis() -> None:
    sentences = piece(*THEMES)
    sentences[3] = replace(sentences[3], negated=True, evaluation=True, own=1.0)
    sentences[4] = replace(sentences[3], negated=True, evaluation=True, summing=True, own=1.0, conceding=True, paragraph=4)
    assert salience.choose(sentences).thesis == (3,)


def test_a_sentence_that_the_one_before_does_not_explain_only_follows_it() -> None:
    sentences = piece(*THEMES, "castle orchard mill", "bridge river toll")
    sentences[3] = replace(sentences[3], leaning=Leaning.REFERENCE)
    sentences[4] = replace(sentences[4], leaning=Leaning.REFERENCE, own=1.0, modal=True, evaluation=True)
    shown = [*(choice := salience.choose(sentences)).thesis, *choice.points]
    assert 4 not in shown or 3 in shown[: shown.index(4)]


def test_a_sentence_may_bring_two_of_its_paragraph_but_no_more() -> None:
    sentences = [replace(sentence, paragraph=0) for sentence in piece(*THEMES)]
    for at in (1, 2, 3):
        sentences[at] = replace(sentences[at], leaning=Leaning.TURN)
    assert salience.context(sentences) == [0, 1, 2, 3, 0, 0]
    half = replace(sentences[1], leaning=Leaning.HALF)
    assert salience.context([sentences[0], half])[1] > salience.CONTEXT
    sentences[0] = replace(sentences[0], words=salience.CONTEXT_WORDS)
    assert salience.context(sentences)[2] > salience.CONTEXT


def test_a_thesis_that_only_turns_is_shown_by_itself() -> None:
    sentences = piece(*THEMES)
    firm = replace(sentences[3], modal=True, negated=True, evaluation=True, summing=True, own=1.0)
    sentences[3] = replace(firm, leaning=Leaning.TURN)
    assert salience.choose(sentences).thesis == (3,)


def test_the_headline_of_an_argument_says_what_its_thesis_says() -> None:
    assert salience.choose(piece(*THEMES), title=("school", "valley", "winter")).thesis == (2,)
