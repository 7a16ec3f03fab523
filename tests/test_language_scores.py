"""Floors under the figures of ``python -m tests.scores.language``; the corpora must be beside the checkout."""

import pytest

from bot.language import pipeline
from tests.shared import shared_folder

pytestmark = [pytest.mark.shared, pytest.mark.slow, pytest.mark.skipif(shared_folder() is None, reason="the corpora are not beside the checkout")]

FLOORS = {
    "language.ewt.tag": 93.0,
    "language.ewt.uas": 82.0,
    "language.ewt.las": 78.0,
    "language.ewt.lemma": 94.0,
    "language.gum.tag": 95.0,
    "language.gum.uas": 82.5,
    "language.gum.las": 79.0,
    "language.gum.lemma": 96.0,
    "language.gum.sent": 84.0,
    "language.speech.subject": 87.0,
    "language.speech.complement": 78.0,
    "language.names.politics": 70.0,
    "language.names.own": 85.0,
}


def test_accuracy_stays_above_its_floors() -> None:
    from bot.language.training import scoring

    figures = dict(scoring.accuracy(pipeline.load()))
    low = {name: (figures[name], floor) for name, floor in FLOORS.items() if figures[name] < floor}
    assert low == {}
