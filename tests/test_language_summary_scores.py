"""What the choice of sentences must not fall below on the development sets, where they are at hand."""

from pathlib import Path

import pytest

from tests.scores import summary, summary_articles
from tests.shared import shared_folder

pytestmark = pytest.mark.slow


@pytest.fixture(name="folder")
def _folder() -> Path:
    folder = shared_folder()
    if folder is None:
        pytest.skip("the development sets are not beside the checkout")
    return folder


def test_summaries_stay_above_what_simpler_choices_reach(folder: Path) -> None:
    figures = summary.figures(folder)
    assert figures["summary.writer"][0] >= 29.3
    assert figures["summary.issue"][0] >= 35.0


def test_the_marked_theses_and_points_of_the_real_pieces(folder: Path) -> None:
    found = summary_articles.figures(folder)
    assert sum(one.thesis for one in found) >= 3
    assert sum(one.points + sum(one.others) for one in found) >= 41
    assert sum(one.points for one in found) > sum(one.openings for one in found) > sum(one.by_chance for one in found)
