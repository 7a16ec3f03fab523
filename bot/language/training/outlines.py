"""Outlines: whole opinion pieces of our own in which the thesis and the points that carry it are marked, read with character offsets.

The format is described in ``outlines/README.md``. ``python -m bot.language.training.outlines`` checks the files and counts what is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.language.training.markup import GENRES, MarkupError
from bot.models import Paragraph, ParagraphRole

FOLDER = Path(__file__).parent / "outlines"

_LINE = re.compile(r"(?P<mark>[TPH.])\s+(?P<text>\S.*)")


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence: its paragraph, offsets into that paragraph's text, and its mark."""

    paragraph: int
    start: int
    end: int
    mark: str
    """T thesis, P point, "." neither."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One piece."""

    id: str
    genre: str
    title: str
    standfirst: str
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Marked, ...]

    @property
    def held_out(self) -> bool:
        """Whether the piece belongs to the test set: its number ends in 0 or 5."""
        return self.id[-1] in "05"


def read_all(folder: Path = FOLDER) -> Iterator[Outline]:
    """Every outline of every file, in order; MarkupError names file and line of what does not follow the format."""
    for path in sorted(folder.glob("*.txt")):
        lines = list(enumerate(path.read_text(encoding="utf-8").splitlines(), 1))
        starts = [at for at, (_, line) in enumerate(lines) if line.startswith("## ")]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            yield _outline(path, lines[start:end])


def _outline(path: Path, lines: list[tuple[int, str]]) -> Outline:
    number, head = lines[0]
    fields = [part.strip() for part in head.removeprefix("## ").split("|")]
    if len(fields) != 5 or fields[1] not in GENRES:
        raise MarkupError(f"{path}:{number}: want '## id | genre | year | region | subject', got {head!r}")
    about = {"title": "", "byline": "", "standfirst": ""}
    paragraphs: list[Paragraph] = []
    sentences: list[Marked] = []
    open_ = False
    for number, line in lines[1:]:
        key, _, value = line.partition(": ")
        if not paragraphs and key in about:
            about[key] = value.strip()
        elif not line.strip():
            open_ = False
        elif not (match := _LINE.fullmatch(line.rstrip())):
            raise MarkupError(f"{path}:{number}: no mark at the start of {line[:50]!r}")
        else:
            mark, text = match["mark"], match["text"]
            if open_:
                last = paragraphs.pop()
                start, text = len(last.text) + 1, f"{last.text} {text}"
            else:
                start = 0
            role = ParagraphRole.HEADING if mark == "H" else ParagraphRole.BODY
            paragraphs.append(Paragraph(len(paragraphs), text, role))
            sentences.append(Marked(len(paragraphs) - 1, start, len(text), mark))
            open_ = mark != "H"
    return Outline(fields[0], fields[1], about["title"], about["standfirst"], tuple(paragraphs), tuple(sentences))


def main() -> None:
    """Check the files."""
    found = list(read_all())
    marks = [sentence.mark for outline in found for sentence in outline.sentences]
    print(f"{len(found)} outlines, {len(marks)} sentences, {marks.count('T')} of theses, {marks.count('P')} points")


if __name__ == "__main__":
    main()
