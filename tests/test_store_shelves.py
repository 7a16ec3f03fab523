"""The smaller shelves, and the file as a whole."""

import json
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.errors import IssueNotFound, Misunderstood, NotAllowed, NotFound
from bot.models import Issue, ReadingState
from bot.records import Cadence, Filters, Subject, Subscription
from store import Store, care
from store.migrations import migrations
from tests.written import analysis, article

TEAM, OTHER = "T1", "T2"
SANCTIONS = Issue("sanctions", "Sanctions", ("embargo", "economic penalties"), related=("trade",))
TRADE = Issue("trade", "Trade")


def save(store, title, *texts, team=TEAM, **options):
    piece = article(title, *texts)
    return store.articles.save(team, piece, analysis(piece, **options)).id


def test_queue_hands_out_each_reading_once(store, clock):
    first = store.readings.enqueue(TEAM, "https://s.org/a", channel="C1", message="1.1", person="U1")
    again = store.readings.enqueue(TEAM, "http://www.s.org/a?utm_medium=m", channel="C2", message="2.2")
    assert first.id == again.id
    assert len(store.readings.waiters(first.id)) == 2
    assert store.readings.enqueue(OTHER, "https://s.org/a").id != first.id
    claimed = store.readings.claim()
    assert (claimed.id, claimed.state, claimed.attempts, claimed.channel) == (first.id, ReadingState.CLAIMED, 1, "C1")
    assert store.readings.claim().team == OTHER
    assert store.readings.claim() is None
    clock.forward(minutes=10)  # both readers died
    assert store.readings.claim().attempts == 2
    assert store.readings.claim().attempts == 2
    clock.forward(minutes=10)
    assert store.readings.claim().attempts == 3
    assert store.readings.claim().attempts == 3
    clock.forward(minutes=10)
    assert store.readings.claim() is None
    assert store.readings.get(first.id).state is ReadingState.FAILED
    assert [reading.id for reading in store.readings.unannounced()] == [first.id]
    store.readings.announced(first.id, "C1", "1.1")
    store.readings.announced(first.id, "C2", "2.2")
    assert store.readings.unannounced() == ()


def test_saving_a_piece_finishes_its_reading(store):
    reading = store.readings.enqueue(TEAM, "paste", b"words", person="U1")
    store.readings.claim()
    piece = article()
    saved = store.articles.save(TEAM, piece, analysis(piece), reading=reading.id)
    done = store.readings.get(reading.id)
    assert (done.state, done.article, done.known, done.content) == (ReadingState.DONE, saved.id, False, None)
    assert store.readings.enqueue(TEAM, "paste", b"words").id != reading.id
    failed = store.readings.claim()
    store.readings.fail(failed.id, "There is no article on that page.")
    assert store.readings.failures(TEAM)[0].reason == "There is no article on that page."


def test_a_save_that_fails_leaves_nothing(store):
    piece = article()
    wrong = analysis(piece, issues=("x",))
    with pytest.raises(sqlite3.IntegrityError):
        store.articles.save(TEAM, piece, type(wrong)(**{f: getattr(wrong, f) for f in wrong.__slots__} | {"sentences": wrong.sentences * 2}))
    assert store.articles.newest(TEAM) == ()
    assert store.check() == ()


def test_issues_catalogue_and_own(store):
    store.issues.load([SANCTIONS, TRADE])
    find = store.issues.find
    assert find(TEAM, "the Embargo").slug == find(TEAM, "sanction").slug == "sanctions"
    assert find(TEAM, "zebra") is None
    with pytest.raises(IssueNotFound, match="Did you mean Sanctions"):
        store.issues.get(TEAM, "sanktions")
    with pytest.raises(NotAllowed, match="already means Sanctions"):
        store.issues.save(TEAM, Issue("x", "X", ("Embargo",)))
    assert store.issues.save(TEAM, Issue("arctic", "Arctic shipping")).own
    assert find(OTHER, "arctic shipping") is None
    store.issues.save(TEAM, Issue("trade", "Trade policy", ("tariffs",)))
    assert find(TEAM, "tariff").name == "Trade policy"
    assert find(OTHER, "tariff") is None
    store.issues.remove(OTHER, "trade")
    assert find(OTHER, "trade") is None
    assert find(TEAM, "trade") is not None
    store.issues.load([SANCTIONS])
    assert find(TEAM, "tariff").name == "Trade policy"


