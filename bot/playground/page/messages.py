"""Messages, threads and channels as HTML."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.playground.dates import show_date
from bot.playground.emoji import EMOJI
from bot.playground.initial import initial_state
from bot.playground.page.blocks import draw_blocks
from bot.playground.page.controls import Drawing
from bot.playground.page.markup import Html, join, tag
from bot.playground.page.richtext import draw_link, draw_mrkdwn
from bot.playground.plain import Reader
from bot.playground.records import SLACKBOT, File, Message
from bot.playground.workspace import Workspace

#: messages of one person within five minutes stand under one name
TOGETHER_SECONDS = 300
#: what Slack shows in place; other files are a name with a size
PICTURES = ("image/png", "image/jpeg", "image/gif")


def reader_of(workspace: Workspace, person: str) -> Reader:
    """With whose eyes a page is drawn."""
    names = {one.id: one.real_name for one in workspace.people.values()} | {SLACKBOT: "Slackbot"}
    names |= {one.id: one.name for one in workspace.channels.values() if not one.direct}
    return Reader(names, workspace.people[person].tz, workspace.sequence.clock(), person)


def draw_channel(workspace: Workspace, channel: str, person: str) -> Html:
    """What a person sees in a channel: threads folded to their first message."""
    seen = workspace.seen_by(person, channel)
    shown = [message for message in seen if not message.reply or message.broadcast]
    # an ephemeral answer in a thread has no place of its own in the channel
    return _draw(workspace, shown, person, seen)


def draw_thread(workspace: Workspace, channel: str, thread_ts: str, person: str) -> Html:
    """One thread with its first message."""
    seen = [one for one in workspace.seen_by(person, channel) if thread_ts in (one.ts, one.thread_ts)]
    drawn = _draw(workspace, seen, person, ())
    status = workspace.assistants.get((channel, thread_ts), {}).get("status")
    return join([drawn, tag("p", status, class_="status", data_key="status", data_version=status) if status else None])


def _draw(workspace: Workspace, messages: Sequence[Message], person: str, everything: Sequence[Message]) -> Html:
    reader = reader_of(workspace, person)
    replies: dict[str, list[Message]] = {}
    for message in everything:
        if message.reply and message.thread_ts:
            replies.setdefault(message.thread_ts, []).append(message)
    drawn, before, day = [], None, ""
    for message in messages:
        today = _day(message, reader)
        if today != day:
            drawn.append(tag("div", tag("span", today), class_="day", role="separator", data_key=f"day-{today}", data_version=today))
            before, day = None, today
        drawn.append(draw_message(workspace, message, reader, before, replies.get(message.ts, [])))
        before = message
    return join(drawn)


def draw_message(workspace: Workspace, message: Message, reader: Reader, before: Message | None, replies: Sequence[Message]) -> Html:
    """One message; it stands without a name of its own where the one before is of the same person."""
    together = (
        before is not None
        and before.user == message.user
        and not message.ephemeral  # each private answer is to a question that nobody sees
        and not before.ephemeral
        and float(message.ts) - float(before.ts) < TOGETHER_SECONDS
    )
    name = reader.name(message.user)
    moment = show_date(int(float(message.ts)), "{time}", reader.tz, reader.now)
    bot = message.bot_id is not None
    head = tag(
        "header",
        tag("b", name, class_="name"),
        tag("span", "APP", class_="app") if bot else None,
        tag("a", tag("time", moment), class_="moment", href=_link(message)),
    )
    body = [
        tag("div", "Only visible to you", class_="only") if message.ephemeral else None,
        None if together else head,
        tag("div", _content(workspace, message, reader), class_="content"),
        *(_file(file) for file in message.files),
        _reactions(message, reader),
        _replies(message, replies, reader),
    ]
    classes = ["message", *(["together"] if together else []), *(["ephemeral"] if message.ephemeral else [])]
    avatar = tag("time", moment, class_="aside") if together else draw_avatar(workspace, message.user, reader)
    inner = join([avatar, tag("div", *body, class_="main"), _tools(message)])
    version = hashlib.blake2b(inner.encode(), digest_size=8).hexdigest()
    return tag(
        "article",
        inner,
        class_=" ".join(classes),
        data_key=f"m-{message.ts}",
        data_version=version,
        data_channel=message.channel,
        data_ts=message.ts,
        data_thread=message.thread_ts or message.ts,
        data_kind="ephemeral" if message.ephemeral else "message",
        tabindex="0",
        aria_label=f"{name}, {moment}",
    )


def draw_avatar(workspace: Workspace, user: str, reader: Reader) -> Html:
    """Initials on a colour; the bot has our own mark."""
    if user == workspace.bot.id:
        return tag("span", class_="avatar bot", aria_hidden="true")
    name = reader.name(user)
    initials = "".join(word[0] for word in name.split()[:2]).upper()
    return tag("span", initials, class_=f"avatar shade-{shade_of(user)}", aria_hidden="true")


def shade_of(user: str) -> int:
    """One of six colours, the same for a person everywhere."""
    return sum(map(ord, user)) % 6


def _content(workspace: Workspace, message: Message, reader: Reader) -> Html:
    drawing = Drawing(reader, {**initial_state(message.blocks), **message.state}, {}, *offered(workspace), scope=f"m{message.ts.replace('.', '')}-")
    parts = [draw_blocks(message.blocks, drawing) if message.blocks else draw_mrkdwn(message.text, reader)]
    if message.edited and not message.blocks:
        parts.append(tag("span", "(edited)", class_="edited"))
    for preview in message.attachments:
        inside = draw_blocks(preview.get("blocks", []), drawing)
        if not inside:
            title = preview.get("title", "")
            link = preview.get("title_link")
            heading = draw_link(link, title) if link else tag("span", title)
            inside = join([tag("b", heading) if title else None, draw_mrkdwn(str(preview.get("text", "")), reader)])
        parts.append(tag("div", inside, class_="preview"))
    if message.edited and message.blocks:
        parts.append(tag("span", "(edited)", class_="edited"))
    return join(parts)


def offered(workspace: Workspace) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """People and channels for selects: ids with names."""
    people = tuple((one.id, one.real_name) for one in workspace.people.values() if one.bot_id is None)
    channels = tuple((one.id, one.name) for one in workspace.channels.values() if not one.direct and not one.archived)
    return people, channels


def _file(file: File) -> Html:
    if file.mimetype in PICTURES:
        picture = tag("img", src=f"/page/file/{file.id}", alt=file.title, class_="full")
        return tag("figure", tag("figcaption", file.title), picture, class_="block image")
    size = f"{max(1, len(file.content) // 1024)} kB"
    kind = file.name.rpartition(".")[2].upper()[:4]
    return tag(
        "div",
        tag("span", kind, class_="sort", aria_hidden="true"),
        tag("span", tag("b", file.title), tag("small", f"{kind} · {size}")),
        class_="file",
    )


def _reactions(message: Message, reader: Reader) -> Html | None:
    if not message.reactions:
        return None
    drawn = []
    for name, users in message.reactions.items():
        who = ", ".join(reader.name(user) for user in users)
        mine = "true" if reader.me in users else "false"
        drawn.append(
            tag(
                "button",
                EMOJI.get(name, f":{name}:"),
                " ",
                str(len(users)),
                type="button",
                class_="reaction",
                data_react=name,
                aria_pressed=mine,
                title=f"{who} reacted with :{name}:",
            )
        )
    return tag("div", *drawn, class_="reactions")


def _replies(message: Message, replies: Sequence[Message], reader: Reader) -> Html | None:
    if not replies:
        return None
    last = show_date(int(float(replies[-1].ts)), "{time}", reader.tz, reader.now)
    words = "1 reply" if len(replies) == 1 else f"{len(replies)} replies"
    return tag("button", tag("b", words), " ", tag("span", f"Last reply {last}"), type="button", class_="replies", data_open_thread=message.ts)


def _tools(message: Message) -> Html:
    if message.ephemeral:
        dismiss = tag("button", "Dismiss", type="button", data_dismiss=True)
        return tag("div", dismiss, class_="tools")
    quick = [
        tag("button", EMOJI[name], type="button", data_react=name, title=f":{name}:", aria_label=f"React with {name.replace('_', ' ')}")
        for name in ("white_check_mark", "eyes", "raised_hands")
    ]
    thread = tag(
        "button", "Reply", type="button", data_open_thread=message.thread_ts or message.ts, title="Reply in thread", aria_label="Reply in thread"
    )
    more = tag(
        "button",
        "⋯",
        type="button",
        data_message_menu=True,
        title="More actions",
        aria_label="More actions",
        aria_haspopup="menu",
        aria_expanded="false",
    )
    return tag("div", *quick, thread, tag("span", more, class_="with-menu"), class_="tools", role="toolbar", aria_label="Message actions")


def _link(message: Message) -> str:
    return f"/archives/{message.channel}/p{message.ts.replace('.', '')}"


def _day(message: Message, reader: Reader) -> str:
    moment = datetime.fromtimestamp(float(message.ts), ZoneInfo(reader.tz))
    shown = show_date(int(moment.timestamp()), "{day_divider_pretty}", reader.tz, reader.now)
    return shown[:1].upper() + shown[1:]
