"""How well web pages are read, beside trafilatura on the same pages in the same run.

``python -m tests.scores reading_pages`` prints the figures; ``python -m tests.scores.reading_pages --misses FIELD`` lists what went wrong.
A page without an author or a date in the gold counts as stating none only in the WCXB set; the other sets leave out what they did not check.
"""

import collections
import gzip
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.errors import BotError
from bot.reading.page import read_page
from tests.shared import scorer, shared_folder

SOURCES = ("scrapinghub", "wcxb", "fundus", "mercury", "trafilatura")
FIELDS = {"body": "body", "title": "title", "author": "authors", "date": "date"}
GOALS = {
    "wcxb.title": ".85", "fundus.title": ".92", "wcxb.author": ".72", "fundus.author": ".90", "mercury.author": ".60", "wcxb.date": ".88",
    "fundus.date": ".97", "invented_author": "<= .05", "invented_date": "<= .05",
}  # fmt: skip
ANNOTATED_ABSENCE = "wcxb"

Scores = dict[str, list[float]]


def main(arguments: list[str]) -> int:
    folder = shared_folder()
    names = [f"{source}.{field}" for source in SOURCES for field in FIELDS] + ["invented_author", "invented_date"]
    if folder is None:
        for name in names:
            print(f"reading.pages.{name}: not measured (the development sets are not beside the checkout)")
        return 0
    misses = arguments[1] if len(arguments) > 1 and arguments[0] == "--misses" else None
    ours, theirs = score_pages(folder, misses)
    for name in names:
        if values := ours.get(name):
            peer = theirs[name]
            goal = f", goal {GOALS[name]}" if name in GOALS else ", goal trafilatura's" if name.endswith(".body") else ""
            print(f"reading.pages.{name}: {figure(values)} (n {len(values)}, trafilatura {figure(peer)}{goal})")
    return 0


def figure(values: list[float]) -> str:
    mean = sum(values) / len(values)
    return f"{mean:.3f}".removeprefix("0") if mean < 1 else "1.000"


def score_pages(folder: Path, misses: str | None = None) -> tuple[Scores, Scores]:
    """Scores by "source.field", one value a page: ours and trafilatura's."""
    measure = scorer("score_extraction")
    ours: Scores = collections.defaultdict(list)
    theirs: Scores = collections.defaultdict(list)
    pages = list(rows(folder))
    with ProcessPoolExecutor(2) as pool:
        for row, (mine, peer) in zip(pages, pool.map(predict, pages, chunksize=8), strict=True):
            for scores, prediction in ((ours, mine), (theirs, peer)):
                for name, value in compare(measure, row, prediction):
                    scores[name].append(value)
                    if scores is ours and misses and name.endswith(misses) and (value < 0.9) != name.startswith("invented"):
                        key = FIELDS.get(misses.rpartition(".")[2], "date")
                        print(f"{row['id']} {value:.2f} gold {str(row['gold'].get(key))[:80]!r} read {str(mine.get(key))[:80]!r}")
    return ours, theirs


def compare(measure: ModuleType, row: dict[str, Any], prediction: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """One page's values by the public scorer's own rules."""
    gold, source = row["gold"], row["source"]
    if gold.get("body"):
        yield f"{source}.body", measure.body_f1(gold["body"], prediction.get("body"))
    if gold.get("title"):
        yield f"{source}.title", float(measure.norm(gold["title"]) == measure.norm(prediction.get("title")))
    if gold.get("authors"):
        yield f"{source}.author", float(measure.names(gold["authors"]) == measure.names(prediction.get("authors")))
    elif source == ANNOTATED_ABSENCE:
        yield "invented_author", float(bool(prediction.get("authors")))
    if gold.get("date"):
        yield f"{source}.date", float(str(gold["date"])[:10] == str(prediction.get("date") or "")[:10])
    elif source == ANNOTATED_ABSENCE:
        yield "invented_date", float(bool(prediction.get("date")))


def predict(row: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What we and trafilatura read on a page."""
    from trafilatura import bare_extraction

    try:
        article = read_page(row["html"].encode(), row["url"])
        mine: dict[str, Any] = {
            "title": article.title.value,
            "authors": list(article.authors.value or ()),
            "date": str(article.published.value or "") or None,
            "subtitle": article.standfirst.value,
            "body": article.text,
        }
    except BotError:
        mine = {}
    found = bare_extraction(row["html"], url=row["url"], with_metadata=True, include_comments=False)
    if found is None or isinstance(found, dict):
        return mine, {}
    return mine, {"title": found.title, "authors": (found.author or "").split("; ") if found.author else [], "date": found.date, "body": found.text}


def rows(folder: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(folder / "eval" / "extraction" / "pages.jsonl.gz", "rt", encoding="utf8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
