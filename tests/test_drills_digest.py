"""The digests' drills, in short."""

import logging
from pathlib import Path

import pytest

from bot.playground import LocalSlack
from handlers.poster import SlackPoster
from tests.drills import digest_once, digest_thousand
from tests.drills.digest_once import Count


@pytest.fixture
def slack():
    with LocalSlack() as started:
        yield started


@pytest.fixture(autouse=True)
def quiet(caplog):
    caplog.set_level(logging.CRITICAL)


@pytest.mark.parametrize(
    ("drill", "trials"),
    [(digest_once.kills, 8), (digest_once.lost_answers, 6), (digest_once.two_processes, 20), (digest_once.trouble, 8)],
    ids=["kills", "lost answers", "two processes", "trouble"],
)
def test_each_digest_comes_once(tmp_path: Path, slack, drill, trials):
    assert drill(tmp_path, slack, trials) == Count(trials=trials)


def test_the_drill_notices_a_sender_that_does_not_look(tmp_path: Path, slack, monkeypatch):
    monkeypatch.setattr(SlackPoster, "find", lambda *_, **__: None)
    assert digest_once.lost_answers(tmp_path, slack, 2).double == 2


def test_many_digests_over_many_pieces(tmp_path: Path):
    sink, seconds, spans, lost = digest_thousand.run(tmp_path, 600, 60)
    assert lost == 0
    assert sink.digests > 20
    assert set(sink.posts.values()) == {1}
    assert seconds < 30
    assert spans
