"""/issue: who argues what about an issue; where the words name none, the nearest issues, or the pieces that have the words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot import issue as mind
from bot.errors import IssueNotFound
from bot.issue import IssueAnswer, Position
from bot.models import POSITIONS, Issue, Voice
from bot.records import Filters, IssueActivity, Query, Subject, Term
from bot.wording import dates, say
from handlers import asked, blocks, buttons, cards, charts, help, inputs, library, views
from handlers.answer import Ask, Deps, Reply, Request
from handlers.asked import AskedIssue
from handlers.blocks import Block, Item, Later

AUTHORS_A_PAGE = 4
QUOTED = 4
READ, READ_QUOTED = 150, 30
"""Statements read of an issue's authors, and of those whom they quote: more than is ever shown, few enough for an indexed read each."""
CAMPS = 2
ISSUES_A_PAGE = 20
RELATED = 5
NEAREST = 5


def answer(request: Request, deps: Deps) -> Reply:
    """How many pieces, by whom, when; what each author argues; what actors are quoted as saying; related issues."""
    if help.is_asked(request.text):
        return help.about("/issue")(request, deps)
    wanted = asked.issue_in(request.text, deps.now().date())
    whole = deps.store.issues.find(request.team, asked.read(request.text))  # an issue of one's own may be called "Rule by decree"
    if whole is not None:
        return _of_issue(whole, AskedIssue(whole.name), request, deps)
    if not wanted.words:
        return overview(wanted, request, deps)
    issue = deps.store.issues.find(request.team, wanted.words)
    if issue is not None:
        return _of_issue(issue, wanted, request, deps)
    likely = deps.store.issues.likely(request.team, wanted.words)
    if likely is None:
        return _nearest(wanted, request, deps)
    reply = _of_issue(likely, wanted, request, deps)
    taken = blocks.context(say("search.issue_taken_for", typed=blocks.clip(wanted.words, 80), issue=likely.name))
    return replace(reply, blocks=blocks.fit((taken, *reply.blocks))) if request.page == 0 and reply.blocks else reply


def _of_issue(issue: Issue, wanted: AskedIssue, request: Request, deps: Deps) -> Reply:
    store, team = deps.store, request.team
    filters, narrowed = _narrowed(wanted, request, deps)
    activity = store.issues.activity_of(team, issue.slug, filters)
    lines = partial(store.statements.lines, team, issue=issue.slug, filters=filters, total=False)
    own = lines(voice=Voice.OWN, kinds=POSITIONS, limit=READ).items
    said = lines(voice=Voice.ATTRIBUTED, order="strongest", limit=READ_QUOTED).items
    found = mind.answer(activity, (*own, *said), [other for other, _ in store.issues.related(team, issue.slug, RELATED)])
    above: list[Block] = [
        blocks.rich(
            blocks.line(blocks.text(issue.name, "bold"), blocks.text(f" {narrowed}")),
            *((blocks.line(blocks.text(_counted(activity))),) if activity.pieces else ()),
        )
    ]
    if request.page == 0 and (chart := charts.activity(store.issues.months(team, issue.slug, filters))) is not None:
        above.append(chart)
    items = _items(found)
    if not activity.pieces and (named := _only_named(issue, wanted, request, deps)) is not None:
        return named
    if not items:
        above.append(blocks.section(_nothing(activity, issue, narrowed)))
    shown, left = blocks.turn(items, request.page, AUTHORS_A_PAGE, above)
    gist = blocks.escape(say("issue.gist", issue=issue.name, narrowed=narrowed, counted=_counted(activity)))
    if found.related and not left:
        shown = (*shown, blocks.context(say("issue.related", issues=", ".join(other.name for other in found.related))))
    opposed = [found.opposed.left, found.opposed.right] if found.opposed is not None else []
    stated = [*opposed, *(line for position in found.positions for line in position.leading)]
    subject = Subject(
        issue=issue.slug,
        person=filters.authors[0] if filters.authors else None,
        pieces=tuple(dict.fromkeys(line.piece.id for line in stated))[:views.NEWEST],
    )
    subscribing = (blocks.button(say("button.subscribe"), buttons.SUBSCRIBE_ON, issue.slug),)
    return Reply(gist, shown, subject=subject, ask=request.ask, more=left, buttons=subscribing)


