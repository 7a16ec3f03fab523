"""What people do with what the app drew: commands, buttons, menus, forms, shortcuts; and what its answers then do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.playground.compose import escape_command
from bot.playground.delivery import Delivery
from bot.playground.forms import faults
from bot.playground.initial import VALUES, find_element, initial_state
from bot.playground.methods.views import checked_modal, open_modal, replace_view
from bot.playground.platform import Platform
from bot.playground.records import Channel, Json, Message, Person, View
from bot.playground.refusal import SlackRefusal
from bot.playground.responses import post_response
from bot.playground.workspace import Workspace

TROUBLE = "We had some trouble connecting. Try again?"
State = Mapping[str, Mapping[str, Any]]


async def command(platform: Platform, workspace: Workspace, person: Person, channel: Channel, name: str, typed: str) -> Delivery:
    """Run a slash command; raises `unknown_command` where the manifest has none of that name."""
    known = platform.manifest.command(name)
    if known is None:
        raise SlackRefusal("unknown_command")
    people, channels = workspace.names()
    response_url = platform.vouchers.response_url(workspace.team, channel.id, person.id)
    delivery = await platform.courier.ask(
        "slash_commands",
        {
            "token": platform.verification_token,
            "team_id": workspace.team,
            "team_domain": "local",
            "channel_id": channel.id,
            "channel_name": "directmessage" if channel.direct else channel.name,
            "user_id": person.id,
            "user_name": person.name,
            "command": name,
            "text": escape_command(typed, people, channels, known.should_escape),
            "api_app_id": platform.app_id,
            "is_enterprise_install": "false",
            "response_url": response_url,
            "trigger_id": platform.vouchers.trigger(workspace.team, person.id),
        },
    )
    if not delivery.acknowledged:
        said = "operation_timeout" if "timeout" in delivery.failure else "dispatch_failed"
        workspace.say_as_slack(person.id, channel.id, f"{name} failed with the error “{said}”")
    elif delivery.answer.get("text") or delivery.answer.get("blocks"):
        hook = platform.vouchers.hooks[response_url.rpartition("/")[2]]
        try:
            post_response(platform, workspace, hook, delivery.answer)
        except SlackRefusal as refusal:
            workspace.say_as_slack(person.id, channel.id, f"{name} failed with the error “{refusal.code}”")
    return delivery


async def act_on_message(
    platform: Platform,
    workspace: Workspace,
    person: Person,
    message: Message,
    action_id: str,
    block_id: str,
    given: Json,
    state: State,
) -> Delivery:
    """Press a button or choose in a menu of a message; `given` is what the action adds (a value, a selected option)."""
    blocks = [*message.blocks, *(b for a in message.attachments for b in a.get("blocks", []))]
    action = _action(workspace, blocks, action_id, block_id, given)
    message = workspace.change(message, state=_merged({**initial_state(blocks), **message.state}, state, action))
    channel = workspace.channels[message.channel]
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.ephemeral,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    payload = _payload(platform, workspace, person, "block_actions") | {
        "container": container,
        "trigger_id": platform.vouchers.trigger(workspace.team, person.id),
        "channel": {"id": channel.id, "name": "directmessage" if channel.direct else channel.name},
        "state": {"values": {block: dict(values) for block, values in message.state.items()}},
        "response_url": platform.vouchers.response_url(workspace.team, channel.id, person.id, message.ts, message.thread_ts),
        "actions": [action],
    }
    if not message.ephemeral:  # Slack keeps no copy of an ephemeral message and sends none
        payload["message"] = message.facts(workspace.team)
    return await platform.courier.ask("interactive", payload)


async def act_on_view(
    platform: Platform,
    workspace: Workspace,
    person: Person,
    view: View,
    action_id: str,
    block_id: str,
    given: Json,
    state: State,
) -> Delivery:
    """Press a button or choose in a menu of a modal or an App Home."""
    action = _action(workspace, view.blocks, action_id, block_id, given)
    view = workspace.put_view(replace(view, state=_merged(view.state, state, action)))
    return await platform.courier.ask(
        "interactive",
        _payload(platform, workspace, person, "block_actions")
        | {
            "container": {"type": "view", "view_id": view.id},
            "trigger_id": platform.vouchers.trigger(workspace.team, person.id, view.id),
            "view": view.facts(),
            "actions": [action],
        },
    )


async def submit(platform: Platform, workspace: Workspace, person: Person, view: View, state: State) -> Delivery | None:
    """Send a form. What Slack itself checks (missing, too short, no address) never reaches the app: then None."""
    view = workspace.put_view(replace(view, state=_merged(view.state, state, None), errors={}, notice=""))
    wrong = faults(view)
    if wrong:
        workspace.put_view(replace(view, errors=wrong))
        return None
    delivery = await platform.courier.ask(
        "interactive",
        _payload(platform, workspace, person, "view_submission")
        | {
            "trigger_id": platform.vouchers.trigger(workspace.team, person.id, view.id),
            "view": view.facts(),
            "response_urls": _response_urls(platform, workspace, person, view),
        },
    )
    if not delivery.acknowledged:
        workspace.put_view(replace(view, notice=TROUBLE))
    else:
        try:
            _follow(platform, workspace, person, view, delivery.answer)
        except SlackRefusal:
            workspace.put_view(replace(view, notice=TROUBLE))
    return delivery


async def close(platform: Platform, workspace: Workspace, person: Person, view: View, *, all_views: bool = False) -> Delivery | None:
    """Cancel a form; the app hears of it where it asked to (`notify_on_close`)."""
    closed = workspace.close_views(person.id, None if all_views else view.id)
    if not any(one.content.get("notify_on_close") for one in closed):
        return None
    return await platform.courier.ask(
        "interactive",
        _payload(platform, workspace, person, "view_closed") | {"view": view.facts(), "is_cleared": all_views},
    )


async def shortcut(platform: Platform, workspace: Workspace, person: Person, callback_id: str) -> Delivery:
    """Run a global shortcut."""
    return await platform.courier.ask(
        "interactive",
        _payload(platform, workspace, person, "shortcut")
        | {
            "callback_id": callback_id,
            "trigger_id": platform.vouchers.trigger(workspace.team, person.id),
            "action_ts": workspace.sequence.ts(),
        },
    )


async def message_shortcut(platform: Platform, workspace: Workspace, person: Person, message: Message, callback_id: str) -> Delivery:
    """Run a shortcut on a message; nobody can on an ephemeral one."""
    if message.ephemeral:
        raise SlackRefusal("message_not_found")
    channel = workspace.channels[message.channel]
    return await platform.courier.ask(
        "interactive",
        _payload(platform, workspace, person, "message_action")
        | {
            "callback_id": callback_id,
            "trigger_id": platform.vouchers.trigger(workspace.team, person.id),
            "action_ts": workspace.sequence.ts(),
            "message_ts": message.ts,
            "message": message.facts(workspace.team),
            "channel": {"id": channel.id, "name": "directmessage" if channel.direct else channel.name},
            "response_url": platform.vouchers.response_url(workspace.team, channel.id, person.id, message.ts),
        },
    )


async def suggest(platform: Platform, workspace: Workspace, person: Person, where: View | Message, action_id: str, typed: str) -> list[Json]:
    """Ask the app for the options of an external select; groups are flattened."""
    found = find_element(where.blocks, action_id)
    if found is None:
        raise SlackRefusal("invalid_action_id")
    payload = _payload(platform, workspace, person, "block_suggestion") | {
        "action_id": action_id,
        "block_id": found[0]["block_id"],
        "value": typed,
    }
    if isinstance(where, View):
        payload |= {"container": {"type": "view", "view_id": where.id}, "view": where.facts()}
    else:
        payload |= {
            "container": {"type": "message", "message_ts": where.ts, "channel_id": where.channel},
            "channel": {"id": where.channel, "name": workspace.channels[where.channel].name},
            "message": where.facts(workspace.team),
        }
    answer = (await platform.courier.ask("interactive", payload)).answer
    options = list(answer.get("options") or [])
    for group in answer.get("option_groups") or []:
        options.extend(group.get("options", []))
    return options[:100]


def _payload(platform: Platform, workspace: Workspace, person: Person, kind: str) -> Json:
    return {
        "type": kind,
        "user": {"id": person.id, "username": person.name, "name": person.name, "team_id": workspace.team},
        "api_app_id": platform.app_id,
        "token": platform.verification_token,
        "team": {"id": workspace.team, "domain": "local"},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _action(workspace: Workspace, blocks: list[Json], action_id: str, block_id: str, given: Json) -> Json:
    found = find_element(blocks, action_id, block_id)
    if found is None:
        raise SlackRefusal("invalid_action_id")
    block, element = found
    kept: Json = {key: element[key] for key in ("text", "value", "style", "placeholder", "confirm") if key in element}
    return {
        "type": element["type"],
        "action_id": action_id,
        "block_id": block["block_id"],
        "action_ts": workspace.sequence.ts(),
        **kept,
        **given,
    }


def _merged(held: State, typed: State, action: Json | None) -> dict[str, Json]:
    merged = {block: dict(values) for block, values in held.items()}
    for block, values in typed.items():
        for action_id, value in values.items():
            if action_id in merged.get(block, {}):
                merged[block][action_id] = dict(value)
    if action and action["type"] in VALUES:
        key = VALUES[action["type"]][0]
        merged.setdefault(action["block_id"], {})[action["action_id"]] = {
            "type": action["type"],
            key: action.get(key),
        }
    return merged


def _response_urls(platform: Platform, workspace: Workspace, person: Person, view: View) -> list[Json]:
    urls = []
    for block in view.blocks:
        element = block.get("element") or {}
        if not element.get("response_url_enabled"):
            continue
        value = view.state.get(block["block_id"], {}).get(element["action_id"], {})
        channel = value.get("selected_conversation") or value.get("selected_channel")
        if channel:
            url = platform.vouchers.response_url(workspace.team, channel, person.id)
            urls.append(
                {
                    "block_id": block["block_id"],
                    "action_id": element["action_id"],
                    "channel_id": channel,
                    "response_url": url,
                }
            )
    return urls


def _follow(platform: Platform, workspace: Workspace, person: Person, view: View, answer: Json) -> None:
    match answer.get("response_action"):
        case "errors":
            errors = answer.get("errors") or {}
            known = {block["block_id"] for block in view.blocks if block["type"] == "input"}
            if not errors or not set(errors) <= known:
                raise SlackRefusal("invalid_errors")
            workspace.put_view(replace(view, errors=dict(errors)))
        case "update":
            replace_view(workspace, view, checked_modal(answer.get("view")))
        case "push":
            open_modal(platform, workspace, person.id, checked_modal(answer.get("view")), view)
        case "clear":
            workspace.close_views(person.id)
        case None:
            workspace.close_views(person.id, view.id)
        case _:
            raise SlackRefusal("invalid_response_action")
