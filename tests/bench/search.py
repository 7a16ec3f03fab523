"""How fast the library is searched and filled, and how that grows.

``python -m tests.bench.search`` builds 10,000 and 100,000 synthetic pieces; ``--million`` a million as well (about 20 minutes, 12 GB).
``search.<size>.<rare|medium|common>.{p50_ms,p99_ms,fts5_p50_ms}``: the product's search for a word in about 0.1%, 3% and 40% of the pieces, first
page with snippets, beside plain FTS5's ``ORDER BY bm25 LIMIT 10`` on the same file in the same run. ``search.<size>.newest.p50_ms``: ids of the
newest ten with a common word, the store's query beside tantivy's (ordered by a fast field); ``newest_page``: the same with snippets and all, as
the product shows it. ``search.growth_exponent``: the slope of log(p50) over log(pieces) from 10,000 up, the worst of the three words.
``store.insert_ratio``: pieces a second through the store against sqlite-utils' own batch insert of the same rows with the same index.
``store.index_ms_per_piece``: CPU of the full-text index alone. ``issue|views|summary.<size>.p99_ms``: whole handlers.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from math import log
from pathlib import Path

from sqlite_utils import Database

from bot.catalogue import catalogue
from bot.models import (
    Analysis,
    Article,
    Fact,
    IssueLink,
    Name,
    NameType,
    Paragraph,
    PieceKind,
    Sentence,
    Span,
    Statement,
    StatementKind,
    Voice,
)
from store import Store, care

TEAM = "T1"
WORDS = 20_000
FREQUENT = 200
"""The most frequent words are short, as in English: a third of the words printed has six letters or more."""
DRAWN = 500_000
BODY = 400
"""Words a piece: half an op-ed, so that a million fits; figures are ratios and medians."""
BATCH = 1000
TANTIVY_MOST = 100_000
RUNS = 120
SHARES = {"rare": 0.001, "medium": 0.03, "common": 0.4}
ISSUES = [issue.slug for issue in catalogue()]
AUTHORS = 400
PARENTS = ("people", "articles", "texts", "statements")
"""Tables that others refer to."""
SEARCHED = ("title", "standfirst", "byline", "body", "team")
NEWEST = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT 10"
PLAIN = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY bm25(search) LIMIT 10"


def library(seed: int = 1) -> Iterator[tuple[Article, Analysis]]:
    """Pieces of made-up words with Zipf's frequencies; marker words stand in a known share of them."""
    rng = random.Random(seed)
    lengths = (rng.randint(1, 2) if rank < FREQUENT else rng.randint(2, 5) for rank in range(WORDS))
    vocabulary = ["".join(rng.choice("bdfgklmnprst") + rng.choice("aeiou") for _ in range(length)) for length in lengths]
    total, weights = 0.0, []
    for rank in range(WORDS):
        total += 1 / (rank + 2.7)
        weights.append(total)
    drawn = rng.choices(vocabulary, cum_weights=weights, k=DRAWN)  # words are drawn out of these: seven times as fast as by weights
    day = date(2010, 1, 1)
    number = 0
    while True:
        number += 1
        words = rng.choices(drawn, k=BODY)
        for name, share in SHARES.items():
            if rng.random() < share:
                words[rng.randrange(BODY)] = f"{name}word"
        yield piece(rng, number, words, day + timedelta(days=number % 5000))


def author(number: int) -> str:
    return f"Author{chr(97 + number % 26)} Writer{number}"


def piece(rng: random.Random, number: int, words: list[str], day: date) -> tuple[Article, Analysis]:
    sentences = [" ".join(words[start : start + 20]).capitalize() + "." for start in range(0, BODY, 20)]
    texts = [" ".join(sentences[start : start + 5]) for start in range(0, len(sentences), 5)]
    article = Article(
        title=Fact.stated(f"{' '.join(words[:5])} {number}", "bench"),
        authors=Fact.stated((author(number % AUTHORS),), "bench"),
        outlet=Fact.stated(f"Outlet {number % 40}", "bench"),
        published=Fact.stated(day, "bench"),
        paragraphs=tuple(Paragraph(position, text) for position, text in enumerate(texts)),
        url=Fact.stated(f"https://bench.example/{number}", "bench"),
    )
    found, statements = [], []
    issues = tuple({ISSUES[min(int(rng.expovariate(0.08)), len(ISSUES) - 1)] for _ in range(3)})
    for paragraph, text in enumerate(texts):
        at = 0
        for _ in range(5):
            end = text.index(".", at) + 1
            position = len(found)
            found.append(Sentence(position, paragraph, at, end, 1 / (1 + position)))
            if position % 2 == 0:
                span = (Span(paragraph, at, end),)
                quoted = position % 6 == 0
                statements.append(
                    Statement(
                        len(statements), position, Voice.ATTRIBUTED if quoted else Voice.OWN,
                        StatementKind.CLAIM if quoted else StatementKind.JUDGEMENT, span, source=span if quoted else (),
                        source_text="Some Minister" if quoted else None, source_name=0 if quoted else None,
                        strength=rng.random(), issues=issues[:2],
                    )
                )  # fmt: skip
            at = end + 1
    minister = Name(0, f"Min Ister{number % 200}", NameType.PERSON, (Span(0, 0, 5),))
    links = tuple(IssueLink(issue, 0.7, place == 0, (0, 2)) for place, issue in enumerate(issues))
    return article, Analysis(tuple(found), (minister,), tuple(statements), links, (0,), (2, 4, 6), Fact.inferred(PieceKind.OPINION, "bench"), "bench")


