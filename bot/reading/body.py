"""The body of a page: its paragraphs, verbatim, with their roles."""

from __future__ import annotations

from lxml import etree, html

from bot.models import Paragraph, ParagraphRole
from bot.reading.names import squeeze

_ROLES = {"head": ParagraphRole.HEADING, "quote": ParagraphRole.QUOTE, "item": ParagraphRole.LIST, "cell": ParagraphRole.LIST}


def extract_body(root: html.HtmlElement, url: str | None) -> tuple[Paragraph, ...]:
    """Paragraphs of the main text; empty when there is none. Uses up the tree."""
    from trafilatura import bare_extraction

    document = bare_extraction(root, url=url, with_metadata=False, include_comments=False, include_tables=True)
    if document is None or isinstance(document, dict) or document.body is None:
        return ()
    found: list[tuple[str, ParagraphRole]] = []
    _collect(document.body, ParagraphRole.BODY, found)
    return tuple(Paragraph(position, text, role) for position, (text, role) in enumerate(found))


def _collect(element: etree._Element, role: ParagraphRole, found: list[tuple[str, ParagraphRole]]) -> None:
    """Paragraphs of trafilatura's tree (head, p, quote, list > item, table > row > cell), in order."""
    parts: list[str] = []

    def flush() -> None:
        if text := squeeze("".join(parts)):
            found.append((text, role))
        parts.clear()

    parts.append(element.text or "")
    for child in element:
        if child.tag in ("lb",):
            flush()
        elif child.tag in ("p", "head", "quote", "list", "item", "table", "row", "cell", "div", "code"):
            flush()
            _collect(child, _ROLES.get(child.tag, role if child.tag in ("p", "div") else ParagraphRole.BODY), found)
        else:
            parts.append("".join(child.itertext()))
        parts.append(child.tail or "")
    flush()