def _narrowed(wanted: AskedIssue, request: Request, deps: Deps) -> tuple[Filters, str]:
    """The filters that were typed, and how to say them."""
    author = views.find(request.team, wanted.author, deps) if wanted.author else None
    outlets = (library.outlet(request.team, wanted.outlet, deps),) if wanted.outlet else ()
    parts = (
        say("narrowed.by", author=author.name) if author else "",
        say("narrowed.in", outlet=outlets[0]) if outlets else "",
        dates.within(wanted.when.since, wanted.when.until),
    )
    filters = Filters(authors=(author.id,) if author else (), outlets=outlets, since=wanted.when.since, until=wanted.when.until)
    return filters, " ".join(filter(None, parts))


def _items(found: IssueAnswer) -> Later:
    """Where authors part, then each author, then whom they quote."""
    items: list[Callable[[], Item]] = []
    camps = [
        blocks.context(say("issue.camps", name=camp.over, in_favour=", ".join(camp.in_favour), against=", ".join(camp.against)))
        for camp in found.camps[:CAMPS]
    ]
    opposed = [found.opposed.left, found.opposed.right] if found.opposed is not None else []
    if opposed or camps:
        items.append(lambda: (_head(say("issue.where_they_part")), *camps, *cards.cited(opposed)))
    items += [partial(_of_author, position) for position in found.positions]
    if found.quoted:
        items.append(lambda: (_head(say("issue.quoted")), *cards.cited(lines[0] for _, lines in found.quoted[:QUOTED])))
    return Later(items)


def _head(words: str) -> Block:
    return blocks.rich(blocks.line(blocks.text(words, "bold")))


def _of_author(position: Position) -> Item:
    count = f" — {say('issue.of_author', statements=len(position.lines), pieces=position.pieces)}"
    name = blocks.clip(cards.byline(position.lines[0].piece), 200)
    head = blocks.rich(blocks.line(blocks.text(name, "bold"), blocks.text(count)))
    return (head, *cards.cited(position.leading))


# --- where no issue is called so --------------------------------------------------------------------------------------


def _nearest(wanted: AskedIssue, request: Request, deps: Deps) -> Reply:
    """The issues with words like these, those with pieces first; where none of them has a piece, the pieces that have the words. Says which."""
    store, team = deps.store, request.team
    typed = blocks.clip(wanted.words, 80)
    written = dict(store.issues.active(team))
    near = store.issues.near(team, wanted.words, 4 * NEAREST)
    first = sorted(near, key=lambda issue: issue.slug not in written)  # the nearest stay first among equals
    active = [store.issues.activity_of(team, issue.slug) for issue in first[:NEAREST]]
    if not any(activity.pieces for activity in active):
        try:
            return _searched(wanted, request, deps)
        except IssueNotFound:
            if not active:
                raise
    said = say("issue.nearest", typed=typed, issues=", ".join(activity.issue.name for activity in active))
    shown = [blocks.section(blocks.escape(said))]
    for activity in active:
        words = f"*{blocks.escape(blocks.clip(activity.issue.name, 100))}* — {_counted(activity)}"
        shown.append(blocks.section(words, accessory=_fitting(say("button.show"), "/issue", activity.issue.name + _tail(wanted))))
    searching = _fitting(say("button.search"), "/library", f"search {wanted.words}")
    shown.append(blocks.section(say("issue.have_words"), accessory=searching))
    return Reply(blocks.escape(said), tuple(shown))


def _fitting(label: str, command: str, text: str) -> Block | None:
    """A button that asks; None when what was typed is too long to travel in one."""
    return buttons.ask_button(label, command, text) if Ask(command, text).encode() else None


def _searched(wanted: AskedIssue, request: Request, deps: Deps) -> Reply:
    filters, narrowed = _narrowed(wanted, request, deps)
    from bot.query import parse  # not needed before somebody searches

    query = parse(wanted.words, deps.now().date())
    found = deps.store.search.find(request.team, query, filters, limit=library.A_PAGE, offset=request.page * library.A_PAGE)
    typed = blocks.clip(wanted.words, 80)
    if not found.hits:
        meant = say("search.did_you_mean", words=found.did_you_mean) if found.did_you_mean else ""
        raise IssueNotFound("issue.nothing_has_words", typed=typed, narrowed=narrowed, meant=meant)
    reply = library.listed(found, typed, request)
    said = say("issue.pieces_with_words", typed=typed, narrowed=narrowed)
    return replace(reply, text=blocks.escape(said), blocks=(blocks.section(blocks.escape(said)), *reply.blocks))


