"""Mouth: a ``Reply`` as Slack's JSON, said where it belongs: in the acknowledgement, through a response_url, in a modal."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import RetryHandler
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler, RateLimitErrorRetryHandler
from slack_sdk.webhook import WebhookClient

from bot.wording import say
from handlers import blocks, buttons, inputs, letters
from handlers.answer import Form, Reply
from handlers.blocks import Block
from handlers.slack.clients import FAILURES, TIMEOUT_S, Clients, directly, secured
from handlers.slack.hearing import Place

log = logging.getLogger(__name__)

OPEN = "open"
"""Action of the button that stands for a form where none can be opened, because nothing was pressed."""

SHOWN = "shown"
"""Callback of a modal that only shows an answer."""

CLOSED = ("not_found", "view_not_found", "invalid_arguments")
"""What Slack says of a modal that is no longer open."""

METADATA = 3_000
VIEW_BLOCKS = 100

_NAMES = re.compile(r"(?<![\w/.])/(?=(?:summary|views|issue|library|digest)\b)")


class Mouth:
    """Says replies. ``prefix`` renames the commands in our own words where a workspace has other names for them."""

    def __init__(self, clients: Clients, prefix: str = "") -> None:
        self._clients = clients
        self._prefix = prefix

    # what is said

    def message(self, reply: Reply) -> dict[str, Any]:
        """Text and blocks, the text telling all of it to those who do not see the blocks."""
        dressed = self._renamed(buttons.dress(reply))
        shown = list(dressed.blocks) or [blocks.section(blocks.clip_escaped(dressed.text, blocks.SECTION))]
        if dressed.form is not None and dressed.ask is not None and (value := dressed.ask.encode()):
            shown.append(blocks.actions(blocks.button(say("button.open_form"), OPEN, value, style="primary")))
        said = blocks.spoken(dressed.blocks)
        text = "\n".join(filter(None, (dressed.text, said))) if said else dressed.text
        return {"text": blocks.letters(blocks.clip_escaped(text, blocks.FALLBACK)), "blocks": letters.spelled(blocks.fit(shown))}

    def view(self, form: Form, place: Place) -> dict[str, Any]:
        """A modal; it carries where it was opened, so that its answer finds back."""
        form = self._renamed_form(form)
        carried = {"context": form.context, "url": place.response_url, "channel": place.channel}
        view: dict[str, Any] = {
            "type": "modal",
            "callback_id": form.callback,
            "title": blocks.plain(form.title, inputs.MODAL_TITLE),
            "close": blocks.plain(say("form.cancel") if form.submit else say("form.close"), inputs.MODAL_TITLE),
            "blocks": letters.spelled(form.blocks[:VIEW_BLOCKS]),
            "private_metadata": json.dumps({key: value for key, value in carried.items() if value}, separators=(",", ":"))[:METADATA],
        }
        if form.submit:
            view["submit"] = blocks.plain(form.submit, inputs.MODAL_TITLE)
        return view

    def shown(self, reply: Reply, title: str = "Entente") -> Form:
        """An answer as a modal that shows it."""
        more: tuple[Block, ...] = ()
        if reply.ask is not None and reply.more and reply.ask.command.startswith("/"):  # buttons that turn over belong to messages
            said = say("slack.more_by_typing", n=reply.more, command=reply.ask.command, words=blocks.clip(reply.ask.text, 200))
            more = (blocks.context(self._rename(said)),)
        content = self.message(replace(reply, ask=None, form=None, blocks=blocks.fit(reply.blocks, more)))["blocks"]
        return Form(SHOWN, title, tuple(content), submit="")

    # saying it

    def say(self, reply: Reply, place: Place) -> None:
        """Say something to one person, by the best way that the place offers."""
        if reply.form is not None:
            self.open(reply.form, place)
        elif not (reply.text or reply.blocks):
            return
        elif place.response_url:
            self.respond(place, reply)
        elif place.trigger:
            self.open(self.shown(reply), place)
        else:
            self.tell(reply, place)

    def open(self, form: Form, place: Place) -> str | None:
        """Open a modal, on top of the one in which something was pressed; returns its id. Nothing opens for a trigger that is used up."""
        client = self._clients.calling(place.team)
        pushed = place.view is not None and not place.home
        try:
            opened = (client.views_push if pushed else client.views_open)(trigger_id=place.trigger, view=self.view(form, place))
        except SlackApiError as refusal:
            code = refusal.response.get("error")
            if code == "push_limit_reached" and place.view and self.change(place.team, place.view, form, place):
                return place.view  # three lie on each other: the topmost shows it instead
            log.warning("a modal was refused: %s", code)
            if code != "exchanged_trigger_id":  # that one was opened by a call whose answer was lost
                self._unopened(place)
            return None
        except FAILURES as failure:
            log.warning("a modal could not be opened: %s", type(failure).__name__)
            self._unopened(place)
            return None
        return str(opened["view"]["id"])

    def _unopened(self, place: Place) -> None:
        self.say(Reply(say("slack.unopened")), replace(place, trigger=None, view=None))

    def change(self, team: str, view: str, form: Form, place: Place) -> bool:
        """Put something else into an open modal; False when it was closed, which is nobody's fault. Raises what a call to Slack can raise."""
        try:
            self._clients.calling(team).views_update(view_id=view, view=self.view(form, place))
        except SlackApiError as refusal:
            if refusal.response.get("error") not in CLOSED:
                raise
            return False
        return True

    def publish(self, team: str, person: str, home: Reply) -> None:
        """A person's App Home."""
        shown = self._renamed(home)
        view = {"type": "home", "blocks": letters.spelled(shown.blocks[:VIEW_BLOCKS])}
        try:
            self._clients.calling(team).views_publish(user_id=person, view=view)
        except FAILURES as failure:
            log.warning("a home could not be published: %s", failure)

    def respond(self, place: Place, reply: Reply) -> bool:
        """Through the response_url: in place of the person's own message, or below it."""
        instead = reply.instead and place.own
        body: dict[str, Any] = {**self.message(reply), "response_type": "ephemeral", "replace_original": instead}
        if place.thread and not instead:
            body["thread_ts"] = place.thread
        status = self._sent(str(place.response_url), body)
        if status not in (None, 200):  # used up, expired, refused: it was surely not said
            return self.tell(reply, place)
        return status == 200

    def suggest(self, place: Place, prompts: list[dict[str, str]]) -> None:
        """Things to ask, in the assistant's pane."""
        try:
            self._clients.calling(place.team).assistant_threads_setSuggestedPrompts(
                channel_id=str(place.channel), thread_ts=str(place.thread), prompts=prompts
            )
        except FAILURES as failure:
            log.warning("prompts could not be suggested: %s", failure)

    def hook(self, url: str, body: dict[str, Any]) -> bool:
        """One use of a response_url; False when it will not come to anything. Only what replaces is repeated after a lost answer."""
        return self._sent(url, body) == 200

    def _sent(self, url: str, body: dict[str, Any]) -> int | None:
        """The answer's status, None when there was none."""
        repeatable = body.get("replace_original") or body.get("delete_original")
        handlers: list[RetryHandler] = [RateLimitErrorRetryHandler(max_retry_count=2)]
        if repeatable:
            handlers.append(ConnectionErrorRetryHandler(max_retry_count=2))
        try:
            client = WebhookClient(url, timeout=TIMEOUT_S, ssl=secured(url), retry_handlers=handlers)
            directly(url, client)
            answer = client.send_dict(body)
        except FAILURES as failure:
            log.warning("a response_url could not be reached: %s", type(failure).__name__)
            return None
        if answer.status_code != 200:
            log.warning("a response_url answered %d: %s", answer.status_code, answer.body[:80])
        return int(answer.status_code)

    def tell(self, reply: Reply, place: Place) -> bool:
        """For one person, where there is no response_url that works: in the channel; where Slack does not let us in, directly."""
        client, body = self._clients.posting(place.team), self.message(replace(reply, private=True))
        here, person, thread = str(place.channel), place.person, place.thread
        tries: list[Callable[[], object]] = [
            lambda: client.chat_postEphemeral(channel=here, user=person, thread_ts=thread, **body),
            lambda: client.chat_postEphemeral(channel=here, user=person, thread_ts=thread, text=body["text"]),
            lambda: client.chat_postMessage(channel=person, **body, unfurl_links=False, unfurl_media=False),
        ]
        for attempt in tries if place.channel else tries[2:]:
            try:
                attempt()
            except SlackApiError as refusal:
                log.warning("a private answer was refused: %s", refusal.response.get("error"))
            except FAILURES as failure:  # it may have been said
                log.warning("a private answer could not be said: %s", type(failure).__name__)
                return False
            else:
                return True
        return False

    # names of commands

    def _renamed(self, reply: Reply) -> Reply:
        if not self._prefix:
            return reply
        return replace(reply, text=self._rename(reply.text), blocks=tuple(self._rename_in(reply.blocks)))

    def _renamed_form(self, form: Form) -> Form:
        return replace(form, blocks=tuple(self._rename_in(form.blocks))) if self._prefix else form

    def _rename(self, text: str) -> str:
        return _NAMES.sub(f"/{self._prefix}", text)

    def _rename_in(self, shown: Iterable[Block]) -> Iterable[Block]:
        """Only in our own words, which are mrkdwn; quotations and titles stay as they were written."""
        for block in shown:
            if block["type"] == "section" and block.get("text", {}).get("type") == "mrkdwn":
                yield {**block, "text": {**block["text"], "text": self._rename(block["text"]["text"])}}
            elif block["type"] == "context":
                elements = [{**e, "text": self._rename(e["text"])} if e.get("type") == "mrkdwn" else e for e in block["elements"]]
                yield {**block, "elements": elements}
            else:
                yield block
