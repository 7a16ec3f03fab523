"""The state of a form: what its inputs hold at first, in the shape of `view.state.values`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot.playground.records import Json

#: element type -> key of its value in the state, key of its initial value in the element
VALUES: Mapping[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", "initial_files"),
}
MANY = {"selected_options", "selected_users", "selected_channels", "selected_conversations", "files"}


def form_elements(blocks: Iterable[Json]) -> Iterator[tuple[Json, Json]]:
    """Every element that holds a value, with its block."""
    for block in blocks:
        inside = [block.get("element"), block.get("accessory")]
        if block.get("type") == "actions":
            inside += block.get("elements", [])
        for element in inside:
            if isinstance(element, dict) and element.get("type") in VALUES:
                yield block, element


def initial_state(blocks: Iterable[Json]) -> dict[str, Json]:
    """block_id -> action_id -> the initial value, None or an empty list where there is none."""
    state: dict[str, Json] = {}
    for block, element in form_elements(blocks):
        key, initial = VALUES[element["type"]]
        value = element.get(initial, [] if key in MANY else None)
        state.setdefault(block["block_id"], {})[element["action_id"]] = {"type": element["type"], key: value}
    return state


def find_element(blocks: Iterable[Json], action_id: str, block_id: str = "") -> tuple[Json, Json] | None:
    """The block and the element of an action."""
    for block in blocks:
        if block_id and block.get("block_id") != block_id:
            continue
        inside = [block.get("element"), block.get("accessory"), *block.get("elements", [])]
        for element in inside:
            if isinstance(element, dict) and element.get("action_id") == action_id:
                return block, element
    return None
