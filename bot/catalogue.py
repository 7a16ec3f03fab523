"""The catalogue: issues of foreign and public policy that pieces are filed under from the start.

Its entries are the files of ``bot/issues``, one for each area. An entry has a ``name``; ``aliases``, other names of the same thing, under
which it is also found and searched for; ``signs``, words and names that tell a piece is about it without meaning the same; ``together``,
pairs that tell it when both stand in one sentence; ``broader`` and ``related`` issues. A form of up to three capitals counts only when it is
written in capitals ("IS").

The entries are our own writing. What belongs in such a list was checked against three public ones, none of which is copied: the topics
of the Comparative Agendas Project (comparativeagendas.net), the EU's EuroVoc thesaurus (op.europa.eu/en/web/eu-vocabularies), and the
agenda of the United Nations' General Assembly (un.org/en/ga). Treaties and bodies go by the names on their own sites.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.models import Issue


@dataclass(frozen=True, slots=True)
class Entry:
    """An issue with what shows it in a text."""

    issue: Issue
    signs: tuple[str, ...] = ()
    together: tuple[tuple[str, str], ...] = ()


def _files() -> list[Path]:
    return sorted((Path(__file__).parent / "issues").glob("*.toml"))


def edition() -> int:
    """A checksum of the files: a library that was given this edition need not be given it again, nor need anything be parsed."""
    checksum = 0
    for path in _files():
        checksum = zlib.crc32(path.read_bytes(), checksum)
    return checksum


@cache
def entries() -> tuple[Entry, ...]:
    """Every entry, by area."""
    import tomllib  # only when there is something to parse

    found = []
    for path in _files():
        for slug, fields in tomllib.loads(path.read_text(encoding="utf8")).items():
            issue = Issue(
                slug=slug,
                name=fields["name"],
                aliases=tuple(fields.get("aliases", ())),
                related=tuple(fields.get("related", ())),
                broader=tuple(fields.get("broader", ())),
            )
            together = tuple((one, other) for one, other in fields.get("together", ()))
            found.append(Entry(issue, tuple(fields.get("signs", ())), together))
    return tuple(found)


def catalogue() -> tuple[Issue, ...]:
    """The issues, to be loaded into a store."""
    return tuple(entry.issue for entry in entries())
