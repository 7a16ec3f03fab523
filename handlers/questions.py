"""Questions that no command answers: what is newer or older, who disagrees, who is quoted, who writes and where, what one piece says of something,
and where an answer stands.

Their text names what they are about by ids, so that a button can ask them again: "#12", "p3", "i:sanctions", "o:The%20Review", "since:2016-01-01".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import unquote

from bot.dissent import Dissent, dissent
from bot.models import POSITIONS, Issue, Line, Person, Piece, Voice
from bot.records import Filters, Subject
from bot.views import names
from bot.wording import dates, say
from handlers import blocks, cards, issue, library
from handlers.answer import Answer, Deps, Reply, Request
from handlers.blocks import Item

READ = 200
A_PAGE = 5
OUTLETS = 25
OF_A_PERSON = 4
"""Issues of somebody that are looked through for one on which others contradict."""

_DAY = re.compile(r"(?P<which>since|until):(?P<day>\d{4}-\d\d-\d\d)")


@dataclass(frozen=True, slots=True)
class _About:
    """What a question is about."""

    piece: Piece | None
    person: Person | None
    issue: Issue | None
    outlet: str | None
    since: date | None
    until: date | None
    behind: Piece | None
    """The last of the pieces that were listed before."""
    words: str
    """The topic in free words, which name no issue."""

    @property
    def filters(self) -> Filters:
        """Which pieces."""
        return Filters(
            (self.issue.slug,) if self.issue else (), (self.person.id,) if self.person else (), (self.outlet,) if self.outlet else (),
            self.since, self.until,
        )  # fmt: skip

    @property
    def named(self) -> str:
        """For example "on Economic sanctions by Ada Venn in The Review"."""
        said = (
            say("narrowed.on", issue=self.issue.name) if self.issue else "",
            say("narrowed.by", author=self.person.name) if self.person else "",
            say("narrowed.in", outlet=self.outlet) if self.outlet else "",
        )
        return " ".join(filter(None, said))


def _read(request: Request, deps: Deps) -> _About:
    store, team = deps.store, request.team
    piece, behind, person, slug, outlet, rest = None, None, None, None, None, []
    days: dict[str, date] = {}
    for word in request.text.split():
        if word.startswith("#") and word[1:].isdigit():
            piece = store.articles.find(team, word)
        elif word.startswith("behind:") and word[7:].isdigit():
            behind = store.articles.find(team, f"#{word[7:]}")
        elif word.startswith("p") and word[1:].isdigit():
            person = store.people.by_id(team, int(word[1:]))
        elif word.startswith("i:"):
            slug = word[2:]
        elif word.startswith("o:"):
            outlet = unquote(word[2:])
        elif match := _DAY.fullmatch(word):
            days[match["which"]] = date.fromisoformat(match["day"])
        else:
            rest.append(word)
    words = " ".join(rest)
    named = store.issues.by_slug(team, slug) if slug else store.issues.likely(team, words) if words else None
    return _About(piece, person, named, outlet, days.get("since"), days.get("until"), behind, "" if named else words)


def _of_piece(about: _About, request: Request, deps: Deps) -> Issue | None:
    """The first issue that a piece is filed under."""
    filed = deps.store.articles.issues(request.team, about.piece.id) if about.piece else ()
    return deps.store.issues.by_slug(request.team, filed[0][0]) if filed else None


def newer(request: Request, deps: Deps) -> Reply:
    """Pieces that came in last, about the subject where there is one."""
    about = _read(request, deps)
    if about.words and about.person is None:
        return _newest_with(about.words, request, deps)
    piece = about.piece
    if piece is not None and about.person is None and about.issue is None:
        about = replace(about, issue=_of_piece(about, request, deps))
    page = deps.store.articles.select(request.team, about.filters, A_PAGE, request.page * A_PAGE)
    within = dates.within(about.since, about.until)
    total = page.total - (piece is not None and any(one.id == piece.id for one in page.items))
    above = say("mention.newest", pieces=total, on=" ".join(filter(None, (about.named, within))))
    if not page.items and within:
        above = say("mention.nothing_within", on=about.named, period=within)
        if about.since and not about.named and (added := _added(about.since, request, deps)):
            return _listed(added, say("mention.added_within", period=within), say("mention.newest_gist", on=""), 0, about, request)
        page = deps.store.articles.select(request.team, replace(about.filters, since=None, until=None), A_PAGE, request.page * A_PAGE)
    items = tuple(one for one in page.items if piece is None or one.id != piece.id)
    if not items:
        on = blocks.escape(about.named)
        return Reply(say("mention.nothing_newer", on=on) if piece is not None or not on else say("mention.nothing_on", on=on))
    return _listed(items, above, say("mention.newest_gist", on=about.named), page.more, about, request)


def _added(since: date, request: Request, deps: Deps) -> tuple[Piece, ...]:
    """The last pieces that came into the library since a day, whenever they were published."""
    return tuple(one for one in deps.store.articles.newest(request.team, 2 * A_PAGE) if one.added_at.date() >= since)


def older(request: Request, deps: Deps) -> Reply:
    """The pieces before those that were listed last; where none were, the newest."""
    about = _read(request, deps)
    behind = about.behind or about.piece
    if behind is None:
        return newer(request, deps)
    filters = about.filters
    if filters == Filters() and about.piece is not None:
        about = replace(about, issue=_of_piece(about, request, deps))
        filters = about.filters
    before = behind.published.value or behind.added_at.date()
    among = deps.store.articles.select(request.team, replace(filters, until=before), READ).items
    place = next((at for at, one in enumerate(among, 1) if one.id == behind.id), 0)
    found = [one for one in among[place:] if one.id != behind.id]
    items = tuple(found[request.page * A_PAGE : (request.page + 1) * A_PAGE])
    if not items:
        return Reply(say("mention.nothing_older", on=blocks.escape(about.named), title=blocks.escape(cards.title(behind))))
    left = len(found) - (request.page + 1) * A_PAGE
    above = say("mention.older", pieces=len(found), on=about.named)
    return _listed(items, above, say("mention.older_gist", on=about.named), max(0, left), about, request)


def oldest(request: Request, deps: Deps) -> Reply:
    """The pieces that were published first."""
    about = _read(request, deps)
    total = deps.store.articles.select(request.team, about.filters, 1).total
    until = total - request.page * A_PAGE
    if until <= 0:
        return Reply(say("mention.nothing_on", on=blocks.escape(about.named)) if about.named else say("library.empty"))
    start = max(0, until - A_PAGE)
    items = deps.store.articles.select(request.team, about.filters, until - start, start).items[::-1]
    said = say("mention.oldest", pieces=total, on=about.named)
    return _listed(items, said, said, start, about, request)


def _listed(items: tuple[Piece, ...], above: str, gist: str, left: int, about: _About, request: Request) -> Reply:
    """Pieces, latest first, and where an undated one comes."""
    if len(items) > 1 and not all(one.published.value for one in items):
        above = f"{above}; {say('mention.undated')}"
    listed = [(blocks.rich(blocks.line(cards.headline(one), blocks.text(f" — {cards.about(one)}"))),) for one in items]
    shown, _ = blocks.turn(listed, 0, A_PAGE, [blocks.context(above)])
    subject = Subject(
        person=about.person.id if about.person else None, issue=about.issue.slug if about.issue else None, pieces=tuple(one.id for one in items)
    )
    return Reply(blocks.escape(gist), shown, subject=subject, ask=request.ask, more=left)


def _newest_with(words: str, request: Request, deps: Deps) -> Reply:
    """The newest pieces that have the words, where these name no issue."""
    found = deps.store.search.find(request.team, words, newest_first=True, limit=library.A_PAGE, offset=request.page * library.A_PAGE)
    if not found.hits:
        return library.answer(replace(request, command="/library", text=f"search {words}"), deps)  # says so, and what is near
    return library.listed(found, blocks.clip(words, 80), request)


def disagree(request: Request, deps: Deps) -> Reply:
    """Who holds otherwise on the same issue: positions that pull apart, else what each of the others argues; none of them judged."""
    about = _read(request, deps)
    if about.words:
        return issue.answer(replace(request, command="/issue", text=about.words), deps)  # the nearest, or the pieces with the words
    held = [about.issue] if about.issue else [_of_piece(about, request, deps)] if about.piece else _issues_of(about, request, deps)
    found = [(one, _dissent(one, about, request, deps)) for one in held if one is not None]
    if not found:
        return Reply(say("mention.disagree_on_what"))
    chosen, said = next(((one, said) for one, said in found if said.pairs), next(((one, said) for one, said in found if said.others), found[0]))
    on = say("narrowed.on", issue=chosen.name)
    if not said.pairs and not said.others:
        return Reply(say("mention.nobody_else", on=blocks.escape(on)))
    whom = about.person.name if about.person else _whose(about.piece) if about.piece else ""
    none = say("mention.none_contradict", on=on, author=whom) if whom else say("mention.none_part", on=on)
    note = blocks.context(say("mention.part", on=on) if said.pairs else none)
    items: list[Item] = [cards.cited([pair.left, pair.right]) for pair in said.pairs]
    for at, line in enumerate(said.others):
        head = (blocks.context(say("mention.others", on=on)),) if said.pairs and not at else ()
        items.append((*head, *cards.cited([line])))
    shown, left = blocks.turn(items, request.page, A_PAGE, [note])
    lines = [line for pair in said.pairs for line in (pair.left, pair.right)]
    subject = Subject(issue=chosen.slug, pieces=tuple(dict.fromkeys(line.piece.id for line in (*lines, *said.others))))
    return Reply(blocks.escape(say("mention.others_gist", on=on)), shown, subject=subject, ask=request.ask, more=left)


def _issues_of(about: _About, request: Request, deps: Deps) -> list[Issue | None]:
    """What somebody writes most about."""
    if about.person is None:
        return []
    profile = deps.store.people.profile(request.team, about.person.id)
    return [deps.store.issues.by_slug(request.team, slug) for slug, _ in profile.issues[:OF_A_PERSON]]


def _dissent(held: Issue, about: _About, request: Request, deps: Deps) -> Dissent:
    store, team = deps.store, request.team
    authors = set(store.articles.author_ids(team, about.piece.id)) if about.piece else {about.person.id} if about.person else set()
    lines = store.statements.lines(team, issue=held.slug, voice=Voice.OWN, kinds=POSITIONS, limit=READ, total=False).items
    among = {line.piece.id for line in lines} if authors else set()
    own = frozenset(id_ for id_ in among if authors & set(store.articles.author_ids(team, id_))) | ({about.piece.id} if about.piece else set())
    return dissent(held, lines, own)


def _whose(piece: Piece) -> str:
    """Who signed a piece; its title where nobody did."""
    return cards.byline(piece) if piece.authors.value else say("mention.thing", words=cards.title(piece))


def _once(lines: Iterable[Line]) -> list[Line]:
    """No sentence twice, however many things are said in it."""
    return list({(line.piece.id, line.sentence): line for line in reversed(list(lines))}.values())[::-1]


def quoted(request: Request, deps: Deps) -> Reply:
    """Who is quoted in a piece, with what."""
    piece = _read(request, deps).piece
    if piece is None:
        return Reply(say("mention.quoted_where"))
    found = deps.store.statements.lines(request.team, piece=piece.id, voice=Voice.ATTRIBUTED, limit=READ).items
    lines = _once(line for line in found if line.source)
    if not lines:
        return Reply(say("mention.nobody_quoted", title=blocks.escape(cards.title(piece))), subject=Subject(piece=piece.id))
    shown, left = blocks.turn([cards.cited([line]) for line in lines], request.page, A_PAGE, cards.piece_card(piece))
    said = blocks.escape(say("mention.quoted_in", title=cards.title(piece)))
    return Reply(said, shown, subject=Subject(piece=piece.id), ask=request.ask, more=left)


def within(request: Request, deps: Deps) -> Reply:
    """What one piece says of something: each of its sentences that names it."""
    about = _read(request, deps)
    piece = about.piece
    if piece is None:
        return Reply(say("mention.of_which_piece"))
    store, team = deps.store, request.team
    what = about.issue.name if about.issue else about.words
    words = [about.issue.name, *about.issue.aliases] if about.issue else [about.words.strip('"')]
    filed = {line.sentence for line in store.statements.on_issue(team, piece.id, about.issue.slug, READ)} if about.issue else set()
    lines = [line for line in store.statements.sentences(team, piece.id) if line.sentence in filed or any(names(line.text, form) for form in words)]
    title, named = cards.title(piece), blocks.clip(what, 80)
    said = say("mention.names", title=title, words=named, n=len(lines)) if lines else say("mention.names_not", title=title, words=named)
    subject = Subject(piece=piece.id, issue=about.issue.slug if about.issue else None)
    shown: tuple[Item, ...] = tuple((blocks.rich(*cards.quoted(line)),) for line in lines)
    page, left = blocks.turn(shown, request.page, A_PAGE, [*cards.piece_card(piece), blocks.context(said)])
    return Reply(blocks.escape(said), page, subject=subject, ask=request.ask, more=left)


def source(request: Request, deps: Deps) -> Reply:
    """The pieces in which the last answer stands, with their links."""
    why, *numbers = request.text.split() or [""]
    found = [piece for number in numbers if (piece := deps.store.articles.find(request.team, number)) is not None]
    if not found:
        return Reply(say("mention.source_gone"))
    said = say("mention.why" if why == "why" else "mention.source", n=len(found))
    listed = [(blocks.rich(blocks.line(cards.headline(one), blocks.text(f" — {cards.about(one)}"))),) for one in found]
    shown, left = blocks.turn(listed, request.page, A_PAGE, [blocks.context(said)])
    return Reply(blocks.escape(said), shown, subject=Subject(pieces=tuple(one.id for one in found)), ask=request.ask, more=left)


def who(request: Request, deps: Deps) -> Reply:
    """Who wrote a piece, or who writes about an issue."""
    about = _read(request, deps)
    piece = about.piece
    if piece is not None and about.issue is None:
        said = blocks.escape(f"{cards.title(piece)} — {cards.about(piece)}")
        return Reply(said, cards.piece_card(piece), subject=Subject(piece=piece.id))
    if about.issue is None:
        return issue.answer(replace(request, command="/issue", text=about.words), deps)
    slug, on = about.issue.slug, say("narrowed.on", issue=about.issue.name)
    writers = deps.store.issues.authors(request.team, slug, None, 20)
    if not writers:
        return Reply(say("mention.nobody_writes", on=blocks.escape(on)), subject=Subject(issue=slug))
    listed = [blocks.line(blocks.text(person.name, "bold"), blocks.text(f" — {say('counted.piece', n=n)}")) for person, n in writers]
    shown = [blocks.context(say("mention.who_writes", on=on)), blocks.rich(blocks.bullets(*listed))]
    if unsigned := deps.store.issues.activity_of(request.team, slug).unsigned:
        shown.append(blocks.context(say("mention.author_not_stated", n=unsigned)))
    return Reply(blocks.escape(say("mention.who_writes", on=on)), tuple(shown), subject=Subject(issue=slug), ask=request.ask)


def outlets(request: Request, deps: Deps) -> Reply:
    """Which outlets write, about an issue or at large."""
    about = _read(request, deps)
    if about.words:
        return issue.answer(replace(request, command="/issue", text=about.words), deps)
    if about.person is not None:
        return _outlets_of(about.person, request, deps)
    slug = about.issue.slug if about.issue else None
    on = say("narrowed.on", issue=about.issue.name) if about.issue else ""
    found = deps.store.issues.outlets(request.team, slug) if slug else deps.store.articles.outlets(request.team)
    subject = Subject(issue=slug)
    if not any(name for name, _ in found):
        return Reply(say("mention.no_outlets", on=blocks.escape(on)), subject=subject)
    listed = [blocks.line(blocks.text(name, "bold"), blocks.text(f" — {say('counted.piece', n=n)}")) for name, n in found[:OUTLETS] if name]
    shown = [blocks.context(say("mention.outlets", on=on)), blocks.rich(blocks.bullets(*listed))]
    if unstated := sum(n for name, n in found if not name):
        shown.append(blocks.context(say("mention.outlet_not_stated", n=unstated)))
    return Reply(blocks.escape(say("mention.outlets", on=on)), tuple(shown), subject=subject, ask=request.ask)


def _outlets_of(person: Person, request: Request, deps: Deps) -> Reply:
    """Where somebody's newest pieces came out."""
    pieces = deps.store.articles.select(request.team, Filters(authors=(person.id,)), READ).items
    counts = Counter(cards.outlet(piece) for piece in pieces)
    subject = Subject(person=person.id, pieces=tuple(piece.id for piece in pieces[:A_PAGE]))
    if not counts:
        return Reply(say("views.nothing_written", person=blocks.escape(person.name), on=""), subject=subject)
    said = say("mention.outlets_of", person=person.name)
    listed = [blocks.line(blocks.text(name, "bold"), blocks.text(f" — {say('counted.piece', n=n)}")) for name, n in counts.most_common(OUTLETS)]
    return Reply(blocks.escape(said), (blocks.context(said), blocks.rich(blocks.bullets(*listed))), subject=subject, ask=request.ask)


QUESTIONS: dict[str, Answer] = {
    "newer": newer, "older": older, "oldest": oldest, "disagree": disagree, "quoted": quoted, "within": within, "source": source, "who": who,
    "outlets": outlets,
}  # fmt: skip
"""Answers that only a question leads to; their buttons find them here."""
