"""Which of two readings of one piece is the newer: a copy for phones or for printing may be older than the page that was corrected since."""

from __future__ import annotations

import re
import sqlite3

from bot.models import Article
from store.addresses import form_key, link_key

_PRINT = re.compile(r"(?:^|[/?&_.=-])print(?:er|able)?(?:$|[/?&_.=-])")
"""A page for printers."""
PASTED = "address line"
"""The evidence of an address that stands in a text somebody saved: no telling when that was."""


def replaces(old: sqlite3.Row, new: Article) -> bool:
    """Whether what was read now takes the place of what is stored.

    Both days of the last change decide where they are stated and differ; a change after the day of the last reading is newer than that. Where
    nothing decides, the page at its own address is taken as it is now, and another form of it (AMP, print, a phone's host, a saved text) is not.
    """
    changed = new.modified.isoformat() if new.modified else None
    if changed and old["modified"] and changed != old["modified"]:
        return changed > str(old["modified"])
    if changed and not old["modified"] and changed > str(old["read_at"])[:10]:
        return True
    return is_own_form(new)


def is_own_form(article: Article) -> bool:
    """It was read at the address that it states as its own, or at one that asks for no other form of the page."""
    if article.url.evidence == PASTED:
        return False
    own = article.url.value
    if own is None or not article.links:
        return True
    read_at = form_key(article.links[0])
    return read_at == form_key(own) or (read_at == link_key(article.links[0]) and not _PRINT.search(read_at))
