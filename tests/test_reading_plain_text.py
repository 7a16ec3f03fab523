"""Heads of pages saved as text in the forms in which converters and mail programs leave them: menus run together, pictures as "[...]", no marks."""

import contextlib
import time
from datetime import date

import pytest

from bot.errors import Unreadable
from bot.reading.page import read_page
from bot.reading.text import read_text

SENTENCES = (
    "The harbour council has argued about rents for {} years, and nobody who sits on it believes that the next vote on rents will settle it.",
    "Tenants near the old harbour pay {} crowns more than they did, while the council counts on builders who have not laid one stone.",
    "What the council could do is plain enough, and it was tried {} years ago: build on its own ground, and keep the rents for itself.",
)
BODY = "\n\n".join(SENTENCES[number % 3].format(word) for number, word in enumerate(("three", "seven", "eleven", "twenty", "forty", "ninety")))
TITLE = "Rents in the harbour will not fall by decree"

HEADS = {
    "a kicker, a byline and a date": ("Opinion\n\n{}\n\nBy Ada Quill\n\n9 March 2024", ("Ada Quill",), date(2024, 3, 9)),
    "name and date in one line": ("{}\n\nAda Quill March 9, 2024", ("Ada Quill",), date(2024, 3, 9)),
    "one name only": ("{}\n\nSusanna March 9, 2024  0 Comments", ("Susanna",), date(2024, 3, 9)),
    "the date first": ("{}\n\nMarch 9th, 2024 By Ada Quill", ("Ada Quill",), date(2024, 3, 9)),
    "posted by a pen name": ("{}\n\nPosted on March 9, 2024 by harbourwatch", ("harbourwatch",), date(2024, 3, 9)),
    "a picture's text": ("{}\n\n[portrait] Written by Ada Quill\n\n[calendar] March 9, 2024", ("Ada Quill",), date(2024, 3, 9)),
    "an outlet's logo": ("{}\n\nBy Ada Quill [Harbour Post logo]\n\nSaturday, March 9, 2024", ("Ada Quill",), date(2024, 3, 9)),
    "a role run together": ("{}\n\nBy Ada QuillStaff Writer\n\nMarch 9, 2024 2:05 PM PT", ("Ada Quill",), date(2024, 3, 9)),
    "a role below": ("{}\n\nUpdated March 9, 2024, 1:24 PM EST / Source: WHARF\n\nAda Quill\n\nTrending Editor", ("Ada Quill",), date(2024, 3, 9)),
    "a role behind": ("{}\n\nAda Quill Senior Politics Editor, The Harbour Post\n\nMarch 9, 2024", ("Ada Quill",), date(2024, 3, 9)),
    "a team": ("{}\n\nHarbour Connect Team\n\nMarch 9, 2024", ("Harbour Connect Team",), date(2024, 3, 9)),
    "a team behind a lone lead": ("{}\n\nBy:\n\nThe Harbour Desk\n\nMarch 9, 2024", ("The Harbour Desk",), date(2024, 3, 9)),
    "a pen name of two capitals": ("{}\n\nBy QuillmasterAda in Workshop\n\nMarch 9, 2024", ("QuillmasterAda",), date(2024, 3, 9)),
    "nobody": ("{}\n\nBy\n\nDate\n\nShare", None, None),
    "a section and no name": ("{}\n\nDistrict\n\n9 March 2024", None, date(2024, 3, 9)),
    "a standfirst between": (
        "{}\n\nThe council waits for builders who have no reason to come and no money to lay a stone\n\nBy Ada Quill\n\nMarch 9, 2024",
        ("Ada Quill",),
        date(2024, 3, 9),
    ),
    "a trail above": ("Home - Opinion - {0}\n\n{0}\n\nBy Ada Quill\n\nMarch 9, 2024", ("Ada Quill",), date(2024, 3, 9)),
    "a menu in one line above": (
        "24/7 LiveHarbour CityOld TownNorthern QuaysIslands\n\n{}\n\nBy Ada Quill\n\nMarch 9, 2024",
        ("Ada Quill",),
        date(2024, 3, 9),
    ),
    "a portrait above the name": ("{}\n\n[Ada Quill smiling]\n\nby Ada Quill\n\nMarch 9, 2024", ("Ada Quill",), date(2024, 3, 9)),
    "a portrait and no lead": ("{}\n\n[Photo of the author]\n\nAda Quill\n\nMarch 9, 2024", ("Ada Quill",), date(2024, 3, 9)),
    "a picture above the date": ("[harbour]\n\nMarch 9, 2024\n\n{}\n\nBy Ada Quill", ("Ada Quill",), date(2024, 3, 9)),
    "first date and update": ("{}\n\nBy Ada Quill\n\nMarch 9, 2024 - Updated July 9, 2025", ("Ada Quill",), date(2024, 3, 9)),
    "an update below": ("{}\n\nMarch 9th, 2024 by Ada Quill\n\nLast updated: July 9, 2025", ("Ada Quill",), date(2024, 3, 9)),
    "dates and name run together": ("{}\n\nMarch 9, 2024March 11, 2024Ada Quill", ("Ada Quill",), date(2024, 3, 9)),
    "a date twice": ("{}\n\nAda Quill\n\n9 March 2024 / 23:07 GMT9 March 2024 / 23:07 GMT", ("Ada Quill",), date(2024, 3, 9)),
    "on behalf of others": ("{}\n\nMar. 9, 2024 · Ada Quill on behalf of the Harbour Rents group", ("Ada Quill",), date(2024, 3, 9)),
    "behind the standfirst": (
        "{}\n\nThe council waits for builders who will not come. By Ada Quill on March 9, 2024",
        ("Ada Quill",),
        date(2024, 3, 9),
    ),
    "dates of a list above": ("* Ferries of the year\n* July 1, 2024\n\n{}\n\nAda Quill\n\n9 March 2024", ("Ada Quill",), date(2024, 3, 9)),
    "buttons between": ("By: Ada Quill on 9-Mar-2024 5:11:10\n\nPrint\n\nShare\n\n{}\n\nHousing", ("Ada Quill",), date(2024, 3, 9)),
}


