"""/views: what somebody argues, or what is attributed to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot import views as mind
from bot.errors import PersonNotFound
from bot.models import POSITIONS, Issue, Person, StatementKind, Voice
from bot.records import Filters, Subject
from bot.views import Comparison, IssueViews, Views
from bot.wording import dates, say
from handlers import asked, blocks, buttons, cards, charts, help, inputs, library
from handlers.answer import Ask, Deps, Reply, Request
from handlers.blocks import Block, Item

LINES_AN_ISSUE = 3
LINES_ON_ONE_ISSUE = 8
ISSUES_A_PAGE = 4
READ = 200
"""Lines read of one person: more than is ever shown, few enough for one indexed read."""
NEWEST = 10
"""Pieces of theirs that a question which follows may be about."""
OFFERED = 20
NAMED = 5
"""Pieces listed that name an issue on which their author takes no position."""

_COUNTED = frozenset({StatementKind.RECOMMENDATION, StatementKind.PREDICTION, StatementKind.JUDGEMENT})
"""Kinds of which it is told how many there are."""


def answer(request: Request, deps: Deps) -> Reply:
    """Issue by issue somebody's strongest statements, newest issue first; two people side by side with "vs"."""
    if help.is_asked(request.text):
        return help.about("/views")(request, deps)
    wanted = asked.views_in(request.text, deps.now().date())
    if not wanted.people:
        return offer(request, deps)
    people, notes = _people(wanted.people, request, deps)
    issue = deps.store.issues.find(request.team, wanted.issue) if wanted.issue else None
    outlets = (library.outlet(request.team, wanted.outlet, deps),) if wanted.outlet else ()
    narrowed = Filters(outlets=outlets, since=wanted.when.since, until=wanted.when.until)
    found = [gather(request.team, person, issue, narrowed, deps) for person in people]
    if wanted.issue and issue is None:
        found = [mind.naming(views, wanted.issue) for views in found]
        if not any(views.groups for views in found):
            issues = deps.store.issues
            issue = issues.likely(request.team, wanted.issue) or issues.get(request.team, wanted.issue)  # which says which are near
            found = [gather(request.team, person, issue, narrowed, deps) for person in people]
    if len(found) == 1 and narrowed != Filters() and not found[0].groups and not found[0].pieces:
        return replace(_noted(_not_within(found[0], narrowed, request.team, deps), notes), ask=request.ask)
    about = _on(issue) if issue or not wanted.issue else say("narrowed.on", issue=blocks.clip(wanted.issue, 80))
    on = " ".join(filter(None, (about, _narrowed(narrowed))))
    if len(found) == 2:
        return replace(_noted(_compared(mind.compare(found[0], found[1], issue), on), notes), ask=request.ask)
    return replace(_noted(_shown(found[0], on, issue, request.page), notes), ask=request.ask)


def _people(names: Sequence[str], request: Request, deps: Deps) -> tuple[list[Person], list[str]]:
    """The people who are named, and for which of them a misspelt name was taken."""
    people, notes = [], []
    for name in names:
        try:
            people.append(find(request.team, name, deps))
        except PersonNotFound:
            meant = None if name.startswith("#") else deps.store.people.meant(request.team, name)
            if meant is None:
                raise
            people.append(meant)
            notes.append(say("search.taken_for", typed=blocks.clip(name, 80), person=meant.name))
    return people, notes


def _noted(reply: Reply, notes: Sequence[str]) -> Reply:
    return replace(reply, blocks=blocks.fit((*(blocks.context(note) for note in notes), *reply.blocks))) if notes else reply


def find(team: str, words: str, deps: Deps) -> Person:
    """The person whom these words mean; "#3" is an id, as buttons carry it."""
    if words.startswith("#"):
        person = deps.store.people.named(team, words)
        if person is None:
            raise PersonNotFound("views.person_gone")
        return person
    return deps.store.people.get(team, words)


