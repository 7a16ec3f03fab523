"""What is typed behind /digest, read: which digest is meant, how long a pause, and a whole order in words.

"weekly mon 09:00 on sanctions by Frolov outlet:"The Moscow Times" here" is an order; each word may be left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.errors import Misunderstood
from bot.records import Cadence, Filters, Subscription
from bot.schedule import next_due, zone
from bot.wording.dates import DAYS
from handlers.answer import Deps, Request

USUAL_HOUR = 9
LONGEST_SNOOZE = timedelta(days=366)

_NUMBER = re.compile(r"(?:^|\s)#?(?P<id>\d{1,9})(?=\s|$)")
_SPAN = re.compile(r"(?:for\s+)?(?P<count>\d{1,6}|an?|one|two|three|four|six)\s+(?P<unit>day|week|month)s?", re.IGNORECASE)
_UNTIL = re.compile(r"(?:until|till)\s+(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.IGNORECASE)
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6}
_UNITS = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}

_QUOTED = r"(?:[\"“](?P<{0}q>[^\"”]+)[\"”]|(?P<{0}>{1}))"
_WEEKDAY = r"(?:mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday|s)?s?"
_STOP = rf"(?=\s+(?:by|outlet:|weekly|daily|weekdays|monthly|at|here|dm|every|{_WEEKDAY})(?:\s|$)|\s+outlet:|\s+\d{{1,2}}:\d\d|$)"
_ON = re.compile(r"\bon\s+" + _QUOTED.format("on", r"[^\"“].*?") + _STOP, re.IGNORECASE)
_BY = re.compile(r"\bby\s+" + _QUOTED.format("by", r"[^\"“].*?") + _STOP, re.IGNORECASE)
_OUTLET = re.compile(r"\boutlet:\s*" + _QUOTED.format("outlet", r"\S+"), re.IGNORECASE)
_TIME = re.compile(r"(?:\bat\s+)?\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s*(?P<half>am|pm)?\b", re.IGNORECASE)
_ZONE = re.compile(r"\b(?:UTC|[A-Z][A-Za-z_]+(?:/[A-Za-z_+\-0-9]+)+)")
_DAY = re.compile(r"\b(?:every\s+|on\s+)?(?P<day>mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday|s)?s?\b", re.IGNORECASE)
_CADENCES = {
    "weekly": Cadence.WEEKLY, "every week": Cadence.WEEKLY, "daily": Cadence.DAILY, "every day": Cadence.DAILY, "weekdays": Cadence.WEEKDAYS,
    "working days": Cadence.WEEKDAYS, "monthly": Cadence.MONTHLY, "instant": Cadence.INSTANT, "at once": Cadence.INSTANT,
}  # fmt: skip
_CADENCE = re.compile(r"\b(?:" + "|".join(_CADENCES) + r")\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A number that was typed, and the rest."""

    id: int | None
    rest: str


def named(text: str) -> Named:
    """The first "#3" or "3" that stands alone."""
    match = _NUMBER.search(text)
    if not match:
        return Named(None, text.strip())
    return Named(int(match["id"]), (text[: match.start()] + " " + text[match.end() :]).strip())


def snooze(text: str, now: datetime, where: str) -> tuple[datetime, str]:
    """Until when, and the rest of the text: "2 weeks", "until 2026-12-24"; a week when nothing is said."""
    until = now + timedelta(days=7)
    rest = text
    if match := _UNTIL.search(text):
        try:
            until = datetime(int(match["year"]), int(match["month"]), int(match["day"]), tzinfo=zone(where))
        except ValueError:
            raise Misunderstood("order.no_date", typed=match[0]) from None
        rest = text.replace(match[0], " ", 1)
    elif unread := re.search(r"\b(?:until|till)\b.*", text, re.IGNORECASE):
        raise Misunderstood("order.no_date", typed=unread[0][:60])
    elif match := _SPAN.search(text):
        count = _COUNTS.get(match["count"].casefold()) or int(match["count"])
        until = now + min(count, LONGEST_SNOOZE.days + 1) * _UNITS[match["unit"].casefold()]
        rest = text.replace(match[0], " ", 1)
    if until <= now:
        raise Misunderstood("order.day_over")
    if until - now > LONGEST_SNOOZE:
        raise Misunderstood("order.snooze_too_long")
    return until, rest


