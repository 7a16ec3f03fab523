"""Names as data: countries, cities, peoples, organisations and titles. Sources and licences: ``gazetteers/README.md``."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "gazetteers"


@dataclass(frozen=True, slots=True)
class Place:
    """A place with a government."""

    name: str
    kind: str
    """``country``, ``capital``, ``state`` (of the USA) or ``city``."""
    country: str
    """ISO 3166 code."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """An institution, alliance, armed group or medium under all its names."""

    name: str
    aliases: tuple[str, ...]
    short: tuple[str, ...]
    """Forms that are a common word or another thing too, and count only beside a fuller one ("IS", "the Fed")."""


@cache
def places() -> dict[str, Place]:
    """Places by name."""
    found: dict[str, Place] = {}
    for line in (FOLDER / "places.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, kind, country, _ = line.split("\t")
            found[name] = Place(name, kind, country)
            found.setdefault(_plain(name), Place(name, kind, country))
    for name, country in _table("titles.toml", "places").items():
        found[name] = Place(name, "country", country)
    return found


def _plain(name: str) -> str:
    """Without diacritics, as most English outlets print it: "Lodz"."""
    letters = unicodedata.normalize("NFKD", name.translate(_STROKES))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_STROKES = str.maketrans("ŁłØøĐđıß’ʻ", "LlOoDdis''")


@cache
def peoples() -> dict[str, str]:
    """Adjectives and names of peoples, religions and camps: the word to its country's code, or to ``people``, ``religion``, ``camp``."""
    found: dict[str, str] = {}
    for line in (FOLDER / "peoples.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, _, words = line.partition("\t")
            for word in words.split():
                found.setdefault(word.replace("-", " ") if kind.isupper() else word, kind)
    return found


def is_place(text: str) -> bool:
    """Whether it is the name of a country, state or larger city."""
    return text in places()


def is_people(text: str) -> bool:
    """Whether it is a nationality, religion or political camp, as noun or adjective."""
    return text in peoples()


@cache
def _organisation_forms() -> frozenset[str]:
    return frozenset(form for organisation in organisations() for form in (organisation.name, *organisation.aliases))


def is_organisation(text: str) -> bool:
    """Whether it is an organisation's name or alias."""
    return text in _organisation_forms()


def is_known(text: str) -> bool:
    """Whether any gazetteer knows it as a name."""
    return is_place(text) or is_people(text) or is_organisation(text) or text in seats()


@cache
def organisations() -> tuple[Organisation, ...]:
    """Organisations with their aliases."""
    with (FOLDER / "organisations.toml").open("rb") as file:
        rows = tomllib.load(file)["organisation"]
    found = [Organisation(row["name"], tuple(row.get("aliases", ())), tuple(row.get("short", ()))) for row in rows]
    known = {form for organisation in found for form in (organisation.name, *organisation.aliases)}
    return (*found, *(Organisation(party, (), ()) for party in _parties() if party not in known))


def _parties() -> list[str]:
    with (FOLDER / "parties.toml").open("rb") as file:
        return list(dict.fromkeys(party for parties in tomllib.load(file).values() for party in parties))


@cache
def regions() -> frozenset[str]:
    """Parts of the world without a government of their own."""
    return _regions_toml("regions")


@cache
def accords() -> frozenset[str]:
    """Agreements and alliances whose names look like a person's or a body's ("Entente Cordiale")."""
    return _regions_toml("accords")


def _regions_toml(group: str) -> frozenset[str]:
    with (FOLDER / "regions.toml").open("rb") as file:
        return frozenset(tomllib.load(file)[group])


@cache
def seats() -> dict[str, str]:
    """Seats of government that stand for an institution ("the Kremlin", "Downing Street"), never a mere place."""
    return dict(_table("organisations.toml", "seats"))


@cache
def titles() -> frozenset[str]:
    """Forms of address and offices that precede a name, in lower case and without a full stop."""
    with (FOLDER / "titles.toml").open("rb") as file:
        data = tomllib.load(file)
    return frozenset(word.lower().rstrip(".") for word in data["address"] + data["offices"])


@cache
def people(group: str) -> frozenset[str]:
    """Forms of address and given names that tell a person's pronouns: ``female_address``, ``male_address``, ``female_names``, ``male_names``."""
    with (FOLDER / "people.toml").open("rb") as file:
        return frozenset(tomllib.load(file)[group])


@cache
def abbreviations(kind: str) -> frozenset[str]:
    """Abbreviations that never end a sentence (``before_name``) or seldom do (``anywhere``)."""
    with (FOLDER / "titles.toml").open("rb") as file:
        return frozenset(tomllib.load(file)["abbreviations"][kind])


@cache
def _table(file_name: str, table: str) -> dict[str, str]:
    with (FOLDER / file_name).open("rb") as file:
        found: dict[str, str] = tomllib.load(file)[table]
    return found
