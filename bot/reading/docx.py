"""Word documents (.docx) -> Article, by way of mammoth's HTML."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from xml.parsers.expat import ExpatError

import mammoth
from lxml.html import document_fromstring

from bot.errors import TooLong, Unreadable
from bot.models import Article
from bot.reading.markup import to_markdown
from bot.reading.text import read_text

MOST_PARTS = 4000
LARGEST_PART = 30_000_000
"""Bytes of XML when unpacked; an op-ed has some hundred thousand. Checked while unpacking, not believed from the header."""
BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
"""What the standard library raises for archives with a bit turned over; fuzzing found each."""
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h3:fresh
p[style-name='Quote'] => blockquote:fresh
p[style-name='Intense Quote'] => blockquote:fresh
"""
_NEEDED = ("word/", "_rels/", "docProps/", "[Content_Types].xml", "customXml/")


def read_docx(data: bytes, url: str | None = None) -> Article:
    """The article in a Word document; raises ``Unreadable`` for other archives and broken ones, ``TooLong`` for bombs."""
    slim = _without_media(data)
    try:
        result = mammoth.convert_to_html(slim, style_map=_STYLES, convert_image=mammoth.images.img_element(lambda image: {}))
    except (KeyError, ValueError, AttributeError, TypeError, IndexError, ExpatError, OSError, RecursionError, zipfile.BadZipFile) as error:
        raise Unreadable("unread.word_damaged") from error
    if not result.value.strip():
        raise Unreadable("unread.word_empty")
    return read_text(to_markdown(document_fromstring(f"<html><body>{result.value}</body></html>")), url)


def _without_media(data: bytes) -> io.BytesIO:
    """The document with its XML parts only, each within the limits."""
    slim = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(slim, "w") as copy:
            names = [info for info in archive.infolist() if info.filename.startswith(_NEEDED) and not info.is_dir()]
            if not any(info.filename == "word/document.xml" for info in names):
                raise Unreadable("unread.word_other")
            if len(names) > MOST_PARTS:
                raise TooLong("unread.word_parts")
            left = LARGEST_PART
            for info in names:
                if not info.filename.endswith((".xml", ".rels")):
                    continue
                with archive.open(info) as part:
                    content = part.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise TooLong("unread.word_too_large", most=LARGEST_PART // 1_000_000)
                if b"<!DOCTYPE" in content[:2000] or b"<!ENTITY" in content[:20000]:
                    raise Unreadable("unread.word_damaged")
                copy.writestr(info.filename, content)
    except BROKEN_ARCHIVE as error:
        if isinstance(error, RuntimeError) and "encrypted" in str(error):
            raise Unreadable("unread.word_protected") from error
        raise Unreadable("unread.word_damaged") from error
    slim.seek(0)
    return slim
