"""Who wrote a page: what it prints, weighed against what it says for machines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.models import Fact
from bot.reading.byline import SPOKEN, Printed
from bot.reading.headline import is_site, site_names
from bot.reading.names import looks_like_organisation, looks_like_person, same_name, split_byline
from bot.reading.structured import Node, Structured, text_of, types
from bot.reading.tree import Layout, Zone

SURE = 0.9
"""Weight from which a printed byline counts by itself."""
SURE_IF_EXPLICIT = 0.3
"""The same for one that says "by" and names a person, when nothing contradicts it."""
SUPPORTS = 0.1
"""Weight that a printed byline needs to confirm what is stated for machines."""
OVERRULES = 1.5
"""Weight from which a printed byline beats a person that is named only for machines (often the site's editor)."""

_METAS = tuple(
    "author article:author parsely-author sailthru.author dc.creator dcterms.creator dc.author citation_author byl article.author og:article:author "
    "article:author_name creator shareaholic:article_author_name dcsext.author authors cxenseparse:author bt:author mrf:authors "
    "vr:author rbauthors article_author content-author".split()
)
_WRITTEN_BY = re.compile(r"written by|author|verfasst von|geschrieben von|écrit par|escrito por", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Stated:
    names: tuple[str, ...]
    evidence: str
    organisation: bool = False
    """JSON-LD says that it is the organisation, mostly the publisher over again."""


def find_authors(layout: Layout, structured: Structured, printed: list[Printed], url: str | None) -> Fact[tuple[str, ...]]:
    """The names of the piece's authors with where they stand; unknown when the page names nobody. ``printed`` is what looks like a byline."""
    site = site_names(structured, url)
    stated = _stated(structured)
    top = printed[0].weight if printed else 0.0
    for claim in stated:
        support = [candidate for candidate in printed if _agree(claim.names, candidate.names)]
        if not support or support[0].weight < max(top - 1.5, SUPPORTS):
            continue
        if claim.organisation and any(candidate.weight >= 0.5 and all(map(looks_like_person, candidate.names)) for candidate in printed):
            continue
        names = _settled(support, claim)
        return Fact.stated(_without_site(names, site), f"byline, {claim.evidence}")
    people = [
        claim for claim in stated if not claim.organisation and any(looks_like_person(name) and not is_site(name, site) for name in claim.names)
    ]
    if printed and (names := _from_print(printed, contradicted=bool(people))):
        return Fact.stated(_without_site(names, site), "byline")
    if people:
        return Fact.stated(tuple(name for name in people[0].names if not is_site(name, site)), people[0].evidence)
    return _last_resort(stated, layout, site, news=any(kind in ("NewsArticle", "ReportageNewsArticle") for kind in types(structured.article)))


def _from_print(printed: list[Printed], *, contradicted: bool) -> tuple[str, ...]:
    best = printed[0]
    if contradicted and not any(" " in name for name in best.names):  # "quill1" beside the name of who that is
        return ()
    if best.weight >= (OVERRULES if contradicted else SURE):
        return best.names
    if contradicted:
        return ()
    explicit = [candidate for candidate in printed if candidate.explicit and all(map(looks_like_person, candidate.names))]
    if explicit and explicit[0].weight >= SURE_IF_EXPLICIT:
        return explicit[0].names
    # the only name that anything on the page marks as an author, wherever it stands; a pen name of one word too
    marked = explicit or [candidate for candidate in printed if candidate.explicit and candidate.signature != SPOKEN]
    named = {name.casefold() for candidate in marked for name in candidate.names}
    return marked[0].names if len(named) == 1 else ()


def _last_resort(stated: list[_Stated], layout: Layout, site: tuple[str, ...], *, news: bool) -> Fact[tuple[str, ...]]:
    """An organisation or a pen name, where the page itself calls it the author and not just the publisher over again."""
    for claim in stated:
        exact = any(name.casefold() == other.casefold() for name in claim.names for other in site)
        if claim.evidence == "json-ld" and not news and (exact or any(is_site(name, site) for name in claim.names)):
            continue
        names = tuple(name for name in claim.names if name[0].isupper() or " " in name)
        if not names:
            text = {block.text.casefold() for block in layout.blocks if block.zone is not Zone.COMMENTS and len(block.text) <= 60}
            names = tuple(name for name in claim.names if any(name.casefold() in line.split() for line in text))
        if names:
            return Fact.stated(names, claim.evidence)
    return Fact.unknown()


def _stated(structured: Structured) -> list[_Stated]:
    """Authors as the page states them for machines, the most trusted first."""
    found: list[_Stated] = []
    for key in ("author", "creator"):
        items = _people_first(list(structured.refer(structured.article.get(key))))
        names = tuple(dict.fromkeys(name for item in items for name in _names_of(item)))
        if names:
            organisation = all(isinstance(item, dict) and any("Organization" in kind for kind in types(item)) for item in items)
            found.append(_Stated(names, "json-ld", organisation))
            break
    contents: list[tuple[str, tuple[str, ...]]] = [(f"meta {name}", structured.metas.get(name, ())) for name in _METAS]
    for number in ("1", "2"):
        label = structured.metas.get(f"twitter:label{number}", ("",))[0]
        if _WRITTEN_BY.search(label):
            contents.append(("meta twitter:data", structured.metas.get(f"twitter:data{number}", ())))
    for evidence, texts in contents:
        people = [
            name for text in texts if not re.match(r"https?:", text) for name in split_byline(_turned(text) if "citation" in evidence else text)
        ]
        if people:
            found.append(_Stated(tuple(dict.fromkeys(people)), evidence))
    return found


def _people_first(items: list[Node | str]) -> list[Node | str]:
    """Without the organisations beside a person: a wire, or the publisher over again."""
    people = [item for item in items if isinstance(item, dict) and "Person" in types(item) and any(map(looks_like_person, _names_of(item)))]
    return [item for item in items if isinstance(item, str) or item in people or "Organization" not in types(item)] if people else items


def _names_of(item: Node | str) -> tuple[str, ...]:
    if isinstance(item, str):
        return () if re.match(r"https?:", item) else split_byline(item)
    if isinstance(several := item.get("name"), list):
        return tuple(dict.fromkeys(name for one in several if isinstance(one, str) for name in split_byline(one)))
    name = text_of(several)
    if not name and (item.get("givenName") or item.get("familyName")):
        name = " ".join(filter(None, (text_of(item.get("givenName")), text_of(item.get("familyName")))))
    return split_byline(name) if name else ()


def _turned(name: str) -> str:
    """ "Lee, Ann" of a citation tag as "Ann Lee"."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and "," not in first else name


def _agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """They share a name."""
    return any(same_name(a.split(",")[0], b.split(",")[0]) for a in one for b in other)


def _without_site(names: tuple[str, ...], site: tuple[str, ...]) -> tuple[str, ...]:
    """ "Ann Lee Harbour Post" as "Ann Lee"; beside a person, the site itself goes."""
    if any(map(looks_like_person, names)):
        names = tuple(name for name in names if looks_like_person(name) or not is_site(name, site)) or names
    return tuple(_cut_site(name, site) for name in names)


def _cut_site(name: str, site: tuple[str, ...]) -> str:
    for other in site:
        if len(other) >= 3 and name.casefold().endswith(" " + other.casefold()):
            return name[: -len(other)].strip(" ,-")
    return name


def _settled(support: list[Printed], claim: _Stated) -> tuple[str, ...]:
    """The printed names, unless JSON-LD states exactly a part of them that is printed by itself too, or names more people."""
    stated = claim.names
    if claim.evidence == "json-ld" and any(
        len(candidate.names) == len(stated) and all(_agree((name,), candidate.names) for name in stated) for candidate in support
    ):
        alike = next(candidate for candidate in support if len(candidate.names) == len(stated))
        return alike.names if all(_agree((name,), stated) for name in alike.names) else stated
    best = max((candidate for candidate in support if candidate.weight >= support[0].weight - 0.3), key=lambda candidate: len(candidate.names))
    if len(best.names) < len(stated):
        return stated
    if len(best.names) > len(stated) and any(looks_like_organisation(name) or not looks_like_person(name) for name in best.names):
        return stated
    return best.names
