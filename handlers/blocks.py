"""Block Kit vocabulary; pure.

Text from outside (titles, quotations, names, search words, file names) goes through ``plain`` or the rich_text parts, which Slack shows
letter for letter: no mention, link, emoji or formatting can come alive in them. ``mrkdwn`` is for our own words; whatever is put into it
passes ``escape``, and what would be formatted in it all the same goes out as rich_text or plain_text (``handlers.letters``). Limits are Slack's,
from its reference of blocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Literal, TypeGuard, overload
from urllib.parse import urlsplit

from bot.wording import dates, say

Block = dict[str, Any]
"""One Block Kit block, as Slack's JSON."""

MESSAGE_BLOCKS = 50
MESSAGE_CHARACTERS = 12_000
"""Slack fails near 13,200 characters in all blocks of a message (measured, not documented)."""
HEADER = 150
SECTION = 3_000
BUTTON_LABEL = 75
BUTTON_VALUE = 2_000
CONTEXT_ELEMENTS = 10
ACTIONS_ELEMENTS = 25
TABLE_ROWS, TABLE_COLUMNS = 100, 20
WORDS = 2_900
"""Characters of one stretch of rich text: a quotation with the sentence before it and its citation stays one message."""
WORDS_LINKED = 300
ADDRESS = 2_000
FALLBACK = 3_000
"""Characters of a message's top-level text, which notifications and screen readers use."""

Part = dict[str, Any]
"""One inline element of a rich_text section."""

