"""How well saved texts are read: the shared texts and the five real pieces.

``python -m tests.scores reading_texts`` prints the figures; ``python -m tests.scores.reading_texts --misses FIELD`` lists what went wrong.
"""

import collections
import gzip
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.errors import BotError
from bot.models import Article
from bot.reading.text import read_text
from tests.shared import scorer, shared_folder

GOALS = {"body": ".93", "title": ".80", "author": ".60", "date": ".85", "invented_author": "<= .05", "invented_date": "<= .05"}


def main(arguments: list[str]) -> int:
    folder = shared_folder()
    if folder is None:
        for name in (*(f"reading.texts.{key}" for key in GOALS), *(f"reading.articles.{key}" for key in ("fields", "body", "leaked_lines"))):
            print(f"{name}: not measured (the development sets are not beside the checkout)")
        return 0
    misses = arguments[1] if len(arguments) > 1 and arguments[0] == "--misses" else None
    for key, values in score_texts(folder, misses).items():
        print(f"reading.texts.{key}: {figure(sum(values) / len(values))} (n {len(values)}, goal {GOALS[key]})")
    fields, body, leaked = score_articles(folder, verbose=misses == "articles")
    print(f"reading.articles.fields: {figure(sum(fields) / len(fields))} (n {len(fields)}, goal 1)")
    print(f"reading.articles.body: {figure(min(body))} (worst of {len(body)}, goal .99)")
    print(f"reading.articles.leaked_lines: {leaked} (goal 0)")
    return 0


def figure(value: float) -> str:
    return f"{value:.3f}".removeprefix("0") if value < 1 else "1.000"


def rows(folder: Path) -> list[dict[str, Any]]:
    with gzip.open(folder / "eval" / "extraction" / "texts.jsonl.gz", "rt", encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def predict(text: str) -> dict[str, Any]:
    try:
        article = read_text(text)
    except BotError:
        return {"title": None, "authors": [], "date": None, "body": ""}
    return {
        "title": article.title.value,
        "authors": list(article.authors.value or ()),
        "date": article.published.value and article.published.value.isoformat(),
        "body": article.text,
    }


def score_texts(folder: Path, misses: str | None = None, every: int = 1) -> dict[str, list[float]]:
    """The scorer's figures, computed row by row; ``every`` keeps each n-th row only."""
    score = scorer("score_extraction")
    found: dict[str, list[float]] = {key: [] for key in GOALS}
    listed: list[tuple[float, str]] = []
    for row in rows(folder)[::every]:
        gold, has, guess = row["gold"], row["has"], predict(row["text"])
        right: dict[str, float] = {}
        if gold.get("body"):
            right["body"] = score.body_f1(gold["body"], guess["body"])
        if gold.get("title") and has["title"] == "in_text":
            right["title"] = float(score.norm(gold["title"]) == score.norm(guess["title"]))
        if gold.get("authors") and has["authors"] == "in_text":
            right["author"] = float(score.names(gold["authors"]) == score.names(guess["authors"]))
        if gold.get("date") and has["date"] == "in_text":
            right["date"] = float(str(gold["date"])[:10] == str(guess["date"] or "")[:10])
        for key, name in (("authors", "invented_author"), ("date", "invented_date")):
            if has[key] == "removed":
                right[name] = float(bool(guess[key]))
        for name, value in right.items():
            found[name].append(value)
            wrong = value < 0.9 if not name.startswith("invented") else value > 0
            if name == misses and wrong:
                key = {"author": "authors", "invented_author": "authors", "invented_date": "date"}.get(name, name)
                shown = f"{guess[key]!r} for {gold[key]!r}"
                if key == "body":
                    shown = f"{len(guess[key].split())} for {len(gold[key].split())} words"
                listed.append((value, f"{value:.2f} {row['id']} {row['rendering']} {shown}"))
    for _, line in sorted(listed):
        print(line)
    return found


def score_articles(folder: Path, *, verbose: bool = False) -> tuple[list[bool], list[float], int]:
    """Fields right or wrong, body F1 of each piece, and how many dropped lines stand in a body."""
    score = scorer("score_extraction")
    gold = json.loads((folder / "articles" / "gold.json").read_text(encoding="utf8"))["seeds"]
    fields: list[bool] = []
    body: list[float] = []
    leaked = 0
    for name, piece in gold.items():
        article = read_text((folder / "articles" / name).read_text(encoding="utf8"))
        checks = article_checks(article, piece, score)
        fields += checks.values()
        body.append(score.body_f1(piece["body"], article.text))
        whole = f" {score.norm(article.text)} "
        kept = [f" {score.norm(paragraph['text'])} " for paragraph in piece["paragraphs"]]
        for line in piece["drop_lines"]:
            words = f" {score.norm(line['text'])} "
            inside = any(words in paragraph for paragraph in kept)
            printed = any(score.norm(line["text"]) == score.norm(paragraph.text) for paragraph in article.paragraphs)
            if printed or (not inside and len(words.split()) >= 4 and words in whole):
                leaked += 1
                if verbose:
                    print(name, "leaked:", line["text"][:100])
        if verbose:
            print(name, f"body {body[-1]:.4f}", {key: value for key, value in checks.items() if not value})
    return fields, body, leaked


def article_checks(article: Article, piece: dict[str, Any], score: ModuleType) -> dict[str, bool]:
    """Which fields of one real piece are right; a paragraph that should be joined is one of them."""
    texts = collections.Counter(score.norm(paragraph.text) for paragraph in article.paragraphs)
    outlets = [score.norm(name) for name in piece["publication_accept"]]
    return {
        "title": score.norm(article.title.value) in [score.norm(title) for title in piece["title_accept"]],
        "standfirst": score.norm(article.standfirst.value) == score.norm(piece["subtitle"]),
        "authors": list(article.authors.value or ()) == piece["authors"],
        "author basis": article.authors.basis.value == ("unknown" if not piece["authors"] else piece["author_basis"].split(":")[0]),
        "outlet": score.norm(article.outlet.value) in outlets if outlets else article.outlet.value is None,
        "date": (article.published.value.isoformat() if article.published.value else None) == piece["date"],
        "url": article.url.value == piece["url"],
        "bio": score.norm(article.bio) == score.norm(piece["author_bio"]),
        "joined": all(texts[score.norm(paragraph["text"])] == 1 for paragraph in piece["paragraphs"]),
    }


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
