"""No page and no feed crashes the reader or holds it up (every test has a limit), whatever it contains.

``ENTENTE_FUZZ=100000 pytest tests/test_reading_fuzz.py`` runs the drill over as many inputs.
"""

from __future__ import annotations

import contextlib
import os
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import Unreadable
from bot.models import Article
from bot.reading.feeds import read_feed, read_opml
from bot.reading.page import read_page
from bot.reading.sniff import Kind, sniff
from tests.drills.fuzz import KINDS, drill

TODAY = date(2026, 1, 1)
URL = "https://paper.example/2024/05/06/rents"
JSON_FEED = b'{"version": "https://jsonfeed.org/version/1", "items": ['
TAGS = tuple(
    "html head body title meta link script style article main section div span p a h1 h2 h3 ul ol li table tr td th blockquote time address figure "
    "img figcaption br hr em b i nav footer aside header noscript svg template button form input select option pre code iframe symbol".split()
)
NAMES = tuple("byline author date published entry-date comment sidebar related bio dek standfirst headline newsletter vcard caption".split())
WORDS = st.sampled_from(
    [
        "By Ann Lee", "By", "Staff Writer and", "3 March 2024", "2024-03-04", "Updated 31/12/99999", "©", "rents", "&amp;", "&#0;", "&#x1F600;",
        "\u202e", "\x00", "|", " - ", "Vera Holm is a fellow at the Quay Institute.", "The council met on Monday, and nobody agreed. " * 6,
        "Advertisement", "0000-00-00", "一二三", "اختبار",
    ]
)  # fmt: skip
ATTRIBUTES = st.lists(
    st.sampled_from(
        [
            *(f'class="{name}"' for name in NAMES), 'itemprop="author"', 'itemprop="datePublished"', 'rel="author"', 'datetime="2024-13-45T99"',
            "hidden", 'property="og:title"', 'property="article:published_time"', 'name="author"', 'content="x"', 'type="application/ld+json"',
            'href="http://["', "=", '"', "<",
        ]
    ),
    max_size=3,
).map(" ".join)  # fmt: skip
JSON_LD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["NewsArticle", "Person", "2024-01-01", "Ann Lee"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@type", "@id", "@graph", "author", "name", "headline", "datePublished", "publisher", "articleBody"]), inner, max_size=5
        )
    ),
    max_leaves=12,
)


@st.composite
def pages(draw: st.DrawFn) -> bytes:
    """Tag soup in the words of real pages."""
    import json

    parts: list[str] = []
    for _ in range(draw(st.integers(0, 25))):
        tag = draw(st.sampled_from(TAGS))
        kind = draw(st.integers(0, 9))
        if kind < 6:
            parts.append(f"<{tag} {draw(ATTRIBUTES)}>{draw(WORDS)}")
        if kind == 6:
            parts.append(f'<script type="application/ld+json">{json.dumps(draw(JSON_LD))}</script>')
        if kind > 3:
            parts.append(draw(st.sampled_from([f"</{tag}>", "</p>", "<!--", "-->", "<![CDATA[", "</body>", "<", ">"])))
    encoding = draw(st.sampled_from(["utf-8", "utf-16", "cp1252", "latin-1", "shift_jis"]))
    return "".join(parts).encode(encoding, "replace")


def check(data: bytes, url: str | None = URL) -> None:
    with contextlib.suppress(Unreadable):
        assert_sane(read_page(data, url, today=TODAY))


def assert_sane(article: Article) -> None:
    assert [paragraph.position for paragraph in article.paragraphs] == list(range(len(article.paragraphs)))
    assert all(paragraph.text.strip() == paragraph.text != "" for paragraph in article.paragraphs)
    assert article.paragraphs
    for fact in (article.title, article.authors, article.outlet, article.published, article.standfirst, article.url):
        assert (fact.value is None) == (fact.basis == "unknown")
        assert fact.value is None or fact.evidence
    assert article.published.value is None or date(1990, 1, 1) <= article.published.value <= date(2026, 1, 2)
    assert all(name.strip() for name in article.authors.value or ())


SLOWLY = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))


@SLOWLY
@given(pages())
def test_no_tag_soup_breaks_the_reader(data: bytes) -> None:
    check(data)


@settings(SLOWLY, max_examples=60)
@given(st.binary(max_size=3000), st.none() | st.text(max_size=60))
def test_no_bytes_break_the_reader(data: bytes, url: str | None) -> None:
    check(data, url)
    sniff(data)


@settings(SLOWLY, max_examples=100)
@given(pages() | st.binary(max_size=2000))
def test_no_bytes_break_the_feed_reader(data: bytes) -> None:
    for lead in (b"", b"<rss version='2.0'><channel><item>", b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>", JSON_FEED):
        for read in (lambda data: read_feed(data, URL), read_opml):
            with contextlib.suppress(Unreadable):
                read(lead + data)


P = b'<p>The council has argued about <a href="/x">rents</a> for years, and nobody who sits on it today believes that it will settle.</p>'
HUGE = {
    "paragraphs": b"<html><body><h1>A headline</h1>" + P * 36_000,
    "deep": b"<div>" * 300_000 + b"x",
    "links": b'<a href="/x">Some link text</a> ' * 150_000,
    "tables": b"<table><tr><td>a</td><td>b</td></tr></table>" * 60_000,
    "lists": b"<ul><li>Item of a list that goes on</li></ul>" * 80_000,
    "one paragraph": b"<p>" + b"word " * 1_000_000,
    "breaks": b"<p>" + b"line of text<br>" * 250_000,
    "dates": b"<p>3 March 2024</p>" * 200_000,
    "times": b'<time class="date" datetime="2024-03-03">3 March</time>' * 80_000,
    "bylines": b'<span class="byline author">By Ann Lee</span>' * 90_000,
    "headlines": b"<h1>Title of it</h1>" * 100_000,
    "open comments": b"<!-- " * 500_000,
    "open scripts": b"<script>" * 200_000,
    "deep JSON-LD": b'<script type="application/ld+json">' + b'{"a":[' * 90_000 + b"</script>",
    "brackets": b"<" * 3_000_000,
    "names": b'<p class="byline">By ' + b"Ann Lee, " * 200_000 + b"</p>",
    "separators": b"<title>" + b"a | " * 500_000 + b"</title><h1>" + b"a - " * 300_000 + b"</h1>",
    "numbers": b"<p>" + b"2024-" * 500_000 + b"</p>" + b"<p>1 " * 100_000,
    "spaces": b"<p>" + b" " * 4_000_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HUGE)
def test_five_megabytes_come_to_an_end(name: str) -> None:
    check(HUGE[name][:5_000_000])


def test_every_input_of_the_drill_gives_an_article_or_a_sentence() -> None:
    tried, read, errors, _ = drill(int(os.environ.get("ENTENTE_FUZZ", "300")))
    assert errors == 0
    assert all(tried[kind] > read[kind] > 0 for kind in KINDS)


def test_a_broken_address_is_none() -> None:
    broken = b"<link rel='canonical' href='http://['><script type='application/ld+json'>{\"@type\": \"Article\", \"url\": \"http://[\"}</script>"
    article = read_page(broken + b"<h1>Rents will not fall</h1>" + P * 8, "http://[", today=TODAY)
    assert article.url.value is None


def test_a_page_that_hides_all_of_itself_is_read_or_refused() -> None:
    check(b"<body hidden class='date'>")
    assert "argued" in read_page(b"<body class='date' style='display:none'><h1>Rents will not fall</h1>" + P * 8, URL, today=TODAY).text


def test_a_kind_is_always_given() -> None:
    assert sniff(b"") in set(Kind)
