"""The only user of the network: fetches one address from the public internet, within limits, and says in one sentence why it could not."""

from __future__ import annotations

import re
import ssl
import time
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import certifi
import httpcore
import httpx

from bot.errors import Unreachable
from bot.reading.network import Budget, Endpoint, GuardedBackend, GuardedTransport, Resolver, look_up
from bot.reading.sniff import Kind, sniff

USER_AGENT = "Mozilla/5.0 (compatible; Entente; reads what its team shares)"
ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,application/pdf;q=0.9,text/*;q=0.8,*/*;q=0.5"

_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:\-]{2,40})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost."""

    seconds: float = 20.0
    """In all: looking up, connecting, every redirect, the whole body."""
    connect_seconds: float = 8.0
    raw_bytes: int = 12_000_000
    """On the wire, over all redirects; the largest page of the development sets has 3 MB, reports as PDF have ten."""
    decoded_bytes: int = 30_000_000
    redirects: int = 6
    url_length: int = 4000


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered."""

    url: str
    """Where it was found in the end."""
    asked: str
    body: bytes = field(repr=False)
    kind: Kind
    charset: str | None = None
    """As the server states it."""
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False
    """Nothing new since the validators that were sent; the body is empty."""


class Fetcher:
    """Fetches addresses; one instance may be used by one thread at a time.

    ``also_allowed`` names single endpoints (address, port) that are reached although they are not public. Tests use it for their
    own servers; nothing else sets it.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        resolver: Resolver = look_up,
        ssl_context: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.monotonic,
        also_allowed: Iterable[Endpoint] = (),
    ) -> None:
        self._limits = limits or Limits()
        self._resolver = resolver
        self._ssl = ssl_context or ssl.create_default_context(cafile=certifi.where())
        self._clock = clock
        self._also_allowed = frozenset(also_allowed)

    def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """Fetch an http(s) address; raises Unreachable with a sentence for people.

        With validators of an earlier answer the request is conditional, and ``not_modified`` says that nothing is new.
        """
        budget = Budget(self._clock() + self._limits.seconds, self._limits.raw_bytes)
        headers = {"User-Agent": USER_AGENT, "Accept": ACCEPT, "Accept-Encoding": "gzip", "Accept-Language": "en;q=0.9,*;q=0.5"}
        if etag and etag.isascii() and etag.isprintable():
            headers["If-None-Match"] = etag
        if last_modified and last_modified.isascii() and last_modified.isprintable():
            headers["If-Modified-Since"] = last_modified
        backend = GuardedBackend(budget, self._resolver, self._also_allowed)
        timeout = httpx.Timeout(self._limits.seconds, connect=self._limits.connect_seconds)
        transport = GuardedTransport(backend, self._ssl)
        try:
            with httpx.Client(transport=transport, trust_env=False, follow_redirects=False, timeout=timeout, headers=headers) as client:
                return self._follow(client, url)
        except (httpcore.TimeoutException, httpx.TimeoutException) as error:
            raise Unreachable("unreached.too_slow", temporary=True) from error
        except (httpcore.NetworkError, httpx.NetworkError, httpcore.ProxyError) as error:
            raise _refused(error) from error
        except (
            httpcore.ProtocolError,
            httpx.ProtocolError,
            httpcore.UnsupportedProtocol,
            httpx.HTTPError,
            httpx.InvalidURL,
            httpx.StreamError,
        ) as error:
            raise Unreachable("unreached.no_web_server") from error
        except (ssl.SSLError, OSError) as error:
            raise _refused(error) from error

    def _follow(self, client: httpx.Client, asked: str) -> Fetched:
        """The answer at the end of the redirects, each of which is checked like the first address."""
        url = self._checked(asked)
        seen: set[str] = set()
        for _ in range(self._limits.redirects + 1):
            if str(url) in seen:
                raise Unreachable("unreached.circle")
            seen.add(str(url))
            with client.stream("GET", url) as response:
                if response.status_code in (301, 302, 303, 307, 308) and response.headers.get("location"):
                    url = self._checked(_joined(url, response.headers["location"]))
                    continue
                return self._answer(response, asked, str(url))
        raise Unreachable("unreached.too_often")

    def _checked(self, url: str) -> httpx.URL:
        """The address as httpx reads it; what is not plain http(s) to a host is refused before any look-up."""
        if len(url) > self._limits.url_length:
            raise Unreachable("unreached.too_long")
        try:
            parsed = httpx.URL(url.strip())
            host = parsed.host  # decoding a host in Punycode may fail too
        except (httpx.InvalidURL, ValueError, TypeError) as error:
            raise Unreachable("unreached.no_address") from error
        if parsed.scheme not in ("http", "https"):
            raise Unreachable("unreached.scheme")
        if parsed.userinfo or not host:
            raise Unreachable("unreached.no_address" if not host else "unreached.user_name")
        return parsed.copy_with(fragment=None)

    def _answer(self, response: httpx.Response, asked: str, url: str) -> Fetched:
        etag, last_modified = response.headers.get("etag"), response.headers.get("last-modified")
        if response.status_code == 304:
            return Fetched(url, asked, b"", Kind.OTHER, None, etag, last_modified, not_modified=True)
        if response.status_code != 200:
            raise _status(response.status_code)
        body = self._body(response)
        content_type = response.headers.get("content-type", "")
        kind = sniff(body, content_type)
        if not body.strip():
            raise Unreachable("unreached.empty")
        if kind is Kind.OTHER:
            raise Unreachable("unreached.no_text")
        return Fetched(url, asked, body, kind, _charset(content_type), etag, last_modified)

    def _body(self, response: httpx.Response) -> bytes:
        """The decoded body: identity or one layer of gzip, unpacked no further than the limit."""
        encoding = response.headers.get("content-encoding", "identity").strip().lower()
        if encoding not in ("gzip", "x-gzip", "identity", ""):
            raise Unreachable("unreached.encoding")
        unpack = zlib.decompressobj(wbits=31) if encoding.endswith("gzip") else None
        limit = self._limits.decoded_bytes
        parts: list[bytes] = []
        size = 0
        for chunk in response.iter_raw():
            while chunk:
                piece = chunk
                chunk = b""
                if unpack is not None:
                    try:
                        piece = unpack.decompress(piece, limit - size + 1)
                    except zlib.error as error:
                        raise Unreachable("unreached.broken") from error
                    if unpack.eof and unpack.unused_data[:2] == b"\x1f\x8b":  # a further member of the same file
                        chunk, unpack = unpack.unused_data, zlib.decompressobj(wbits=31)
                    elif not unpack.eof:
                        chunk = unpack.unconsumed_tail
                size += len(piece)
                if size > limit:
                    raise Unreachable("unreached.too_large")
                parts.append(piece)
        return b"".join(parts)


def _joined(url: httpx.URL, location: str) -> str:
    try:
        return str(url.join(location.strip()))
    except (httpx.InvalidURL, ValueError) as error:
        raise Unreachable("unreached.redirect") from error


def _charset(content_type: str) -> str | None:
    match = _CHARSET.search(content_type)
    return match[1].lower() if match else None


def _status(code: int) -> Unreachable:
    if code in (404, 410):
        return Unreachable("unreached.gone")
    if code in (401, 402, 403, 451):
        return Unreachable("unreached.forbidden", status=code)
    if code == 429 or code >= 500:
        return Unreachable("unreached.unable", status=code, temporary=True)
    return Unreachable("unreached.status", status=code)


def _refused(error: Exception) -> Unreachable:
    text = str(error).lower()
    if "certificate" in text:
        return Unreachable("unreached.certificate")
    if "ssl" in text or "tls" in text:
        return Unreachable("unreached.unsafe")
    return Unreachable("unreached.now", temporary=True)
