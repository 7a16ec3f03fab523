"""Full-text search over title, standfirst, byline and body.

bm25 costs 2 us for each matching piece, so a common word in a million pieces took 750 ms: matches are counted up to ``COUNT_LIMIT``; where
there are more, only the newest are ranked, and the answer says so. The best by words are then ranked again by likeness to the first ones.
"""

from __future__ import annotations

import sqlite3
from itertools import accumulate

from bot.records import Filters, Found, Hit, Query
from bot.wording import say
from store import ranking
from store.connections import Connections
from store.issues import Issues
from store.narrowing import Narrowing
from store.outlets import Outlets
from store.people import People
from store.ranking import Ranking, Sought
from store.rows import alone, marks, pieces_of, where
from store.spelling import Spelling
from store.words import excluded, excluding, expressions, other_names, plain

COUNT_LIMIT = 10_000
"""Matches that are counted; when several things are looked for, also ranked in full."""

MOST_WORK = 3 * COUNT_LIMIT
"""Matches times things looked for that are ranked in full: each thing costs its own 2 us."""

ENOUGH = 60
"""With fewer pieces that have all of the words, those that have some are ranked beside them."""

OPENING = 160
"""Characters of a text's beginning, shown where no words were sought."""

SNIPPET_WORDS = 24
"""Words of a snippet: two lines in Slack."""

LONG = 12_000
"""Characters from which FTS5's own ``snippet`` is left alone: it weighs every match against every other, seconds for a long text full of them."""

BODY = 3
"""The body's place among the index's columns."""


