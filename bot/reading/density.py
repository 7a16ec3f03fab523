"""A second opinion on where a page's body is: the element under which running text is densest."""

from __future__ import annotations

from collections import defaultdict

from lxml import html

from bot.models import ParagraphRole
from bot.reading.tree import Block, Layout, Zone, visible_text

SHORTEST_PARAGRAPH = 60
"""Characters; shorter blocks say little about where the text is."""
LINKED = 0.5
"""Share of a block's words that are links, from which it is a list of other pieces."""
RICHER = 0.85
"""Share of the best score from which an outer element is preferred, so that no part of the body is left out."""

_ROLES = {"blockquote": ParagraphRole.QUOTE, "li": ParagraphRole.LIST, "td": ParagraphRole.LIST, "th": ParagraphRole.LIST, "dd": ParagraphRole.LIST}


def densest(layout: Layout) -> list[tuple[str, ParagraphRole]]:
    """Paragraphs under the densest element, in order; empty when the page has no running text.

    Each paragraph gives its length to its parent, half of it to its grandparent and a quarter to the element above, as readability tools do.
    """
    score: defaultdict[html.HtmlElement, float] = defaultdict(float)
    for block in layout.blocks:
        if block.zone is Zone.MAIN and len(block.text) >= SHORTEST_PARAGRAPH and linked(block) < LINKED:
            element = block.element.getparent()
            for share in (1.0, 0.5, 0.25):
                if element is None:
                    break
                score[element] += len(block.text) * share
                element = element.getparent()
    if not score:
        return []
    best, top = max(score.items(), key=lambda item: item[1])
    parent = best.getparent()
    while parent is not None and score[parent] >= RICHER * top and parent.tag != "body":
        best, parent = parent, parent.getparent()
    inside = {best, *best.iterdescendants()}
    found: list[tuple[str, ParagraphRole]] = []
    for block in layout.blocks:
        if block.element not in inside or block.zone is not Zone.MAIN:
            continue
        role = role_of(block.element)
        if role is ParagraphRole.HEADING or linked(block) < LINKED:
            found.append((block.text, role))
    while found and found[-1][1] is ParagraphRole.HEADING:
        found.pop()
    return found


def linked(block: Block) -> float:
    """Share of a block's text that is links."""
    if block.element.tag == "a" or any(ancestor.tag == "a" for ancestor in block.element.iterancestors()):
        return 1.0
    return min(1.0, sum(len(visible_text(link)) for link in block.element.iter("a")) / max(1, len(block.text)))


def role_of(element: html.HtmlElement) -> ParagraphRole:
    """What a paragraph is, by its tag and those around it."""
    for ancestor in (element, *element.iterancestors()):
        if ancestor.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            return ParagraphRole.HEADING
        if ancestor.tag in _ROLES:
            return _ROLES[ancestor.tag]
        if ancestor.tag in ("article", "main", "section", "body"):
            break
    return ParagraphRole.BODY
