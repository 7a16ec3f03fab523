"""Saved text and Markdown: every line is a field, the body, or dropped."""

from datetime import date
from pathlib import Path

import pytest

from bot.errors import TooLong, Unreadable
from bot.models import Basis, ParagraphRole
from bot.reading.text import LONGEST_TEXT, read_text

SAMPLES = Path(__file__).parents[1] / "bot" / "playground" / "samples"

PIECE = """\
The Ferry That Never Sailed

Two governments promised a crossing. Neither bought a boat.

By Ottilie Brandrup

3 May 2019

For eleven years the ministers of two coasts have met each spring to announce a ferry. They announced it again on Monday.

The case for it is as strong as ever. Forty thousand people live within an hour of the strait, and to visit a cousin on the other side

they drive for nine hours. Nobody denies any of this.

What is missing is a budget line. A crossing costs less than the conferences that have been held about it, and the state should pay for it this year.

Ottilie Brandrup is a historian of the northern ports.

Sign up for our free weekly newsletter
Our newsletter is delivered to your inbox every Friday. You can unsubscribe at any time.

Original url:

<https://strandpost.example/2019/05/03/the-ferry-that-never-sailed?utm_source=mail>
"""


def test_every_field_of_a_plain_piece() -> None:
    article = read_text(PIECE)
    assert article.title.value == "The Ferry That Never Sailed"
    assert article.standfirst.value == "Two governments promised a crossing. Neither bought a boat."
    assert (article.authors.value, article.authors.basis) == (("Ottilie Brandrup",), Basis.STATED)
    assert (article.published.value, article.published.basis) == (date(2019, 5, 3), Basis.STATED)
    assert article.url.value == "https://strandpost.example/2019/05/03/the-ferry-that-never-sailed"
    assert article.bio == "Ottilie Brandrup is a historian of the northern ports."
    assert len(article.paragraphs) == 3
    assert "on the other side they drive for nine hours" in article.text
    assert "newsletter" not in article.text
    assert "unsubscribe" not in article.text


def test_a_bio_line_names_the_author_when_no_byline_does() -> None:
    article = read_text(PIECE.replace("By Ottilie Brandrup\n\n", ""))
    assert (article.authors.value, article.authors.basis) == (("Ottilie Brandrup",), Basis.INFERRED)


def test_a_role_without_a_name_names_nobody() -> None:
    anonymous = PIECE.replace("By Ottilie Brandrup\n\n", "")
    article = read_text(anonymous.replace("Ottilie Brandrup is a historian of the northern ports.", "Director of the Northern Ports Programme"))
    assert (article.authors.value, article.authors.basis) == (None, Basis.UNKNOWN)
    assert article.bio == "Director of the Northern Ports Programme"


def test_an_address_dates_a_piece_only_as_inferred() -> None:
    article = read_text(PIECE.replace("3 May 2019\n\n", ""))
    assert (article.published.value, article.published.basis) == (date(2019, 5, 3), Basis.INFERRED)


def test_a_photographer_is_no_author_and_a_caption_dates_nothing() -> None:
    bare = PIECE.replace("By Ottilie Brandrup\n\n3 May 2019\n\n", "").replace("Ottilie Brandrup is a historian of the northern ports.\n\n", "")
    article = read_text("Lena Marsh / Reuters Ministers on the quay at Havn, December 2016.\n\n" + bare.split("Original")[0])
    assert article.authors.value is None
    assert article.published.value is None
    assert "Lena Marsh" not in article.text


def test_doubled_captions_and_pull_quotes_are_dropped() -> None:
    caption = "The ferry minister, Arvid Holm, at the opening of a terminal without a quay, April 2012."
    pulled = "A crossing costs less than the conferences that have been held about it"
    article = read_text(PIECE.replace("What is missing", f"{caption}\n\n{caption.replace('the opening of ', '')}\n\n{pulled}\n\nWhat is missing"))
    assert "Arvid Holm" not in article.text
    assert article.text.count(pulled) == 1


def test_a_short_line_in_capitals_between_paragraphs_is_a_heading() -> None:
    article = read_text(PIECE.replace("\n\nThe case for it", "\n\nA BOAT'S PRICE\n\nThe case for it"))
    assert [p.role for p in article.paragraphs if p.text == "A BOAT'S PRICE"] == [ParagraphRole.HEADING]
    assert [p.role for p in article.paragraphs].count(ParagraphRole.BODY) == 3


def test_hard_wrapped_lines_are_paragraphs_again() -> None:
    import textwrap

    wrapped = "\n\n".join(textwrap.fill(block, 72) for block in PIECE.split("\n\n"))
    assert read_text(wrapped).text == read_text(PIECE).text


def test_markdown_marks_go_and_words_stay() -> None:
    article = read_text(
        "# A Title of *Some* Weight\n\nBy [Ann Brook](https://x.example/a)\n\n"
        'The **first** paragraph has a [link](https://x.example/b "t") and an _aside_, and it goes on for long enough to count.\n\n'
        "## What follows\n\n> A quoted passage that somebody else wrote, long enough to stand as a paragraph of its own here.\n\n"
        "* one item that the author lists because it says something of substance\n"
    )
    assert article.title.value == "A Title of Some Weight"
    assert article.authors.value == ("Ann Brook",)
    roles = [paragraph.role for paragraph in article.paragraphs]
    assert roles == [ParagraphRole.BODY, ParagraphRole.HEADING, ParagraphRole.QUOTE, ParagraphRole.LIST]
    assert article.paragraphs[0].text.startswith("The first paragraph has a link and an aside, and")


