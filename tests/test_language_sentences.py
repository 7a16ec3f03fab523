"""Sentences that people would recognise, with the shipped pipeline."""

import pytest

from bot.language import pipeline
from bot.language.sentences import quotations, sentences
from bot.models import Paragraph, ParagraphRole


def cut(text: str) -> list[str]:
    [doc] = pipeline.load().analyse([text])
    return [sentence.text for sentence in sentences(doc)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The U.S. Deputy Secretary of State, Anna Holt, left on Monday. Nobody replaced her.", 2),
        ("Gen. Mark Aldous met Sen. Ruth Beller. They spoke for an hour.", 2),
        ("“We were never asked,” Mr. Oduya said. “Nobody ever is.”", 2),
        ('"Why now?" she asked. "Because the money is gone."', 2),
        ("The talks, which J. R. Harmon led, failed at 5 p.m. on Friday.", 1),
        ("“Will it hold?” Ms. Orlova asked. Nobody knew.", 2),
        ("“They lied to us,” Deputy Minister Anna Holt said.", 1),
        ("RIGA — The bridge reopened on Monday.", 1),
        ("He called the plan “unworkable.” The ministry disagreed.", 2),
    ],
)
def test_sentences_are_cut_where_people_cut_them(text: str, count: int) -> None:
    found = cut(text)
    assert len(found) == count, found
    assert "".join(found).replace(" ", "") == text.replace(" ", "")


def test_a_name_is_never_torn_between_two_sentences() -> None:
    for text in (
        "NASA Administrator Charles Boldan announces where four space shuttles will go.",
        "Environment spokesperson Julie Hahnen said they apply to letters of complaint.",
        "The architect Julia Hollis; the conductor Calvin Simmonds; the singer Ana Lucia.",
    ):
        assert cut(text) == [text]


def test_no_sentence_is_only_a_closing_quotation_mark() -> None:
    for text in ('He said: "It is over. We lost. "', "“It is over. We lost. ”", "It ended (badly. )"):
        assert all(any(letter.isalnum() for letter in sentence) for sentence in cut(text))


def test_a_heading_is_one_sentence_though_it_holds_a_full_stop() -> None:
    heading = Paragraph(0, "Rapprochement on Nobody's Terms. Why It\nWon't Work", ParagraphRole.HEADING)
    [doc] = pipeline.load().analyse([heading])
    assert len(sentences(doc)) == 1


def test_a_wrapped_line_does_not_end_a_sentence() -> None:
    assert len(cut("The minister told reporters that the\nbridge would open before the end of\nthe year.")) == 1


def test_a_quotation_is_one_whole_over_its_sentences() -> None:
    text = "“It is over. We lost,” he said. “Nobody came."
    assert [text[start:end] for start, end in quotations(text)] == ["“It is over. We lost,”", "“Nobody came."]
