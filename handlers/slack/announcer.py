"""Announcer: when a reading ends, the message that waits for it is edited in place - in a channel, through a response_url, in a modal."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace

from slack_sdk.errors import SlackApiError

import handlers
from bot.models import Reading
from bot.records import Waiter
from handlers.answer import Deps, Reply, Request, settle
from handlers.slack.clients import FAILURES, Clients
from handlers.slack.hearing import Place
from handlers.slack.mouth import Mouth

log = logging.getLogger(__name__)

URL = "url:"
"""Before the channel of a waiter whose message is a response_url."""

VIEW = "view:"
"""Channel of a waiter whose message is the id of a modal."""

PAUSE_S = 0.4
"""Between looks at the queue: the reader is another process. One look is one indexed read of 0.1 ms."""

MOST_TRIES = 5


class Announcer:
    """A thread that looks for readings that ended."""

    def __init__(self, deps: Deps, clients: Clients, mouth: Mouth, unposted: Callable[[str], bool]) -> None:
        self._deps = deps
        self._clients = clients
        self._mouth = mouth
        self._unposted = unposted
        self._closing = threading.Event()
        self._tries: dict[tuple[int, str], int] = {}
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
        request = Request(reading.team, waiter.person or "", channel=waiter.channel)
        reply = settle(lambda _request, deps: handlers.library.read_result(reading, deps), request, self._deps)
        tries = self._tries.get((reading.id, waiter.message), 0) + 1
        if self._edit(reading, waiter, reply) or tries >= MOST_TRIES:
            self._deps.store.readings.announced(reading.id, waiter.channel, waiter.message)
            self._tries.pop((reading.id, waiter.message), None)
        else:
            self._tries[(reading.id, waiter.message)] = tries

    def _edit(self, reading: Reading, waiter: Waiter, reply: Reply) -> bool:
        """True when it is done with, also when the message is gone."""
        place = Place(reading.team, waiter.person or "", waiter.channel)
        try:
            if waiter.channel.startswith(URL):
                place = replace(place, channel=waiter.channel.removeprefix(URL), response_url=waiter.message, own=True)
                return self._mouth.respond(place, replace(reply, instead=True))
            if waiter.channel == VIEW:
                return self._mouth.change(reading.team, waiter.message, self._mouth.shown(reply), replace(place, channel=None))
            public = replace(reply, private=False)
            self._clients.calling(reading.team).chat_update(
                channel=waiter.channel, ts=waiter.message, **self._mouth.message(public), unfurl_links=False, unfurl_media=False
            )
        except SlackApiError as refusal:
            log.warning("a waiting message could not be edited: %s", refusal.response.get("error"))
            return bool(refusal.response.get("error") != "ratelimited")
        except FAILURES as failure:
            log.warning("a waiting message could not be edited: %s", type(failure).__name__)
            return False
        return True
