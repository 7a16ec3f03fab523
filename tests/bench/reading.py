"""How long a page takes to read, beside trafilatura with its metadata on the same pages in the same run; and how fast a folder is imported.

Pages: both start from the page's text and are timed in CPU milliseconds, one page after the other, so that shared cores matter little. The
import is the real one: reader processes with the pipeline that ships, a store on disk. Its clock starts when every reader is ready (the
pipeline loads once a day, not once a piece) and stops when the last piece is stored. ``python -m tests.bench.reading [PIECES]``.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bot.app import supervise
from bot.catalogue import catalogue
from bot.models import ReadingState
from bot.reading.news import News, Step
from bot.reading.page import read_page
from bot.settings import Settings
from store import Store
from tests.scores.reading_pages import rows
from tests.shared import shared_folder

PAGES = 120
SEED_STEP = 3
"""Every third page of the set, so that all its sources are there."""
PIECES = 120
WORKERS = (1, 2)
TEAM = "T1"
SAMPLES = Path(__file__).parents[2] / "bot" / "playground" / "samples"


def main(arguments: list[str]) -> int:
    pages()
    imports(int(arguments[0]) if arguments else PIECES)
    return 0


def pages() -> None:
    folder = shared_folder()
    if folder is None:
        for name in ("reading.ms_per_page", "reading.trafilatura_ms_per_page"):
            print(f"{name}: not measured (the development sets are not beside the checkout)")
        return
    from trafilatura import bare_extraction

    taken = [(row["html"], row["url"]) for row in rows(folder)][::SEED_STEP][:PAGES]
    ours = [spent(lambda page=page: read_page(page[0].encode(), page[1])) for page in taken]
    theirs = [spent(lambda page=page: bare_extraction(page[0], url=page[1], with_metadata=True, include_comments=False)) for page in taken]
    for name, values in (("reading.ms_per_page", ours), ("reading.trafilatura_ms_per_page", theirs)):
        print(f"{name}: {statistics.mean(values):.1f} (CPU ms, n {len(values)}, median {statistics.median(values):.1f}, max {max(values):.0f})")


def spent(read: Callable[[], object]) -> float:
    """CPU milliseconds of one reading."""
    before = time.process_time()
    read()
    return (time.process_time() - before) * 1000


def imports(count: int) -> None:
    pieces = made(count)
    words = statistics.mean(len(piece.split()) for piece in pieces)
    for workers in WORKERS:
        with tempfile.TemporaryDirectory() as folder:
            seconds, stored = imported(Path(folder) / "library.sqlite", pieces, workers)
        name = f"reading.bulk.{workers}_worker{'s' if workers > 1 else ''}.pieces_per_second"
        print(f"{name}: {stored / seconds:.2f} ({stored} of {count} pieces of {words:.0f} words in {seconds:.0f} s)", flush=True)


def imported(path: Path, pieces: list[str], workers: int) -> tuple[float, int]:
    """Seconds of an import, and how many pieces it stored, each as one of its own."""
    settled: list[int] = []

    def hear(news: News) -> None:
        if news.step in (Step.DONE, Step.FAILED):
            settled.append(news.reading)

    with Store.open(path) as store:
        store.issues.load(catalogue())
        supervisor = supervise(Settings.from_env(database=str(path)), store, workers, hear)
        try:
            while len(supervisor.ready) < workers:
                supervisor.tick(0.1)
            begun = time.monotonic()
            ids = [store.readings.enqueue(TEAM, f"piece {number}.md", piece.encode()).id for number, piece in enumerate(pieces)]
            supervisor.wake()
            while len(settled) < len(ids):
                supervisor.tick(0.05)
            seconds = time.monotonic() - begun
        finally:
            supervisor.close()
        done = [reading for id_ in ids if (reading := store.readings.get(id_)) is not None and reading.state is ReadingState.DONE]
        return seconds, len({reading.article for reading in done})


def made(count: int) -> list[str]:
    """Pieces of the length and language of our samples: their sentences dealt anew and every name of a place or thing in them changed, so that
    no two are taken for copies of each other."""
    chance = random.Random(1)
    paragraphs: list[str] = []
    for path in sorted(SAMPLES.glob("*.md")):
        paragraphs += [part.strip() for part in path.read_text(encoding="utf8").split("\n\n") if len(part.split()) >= 25]
    lengths = [len(path.read_text(encoding="utf8").split("\n\n")) for path in sorted(SAMPLES.glob("*.md"))]
    return [_piece(chance, number, chance.sample(paragraphs, chance.choice(lengths))) for number in range(count)]


def _piece(chance: random.Random, number: int, paragraphs: list[str]) -> str:
    def changed(word: str) -> str:
        if word.isalpha() and len(word) > 4 and chance.random() < 0.25:
            letters = list(word)
            letters[chance.randrange(1, len(word))] = chance.choice("aeiounrst")
            return "".join(letters)
        return word

    body = "\n\n".join(" ".join(map(changed, paragraph.split())) for paragraph in paragraphs)
    return f"# What the {number}th harbour owes its town\n\nBy Ada Quill{number % 40}\n\n{1 + number % 28} May 20{10 + number % 15}\n\n{body}\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
