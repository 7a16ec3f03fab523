"""/views: what somebody argues, or what is attributed to them."""

from __future__ import annotations

from bot import views as mind
from bot.errors import Misunderstood
from bot.models import Issue, Person, StatementKind, Voice
from bot.records import Filters, Subject
from bot.views import Comparison, IssueViews, Views
from handlers import asked, blocks, cards
from handlers.answer import Deps, Reply, Request
from handlers.blocks import Block
from handlers.cards import counted

LINES_AN_ISSUE = 3
ISSUES_A_PAGE = 4
READ = 200
"""Lines read of one person: more than is ever shown, few enough for one indexed read."""


def answer(request: Request, deps: Deps) -> Reply:
    """Issue by issue somebody's strongest statements, newest issue first; two people side by side with "vs"."""
    wanted = asked.views_in(request.text)
    if not wanted.people:
        return offer(request, deps)
    issue = deps.store.issues.get(request.team, wanted.issue) if wanted.issue else None
    found = [gather(request.team, deps.store.people.get(request.team, name), issue, Filters(since=wanted.since), deps) for name in wanted.people]
    if len(found) == 2:
        return _compared(mind.compare(found[0], found[1], issue))
    return _shown(found[0], issue, request.page)


def gather(team: str, person: Person, issue: Issue | None, filters: Filters, deps: Deps) -> Views:
    """Somebody's own positions; for somebody who wrote nothing, what is attributed to them."""
    store, slug = deps.store, issue.slug if issue else None
    written = store.articles.select(team, Filters(authors=(person.id,), since=filters.since), limit=READ).items
    if written:
        kinds = tuple(kind for kind in StatementKind if kind is not StatementKind.FACT)
        page = store.statements.lines(team, author=person.id, issue=slug, voice=Voice.OWN, kinds=kinds, filters=filters, limit=READ)
    else:
        page = store.statements.lines(team, source=person.id, issue=slug, filters=filters, limit=READ)
    issues = {i.slug: i for i in store.issues.all(team)}
    return mind.gather(person, written, page.items, {slug: issues[slug]} if slug else issues)


def _shown(views: Views, issue: Issue | None, page: int) -> Reply:
    shown: list[Block] = [_who(views)]
    groups = views.groups[page * ISSUES_A_PAGE : (page + 1) * ISSUES_A_PAGE]
    if not groups:
        shown.append(blocks.section(_nothing(views, issue)))
    for group in groups:
        shown += _group(group)
    left = len(views.groups) - (page + 1) * ISSUES_A_PAGE
    if left > 0:
        shown.append(blocks.context(f"{left} more issues"))
    subject = Subject(person=views.person.id, issue=issue.slug if issue else None, pieces=tuple(p.id for p in views.pieces[:10]))
    return Reply(blocks.escape(f"Views of {views.person.name}"), blocks.fit(shown), subject=subject)


def _who(views: Views) -> Block:
    parts = [blocks.line(blocks.text(views.person.name, "bold"), blocks.text(f" — {views.person.role}" if views.person.role else ""))]
    if views.person.bio:
        parts.append(blocks.line(blocks.text(views.person.bio, "italic")))
    period = f", {cards.day(views.period[0])} to {cards.day(views.period[1])}" if views.period else ""
    wrote = f"{counted(len(views.pieces), 'piece')}{period}"
    only = "Has written nothing here; this is what others attribute to them" + period
    parts.append(blocks.line(blocks.text(only if views.only_quoted else wrote)))
    return blocks.rich(*parts)


def _group(group: IssueViews) -> tuple[Block, ...]:
    name = group.issue.name if group.issue else "Not filed under an issue"
    count = f" — {counted(len(group.lines), 'statement')} in {counted(group.pieces, 'piece')}"
    head = blocks.rich(blocks.line(blocks.text(name, "bold"), blocks.text(count)))
    return (head, *cards.cited(group.lines[:LINES_AN_ISSUE]))


def _nothing(views: Views, issue: Issue | None) -> str:
    on = f" on {blocks.escape(issue.name)}" if issue else ""
    verb = "is quoted with nothing" if views.only_quoted else "has written nothing"
    return f"{blocks.escape(views.person.name)} {verb} here{on}."


def _compared(comparison: Comparison) -> Reply:
    shown: list[Block] = []
    for views in (comparison.left, comparison.right):
        shown.append(_who(views))
        lines = [line for group in views.groups for line in group.lines][:LINES_AN_ISSUE]
        shown += cards.cited(lines) or (blocks.section(_nothing(views, comparison.issue)),)
    if comparison.meet:
        shown.append(blocks.context("Both " + ", ".join(f"{stance} {name}" for name, stance in comparison.meet)))
    if comparison.part:
        shown.append(blocks.context("They part over " + ", ".join(comparison.part)))
    names = f"{comparison.left.person.name} and {comparison.right.person.name}"
    return Reply(blocks.escape(f"{names} side by side"), blocks.fit(shown))


def offer(request: Request, deps: Deps) -> Reply:
    """The authors to pick from."""
    authors = deps.store.people.authors(request.team, 20)
    if not authors:
        raise Misunderstood("Whose views? Type /views and a name. The library has no author yet: add a piece with /library add.")
    listed = [blocks.line(blocks.text(f"{person.name} — {counted(n, 'piece')}")) for person, n in authors]
    return Reply("Authors", (blocks.section("Whose views? Type `/views` and a name."), blocks.rich(blocks.bullets(*listed))))
