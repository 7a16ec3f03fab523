"""How a digest looks: one message to be read in a minute, and what stands in its thread."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.models import Line
from bot.records import Cadence
from bot.schedule import described, zone
from bot.wording import dates, say
from handlers import blocks, cards
from handlers.blocks import Block, Part

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
    left = (blocks.context(say("digest_card.unlisted", pieces=digest.unlisted)),) if digest.unlisted else ()
    return say("digest_card.rest", pieces=more), blocks.fit(shown, left)


def introduction(digest: Digest) -> str:
    """What a first digest says of itself; mrkdwn."""
    order = digest.subscription
    if order.cadence is Cadence.INSTANT:
        return say("digest_card.introduction_instant")
    return say("digest_card.introduction", when=_sentence(described(order)))


def moment(when: datetime, where: str) -> str:
    """For example "Monday 16 November": on the subscriber's calendar."""
    return dates.weekday(when.astimezone(zone(where)))


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]


def _headline(digest: Digest) -> str:
    order = digest.subscription
    if order.cadence is Cadence.INSTANT:
        return say("digest_card.just_added", pieces=digest.counted)
    return say("digest_card.since", pieces=digest.counted, day=moment(digest.since, order.zone))


def _reach(digest: Digest) -> str:
    """How much of what, on one line."""
    issue = digest.groups[0].issue if digest.only_issue and digest.groups else None
    if issue:
        reach = say("digest_card.reach_on", issue=issue.name, authors=digest.authors)
        reach = reach if digest.authors else say("digest_card.reach_unsigned_on", issue=issue.name)
    else:
        reach = say("digest_card.reach_by", authors=digest.authors) if digest.authors else say("digest_card.reach_unsigned")
    return say("digest_card.reach_in", reach=reach, outlets=digest.outlets) if digest.outlets else reach


def _apology(digest: Digest, due: datetime) -> str:
    local = due.astimezone(zone(digest.subscription.zone))
    return say("digest_card.late", day=moment(due, digest.subscription.zone), time=f"{local:%H:%M}")


def _heading(group: Group, digest: Digest, *, more: bool = False) -> Block:
    count = say("counted.more_piece", n=len(group.lines)) if more else say("counted.new_piece", n=group.counted)
    return blocks.rich(blocks.line(blocks.text(_name(group), "bold"), blocks.text(f" — {count}")))


def _name(group: Group) -> str:
    return group.issue.name if group.issue else say("digest_card.no_issue")


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
    label = say("digest_card.disagree_over", name=pair.over) if pair.over else say("digest_card.disagree")
    return [blocks.rich(blocks.line(blocks.text(label, "italic"))), _quoted(pair.left), _quoted(pair.right)]


def _then_now(digest: Digest) -> list[Block]:
    if digest.then_now is None:
        return []
    then = digest.then_now.then
    writer = cards.byline(digest.then_now.now.piece)
    head = blocks.line(blocks.text(say("digest_card.held_before", author=writer), "bold"), blocks.text(f" — {digest.then_now.issue.name}"))
    return [blocks.rich(head), _quoted(then)]


def _voices(digest: Digest) -> list[Block]:
    if not digest.voices:
        return []
    named = ", ".join(f"{name} ({outlet})" if outlet else name for name, outlet in digest.voices)
    more = digest.newcomers - len(digest.voices)
    voices = blocks.clip(named, 600)
    voices = say("digest_card.voices_more", voices=voices, more=more) if more > 0 else voices
    return [blocks.rich(blocks.line(blocks.text(say("digest_card.new_voices", n=digest.newcomers), "bold"), blocks.text(f" {voices}")))]


def _chart(bars: tuple[Bar, ...]) -> list[Block]:
    """Bars of letters: no picture to load, and read out as names and numbers."""
    if len(bars) < 2:
        return []
    most = max(bar.counted for bar in bars)
    width = max(len(blocks.clip(bar.name, NAME)) for bar in bars)
    rows = [f"{blocks.clip(bar.name, NAME):<{width}}  {'▇' * max(1, round(BAR * bar.counted / most))} {bar.counted}" for bar in bars]
    return [blocks.rich({"type": "rich_text_preformatted", "elements": [blocks.text("\n".join(rows))]})]


def _table(bars: tuple[Bar, ...]) -> Block:
    head = (say("digest_card.issue"), say("digest_card.new"), say("digest_card.before"))
    rows = [head, *((bar.name, str(bar.counted), str(bar.before)) for bar in bars)]
    cells = [[{"type": "raw_text", "text": blocks.clip(cell, 200)} for cell in row] for row in rows]
    return {"type": "table", "rows": cells, "column_settings": [{"align": "left"}, {"align": "right"}, {"align": "right"}]}


def _footer(digest: Digest) -> str:
    order = digest.subscription
    parts = [say("digest_card.more_in_thread")] if digest.rest else []
    parts.append(_sentence(described(order)) if order.cadence is not Cadence.INSTANT else say("digest_card.notice"))
    if order.id:
        parts.append(say("digest_card.number", number=order.id))
    return " · ".join(parts) + " · /digest help"


def _spoken(digest: Digest) -> str:
    """The message in words, escaped."""
    said = [say("digest_card.spoken_headline", headline=_headline(digest))]
    for group in digest.groups:
        name = _name(group)
        if pair := group.contrast:
            left, right = (say("digest_card.spoken_side", words=line.text, author=cards.byline(line.piece)) for line in (pair.left, pair.right))
            said.append(say("digest_card.spoken_disagree", issue=name, left=left, right=right))
        for line in group.lines:
            author, outlet = cards.byline(line.piece), cards.outlet(line.piece)
            said.append(say("digest_card.spoken_line", issue=name, words=line.text, author=author, outlet=outlet))
    if digest.bars:
        said.append(say("digest_card.spoken_bars", issues=", ".join(f"{bar.name} {bar.counted}" for bar in digest.bars)))
    return blocks.letters(blocks.escape(blocks.clip("\n".join(said), SPOKEN)))
