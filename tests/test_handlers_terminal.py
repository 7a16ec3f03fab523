from io import StringIO

from rich.console import Console

from handlers import blocks
from handlers.answer import Reply
from handlers.terminal import show


def printed(reply: Reply) -> str:
    out = StringIO()
    show(reply, Console(file=out, width=80, highlight=False))
    return out.getvalue()


def test_a_reply_without_blocks_is_its_text() -> None:
    assert printed(Reply("I have not read “a &lt; b” yet.")) == "I have not read “a < b” yet.\n"


def test_quotations_and_lists_are_laid_out() -> None:
    shown = printed(
        Reply(
            "x",
            (
                blocks.rich(blocks.line(blocks.link("https://a.example", "On Rent", "bold")), blocks.quote(blocks.text("Cap it."))),
                blocks.rich(blocks.bullets(blocks.line(blocks.text("one")), blocks.line(blocks.text("two")), ordered=True)),
                blocks.context("Ada Venn", "2025"),
            ),
        )
    )
    assert shown.splitlines()[0] == "On Rent"
    assert "  │ Cap it." in shown
    assert "  2. two" in shown
    assert "Ada Venn · 2025" in shown


def test_markup_in_outside_text_is_printed_letter_for_letter() -> None:
    assert "[red]x[/red]" in printed(Reply("x", (blocks.rich(blocks.line(blocks.text("[red]x[/red]"))),)))
