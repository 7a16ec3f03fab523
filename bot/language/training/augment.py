"""More names for the same sentences: copies of annotated paragraphs in which places, people and organisations are exchanged for others of their kind.

A recognizer that has met few names learns them by heart; exchanging them makes it read the context, and shows it the gazetteers'
countries and cities once each (mention replacement, Dai and Adel 2020).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from bot.language import gazetteer

SHARE = {"GPE": 0.6, "PERSON": 0.7, "ORG": 0.5, "NORP": 0.4, "LOC": 0.3, "EVENT": 0.4, "LAW": 0.5, "WORK": 0.4}
"""How many of each type's names are exchanged in a copy."""

KNOWN_PLACE = 0.85
"""Share of places that become a country, state or capital; the rest become any city of the gazetteer. With more cities, unknown words are
taken for places too often (precision of places in CrossNER's politics fell to 53)."""

REPEATED = frozenset({"EVENT", "LAW", "WORK", "LOC"})
"""Rare types: every text that has one is copied."""


@dataclass(slots=True)
class Pools:
    """What names are exchanged for."""

    first: list[str]
    last: list[str]
    others: dict[str, list[str]]
    countries: list[str]
    cities: list[str]
    adjectives: list[str]
    plurals: list[str]


def pools(docs: Sequence[Doc], more_surnames: Sequence[str] = ()) -> Pools:
    """Names of the annotated texts themselves, and the gazetteers'."""
    others: dict[str, list[str]] = {label: [] for label in SHARE}
    first: list[str] = sorted(name.title() for group in ("female_names", "male_names") for name in gazetteer.people(group))
    last: list[str] = list(more_surnames)
    for doc in docs:
        for name in doc.ents:
            if name.label_ == "PERSON" and len(name) == 2:
                first.append(name[0].text)
                last.append(name[1].text)
            elif name.label_ in others:
                others[name.label_].append(name.text)
    others["ORG"] += [form for organisation in gazetteer.organisations() for form in (organisation.name, *organisation.aliases)] * 3
    others["ORG"] += list(gazetteer.seats()) * 3
    places = gazetteer.places().values()
    countries = [place.name for place in places if place.kind in {"country", "capital", "state"}]
    cities = [place.name for place in places if place.kind == "city"]
    nations = [word for word, kind in gazetteer.peoples().items()]
    plurals = [word for word in nations if word.endswith(("s", "men"))]
    return Pools(first, last, others, countries, cities, [word for word in nations if word not in set(plurals)], plurals)


def copies(docs: Sequence[Doc], supply: Pools, share: float, seed: int = 0) -> Iterator[Doc]:
    """One copy with other names for a share of the texts, and for all that have a rare type."""
    chance = random.Random(seed)
    for doc in docs:
        labels = {name.label_ for name in doc.ents}
        if labels & SHARE.keys() and (chance.random() < share or labels & REPEATED):
            yield exchange(doc, supply, chance)


def exchange(doc: Doc, supply: Pools, chance: random.Random) -> Doc:
    """A copy of ``doc`` with some of its names exchanged; the same name is exchanged for the same other one throughout."""
    words: list[str] = []
    spaces: list[bool] = []
    kept: list[tuple[int, int, str]] = []
    missing: list[int] = []
    chosen: dict[tuple[str, str], list[str] | None] = {}
    at = 0
    names = {name.start: name for name in doc.ents}
    while at < len(doc):
        name = names.get(at)
        if name is None:
            if doc[at].ent_iob == 0:
                missing.append(len(words))
            words.append(doc[at].text)
            spaces.append(bool(doc[at].whitespace_))
            at += 1
            continue
        key = (name.text, name.label_)
        if key not in chosen:
            chosen[key] = _other(name, supply, chance) if chance.random() < SHARE.get(name.label_, 0.0) else None
        new = chosen[key] or [token.text for token in name]
        inner = [True] * (len(new) - 1) if chosen[key] else [bool(token.whitespace_) for token in name][:-1]
        kept.append((len(words), len(words) + len(new), name.label_))
        words += new
        spaces += [*inner, bool(name[-1].whitespace_)]
        at = name.end
    copy = Doc(doc.vocab, words=words, spaces=spaces)
    copy.set_ents(
        [Span(copy, start, end, label=label) for start, end, label in kept],
        missing=[Span(copy, i, i + 1) for i in missing],
        default="outside",
    )
    return copy


def _other(name: Span, supply: Pools, chance: random.Random) -> list[str] | None:
    label, text = name.label_, name.text
    if label == "PERSON":
        return [chance.choice(supply.last)] if len(name) == 1 else [chance.choice(supply.first), chance.choice(supply.last)]
    if label == "GPE":
        return chance.choice(supply.countries if chance.random() < KNOWN_PLACE else supply.cities).split()
    if label == "NORP":
        if len(name) > 1:
            return None
        return chance.choice(supply.plurals if text.endswith(("s", "men")) and text in supply.plurals else supply.adjectives).split()
    return chance.choice(supply.others[label]).split() if supply.others.get(label) else None
