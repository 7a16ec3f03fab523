"""``summary.articles.{thesis,points}``: the choice in the real pieces against the thesis and the five points that a reader marked beforehand.

The marks (``tests/marks/summaries.json``) are offsets into the files. A thesis is found when a shown sentence of it begins inside a mark; a
point, when one of the five best begins inside a marked point or the thesis. Two more readers marked the same pieces later, seeing neither the first
one's marks nor what is chosen: the figure is the mean of the three, and what readers find of each other's says how far it could go.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from statistics import mean

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

Spans = list[list[int]]


@dataclass(frozen=True, slots=True)
class Found:
    """What is found in one piece, and what simpler choices of five sentences find there."""

    thesis: bool
    points: int
    first: int
    """Points among the first sentences."""
    openings: int
    """Points among the first sentences of the first paragraphs."""
    by_chance: float
    """Points among as many sentences drawn at random, on average."""
    others: tuple[int, ...]
    """Points of each other reader."""
    agreed: float
    """Points of one reader among those of another, on average over all pairs."""


def figures(folder: Path) -> list[Found]:
    """One for each piece, in the order of the marks."""
    found = []
    for name, marked in json.loads(MARKS.read_text(encoding="utf-8")).items():
        raw = (folder / "articles" / name).read_text(encoding="utf-8")
        article = read_text(raw)
        analysis = analyse(article, load())
        places = [_place(at, article, analysis, raw) for at in range(len(analysis.sentences))]
        readers = [marked, *marked["others"]]
        hits, *theirs = ([_inside(place, [*reader["points"], *reader["thesis"]]) for place in places] for reader in readers)
        paragraphs = [sentence.paragraph for sentence in analysis.sentences]
        openings = [at for at, paragraph in enumerate(paragraphs) if at == 0 or paragraph != paragraphs[at - 1]]
        found.append(
            Found(
                thesis=any(_inside(places[at], marked["thesis"]) for at in analysis.thesis),
                points=sum(hits[at] for at in analysis.key_points[:SHOWN]),
                first=sum(hits[:SHOWN]),
                openings=sum(hits[at] for at in openings[:SHOWN]),
                by_chance=SHOWN * sum(hits) / len(hits),
                others=tuple(sum(other[at] for at in analysis.key_points[:SHOWN]) for other in theirs),
                agreed=mean(_agreed(one, other) for one, other in permutations(readers, 2)),
            )
        )
    return found


def _agreed(reader: dict[str, Spans], other: dict[str, Spans]) -> int:
    """How many of one reader's points the other marked too."""
    return sum(_inside(start, [*other["points"], *other["thesis"]]) for start, _ in reader["points"])


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
    found = figures(folder)
    points, of = [one.points for one in found], SHOWN * len(found)
    beside = f"first sentences {sum(one.first for one in found)}, paragraphs' first {sum(one.openings for one in found)}"
    shares = [100 * sum(each) / of for each in (points, *zip(*(one.others for one in found), strict=True))]
    readers = f"three readers' {' '.join(f'{share:.0f}' for share in shares)}, of each other's {100 * sum(one.agreed for one in found) / of:.0f}"
    chance = f"by chance {sum(one.by_chance for one in found):.1f}"
    print(f"summary.articles.thesis: {sum(one.thesis for one in found)} (of {len(found)} found, goal 4)")
    print(f"summary.articles.points: {mean(shares):.0f} ({readers}; the first one's: {points} in each, {beside}, {chance}; goal 55)")


if __name__ == "__main__":
    main()
