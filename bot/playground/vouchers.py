"""What Slack hands out for later use: trigger ids (3 seconds, once) and response_urls (30 minutes, five times)."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.playground.refusal import SlackRefusal

RESPONSE_SECONDS = 30 * 60.0
RESPONSE_USES = 5


@dataclass(slots=True)
class Trigger:
    """A right to open one modal for one person."""

    team: str
    person: str
    expires: float
    view: str | None = None
    used: bool = False


@dataclass(slots=True)
class ResponseHook:
    """A response_url: where it posts, for whom, and the message that `replace_original` means.

    For a command it is the first message that the url itself posted.
    """

    team: str
    channel: str
    person: str
    expires: float
    original: str | None = None
    thread_ts: str | None = None
    uses: int = 0


@dataclass(slots=True)
class Vouchers:
    """All that are out."""

    clock: Callable[[], float]
    trigger_seconds: float
    base_url: str = ""
    triggers: dict[str, Trigger] = field(default_factory=dict)
    hooks: dict[str, ResponseHook] = field(default_factory=dict)

    def trigger(self, team: str, person: str, view: str | None = None) -> str:
        """A new trigger id; `view` is the modal in which the person acted, for views.push."""
        key = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self.triggers[key] = Trigger(team, person, self.clock() + self.trigger_seconds, view)
        return key

    def redeem_trigger(self, key: str, team: str) -> Trigger:
        """Use a trigger up; raises Slack's three refusals."""
        trigger = self.triggers.get(key)
        if trigger is None or trigger.team != team:
            raise SlackRefusal("invalid_trigger_id")
        if trigger.used:
            raise SlackRefusal("exchanged_trigger_id")
        if self.clock() > trigger.expires:
            raise SlackRefusal("expired_trigger_id")
        trigger.used = True
        return trigger

    def response_url(self, team: str, channel: str, person: str, original: str | None = None, thread_ts: str | None = None) -> str:
        """A new response_url."""
        key = secrets.token_hex(12)
        self.hooks[key] = ResponseHook(team, channel, person, self.clock() + RESPONSE_SECONDS, original, thread_ts)
        return f"{self.base_url}/respond/{team}/{key}"

    def redeem_hook(self, key: str) -> ResponseHook:
        """Count one use; raises `expired_url` or `used_url`."""
        hook = self.hooks.get(key)
        if hook is None or self.clock() > hook.expires:
            raise SlackRefusal("expired_url")
        if hook.uses >= RESPONSE_USES:
            raise SlackRefusal("used_url")
        hook.uses += 1
        return hook
