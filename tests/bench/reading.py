"""How long a page takes to read, beside trafilatura with its metadata on the same pages in the same run.

Both start from the page's text and are timed in CPU milliseconds, one page after the other, so that shared cores matter little.
"""

import statistics
import sys
import time
from collections.abc import Callable

from bot.reading.page import read_page
from tests.scores.reading_pages import rows
from tests.shared import shared_folder

PAGES = 120
SEED_STEP = 3
"""Every third page of the set, so that all its sources are there."""


def main() -> int:
    folder = shared_folder()
    if folder is None:
        for name in ("reading.ms_per_page", "reading.trafilatura_ms_per_page"):
            print(f"{name}: not measured (the development sets are not beside the checkout)")
        return 0
    from trafilatura import bare_extraction

    pages = [(row["html"], row["url"]) for row in rows(folder)][::SEED_STEP][:PAGES]
    ours = [spent(lambda page=page: read_page(page[0].encode(), page[1])) for page in pages]
    theirs = [spent(lambda page=page: bare_extraction(page[0], url=page[1], with_metadata=True, include_comments=False)) for page in pages]
    for name, values in (("reading.ms_per_page", ours), ("reading.trafilatura_ms_per_page", theirs)):
        print(f"{name}: {statistics.mean(values):.1f} (CPU ms, n {len(values)}, median {statistics.median(values):.1f}, max {max(values):.0f})")
    return 0


def spent(read: Callable[[], object]) -> float:
    """CPU milliseconds of one reading."""
    before = time.process_time()
    read()
    return (time.process_time() - before) * 1000


if __name__ == "__main__":
    sys.exit(main())
