"""One address under which a piece is known, however it was written."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit

from bot.tracking import is_tracking

_FORM = frozenset({"amp", "outputtype"})
"""Parameters that ask for another form of the same piece."""


def is_address(words: str) -> bool:
    """Whether somebody typed a link; what only looks like one ("https://[::1") is none."""
    if not re.match(r"https?://\S+$", words.strip(), re.IGNORECASE):
        return False
    try:
        return bool(urlsplit(words.strip()).hostname)
    except ValueError:
        return False


@lru_cache(maxsize=256)
def link_key(address: str) -> str:
    """The address without scheme, "www.", "m." or "amp.", tracking, fragment and closing slash; words that are no address as they are."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address.strip()
    host = re.sub(r"^(?:www\d?|m|mobile|amp)\.", "", (parts.hostname or "").lower())
    path = re.sub(r"/(?:amp|index\.html?)?$", "", parts.path).removesuffix("/")
    return f"{host}{path}{_query(parts.query, without=_FORM)}"


def form_key(address: str) -> str:
    """The same with what asks for another form of the piece left in: an AMP copy, a phone's or a printer's has another one than the page itself."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address.strip()
    host = re.sub(r"^www\d?\.", "", (parts.hostname or "").lower())
    path = re.sub(r"/(?:index\.html?)?$", "", parts.path)
    return f"{host}{path}{_query(parts.query)}"


def _query(query: str, without: frozenset[str] = frozenset()) -> str:
    """What is asked for, in one order, without tracking."""
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = urlencode(sorted((name, value) for name, value in pairs if not is_tracking(name) and name.lower() not in without))
    return f"?{kept}" if kept else ""
