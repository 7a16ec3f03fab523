"""What people do that the app hears of as events: they write, upload, join, leave, react, open the app's home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.playground.compose import compose, domain_of, links, rich_text
from bot.playground.methods.files import new_file
from bot.playground.platform import Platform
from bot.playground.records import Channel, File, Json, Message, Person
from bot.playground.refusal import SlackRefusal
from bot.playground.workspace import Workspace


def say(
    platform: Platform,
    workspace: Workspace,
    person: Person,
    channel: Channel,
    typed: str,
    *,
    thread_ts: str | None = None,
    files: Sequence[tuple[str, bytes]] = (),
) -> Message:
    """Post what somebody typed, with the files they attached, and tell the app by every event that applies."""
    if channel.archived:
        raise SlackRefusal("is_archived")
    if person.id not in channel.members:
        raise SlackRefusal("not_in_channel")
    people, channels = workspace.names()
    text = compose(typed, people, channels)
    shared = tuple(_share(platform, workspace, person, channel, name, content) for name, content in files)
    message = workspace.post(
        Message(
            ts=workspace.sequence.ts(),
            channel=channel.id,
            user=person.id,
            text=text,
            blocks=(rich_text(typed, people, channels),) if typed else (),
            thread_ts=thread_ts,
            files=shared,
            subtype="file_share" if shared else None,
        )
    )
    platform.heard(workspace, channel, message, f"<@{workspace.bot.id}>" in text)
    if workspace.bot.id in channel.members:
        _announce_links(platform, workspace, message, links(typed))
        for file in shared:
            platform.emit(
                workspace,
                {
                    "type": "file_shared",
                    "channel_id": channel.id,
                    "file_id": file.id,
                    "user_id": person.id,
                    "file": {"id": file.id},
                },
            )
    return message


def hold(platform: Platform, workspace: Workspace, person: Person, name: str, content: bytes) -> File:
    """Take a file for a form: shared in no channel, but the app that gets the form may read it."""
    return new_file(platform, workspace, name, content, person.id)


def open_home(platform: Platform, workspace: Workspace, person: Person, tab: str = "home") -> None:
    """Look at the app's Home or Messages tab."""
    channel = workspace.direct(person.id, workspace.bot.id)
    event: Json = {"type": "app_home_opened", "user": person.id, "channel": channel.id, "tab": tab}
    if tab == "home" and person.id in workspace.homes:
        event["view"] = workspace.homes[person.id].facts()
    platform.emit(workspace, event)


def open_assistant(platform: Platform, workspace: Workspace, person: Person, context: str = "") -> str:
    """Open the assistant's pane: a new thread in the direct message; returns its timestamp."""
    channel = workspace.direct(person.id, workspace.bot.id)
    thread_ts = workspace.sequence.ts()
    platform.emit(
        workspace,
        {
            "type": "assistant_thread_started",
            "assistant_thread": {
                "user_id": person.id,
                "context": {"channel_id": context, "team_id": workspace.team} if context else {},
                "channel_id": channel.id,
                "thread_ts": thread_ts,
            },
        },
    )
    return thread_ts


def react(platform: Platform, workspace: Workspace, person: Person, message: Message, name: str) -> None:
    """Add a reaction, or take it back."""
    users = message.reactions.get(name, ())
    adding = person.id not in users
    changed = (*users, person.id) if adding else tuple(user for user in users if user != person.id)
    reactions = {key: value for key, value in {**message.reactions, name: changed}.items() if value}
    workspace.change(message, reactions=reactions)
    platform.emit(
        workspace,
        {
            "type": "reaction_added" if adding else "reaction_removed",
            "user": person.id,
            "reaction": name,
            "item": {"type": "message", "channel": message.channel, "ts": message.ts},
            "item_user": message.user,
        },
    )


def join(platform: Platform, workspace: Workspace, person: Person, channel: Channel) -> None:
    """Let somebody, or the bot, into a channel."""
    workspace.put_channel(replace(channel, members=channel.members | {person.id}))
    platform.emit(
        workspace,
        {
            "type": "member_joined_channel",
            "user": person.id,
            "channel": channel.id,
            "channel_type": "G" if channel.kind == "private" else "C",
            "team": workspace.team,
        },
    )


def leave(platform: Platform, workspace: Workspace, person: Person, channel: Channel) -> None:
    """Take somebody, or the bot, out of a channel."""
    workspace.put_channel(replace(channel, members=channel.members - {person.id}))
    kind = "channel_left" if person.id == workspace.bot.id else "member_left_channel"
    platform.emit(workspace, {"type": kind, "user": person.id, "channel": channel.id})


def archive(platform: Platform, workspace: Workspace, channel: Channel, archived: bool = True) -> None:
    """Close a channel to new messages, or open it again."""
    workspace.put_channel(replace(channel, archived=archived))
    kind = "channel_archive" if archived else "channel_unarchive"
    platform.emit(workspace, {"type": kind, "channel": channel.id, "user": next(iter(sorted(channel.members)), "")})


def uninstall(platform: Platform, workspace: Workspace) -> None:
    """Remove the app from the workspace: its token dies, and it is told by the two events of real Slack."""
    platform.emit(workspace, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [workspace.bot.id]}})
    platform.emit(workspace, {"type": "app_uninstalled"})
    workspace.installed = False
    workspace.announce("channels")


def _share(platform: Platform, workspace: Workspace, person: Person, channel: Channel, name: str, content: bytes) -> File:
    file = replace(new_file(platform, workspace, name, content, person.id), channels=(channel.id,))
    workspace.files[file.id] = file
    return file


def _announce_links(platform: Platform, workspace: Workspace, message: Message, found: list[str]) -> None:
    domains = platform.manifest.domains
    watched: list[Json] = []
    for url in found:
        domain = domain_of(url, domains)
        if domain:
            watched.append({"domain": domain, "url": url})
    if not watched:
        return
    event: Json = {
        "type": "link_shared",
        "user": message.user,
        "channel": message.channel,
        "message_ts": message.ts,
        "unfurl_id": f"{message.channel}-{message.ts}",
        "source": "conversations_history",
        "is_bot_user_member": True,
        "links": watched,
    }
    platform.emit(workspace, event | ({"thread_ts": message.thread_ts} if message.thread_ts else {}))
