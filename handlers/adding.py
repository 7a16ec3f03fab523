"""Adding by hand: a pasted text, a feed."""

from __future__ import annotations

from bot.errors import Misunderstood
from bot.wording import say
from handlers import asked, blocks, inputs
from handlers.answer import Deps, Form, Reply, Request
from handlers.blocks import Block

PARTS = 5
"""Slack takes 3,000 characters in one field; five hold an op-ed of 2,500 words."""

SHORTEST = 200
"""Characters; less is no piece."""


def open_form(request: Request, deps: Deps) -> Reply:
    """The form for a pasted text."""
    shown: list[Block] = [
        inputs.line("title", say("adding.title"), hint=say("adding.title_hint"), most=300),
        inputs.line("authors", say("adding.author"), hint=say("adding.author_hint"), optional=True),
        inputs.line("outlet", say("adding.outlet"), optional=True),
        inputs.date("published", say("adding.published")),
        inputs.line("url", say("adding.link"), hint=say("adding.link_hint"), optional=True, most=1_000),
        inputs.text("text1", say("adding.text"), hint=say("adding.text_hint")),
        *(inputs.text(f"text{part}", say("adding.text_part", part=part), optional=True) for part in range(2, PARTS + 1)),
        blocks.context(say("adding.longer")),
    ]
    return Reply("", form=Form("add", say("adding.form"), tuple(shown), submit=say("adding.add")), ask=request.ask)


def submit(request: Request, deps: Deps) -> Reply:
    """Puts the pasted text into the queue, what was typed about it before the text."""
    given = {name: str(value or "").strip() for name, value in request.form.items()}
    text = "\n\n".join(filter(None, (given.get(f"text{part}", "") for part in range(1, PARTS + 1))))
    errors = {}
    if len(text) < SHORTEST:
        errors["text1"] = say("adding.too_short", typed=len(text))
    if given.get("url") and asked.link_in(given["url"]) is None:
        errors["url"] = say("adding.no_link")
    if errors:
        return Reply("", form_errors=errors)
    head = {"title": given.get("title"), "author": given.get("authors"), "outlet": given.get("outlet"), "date": given.get("published")}
    head["url"] = asked.link_in(given.get("url") or "")
    lines = [f"{name}: {' '.join(value.split())}" for name, value in head.items() if value]
    content = "\n".join(["---", *lines, "---", "", text]).encode()
    title = given.get("title") or say("adding.pasted")
    reading = deps.store.readings.enqueue(request.team, f"{title}.md", content, person=request.person)
    return Reply(say("adding.reading_text", title=blocks.escape(blocks.clip(title, 150))), waits_for=reading.id)


def read_link(request: Request, deps: Deps, link: str) -> Reply:
    """A link that is not in the library: reads it, with a message that waits for it."""
    reading = deps.store.readings.enqueue(request.team, link, person=request.person)
    return Reply(say("adding.reading_link", link=blocks.escape(blocks.clip(link, 200))), waits_for=reading.id)


def open_feed_form(request: Request, deps: Deps) -> Reply:
    """The form for a feed."""
    field = inputs.line("url", say("feed.address"), hint=say("feed.address_hint"), most=1_000)
    return Reply("", form=Form("feed", say("feed.form"), (field,), submit=say("feed.follow")), ask=request.ask)


def submit_feed(request: Request, deps: Deps) -> Reply:
    """Follows a feed."""
    try:
        return add_feed(request, deps, str(request.form.get("url") or ""))
    except Misunderstood as mistake:
        return Reply("", form_errors={"url": str(mistake)})


def add_feed(request: Request, deps: Deps, typed: str) -> Reply:
    """Polls a feed from now on."""
    link = asked.link_in(typed)
    if link is None:
        raise Misunderstood("feed.no_address")
    feed = deps.store.feeds.add(request.team, link, channel=request.channel, person=request.person)
    return Reply(say("feed.followed", feed=blocks.escape(blocks.clip(feed.url, 200))))
