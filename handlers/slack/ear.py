"""Ear: Bolt. Hears, has it answered, records it with its effect, acknowledges; everything slower is left to the pool.

A delivery's id, what its handler stores and what is promised to be said are one transaction, so a repeat has no second effect and
a crash loses neither. It is acknowledged after that: what Slack was told has arrived is stored. Only where Slack must first be asked for
somebody's time zone or standing does the acknowledgement come before. Answers to one person alone are said at most once; they are not kept,
and asked for again. Nothing escapes a listener, because Bolt loses the acknowledgement of one that raises.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import asdict, replace
from typing import Any

from slack_bolt import Ack, App, BoltContext

import handlers
from bot.errors import Misunderstood
from bot.records import Subject
from bot.wording import say
from handlers import blocks
from handlers.answer import Answer, Ask, Deps, Form, Reply, Request, settle
from handlers.slack import hearing
from handlers.slack.announcer import URL, VIEW
from handlers.slack.clients import Clients, Who
from handlers.slack.hearing import Payload, Place
from handlers.slack.mouth import OPEN, SHOWN, Mouth
from handlers.slack.pool import Pool

log = logging.getLogger(__name__)

ANY = re.compile(".*", re.DOTALL)

SUBTYPES = (None, "file_share", "thread_broadcast")
"""Messages that somebody said; others tell of edits, joins and the like."""

SENTENCE = 300
"""Characters of what is said under a field."""



class Ear:
    """Registers with a Bolt app and answers what it hears."""

    def __init__(self, deps: Deps, clients: Clients, mouth: Mouth, pool: Pool, wake: Callable[[], None]) -> None:
        self._deps = deps
        self._clients = clients
        self._mouth = mouth
        self._pool = pool
        self._wake = wake
        self._meeting: set[tuple[str, str]] = set()
        self.unposted: set[str] = set()
        """Response_urls whose first message is on its way; the announcer leaves them alone until it is there."""

    def attach(self, app: App) -> None:
        """Listen to everything that the manifest subscribes to."""
        app.command(ANY)(self.on_command)
        app.action(ANY)(self.on_action)
        app.view(ANY)(self.on_submission)
        app.shortcut(ANY)(self.on_shortcut)
        app.options(ANY)(self.on_suggestion)
        app.event("app_mention")(self.on_message)
        app.event("message")(self.on_message)
        app.event("app_home_opened")(self.on_home)
        app.event("link_shared")(self.on_links)
        app.event("assistant_thread_started")(self.on_assistant)
        app.event("app_uninstalled")(self.on_uninstalled)
        app.event("tokens_revoked")(self.on_revoked)
        app.event(ANY)(self.on_nothing)  # whatever else is subscribed to: what is not acknowledged comes again
        app.view_closed(ANY)(self.on_closed)

    # commands

    def on_command(self, ack: Ack, body: Payload, context: BoltContext) -> None:
        """A slash command: answered within its acknowledgement, for the person alone."""
        request, place = hearing.command(body, self._deps.prefix)
        answer = handlers.COMMANDS.get(request.command, _unknown)
        key = f"command:{place.trigger}" if place.trigger else ""
        if self._foreign(context):
            ack(**self._ephemeral(_outsider()))
            return
        known = self._clients.known(place.team, place.person)
        if request.command in handlers.ZONED:
            if known is None:
                ack()
                self._later(place, lambda: self._say(self._hear(key, answer, self._zoned(request), place), place))
                return
            request = _as(request, known)
        elif known is None:  # for "shared by", when what is answered now is shared in a moment
            self._meet(place)
        reply = self._hear(key, answer, request, place, quiet=handlers.only_reads(request))
        if reply is None:
            ack()
        elif reply.form is not None or reply.waits_for is not None or not reply.private:
            ack()
            self._later(place, lambda: self._say(reply, place))
        else:
            ack(**self._ephemeral(reply))

    # buttons, forms, shortcuts

    def on_action(self, ack: Ack, body: Payload, context: BoltContext) -> None:
        """A button or menu."""
        request, place, name = hearing.pressed(body)
        if name == OPEN:
            answer: Answer | None = _asked_again
        else:
            answer = handlers.ACTIONS.get(name)
        if answer is None or self._foreign(context):
            ack()  # a button that only opens an address, or a menu of a form
            return
        key = f"action:{place.trigger}" if place.trigger else ""
        once = f"share:{place.channel}:{place.message}" if name == handlers.SHARE and place.message else ""  # however often it is pressed
        key, once = (key, once) if key else (once, "")
        known = None if name in handlers.ADMINS else self._clients.known(place.team, place.person)
        request = _as(request, known)
        if known is None and name in handlers.ZONED | handlers.ADMINS:
            ack()
            asked = self._clients.asked if name in handlers.ADMINS else self._clients.who
            self._later(place, lambda: self._said_and_home(self._hear(key, answer, _as(request, asked(place.team, place.person)), place), place))
            return
        reply = self._hear(key, answer, request, place, quiet=name in handlers.READING_ONLY, also=once)
        ack()
        if reply is not None:
            self._later(place, lambda: self._said_and_home(reply, place))

    def on_submission(self, ack: Ack, body: Payload) -> None:
        """A form that was sent."""
        request, place, name = hearing.submitted(body)
        answer = handlers.FORMS.get(name)
        if answer is None or name == SHOWN:
            ack()
            return
        known = self._clients.known(place.team, place.person)
        if name in handlers.ADMINS and known is None:
            ack(response_action="update", view=self._mouth.view(self._mouth.shown(Reply(say("slack.stale_form"))), place))
            return
        request = _as(request, known)
        reply = self._hear(f"form:{place.trigger}" if place.trigger else "", answer, request, place)
        if reply is None:
            ack()
        elif reply.form_errors:
            ack(response_action="errors", errors={field: blocks.clip(sentence, SENTENCE) for field, sentence in reply.form_errors.items()})
        elif reply.form is not None:
            ack(response_action="update", view=self._mouth.view(reply.form, place))
        elif place.response_url or not (reply.text or reply.blocks):
            ack(response_action="clear")
            self._later(place, lambda: self._say(reply, replace(place, view=None)))
        else:
            ack(response_action="update", view=self._mouth.view(self._mouth.shown(reply), place))
        self._refresh_home(place)

    def on_shortcut(self, ack: Ack, body: Payload) -> None:
        """A global or message shortcut: answered in a modal, which is opened at once and filled when the answer is there."""
        request, place, name = hearing.shortcut(body)
        answer = handlers.SHORTCUTS.get(name)
        if answer is None:
            ack()
            return
        reply = self._hear(f"shortcut:{place.trigger}" if place.trigger else "", answer, request, place)
        ack()
        if reply is not None:
            self._later(place, lambda: self._say(reply, place))

    def on_suggestion(self, ack: Ack, body: Payload) -> None:
        """Somebody types into a searched select."""
        request, name = hearing.suggestion(body)
        find = handlers.OPTIONS.get(name)
        ack(options=list(find(request, self._deps)) if find else [])

    # events

    def on_message(self, event: Payload, body: Payload, context: BoltContext) -> None:
        """A mention or a direct message: answered in its thread."""
        mention = event.get("type") == "app_mention"
        if event.get("bot_id") or event.get("subtype") not in SUBTYPES or not event.get("user"):
            return
        if not mention and event.get("channel_type") != "im":
            return
        team = str(context.team_id or body.get("team_id"))
        request, place = hearing.message(team, event, context.bot_user_id)
        foreign = self._foreign(context)
        if place.thread and place.thread != event["ts"] and not foreign:
            request = self._with_above(request, place, context.bot_user_id)
        answer = (lambda _request, _deps: _outsider()) if foreign else handlers.mention.answer
        # a mention in a direct message comes as two events about one message
        self._hear(str(body.get("event_id")), answer, request, place, also=f"message:{place.channel}:{event['ts']}", promise=True)

    def on_home(self, event: Payload, context: BoltContext) -> None:
        """Somebody opens the App Home."""
        if event.get("tab", "home") == "home":
            place = Place(str(context.team_id), str(event["user"]))
            self._later(place, lambda: self._publish(place))

    def on_links(self, event: Payload, body: Payload, context: BoltContext) -> None:
        """Links were shared: those to pieces of this workspace's library get a preview."""
        team = str(context.team_id or body.get("team_id"))
        urls = tuple(str(link["url"]) for link in event.get("links") or ())
        place = Place(team, str(event.get("user") or ""), str(event["channel"]), message=str(event.get("message_ts") or ""))
        with self._deps.store.deliveries.once(team, str(body.get("event_id"))) as first:
            previews = handlers.previews.of(team, urls, self._deps) if first and not self._foreign(context) else {}
            if previews and event.get("source") != "composer":  # "summary" under a link
                self._about(team, str(place.channel), str(event.get("thread_ts") or place.message), next(iter(previews)))
            if previews:
                key = f"preview:{place.channel}:{place.message}"
                unfurl = {"ts": place.message, "unfurls": previews, "unfurl_id": event.get("unfurl_id"), "source": event.get("source")}
                self._deps.store.outgoing.add(team, key, "unfurl", str(place.channel), unfurl)
        self._wake()

    def on_assistant(self, event: Payload, context: BoltContext) -> None:
        """The assistant's pane is opened: at most four things to ask."""
        thread = event.get("assistant_thread") or {}
        team = str(context.team_id)
        prompts = [{"title": title, "message": message} for title, message in handlers.mention.prompts(team, self._deps)]
        place = Place(team, str(thread.get("user_id")), str(thread.get("channel_id")), str(thread.get("thread_ts")))
        self._later(place, lambda: self._mouth.suggest(place, prompts))

    def on_uninstalled(self, body: Payload, context: BoltContext) -> None:
        """The app was removed: everything of the workspace is deleted."""
        team = str(context.team_id or body.get("team_id"))
        rows = self._deps.store.forget(team)
        self._clients.forget(team)
        log.info("workspace %s uninstalled; %d rows deleted", team, rows)

    def on_revoked(self, event: Payload, body: Payload, context: BoltContext) -> None:
        """Tokens were revoked: without the bot's token nothing can be answered, so the workspace is deleted; a person's are no concern."""
        if (event.get("tokens") or {}).get("bot"):
            self.on_uninstalled(body, context)

    def on_nothing(self) -> None:
        """Heard; nothing to do."""

    def on_closed(self, ack: Ack) -> None:
        """A form was closed; nothing was kept of it."""
        ack()

    # how

    def _hear(
        self,
        key: str,
        answer: Answer,
        request: Request,
        place: Place,
        *,
        quiet: bool = False,
        also: str = "",
        promise: bool = False,
    ) -> Reply | None:
        """The reply, its effects stored together with the delivery's id; None for a delivery that came before.

        ``quiet`` answers only read, so they do not wait for whoever is writing: their id is recorded afterwards. What is only read and then
        promised is composed before the writing begins, so that nobody waits for that.
        """
        store = self._deps.store
        if promise:
            if store.deliveries.known(place.team, key) or (also and store.deliveries.known(place.team, also)):
                return None
            reply = settle(self._sayable(answer), request, self._deps)
            with store.deliveries.once(place.team, key) as first:
                if not first or (also and not store.deliveries.first(place.team, also)):
                    return None
                self._promise(key, reply, request, place)
            self._wake()
            return reply
        if quiet:
            if key and store.deliveries.known(place.team, key):
                return None
            reply = settle(self._sayable(answer), request, self._deps)
            self._pool.submit(lambda: _recorded(store.deliveries.first(place.team, key)) if key else None)
            return reply if reply.waits_for is None else self._await(reply, place)
        with store.deliveries.once(place.team, key) if key else nullcontext(True) as first:
            if not first or (also and not store.deliveries.first(place.team, also)):
                return None
            reply = settle(self._sayable(answer), request, self._deps)
            if not reply.private:
                self._promise(key, replace(reply, waits_for=None), request, place, also)
            elif also:
                store.deliveries.forget(place.team, also)  # nothing is said in the channel, but to the person alone why
            elif reply.waits_for is not None:
                reply = self._await(reply, place)
            if reply.exports:
                store.outgoing.add(place.team, f"export:{key}", "export", place.person, {"response_url": place.response_url}, person=place.person)
        self._wake()
        return reply

    def _sayable(self, answer: Answer) -> Answer:
        """The same answer, laid out once while ``settle`` watches: a reply that cannot be said must not surface where Bolt loses acknowledgements."""

        def laid_out(request: Request, deps: Deps) -> Reply:
            reply = answer(request, deps)
            if reply.form is not None:
                self._mouth.view(reply.form, Place(request.team, request.person))
            elif reply.text or reply.blocks:
                self._mouth.message(reply)
            return reply

        return laid_out

    def _await(self, reply: Reply, place: Place) -> Reply:
        """Let the person's own message wait for the reading."""
        if reply.waits_for is not None and place.response_url:
            self.unposted.add(place.response_url)
            self._deps.store.readings.wait(place.team, reply.waits_for, f"{URL}{place.channel}", place.response_url, place.person)
        elif reply.waits_for is not None and place.view and not place.home:
            self._deps.store.readings.wait(place.team, reply.waits_for, VIEW, place.view, place.person)
        return reply

    def _promise(self, key: str, reply: Reply, request: Request, place: Place, also: str = "") -> None:
        """Record what will be said in a channel, and what its thread is about from now on. ``also`` counts as not having come before when it
        cannot be said after all: who was refused may press again."""
        if not (reply.text or reply.blocks) or place.channel is None:
            return
        store = self._deps.store
        if reply.subject is not None and request.thread:
            store.threads.remember(place.team, place.channel, request.thread, reply.subject)
        body: dict[str, Any] = self._mouth.message(replace(reply, private=False))
        body["reading"] = reply.waits_for
        body["subject"] = asdict(reply.subject) if reply.subject and not place.thread else None
        body["fetches"] = [asdict(file) for file in reply.fetches]
        body["response_url"] = place.response_url
        body["withdraw"] = reply.instead and place.own
        body["sharer"] = request.name if reply.shared else None
        body["retracts"] = also
        store.outgoing.add(place.team, key, "post", place.channel, body, thread=place.thread, person=place.person)

    def _said_and_home(self, reply: Reply | None, place: Place) -> None:
        self._say(reply, place)
        self._refresh_home(place)

    def _say(self, reply: Reply | None, place: Place) -> None:
        """In the pool: what is not said in the acknowledgement."""
        if reply is None or not reply.private:
            return
        if reply.waits_for is not None or reply.fetches:
            self._say_progress(reply, place)
        else:
            self._mouth.say(reply, place)

    def _say_progress(self, reply: Reply, place: Place) -> None:
        """A message that will be changed when the reading ends."""
        store = self._deps.store
        if place.response_url:
            self._mouth.respond(place, reply)
            self.unposted.discard(place.response_url)
            return
        view = self._mouth.open(self._mouth.shown(reply), place)
        if view is None:
            return
        if reply.waits_for is not None:
            store.readings.wait(place.team, reply.waits_for, VIEW, view, place.person)
        for file in reply.fetches:
            body = {**asdict(file), "waiter": [VIEW, view]}
            store.outgoing.add(place.team, f"fetch:{view}:{file.id}", "fetch", VIEW, body, person=place.person)
        self._wake()

    def _later(self, place: Place, job: Callable[[], None]) -> None:
        if not self._pool.submit(job) and place.response_url:
            log.warning("a reply was given up: too many are waiting")

    def _publish(self, place: Place) -> None:
        who = self._clients.who(place.team, place.person)
        request = Request(place.team, place.person, zone=who.zone, name=who.name)
        self._mouth.publish(place.team, place.person, settle(handlers.home.answer, request, self._deps))

    def _refresh_home(self, place: Place) -> None:
        if place.home:
            self._pool.submit(lambda: self._publish(place))

    def _meet(self, place: Place) -> None:
        """Ask Slack in the background who somebody is; once at a time, also while Slack does not answer."""
        who = (place.team, place.person)
        if who in self._meeting:
            return
        self._meeting.add(who)

        def ask() -> None:
            try:
                self._clients.who(*who)
            finally:
                self._meeting.discard(who)

        if not self._pool.submit(ask):
            self._meeting.discard(who)

    def _zoned(self, request: Request) -> Request:
        return _as(request, self._clients.who(request.team, request.person))

    def _with_above(self, request: Request, place: Place, bot: str | None) -> Request:
        """In a thread of which nothing is known yet: with the link that it hangs on."""
        if hearing.has_link(request.text) or self._deps.store.threads.find(place.team, str(place.channel), str(place.thread)) is not None:
            return request
        root = self._clients.root(place.team, str(place.channel), str(place.thread))
        if root is None or (bot and root.get("user") == bot):
            return request
        return replace(request, above=next(iter(hearing.links_of(root)), ""))

    def _about(self, team: str, channel: str, thread: str, url: str) -> None:
        piece = self._deps.store.articles.find(team, url)
        if piece is not None:
            self._deps.store.threads.remember(team, channel, thread, Subject(piece=piece.id))

    def _ephemeral(self, reply: Reply) -> Mapping[str, Any]:
        return {**self._mouth.message(reply), "response_type": "ephemeral"}

    def _foreign(self, context: BoltContext) -> bool:
        """Whether somebody of another company speaks, in a channel that both share."""
        actor, enterprise = context.actor_team_id, context.actor_enterprise_id
        if actor is not None and actor == context.team_id:
            return False
        return enterprise is None or enterprise != context.enterprise_id  # whom Slack does not name is not one of ours


def _as(request: Request, who: Who | None) -> Request:
    """The request with what is known of the person."""
    return request if who is None else replace(request, zone=who.zone, name=who.name or request.name, admin=who.admin)


def _outsider() -> Reply:
    return Reply(say("slack.outsider"))


def _unknown(request: Request, deps: Deps) -> Reply:
    raise Misunderstood("answer.unknown_command", command=request.command, commands=", ".join(handlers.COMMANDS))


def _asked_again(request: Request, deps: Deps) -> Reply:
    ask = Ask.decode(request.context)
    answer = handlers.COMMANDS.get(ask.command, _unknown)
    return answer(replace(request, text=ask.text, command=ask.command, context=""), deps)


def _recorded(_: bool) -> None:
    """Whether it was the first is of no matter any more."""


__all__ = ["Ear", "Form"]
