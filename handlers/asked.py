"""What was typed behind a command, read: links, lengths, names and issues, periods; each mistake a sentence that says what to type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.errors import Misunderstood, TooLong
from handlers.blocks import clean, is_web

LONGEST = 4_000
"""Characters that are read behind a command; Slack allows more than any title or question needs."""

_LINK = re.compile(r"<?(?P<url>https?://[^\s<>|]+)(?:\|[^<>]*)?>?", re.IGNORECASE)
_SINCE = re.compile(r"\bsince\s+(?P<year>\d{4})(?:-(?P<month>\d{1,2}))?(?:-(?P<day>\d{1,2}))?\b", re.IGNORECASE)


def read(text: str, keep_quotes: bool = False) -> str:
    """The typed text without surrounding space and, unless they mean something, quotation marks; ``TooLong`` past what anybody types."""
    if len(text) > LONGEST:
        raise TooLong("asked.too_long", typed=len(text), most=LONGEST)
    text = clean(text).strip()
    return text if keep_quotes else text.strip("\"“”").strip()


def link_in(text: str) -> str | None:
    """The first web address, with Slack's angle brackets taken off."""
    found = (match["url"].rstrip(".,;)") for match in _LINK.finditer(text))
    return next((url for url in found if is_web(url)), None)


def since_in(text: str) -> tuple[date | None, str]:
    """The day of "since 2016" or "since 2016-05", and the text without it."""
    match = _SINCE.search(text)
    if not match:
        return None, text
    try:
        day = date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
    except ValueError:
        raise Misunderstood("asked.no_date", typed=match[0]) from None
    return day, (text[: match.start()] + text[match.end() :]).strip()


@dataclass(frozen=True, slots=True)
class AskedViews:
    """What stands behind /views: whose, against whom, on what, since when."""

    people: tuple[str, ...]
    issue: str | None
    since: date | None


def views_in(text: str) -> AskedViews:
    """Reads "Frolov vs Putin on sanctions since 2016", in that order."""
    since, rest = since_in(read(text))
    who, _, issue = _split(rest, r"\s+on\s+")
    people = tuple(name.strip() for name in re.split(r"\s+(?:vs\.?|versus|against)\s+", who, flags=re.IGNORECASE) if name.strip())
    if len(people) > 2:
        raise Misunderstood("asked.two_at_a_time")
    return AskedViews(people, issue.strip() or None, since)


def _split(text: str, separator: str) -> tuple[str, str, str]:
    match = re.search(separator, text, re.IGNORECASE)
    return (text[: match.start()], match[0], text[match.end() :]) if match else (text, "", "")


@dataclass(frozen=True, slots=True)
class AskedIssue:
    """What stands behind /issue: which, by whom, where, since when."""

    words: str
    author: str | None
    outlet: str | None
    since: date | None


_OUTLET = re.compile(r"\b(?:outlet|in):\s*(?:[\"“](?P<quoted>[^\"”]*)[\"”]|(?P<word>\S+))", re.IGNORECASE)


def issue_in(text: str) -> AskedIssue:
    """Reads "sanctions by Frolov since 2016 outlet:Guardian", in any order."""
    since, rest = since_in(read(text, keep_quotes=True))
    match = _OUTLET.search(rest)
    outlet = (match["quoted"] or match["word"] or "").strip() if match else ""
    if match:
        rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    words, _, author = _split(rest.strip(), r"(?:^|\s+)by\s+")
    bare = " ".join(words.split()).strip("\"“”").strip()
    return AskedIssue(bare, " ".join(author.split()) or None, outlet or None, since)
