"""Whether every feed of feedparser's own tests that feedparser takes entries from is known as a feed here and gives them too.

The feeds are part of feedparser's source archive and not of this project. ``pip download --no-deps --no-binary :all: feedparser``, unpack it, and
``ENTENTE_FEEDPARSER_TESTS=feedparser-6.x/tests python -m tests.scores reading_feeds`` prints the share, and how long the slowest took.
"""

import io
import os
import sys
import time
import warnings
from pathlib import Path

from bot.errors import Unreadable
from bot.reading.feeds import MOST_ENTRIES, read_feed
from bot.reading.sniff import Kind, sniff

SETTING = "ENTENTE_FEEDPARSER_TESTS"
ABSENT = f"{SETTING} names no folder; this file's first lines say how to get one"


def main() -> int:
    folder = given_folder()
    if folder is None:
        print(f"reading.feeds.entries: not measured ({ABSENT})")
        return 0
    accepted, missed, slowest = score_feeds(folder)
    share = (accepted - len(missed)) / accepted
    print(f"reading.feeds.entries: {f'{share:.3f}'.removeprefix('0') if share < 1 else '1.000'} (n {accepted}, slowest {slowest:.0f} CPU ms, goal 1)")
    for line in missed:
        print(line, file=sys.stderr)
    return 0


def given_folder() -> Path | None:
    folder = Path(os.environ.get(SETTING) or "/nonexistent")
    return folder if folder.is_dir() else None


def score_feeds(folder: Path) -> tuple[int, list[str], float]:
    """How many feeds feedparser takes entries from, which of them give fewer here, and the slowest in CPU milliseconds."""
    import feedparser

    accepted, missed, slowest = 0, [], 0.0
    for path in sorted(file for file in folder.rglob("*") if file.is_file() and file.suffix in (".xml", ".json")):
        data = path.read_bytes()
        with warnings.catch_warnings(action="ignore"):
            wanted = len(feedparser.parse(io.BytesIO(data), response_headers={"content-type": "application/xml"}).entries)
        if not wanted:
            continue
        accepted += 1
        begun = time.process_time()
        try:
            found = len(read_feed(data, "https://paper.example/feed").entries) if sniff(data) is Kind.FEED else 0
        except Unreadable:
            found = 0
        slowest = max(slowest, 1000 * (time.process_time() - begun))
        if found < min(wanted, MOST_ENTRIES):
            missed.append(f"{path.relative_to(folder)}: {found} of {wanted}")
    return accepted, missed, slowest


if __name__ == "__main__":
    raise SystemExit(main())
