"""App Home: the library at a glance, the newest pieces, what is asked about most, what is stored and how to get or delete it."""

from __future__ import annotations

from bot.errors import NotAllowed
from handlers import blocks, buttons, cards, digest, inputs, library
from handlers.answer import Deps, Form, Reply, Request
from handlers.blocks import Block
from handlers.cards import counted

NEWEST = 5
ISSUES = 8
SUBSCRIPTIONS = 5

STORED = (
    "*What is stored.* The pieces and what was found in them; digests that were subscribed to; what people thought of answers; which piece, "
    "person or issue a thread is about. No message of yours is stored, and no text leaves the machine that I run on. "
    "Uninstalling the app deletes everything of this workspace."
)


DIGESTS = (
    "`/digest change #3` opens its form · `/digest snooze #3 2 weeks` keeps it quiet · `/digest now #3` posts it out of turn · "
    "`/digest follow ports` says at once when a piece is added"
)


def answer(request: Request, deps: Deps) -> Reply:
    """A person's home."""
    numbers = deps.store.articles.glance(request.team)
    shown: list[Block] = [blocks.header("Your library")]
    if not numbers.pieces:
        shown.append(blocks.section(library.EMPTY))
    else:
        waiting = f" {counted(numbers.waiting, 'piece')} waiting to be read." if numbers.waiting else ""
        shown.append(blocks.section(library.in_numbers(numbers) + waiting))
    shown.append(blocks.actions(blocks.button("Paste a text", "add", style="primary"), blocks.button("Follow a feed", "feed_add")))
    shown += _newest(request, deps)
    shown += _issues(request, deps)
    shown += _subscriptions(request, deps)
    shown += _unread(request, deps)
    shown += [
        blocks.divider(),
        blocks.section(STORED),
        blocks.actions(blocks.button("Export", "export"), blocks.button("Delete everything …", "forget", style="danger")),
        blocks.context_mrkdwn(
            "`/library help`, `/summary help`, `/views help`, `/issue help` and `/digest help` say what can be typed. "
            "*Useful* and *Not useful* under an answer are kept; `/library feedback` shows them."
        ),
    ]
    return Reply("Your library", tuple(shown))


def _newest(request: Request, deps: Deps) -> list[Block]:
    pieces = deps.store.articles.newest(request.team, NEWEST)
    if not pieces:
        return []
    shown: list[Block] = [blocks.header("Newest pieces")]
    for piece in pieces:
        title = blocks.escape(blocks.clip(cards.title(piece), 200))
        linked = f"<{blocks.escape(piece.url.value)}|{title}>" if blocks.is_web(piece.url.value) else title
        about = blocks.escape(blocks.clip(cards.about(piece), 300))
        shown.append(blocks.section(f"*{linked}*\n{about}", accessory=buttons.ask_button("Summary", "/summary", f"#{piece.id}")))
    return shown


def _issues(request: Request, deps: Deps) -> list[Block]:
    active = deps.store.issues.activity(request.team, limit=ISSUES)
    if not active:
        return []
    pressed = [buttons.ask_button(f"{blocks.clip(one.issue.name, 50)} ({one.pieces})", "/issue", one.issue.name) for one in active]
    # action ids must differ within one block
    row = [button | {"action_id": f"{buttons.ASK}:{at}"} for at, button in enumerate(pressed)]
    return [blocks.header("Issues"), blocks.actions(*row)]


def _subscriptions(request: Request, deps: Deps) -> list[Block]:
    mine = deps.store.subscriptions.of_person(request.team, request.person)
    if not mine:
        none = "None yet. `/digest subscribe` sends what is new, at your hour; `/digest follow sanctions` says at once when a piece is added."
        return [blocks.header("Your digests"), blocks.section(none)]
    lines = [f"• {digest.row(one, request, deps)}" for one in mine[:SUBSCRIPTIONS]]
    if len(mine) > SUBSCRIPTIONS:
        lines.append(f"… and {len(mine) - SUBSCRIPTIONS} more: `/digest list`")
    return [blocks.header("Your digests"), blocks.section(blocks.clip_escaped("\n".join(lines), blocks.SECTION)), blocks.context_mrkdwn(DIGESTS)]


def _unread(request: Request, deps: Deps) -> list[Block]:
    failed = deps.store.readings.failures(request.team, 3)
    if not failed:
        return []
    lines = [blocks.line(blocks.text(f"{blocks.clip(one.source, 150)}: {one.reason or 'could not be read'}")) for one in failed]
    return [blocks.header("Could not be read"), blocks.rich(blocks.bullets(*lines))]


WORD = "delete"


def _allow(request: Request, deps: Deps) -> None:
    """Raises ``NotAllowed`` for who may not delete what belongs to everybody: admins may; where Slack does not say, who installed me."""
    if not request.team:
        raise NotAllowed("Only a workspace can be deleted.")
    installed = request.admin is None and deps.store.installations.find(None, request.team, request.person) is not None
    if not request.admin and not installed:
        who = "an admin of this workspace" if request.admin is False else "an admin of this workspace, which Slack does not tell me of you,"
        raise NotAllowed(f"Only {who} can delete everything, for it belongs to all. `/library remove #12` removes a piece.")


def ask_to_forget(request: Request, deps: Deps) -> Reply:
    """Asks before everything is deleted."""
    _allow(request, deps)
    field = inputs.line("word", f"Type “{WORD}” to delete the whole library of this workspace", most=20)
    warning = blocks.section("Every piece, digest, feed and correction of this workspace is deleted, for everybody. It cannot be undone.")
    return Reply("", form=Form("forget", "Delete everything", (warning, field), submit="Delete"))


def forget(request: Request, deps: Deps) -> Reply:
    """Deletes everything of the workspace but the installation, so that it can start anew."""
    if str(request.form.get("word") or "").strip().lower() != WORD:
        return Reply("", form_errors={"word": f"Nothing was deleted. Type “{WORD}” if you mean it."})
    _allow(request, deps)
    rows = deps.store.forget(request.team, keep=("installations", "deliveries"))
    return Reply(f"Deleted: {counted(rows, 'row')}. The library is empty.")
