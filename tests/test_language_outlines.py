"""The outlines are read as they are marked, and a line that does not follow the format is named."""

from pathlib import Path

import pytest

from bot.language.training import outlines
from bot.language.training.markup import MarkupError
from bot.models import ParagraphRole

HEAD = "## o100 | op-ed | 2020 | Lindow | the ferry\ntitle: The Ferry\nbyline: Ada Quill\n\n"


def read(folder: Path, body: str) -> outlines.Outline:
    (folder / "one.txt").write_text(HEAD + body, encoding="utf-8")
    [outline] = outlines.read_all(folder)
    return outline


def test_marks_and_offsets(tmp_path: Path) -> None:
    outline = read(tmp_path, ".  The ferry is late.\nT  Buy a new one.\n\nH  Money\nP  It is cheap.\n")
    assert (outline.id, outline.title, outline.held_out) == ("o100", "The Ferry", True)
    assert [p.text for p in outline.paragraphs] == ["The ferry is late. Buy a new one.", "Money", "It is cheap."]
    assert [p.role for p in outline.paragraphs] == [ParagraphRole.BODY, ParagraphRole.HEADING, ParagraphRole.BODY]
    cut = [(s.mark, outline.paragraphs[s.paragraph].text[s.start : s.end]) for s in outline.sentences]
    assert cut == [(".", "The ferry is late."), ("T", "Buy a new one."), ("H", "Money"), ("P", "It is cheap.")]


def test_a_line_without_a_mark_is_named(tmp_path: Path) -> None:
    with pytest.raises(MarkupError, match=r"one\.txt:5"):
        read(tmp_path, "The ferry is late.\n")


def test_every_outline_has_one_thesis_and_points() -> None:
    found = list(outlines.read_all())
    assert len(found) >= 20
    for outline in found:
        marks = [sentence.mark for sentence in outline.sentences]
        assert 1 <= marks.count("T") <= 2, outline.id
        assert marks.count("P") >= 3, outline.id
    assert len({outline.id for outline in found}) == len(found)
