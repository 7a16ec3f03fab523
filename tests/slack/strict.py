"""Slack's limits, checked by slackblocks, the strictest offline check there is, and by what it leaves out; no live token from outside."""

from __future__ import annotations

import re
from typing import Any

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    ContextActionsBlock,
    FeedbackButton,
    FeedbackButtons,
    HomeTabView,
    Message,
    ModalView,
    Option,
    PlainText,
    SectionBlock,
    StaticSelectMenu,
    Text,
)

from bot.playground.blockkit import check_message as check_local
from bot.playground.blockkit import check_view as check_blocks
from handlers.blocks import MESSAGE_BLOCKS, MESSAGE_CHARACTERS

LIVE = re.compile(r"<(?:[@!]|#(?!C\w+>)|(?!https?://|mailto:)[a-z]+:)", re.IGNORECASE)
"""A token that mentions somebody or links somewhere strange."""

FORMATTED = re.compile(r"\*bold\*|\b_it_\b|~no~|:boom:")
"""What the tests put into outside words and mrkdwn would format."""

UNSENT = re.compile("[\ue02a\ue03a\ue03e\ue05f\ue060\ue07e]")
"""What stands for such marks until they are sent."""


def check_message(message: dict[str, Any]) -> dict[str, Any]:
    assert message["text"].strip(), "a message needs a text for notifications"
    assert len(message["text"]) <= 40_000
    blocks = message["blocks"]
    assert len(blocks) <= MESSAGE_BLOCKS
    assert characters(blocks) <= MESSAGE_CHARACTERS + 1_000
    if known := parsed(blocks):
        Message(channel="C1", text=message["text"], blocks=known)
    check_local(blocks)
    no_live_tokens(message["text"])
    assert not UNSENT.search(str(message)), message
    for block in blocks:
        _dead(block)
    return message


def check_view(view: dict[str, Any]) -> dict[str, Any]:
    assert not UNSENT.search(str(view)), view
    assert len(view["blocks"]) <= 100
    assert len(view.get("private_metadata", "")) <= 3_000
    blocks = parsed(view["blocks"])
    if view["type"] == "home":
        HomeTabView(blocks=blocks)
    elif blocks:
        assert 0 < len(view["title"]["text"]) <= 24
        ModalView(title=view["title"]["text"], blocks=blocks, private_metadata=view.get("private_metadata"), callback_id=view["callback_id"])
    for block in view["blocks"]:
        _dead(block)
    return view


def parsed(blocks: list[dict[str, Any]]) -> list[Any]:
    ids = [element["action_id"] for block in blocks for element in _pressed(block)]
    named = [block["block_id"] for block in blocks if "block_id" in block]
    assert len(named) == len(set(named)), f"block ids twice: {named}"
    for block in blocks:
        own = [element["action_id"] for element in _pressed(block)]
        assert len(own) == len(set(own)), f"action ids twice in one block: {own}"
    assert all(0 < len(id_) <= 255 for id_ in ids)
    return [found for block in blocks if (found := _parsed(block)) is not None]


def _parsed(block: dict[str, Any]) -> Any:
    """As slackblocks reads it; buttons and menus it cannot read back yet, so they are built, and inputs are left to the local workspace's check."""
    if block["type"] == "actions":
        elements = [_element(element) for element in block["elements"]]
        return ActionsBlock(elements=elements) if all(elements) else None
    if block["type"] == "section" and "accessory" in block:
        return SectionBlock(Text(block["text"]["text"], verbatim=True), accessory=_element(block["accessory"]))
    if block["type"] == "context_actions":
        (thumbs,) = block["elements"]
        sides = [
            FeedbackButton(text=side["text"]["text"], value=side["value"], accessibility_label=side["accessibility_label"])
            for side in (thumbs["positive_button"], thumbs["negative_button"])
        ]
        return ContextActionsBlock(elements=[FeedbackButtons(positive_button=sides[0], negative_button=sides[1], action_id=thumbs["action_id"])])
    if block["type"] == "input":
        label = {"type": "plain_text", "text": "x"}
        check_blocks({"type": "modal", "title": label, "submit": label, "blocks": [block]})
        return None
    if block["type"] == "rich_text":  # slackblocks knows no limits of rich text
        check_local([block])
        return None
    return Block.from_dict(block)


def _element(element: dict[str, Any]) -> Any:
    if element["type"] == "button":
        return Button(text=element["text"]["text"], action_id=element["action_id"], value=element.get("value"), style=element.get("style"))
    if element["type"] == "static_select":
        options = [Option(text=PlainText(option["text"]["text"], emoji=False), value=option["value"]) for option in element["options"]]
        return StaticSelectMenu(placeholder=element["placeholder"]["text"], action_id=element["action_id"], options=options)
    return None


def characters(blocks: list[dict[str, Any]]) -> int:
    total, stack = 0, list(blocks)
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            total += sum(len(value) for key, value in item.items() if key in ("text", "alt_text") and isinstance(value, str))
            stack += item.values()
        elif isinstance(item, list | tuple):
            stack += item
    return total


def no_live_tokens(text: str) -> None:
    """Ours are dates, channels where a digest goes, and links to web addresses."""
    ours = re.sub(r"<!date\^\d+\^[^<>|^]*\|[^<>]*>", "", text)
    assert not LIVE.search(ours), LIVE.search(ours)


def _dead(item: Any) -> None:
    if isinstance(item, dict):
        if item.get("type") == "mrkdwn":
            no_live_tokens(item["text"])
            assert not FORMATTED.search(item["text"]), item["text"]
        assert item.get("type") not in ("broadcast", "usergroup", "user"), item
        if item.get("type") == "link":
            assert re.match(r"https?://", item["url"]), item["url"]
        for value in item.values():
            _dead(value)
    elif isinstance(item, list | tuple):
        for one in item:
            _dead(one)


def _pressed(block: dict[str, Any]) -> list[dict[str, Any]]:
    found = [*block.get("elements", []), block.get("accessory") or {}, block.get("element") or {}]
    return [element for element in found if isinstance(element, dict) and "action_id" in element]
