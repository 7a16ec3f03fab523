"""How well the library is searched by issue: nDCG@10 and Recall@20 on the development topics, through the product's own search.

``issues.retrieval.*`` uses everything that the product uses; in brackets plain FTS5 with AND and with OR, and the best public engine measured.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from math import log2
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from bot.catalogue import catalogue
from bot.language.issues import Linker
from bot.language.meaning import learn, restore
from bot.models import Analysis, Article, Fact, Paragraph, Sentence
from bot.query import parse
from store import Store
from tests.shared import shared_folder

TEAM = "T1"
DEEP = 100
FIGURES = ("ndcg10", "recall20")


def article(document: dict[str, Any]) -> Article:
    try:
        published = Fact.stated(date.fromisoformat(document["date"]), "set")
    except ValueError:
        published = Fact.unknown()
    return Article(
        title=Fact.stated(document["title"], "set"),
        authors=Fact.unknown(),
        outlet=Fact.stated(document["source"], "set") if document["source"] else Fact.unknown(),
        published=published,
        paragraphs=tuple(Paragraph(position, text) for position, text in enumerate(document["text"].replace("\x00", "").split("\n\n"))),
    )


def sentences_of(piece: Article) -> Analysis:
    """Sentences by their full stops: what linking needs, without the pipeline's minutes."""
    cuts = [(p.position, match.start(), match.end()) for p in piece.paragraphs for match in re.finditer(r"\S.*?(?:[.!?]['”\"]?(?=\s)|$)", p.text)]
    return Analysis(tuple(Sentence(at, *cut) for at, cut in enumerate(cuts)), (), (), (), (), (), Fact.unknown(), "score")


def score(relevant: dict[str, dict[str, int]], ranked: dict[str, list[str]]) -> tuple[float, float]:
    """nDCG@10 with gain 2^grade - 1, and Recall@20 over at most 20, as the shared scorer has them; means in percent."""
    gains, recalls = 0.0, 0.0
    for topic, grades in relevant.items():
        found = list(dict.fromkeys(ranked.get(topic, [])))
        gain = sum((2 ** grades.get(id_, 0) - 1) / log2(place + 2) for place, id_ in enumerate(found[:10]))
        ideal = sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(sorted(grades.values(), reverse=True)[:10]))
        gains += gain / ideal if ideal else 0.0
        wanted = {id_ for id_, grade in grades.items() if grade > 0}
        recalls += len(wanted.intersection(found[:20])) / min(len(wanted), 20) if wanted else 0.0
    return 100 * gains / len(relevant), 100 * recalls / len(relevant)


def through_the_store(folder: Path, documents: list[dict[str, Any]]) -> tuple[Store, dict[int, str]]:
    store = Store.open(folder / "library.sqlite")
    names: dict[int, str] = {}
    linker = Linker(catalogue())
    for start in range(0, len(documents), 500):
        with store.writing():
            for document in documents[start : start + 500]:
                piece = article(document)
                saved = store.articles.save(TEAM, piece, linker.link(piece, sentences_of(piece)))
                names.setdefault(saved.id, document["id"])
    return store, names


def plain_fts5(documents: list[dict[str, Any]]) -> Callable[[str, str], list[str]]:
    """What sqlite-utils' own search would give: title and text, default tokenizer, bm25."""
    db = Database(memory=True)
    db["pieces"].insert_all(documents, pk="id", columns={"id": str, "title": str, "text": str, "source": str, "date": str})
    db["pieces"].enable_fts(["title", "text"])

    def find(words: str, joined: str) -> list[str]:
        match = joined.join(f'"{word}"' for word in words.split())
        sql = "SELECT p.id FROM pieces_fts AS f JOIN pieces AS p ON p.rowid = f.rowid WHERE pieces_fts MATCH ? ORDER BY f.rank LIMIT ?"
        return [row[0] for row in db.execute(sql, [match, DEEP])]

    return find


def main() -> None:
    shared = shared_folder()
    if shared is None:
        for figure in FIGURES:
            print(f"issues.retrieval.{figure}: not measured (the development sets are not beside the checkout)")
        return
    folder = shared / "eval" / "retrieval"
    with gzip.open(folder / "corpus.jsonl.gz", "rt", encoding="utf8") as lines:
        documents = [json.loads(line) for line in lines]
    topics = {row["id"]: row["text"] for row in map(json.loads, (folder / "queries.dev.jsonl").open(encoding="utf8"))}
    relevant = {row["qid"]: row["rels"] for row in map(json.loads, (folder / "qrels.dev.jsonl").open(encoding="utf8"))}
    fts5 = plain_fts5(documents)
    plain = {joined.strip(): score(relevant, {topic: fts5(words, joined) for topic, words in topics.items()}) for joined in (" AND ", " OR ")}
    with tempfile.TemporaryDirectory() as place:
        store, names = through_the_store(Path(place), documents)

        def run() -> tuple[float, float]:
            found = {topic: store.search.find(TEAM, parse(words, date(2026, 1, 1)), limit=DEEP) for topic, words in topics.items()}
            return score(relevant, {topic: [names[hit.piece.id] for hit in answer.hits] for topic, answer in found.items()})

        words_only = run()
        store.meanings.refresh(TEAM, learn, restore)
        without_catalogue = run()
        store.issues.load(catalogue())
        everything = run()
        if "--topics" in sys.argv:
            for topic, words in topics.items():
                answer = store.search.find(TEAM, parse(words, date(2026, 1, 1)), limit=DEEP)
                one = score({topic: relevant[topic]}, {topic: [names[hit.piece.id] for hit in answer.hits]})
                print(f"  {topic}: {one[0]:.1f} {one[1]:.1f} (total {answer.total}, all {answer.with_all})")
        store.close()
    for place_of, figure in enumerate(FIGURES):
        best = (61.6, 53.6)[place_of]
        print(
            f"issues.retrieval.{figure}: {everything[place_of]:.1f} (n {len(topics)}; FTS5 AND {plain['AND'][place_of]:.1f}, "
            f"OR {plain['OR'][place_of]:.1f}, tantivy {best}; without the catalogue {without_catalogue[place_of]:.1f}, "
            f"by words only {words_only[place_of]:.1f})"
        )


if __name__ == "__main__":
    main()
