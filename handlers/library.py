"""/library: the store and its care."""

from __future__ import annotations

from dataclasses import replace

from bot.errors import Misunderstood
from bot.models import Piece, Reading, ReadingState
from bot.query import parse
from bot.records import Feed, Found, Glance, Subject
from handlers import adding, asked, blocks, buttons, cards, help, own_issues, people, repair, summary
from handlers.answer import Answer, Deps, Form, Reply, Request
from handlers.blocks import Block
from handlers.cards import counted

A_PAGE = 8


def answer(request: Request, deps: Deps) -> Reply:
    """The word typed first says what is wanted; nothing typed shows the library at a glance."""
    word, _, rest = asked.read(request.text, keep_quotes=True).partition(" ")
    if help.is_asked(word):
        return help.about("/library")(request, deps)
    if not word:
        return glance(request, deps)
    if word.lower() not in VERBS:
        shown = blocks.clip(word, 40)
        raise Misunderstood(f"I know /library {', '.join(VERBS)}. To find “{shown}”, type /library search {shown}.")
    reply = VERBS[word.lower()](replace(request, text=rest.strip()), deps)
    return replace(reply, ask=request.ask) if reply.ask is not None else reply


def glance(request: Request, deps: Deps) -> Reply:
    """The library in numbers."""
    numbers = deps.store.articles.glance(request.team)
    if not numbers.pieces:
        return Reply(EMPTY, (blocks.section(EMPTY), blocks.actions(blocks.button("Paste a text", "add"))))
    said = in_numbers(numbers)
    waiting = f" {counted(numbers.waiting, 'piece')} waiting to be read." if numbers.waiting else ""
    shown = [
        blocks.section(f"{said}{waiting}"),
        blocks.actions(blocks.button("Paste a text", "add"), buttons.ask_button("Newest pieces", "/library", "list")),
        blocks.context_mrkdwn("`/library help` says what else can be done."),
    ]
    return Reply(said, tuple(shown), ask=request.ask)


EMPTY = "The library is empty. Type `/library add` and a link, or `/library add` alone to paste a text."


def in_numbers(numbers: Glance) -> str:
    """For example "*12 pieces* by 5 authors in 4 outlets, of 3 May 2015 to 2 March 2026; 118 statements on 9 issues."."""
    held = f"*{counted(numbers.pieces, 'piece')}* by {counted(numbers.authors, 'author')} in {counted(numbers.outlets, 'outlet')}"
    period = f", {cards.period(numbers.first, numbers.last)}" if numbers.first and numbers.last else ""
    return f"{held}{period}; {counted(numbers.statements, 'statement')} on {counted(numbers.issues, 'issue')}."


# --- adding -----------------------------------------------------------------------------------------------------------


def add(request: Request, deps: Deps) -> Reply:
    """Puts a link into the queue; a form for a pasted text when no link is given."""
    if not request.text:
        return adding.open_form(request, deps)
    link = asked.link_in(request.text)
    if not link:
        raise Misunderstood("Type /library add and a link that starts with http:// or https://, or /library add alone to paste a text.")
    known = deps.store.articles.find(request.team, link)
    if known is not None:
        return replace(summary.reply(summary.summary_of(request.team, known, deps)), text=f"#{known.id} is in the library already.", ask=None)
    return adding.read_link(request, deps, link)


def read_result(reading: Reading, deps: Deps) -> Reply:
    """What a message that waited for a reading becomes: the piece's summary, or why there is none."""
    if reading.state is not ReadingState.DONE or reading.article is None:
        where = blocks.escape(blocks.clip(reading.source, 200))
        why = blocks.escape(reading.reason or "It could not be read.")
        said = why if blocks.escape(reading.source) in why else f"{where}: {why}"
        if "That is a feed" in why:
            return Reply(f"{said} `/library feed add` and its address reads what comes later, too.")
        return Reply(f"{said} You can paste its text with `/library add`.")
    piece = deps.store.articles.get(reading.team, reading.article)
    reply = summary.reply(summary.summary_of(reading.team, piece, deps))
    said = f"#{piece.id} was in the library already." if reading.known else f"Read and kept as #{piece.id}."
    return replace(reply, blocks=(blocks.context(said), *reply.blocks), text=f"{said} {reply.text}")


