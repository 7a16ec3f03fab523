"""Starts and stops the ear: Socket Mode for one workspace, signed HTTP for one or many."""

from __future__ import annotations

import json
import logging
import signal
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urljoin

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.authorize import InstallationStoreAuthorize
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler, RateLimitErrorRetryHandler

from bot.errors import SettingsError
from bot.settings import Settings
from handlers import manifest
from handlers.answer import Deps
from handlers.clock import Clock
from handlers.folders import Folders
from handlers.poster import TOKEN_GONE, SlackPoster
from handlers.slack.announcer import Announcer
from handlers.slack.clients import FAILURES, Clients, directly, web_client
from handlers.slack.ear import Ear
from handlers.slack.installing import ROTATE_MINUTES, Installations, Rotator, States, StoredTokens
from handlers.slack.mouth import Mouth
from handlers.slack.pool import Pool
from handlers.slack.porter import Porter

log = logging.getLogger(__name__)

PATIENCE_S = 8.0
"""For what is under way when Entente is stopped; systemd and containers kill after 10 s or more."""

NAME = "Entente"
"""Bolt would else look through every imported module for the file that made the app, for 0.03 CPU-second."""

HEARERS = 10
"""Threads that hear at a time: an answer takes milliseconds, and SQLite has one writer."""

BODY_BYTES = 1_000_000
"""Slack's requests are far smaller; a form with a pasted text of 3,000 characters in ten fields is 0.1 MB."""


class Entente:
    """The Bolt app with everything behind it; ``start`` and ``close`` once each."""

    def __init__(self, settings: Settings, deps: Deps, *, many: bool = False) -> None:
        """``many``: workspaces install by OAuth; else the one whose bot token is set."""
        self.deps = deps
        api_url = settings.slack_api_url
        installations = Installations(deps.store)
        tokens: Callable[[str], str | None]
        if many:
            renew = Rotator(installations, str(settings.client_id), str(settings.client_secret), api_url)
            tokens = stored = StoredTokens(installations, renew)
            self.clients = Clients(stored, api_url, stored.forget)
            self.app = _many(settings, installations, renew)
        else:
            tokens = lambda _team: settings.bot_token  # noqa: E731
            self.clients = Clients(tokens, api_url)
            self.app = _one(settings)
        self.mouth = Mouth(self.clients, deps.prefix)
        self.pool = Pool()
        self.porter = Porter(deps.store, self.clients, self.mouth)
        self.ear = Ear(deps, self.clients, self.mouth, self.pool, self.porter.ring)
        self.announcer = Announcer(deps, self.clients, self.mouth, self.ear.unposted.__contains__)
        self.ear.attach(self.app)
        poster = SlackPoster(lambda team: self.clients.posting(team) if tokens(team) else None)
        # folders are for the one workspace whose machine this is
        watched = (Folders(deps.store, settings.watch, self._team).look,) if settings.watch and not many else ()
        self.clock = Clock(deps.store, poster, deps.now, chores=watched)

    def _team(self) -> str | None:
        """The one workspace; None while Slack does not say."""
        try:
            return str(self.clients.calling("").auth_test()["team_id"])
        except FAILURES:
            return None

    def start(self) -> None:
        """Send what the last run left, announce what has been read since, and let the clock tick."""
        self.porter.start()
        self.announcer.start()
        self.clock.start()

    def close(self, patience: float = PATIENCE_S) -> None:
        """Finish what is under way; what is not finished then is in the store and done at the next start."""
        self.clock.stop()
        self.pool.close(patience)
        self.porter.close(patience)
        self.announcer.close(patience)


def _one(settings: Settings) -> App:
    client = web_client(settings.slack_api_url, settings.bot_token, [ConnectionErrorRetryHandler(), RateLimitErrorRetryHandler(max_retry_count=2)])
    try:
        known = AuthorizeResult.from_auth_test_response(bot_token=settings.bot_token, auth_test_response=client.auth_test())
    except SlackApiError as refusal:
        code = str(refusal.response.get("error") or "")
        if code not in TOKEN_GONE:
            what = code if code and " " not in code else "an answer that cannot be read"
            raise SettingsError(f"Slack has trouble at the moment ({what}). Please start me again later.") from refusal
        raise SettingsError(
            f"Slack refuses SLACK_BOT_TOKEN ({code}). Copy it anew from OAuth & Permissions of your app at api.slack.com/apps."
        ) from refusal
    except FAILURES as failure:
        raise SettingsError(f"Slack cannot be reached at {settings.slack_api_url}: {failure}") from failure
    # Bolt reads SLACK_BOT_TOKEN by itself and tells whoever starts Entente at each start that it does not need it
    logging.getLogger("slack_bolt.App").addFilter(lambda record: "`token` will be unused" not in record.getMessage())
    return App(
        name=NAME,
        client=web_client(settings.slack_api_url),
        authorize=lambda: known,  # asked once: a trouble of Slack's at the first command must not look like a missing installation
        signing_secret=settings.signing_secret or "not used in Socket Mode",
        process_before_response=True,
        raise_error_for_unhandled_request=False,
    )


