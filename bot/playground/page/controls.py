"""Buttons, menus and inputs as HTML. Each carries in data attributes what Slack would send for it.

A control that acts has `data-act`; a control that holds a value stands in a `data-field` whose `data-key` names the
value in the state ("selected_option"), and each choice carries its part of the value as JSON in `data-value`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.playground.initial import MANY, VALUES
from bot.playground.page.markup import Html, join, tag
from bot.playground.page.richtext import draw_text
from bot.playground.plain import Reader
from bot.playground.records import Json


@dataclass(frozen=True, slots=True)
class Drawing:
    """What drawing needs to know beside the blocks: who looks, what is chosen, what people and channels there are."""

    reader: Reader
    state: Mapping[str, Json] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    people: tuple[tuple[str, str], ...] = ()
    channels: tuple[tuple[str, str], ...] = ()
    #: makes ids unique where several messages use the same block ids
    scope: str = ""


def draw_element(element: Json, block: Json, drawing: Drawing) -> Html:
    """One element in its block."""
    kind = element["type"]
    if kind == "image":
        return draw_image(element, "thumb")
    if kind in ("button", "icon_button"):
        return _button(element, block)
    if kind == "feedback_buttons":
        return _feedback(element, block)
    if kind == "overflow":
        return _overflow(element, block)
    if kind in VALUES:
        return _field(element, block, drawing)
    return tag("span", f"[{kind}]", class_="unknown")


def draw_image(image: Json, size: str) -> Html:
    """An image from this server; one from elsewhere is its description, for nothing is fetched from outside."""
    file = image.get("slack_file") or {}
    file_id = file.get("id") or file.get("url", "").partition("/files-pri/")[2].partition("/")[0].partition("-")[2]
    url = f"/page/file/{file_id}" if file_id else ""
    if url:
        return tag("img", src=url, alt=image["alt_text"], class_=size)
    return tag("span", image["alt_text"], class_=f"picture {size}", role="img", aria_label=image["alt_text"])


def _acts(element: Json, block: Json) -> dict[str, Any]:
    return {
        "data_act": element["type"],
        "data_action": element["action_id"],
        "data_block": block["block_id"],
        "data_confirm": element.get("confirm"),
    }


def _button(element: Json, block: Json) -> Html:
    label = element["text"]["text"]
    style = f"button {element.get('style', '')}".strip()
    spoken = element.get("accessibility_label")
    if element["type"] == "icon_button":
        style += " icon"
    if element.get("url"):
        return tag(
            "a", label, class_=style, href=element["url"], target="_blank", rel="noreferrer noopener", aria_label=spoken, **_acts(element, block)
        )
    return tag("button", label, type="button", class_=style, aria_label=spoken, **_acts(element, block))


def _feedback(element: Json, block: Json) -> Html:
    buttons = []
    for side, sign in (("positive_button", "up"), ("negative_button", "down")):
        button = element[side]
        words = button.get("accessibility_label") or button["text"]["text"]
        acts = _acts(element, block) | {"data_given": button}
        buttons.append(
            tag(
                "button",
                tag("span", class_=f"sign {sign}"),
                type="button",
                class_="feedback",
                title=button["text"]["text"],
                aria_label=words,
                aria_pressed="false",
                **acts,
            )
        )
    return tag("span", *buttons, class_="feedback-pair", role="group", aria_label="Feedback")


def _overflow(element: Json, block: Json) -> Html:
    items = []
    for option in element["options"]:
        acts = _acts(element, block) | {"data_given": {"selected_option": option}}
        label = option["text"]["text"]
        if option.get("url"):
            items.append(tag("a", label, role="menuitem", href=option["url"], target="_blank", rel="noreferrer noopener", **acts))
        else:
            items.append(tag("button", label, type="button", role="menuitem", **acts))
    opener = tag(
        "button", "⋯", type="button", class_="button more", data_menu=True, aria_haspopup="menu", aria_expanded="false", aria_label="More actions"
    )
    return tag("span", opener, tag("span", *items, class_="menu", role="menu", hidden=True), class_="with-menu")


def _field(element: Json, block: Json, drawing: Drawing) -> Html:
    kind, action_id, block_id = element["type"], element["action_id"], block["block_id"]
    key = VALUES[kind][0]
    held = drawing.state.get(block_id, {}).get(action_id, {}).get(key)
    acts = block["type"] != "input" or block.get("dispatch_action")
    name = block.get("label", {}).get("text") or element.get("placeholder", {}).get("text") or "Choose"
    control_id = f"{drawing.scope}{block_id}-{action_id}"
    common = {
        "id": control_id,
        "aria_label": None if block["type"] == "input" else name,
        "aria_invalid": "true" if block_id in drawing.errors else None,
        "aria_describedby": f"{control_id}-note" if block.get("hint") or block_id in drawing.errors else None,
        "aria_required": "true" if block["type"] == "input" and not block.get("optional") else None,
        "autofocus": bool(element.get("focus_on_load")),
    }
    inner = _inner(element, block, drawing, held, common)
    return tag(
        "div",
        inner,
        class_=f"field {kind.replace('_', '-')}",
        data_field=kind,
        data_key=key,
        data_many=key in MANY,
        data_action=action_id,
        data_block=block_id,
        data_acts=bool(acts),
        data_confirm=element.get("confirm"),
    )


def _inner(element: Json, block: Json, drawing: Drawing, held: Any, common: dict[str, Any]) -> Html:
    kind = element["type"]
    hint = element.get("placeholder", {}).get("text")
    match kind:
        case "plain_text_input" if element.get("multiline"):
            return tag("textarea", str(held or ""), rows="6", placeholder=hint, maxlength=str(element.get("max_length", 3000)), **common)
        case "plain_text_input":
            return tag("input", type="text", value=held or "", placeholder=hint, maxlength=str(element.get("max_length", 3000)), **common)
        case "email_text_input" | "url_text_input" | "number_input":
            sort = {"email_text_input": "email", "url_text_input": "url"}.get(kind, "text")
            mode = "decimal" if kind == "number_input" else None
            return tag("input", type=sort, inputmode=mode, value=held or "", placeholder=hint, **common)
        case "datepicker" | "timepicker":
            return tag("input", type="date" if kind == "datepicker" else "time", value=held or "", **common)
        case "datetimepicker":
            return tag("input", type="datetime-local", data_epoch=held, **common)
        case "checkboxes" | "radio_buttons":
            return _ticks(element, drawing, held, common)
        case "file_input":
            types = ",".join(f".{one}" for one in element.get("filetypes", [])) or None
            return tag("input", type="file", accept=types, multiple=element.get("max_files", 10) > 1, **common)
        case _ if kind.startswith("multi_") or kind == "external_select":
            return _combo(element, drawing, held, common)
        case _:
            return _select(element, drawing, held, common)


def _offered(element: Json, drawing: Drawing) -> list[tuple[str, list[tuple[str, Any, str]]]]:
    """Groups of (label, value, description); the value is an option's JSON or an id."""
    kind = element["type"]
    if "users" in kind:
        return [("", [(name, one, "") for one, name in drawing.people])]
    if "channels" in kind:
        return [("", [(f"#{name}", one, "") for one, name in drawing.channels])]
    if "conversations" in kind:
        everything = [(f"#{name}", one, "") for one, name in drawing.channels]
        return [("", everything)]
    groups = element.get("option_groups") or [{"options": element.get("options", [])}]
    return [
        (
            group.get("label", {}).get("text", ""),
            [(option["text"]["text"], option, option.get("description", {}).get("text", "")) for option in group["options"]],
        )
        for group in groups
    ]


