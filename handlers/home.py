"""App Home: the library at a glance, the newest pieces, what is asked about most, what is stored and how to get or delete it."""

from __future__ import annotations

from bot.errors import NotAllowed
from bot.wording import say
from handlers import blocks, buttons, cards, digest, inputs, library
from handlers.answer import Deps, Form, Reply, Request
from handlers.blocks import Block

NEWEST = 5
ISSUES = 8
SUBSCRIPTIONS = 5


def answer(request: Request, deps: Deps) -> Reply:
    """A person's home."""
    numbers = deps.store.articles.glance(request.team)
    shown: list[Block] = [blocks.header(say("home.heading"))]
    if not numbers.pieces:
        shown.append(blocks.section(say("library.empty")))
    else:
        shown.append(blocks.section(library.in_numbers(numbers) + library.waiting(numbers)))
    paste = blocks.button(say("button.paste_text"), "add", style="primary")
    shown.append(blocks.actions(paste, blocks.button(say("button.follow_feed"), "feed_add")))
    shown += _newest(request, deps)
    shown += _issues(request, deps)
    shown += _subscriptions(request, deps)
    shown += _unread(request, deps)
    shown += [
        blocks.divider(),
        blocks.section(say("home.stored")),
        blocks.actions(blocks.button(say("button.export"), "export"), blocks.button(say("button.delete_everything"), "forget", style="danger")),
        blocks.context_mrkdwn(say("home.help")),
    ]
    return Reply(say("home.heading"), tuple(shown))


def _newest(request: Request, deps: Deps) -> list[Block]:
    pieces = deps.store.articles.newest(request.team, NEWEST)
    if not pieces:
        return []
    shown: list[Block] = [blocks.header(say("home.newest"))]
    for piece in pieces:
        title = blocks.escape(blocks.clip(cards.title(piece), 200))
        linked = f"<{blocks.letters(blocks.escape(piece.url.value))}|{title}>" if blocks.is_web(piece.url.value) else title
        about = blocks.escape(blocks.clip(cards.about(piece), 300))
        shown.append(blocks.section(f"*{linked}*\n{about}", accessory=buttons.ask_button(say("button.summary"), "/summary", f"#{piece.id}")))
    return shown


def _issues(request: Request, deps: Deps) -> list[Block]:
    active = deps.store.issues.activity(request.team, limit=ISSUES)
    if not active:
        return []
    labels = [say("home.issue", issue=blocks.clip(one.issue.name, 50), pieces=one.pieces) for one in active]
    pressed = [buttons.ask_button(label, "/issue", one.issue.name) for label, one in zip(labels, active, strict=True)]
    # action ids must differ within one block
    row = [button | {"action_id": f"{buttons.ASK}:{at}"} for at, button in enumerate(pressed)]
    return [blocks.header(say("home.issues")), blocks.actions(*row)]


def _subscriptions(request: Request, deps: Deps) -> list[Block]:
    mine = deps.store.subscriptions.of_person(request.team, request.person)
    if not mine:
        return [blocks.header(say("home.digests")), blocks.section(say("home.no_digests"))]
    lines = [f"• {digest.row(one, request, deps)}" for one in mine[:SUBSCRIPTIONS]]
    if len(mine) > SUBSCRIPTIONS:
        lines.append(say("home.more_digests", n=len(mine) - SUBSCRIPTIONS))
    listed = blocks.section(blocks.clip_escaped("\n".join(lines), blocks.SECTION))
    return [blocks.header(say("home.digests")), listed, blocks.context_mrkdwn(say("home.about_digests"))]


def _unread(request: Request, deps: Deps) -> list[Block]:
    failed = deps.store.readings.failures(request.team, 3)
    if not failed:
        return []
    lines = [blocks.line(blocks.text(f"{blocks.clip(one.source, 150)}: {one.reason or say('home.unread_why')}")) for one in failed]
    return [blocks.header(say("home.unread")), blocks.rich(blocks.bullets(*lines))]


WORD = "delete"


def _allow(request: Request, deps: Deps) -> None:
    """Raises ``NotAllowed`` for who may not delete what belongs to everybody: admins may; where Slack does not say, who installed me."""
    if not request.team:
        raise NotAllowed("forget.no_workspace")
    installed = request.admin is None and deps.store.installations.find(None, request.team, request.person) is not None
    if not request.admin and not installed:
        raise NotAllowed("forget.no_admin" if request.admin is False else "forget.unknown_admin")


def ask_to_forget(request: Request, deps: Deps) -> Reply:
    """Asks before everything is deleted."""
    _allow(request, deps)
    field = inputs.line("word", say("forget.word", word=WORD), most=20)
    warning = blocks.section(say("forget.warning"))
    return Reply("", form=Form("forget", say("forget.form"), (warning, field), submit=say("forget.delete")))


def forget(request: Request, deps: Deps) -> Reply:
    """Deletes everything of the workspace but the installation, so that it can start anew."""
    if str(request.form.get("word") or "").strip().lower() != WORD:
        return Reply("", form_errors={"word": say("forget.not_deleted", word=WORD)})
    _allow(request, deps)
    rows = deps.store.forget(request.team, keep=("installations", "deliveries"))
    return Reply(say("forget.deleted", rows=rows))
