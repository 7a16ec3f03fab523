"""mrkdwn, Slack's markup, read into the elements of rich_text, so that one renderer draws both."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.playground.emoji import EMOJI
from bot.playground.escapes import unescape
from bot.playground.records import Json

_ANGLE = re.compile(r"<([^<>]+)>")
_EMOJI = re.compile(r":([a-z0-9_+\-]+):")
_BARE = re.compile(r"https?://[^\s<>|]*[^\s<>|.,;:!?)'\"\]]")
_MARKS = {"*": "bold", "_": "italic", "~": "strike"}


def parse(text: str, *, verbatim: bool = False) -> list[Json]:
    """The rich_text containers that a mrkdwn text amounts to: sections, quotes, preformatted."""
    parts: list[Json] = []
    for index, piece in enumerate(re.split(r"```\n?(.*?)\n?```", text, flags=re.DOTALL)):
        if index % 2:
            parts.append({"type": "rich_text_preformatted", "elements": [{"type": "text", "text": unescape(piece)}]})
        elif piece:
            parts.extend(_lines(piece, verbatim))
    return parts


def inline(text: str, *, verbatim: bool = False) -> list[Json]:
    """The pieces of one run of text: styled text, links, mentions, dates, emoji."""
    return list(_styled(text, {}, verbatim))


def _lines(text: str, verbatim: bool) -> Iterator[Json]:
    run: list[str] = []
    quoted = False
    rest_quoted = False
    for line in text.split("\n"):
        marked = line.startswith("&gt;") or (line.startswith(">") and not rest_quoted)
        is_quote = marked or rest_quoted
        if line.startswith(("&gt;&gt;&gt;", ">>>")):
            rest_quoted = True
            line = line.replace("&gt;&gt;&gt;", "", 1).removeprefix(">>>").lstrip()
        elif marked:
            line = (line[4:] if line.startswith("&gt;") else line[1:]).removeprefix(" ")
        if is_quote != quoted and run:
            yield _container(run, quoted, verbatim)
            run = []
        quoted = is_quote
        run.append(line)
    if run:
        yield _container(run, quoted, verbatim)


def _container(run: list[str], quoted: bool, verbatim: bool) -> Json:
    kind = "rich_text_quote" if quoted else "rich_text_section"
    return {"type": kind, "elements": inline("\n".join(run), verbatim=verbatim)}


def _styled(text: str, style: dict[str, bool], verbatim: bool) -> Iterator[Json]:
    at = start = 0
    while at < len(text):
        character = text[at]
        if character == "<":
            match = _ANGLE.match(text, at)
            if match:
                yield from _plain(text[start:at], style, verbatim)
                yield _special(match.group(1), style)
                at = start = match.end()
                continue
        elif character == "`":
            end = text.find("`", at + 1)
            if end > at + 1 and "\n" not in text[at:end]:
                yield from _plain(text[start:at], style, verbatim)
                inner = unescape(text[at + 1 : end])
                yield {"type": "text", "text": inner, "style": {**style, "code": True}}
                at = start = end + 1
                continue
        elif character in _MARKS and _opens(text, at):
            closing = _closing(text, at)
            if closing:
                yield from _plain(text[start:at], style, verbatim)
                yield from _styled(text[at + 1 : closing], {**style, _MARKS[character]: True}, verbatim)
                at = start = closing + 1
                continue
        at += 1
    yield from _plain(text[start:], style, verbatim)


def _opens(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    return not before.isalnum() and not after.isspace() and after != text[at]


def _closing(text: str, at: int) -> int | None:
    mark = text[at]
    depth = 0
    for end in range(at + 1, len(text)):
        if text[end] == "\n":
            return None
        if text[end] == "<":
            depth += 1
        elif text[end] == ">":
            depth = max(0, depth - 1)
        elif text[end] == mark and not depth and end > at + 1 and not text[end - 1].isspace():
            after = text[end + 1] if end + 1 < len(text) else " "
            if not after.isalnum():
                return end
    return None


def _plain(text: str, style: dict[str, bool], verbatim: bool) -> Iterator[Json]:
    at = 0
    pattern = _EMOJI if verbatim else re.compile(f"{_EMOJI.pattern}|{_BARE.pattern}")
    for match in pattern.finditer(text):
        is_link = match.group().startswith("http")
        if not is_link and match.group(1) not in EMOJI:
            continue
        if match.start() > at:
            yield _text(text[at : match.start()], style)
        if is_link:
            yield _with({"type": "link", "url": unescape(match.group())}, style)
        else:
            yield {"type": "emoji", "name": match.group(1)}
        at = match.end()
    if at < len(text):
        yield _text(text[at:], style)


def _text(text: str, style: dict[str, bool]) -> Json:
    return _with({"type": "text", "text": unescape(text)}, style)


def _with(piece: Json, style: dict[str, bool]) -> Json:
    return {**piece, "style": style} if style else piece


def _special(inside: str, style: dict[str, bool]) -> Json:
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        return _with({"type": "user", "user_id": target[1:]}, style)
    if target.startswith("#"):
        return _with({"type": "channel", "channel_id": target[1:]}, style)
    if target.startswith("!date^"):
        _, timestamp, form, *link = [*target.split("^"), ""]
        date: Json = {
            "type": "date",
            "timestamp": int(timestamp) if timestamp.isdigit() else 0,
            "format": unescape(form),
            "fallback": unescape(label),
        }
        return _with(date | ({"url": link[0]} if link[0] else {}), style)
    if target.startswith("!subteam^"):
        return _with({"type": "usergroup", "usergroup_id": target[9:]}, style)
    if target.startswith("!"):
        return _with({"type": "broadcast", "range": target[1:]}, style)
    anchor: Json = {"type": "link", "url": unescape(target)}
    return _with(anchor | ({"text": unescape(label)} if label else {}), style)
