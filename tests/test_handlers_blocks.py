"""Everything from outside is dead text, and no message exceeds Slack's limits."""

import json
import string

from hypothesis import given
from hypothesis import strategies as st

from handlers import blocks

HOSTILE = ["<!channel>", "<@U123>", "<http://x|y>", "*b*", "\u202egpj.exe", "a\u200bb", ":skull:", "@here", "&lt;!here&gt;"]


def test_escaped_text_has_no_live_token() -> None:
    for text in HOSTILE:
        assert "<" not in blocks.escape(text)
    assert blocks.escape("&lt;!here&gt;") == "&amp;lt;!here&amp;gt;"


def test_only_web_addresses_become_links() -> None:
    for url in ("javascript:alert(1)", "data:text/html,x", "slack://x", "", None, "http://"):
        assert blocks.link(url, "x")["type"] == "text"
    assert blocks.link("https://a.example/x", "x")["type"] == "link"


@given(st.text(max_size=400), st.integers(5, 120))
def test_clip_keeps_the_limit_and_hides_nothing_unseen(text: str, limit: int) -> None:
    clipped = blocks.clip(text, limit)
    assert len(clipped) <= limit
    assert not blocks._UNSEEN.search(clipped)


def test_clip_cuts_between_words() -> None:
    assert blocks.clip("one two three four", 12) == "one two…"


def test_a_message_never_exceeds_blocks_or_characters() -> None:
    many = [blocks.rich(blocks.quote(blocks.text(string.ascii_letters * 4))) for _ in range(200)]
    buttons = (blocks.actions(blocks.button("More", "more", "x" * 3000)),)
    fitted = blocks.fit(many, buttons)
    assert len(fitted) <= blocks.MESSAGE_BLOCKS
    assert blocks.weight(fitted) <= blocks.MESSAGE_CHARACTERS
    assert fitted[-1] == buttons[0]
    assert len(json.dumps(fitted[-1])) < 2200