def test_issue_activity(store):
    store.issues.load([SANCTIONS, TRADE])
    save(store, "One", "Text one about harbours.", issues=("sanctions", "trade"))
    save(store, "Two", "Text two about cranes and ropes.", issues=("sanctions",))
    activity = {entry.issue.slug: (entry.pieces, entry.main, entry.authors) for entry in store.issues.activity(TEAM)}
    assert activity == {"sanctions": (2, 2, 1), "trade": (1, 0, 1)}
    assert store.issues.activity(OTHER) == ()
    assert store.issues.activity_of(TEAM, "sanctions").pieces == 2
    assert [(month.isoformat(), count) for month, count in store.issues.months(TEAM, "sanctions")] == [("2024-05-01", 2)]
    assert store.issues.pieces(TEAM, "sanctions", limit=1).more == 1
    assert store.issues.authors(TEAM, "trade")[0][0].name == "Ada Example"
    assert [(issue.slug, shared) for issue, shared in store.issues.related(TEAM, "sanctions")] == [("trade", 1)]


def subscription(**options):
    usual = {"id": 0, "team": TEAM, "channel": "C1", "person": "U1", "cadence": Cadence.WEEKLY, "hour": 9, "zone": "Europe/Berlin"}
    return Subscription(**usual | options)


def test_subscriptions_and_their_outbox(store, clock):
    due = clock.now
    made = store.subscriptions.save(subscription(day="mon", next_due_at=due, filters=Filters(issues=("sanctions",))))
    assert made.id
    assert store.subscriptions.due(clock.now)[0].filters.issues == ("sanctions",)
    assert store.subscriptions.due(clock.now - timedelta(seconds=1)) == ()
    later = due + timedelta(days=7)
    posting = store.digests.enqueue(made.id, "2026-11-23", due - timedelta(days=7), due, later)
    assert store.digests.enqueue(made.id, "2026-11-23", due - timedelta(days=7), due, later) is None
    assert store.subscriptions.due(clock.now) == ()
    assert store.subscriptions.get(TEAM, made.id).next_due_at == later
    assert store.digests.claim().id == posting.id
    assert store.digests.claim() is None
    assert store.digests.doubtful() is None
    clock.forward(minutes=2)
    doubtful = store.digests.doubtful()
    assert (doubtful.id, doubtful.key) == (posting.id, posting.key)
    store.digests.again(posting.id, "not there")
    assert store.digests.claim().attempts == 2
    store.digests.sent(posting.id, "17.1")
    assert store.digests.get(posting.id).ts == "17.1"
    assert store.subscriptions.get(TEAM, made.id).last_sent_at == due
    assert store.digests.last_until(made.id) == due
    assert store.subscriptions.pause(TEAM, made.id).paused
    assert store.subscriptions.due(later) == ()
    with pytest.raises(NotFound):
        store.subscriptions.get(OTHER, made.id)
    store.subscriptions.remove(TEAM, made.id)
    assert store.digests.get(posting.id) is None


def test_feeds(store, clock):
    feed = store.feeds.add(TEAM, "https://s.org/feed.xml", channel="C1")
    assert store.feeds.add(TEAM, "http://www.s.org/feed.xml").id == feed.id
    assert store.feeds.claim().id == feed.id
    assert store.feeds.claim() is None
    store.feeds.failed(feed.id, clock.now + timedelta(hours=1), "It did not answer.")
    clock.forward(hours=1)
    assert store.feeds.claim().failures == 1
    store.feeds.polled(feed.id, clock.now + timedelta(hours=1), etag='"x"')
    assert (store.feeds.all(TEAM)[0].failures, store.feeds.all(TEAM)[0].etag) == (0, '"x"')
    with pytest.raises(NotFound):
        store.feeds.remove(OTHER, "https://s.org/feed.xml")
    store.feeds.remove(TEAM, f"#{feed.id}")
    assert store.feeds.all(TEAM) == ()


