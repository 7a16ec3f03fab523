"""``summary.writer``, ``summary.issue``: mean ROUGE F1 of chosen sentences, by the shared scorer, with what simpler choices reach in the same run."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot import gist
from bot.language import candidates, piecekind, salience
from bot.language.pipeline import Pipeline, load
from tests.shared import shared_folder

Item = dict[str, Any]


def rows(path: Path) -> list[Item]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def mean_rouge(items: list[Item], choose: Callable[[Item], list[int]]) -> float:
    import score_summary  # of the shared folder

    return float(score_summary.score(items, {item["id"]: {"id": item["id"], "indices": choose(item)} for item in items})["mean"])


def writer(pipeline: Pipeline) -> Callable[[Item], list[int]]:
    """The product's choice for a piece of which only sentences are known."""

    def choose(item: Item) -> list[int]:
        docs = pipeline.analyse(item["sentences"])
        weighed = candidates.gather(docs, [(at, doc[:]) for at, doc in enumerate(docs)])
        return salience.best(weighed, item["k"], piecekind.news(weighed))

    return choose


def issue(pipeline: Pipeline) -> Callable[[Item], list[int]]:
    """The product's choice among an issue's lines, oldest first."""

    def choose(item: Item) -> list[int]:
        lemmas = [candidates.lemmas(doc) for doc in pipeline.analyse(item["sentences"])]
        words = [len(sentence.split()) for sentence in item["sentences"]]
        return gist.choose(lemmas, words, item["max_words"])

    return choose


def lead(item: Item) -> list[int]:
    return list(range(item["k"]))


def newest(item: Item) -> list[int]:
    return list(reversed(range(len(item["sentences"]))))


def figures(shared: Path) -> dict[str, tuple[float, str]]:
    sys.path.insert(0, str(shared / "eval"))
    pipeline = load()
    written, filed = rows(shared / "eval/summary/writer_dev.jsonl"), rows(shared / "eval/summary/issue_dev.jsonl")
    return {
        "summary.writer": (mean_rouge(written, writer(pipeline)), f"n={len(written)}, Lead {mean_rouge(written, lead):.1f}, goal 29.5"),
        "summary.issue": (mean_rouge(filed, issue(pipeline)), f"n={len(filed)}, newest first {mean_rouge(filed, newest):.1f}, goal 35.5"),
    }


def main() -> None:
    shared = shared_folder()
    if shared is None:
        for name in ("summary.writer", "summary.issue"):
            print(f"{name}: not measured (the development sets are not beside the checkout)")
        return
    for name, (value, about) in figures(shared).items():
        print(f"{name}: {value:.1f} ({about})")


if __name__ == "__main__":
    main()
