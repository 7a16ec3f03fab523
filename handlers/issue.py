"""/issue: who argues what about an issue."""

from __future__ import annotations

from bot.models import Issue, Line, StatementKind, Voice
from bot.records import Filters, IssueActivity, Subject
from handlers import asked, blocks, buttons, cards, charts, help, inputs, views
from handlers.answer import Ask, Deps, Reply, Request
from handlers.blocks import Block, Item
from handlers.cards import counted

AUTHORS_A_PAGE = 4
LINES_AN_AUTHOR = 2
QUOTED = 4
READ = 200
ISSUES_A_PAGE = 20
RELATED = 5

POSITIONS = tuple(kind for kind in StatementKind if kind is not StatementKind.FACT)


def answer(request: Request, deps: Deps) -> Reply:
    """How many pieces, by whom, when; what each author argues; what actors are quoted as saying; related issues."""
    if help.is_asked(request.text):
        return help.about("/issue")(request, deps)
    wanted = asked.issue_in(request.text)
    if not wanted.words:
        return overview(request, deps)
    store, team = deps.store, request.team
    issue = store.issues.get(team, wanted.words)
    author = views.find(team, wanted.author, deps) if wanted.author else None
    outlets = (_outlet(request, deps, wanted.outlet),) if wanted.outlet else ()
    filters = Filters(authors=(author.id,) if author else (), outlets=outlets, since=wanted.since)
    activity = store.issues.activity_of(team, issue.slug, filters)
    own = store.statements.lines(team, issue=issue.slug, voice=Voice.OWN, kinds=POSITIONS, filters=filters, limit=READ).items
    said = store.statements.lines(team, issue=issue.slug, voice=Voice.ATTRIBUTED, filters=filters, order="strongest", limit=QUOTED).items
    narrowed = "".join(
        [f" by {author.name}" if author else "", f" in {outlets[0]}" if outlets else "", f" since {cards.day(wanted.since)}" if wanted.since else ""]
    )
    above: list[Block] = [
        blocks.rich(blocks.line(blocks.text(issue.name, "bold"), blocks.text(narrowed or " ")), blocks.line(blocks.text(_counted(activity))))
    ]
    if request.page == 0 and (chart := charts.activity(store.issues.months(team, issue.slug, filters))) is not None:
        above.append(chart)
    items: list[Item] = [_of_author(name, lines) for name, lines in _by_author(own)]
    if said:
        items.append((blocks.rich(blocks.line(blocks.text("Quoted in these pieces", "bold"))), *cards.cited(said)))
    if not items:
        above.append(blocks.section(_nothing(activity, issue, narrowed)))
    shown, left = blocks.turn(items, request.page, AUTHORS_A_PAGE, above)
    gist = blocks.escape(f"{issue.name}{narrowed}: {_counted(activity)}")
    related = [other for other, _ in store.issues.related(team, issue.slug, RELATED)] if not left else []
    if related:
        shown = (*shown, blocks.context("Related: " + ", ".join(other.name for other in related)))
    subject = Subject(issue=issue.slug, person=author.id if author else None)
    return Reply(gist, shown, subject=subject, ask=request.ask, more=left)


def _by_author(lines: tuple[Line, ...]) -> list[tuple[str, list[Line]]]:
    """Each author with their strongest lines; whoever wrote last comes first, and nobody is left out for standing alone."""
    by: dict[str, list[Line]] = {}
    for line in lines:  # newest first
        by.setdefault(cards.byline(line.piece), []).append(line)
    return [(name, sorted(of, key=lambda line: -line.strength)) for name, of in by.items()]


def _of_author(name: str, lines: list[Line]) -> Item:
    pieces = len({line.piece.id for line in lines})
    count = f" — {counted(len(lines), 'statement')} in {counted(pieces, 'piece')}"
    head = blocks.rich(blocks.line(blocks.text(blocks.clip(name, 200), "bold"), blocks.text(count)))
    return (head, *cards.cited(lines[:LINES_AN_AUTHOR]))


def _counted(activity: IssueActivity) -> str:
    if not activity.pieces:
        return "nothing in the library yet"
    last = f", the latest of {cards.day(activity.last)}" if activity.last else ""
    return f"{counted(activity.pieces, 'piece')} by {counted(activity.authors, 'author')}{last}"


def _nothing(activity: IssueActivity, issue: Issue, narrowed: str) -> str:
    if activity.pieces:
        return f"The pieces filed under {blocks.escape(issue.name)}{blocks.escape(narrowed)} report on it without taking a position."
    return f"No piece{blocks.escape(narrowed)} is filed under {blocks.escape(issue.name)} yet."


def _outlet(request: Request, deps: Deps, typed: str) -> str:
    """The outlet as it is spelled in the library: the one that is typed, else one that contains it."""
    known = [name for name, _ in deps.store.articles.outlets(request.team)]
    low = typed.casefold()
    return next((name for name in known if name.casefold() == low), next((name for name in known if low in name.casefold()), typed))


def overview(request: Request, deps: Deps) -> Reply:
    """All issues with their activity."""
    active = deps.store.issues.activity(request.team)
    if not active:
        return Reply("No piece is filed under an issue yet. Add one with `/library add`.")
    items = [(blocks.rich(blocks.line(blocks.text(a.issue.name, "bold"), blocks.text(f" — {_counted(a)}"))),) for a in active]
    choices = [(Ask("/issue", a.issue.name).encode() or "", f"{a.issue.name} ({a.pieces})") for a in active]
    choices = [choice for choice in choices if len(choice[0]) <= inputs.OPTION]
    head = f"{counted(len(active), 'issue')}, most written about first. Pick one, or type `/issue` and its name."
    above = [blocks.section(head, blocks.menu("Pick one", buttons.ASK, inputs.options(choices)))] if choices else [blocks.section(head)]
    shown, left = blocks.turn(items, request.page, ISSUES_A_PAGE, above)
    return Reply("Issues in the library", shown, ask=request.ask, more=left)
