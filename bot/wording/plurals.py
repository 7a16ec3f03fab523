"""Which form of a sentence goes with a number: the Unicode CLDR's plural rules, as they stand there for whole numbers.

For example Polish, "few": ``v = 0 and i % 10 = 2..4 and i % 100 != 12..14`` (unicode.org/reports/tr35/tr35-numbers.html#Language_Plural_Rules).
"""

from __future__ import annotations

from collections.abc import Mapping

OTHER = "other"
"""The form of every number that no rule names; the only one that each sentence must have."""


def form(rules: Mapping[str, str], number: int) -> str:
    """The first form whose rule holds; ``ValueError`` for a rule that is none."""
    return next((name for name, rule in rules.items() if _holds(rule, abs(number))), OTHER)


def _holds(rule: str, number: int) -> bool:
    return any(all(_true(relation.strip(), number) for relation in every.split(" and ")) for every in rule.split(" or "))


def _true(relation: str, number: int) -> bool:
    """For example "i % 10 = 2..4" or "n != 1,3"."""
    left, _, ranges = relation.partition("=")
    operand, _, modulus = left.rstrip("! ").partition("%")
    try:
        value = {"n": number, "i": number, "v": 0, "w": 0, "f": 0, "t": 0, "c": 0, "e": 0}[operand.strip()]  # decimals nothing here has
        value = value % int(modulus) if modulus else value
        return any(_within(value, one) for one in ranges.split(",")) != left.rstrip().endswith("!")
    except (KeyError, ValueError, ZeroDivisionError):
        raise ValueError(f"“{relation}” is no plural rule") from None


def _within(value: int, ranged: str) -> bool:
    first, _, last = ranged.strip().partition("..")
    return int(first) <= value <= int(last or first)
