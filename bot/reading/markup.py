"""HTML of documents and mails -> Markdown, so that one reader judges all of them line by line."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml.html import HtmlElement

from bot.reading.tree import is_hidden

DEEPEST = 400
"""Levels of nesting; what lies deeper is read as text of that level."""

_BLOCKS = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main"
    " nav ol p pre section table tbody td tfoot th thead tr ul".split()
)
_SKIPPED = frozenset("head script style noscript template svg iframe object select button textarea title".split())


def to_markdown(root: HtmlElement) -> str:
    """Paragraphs, headings, items, quotes and links of a tree as Markdown; what is hidden is left out."""
    lines: list[str] = []
    current: list[str] = []
    prefixes = [""]

    def flush() -> None:
        words = re.sub(r"\s+", " ", "".join(current)).strip()
        current.clear()
        if words:
            lines.append(prefixes[-1] + words)
            lines.append("")

    stack: list[tuple[HtmlElement, bool]] = [(root, False)]
    while stack:
        element, leaving = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if leaving:
            _leave(element, tag, current, prefixes, flush)
            current.append(element.tail or "" if element is not root else "")
            continue
        if not tag or tag in _SKIPPED or is_hidden(element):
            current.append(element.tail or "" if element is not root else "")
            continue
        _enter(element, tag, current, prefixes, flush)
        current.append(_escaped(element.text or ""))
        stack.append((element, True))
        if len(stack) < DEEPEST * 50:
            stack.extend((child, False) for child in reversed(element))
    flush()
    return "\n".join(lines)


def _enter(element: HtmlElement, tag: str, current: list[str], prefixes: list[str], flush: Callable[[], None]) -> None:
    if tag == "br":
        current.append(" ")
    elif tag == "hr":
        flush()
    elif tag == "img":
        current.append(f"![{_escaped(element.get('alt') or '')}]()")
    elif tag == "a" and element.get("href"):
        current.append("[")
    elif tag in _BLOCKS:
        flush()
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            prefixes.append("#" * int(tag[1]) + " ")
        elif tag == "li":
            prefixes.append("* ")
        elif tag == "blockquote":
            prefixes.append("> ")
        else:
            prefixes.append(prefixes[-1] if prefixes[-1] in ("> ", "* ") else "")


def _leave(element: HtmlElement, tag: str, current: list[str], prefixes: list[str], flush: Callable[[], None]) -> None:
    if tag == "a" and element.get("href"):
        current.append("](#)")
    elif tag in _BLOCKS and tag != "hr":
        flush()
        prefixes.pop()


def _escaped(text: str) -> str:
    """Text whose brackets are not taken for links."""
    return re.sub(r"([\[\]\\])", r"\\\1", text)