class Search:
    """Search by words, within filters."""

    def __init__(self, connections: Connections, people: People, issues: Issues, outlets: Outlets) -> None:
        self._connections = connections
        self._people = people
        self._issues = issues
        self._outlets = outlets
        self._spelling = Spelling()

    def find(
        self,
        team: str,
        asked: Query | str,
        filters: Filters | None = None,
        newest_first: bool = False,
        limit: int = 10,
        offset: int = 0,
    ) -> Found:
        """Pieces that fit the query (``bot.query.parse``, or plain words) and the filters. Typed text is never an error.

        Pieces with all of the words, or, where these are few, those with some; ``relaxed`` when no piece has all.
        """
        query = plain(asked) if isinstance(asked, str) else asked
        narrowed, notes = self._narrowed(team, query, filters or Filters())
        if narrowed is None:
            return Found((), 0, notes=notes)
        newest = newest_first or query.newest_first
        groups = expressions(query)
        if not groups:
            return self._listed(team, narrowed, excluded(query), limit, offset, notes) if narrowed != Filters() else Found((), 0, notes=notes)
        with self._connections.reading() as db:
            # bm25 counts in how many pieces each thing looked for stands, all those of the workspace among them: 5 ms at 100,000 pieces,
            # 50 at a million; where nobody else's are here the index is not asked for the workspace's
            within = None if alone(db, team) else team
            named = self._issues.names(team)
            sought = Sought(groups, other_names(query, named), excluding(query), within)
            narrowing = Narrowing(db, team, narrowed, COUNT_LIMIT + 1) if narrowed != Filters() else None
            all_ids, cut = narrowing.matched(sought.all) if narrowing else (None, False)
            with_all = _count(db, sought.all) if all_ids is None else len(all_ids)
            few = with_all < ENOUGH and len(groups) > 1 and not (newest and with_all)
            ids, cut = narrowing.matched(sought.any) if narrowing and few else (all_ids, cut)
            total = with_all if not few else _count(db, sought.any) if ids is None else len(ids)
            did_you_mean = None if with_all else self._spelling.correct(db, query, within, named)
            if not total:
                return Found((), 0, did_you_mean=did_you_mean, notes=notes)
            bounded = cut or total > (ranking.NEWEST_RANKED if len(groups) == 1 else min(COUNT_LIMIT, MOST_WORK // len(groups)))
            if newest:
                order = _newest(db, sought.any if few else sought.all, ids, limit, offset)
            else:
                order = Ranking(db, sought, few, bounded, ids, all_ids).best(offset + limit)[offset : offset + limit]
            return Found(
                hits=self._hits(db, team, sought.any, order, len(groups) == 1 and narrowed == Filters() and offset <= ranking.NEWEST_RANKED),
                total=min(total, COUNT_LIMIT),
                more=total > COUNT_LIMIT,
                bounded=cut or (bounded and not newest),
                did_you_mean=did_you_mean,
                relaxed=with_all == 0,
                with_all=min(with_all, COUNT_LIMIT),
                notes=notes,
            )

    def knows(self, team: str, word: str) -> bool:
        """Whether any piece has this word."""
        with self._connections.reading() as db:
            return self._spelling.stands(db, None if alone(db, team) else team, word)

    def _narrowed(self, team: str, query: Query, filters: Filters) -> tuple[Filters | None, tuple[str, ...]]:
        """Filters with the query's own, its names resolved; None when one of them is nobody or nothing here."""
        notes = list(query.notes)
        authors, issues = list(filters.authors), list(filters.issues)
        for name in query.authors:
            person = self._people.find(team, name)
            if person is None and (near := self._people.near(team, name, 1)):
                person = self._people.find(team, near[0])
                notes.append(say("search.taken_for", typed=name, person=near[0]))
            if person is None:
                return None, (*notes, say("search.nobody", typed=name))
            authors.append(person.id)
        for name in query.issues:
            issue = self._issues.by_slug(team, name) or self._issues.find(team, name)
            if issue is None and (likely := self._issues.near(team, name, 1)):
                issue = likely[0]
                notes.append(say("search.issue_taken_for", typed=name, issue=issue.name))
            if issue is None:
                return None, (*notes, say("search.no_issue", typed=name))
            issues.append(issue.slug)
        since = max(filter(None, (filters.since, query.since)), default=None)
        until = min(filter(None, (filters.until, query.until)), default=None)
        outlets = list(filters.outlets)
        for name in query.outlets:
            like = self._outlets.like(team, name)
            if not like:
                return None, (*notes, say("search.no_outlet", typed=name))
            outlets += like
        return Filters(tuple(issues), tuple(authors), tuple(outlets), since, until), tuple(notes)

    def _hits(self, db: sqlite3.Connection, team: str, match: str, order: list[tuple[int, float]], together: bool) -> tuple[Hit, ...]:
        """The pieces with their snippets; ``together``: by one walk over what matches, where that is short."""
        pieces = pieces_of(db, [id_ for id_, _ in order], team)
        found = (
            f"SELECT search.rowid AS id, iif(length(t.body) > {LONG}, NULL, snippet(search, {BODY}, char(2), char(3), ' … ', {SNIPPET_WORDS})), "
            f"iif(length(t.body) > {LONG}, highlight(search, {BODY}, char(2), char(3)), NULL) "
            "FROM search JOIN texts AS t ON t.article = search.rowid WHERE search MATCH ? AND "
        )
        if together:
            # the index finds a single piece by walking from a word's first one: ten times over a thousand pieces, against once
            among = f"search.rowid >= ? AND +search.rowid IN ({marks(pieces)})"
            rows = db.execute(f"{found} {among}", [match, min(pieces, default=0), *pieces]).fetchall()
        else:
            rows = [db.execute(f"{found} search.rowid = ?", [match, id_]).fetchone() for id_ in pieces]
        snippets = {row["id"]: row[1] if row[2] is None else passage(row[2]) for row in rows}
        return tuple(Hit(pieces[id_], snippets[id_], score) for id_, score in order if id_ in pieces)

    def _listed(self, team: str, filters: Filters, without: str, limit: int, offset: int, notes: tuple[str, ...]) -> Found:
        """Without words: what the filters leave, and has nothing of ``without``; latest first, with the beginning of each."""
        condition, values = where(team, filters)
        if without:
            condition, values = f"{condition} AND a.id NOT IN (SELECT rowid FROM search WHERE search MATCH ?)", [*values, without]
        with self._connections.reading() as db:
            total = db.execute(f"SELECT count(*) FROM (SELECT 1 FROM articles AS a WHERE {condition} LIMIT {COUNT_LIMIT + 1})", values).fetchone()[0]
            rows = db.execute(
                f"SELECT a.id, substr(t.body, 1, {OPENING + 1}) AS opening FROM articles AS a JOIN texts AS t ON t.article = a.id WHERE {condition} "
                "ORDER BY a.day DESC, a.id DESC LIMIT ? OFFSET ?",
                [*values, limit, offset],
            ).fetchall()
            pieces = pieces_of(db, [row["id"] for row in rows])
        hits = tuple(Hit(pieces[row["id"]], _opening(row["opening"])) for row in rows)
        return Found(hits, min(total, COUNT_LIMIT), more=total > COUNT_LIMIT, with_all=min(total, COUNT_LIMIT), notes=notes)


def _count(db: sqlite3.Connection, match: str) -> int:
    count: int = db.execute(f"SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT {COUNT_LIMIT + 1})", [match]).fetchone()[0]
    return count


def _newest(db: sqlite3.Connection, match: str, ids: list[int] | None, limit: int, offset: int) -> list[tuple[int, float]]:
    """The latest of what matches; of ``ids``, where these are known."""
    if ids is not None:
        return [(id_, 0.0) for id_ in ids[offset : offset + limit]]
    rows = db.execute("SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ? OFFSET ?", [match, limit, offset])
    return [(row["rowid"], 0.0) for row in rows]


def _opening(text: str) -> str:
    """The beginning of a text, cut between words."""
    if len(text) <= OPENING:
        return text
    return text[:OPENING].rpartition(" ")[0].rstrip(" ,;:–—-") + " …"


def passage(marked: str) -> str:
    """The run of words with most matches in it, the first of such; ``marked`` has \\x02 and \\x03 around each."""
    words = marked.split()
    counts = [0, *accumulate("\x02" in word for word in words)]
    starts = range(max(1, len(words) - SNIPPET_WORDS + 1))
    start = max(starts, key=lambda at: (counts[min(at + SNIPPET_WORDS, len(words))] - counts[at], -at))
    kept = " ".join(words[start : start + SNIPPET_WORDS])
    if kept.find("\x03") < (kept.find("\x02") if "\x02" in kept else len(kept)) and "\x03" in kept:
        kept = f"\x02{kept}"
    if kept.rfind("\x02") > kept.rfind("\x03"):
        kept = f"{kept}\x03"
    return ("… " if start else "") + kept + (" …" if start + SNIPPET_WORDS < len(words) else "")