class Anywhere:
    """A space of meanings that places pieces at random: ranking by likeness takes as long as with a learnt one."""

    def __init__(self) -> None:
        self._rng = random.Random(3)

    def place(self, text: str) -> bytes:
        return self._rng.randbytes(64)

    def to_bytes(self) -> bytes:
        return b""


def timed(action: Callable[[], object], runs: int = RUNS) -> tuple[float, float]:
    """Median and 99th percentile in milliseconds."""
    action()
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        action()
        taken.append(1000 * (time.perf_counter() - begun))
    return statistics.median(taken), statistics.quantiles(taken, n=100)[98]


def show(name: str, value: float, note: str = "") -> None:
    print(f"{name}: {value:.3g}" + (f" ({note})" if note else ""), flush=True)


def measure(store: Store, size: int, medians: dict[str, list[tuple[int, float]]]) -> None:
    label = f"{size // 1000}k" if size < 1_000_000 else "1m"
    plain = Database(store.path)
    for name in SHARES:
        word = f"{name}word"
        median, slowest = timed(lambda word=word: store.search.find(TEAM, word))  # type: ignore[misc]
        fts5, _ = timed(lambda word=word: plain.execute(PLAIN, [word]).fetchall(), 30)  # type: ignore[misc]
        medians.setdefault(name, []).append((size, median))
        show(f"search.{label}.{name}.p50_ms", median, f"{median / fts5:.2f} x FTS5's")
        show(f"search.{label}.{name}.p99_ms", slowest)
        show(f"search.{label}.{name}.fts5_p50_ms", fts5)
    page, _ = timed(lambda: store.search.find(TEAM, "commonword", newest_first=True))
    show(f"search.{label}.newest_page.p50_ms", page)
    newest, _ = timed(lambda: plain.execute(NEWEST, ["commonword"]).fetchall())
    peer = tantivy_newest(plain, size)
    show(f"search.{label}.newest.p50_ms", newest, f"tantivy {peer}" if isinstance(peer, str) else f"tantivy {peer:.3g}, {newest / peer:.2f} x")
    plain.close()
    handlers(store, label)


def tantivy_newest(db: Database, size: int) -> float | str:
    """Median milliseconds of tantivy for the ids of the newest ten with a common word, from an index of the same texts; or why not."""
    try:
        import tantivy
    except ImportError:
        return "not measured (tantivy is not installed: it is in the dev extra)"
    if size > TANTIVY_MOST:
        return "not measured (its index of so many would take as long as ours)"
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", stored=True, indexed=True, fast=True)
    for field in ("title", "body"):
        builder.add_text_field(field, tokenizer_name="en_stem")
    with tempfile.TemporaryDirectory() as place:
        index = tantivy.Index(builder.build(), path=place)
        writer = index.writer(num_threads=1)
        for number, title, body in db.execute("SELECT article, title, body FROM texts"):
            writer.add_document(tantivy.Document(number=number, title=title, body=body))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        searcher = index.searcher()

        def search() -> list[int]:
            query = index.parse_query("commonword", ["title", "body"])
            found = searcher.search(query, 10, count=False, order_by_field="number")
            return [searcher.doc(address)["number"][0] for _, address in found.hits]

        ours = [row[0] for row in db.execute(NEWEST, ["commonword"])]
        assert search() == ours, "both find the same ten"
        return timed(search)[0]


def handlers(store: Store, label: str) -> None:
    """Whole handlers, as Slack would call them."""
    from handlers import COMMANDS
    from handlers.answer import Deps
    from handlers.terminal import ask

    rng = random.Random(5)
    asked = {
        "/issue": lambda: rng.choice(catalogue()[:20]).name,
        "/views": lambda: author(rng.randrange(AUTHORS)),
        "/summary": lambda: f"#{rng.randrange(1, 10_000)}",
    }
    for command, words in asked.items():
        median, slowest = timed(lambda command=command, words=words: ask(COMMANDS[command], words(), Deps(store), TEAM, command))  # type: ignore[misc]
        show(f"{command[1:]}.{label}.p99_ms", slowest, f"p50 {median:.2f}, n {RUNS}")


