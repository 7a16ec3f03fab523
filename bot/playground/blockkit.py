"""Slack's rules for blocks and views, checked as strictly as Slack does, and ids filled in where the app gave none.

Limits: docs.slack.dev/reference/block-kit. Two differ from the reference: a whole message fails near 13,200 characters
(undocumented, observed), and blocks that this workspace cannot draw are refused with the reason rather than swallowed.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.playground import elements
from bot.playground.records import Json
from bot.playground.refusal import SlackRefusal
from bot.playground.schema import MRKDWN_OR_PLAIN, PLAIN, Check

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MARKDOWN_CHARACTERS = 12_000
#: Real Slack refuses somewhere above this; the exact point moves with escaping.
MESSAGE_CHARACTERS = 13_200
TABLE_ROWS, TABLE_COLUMNS = 100, 20
VIEW_BYTES = 250_000


@dataclass(slots=True)
class _Surface:
    """Where the blocks will stand, and what has been counted on it so far."""

    name: str
    block_ids: set[str] = field(default_factory=set)
    markdown: int = 0
    tables: int = 0
    inputs: int = 0


def check_message(blocks: Any) -> tuple[Json, ...]:
    """The blocks of a message with ids filled in; raises `invalid_blocks` naming every fault."""
    checked = _check(blocks, _Surface("message"), MESSAGE_BLOCKS)
    if characters(checked) > MESSAGE_CHARACTERS:
        raise SlackRefusal("msg_blocks_too_long")
    return tuple(checked)


def check_view(view: Any) -> Json:
    """A view with ids filled in; raises `invalid_arguments` or `invalid_blocks` naming every fault."""
    if not isinstance(view, dict):
        raise SlackRefusal("invalid_arguments", ["must provide an object [json-pointer:/view]"])
    check = Check()
    kind = view.get("type")
    if kind == "modal":
        check.text(view.get("title"), "/view/title", PLAIN, 24)
        for part in ("submit", "close"):
            if view.get(part) is not None:
                check.text(view[part], f"/view/{part}", PLAIN, 24)
    elif kind != "home":
        check.fault("must be one of: modal, home", "/view/type")
    check.length(view.get("private_metadata", ""), "/view/private_metadata", 3000)
    check.length(view.get("callback_id", ""), "/view/callback_id", 255)
    check.length(view.get("external_id", ""), "/view/external_id", 255)
    for key in set(view) - VIEW_KEYS:
        check.fault(f"invalid additional property: {key}", "/view")
    if check.faults:
        raise SlackRefusal("invalid_arguments", check.faults)
    if len(repr(view)) > VIEW_BYTES:
        raise SlackRefusal("view_too_large")
    surface = _Surface(str(kind))
    blocks = _check(view.get("blocks"), surface, VIEW_BLOCKS)
    if surface.inputs and kind == "modal" and not view.get("submit"):
        raise SlackRefusal("invalid_arguments", ["missing required field: submit [json-pointer:/view]"])
    return {**view, "blocks": blocks}


VIEW_KEYS = {
    "type",
    "title",
    "submit",
    "close",
    "blocks",
    "private_metadata",
    "callback_id",
    "external_id",
    "clear_on_close",
    "notify_on_close",
    "submit_disabled",
}


def characters(blocks: Iterable[Any]) -> int:
    """How many characters of text the blocks hold: every `text`, `alt_text` and string inside text elements."""
    total = 0
    stack: list[Any] = list(blocks)
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            for key, value in item.items():
                if key in ("text", "alt_text") and isinstance(value, str):
                    total += len(value)
                else:
                    stack.append(value)
        elif isinstance(item, list):
            stack.extend(item)
    return total


def _check(blocks: Any, surface: _Surface, most: int) -> list[Json]:
    check = Check()
    if not isinstance(blocks, list):
        raise SlackRefusal("invalid_blocks_format" if surface.name == "message" else "invalid_arguments")
    if len(blocks) > most:
        check.fault(f"no more than {most} items allowed [{len(blocks)} given]", "/blocks")
    checked = [_block(block, f"/blocks/{index}", surface, check) for index, block in enumerate(blocks)]
    if surface.markdown > MARKDOWN_CHARACTERS:
        check.fault(f"markdown text must be less than {MARKDOWN_CHARACTERS + 1} characters in all", "/blocks")
    if surface.tables > 1:
        raise SlackRefusal("invalid_attachments", ["only_one_table_allowed"])
    if check.faults:
        raise SlackRefusal("invalid_blocks", check.faults)
    return checked


def _block(block: Any, path: str, surface: _Surface, check: Check) -> Json:
    if not isinstance(block, dict) or not isinstance(block.get("type"), str):
        check.fault("must be an object with a type", path)
        return {}
    rule = RULES.get(block["type"])
    if rule is None:
        check.fault(f"unsupported type: {block['type']}", f"{path}/type")
        return {}
    if surface.name not in rule.surfaces:
        check.fault(f"{block['type']} is not allowed in a {surface.name}", f"{path}/type")
    check.keys(block, path, rule.required, rule.optional | {"type", "block_id"})
    block_id = block.get("block_id")
    check.length(block_id or "", f"{path}/block_id", 255)
    if block_id in surface.block_ids:
        check.fault(f"block_id {block_id!r} already exists", f"{path}/block_id")
    # deep-copied by the checks below where an id is added, never the app's own object
    named: Json = {**block, "block_id": block_id or secrets.token_urlsafe(4)}
    surface.block_ids.add(named["block_id"])
    rule.check(named, path, surface, check)
    if "accessory" in named:
        named["accessory"] = elements.name(named["accessory"])
    if "element" in named:
        named["element"] = elements.name(named["element"])
    if isinstance(named.get("elements"), list) and named["type"] in ("actions", "context_actions"):
        named["elements"] = [elements.name(element) for element in named["elements"]]
        seen: set[str] = set()
        for index, element in enumerate(named["elements"]):
            action_id = element.get("action_id", "") if isinstance(element, dict) else ""
            if action_id in seen:
                check.fault(
                    f'`action_id` "{action_id}" already exists for another element',
                    f"{path}/elements/{index}/action_id",
                )
            seen.add(action_id)
    return named


def _section(block: Json, path: str, surface: _Surface, check: Check) -> None:
    if "text" not in block and not block.get("fields"):
        check.fault("missing required field: text or fields", path)
    if "text" in block:
        check.text(block["text"], f"{path}/text", MRKDWN_OR_PLAIN, 3000)
    for index, one in enumerate(check.items(block.get("fields", []), f"{path}/fields", 0, 10)):
        check.text(one, f"{path}/fields/{index}", MRKDWN_OR_PLAIN, 2000)
    if "accessory" in block:
        elements.check_element(block["accessory"], f"{path}/accessory", "section", check)


def _header(block: Json, path: str, surface: _Surface, check: Check) -> None:
    check.text(block.get("text"), f"{path}/text", PLAIN, 150)


def _divider(block: Json, path: str, surface: _Surface, check: Check) -> None:
    """A line has nothing to check."""


def _context(block: Json, path: str, surface: _Surface, check: Check) -> None:
    for index, one in enumerate(check.items(block.get("elements"), f"{path}/elements", 1, 10)):
        if isinstance(one, dict) and one.get("type") == "image":
            elements.check_element(one, f"{path}/elements/{index}", "context", check)
        else:
            check.text(one, f"{path}/elements/{index}", MRKDWN_OR_PLAIN, 3000)


def _actions(block: Json, path: str, surface: _Surface, check: Check) -> None:
    for index, one in enumerate(check.items(block.get("elements"), f"{path}/elements", 1, 25)):
        elements.check_element(one, f"{path}/elements/{index}", "actions", check)


def _context_actions(block: Json, path: str, surface: _Surface, check: Check) -> None:
    for index, one in enumerate(check.items(block.get("elements"), f"{path}/elements", 1, 5)):
        elements.check_element(one, f"{path}/elements/{index}", "context_actions", check)


def _image(block: Json, path: str, surface: _Surface, check: Check) -> None:
    if not (block.get("image_url") or block.get("slack_file")):
        check.fault("missing required field: image_url or slack_file", path)
    check.length(block.get("image_url", ""), f"{path}/image_url", 3000)
    check.length(block.get("alt_text"), f"{path}/alt_text", 2000, least=1)
    if "title" in block:
        check.text(block["title"], f"{path}/title", PLAIN, 2000)


def _input(block: Json, path: str, surface: _Surface, check: Check) -> None:
    surface.inputs += 1
    check.text(block.get("label"), f"{path}/label", PLAIN, 2000)
    if "hint" in block:
        check.text(block["hint"], f"{path}/hint", PLAIN, 2000)
    elements.check_element(block.get("element"), f"{path}/element", "input", check)


def _rich_text(block: Json, path: str, surface: _Surface, check: Check) -> None:
    elements.check_rich_text(block, path, check)


def _markdown(block: Json, path: str, surface: _Surface, check: Check) -> None:
    check.length(block.get("text"), f"{path}/text", MARKDOWN_CHARACTERS, least=1)
    surface.markdown += len(str(block.get("text", "")))


def _table(block: Json, path: str, surface: _Surface, check: Check) -> None:
    surface.tables += 1
    rows = check.items(block.get("rows"), f"{path}/rows", 1, TABLE_ROWS)
    check.items(block.get("column_settings", []), f"{path}/column_settings", 0, TABLE_COLUMNS)
    widths = set()
    for index, row in enumerate(rows):
        cells = check.items(row, f"{path}/rows/{index}", 1, TABLE_COLUMNS)
        widths.add(len(cells))
        for column, cell in enumerate(cells):
            where = f"{path}/rows/{index}/{column}"
            kind = cell.get("type") if isinstance(cell, dict) else None
            if kind == "rich_text":
                elements.check_rich_text(cell, where, check)
            elif kind == "raw_text":
                check.length(cell.get("text"), f"{where}/text", 10_000, least=1)
            elif kind != "raw_number":
                check.fault("must be raw_text, raw_number or rich_text", where)
    if len(widths) > 1:
        check.fault("rows must have the same number of cells", f"{path}/rows")


def _alert(block: Json, path: str, surface: _Surface, check: Check) -> None:
    check.text(block.get("text"), f"{path}/text", MRKDWN_OR_PLAIN, 3000)
    check.one_of(block.get("level", "default"), f"{path}/level", ("default", "info", "warning", "error", "success"))


@dataclass(frozen=True, slots=True)
class _Rule:
    check: Callable[[Json, str, _Surface, Check], None]
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    surfaces: tuple[str, ...] = ("message", "modal", "home")


RULES: Mapping[str, _Rule] = {
    "section": _Rule(_section, optional=frozenset({"text", "fields", "accessory", "expand"})),
    "header": _Rule(_header, frozenset({"text"}), frozenset({"level"})),
    "divider": _Rule(_divider),
    "context": _Rule(_context, frozenset({"elements"})),
    "actions": _Rule(_actions, frozenset({"elements"})),
    "context_actions": _Rule(_context_actions, frozenset({"elements"}), surfaces=("message",)),
    "image": _Rule(_image, frozenset({"alt_text"}), frozenset({"image_url", "slack_file", "title"})),
    "input": _Rule(_input, frozenset({"label", "element"}), frozenset({"hint", "optional", "dispatch_action"})),
    "rich_text": _Rule(_rich_text, frozenset({"elements"})),
    "markdown": _Rule(_markdown, frozenset({"text"}), surfaces=("message",)),
    "table": _Rule(_table, frozenset({"rows"}), frozenset({"column_settings"}), surfaces=("message",)),
    "alert": _Rule(_alert, frozenset({"text"}), frozenset({"level"}), surfaces=("modal",)),
}
