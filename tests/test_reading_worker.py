"""The reader process: what it makes of a reading, its limits, and what becomes of a piece that kills it."""

import logging
import sqlite3
import sys
import textwrap
from collections import Counter
from pathlib import Path

import pytest

from bot.errors import Unreachable
from bot.models import Reading, ReadingState
from bot.reading.bulk import Source, Tally, gather, import_all
from bot.reading.fetch import Fetched
from bot.reading.news import News, Step
from bot.reading.progress import summary
from bot.reading.sniff import Kind
from bot.reading.supervisor import Supervisor
from bot.reading.worker import FeedMet, read_source, work
from store import Store
from tests.drills.reader import TEAM, analyse, drill, piece

PLAIN = [sys.executable, "-m", "tests.drills.reader", "--child"]

TROUBLE = textwrap.dedent(
    """
    import os, sys, time
    from pathlib import Path
    from bot.reading.worker import Limits, confine, read_source, rest_on, tell_on, work
    from store import Store
    from tests.drills.reader import analyse

    def read(reading):
        if b"SLEEP" in reading.content:
            time.sleep(60)
        if b"SPIN" in reading.content:
            sum(1 for _ in iter(int, 1))
        if b"EAT" in reading.content:
            hoard = bytearray(5_000_000_000)
        if b"CRASH" in reading.content:
            os.abort()
        if b"BUG" in reading.content:
            raise ZeroDivisionError
        return read_source(reading, None)

    limits = Limits(seconds=1.0, memory=900_000_000)
    confine(limits)
    store = Store.open(Path(sys.argv[1]))
    work(store.readings, store.articles, read, analyse, tell=tell_on(sys.stdout), rest=rest_on(sys.stdin.buffer, 0.2), limits=limits)
    """
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    with Store.open(tmp_path / "library.sqlite") as opened:
        yield opened


def titles(store: Store) -> list[str]:
    with sqlite3.connect(store.path) as db:
        rows = db.execute("SELECT title FROM articles ORDER BY title").fetchall()
    db.close()
    return [row[0] for row in rows]


def run_until_empty(store: Store, command: list[str], **options: object) -> list[News]:
    told: list[News] = []
    supervisor = Supervisor(command, store.readings, hear=told.append, longest_pause=0.05, **options)  # type: ignore[arg-type]
    try:
        while store.readings.open(TEAM):
            supervisor.tick(0.1)
    finally:
        supervisor.close()
    return told


def test_what_is_in_the_queue_is_read_and_stored(store: Store) -> None:
    ids = [store.readings.enqueue(TEAM, f"{number}.txt", piece(number).encode()).id for number in range(3)]
    store.readings.enqueue(TEAM, "nothing.txt", b"Home\nAbout\n")
    told = run_until_empty(store, [*PLAIN, str(store.path)], workers=2)
    assert titles(store) == [f"Piece number {number} of the drill" for number in range(3)]
    assert sorted(news.reading for news in told if news.step is Step.DONE) == ids
    (failed,) = store.readings.failures(TEAM)
    assert failed.reason == "There is no article in this text: no run of sentences, only short lines."


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [("SLEEP", "took longer"), ("SPIN", "took longer"), ("EAT", "more memory"), ("CRASH", "broke down"), ("BUG", "broke down")],
)
@pytest.mark.slow
def test_a_piece_that_kills_the_reader_costs_that_piece_alone(
    store: Store, trouble: str, reason: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.CRITICAL)
    bad = store.readings.enqueue(TEAM, "bad.txt", trouble.encode())
    good = store.readings.enqueue(TEAM, "good.txt", piece(1).encode())
    told = run_until_empty(store, [sys.executable, "-c", TROUBLE, str(store.path)], most_attempts=2)
    settled = store.readings.get(bad.id)
    assert settled is not None
    assert settled.state is ReadingState.FAILED
    assert settled.reason is not None
    assert reason in settled.reason
    assert settled.attempts == 2
    assert store.readings.get(good.id).state is ReadingState.DONE  # type: ignore[union-attr]
    assert [news.reading for news in told if news.step is Step.FAILED] == [bad.id]


@pytest.mark.slow
def test_readers_killed_at_random_lose_and_double_nothing(tmp_path: Path) -> None:
    logging.getLogger("bot.reading.supervisor").setLevel(logging.CRITICAL)
    outcome = drill(tmp_path / "library.sqlite", kills=8, seed=3)
    assert (outcome.lost, outcome.double, outcome.errors) == (0, 0, 0)
    assert outcome.pieces > 8


def test_a_supervisor_that_stops_leaves_unfinished_readings_in_line(store: Store) -> None:
    bad = store.readings.enqueue(TEAM, "slow.txt", b"SLEEP")
    supervisor = Supervisor([sys.executable, "-c", TROUBLE.replace("seconds=1.0", "seconds=60")], store.readings)
    supervisor._command.append(str(store.path))
    while not (reading := store.readings.get(bad.id)) or reading.state is ReadingState.WAITING:
        supervisor.tick(0.1)
    for pid in supervisor.pids:
        import os
        import signal

        os.kill(pid, signal.SIGKILL)
    supervisor.close()
    again = store.readings.claim()
    assert again is not None
    assert again.id == bad.id


