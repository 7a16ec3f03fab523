"""What people paste is read as they mean it: title, standfirst, authors, day and body of each layout in tests/pasted.py."""

import pytest

from bot.models import Basis
from bot.reading.text import read_text
from tests.pasted import BODY, PARAGRAPHS, PASTED, TITLE, below


@pytest.mark.parametrize("name", PASTED)
def test_a_pasted_piece_is_read_as_it_is_meant(name: str) -> None:
    wanted = PASTED[name]
    article = read_text(wanted.text)
    assert article.title.value == wanted.title
    assert (article.authors.value or ()) == wanted.authors
    assert article.published.value == wanted.day
    assert article.standfirst.value == wanted.standfirst
    assert tuple(paragraph.text for paragraph in article.paragraphs) == wanted.paragraphs


def test_a_word_with_a_hyphen_of_its_own_keeps_it_at_the_line_s_end() -> None:
    text = below(TITLE).replace("the year is gone.", "the well-\nmeant and well-meant plans are gone for good.")
    assert "the well-meant and well-meant plans" in read_text(text).text


def test_a_name_at_the_end_of_a_whole_page_is_no_signature() -> None:
    page = "\n\n".join(f"* [Piece number {number}](https://harbourpost.example/{number})" for number in range(60))
    assert read_text(f"{below(TITLE)}\nPorts Elsewhere\n\n{page}\n").authors.basis is Basis.UNKNOWN


def test_a_label_without_a_title_is_a_byline_where_it_stands() -> None:
    article = read_text(below(TITLE, "Author: Ada Venn"))
    assert (article.title.value, article.authors.value, article.authors.evidence) == (TITLE, ("Ada Venn",), "byline")


def test_the_head_of_a_mail_is_gone_and_its_day_with_it() -> None:
    head = "From: Tomas Orr <tomas@orr.example>\nSent: Friday, March 8, 2024 8:11 AM\nTo: desk@institute.example\nSubject: FW: dredgers"
    article = read_text(f"{head}\n\n{TITLE}\n\n{BODY}\n")
    assert (article.title.value, article.published.value, article.authors.value) == (TITLE, None, None)
    assert article.paragraphs[0].text == PARAGRAPHS[0]
