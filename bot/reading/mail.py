"""Mails (.eml), newsletters above all -> Article; who sent it and when is evidence, not a statement of the piece."""

from __future__ import annotations

import email
import re
from dataclasses import replace
from datetime import date
from email import policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr, parsedate_to_datetime

from bot.errors import Unreadable
from bot.models import Article, Fact
from bot.reading.names import looks_like_organisation, looks_like_person
from bot.reading.text import read_text

MOST_PARTS = 200
"""Parts of a mail that are looked at; a newsletter has three."""
_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]*[^\r\n]*\r?\n(?:[ \t]+[^\r\n]*\r?\n)*")
_TELLING = frozenset("from to date subject message-id mime-version received content-type return-path delivered-to reply-to dkim-signature".split())
_PREFIX = re.compile(r"^\s*(?:(?:re|fwd?|aw|wg|tr|rv)\s*(?:\[\d+\])?\s*:\s*|\[[^\[\]]{1,40}\]\s*)+", re.IGNORECASE)


def is_mail(data: bytes) -> bool:
    """Starts with the header lines of a mail; "From" and "Date" alone on a page of text are no mail without a third."""
    head = data[:20_000].removeprefix(b"\xef\xbb\xbf")
    if head.startswith(b"From "):
        head = head.partition(b"\n")[2]
    names: set[str] = set()
    position = 0
    while match := _HEADER.match(head, position):
        names.add(match[1].decode("ascii").casefold())
        position = match.end()
    found = names & _TELLING
    return len(found) >= 3 and "from" in found and bool(found & {"mime-version", "message-id", "received", "content-type", "to"})


def read_mail(data: bytes, url: str | None = None) -> Article:
    """The article in a mail; subject, sender and date fill in what its text does not state, as inferred. Raises ``Unreadable``."""
    try:
        message = email.message_from_bytes(data, policy=policy.default)
        assert isinstance(message, EmailMessage)
        text, forwarded = _text_of(message)
        subject = _header(message, "subject")
        sender, _ = parseaddr(_header(message, "from"))
        day = _day(_header(message, "date"))
    except (MessageError, RecursionError, LookupError, ValueError, AttributeError, TypeError, IndexError) as error:
        raise Unreadable("unread.mail_damaged") from error
    if not text.strip():
        raise Unreadable("unread.mail_empty")
    article = read_text(text, url)
    title = _PREFIX.sub("", subject).strip()
    forwarded = forwarded or title != subject.strip()
    if title and article.title.evidence != "heading":
        article = replace(article, title=Fact.stated(title, "subject"))
    if forwarded:
        return article
    if article.published.value is None and day:
        article = replace(article, published=Fact[date].inferred(day, "mail date"))
    sender = re.split(r"\s+(?:at|from|via|\|)\s+", sender.strip(" \"'"))[0]
    if article.authors.value is None and looks_like_person(sender):
        article = replace(article, authors=Fact.inferred((sender,), "sender"))
    elif article.outlet.value is None and sender and (looks_like_organisation(sender) or not looks_like_person(sender)) and "@" not in sender:
        article = replace(article, outlet=Fact[str].inferred(sender, "sender"))
    return article


def _text_of(message: EmailMessage) -> tuple[str, bool]:
    """The mail's words as Markdown, from its HTML when it has one, and whether they were forwarded as an attachment."""
    plain: list[str] = []
    pages: list[str] = []
    forwarded = False
    stack: list[MIMEPart] = [message]
    seen = 0
    while stack and seen < MOST_PARTS:
        part = stack.pop()
        seen += 1
        kind = part.get_content_type()
        if part.is_multipart():
            forwarded = forwarded or kind == "message/rfc822"
            stack.extend(reversed([child for child in part.iter_parts() if isinstance(child, MIMEPart)]))
        elif part.get_content_disposition() != "attachment" and kind in ("text/plain", "text/html"):
            (pages if kind == "text/html" else plain).append(_decoded(part))
    if pages and (markdown := _as_markdown("\n".join(pages))):
        return markdown, forwarded
    return "\n\n".join(plain), forwarded


def _decoded(part: MIMEPart) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        return content.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        return content.decode("utf-8", "replace")


def _as_markdown(page: str) -> str:
    from bot.reading.markup import to_markdown  # imported late: many mails are plain text
    from bot.reading.tree import parse

    try:
        return to_markdown(parse(page))
    except Unreadable:
        return ""


def _header(message: EmailMessage, name: str) -> str:
    return re.sub(r"\s+", " ", str(message.get(name) or "")).strip()


def _day(stated: str) -> date | None:
    try:
        return parsedate_to_datetime(stated).date() if stated else None
    except (ValueError, TypeError):
        return None