def fill(store: Store, pieces: Iterator[tuple[Article, Analysis]], count: int) -> float:
    """CPU seconds of saving."""
    seconds = 0.0
    for _ in range(0, count, BATCH):
        batch = list(islice(pieces, BATCH))
        begun = time.process_time()
        with store.writing():
            for article, analysis in batch:
                store.articles.save(TEAM, article, analysis)
        seconds += time.process_time() - begun
    return seconds


def race(folder: Path, pieces: list[tuple[Article, Analysis]]) -> tuple[float, float]:
    """CPU seconds for a batch through the store, and for the same rows by sqlite-utils' own ``insert_all``: medians of batches in turn.

    A fair race: into the same tables, the full-text index among them, with the same indexes, in transactions of as many pieces, with the pragmas
    that the store writes under (WAL, foreign keys checked). What the peer is spared is making rows out of a piece, looking whether it
    is here already, and resolving its people; its rows lie ready before the clock starts.
    """
    with Store.open(folder / "rows.sqlite") as filled:
        fill(filled, iter(pieces), len(pieces))
    batches = rows_of(folder / "rows.sqlite")
    ours, theirs = [], []
    with Store.open(folder / "peer.sqlite"):
        pass
    target = Database(folder / "peer.sqlite")
    for pragma in ("foreign_keys = ON", "recursive_triggers = ON", "synchronous = NORMAL"):
        target.execute(f"PRAGMA {pragma}")
    with Store.open(folder / "ours.sqlite") as store:
        for batch, rows in enumerate(batches):
            ours.append(fill(store, iter(pieces[batch * BATCH :]), BATCH))
            begun = time.process_time()
            with target.atomic():
                for table, of_table in rows.items():
                    target[table].insert_all(of_table, batch_size=BATCH)
            theirs.append(time.process_time() - begun)
    target.close()
    return statistics.median(ours), statistics.median(theirs)


def rows_of(path: Path) -> list[dict[str, list[dict[str, object]]]]:
    """The rows of a library by batches of pieces: {table: rows}, those first that others refer to."""
    source = Database(path)
    batches: list[dict[str, list[dict[str, object]]]] = []
    piece_of = {row["id"]: row["article"] for row in source["statements"].rows}
    for table in (*PARENTS, *(table for table in care.team_tables(source.conn) if table not in PARENTS)):
        for row in source[table].rows:
            of = row["id"] if table == "articles" else row.get("article") or piece_of.get(row.get("statement"), 1)
            batch = (of - 1) // BATCH
            batches += [{} for _ in range(batch + 1 - len(batches))]
            batches[batch].setdefault(table, []).append(row)
            if table == "texts":
                batches[batch].setdefault("search", []).append({"rowid": of, **{column: row[column] for column in SEARCHED}})
    source.close()
    return batches


def index_cost(path: Path, pieces: list[tuple[Article, Analysis]]) -> float:
    """CPU milliseconds a piece for the full-text index alone."""
    db = Database(path)
    db.execute("CREATE VIRTUAL TABLE search USING fts5 (title, body, content = '', tokenize = \"porter unicode61 remove_diacritics 2\")")
    begun = time.process_time()
    rows = [(number, article.title.value, article.text) for number, (article, _) in enumerate(pieces, 1)]
    with db.atomic():
        db.conn.executemany("INSERT INTO search (rowid, title, body) VALUES (?, ?, ?)", rows)
    seconds = time.process_time() - begun
    db.close()
    return 1000 * seconds / len(pieces)


def main() -> None:
    sizes = [10_000, 100_000] + ([1_000_000] if "--million" in sys.argv else [])
    if "--small" in sys.argv:
        sizes = [10_000]
    medians: dict[str, list[tuple[int, float]]] = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        sample = list(islice(library(2), 8 * BATCH))
        through, own = race(folder, sample)
        show("store.insert_ratio", own / through, f"{BATCH / through:.0f} pieces a CPU second, sqlite-utils {BATCH / own:.0f}")
        show("store.index_ms_per_piece", index_cost(folder / "index.sqlite", sample), f"{BODY} words a piece")
        del sample
        with Store.open(folder / "library.sqlite") as store:
            store.issues.load(catalogue())
            pieces = library()
            for before, size in zip([0, *sizes], sizes, strict=False):
                fill(store, pieces, size - before)
                store.meanings.refresh(TEAM, lambda _texts: Anywhere(), lambda _data: Anywhere())
                store.tidy()
                measure(store, size, medians)
    slopes = [log(found[-1][1] / found[0][1]) / log(found[-1][0] / found[0][0]) for found in medians.values() if len(found) > 1]
    if slopes:
        show("search.growth_exponent", max(slopes))
    else:
        print("search.growth_exponent: not measured (one size only)")


if __name__ == "__main__":
    main()
