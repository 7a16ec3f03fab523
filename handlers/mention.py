"""Mentions and direct messages: a question in words, understood by what the library knows and what the thread is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from bot.asking import QuestionKind, asks_summary
from bot.dissent import dissent
from bot.models import POSITIONS, Line, Person, Piece, Voice
from bot.records import Filters, Subject
from bot.wording import dates, say
from handlers import blocks, cards, help, issue, library, summary, views
from handlers.answer import Answer, Deps, Reply, Request
from handlers.blocks import Item

if TYPE_CHECKING:
    from bot.question import Question

READ = 200
A_PAGE = 5
OUTLETS = 25

DAY = re.compile(r"(?P<which>since|until):(?P<day>\d{4}-\d\d-\d\d)")

THANKS = r"^(?:many )?(?:thanks?|thank you|thx|cheers)\b(?: (?:you|a lot|so much|very much|again|entente))*[\s!.:)]*$"
HOW_MANY = (
    r"^how (?:many|much)\b.*\b(?:pieces?|articles?|op-?eds?|columns?|texts?|library)\b"
    r"|^what(?:['’]?s| is| do you (?:know|have))(?: (?:in|about))?(?: (?:here|there|the library|your library))?[\s?!.]*$"
)
WHICH_ISSUES = (
    r"^(?:which|what|list|show)(?: me)?(?: all)?(?: the)? (?:issues|topics)\b"
    r"(?: (?:are|do|have|you|there|know|here|in|the|library))*[\s?!.]*$"
)
COMMANDS_ASKED = r"help|commands?|usage|what can you do|work|^[\s?]+$"


def answer(request: Request, deps: Deps) -> Reply:
    """What is asked, answered; files are taken in; what the thread is about is remembered by the ear."""
    if request.files:
        names = ", ".join(blocks.escape(blocks.clip(file.name, 80)) for file in request.files[:5])
        return Reply(say("adding.reading_files", names=names), fetches=request.files[:5])
    if re.match(THANKS, request.text, re.IGNORECASE):
        return Reply(say("mention.welcome"))
    from bot.question import Known, understand  # half of what asking in words needs; commands do without

    store, team = deps.store, request.team
    subject = store.threads.find(team, request.channel or "", request.thread or "") or _above(request, deps)
    known = Known(
        issues=store.issues.all(team),
        person=lambda words: store.people.named(team, words),
        piece=lambda words: store.articles.find(team, words),
        writes=lambda person: bool(store.articles.select(team, Filters(authors=(person.id,)), 1).items),
        outlet=lambda words: store.articles.outlet(team, words) or store.articles.outlet(team, f"The {words}"),
    )
    asked = understand(request.text, known, subject, deps.now().date())
    if request.above and subject == Subject() and asked.kind is QuestionKind.UNKNOWN and asks_summary(request.text):
        asked = replace(asked, kind=QuestionKind.SUMMARY, link=request.above)
    if asked.kind is QuestionKind.SEARCH and re.match(WHICH_ISSUES, request.text, re.IGNORECASE):
        return issue.answer(replace(request, command="/issue", text=""), deps)
    if asked.kind in (QuestionKind.SEARCH, QuestionKind.UNKNOWN) and re.match(HOW_MANY, request.text, re.IGNORECASE):
        return library.glance(replace(request, command="/library", text=""), deps)
    reply = ANSWERS[asked.kind](_Asked(request, asked, subject), deps)
    return reply if reply.subject is None else replace(reply, subject=_merged(subject, reply.subject))


def _above(request: Request, deps: Deps) -> Subject:
    """What a thread is about that hangs on a link: its piece."""
    piece = deps.store.articles.find(request.team, request.above) if request.above else None
    return Subject(piece=piece.id) if piece is not None else Subject()


class _Asked:
    """A question with what it was asked in."""

    def __init__(self, request: Request, question: Question, subject: Subject) -> None:
        self.request = request
        self.question = question
        self.subject = subject

    def typed(self, command: str, text: str) -> Request:
        """The same as a command, so that its buttons work and its answer is the command's."""
        return replace(self.request, command=command, text=text, page=0)


