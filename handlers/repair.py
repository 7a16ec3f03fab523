"""Repair: *Fix details* of a piece, and the workspace's own issues."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from bot.errors import BotError, Misunderstood
from bot.models import Issue, Piece
from bot.wording import say
from handlers import blocks, cards, inputs
from handlers.answer import Deps, Form, Reply, Request
from handlers.blocks import Block

OFFERED = 20
"""Issues offered for what is typed."""


def number_of(text: str, verb: str = "fix") -> str:
    """ "#12" for "#12", "12", or a button's value; ``verb`` is what should be done with the piece."""
    number = text.strip().lstrip("#")
    if not number.isdecimal() or len(number) > 15:
        raise Misunderstood("fix.which", verb=verb)
    return f"#{number}"


def find(request: Request, deps: Deps, typed: str, verb: str = "fix") -> Piece:
    """The piece with this number."""
    return deps.store.articles.get(request.team, int(number_of(typed, verb)[1:]))


def open_form(request: Request, deps: Deps) -> Reply:
    """The form with what is known of a piece."""
    piece = find(request, deps, request.context or request.text)
    known = {issue.slug: issue for issue in deps.store.issues.all(request.team)}
    filed = [(slug, known[slug].name) for slug, _ in deps.store.articles.issues(request.team, piece.id) if slug in known]
    shown: list[Block] = [
        blocks.context(say("fix.about")),
        inputs.line("title", say("fix.title"), initial=piece.title.value or "", optional=True),
        inputs.line("authors", say("fix.authors"), initial=", ".join(piece.authors.value or ()), hint=say("fix.authors_hint"), optional=True),
        inputs.date("published", say("fix.published"), initial=piece.published.value.isoformat() if piece.published.value else None),
        inputs.line("outlet", say("fix.outlet"), initial=piece.outlet.value or "", optional=True),
        inputs.several_found("issues", say("fix.issues"), initial=filed, hint=say("fix.issues_hint")),
    ]
    form = Form("fix", say("fix.form", number=piece.id), tuple(shown), submit=say("form.save"), context=str(piece.id))
    return Reply("", form=form, ask=request.ask)


def submit(request: Request, deps: Deps) -> Reply:
    """Enters what was changed; what was left as it was stays as it was."""
    piece = find(request, deps, request.context)
    form, articles = request.form, deps.store.articles
    entered: dict[str, tuple[Any, Any]] = {
        "title": (piece.title.value, _words(form.get("title"))),
        "authors": (piece.authors.value, tuple(filter(None, (_words(name) for name in str(form.get("authors") or "").split(",")))) or None),
        "published": (piece.published.value, _day(form.get("published"))),
        "outlet": (piece.outlet.value, _words(form.get("outlet"))),
        "issues": (tuple(slug for slug, _ in articles.issues(request.team, piece.id)), tuple(form.get("issues") or ())),
    }
    changed = {field: new for field, (old, new) in entered.items() if old != new and (field != "issues" or set(old) != set(new))}
    for field, value in changed.items():
        articles.correct(request.team, piece.id, field, value, request.person)
    piece = articles.get(request.team, piece.id)
    what = ", ".join(say(f"corrected.{field}") for field in changed)
    said = say("fix.corrected", what=what, number=piece.id) if changed else say("fix.unchanged", number=piece.id)
    return Reply(said, (blocks.context(said), *cards.piece_card(piece)))


def issue_options(request: Request, deps: Deps) -> list[Block]:
    """Issues for what is being typed: those that contain it first, then those spelled like it."""
    typed = " ".join(request.text.casefold().split())
    every = deps.store.issues.all(request.team)
    holding = [issue for issue in every if any(typed in form.casefold() for form in (issue.name, *issue.aliases))]
    near = [issue for issue in deps.store.issues.near(request.team, request.text) if issue not in holding]
    return inputs.options((issue.slug, issue.name) for issue in [*holding, *near][:OFFERED])


# --- own issues -------------------------------------------------------------------------------------------------------


def open_issue_form(request: Request, deps: Deps) -> Reply:
    """The form for an issue, empty for a new one."""
    return issue_form(deps.store.issues.by_slug(request.team, request.context) if request.context else None, "", request)


def issue_form(issue: Issue | None, name: str, request: Request) -> Reply:
    """The form for an issue; ``name`` is what a new one might be called."""
    shown: list[Block] = [
        inputs.line("name", say("own_issue.name"), initial=issue.name if issue else name, hint=say("own_issue.name_hint"), most=80),
        inputs.text(
            "aliases",
            say("own_issue.aliases"),
            initial=", ".join(issue.aliases) if issue else "",
            hint=say("own_issue.aliases_hint"),
            optional=True,
            most=1_000,
        ),
    ]
    title, slug = (say("own_issue.change"), issue.slug) if issue else (say("own_issue.new"), "")
    return Reply("", form=Form("issue", title, tuple(shown), submit=say("form.save"), context=slug), ask=request.ask)


def submit_issue(request: Request, deps: Deps) -> Reply:
    """Adds or changes an issue of this workspace."""
    name = _words(request.form.get("name")) or ""
    aliases = tuple(dict.fromkeys(filter(None, (_words(word) for word in re.split(r"[,\n]", str(request.form.get("aliases") or ""))))))
    slug = request.context or re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:60]
    known = deps.store.issues.by_slug(request.team, request.context) if request.context else None
    try:
        saved = deps.store.issues.save(
            request.team, Issue(slug, name, aliases, known.related if known else (), known.broader if known else (), own=True)
        )
    except BotError as mistake:
        return Reply("", form_errors={"name": str(mistake)})
    return Reply(say("own_issue.saved", name=blocks.escape(saved.name)))


def _words(value: object) -> str | None:
    words = " ".join(blocks.clean(str(value or "")).split())
    return words or None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
