"""The Web API: every method that this workspace knows, with the scope that it asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.methods import app, chat, conversations, files, views
from bot.playground.methods.call import Call
from bot.playground.platform import Platform
from bot.playground.records import Json
from bot.playground.refusal import SlackRefusal
from bot.playground.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Method:
    """A method and the bot scope without which it is `missing_scope`; one of several is written with `|`."""

    work: Callable[[Call], Json]
    scope: str = ""


METHODS: Mapping[str, Method] = {
    "api.test": Method(app.api_test),
    "auth.test": Method(app.auth_test),
    "auth.revoke": Method(app.auth_revoke),
    "bots.info": Method(app.bot_info, "users:read"),
    "team.info": Method(app.team_info, "team:read"),
    "chat.postMessage": Method(chat.post_message, "chat:write"),
    "chat.postEphemeral": Method(chat.post_ephemeral, "chat:write"),
    "chat.update": Method(chat.update, "chat:write"),
    "chat.delete": Method(chat.delete, "chat:write"),
    "chat.getPermalink": Method(chat.get_permalink),
    "chat.unfurl": Method(chat.unfurl, "links:write"),
    "conversations.open": Method(conversations.open_direct, "im:write"),
    "conversations.info": Method(conversations.info, "channels:read|groups:read|im:read"),
    "conversations.list": Method(conversations.list_all, "channels:read|groups:read|im:read"),
    "conversations.members": Method(conversations.members, "channels:read|groups:read|im:read"),
    "conversations.join": Method(conversations.join, "channels:join"),
    "conversations.history": Method(conversations.history),
    "conversations.replies": Method(conversations.replies),
    "users.info": Method(conversations.user_info, "users:read"),
    "users.list": Method(conversations.user_list, "users:read"),
    "views.open": Method(views.open_view),
    "views.push": Method(views.push_view),
    "views.update": Method(views.update_view),
    "views.publish": Method(views.publish_view),
    "files.getUploadURLExternal": Method(files.get_upload_url, "files:write"),
    "files.completeUploadExternal": Method(files.complete_upload, "files:write"),
    "files.info": Method(files.info, "files:read"),
    "reactions.add": Method(app.add_reaction, "reactions:write"),
    "reactions.remove": Method(app.remove_reaction, "reactions:write"),
    "assistant.threads.setSuggestedPrompts": Method(app.set_suggested_prompts, "assistant:write"),
    "assistant.threads.setStatus": Method(app.set_status, "assistant:write|chat:write"),
    "assistant.threads.setTitle": Method(app.set_title, "assistant:write"),
}


def perform(platform: Platform, name: str, token: str, arguments: Mapping[str, Any]) -> Json:
    """Do what a call asks; raises SlackRefusal."""
    if name == "apps.connections.open":
        return _open_connection(platform, token)
    if name == "oauth.v2.access":
        return _exchange_code(platform, arguments)
    method = METHODS.get(name)
    if method is None:
        raise SlackRefusal("unknown_method", req_method=name)
    workspace = platform.team_of(token)
    if method.scope and not any(platform.manifest.grants(scope) for scope in method.scope.split("|")):
        provided = ",".join(sorted(platform.manifest.scopes or ()))
        raise SlackRefusal("missing_scope", needed=method.scope.replace("|", ","), provided=provided)
    return method.work(Call(platform, workspace, arguments))


def _open_connection(platform: Platform, token: str) -> Json:
    if token != platform.app_token:
        raise SlackRefusal("invalid_auth" if token else "not_authed")
    address = platform.base_url.replace("http", "ws", 1)
    return {"url": f"{address}/link/?ticket={platform.sockets.ticket()}&app_id={platform.app_id}"}


def _exchange_code(platform: Platform, arguments: Mapping[str, Any]) -> Json:
    if (arguments.get("client_id"), arguments.get("client_secret")) != (platform.client_id, platform.client_secret):
        raise SlackRefusal("invalid_client_id")
    workspace = _renewed(platform, arguments) if arguments.get("grant_type") == "refresh_token" else _consented(platform, arguments)
    installer = next(one for one in workspace.people.values() if one.bot_id is None)
    rotated: Json = {}
    if workspace.refresh_token:
        rotated = {"refresh_token": workspace.refresh_token, "expires_in": platform.token_seconds}
    return {
        "app_id": platform.app_id,
        "authed_user": {"id": installer.id},
        "scope": ",".join(sorted(platform.manifest.scopes or ())),
        "token_type": "bot",
        "access_token": workspace.bot_token,
        "bot_user_id": workspace.bot.id,
        "team": {"id": workspace.team, "name": workspace.name},
        "enterprise": None,
        "is_enterprise_install": False,
    } | rotated


def _consented(platform: Platform, arguments: Mapping[str, Any]) -> Workspace:
    team = platform.oauth_codes.pop(str(arguments.get("code", "")), None)
    if team is None:
        raise SlackRefusal("invalid_code")
    return platform.teams[team]


def _renewed(platform: Platform, arguments: Mapping[str, Any]) -> Workspace:
    """A refresh token is good once: with it come a new token and a new refresh token."""
    given = str(arguments.get("refresh_token", ""))
    found = next((one for one in platform.teams.values() if given and one.installed and one.refresh_token == given), None)
    if found is None:
        raise SlackRefusal("invalid_refresh_token")
    platform.install(found)
    return found
