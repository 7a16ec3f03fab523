"""/summary as it is shown."""

from dataclasses import replace

import pytest

from bot.models import Fact, PieceKind
from bot.summary import summarize
from handlers import summary
from tests.builders import line, piece


@pytest.mark.parametrize(("kind", "head"), [(PieceKind.NEWS, "What it reports"), (PieceKind.OPINION, "Thesis"), (PieceKind.ANALYSIS, "Thesis")])
def test_a_report_has_no_thesis(kind: PieceKind, head: str) -> None:
    shown = summary.reply(summarize(replace(piece(), kind=Fact.inferred(kind, "wording")), [line("The council met.")], []))
    said = str(shown.blocks)
    assert head in said
    assert ("Thesis" in said) is (head == "Thesis")
