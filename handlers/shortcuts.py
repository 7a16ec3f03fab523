"""Shortcuts: *Save to library* and *Summarise* on a message, *Search the library* from everywhere."""

from __future__ import annotations

from bot.errors import Misunderstood
from handlers import asked, blocks, inputs, library, summary
from handlers.answer import Deps, Form, Reply, Request


def save(request: Request, deps: Deps) -> Reply:
    """Reads the link or the files of a message and keeps them."""
    link = asked.link_in(request.text)
    if link:
        return library.add(_of(request, link), deps)
    return _files(request)


def summarise(request: Request, deps: Deps) -> Reply:
    """The summary of the piece that a message links to; it is read first when it is not in the library."""
    link = asked.link_in(request.text)
    if link:
        return summary.answer(_of(request, link), deps)
    return _files(request)


def _of(request: Request, link: str) -> Request:
    return Request(request.team, request.person, link, "/summary", channel=request.channel)


def _files(request: Request) -> Reply:
    if not request.files:
        raise Misunderstood("There is neither a link nor a file in that message that I could read.")
    names = ", ".join(blocks.escape(blocks.clip(file.name, 80)) for file in request.files[:1])
    return Reply(f"Reading {names} …", fetches=request.files[:1])


def search(request: Request, deps: Deps) -> Reply:
    """The form for a search."""
    words = inputs.line("words", "Words", hint='author: issue: outlet: before: after: "a phrase" -not OR', most=500)
    return Reply("", form=Form("search", "Search the library", (words,), submit="Search"))


def search_submitted(request: Request, deps: Deps) -> Reply:
    """What the search found."""
    typed = str(request.form.get("words") or "").strip()
    if not typed:
        return Reply("", form_errors={"words": "Type at least one word."})
    return library.answer(Request(request.team, request.person, f"search {typed}", "/library", channel=request.channel), deps)
