"""Adding by hand: a pasted text, a feed."""

from __future__ import annotations

from bot.errors import Misunderstood
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
        inputs.line("title", "Title", hint="As printed", most=300),
        inputs.line("authors", "Author", hint="As printed; several names with commas. Left empty, it counts as not stated.", optional=True),
        inputs.line("outlet", "Outlet", optional=True),
        inputs.date("published", "Date of publication"),
        inputs.line("url", "Link", hint="Where it can be read, if anywhere", optional=True, most=1_000),
        inputs.text("text1", "Text", hint="Slack takes 3,000 characters in one field; go on in the next one."),
        *(inputs.text(f"text{part}", f"Text, part {part}", optional=True) for part in range(2, PARTS + 1)),
        blocks.context("Longer than that? Save it as a file (.txt .md .html .pdf .docx .eml) and drop it on me in a direct message."),
    ]
    return Reply("", form=Form("add", "Add a piece", tuple(shown), submit="Add"), ask=request.ask)


def submit(request: Request, deps: Deps) -> Reply:
    """Puts the pasted text into the queue, what was typed about it before the text."""
    given = {name: str(value or "").strip() for name, value in request.form.items()}
    text = "\n\n".join(filter(None, (given.get(f"text{part}", "") for part in range(1, PARTS + 1))))
    errors = {}
    if len(text) < SHORTEST:
        errors["text1"] = f"That is too short for a piece: {len(text)} characters. Paste the whole text."
    if given.get("url") and asked.link_in(given["url"]) is None:
        errors["url"] = "A link starts with https:// or http://."
    if errors:
        return Reply("", form_errors=errors)
    head = {"title": given.get("title"), "author": given.get("authors"), "outlet": given.get("outlet"), "date": given.get("published")}
    head["url"] = asked.link_in(given.get("url") or "")
    lines = [f"{name}: {' '.join(value.split())}" for name, value in head.items() if value]
    content = "\n".join(["---", *lines, "---", "", text]).encode()
    title = given.get("title") or "pasted text"
    reading = deps.store.readings.enqueue(request.team, f"{title}.md", content, person=request.person)
    return Reply(f"Reading “{blocks.escape(blocks.clip(title, 150))}” …", waits_for=reading.id)


def read_link(request: Request, deps: Deps, link: str) -> Reply:
    """A link that is not in the library: reads it, with a message that waits for it."""
    reading = deps.store.readings.enqueue(request.team, link, person=request.person)
    said = f"Reading {blocks.escape(blocks.clip(link, 200))} … this takes a few seconds; this message will change."
    return Reply(said, waits_for=reading.id)


def open_feed_form(request: Request, deps: Deps) -> Reply:
    """The form for a feed."""
    field = inputs.line("url", "Address of the feed", hint="RSS, Atom or JSON Feed; it is looked at every hour or so.", most=1_000)
    return Reply("", form=Form("feed", "Follow a feed", (field,), submit="Follow"), ask=request.ask)


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
        raise Misunderstood("A feed's address starts with https:// or http://, for example https://example.org/feed.xml.")
    feed = deps.store.feeds.add(request.team, link, channel=request.channel, person=request.person)
    return Reply(f"I follow {blocks.escape(blocks.clip(feed.url, 200))} from now on and read what is new in it. `/library feeds` shows all feeds.")
