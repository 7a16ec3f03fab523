"""What Slack checks in a form before the app hears of it: what is missing, too short, too long or of the wrong shape."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.playground.initial import VALUES
from bot.playground.records import Json, View


def faults(view: View) -> dict[str, str]:
    """block_id -> what is wrong, in the words that people see."""
    wrong: dict[str, str] = {}
    for block in view.blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        held = view.state.get(block["block_id"], {}).get(element["action_id"], {})
        value = held.get(VALUES[element["type"]][0]) if element["type"] in VALUES else None
        if not value:
            if not block.get("optional"):
                wrong[block["block_id"]] = "Please complete this required field."
            continue
        fault = _fault(element, value)
        if fault:
            wrong[block["block_id"]] = fault
    return wrong


def _fault(element: Json, value: object) -> str:
    kind = element["type"]
    if kind == "plain_text_input":
        text = str(value)
        if len(text) < element.get("min_length", 0):
            return f"Please enter at least {element['min_length']} characters."
        if len(text) > element.get("max_length", 3000):
            return f"Please enter at most {element.get('max_length', 3000)} characters."
    if kind == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", str(value)):
        return "Please enter a valid email address."
    if kind == "url_text_input":
        try:
            parts = urlsplit(str(value))
        except ValueError:
            return "Please enter a valid URL."
        if parts.scheme not in ("http", "https") or not parts.netloc:
            return "Please enter a valid URL."
    if kind == "number_input":
        return _number_fault(element, str(value))
    return ""


def _number_fault(element: Json, value: str) -> str:
    pattern = r"-?\d+(\.\d+)?" if element.get("is_decimal_allowed") else r"-?\d+"
    if not re.fullmatch(pattern, value):
        return "Please enter a number."
    if "min_value" in element and float(value) < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and float(value) > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return ""
