"""Which form of a sentence goes with a number: the Unicode CLDR's plural rules, as they stand there for whole numbers.

For example Polish, "few": ``v = 0 and i % 10 = 2..4 and i % 100 != 12..14`` (unicode.org/reports/tr35/tr35-numbers.html#Language_Plural_Rules).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_RELATION = re.compile(r"(?P<operand>[nivwftce])(?:\s*%\s*(?P<modulus>\d+))?\s*(?P<unlike>!?)=\s*(?P<ranges>[\d.,\s]+)")

OTHER = "other"
"""The form of every number that no rule names; the only one that each sentence must have."""


def form(rules: Mapping[str, str], number: int) -> str:
    """The first form whose rule holds; ``ValueError`` for a rule that is none."""
    return next((name for name, rule in rules.items() if _holds(rule, abs(number))), OTHER)


def _holds(rule: str, number: int) -> bool:
    return any(all(_true(relation.strip(), number) for relation in every.split(" and ")) for every in rule.split(" or "))


def _true(relation: str, number: int) -> bool:
    match = _RELATION.fullmatch(relation)
    if match is None:
        raise ValueError(f"“{relation}” is no plural rule")
    value = number if match["operand"] in "ni" else 0  # the others tell of decimals, which nothing here has
    if match["modulus"]:
        value %= int(match["modulus"])
    return any(_within(value, one) for one in match["ranges"].split(",")) != bool(match["unlike"])


def _within(value: int, ranged: str) -> bool:
    first, _, last = ranged.strip().partition("..")
    return int(first) <= value <= int(last or first)
