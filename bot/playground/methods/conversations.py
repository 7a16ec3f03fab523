"""conversations.* and users.*: who is here and what was said."""

from __future__ import annotations

from dataclasses import replace

from bot.playground.methods.call import Call
from bot.playground.records import Channel, Json, Message
from bot.playground.refusal import SlackRefusal


def open_direct(call: Call) -> Json:
    """conversations.open: the direct message with one person."""
    if "channel" in call.arguments:
        channel = call.channel()
    else:
        people = call.values("users")
        if not people:
            raise SlackRefusal("users_list_not_supplied")
        if len(people) > 1:
            raise SlackRefusal("method_not_supported_for_channel_type")
        channel = call.workspace.direct(call.workspace.person(people[0]).id, call.bot)
    return {
        "channel": channel.facts(call.bot) if call.flag("return_im") else {"id": channel.id},
        "already_open": True,
    }


def info(call: Call) -> Json:
    """conversations.info."""
    return {"channel": call.channel().facts(call.bot)}


def list_all(call: Call) -> Json:
    """conversations.list: the kinds asked for; private ones only where the bot is a member."""
    kinds = {
        "public_channel": "channel",
        "private_channel": "private",
        "im": "im",
        "mpim": "mpim",
    }
    wanted = {kinds.get(name, "") for name in (call.values("types") or ["public_channel"])}
    if "" in wanted:
        raise SlackRefusal("invalid_types")
    found = [
        channel.facts(call.bot)
        for channel in call.workspace.channels.values()
        if channel.kind in wanted
        and (channel.kind == "channel" or call.bot in channel.members)
        and not (channel.archived and call.flag("exclude_archived"))
    ]
    return call.page(found, "channels", 100)


def members(call: Call) -> Json:
    """conversations.members."""
    page = call.page([{"id": one} for one in sorted(call.channel().members)], "members", 100)
    return page | {"members": [one["id"] for one in page["members"]]}


def join(call: Call) -> Json:
    """conversations.join: public channels only."""
    channel = call.channel()
    if channel.kind != "channel":
        raise SlackRefusal("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackRefusal("is_archived")
    if call.bot not in channel.members:
        channel = replace(channel, members=channel.members | {call.bot})
        call.workspace.put_channel(channel)
        call.platform.emit(
            call.workspace,
            {
                "type": "member_joined_channel",
                "user": call.bot,
                "channel": channel.id,
                "channel_type": "C",
                "team": call.workspace.team,
            },
        )
    return {"channel": channel.facts(call.bot)}


def history(call: Call) -> Json:
    """conversations.history: newest first; metadata only on request, ephemeral messages never."""
    channel = _readable(call)
    messages = call.workspace.history(channel.id)
    return _said(call, messages)


def replies(call: Call) -> Json:
    """conversations.replies: a thread, oldest first."""
    channel = _readable(call)
    messages = call.workspace.replies(channel.id, call.text("ts"))
    if not messages:
        raise SlackRefusal("thread_not_found")
    return _said(call, messages)


def user_info(call: Call) -> Json:
    """users.info with time zone and, on request, locale."""
    person = call.workspace.person(call.text("user"))
    return {"user": person.profile(call.platform.clock(), locale=call.flag("include_locale")) | {"team_id": call.workspace.team}}


def user_list(call: Call) -> Json:
    """users.list."""
    now, locale = call.platform.clock(), call.flag("include_locale")
    found = [one.profile(now, locale=locale) for one in call.workspace.people.values()]
    page = call.page(found, "members", 1000)
    page.pop("has_more")
    return page


def _readable(call: Call) -> Channel:
    channel = call.channel()
    if call.bot not in channel.members:
        raise SlackRefusal("not_in_channel")
    kind = {"im": "im", "private": "groups"}.get(channel.kind, "channels")
    if not call.platform.manifest.grants(f"{kind}:history"):
        raise SlackRefusal("missing_scope", needed=f"{kind}:history")
    return channel


def _said(call: Call, messages: list[Message]) -> Json:
    oldest, latest = call.text("oldest", "0"), call.text("latest", "9999999999.999999")
    inclusive = call.flag("inclusive")
    try:
        first, last = float(oldest), float(latest)
    except ValueError:
        raise SlackRefusal("invalid_ts_latest") from None
    chosen = [
        message.facts(call.workspace.team, metadata=call.flag("include_all_metadata"))
        for message in messages
        if first < float(message.ts) < last or (inclusive and message.ts in (oldest, latest))
    ]
    return call.page(chosen, "messages", 100)
