"""Emerging issues: phrases and names that recur in recent pieces and are in no issue. Proposed to people, never added by themselves."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from bot.naming import issue_key
from bot.records import Proposal
from store.connections import Connections
from store.issues import Issues
from store.rows import marks

RECENT = 200
"""Pieces looked at, the newest that were added: about 160,000 words, a third of a second."""

FEWEST_PIECES, FEWEST_AUTHORS = 3, 2
"""Less is one writer's turn of phrase, or chance."""

EVERYWHERE = 0.25
"""What stands in a larger share of the recent pieces is what the library is about, not what is new; counted from ``TOLD`` pieces up."""

TOLD = 40

REPEATED = 1.5
"""Times a piece, on average: what a piece is about is said again, "the first time" is not."""

WIDEST = 8
"""Words of a run that is looked up; names of issues have fewer, and every further word would cost as many look-ups again."""
LONGEST = 3
"""Words of a phrase."""

EXAMPLES = 3
MOST = 30
"""Proposals worth looking through."""

NAMED = ("ORG", "EVENT", "LAW", "LOC")
"""Kinds of names that can be an issue; a person or a country is a filter, not an issue."""

_RUN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_BREAK = re.compile(r"[.,;:!?()\[\]“”\"–—…\n]")
_SMALL = frozenset(
    """a about above across after again against ago all almost also although always am among an and another any anything are around as at away back
    be because been before being below better between both but by came can cannot come could day days did do does doing done down during
    each either else end enough even ever every everyone everything far few first for from full further get give go going good great had
    half has have having he her here herself him himself his how however i if in instead into is it its itself just kind know large last
    later least less let like little long lot made make makes making man many may maybe me mean means men might month months more most much
    must my near need needs never new next no nobody none nor not nothing now of off often old on once one only or other others our out over
    own part past people perhaps point put quite rather really right said same say says second see seem seems seen set she should show since
    small so some someone something soon still such take taken takes tell ten than that the their them themselves then there these they
    thing things think third this those though three through thus time times to today together told too took toward towards turn two under
    until up upon us use used very want was way ways we week weeks well went were what when where whether which while who whole whom whose
    why will with within without word words work world would year years yes yet you your""".split()
)
"""No phrase begins or ends with one of these, nor has one of them inside."""

_OFFICES = frozenset(
    """adviser advisers agencies agency ambassador assistant branch call calls campaign candidate candidates caption chief colleagues
    commander conference correspondent council counsel court department deputy director editor employees enforcement executive
    executives experts families family forces friends general government governments governor group groups head house interview judge
    jury justice lawmakers lawyer lawyers leader leaders life meeting member members message messages minister ministers ministry
    nominee office officer officers official officials operation organization organizations parliament part parties party people
    person places president press prosecutor prosecutors report reporter reporters representatives secretary senator senators service
    services side source sources speech spokesman spokesperson spokeswoman staff state statement statements states summit team workers""".split()
)
"""Phrases that end so name an office, a body or an occasion ("prime minister", "news conference"), not what is argued about."""


