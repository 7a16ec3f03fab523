"""Modals and App Homes as HTML."""

from __future__ import annotations

from bot.playground.page.blocks import draw_blocks
from bot.playground.page.controls import Drawing
from bot.playground.page.markup import Html, tag
from bot.playground.page.messages import offered, reader_of
from bot.playground.records import View
from bot.playground.workspace import Workspace


def draw_modal(workspace: Workspace, person: str) -> Html:
    """The modal on top of a person's stack; nothing where there is none."""
    stack = workspace.modals.get(person, [])
    if not stack:
        return Html("")
    view = stack[-1]
    content = view.content
    back = tag("button", "‹", type="button", class_="back", data_close="one", aria_label="Back") if len(stack) > 1 else None
    closing = tag("button", "×", type="button", class_="cross", data_close="all", aria_label="Close")
    head = tag("header", back, tag("h2", content["title"]["text"], id="modal-title"), closing)
    notice = tag("p", view.notice, class_="notice", role="alert") if view.notice else None
    body = tag("div", notice, draw_blocks(view.blocks, _drawing(workspace, view)), class_="modal-body")
    submit = content.get("submit")
    cancel = tag(
        "button", (content.get("close") or {}).get("text", "Cancel" if submit else "Close"), type="button", class_="button", data_close="one"
    )
    send = tag("button", submit["text"], type="submit", class_="button primary", disabled=bool(content.get("submit_disabled"))) if submit else None
    foot = tag("footer", tag("span", workspace.bot.real_name, class_="by"), cancel, send)
    return tag("form", head, body, foot, class_="modal", data_view=view.id, data_hash=view.hash, data_kind="view", novalidate=True)


def draw_home(workspace: Workspace, person: str) -> Html:
    """A person's App Home; a word where the app has published none."""
    view = workspace.homes.get(person)
    if view is None:
        return tag("p", "The app has not published a home for you yet.", class_="empty")
    return tag("div", draw_blocks(view.blocks, _drawing(workspace, view)), class_="home", data_view=view.id, data_hash=view.hash, data_kind="view")


def _drawing(workspace: Workspace, view: View) -> Drawing:
    people, channels = offered(workspace)
    return Drawing(reader_of(workspace, view.user), view.state, view.errors, people, channels, scope=f"{view.id}-")
