"""Pages of invented papers, each with one thing to get right."""

from datetime import date

import pytest

from bot.errors import Unreadable
from bot.models import Basis
from bot.reading.page import read_page

TODAY = date(2026, 1, 1)
SENTENCE = "The council has argued about rents for {} years, and nobody who sits on it today believes that the next meeting will settle it for good."
BODY = "".join(f"<p>{SENTENCE.format(number)}</p>" for number in ("three", "seven", "eleven", "twenty"))


def page(head: str = "", above: str = "", body: str = BODY, below: str = "") -> bytes:
    article = f"<article>{above}{body}{below}</article>"
    return f"<html><head>{head}</head><body><nav>Home News Opinion</nav>{article}<footer>© 2019 Harbour Post</footer></body></html>".encode()


def test_reads_what_the_page_prints() -> None:
    article = read_page(
        page(
            "<title>Rents will not fall by decree | Harbour Post</title><meta property='og:site_name' content='Harbour Post'>",
            "<h1>Rents will not fall by decree</h1>"
            "<p class='byline'>By Ada Quill and Tomas Brandt</p><time datetime='2024-03-09T08:00:00Z'>9 March 2024</time>",
        ),
        "https://harbourpost.example/opinion/rents?utm_source=x",
        today=TODAY,
    )
    assert article.title.value == "Rents will not fall by decree"
    assert article.authors.value == ("Ada Quill", "Tomas Brandt")
    assert article.published.value == date(2024, 3, 9)
    assert article.outlet.value == "Harbour Post"
    assert article.url.value == "https://harbourpost.example/opinion/rents"
    assert "twenty years" in article.text
    assert {fact.basis for fact in (article.title, article.authors, article.published, article.outlet)} == {Basis.STATED}


def test_says_unknown_where_nothing_is_stated() -> None:
    article = read_page(page(above="<h1>Rents will not fall by decree</h1>"), None, today=TODAY)
    assert article.authors.basis is Basis.UNKNOWN
    assert article.authors.value is None
    assert article.published.basis is Basis.UNKNOWN
    assert article.published.value is None


def test_a_page_without_an_article_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        read_page(b"<html><body></body></html>", None)
    with pytest.raises(Unreadable):
        read_page(b"   ", None)
