"""/issue: who argues what about an issue; where the words name none, the nearest issues, or the pieces that have the words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot import issue as mind
from bot.errors import IssueNotFound
from bot.issue import IssueAnswer, Position
from bot.models import POSITIONS, Issue, Voice
from bot.query import parse
from bot.records import Filters, IssueActivity, Subject
from handlers import asked, blocks, buttons, cards, charts, help, inputs, library, views
from handlers.answer import Ask, Deps, Reply, Request
from handlers.asked import AskedIssue
from handlers.blocks import Block, Item, Later
from handlers.cards import counted

AUTHORS_A_PAGE = 4
QUOTED = 4
READ, READ_QUOTED = 200, 40
"""Statements read of an issue's authors, and of those whom they quote: more than is ever shown, few enough for an indexed read each."""
CAMPS = 2
ISSUES_A_PAGE = 20
RELATED = 5
NEAREST = 5


def answer(request: Request, deps: Deps) -> Reply:
    """How many pieces, by whom, when; what each author argues; what actors are quoted as saying; related issues."""
    if help.is_asked(request.text):
        return help.about("/issue")(request, deps)
    wanted = asked.issue_in(request.text)
    whole = deps.store.issues.find(request.team, asked.read(request.text))  # an issue of one's own may be called "Rule by decree"
    if whole is not None:
        return _of_issue(whole, AskedIssue(whole.name, None, None, None), request, deps)
    if not wanted.words:
        return overview(wanted, request, deps)
    issue = deps.store.issues.find(request.team, wanted.words)
    return _of_issue(issue, wanted, request, deps) if issue is not None else _nearest(wanted, request, deps)


def _of_issue(issue: Issue, wanted: AskedIssue, request: Request, deps: Deps) -> Reply:
    store, team = deps.store, request.team
    filters, narrowed = _narrowed(wanted, request, deps)
    activity = store.issues.activity_of(team, issue.slug, filters)
    lines = partial(store.statements.lines, team, issue=issue.slug, filters=filters, total=False)
    own = lines(voice=Voice.OWN, kinds=POSITIONS, limit=READ).items
    said = lines(voice=Voice.ATTRIBUTED, order="strongest", limit=READ_QUOTED).items
    found = mind.answer(activity, (*own, *said), [other for other, _ in store.issues.related(team, issue.slug, RELATED)])
    above: list[Block] = [
        blocks.rich(blocks.line(blocks.text(issue.name, "bold"), blocks.text(narrowed or " ")), blocks.line(blocks.text(_counted(activity))))
    ]
    if request.page == 0 and (chart := charts.activity(store.issues.months(team, issue.slug, filters))) is not None:
        above.append(chart)
    items = _items(found)
    if not items:
        above.append(blocks.section(_nothing(activity, issue, narrowed)))
    shown, left = blocks.turn(items, request.page, AUTHORS_A_PAGE, above)
    gist = blocks.escape(f"{issue.name}{narrowed}: {_counted(activity)}")
    if found.related and not left:
        shown = (*shown, blocks.context("Related: " + ", ".join(other.name for other in found.related)))
    subject = Subject(issue=issue.slug, person=filters.authors[0] if filters.authors else None)
    return Reply(gist, shown, subject=subject, ask=request.ask, more=left)


def _narrowed(wanted: AskedIssue, request: Request, deps: Deps) -> tuple[Filters, str]:
    """The filters that were typed, and how to say them."""
    author = views.find(request.team, wanted.author, deps) if wanted.author else None
    outlets = (_outlet(request, deps, wanted.outlet),) if wanted.outlet else ()
    parts = (
        f" by {author.name}" if author else "",
        f" in {outlets[0]}" if outlets else "",
        f" since {cards.day(wanted.since)}" if wanted.since else "",
    )
    return Filters(authors=(author.id,) if author else (), outlets=outlets, since=wanted.since), "".join(parts)


def _items(found: IssueAnswer) -> Later:
    """Where authors part, then each author, then whom they quote."""
    items: list[Callable[[], Item]] = []
    camps = [
        blocks.context(f"On {camp.over}: {', '.join(camp.in_favour)} in favour; {', '.join(camp.against)} against") for camp in found.camps[:CAMPS]
    ]
    opposed = [found.opposed.left, found.opposed.right] if found.opposed is not None else []
    if opposed or camps:
        items.append(lambda: (_head("Where they part"), *camps, *cards.cited(opposed)))
    items += [partial(_of_author, position) for position in found.positions]
    if found.quoted:
        items.append(lambda: (_head("Quoted in these pieces"), *cards.cited(lines[0] for _, lines in found.quoted[:QUOTED])))
    return Later(items)


def _head(words: str) -> Block:
    return blocks.rich(blocks.line(blocks.text(words, "bold")))


def _of_author(position: Position) -> Item:
    count = f" — {counted(len(position.lines), 'statement')} in {counted(position.pieces, 'piece')}"
    name = blocks.clip(cards.byline(position.lines[0].piece), 200)
    head = blocks.rich(blocks.line(blocks.text(name, "bold"), blocks.text(count)))
    return (head, *cards.cited(position.leading))


# --- where no issue is called so --------------------------------------------------------------------------------------


