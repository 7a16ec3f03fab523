"""Feeds: RSS, Atom and JSON Feed -> links to pieces; when to ask again; which feeds a page or an OPML file names.

A feed only says that a piece exists. The piece itself is read from its page, because most feeds carry a teaser.
"""

from __future__ import annotations

import calendar
import contextlib
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html

from bot.errors import Unreadable
from bot.reading.address import canonical_address, resolved
from bot.reading.dates import parse_date
from bot.reading.fetch import Fetched, Fetcher
from bot.reading.names import split_byline, squeeze
from bot.reading.tree import decode

LARGEST_FEED = 4_000_000
"""Bytes; feeds of daily papers have less than half of one million."""
MOST_ENTRIES = 500
"""Entries of one poll; more is an archive, of which the newest come first."""

SOONEST = timedelta(minutes=15)
LATEST = timedelta(hours=6)
"""Between these a healthy feed is asked again, by how often it publishes."""
FIRST_RETRY = timedelta(minutes=10)
LAST_RETRY = timedelta(hours=24)
"""A failing feed is asked less and less often, but once a day for ever: papers come back after months, and nobody would notice."""
SPREAD = 0.1
"""Part of the waiting time by which feeds are spread, so that they are not all asked in the same minute."""

_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed."""

    link: str | None
    """The canonical address of the piece; None for an entry that leads nowhere."""
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    content: str | None = None
    """HTML that the feed carries, whole or a teaser."""


@dataclass(frozen=True, slots=True)
class FeedContent:
    """What a feed says, its newest entries first as it lists them."""

    title: str | None
    site: str | None
    """The address of the site that it belongs to."""
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Poll:
    """What came of asking a feed: its content, or None when nothing is new since the validators that were sent."""

    content: FeedContent | None
    url: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page or an OPML file names."""

    url: str
    title: str | None = None


