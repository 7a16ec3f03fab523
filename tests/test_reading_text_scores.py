"""Floors under the figures that ``python -m tests.scores reading_texts`` prints."""

from pathlib import Path

import pytest

from tests.scores.reading_texts import score_articles, score_texts


def test_the_five_real_pieces_are_read_without_a_fault(shared: Path) -> None:
    fields, body, leaked = score_articles(shared)
    assert all(fields)
    assert min(body) >= 0.99
    assert leaked == 0


FLOORS = {"body": 0.90, "title": 0.75, "author": 0.52, "date": 0.78}
"""Of every fifth row; the figures over all stand some points higher."""
CEILING = 0.15


@pytest.mark.slow
def test_saved_texts_stay_above_their_floors(shared: Path) -> None:
    found = score_texts(shared, every=5)
    for name, floor in FLOORS.items():
        assert sum(found[name]) / len(found[name]) >= floor, name
    for name in ("invented_author", "invented_date"):
        assert sum(found[name]) / len(found[name]) <= CEILING, name
