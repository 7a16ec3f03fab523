"""chat.*: posting, editing, deleting, previewing."""

from __future__ import annotations

from typing import Any

from bot.playground.blockkit import check_message
from bot.playground.methods.call import Call
from bot.playground.records import Channel, Json, Message
from bot.playground.refusal import SlackRefusal
from bot.playground.workspace import Workspace

TEXT_CHARACTERS = 40_000
METADATA_BYTES = 16_000


def post_message(call: Call) -> Json:
    """chat.postMessage; a user's id as the channel means the direct message with them."""
    wanted = call.text("channel")
    channel = call.workspace.direct(wanted, call.bot) if wanted in call.workspace.people else call.channel()
    check_can_post(call.workspace, channel)
    thread_ts = call.text("thread_ts", "")
    content = read_content(call)
    message = call.workspace.post(
        Message(
            ts=call.workspace.sequence.ts(),
            channel=channel.id,
            user=call.bot,
            bot_id=call.workspace.bot.bot_id,
            app_id=call.platform.app_id,
            thread_ts=thread_ts or None,
            broadcast=call.flag("reply_broadcast"),
            metadata=read_metadata(call),
            unfurls=call.flag("unfurl_links", True),
            **content,
        )
    )
    call.workspace.set_assistant(channel.id, thread_ts, {"status": ""})
    call.platform.heard(call.workspace, channel, message, mentioned=False)
    return {
        "channel": channel.id,
        "ts": message.ts,
        "message": message.facts(call.workspace.team, metadata=True),
    }


def post_ephemeral(call: Call) -> Json:
    """chat.postEphemeral: for one person, in no history."""
    channel = call.channel()
    check_can_post(call.workspace, channel)
    person = call.workspace.person(call.text("user"))
    if person.id not in channel.members:
        raise SlackRefusal("user_not_in_channel")
    message = call.workspace.post(
        Message(
            ts=call.workspace.sequence.ts(),
            channel=channel.id,
            user=call.bot,
            bot_id=call.workspace.bot.bot_id,
            app_id=call.platform.app_id,
            only_for=person.id,
            thread_ts=call.text("thread_ts", "") or None,
            **read_content(call),
        )
    )
    return {"message_ts": message.ts}


def update(call: Call) -> Json:
    """chat.update: the bot's own messages only; what is not given stays, but text without blocks takes the blocks away."""
    message = _own_message(call, "cant_update_message")
    content = read_content(call, updating=True)
    if "metadata" in call.arguments:
        content["metadata"] = read_metadata(call)
    changed = call.workspace.change(message, edited=call.workspace.sequence.ts(), **content)
    call.platform.heard_of_change(call.workspace, message, changed)
    return {
        "channel": changed.channel,
        "ts": changed.ts,
        "text": changed.text,
        "message": changed.facts(call.workspace.team, metadata=True),
    }


def delete(call: Call) -> Json:
    """chat.delete: the bot's own messages only."""
    message = _own_message(call, "cant_delete_message")
    call.workspace.delete(message)
    call.platform.heard_of_change(call.workspace, message, None)
    return {"channel": message.channel, "ts": message.ts}


def get_permalink(call: Call) -> Json:
    """chat.getPermalink: an address of this local workspace."""
    channel = call.channel()
    message = call.workspace.message(channel.id, call.text("message_ts"))
    if message.ephemeral:
        raise SlackRefusal("message_not_found")
    return {"channel": channel.id, "permalink": permalink(call.platform.base_url, message)}


def permalink(base_url: str, message: Message) -> str:
    """The address of a message, in the shape of Slack's."""
    link = f"{base_url}/archives/{message.channel}/p{message.ts.replace('.', '')}"
    return f"{link}?thread_ts={message.thread_ts}&cid={message.channel}" if message.reply else link


def unfurl(call: Call) -> Json:
    """chat.unfurl: previews under the links of somebody's message."""
    previews = call.json("unfurls")
    if not isinstance(previews, dict):
        raise SlackRefusal("missing_unfurls")
    channel = call.channel()
    try:
        message = call.workspace.message(channel.id, call.text("ts"))
    except SlackRefusal:
        raise SlackRefusal("cannot_find_message") from None
    attachments = []
    for url, preview in previews.items():
        if not isinstance(preview, dict):
            raise SlackRefusal("invalid_unfurls_format")
        if "blocks" in preview:
            preview = {**preview, "blocks": list(check_message(preview["blocks"]))}
        attachments.append({**preview, "from_url": url, "app_unfurl_url": url, "is_app_unfurl": True})
    changed = call.workspace.change(message, attachments=tuple(attachments))
    call.platform.heard_of_change(call.workspace, message, changed)
    return {}


def read_content(call: Call, *, updating: bool = False) -> dict[str, Any]:
    """Text, blocks and attachments of a message, checked; raises `no_text` where there is none of them."""
    text, blocks, attachments = call.text("text", ""), call.json("blocks"), call.json("attachments")
    return check_content(text, blocks, attachments, updating=updating)


def check_content(text: str, blocks: Any, attachments: Any, *, updating: bool = False) -> dict[str, Any]:
    """The same for what came through a response_url."""
    if not text and not blocks and not attachments:
        raise SlackRefusal("no_text")
    if len(text) > TEXT_CHARACTERS and updating:
        raise SlackRefusal("msg_too_long")
    return {
        "text": text[:TEXT_CHARACTERS],
        "blocks": check_message(blocks) if blocks else (),
        "attachments": tuple(attachments or ()),
    }


def read_metadata(call: Call) -> Json | None:
    """The message's metadata; raises what Slack raises for a wrong shape."""
    metadata = call.json("metadata")
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_type"), str):
        raise SlackRefusal("invalid_metadata_format")
    if not isinstance(metadata.get("event_payload"), dict):
        raise SlackRefusal("invalid_metadata_format")
    if len(repr(metadata)) > METADATA_BYTES:
        raise SlackRefusal("metadata_too_large")
    return metadata


def check_can_post(workspace: Workspace, channel: Channel) -> None:
    """Whether the bot may speak there."""
    if channel.archived:
        raise SlackRefusal("is_archived")
    if workspace.bot.id not in channel.members:
        raise SlackRefusal("not_in_channel")


def _own_message(call: Call, refusal: str) -> Message:
    channel = call.channel()
    message = call.workspace.message(channel.id, call.text("ts"))
    if message.ephemeral:
        raise SlackRefusal("message_not_found")
    if message.user != call.bot:
        raise SlackRefusal(refusal)
    if channel.archived:
        raise SlackRefusal("is_archived")
    return message
