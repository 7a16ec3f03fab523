"""``summary.articles.{thesis,points}``: the choice in the real pieces against the thesis and the five points that a reader marked beforehand.

The marks (``tests/marks/summaries.json``) are offsets into the files. A thesis is found when a shown sentence of it begins inside a mark; a
point, when one of the five best begins inside a marked point or the thesis.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from bot.language.analysis import analyse
from bot.language.pipeline import load
from bot.models import Analysis, Article
from bot.reading.text import read_text
from tests.shared import shared_folder

MARKS = Path(__file__).parents[1] / "marks" / "summaries.json"
SHOWN = 5
OPENING = 6
"""Words by which a sentence is found in its file again, where lines are broken otherwise."""
GRACE = 5
"""Characters, for quotation marks."""


def figures(folder: Path) -> tuple[int, int, int]:
    """Theses found, points found, pieces."""
    marks = json.loads(MARKS.read_text(encoding="utf-8"))
    theses = points = 0
    for name, marked in marks.items():
        raw = (folder / "articles" / name).read_text(encoding="utf-8")
        article = read_text(raw)
        analysis = analyse(article, load())
        theses += any(_inside(_place(at, article, analysis, raw), marked["thesis"]) for at in analysis.thesis)
        either = [*marked["points"], *marked["thesis"]]
        points += sum(_inside(_place(at, article, analysis, raw), either) for at in analysis.key_points[:SHOWN])
    return theses, points, len(marks)


def _place(at: int, article: Article, analysis: Analysis, raw: str) -> int:
    """Where a sentence begins in its file."""
    sentence = analysis.sentences[at]
    words = article.paragraphs[sentence.paragraph].text[sentence.start : sentence.end].split()[:OPENING]
    found = re.search(r"\s+".join(map(re.escape, words)), raw)
    return found.start() if found else -GRACE - 1


def _inside(place: int, marks: Sequence[Sequence[int]]) -> bool:
    return any(start - GRACE <= place < end for start, end in marks)


def main() -> None:
    folder = shared_folder()
    if folder is None:
        for name in ("thesis", "points"):
            print(f"summary.articles.{name}: not measured (the development pieces are not beside the checkout)")
        return
    theses, points, pieces = figures(folder)
    print(f"summary.articles.thesis: {theses} (of {pieces} found, goal 4)")
    print(f"summary.articles.points: {100 * points / (SHOWN * pieces):.0f} ({points} of {SHOWN * pieces}, goal 55)")


if __name__ == "__main__":
    main()
