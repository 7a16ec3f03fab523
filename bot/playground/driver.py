"""People at the keyboard, for tests: each verb does what a person does and waits for what they then see."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.playground import deeds, interactions
from bot.playground.delivery import Delivery
from bot.playground.drills import Drills, Failure
from bot.playground.fields import action_in, state_for
from bot.playground.plain import Reader, show_blocks, show_mrkdwn
from bot.playground.records import Channel, Json, Message, Person, View
from bot.playground.server import LocalSlack
from bot.playground.workspace import Workspace

TIMEOUT = 60.0
#: after a form has closed, so long a message may follow before the closing itself counts as the outcome
CLOSED_SECONDS = 1.0
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a person saw after a deed: messages new or changed (latest state, oldest first), the modal on top, the home.

    `sent` is what they wrote themselves; `deliveries` are the requests that the app got, with its answers.
    """

    messages: tuple[Message, ...]
    view: View | None
    home: View | None
    sent: Message | None
    deliveries: tuple[Delivery, ...]
    reader: Reader

    @property
    def text(self) -> str:
        """All messages as plain text, blocks as a person reads them."""
        return "\n\n".join(self.show(message) for message in self.messages)

    @property
    def message(self) -> Message:
        """The last message."""
        return self.messages[-1]

    def show(self, thing: Message | View) -> str:
        """One message or view as plain text."""
        return show_blocks(thing.blocks, self.reader) or show_mrkdwn(getattr(thing, "text", ""), self.reader)


