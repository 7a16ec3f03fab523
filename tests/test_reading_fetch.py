"""What fetching refuses, against servers on this machine; and what it must still read."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import trustme

from bot.errors import Unreachable
from bot.reading.fetch import Fetched, Fetcher, Limits
from bot.reading.sniff import Kind
from tests.hostile import LONG, Handler, HostileServer, endless, raw, redirect, reply, serving, silent

PAGE = b"<!doctype html><html><head><title>Rents</title></head><body><p>The council met on Monday.</p></body></html>"
PATIENT = Limits(seconds=60.0, connect_seconds=60.0, raw_bytes=400_000, decoded_bytes=1_000_000)
HASTY = replace(PATIENT, seconds=0.8, connect_seconds=0.6)
"""For servers that never come to an end."""
SURELY = 30.0
"""Seconds within which a hasty fetch has given up even on a machine that is busy; the servers go on for longer."""
TLS = ssl.create_default_context()
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def open_fetcher(*servers: HostileServer, limits: Limits = PATIENT, hosts: dict[str, list[str]] | None = None) -> Fetcher:
    """A fetcher that may reach the test's own servers, and no other address of this machine."""

    def resolve(host: str, port: int) -> list[str]:
        if hosts and host in hosts:
            return hosts[host]
        return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)]

    return Fetcher(limits, resolver=resolve, ssl_context=TLS, also_allowed=[server.endpoint for server in servers])


def get(handler: Handler, limits: Limits = PATIENT) -> Fetched:
    with serving({"/": handler}) as server:
        return open_fetcher(server, limits=limits).fetch(server.url())


# --- Addresses that must never be connected to --------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.8.9.10", "127.1", "0", "0.0.0.0", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "localhost",
        "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254", "192.168.1.1", "192.168.0.0", "0xC0A80101", "3232235777", "0300.0250.1.1",
        "169.254.169.254", "0xa9fea9fe", "2852039166", "169.254.0.1", "100.64.0.1", "100.100.100.200", "192.0.0.192", "192.0.2.1", "198.18.0.1",
        "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16", "192.88.99.1",
        "[::1]", "[::]", "[fe80::1]", "[fe80::1%25lo]", "[fc00::1]", "[fd00:ec2::254]", "[ff02::1]", "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]",
        "[::ffff:a9fe:a9fe]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::a00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2002:a00:1::]",
        "[2001::1]", "[2001:0:7f00:1::]", "[2001:db8::1]", "[3fff::1]", "[100::1]", "①②⑦.⓪.⓪.①", "１２７.0.0.1", "127。0。0。1",
    ],
)  # fmt: skip
def test_no_private_address_however_it_is_written(host: str) -> None:
    with serving({"/": reply(PAGE)}) as server:
        with pytest.raises(Unreachable):
            Fetcher(PATIENT, ssl_context=TLS).fetch(f"http://{host}/")
        with pytest.raises(Unreachable):
            Fetcher(PATIENT, ssl_context=TLS).fetch(f"http://{host}:{server.port}/")
        assert server.connections == 0


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.com/x", "gopher://example.com/", "data:text/html,<p>x", "javascript:alert(1)", "about:blank", "http://",
        "http:///x", "//example.com", "example.com", "", "   ", "http://[::1", "http://exa mple.com/", "http://user:secret@example.com/",
        "http://example.com@127.0.0.1/", "http://example.com\\@127.0.0.1/", "http://127.0.0.1#@example.com/", "http://127.0.0.1?@example.com/",
        "http://example.com:0/", "http://example.com:99999/", "http://example.com:-1/", "http://a.b.invalid/", "http://" + "a" * 300 + ".com/",
        "http://example.com/" + "a" * 5000, "http://%31%32%37.0.0.1/", "http://exa\x00mple.com/", "http://-.com/", "http://xn--/", "h\nttp://127.0.0.1/",
    ],
)  # fmt: skip
def test_no_address_that_is_not_plain_web(url: str) -> None:
    def public(host: str, port: int) -> list[str]:
        return ["127.0.0.1"] if "127" in host else [] if host.endswith("invalid") else ["203.0.113.1"]

    with pytest.raises(Unreachable) as caught:
        Fetcher(PATIENT, ssl_context=TLS, resolver=public).fetch(url)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("port", [21, 22, 25, 110, 3306, 5432, 6379, 8080, 8443, 9200, 11211])
