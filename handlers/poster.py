"""What the clock needs of Slack: post a message that can be recognised again, and look whether it was posted.

Four things can become of a post, and each asks for something else: ``Posted``; ``Later`` (surely not posted, try again after a pause);
``Unsure`` (it may have been posted: look before trying again); ``Refused`` (trying again changes nothing).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from http.client import HTTPException
from typing import Any, Protocol
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from handlers.blocks import Block

EVENT_TYPE = "entente_digest"
"""Of the metadata that our messages carry; its payload has the key."""

LOOK_BACK = timedelta(hours=1)
"""How far before a message was claimed it is looked for: our clock and Slack's may differ."""
A_PAGE = 100
"""Messages asked for at once; Slack gives apps that are sold commercially 15 whatever is asked. So many are looked at whatever their time."""
MOST_PAGES = 20
"""Pages looked through before the message counts as not there: 2,000 messages in an hour are more than people read."""


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a message stands."""

    channel: str
    ts: str


class Trouble(StrEnum):
    """Why Slack will not take a message however often it is sent."""

    CHANNEL = "channel"
    """Archived, gone, or the bot is not in it."""
    TOKEN = "token"  # noqa: S105 - a reason, not a secret
    """The app was removed or its token revoked."""
    CONTENT = "content"
    """The message itself."""


class Later(Exception):
    """Surely not posted; ``pause`` as Slack asked for it, or None for the sender's own choice."""

    def __init__(self, reason: str, pause: timedelta | None = None) -> None:
        super().__init__(reason)
        self.pause = pause


class Unsure(Exception):
    """The answer is missing; or, ``answered``, says that Slack failed and that some of the work may have been done all the same."""

    def __init__(self, reason: str, answered: bool = False) -> None:
        super().__init__(reason)
        self.answered = answered


class Refused(Exception):
    """It will not be taken."""

    def __init__(self, code: str, trouble: Trouble) -> None:
        super().__init__(code)
        self.code = code
        self.trouble = trouble


class CannotLook(Exception):
    """Slack does not show us the channel's messages."""


class Poster(Protocol):
    """Posts and finds messages by their key."""

    def post(self, team: str, channel: str, text: str, blocks: tuple[Block, ...], *, key: str, thread: str | None = None) -> Posted:
        """Post once. ``channel`` may be a person's id. Raises ``Later``, ``Unsure`` or ``Refused``."""
        ...

    def find(self, team: str, channel: str, key: str, *, since: datetime, thread: str | None = None) -> Posted | None:
        """The message with this key, if it is there. Raises ``Later`` or ``CannotLook``."""
        ...


CHANNEL_GONE = frozenset(
    "channel_not_found not_in_channel is_archived restricted_action restricted_action_read_only_channel restricted_action_thread_only_channel "
    "restricted_action_non_threadable_channel user_not_found cannot_dm_bot messages_tab_disabled user_is_bot user_disabled "
    "thread_not_found message_not_found cant_update_message edit_window_closed "
    "thread_locked ekm_access_denied team_access_not_granted not_allowed".split()
)
TOKEN_GONE = frozenset(
    "account_inactive invalid_auth token_revoked token_expired not_authed missing_scope no_permission org_login_required "
    "access_denied two_factor_setup_required".split()
)
CONTENT_REFUSED = frozenset(
    "invalid_blocks invalid_blocks_format msg_too_long msg_blocks_too_long no_text invalid_metadata_format invalid_metadata_schema "
    "metadata_too_large metadata_must_be_sent_from_app invalid_arguments invalid_arg_name too_many_attachments cannot_find_message "
    "cannot_unfurl_url".split()
)
MAYBE_DONE = frozenset(("fatal_error", "internal_error", "service_unavailable", "request_timeout", "team_added_to_org"))
"""Of these Slack's reference says that some aspect of the operation may have succeeded."""


