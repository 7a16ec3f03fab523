"""How a digest looks: one message to be read in a minute, and what stands in its thread."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.models import Line
from bot.records import Cadence
from bot.schedule import DAY_NAMES, DAYS, described, zone
from handlers import blocks, cards
from handlers.blocks import Block, Part
from handlers.cards import counted

if TYPE_CHECKING:
    from bot.digest import Bar, Digest, Group

BAR = 7
"""Longest bar in characters; with a name of at most NAME it fits a phone's line."""
NAME = 24
SPOKEN = 3_000
"""Characters of the text for notifications and screen readers."""


def message(digest: Digest) -> tuple[str, tuple[Block, ...]]:
    """The message itself: its words for notifications and screen readers, and its blocks."""
    shown: list[Block] = [blocks.header(_headline(digest)), blocks.context(_reach(digest))]
    if digest.late and digest.due_at:
        shown.append(blocks.context(_apology(digest, digest.due_at)))
    if digest.first:
        shown.append(blocks.section(introduction(digest)))
    for group in digest.groups:
        shown.append(_heading(group, digest))
        shown += [*_disagreement(group), *(_quoted(line) for line in group.lines)]
    shown += [*_then_now(digest), *_voices(digest), *_chart(digest.bars)]
    return _spoken(digest), blocks.fit(shown, (blocks.context(_footer(digest)),))


def details(digest: Digest) -> tuple[str, tuple[Block, ...]] | None:
    """The rest, for the thread: the issues in numbers and further pieces; None when the message said it all."""
    if not digest.rest:
        return None
    shown: list[Block] = []
    if len(digest.bars) > 1:
        shown.append(_table(digest.bars))
    for group in digest.rest:
        shown.append(_heading(group, digest, more=True))
        shown += [_quoted(line) for line in group.lines]
    more = sum(len(group.lines) for group in digest.rest)
    left = (blocks.context(f"And {counted(digest.unlisted, 'more piece')}: /library list shows them all."),) if digest.unlisted else ()
    return f"{counted(more, 'more piece')} of this digest", blocks.fit(shown, left)


def introduction(digest: Digest) -> str:
    """What a first digest says of itself; mrkdwn."""
    order = digest.subscription
    if order.cadence is Cadence.INSTANT:
        return "From now on I say here when a piece like these is added, at most once in five minutes. `/digest` changes or stops it."
    return (
        f"This is the first one. {_sentence(described(order))} I post here what is new in the library: by issue, one sentence each in its "
        "author's own words, the rest in the thread. When nothing is new, I stay silent. `/digest` changes or stops it."
    )


def moment(when: datetime, where: str) -> str:
    """For example "Monday 16 November": on the subscriber's calendar."""
    local = when.astimezone(zone(where))
    return f"{DAY_NAMES[DAYS[local.weekday()]]} {local.day} {local:%B}"


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]


def _headline(digest: Digest) -> str:
    order = digest.subscription
    if order.cadence is Cadence.INSTANT:
        return f"Just added: {counted(digest.counted, 'piece')}"
    return f"{counted(digest.counted, 'new piece')} since {moment(digest.since, order.zone)}"


def _reach(digest: Digest) -> str:
    """How much of what, on one line."""
    parts = []
    if digest.only_issue and digest.groups and digest.groups[0].issue:
        parts.append(f"On {digest.groups[0].issue.name}")
    parts.append(f"by {counted(digest.authors, 'author')}" if digest.authors else "by authors not stated")
    if digest.outlets:
        parts.append(f"in {counted(digest.outlets, 'outlet')}")
    return _sentence(" ".join(parts))


def _apology(digest: Digest, due: datetime) -> str:
    local = due.astimezone(zone(digest.subscription.zone))
    return (
        f"This was due on {moment(due, digest.subscription.zone)} at {local:%H:%M}. I was not running then; it covers everything up to now, "
        "so nothing is missing."
    )


def _heading(group: Group, digest: Digest, *, more: bool = False) -> Block:
    name = group.issue.name if group.issue else "Filed under no issue"
    count = f" — {counted(len(group.lines), 'more piece')}" if more else f" — {counted(group.counted, 'new piece')}"
    return blocks.rich(blocks.line(blocks.text(name, "bold"), blocks.text(count)))


