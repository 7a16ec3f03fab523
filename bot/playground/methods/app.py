"""What an app asks about itself and its workspace: api.test, auth.*, apps.*, oauth.*, team.*, reactions.*, assistant.*"""

from __future__ import annotations

from bot.playground.methods.call import Call
from bot.playground.records import Json
from bot.playground.refusal import SlackRefusal

PROMPTS = 4


def api_test(call: Call) -> Json:
    """api.test: says back what it was given."""
    return {"args": {key: value for key, value in call.arguments.items() if key != "token"}}


def auth_test(call: Call) -> Json:
    """auth.test: who the token is."""
    return {
        "url": f"{call.platform.base_url}/",
        "team": call.workspace.name,
        "user": call.workspace.bot.name,
        "team_id": call.workspace.team,
        "user_id": call.bot,
        "bot_id": call.workspace.bot.bot_id,
        "is_enterprise_install": False,
    }


def auth_revoke(call: Call) -> Json:
    """auth.revoke: the token is worth nothing from now on."""
    call.workspace.installed = False
    return {"revoked": True}


def bot_info(call: Call) -> Json:
    """bots.info."""
    return {"bot": {"id": call.workspace.bot.bot_id, "name": call.workspace.bot.name, "app_id": call.platform.app_id, "user_id": call.bot}}


def team_info(call: Call) -> Json:
    """team.info."""
    return {"team": {"id": call.workspace.team, "name": call.workspace.name, "domain": "local", "icon": {}}}


def add_reaction(call: Call) -> Json:
    """reactions.add."""
    message = call.workspace.message(call.channel().id, call.text("timestamp"))
    name = call.text("name").strip(":")
    users = message.reactions.get(name, ())
    if call.bot in users:
        raise SlackRefusal("already_reacted")
    call.workspace.change(message, reactions={**message.reactions, name: (*users, call.bot)})
    return {}


def remove_reaction(call: Call) -> Json:
    """reactions.remove."""
    message = call.workspace.message(call.channel().id, call.text("timestamp"))
    name = call.text("name").strip(":")
    users = message.reactions.get(name, ())
    if call.bot not in users:
        raise SlackRefusal("no_reaction")
    left = {**message.reactions, name: tuple(user for user in users if user != call.bot)}
    call.workspace.change(message, reactions={key: value for key, value in left.items() if value})
    return {}


def set_suggested_prompts(call: Call) -> Json:
    """assistant.threads.setSuggestedPrompts: at most four."""
    prompts = call.json("prompts")
    if not isinstance(prompts, list) or len(prompts) > PROMPTS:
        raise SlackRefusal("invalid_arguments", [f"no more than {PROMPTS} items allowed"])
    if not all(isinstance(one, dict) and one.get("title") and one.get("message") for one in prompts):
        raise SlackRefusal("invalid_arguments", ["each prompt needs a title and a message"])
    return _set(call, {"prompts": prompts, "prompts_title": call.text("title", "")})


def set_status(call: Call) -> Json:
    """assistant.threads.setStatus: "is thinking…" until the next message, or until it is set to nothing."""
    return _set(call, {"status": call.text("status", "")})


def set_title(call: Call) -> Json:
    """assistant.threads.setTitle."""
    return _set(call, {"title": call.text("title")})


def _set(call: Call, facts: Json) -> Json:
    channel = call.channel("channel_id")
    call.workspace.set_assistant(channel.id, call.text("thread_ts", ""), facts)
    return {}
