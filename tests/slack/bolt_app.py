"""A tiny real Bolt app that uses what Entente uses of Slack, to try the local workspace with."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from slack_bolt import App, BoltRequest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.playground import LocalSlack

HOME = {"type": "home", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "Nothing yet"}}]}


def form(title: str = "Add a piece", **more) -> dict:
    return {
        "type": "modal",
        "callback_id": "add",
        "title": {"type": "plain_text", "text": title},
        "submit": {"type": "plain_text", "text": "Save"},
        "notify_on_close": True,
        "blocks": [
            {
                "type": "input",
                "block_id": "title",
                "label": {"type": "plain_text", "text": "Title"},
                "element": {"type": "plain_text_input", "action_id": "value"},
            },
            {
                "type": "input",
                "block_id": "issues",
                "optional": True,
                "label": {"type": "plain_text", "text": "Issues"},
                "element": {"type": "multi_external_select", "action_id": "issues", "min_query_length": 1},
            },
        ],
    } | more


def buttons(*names: str) -> dict:
    return {
        "type": "actions",
        "elements": [{"type": "button", "action_id": name, "value": "7", "text": {"type": "plain_text", "text": name.title()}} for name in names],
    }


def build(slack: LocalSlack) -> App:
    app = App(
        client=WebClient(token=slack.bot_token, base_url=slack.api_url),
        signing_secret=slack.signing_secret,
        token_verification_enabled=True,
        process_before_response=True,
    )
    app.seen = []

    @app.command("/echo")
    def echo(ack, command):
        ack(
            text=f"heard {command['text']}",
            blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": command["text"] or "-"}}, buttons("share", "drop")],
        )

    @app.command("/slow")
    def slow(ack, respond):
        ack()
        respond(text="reading")
        respond(text="done", replace_original=True)

    @app.command("/form")
    def open_form(ack, command, client):
        ack()
        client.views_open(trigger_id=command["trigger_id"], view=form())

    @app.action("share")
    def share(ack, body, respond, client, action):
        ack()
        app.seen.append(("message" in body, body["container"]["is_ephemeral"], action["value"]))
        respond(delete_original=True)
        client.chat_postMessage(channel=body["channel"]["id"], text="shared", unfurl_links=False)

    @app.action("drop")
    def drop(ack, respond):
        ack()
        respond(text="replaced", replace_original=True)

    @app.view("add")
    def add(ack, body, view, client):
        title = view["state"]["values"]["title"]["value"]["value"]
        if title == "wrong":
            ack(response_action="errors", errors={"title": "No such piece"})
        elif title == "push":
            ack(response_action="push", view=form("Second"))
        elif title == "update":
            ack(response_action="update", view=form("Changed"))
        elif title == "clear":
            ack(response_action="clear")
        else:
            ack()
            client.chat_postMessage(channel=body["user"]["id"], text=f"saved {title}")

    @app.view_closed("add")
    def closed(ack, body):
        ack()
        app.seen.append(("closed", body["is_cleared"]))

    @app.options("issues")
    def issues(ack, payload):
        ack(options=[{"text": {"type": "plain_text", "text": payload["value"] + " policy"}, "value": "p"}])

    @app.event("app_mention")
    def mentioned(event, client):
        client.chat_postMessage(channel=event["channel"], thread_ts=event.get("thread_ts") or event["ts"], text=f"you said {event['text']}")

    @app.event("message")
    def message(event, client):
        app.seen.append((event["channel_type"], event.get("subtype")))
        for file in event.get("files", []):
            app.seen.append(file["name"])

    @app.event("app_home_opened")
    def home(event, client):
        client.views_publish(user_id=event["user"], view=HOME)

    @app.event("link_shared")
    def link(event, client):
        url = event["links"][0]["url"]
        client.chat_unfurl(channel=event["channel"], ts=event["message_ts"], unfurls={url: {"blocks": HOME["blocks"]}})

    @app.shortcut("save")
    def save(ack, body, client):
        ack()
        if body["type"] == "shortcut":
            client.views_open(trigger_id=body["trigger_id"], view=form("From a shortcut"))
        else:
            client.chat_postEphemeral(channel=body["channel"]["id"], user=body["user"]["id"], text=f"saving {body['message']['text']}")

    for name in ("app_uninstalled", "tokens_revoked", "file_shared", "member_joined_channel"):

        @app.event(name)
        def noted(event):
            app.seen.append(event["type"])

    return app


@contextmanager
def over_socket_mode(slack: LocalSlack) -> Iterator[App]:
    app = build(slack)
    with slack.connected(SocketModeHandler(app, slack.app_token)):
        yield app


@contextmanager
def over_http(slack: LocalSlack) -> Iterator[App]:
    app = build(slack)

    class Ear(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            app.retries = [*getattr(app, "retries", []), self.headers.get("X-Slack-Retry-Num")]
            answer = app.dispatch(BoltRequest(body=body, headers=dict(self.headers)))
            self.send_response(answer.status)
            for name, values in answer.headers.items():
                self.send_header(name, values[0])
            self.end_headers()
            self.wfile.write((answer.body or "").encode())

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    slack.platform.courier.request_url = f"http://127.0.0.1:{server.server_port}/slack/events"
    try:
        yield app
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