def _only_named(issue: Issue, wanted: AskedIssue, request: Request, deps: Deps) -> Reply | None:
    """The pieces that have an issue's name although none is filed under it."""
    filters, narrowed = _narrowed(wanted, request, deps)
    names = tuple(Term(form, phrase=True) for form in (issue.name, *issue.aliases))
    query = Query(issue.name, all=(names,))
    found = deps.store.search.find(request.team, query, filters, limit=library.A_PAGE, offset=request.page * library.A_PAGE)
    if not found.hits or found.relaxed:
        return None
    reply = library.listed(found, issue.name, request)
    said = say("issue.only_named", issue=issue.name, narrowed=narrowed)
    subject = Subject(issue=issue.slug)
    return replace(reply, text=blocks.escape(said), blocks=(blocks.section(blocks.escape(said)), *reply.blocks), subject=subject)


def _tail(wanted: AskedIssue) -> str:
    """The filters as they were typed, for the same question about another issue."""
    parts = (
        f' outlet:"{wanted.outlet}"' if wanted.outlet else "",
        str(wanted.when),
        f" by {wanted.author}" if wanted.author else "",
    )
    return "".join(parts)


# --- in words ---------------------------------------------------------------------------------------------------------


def _counted(activity: IssueActivity) -> str:
    if not activity.pieces:
        return say("issue.nothing_yet")
    latest = say("issue.latest", day=dates.day(activity.last)) if activity.last else ""
    if not activity.authors:
        counted = say("issue.counted_unsigned", pieces=activity.pieces, latest=latest)
    elif activity.more_authors:
        counted = say("issue.counted_more", pieces=activity.pieces, authors=activity.authors, latest=latest)
    else:
        counted = say("issue.counted", pieces=activity.pieces, authors=activity.authors, latest=latest)
    unsigned = say("issue.unsigned", n=activity.unsigned) if activity.unsigned and activity.authors and not activity.more_authors else ""
    undated = say("issue.undated", n=activity.undated) if activity.undated else ""
    return counted + unsigned + undated


def _nothing(activity: IssueActivity, issue: Issue, narrowed: str) -> str:
    if activity.pieces:
        return say("issue.no_position", issue=blocks.escape(issue.name), narrowed=blocks.escape(narrowed))
    return say("issue.no_piece", issue=blocks.escape(issue.name), narrowed=blocks.escape(narrowed))


def overview(wanted: AskedIssue, request: Request, deps: Deps) -> Reply:
    """All issues with their activity."""
    filters, narrowed = _narrowed(wanted, request, deps)
    store, team = deps.store, request.team
    known = {issue.slug: issue for issue in store.issues.all(team)}
    active = [(known[slug], pieces) for slug, pieces in store.issues.active(team, filters) if slug in known]
    if not active and narrowed:
        return Reply(say("issue.none_narrowed", narrowed=blocks.escape(narrowed)))
    if not active:
        return Reply(say("issue.none"))
    items = Later([partial(_listed, store.issues.activity_of, team, issue.slug, filters) for issue, _ in active])
    choices = [(Ask("/issue", issue.name + _tail(wanted)).encode() or "", f"{issue.name} ({pieces})") for issue, pieces in active]
    choices = [choice for choice in choices if len(choice[0]) <= inputs.OPTION]
    head = say("issue.pick", issues=len(active), narrowed=blocks.escape(narrowed))
    above = [blocks.section(head, blocks.menu(say("button.pick_one"), buttons.ASK, inputs.options(choices)))] if choices else [blocks.section(head)]
    shown, left = blocks.turn(items, request.page, ISSUES_A_PAGE, above)
    return Reply(say("issue.overview"), shown, ask=request.ask, more=left)


def _listed(count: Callable[[str, str, Filters], IssueActivity], team: str, slug: str, filters: Filters) -> Item:
    activity = count(team, slug, filters)
    return (blocks.rich(blocks.line(blocks.text(activity.issue.name, "bold"), blocks.text(f" — {_counted(activity)}"))),)
