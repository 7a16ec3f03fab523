"""Dates as pages and texts print them, read without guessing.

A date that can be read in two ways ("03/04/2021") is no date unless the caller knows the order of the place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

EARLIEST = date(1990, 1, 1)
"""Nothing on the web is older; what claims to be is a default value (1970-01-01, 0001-01-01)."""

_MONTHS = (
    "january januar janvier enero gennaio janeiro januari jan jän jänner janv ene gen gener ianuarie stycznia styczeń ledna leden január ocak"
    " januarie tammikuuta tammikuu января январь янв січня січень ιανουαρίου يناير كانون_الثاني ינואר",
    "february februar février fevrier febrero febbraio fevereiro februari feb fév févr fev februarie lutego luty února únor február şubat helmikuuta"
    " helmikuu февраля февраль фев лютого лютий φεβρουαρίου فبراير شباط פברואר",
    "march märz maerz mars marzo março maart mar mär mrz mrt marts març martie marca marzec března březen március mart maret machi mac maaliskuuta"
    " maaliskuu марта март мар березня березень μαρτίου مارس آذار מרץ מרס",
    "april avril abril aprile apr avr abr aprilie kwietnia kwiecień dubna duben április nisan aprili huhtikuuta huhtikuu апреля апрель апр квітня"
    " квітень απριλίου أبريل نيسان אפריל",
    "may mai mayo maggio maio mei mag maj maig maja května květen május mayıs toukokuuta toukokuu мая май травня травень μαΐου مايو أيار מאי",
    "june juni juin junio giugno junho jun giu juny iunie czerwca czerwiec června červen június haziran kesäkuuta kesäkuu июня июнь июн червня"
    " червень ιουνίου يونيو حزيران יוני",
    "july juli juillet julio luglio julho jul juil lug juliol iulie lipca lipiec července červenec július temmuz julai heinäkuuta heinäkuu июля июль"
    " июл липня липень ιουλίου يوليو تموز יולי",
    "august août aout agosto augustus aug ago agost sierpnia sierpień srpna srpen augusztus augusti ağustos agustus agosti elokuuta elokuu августа"
    " август авг серпня серпень αυγούστου أغسطس آب אוגוסט",
    "september septembre septiembre settembre setembro sep sept set setiembre setembre septembrie września wrzesień září szeptember eylül septemba"
    " syyskuuta syyskuu сентября сентябрь сен сент вересня вересень σεπτεμβρίου سبتمبر أيلول ספטמבר",
    "october oktober octobre octubre ottobre outubro oct okt ott out octombrie października październik října říjen október ekim oktoba lokakuuta"
    " lokakuu октября октябрь окт жовтня жовтень οκτωβρίου أكتوبر تشرين_الأول אוקטובר",
    "november novembre noviembre novembro nov noiembrie listopada listopad listopadu kasım novemba marraskuuta marraskuu ноября ноябрь ноя листопада"
    " листопад νοεμβρίου نوفمبر تشرين_الثاني נובמבר",
    "december dezember décembre decembre diciembre dicembre dezembro dec dez déc dic decembrie grudnia grudzień prosince prosinec aralık desember"
    " desemba joulukuuta joulukuu декабря декабрь дек грудня грудень δεκεμβρίου ديسمبر كانون_الأول דצמבר",
)
MONTHS = {name.replace("_", " "): number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
"""Month names, as they stand in dates, and their usual short forms."""

_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_DAY = r"(?P<day>[0-3]?\d)"

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\d./-]){_YEAR}(?P<mark>[-/.]|\. )(?P<number>[01]?\d)(?P=mark){_DAY}(?!\d)",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<number>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?=T\d)",
        rf"(?<![\d.]){_DAY}\s+tháng\s+(?P<number>[01]?\d),?\s+(?:năm\s+)?{_YEAR}",
        rf"{_YEAR}\.\s+{_MONTH}\s+{_DAY}\.",
        rf"{_YEAR}\s*[年년]\s*(?P<number>[01]?\d)\s*[月월]\s*{_DAY}\s*[日일]",
        rf"(?<![\d.]){_DAY}(?:st|nd|rd|th|er|º|\.)?[\s\-]+(?:of\s+|de\s+|di\s+|d['’]|ב)?{_MONTH},?[\s\-]+(?:de\s+|del\s+)?{_YEAR}",
        rf"\b{_MONTH}[\s\-]+{_DAY}(?:st|nd|rd|th)?(?:,\s*|\s+|-)(?:at\s+)?{_YEAR}",
        rf"\b{_MONTH}[\s]+{_DAY}\s+\d\d?:\d\d(?::\d\d)?\s+(?:[A-Z]{{2,5}}\s+|[+-]\d{{4}}\s+)?{_YEAR}",
        rf"(?<![\d.]){_DAY}(?P<mark>[./-])(?P<number>[01]?\d)(?P=mark){_YEAR}",
    )
)
_SLASHED = 8
"""Index of the one pattern whose day and month may be swapped."""

_SHORT = re.compile(
    r"(?:\b(?P<label>on|am|le|il|el|posted|published|date):?\s*)?(?<![\d./-])(?P<one>[0-3]?\d)(?P<mark>[./-])(?P<two>[0-3]?\d)(?P=mark)"
    r"(?P<year>\d\d)(?![\d./-])(?P<time>,?\s+(?:at\s+|um\s+|à\s+)?\d?\d[:.h]\d\d)?",
    re.IGNORECASE,
)
"""A date with a year of two digits."""
_MONTH_FIRST = re.compile(r"(?<![\d.])(?P<number>[01]?\d)(?P<mark>[./-])(?P<day>[0-3]?\d)(?P=mark)(?P<year>(?:19|20)\d\d)(?!\d)")
_URL = re.compile(
    r"/(?P<year>20[0-4]\d|199\d)(?:(?P<mark>[/_-])(?P<number>0?[1-9]|1[0-2]|[a-z]{3})(?P=mark)(?P<day>[0-2]?\d|3[01])"
    r"|(?P<number2>0[1-9]|1[0-2])/?(?P<day2>[0-3]\d))"
    r"(?=[/_.-]|$)",
    re.IGNORECASE,
)
_DIGITS = {zero + digit: ord("0") + digit for zero in (0x0660, 0x06F0, 0x0966, 0x09E6, 0xFF10) for digit in range(10)}
"""Arabic, Persian, Devanagari, Bengali and wide digits."""
_ANY_YEAR = re.compile(r"(?:19|20)\d\d")
_STAMP = re.compile(r"1[0-9]{9}(?:[0-9]{3})?$")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text and where it stands (code points, end exclusive)."""

    value: date
    start: int
    end: int