def _select(element: Json, drawing: Drawing, held: Any, common: dict[str, Any]) -> Html:
    hint = element.get("placeholder", {}).get("text", "Choose an option")
    options = [tag("option", hint, value="", data_value="null", selected=held is None)]
    for label, offered in _offered(element, drawing):
        group = [
            tag("option", text, data_value=value if isinstance(value, dict) else f'"{value}"', selected=value == held) for text, value, _ in offered
        ]
        options += [tag("optgroup", *group, label=label)] if label else group
    return tag("select", *options, **common)


def _combo(element: Json, drawing: Drawing, held: Any, common: dict[str, Any]) -> Html:
    many = element["type"].startswith("multi_")
    offered = [{"text": text, "value": value} for _, group in _offered(element, drawing) for text, value, _ in group]
    chosen = held if isinstance(held, list) else [held] if held else []
    labels = {repr(one["value"]): one["text"] for one in offered}
    chips = [
        tag(
            "span",
            labels.get(repr(value)) or (value["text"]["text"] if isinstance(value, dict) else str(value)),
            tag("button", "×", type="button", aria_label="Remove"),
            class_="chip",
            data_value=value if isinstance(value, dict) else f'"{value}"',
        )
        for value in chosen
    ]
    list_id = f"{common['id']}-list"
    typed = tag(
        "input",
        type="text",
        role="combobox",
        autocomplete="off",
        aria_autocomplete="list",
        aria_expanded="false",
        aria_controls=list_id,
        placeholder=element.get("placeholder", {}).get("text", "Type to choose"),
        **common,
    )
    return tag(
        "div",
        tag("span", *chips, class_="chips"),
        typed,
        tag("div", class_="listbox", role="listbox", id=list_id, hidden=True, aria_label="Choices"),
        class_="combo",
        data_combo="many" if many else "one",
        data_most=str(element.get("max_selected_items", 1000)),
        data_source="app" if "external" in element["type"] else None,
        data_least=str(element.get("min_query_length", 3 if "external" in element["type"] else 0)),
        data_options=offered if "external" not in element["type"] else None,
    )


def _ticks(element: Json, drawing: Drawing, held: Any, common: dict[str, Any]) -> Html:
    chosen = held if isinstance(held, list) else [held]
    sort = "checkbox" if element["type"] == "checkboxes" else "radio"
    rows = []
    for number, option in enumerate(element["options"]):
        box = tag("input", type=sort, name=common["id"], data_value=option, checked=option in chosen, autofocus=common["autofocus"] and not number)
        note = option.get("description")
        text = join([draw_text(option["text"], drawing.reader), tag("small", draw_text(note, drawing.reader)) if note else None])
        rows.append(tag("label", box, tag("span", text), class_="tick"))
    return tag("div", *rows, role="radiogroup" if sort == "radio" else "group", id=common["id"], aria_label=common["aria_label"])
