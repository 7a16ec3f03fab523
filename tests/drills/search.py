"""A million random search texts: none is an error, none takes longer than 100 ms at 10,000 pieces.

``python -m tests.drills.search [TEXTS [PROCESSES]] [--keep FOLDER]``; fewer texts for a short run. A million take an hour and a half of one core:
with ``--keep`` the library and a tally stay in that folder, and the next run goes on where the last one stopped. Prints
``drills.search.{trials,errors,slow,slowest_ms}``. Time is the searching process's CPU, so that other work on the machine is not taken for ours.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import islice
from pathlib import Path

from bot.catalogue import catalogue
from bot.query import parse
from store import Store
from tests.bench.search import BATCH, TEAM, Anywhere, fill, library

TEXTS = 1_000_000
PIECES = 10_000
SLOW_MS = 100.0
SLICE = 5_000
"""Texts after which the tally is written down."""

TRIED_AGAIN = 5
"""A text that was slow is searched for again when all others are done: on a busy virtual machine a process is charged for what others do."""

TODAY = date(2026, 11, 23)

FIELDS = (
    "author:", "issue:", "outlet:", "before:", "after:", "sort:", "by:", "-", '"', "“", "OR ",
    "NOT ", "NEAR(", "AND ", "*", "^", "(", ")", "{title}:", "title:",
)  # fmt: skip
ODD = (
    "\x00", "'", "''", "--", ";", "%", "\\", "\ud7ff", "\u202e", "😀",
    "ﬁ", "İ", "ß", "٣", "中文", "e\u0301", "\n", "\t", "<@U1>", "<http://x|y>", "&amp;",
)  # fmt: skip


def texts(seed: int, vocabulary: list[str]) -> str:
    """One text: words of the library, misspelt words, fields, signs, odd characters, or any code points at all."""
    rng = random.Random(seed)
    parts = []
    for _ in range(rng.choice((1, 1, 2, 2, 3, 4, 8, 40))):
        kind = rng.random()
        if kind < 0.35:
            parts.append(rng.choice(vocabulary))
        elif kind < 0.5:
            word = rng.choice(vocabulary)
            at = rng.randrange(len(word))
            parts.append(word[:at] + rng.choice("abcdefghij") + word[at + 1 :])
        elif kind < 0.7:
            parts.append(rng.choice(FIELDS) + rng.choice((*vocabulary[:50], "2016", "last year", "", '"two words"')))
        elif kind < 0.85:
            parts.append(rng.choice(ODD))
        else:
            parts.append("".join(chr(rng.choice((rng.randrange(32, 127), rng.randrange(0xD7FF), rng.randrange(0xE000, 0x10FFFF)))) for _ in range(6)))
    return rng.choice((" ", " ", "")).join(parts)


def drill(store: Store, seeds: Iterable[int]) -> tuple[int, list[str], float]:
    """Errors, the texts that were slow, and the slowest of the others in milliseconds."""
    vocabulary = words(store)
    errors = 0
    slow: list[str] = []
    slowest = 0.0
    for number in seeds:
        text = texts(number, vocabulary)
        try:
            taken = search(store, text)
        except Exception as error:  # the drill counts whatever comes
            errors += 1
            if errors <= 3:
                print(f"  {text!r}: {type(error).__name__}: {error}", file=sys.stderr)
            continue
        if taken > SLOW_MS:
            slow.append(text)
        else:
            slowest = max(slowest, taken)
    return errors, slow, slowest


def words(store: Store) -> list[str]:
    """Words that stand in the library, and names of issues."""
    found = store.search.find(TEAM, "commonword", limit=50)
    titles = {word for hit in found.hits for word in (hit.piece.title.value or "x").split()}
    return [*sorted(titles), "commonword", "rareword", "the", *(issue.name for issue in catalogue()[:40])]


def again(store: Store, text: str) -> float:
    """The milliseconds of a text that was slow, at some later time."""
    return min(search(store, text) for _ in range(TRIED_AGAIN))


def search(store: Store, text: str) -> float:
    """One search; the milliseconds of CPU that it took."""
    begun = time.process_time()
    store.search.find(TEAM, parse(text, TODAY))
    return 1000 * (time.process_time() - begun)


def build(folder: Path, pieces: int = PIECES) -> Store:
    store = Store.open(folder / "library.sqlite")
    store.issues.load(catalogue())
    made = library()
    for _ in range(0, pieces, BATCH):
        fill(store, islice(made, min(BATCH, pieces)), min(BATCH, pieces))
    store.meanings.refresh(TEAM, lambda _texts: Anywhere(), lambda _data: Anywhere())
    store.tidy()
    return store


def share(path: Path, seeds: range) -> tuple[int, list[str], float]:
    """The drill in a process of its own."""
    with Store.open(path) as store:
        return drill(store, seeds)


def run(folder: Path, count: int, processes: int) -> tuple[int, int, int, float]:
    """Texts, errors, slow ones, and the slowest: of this run and of those before it in the same folder."""
    path, tally = folder / "library.sqlite", folder / "tally.json"
    if not tally.exists():
        build(folder).close()
        tally.write_text(json.dumps([0, 0, [], 0.0]))
    done, errors, slow, slowest = json.loads(tally.read_text())
    with ProcessPoolExecutor(processes) as pool:
        while done < count:
            upto = min(count, done + SLICE)
            for part in pool.map(share, [path] * processes, [range(start, upto, processes) for start in range(done, done + processes)]):
                errors, slow, slowest = errors + part[0], slow + part[1], max(slowest, part[2])
            done = upto
            tally.write_text(json.dumps([done, errors, slow, slowest]))
    with Store.open(path) as store:
        taken = {text: again(store, text) for text in slow}
    for text, ms in taken.items():
        print(f"  {ms:.0f} ms when tried again: {text!r}", file=sys.stderr)
    return done, errors, sum(ms > SLOW_MS for ms in taken.values()), max([slowest, *taken.values()])


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("texts", nargs="?", type=int, default=TEXTS)
    asked.add_argument("processes", nargs="?", type=int, default=1)
    asked.add_argument("--keep", type=Path, metavar="FOLDER")
    wanted = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = wanted.keep or Path(place)
        folder.mkdir(parents=True, exist_ok=True)
        done, errors, slow, slowest = run(folder, wanted.texts, wanted.processes)
    for name, value in (("trials", done), ("errors", errors), ("slow", slow), ("slowest_ms", round(slowest, 1))):
        print(f"drills.search.{name}: {value}")


if __name__ == "__main__":
    main()
