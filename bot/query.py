"""The language of searches: ``author: issue: outlet: before: after: "a phrase" -not OR newest``. Nothing typed is an error."""

from __future__ import annotations

import difflib
import re
from datetime import date, timedelta

from bot.periods import PERIOD, period
from bot.records import Query, Term
from bot.wording import say

LONGEST = 2_000
"""Characters that are read; a pasted article is not a search."""

MOST_TERMS = 32
"""Terms that are looked up; more add cost and no meaning."""

FIELDS = {
    "author": "authors", "by": "authors", "issue": "issues", "topic": "issues", "outlet": "outlets", "in": "outlets", "source": "outlets",
    "before": "before", "until": "before", "after": "after", "since": "after", "year": "year", "sort": "sort", "order": "sort",
}  # fmt: skip
"""The names that people try, and what each means."""

_QUOTED, _CURLY, _BARE = r'"(?P<{0}quoted>[^"]*)"', "“(?P<{0}curly>[^”]*)”", r'(?P<{0}bare>[^\s"“]+)'
_VALUE = f"(?:{_QUOTED}|{_CURLY}|{_BARE})"
_FIELD = rf"(?P<field>{'|'.join(FIELDS)}):\s*(?:(?P<period>{PERIOD})(?=\s|$)|{_VALUE.format('field_')})?"
_TOKEN = re.compile(rf'(?P<minus>-(?=[\w"“]))?(?:{_FIELD}|{_VALUE.format("")})', re.IGNORECASE)
_SLIP = re.compile(r"(?<!\S)([a-z]{4,9}):(?=[^\s/:])", re.IGNORECASE)
NEAR_FIELD = 0.8
"""Likeness (difflib's ratio) from which a word with a colon is a misspelt field: one slip."""
_WORDS = re.compile(r"\w+(?:['’.&-]\w+)*")


def parse(text: str, today: date) -> Query:
    """What somebody looks for."""
    cut = _SLIP.sub(_field, text.replace("\x00", " ")[:LONGEST])
    groups: list[list[Term]] = []
    none: list[Term] = []
    named: dict[str, list[str]] = {"authors": [], "issues": [], "outlets": []}
    since: date | None = None
    until: date | None = None
    newest = False
    notes: list[str] = []
    joined = False
    for match in _TOKEN.finditer(cut):
        value = _value(match)
        if match["field"]:
            field = FIELDS[match["field"].casefold()]
            value = (match["period"] or value).strip()
            if not value:
                notes.append(say("search.empty_field", field=match["field"]))
            elif field == "sort":
                newest = value.casefold().startswith(("new", "date", "latest", "recent"))
            elif field in named:
                named[field].append(value)
            elif (span := period(value, today)) is None:
                notes.append(say("search.no_date", typed=value))
            else:
                since, until = _narrowed(field, span, since, until)
            continue
        if value == "OR" or value == "|":
            joined = bool(groups)
            continue
        if value == "AND":
            continue
        terms = _terms(value, bool(match["quoted"] or match["curly"]))
        if match["minus"] or (value == "NOT"):
            none += terms if value != "NOT" else []
            continue
        for term in terms:
            if joined:
                groups[-1].append(term)
                joined = False
            else:
                groups.append([term])
    if len(groups) > MOST_TERMS:
        notes.append(say("search.first_words", n=MOST_TERMS))
    return Query(
        text=text,
        all=tuple(tuple(group[:MOST_TERMS]) for group in groups[:MOST_TERMS]),
        none=tuple(none[:MOST_TERMS]),
        authors=tuple(named["authors"]),
        issues=tuple(named["issues"]),
        outlets=tuple(named["outlets"]),
        since=since,
        until=until,
        newest_first=newest,
        notes=tuple(notes),
    )


def _field(match: re.Match[str]) -> str:
    """A misspelt field ("isue:") as it is spelled."""
    near = difflib.get_close_matches(match[1].casefold(), FIELDS, 1, NEAR_FIELD) if match[1].casefold() not in FIELDS else []
    return f"{near[0]}:" if near else match[0]


def _value(match: re.Match[str]) -> str:
    return next((match[group] for group in ("quoted", "curly", "bare", "field_quoted", "field_curly", "field_bare") if match[group] is not None), "")


def _narrowed(field: str, span: tuple[date, date], since: date | None, until: date | None) -> tuple[date | None, date | None]:
    """``before: 2016`` ends with 2015; ``after: 2016`` and ``since: 2016`` begin with 2016-01-01, as people mean them."""
    first, last = span
    if field == "after":
        return first, until
    if field == "year":
        return first, last
    return since, first - timedelta(days=1) if first > date.min else first


def _terms(value: str, phrase: bool) -> list[Term]:
    words = _WORDS.findall(value)
    if phrase and len(words) > 1:
        return [Term(" ".join(words), phrase=True)]
    # a hyphenated or dotted word is a phrase to the index: "anti-missile", "U.S."
    return [Term(word, phrase=not word.isalnum()) for word in words]
