"""Bytes of any kind -> Article: web pages, PDF, DOCX, mail, plain text and Markdown, told apart by their content and not by their name."""

from __future__ import annotations

from pathlib import PurePath

from bot.errors import TooLong, Unreadable
from bot.models import Article
from bot.reading.mail import is_mail, read_mail
from bot.reading.sniff import Kind, sniff
from bot.reading.text import read_text

LARGEST_FILE = 40_000_000
"""Bytes; a scanned report may have thirty million, an op-ed never."""

SHORTEST_PAGE = 20
"""Words; a page with fewer is a login or an error, unless it is known to be a teaser."""

_OLD_WORD = b"\xd0\xcf\x11\xe0"
_RICH_TEXT = b"{\\rtf"


def read_bytes(data: bytes, name: str | None = None, url: str | None = None, *, content_type: str = "", charset: str | None = None) -> Article:
    """The article in a file, a paste or a fetched body; ``url`` is where it came from.

    Raises ``Unreadable`` with one sentence when there is none in it, ``TooLong`` when it is larger than Entente reads.
    """
    called = f'"{name}"' if name else "This"
    if not data.strip(b"\x00 \t\r\n"):
        raise Unreadable("unread.empty_file", name=called)
    if len(data) > LARGEST_FILE:
        raise TooLong("unread.file_too_large", name=called, size=len(data) // 1_000_000, most=LARGEST_FILE // 1_000_000)
    if data.startswith(_OLD_WORD):
        raise Unreadable("unread.old_office", name=called)
    if data.lstrip().startswith(_RICH_TEXT):
        raise Unreadable("unread.rich_text", name=called)
    if is_mail(data):
        return read_mail(data, url)
    kind = sniff(data, content_type or _hint(name))
    if kind is Kind.PDF:
        from bot.reading.pdf import read_pdf  # imported late: only few pieces need these libraries

        return read_pdf(data, url)
    if kind is Kind.ZIP:
        from bot.reading.docx import read_docx

        return read_docx(data, url)
    if kind is Kind.HTML:
        from bot.reading.page import read_page

        article = read_page(data, url, charset=charset)
        if article.words < SHORTEST_PAGE and not article.partial:
            raise Unreadable("unread.no_article_on_page")
        return article
    if kind is Kind.FEED:
        raise Unreadable("unread.feed_file", name=called)
    if kind is Kind.TEXT:
        return read_text(decode_text(data, charset), url)
    raise Unreadable("unread.no_text_file", name=called)


def decode_text(data: bytes, charset: str | None = None) -> str:
    """Text of a file: its byte order mark, the charset that came with it, UTF-8, else Windows-1252; never fails."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    for name in filter(None, (charset, "utf-8-sig")):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    return text if damaged * 200 < len(text) else data.decode("cp1252", "replace")


def _hint(name: str | None) -> str:
    """A name's ending decides only whether Markdown with a few tags in it is a page."""
    return "text/plain" if name and PurePath(name).suffix.lower() in (".md", ".markdown", ".txt", ".text") else ""
