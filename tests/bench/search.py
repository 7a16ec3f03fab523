"""How fast the library is searched and filled, and how that grows.

``python -m tests.bench.search`` builds 10,000 and 100,000 synthetic pieces; ``--million`` a million as well (half an hour of one core, more
beside other work, 12 GB); ``--keep FOLDER`` leaves the libraries there and takes those that are there already.
``search.<size>.<rare|medium|common>.{p50_ms,p99_ms,fts5_p50_ms}``: the product's search for a word in about 0.1%, 3% and 40% of the pieces, first
page with snippets, beside plain FTS5's ``ORDER BY bm25 LIMIT 10`` on the same file in the same run. ``search.<size>.newest.p50_ms``: ids of the
newest ten with a common word, the store's query beside tantivy's (ordered by a fast field); ``newest_page``: the same with snippets and all, as
the product shows it. Times are the clock's, with CPU in brackets; ratios are of CPU, and what is compared is run in turn.
``search.<size>.by_author.p50_ms``: the common word in one author's pieces, a 400th of all.
``search.growth_exponent``: the slope of log(p50) over log(pieces) from 10,000 up, the worst of the three words.
``store.insert_ratio``: pieces a second through the store against sqlite-utils' own batch insert of the same rows with the same index.
``store.index_ms_per_piece``: CPU of the full-text index alone. ``issue|views|summary.<size>.p99_ms``: whole handlers.
"""

from __future__ import annotations

import gc
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
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
from bot.query import parse
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
RUNS = 200
TODAY = date(2026, 11, 23)
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


@dataclass(frozen=True)
class Took:
    """Runs of one thing: milliseconds by the clock, and of this process's CPU."""

    clock: list[float]
    cpu: list[float]

    @property
    def p50(self) -> float:
        return statistics.median(self.clock)

    @property
    def p99(self) -> float:
        return statistics.quantiles(self.clock, n=100)[98]

    @property
    def work(self) -> float:
        """Median CPU: what ratios are made of, for it does not tell of the machine's other work."""
        return statistics.median(self.cpu)

    @property
    def note(self) -> str:
        return f"CPU p50 {self.work:.3g}, p99 {statistics.quantiles(self.cpu, n=100)[98]:.3g}, n {len(self.cpu)}"


def timed(*actions: Callable[[], object], runs: int = RUNS) -> list[Took]:
    """The actions in turn, so that all of them meet the same weather."""
    took = [Took([], []) for _ in actions]
    for run in range(runs + 1):
        for action, of in zip(actions, took, strict=True):
            begun, worked = time.perf_counter(), time.process_time()
            action()
            if run:  # the first warms up
                of.clock.append(1000 * (time.perf_counter() - begun))
                of.cpu.append(1000 * (time.process_time() - worked))
    return took


def show(name: str, value: float, note: str = "") -> None:
    print(f"{name}: {value:.3g}" + (f" ({note})" if note else ""), flush=True)


def label(size: int) -> str:
    return f"{size // 1000}k" if size < 1_000_000 else "1m"


def measure(stores: Mapping[int, Store]) -> None:
    """Search at every size, the sizes in turn."""
    plain = {size: Database(store.path) for size, store in stores.items()}
    slopes = []
    for name in SHARES:
        word = f"{name}word"
        ours = dict(zip(stores, timed(*(partial(store.search.find, TEAM, word) for store in stores.values())), strict=True))
        theirs = dict(zip(stores, timed(*(partial(run, db, PLAIN, word) for db in plain.values()), runs=10), strict=True))
        for size in stores:
            show(f"search.{label(size)}.{name}.p50_ms", ours[size].p50, f"{ours[size].work / theirs[size].work:.2f} x FTS5's; {ours[size].note}")
            show(f"search.{label(size)}.{name}.p99_ms", ours[size].p99)
            show(f"search.{label(size)}.{name}.fts5_p50_ms", theirs[size].p50)
        if len(stores) > 1:
            smallest, *_, largest = stores
            slopes.append(log(ours[largest].work / ours[smallest].work) / log(largest / smallest))
    for size, store in stores.items():
        (page,) = timed(lambda store=store: store.search.find(TEAM, "commonword", newest_first=True))  # type: ignore[misc]
        show(f"search.{label(size)}.newest_page.p50_ms", page.p50, page.note)
        (narrowed,) = timed(lambda store=store: store.search.find(TEAM, parse(f'commonword author:"{author(7)}"', TODAY)), runs=20)  # type: ignore[misc]
        show(f"search.{label(size)}.by_author.p50_ms", narrowed.p50, narrowed.note)
        newest, peer = beside_tantivy(plain[size], size)
        show(f"search.{label(size)}.newest.p50_ms", newest.p50, f"tantivy {peer}" if isinstance(peer, str) else f"tantivy {peer.p50:.3g}")
    for db in plain.values():
        db.close()
    if slopes:
        show("search.growth_exponent", max(slopes), "of the CPU's medians")
    else:
        print("search.growth_exponent: not measured (one size only)")


