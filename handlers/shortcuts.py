"""Shortcuts: *Save to library* and *Summarise* on a message, *Search the library* from everywhere."""

from __future__ import annotations

from bot.errors import Misunderstood
from bot.wording import say
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
        raise Misunderstood("adding.neither")
    names = ", ".join(blocks.escape(blocks.clip(file.name, 80)) for file in request.files[:1])
    return Reply(say("adding.reading_files", names=names), fetches=request.files[:1])


def search(request: Request, deps: Deps) -> Reply:
    """The form for a search."""
    words = inputs.line("words", say("search.words"), hint=say("search.words_hint"), most=500)
    return Reply("", form=Form("search", say("search.form"), (words,), submit=say("button.search")))


def search_submitted(request: Request, deps: Deps) -> Reply:
    """What the search found."""
    typed = str(request.form.get("words") or "").strip()
    if not typed:
        return Reply("", form_errors={"words": say("search.no_words")})
    return library.answer(Request(request.team, request.person, f"search {typed}", "/library", channel=request.channel), deps)