def gather(team: str, person: Person, issue: Issue | None, filters: Filters, deps: Deps) -> Views:
    """Somebody's own positions; for somebody who wrote nothing, what is attributed to them."""
    store, slug = deps.store, issue.slug if issue else None
    theirs = replace(filters, authors=(person.id,))
    written = store.articles.select(team, theirs, limit=NEWEST)
    if written.items:
        page = store.statements.lines(team, author=person.id, issue=slug, voice=Voice.OWN, kinds=POSITIONS, filters=filters, limit=READ, total=False)
    else:
        page = store.statements.lines(team, source=person.id, issue=slug, filters=filters, limit=READ, total=False)
    issues = {i.slug: i for i in store.issues.all(team)}
    views = mind.gather(person, written.items, page.items, {slug: issues[slug]} if slug and slug in issues else issues)
    named = store.issues.mentions_by(team, slug, person.id) if slug and written.items and not views.groups else ()
    dated = store.people.wrote_between(team, person.id, filters.since, filters.until) if written.items and not filters.outlets else None
    return replace(views, mentions=named, wrote=written.total, dated=dated)


def _shown(views: Views, on: str, issue: Issue | None, page: int) -> Reply:
    pieces = [piece.id for piece in views.pieces] or [line.piece.id for group in views.groups for line in group.lines]
    subject = Subject(person=views.person.id, issue=issue.slug if issue else None, pieces=tuple(dict.fromkeys(pieces))[:NEWEST])
    gist = blocks.escape(say("views.gist", person=views.person.name, on=on, wrote=_wrote(views)))
    if not views.groups:
        return Reply(gist, (_who(views), blocks.section(_nothing(views, issue, on))), subject=subject)
    lines = LINES_ON_ONE_ISSUE if len(views.groups) == 1 else LINES_AN_ISSUE
    items: list[Item] = [_group(group, lines) for group in views.groups]
    above: list[Block] = [_who(views)]
    if page == 0 and (chart := charts.issues_by_year(views)) is not None:
        above.append(chart)
    shown, left = blocks.turn(items, page, ISSUES_A_PAGE, above)
    return Reply(gist, shown, subject=subject, more=left)


def _not_within(views: Views, narrowed: Filters, team: str, deps: Deps) -> Reply:
    """Nothing in the period that was asked for; what there is besides."""
    name, subject = blocks.escape(blocks.clip(views.person.name, 200)), Subject(person=views.person.id)
    before = deps.store.articles.select(team, Filters(authors=(views.person.id,)), limit=20)
    latest = ""
    if before.items:
        last = next((piece for piece in before.items if piece.published.value), before.items[0])
        title = blocks.escape(blocks.clip(cards.title(last), 150))
        latest = say("views.latest", pieces=before.total, title=title, date=cards.dated(last))
    said = say("views.nothing_within", person=name, within=blocks.escape(_narrowed(narrowed)), latest=latest)
    return Reply(said, (blocks.section(said),), subject=subject)


def _who(views: Views) -> Block:
    role = f" — {blocks.clip(views.person.role, 200)}" if views.person.role else ""
    parts = [blocks.line(blocks.text(blocks.clip(views.person.name, 200), "bold"), blocks.text(role or " "))]
    if views.person.bio:
        parts.append(blocks.line(blocks.text(blocks.clip(views.person.bio, 600), "italic")))
    parts.append(blocks.line(blocks.text(_wrote(views))))
    return blocks.rich(*parts)


def _wrote(views: Views) -> str:
    """How much there is, when, and of what kind."""
    period = say("views.between", period=dates.period(*views.period)) if views.period else ""
    if views.only_quoted:
        return say("views.only_quoted", statements=sum(len(group.lines) for group in views.groups), period=period)
    kinds = [say(f"counted.{kind}", n=n) for kind, n in views.kinds.items() if kind in _COUNTED]
    return "; ".join(filter(None, (say("views.wrote", pieces=views.wrote, period=period), ", ".join(kinds))))


