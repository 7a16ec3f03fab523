"""Connections to public addresses only: each host is resolved once, every address of it must be public, and that address is what is connected to.

Whoever checks a name and then lets a library look it up again is open to DNS rebinding; whoever checks only the first of
several addresses is open to a mixed answer. Both are closed here, under httpx, so that no redirect can get round it.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import httpcore
import httpx

from bot.errors import Unreachable

PORTS = frozenset({80, 443})

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], list[str]]
Endpoint = tuple[str, int]

_CLOSED_V4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 "
        "192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 168.63.129.16/32"
    ).split()
)
"""IANA's special-purpose registry, multicast, reserved, and the one public address that a cloud uses for its own metadata."""
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_CLOSED_V6 = tuple(ipaddress.IPv6Network(network) for network in "2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3ffe::/16 3fff::/20".split())
"""Within 2000::/3: protocol assignments with Teredo, documentation, 6to4, AS112, the old 6bone."""
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(address: IPAddress) -> bool:
    """The address belongs to the public internet; for one that wraps an IPv4 address (mapped, NAT64), the wrapped one does."""
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not any(address in network for network in _CLOSED_V4)
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address in _NAT64:
        return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return address in _GLOBAL_V6 and address.is_global and not any(address in network for network in _CLOSED_V6)


def look_up(host: str, port: int) -> list[str]:
    """The system's answer for a host, every address of it."""
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(slots=True)
class Budget:
    """What one fetch may still spend: seconds in all, bytes on the wire."""

    deadline: float
    """On time.monotonic()'s clock."""
    bytes_left: int

    def seconds(self, at_most: float | None = None) -> float:
        """Time left, at most so much; raises ReadTimeout when there is none."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the deadline has passed")
        return left if at_most is None else min(left, at_most)

    def spend(self, count: int) -> None:
        """Count received bytes; raises Unreachable when they are too many."""
        self.bytes_left -= count
        if self.bytes_left < 0:
            raise Unreachable("unreached.too_large")


class GuardedBackend(httpcore.NetworkBackend):
    """Opens connections for httpcore: resolve once, require every address to be public, connect to that address, within the budget."""

    def __init__(self, budget: Budget, resolver: Resolver, also_allowed: frozenset[Endpoint]) -> None:
        self._budget = budget
        self._resolver = resolver
        self._also_allowed = also_allowed
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to one of the host's addresses once all of them are known to be allowed."""
        addresses = self._allowed(host, port)
        failure: Exception | None = None
        for address in addresses[:4]:
            try:
                stream = self._inner.connect_tcp(address, port, self._budget.seconds(timeout), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            return BudgetedStream(stream, self._budget)
        raise failure or httpcore.ConnectError("no address")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None
    ) -> httpcore.NetworkStream:
        """Never."""
        raise Unreachable("unreached.private")

    def sleep(self, seconds: float) -> None:
        """Wait, within the budget."""
        time.sleep(min(seconds, self._budget.seconds()))

    def _allowed(self, host: str, port: int) -> list[str]:
        addresses = self._resolve(host, port)
        for text in addresses:
            if (text, port) in self._also_allowed:
                continue
            try:
                address = ipaddress.ip_address(text.partition("%")[0])
            except ValueError as error:
                raise Unreachable("unreached.unusable", host=host) from error
            if not is_public(address):
                raise Unreachable("unreached.private")
            if port not in PORTS:
                raise Unreachable("unreached.port")
        return addresses

    def _resolve(self, host: str, port: int) -> list[str]:
        """Look the host up in a thread of its own: the system's resolver knows no timeout."""
        answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(list(dict.fromkeys(self._resolver(host, port))))
            except (OSError, UnicodeError) as error:
                answers.put(error)

        threading.Thread(target=ask, daemon=True, name="resolve").start()
        try:
            answer = answers.get(timeout=self._budget.seconds())
        except queue.Empty as error:
            raise httpcore.ConnectTimeout("the name could not be looked up in time") from error
        if isinstance(answer, Exception) or not answer:
            raise Unreachable("unreached.no_site", host=host[:100]) from (answer if isinstance(answer, Exception) else None)
        return answer


class BudgetedStream(httpcore.NetworkStream):
    """A connection whose every read and write counts against one deadline and one number of bytes."""

    def __init__(self, inner: httpcore.NetworkStream, budget: Budget) -> None:
        self._inner = inner
        self._budget = budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Some bytes."""
        data = self._inner.read(max_bytes, self._budget.seconds(timeout))
        self._budget.spend(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """All of the buffer."""
        self._inner.write(buffer, self._budget.seconds(timeout))

    def close(self) -> None:
        """Hang up."""
        self._inner.close()

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None) -> httpcore.NetworkStream:
        """Encrypt; the certificate must be the host's."""
        return BudgetedStream(self._inner.start_tls(ssl_context, server_hostname, self._budget.seconds(timeout)), self._budget)

    def get_extra_info(self, info: str) -> object:
        """What httpcore asks about the socket."""
        return self._inner.get_extra_info(info)


@dataclass(slots=True)
class _Body(httpx.SyncByteStream):
    stream: httpcore.Response = field(repr=False)

    def __iter__(self) -> Iterator[bytes]:
        yield from self.stream.iter_stream()

    def close(self) -> None:
        self.stream.close()


class GuardedTransport(httpx.BaseTransport):
    """httpx over connections that a GuardedBackend opens; no proxies, no retries, HTTP/1.1."""

    def __init__(self, backend: GuardedBackend, ssl_context: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=ssl_context, network_backend=backend, max_connections=2, retries=0)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request."""
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(status_code=response.status, headers=response.headers, stream=_Body(response), extensions=response.extensions)

    def close(self) -> None:
        """Drop every connection."""
        self._pool.close()