def run(db: Database, sql: str, word: str) -> list[int]:
    return [row[0] for row in db.execute(sql, [word])]


def beside_tantivy(db: Database, size: int) -> tuple[Took, Took | str]:
    """The ids of the newest ten with a common word: the store's query, and tantivy's on an index of the same texts, or why not."""
    alone = timed(lambda: run(db, NEWEST, "commonword"))[0]
    try:
        import tantivy
    except ImportError:
        return alone, "not measured (it is not installed; it is in the dev extra)"
    if size > TANTIVY_MOST:
        return alone, "not measured (its index of so many would take as long as ours)"
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

        assert search() == run(db, NEWEST, "commonword"), "both find the same ten"
        ours, theirs = timed(lambda: run(db, NEWEST, "commonword"), search)
        return ours, theirs


def handlers(store: Store, size: int) -> None:
    """Whole handlers, as Slack would call them."""
    from handlers import COMMANDS
    from handlers.answer import Deps
    from handlers.terminal import ask

    rng = random.Random(5)
    asked = {
        "/issue": lambda: rng.choice(catalogue()[:20]).name,
        "/views": lambda: author(rng.randrange(AUTHORS)),
        "/summary": lambda: f"#{rng.randrange(1, size)}",
    }
    for command, words in asked.items():
        (took,) = timed(lambda command=command, words=words: ask(COMMANDS[command], words(), Deps(store), TEAM, command))  # type: ignore[misc]
        show(f"{command[1:]}.{label(size)}.p99_ms", took.p99, f"p50 {took.p50:.3g}; {took.note}")


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
    gc.freeze()  # what lies ready is looked through by no collection during the race
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
    gc.unfreeze()
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
    kept = Path(sys.argv[sys.argv.index("--keep") + 1]) if "--keep" in sys.argv else None
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        sample = list(islice(library(2), 8 * BATCH))
        through, own = race(folder, sample)
        show("store.insert_ratio", own / through, f"{BATCH / through:.0f} pieces a CPU second, sqlite-utils {BATCH / own:.0f}")
        show("store.index_ms_per_piece", index_cost(folder / "index.sqlite", sample), f"{BODY} words a piece")
        del sample
        libraries = kept or folder
        libraries.mkdir(parents=True, exist_ok=True)
        if not all((libraries / f"{size}.sqlite").exists() for size in sizes):
            build(libraries, sizes)
        stores = {size: Store.open(libraries / f"{size}.sqlite") for size in sizes}
        measure(stores)
        for size, store in stores.items():
            handlers(store, size)
            store.close()


def build(folder: Path, sizes: Sequence[int]) -> None:
    """A library of each size, the larger ones grown out of the smaller."""
    with Store.open(folder / "growing.sqlite") as store:
        store.issues.load(catalogue())
        pieces = library()
        for before, size in zip([0, *sizes], sizes, strict=False):
            fill(store, pieces, size - before)
            store.meanings.refresh(TEAM, lambda _texts: Anywhere(), lambda _data: Anywhere())
            store.tidy()
            if size != sizes[-1]:
                store.back_up(folder / f"{size}.sqlite")
    (folder / "growing.sqlite").rename(folder / f"{sizes[-1]}.sqlite")


if __name__ == "__main__":
    main()
