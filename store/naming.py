"""Names of people: when two printed forms can be one person."""

from __future__ import annotations

import re

from bot.naming import fold

TITLES = frozenset(
    {
        "mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "baroness", "baron", "rev", "reverend",
        "hon", "senator", "sen", "rep", "representative", "congressman", "congresswoman", "president", "chancellor", "minister",
        "premier", "ambassador", "amb", "gen", "general", "col", "colonel", "maj", "capt", "captain", "lt", "sgt", "adm", "admiral",
        "king", "queen", "prince", "princess", "pope", "cardinal", "bishop", "archbishop", "ayatollah", "sheikh", "sheik", "judge",
        "justice", "governor", "gov", "mayor", "secretary", "by",
    }
)  # fmt: skip
"""Words before a name that are no part of it."""

SUFFIXES = frozenset(
    {
        "jr", "sr", "ii", "iii", "iv", "phd", "dphil", "md", "mp", "mep", "msp", "obe", "mbe", "kbe", "cbe", "qc", "kc", "esq", "msc", "bsc",
        "mba", "mph", "llm", "jd", "psyd", "edd", "cpa", "cfa", "rdn", "rn", "frs", "frcp", "lcsw", "pharmd",
    }
)  # fmt: skip
"""Words behind a name that are no part of it, with or without a comma before them."""
GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
"""Those that are shown all the same."""

_LETTERS = re.compile(r"(?:[A-Z][a-z]?\.?\s?){2,5}[A-Z]?")
"""Letters of honour, a state or a legal form behind a comma: "Ph.D.", "RD", "CDCES", "NY", "LLC"."""


def without_honours(name: str) -> str:
    """The name without the letters behind it: "Ann Lee RDN, Ph.D." is "Ann Lee"; "Jr." stays, and of a lone word nothing is taken."""
    bare, *behind = name.split(",")
    if len(bare.split()) > 1 and all(_is_honour(part.strip()) for part in behind):
        words = bare.split()
        while len(words) > 2 and fold(words[-1]).replace(" ", "") in SUFFIXES - GENERATIONS:
            words.pop()
        return " ".join(words)
    return name


def _is_honour(part: str) -> bool:
    folded = fold(part).replace(" ", "")
    return folded not in GENERATIONS and (folded in SUFFIXES or _LETTERS.fullmatch(part) is not None)


def name_key(name: str) -> str:
    """The folded name without titles and suffixes; the folded words themselves when nothing else is left."""
    words = fold(without_honours(name)).split()
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    while len(words) > 1 and words[-1] in SUFFIXES:
        words = words[:-1]
    return " ".join(words)


def last_word(key: str) -> str:
    """The family name of a folded name: its last word."""
    return key.rsplit(" ", 1)[-1]


def is_full(key: str) -> bool:
    """More than a family name or a pair of initials: "vladimir frolov", not "frolov", not "v frolov"."""
    words = key.split()
    return len(words) > 1 and len(words[0]) > 1


def compatible(one: str, other: str) -> bool:
    """Whether two folded names can be one person: same family name, given names equal or one the other's initial.

    A middle name may be missing: "john kennedy", "j f kennedy" and "john f kennedy" agree; "jane kennedy" does not.
    """
    first, second = one.split(), other.split()
    if first[-1] != second[-1]:
        return False
    given, others = first[:-1], second[:-1]
    if not given or not others:
        return False
    if not _agree(given[0], others[0]):
        return False
    return all(_agree(a, b) for a, b in zip(given[1:], others[1:], strict=False))


def _agree(one: str, other: str) -> bool:
    return one == other or (len(one) == 1 and other.startswith(one)) or (len(other) == 1 and one.startswith(other))