class Proposals:
    """What might be worth an issue; dismissed ones stay dismissed."""

    def __init__(self, connections: Connections, issues: Issues) -> None:
        self._connections = connections
        self._issues = issues
        self._kept: dict[str, tuple[tuple[object, ...], tuple[Proposal, ...]]] = {}

    def all(self, team: str, limit: int = 8, signs: Iterable[str] = ()) -> tuple[Proposal, ...]:
        """Most pieces first. Reads the newest ``RECENT`` pieces, whatever the library's size; once, until something has changed.

        ``signs``: further words that tell of a known issue, which none of its names has.
        """
        with self._connections.reading() as db:
            state = tuple(
                db.execute(
                    "SELECT (SELECT max(id) FROM articles WHERE team = ?1), (SELECT max(read_at) FROM articles WHERE team = ?1 AND id > "
                    "(SELECT max(id) FROM articles WHERE team = ?1) - ?2), (SELECT count(*) FROM proposals_dismissed WHERE team = ?1), "
                    "(SELECT number FROM changes WHERE what = 'issues')",
                    [team, RECENT],
                ).fetchone()
            )
        kept = self._kept.get(team)
        if kept is None or kept[0] != state:
            kept = self._kept[team] = state, self._found(team, frozenset(map(issue_key, signs)))
        return kept[1][:limit]

    def _found(self, team: str, signs: frozenset[str]) -> tuple[Proposal, ...]:
        with self._connections.reading() as db:
            bodies = db.execute("SELECT article, body FROM texts WHERE team = ? ORDER BY article DESC LIMIT ?", [team, RECENT]).fetchall()
            ids = [row["article"] for row in bodies]
            bylines = db.execute(f"SELECT article, person FROM bylines WHERE article IN ({marks(ids)})", ids).fetchall()
            names = db.execute(
                f"SELECT article, text, mentions FROM names WHERE article IN ({marks(ids)}) AND type IN ({marks(NAMED)})", [*ids, *NAMED]
            ).fetchall()
            dismissed = {row["phrase"] for row in db.execute("SELECT phrase FROM proposals_dismissed WHERE team = ?", [team])}
        writers: defaultdict[int, set[int]] = defaultdict(set)
        for row in bylines:
            writers[row["article"]].add(row["person"])
        told: dict[str, dict[int, int]] = defaultdict(dict)
        printed: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for row in bodies:
            for phrase, times in _phrases(row["body"]).items():
                key = issue_key(phrase)
                told[key][row["article"]] = told[key].get(row["article"], 0) + times
                printed[key][phrase] += times
        for row in names:
            key, times = issue_key(row["text"]), row["mentions"].count("[") - 1
            told[key][row["article"]] = told[key].get(row["article"], 0) + times
            printed[key][row["text"]] += times
        most = EVERYWHERE * len(ids) if len(ids) >= TOLD else len(ids)
        known = _Known({*self._issues.names(team), *signs})
        found: dict[str, Proposal] = {}
        for key, times_in in told.items():
            if not FEWEST_PIECES <= len(times_in) <= most or sum(times_in.values()) < REPEATED * len(times_in) or key in dismissed or not key:
                continue
            authors = {person for article in times_in for person in writers[article]}
            if len(authors) >= FEWEST_AUTHORS and key not in known:
                newest = tuple(sorted(times_in, reverse=True))
                phrase = max(printed[key].items(), key=lambda entry: (entry[1], entry[0]))[0]
                found[key] = Proposal(phrase, len(times_in), len(authors), newest[:EXAMPLES])
        whole = _without_parts(found)
        return tuple(sorted(whole, key=lambda one: (-one.pieces, -one.authors, one.phrase.casefold()))[:MOST])

    def dismiss(self, team: str, phrase: str) -> None:
        """Never propose this again in this workspace."""
        with self._connections.writing() as db:
            db.execute("INSERT OR IGNORE INTO proposals_dismissed VALUES (?, ?, ?)", [team, issue_key(phrase), self._connections.now()])


class _Known:
    """Whether a phrase says what an issue is called: one of its names, part of one, or one with words around it."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)
        self._parts = frozenset(part for name in names for part in _runs(name.split(), 2))

    def __contains__(self, key: str) -> bool:
        return key in self._parts or any(run in self._names for run in _runs(key.split(), 1))


def _runs(words: list[str], least: int) -> Iterable[str]:
    return (" ".join(words[start:end]) for start in range(len(words)) for end in range(start + least, min(len(words), start + WIDEST) + 1))


def _phrases(body: str) -> Counter[str]:
    """Runs of two and three lower-case words that carry meaning, with how often each stands in the text."""
    found: Counter[str] = Counter()
    for part in _BREAK.split(body):
        run: list[str] = []
        for word in [*_RUN.findall(part), ""]:
            if word.islower() and word not in _SMALL and len(word) > 2:
                run.append(word)
                for length in range(2, LONGEST + 1):
                    if len(run) >= length:
                        found[" ".join(run[-length:])] += 1
            else:
                run = []
    return Counter({phrase: times for phrase, times in found.items() if _names_something(phrase.rsplit(" ", 1)[-1])})


def _names_something(last: str) -> bool:
    return last not in _OFFICES and not last.endswith(("ly", "'s", "’s"))


def _without_parts(found: Mapping[str, Proposal]) -> list[Proposal]:
    """Of phrases within one another, the longer where it stands in as many pieces, else the shorter."""
    dropped: set[str] = set()
    for key, one in found.items():
        for part in _runs(key.split(), 1):
            if part != key and part in found:
                dropped.add(part if found[part].pieces == one.pieces else key)
    return [one for key, one in found.items() if key not in dropped]
