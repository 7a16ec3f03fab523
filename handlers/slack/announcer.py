"""Announcer: when a reading ends, the message that waits for it is edited in place - in a channel, through a response_url, in a modal."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import handlers
from bot.models import Reading
from bot.records import Waiter
from handlers.answer import Deps, Reply, Request, settle
from handlers.poster import Later, Refused, Trouble, translated
from handlers.slack.clients import Clients
from handlers.slack.hearing import Place
from handlers.slack.mouth import Mouth

log = logging.getLogger(__name__)

URL = "url:"
"""Before the channel of a waiter whose message is a response_url."""

VIEW = "view:"
"""Channel of a waiter whose message is the id of a modal."""

PAUSE_S = 0.4
"""Between looks at the queue: the reader is another process. One look is one indexed read of 0.1 ms."""

MOST_TRIES = 11
"""With doubling pauses this rides out seven minutes of Slack being out of reach."""


class Announcer:
    """A thread that looks for readings that ended."""

    def __init__(self, deps: Deps, clients: Clients, mouth: Mouth, unposted: Callable[[str], bool]) -> None:
        self._deps = deps
        self._clients = clients
        self._mouth = mouth
        self._unposted = unposted
        self._closing = threading.Event()
        self._tries: dict[tuple[int, str], tuple[int, float]] = {}
        self._thread = threading.Thread(target=self._run, name="announcer", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self, patience: float) -> None:
        """Stop after what is under way."""
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join(patience)

    def _run(self) -> None:
        while not self._closing.wait(PAUSE_S):
            self.look()

    def look(self) -> None:
        """Announce what has ended."""
        for reading in self._deps.store.readings.unannounced():
            for waiter in self._deps.store.readings.waiters(reading.id):
                if self._closing.is_set():
                    return
                if not self._unposted(waiter.message):
                    self._announce(reading, waiter)

    def _announce(self, reading: Reading, waiter: Waiter) -> None:
        key = (reading.id, waiter.message)
        tries, not_before = self._tries.get(key, (0, 0.0))
        if time.monotonic() < not_before:
            return
        request = Request(reading.team, waiter.person or "", channel=waiter.channel)
        reply = settle(lambda _request, deps: handlers.library.read_result(reading, deps), request, self._deps)
        if self._edit(reading, waiter, reply) or tries + 1 >= MOST_TRIES:
            self._deps.store.readings.announced(reading.id, waiter.channel, waiter.message)
            self._tries.pop(key, None)
        else:
            self._tries[key] = (tries + 1, time.monotonic() + PAUSE_S * 2.0**tries)

    def _edit(self, reading: Reading, waiter: Waiter, reply: Reply) -> bool:
        """True when it is done with, also when the message is gone."""
        place = Place(reading.team, waiter.person or "", waiter.channel)
        try:
            if waiter.channel.startswith(URL):
                place = replace(place, channel=waiter.channel.removeprefix(URL), response_url=waiter.message, own=True)
                return self._mouth.respond(place, replace(reply, instead=True))
            if waiter.channel == VIEW:
                with translated(posting=False):
                    self._mouth.change(reading.team, waiter.message, self._mouth.shown(reply), replace(place, channel=None))
                return True
            body = self._mouth.message(replace(reply, private=False))
            try:
                self._update(reading.team, waiter, body)
            except Refused as refusal:
                if refusal.trouble is not Trouble.CONTENT:
                    raise
                self._update(reading.team, waiter, {"text": body["text"], "blocks": []})
        except Refused as refusal:
            log.warning("a waiting message could not be edited: %s", refusal.code)
        except Later as wait:
            log.warning("a waiting message could not be edited: %s", wait)
            return False
        return True

    def _update(self, team: str, waiter: Waiter, body: dict[str, Any]) -> None:
        with translated(posting=False):
            self._clients.calling(team).chat_update(channel=waiter.channel, ts=waiter.message, **body, unfurl_links=False, unfurl_media=False)
