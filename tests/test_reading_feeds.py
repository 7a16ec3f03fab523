"""Feeds of every format, feeds that are broken, and when they are asked again."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.errors import Unreachable, Unreadable
from bot.reading.feeds import (
    FIRST_RETRY,
    LAST_RETRY,
    LATEST,
    SOONEST,
    SPREAD,
    feeds_of_page,
    next_attempt,
    next_poll,
    poll,
    read_feed,
    read_opml,
)
from bot.reading.fetch import Fetcher, Limits
from bot.reading.sniff import Kind, sniff
from tests.hostile import raw, reply, serving
from tests.scores.reading_feeds import ABSENT, given_folder, score_feeds

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RSS = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour Post</title>
<link>https://harbourpost.example/</link>
<item><title>Rents &amp; rules</title><link>https://harbourpost.example/opinion/rents?utm_source=rss</link><dc:creator>Ada Quill</dc:creator>
<pubDate>Mon, 02 Mar 2026 08:00:00 GMT</pubDate><description>&lt;p&gt;Why decrees fail.&lt;/p&gt;</description></item>
<item><title>Second</title><guid isPermaLink="true">https://harbourpost.example/opinion/second</guid></item>
</channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay Review</title><link href="https://quay.example/"/>
<entry><title type="html">On &lt;em&gt;ports&lt;/em&gt;</title><link rel="enclosure" href="https://quay.example/a.mp3"/><link href="/2026/ports"/>
<author><name>Tomas Brandt</name></author><published>2026-02-27T10:00:00+02:00</published></entry></feed>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1", "title": "Weir Notes", "home_page_url": "https://weir.example/",
        "items": [{"id": "1", "url": "https://weir.example/tide", "title": "Tide", "authors": [{"name": "Ines Vale"}],
                   "date_published": "2026-01-05T07:00:00Z", "content_text": "The tide."}, "no item", {"id": "https://weir.example/two"}],
    }
).encode()  # fmt: skip


def test_rss() -> None:
    feed = read_feed(RSS, "https://harbourpost.example/feed")
    first, second = feed.entries
    assert (feed.title, feed.site) == ("Harbour Post", "https://harbourpost.example/")
    assert (first.link, first.title, first.authors) == ("https://harbourpost.example/opinion/rents", "Rents & rules", ("Ada Quill",))
    assert first.published == date(2026, 3, 2)
    assert "decrees" in (first.content or "")
    assert second.link == "https://harbourpost.example/opinion/second"


def test_atom() -> None:
    (entry,) = read_feed(ATOM, "https://quay.example/feed.xml").entries
    assert (entry.link, entry.title, entry.authors) == ("https://quay.example/2026/ports", "On ports", ("Tomas Brandt",))
    assert entry.published == date(2026, 2, 27)


def test_json_feed() -> None:
    first, second = read_feed(JSON, "https://weir.example/feed.json").entries
    assert (first.link, first.authors, first.published) == ("https://weir.example/tide", ("Ines Vale",), date(2026, 1, 5))
    assert second.link == "https://weir.example/two"


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body><p>Rents</p></body></html>", b"", b"{}", b"[1]", b'{"items": 3}', b"\x00\x01", b"/etc/passwd", b"http://127.0.0.1/",
        b"{" * 5000, b"x" * 5_000_000,
    ],
)  # fmt: skip
def test_what_is_no_feed_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_feed(data, "https://a.example/")


def test_entities_of_other_files_and_bombs_are_not_expanded() -> None:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "lol">{lines}]><rss version="2.0"><channel><title>&l9;</title></channel></rss>'
    system = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    file = b'<?xml version="1.0"?>' + system + b'<rss version="2.0"><channel><title>&x;</title></channel></rss>'
    for data in (bomb.encode(), file):
        try:
            feed = read_feed(data, None)
        except Unreadable:
            continue
        assert len(feed.title or "") <= 400
        assert "root:" not in (feed.title or "")


def test_links_that_lead_nowhere_are_none() -> None:
    items = b"<item><title>a</title><link>javascript:alert(1)</link></item><item><title>b</title><guid>x y</guid></item>"
    data = b"<rss version='2.0'><channel>" + items + b"</channel></rss>"
    assert [entry.link for entry in read_feed(data, None).entries] == [None, None]


def test_polling_is_conditional() -> None:
    with serving({"/feed": reply(RSS, etag='"7"'), "/same": raw(b"HTTP/1.1 304 Not Modified\r\n\r\n"), "/gone": reply(b"", "410 Gone")}) as server:
        fetcher = Fetcher(Limits(seconds=60), also_allowed=[server.endpoint])
        first = poll(fetcher, server.url("/feed"))
        assert first.content is not None
        assert len(first.content.entries) == 2
        again = poll(fetcher, server.url("/same"), etag=first.etag)
        assert again.content is None
        assert again.etag == '"7"'
        assert 'if-none-match: "7"' in server.requests[1].lower()
        with pytest.raises(Unreachable):
            poll(fetcher, server.url("/gone"))


def test_a_healthy_feed_is_asked_by_how_often_it_publishes() -> None:
    busy = [date(2026, 3, 1)] * 40 + [date(2026, 3, 2)] * 40
    calm = [date(2025, 12, 1), date(2026, 1, 1), date(2026, 3, 1)]
    assert timedelta() < next_poll("a", NOW, busy) - NOW <= SOONEST * (1 + SPREAD)
    for days in (calm, []):
        assert LATEST <= next_poll("a", NOW, days) - NOW <= LATEST * (1 + SPREAD)


def test_a_failing_feed_is_asked_ever_less_often_but_for_ever() -> None:
    waits = [next_attempt("a", NOW, failures) - NOW for failures in range(1, 200)]
    assert waits == sorted(waits)
    assert FIRST_RETRY <= waits[0] <= FIRST_RETRY * (1 + SPREAD)
    assert LAST_RETRY <= waits[-1] <= LAST_RETRY * (1 + SPREAD)
    assert next_attempt("a", NOW, 10**9) < NOW + timedelta(days=2)


def test_feeds_are_spread() -> None:
    assert len({next_attempt(f"feed {number}", NOW, 3) for number in range(50)}) > 40


def test_a_page_says_which_feeds_it_has() -> None:
    page = b"""<html><head>
    <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
    <link rel="alternate" type="application/rss+xml" title="Opinion" href="/opinion/feed">
    <link rel="alternate" hreflang="de" href="/de"></head></html>"""
    found = feeds_of_page(page, "https://a.example/x")
    assert [feed.url for feed in found] == ["https://a.example/opinion/feed", "https://a.example/comments/feed"]
    assert feeds_of_page(b"", "https://a.example/") == ()


def test_opml() -> None:
    opml = b"""<opml version="2.0"><body><outline text="Papers"><outline text="Quay" xmlUrl="https://quay.example/feed.xml"/>
    <outline title="Weir" xmlurl="https://weir.example/feed.json"/>
    <outline text="Quay again" xmlUrl="https://quay.example/feed.xml"/></outline></body></opml>"""
    found = [(feed.url, feed.title) for feed in read_opml(opml)]
    assert found == [("https://quay.example/feed.xml", "Quay"), ("https://weir.example/feed.json", "Weir")]
    for broken in (b"", b"not xml", b"<opml/>"):
        with pytest.raises(Unreadable):
            read_opml(broken)


def test_channels_and_feeds_with_entities_of_their_own_are_feeds() -> None:
    assert sniff(b"<!-- one --><CHANNEL HREF='http://p.example/'><ITEM HREF='http://p.example/1'/></CHANNEL>") is Kind.FEED
    assert sniff(b"<?xml version='1.0'?><!DOCTYPE rss [ <!ENTITY id 'x'> ]><rss version='2.0'></rss>") is Kind.FEED
    assert sniff(b"<!DOCTYPE html><html><body>rss</body></html>") is Kind.HTML


@pytest.mark.slow
@pytest.mark.skipif(given_folder() is None, reason=ABSENT)
def test_every_feed_that_feedparser_accepts_gives_its_entries() -> None:
    folder = given_folder()
    assert folder is not None
    accepted, missed, _ = score_feeds(folder)
    assert accepted > 1000
    assert missed == []
