"""The day of publication: what counts as stating it on a page, and what is a date of something else."""

from datetime import date

import pytest

from bot.models import Article, Basis
from bot.reading.dates import find_short_dates
from bot.reading.page import read_page

TODAY = date(2026, 1, 1)
SENTENCE = "The council has argued about rents for {} years, and nobody who sits on it today believes that the next meeting will settle it for good."
BODY = "".join(f"<p>{SENTENCE.format(number)}</p>" for number in ("three", "seven", "eleven", "twenty"))
LONE = '<script type="application/ld+json">{"@type": "Article", "name": "Rents", "datePublished": "%s", "dateModified": "2025-06-01"}</script>'


def read(head: str = "", above: str = "", below: str = "", *, url: str | None = None, language: str = "en", body: str = "") -> Article:
    markup = (
        f"<html lang='{language}'><head>{head}</head><body {body}><nav>Home News</nav><article><h1>Rents by decree</h1>{above}{BODY}{below}"
        "</article></body></html>"
    )
    return read_page(markup.encode(), url, today=TODAY)


def test_a_date_that_is_stated_twice_counts_however_long_the_page_was_kept_up() -> None:
    assert read(LONE % "2013-03-03").published.basis is Basis.UNKNOWN, "for search engines only, twelve years before the last change"
    shared = "<meta property='article:published_time' content='2013-03-03T09:00:00+00:00'>"
    assert read(LONE % "2013-03-03" + shared).published.value == date(2013, 3, 3)
    assert read(f"{shared}<meta property='article:modified_time' content='2025-06-01'>").published.value == date(2013, 3, 3)
    other = "<meta name='date' content='2025-06-01'>"
    assert read(LONE % "2013-03-03" + other).published.basis is Basis.UNKNOWN, "the other tag tells of another day"


@pytest.mark.parametrize(
    ("stated", "spelled", "day"),
    [
        ("2018-12-31T23:11:59+00:00", "2019/01/01", date(2019, 1, 1)),
        ("2019-11-19T02:30:00Z", "2019/11/18", date(2019, 11, 18)),
        ("2019-11-19T02:30:00-05:00", "2019/11/18", date(2019, 11, 19)),
        ("2019-11-19T20:30:00Z", "2019/11/18", date(2019, 11, 19)),
        ("2019-11-19T00:00:00Z", "2019/11/18", date(2019, 11, 19)),
        ("2019-11-19T02:30:00Z", "2019/11/16", date(2019, 11, 19)),
    ],
)
def test_the_address_tells_the_local_day_of_a_moment_in_utc(stated: str, spelled: str, day: date) -> None:
    """Only where some clock on earth showed that day at that moment."""
    meta = f"<meta property='article:published_time' content='{stated}'>"
    assert read(meta, url=f"https://harbourpost.example/{spelled}/rents").published.value == day


def test_a_printed_day_confirms_what_is_stated_against_the_address() -> None:
    meta = "<meta property='article:published_time' content='2019-11-19T02:30:00Z'>"
    assert read(meta, "<p>19 November 2019</p>", url="https://harbourpost.example/2019/11/18/rents").published.value == date(2019, 11, 19)


def test_a_midnight_is_a_day_and_its_eve_was_rendered_elsewhere() -> None:
    meta = "<meta property='article:published_time' content='2016-11-28T{}'>"
    assert read(meta.format("00:00:00.000Z"), "<time>November 27, 2016</time>").published.value == date(2016, 11, 28)
    assert read(meta.format("03:10:00.000Z"), "<time>November 27, 2016</time>").published.value == date(2016, 11, 27)


def test_the_outermost_elements_may_hold_the_date() -> None:
    assert read(body='data-pubdate="2022-10-05" data-lastmod="2025-12-02"').published.value == date(2022, 10, 5)
    assert read(body='data-publisher-id="2022-10-05"').published.basis is Basis.UNKNOWN
    assert read(below='<div data-published="2022-10-05">Another piece</div>').published.basis is Basis.UNKNOWN, "a teaser's"


@pytest.mark.parametrize(
    "sentence",
    [
        "The next meeting is on 5 February 2025 from seven at the Anchor.",
        "Das nächste Treffen findet am 5. Februar 2025 ab 19 Uhr im Anker statt.",
        "Please register on 5 May 2025 with the clerk of the council.",
    ],
)
def test_a_date_in_a_sentence_is_of_what_the_sentence_tells(sentence: str) -> None:
    assert read(above=f"<p>{sentence}</p>").published.basis is Basis.UNKNOWN


@pytest.mark.parametrize("line", ["By Ada Quill on 5 February 2025", "Posted on 5 February 2025 in Housing", "On 5 February 2025 at 10:00"])
def test_a_line_that_labels_its_date_states_it(line: str) -> None:
    assert read(above=f"<p>{line}</p>").published.value == date(2025, 2, 5)


def test_a_wiki_states_its_last_change_in_the_footer() -> None:
    changed = read(below="<footer><p>This page was last edited on 29 January 2020, at 13:22 (UTC).</p></footer>").published
    assert (changed.value, changed.basis) == (date(2020, 1, 29), Basis.INFERRED)
    german = read(below="<footer><p>Diese Seite wurde zuletzt am 29. Januar 2020 um 13:22 Uhr geändert.</p></footer>").published
    assert german.value == date(2020, 1, 29)
    assert read(below="<footer><p>Prices last updated 29 January 2020</p></footer>").published.basis is Basis.UNKNOWN


def test_forums_print_years_of_two_digits() -> None:
    assert read(above="<p class='author'>von mira am 26/10/13, 03:48 pm</p>", language="de").published.value == date(2013, 10, 26)
    assert read(above="<p>Posted 10/26/13 3:48 pm by mira</p>", language="en-US").published.value == date(2013, 10, 26)
    assert read(above="<p>Posted 04/05/13 3:48 pm by mira</p>").published.basis is Basis.UNKNOWN, "which is the month?"
    assert [mention.value for mention in find_short_dates("Joined 26.10.13, flat 3.10.12")] == []


def test_a_page_that_is_changed_within_five_years_keeps_its_lone_date() -> None:
    assert read(LONE % "2021-03-03").published.value == date(2021, 3, 3)
