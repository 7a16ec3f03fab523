"""What was typed behind a command, read: links, lengths, names and issues, periods; each mistake a sentence that says what to type."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.errors import Misunderstood, TooLong
from handlers.blocks import clean, is_web

LONGEST = 4_000
"""Characters that are read behind a command; Slack allows more than any title or question needs."""

_LINK = re.compile(r"<?(?P<url>https?://[^\s<>|]+)(?:\|[^<>]*)?>?", re.IGNORECASE)
_HOW = r"\b(?P<how>since|after|from|before|until|till|to|in|during)\s+"
_WORDED = re.compile(_HOW, re.IGNORECASE)
_UNREAD = re.compile(r"\b(?:since|after|before|until|till)\s+\d[\d/.-]{3,}", re.IGNORECASE)


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


@dataclass(frozen=True, slots=True)
class When:
    """A period that was typed: its first and its last day, each where one was given."""

    since: date | None = None
    until: date | None = None

    def __str__(self) -> str:
        """As it is typed behind a command."""
        return (f" since {self.since}" if self.since else "") + (f" until {self.until}" if self.until else "")


def when_in(text: str, today: date) -> tuple[When, str]:
    """The days of "since 2016", "before March 2016", "in 2015" or "since 2015-01-01 until 2015-06-30", and the text without them."""
    if not _WORDED.search(text):
        return When(), text
    from bot.periods import PERIOD, period  # most of what is typed names no day

    when, rest = When(), text
    for match in re.finditer(rf"{_HOW}(?P<when>{PERIOD})(?![\w-])", text, re.IGNORECASE):
        if (span := period(match["when"], today)) is not None and (when.since or match["how"].casefold() != "to"):
            how = match["how"].casefold()
            ranged = how == "from" and re.match(r"\s+(?:to|until|till|onwards?)\b", text[match.end() :]) is not None
            when = _narrowed(when, "since" if ranged else how, *span)
            rest = rest.replace(match[0], " ", 1)
    if (unread := _UNREAD.search(rest)) is not None:
        raise Misunderstood("asked.no_date", typed=unread[0])
    return when, " ".join(rest.split())


def _narrowed(when: When, how: str, first: date, last: date) -> When:
    """``before 2016`` ends with 2015, ``until 2016`` with 2016."""
    if how in ("since", "after"):
        return When(first, when.until)
    if how == "before":
        return When(when.since, first - timedelta(days=1))
    return When(when.since, last) if how in ("until", "till", "to") else When(first, last)


@dataclass(frozen=True, slots=True)
class AskedViews:
    """What stands behind /views: whose, against whom, on what, where, when."""

    people: tuple[str, ...]
    issue: str | None
    outlet: str | None
    when: When


def views_in(text: str, today: date) -> AskedViews:
    """Reads "Frolov vs Putin on sanctions since 2016", in that order."""
    when, rest = when_in(read(text, keep_quotes="outlet:" in text), today)
    outlet, rest = _outlet(rest)
    who, _, issue = _split(rest, r"\s+on\s+")
    parts = re.split(r"(?:^|\s+)(?:vs\.?|versus|against)(?:\s+|$)", who, flags=re.IGNORECASE)
    people = tuple(name.strip() for name in parts if name.strip())
    if len(people) > 2 or len(people) < len(parts) > 1:
        raise Misunderstood("asked.two_at_a_time")
    return AskedViews(people, issue.strip() or None, outlet, when)


def _split(text: str, separator: str) -> tuple[str, str, str]:
    match = re.search(separator, text, re.IGNORECASE)
    return (text[: match.start()], match[0], text[match.end() :]) if match else (text, "", "")


@dataclass(frozen=True, slots=True)
class AskedIssue:
    """What stands behind /issue: which, by whom, where, when."""

    words: str
    author: str | None = None
    outlet: str | None = None
    when: When = field(default_factory=When)


_OUTLET = re.compile(r"\b(?:outlet|in):\s*(?:[\"“](?P<quoted>[^\"”]*)[\"”]|(?P<word>\S+))", re.IGNORECASE)


def _outlet(text: str) -> tuple[str | None, str]:
    """The outlet of "outlet:Guardian", and the text without it."""
    match = _OUTLET.search(text)
    if match is None:
        return None, text
    return (match["quoted"] or match["word"] or "").strip() or None, f"{text[: match.start()]} {text[match.end() :]}".strip()


def issue_in(text: str, today: date) -> AskedIssue:
    """Reads "sanctions by Frolov since 2016 outlet:Guardian", in any order."""
    when, rest = when_in(read(text, keep_quotes=True), today)
    outlet, rest = _outlet(rest)
    words, _, author = _split(rest.strip(), r"(?:^|\s+)by\s+")
    bare = " ".join(words.split()).strip("\"“”").strip()
    return AskedIssue(bare, " ".join(author.split()) or None, outlet, when)
