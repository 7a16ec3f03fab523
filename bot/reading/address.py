"""Addresses of pieces: the canonical one, and whether two links are one piece."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

from bot.tracking import is_tracking

_VARIANT = re.compile(r"(amp|print|printview|printable|output_?type|view|mode|m|mobile|single_?page|pagewanted|format)", re.IGNORECASE)
_VARIANT_VALUE = re.compile(r"(|1|true|yes|amp|print|printable|mobile|all|full|single)", re.IGNORECASE)
_PATH_VARIANT = re.compile(r"/(amp|amphtml|print|printable|print-version|single-page)/?$", re.IGNORECASE)
_PATH_PREFIX = re.compile(r"^/(amp|print|amphtml)(?=/)", re.IGNORECASE)
_FILE_VARIANT = re.compile(r"[.\-_](amp|print)(?=(\.\w{3,5})?$)", re.IGNORECASE)
_HOST_VARIANT = re.compile(r"^(amp|m|mobile)\.(?=[^.]+\.[^.]+)", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}


def canonical_address(url: str) -> str:
    """The address without tracking parameters, fragment, default port, AMP and print variants; scheme and host in lower case.

    It stays an address that can be opened; two links to one piece come out equal in most cases.
    """
    parts = split_address(_unwrapped(url.strip()))
    try:
        port = parts.port
    except ValueError:
        port = None
    host = _HOST_VARIANT.sub("", (parts.hostname or "").rstrip("."))
    if ":" in host:
        host = f"[{host}]"
    if port and port != _PORTS.get(parts.scheme):
        host = f"{host}:{port}"
    path = quote(unquote(parts.path or "/"), safe="/:@!$&'()*+,;=~-._%") if "%" not in parts.path else parts.path
    path = _PATH_PREFIX.sub("", path)
    stripped = _PATH_VARIANT.sub("/", path)
    path = stripped if stripped != "/" else path
    path = _FILE_VARIANT.sub("", path)
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not is_tracking(name) and not (_VARIANT.fullmatch(name) and _VARIANT_VALUE.fullmatch(value))
    ]
    return urlunsplit((parts.scheme.lower(), host, path or "/", urlencode(kept), ""))


def host_of(url: str) -> str:
    """The host in lower case without "www."; empty when there is none."""
    return (split_address(url).hostname or "").removeprefix("www.")


def resolved(base: str | None, link: str) -> str | None:
    """A link of a page as a full http(s) address; None for anything else."""
    try:
        full = urljoin(base or "", link.strip())
        parts = urlsplit(full)
    except ValueError:
        return None
    return full if parts.scheme in _PORTS and parts.hostname else None


def is_home(url: str) -> bool:
    """A site's front page, which is no address of a piece."""
    parts = split_address(url)
    return parts.path.strip("/") == "" and not parts.query


def split_address(url: str) -> SplitResult:
    """An address in parts; all empty for what is none ("http://[")."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _unwrapped(url: str) -> str:
    """What an AMP cache's address (host.cdn.ampproject.org/c/s/..., google.com/amp/s/...) stands for."""
    match = re.match(r"https?://(?:[\w-]+\.cdn\.ampproject\.org/[cv]/|(?:www\.)?google\.[a-z.]+/amp/)(s/)?(.+)$", url, re.IGNORECASE)
    return f"{'https' if match[1] else 'http'}://{match[2]}" if match else url