def _nearest(wanted: AskedIssue, request: Request, deps: Deps) -> Reply:
    """The issues with words like these, those with pieces first; without any, the pieces that have the words. Says which it is."""
    store, team = deps.store, request.team
    typed = blocks.clip(wanted.words, 80)
    written = dict(store.issues.active(team))
    near = store.issues.near(team, wanted.words, 4 * NEAREST)
    first = sorted(near, key=lambda issue: issue.slug not in written)  # the nearest stay first among equals
    active = [store.issues.activity_of(team, issue.slug) for issue in first[:NEAREST]]
    if not active:
        return _searched(wanted, request, deps)
    said = f"No issue is called “{typed}”; nearest: {', '.join(activity.issue.name for activity in active)}."
    shown = [blocks.section(blocks.escape(said))]
    for activity in active:
        words = f"*{blocks.escape(blocks.clip(activity.issue.name, 100))}* — {_counted(activity)}"
        shown.append(blocks.section(words, accessory=_fitting("Show", "/issue", activity.issue.name + _tail(wanted))))
    shown.append(blocks.section("The pieces that have the words", accessory=_fitting("Search", "/library", f"search {wanted.words}")))
    return Reply(blocks.escape(said), tuple(shown))


def _fitting(label: str, command: str, text: str) -> Block | None:
    """A button that asks; None when what was typed is too long to travel in one."""
    return buttons.ask_button(label, command, text) if Ask(command, text).encode() else None


def _searched(wanted: AskedIssue, request: Request, deps: Deps) -> Reply:
    filters, narrowed = _narrowed(wanted, request, deps)
    query = parse(wanted.words, deps.now().date())
    found = deps.store.search.find(request.team, query, filters, limit=library.A_PAGE, offset=request.page * library.A_PAGE)
    typed = blocks.clip(wanted.words, 80)
    if not found.hits:
        hint = f" Did you mean “{found.did_you_mean}”?" if found.did_you_mean else ""
        raise IssueNotFound(f"No issue is called “{typed}”, and no piece{narrowed} has these words.{hint} `/issue` alone lists all issues.")
    reply = library.listed(found, typed, request)
    said = f"No issue fits “{typed}”; these pieces{narrowed} have the words."
    return replace(reply, text=blocks.escape(said), blocks=(blocks.section(blocks.escape(said)), *reply.blocks))


def _tail(wanted: AskedIssue) -> str:
    """The filters as they were typed, for the same question about another issue."""
    parts = (
        f' outlet:"{wanted.outlet}"' if wanted.outlet else "",
        f" since {wanted.since.isoformat()}" if wanted.since else "",
        f" by {wanted.author}" if wanted.author else "",
    )
    return "".join(parts)


# --- in words ---------------------------------------------------------------------------------------------------------


def _counted(activity: IssueActivity) -> str:
    if not activity.pieces:
        return "nothing in the library yet"
    last = f", the latest of {cards.day(activity.last)}" if activity.last else ""
    some = " or more" if activity.more_authors else ""
    by = f" by {counted(activity.authors, 'author')}{some}" if activity.authors else ", no author stated"
    return f"{counted(activity.pieces, 'piece')}{by}{last}"


def _nothing(activity: IssueActivity, issue: Issue, narrowed: str) -> str:
    if activity.pieces:
        return f"The pieces filed under {blocks.escape(issue.name)}{blocks.escape(narrowed)} report on it without taking a position."
    return f"No piece{blocks.escape(narrowed)} is filed under {blocks.escape(issue.name)} yet."


def _outlet(request: Request, deps: Deps, typed: str) -> str:
    """The outlet as it is spelled in the library: the one that is typed, else one that contains it."""
    known = [name for name, _ in deps.store.articles.outlets(request.team)]
    low = typed.casefold()
    return next((name for name in known if name.casefold() == low), next((name for name in known if low in name.casefold()), typed))


def overview(wanted: AskedIssue, request: Request, deps: Deps) -> Reply:
    """All issues with their activity."""
    filters, narrowed = _narrowed(wanted, request, deps)
    store, team = deps.store, request.team
    known = {issue.slug: issue for issue in store.issues.all(team)}
    active = [(known[slug], pieces) for slug, pieces in store.issues.active(team, filters) if slug in known]
    if not active and narrowed:
        return Reply(f"No piece{blocks.escape(narrowed)} is filed under an issue.")
    if not active:
        return Reply("No piece is filed under an issue yet. Add one with `/library add`.")
    items = Later([partial(_listed, store.issues.activity_of, team, issue.slug, filters) for issue, _ in active])
    choices = [(Ask("/issue", issue.name + _tail(wanted)).encode() or "", f"{issue.name} ({pieces})") for issue, pieces in active]
    choices = [choice for choice in choices if len(choice[0]) <= inputs.OPTION]
    head = f"{counted(len(active), 'issue')}{blocks.escape(narrowed)}, most written about first. Pick one, or type `/issue` and its name."
    above = [blocks.section(head, blocks.menu("Pick one", buttons.ASK, inputs.options(choices)))] if choices else [blocks.section(head)]
    shown, left = blocks.turn(items, request.page, ISSUES_A_PAGE, above)
    return Reply("Issues in the library", shown, ask=request.ask, more=left)


def _listed(count: Callable[[str, str, Filters], IssueActivity], team: str, slug: str, filters: Filters) -> Item:
    activity = count(team, slug, filters)
    return (blocks.rich(blocks.line(blocks.text(activity.issue.name, "bold"), blocks.text(f" — {_counted(activity)}"))),)