def _merged(old: Subject, new: Subject) -> Subject:
    """What the thread is about now: what was named last, the rest stays."""
    issue = new.issue or (old.issue if new.piece is None else None)
    return Subject(new.piece or (old.piece if new.person is None else None), new.person or old.person, issue, new.pieces or old.pieces)


def _summary(asked: _Asked, deps: Deps) -> Reply:
    question = asked.question
    what = f"#{question.piece}" if question.piece is not None else question.link or question.words
    return summary.answer(asked.typed("/summary", f"{what} {question.length}".strip()), deps)


def _views(asked: _Asked, deps: Deps) -> Reply:
    question = asked.question
    who = " vs ".join(f"#{person.id}" for person in question.people[:2])
    on = f" on {question.issue.name}" if question.issue else f" on {question.words}" if question.words else ""
    since = f" since {question.since}" if question.since else ""
    return views.answer(asked.typed("/views", f"{who}{on}{since}"), deps)


def _issue(asked: _Asked, deps: Deps) -> Reply:
    assert asked.question.issue is not None
    since = f" since {asked.question.since}" if asked.question.since else ""
    return issue.answer(asked.typed("/issue", asked.question.issue.name + since), deps)


def _search(asked: _Asked, deps: Deps) -> Reply:
    return library.answer(asked.typed("/library", f"search {asked.question.words}"), deps)


def _newer(asked: _Asked, deps: Deps) -> Reply:
    reply = newer(asked.typed("newer", _about(asked)), deps)
    if asks_summary(asked.request.text) and reply.subject is not None and reply.subject.pieces:  # "summarise the latest piece on sanctions"
        return summary.answer(asked.typed("/summary", f"#{reply.subject.pieces[0]} {asked.question.length}".strip()), deps)
    return reply


def _disagree(asked: _Asked, deps: Deps) -> Reply:
    return disagree(asked.typed("disagree", _about(asked, whose=True)), deps)


def _quoted(asked: _Asked, deps: Deps) -> Reply:
    return quoted(asked.typed("quoted", _about(asked)), deps)


def _who(asked: _Asked, deps: Deps) -> Reply:
    return who(asked.typed("who", _about(asked)), deps)


def _outlets(asked: _Asked, deps: Deps) -> Reply:
    return outlets(asked.typed("outlets", _about(asked)), deps)


def _help(asked: _Asked, deps: Deps) -> Reply:
    if re.search(COMMANDS_ASKED, asked.request.text, re.IGNORECASE):
        return help.everything(asked.request, deps)
    things = _quoted_each(message for _, message in prompts(asked.request.team, deps))
    return Reply(say("mention.help", things=things))


def _unknown(asked: _Asked, deps: Deps) -> Reply:
    if asks_summary(asked.request.text):
        return Reply(say("mention.of_which_piece"))
    here = asked.question.suggestions if asked.subject != Subject() else [message for _, message in prompts(asked.request.team, deps)]
    return Reply(say("mention.not_understood", things=_quoted_each(here)))


def _quoted_each(things: Iterable[str]) -> str:
    return " ".join(say("mention.thing", words=blocks.escape(thing)) for thing in things)


ANSWERS = {
    QuestionKind.SUMMARY: _summary,
    QuestionKind.VIEWS: _views,
    QuestionKind.COMPARE: _views,
    QuestionKind.ISSUE: _issue,
    QuestionKind.SEARCH: _search,
    QuestionKind.NEWER: _newer,
    QuestionKind.DISAGREE: _disagree,
    QuestionKind.QUOTED: _quoted,
    QuestionKind.WHO: _who,
    QuestionKind.OUTLETS: _outlets,
    QuestionKind.HELP: _help,
    QuestionKind.UNKNOWN: _unknown,
}