@pytest.mark.parametrize("text", ["", " \n\t\n", "* * *", "Home\nAbout\nContact\n", "word " * 3, "#", "[](/)", "---\ntitle: x\n---\n"])
def test_no_article_is_said_so(text: str) -> None:
    with pytest.raises(Unreadable, match=r"no (article|text)"):
        read_text(text)


def test_a_huge_paste_is_refused_at_once() -> None:
    with pytest.raises(TooLong, match="characters"):
        read_text("x" * (LONGEST_TEXT + 1))


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.md")), ids=lambda path: path.stem)
def test_the_samples_are_read_whole(path: Path) -> None:
    article = read_text(path.read_text(encoding="utf8"))
    assert article.title.basis is Basis.STATED
    assert article.authors.value is not None
    assert len(article.authors.value) == 1
    assert article.authors.value[0].title() in {"Mara Ellingsen", "Piers Lockridge", "Adaeze Nwobi", "Joaquim Tavares-Bell", "Nadia Hroub"}
    assert article.outlet.value in {"The Harbour Review", "Meridian Post", "The Continental Ledger"}
    assert article.published.value is not None
    assert 2023 <= article.published.value.year <= 2025
    assert article.words > 500
    for mark in (
        "newsletter",
        "cookie",
        "podcast",
        "rights reserved",
        "Advertisement",
        "Photo:",
        "Comments",
        "Share this",
        "http",
        "views expressed",
    ):
        assert mark not in article.text


def test_letters_that_were_misread_are_put_right() -> None:
    article = read_text(PIECE.replace("Nobody denies", "Nobodyâ€™s ferry, no cafÃ© denies"))
    assert "Nobody’s ferry, no café denies" in article.text


def test_a_list_of_short_lines_between_paragraphs_stays() -> None:
    listed = (
        "Three things are missing:\n\n"
        + "".join(f"* {thing}\n" for thing in ("a boat", "a quay", "a bell", "a crew", "a flag", "a song", "a map"))
        + "\n"
    )
    article = read_text(PIECE.replace("What is missing is", f"{listed}What is missing is"))
    assert [paragraph.text for paragraph in article.paragraphs if paragraph.role is ParagraphRole.LIST][:2] == ["a boat", "a quay"]


HEAD, BYLINE = "The Ferry That Never Sailed", "By Ottilie Brandrup"


@pytest.mark.parametrize(
    "byline",
    [
        "[![Ottilie Brandrup](/o.png)By Ottilie Brandrup](/people/o)",
        "![Ottilie Brandrup](/o.png)\n\nOttilie Brandrup",
        "Medically reviewed by Ivo Lund, MD — Written by Ottilie Brandrup",
        "Ottilie Brandrup | Strand Post",
        "By Ottilie Brandrup Reuters",
    ],
)
def test_bylines_as_they_are_saved(byline: str) -> None:
    assert read_text(PIECE.replace(BYLINE, byline)).authors.value == ("Ottilie Brandrup",)


def test_a_byline_far_below_counts_when_it_says_so_plainly() -> None:
    text = PIECE.replace(f"{BYLINE}\n\n", "").replace("Ottilie Brandrup is a historian of the northern ports.", "Sign up\n\n" * 14 + "{}")
    assert read_text(text.format("Written by: Ottilie Brandrup, Senior Analyst")).authors.value == ("Ottilie Brandrup",)
    assert read_text(text.format("Ottilie Brandrup")).authors.value is None


def test_a_table_of_contents_does_not_hide_the_title() -> None:
    contents = "\n".join(f"* {number}. What the {thing} cost us" for number, thing in enumerate(("quay", "boats", "crews", "bells", "ropes") * 4, 1))
    assert read_text(PIECE.replace("Two governments promised a crossing. Neither bought a boat.", contents)).title.value == HEAD
    assert read_text(f"# {HEAD}\n\n" + "#1 in every harbour guide, they wrote\n\n" + PIECE.split("3 May 2019")[1]).title.value == HEAD


def test_readers_comments_stay_out_however_many_there_are() -> None:
    remark = "I have waited for this boat since I was a child; every spring the same two ministers stand on the cold quay and promise it again."
    says = "".join(f"{number}. reader{number} says:\n\n3 May 2019 at 6:{number} am\n\n{remark} {number} times.\n\n" for number in range(10, 60))
    replied = "".join(f"Reader {number}\n\n{number} hours ago\n\n{remark} That makes {number}.\n\nReply\n\n" for number in range(50))
    for comments in (says, replied):
        article = read_text(PIECE.replace("Sign up for our", f"{comments}Sign up for our"))
        assert len(article.paragraphs) == 3
        assert article.authors.value == ("Ottilie Brandrup",)


def test_a_row_of_digits_takes_no_time() -> None:
    assert read_text(PIECE.replace("Sign up for our", "=" * 15 + "1234567890" * 6 + "=q\n\nSign up for our")).title.value == HEAD


def test_a_line_of_author_outlet_and_day_is_no_standfirst() -> None:
    body = "The quays must be widened before the winter. Trade will follow the cheaper port, as it always does. " * 4
    article = read_text(f"# Open the Port\n\n**Ada Venn** | Harbour Post | May 3, 2024\n\n{body}\n\n{body}")
    assert article.standfirst.value is None
    assert article.authors.value == ("Ada Venn",)
