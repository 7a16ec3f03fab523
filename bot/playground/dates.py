"""Slack's localised dates: the tokens of `<!date^…>` and of rich_text dates, shown in the reader's time zone."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_ORDINALS = {1: "st", 2: "nd", 3: "rd"}


def show_date(timestamp: int, form: str, tz: str, now: float) -> str:
    """`form` with its tokens filled in; `timestamp` and `now` in seconds since 1970."""
    zone = ZoneInfo(tz)
    moment, today = datetime.fromtimestamp(timestamp, zone), datetime.fromtimestamp(now, zone).date()
    day = moment.day
    suffix = "th" if 11 <= day <= 13 else _ORDINALS.get(day % 10, "th")
    long = f"{moment:%B} {day}{suffix}, {moment.year}"
    near = {
        today: "today",
        today - timedelta(days=1): "yesterday",
        today + timedelta(days=1): "tomorrow",
    }.get(moment.date())
    filled = {
        "{date_num}": f"{moment:%Y-%m-%d}",
        "{date_slash}": f"{moment:%d/%m/%Y}",
        "{date_long_full}": f"{moment:%A}, {long}",
        "{date_long_pretty}": near or f"{moment:%A}, {long}",
        "{date_long}": f"{moment:%A}, {long}",
        "{date_short_pretty}": near or f"{moment:%b} {day}, {moment.year}",
        "{date_short}": f"{moment:%b} {day}, {moment.year}",
        "{date_pretty}": near or long,
        "{date}": long,
        "{time_secs}": f"{moment:%H:%M:%S}",
        "{time}": f"{moment:%H:%M}",
        "{day_divider_pretty}": near or f"{moment:%A}, {long}",
        "{ago}": _ago(now - timestamp),
    }
    for token, shown in filled.items():
        form = form.replace(token, shown)
    return form


def _ago(seconds: float) -> str:
    size = abs(seconds)
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if size >= length:
            count = int(size // length)
            words = f"{count} {unit}{'s' if count > 1 else ''}"
            return f"{words} ago" if seconds > 0 else f"in {words}"
    return "just now"
