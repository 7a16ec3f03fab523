"""How a piece, a line and a person look; the same everywhere.

What a page does not state is "not stated"; what was inferred says so.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.models import Basis, Fact, Line, Piece, Stance, StatementKind, Voice
from bot.wording import dates, say
from handlers import blocks
from handlers.blocks import Block, Part

_SAID = frozenset({StatementKind.RECOMMENDATION, StatementKind.PREDICTION, StatementKind.JUDGEMENT, StatementKind.FACT})
"""Kinds of which it is said that a line is one."""


def _stated(fact: Fact[str], missing: str) -> str:
    """The value with its basis, or that it is missing."""
    if fact.value is None:
        return missing
    return say("card.inferred", value=fact.value) if fact.basis is Basis.INFERRED else fact.value


def byline(piece: Piece) -> str:
    """The authors as printed."""
    authors = piece.authors
    joined = Fact(say("listed.and").join(authors.value) if authors.value else None, authors.basis)
    return _stated(joined, say("card.author_not_stated"))


def dated(piece: Piece) -> str:
    """The day of publication."""
    published = piece.published
    return _stated(Fact(dates.day(published.value) if published.value else None, published.basis), say("card.date_not_stated"))


def outlet(piece: Piece) -> str:
    """The publication."""
    return _stated(piece.outlet, say("card.outlet_not_stated"))


def title(piece: Piece) -> str:
    """The headline; the piece's number stands for one that is not stated."""
    return piece.title.value or say("card.untitled", number=piece.id)


def about(piece: Piece) -> str:
    """Byline, outlet, date, reading time and kind on one line."""
    parts = [byline(piece), outlet(piece), dated(piece), say("card.minutes", n=piece.minutes)]
    if piece.kind.value:
        parts.append(say(f"piece_kind.{piece.kind.value}"))
    if piece.partial:
        parts.append(say("card.partial"))
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
    piece = line.piece
    said = byline(piece)
    if line.voice is Voice.ATTRIBUTED and line.source:
        signed = bool(piece.authors.value)
        said = say("card.reported", source=line.source, author=said) if signed else say("card.reported_unsigned", source=line.source)
    elif line.kind in _SAID:
        says = say(f"says.{line.kind}")
        said = f"{say('card.hedged', says=says) if line.hedged else says} · {said}"
    where = f" · {outlet(piece)} · {dated(piece)} · ¶{line.paragraph + 1} · #{piece.id}"
    return blocks.line(blocks.text(f"{said} · "), blocks.link(piece.url.value, title(piece)), blocks.text(where + _toward(line)))


def _toward(line: Line) -> str:
    taken = [say(f"toward.{stance}", name=name) for name, stance in line.targets if stance is not Stance.ABOUT]
    return f" · {', '.join(taken)}" if taken else ""


def cited(lines: Iterable[Line]) -> tuple[Block, ...]:
    """Each line as a quotation with its citation below, one block a line so that a message is never cut inside one."""
    return tuple(blocks.rich(*quoted(line, where=False), citation(line)) for line in lines)
