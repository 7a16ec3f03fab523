"""/library: the store and its care."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches

from bot.errors import Misunderstood
from bot.models import Piece, Reading, ReadingState
from bot.records import Feed, Found, Glance, Subject
from bot.wording import dates, say
from handlers import adding, asked, blocks, buttons, cards, help, own_issues, people, repair, summary
from handlers.answer import Answer, Deps, Form, Reply, Request
from handlers.blocks import Block

A_PAGE = 8
NEAR_VERB = 0.7
"""Likeness (difflib's ratio) from which a word behind the command is a misspelt verb: two letters swapped in four."""


def answer(request: Request, deps: Deps) -> Reply:
    """The word typed first says what is wanted; nothing typed shows the library at a glance."""
    word, _, rest = asked.read(request.text, keep_quotes=True).partition(" ")
    if help.is_asked(word):
        return help.about("/library")(request, deps)
    if not word:
        return glance(request, deps)
    if word.lower() not in VERBS:
        if near := get_close_matches(word.lower(), VERBS, 1, NEAR_VERB):
            raise Misunderstood("library.verb_meant", typed=blocks.clip(word, 40), verb=near[0])
        raise Misunderstood("library.verbs", verbs=", ".join(VERBS), typed=blocks.clip(word, 40))
    reply = VERBS[word.lower()](replace(request, text=rest.strip()), deps)
    return replace(reply, ask=request.ask) if reply.ask is not None else reply


def glance(request: Request, deps: Deps) -> Reply:
    """The library in numbers."""
    numbers = deps.store.articles.glance(request.team)
    if not numbers.pieces:
        empty = say("library.empty")
        return Reply(empty, (blocks.section(empty), blocks.actions(blocks.button(say("button.paste_text"), "add"))))
    said = in_numbers(numbers)
    shown = [
        blocks.section(said + waiting(numbers)),
        blocks.actions(blocks.button(say("button.paste_text"), "add"), buttons.ask_button(say("button.newest"), "/library", "list")),
        blocks.context_mrkdwn(say("library.help")),
    ]
    return Reply(said, tuple(shown), ask=request.ask)


def in_numbers(numbers: Glance) -> str:
    """For example "*12 pieces* by 5 authors in 4 outlets, of 3 May 2015 to 2 March 2026; 118 statements on 9 issues."."""
    period = say("library.between", period=dates.period(numbers.first, numbers.last)) if numbers.first and numbers.last else ""
    return say(
        "library.in_numbers", pieces=numbers.pieces, authors=numbers.authors, outlets=numbers.outlets, period=period,
        statements=numbers.statements, issues=numbers.issues,
    )  # fmt: skip


def waiting(numbers: Glance) -> str:
    """What is in line to be read, behind what is there."""
    return f" {say('library.waiting', pieces=numbers.waiting)}" if numbers.waiting else ""


# --- adding -----------------------------------------------------------------------------------------------------------


def add(request: Request, deps: Deps) -> Reply:
    """Puts a link into the queue; a form for a pasted text when no link is given."""
    if not request.text:
        return adding.open_form(request, deps)
    link = asked.link_in(request.text)
    if not link:
        raise Misunderstood("library.add_what")
    known = deps.store.articles.find(request.team, link)
    if known is not None:
        said = say("library.known", number=known.id)
        return replace(summary.reply(summary.summary_of(request.team, known, deps)), text=said, ask=None)
    return adding.read_link(request, deps, link)


def read_result(reading: Reading, deps: Deps) -> Reply:
    """What a message that waited for a reading becomes: the piece's summary, or why there is none."""
    if reading.state is not ReadingState.DONE or reading.article is None:
        where = blocks.escape(blocks.clip(reading.source, 200))
        why = blocks.escape(reading.reason or say("library.could_not_be_read"))
        said = why if blocks.escape(reading.source) in why else f"{where}: {why}"
        if why.startswith(say("reading.that_is_a_feed")):
            return Reply(say("library.unread_feed", why=said))
        return Reply(say("library.unread", why=said))
    piece = deps.store.articles.get(reading.team, reading.article)
    reply = summary.reply(summary.summary_of(reading.team, piece, deps))
    said = say("library.was_known", number=piece.id) if reading.known else say("library.read", number=piece.id)
    return replace(reply, blocks=(blocks.context(said), *reply.blocks), text=f"{said} {reply.text}")


def outlet(team: str, typed: str, deps: Deps) -> str:
    """The outlet as it is spelled in the library: the one that is typed, else one that contains it."""
    return next(iter(deps.store.outlets.like(team, typed)), typed)


# --- finding ----------------------------------------------------------------------------------------------------------


def search(request: Request, deps: Deps) -> Reply:
    """Pieces that have the words."""
    if not request.text:
        raise Misunderstood("search.what")
    from bot.query import parse  # not needed before somebody searches

    query = parse(request.text, deps.now().date())
    typed = blocks.clip(request.text, 80)
    if query.empty:
        raise Misunderstood("search.no_word", typed=typed, notes=" ".join(query.notes))
    found = deps.store.search.find(request.team, query, limit=A_PAGE, offset=request.page * A_PAGE)
    if not found.hits:
        meant = say("search.did_you_mean", words=blocks.escape(found.did_you_mean)) if found.did_you_mean else ""
        notes = " ".join(map(blocks.escape, found.notes))
        if not (meant or notes):
            return Reply(say("search.nothing", typed=blocks.escape(typed)))
        return Reply(say("search.nothing_but", typed=blocks.escape(typed), meant=meant, notes=notes))
    return listed(found, typed, request)


def listed(found: Found, typed: str, request: Request) -> Reply:
    """The pieces that a search found, one page of them."""
    items = [(blocks.rich(*_found(hit.piece, hit.snippet)),) for hit in found.hits]
    shown, left = blocks.turn(items, 0, A_PAGE, _above(found, typed))
    subject = Subject(pieces=tuple(hit.piece.id for hit in found.hits))
    more = max(0, found.total - (request.page + 1) * A_PAGE) + left
    return Reply(say("search.found", pieces=found.total), shown, subject=subject, ask=request.ask, more=more)


def _found(piece: Piece, snippet: str) -> tuple[blocks.Part, blocks.Part]:
    return blocks.line(cards.headline(piece), blocks.text(f" — {cards.about(piece)}")), blocks.quote(*_marked(snippet))


def _above(found: Found, typed: str) -> list[Block]:
    said = [say("search.found_more_for" if found.more else "search.found_for", pieces=found.total, typed=typed)]
    if found.relaxed:
        said.append(say("search.relaxed_but", words=found.did_you_mean) if found.did_you_mean else say("search.relaxed"))
    if found.bounded:
        said.append(say("search.bounded"))
    return [blocks.context(" · ".join([*said, *found.notes]))]


def _marked(snippet: str) -> list[blocks.Part]:
    parts = []
    for at, words in enumerate(snippet.strip().replace("\x03", "\x02").split("\x02")):
        if words:
            parts.append(blocks.text(words, "bold") if at % 2 else blocks.text(words))
    return parts or [blocks.text(" ")]


def listing(request: Request, deps: Deps) -> Reply:
    """The newest pieces."""
    pieces = deps.store.articles.newest(request.team, A_PAGE, request.page * A_PAGE)
    total = deps.store.articles.count(request.team)
    if not pieces:
        return Reply(say("library.empty"))
    items = [(blocks.rich(blocks.line(cards.headline(piece)), blocks.line(blocks.text(cards.about(piece)))),) for piece in pieces]
    first = request.page * A_PAGE
    shown, left = blocks.turn(items, 0, A_PAGE, [blocks.context(say("library.list_range", first=first + 1, last=first + len(pieces), pieces=total))])
    subject = Subject(pieces=tuple(piece.id for piece in pieces))
    return Reply(say("library.newest"), shown, subject=subject, ask=request.ask, more=max(0, total - first - len(pieces)) + left)


# --- care -------------------------------------------------------------------------------------------------------------


def ask_to_remove(request: Request, deps: Deps) -> Reply:
    """Asks before a piece is removed."""
    piece = repair.find(request, deps, request.context or request.text, "remove")
    question = (blocks.section(say("library.remove_sure", number=piece.id)), *cards.piece_card(piece))
    return Reply("", form=Form("remove", say("library.remove"), question, submit=say("library.remove_now"), context=str(piece.id)), ask=request.ask)


def remove_now(request: Request, deps: Deps) -> Reply:
    """Removes a piece."""
    piece = deps.store.articles.remove(request.team, repair.find(request, deps, request.context).id)
    return Reply(say("library.removed", number=piece.id, title=blocks.escape(blocks.clip(cards.title(piece), 200))))


def feeds(request: Request, deps: Deps) -> Reply:
    """The feeds that are followed."""
    followed = deps.store.feeds.all(request.team)
    add_button = blocks.actions(blocks.button(say("button.follow_feed"), "feed_add"))
    if not followed:
        return Reply(say("feed.none"), (blocks.section(say("feed.none_yet")), add_button))
    items = [(_feed(feed),) for feed in followed]
    shown, left = blocks.turn(items, request.page, 20, [blocks.context(say("feed.count", feeds=len(followed)))])
    return Reply(say("feed.heading"), (*shown, add_button), ask=request.ask, more=left)


def _feed(feed: Feed) -> Block:
    state = f" — {say('feed.failing', reason=feed.last_error, failures=feed.failures)}" if feed.last_error else ""
    line = blocks.line(blocks.text(f"#{feed.id} "), blocks.link(feed.url, feed.title or feed.url, "bold"), blocks.text(state))
    return blocks.rich(line)


def feed(request: Request, deps: Deps) -> Reply:
    """``feed add ADDRESS`` and ``feed remove #3``."""
    word, _, rest = request.text.partition(" ")
    if word == "add":
        return adding.add_feed(request, deps, rest) if rest.strip() else adding.open_feed_form(request, deps)
    if word in ("remove", "stop"):
        gone = deps.store.feeds.remove(request.team, asked.link_in(rest) or rest)
        return Reply(say("feed.unfollowed", feed=blocks.escape(blocks.clip(gone.title or gone.url, 200))))
    raise Misunderstood("feed.verbs")


def remove_feed(request: Request, deps: Deps) -> Reply:
    """Stops following the feed of a button."""
    gone = deps.store.feeds.remove(request.team, request.context)
    return Reply(say("feed.unfollowed", feed=blocks.escape(blocks.clip(gone.title or gone.url, 200))))


def feedback(request: Request, deps: Deps) -> Reply:
    """What people thought of answers."""
    good, bad = deps.store.feedback.counts(request.team)
    if not good + bad:
        return Reply(say("feedback.none_yet"))
    said = [one for one in deps.store.feedback.newest(request.team, 20) if one.remark or not one.good]
    items = [(_remark(one.answer, one.remark or say("feedback.not_useful")),) for one in said]
    shown, _ = blocks.turn(items, 0, 20, [blocks.section(say("feedback.counts", good=good, bad=bad))])
    return Reply(say("feedback.counts_plain", good=good, bad=bad), shown)


def _remark(answer: str, remark: str) -> Block:
    return blocks.rich(blocks.line(blocks.text(f"{answer}: ", "code"), blocks.text(blocks.clip(remark, 400))))


def export(request: Request, deps: Deps) -> Reply:
    """Everything as a file, to the person who asks."""
    return Reply(say("library.exporting"), exports=True)


NOT_IN_SLACK = frozenset(
    {"feedback", "readings", "waiters", "threads", "deliveries", "outgoing", "watched_files", "refilings", "sketches", "meanings", "meaning_spaces"}
)
"""Tables left out of a file that any member may ask for: what colleagues thought of answers, what is only under way, and what is computed anew."""

def by_command(team: str) -> str:
    """How to get everything where no file can be sent."""
    return say("library.export_by_command", team=blocks.letters(blocks.escape(team)))


VERBS: dict[str, Answer] = {
    "add": add,
    "search": search,
    "list": listing,
    "fix": repair.open_form,
    "remove": ask_to_remove,
    "feeds": feeds,
    "feed": feed,
    "issues": own_issues.answer,
    "people": people.answer,
    "export": export,
    "feedback": feedback,
}

READING = frozenset({"", "search", "list", "feeds", "feedback"})
"""Those that only read."""