def parse_date(text: str, *, day_first: bool | None = None) -> date | None:
    """The first date in a short text (ISO, RFC 822, "24 November 2015", "Nov. 24, 2015", "24.11.2015"); None when there is none.

    ``day_first`` decides "03/04/2021"; without it such a date counts only when one number cannot be a month.
    """
    text = text.strip()
    if _STAMP.match(text):
        return _sane(datetime.fromtimestamp(int(text[:10]), UTC).date())
    return next((mention.value for mention in find_dates(text[:400], day_first=day_first)), None)


def find_dates(text: str, *, day_first: bool | None = None) -> Iterator[DateMention]:
    """Every readable date of a text, in order."""
    if not text.isascii():
        text = text.translate(_DIGITS)
    if not _ANY_YEAR.search(text):
        return iter(())
    found: list[DateMention] = []
    for index, pattern in enumerate(_PATTERNS):
        for match in pattern.finditer(text):
            value = _slashed(match, day_first) if index == _SLASHED else _made(match)
            if value and not any(match.start() < other.end and other.start < match.end() for other in found):
                found.append(DateMention(value, match.start(), match.end()))
    for match in _MONTH_FIRST.finditer(text):
        if match["mark"] != "." and day_first is not True and (day_first is False or int(match["day"]) > 12):
            value = _made(match)
            if value and not any(match.start() < other.end and other.start < match.end() for other in found):
                found.append(DateMention(value, match.start(), match.end()))
    return iter(sorted(found, key=lambda mention: mention.start))


def find_short_dates(text: str, *, day_first: bool | None = None) -> Iterator[DateMention]:
    """Dates with a year of two digits, "26/10/13, 03:48 pm", as forums print them; only with a label or the time of day, and in a known order."""
    for match in _SHORT.finditer(text):
        if not (match["label"] or match["time"]):
            continue
        day, month = int(match["one"]), int(match["two"])
        if day_first is False or (day_first is None and day <= 12 < month):
            day, month = month, day
        elif day_first is None and day <= 12 and day != month:
            continue
        if value := _date(2000 + int(match["year"]), month, day):
            yield DateMention(value, match.start("one"), match.end())


def date_in_address(url: str) -> date | None:
    """The full date that an address's path spells ("/2015/11/24/", "/2015-11-24-"), if it does."""
    path = re.sub(r"^[a-z]+://[^/]*", "", url.split("?")[0].split("#")[0])
    for match in _URL.finditer(path):
        number = (match["number"] or match["number2"]).casefold()
        month = MONTHS.get(number) if number.isalpha() else int(number)
        if month and (value := _date(int(match["year"]), month, int(match["day"] or match["day2"]))):
            return value
    return None


def is_plausible(value: date, today: date) -> bool:
    """False for default values and for the future; a day of grace for time zones."""
    return EARLIEST <= value <= today + timedelta(days=1)


def _made(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    month = int(groups["number"]) if groups.get("number") else MONTHS[groups["month"].casefold().rstrip(".")]
    return _date(int(groups["year"]), month, int(groups["day"]))


def _slashed(match: re.Match[str], day_first: bool | None) -> date | None:
    day, month = int(match["day"]), int(match["number"])
    if match["mark"] == "/" and day <= 12 and month <= 12 and day != month:
        if day_first is None:
            return None
        if not day_first:
            day, month = month, day
    return _date(int(match["year"]), month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return _sane(date(year, month, day))
    except ValueError:
        return None


def _sane(value: date) -> date | None:
    return value if value >= EARLIEST else None
