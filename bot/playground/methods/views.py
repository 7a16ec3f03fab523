"""views.*: opening, stacking and changing modals, and publishing App Homes."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any

from bot.playground.blockkit import check_view
from bot.playground.initial import initial_state
from bot.playground.methods.call import Call
from bot.playground.platform import Platform
from bot.playground.records import Json, View
from bot.playground.refusal import SlackRefusal
from bot.playground.workspace import Workspace

#: Slack stacks at most three modals.
STACK = 3


def open_view(call: Call) -> Json:
    """views.open: the first modal of a stack."""
    content = _modal(call.json("view"))
    trigger = call.platform.vouchers.redeem_trigger(call.text("trigger_id"), call.workspace.team)
    call.workspace.close_views(trigger.person)
    return {"view": open_modal(call.platform, call.workspace, trigger.person, content, None).facts()}


def push_view(call: Call) -> Json:
    """views.push: one more on top of the open one."""
    content = _modal(call.json("view"))
    trigger = call.platform.vouchers.redeem_trigger(call.text("trigger_id"), call.workspace.team)
    stack = call.workspace.modals.get(trigger.person, [])
    if not stack:
        raise SlackRefusal("invalid_arguments", ["no open view to push on"])
    return {"view": open_modal(call.platform, call.workspace, trigger.person, content, stack[-1]).facts()}


def update_view(call: Call) -> Json:
    """views.update by `view_id` or `external_id`; a stale `hash` is refused."""
    view = call.workspace.find_view(call.text("view_id", ""), call.text("external_id", ""))
    if call.text("hash", view.hash) != view.hash:
        raise SlackRefusal("hash_conflict")
    return {"view": replace_view(call.workspace, view, _modal(call.json("view"))).facts()}


def publish_view(call: Call) -> Json:
    """views.publish: one person's App Home."""
    person = call.workspace.person(call.text("user_id"))
    content = check_view(call.json("view"))
    if content.get("type") != "home":
        raise SlackRefusal("invalid_arguments", ["must be a home view [json-pointer:/view/type]"])
    known = call.workspace.homes.get(person.id)
    if known and call.text("hash", known.hash) != known.hash:
        raise SlackRefusal("hash_conflict")
    if known:
        return {"view": replace_view(call.workspace, known, content).facts()}
    view = _new(call.platform, call.workspace, person.id, content, None)
    return {"view": call.workspace.put_view(view).facts()}


def open_modal(platform: Platform, workspace: Workspace, person: str, content: Json, below: View | None) -> View:
    """Put a checked modal on a person's stack; raises `push_limit_reached`."""
    if below is not None and len(workspace.modals.get(person, [])) >= STACK:
        raise SlackRefusal("push_limit_reached")
    return workspace.put_view(_new(platform, workspace, person, content, below))


def replace_view(workspace: Workspace, view: View, content: Json) -> View:
    """New content in a view's place; what was typed into inputs that stay (same block and action) is kept."""
    fresh = initial_state(content["blocks"])
    kept = {
        block: {
            action: view.state.get(block, {}).get(action, value)
            if view.state.get(block, {}).get(action, {}).get("type") == value.get("type")
            else value
            for action, value in values.items()
        }
        for block, values in fresh.items()
    }
    return workspace.put_view(replace(view, content=content, hash=_hash(workspace), state=kept, errors={}, notice=""))


def checked_modal(content: Any) -> Json:
    """A modal from a response_action, checked."""
    return _modal(content)


def _modal(content: Any) -> Json:
    checked = check_view(content)
    if checked.get("type") != "modal":
        raise SlackRefusal("invalid_arguments", ["must be a modal [json-pointer:/view/type]"])
    return checked


def _new(platform: Platform, workspace: Workspace, person: str, content: Json, below: View | None) -> View:
    external = content.get("external_id")
    if external:
        try:
            workspace.find_view(external_id=external)
        except SlackRefusal:
            pass
        else:
            raise SlackRefusal("duplicate_external_id")
    view_id = workspace.sequence.id("V")
    return View(
        id=view_id,
        team=workspace.team,
        user=person,
        content=content,
        hash=_hash(workspace),
        app_id=platform.app_id,
        bot_id=workspace.bot.bot_id or "",
        root=below.root if below else view_id,
        previous=below.id if below else None,
        state=initial_state(content["blocks"]),
    )


def _hash(workspace: Workspace) -> str:
    return f"{workspace.sequence.ts()[:10]}.{secrets.token_hex(4)}"