def order(request: Request, deps: Deps, text: str, cadence: Cadence = Cadence.WEEKLY) -> Subscription:
    """An order in words; what is not said is as usual: Mondays at nine by the person's clock, here, on everything."""
    filters, rest = _filters(request, deps, text)
    found, rest = _take(_CADENCE, rest)
    cadence = _CADENCES[found[0].casefold()] if found else cadence
    where, rest = _take(_ZONE, rest)
    day, rest = _take(_DAY, rest)
    time, rest = _take(_TIME, rest)
    channel, rest = _where(request, rest)
    if left := " ".join(rest.replace(",", " ").split()):
        raise Misunderstood("order.unclear", typed=left[:60])
    hour, minute = _clock(time) if time else (USUAL_HOUR, 0)
    made = Subscription(
        0, request.team, channel, request.person, cadence, hour, where[0] if where else request.zone, minute,
        _day(cadence, day["day"].casefold() if day else None), filters,
    )  # fmt: skip
    return scheduled(made, deps.now())


def scheduled(made: Subscription, now: datetime) -> Subscription:
    """The same with the time at which it is due next; an unknown time zone is ``Misunderstood``."""
    zone(made.zone)
    return replace(made, next_due_at=now if made.cadence is Cadence.INSTANT else next_due(made, now))


def _filters(request: Request, deps: Deps, text: str) -> tuple[Filters, str]:
    issues: list[str] = []
    authors: list[int] = []
    outlets: list[str] = []
    rest = text
    for match in _OUTLET.finditer(text):
        outlets.append(_held_outlet(request, deps, (match["outletq"] or match["outlet"]).strip()))
        rest = rest.replace(match[0], " ", 1)
    text = rest
    for match in _BY.finditer(text):
        authors += [deps.store.people.get(request.team, name).id for name in _listed(match["byq"] or match["by"], "and")]
        rest = rest.replace(match[0], " ", 1)
    text = rest
    for match in _ON.finditer(text):
        if not _DAY.fullmatch(match[0].strip()):
            issues += _issues(request, deps, match["onq"] or match["on"])
            rest = rest.replace(match[0], " ", 1)
    return Filters(tuple(dict.fromkeys(issues)), tuple(dict.fromkeys(authors)), tuple(dict.fromkeys(outlets))), rest


def _held_outlet(request: Request, deps: Deps, typed: str) -> str:
    """The outlet as the library writes it."""
    known = [outlet for outlet, _ in deps.store.articles.outlets(request.team)]
    exact = [outlet for outlet in known if outlet.casefold() == typed.casefold()]
    near = exact or [outlet for outlet in known if typed.casefold() in outlet.casefold()]
    if not near:
        raise Misunderstood("order.no_outlet", typed=typed[:60])
    return near[0]


def _issues(request: Request, deps: Deps, words: str) -> list[str]:
    """Slugs: the words as one issue ("sanctions on Russia"), else as several."""
    whole = deps.store.issues.find(request.team, words)
    parts = [words] if whole else [part for listed in _listed(words) for part in re.split(r"\s+on\s+", listed)]
    named = deps.store.issues.find
    parts = [one for part in parts for one in ([part] if named(request.team, part) else _listed(part, "and"))]  # "asylum and refugees" is one
    likely = [deps.store.issues.likely(request.team, part) for part in parts]
    return [(found or deps.store.issues.get(request.team, part)).slug for found, part in zip(likely, parts, strict=True)]


def _listed(words: str, also: str = "or") -> list[str]:
    return [part.strip() for part in re.split(rf",|;|\s+or\s+|\s+{also}\s+", words) if part.strip()]


def _take(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str] | None, str]:
    match = pattern.search(text)
    return (match, text[: match.start()] + " " + text[match.end() :]) if match else (None, text)


def _clock(match: re.Match[str]) -> tuple[int, int]:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].casefold() == "pm" else 0)
    if hour > 23 or minute > 59:
        raise Misunderstood("order.no_time", typed=match[0].strip())
    return hour, minute


def _day(cadence: Cadence, typed: str | None) -> str | None:
    if cadence is Cadence.WEEKLY:
        return typed or DAYS[0]
    return "1" if cadence is Cadence.MONTHLY else None


def _where(request: Request, text: str) -> tuple[str, str]:
    direct, rest = _take(re.compile(r"\b(?:to me|dm|direct(?:ly)?)\b", re.IGNORECASE), text)
    if direct:
        return request.person, rest
    _, rest = _take(re.compile(r"\b(?:here|in this channel)\b", re.IGNORECASE), rest)
    return request.channel or request.person, rest
