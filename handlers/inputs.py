"""What forms ask with: one block a field. The block's id is the field's name in ``Request.form``."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.blocks import Block, clip, plain

LABEL, HINT, OPTION = 75, 150, 75
MODAL_TITLE = 24
OPTIONS = 100
TEXT = 3_000
"""Characters of one text input; Slack takes no more."""

Choice = tuple[str, str]
"""Value and what people read."""


def line(name: str, label: str, *, initial: str = "", hint: str = "", optional: bool = False, most: int = 300) -> Block:
    """One line of text."""
    return _input(name, label, _text(initial, most), hint, optional)


def text(name: str, label: str, *, initial: str = "", hint: str = "", optional: bool = False, most: int = TEXT) -> Block:
    """Several lines of text."""
    return _input(name, label, _text(initial, most) | {"multiline": True}, hint, optional)


def date(name: str, label: str, *, initial: str | None = None, hint: str = "", optional: bool = True) -> Block:
    """A day, "2026-11-23"."""
    element: Block = {"type": "datepicker"}
    return _input(name, label, element | ({"initial_date": initial} if initial else {}), hint, optional)


def select(name: str, label: str, choices: Iterable[Choice], *, initial: str | None = None, hint: str = "", optional: bool = False) -> Block:
    """One of some."""
    options = _options(choices)
    element: Block = {"type": "static_select", "options": options}
    chosen = [option for option in options if option["value"] == initial]
    return _input(name, label, element | ({"initial_option": chosen[0]} if chosen else {}), hint, optional)


def several(name: str, label: str, choices: Iterable[Choice], *, initial: Iterable[str] = (), hint: str = "", optional: bool = True) -> Block:
    """Some of some."""
    options, wanted = _options(choices), set(initial)
    element: Block = {"type": "multi_static_select", "options": options}
    chosen = [option for option in options if option["value"] in wanted]
    return _input(name, label, element | ({"initial_options": chosen} if chosen else {}), hint, optional)


def several_found(name: str, label: str, *, initial: Iterable[Choice] = (), hint: str = "", optional: bool = True) -> Block:
    """Some of many, searched for while typing; ``handlers.OPTIONS`` answers by the field's name."""
    element: Block = {"type": "multi_external_select", "min_query_length": 1}
    chosen = _options(initial)
    return _input(name, label, element | ({"initial_options": chosen} if chosen else {}), hint, optional)


def conversation(name: str, label: str, *, initial: str | None = None, hint: str = "", optional: bool = False) -> Block:
    """A channel or direct message."""
    element: Block = {"type": "conversations_select", "filter": {"include": ["public", "private", "im"], "exclude_bot_users": False}}
    element |= {"initial_conversation": initial} if initial else {"default_to_current_conversation": True}
    return _input(name, label, element, hint, optional)


def options(choices: Iterable[Choice]) -> list[Block]:
    """Choices as Slack's options, for an answer to what was typed into a searched select."""
    return _options(choices)


def _options(choices: Iterable[Choice]) -> list[Block]:
    return [{"text": plain(label, OPTION), "value": value} for value, label in list(choices)[:OPTIONS] if 0 < len(value) <= OPTION]


def _text(initial: str, most: int) -> Block:
    element: Block = {"type": "plain_text_input", "max_length": min(most, TEXT)}
    return element | ({"initial_value": initial[: min(most, TEXT)]} if initial else {})


def _input(name: str, label: str, element: Block, hint: str, optional: bool) -> Block:
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(label, LABEL),
        "element": {**element, "action_id": name},
        "optional": optional,
    }
    return block | ({"hint": plain(clip(hint, HINT))} if hint else {})