# Characters that nobody sees but that reorder or hide text: bidirectional controls, zero-width characters, control characters,
# unpaired surrogates and tags.
_UNSEEN = re.compile(
    "[\u202a-\u202e\u2066-\u2069\u200b-\u200f\u2060\ufeff\u00ad"
    "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def clean(text: str) -> str:
    """The text without characters that nobody sees but that change what is seen."""
    return _UNSEEN.sub("", text)


_MARKS = "*_~`:>"
"""What mrkdwn formats by; it knows no escape for any of them."""
_DEAD = {mark: chr(0xE000 + ord(mark)) for mark in _MARKS}
_LETTERS = {dead: mark for mark, dead in _DEAD.items()}
_MARK = re.compile(f"[{_MARKS}{''.join(_LETTERS)}]")
_SENT = re.compile(f"[{''.join(_LETTERS)}]")
_EMOJI = re.compile(r":[^\s:/]+:")


def escape(text: str) -> str:
    """Outside text for mrkdwn: dead letters. Marks that would format stand in it as characters of private use until it is sent."""
    return _MARK.sub(_deadened, clean(text)).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _deadened(found: re.Match[str]) -> str:
    """A mark where it formats: at the edge of a word, not within it ("America/New_York")."""
    mark, text, at = found[0], found.string, found.start()
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    match mark:
        case "`":
            formats = True
        case ">":
            formats = before in ("", "\n")
        case ":":
            formats = _EMOJI.match(text, at) is not None
        case "*" | "_" | "~":
            opens = bool(after) and not after.isspace() and not _in_word(before)
            formats = opens or (bool(before) and not before.isspace() and not _in_word(after))
        case _:
            return ""  # a character of private use that is not ours
    return _DEAD[mark] if formats else mark


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def letters(text: str) -> str:
    """The same with its marks as they were written, for where nothing formats them."""
    return _SENT.sub(lambda dead: _LETTERS[dead[0]], text)


def has_marks(text: str) -> bool:
    """Whether marks of outside text stand in mrkdwn, which would format them."""
    return _SENT.search(text) is not None


def clip(text: str, limit: int) -> str:
    """At most ``limit`` characters, cut between words with an ellipsis."""
    text = clean(text).strip()
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    at = head.rfind(" ")
    return (head[:at] if at > limit // 2 else head).rstrip(" ,;:–—-") + "…"


def clip_escaped(text: str, limit: int) -> str:
    """Already escaped text, at most ``limit`` characters, never cut inside an entity or token."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    for opening, closing in (("&", ";"), ("<", ">")):
        at = head.rfind(opening)
        if at > head.rfind(closing) and limit - at < ADDRESS + WORDS_LINKED:
            head = head[:at]
    return head.rstrip() + "…"


def plain(text: str, limit: int = SECTION) -> Part:
    """A plain_text object; emoji codes in it stay letters."""
    return {"type": "plain_text", "text": clip(text, limit) or " ", "emoji": False}


def header(text: str) -> Block:
    """A large line."""
    return {"type": "header", "text": plain(text, HEADER)}


def section(text: str, accessory: Block | None = None) -> Block:
    """Our own words as mrkdwn; the caller escapes what comes from outside. Nothing in it is linked by itself."""
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": text[:SECTION] or " ", "verbatim": True}}
    return block | {"accessory": accessory} if accessory else block


def context(*texts: str) -> Block:
    """Small grey lines, shown letter for letter."""
    return {"type": "context", "elements": [plain(text, 300) for text in texts[:CONTEXT_ELEMENTS]]}


def moment(at: datetime) -> str:
    """A moment as mrkdwn, shown in the reader's own time zone."""
    at = at.astimezone(UTC)
    otherwise = say("date.moment", day=dates.day(at), time=f"{at:%H:%M}")
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{otherwise}>"


def context_mrkdwn(*texts: str) -> Block:
    """Small grey lines of our own words, for dates and links; the caller escapes."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True} for text in texts[:CONTEXT_ELEMENTS]]}


def divider() -> Block:
    """A thin rule."""
    return {"type": "divider"}


# --- rich_text --------------------------------------------------------------------------------------------------------


def text(words: str, *styles: Literal["bold", "italic", "strike", "code"]) -> Part:
    """Words shown letter for letter."""
    words = clean(words)
    part: Part = {"type": "text", "text": (words if len(words) <= WORDS else clip(words, WORDS)) or " "}
    return part | {"style": dict.fromkeys(styles, True)} if styles else part


def is_web(url: str | None) -> TypeGuard[str]:
    """Whether it is an address that a browser should open."""
    if not url or len(url) > ADDRESS or url != clean(url) or any(letter.isspace() or letter in "<>|" for letter in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.hostname)


def link(url: str | None, words: str, *styles: Literal["bold", "italic"]) -> Part:
    """A link to a web address; plain text when the address is none that a browser should open."""
    words = clip(words, WORDS_LINKED)
    if not is_web(url):
        return text(words, *styles)
    part: Part = {"type": "link", "url": url, "text": words or " "}
    return part | {"style": dict.fromkeys(styles, True)} if styles else part


def line(*parts: Part) -> Part:
    """A rich_text section."""
    return {"type": "rich_text_section", "elements": list(parts)}


def quote(*parts: Part) -> Part:
    """A quotation with a bar at its side."""
    return {"type": "rich_text_quote", "elements": list(parts)}


def preformatted(words: str) -> Part:
    """Letters of one width, line by line."""
    return {"type": "rich_text_preformatted", "elements": [text(words)]}


def bullets(*lines: Part, ordered: bool = False, indent: int = 0) -> Part:
    """A list of ``line``s."""
    return {"type": "rich_text_list", "style": "ordered" if ordered else "bullet", "indent": indent, "elements": list(lines)}


def rich(*elements: Part) -> Block:
    """A rich_text block of lines, quotations and lists."""
    return {"type": "rich_text", "elements": list(elements)}


def table(*rows: Iterable[str], right: Iterable[int] = ()) -> Block:
    """Rows of plain cells, the first of them the head; ``right`` names the columns of numbers. At most one in a message."""
    cells = [[{"type": "raw_text", "text": clip(cell, 200) or " "} for cell in list(row)[:TABLE_COLUMNS]] for row in rows]
    block: Block = {"type": "table", "rows": cells[:TABLE_ROWS]}
    numbers = set(right)
    if numbers:
        block["column_settings"] = [{"align": "right" if column in numbers else "left"} for column in range(len(cells[0]))]
    return block


# --- things to press --------------------------------------------------------------------------------------------------


def button(label: str, action: str, value: str = "", *, style: Literal["primary", "danger"] | None = None, url: str | None = None) -> Block:
    """A button; ``action`` is a key of handlers.ACTIONS, ``value`` travels as ``Request.context``."""
    element: Block = {"type": "button", "text": plain(label, BUTTON_LABEL), "action_id": action}
    if value:
        element["value"] = value[:BUTTON_VALUE]
    if style:
        element["style"] = style
    if url:
        element["url"] = url
    return element


def menu(label: str, action: str, options: list[Block]) -> Block:
    """A menu to choose one of some from; the chosen option's value travels as ``Request.context``."""
    return {"type": "static_select", "action_id": action, "placeholder": plain(label, HEADER), "options": options}


def actions(*elements: Block) -> Block:
    """A row of buttons and menus."""
    return {"type": "actions", "elements": list(elements[:ACTIONS_ELEMENTS])}


def feedback(action: str, answer: str) -> Block:
    """Thumbs up and down; ``+|answer`` or ``-|answer`` travels as ``Request.context``."""

    def thumb(label: str, sign: str, spoken: str) -> Part:
        return {"text": plain(label, BUTTON_LABEL), "value": f"{sign}|{answer}"[:BUTTON_VALUE], "accessibility_label": spoken}

    element = {
        "type": "feedback_buttons",
        "action_id": action,
        "positive_button": thumb(say("button.useful"), "+", say("button.useful_spoken")),
        "negative_button": thumb(say("button.not_useful"), "-", say("button.not_useful_spoken")),
    }
    return {"type": "context_actions", "elements": [element]}


# --- the whole message ------------------------------------------------------------------------------------------------


def weight(block: Any) -> int:
    """Characters that count against a message's size: every string under text, url, value and alt_text."""
    if isinstance(block, dict):
        return sum(len(v) if isinstance(v, str) and k in ("text", "url", "value", "alt_text") else weight(v) for k, v in block.items())
    if isinstance(block, list | tuple):
        return sum(weight(item) for item in block)
    return 0


def fit(blocks: Iterable[Block], reserve: tuple[Block, ...] = ()) -> tuple[Block, ...]:
    """As many whole blocks as one message takes, ``reserve`` (buttons, feedback) always behind them."""
    room = MESSAGE_CHARACTERS - weight(reserve)
    kept: list[Block] = []
    for block in blocks:
        room -= weight(block)
        if room < 0 or len(kept) + len(reserve) >= MESSAGE_BLOCKS:
            break
        kept.append(block)
    return (*kept, *reserve)


Item = tuple[Block, ...]
"""Blocks that stay together."""

UNDER_CHARACTERS, UNDER_BLOCKS = 2_700, 4
"""Room kept for what stands under an answer: three buttons that carry an ask, feedback, who shared it."""


class Later(Sequence[Item]):
    """Items that are built when they are looked at: a page shows four of a hundred."""

    def __init__(self, makers: Sequence[Callable[[], Item]]) -> None:
        self._makers = makers
        self._built: dict[int, Item] = {}

    def __len__(self) -> int:
        return len(self._makers)

    @overload
    def __getitem__(self, at: int) -> Item: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Item]: ...

    def __getitem__(self, at: int | slice) -> Item | Sequence[Item]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        if at not in self._built:
            self._built[at] = self._makers[at]()
        return self._built[at]


def turn(items: Sequence[Item], page: int, most: int, above: Iterable[Block] = ()) -> tuple[tuple[Block, ...], int]:
    """One page: the blocks ``above``, then at most ``most`` whole items that still fit; and how many items come after it.

    Pages are counted out from the first, so that a page begins where the one before ended. Past the end the last page is given.
    """
    head = list(above)
    room, count = MESSAGE_CHARACTERS - UNDER_CHARACTERS - weight(head), MESSAGE_BLOCKS - UNDER_BLOCKS - len(head)
    start, number = 0, 0
    while True:
        end, used, blocks = start, 0, 0
        while end < len(items) and end - start < most:
            used, blocks = used + weight(items[end]), blocks + len(items[end])
            if end > start and (used > room or blocks > count):
                break
            end += 1
        if number == page or end >= len(items):
            shown = [block for item in items[start:end] for block in item]
            return (*head, *shown), len(items) - end
        start, number = end, number + 1


# --- as words ---------------------------------------------------------------------------------------------------------


def spoken(blocks: Iterable[Block]) -> str:
    """What a message says, a line for each block, escaped: for notifications and screen readers. Buttons are not read out."""
    return "\n".join(line for block in blocks for line in _said(block) if line.strip())


def _said(block: Block) -> Iterator[str]:
    match block["type"]:
        case "rich_text":
            yield from (_inline(element) for element in block["elements"])
        case "section" | "header":
            yield _worded(block.get("text"))
            yield from (_worded(one) for one in block.get("fields", ()))
        case "context":
            yield " · ".join(_worded(one) for one in block["elements"] if one["type"] != "image")
        case "table":
            yield from (", ".join(escape(cell.get("text", "")).strip() for cell in row) for row in block["rows"])
        case "image":
            yield escape(block["alt_text"])


def _worded(one: Part | None) -> str:
    if one is None:
        return ""
    return str(one["text"]) if one["type"] == "mrkdwn" else escape(one["text"])


def _inline(element: Part) -> str:
    if element["type"] == "rich_text_list":
        return "\n".join(f"• {_inline(line)}" for line in element["elements"])
    return "".join(_inline(part) if "elements" in part else escape(part.get("text", "")) for part in element["elements"]).strip()
