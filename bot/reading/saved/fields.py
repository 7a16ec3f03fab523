"""What stands above a saved text about it: front matter, lines such as "Author: Ada Venn", the head of a forwarded mail."""

from __future__ import annotations

import re

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(?P<fields>(?:[^\n]*\n){1,60}?)---[ \t]*(?:\n|$)")
_FRONT_FIELD = re.compile(r"([A-Za-z][\w -]{0,30}):\s*(.*)")
_QUOTES = "\"'[]"
_LABELLED = re.compile(
    r"\W{0,3}(?P<name>title|headline|authors?|by|written by|date|published|publication date|source|url|url source|link|outlet|publication|publisher)"
    r"\W{0,3}:\W{0,3}\s(?P<value>\S.*)$",
    re.IGNORECASE,
)
_LABELS = {"headline": "title", "by": "author", "written by": "author", "publication date": "date", "url source": "source"}
_MAIL_FIELD = re.compile(r"[>*\s]*(?:from|to|cc|bcc|sent|date|subject|reply-to|von|an|gesendet|datum|betreff|de|à|objet)\*?:\s*\S", re.IGNORECASE)
FEWEST_MAIL_FIELDS = 3
"""Lines of a mail's head in a row; a single "From: ..." may be the piece's own."""
FEWEST_FIELDS = 2
"""Labelled lines at the top, a title among them, that are the text's fields."""
MOST_LINES = 60
"""Lines at the top that are looked at."""
FARTHEST = 12
"""Lines from the top within which a forwarded mail's head begins."""


def read_fields(text: str) -> tuple[dict[str, str], int]:
    """The fields above a text, in lower case, and how many lines they take: front matter or labelled lines; a mail's head only takes lines."""
    fields, skip = front_matter(text)
    if skip:
        return fields, skip
    head = [line.strip() for line in text.split("\n", MOST_LINES)[:MOST_LINES]]
    after = _behind_mail(head)
    found, last = _labelled(head, after)
    return (found, last) if found else ({}, after)


def front_matter(text: str) -> tuple[dict[str, str], int]:
    """The fields between two "---" at the top, in lower case, and how many lines they take; nothing when there are none."""
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, 0
    fields: dict[str, str] = {}
    name = ""
    for line in match["fields"].splitlines():
        if field := _FRONT_FIELD.match(line):
            name = field[1].strip().casefold()
            fields[name] = field[2].strip().strip(_QUOTES).strip()
        elif name and (item := re.match(r"\s*-\s+(.+)", line)):
            fields[name] = ", ".join(filter(None, (fields[name], item[1].strip().strip(_QUOTES))))
        elif line.strip():
            return {}, 0
    return fields, match[0].count("\n")


def _labelled(lines: list[str], start: int) -> tuple[dict[str, str], int]:
    """Labelled lines in a row; only when a title is among them, else "Author: Ada Venn" stays a byline where it stands."""
    fields: dict[str, str] = {}
    last = start
    for number, line in enumerate(lines[start:], start):
        if not line:
            continue
        match = _LABELLED.match(line)
        if not match:
            break
        name = match["name"].casefold()
        fields.setdefault(_LABELS.get(name, name), match["value"].strip().strip('*_"').strip())
        last = number + 1
    return (fields, last) if len(fields) >= FEWEST_FIELDS and "title" in fields else ({}, start)


def _behind_mail(lines: list[str]) -> int:
    """The line behind the head of a forwarded mail: the day on which somebody passed a piece on is not the piece's."""
    run = first = 0
    for number, line in enumerate(lines):
        if _MAIL_FIELD.match(line):
            first = first if run else number
            run += 1
        elif run >= FEWEST_MAIL_FIELDS or (run and line) or (line and number > FARTHEST):
            break
    return first + run if run >= FEWEST_MAIL_FIELDS and first <= FARTHEST else 0
