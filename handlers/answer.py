"""What a handler is: a function from a ``Request`` and its ``Deps`` to a ``Reply``, and ``settle``, which never raises.

Every ear (Bolt, the clock, the terminal) turns what it hears into a ``Request`` and says the ``Reply``; no payload of Slack
reaches a handler. An answer can be made again from its ``Ask`` alone, which is how *More* and *Share to channel* work without
keeping anything between two clicks.
"""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from bot.errors import BotError, Misunderstood
from bot.records import Subject
from bot.wording import say
from handlers import blocks
from handlers.blocks import Block
from store import Store

log = logging.getLogger(__name__)

FormValues = Mapping[str, Any]
"""What a person filled in, by the fields' names: str, tuple of str, or None."""


LAST_PAGE = 100_000
"""No list is longer; a button that says so was forged."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What was asked: enough to answer it again, small enough to travel in a button."""

    command: str
    text: str = ""
    page: int = 0

    def encode(self) -> str | None:
        """For a button's value; None when what was typed is too long to travel."""
        value = json.dumps([self.command, self.text, self.page], ensure_ascii=False, separators=(",", ":"))
        return value if len(value) <= blocks.BUTTON_VALUE else None

    @classmethod
    def decode(cls, value: str) -> Ask:
        """The ask that a button carries; what cannot be read is a button of an older version."""
        try:
            command, text, page = json.loads(value)
            return cls(str(command), str(text), min(max(0, int(page)), LAST_PAGE))
        except (ValueError, TypeError, OverflowError):
            raise Misunderstood("answer.old_button") from None

    def turned(self, by: int) -> Ask:
        """The same, some pages further."""
        return Ask(self.command, self.text, max(0, self.page + by))


@dataclass(frozen=True, slots=True)
class File:
    """A file that somebody shared."""

    id: str
    name: str
    url: str
    """Where the bot may fetch it with its token."""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """Something that a person said or did, without anything of Slack's payloads but ids."""

    team: str
    person: str
    text: str = ""
    command: str = ""
    """The command's name in COMMANDS, also for a mention that was understood as one."""
    page: int = 0
    channel: str | None = None
    thread: str | None = None
    """thread_ts of the thread that it was said in; in a direct message without threads the channel stands for it."""
    zone: str = "UTC"
    """IANA name of the person's time zone."""
    form: FormValues = field(default_factory=dict)
    context: str = ""
    """What the form or button carried from the message that it stood in: a piece's id, an encoded ``Ask``."""
    name: str = ""
    """How the person is called, for "shared by"."""
    admin: bool | None = None
    """Whether the person is an admin or owner of the workspace; None where Slack does not say."""
    files: tuple[File, ...] = ()
    above: str = ""
    """A web address in the message that the thread hangs on, where that could be seen."""

    @property
    def ask(self) -> Ask:
        """What it takes to answer this again."""
        return Ask(self.command, self.text, self.page)


@dataclass(frozen=True, slots=True)
class Form:
    """A modal to open, or to put in place of the one that is open; without ``submit`` it only shows something."""

    callback: str
    title: str
    blocks: tuple[Block, ...]
    submit: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What to say. ``text`` is mrkdwn (outside words in it are escaped): all of it when there are no blocks, else its gist."""

    text: str
    blocks: tuple[Block, ...] = ()
    private: bool = True
    """For the person alone; what is not private is said in the channel."""
    form: Form | None = None
    form_errors: Mapping[str, str] = field(default_factory=dict)
    """Field name -> sentence, for a form that cannot be accepted."""
    waits_for: int | None = None
    """A reading whose result this message waits for; the ear edits it when the reading ends."""
    subject: Subject | None = None
    """What the thread is about from now on."""
    ask: Ask | None = None
    """Set on an answer worth sharing and turning over: buttons for *More*, *Share to channel* and feedback come with it."""
    buttons: tuple[Block, ...] = ()
    """Buttons of the answer's own, before those that stand under every answer."""
    more: int = 0
    """How many things come after this page."""
    shared: bool = False
    """Is said on behalf of the person, who is named above it; by what name, Slack is asked when it is sent."""
    instead: bool = False
    """Takes the place of the message whose button was pressed, where that is the person's own."""
    fetches: tuple[File, ...] = ()
    """Shared files that the ear is to fetch and put into the queue."""
    exports: bool = False
    """Everything of the workspace is to be sent to the person as a file."""


@dataclass(frozen=True, slots=True)
class Deps:
    """What a handler may use."""

    store: Store
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    prefix: str = ""
    """Put before the commands' names where a workspace has taken them; the ears rename what replies say."""


Answer = Callable[[Request, Deps], Reply]


def _encodable(request: Request) -> Request:
    """Without unpaired surrogates, which JSON can carry and neither SQLite nor Slack takes."""

    def mended(value: Any) -> Any:
        return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value

    try:
        "".join((request.text, request.context, request.name, *(v for v in request.form.values() if isinstance(v, str)))).encode()
    except UnicodeEncodeError:
        form = {name: mended(value) for name, value in request.form.items()}
        files = tuple(replace(file, name=mended(file.name)) for file in request.files)
        return replace(request, text=mended(request.text), context=mended(request.context), name=mended(request.name), form=form, files=files)
    return request


def settle(answer: Answer, request: Request, deps: Deps) -> Reply:
    """The answer, or one sentence on what to do instead; the project's only catch-all.

    What a person can act on (``BotError``) is its own reply. Anything else is logged once, with a traceback and a reference id
    that the reply names; neither what was typed nor any text of an article reaches the log.
    """
    try:
        return answer(_encodable(request), deps)
    except BotError as error:
        return Reply(error.said(blocks.escape))
    except Exception:
        reference = secrets.token_hex(4)
        log.exception("reference %s: %s failed", reference, request.command or "an answer")
        return Reply(say("answer.went_wrong", reference=reference))
