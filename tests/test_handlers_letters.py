"""Marks in outside words are shown as they are written, and ours still work."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import blocks, issue, letters
from handlers.answer import Deps, Request, settle
from handlers.blocks import Block
from store import Store

LOUD = "*Loud* _low_ ~gone~ `code` :tada: <!channel>"


def elements(block: Block) -> list[Block]:
    (spelled,) = letters.spelled([block])
    assert spelled["type"] == "rich_text"
    (line,) = spelled["elements"]
    return list(line["elements"])


def test_words_without_marks_stay_mrkdwn() -> None:
    shown = [blocks.section(f"*{blocks.escape('Rent: a plan & more')}* `/issue`"), blocks.divider(), blocks.context("a *b*")]
    assert letters.spelled(shown) == shown


def test_outside_marks_are_letters_and_ours_are_styles() -> None:
    parts = elements(blocks.section(f"Read *{blocks.escape(LOUD)}* with `/issue x`."))
    assert parts == [
        {"type": "text", "text": "Read "},
        {"type": "text", "text": LOUD, "style": {"bold": True}},
        {"type": "text", "text": " with "},
        {"type": "text", "text": "/issue x", "style": {"code": True}},
        {"type": "text", "text": "."},
    ]


def test_links_people_channels_and_moments_of_ours_live_on() -> None:
    text = f"*<https://a.example/a_b?c=1&amp;d=2|{blocks.escape('_On Rent_')}>* <@U1> <#C1> <!date^1700000000^{{date_short}} {{time}}|14 November>"
    link, _, user, _, channel, _, date = elements(blocks.section(text))
    assert link == {"type": "link", "url": "https://a.example/a_b?c=1&d=2", "text": "_On Rent_", "style": {"bold": True}}
    assert (user["user_id"], channel["channel_id"]) == ("U1", "C1")
    assert date == {"type": "date", "timestamp": 1700000000, "format": "{date_short} {time}", "fallback": "14 November"}


def test_beside_a_button_it_is_plain_text() -> None:
    button = blocks.button("Summary", "ask", "x")
    (shown,) = letters.spelled([blocks.section(f"*<https://a.example|{blocks.escape(LOUD)}>*\nby `us`", accessory=button)])
    assert shown["text"] == {"type": "plain_text", "text": f"{LOUD}\nby us", "emoji": False}
    assert shown["accessory"] == button


def test_small_print_is_plain_text() -> None:
    (shown,) = letters.spelled([blocks.context_mrkdwn(f"*Useful* {blocks.escape('a_b_')}", "*ours*")])
    assert [one["type"] for one in shown["elements"]] == ["plain_text", "mrkdwn"]
    assert shown["elements"][0]["text"] == "Useful a_b_"


@pytest.mark.parametrize("harmless", ["12:30", "Ukraine: a way out", "a > b", "https://a.example:80/a_b*c", "America/New_York", "5 * 3 ~ 15"])
def test_what_formats_nothing_is_no_mark(harmless: str) -> None:
    assert not blocks.has_marks(blocks.escape(harmless))


def test_a_quotation_is_not_begun_from_outside() -> None:
    assert blocks.has_marks(blocks.escape("> quoted"))
    assert elements(blocks.section(blocks.escape("> quoted"))) == [{"type": "text", "text": "> quoted"}]


def test_a_mistake_keeps_our_marks_and_not_those_that_were_typed(store: Store) -> None:
    said = settle(issue.answer, Request("T1", "U1", "*zzq* <!here>"), Deps(store)).text
    assert "`/issue`" in said
    assert "*zzq*" not in said
    assert "*zzq* &lt;!here&gt;" in blocks.letters(said)


@given(st.text(max_size=200))
def test_what_comes_out_is_what_went_in(text: str) -> None:
    seen = blocks.clean(text).translate(dict.fromkeys(range(0xE020, 0xE07F + 1)))
    (shown,) = letters.spelled([blocks.section(f"“{blocks.escape(text)}”")])
    if shown["type"] == "rich_text":
        said = "".join(part["text"] for part in shown["elements"][0]["elements"])
    else:
        said = letters._unescaped(shown["text"]["text"])
    assert said.translate(dict.fromkeys(range(0xE020, 0xE07F + 1))) == f"“{seen}”"