# --- questions that no command answers --------------------------------------------------------------------------------
# Their text names what they are about by ids, so that a button can ask them again: "#12", "p3", "i:sanctions".


def _about(asked: _Asked, whose: bool = False) -> str:
    """``whose``: with the thread's person or piece even where an issue is named, for they are who is disagreed with."""
    question, subject = asked.question, asked.subject
    piece = question.piece
    person = question.people[0].id if question.people else None
    issue_slug = question.issue.slug if question.issue else None
    if piece is None and person is None and issue_slug is None and not question.words:
        piece, person, issue_slug = subject.piece, subject.person, subject.issue
    elif whose and piece is None and person is None:
        piece, person = subject.piece, subject.person
    parts = [f"#{piece}" if piece else "", f"p{person}" if person else "", f"i:{issue_slug}" if issue_slug else ""]
    parts += [f"o:{quote(question.outlet)}" if question.outlet else ""]
    parts += [f"since:{question.since}" if question.since else "", f"until:{question.until}" if question.until else ""]
    return " ".join([*filter(None, parts), question.words]).strip()


def _read(text: str, request: Request, deps: Deps) -> tuple[Piece | None, Person | None, str | None, str]:
    piece, person, slug, rest = None, None, None, []
    for word in text.split():
        if word.startswith("#") and word[1:].isdigit():
            piece = deps.store.articles.find(request.team, word)
        elif word.startswith("p") and word[1:].isdigit():
            person = deps.store.people.by_id(request.team, int(word[1:]))
        elif word.startswith("i:"):
            slug = word[2:]
        elif word.startswith("o:"):
            continue
        elif not DAY.fullmatch(word):
            rest.append(word)
    return piece, person, slug, " ".join(rest)


def _days(text: str) -> tuple[date | None, date | None]:
    """The first and the last day in the text of such a question."""
    days = {match["which"]: date.fromisoformat(match["day"]) for match in map(DAY.fullmatch, text.split()) if match}
    return days.get("since"), days.get("until")


def _within(since: date | None, until: date | None) -> str:
    """For example "since 1 May 2016"."""
    if since and until:
        return say("narrowed.between", period=dates.period(since, until))
    return say("narrowed.since", day=dates.day(since)) if since else say("narrowed.until", day=dates.day(until)) if until else ""


def newer(request: Request, deps: Deps) -> Reply:
    """Pieces that came in last, about the subject where there is one."""
    piece, person, slug, words = _read(request.text, request, deps)
    if slug is None and words:
        named = deps.store.issues.likely(request.team, words)
        if named is None and person is None:
            return _newest_with(words, request, deps)
        slug = named.slug if named else None
    if piece is not None and person is None and slug is None:
        slug = next((issue_slug for issue_slug, _main in deps.store.articles.issues(request.team, piece.id)), None)
    since, until = _days(request.text)
    outlet = next((unquote(word[2:]) for word in request.text.split() if word.startswith("o:")), None)
    filters = Filters((slug,) if slug else (), (person.id,) if person else (), (outlet,) if outlet else (), since, until)
    page = deps.store.articles.select(request.team, filters, A_PAGE, request.page * A_PAGE)
    on = " ".join(filter(None, (_on(slug, person, request, deps), say("narrowed.in", outlet=outlet) if outlet else "")))
    above = say("mention.newest", on=" ".join(filter(None, (on, _within(since, until)))))
    if not page.items and (since or until):
        above = say("mention.nothing_within", on=on, period=_within(since, until))
        page = deps.store.articles.select(request.team, replace(filters, since=None, until=None), A_PAGE, request.page * A_PAGE)
    items = [one for one in page.items if piece is None or one.id != piece.id]
    if not items:
        return Reply(say("mention.nothing_newer", on=blocks.escape(on)))
    listed = [(blocks.rich(blocks.line(cards.headline(one), blocks.text(f" — {cards.about(one)}"))),) for one in items]
    shown, _ = blocks.turn(listed, 0, A_PAGE, [blocks.context(above)])
    subject = Subject(person=person.id if person else None, issue=slug, pieces=tuple(one.id for one in items))
    return Reply(blocks.escape(say("mention.newest_gist", on=on)), shown, subject=subject, ask=request.ask, more=page.more)


