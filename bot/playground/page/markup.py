"""HTML that is safe by construction: whatever is not Html is escaped."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from typing import Any

_VOID = {"br", "hr", "img", "input", "meta", "link"}


class Html(str):
    """A piece of finished HTML."""

    __slots__ = ()


def tag(element: str, *children: str | None, **attributes: Any) -> Html:
    """An element. Attributes: `class_`, underscores become hyphens, True stands alone, None and False vanish, dicts become JSON."""
    shown = [element]
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        name = name.rstrip("_").replace("_", "-")
        if value is True:
            shown.append(name)
        else:
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            shown.append(f'{name}="{escape(text, quote=True)}"')
    opening = f"<{' '.join(shown)}>"
    if element in _VOID:
        return Html(opening)
    return Html(f"{opening}{join(children)}</{element}>")


def join(children: Iterable[str | None]) -> Html:
    """The pieces one after another, escaped where they are not Html."""
    return Html("".join(child if isinstance(child, Html) else escape(child) for child in children if child is not None))


def lines(text: str) -> Html:
    """Text with its line breaks."""
    return Html("<br>".join(escape(line) for line in text.split("\n")))