def test_no_port_but_the_web_s(port: int) -> None:
    with pytest.raises(Unreachable, match="ports"):
        Fetcher(PATIENT, ssl_context=TLS, resolver=lambda host, port: ["93.184.215.14"]).fetch(f"http://example.com:{port}/")


@pytest.mark.parametrize(
    "answer",
    [
        ["127.0.0.1"], ["93.184.215.14", "127.0.0.1"], ["127.0.0.1", "93.184.215.14"], ["93.184.215.14", "::1"], ["10.0.0.1"], ["fe80::1%eth0"],
        ["nonsense"], [],
    ],
)  # fmt: skip
def test_every_address_of_a_name_must_be_public(answer: list[str]) -> None:
    with pytest.raises(Unreachable):
        Fetcher(PATIENT, ssl_context=TLS, resolver=lambda host, port: answer).fetch("http://mixed.example/")


def test_a_name_that_changes_its_mind_gains_nothing() -> None:
    """DNS rebinding: the name is looked up once per connection, and the address of that answer is the one used."""
    asked: list[str] = []

    def rebind(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["192.0.2.55"] if len(asked) == 1 else ["127.0.0.1"]

    with serving({"/": reply(PAGE)}) as server:
        with pytest.raises(Unreachable):
            Fetcher(PATIENT, ssl_context=TLS, resolver=rebind).fetch(server.url(host="rebind.example"))
        assert asked == ["rebind.example"]
        assert server.connections == 0


def test_the_checked_address_is_the_one_connected_to() -> None:
    answers = iter([["127.0.0.1"], ["10.9.9.9"]])
    with serving({"/": reply(PAGE)}) as server:
        fetcher = Fetcher(PATIENT, ssl_context=TLS, resolver=lambda host, port: next(answers), also_allowed=[server.endpoint])
        assert fetcher.fetch(server.url(host="once.example")).body == PAGE
        assert "Host: once.example" in server.requests[0]


def test_a_slow_name_server_counts_against_the_deadline() -> None:
    over = threading.Event()

    def slow(host: str, port: int) -> list[str]:
        over.wait(LONG)
        return ["93.184.215.14"]

    started = time.monotonic()
    with pytest.raises(Unreachable, match="too long"):
        Fetcher(Limits(seconds=0.4), resolver=slow).fetch("http://slow.example/")
    assert time.monotonic() - started < SURELY
    over.set()


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving({}) as proxy, serving({"/": reply(PAGE)}) as server:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
            monkeypatch.setenv(name, proxy.url())
        assert open_fetcher(server).fetch(server.url()).body == PAGE
        assert proxy.connections == 0


# --- Redirects ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:{other}/", "http://[::1]:{other}/", "http://localhost:{other}/", "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/",
        "http://2130706433:{other}/", "//127.0.0.1:{other}/", "http://[::ffff:127.0.0.1]:{other}/", "file:///etc/passwd", "ftp://127.0.0.1/",
        "gopher://127.0.0.1:{other}/", "javascript:alert(1)", "data:text/html,<p>hello", "http://u:p@127.0.0.1:{other}/", "http://93.184.215.14:8080/",
        "http://[", "http://", "https://127.0.0.1:{other}/", "http://rebind.example:{other}/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("status", ["301 Moved Permanently", "307 Temporary Redirect"])
def test_each_redirect_is_checked_again(location: str, status: str) -> None:
    with serving({"/": reply(PAGE)}) as other, serving({"/": redirect(location.format(other=other.port), status)}) as server:
        with pytest.raises(Unreachable):
            open_fetcher(server, hosts={"localhost": ["127.0.0.1"], "rebind.example": ["127.0.0.1"]}).fetch(server.url())
        assert other.connections == 0


def test_redirects_within_reason_are_followed() -> None:
    with serving({"/": redirect("/b?x=1"), "/b": redirect("c", "308 Permanent Redirect"), "/c": reply(PAGE)}) as server:
        fetched = open_fetcher(server).fetch(server.url())
        assert (fetched.body, fetched.url, fetched.asked) == (PAGE, server.url("/c"), server.url())


def test_redirects_in_a_circle_and_without_end_stop() -> None:
    with serving({"/": redirect("/b"), "/b": redirect("/")}) as server:
        with pytest.raises(Unreachable, match="circle"):
            open_fetcher(server).fetch(server.url())
        assert server.connections <= 3

    def further(connection: socket.socket, request: str) -> None:
        number = int(request.split(" ")[1].partition("?n=")[2] or 0)
        redirect(f"/?n={number + 1}")(connection, request)

    with serving({"/": further}) as server:
        with pytest.raises(Unreachable, match="too often"):
            open_fetcher(server).fetch(server.url())
        assert server.connections <= 8


def test_the_deadline_is_for_all_redirects_together() -> None:
    def slow(connection: socket.socket, request: str) -> None:
        time.sleep(0.25)
        number = int(request.split(" ")[1].partition("?n=")[2] or 0)
        redirect(f"/?n={number + 1}")(connection, request)

    started = time.monotonic()
    with pytest.raises(Unreachable, match="too long"):
        get(slow, HASTY)
    assert time.monotonic() - started < SURELY


# --- Answers that cost too much -----------------------------------------------------------------------------------


def bomb(size: int = 100_000_000) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    piece = bytes(1_000_000)
    return b"".join(packer.compress(piece) for _ in range(size // len(piece))) + packer.flush()


COSTLY = {
    "gzip bomb": lambda: reply(bomb(), content_encoding="gzip"),
    "gzip bomb of many members": lambda: reply(gzip.compress(b"a" * 100_000) * 200, content_encoding="gzip"),
    "body beyond the limit": lambda: reply(b"a" * 500_000),
    "stated length beyond the limit": lambda: endless(OK + b"Content-Length: 99999999999\r\n\r\n", b"a" * 9000),
    "endless body": lambda: endless(OK + b"\r\n", b"a" * 9000),
    "endless chunks": lambda: endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1000\r\n" + b"a" * 4096 + b"\r\n"),
    "endless chunk extension": lambda: endless(OK + b"Transfer-Encoding: chunked\r\n\r\n5;", b"x" * 5000),
    "endless trailers": lambda: endless(OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n", b"X-A: " + b"b" * 3000 + b"\r\n"),
    "endless headers": lambda: endless(b"HTTP/1.1 200 OK\r\n", b"X-A: " + b"b" * 3000 + b"\r\n"),
    "endless header line": lambda: endless(b"HTTP/1.1 200 OK\r\nX-A: ", b"b" * 5000),
    "endless status line": lambda: endless(b"HTTP/1.1 200 ", b"O" * 5000),
    "endless interim answers": lambda: endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 50),
    "drip of the body": lambda: endless(OK + b"\r\n<p>", b"a", 0.05),
    "drip of the headers": lambda: endless(b"HTTP/1.1 200 OK\r\nX-A: ", b"b", 0.05),
    "drip of the status line": lambda: endless(b"", b"H", 0.05),
    "drip of chunks": lambda: endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n", 0.05),
    "drip of gzip": lambda: endless(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"a" * 99)[:12], b"\x00", 0.05),
    "silence": lambda: silent,
    "silence after the headers": lambda: endless(OK + b"Content-Length: 100\r\n\r\n", b"", 1),
}


@pytest.mark.parametrize("name", COSTLY)
def test_no_answer_costs_more_than_the_limits(name: str) -> None:
    handler = COSTLY[name]()
    started, before = time.monotonic(), time.thread_time()
    with pytest.raises(Unreachable) as caught:
        get(handler, HASTY)
    assert time.monotonic() - started < SURELY
    assert time.thread_time() - before < SURELY / 2
    assert "\n" not in str(caught.value)


# --- Answers that are not what they say ---------------------------------------------------------------------------

BROKEN = {
    "no HTTP": raw(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"),
    "HTTP/0.9": raw(PAGE),
    "HTTP/2 preface": raw(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" * 5),
    "nothing": raw(b""),
    "headers cut": raw(b"HTTP/1.1 200 OK\r\nContent-Ty"),
    "body cut": reply(PAGE, content_length="999"),
    "broken chunks": raw(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello"),
    "two lengths": raw(OK + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\nhello"),
    "negative length": raw(OK + b"Content-Length: -5\r\n\r\nhello"),
    "header with a break": raw(b"HTTP/1.1 200 OK\r\nX: a\x00b\r\n\r\nhello"),
    "status 999": raw(b"HTTP/1.1 999 Odd\r\nContent-Length: 2\r\n\r\nhi"),
    "status of letters": raw(b"HTTP/1.1 abc Odd\r\n\r\n"),
    "upgrade": raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
    "no content": reply(b"", "204 No Content"),
    "partial content": reply(PAGE, "206 Partial Content"),
    "redirect to nowhere": raw(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"),
    "not found": reply(PAGE, "404 Not Found"),
    "forbidden": reply(PAGE, "403 Forbidden"),
    "too many": reply(PAGE, "429 Too Many Requests"),
    "server's error": reply(PAGE, "503 Service Unavailable"),
    "empty page": reply(b"   \n "),
    "gzip that is none": reply(PAGE, content_encoding="gzip"),
    "brotli": reply(b"\x0b\x02\x80hello\x03", content_encoding="br"),
    "gzip twice": reply(gzip.compress(gzip.compress(PAGE)), content_encoding="gzip, gzip"),
    "deflate": reply(zlib.compress(PAGE), content_encoding="deflate"),
    "picture as HTML": reply(b"\x89PNG\r\n\x1a\n" + bytes(200)),
    "film as text": reply(b"\x00\x00\x00\x20ftypisom" + bytes(400), content_type="text/plain"),
    "program as HTML": reply(b"\x7fELF" + bytes(300)),
    "gzip file as HTML": reply(gzip.compress(PAGE)),
    "noise as HTML": reply(bytes(range(256)) * 20),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_answer_is_one_clear_sentence(name: str) -> None:
    with pytest.raises(Unreachable) as caught:
        get(BROKEN[name])
    message = str(caught.value)
    assert 15 < len(message) < 160
    assert message.endswith(".")
    assert "Traceback" not in message


@pytest.mark.parametrize(("status", "temporary"), [(503, True), (429, True), (500, True), (404, False), (403, False), (418, False)])
def test_says_whether_trying_again_may_help(status: int, temporary: bool) -> None:
    with pytest.raises(Unreachable) as caught:
        get(reply(PAGE, f"{status} X"))
    assert caught.value.temporary is temporary


@pytest.mark.parametrize(
    ("body", "content_type", "kind"),
    [
        (PAGE, "application/octet-stream", Kind.HTML),
        (PAGE, "image/png", Kind.HTML),
        (PAGE, "text/plain", Kind.HTML),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "text/html", Kind.PDF),
        (b"<?xml version='1.0'?><rss version='2.0'></rss>", "text/html", Kind.FEED),
        (b"<?xml version='1.0'?>\n<!-- x --><feed xmlns='http://www.w3.org/2005/Atom'></feed>", "text/plain", Kind.FEED),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "text/html", Kind.FEED),
        (b'{"a": 1}', "text/html", Kind.JSON),
        (b"Rents rose again.\n\nThe council met.", "text/plain", Kind.TEXT),
        (b"PK\x03\x04" + bytes(40), "text/html", Kind.ZIP),
        ("<html><p>Žluťoučký".encode("utf-16"), "text/html", Kind.HTML),
    ],
)
def test_content_is_known_by_its_bytes(body: bytes, content_type: str, kind: Kind) -> None:
    assert get(reply(body, content_type=content_type)).kind is kind


@pytest.mark.parametrize("stated", ["utf-8", "ISO-8859-1", "'utf-8'", "nonsense", "x" * 500, "utf-16", "", "utf-7", "base64", "rot13", "\xff\xfe"])
def test_a_wrong_charset_is_only_a_hint(stated: str) -> None:
    from bot.reading.tree import decode

    fetched = get(reply("<html><body><p>Café naïve — “quoted”</p></body></html>".encode(), content_type=f"text/html; charset={stated}"))
    text = decode(fetched.body, fetched.charset)
    assert "<p>Caf" in text


# --- What must still work -----------------------------------------------------------------------------------------


def test_gzip_in_one_or_several_members_is_unpacked() -> None:
    assert get(reply(gzip.compress(PAGE), content_encoding="gzip")).body == PAGE
    assert get(reply(gzip.compress(PAGE[:40]) + gzip.compress(PAGE[40:]), content_encoding="gzip")).body == PAGE


def test_asks_politely_and_conditionally() -> None:
    same = raw(b"HTTP/1.1 304 Not Modified\r\n\r\n")
    with serving({"/": reply(PAGE, etag='"a1"', last_modified="Mon, 04 Mar 2024 08:00:00 GMT"), "/same": same}) as server:
        first = open_fetcher(server).fetch(server.url())
        assert (first.etag, first.last_modified) == ('"a1"', "Mon, 04 Mar 2024 08:00:00 GMT")
        again = open_fetcher(server).fetch(server.url("/same"), etag=first.etag, last_modified=first.last_modified)
        assert again.not_modified
        assert again.body == b""
        asked = server.requests[1].lower()
        assert 'if-none-match: "a1"' in asked
        assert "if-modified-since: mon, 04 mar 2024" in asked
        assert "entente" in asked
        assert "accept-encoding: gzip\r\n" in asked
        open_fetcher(server).fetch(server.url(), etag='"x"\r\nX-Injected: 1')
        assert "x-injected" not in server.requests[2].lower()


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def tls_server(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


@pytest.fixture
def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def secure(server: HostileServer, context: ssl.SSLContext | None, host: str = "paper.example") -> Fetched:
    fetcher = Fetcher(PATIENT, resolver=lambda host, port: ["127.0.0.1"], ssl_context=context, also_allowed=[server.endpoint])
    return fetcher.fetch(server.url(host=host, scheme="https"))


def test_a_valid_certificate_is_accepted(authority: trustme.CA, trusting: ssl.SSLContext) -> None:
    with serving({"/": reply(PAGE)}, tls_server(authority.issue_cert("paper.example"))) as server:
        assert secure(server, trusting).body == PAGE


def test_wrong_certificates_are_refused(authority: trustme.CA, trusting: ssl.SSLContext) -> None:
    expired = authority.issue_cert("paper.example", not_before=datetime.now(UTC) - timedelta(9), not_after=datetime.now(UTC) - timedelta(2))
    cases = [
        (authority.issue_cert("other.example"), trusting),
        (authority.issue_cert("paper.example"), None),
        (trustme.CA().issue_cert("paper.example"), trusting),
        (expired, trusting),
    ]
    for certificate, context in cases:
        with serving({"/": reply(PAGE)}, tls_server(certificate)) as server, pytest.raises(Unreachable, match="certificate"):
            secure(server, context)


def test_a_server_that_does_not_speak_tls_is_refused(trusting: ssl.SSLContext) -> None:
    with serving({"/": reply(PAGE)}) as server, pytest.raises(Unreachable):
        secure(server, trusting)


@pytest.fixture
def stuck() -> Iterator[int]:
    """A server that accepts and never says a word, so that the handshake hangs."""
    listener = socket.create_server(("127.0.0.1", 0))
    held: list[socket.socket] = []

    def accept() -> None:
        try:
            while True:
                held.append(listener.accept()[0])
        except OSError:
            return

    threading.Thread(target=accept, daemon=True).start()
    yield listener.getsockname()[1]
    listener.close()
    for connection in held:
        connection.close()


def test_a_handshake_that_hangs_counts_against_the_deadline(stuck: int) -> None:
    started = time.monotonic()
    with pytest.raises(Unreachable, match="too long"):
        Fetcher(HASTY, ssl_context=TLS, also_allowed=[("127.0.0.1", stuck)]).fetch(f"https://127.0.0.1:{stuck}/")
    assert time.monotonic() - started < SURELY


def test_a_closed_port_is_said_to_be_unreachable() -> None:
    with serving({}) as server:
        endpoint = server.endpoint
    with pytest.raises(Unreachable, match="cannot be reached"):
        Fetcher(PATIENT, ssl_context=TLS, also_allowed=[endpoint]).fetch(f"http://127.0.0.1:{endpoint[1]}/")


def test_no_production_code_opens_the_door_for_tests() -> None:
    from pathlib import Path

    root = Path(__file__).parents[1]
    modules = [path for room in ("bot", "handlers", "store") for path in (root / room).rglob("*.py")]
    assert {path.name for path in modules if "also_allowed" in path.read_text(encoding="utf-8")} == {"fetch.py", "network.py"}