# --- finding ----------------------------------------------------------------------------------------------------------


def search(request: Request, deps: Deps) -> Reply:
    """Pieces that have the words."""
    if not request.text:
        raise Misunderstood("Search for what? Type /library search and words; it knows author: issue: outlet: before: after: \"a phrase\" -not OR.")
    query = parse(request.text, deps.now().date())
    typed = blocks.clip(request.text, 80)
    if query.empty:
        notes = "".join(f" {note}" for note in query.notes)
        raise Misunderstood(f"There is no word to look for in “{typed}”.{notes} Type for example: /library search grain -corridor after:2022")
    found = deps.store.search.find(request.team, query, limit=A_PAGE, offset=request.page * A_PAGE)
    if not found.hits:
        hint = f" Did you mean “{blocks.escape(found.did_you_mean)}”?" if found.did_you_mean else ""
        notes = "".join(f" {blocks.escape(note)}" for note in found.notes)
        near = "" if hint or notes else " `/library list` shows the newest pieces; `/library add` and a link adds one."
        return Reply(f"Nothing in the library has “{blocks.escape(typed)}”.{hint}{notes}{near}")
    return listed(found, typed, request)


def listed(found: Found, typed: str, request: Request) -> Reply:
    """The pieces that a search found, one page of them."""
    items = [(blocks.rich(*_found(hit.piece, hit.snippet)),) for hit in found.hits]
    shown, left = blocks.turn(items, 0, A_PAGE, _above(found, typed))
    subject = Subject(pieces=tuple(hit.piece.id for hit in found.hits))
    more = max(0, found.total - (request.page + 1) * A_PAGE) + left
    return Reply(f"{counted(found.total, 'piece')} found", shown, subject=subject, ask=request.ask, more=more)


def _found(piece: Piece, snippet: str) -> tuple[blocks.Part, blocks.Part]:
    return blocks.line(cards.headline(piece), blocks.text(f" — {cards.about(piece)}")), blocks.quote(*_marked(snippet))


def _above(found: Found, typed: str) -> list[Block]:
    said = [f"{counted(found.total, 'piece')}{' or more' if found.more else ''} for “{typed}”"]
    if found.relaxed:
        meant = f"; did you mean “{found.did_you_mean}”?" if found.did_you_mean else ""
        said.append(f"no piece has all of these words; these have some of them{meant}")
    if found.bounded:
        said.append("the newest of them were ranked")
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
        return Reply(EMPTY)
    items = [(blocks.rich(blocks.line(cards.headline(piece)), blocks.line(blocks.text(cards.about(piece)))),) for piece in pieces]
    first = request.page * A_PAGE
    shown, left = blocks.turn(items, 0, A_PAGE, [blocks.context(f"{first + 1}–{first + len(pieces)} of {counted(total, 'piece')}, last added first")])
    subject = Subject(pieces=tuple(piece.id for piece in pieces))
    return Reply("The newest pieces", shown, subject=subject, ask=request.ask, more=max(0, total - first - len(pieces)) + left)


# --- care -------------------------------------------------------------------------------------------------------------


def ask_to_remove(request: Request, deps: Deps) -> Reply:
    """Asks before a piece is removed."""
    piece = repair.find(request, deps, request.context or request.text, "remove")
    question = (blocks.section(f"Remove #{piece.id} and everything found in it? It cannot be undone."), *cards.piece_card(piece))
    return Reply("", form=Form("remove", "Remove a piece", question, submit="Remove", context=str(piece.id)), ask=request.ask)