class SlackPoster:
    """``Poster`` by Slack's Web API. ``client_of`` gives a workspace's client, which must not repeat ``chat.postMessage`` by itself:
    its default repeats after a broken connection, and so posts twice. None: the workspace has no token any more.
    """

    def __init__(self, client_of: Callable[[str], WebClient | None]) -> None:
        self._client_of = client_of

    def post(self, team: str, channel: str, text: str, blocks: tuple[Block, ...], *, key: str, thread: str | None = None) -> Posted:
        """chat.postMessage with the key as metadata; nothing in it is previewed."""
        client = self._client(team)
        with translated(posting=True):
            said = client.chat_postMessage(
                channel=channel,
                text=text,
                blocks=list(blocks) or None,
                thread_ts=thread,
                metadata={"event_type": EVENT_TYPE, "event_payload": {"key": key}},
                unfurl_links=False,
                unfurl_media=False,
            )
        return Posted(str(said["channel"]), str(said["ts"]))

    def find(self, team: str, channel: str, key: str, *, since: datetime, thread: str | None = None) -> Posted | None:
        """conversations.history, newest first, back to an hour before ``since``; or .replies of a thread."""
        try:
            client = self._client(team)
        except Refused as refusal:
            raise CannotLook(refusal.code) from refusal
        cursor: str | None = None
        seen, reached = 0, False
        for _ in range(MOST_PAGES):
            asked: dict[str, Any] = {"channel": channel, "limit": A_PAGE, "include_all_metadata": True, "cursor": cursor}
            try:
                with translated(posting=False):
                    said = client.conversations_replies(ts=thread, **asked) if thread else client.conversations_history(**asked)
            except Refused as refusal:
                raise CannotLook(refusal.code) from refusal
            except Later:
                if reached:
                    return None
                raise
            messages: list[dict[str, Any]] = said.get("messages") or []
            for message in messages:
                if _key_of(message) == key:
                    return Posted(channel, str(message["ts"]))
            seen += len(messages)
            # a thread comes oldest first and is short: it is read to its end
            reached = not thread and bool(messages) and float(messages[-1]["ts"]) < (since - LOOK_BACK).timestamp()
            cursor = (said.get("response_metadata") or {}).get("next_cursor")
            if not cursor or (reached and seen >= A_PAGE):
                return None
        return None

    def _client(self, team: str) -> WebClient:
        client = self._client_of(team)
        if client is None:
            raise Refused("not_authed", Trouble.TOKEN)
        return client


def _key_of(message: Mapping[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    key = (metadata.get("event_payload") or {}).get("key")
    return str(key) if key and metadata.get("event_type") == EVENT_TYPE else None


@contextmanager
def translated(posting: bool) -> Iterator[None]:
    """Slack's refusals and the network's failures as what they ask for. A look has no effect: what would be unsure is only late."""
    try:
        yield
    except SlackApiError as refusal:
        raise _meaning(refusal, posting) from refusal
    except (SlackClientError, OSError, HTTPException) as failure:
        if posting and not _never_sent(failure):
            raise Unsure(type(failure).__name__) from failure
        raise Later(type(failure).__name__) from failure


def _meaning(refusal: SlackApiError, posting: bool) -> Exception:
    response: Any = refusal.response
    # an answer that is not JSON (a 503 of a proxy) leaves a plain dictionary instead of a SlackResponse
    known = response if isinstance(response, dict) else {"status": response.status_code, "headers": response.headers, **(response.data or {})}
    status, code = int(known.get("status") or 200), str(known.get("error") or "")
    headers = {str(name).casefold(): value for name, value in dict(known.get("headers") or {}).items()}
    if code in ("ratelimited", "rate_limited", "message_limit_exceeded") or status == 429:
        return Later("Slack asked for a pause", _pause(headers.get("retry-after")))
    if status >= 500 or code in MAYBE_DONE:
        return Unsure(code or f"HTTP {status}", answered=True) if posting else Later(code or f"HTTP {status}")
    if " " in code:  # not Slack's: the SDK says so of an answer that it cannot read
        code = ""
    if not code and status < 300 and posting:
        return Unsure("an answer that cannot be read")
    if code in CHANNEL_GONE:
        return Refused(code, Trouble.CHANNEL)
    if code in TOKEN_GONE:
        return Refused(code, Trouble.TOKEN)
    if code in CONTENT_REFUSED:
        return Refused(code, Trouble.CONTENT)
    return Later(code or f"HTTP {status}")


def _pause(value: Any) -> timedelta:
    first = value[0] if isinstance(value, list | tuple) and value else value
    try:
        return timedelta(seconds=min(3600.0, max(1.0, float(first))))
    except (TypeError, ValueError):
        return timedelta(seconds=30)


def _never_sent(failure: BaseException) -> bool:
    """No connection was made, so nothing was posted."""
    cause: Any = failure.reason if isinstance(failure, URLError) else failure
    return isinstance(cause, ConnectionRefusedError) or "name or service not known" in str(cause).casefold() or "getaddrinfo" in str(cause)
