"""files.*: Slack's two-step upload, and what is known of a file."""

from __future__ import annotations

import mimetypes
from dataclasses import replace

from bot.playground.methods.call import Call
from bot.playground.methods.chat import check_can_post
from bot.playground.platform import Platform
from bot.playground.records import File, Json, Message
from bot.playground.refusal import SlackRefusal
from bot.playground.workspace import Workspace


def get_upload_url(call: Call) -> Json:
    """files.getUploadURLExternal: where to send the bytes."""
    size = call.number("length", 0)
    if size <= 0:
        raise SlackRefusal("file_upload_size_restricted")
    file = new_file(call.platform, call.workspace, call.text("filename"), b"", call.bot)
    return {"upload_url": f"{call.platform.base_url}/upload/{call.workspace.team}/{file.id}", "file_id": file.id}


def complete_upload(call: Call) -> Json:
    """files.completeUploadExternal: share what was sent, in a channel if one is given."""
    wanted = call.json("files")
    if not isinstance(wanted, list) or not wanted:
        raise SlackRefusal("invalid_arguments", ["missing required field: files"])
    files = []
    for one in wanted:
        file = call.workspace.files.get(one.get("id", ""))
        if file is None:
            raise SlackRefusal("file_not_found")
        files.append(_put(call.workspace, file, title=one.get("title") or file.title))
    channel_id = call.text("channel_id", "")
    if channel_id:
        channel = call.channel("channel_id")
        check_can_post(call.workspace, channel)
        files = [_put(call.workspace, file, channels=(channel.id,)) for file in files]
        call.workspace.post(
            Message(
                ts=call.workspace.sequence.ts(),
                channel=channel.id,
                user=call.bot,
                bot_id=call.workspace.bot.bot_id,
                app_id=call.platform.app_id,
                text=call.text("initial_comment", ""),
                thread_ts=call.text("thread_ts", "") or None,
                files=tuple(files),
                subtype="file_share",
            )
        )
    return {"files": [file.facts() for file in files]}


def info(call: Call) -> Json:
    """files.info: only for files in a conversation where the bot is."""
    file = call.workspace.files.get(call.text("file"))
    if file is None or not visible(call.workspace, file):
        raise SlackRefusal("file_not_found")
    return {"file": file.facts(), "comments": [], "response_metadata": {"next_cursor": ""}}


def visible(workspace: Workspace, file: File) -> bool:
    """Whether the bot may see the file."""
    shared = any(workspace.bot.id in workspace.channels[channel].members for channel in file.channels)
    return shared or file.user == workspace.bot.id or not file.channels


def new_file(platform: Platform, workspace: Workspace, name: str, content: bytes, user: str) -> File:
    """Store a file that is shared nowhere yet."""
    file_id = workspace.sequence.id("F")
    file = File(
        id=file_id,
        name=name,
        title=name,
        content=content,
        user=user,
        created=int(platform.clock()),
        url_private=f"{platform.base_url}/files-pri/{workspace.team}-{file_id}/{name}",
        mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream",
    )
    workspace.files[file.id] = file
    return file


def fill(workspace: Workspace, file_id: str, content: bytes) -> None:
    """Store the bytes that came to an upload address."""
    file = workspace.files.get(file_id)
    if file is None:
        raise SlackRefusal("file_not_found")
    _put(workspace, file, content=content)


def _put(workspace: Workspace, file: File, **changes: object) -> File:
    changed: File = replace(file, **changes)  # type: ignore[arg-type]
    workspace.files[file.id] = changed
    return changed