def _quoted(line: Line) -> Block:
    return blocks.rich(*cards.quoted(line, where=False), _cited(line))


def _cited(line: Line) -> Part:
    """For example "Ada Venn · The Tidewater Review · 1 April 2025 · On Rent", the title linked."""
    piece = line.piece
    about = f"{cards.byline(piece)} · {cards.outlet(piece)} · {cards.dated(piece)} · "
    return blocks.line(blocks.text(about), blocks.link(piece.url.value, cards.title(piece)), blocks.text(f" · #{piece.id}"))


def _disagreement(group: Group) -> list[Block]:
    pair = group.contrast
    if pair is None:
        return []
    over = f", over {pair.over}:" if pair.over else ":"
    label = blocks.line(blocks.text("Where they disagree" + over, "italic"))
    return [blocks.rich(label), _quoted(pair.left), _quoted(pair.right)]


def _then_now(digest: Digest) -> list[Block]:
    if digest.then_now is None:
        return []
    then = digest.then_now.then
    writer = cards.byline(digest.then_now.now.piece)
    head = blocks.line(blocks.text(f"What {writer} held before", "bold"), blocks.text(f" — {digest.then_now.issue.name}"))
    return [blocks.rich(head), _quoted(then)]


def _voices(digest: Digest) -> list[Block]:
    if not digest.voices:
        return []
    named = ", ".join(f"{name} ({outlet})" if outlet else name for name, outlet in digest.voices)
    more = f" and {digest.newcomers - len(digest.voices)} more" if digest.newcomers > len(digest.voices) else ""
    label = "New voice: " if digest.newcomers == 1 else "New voices: "
    return [blocks.rich(blocks.line(blocks.text(label, "bold"), blocks.text(blocks.clip(named, 600) + more)))]


def _chart(bars: tuple[Bar, ...]) -> list[Block]:
    """Bars of letters: no picture to load, and read out as names and numbers."""
    if len(bars) < 2:
        return []
    most = max(bar.counted for bar in bars)
    width = max(len(blocks.clip(bar.name, NAME)) for bar in bars)
    rows = [f"{blocks.clip(bar.name, NAME):<{width}}  {'▇' * max(1, round(BAR * bar.counted / most))} {bar.counted}" for bar in bars]
    return [blocks.rich({"type": "rich_text_preformatted", "elements": [blocks.text("\n".join(rows))]})]


def _table(bars: tuple[Bar, ...]) -> Block:
    rows = [("Issue", "New", "Period before"), *((bar.name, str(bar.counted), str(bar.before)) for bar in bars)]
    cells = [[{"type": "raw_text", "text": blocks.clip(cell, 200)} for cell in row] for row in rows]
    return {"type": "table", "rows": cells, "column_settings": [{"align": "left"}, {"align": "right"}, {"align": "right"}]}


def _footer(digest: Digest) -> str:
    order = digest.subscription
    parts = ["More in the thread"] if digest.rest else []
    parts.append(_sentence(described(order)) if order.cadence is not Cadence.INSTANT else "Notice of new pieces")
    if order.id:
        parts.append(f"digest #{order.id}")
    return " · ".join(parts) + " · /digest help"


def _spoken(digest: Digest) -> str:
    """The message in words, escaped."""
    said = [f"{_headline(digest)}."]
    for group in digest.groups:
        name = group.issue.name if group.issue else "Filed under no issue"
        if pair := group.contrast:
            sides = " Against that: ".join(f"“{line.text}” — {cards.byline(line.piece)}." for line in (pair.left, pair.right))
            said.append(f"{name}, where they disagree: {sides}")
        said += [f"{name}: “{line.text}” — {cards.byline(line.piece)}, {cards.outlet(line.piece)}." for line in group.lines]
    if digest.bars:
        said.append("By issue: " + ", ".join(f"{bar.name} {bar.counted}" for bar in digest.bars) + ".")
    return blocks.escape(blocks.clip("\n".join(said), SPOKEN))
