"""Link previews: for pieces of this workspace's library, and for nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from bot.wording import say
from handlers import blocks, buttons, cards, summary
from handlers.answer import Deps
from handlers.blocks import Block

MOST = 5
"""Previews under one message: more would be a wall."""


def of(team: str, urls: Iterable[str], deps: Deps) -> dict[str, dict[str, list[Block]]]:
    """The preview of every link that leads to a piece of the library."""
    previews = {}
    for url in list(dict.fromkeys(urls))[:MOST]:
        piece = deps.store.articles.find(team, url)
        if piece is not None:
            thesis = summary.summary_of(team, piece, deps).thesis
            shown = [*cards.piece_card(piece), *(blocks.rich(*cards.quoted(line)) for line in thesis)]
            shown.append(blocks.actions(buttons.ask_button(say("button.key_points"), "/summary", f"#{piece.id}")))
            previews[url] = {"blocks": shown}
    return previews