def test_threads_feedback_deliveries(store, clock):
    id_ = save(store, "One")
    store.threads.remember(TEAM, "C1", "1.0", Subject(piece=id_, issue="sanctions", pieces=(id_,)))
    assert store.threads.find(TEAM, "C1", "1.0") == Subject(id_, None, "sanctions", (id_,))
    store.threads.remember(OTHER, "C1", "1.0", Subject(piece=id_))
    assert store.threads.find(OTHER, "C1", "1.0").piece is None  # another workspace's piece
    store.articles.remove(TEAM, id_)
    assert store.threads.find(TEAM, "C1", "1.0").piece is None
    store.feedback.add(TEAM, "U1", "summary:1", good=False, remark="too long")
    store.feedback.add(TEAM, "U1", "summary:1", good=True)
    assert store.feedback.counts(TEAM) == (1, 0)
    assert store.feedback.newest(TEAM)[0].remark == "too long"
    with pytest.raises(RuntimeError), store.deliveries.once(TEAM, "Ev1"):
        raise RuntimeError
    assert store.deliveries.first(TEAM, "Ev1")
    assert not store.deliveries.first(TEAM, "Ev1")
    assert store.deliveries.first(OTHER, "Ev1")
    clock.forward(days=100)
    store.tidy()
    assert store.threads.find(TEAM, "C1", "1.0") is None


def test_installations(store, clock):
    store.installations.save(None, TEAM, "U1", json.dumps({"bot_token": "one"}))
    clock.forward(seconds=1)
    store.installations.save(None, TEAM, "U2", json.dumps({"bot_token": "two"}))
    assert json.loads(store.installations.find(None, TEAM))["bot_token"] == "two"
    assert json.loads(store.installations.find(None, TEAM, "U1"))["bot_token"] == "one"
    state = store.installations.issue_state()
    assert store.installations.consume_state(state)
    assert not store.installations.consume_state(state)
    store.installations.delete(None, TEAM)
    assert store.installations.find(None, TEAM) is None


def test_forgetting_a_workspace_leaves_no_row_and_no_other_is_touched(store, clock):
    for team in (TEAM, OTHER):
        piece = article("One", "Ivo Marek says that harbours sleep.", url="https://s.org/one")
        id_ = store.articles.save(team, piece, analysis(piece, issues=("sanctions",))).id
        store.articles.correct(team, id_, "title", "Corrected")
        store.people.split(team, store.people.get(team, "Ada").id, "Ada Example", (id_,))
        store.issues.save(team, Issue("own", "Our own issue"))
        store.readings.enqueue(team, "https://s.org/x", channel="C", message="1")
        made = store.subscriptions.save(subscription(team=team))
        store.digests.enqueue(made.id, "p", clock.now, clock.now, None)
        store.feeds.add(team, "https://s.org/feed")
        store.folders.take(team, "in/a.txt", "1", "a.txt", lambda: b"words")
        store.threads.remember(team, "C", "1", Subject(piece=id_))
        store.feedback.add(team, "U", "a", good=True)
        store.deliveries.first(team, "E")
        store.installations.save(None, team, "U", "{}")
        store.outgoing.add(team, "reply:1", "post", "C", {"text": "x"})
    with sqlite3.connect(store.path) as db:
        db.row_factory = sqlite3.Row
        tables = care.team_tables(db)
        before = {table: db.execute(f"SELECT count(*) FROM {table} WHERE team = ?", [TEAM]).fetchone()[0] for table in tables}
        others = {table: db.execute(f"SELECT count(*) FROM {table} WHERE team = ?", [OTHER]).fetchone()[0] for table in tables}
        assert {table for table, count in before.items() if not count} <= {"proposals_dismissed", "meaning_spaces", "meanings"}
        exported = [json.loads(row) for row in store.export(TEAM)]
        assert {row["table"] for row in exported} == {table for table in tables if before[table]} - care.SECRET
        assert {row["team"] for row in exported} == {TEAM}
        assert store.forget(TEAM) > 0
        for table in tables:
            assert db.execute(f"SELECT count(*) FROM {table} WHERE team = ?", [TEAM]).fetchone()[0] == 0
            assert db.execute(f"SELECT count(*) FROM {table} WHERE team = ?", [OTHER]).fetchone()[0] == others[table]
    db.close()
    assert store.search.find(OTHER, "harbours").total == 1
    assert store.check() == ()
    with pytest.raises(ValueError, match="team"):
        store.forget("")


def test_every_table_has_a_team(store):
    with sqlite3.connect(store.path) as db:
        rows = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlite_%'")
        plain = {name: sql for name, sql in rows if not name.startswith(("search", "vocabulary"))}
    db.close()
    assert {name for name, sql in plain.items() if "team TEXT" not in sql} == {"oauth_states", "changes"}
    assert all("STRICT" in sql for sql in plain.values())