def test_a_reader_that_cannot_start_is_not_started_in_a_loop(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    reading = store.readings.enqueue(TEAM, "a.txt", piece(1).encode())
    with pytest.raises(Exception, match="does not start"):
        import_all([reading], lambda hear: Supervisor([sys.executable, "-c", "raise SystemExit(1)"], store.readings, hear=hear, longest_pause=0.01))


def test_an_import_counts_what_became_of_each(store: Store) -> None:
    sources = [piece(1), piece(2), piece(1) + "\n", "Home\nAbout\n"]
    readings = [store.readings.enqueue(TEAM, f"{number}.txt", text.encode()) for number, text in enumerate(sources)]
    seen: list[tuple[int, int]] = []
    tally = import_all(
        readings,
        lambda hear: Supervisor([*PLAIN, str(store.path)], store.readings, hear=hear),
        advance=lambda tally, total: seen.append((tally.finished, total)),
    )
    assert (tally.read, tally.known, len(tally.failed)) == (2, 1, 1)
    assert tally.failed[0][0] == "3.txt"
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


def fetched(kind: Kind, body: bytes, url: str = "https://strandpost.example/ferry") -> Fetched:
    return Fetched(url=url, asked="https://short.example/x", body=body, kind=kind)


def test_an_address_is_fetched_and_remembered_under_both_addresses() -> None:
    article = read_source(Reading(1, TEAM, "https://short.example/x", ReadingState.CLAIMED), lambda url: fetched(Kind.TEXT, piece(1).encode()))
    assert article.links == ("https://short.example/x", "https://strandpost.example/ferry")
    assert article.url.value == "https://strandpost.example/ferry"


def test_a_feed_puts_its_pieces_in_line(store: Store) -> None:
    feed = store.readings.enqueue(TEAM, "https://strandpost.example/feed")
    told: list[News] = []

    def read(reading: Reading) -> object:
        if reading.id == feed.id:
            raise FeedMet(("https://strandpost.example/a", "https://strandpost.example/b"))
        raise Unreachable("unreached.gone")

    work(store.readings, store.articles, read, analyse, tell=told.append, rest=lambda: False)  # type: ignore[arg-type]
    assert [news.source for news in told if news.step is Step.QUEUED] == ["https://strandpost.example/a", "https://strandpost.example/b"]
    assert [news.reason for news in told if news.step is Step.FAILED and not news.feed] == ["There is no page at that address (any more)."] * 2


def test_names_that_were_typed_become_sources(tmp_path: Path) -> None:
    (tmp_path / "in" / ".git").mkdir(parents=True)
    for name in ("in/b.md", "in/a.TXT", "in/picture.png", "in/.git/c.md", "alone"):
        (tmp_path / name).write_text("x", encoding="utf8")
    found = list(gather([str(tmp_path / "in"), str(tmp_path / "alone"), "https://a.example/b", "a.example/b", "missing"]))
    assert found[:-1] == [
        Source("a.TXT", b"x"),
        Source("b.md", b"x"),
        Source("alone", b"x"),
        Source("https://a.example/b"),
        Source("https://a.example/b"),
    ]
    assert "neither a file" in str(found[-1])


def test_a_folder_says_what_it_leaves_out_and_that_it_holds_nothing(tmp_path: Path) -> None:
    for name in ("a.md", "b.jpg", "c.JPG", "d.xlsx"):
        (tmp_path / name).write_text("x", encoding="utf8")
    left_out = Counter[str]()
    assert list(gather([str(tmp_path)], left_out)) == [Source("a.md", b"x")]
    assert left_out == {".jpg": 2, ".xlsx": 1}
    (tmp_path / "a.md").unlink()
    (nothing,) = gather([str(tmp_path)])
    assert "holds no file that Entente reads" in str(nothing)


def test_the_summary_names_feeds_and_what_was_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    summary(Tally(read=2, partial=1, feeds=1, failed=[("a.txt", "It is empty.")], left_out=Counter({".jpg": 2})))
    shown = capsys.readouterr().out
    for words in ("2 read, 0 known already, 1 of them only in part, 1 failed.", "1 of what was given was a feed", "2 of kinds", "a.txt: It is"):
        assert words in shown


def test_a_saved_feed_is_a_feed() -> None:
    reading = Reading(1, TEAM, "feed.xml", ReadingState.CLAIMED, content=b"<rss version='2.0'><channel><item/></channel></rss>")
    with pytest.raises(FeedMet) as met:
        read_source(reading, lambda url: fetched(Kind.TEXT, b""), lambda data, url: ["https://strandpost.example/a"])
    assert met.value.links == ("https://strandpost.example/a",)


def test_news_survive_the_pipe_and_noise_does_not() -> None:
    news = News(Step.FAILED, 3, "ä.txt", reason="no")
    assert News.from_line(news.to_line()) == news
    for noise in ("", "hello", "{}", "[1]", '{"step": "never"}', "null"):
        assert News.from_line(noise) is None