def _many(settings: Settings, installations: Installations, renew: Rotator) -> App:
    client = web_client(settings.slack_api_url)
    oauth = OAuthSettings(
        client_id=settings.client_id,
        client_secret=settings.client_secret,
        scopes=manifest.bot_scopes(),
        installation_store=installations,
        state_store=States(installations._store),
        authorization_url=urljoin(settings.slack_api_url, "/oauth/v2/authorize"),
        token_rotation_expiration_minutes=ROTATE_MINUTES,
    )
    authorize = InstallationStoreAuthorize(
        logger=log,
        installation_store=installations,
        client_id=settings.client_id,
        client_secret=settings.client_secret,
        token_rotation_expiration_minutes=ROTATE_MINUTES,
        cache_enabled=True,
        client=client,
    )
    authorize.token_rotator = renew
    oauth.authorize = authorize
    return App(name=NAME, client=client, signing_secret=settings.signing_secret, oauth_settings=oauth, process_before_response=True)


def run(settings: Settings, deps: Deps, *, http: bool = False, port: int = 3000, ready: Callable[[], None] = lambda: None) -> None:
    """Answer until the process is told to stop."""
    if http:
        settings.require_http()
    else:
        settings.require_socket_mode()
    entente = Entente(settings, deps, many=http and not settings.bot_token)
    stop = threading.Event()
    for signal_ in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signal_, lambda *_: stop.set())
    entente.start()
    try:
        hang_up = listen_http(entente.app, port)[0] if http else listen_socket(entente.app, settings)
    except OSError as failure:
        entente.close(0)
        raise SettingsError(f"Port {port} cannot be listened on: {failure.strerror or failure}. --port names another.") from failure
    ready()
    stop.wait()
    hang_up()
    entente.close()


def listen_socket(app: App, settings: Settings) -> Callable[[], None]:
    """Connect over Socket Mode; returns what hangs up. A lost connection is made again by itself."""
    handler = SocketModeHandler(app, settings.app_token, concurrency=HEARERS)
    directly(settings.slack_api_url, handler.client)
    try:
        handler.connect()  # type: ignore[no-untyped-call]
    except SlackApiError as refusal:
        raise SettingsError(
            f"Slack refuses SLACK_APP_TOKEN ({refusal.response['error']}). Make one with the scope connections:write "
            "under Basic Information -> App-Level Tokens of your app at api.slack.com/apps."
        ) from refusal
    except FAILURES as failure:
        raise SettingsError(f"Slack cannot be reached at {settings.slack_api_url}: {failure}") from failure
    close: Callable[[], None] = handler.close
    return close


def listen_http(app: App, port: int, host: str = "0.0.0.0") -> tuple[Callable[[], None], int]:  # noqa: S104 - Slack calls from outside, through a proxy
    """Serve signed HTTP; returns what hangs up, and the port (0: any free one)."""
    from waitress.server import create_server  # not needed for Socket Mode

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it warns of every request that waits for a thread, be it for a millisecond

    server = create_server(
        signed(SlackRequestHandler(app)), host=host, port=port, threads=HEARERS, max_request_body_size=BODY_BYTES, channel_timeout=30, ident=None
    )
    thread = threading.Thread(target=server.run, name="http", daemon=True)
    thread.start()

    def close() -> None:  # where the loop runs, so that it sees its last socket go
        for channel in list(server.active_channels.values()):
            channel.handle_close()
        server.close()

    def hang_up() -> None:
        server.task_dispatcher.shutdown(cancel_pending=False, timeout=PATIENCE_S)
        with suppress(OSError):  # awake for another reason, the loop may have closed before the trigger is pulled
            server.trigger.pull_trigger(close)
        thread.join(PATIENCE_S)

    return hang_up, int(server.effective_port)


def signed(inner: Callable[[dict[str, Any], Any], Iterable[bytes]]) -> Callable[[dict[str, Any], Any], Iterable[bytes]]:
    """In front of Bolt: what Slack never sends is a refusal, which Bolt's own check takes for a failure; and two checks that come unsigned."""

    def serve(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        def answer(status: str, words: bytes) -> Iterable[bytes]:
            start_response(status, [("content-type", "text/plain; charset=utf-8")])
            return [words]

        if environ["PATH_INFO"] == "/health":
            return answer("200 OK", b"ok\n")
        if environ["REQUEST_METHOD"] == "GET" and "ssl_check=1" in environ.get("QUERY_STRING", ""):
            return answer("200 OK", b"")
        if environ["REQUEST_METHOD"] == "POST":
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            environ["wsgi.input"] = BytesIO(body)
            if b"ssl_check=1" in body.split(b"&"):  # of the certificate, before the address is used; nothing is told
                return answer("200 OK", b"")
            stamp = str(environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", ""))
            if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 20 and _sensible(body, str(environ.get("CONTENT_TYPE", "")))):
                return answer("401 Unauthorized", b"invalid request\n")
        return inner(environ, start_response)

    return serve


def _sensible(body: bytes, kind: str) -> bool:
    """Whether Bolt can read it: a JSON object, or a form whose payload is one."""
    try:
        text = body.decode()
        if "json" not in kind:
            given = parse_qs(text).get("payload")
            if given is None:
                return bool(parse_qs(text))
            text = given[0]
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False
