"""How many pieces an issue has a month is counted beside the links, whatever happens to them."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from bot.models import Fact, IssueLink
from store import care
from tests.written import analysis, article

TEAM = "T1"
COUNTED = "SELECT issue, month, pieces, main FROM issue_months WHERE pieces > 0 ORDER BY issue, month"
RECOUNTED = """SELECT issue, CASE WHEN length(day) = 10 THEN substr(day, 1, 7) ELSE '' END AS month, count(*), sum(main)
    FROM issue_links GROUP BY 1, 2 ORDER BY 1, 2"""


def test_counts_are_those_of_the_links(store):
    rng = random.Random(4)
    ids: list[int] = []
    for number in range(300):
        links = tuple(IssueLink(slug, 0.5, rng.random() < 0.5, (0,)) for slug in rng.choices("abcd", k=rng.randint(0, 4)))
        published = rng.choice((None, date(2020, rng.randint(1, 4), 1 + number % 28)))
        written = article(f"Piece {number}", f"Words of piece {number} only.", f"https://a.example/{number}")
        written = replace(written, published=Fact.stated(published, "test") if published else Fact.unknown())
        chosen = rng.random()
        if chosen < 0.6 or not ids:
            ids.append(store.articles.save(TEAM, written, replace(analysis(written), issues=links)).id)
        elif chosen < 0.7:
            store.articles.remove(TEAM, ids.pop(rng.randrange(len(ids))))
        elif chosen < 0.8:
            store.articles.correct(TEAM, rng.choice(ids), "published", date(2021, 1, 1))
        elif chosen < 0.9:
            store.articles.correct(TEAM, rng.choice(ids), "issues", tuple(rng.sample("abcde", 2)))
        else:
            again = rng.choice(ids)
            store.articles.save(TEAM, written, replace(analysis(written), issues=links), id=again)
    with store._connections.reading() as db:
        assert [tuple(row) for row in db.execute(COUNTED)] == [tuple(row) for row in db.execute(RECOUNTED)]
        assert len(db.execute(COUNTED).fetchall()) > 10
    assert sum(pieces for _, pieces in store.issues.active(TEAM)) > 0
    assert store.check() == ()


def test_counts_go_with_the_workspace(store):
    written = article("One", "Words of the one piece.", "https://a.example/1")
    store.articles.save(TEAM, written, replace(analysis(written), issues=(IssueLink("a", 0.5, True, (0,)),)))
    store.forget(TEAM)
    with store._connections.reading() as db:
        assert "issue_months" in care.team_tables(db)
        assert db.execute("SELECT count(*) FROM issue_months").fetchone()[0] == 0