@pytest.mark.parametrize(("head", "authors", "day"), HEADS.values(), ids=HEADS)
def test_reads_the_head_of_a_plain_text(head: str, authors: tuple[str, ...] | None, day: date | None) -> None:
    article = read_text(f"{head.format(TITLE)}\n\n{BODY}\n")
    assert (article.title.value, article.authors.value, article.published.value) == (TITLE, authors, day)
    assert article.text.startswith("The harbour council has argued about rents for three years")


MENUS = {
    "menu lines before": "* Home\n* News\n* Opinion\n+ Letters\n+ Columns\nAbout Contact Login\nSearch for:\n\n{}\n\nBy Ada Quill\n\nMarch 9, 2024",
    "a question in the menu": "Which rent is right for you?\n\nMenu\n\nPolitics\n\n{}\n\nBy\n\nAda Quill\n\nMarch 9, 2024",
    "a notice with a sentence before": (
        "Some of the offers on this site come from partners who pay us, which may affect where and how they are shown to you here.\n\nClose\n\n"
        "* Home\n* Housing\n\nGoods of the week\n\nPartners\n\n{}\n\nBy Ada Quill\n\nMarch 9, 2024"
    ),
    "pictures in a row": "[Harbour at night][Council in session][Icon]\n\n{}\n\nAda Quill\n\nMarch 9, 2024",
}


@pytest.mark.parametrize("head", MENUS.values(), ids=MENUS)
def test_finds_the_title_below_a_menu(head: str) -> None:
    article = read_text(f"{head.format(TITLE)}\n\n{BODY}\n")
    assert (article.title.value, article.authors.value) == (TITLE, ("Ada Quill",))


def test_a_headline_in_capitals_is_no_menu() -> None:
    head = "Opinion\n\nWhy The Next Rent Law May Be Our Last\n\nThe council has learnt nothing from the old one.\n\nBy Ada Quill"
    article = read_text(f"{head}\n\n{BODY}")
    assert article.title.value == "Why The Next Rent Law May Be Our Last"
    assert article.standfirst.value == "The council has learnt nothing from the old one."


def test_a_name_over_another_teaser_is_not_the_author() -> None:
    above = f"The best ferries of the year\n\nby Bo Ek\n\nAdvertisement\n\nHome / Opinion / {TITLE}"
    head = f"# {TITLE}\n\nAda Quill\n\n9 March 2024 / 23:07 GMT"
    assert read_text(f"{above}\n\n{head}\n\n{BODY}").authors.value == ("Ada Quill",)


CARDS = {
    "read more": (
        "Ferries are late again this spring\n\nNobody at the ferry company wants to say why.\n\nRead more\n\n"
        "A bridge for nobody\n\nThe bridge will carry nobody but its builders.\n\nRead more"
    ),
    "bylines and dates": (
        "Ferries are late again this spring\n\nBo Ek May 1, 2025\n\nNobody at the ferry company wants to say why the boats have come late.\n\n"
        "A bridge for nobody\n\nCy Orr May 2, 2025\n\nThe bridge that the islands were promised will carry nobody but its builders."
    ),
}


@pytest.mark.parametrize("cards", CARDS.values(), ids=CARDS)
def test_announcements_of_other_pieces_end_the_body(cards: str) -> None:
    article = read_text(f"{TITLE}\n\nBy Ada Quill\n\nMarch 9, 2024\n\n{BODY}\n\n{cards}\n")
    assert article.paragraphs[-1].text == BODY.split("\n\n")[-1]


def test_quoted_posts_are_the_pieces_own() -> None:
    posts = "\n\n".join(f"> Rents went up by {word} again.\n\n> — Harbour Council (@harbour) October 9, 2023" for word in ("six", "nine"))
    head = f"{TITLE}\n\nBy Ada Quill\n\nMarch 9, 2024"
    article = read_text(f"{head}\n\n{BODY}\n\nThis is what the council wrote:\n\n{posts}\n\n{SENTENCES[0].format('ninety')}")
    assert "Rents went up by six again." in article.text
    assert "Rents went up by nine again." in article.text


LONG = {
    "one short line again and again": "Read more\n\n" * 11_000,
    "heads without a text": "Rents will not fall\nBy Ada Quill\n3 May 2024\nx\n" * 2_900,
    "dates": "3 May 2024\n\n" * 11_900,
    "pictures in one line": "[a] " * 100_000 + "x",
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_work_grows_with_the_length_only(text: str) -> None:
    before = time.process_time()
    with contextlib.suppress(Unreadable):
        read_text(text)
    assert time.process_time() - before < 6  # two seconds at most on an idle machine; with the square of the lines it was thirteen


def test_a_line_of_many_authors_takes_no_time() -> None:
    links = "<a href='/author/ada'>Ada Quill</a> " * 15_000
    before = time.process_time()
    read_page(f"<html><body>{''.join(f'<p>{sentence}</p>' for sentence in SENTENCES)}<p>{links}</p></body></html>".encode(), None)
    assert time.process_time() - before < 6
