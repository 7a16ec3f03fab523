"""``/library people``: who is who - two names of one person, one name of two - said by hand, which holds when pieces are read again."""

from __future__ import annotations

import re

from bot.errors import Misunderstood
from bot.models import Person
from bot.records import Subject
from bot.wording import say
from handlers import blocks, repair
from handlers.answer import Deps, Reply, Request
from store.naming import name_key

A_PAGE = 15
READ = 1_000
"""Authors that are listed; more than anybody turns over."""

SAID = r"^(?P<one>.+?)\s+is\s+(?P<parted>not\s+)?(?P<other>.+?)(?:\s+in\s+(?P<piece>#\d{1,15}))?$"


def answer(request: Request, deps: Deps) -> Reply:
    """Who writes here and under which names; or who is, or is not, somebody."""
    if not request.text:
        return listing(request, deps)
    said = re.match(SAID, " ".join(request.text.split()), re.IGNORECASE)
    if said is None:
        raise Misunderstood("people.how")
    if said["parted"]:
        return part(said["one"], said["other"], said["piece"], request, deps)
    if said["piece"]:
        raise Misunderstood("people.by_fix")
    return join(said["one"], said["other"], request, deps)


def listing(request: Request, deps: Deps) -> Reply:
    """Authors with the names that they go by."""
    authors = deps.store.people.authors(request.team, READ)
    if not authors:
        return Reply(say("people.none"))
    items = [(blocks.rich(_listed(person, n)),) for person, n in authors]
    count = say("counted.author", n=len(authors))
    above = [blocks.context(count), blocks.context(say("people.how"))]
    shown, left = blocks.turn(items, request.page, A_PAGE, above)
    return Reply(count, shown, ask=request.ask, more=left)


def _listed(person: Person, pieces: int) -> blocks.Part:
    said = say("counted.piece", n=pieces)
    if person.aliases:
        said = say("people.also", pieces=pieces, names="”, “".join(person.aliases[:5]))
    return blocks.line(blocks.text(blocks.clip(person.name, 200), "bold"), blocks.text(f" — {blocks.clip(said, 400)}"))


def join(one: str, other: str, request: Request, deps: Deps) -> Reply:
    """Two people of the library are one."""
    people = deps.store.people
    gone, keep = people.get(request.team, one), people.get(request.team, other)
    if gone.id == keep.id:
        said = say("people.one_already", one=_shown(one), other=_shown(other), person=_shown(keep.name))
        return Reply(said, subject=Subject(person=keep.id))
    merged = people.merge(request.team, keep.id, gone.id)
    return Reply(say("people.joined", gone=_shown(gone.name), person=_shown(merged.name)), subject=Subject(person=merged.id))


def part(one: str, other: str, piece: str | None, request: Request, deps: Deps) -> Reply:
    """A name is not that person's: nowhere, or not in one piece."""
    people = deps.store.people
    known = people.get(request.team, other)
    forms = {name_key(form): form for form in (known.name, *known.aliases)}
    if name_key(one) not in forms:
        names = ", ".join(f"“{form}”" for form in forms.values())
        raise Misunderstood("people.no_such_name", person=known.name, typed=blocks.clip(one, 80), names=blocks.clip(names, 300))
    pieces = (repair.find(request, deps, piece).id,) if piece else ()
    made = people.split(request.team, known.id, forms[name_key(one)], pieces)
    said = say("people.parted", person=_shown(made.name), where=say("people.in_piece", piece=piece) if piece else "", other=_shown(other))
    return Reply(said, subject=Subject(person=made.id))


def _shown(name: str) -> str:
    return blocks.escape(blocks.clip(name, 150))
