"""/issue: who argues what about an issue."""

from __future__ import annotations

from collections import defaultdict

from bot.models import Issue, Line, StatementKind, Voice
from bot.records import Filters, IssueActivity, Subject
from handlers import asked, blocks, cards
from handlers.answer import Deps, Reply, Request
from handlers.blocks import Block
from handlers.cards import counted

AUTHORS = 6
LINES_AN_AUTHOR = 2
QUOTED = 4
READ = 200

POSITIONS = tuple(kind for kind in StatementKind if kind is not StatementKind.FACT)


def answer(request: Request, deps: Deps) -> Reply:
    """How many pieces, by whom, when; what each author argues; what actors are quoted as saying; related issues."""
    since, words = asked.since_in(asked.read(request.text))
    if not words:
        return overview(request, deps)
    issue = deps.store.issues.get(request.team, words)
    filters = Filters(since=since)
    activity = deps.store.issues.activity_of(request.team, issue.slug, filters)
    own = deps.store.statements.lines(request.team, issue=issue.slug, voice=Voice.OWN, kinds=POSITIONS, filters=filters, limit=READ)
    said = deps.store.statements.lines(request.team, issue=issue.slug, voice=Voice.ATTRIBUTED, filters=filters, order="strongest", limit=QUOTED)
    related = deps.store.issues.related(request.team, issue.slug)
    return _reply(issue, activity, own.items, said.items, [other for other, _ in related])


def _reply(issue: Issue, activity: IssueActivity, own: tuple[Line, ...], said: tuple[Line, ...], related: list[Issue]) -> Reply:
    shown: list[Block] = [blocks.rich(blocks.line(blocks.text(issue.name, "bold")), blocks.line(blocks.text(_counted(activity))))]
    by_author: dict[str, list[Line]] = defaultdict(list)
    for line in own:
        by_author[cards.byline(line.piece)].append(line)
    for lines in list(by_author.values())[:AUTHORS]:
        strongest = sorted(lines, key=lambda line: -line.strength)[:LINES_AN_AUTHOR]
        shown += cards.cited(strongest)
    if said:
        shown.append(blocks.rich(blocks.line(blocks.text("Quoted", "bold"))))
        shown += cards.cited(said)
    if related:
        shown.append(blocks.context("Related: " + ", ".join(other.name for other in related)))
    return Reply(blocks.escape(f"{issue.name}: {_counted(activity)}"), blocks.fit(shown), subject=Subject(issue=issue.slug))


def _counted(activity: IssueActivity) -> str:
    if not activity.pieces:
        return "nothing in the library yet"
    last = f", the latest of {cards.day(activity.last)}" if activity.last else ""
    return f"{counted(activity.pieces, 'piece')} by {counted(activity.authors, 'author')}{last}"


def overview(request: Request, deps: Deps) -> Reply:
    """All issues with their activity."""
    active = deps.store.issues.activity(request.team)
    if not active:
        return Reply("No piece is filed under an issue yet. Add one with /library add.")
    listed = [blocks.line(blocks.text(a.issue.name, "bold"), blocks.text(f" — {_counted(a)}")) for a in active[:40]]
    return Reply("Issues in the library", blocks.fit((blocks.rich(blocks.bullets(*listed)),)))
