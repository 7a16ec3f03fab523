"""A server on this machine that answers as badly as it is told to."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator

Handler = Callable[[socket.socket, str], None]
#: for how many seconds a server drips or is silent: longer than any fetcher of the tests may wait
LONG = 120.0


class HostileServer:
    """Answers each path by the handler given for it; counts the connections."""

    def __init__(self, handlers: dict[str, Handler], ssl_context: ssl.SSLContext | None = None) -> None:
        self.handlers = handlers
        self.connections = 0
        self.requests: list[str] = []
        self._ssl = ssl_context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._closed = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def endpoint(self) -> tuple[str, int]:
        return "127.0.0.1", self.port

    def url(self, path: str = "/", host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def close(self) -> None:
        self._closed.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits in accept
        self._listener.close()

    def _serve(self) -> None:
        while not self._closed.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        connection.settimeout(LONG)
        with contextlib.suppress(OSError, ValueError), connection:
            if self._ssl:
                connection = self._ssl.wrap_socket(connection, server_side=True)
            request = b""
            while b"\r\n\r\n" not in request:
                piece = connection.recv(65536)
                if not piece:
                    return
                request += piece
            text = request.decode("latin-1")
            self.requests.append(text)
            path = text.split(" ")[1]
            self.handlers.get(path.split("?")[0], missing)(connection, text)
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_WR)
            if self._ssl:
                connection.close()


def reply(body: bytes = b"", status: str = "200 OK", **headers: str) -> Handler:
    """A plain, well-formed answer; header names are written with underscores."""
    given = {name.replace("_", "-").lower(): value for name, value in headers.items()}
    given.setdefault("content-type", "text/html; charset=utf-8")
    given.setdefault("content-length", str(len(body)))
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return raw(f"HTTP/1.1 {status}\r\n{head}Connection: close\r\n\r\n".encode("latin-1") + body)


def raw(data: bytes) -> Handler:
    """Exactly these bytes."""

    def answer(connection: socket.socket, _: str) -> None:
        connection.sendall(data)

    return answer


def redirect(location: str, status: str = "302 Found") -> Handler:
    return reply(b"", status, location=location)


def endless(head: bytes, piece: bytes, pause: float = 0.0) -> Handler:
    """The head, then the piece again and again until the other side hangs up."""

    def answer(connection: socket.socket, _: str) -> None:
        connection.sendall(head)
        end = time.monotonic() + LONG
        while time.monotonic() < end:
            connection.sendall(piece)
            if pause:
                time.sleep(pause)

    return answer


def silent(connection: socket.socket, _: str) -> None:
    time.sleep(LONG)


def missing(connection: socket.socket, _: str) -> None:
    connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")


@contextlib.contextmanager
def serving(handlers: dict[str, Handler], ssl_context: ssl.SSLContext | None = None) -> Iterator[HostileServer]:
    server = HostileServer(handlers, ssl_context)
    try:
        yield server
    finally:
        server.close()
