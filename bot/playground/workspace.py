"""One Slack workspace's memory: who is in it, what was said, which forms are open. It sends nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.playground.records import SLACKBOT, Channel, File, Json, Message, Person, View
from bot.playground.refusal import SlackRefusal


@dataclass(frozen=True, slots=True)
class Change:
    """Something that people can see has changed: kind, where, for whom (None: everybody there), and what."""

    number: int
    kind: str
    team: str
    channel: str | None = None
    person: str | None = None
    what: Any = None


@dataclass(slots=True)
class Sequence:
    """Ids and timestamps that never repeat within a server."""

    clock: Callable[[], float]
    _last: int = 0
    _count: int = 100

    def id(self, letter: str) -> str:
        """A fresh id: a letter and eight digits."""
        self._count += 1
        return f"{letter}{self._count:08d}"

    def ts(self) -> str:
        """A fresh message timestamp: seconds with six decimals, always later than the last."""
        self._last = max(self._last + 1, int(self.clock() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"


class Workspace:
    """The state of one team. All changes happen on the server's event loop and are announced to `announce`."""

    def __init__(
        self,
        team: str,
        name: str,
        sequence: Sequence,
        announce: Callable[[str, str, str | None, str | None, Any], None],
    ) -> None:
        self.team = team
        self.name = name
        self.sequence = sequence
        self._announce = announce
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[str, dict[str, Message]] = {}
        self.files: dict[str, File] = {}
        self.modals: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        #: the assistant's words to each direct message's thread: suggested prompts, status and title
        self.assistants: dict[tuple[str, str], Json] = {}
        self.bot_token = ""
        self.refresh_token = ""
        self.expires_at: float | None = None
        self.bot: Person = Person("", "", "")
        self.installed = True

    # people and channels

    def add_person(
        self,
        name: str,
        real_name: str = "",
        *,
        tz: str = "Europe/London",
        locale: str = "en-GB",
        bot: bool = False,
        admin: bool = False,
    ) -> Person:
        """A new member; a bot gets a bot id."""
        person = Person(
            id=self.sequence.id("U"),
            name=name,
            real_name=real_name or name.title(),
            tz=tz,
            locale=locale,
            bot_id=self.sequence.id("B") if bot else None,
            admin=admin,
        )
        self.people[person.id] = person
        self.announce("people")
        return person

    def add_channel(self, name: str, members: Iterable[str], *, kind: str = "channel", topic: str = "") -> Channel:
        """A new conversation with its members."""
        channel = Channel(
            id=self.sequence.id("D" if kind == "im" else "C"),
            name=name,
            kind=kind,
            members=frozenset(members),
            topic=topic,
            created=int(self.sequence.clock()),
        )
        self.channels[channel.id] = channel
        self.messages[channel.id] = {}
        self.announce("channels")
        return channel

    def person(self, wanted: str) -> Person:
        """By id or by name; raises `user_not_found`."""
        found = self.people.get(wanted) or next((one for one in self.people.values() if one.name == wanted.lstrip("@")), None)
        if found is None:
            raise SlackRefusal("user_not_found")
        return found

    def channel(self, wanted: str) -> Channel:
        """By id, `#name` or name; raises `channel_not_found`."""
        found = self.channels.get(wanted) or next((one for one in self.channels.values() if not one.direct and one.name == wanted.lstrip("#")), None)
        if found is None:
            raise SlackRefusal("channel_not_found")
        return found

    def direct(self, one: str, other: str) -> Channel:
        """The direct message between two, opened where there is none yet."""
        members = frozenset({one, other})
        found = next((c for c in self.channels.values() if c.direct and c.members == members), None)
        return found or self.add_channel("", members, kind="im")

    def names(self) -> tuple[dict[str, str], dict[str, str]]:
        """Names as typed, in lower case, to ids: of people and of channels."""
        people = {one.name.lower(): one.id for one in self.people.values()}
        return people, {c.name.lower(): c.id for c in self.channels.values() if not c.direct}

    def put_channel(self, channel: Channel) -> None:
        """Store a changed channel."""
        self.channels[channel.id] = channel
        self.announce("channels", channel.id)

    # messages

    def post(self, message: Message) -> Message:
        """Store a new message and say so."""
        self.messages[message.channel][message.ts] = message
        self.announce("message", message.channel, message.only_for, message)
        return message

    def change(self, message: Message, **changes: Any) -> Message:
        """Replace a message's fields; its identity stays."""
        changed = replace(message, **changes)
        self.messages[message.channel][message.ts] = changed
        self.announce("changed", message.channel, message.only_for, changed)
        return changed

    def delete(self, message: Message) -> None:
        """Take a message away."""
        if self.messages[message.channel].pop(message.ts, None):
            self.announce("deleted", message.channel, message.only_for, message)

    def message(self, channel: str, ts: str) -> Message:
        """A stored message, ephemeral ones too; raises `message_not_found`."""
        found = self.messages.get(channel, {}).get(ts)
        if found is None:
            raise SlackRefusal("message_not_found")
        return found

    def seen_by(self, person: str, channel: str) -> list[Message]:
        """What a person sees in a channel, oldest first, replies and ephemeral messages included."""
        return [m for m in self._sorted(channel) if m.only_for in (None, person)]

    def history(self, channel: str) -> list[Message]:
        """What conversations.history knows, newest first: no ephemeral message, no reply unless broadcast."""
        return [m for m in reversed(self._sorted(channel)) if not m.ephemeral and (not m.reply or m.broadcast)]

    def replies(self, channel: str, thread_ts: str) -> list[Message]:
        """A thread with its first message, oldest first."""
        return [m for m in self._sorted(channel) if not m.ephemeral and thread_ts in (m.ts, m.thread_ts)]

    def _sorted(self, channel: str) -> list[Message]:
        return sorted(self.messages.get(channel, {}).values(), key=lambda message: message.ts)

    def say_as_slack(self, person: str, channel: str, text: str) -> Message:
        """Slackbot's note to one person: what failed."""
        return self.post(Message(ts=self.sequence.ts(), channel=channel, user=SLACKBOT, text=text, only_for=person))

    # views

    def find_view(self, view_id: str = "", external_id: str = "") -> View:
        """An open modal or a published home; raises `not_found`."""
        views = [view for stack in self.modals.values() for view in stack] + list(self.homes.values())
        for view in views:
            if (view_id and view.id == view_id) or (external_id and view.content.get("external_id") == external_id):
                return view
        raise SlackRefusal("not_found")

    def put_view(self, view: View) -> View:
        """Store a changed view in its place; an unknown modal goes on top of its person's stack."""
        if not view.modal:
            self.homes[view.user] = view
        else:
            stack = self.modals.setdefault(view.user, [])
            for index, one in enumerate(stack):
                if one.id == view.id:
                    stack[index] = view
                    break
            else:
                stack.append(view)
        self.announce("view", None, view.user, view)
        return view

    def close_views(self, person: str, view_id: str | None = None) -> list[View]:
        """Close one modal, or a person's whole stack; returns what was closed."""
        stack = self.modals.get(person, [])
        closed = [view for view in stack if view_id in (None, view.id)]
        self.modals[person] = [view for view in stack if view not in closed]
        self.announce("view", None, person)
        return closed

    def set_assistant(self, channel: str, thread_ts: str, facts: Mapping[str, Any]) -> None:
        """Remember what the assistant shows beside a thread."""
        self.assistants[(channel, thread_ts)] = self.assistants.get((channel, thread_ts), {}) | dict(facts)
        self.announce("assistant", channel)

    def announce(self, kind: str, channel: str | None = None, person: str | None = None, what: Any = None) -> None:
        """Tell the page and the drivers that something visible has changed."""
        self._announce(kind, self.team, channel, person, what)
