"""Blocks as HTML, as close to Slack's own drawing as words and boxes allow."""

from __future__ import annotations

from collections.abc import Iterable

from markdown_it import MarkdownIt

from bot.playground.page.controls import Drawing, draw_element, draw_image
from bot.playground.page.markup import Html, join, tag
from bot.playground.page.richtext import draw_rich_text, draw_text
from bot.playground.plain import show_cell
from bot.playground.records import Json

#: Slack's markdown block: no raw HTML and no images
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable(["image", "html_block", "html_inline"])


def draw_blocks(blocks: Iterable[Json], drawing: Drawing) -> Html:
    """All blocks of a message or a view."""
    return join(draw_block(block, drawing) for block in blocks)


def draw_block(block: Json, drawing: Drawing) -> Html:
    """One block."""
    reader = drawing.reader
    match block["type"]:
        case "section":
            return _section(block, drawing)
        case "header":
            return tag("h3", draw_text(block["text"], reader), class_="block header")
        case "divider":
            return tag("hr", class_="block divider")
        case "context":
            inside = [draw_image(one, "tiny") if one["type"] == "image" else tag("span", draw_text(one, reader)) for one in block["elements"]]
            return tag("div", *inside, class_="block context")
        case "actions" | "context_actions":
            inside = [draw_element(one, block, drawing) for one in block["elements"]]
            return tag("div", *inside, class_=f"block {block['type'].replace('_', '-')}")
        case "image":
            title = tag("figcaption", draw_text(block["title"], reader)) if "title" in block else None
            return tag("figure", title, draw_image(block, "full"), class_="block image")
        case "rich_text":
            return tag("div", draw_rich_text(block["elements"], reader), class_="block rich-text")
        case "markdown":
            return tag("div", Html(_MARKDOWN.render(block["text"])), class_="block markdown")
        case "input":
            return _input(block, drawing)
        case "table":
            return _table(block, drawing)
        case "alert":
            return tag("div", draw_text(block["text"], reader), class_=f"block alert {block.get('level', 'default')}", role="note")
        case _:
            return tag("div", f"[{block['type']}]", class_="block unknown")


def _section(block: Json, drawing: Drawing) -> Html:
    text = tag("div", draw_text(block["text"], drawing.reader), class_="text") if "text" in block else None
    fields = None
    if block.get("fields"):
        cells = [tag("div", draw_text(one, drawing.reader), class_="cell") for one in block["fields"]]
        fields = tag("div", *cells, class_="fields")
    body = tag("div", text, fields, class_="body")
    accessory = None
    if "accessory" in block:
        accessory = tag("div", draw_element(block["accessory"], block, drawing), class_="accessory")
    return tag("div", body, accessory, class_="block section")


def _input(block: Json, drawing: Drawing) -> Html:
    block_id, element = block["block_id"], block["element"]
    control_id = f"{drawing.scope}{block_id}-{element['action_id']}"
    optional = tag("span", " (optional)", class_="optional") if block.get("optional") else None
    error = drawing.errors.get(block_id)
    note = None
    if error:
        note = tag("p", error, class_="error", id=f"{control_id}-note", role="alert")
    elif "hint" in block:
        note = tag("p", draw_text(block["hint"], drawing.reader), class_="hint", id=f"{control_id}-note")
    label = tag("label", draw_text(block["label"], drawing.reader), optional, for_=control_id)
    return tag("div", label, draw_element(element, block, drawing), note, class_="block input" + (" wrong" if error else ""))


def _table(block: Json, drawing: Drawing) -> Html:
    settings = block.get("column_settings", [])

    def cell(element: str, one: Json, column: int) -> Html:
        setting = settings[column] if column < len(settings) and settings[column] else {}
        look = f"{setting.get('align', 'left')}{' wrapped' if setting.get('is_wrapped') else ''}"
        inner = draw_rich_text(one["elements"], drawing.reader) if one["type"] == "rich_text" else show_cell(one, drawing.reader)
        return tag(element, inner, class_=look, scope="col" if element == "th" else None)

    first, *others = block["rows"]
    head = tag("thead", tag("tr", *(cell("th", one, column) for column, one in enumerate(first))))
    body = tag("tbody", *(tag("tr", *(cell("td", one, column) for column, one in enumerate(row))) for row in others))
    return tag("div", tag("table", head, body), class_="block table", tabindex="0", role="region", aria_label="Table")
