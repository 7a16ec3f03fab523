"""Names of people: when two printed forms can be one person."""

from __future__ import annotations

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
        "jr", "sr", "ii", "iii", "iv", "phd", "md", "mp", "mep", "obe", "kbe", "cbe", "qc", "kc", "esq",
    }
)  # fmt: skip


def name_key(name: str) -> str:
    """The folded name without titles and suffixes; the folded words themselves when nothing else is left."""
    words = fold(name).split()
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
