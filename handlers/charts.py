"""Small charts out of characters and tables: they need no upload, read aloud as numbers, and fit a phone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from bot.views import Views
from bot.wording import dates, say
from handlers import blocks
from handlers.blocks import Block

BARS = "▁▂▃▄▅▆▇█"
MONTHS_SHOWN = 24
YEARS_SHOWN = 12
BAR = 12
"""Characters of the longest bar: with year and number it stays on one line of a phone."""
LEAST_YEARS, LEAST_ISSUES = 2, 2
ISSUES_SHOWN = 6


def activity(months: Sequence[tuple[date, int]]) -> Block | None:
    """Pieces over time: a line of bars by month while they fit, else by year; with the numbers in words. None when there is nothing to compare."""
    counts: Counter[tuple[int, int]] = Counter()
    for month, pieces in months:
        counts[month.year, month.month] += pieces
    if len(counts) < LEAST_YEARS:
        return None
    first, last = min(counts), max(counts)
    span = (last[0] - first[0]) * 12 + last[1] - first[1] + 1
    if span <= MONTHS_SHOWN:
        every = [(first[0] + (first[1] - 1 + at) // 12, (first[1] - 1 + at) % 12 + 1) for at in range(span)]
        bars = sparkline([counts[month] for month in every])
        busiest = max(every, key=lambda month: counts[month])
        said = dates.month(*last, short=True)
        if len(set(counts.values())) > 1:
            said = say("chart.months", last=said, busiest=dates.month(*busiest), pieces=counts[busiest])
        return blocks.rich(blocks.line(blocks.text(f"{dates.month(*first, short=True)} "), blocks.text(bars, "code"), blocks.text(f" {said}")))
    years: Counter[int] = Counter()
    for (year, _), pieces in counts.items():
        years[year] += pieces
    shown = [year for year in range(first[0], last[0] + 1) if years[year] or last[0] - first[0] < YEARS_SHOWN][-YEARS_SHOWN:]
    most = max(years.values())
    return blocks.rich(blocks.preformatted("\n".join(f"{year} {bar(years[year], most)} {years[year]}" for year in shown)))


def sparkline(values: Sequence[int]) -> str:
    """A bar for each value; an empty place for none."""
    most = max([*values, 1])
    return "".join(BARS[round((value / most) * (len(BARS) - 1))] if value else "·" for value in values)


def bar(value: int, most: int) -> str:
    """A bar as long as its share of the most."""
    return "█" * max(1 if value else 0, round(BAR * value / max(most, 1)))


def issues_by_year(views: Views) -> Block | None:
    """A table of what an author wrote about, by year: statements by issue. None for a single year or issue."""
    groups = [group for group in views.groups if group.issue is not None]
    by: dict[str, Counter[int]] = {}
    for group in groups:
        years = Counter(line.piece.published.value.year for line in group.lines if line.piece.published.value)
        if years and group.issue is not None:
            by[group.issue.name] = years
    every = sorted({year for years in by.values() for year in years})[-YEARS_SHOWN:]
    if len(every) < LEAST_YEARS or len(by) < LEAST_ISSUES or views.only_quoted:
        return None
    busiest = sorted(by, key=lambda name: -sum(by[name].values()))[:ISSUES_SHOWN]
    rows = [[name, *(str(by[name][year] or "–") for year in every)] for name in busiest]
    return blocks.table([say("chart.statements_on"), *map(str, every)], *rows, right=range(1, len(every) + 1))