class Driver:
    """Drives a started LocalSlack. People and channels are given by name or id; `workspace` chooses another team."""

    def __init__(self, slack: LocalSlack, workspace: Workspace | None = None) -> None:
        self.slack = slack
        self.platform = slack.platform
        self.workspace = workspace or slack.workspace

    # what people do

    def command(self, person: str, channel: str, name: str, text: str = "", *, expect: int = 1, timeout: float = TIMEOUT) -> Outcome:
        """Type a slash command; waits for the acknowledgement and `expect` messages or a modal."""
        who, where = self.person(person), self.channel(channel, person)
        work = interactions.command(self.platform, self.workspace, who, where, name, text)
        return self._do(who, work, expect, timeout)

    def say(
        self,
        person: str,
        channel: str,
        text: str,
        *,
        thread: str | Message | None = None,
        files: Sequence[tuple[str, bytes]] = (),
        expect: int = 1,
        timeout: float = TIMEOUT,
    ) -> Outcome:
        """Write a message; waits for `expect` messages of others (0: only until the app has acknowledged)."""
        who, where = self.person(person), self.channel(channel, person)
        thread_ts = thread.thread_ts or thread.ts if isinstance(thread, Message) else thread

        async def work() -> Message:
            return deeds.say(self.platform, self.workspace, who, where, text, thread_ts=thread_ts, files=files)

        return self._do(who, work(), expect, timeout)

    def mention(
        self, person: str, channel: str, text: str, *, thread: str | Message | None = None, expect: int = 1, timeout: float = TIMEOUT
    ) -> Outcome:
        """Write to the bot by name, in a channel or a thread."""
        return self.say(person, channel, f"@{self.workspace.bot.name} {text}", thread=thread, expect=expect, timeout=timeout)

    def tell(self, person: str, text: str, *, thread: str | Message | None = None, expect: int = 1, timeout: float = TIMEOUT) -> Outcome:
        """Write to the bot in the direct message."""
        return self.say(person, "@bot", text, thread=thread, expect=expect, timeout=timeout)

    def upload(
        self, person: str, channel: str, name: str, content: bytes, comment: str = "", *, expect: int = 1, timeout: float = TIMEOUT
    ) -> Outcome:
        """Share a file."""
        return self.say(person, channel, comment, files=((name, content),), expect=expect, timeout=timeout)

    def click(
        self,
        person: str,
        where: Message | View | Outcome,
        control: str,
        choice: str = "",
        *,
        fields: Mapping[str, Any] | None = None,
        expect: int = 1,
        timeout: float = TIMEOUT,
    ) -> Outcome:
        """Press a button or choose in a menu: `control` is its text or action_id, `choice` an option's text or value.

        `fields` are typed into the inputs beside it first (label or action_id -> value).
        """
        who = self.person(person)
        thing = self._latest(_thing(where))
        block_id, action_id, given = action_in(thing.blocks, control, choice, self._id_of)
        state = state_for(thing.blocks, fields or {}, self._id_of)
        act: Coroutine[Any, Any, Delivery]
        if isinstance(thing, View):
            act = interactions.act_on_view(self.platform, self.workspace, who, thing, action_id, block_id, given, state)
        else:
            act = interactions.act_on_message(self.platform, self.workspace, who, thing, action_id, block_id, given, state)
        return self._do(who, act, expect, timeout)

    def submit(
        self, person: str, where: View | Outcome, fields: Mapping[str, Any] | None = None, *, expect: int = 1, timeout: float = TIMEOUT
    ) -> Outcome:
        """Fill in a form (label or action_id -> value) and send it; Slack's own checks show as `outcome.view.errors`."""
        who = self.person(person)
        view = self._latest(_thing(where))
        assert isinstance(view, View)
        state = state_for(view.blocks, fields or {}, self._id_of)
        return self._do(who, interactions.submit(self.platform, self.workspace, who, view, state), expect, timeout)

    def close(self, person: str, where: View | Outcome, *, all_views: bool = False) -> Outcome:
        """Cancel a form."""
        who = self.person(person)
        view = self._latest(_thing(where))
        assert isinstance(view, View)
        return self._do(who, interactions.close(self.platform, self.workspace, who, view, all_views=all_views), 0, TIMEOUT)

    def shortcut(self, person: str, callback_id: str, *, expect: int = 1, timeout: float = TIMEOUT) -> Outcome:
        """Run a global shortcut."""
        who = self.person(person)
        return self._do(who, interactions.shortcut(self.platform, self.workspace, who, callback_id), expect, timeout)

    def message_shortcut(self, person: str, message: Message, callback_id: str, *, expect: int = 1, timeout: float = TIMEOUT) -> Outcome:
        """Run a shortcut on a message."""
        who = self.person(person)
        work = interactions.message_shortcut(self.platform, self.workspace, who, message, callback_id)
        return self._do(who, work, expect, timeout)

    def suggest(self, person: str, where: Message | View | Outcome, action_id: str, typed: str) -> list[Json]:
        """Type into an external select; returns the options that the app offers."""
        who, thing = self.person(person), self._latest(_thing(where))
        return self.slack.run(interactions.suggest(self.platform, self.workspace, who, thing, action_id, typed))

    def open_home(self, person: str, *, tab: str = "home", expect: int = 1, timeout: float = TIMEOUT) -> Outcome:
        """Open the App Home; waits until it is published."""
        who = self.person(person)

        async def work() -> None:
            deeds.open_home(self.platform, self.workspace, who, tab)

        return self._do(who, work(), expect, timeout)

    def react(self, person: str, message: Message, name: str) -> Outcome:
        """Add a reaction or take it back."""
        who = self.person(person)

        async def work() -> None:
            deeds.react(self.platform, self.workspace, who, self.workspace.message(message.channel, message.ts), name)

        return self._do(who, work(), 0, TIMEOUT)

    # what happens to the workspace

    @property
    def drills(self) -> Drills:
        """Failures to come: `drills.fail(Failure("ratelimited", "chat.postMessage"), 2)`, `drills.twice = 1`."""
        return self.platform.drills

    def drop_answer(self, method: str = "chat.postMessage", times: int = 1) -> None:
        """Do what the call asks, then close the connection without an answer."""
        self.drills.fail(Failure("drop", method), times)

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Close every Socket Mode connection, with Slack's farewell."""
        self.slack.run(self.platform.sockets.disconnect(reason))

    def invite_bot(self, channel: str) -> None:
        """Let the bot into a channel."""
        self.slack.call(lambda: deeds.join(self.platform, self.workspace, self.workspace.bot, self.channel(channel)))

    def remove_bot(self, channel: str) -> None:
        """Take the bot out of a channel."""
        self.slack.call(lambda: deeds.leave(self.platform, self.workspace, self.workspace.bot, self.channel(channel)))

    def archive(self, channel: str, archived: bool = True) -> None:
        """Archive a channel, or bring it back."""
        self.slack.call(lambda: deeds.archive(self.platform, self.workspace, self.channel(channel), archived))

    def uninstall(self) -> None:
        """Remove the app: app_uninstalled and tokens_revoked are sent, the token dies."""
        self.slack.call(lambda: deeds.uninstall(self.platform, self.workspace))

    def emit(self, event: Json, name: str = "") -> None:
        """Send any event as it is."""
        self.slack.call(lambda: self.platform.emit(self.workspace, event, name))

    # what can be seen

    def person(self, wanted: str) -> Person:
        """By name or id."""
        return self.workspace.person(wanted)

    def channel(self, wanted: str, person: str = "") -> Channel:
        """By name or id; "@bot" is the person's direct message with the bot."""
        if wanted == "@bot":
            return self.workspace.direct(self.person(person).id, self.workspace.bot.id)
        return self.workspace.channel(wanted)

    def messages(self, person: str, channel: str) -> list[Message]:
        """What a person sees in a channel now, oldest first."""
        return self.slack.call(lambda: self.workspace.seen_by(self.person(person).id, self.channel(channel, person).id))

    def view(self, person: str) -> View | None:
        """The modal on top of a person's stack."""
        stack = self.workspace.modals.get(self.person(person).id)
        return stack[-1] if stack else None

    def home(self, person: str) -> View | None:
        """A person's App Home."""
        return self.workspace.homes.get(self.person(person).id)

    def reader(self, person: str) -> Reader:
        """With whose eyes plain text is made."""
        names = {one.id: one.name for one in self.workspace.people.values()}
        names |= {one.id: one.name for one in self.workspace.channels.values()}
        return Reader(names, self.person(person).tz, self.platform.clock())

    def calls(self, method: str) -> list[Json]:
        """The arguments of every call of a Web API method (or "response_url") so far."""
        return [arguments for name, arguments in list(self.platform.calls) if name == method]

    def wait_for_app(self, timeout: float = TIMEOUT) -> None:
        """Wait until the app is connected over Socket Mode."""
        self.wait(lambda: self.platform.sockets.connections > 0, timeout, "the app did not connect")

    def wait(self, condition: Callable[[], bool], timeout: float = TIMEOUT, otherwise: str = "it did not happen") -> None:
        """Wait until a condition holds; raises AssertionError with what the app was asked and said."""
        if not self.slack.run(self._wait(condition, timeout)):
            raise AssertionError(f"{otherwise} within {timeout} s\n{self._report()}")

    def settle(self, seconds: float = 0.2) -> None:
        """Give the app time to do what it should not do."""
        time.sleep(seconds)

    # how

    def _do(self, who: Person, work: Coroutine[Any, Any, Any], expect: int, timeout: float) -> Outcome:
        first_change, first_delivery = len(self.platform.changes), len(self.platform.courier.deliveries)
        views_before = list(self.workspace.modals.get(who.id, []))

        async def start() -> Any:
            return await work

        result = self.slack.run(start(), timeout)
        sent = result if isinstance(result, Message) else None
        patience = time.monotonic() + CLOSED_SECONDS

        def outcome() -> Outcome:
            return self._outcome(who, sent, first_change, first_delivery)

        def seen() -> bool:
            now = outcome()
            settled = all(one.settled for one in now.deliveries)
            views = self.workspace.modals.get(who.id, [])
            if len(views) < len(views_before) and not now.messages and time.monotonic() < patience:
                return expect == 0 and settled  # a form has closed; what it brings may still be on its way
            changed = len(now.messages) + (views != views_before) + (now.home is not None)
            return settled and changed >= expect

        self.wait(seen, timeout, f"{who.name} did not see {expect} thing(s)")
        return self.slack.call(outcome)

    async def _wait(self, condition: Callable[[], bool], timeout: float) -> bool:
        changed = self.platform.watch()
        deadline = time.monotonic() + timeout
        try:
            while not condition():
                left = deadline - time.monotonic()
                if left <= 0:
                    return False
                changed.clear()
                try:
                    await asyncio.wait_for(changed.wait(), min(left, 0.05))
                except TimeoutError:
                    continue
            return True
        finally:
            self.platform.unwatch(changed)

    def _outcome(self, who: Person, sent: Message | None, first_change: int, first_delivery: int) -> Outcome:
        seen: dict[tuple[str, str], Message] = {}
        home = None
        for change in self.platform.changes[first_change:]:
            if change.team != self.workspace.team or change.person not in (None, who.id):
                continue
            what = change.what
            if change.kind in ("message", "changed") and what.user != who.id and self._can_see(who, what):
                seen[(what.channel, what.ts)] = what
            elif change.kind == "deleted":
                seen.pop((what.channel, what.ts), None)
            elif change.kind == "view" and what is not None and not what.modal:
                home = what
        return Outcome(
            messages=tuple(seen.values()),
            view=self.view(who.id),
            home=home,
            sent=sent,
            deliveries=tuple(self.platform.courier.deliveries[first_delivery:]),
            reader=self.reader(who.id),
        )

    def _can_see(self, who: Person, message: Message) -> bool:
        return who.id in self.workspace.channels[message.channel].members

    def _latest(self, thing: Message | View) -> Any:
        if isinstance(thing, Message):
            return self.workspace.message(thing.channel, thing.ts)
        return self.workspace.find_view(thing.id)

    def _id_of(self, name: str) -> str:
        people, channels = self.workspace.names()
        return people.get(name.lower()) or channels.get(name.lower().lstrip("#")) or name

    def _report(self) -> str:
        lines = [f"  app was sent {one.kind}: {[a.outcome for a in one.attempts]}" for one in self.platform.courier.deliveries[-5:]]
        lines += [f"  app called {name}: {args.get('_answer', '')}" for name, args in self.platform.calls[-8:]]
        return "\n".join(lines)


def _thing(where: Message | View | Outcome) -> Message | View:
    if isinstance(where, Outcome):
        return where.view or where.messages[-1]
    return where