def remove_now(request: Request, deps: Deps) -> Reply:
    """Removes a piece."""
    piece = deps.store.articles.remove(request.team, repair.find(request, deps, request.context).id)
    return Reply(f"Removed #{piece.id} “{blocks.escape(blocks.clip(cards.title(piece), 200))}”.")


def feeds(request: Request, deps: Deps) -> Reply:
    """The feeds that are followed."""
    followed = deps.store.feeds.all(request.team)
    add_button = blocks.actions(blocks.button("Follow a feed", "feed_add"))
    if not followed:
        return Reply("No feed is followed yet.", (blocks.section("No feed is followed yet. Type `/library feed add` and its address."), add_button))
    items = [(_feed(feed),) for feed in followed]
    shown, left = blocks.turn(items, request.page, 20, [blocks.context(f"{counted(len(followed), 'feed')} followed")])
    return Reply("Feeds", (*shown, add_button), ask=request.ask, more=left)


def _feed(feed: Feed) -> Block:
    state = f" — {feed.last_error} ({counted(feed.failures, 'failure')} in a row)" if feed.last_error else ""
    line = blocks.line(blocks.text(f"#{feed.id} "), blocks.link(feed.url, feed.title or feed.url, "bold"), blocks.text(state))
    return blocks.rich(line)


def feed(request: Request, deps: Deps) -> Reply:
    """``feed add ADDRESS`` and ``feed remove #3``."""
    word, _, rest = request.text.partition(" ")
    if word == "add":
        return adding.add_feed(request, deps, rest) if rest.strip() else adding.open_feed_form(request, deps)
    if word in ("remove", "stop"):
        gone = deps.store.feeds.remove(request.team, asked.link_in(rest) or rest)
        return Reply(f"I no longer follow {blocks.escape(blocks.clip(gone.title or gone.url, 200))}. What was read from it stays.")
    raise Misunderstood("Type /library feed add and the feed's address, or /library feed remove #3; /library feeds lists them.")


def remove_feed(request: Request, deps: Deps) -> Reply:
    """Stops following the feed of a button."""
    gone = deps.store.feeds.remove(request.team, request.context)
    return Reply(f"I no longer follow {blocks.escape(blocks.clip(gone.title or gone.url, 200))}.")


def feedback(request: Request, deps: Deps) -> Reply:
    """What people thought of answers."""
    good, bad = deps.store.feedback.counts(request.team)
    if not good + bad:
        return Reply("Nobody has said anything about an answer yet.")
    said = [one for one in deps.store.feedback.newest(request.team, 20) if one.remark or not one.good]
    items = [(_remark(one.answer, one.remark or "not useful"),) for one in said]
    shown, _ = blocks.turn(items, 0, 20, [blocks.section(f"*{good}* useful, *{bad}* not useful")])
    return Reply(f"{good} useful, {bad} not useful", shown)


def _remark(answer: str, remark: str) -> Block:
    return blocks.rich(blocks.line(blocks.text(f"{answer}: ", "code"), blocks.text(blocks.clip(remark, 400))))


def export(request: Request, deps: Deps) -> Reply:
    """Everything as a file, to the person who asks."""
    return Reply("One moment: I am writing the library to a file.", exports=True)


NOT_IN_SLACK = frozenset(
    {"feedback", "readings", "waiters", "threads", "deliveries", "outgoing", "watched_files", "refilings", "sketches", "meanings", "meaning_spaces"}
)
"""Tables left out of a file that any member may ask for: what colleagues thought of answers, what is only under way, and what is computed anew."""

SENT = (
    "Here is the library of this workspace: pieces, statements, corrections and digests, one JSON object a line; its `table` says what it is."
)


def by_command(team: str) -> str:
    """How to get everything where no file can be sent."""
    return (
        "I may not send files in this workspace: that takes the scope `files:write`, which I do not ask for by myself. Whoever runs me writes "
        f"everything to a file with `entente --team {blocks.escape(team)} export library.jsonl`: pieces, statements, corrections, subscriptions "
        "and feedback, one JSON object a line; tokens are left out."
    )


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