def poll(fetcher: Fetcher, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Poll:
    """Ask a feed, conditionally when validators are given. Raises Unreachable, or Unreadable when the address is no feed."""
    fetched: Fetched = fetcher.fetch(url, etag=etag, last_modified=last_modified)
    if fetched.not_modified:
        return Poll(None, fetched.url, fetched.etag or etag, fetched.last_modified or last_modified)
    return Poll(read_feed(fetched.body, fetched.url, charset=fetched.charset), fetched.url, fetched.etag, fetched.last_modified)


def read_feed(data: bytes, url: str | None, *, charset: str | None = None) -> FeedContent:
    """The entries of a feed; raises Unreadable when it is none."""
    if len(data) > LARGEST_FEED:
        raise Unreadable("unread.feed_too_large")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _read_json(data, url)
    return _read_xml(data, url, charset)


def next_poll(feed: str, now: datetime, published: Sequence[date] = ()) -> datetime:
    """When to ask a healthy feed again: about twice as often as it publishes, within bounds."""
    days = sorted(set(published))[-10:]
    wait = LATEST
    if len(days) >= 2:
        wait = (days[-1] - days[0]) / max(1, len(published) - 1) / 2
    elif published:
        wait = SOONEST * 4
    return now + _spread(feed, min(max(wait, SOONEST), LATEST))


def next_attempt(feed: str, now: datetime, failures: int) -> datetime:
    """When to ask a failing feed again, after so many failures in a row (this one counted): doubling, at most a day, never never."""
    doublings = min(max(failures, 1) - 1, 16)
    return now + _spread(feed, min(FIRST_RETRY * 2**doublings, LAST_RETRY))


def feeds_of_page(data: bytes, url: str) -> tuple[FeedLink, ...]:
    """The feeds that a page announces (<link rel="alternate">), comments' feeds last."""
    try:
        root = html.document_fromstring(decode(data[:400_000]).encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ()
    found: dict[str, FeedLink] = {}
    for link in root.iter("link"):
        stated = (link.get("type") or "").lower().partition(";")[0].strip()
        address = resolved(url, link.get("href") or "")
        if "alternate" in (link.get("rel") or "").lower() and stated in _FEED_TYPES and address:
            found.setdefault(address, FeedLink(address, squeeze(link.get("title") or "") or None))
    return tuple(sorted(found.values(), key=lambda feed: "comment" in feed.url.lower() or "comment" in (feed.title or "").lower()))


def read_opml(data: bytes) -> tuple[FeedLink, ...]:
    """The feeds of an OPML file, as feed readers export them; raises Unreadable when there are none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data[:LARGEST_FEED], parser=parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable("unread.no_opml") from error
    found: dict[str, FeedLink] = {}
    for outline in root.iter("outline") if root is not None else ():
        attributes = {str(key).lower(): str(value) for key, value in outline.attrib.items()}
        if address := resolved(None, attributes.get("xmlurl", "")):
            found.setdefault(address, FeedLink(address, squeeze(attributes.get("title") or attributes.get("text") or "") or None))
    if not found:
        raise Unreadable("unread.empty_opml")
    return tuple(found.values())


def _read_xml(data: bytes, url: str | None, charset: str | None) -> FeedContent:
    import feedparser

    headers = {"content-type": f"application/xml; charset={charset}" if charset else "application/xml"}
    if url:
        headers["content-location"] = url
    try:
        # a stream, because feedparser opens anything else as an address or a file
        parsed = feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False)
    except (ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError) as error:  # its loose parser, on garbage
        raise Unreadable("unread.feed") from error
    entries = tuple(_entry(entry, url) for entry in parsed.entries[:MOST_ENTRIES])
    if not entries and not parsed.get("version"):
        raise Unreadable("unread.no_feed")
    return FeedContent(_plain(parsed.feed.get("title")), resolved(url, parsed.feed.get("link") or ""), entries)


def _entry(entry: Any, url: str | None) -> Entry:
    links = [str(link.get("href") or "") for link in entry.get("links", ()) if link.get("rel", "alternate") == "alternate"]
    candidates = [entry.get("feedburner_origlink"), *links, entry.get("link"), entry.get("id")]
    link = next((full for candidate in candidates if candidate and (full := _address(url, str(candidate)))), None)
    content = next((str(part.get("value")) for part in entry.get("content", ()) if part.get("value")), None) or entry.get("summary")
    named = [str(author.get("name")) for author in entry.get("authors", ()) if author.get("name")] or [str(entry.get("author") or "")]
    # feedparser's own look-up takes one date for another, and warns that it does
    stamp = next(filter(None, (dict.get(entry, f"{name}_parsed") for name in ("published", "created", "updated"))), None)
    return Entry(link, _plain(entry.get("title")), _names(named), _day(stamp), content)


def _read_json(data: bytes, url: str | None) -> FeedContent:
    try:
        feed = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Unreadable("unread.no_feed") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(feed.get("version")):
        raise Unreadable("unread.no_feed")
    entries = []
    for item in items[:MOST_ENTRIES]:
        if not isinstance(item, dict):
            continue
        authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
        named = [str(author.get("name")) for author in authors or () if isinstance(author, dict) and author.get("name")]
        link = next((full for key in ("url", "external_url", "id") if (full := _address(url, str(item.get(key) or "")))), None)
        content = item.get("content_html") or item.get("content_text") or item.get("summary")
        published = parse_date(str(item.get("date_published") or ""))
        entries.append(Entry(link, _plain(item.get("title")), _names(named), published, str(content) if content else None))
    return FeedContent(_plain(feed.get("title")), resolved(url, str(feed.get("home_page_url") or "")), tuple(entries))


def _address(url: str | None, link: str) -> str | None:
    full = resolved(url, link) if "://" in link or link.startswith("/") or (url and link and ":" not in link and " " not in link) else None
    try:
        return canonical_address(full) if full and urlsplit(full).hostname else None
    except ValueError:
        return None


def _names(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for text in texts for name in split_byline(text)))


def _plain(value: object) -> str | None:
    """A title without markup."""
    if not isinstance(value, str) or not value.strip():
        return None
    if "<" in value:
        with contextlib.suppress(etree.ParserError, etree.XMLSyntaxError, ValueError):
            value = str(html.fromstring(f"<div>{value}</div>").text_content())
    return squeeze(value)[:400] or None


def _day(stamp: Any) -> date | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(stamp), UTC).date() if stamp else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _spread(feed: str, wait: timedelta) -> timedelta:
    """A little more, always the same for a feed."""
    part = int.from_bytes(hashlib.blake2s(feed.encode("utf-8", "replace"), digest_size=2).digest(), "big") / 65536
    return wait * (1 + SPREAD * part)
