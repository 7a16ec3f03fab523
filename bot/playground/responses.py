"""What an app sends to a response_url, or with its acknowledgement of a command."""

from __future__ import annotations

from bot.playground.methods.chat import check_content
from bot.playground.platform import Platform
from bot.playground.records import Json, Message
from bot.playground.refusal import SlackRefusal
from bot.playground.vouchers import ResponseHook
from bot.playground.workspace import Workspace


def post_response(platform: Platform, workspace: Workspace, hook: ResponseHook, body: Json) -> None:
    """Post, replace or delete as the body says; the bot needs no membership for it."""
    original = _original(workspace, hook)
    if body.get("delete_original"):
        if original:
            workspace.delete(original)
        return
    content = check_content(str(body.get("text") or ""), body.get("blocks"), body.get("attachments"))
    if body.get("replace_original") and original:
        edited = None if original.ephemeral else workspace.sequence.ts()
        workspace.change(original, edited=edited, **content)
        return
    kind = body.get("response_type", "ephemeral")
    if kind not in ("ephemeral", "in_channel"):
        raise SlackRefusal("invalid_arguments", ["response_type must be ephemeral or in_channel"])
    message = workspace.post(
        Message(
            ts=workspace.sequence.ts(),
            channel=hook.channel,
            user=workspace.bot.id,
            bot_id=workspace.bot.bot_id,
            app_id=platform.app_id,
            only_for=hook.person if kind == "ephemeral" else None,
            thread_ts=body.get("thread_ts") or hook.thread_ts,
            metadata=body.get("metadata"),
            unfurls=bool(body.get("unfurl_links", True)),
            **content,
        )
    )
    if hook.original is None:
        hook.original = message.ts


def _original(workspace: Workspace, hook: ResponseHook) -> Message | None:
    if hook.original is None:
        return None
    try:
        return workspace.message(hook.channel, hook.original)
    except SlackRefusal:
        return None