def test_migrates_from_blank_and_twice(tmp_path, clock):
    path = tmp_path / "new" / "library.sqlite"
    for _ in range(2):
        with Store.open(path, clock) as store:
            assert store.check() == ()
    database = Database(path)
    assert not migrations.pending(database)
    assert database.journal_mode == "wal"
    database.close()


def test_a_failing_migration_changes_nothing(tmp_path):
    from sqlite_utils import Migrations

    from store.connections import Connections

    broken = Migrations("entente")

    @broken()
    def lay_half_a_shelf(db):
        db.execute("CREATE TABLE half (id INTEGER) STRICT")
        db.execute("SELECT * FROM nothing")

    connections = Connections(tmp_path / "x.sqlite", lambda: datetime.now(UTC))
    with pytest.raises(sqlite3.OperationalError):
        connections.prepare(1, lambda: broken)
    with connections.reading() as db:
        assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone()[0] == 0
    connections.close()


def test_many_threads(store):
    errors = []

    def work(number):
        try:
            for turn in range(15):
                save(store, f"Piece {number} {turn}", f"Text {number} of turn {turn} about thing {number * 100 + turn}.", issues=("x",))
                store.articles.newest(TEAM)
                store.search.find(TEAM, "text")
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=[number]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert store.articles.glance(TEAM).pieces == 90


CLAIM = """
import sys
from pathlib import Path
from store import Store
with Store.open(Path(sys.argv[1])) as store:
    while (reading := store.readings.claim()) is not None:
        store.readings.fail(reading.id, "read")
        print(reading.id)
"""


def test_two_processes_share_the_queue(tmp_path):
    path = tmp_path / "library.sqlite"
    root = Path(__file__).parents[1]
    with Store.open(path) as store:
        for number in range(60):
            store.readings.enqueue(TEAM, f"https://s.org/{number}")
        workers = [subprocess.Popen([sys.executable, "-c", CLAIM, str(path)], cwd=root, stdout=subprocess.PIPE, text=True) for _ in range(2)]
        done = [int(line) for worker in workers for line in worker.communicate(timeout=60)[0].split()]
        assert sorted(done) == list(range(1, 61))
        assert [worker.returncode for worker in workers] == [0, 0]


def test_damage_is_told(tmp_path, clock):
    path = tmp_path / "library.sqlite"
    with Store.open(path, clock) as store:
        save(store, "One", "Text about harbours.")
        with store._connections.writing() as db:
            db.execute("UPDATE texts SET body = 'other words' WHERE article = 1")
            db.execute("INSERT INTO search (search, rowid, title, standfirst, byline, body, team) VALUES ('delete', 1, 'x', '', '', 'y', 'z')")
        assert any("index" in sentence for sentence in store.check())


def test_back_up(store, tmp_path):
    save(store, "One", "Text about harbours.")
    store.back_up(tmp_path / "copy.sqlite")
    with Store.open(tmp_path / "copy.sqlite") as copy:
        assert copy.search.find(TEAM, "harbour").total == 1
    with pytest.raises(FileExistsError):
        store.back_up(tmp_path / "copy.sqlite")


def test_a_library_that_is_up_to_date_opens_without_sqlite_utils(tmp_path):
    path = tmp_path / "library.sqlite"
    Store.open(path).close()
    code = f"import sys, pathlib, store; store.Store.open(pathlib.Path({str(path)!r})).close(); print('sqlite_utils' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split() == ["False"]


def test_the_catalogue_is_loaded_anew_when_its_edition_changes(store):
    store.issues.load([Issue("ports", "Ports")], 1)
    assert (store.issues.edition(), [issue.name for issue in store.issues.all(TEAM)]) == (1, ["Ports"])
    store.issues.load([Issue("quays", "Quays")], 2)
    assert (store.issues.edition(), [issue.name for issue in store.issues.all(TEAM)]) == (2, ["Quays"])


def test_names_of_own_issues_are_names(store):
    with pytest.raises(Misunderstood):
        store.issues.save(TEAM, Issue("long", "word " * 40, own=True))
    with pytest.raises(Misunderstood):
        store.issues.save(TEAM, Issue("many", "Many", tuple(f"name {number}" for number in range(100)), own=True))


def test_what_only_looks_like_an_address_is_no_error(store):
    store.feeds.add(TEAM, "https://tidewater.example/feed")
    with pytest.raises(NotFound):
        store.feeds.remove(TEAM, "https://[::1")