def _newest_with(words: str, request: Request, deps: Deps) -> Reply:
    """The newest pieces that have the words, where these name no issue."""
    found = deps.store.search.find(request.team, words, newest_first=True, limit=library.A_PAGE, offset=request.page * library.A_PAGE)
    if not found.hits:
        return library.answer(replace(request, command="/library", text=f"search {words}"), deps)  # says so, and what is near
    return library.listed(found, blocks.clip(words, 80), request)


def disagree(request: Request, deps: Deps) -> Reply:
    """Who holds otherwise on the same issue: positions that pull apart, else what each of the others argues; none of them judged."""
    piece, person, slug, words = _read(request.text, request, deps)
    team, store = request.team, deps.store
    if slug is None and words:
        named = store.issues.likely(team, words)
        if named is None:
            return issue.answer(replace(request, command="/issue", text=words), deps)  # the nearest, or the pieces with the words
        slug = named.slug
    if slug is None and piece is not None:
        slug = next((issue_slug for issue_slug, _main in store.articles.issues(team, piece.id)), None)
    if slug is None and person is not None:
        profile = store.people.profile(team, person.id)
        slug = profile.issues[0][0] if profile.issues else None
    held = store.issues.by_slug(team, slug) if slug else None
    if held is None:
        return Reply(say("mention.disagree_on_what"))
    authors = set(store.articles.author_ids(team, piece.id)) if piece else {person.id} if person else set()
    lines = store.statements.lines(team, issue=held.slug, voice=Voice.OWN, kinds=POSITIONS, limit=READ, total=False).items
    among = {line.piece.id for line in lines} if authors else set()
    own = frozenset(id_ for id_ in among if authors & set(store.articles.author_ids(team, id_))) | ({piece.id} if piece else set())
    found = dissent(held, lines, own)
    on = _on(held.slug, None, request, deps)
    if not found.pairs and not found.others:
        return Reply(say("mention.nobody_else", on=blocks.escape(on)))
    whom = person.name if person else _whose(piece) if piece else ""
    none = say("mention.none_contradict", on=on, author=whom) if whom else say("mention.none_part", on=on)
    note = blocks.context(say("mention.part", on=on) if found.pairs else none)
    items: list[Item] = [cards.cited([pair.left, pair.right]) for pair in found.pairs]
    for at, line in enumerate(found.others):
        head = (blocks.context(say("mention.others", on=on)),) if found.pairs and not at else ()
        items.append((*head, *cards.cited([line])))
    shown, left = blocks.turn(items, request.page, A_PAGE, [note])
    return Reply(blocks.escape(say("mention.others_gist", on=on)), shown, subject=Subject(issue=held.slug), ask=request.ask, more=left)


def _whose(piece: Piece) -> str:
    """Who signed a piece; its title where nobody did."""
    return cards.byline(piece) if piece.authors.value else say("mention.thing", words=cards.title(piece))


def _once(lines: Iterable[Line]) -> list[Line]:
    """No sentence twice, however many things are said in it."""
    return list({(line.piece.id, line.sentence): line for line in reversed(list(lines))}.values())[::-1]


def quoted(request: Request, deps: Deps) -> Reply:
    """Who is quoted in a piece, with what."""
    piece, _, _, _ = _read(request.text, request, deps)
    if piece is None:
        return Reply(say("mention.quoted_where"))
    found = deps.store.statements.lines(request.team, piece=piece.id, voice=Voice.ATTRIBUTED, limit=READ).items
    lines = _once(line for line in found if line.source)
    if not lines:
        return Reply(say("mention.nobody_quoted", title=blocks.escape(cards.title(piece))), subject=Subject(piece=piece.id))
    shown, left = blocks.turn([cards.cited([line]) for line in lines], request.page, A_PAGE, cards.piece_card(piece))
    said = blocks.escape(say("mention.quoted_in", title=cards.title(piece)))
    return Reply(said, shown, subject=Subject(piece=piece.id), ask=request.ask, more=left)


