"""PDF -> Article: lines in reading order (columns too), without running heads, feet and page numbers; words cut at a line's end whole again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import pypdfium2

from bot.errors import TooLong, Unreadable
from bot.models import Article
from bot.reading.text import read_text

MOST_PAGES = 120
"""Pages; longer ones are reports and books, not pieces."""
MOST_LINES = 12_000
MARGIN = 0.12
"""Share of the page's height at top and bottom where running heads and feet stand."""
RUNNING = 0.5
"""Share of the pages on which a line in the margin has to recur to be a running head."""
TITLE_SIZE = 1.35
HEADING_SIZE = 1.12
"""Times the size of the text; designers rarely use less for a title and a heading."""

_PAGE_NUMBER = re.compile(r"\W*(?:page|p\.|seite)?\s*\d{1,4}\W*(?:(?:of|/|von)\s*\d{1,4}\W*)?|\W*[ivxlc]{1,6}\W*", re.IGNORECASE)
_HYPHEN = re.compile(r"([A-Za-zÀ-ž]+)[-\u00ad\u2010\x02\ufffe]$")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line; coordinates in points from the lower left corner of its page."""

    page: int
    height: float
    """Of the page."""
    left: float
    right: float
    bottom: float
    top: float
    text: str

    @property
    def size(self) -> float:
        """Height of its letters."""
        return self.top - self.bottom

    @property
    def marginal(self) -> bool:
        """It stands where running heads and feet do."""
        return self.bottom > self.height * (1 - MARGIN) or self.top < self.height * MARGIN


def read_pdf(data: bytes, url: str | None = None) -> Article:
    """The article in a PDF; raises ``Unreadable`` (locked, damaged, scanned pictures only) or ``TooLong``."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).casefold():
            raise Unreadable("unread.pdf_protected") from error
        raise Unreadable("unread.pdf_damaged") from error
    try:
        if len(document) > MOST_PAGES:
            raise TooLong("unread.pdf_pages", n=len(document), most=MOST_PAGES)
        pages = [list(_lines(document, number)) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise Unreadable("unread.pdf_damaged") from error
    finally:
        document.close()
    if sum(map(len, pages)) > MOST_LINES:
        raise TooLong("unread.pdf_too_long")
    lines = [line for page in _without_running(pages) for line in _ordered(page)]
    if not lines:
        raise Unreadable("unread.pdf_pictures")
    return read_text("\n\n".join(_paragraphs(lines)), url)


def _lines(document: pypdfium2.PdfDocument, number: int) -> Iterator[Line]:
    """A page's lines in the order in which they were written; neighbouring pieces of text on one height are one line."""
    page = document[number]
    height = page.get_height()
    text = page.get_textpage()
    try:
        current: Line | None = None
        for index in range(min(text.count_rects(), MOST_LINES)):
            left, bottom, right, top = text.get_rect(index)
            words = re.sub(r"\s+", " ", text.get_text_bounded(left, bottom, right, top)).strip()
            if not words:
                continue
            bottom, top = _letter_box(text, left, bottom, right, top)
            piece = Line(number, height, left, right, bottom, top, words)
            if current is not None and _one_line(current, piece):
                space = "" if piece.left - current.right < 0.12 * current.size and not current.text.endswith(" ") else " "
                current = Line(
                    number,
                    height,
                    min(current.left, left),
                    max(current.right, right),
                    min(current.bottom, bottom),
                    max(current.top, top),
                    current.text + space + words,
                )
                continue
            if current is not None:
                yield current
            current = piece
        if current is not None:
            yield current
    finally:
        text.close()
        page.close()


def _letter_box(text: pypdfium2.PdfTextPage, left: float, bottom: float, right: float, top: float) -> tuple[float, float]:
    """Bottom and top of the font's box, the same for "an" and "Ag"; the printed extent when pdfium knows no letter there."""
    index = text.get_index(left + 0.3 * (top - bottom), (bottom + top) / 2, right - left, top - bottom)
    if index is None:
        return bottom, top
    _, low, _, high = text.get_charbox(index, loose=True)
    extent = top - bottom
    plausible = low <= bottom + 0.1 * extent and 0.7 * extent <= high - low <= 4 * extent
    return (low, high) if plausible else (bottom, top)


def _one_line(one: Line, other: Line) -> bool:
    overlap = min(one.top, other.top) - max(one.bottom, other.bottom)
    gap = other.left - one.right
    return overlap > 0.5 * min(one.size, other.size) and -0.5 * one.size < gap < 1.6 * max(one.size, other.size)


def _without_running(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without page numbers and the lines that recur in their margins."""
    recurring = Counter(key for page in pages for key in {_pattern(line.text) for line in page if line.marginal})
    enough = max(2, RUNNING * len(pages) - 1)
    kept: list[list[Line]] = []
    for page in pages:
        kept.append(
            [
                line
                for line in page
                if not line.marginal or not (_PAGE_NUMBER.fullmatch(line.text) or (len(pages) > 1 and recurring[_pattern(line.text)] >= enough))
            ]
        )
    return kept


def _pattern(text: str) -> str:
    return re.sub(r"\d+", "#", text.casefold())


def _ordered(lines: Sequence[Line]) -> list[Line]:
    """Reading order: down the left column, then the right one, between the lines that run across both."""
    if len(lines) < 10:
        return list(lines)
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    middle = _gutter(lines, left, right)
    if middle is None:
        return list(lines)
    ordered: list[Line] = []
    band: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.top):
        if line.left < middle < line.right:
            ordered += _columns(band, middle)
            band = []
            ordered.append(line)
        else:
            band.append(line)
    return ordered + _columns(band, middle)


def _gutter(lines: Sequence[Line], left: float, right: float) -> float | None:
    """The white strip between two columns: a place near the middle that few lines cross while many stand on either side."""
    best: tuple[int, float] | None = None
    for step in range(35, 66):
        place = left + (right - left) * step / 100
        crossing = sum(line.left < place < line.right for line in lines)
        before = sum(line.right <= place for line in lines)
        behind = sum(line.left >= place for line in lines)
        if min(before, behind) >= 5 and crossing <= 0.2 * len(lines) and (best is None or crossing < best[0]):
            best = (crossing, place)
    return best[1] if best else None


def _columns(band: Sequence[Line], middle: float) -> list[Line]:
    return [line for line in band if line.right <= middle] + [line for line in band if line.right > middle]


def _paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    """Lines joined to paragraphs; titles and headings, set larger, marked as such."""
    usual = median(line.size for line in lines for _ in range(max(1, len(line.text) // 20)))
    gaps = sorted(one.bottom - other.top for one, other in pairwise(lines) if _follows(one, other))
    usual_gap = gaps[len(gaps) // 4] if gaps else 0.0  # the smaller ones lie between lines, the larger ones between paragraphs
    vocabulary = Counter(word for line in lines for word in re.findall(r"[\w-]+", line.text.casefold()))
    titled = False
    for group in _groups(lines, usual, usual_gap):
        text = _joined([line.text for line in group], vocabulary)
        size = median(line.size for line in group)
        if size >= TITLE_SIZE * usual and not titled and group[0].page == 0 and len(text.split()) > 2:
            titled = True
            yield f"# {text}"
        elif size >= HEADING_SIZE * usual and len(text) < 120 and not text.endswith("."):
            yield f"## {text}"
        else:
            yield text


def _follows(one: Line, other: Line) -> bool:
    """The other is the next line of the same column."""
    return one.page == other.page and other.top <= one.bottom + 0.5 * one.size and min(one.right, other.right) > max(one.left, other.left)


def _groups(lines: Sequence[Line], usual: float, usual_gap: float) -> Iterator[list[Line]]:
    """Lines that belong to one paragraph: same size, normal distance, no indent, and not after a short last line."""
    group: list[Line] = []
    for line in lines:
        if group and not _continues(group, line, usual, usual_gap):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _continues(group: Sequence[Line], line: Line, usual: float, usual_gap: float) -> bool:
    last = group[-1]
    if abs(line.size - last.size) > 0.2 * max(line.size, last.size):
        return False
    if not _follows(last, line):  # the next column or page: only the middle of a sentence goes on there
        return line.text[:1].islower() or _HYPHEN.search(last.text) is not None
    if last.bottom - line.top > usual_gap + 0.45 * usual:
        return False
    if last.size >= TITLE_SIZE * usual:
        return True
    left, right = min(member.left for member in group), max(member.right for member in group)
    indented = 0.6 * usual < line.left - left < 6 * usual and len(group) > 1 and last.text.rstrip('"”’)')[-1:] in ".!?:"
    short = last.right < right - 0.15 * (right - left) and last.text.rstrip('"”’)')[-1:] in ".!?"
    return not indented and not short


def _joined(lines: Sequence[str], vocabulary: Counter[str]) -> str:
    """One line; a word that was cut keeps its hyphen only where the text spells it with one elsewhere."""
    text = lines[0]
    for line in lines[1:]:
        cut = _HYPHEN.search(text)
        if cut and line[:1].islower():
            rest = re.match(r"\w+", line)
            whole = cut[1] + (rest[0] if rest else "")
            hyphenated = f"{cut[1]}-{rest[0] if rest else ''}".casefold()
            keep = vocabulary[hyphenated] > 0 and vocabulary[whole.casefold()] == 0
            text = text[: cut.start()] + cut[1] + ("-" if keep else "") + line
        else:
            text = f"{text} {line}"
    return re.sub("[\x02\ufffe\u00ad]", "", text)
