"""From what a person reads on a control to what Slack sends for it: labels, option texts and names become ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.playground.elements import choices
from bot.playground.initial import MANY, VALUES, form_elements
from bot.playground.records import Json


def action_in(blocks: Iterable[Json], control: str, choice: str, id_of: Callable[[str], str]) -> tuple[str, str, Json]:
    """block_id, action_id and what the action adds, for the control of that text or action_id.

    Raises LookupError naming what there is instead.
    """
    there = []
    for block in blocks:
        inside = [block.get("element"), block.get("accessory"), *block.get("elements", [])]
        for element in inside:
            if not isinstance(element, dict) or "action_id" not in element:
                continue
            if element["type"] == "feedback_buttons":
                for side in ("positive_button", "negative_button"):
                    button = element[side]
                    there.append(button["text"]["text"])
                    if control in (button["text"]["text"], button["value"]):
                        return block["block_id"], element["action_id"], dict(button)
                continue
            label = element.get("text", {}).get("text", "") or element.get("placeholder", {}).get("text", "")
            there.append(label or element["action_id"])
            if control in (label, element["action_id"]):
                return block["block_id"], element["action_id"], _given(element, choice, id_of)
    raise LookupError(f"no control {control!r}; there are {there}")


def state_for(blocks: Iterable[Json], fields: Mapping[str, Any], id_of: Callable[[str], str]) -> dict[str, Json]:
    """The state of a form after the fields are filled in: label, placeholder or action_id -> value.

    Values are what a person would type or choose: text, an option's text, a list of them, a name, a date.
    """
    state: dict[str, Json] = {}
    known: dict[str, tuple[Json, Json]] = {}
    for block, element in form_elements(blocks):
        for name in (
            block.get("label", {}).get("text"),
            element.get("placeholder", {}).get("text"),
            element["action_id"],
        ):
            if name:
                known.setdefault(name, (block, element))
    for name, value in fields.items():
        if name not in known:
            raise LookupError(f"no field {name!r}; there are {sorted(known)}")
        block, element = known[name]
        state.setdefault(block["block_id"], {})[element["action_id"]] = value_of(element, value, id_of)
    return state


def value_of(element: Json, value: Any, id_of: Callable[[str], str]) -> Json:
    """The state of one element that holds the value."""
    key = VALUES[element["type"]][0]
    if key in MANY:
        many = [value] if isinstance(value, str | dict) else list(value or [])
        return {"type": element["type"], key: [_one(element, key, one, id_of) for one in many]}
    return {"type": element["type"], key: _one(element, key, value, id_of) if value not in (None, "") else None}


def _given(element: Json, choice: str, id_of: Callable[[str], str]) -> Json:
    if element["type"] == "overflow":
        return {"selected_option": _option(element, choice)}
    if element["type"] not in VALUES:
        return {}
    held = value_of(element, choice, id_of)
    held.pop("type")
    return held


def _one(element: Json, key: str, value: Any, id_of: Callable[[str], str]) -> Any:
    if key in ("selected_option", "selected_options"):
        return value if isinstance(value, dict) else _option(element, str(value))
    if key in ("value", "selected_date", "selected_time"):
        return str(value)
    return id_of(value) if isinstance(value, str) else value


def _option(element: Json, wanted: str) -> Json:
    offered = choices(element)
    for option in offered:
        if wanted in (option["text"]["text"], option.get("value")):
            return option
    raise LookupError(f"no option {wanted!r}; there are {[one['text']['text'] for one in offered]}")
