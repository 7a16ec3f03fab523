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
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not is_tracking(name) and name.lower() not in _FORM]
    path = re.sub(r"/(?:amp|index\.html?)?$", "", parts.path).removesuffix("/")
    query = urlencode(sorted(kept))
    return f"{host}{path}" + (f"?{query}" if query else "")
