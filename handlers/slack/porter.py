"""Porter: sends what was promised together with an event, each once.

A post carries its key as metadata. After a lost answer or a crash the key is looked for where it would stand before it is posted
again; where Slack does not let us look (a channel, without a history scope), what may have been posted is not posted twice.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError

from slack_sdk.errors import SlackApiError

from bot.records import Outgoing, Subject
from bot.wording import knows, say
from handlers import blocks, buttons
from handlers.poster import CHANNEL_GONE, CONTENT_REFUSED, EVENT_TYPE, CannotLook, Later, Refused, SlackPoster, Unsure, translated
from handlers.slack.clients import FAILURES, Clients
from handlers.slack.exporter import Exporter
from handlers.slack.mouth import Mouth
from store import Store

log = logging.getLogger(__name__)

PORTERS = 4
"""Posts to different channels at a time; a call takes 0.1-0.5 s."""

IDLE_S = 1.0
"""How often the shelf is looked at when nobody rings: another process may have put something there."""

LOOK_AFTER = timedelta(seconds=3)
"""How long after a lost answer the message is looked for: Slack may still be busy posting it."""

FILE_BYTES = 20_000_000
"""Larger files are not fetched; a long report as PDF has 5 MB."""

TROUBLE = "Slack had trouble:"
"""Begins the reason of a post that Slack answered with an error of its own."""


class Porter:
    """Threads that send."""

    def __init__(self, store: Store, clients: Clients, mouth: Mouth) -> None:
        self._store = store
        self._clients = clients
        self._mouth = mouth
        exporter = Exporter(store, clients, mouth)
        self._looker = SlackPoster(clients.posting)
        self._bell = threading.Condition()
        self._closing = False
        self._threads = [threading.Thread(target=self._run, name=f"porter-{number}", daemon=True) for number in range(PORTERS)]
        self._deeds: dict[str, Callable[[Outgoing], None]] = {
            "post": self._post, "fetch": self._fetch, "unfurl": self._unfurl, "export": exporter.send,
        }  # fmt: skip

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def ring(self) -> None:
        """There may be something to send."""
        with self._bell:
            self._bell.notify()

    def close(self, patience: float) -> None:
        """Finish the sending under way; the rest stays on the shelf for the next start."""
        self._closing = True
        with self._bell:
            self._bell.notify_all()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(patience)

    def _run(self) -> None:
        while not self._closing:
            promised = self._store.outgoing.claim()
            if promised is None:
                with self._bell:
                    if not self._closing:
                        self._bell.wait(IDLE_S)
            else:
                self.send(promised)

    def send(self, promised: Outgoing) -> None:
        """Send one, and record what became of it."""
        try:
            with translated(posting=promised.kind == "post"):
                self._deeds[promised.kind](promised)
        except Refused as refusal:
            self._give_up(promised, refusal.code)
        except Unsure as unsure:
            self._doubted(promised, unsure)
        except Later as wait:
            self._later(promised, wait)

    # what is sent

    def _post(self, promised: Outgoing) -> None:
        if promised.doubtful and not self._may_post_again(promised):
            return
        body = self._signed(promised)
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"key": promised.key}}
        posted = self._clients.posting(promised.team).chat_postMessage(
            channel=promised.channel,
            text=body["text"],
            blocks=body["blocks"] or None,
            thread_ts=promised.thread,
            metadata=metadata,
            unfurl_links=False,
            unfurl_media=False,
        )
        self._posted(promised, str(posted["ts"]), str(posted.get("channel") or promised.channel))

    def _signed(self, promised: Outgoing) -> dict[str, Any]:
        """What is said; a share names who shares it, as people of the workspace are called there."""
        body = promised.body
        if body.get("sharer") is None:
            return body
        name = self._clients.who(promised.team, str(promised.person)).name or body["sharer"]
        text, shown = buttons.signed(body["text"], body["blocks"], name)
        return {**body, "text": text, "blocks": shown if body["blocks"] else []}

    def _posted(self, promised: Outgoing, ts: str | None, channel: str) -> None:
        """Recorded together with what hangs on the message: who waits for it, what its thread is about, which files are fetched for it."""
        body, store = promised.body, self._store
        with store.writing():
            store.outgoing.done(promised.id, ts)
            if ts and body.get("reading"):
                store.readings.wait(promised.team, body["reading"], channel, ts, promised.person)
            if ts and body.get("subject"):
                subject = {**body["subject"], "pieces": tuple(body["subject"]["pieces"])}
                store.threads.remember(promised.team, channel, ts, Subject(**subject))
            for file in body.get("fetches") or ():
                key = f"fetch:{promised.key}:{file['id']}"
                store.outgoing.add(promised.team, key, "fetch", channel, {**file, "waiter": [channel, ts]}, person=promised.person)
        if body.get("withdraw") and body.get("response_url"):
            self._mouth.hook(body["response_url"], {"delete_original": True})
        self.ring()

    def _may_post_again(self, promised: Outgoing) -> bool:
        """False when it is there already, or may be there and cannot be looked for."""
        since = promised.promised_at or datetime.now(UTC)
        try:
            found = self._looker.find(promised.team, promised.channel, promised.key, since=since, thread=promised.thread)
        except Later as wait:
            self._store.outgoing.doubt(promised.id, promised.reason, datetime.now(UTC) + (wait.pause or LOOK_AFTER))
            return False
        except CannotLook as refusal:
            if promised.reason.startswith(TROUBLE):
                return True  # Slack said that it failed; a silence is another matter
            self._store.outgoing.fail(promised.id, f"It may have been posted, and cannot be looked for: {refusal}.")
            return False
        if found is None:
            return True
        self._posted(promised, found.ts, found.channel)
        return False

    def _unfurl(self, promised: Outgoing) -> None:
        body = promised.body
        # a link that is still being typed has no message yet
        composing = body.get("source") == "composer" and body.get("unfurl_id")
        where = {"unfurl_id": body["unfurl_id"], "source": "composer"} if composing else {"channel": promised.channel, "ts": body["ts"]}
        self._clients.calling(promised.team).chat_unfurl(unfurls=body["unfurls"], **where)
        self._store.outgoing.done(promised.id)

    def _fetch(self, promised: Outgoing) -> None:
        """A shared file: fetched with the bot's token, put into the queue as bytes."""
        body, store = promised.body, self._store
        channel, ts = body["waiter"]
        trouble = self._too_large(body)
        content = b""
        if not trouble:
            try:
                body = self._looked_up(promised.team, body)
                if body["url"]:
                    content = self._clients.download(promised.team, str(body["url"]), FILE_BYTES + 1)
                else:
                    trouble = say("slack.file_withheld", name=body["name"])
            except HTTPError as refusal:
                trouble = say("slack.file_refused", name=body["name"], status=refusal.code)
            except (URLError, HTTPException, TimeoutError, ConnectionError) as failure:
                if promised.attempts < 3:
                    raise OSError(str(failure)) from failure
                trouble = say("slack.file_unfetched", name=body["name"])
            if len(content) > FILE_BYTES:
                trouble = self._too_large({**body, "size": len(content)})
        with store.writing():
            reading = store.readings.enqueue(
                promised.team, str(body["name"]), content or b" ", person=promised.person, channel=channel, message=ts
            )
            if trouble:
                store.readings.fail(reading.id, trouble)
            store.outgoing.done(promised.id)

    def _looked_up(self, team: str, file: dict[str, Any]) -> dict[str, Any]:
        """A file of which the message told only the id, as of those of other companies; without an address where Slack tells nothing."""
        if file["url"]:
            return file
        try:
            told: dict[str, Any] = self._clients.calling(team).files_info(file=file["id"]).get("file") or {}
        except SlackApiError:
            return file
        name = str(told.get("name") or told.get("title") or file["name"])
        return {**file, "name": name, "url": told.get("url_private_download") or told.get("url_private") or ""}

    def _too_large(self, body: dict[str, Any]) -> str:
        if int(body.get("size") or 0) <= FILE_BYTES:
            return ""
        return say("slack.file_too_large", name=body["name"], most=FILE_BYTES // 1_000_000)

    # what can go wrong

    def _give_up(self, promised: Outgoing, reason: str) -> None:
        """Nothing more is tried, unless there is another way."""
        if not self._said_otherwise(promised, reason):
            log.warning("something for Slack was given up: %s", reason)
            with self._store.writing():
                self._store.outgoing.fail(promised.id, reason)
                if again := promised.body.get("retracts"):
                    self._store.deliveries.forget(promised.team, again)

    def _doubted(self, promised: Outgoing, unsure: Unsure) -> None:
        """It may have been posted: looked for before it is tried again."""
        log.warning("no good answer from Slack: %s", unsure)
        reason = f"{TROUBLE} {unsure}" if unsure.answered else str(unsure)
        if promised.attempts >= MOST_TRIES:
            self._give_up(promised, reason)
        else:
            self._store.outgoing.doubt(promised.id, reason, datetime.now(UTC) + LOOK_AFTER)

    def _later(self, promised: Outgoing, wait: Later) -> None:
        """Surely not done; where Slack asked for a pause, nothing else goes there until it is over."""
        now = datetime.now(UTC)
        if wait.pause is not None:
            self._store.outgoing.again(promised.id, str(wait), now + wait.pause)
            self._store.outgoing.hold(promised.team, promised.kind, promised.channel if promised.kind == "post" else None, now + wait.pause)
        elif promised.attempts >= MOST_TRIES:
            self._give_up(promised, str(wait))
        else:
            self._store.outgoing.again(promised.id, str(wait), now + timedelta(seconds=min(2.0**promised.attempts, 900.0)))

    def _said_otherwise(self, promised: Outgoing, error: str) -> bool:
        """Blocks that Slack does not take are said as text. A share where the bot is no member goes out by the button's own response_url, which
        needs no membership. Where nothing may be posted, an answer goes to who asked.
        """
        body, url = promised.body, promised.body.get("response_url")
        if promised.kind != "post":
            return False
        if error in CONTENT_REFUSED and body["blocks"]:
            self.send(replace(promised, body={**body, "blocks": []}))
            return True
        if not url:
            return error in CHANNEL_GONE and self._said_directly(promised, error)
        if error in ("not_in_channel", "channel_not_found"):
            body = self._signed(promised)
            said = self._mouth.hook(
                url, {"text": body["text"], "blocks": body["blocks"], "response_type": "in_channel", "replace_original": False, "unfurl_links": False}
            )
            if said:
                self._posted(promised, None, promised.channel)
                return True
        sentence = say("slack.not_posted", why=_why(error))
        self._mouth.hook(url, {"text": sentence, "response_type": "ephemeral", "replace_original": False})
        return False

    def _said_directly(self, promised: Outgoing, error: str) -> bool:
        """Once, whatever comes of it."""
        if not promised.person or not promised.channel.startswith(("C", "G")):
            return False
        body = promised.body
        sentence = say("slack.asked_elsewhere", channel=f"<#{promised.channel}>", why=_why(error))
        shown = blocks.fit((blocks.context_mrkdwn(sentence), *body["blocks"]))
        try:
            said = self._clients.posting(promised.team).chat_postMessage(
                channel=promised.person, text=f"{sentence}\n{body['text']}", blocks=list(shown), unfurl_links=False, unfurl_media=False
            )
        except FAILURES as failure:
            log.warning("an answer could not be said directly either: %s", type(failure).__name__)
            return False
        self._posted(promised, str(said["ts"]), str(said["channel"]))
        return True


def _why(error: str) -> str:
    """What people can make something of."""
    return say(f"refused.{error}") if knows(f"refused.{error}") else say("slack.says", code=error.replace("_", " "))


MOST_TRIES = 12
"""With doubling pauses of up to a quarter of an hour this rides out more than an hour of Slack being out of reach."""
