"""How a piece, a line and a person look; the same everywhere.

What a page does not state is "not stated"; what was inferred says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.models import Basis, Fact, Line, Piece, Stance, StatementKind, Voice
from handlers import blocks
from handlers.blocks import Block, Part

NOT_STATED = "not stated"

_KINDS = {
    StatementKind.RECOMMENDATION: "recommends",
    StatementKind.PREDICTION: "predicts",
    StatementKind.JUDGEMENT: "judges",
    StatementKind.FACT: "reports",
}
_STANCES = {Stance.FOR: "for", Stance.AGAINST: "against", Stance.ABOUT: "about"}


def day(value: date) -> str:
    """For example "24 November 2015": no zone shifts a day of publication."""
    return f"{value.day} {value:%B %Y}"


def period(first: date, last: date) -> str:
    """For example "3 May 2015 to 2 March 2026"; one day once."""
    return day(first) if first == last else f"{day(first)} to {day(last)}"


def counted(number: int, noun: str) -> str:
    """For example "1 piece", "2,000 pieces"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def stated(fact: Fact[str], missing: str) -> str:
    """The value with its basis, or what is missing."""
    if fact.value is None:
        return f"{missing} {NOT_STATED}"
    return f"{fact.value} (inferred)" if fact.basis is Basis.INFERRED else fact.value


def byline(piece: Piece) -> str:
    """The authors as printed."""
    authors = piece.authors
    joined = Fact(" and ".join(authors.value) if authors.value else None, authors.basis)
    return stated(joined, "author")


def dated(piece: Piece) -> str:
    """The day of publication."""
    published = piece.published
    return stated(Fact(day(published.value) if published.value else None, published.basis), "date")


def outlet(piece: Piece) -> str:
    """The publication."""
    return stated(piece.outlet, "outlet")


def title(piece: Piece) -> str:
    """The headline; the piece's number stands for one that is not stated."""
    return piece.title.value or f"Untitled piece #{piece.id}"


def about(piece: Piece) -> str:
    """Byline, outlet, date, reading time and kind on one line."""
    parts = [byline(piece), outlet(piece), dated(piece), f"{piece.minutes} min read"]
    if piece.kind.value:
        parts.append(str(piece.kind.value))
    if piece.partial:
        parts.append("only a part could be read")
    return " · ".join(parts) + f" · #{piece.id}"


def headline(piece: Piece) -> Part:
    """The title, linked to the piece where it has an address."""
    return blocks.link(piece.url.value, title(piece), "bold")


def piece_card(piece: Piece) -> tuple[Block, ...]:
    """Title, then what is known about it, then its standfirst."""
    parts = [blocks.line(headline(piece))]
    if piece.standfirst.value:
        parts.append(blocks.line(blocks.text(piece.standfirst.value, "italic")))
    return (blocks.rich(*parts), blocks.context(about(piece)))


def quoted(line: Line, *, where: bool = True) -> tuple[Part, ...]:
    """A verbatim sentence with a bar at its side; the sentence before it in italics when it does not stand alone."""
    parts: list[Part] = []
    if line.before:
        parts += [blocks.text(line.before + " ", "italic")]
    parts.append(blocks.text(line.text))
    if where:
        parts.append(blocks.text(f"  ¶{line.paragraph + 1}", "italic"))
    return (blocks.quote(*parts),)


def citation(line: Line) -> Part:
    """For example "recommends · Frolov · The Moscow Times · 24 November 2015 · ¶3", the title linked."""
    said = ""
    if line.voice is Voice.ATTRIBUTED and line.source:
        said = f"{line.source}, as reported by "
    elif line.kind in _KINDS:
        said = f"{_KINDS[line.kind]}{', hedged' if line.hedged else ''} · "
    piece = line.piece
    where = f" · {outlet(piece)} · {dated(piece)} · ¶{line.paragraph + 1} · #{piece.id}"
    return blocks.line(blocks.text(f"{said}{byline(piece)} · "), blocks.link(piece.url.value, title(piece)), blocks.text(where + _toward(line)))


def _toward(line: Line) -> str:
    taken = [f"{_STANCES[stance]} {name}" for name, stance in line.targets if stance is not Stance.ABOUT]
    return f" · {', '.join(taken)}" if taken else ""


def cited(lines: Iterable[Line]) -> tuple[Block, ...]:
    """Each line as a quotation with its citation below, one block a line so that a message is never cut inside one."""
    return tuple(blocks.rich(*quoted(line, where=False), citation(line)) for line in lines)
