"""``/library people``: who is who - two names of one person, one name of two - said by hand, which holds when pieces are read again."""

from __future__ import annotations

import re

from bot.errors import Misunderstood
from bot.models import Person
from bot.records import Subject
from handlers import blocks, repair
from handlers.answer import Deps, Reply, Request
from handlers.cards import counted
from store.naming import name_key

A_PAGE = 15
READ = 1_000
"""Authors that are listed; more than anybody turns over."""
HOW = "Type for example: /library people V. Frolov is Vladimir Frolov, or /library people V. Frolov is not Vladimir Frolov."

SAID = r"^(?P<one>.+?)\s+is\s+(?P<parted>not\s+)?(?P<other>.+?)(?:\s+in\s+(?P<piece>#\d{1,15}))?$"


def answer(request: Request, deps: Deps) -> Reply:
    """Who writes here and under which names; or who is, or is not, somebody."""
    if not request.text:
        return listing(request, deps)
    said = re.match(SAID, " ".join(request.text.split()), re.IGNORECASE)
    if said is None:
        raise Misunderstood(HOW)
    if said["parted"]:
        return part(said["one"], said["other"], said["piece"], request, deps)
    if said["piece"]:
        raise Misunderstood("Who wrote a piece is corrected with /library fix #12.")
    return join(said["one"], said["other"], request, deps)


def listing(request: Request, deps: Deps) -> Reply:
    """Authors with the names that they go by."""
    authors = deps.store.people.authors(request.team, READ)
    if not authors:
        return Reply("The library has no author yet. `/library add` and a link adds a piece.")
    items = [(blocks.rich(_listed(person, n)),) for person, n in authors]
    above = [blocks.context(counted(len(authors), "author")), blocks.context(HOW)]
    shown, left = blocks.turn(items, request.page, A_PAGE, above)
    return Reply(counted(len(authors), "author"), shown, ask=request.ask, more=left)


def _listed(person: Person, pieces: int) -> blocks.Part:
    also = f", also “{'”, “'.join(person.aliases[:5])}”" if person.aliases else ""
    return blocks.line(blocks.text(blocks.clip(person.name, 200), "bold"), blocks.text(blocks.clip(f" — {counted(pieces, 'piece')}{also}", 400)))


def join(one: str, other: str, request: Request, deps: Deps) -> Reply:
    """Two people of the library are one."""
    people = deps.store.people
    gone, keep = people.get(request.team, one), people.get(request.team, other)
    if gone.id == keep.id:
        return Reply(f"“{_shown(one)}” and “{_shown(other)}” are one person here already: {_shown(keep.name)}.", subject=Subject(person=keep.id))
    merged = people.merge(request.team, keep.id, gone.id)
    undo = f"`/library people {_shown(gone.name)} is not {_shown(merged.name)}` parts them again."
    return Reply(f"{_shown(gone.name)} and {_shown(merged.name)} are one person from now on. {undo}", subject=Subject(person=merged.id))


def part(one: str, other: str, piece: str | None, request: Request, deps: Deps) -> Reply:
    """A name is not that person's: nowhere, or not in one piece."""
    people = deps.store.people
    known = people.get(request.team, other)
    forms = {name_key(form): form for form in (known.name, *known.aliases)}
    if name_key(one) not in forms:
        names = ", ".join(f"“{form}”" for form in forms.values())
        raise Misunderstood(f"{known.name} does not go by “{blocks.clip(one, 80)}” here; known names: {blocks.clip(names, 300)}.")
    pieces = (repair.find(request, deps, piece).id,) if piece else ()
    made = people.split(request.team, known.id, forms[name_key(one)], pieces)
    where = f" in {piece}" if piece else ""
    return Reply(f"“{_shown(made.name)}”{where} is somebody else from now on, not {_shown(other)}.", subject=Subject(person=made.id))


def _shown(name: str) -> str:
    return blocks.escape(blocks.clip(name, 150))
