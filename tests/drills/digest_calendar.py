"""Every IANA time zone, ten years, every hour of the week: exactly one weekly digest in each ISO week, one daily in each local day.

Zones that keep the same clocks throughout those years are walked once and counted as often as there are names for them.
``drills.calendar_<cadence>.{trials,lost,double,errors}``; a trial is one week (day) of one slot in one zone.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from bot.records import Cadence, Subscription
from bot.schedule import next_due
from bot.wording.dates import DAYS

FIRST, YEARS = 2020, 10
WORKERS = 2
TICK = timedelta(seconds=37)
"""The clock looks this long after the due time."""


@dataclass(frozen=True, slots=True)
class Tally:
    trials: int = 0
    lost: int = 0
    double: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.trials + other.trials, self.lost + other.lost, self.double + other.double)

    def __mul__(self, times: int) -> Tally:
        return Tally(self.trials * times, self.lost * times, self.double * times)


def alike(names: set[str], first: int = FIRST, years: int = YEARS) -> list[list[str]]:
    """Zone names in groups with the same offset at every quarter of an hour of these years."""
    groups: dict[tuple[object, ...], list[str]] = defaultdict(list)
    begin, end = datetime(first, 1, 1, tzinfo=UTC) - timedelta(days=40), datetime(first + years, 1, 1, tzinfo=UTC) + timedelta(days=40)
    for name in sorted(names):
        groups[tuple(_changes(ZoneInfo(name), begin, end))].append(name)
    return list(groups.values())


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> list[object]:
    """Offset at the beginning, then each change as (instant, offset); two changes are never less than a day apart."""
    found: list[object] = [begin.astimezone(zone).utcoffset()]
    low = begin
    while low < end:
        high = low + timedelta(days=1)
        if low.astimezone(zone).utcoffset() != high.astimezone(zone).utcoffset():
            left, right = low, high
            while right - left > timedelta(seconds=1):
                middle = left + (right - left) / 2
                same = middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset()
                left, right = (middle, right) if same else (left, middle)
            found.append((round(right.timestamp()), high.astimezone(zone).utcoffset()))
        low = high
    return found


def walk(zone: str, cadence: Cadence, day: str | None, hour: int, minute: int = 0, first: int = FIRST, years: int = YEARS) -> Tally:
    """Let the clock run through the years, ticking after each due time; count the periods without a digest and with two."""
    where = ZoneInfo(zone)
    subscription = Subscription(1, "T", "C", "U", cadence, hour, zone, minute, day)
    now = datetime(first, 1, 1, tzinfo=where).astimezone(UTC)
    end = datetime(first + years, 1, 1, tzinfo=where).astimezone(UTC)
    seen: defaultdict[date, int] = defaultdict(int)
    while True:
        due = next_due(subscription, now)
        if due >= end:
            break
        local = due.astimezone(where).date()
        seen[local - timedelta(days=local.weekday()) if cadence is Cadence.WEEKLY else local] += 1
        now = due + TICK
    wanted = _periods(where, cadence, min(seen), max(seen))
    return Tally(len(wanted), sum(period not in seen for period in wanted), sum(count > 1 for count in seen.values()))


def _periods(where: ZoneInfo, cadence: Cadence, first: date, last: date) -> list[date]:
    step = timedelta(days=7 if cadence is Cadence.WEEKLY else 1)
    days = [first + index * step for index in range((last - first) // step + 1)]
    if cadence is Cadence.WEEKLY:
        return days
    return [day for day in days if datetime(day.year, day.month, day.day, 12, tzinfo=where).astimezone(UTC).astimezone(where).date() == day]


def weekly(zone: str) -> Tally:
    return sum((walk(zone, Cadence.WEEKLY, day, hour) for day in DAYS for hour in range(24)), Tally())


def daily(zone: str) -> Tally:
    return sum((walk(zone, Cadence.DAILY, None, hour, minute) for hour in range(24) for minute in ((0, 30) if hour < 4 else (0,))), Tally())


def report(name: str, tally: Tally, note: str) -> int:
    print(f"drills.{name}.trials: {tally.trials} ({note})")
    for figure in ("lost", "double"):
        print(f"drills.{name}.{figure}: {getattr(tally, figure)}")
    print(f"drills.{name}.errors: 0", flush=True)
    return int(bool(tally.lost or tally.double))


def main() -> int:
    os.nice(5)
    groups = alike(available_timezones())
    failed = 0
    with ProcessPoolExecutor(WORKERS) as pool:
        for name, work in (("weekly", weekly), ("daily", daily)):
            tallies = pool.map(work, [group[0] for group in groups])
            total = sum((tally * len(group) for tally, group in zip(tallies, groups, strict=True)), Tally())
            note = f"{sum(map(len, groups))} zones of {len(groups)} kinds, {FIRST}-{FIRST + YEARS - 1}"
            failed |= report(f"calendar_{name}", total, note)
    return failed


if __name__ == "__main__":
    sys.exit(main())
