"""Slack's rules for what stands inside blocks: buttons, selects, inputs, options, rich text."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.records import Json
from bot.playground.schema import MRKDWN_OR_PLAIN, PLAIN, Check

OPTIONS = 100


@dataclass(frozen=True, slots=True)
class _Rule:
    places: tuple[str, ...]
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()


def _rule(places: str, required: str = "", optional: str = "") -> _Rule:
    return _Rule(tuple(places.split()), frozenset(required.split()), frozenset(optional.split()))


_SELECT = "placeholder confirm focus_on_load"
_ANY = "section actions input"
RULES: Mapping[str, _Rule] = {
    "button": _rule("section actions", "text", "url value style confirm accessibility_label"),
    "overflow": _rule("section actions", "options", "confirm"),
    "image": _rule("section context", "alt_text", "image_url slack_file"),
    "static_select": _rule(_ANY, "", f"{_SELECT} options option_groups initial_option"),
    "multi_static_select": _rule("section input", "", f"{_SELECT} options option_groups initial_options max_selected_items"),
    "external_select": _rule(_ANY, "", f"{_SELECT} initial_option min_query_length"),
    "multi_external_select": _rule("section input", "", f"{_SELECT} initial_options min_query_length max_selected_items"),
    "users_select": _rule(_ANY, "", f"{_SELECT} initial_user"),
    "multi_users_select": _rule("section input", "", f"{_SELECT} initial_users max_selected_items"),
    "conversations_select": _rule(
        _ANY,
        "",
        f"{_SELECT} initial_conversation default_to_current_conversation response_url_enabled filter",
    ),
    "multi_conversations_select": _rule(
        "section input",
        "",
        f"{_SELECT} initial_conversations default_to_current_conversation max_selected_items filter",
    ),
    "channels_select": _rule(_ANY, "", f"{_SELECT} initial_channel response_url_enabled"),
    "multi_channels_select": _rule("section input", "", f"{_SELECT} initial_channels max_selected_items"),
    "datepicker": _rule(_ANY, "", f"{_SELECT} initial_date"),
    "timepicker": _rule(_ANY, "", f"{_SELECT} initial_time timezone"),
    "datetimepicker": _rule("actions input", "", "initial_date_time confirm focus_on_load"),
    "checkboxes": _rule(_ANY, "options", "initial_options confirm focus_on_load"),
    "radio_buttons": _rule(_ANY, "options", "initial_option confirm focus_on_load"),
    "plain_text_input": _rule(
        "input",
        "",
        "initial_value multiline min_length max_length dispatch_action_config placeholder focus_on_load",
    ),
    "email_text_input": _rule("input", "", "initial_value dispatch_action_config placeholder focus_on_load"),
    "url_text_input": _rule("input", "", "initial_value dispatch_action_config placeholder focus_on_load"),
    "number_input": _rule(
        "input",
        "is_decimal_allowed",
        "initial_value min_value max_value dispatch_action_config placeholder focus_on_load",
    ),
    "file_input": _rule("input", "", "filetypes max_files"),
    "feedback_buttons": _rule("context_actions", "positive_button negative_button"),
    "icon_button": _rule("context_actions", "icon text", "value confirm accessibility_label visible_to_user_ids"),
}


def check_element(element: Any, path: str, place: str, check: Check) -> None:
    """The rules for one element in its place: section, actions, input, context or context_actions."""
    if not isinstance(element, dict) or not isinstance(element.get("type"), str):
        check.fault("must be an object with a type", path)
        return
    kind = element["type"]
    rule = RULES.get(kind)
    if rule is None or place not in rule.places:
        check.fault(f"unsupported type: {kind} in {place}", f"{path}/type")
        return
    common = {"type"} if kind == "image" else {"type", "action_id"}
    check.keys(element, path, rule.required, rule.optional | common)
    check.length(element.get("action_id", ""), f"{path}/action_id", 255)
    if "placeholder" in element:
        check.text(element["placeholder"], f"{path}/placeholder", PLAIN, 150)
    if "confirm" in element:
        check_confirm(element["confirm"], f"{path}/confirm", check)
    if kind in ("button", "icon_button"):
        check.text(element.get("text"), f"{path}/text", PLAIN, 75)
        check.length(element.get("value", ""), f"{path}/value", 2000)
        check.length(element.get("url", ""), f"{path}/url", 3000)
        check.length(element.get("accessibility_label", ""), f"{path}/accessibility_label", 75)
        check.one_of(element.get("style", "primary"), f"{path}/style", ("primary", "danger"))
    elif kind == "feedback_buttons":
        for side in ("positive_button", "negative_button"):
            _check_feedback(element.get(side), f"{path}/{side}", check)
    elif kind == "image":
        check.length(element.get("alt_text"), f"{path}/alt_text", 2000, least=1)
    elif "select" in kind or kind in ("overflow", "checkboxes", "radio_buttons"):
        _check_choices(element, path, check)
    elif kind == "datepicker" and "initial_date" in element:
        _check_pattern(element["initial_date"], r"\d{4}-\d\d-\d\d", f"{path}/initial_date", check)
    elif kind == "timepicker" and "initial_time" in element:
        _check_pattern(element["initial_time"], r"\d\d:\d\d", f"{path}/initial_time", check)
    elif kind == "file_input":
        check.whole(element.get("max_files", 10), f"{path}/max_files", 1, 10)
    elif kind.endswith("_input"):
        check.length(element.get("initial_value", ""), f"{path}/initial_value", 3000)
        check.whole(element.get("max_length", 3000), f"{path}/max_length", 1, 3000)
        check.whole(element.get("min_length", 0), f"{path}/min_length", 0, 3000)


def check_confirm(confirm: Any, path: str, check: Check) -> None:
    """The dialogue that asks before an action is sent."""
    if not isinstance(confirm, dict):
        check.fault("must provide an object", path)
        return
    check.keys(confirm, path, {"title", "text", "confirm", "deny"}, {"style"})
    check.text(confirm.get("title"), f"{path}/title", PLAIN, 100)
    check.text(confirm.get("text"), f"{path}/text", MRKDWN_OR_PLAIN, 300)
    check.text(confirm.get("confirm"), f"{path}/confirm", PLAIN, 30)
    check.text(confirm.get("deny"), f"{path}/deny", PLAIN, 30)


def check_options(options: Any, path: str, most: int, check: Check, kinds: tuple[str, ...] = PLAIN) -> None:
    """A list of options: text 75, value 150, description 75 characters."""
    for index, option in enumerate(check.items(options, path, 1, most)):
        where = f"{path}/{index}"
        if not isinstance(option, dict):
            check.fault("must provide an object", where)
            continue
        check.keys(option, where, {"text"}, {"value", "description", "url"})
        check.text(option.get("text"), f"{where}/text", kinds, 75)
        check.length(option.get("value", ""), f"{where}/value", 150)
        if "description" in option:
            check.text(option["description"], f"{where}/description", kinds, 75)


def _check_choices(element: Json, path: str, check: Check) -> None:
    kind = element["type"]
    if kind in ("static_select", "multi_static_select"):
        if ("options" in element) == ("option_groups" in element):
            check.fault("must provide either options or option_groups", path)
        for index, group in enumerate(check.items(element.get("option_groups", []), f"{path}/option_groups", 0, 100)):
            check.text(group.get("label"), f"{path}/option_groups/{index}/label", PLAIN, 75)
            check_options(group.get("options"), f"{path}/option_groups/{index}/options", OPTIONS, check)
    most, kinds = {
        "overflow": (5, PLAIN),
        "checkboxes": (10, MRKDWN_OR_PLAIN),
        "radio_buttons": (10, MRKDWN_OR_PLAIN),
    }.get(kind, (OPTIONS, PLAIN))
    if "options" in element:
        check_options(element["options"], f"{path}/options", most, check, kinds)
    if "static" in kind or kind in ("checkboxes", "radio_buttons"):
        offered = choices(element)
        picked = element.get("initial_options", [])
        if "initial_option" in element:
            picked = [element["initial_option"]]
        for option in picked:
            if option not in offered:
                check.fault("initial option must exactly match one of the options", f"{path}/initial_option")
    if "max_selected_items" in element:
        check.whole(element["max_selected_items"], f"{path}/max_selected_items", 1, 10_000)


def choices(element: Json) -> list[Json]:
    """Every option that the element offers, groups flattened."""
    options = list(element.get("options", []))
    for group in element.get("option_groups", []):
        options.extend(group.get("options", []))
    return options


def _check_feedback(button: Any, path: str, check: Check) -> None:
    if not isinstance(button, dict):
        check.fault("must provide an object", path)
        return
    check.keys(button, path, {"text", "value"}, {"accessibility_label"})
    check.text(button.get("text"), f"{path}/text", PLAIN, 75)
    check.length(button.get("value"), f"{path}/value", 2000, least=1)


def _check_pattern(value: Any, pattern: str, path: str, check: Check) -> None:
    if not isinstance(value, str) or not re.fullmatch(pattern, value):
        check.fault(f"must match {pattern}", path)


_CONTAINERS = ("rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted")
_PIECES: Mapping[str, tuple[str, str]] = {  # required keys, optional keys
    "text": ("text", "style"),
    "link": ("url", "text style unsafe"),
    "user": ("user_id", "style"),
    "usergroup": ("usergroup_id", "style"),
    "channel": ("channel_id", "style"),
    "broadcast": ("range", ""),
    "emoji": ("name", "unicode skin_tone style display_url"),
    "date": ("timestamp format", "url fallback style"),
    "color": ("value", ""),
}
_STYLES = {"bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"}


def check_rich_text(block: Json, path: str, check: Check) -> None:
    """A rich_text block or cell, with everything in it."""
    for index, part in enumerate(check.items(block.get("elements"), f"{path}/elements", 0, 1000)):
        where = f"{path}/elements/{index}"
        kind = part.get("type") if isinstance(part, dict) else None
        if kind not in _CONTAINERS:
            check.fault(f"unsupported type: {kind}", f"{where}/type")
        elif kind == "rich_text_list":
            check.keys(part, where, {"type", "style", "elements"}, {"indent", "offset", "border"})
            check.one_of(part.get("style"), f"{where}/style", ("bullet", "ordered"))
            for row, item in enumerate(check.items(part.get("elements"), f"{where}/elements", 0, 1000)):
                check_pieces(item, f"{where}/elements/{row}", check)
        else:
            check.keys(part, where, {"type", "elements"}, {"border", "language"})
            check_pieces(part, where, check)


def check_pieces(part: Any, path: str, check: Check) -> None:
    """The text, links, mentions, dates and emoji of a rich text section, quote, list item or preformatted."""
    if not isinstance(part, dict):
        check.fault("must provide an object", path)
        return
    for index, piece in enumerate(check.items(part.get("elements"), f"{path}/elements", 0, 1000)):
        where = f"{path}/elements/{index}"
        kind = str(piece.get("type")) if isinstance(piece, dict) else ""
        if kind not in _PIECES:
            check.fault(f"unsupported type: {kind}", f"{where}/type")
            continue
        required, optional = _PIECES[kind]
        check.keys(piece, where, {"type", *required.split()}, optional.split())
        for style in set(piece.get("style", {})) - _STYLES:
            check.fault(f"unsupported style: {style}", f"{where}/style")
        if kind == "text":
            check.length(piece.get("text"), f"{where}/text", 13_200, least=1)
        if kind == "link":
            check.length(piece.get("url"), f"{where}/url", 3000, least=1)


def name(element: Any) -> Any:
    """The element with an `action_id` where the app gave none."""
    if not isinstance(element, dict) or element.get("type") == "image" or element.get("action_id"):
        return element
    return {**element, "action_id": secrets.token_urlsafe(4)}
