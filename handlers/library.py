"""/library: the store and its care."""

from __future__ import annotations

from bot.errors import ArticleNotFound, Misunderstood
from bot.records import Subject
from handlers import asked, blocks, cards
from handlers.answer import Answer, Deps, Reply, Request
from handlers.blocks import Block
from handlers.cards import counted

A_PAGE = 10


def answer(request: Request, deps: Deps) -> Reply:
    """The word typed first says what is wanted; nothing typed shows the library at a glance."""
    word, _, rest = asked.read(request.text).partition(" ")
    if not word:
        return glance(request, deps)
    if word.lower() not in VERBS:
        raise Misunderstood(f"I know /library {', '.join(VERBS)}. To find “{blocks.clip(word, 40)}”, type /library search {blocks.clip(word, 40)}.")
    return VERBS[word.lower()](Request(request.team, request.person, rest.strip(), request.command, request.page, request.channel), deps)


def glance(request: Request, deps: Deps) -> Reply:
    """The library in numbers."""
    numbers = deps.store.articles.glance(request.team)
    if not numbers.pieces:
        return Reply("The library is empty. Type /library add and a link.")
    held = f"{counted(numbers.pieces, 'piece')} by {counted(numbers.authors, 'author')} in {counted(numbers.outlets, 'outlet')}"
    return Reply(f"{held}; {counted(numbers.statements, 'statement')} on {counted(numbers.issues, 'issue')}. {numbers.waiting} waiting to be read.")


def add(request: Request, deps: Deps) -> Reply:
    """Put a link into the queue."""
    link = asked.link_in(request.text)
    if not link:
        raise Misunderstood("Type /library add and a link that starts with http:// or https://.")
    reading = deps.store.readings.enqueue(request.team, link, person=request.person)
    return Reply(f"Reading {blocks.escape(blocks.clip(link, 200))} …", waits_for=reading.id)


def search(request: Request, deps: Deps) -> Reply:
    """Pieces that have the words."""
    if not request.text:
        raise Misunderstood("Search for what? Type /library search and words.")
    found = deps.store.search.find(request.team, request.text, limit=A_PAGE, offset=request.page * A_PAGE)
    if not found.hits:
        return Reply(f"Nothing in the library has “{blocks.escape(blocks.clip(request.text, 80))}”.")
    shown: list[Block] = [blocks.context(f"{counted(found.total, 'piece')} found")]
    for hit in found.hits:
        head = blocks.line(cards.headline(hit.piece), blocks.text(f" — {cards.about(hit.piece)}"))
        shown.append(blocks.rich(head, blocks.quote(*_marked(hit.snippet))))
    return Reply("Found in the library", blocks.fit(shown), subject=Subject(pieces=tuple(hit.piece.id for hit in found.hits)))


def _marked(snippet: str) -> list[blocks.Part]:
    parts = []
    for at, words in enumerate(snippet.replace("\x03", "\x02").split("\x02")):
        if words:
            parts.append(blocks.text(words, "bold") if at % 2 else blocks.text(words))
    return parts or [blocks.text(" ")]


def listing(request: Request, deps: Deps) -> Reply:
    """The newest pieces."""
    pieces = deps.store.articles.newest(request.team, A_PAGE, request.page * A_PAGE)
    listed = [blocks.line(cards.headline(piece), blocks.text(f" — {cards.about(piece)}")) for piece in pieces]
    if not listed:
        return Reply("The library is empty. Type /library add and a link.")
    return Reply("The newest pieces", blocks.fit((blocks.rich(blocks.bullets(*listed)),)), subject=Subject(pieces=tuple(p.id for p in pieces)))


def remove(request: Request, deps: Deps) -> Reply:
    """Remove one piece by its number."""
    number = request.text.lstrip("#")
    if not number.isdigit():
        raise Misunderstood("Which piece? Type /library remove and its number, for example #12.")
    piece = deps.store.articles.find(request.team, f"#{number}")
    if piece is None:
        raise ArticleNotFound(f"There is no piece #{number}.")
    deps.store.articles.remove(request.team, piece.id)
    return Reply(f"Removed #{piece.id} “{blocks.escape(cards.title(piece))}”.")


VERBS: dict[str, Answer] = {"add": add, "search": search, "list": listing, "remove": remove}
