from datetime import UTC, datetime

import pytest

from bot.models import Basis, Fact, Piece


def piece(words: int) -> Piece:
    unknown = Fact(None, Basis.UNKNOWN)
    return Piece(1, Fact.stated("T", "h1"), unknown, unknown, unknown, unknown, unknown, words, unknown, False, datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (230, 1), (1150, 5)])
def test_reading_time_is_at_least_a_minute(words: int, minutes: int) -> None:
    assert piece(words).minutes == minutes


def test_an_unknown_fact_has_no_value() -> None:
    assert Fact.unknown().value is None
