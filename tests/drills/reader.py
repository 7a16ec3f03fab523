"""Reader processes killed at random instants: no piece may be lost, none stored twice, the file must stay whole.

``python -m tests.drills.reader [KILLS]`` (default 1,000) runs two readers on a real library file, kills one of them with SIGKILL at a random
instant again and again while pieces keep coming, and lets the queue drain at the end.
"""

import argparse
import itertools
import logging
import os
import random
import re
import signal
import sqlite3
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bot.models import Analysis, Article, Fact, ReadingState, Sentence
from bot.reading.supervisor import Supervisor
from store import Store

TEAM = "T1"
WORKERS = 2
AHEAD = 30
"""Pieces that wait while readers are killed; enough that a reader always has one."""
LONGEST_WAIT = 0.12
"""Seconds from the victim's start until it is killed; a piece takes some 20 milliseconds."""
AT_START = 0.1
"""Share of the kills that hit a reader while it still starts."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a drill found."""

    trials: int
    lost: int
    double: int
    errors: int
    pieces: int


def main(arguments: list[str]) -> int:
    typed = argparse.ArgumentParser()
    typed.add_argument("kills", nargs="?", type=int, default=1000)
    typed.add_argument("--child", type=Path)
    given = typed.parse_args(arguments)
    if given.child:
        return read_as_child(given.child)
    logging.getLogger("bot.reading.supervisor").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        outcome = drill(Path(folder) / "library.sqlite", given.kills)
    for name in ("trials", "lost", "double", "errors"):
        print(f"drills.reader.{name}: {getattr(outcome, name)} ({outcome.pieces} pieces, {WORKERS} readers)")
    return int(outcome.lost + outcome.double + outcome.errors > 0)


def drill(path: Path, kills: int, seed: int = 0) -> Outcome:
    """Kill readers at random instants while they work on a library."""
    chance = random.Random(seed)
    numbers = itertools.count()
    store = Store.open(path)
    ids: list[int] = []

    def supply() -> None:
        open_ = len(store.readings.open(TEAM))
        for number in itertools.islice(numbers, max(0, AHEAD - open_)):
            ids.append(store.readings.enqueue(TEAM, f"piece {number}.txt", piece(number).encode()).id)

    supervisor = Supervisor([sys.executable, "-m", "tests.drills.reader", "--child", str(path)], store.readings, workers=WORKERS, longest_pause=0.05)
    done = 0
    try:
        supply()
        while done < kills:
            while not (victims := supervisor.pids if chance.random() < AT_START else supervisor.ready):
                supervisor.tick(0.05)
            until = time.monotonic() + chance.uniform(0, LONGEST_WAIT)
            while (left := until - time.monotonic()) > 0:
                supervisor.tick(left)
            if (victim := chance.choice(victims)) in supervisor.pids:
                os.kill(victim, signal.SIGKILL)
                done += 1
            supply()
        while store.readings.open(TEAM):
            supervisor.tick(0.1)
    finally:
        supervisor.close()
    outcome = _count(store, ids, kills)
    store.close()
    return outcome


def _count(store: Store, ids: list[int], kills: int) -> Outcome:
    readings = [store.readings.get(id_) for id_ in ids]
    finished = [reading for reading in readings if reading is not None and reading.state is ReadingState.DONE]
    with sqlite3.connect(f"file:{store.path}?mode=ro", uri=True) as db:
        titles = dict(db.execute("SELECT id, title FROM articles").fetchall())
    db.close()
    return Outcome(
        trials=kills,
        lost=len(ids) - len(finished) + sum(reading.article not in titles for reading in finished),
        double=len(titles) - len(set(titles.values())) + max(0, len(titles) - len(finished)),
        errors=len(store.check()),
        pieces=len(ids),
    )


def read_as_child(path: Path) -> int:
    """A reader with a light analysis, so that most of the time goes into what is drilled."""
    from bot.reading.worker import Limits, confine, read_source, rest_on, tell_on, work

    limits = Limits()
    confine(limits)
    with Store.open(path) as store:
        work(
            store.readings,
            store.articles,
            lambda reading: read_source(reading, _no_network),
            analyse,
            tell=tell_on(sys.stdout),
            rest=rest_on(sys.stdin.buffer, 0.5),
            limits=limits,
        )
    return 0


def _no_network(url: str) -> None:
    raise AssertionError("the drill reads no addresses")


def analyse(article: Article) -> Analysis:
    """Sentences only."""
    sentences: list[Sentence] = []
    for paragraph in article.paragraphs:
        for match in re.finditer(r"\S[^.]*\.", paragraph.text):
            sentences.append(Sentence(len(sentences), paragraph.position, match.start(), match.end(), salience=1 / (1 + len(sentences))))
    return Analysis(tuple(sentences), (), (), (), (0,), tuple(range(1, min(4, len(sentences)))), Fact.unknown(), "drill")


SYLLABLES = "ba be bi bo da de di do fa fe ga ge ka ke ki ko la le li lo ma me mi mo na ne ni no pa pe ra re ri ro sa se si so ta te ti to va ve"


def piece(number: int) -> str:
    """A piece of its own: no two share a phrase."""
    chance = random.Random(number)
    syllables = SYLLABLES.split()

    def sentence() -> str:
        words = ["".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(chance.randint(9, 16))]
        return f"{' '.join(words).capitalize()}."

    paragraphs = "\n\n".join(" ".join(sentence() for _ in range(4)) for _ in range(6))
    return f"# Piece number {number} of the drill\n\nBy Ann Brook\n\n3 May 2019\n\n{paragraphs}\n"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