def _group(group: IssueViews, most: int) -> Item:
    name = group.issue.name if group.issue else say("views.not_filed")
    strongest = say("views.strongest", shown=most) if len(group.lines) > most else ""
    count = say("views.of_issue", statements=len(group.lines), pieces=group.pieces, strongest=strongest)
    head = blocks.rich(blocks.line(blocks.text(name, "bold"), blocks.text(f" — {count}")))
    return (head, *cards.cited(mind.strongest(group.lines, most)))


def _nothing(views: Views, issue: Issue | None, on: str) -> str:
    on = blocks.escape(on)
    name = blocks.escape(blocks.clip(views.person.name, 200))
    if issue and views.pieces:
        return _no_position(name, on, views.mentions)
    return say("views.nothing_attributed", person=name, on=on) if views.only_quoted else say("views.nothing_written", person=name, on=on)


def _narrowed(filters: Filters) -> str:
    """For example "in The Moscow Times since 1 May 2016"."""
    outlet = say("narrowed.in", outlet=filters.outlets[0]) if filters.outlets else ""
    return " ".join(filter(None, (outlet, dates.within(filters.since, filters.until))))


def _on(issue: Issue | None) -> str:
    return say("narrowed.on", issue=issue.name) if issue else ""


def _no_position(name: str, on: str, mentions: Sequence[tuple[int, int]]) -> str:
    """How often the issue is named all the same, and where."""
    if not mentions:
        return say("views.names_nowhere", person=name, on=on)
    where = ", ".join(f"#{piece}" for piece, _ in mentions[:NAMED])
    if len(mentions) > NAMED:
        where = say("views.and_others", pieces=where)
    return say("views.only_names", person=name, on=on, n=sum(times for _, times in mentions), pieces=where)


def _compared(comparison: Comparison, on: str) -> Reply:
    names = say("compared.names", left=comparison.left.person.name, right=comparison.right.person.name)
    shown: list[Block] = [blocks.header(say("compared.heading", names=names, on=on))]
    for views in (comparison.left, comparison.right):
        lines = [line for group in views.groups for line in group.lines]
        strongest = mind.strongest(sorted(lines, key=lambda line: -line.strength), LINES_AN_ISSUE)
        shown.append(_who(views))
        shown += cards.cited(strongest) or (blocks.section(_nothing(views, comparison.issue, on)),)
        shown.append(blocks.divider())
    if comparison.meet:
        meet = ", ".join(say(f"toward.{stance}", name=name) for name, stance in comparison.meet[:8])
        shown.append(blocks.context(say("compared.meet", names=meet)))
    if comparison.part:
        shown.append(blocks.context(say("compared.part", names=", ".join(comparison.part[:8]))))
    if comparison.apart is not None:
        shown += [blocks.context(say("compared.apart")), *cards.cited([comparison.apart.left, comparison.apart.right])]
    if not (comparison.meet or comparison.part or comparison.apart):
        shown.append(blocks.context(say("compared.neither")))
    listed = [line.piece.id for views in (comparison.left, comparison.right) for group in views.groups for line in group.lines]
    subject = Subject(
        person=comparison.left.person.id,
        other=comparison.right.person.id,
        issue=comparison.issue.slug if comparison.issue else None,
        pieces=tuple(dict.fromkeys(listed))[:NEWEST],
    )
    return Reply(blocks.escape(say("compared.gist", names=names, on=on)), blocks.turn([tuple(shown)], 0, 1)[0], subject=subject)


def offer(request: Request, deps: Deps) -> Reply:
    """The authors to pick from."""
    authors = deps.store.people.authors(request.team, OFFERED)
    if not authors:
        return Reply(say("views.no_author"))
    listed = [blocks.line(blocks.text(person.name, "bold"), blocks.text(f" — {say('counted.piece', n=n)}")) for person, n in authors]
    choices = [(Ask("/views", f"#{person.id}").encode() or "", person.name) for person, _ in authors]
    asks = blocks.section(say("views.pick"), blocks.menu(say("button.pick_one"), buttons.ASK, inputs.options(choices)))
    return Reply(say("views.whose"), (asks, blocks.rich(blocks.bullets(*listed))))
