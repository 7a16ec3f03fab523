"""Dates, periods and sums of money that follow a pattern: what a recognizer trained on few of them overlooks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span

_NUMBER = (
    r"(?:\d[\d,.]*|an?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?)"
)
_PERIOD = r"(?:days?|weeks?|months?|years?|decades?|centuries|nights)"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_SEASON = r"(?:spring|summer|autumn|winter)"

DATES = re.compile(
    rf"\b(?:(?:[Nn]ext|[Ll]ast|[Tt]his) (?:week|month|year|decade|century|{_SEASON}|{_WEEKDAY}|{_MONTH})"
    rf"|(?!an? |one )(?i:{_NUMBER})(?: and a half)? {_PERIOD}(?: ago)?"
    rf"|(?:[Tt]he )?(?:next|last|past) {_NUMBER} {_PERIOD}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?:,? \d{{4}})?|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?|{_MONTH} \d{{4}}"
    r"|Christmas(?: Eve| Day)?|New Year's (?:Eve|Day)|Easter(?: Sunday| Monday)?|Lunar New Year|Ramadan|Thanksgiving|Good Friday|Yom Kippur|Passover"
    r"|(?:[Tt]he )?(?:early |late |mid-)?(?:1[5-9]|20)\d0s)\b"
)

_CURRENCY = r"(?:dollars|pounds|euros|pence|cents|rubles|roubles|rupees|paise|yen|yuan|francs|marks|crowns|pesos|rand|lira)"
_LARGE = r"(?: ?(?:trillion|billion|million|bn|tn|m)\b)?"

MONEY = re.compile(rf"(?:US|A|C|HK|NZ)?[$£€¥₹]\s?\d(?:[\d,.]*\d)?{_LARGE}|\b\d(?:[\d,.]*\d)?(?: (?:trillion|billion|million))? {_CURRENCY}\b")


def find_times(doc: Doc) -> Iterator[Span]:
    """Every match as a DATE or MONEY span, articles left outside."""
    for pattern, label in ((DATES, "DATE"), (MONEY, "MONEY")):
        for match in pattern.finditer(doc.text):
            start = match.start() + (4 if match.group().lower().startswith("the ") else 0)
            span = doc.char_span(start, match.end(), label=label)
            if span is not None:
                yield span
