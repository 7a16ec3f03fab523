"""What somebody means by "2016", "March 2016", "yesterday" or "last month": a first and a last day."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name
}
MONTHS["sept"] = 9

_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_ABSOLUTE = [
    re.compile(rf"{_YEAR}-(?P<number>\d{{1,2}})-(?P<day>\d{{1,2}})"),
    re.compile(rf"{_YEAR}[-/](?P<number>\d{{1,2}})"),
    re.compile(rf"{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}"),
    re.compile(rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}"),
    re.compile(rf"{_MONTH},?\s+{_YEAR}"),
    re.compile(_YEAR),
    re.compile(rf"{_MONTH}"),
]
_RELATIVE = re.compile(
    r"(?:the\s+)?(?P<which>last|past|this|previous)\s+(?:(?P<count>\d{1,3}|few|couple of|two|three|four|five|six)\s+)?"
    r"(?P<unit>day|week|month|quarter|year)s?"
)
_AGO = re.compile(r"(?P<count>\d{1,3}|a|an|one|two|three|four|five|six)\s+(?P<unit>day|week|month|quarter|year)s?\s+ago")
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "couple of": 2, "three": 3, "few": 3, "four": 4, "five": 5, "six": 6}
_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}

_WEEKDAYS = {name.casefold(): number for number, name in enumerate(calendar.day_name)}
_WEEKDAY = re.compile(rf"(?:(?:last|this|past)\s+)?(?P<weekday>{'|'.join(_WEEKDAYS)})")
PERIOD = rf"(?:{_RELATIVE.pattern}|{_AGO.pattern}|{_WEEKDAY.pattern}|today|yesterday|" + "|".join(pattern.pattern for pattern in _ABSOLUTE) + ")"
PERIOD = re.sub(r"\?P<\w+>", "?:", PERIOD)
"""A pattern of everything that ``period`` understands, for a search inside a sentence; case-insensitive."""


def period(words: str, today: date) -> tuple[date, date] | None:
    """First and last day of what these words mean; None when they mean no period."""
    asked = " ".join(words.casefold().split()).strip(" .,?!")
    if asked in ("today", "yesterday"):
        day = today if asked == "today" else today - timedelta(days=1)
        return day, day
    if match := _WEEKDAY.fullmatch(asked):  # the latest one, today not counted
        return (_days_before(today, (today.weekday() - _WEEKDAYS[match["weekday"]] - 1) % 7 + 1),) * 2
    if match := _RELATIVE.fullmatch(asked):
        return _relative(match, today)
    if match := _AGO.fullmatch(asked):
        count = _COUNTS.get(match["count"]) or int(match["count"])
        return _days_before(today, count * _DAYS[match["unit"]]), today
    for pattern in _ABSOLUTE:
        if match := pattern.fullmatch(asked):
            return _absolute(match.groupdict(), today)
    return None


def _absolute(parts: dict[str, str | None], today: date) -> tuple[date, date] | None:
    month = MONTHS.get(parts.get("month") or "", int(parts.get("number") or 0))
    year = int(parts.get("year") or 0)
    if not year:  # a month alone is the latest one that has begun
        year = today.year if month <= today.month else today.year - 1
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    if month > 12:
        return None
    length = calendar.monthrange(year, month)[1]
    if not parts.get("day"):
        return date(year, month, 1), date(year, month, length)
    day = int(parts["day"] or 0)
    return (date(year, month, day),) * 2 if 1 <= day <= length else None


def _relative(match: re.Match[str], today: date) -> tuple[date, date]:
    unit, count = match["unit"], match["count"]
    if count:
        return _days_before(today, (_COUNTS.get(count) or int(count)) * _DAYS[unit]), today
    if match["which"] == "this":
        first = {
            "day": today,
            "week": today - timedelta(days=today.weekday()),
            "month": today.replace(day=1),
            "quarter": date(today.year, 3 * ((today.month - 1) // 3) + 1, 1),
            "year": date(today.year, 1, 1),
        }[unit]
        return first, today
    if unit == "year" and match["which"] in ("last", "previous"):
        return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
    if unit == "month" and match["which"] in ("last", "previous"):
        last = today.replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last
    return _days_before(today, _DAYS[unit]), today


def _days_before(today: date, days: int) -> date:
    return today - timedelta(days=min(days, (today - date.min).days))
