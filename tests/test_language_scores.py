"""Floors under the figures of ``python -m tests.scores.language``; the corpora must be beside the checkout."""

import pytest

from bot.language import pipeline
from tests.shared import shared_folder

pytestmark = [pytest.mark.shared, pytest.mark.slow, pytest.mark.skipif(shared_folder() is None, reason="the corpora are not beside the checkout")]

FLOORS = {
    "language.ewt.tag": 93.4,
    "language.ewt.uas": 83.3,
    "language.ewt.las": 79.8,
    "language.ewt.lemma": 95.0,
    "language.gum.tag": 95.4,
    "language.gum.uas": 83.8,
    "language.gum.las": 80.2,
    "language.gum.lemma": 97.1,
    "language.gum.sent": 88.3,
    "language.speech.subject": 88.5,
    "language.speech.complement": 79.5,
    "language.names.politics": 75.0,
    "language.names.own": 87.5,
}


def test_accuracy_stays_above_its_floors() -> None:
    from bot.language.training import scoring

    figures = dict(scoring.accuracy(pipeline.load()))
    low = {name: (figures[name], floor) for name, floor in FLOORS.items() if figures[name] < floor}
    assert low == {}
