"""Days in words."""

from __future__ import annotations

from datetime import date, timedelta

from bot.wording import say

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def day(value: date) -> str:
    """For example "24 November 2015": no zone shifts a day of publication."""
    return say("date.day", day=value.day, month=say(f"month.{value.month}"), year=value.year)


def period(first: date, last: date) -> str:
    """For example "3 May 2015 to 2 March 2026"; one day once."""
    return day(first) if first == last else say("date.period", first=day(first), last=day(last))


def within(since: date | None, until: date | None) -> str:
    """For example "since 1 May 2016", "in 2016" or "in March 2016"; nothing where no day is given."""
    if since is None:
        return say("narrowed.until", day=day(until)) if until else ""
    if until is None:
        return say("narrowed.since", day=day(since))
    ends = (until + timedelta(days=1)).day == 1
    if since.day == 1 and ends and (since.year, since.month) == (until.year, until.month):
        return say("narrowed.during", period=month(since.year, since.month))
    if (since.year, since.month, since.day) == (until.year, 1, 1) and ends and until.month == 12:
        return say("narrowed.during", period=since.year)
    if since == until:
        return say("narrowed.on_day", day=day(since))
    return say("narrowed.between", period=period(since, until))


def month(year: int, number: int, *, short: bool = False) -> str:
    """For example "May 2015"; ``short``, "Sep 2015"."""
    return say("date.month", month=say(f"month_short.{number}") if short else say(f"month.{number}"), year=year)


def weekday(value: date) -> str:
    """For example "Monday 16 November"."""
    return say("date.weekday", weekday=say(f"weekday.{DAYS[value.weekday()]}"), day=value.day, month=say(f"month.{value.month}"))
