"""A real Bolt app that shows every block and every input, with a manifest of its own."""

import os
import threading
from types import SimpleNamespace

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.playground import LocalSlack, parse_manifest
from tests.slack import bolt_app, showcase

MANIFEST = parse_manifest(
    {
        "display_information": {"name": "Entente", "description": "Remembers what your team reads."},
        "features": {
            "bot_user": {"display_name": "Entente"},
            "slash_commands": [
                {"command": "/echo", "description": "Say it back", "usage_hint": "WORDS"},
                {"command": "/blocks", "description": "Every block"},
                {"command": "/form", "description": "A form"},
                {"command": "/everything", "description": "Every input"},
            ],
            "shortcuts": [
                {"name": "Save to library", "callback_id": "save", "type": "message"},
                {"name": "Add a piece", "callback_id": "save", "type": "global"},
            ],
            "unfurl_domains": ["harbour.example"],
        },
        "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "links:write", "users:read", "files:read", "im:history"]}},
        "settings": {"event_subscriptions": {"bot_events": ["app_mention", "message.im", "app_home_opened", "link_shared", "file_shared"]}},
    }
)


def build(slack: LocalSlack) -> App:
    app = bolt_app.build(slack)
    app.forms, app.actions = [], []

    @app.command("/blocks")
    def blocks(ack, command):
        ack(text="Every block", blocks=showcase.message(command["user_id"], command["channel_id"]))

    @app.command("/everything")
    def everything(ack, command, client):
        ack()
        client.views_open(trigger_id=command["trigger_id"], view=showcase.form())

    @app.options("author")
    def authors(ack, payload):
        ack(options=[showcase.option(f"{payload['value']} Halvorsen"), showcase.option(f"{payload['value']} Brandt")])

    @app.view("everything")
    def saved(ack, view):
        app.forms.append(view["state"]["values"])
        ack()

    for name in ("plain", "remove", "pick", "since", "more", "feedback"):

        @app.action(name)
        def acted(ack, action):
            ack()
            app.actions.append(action)

    return app


if __name__ == "__main__":
    # a process of its own, pointed at a local workspace by the environment
    names = {"bot_token": "SLACK_BOT_TOKEN", "api_url": "SLACK_API_URL", "signing_secret": "SLACK_SIGNING_SECRET"}
    app = build(SimpleNamespace(**{name: os.environ[variable] for name, variable in names.items()}))
    SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).connect()
    threading.Event().wait()