def who(request: Request, deps: Deps) -> Reply:
    """Who wrote a piece, or who writes about an issue."""
    piece, _, slug, words = _read(request.text, request, deps)
    if piece is not None and slug is None:
        said = blocks.escape(say("mention.is_by", title=cards.title(piece), author=cards.byline(piece)))
        return Reply(said, cards.piece_card(piece), subject=Subject(piece=piece.id))
    if slug is None:
        named = deps.store.issues.likely(request.team, words)
        if named is None:
            return issue.answer(replace(request, command="/issue", text=words), deps)
        slug = named.slug
    writers = deps.store.issues.authors(request.team, slug, None, 20)
    on = _on(slug, None, request, deps)
    if not writers:
        return Reply(say("mention.nobody_writes", on=blocks.escape(on)), subject=Subject(issue=slug))
    listed = [blocks.line(blocks.text(person.name, "bold"), blocks.text(f" — {say('counted.piece', n=n)}")) for person, n in writers]
    shown = (blocks.context(say("mention.who_writes", on=on)), blocks.rich(blocks.bullets(*listed)))
    return Reply(blocks.escape(say("mention.who_writes", on=on)), shown, subject=Subject(issue=slug), ask=request.ask)


def outlets(request: Request, deps: Deps) -> Reply:
    """Which outlets write, about an issue or at large."""
    _, _, slug, words = _read(request.text, request, deps)
    if slug is None and words:
        named = deps.store.issues.likely(request.team, words)
        if named is None:
            return issue.answer(replace(request, command="/issue", text=words), deps)
        slug = named.slug
    on = _on(slug, None, request, deps)
    found = deps.store.issues.outlets(request.team, slug) if slug else deps.store.articles.outlets(request.team)
    subject = Subject(issue=slug)
    if not any(name for name, _ in found):
        return Reply(say("mention.no_outlets", on=blocks.escape(on)), subject=subject)
    listed = [blocks.line(blocks.text(name, "bold"), blocks.text(f" — {say('counted.piece', n=n)}")) for name, n in found[:OUTLETS] if name]
    shown = [blocks.context(say("mention.outlets", on=on)), blocks.rich(blocks.bullets(*listed))]
    if unstated := sum(n for name, n in found if not name):
        shown.append(blocks.context(say("mention.outlet_not_stated", n=unstated)))
    return Reply(blocks.escape(say("mention.outlets", on=on)), tuple(shown), subject=subject, ask=request.ask)


def _on(slug: str | None, person: Person | None, request: Request, deps: Deps) -> str:
    found = deps.store.issues.by_slug(request.team, slug) if slug else None
    said = (say("narrowed.on", issue=found.name) if found else "", say("narrowed.by", author=person.name) if person else "")
    return " ".join(filter(None, said))


QUESTIONS: dict[str, Answer] = {"newer": newer, "disagree": disagree, "quoted": quoted, "who": who, "outlets": outlets}
"""Answers that only a question leads to; their buttons find them here."""


def prompts(team: str, deps: Deps) -> tuple[tuple[str, str], ...]:
    """At most four things to ask, from what the library holds: title and message."""
    things = []
    newest = deps.store.articles.newest(team, 1)
    if newest:
        things.append((say("prompt.summary", title=blocks.clip(cards.title(newest[0]), 40)), f"summary of #{newest[0].id}"))
    active = deps.store.issues.activity(team, limit=1)
    if active:
        things.append((say("prompt.issue", issue=active[0].issue.name), f"what does everyone say about {active[0].issue.name}?"))
    authors = deps.store.people.authors(team, 1)
    if authors:
        things.append((say("prompt.author", author=authors[0][0].name), f"what does {authors[0][0].name} say?"))
    return (*things, (say("prompt.help"), "help"))[:4]
