"""What bytes are, by their content; names and content types are only a last hint."""

from __future__ import annotations

import json
import re
from enum import StrEnum


class Kind(StrEnum):
    """Kinds of content that reading tells apart."""

    HTML = "html"
    FEED = "feed"
    PDF = "pdf"
    ZIP = "zip"
    """A DOCX is one."""
    TEXT = "text"
    JSON = "json"
    OTHER = "other"
    """Pictures, films, sound, archives, programs: nothing to read."""


_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00", b"wOFF", b"wOF2")
_SOUND = (b"OggS", b"ID3", b"\xff\xfb", b"fLaC", b"\x1a\x45\xdf\xa3", b"FLV")
_ARCHIVES = (b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ", b"\xd0\xcf\x11\xe0", b"SQLite format 3\x00")
_PROGRAMS = (b"\x7fELF", b"MZ\x90", b"\xca\xfe\xba\xbe", b"\x00asm")
_MAGIC = (*_PICTURES, *_SOUND, *_ARCHIVES, *_PROGRAMS)
_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf:RDF|RDF|channel)[\s>/]", re.IGNORECASE)
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|link|script|div|article|section|main|p|h[1-6]|span|table|a|br|img)\b", re.IGNORECASE
)
_XML_LEAD = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*|<\?[\w-]+[^>]*\?>\s*|<!--.*?-->\s*"
    rb"|<!DOCTYPE\s+(?!html)[^>\[]*(?:\[.*?\]\s*)?>\s*)*",
    re.DOTALL | re.IGNORECASE,
)


def sniff(data: bytes, content_type: str = "") -> Kind:
    """The kind of some content; the content type decides only between text and HTML without a tag at its beginning."""
    head = data[:4096]
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return Kind.PDF
    if head.startswith(b"PK\x03\x04"):
        return Kind.ZIP
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = data[:8192].decode("utf-16", "ignore").encode()
    elif head.startswith(_MAGIC) or head[4:8] == b"ftyp" or b"\x00" in head:
        return Kind.OTHER
    lead = _XML_LEAD.match(head)
    start = head[lead.end() :] if lead else head
    if _FEED.match(start):
        return Kind.FEED
    if start[:1] == b"{" and b"jsonfeed.org/version" in data[:2000].replace(b"\\/", b"/"):
        return Kind.FEED
    stated = content_type.partition(";")[0].strip().lower()
    if start[:1] in (b"{", b"[") and _is_json(data):
        return Kind.JSON
    if _HTML.match(start) or (stated in ("text/html", "application/xhtml+xml", "") and _HTML.search(head)):
        return Kind.HTML
    if stated in ("text/html", "application/xhtml+xml") and b"<" in head:
        return Kind.HTML
    return Kind.TEXT if _is_text(head) else Kind.OTHER


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data[:2_000_000])
    except (ValueError, RecursionError):
        return False
    return True


def _is_text(head: bytes) -> bool:
    """Few control characters: what an editor would open."""
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in head)
    return controls * 50 <= len(head)
