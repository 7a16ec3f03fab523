"""Small things of every travelling type, for tests: only what matters to a test is named there."""

from datetime import UTC, date, datetime

from bot.models import Basis, Fact, Issue, Line, Person, Piece, PieceKind, Stance, StatementKind, Voice

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def fact(value: object) -> Fact:
    return Fact.unknown() if value is None else value if isinstance(value, Fact) else Fact.stated(value, "test")


def piece(
    id: int = 1, title: str | None = "On Rent", author: str | None = "Ada Venn", published: date | None = date(2025, 4, 1), **about: object
) -> Piece:
    return Piece(
        id=id,
        title=fact(title),
        authors=fact((author,) if author else None),
        outlet=fact(about.get("outlet", "The Tidewater Review")),
        published=fact(published),
        url=fact(about.get("url", f"https://tidewater.example/{id}")),
        standfirst=fact(about.get("standfirst")),
        words=int(about.get("words", 900)),
        kind=Fact(PieceKind.OPINION, Basis.INFERRED, "test"),
        partial=bool(about.get("partial", False)),
        added_at=about.get("added_at", NOW),
    )


def line(text: str = "Rents must be capped.", on: Piece | None = None, sentence: int = 0, **about: object) -> Line:
    return Line(
        piece=on or piece(),
        sentence=sentence,
        paragraph=int(about.pop("paragraph", sentence)),
        text=text,
        **about,
    )


def person(id: int = 1, name: str = "Ada Venn") -> Person:
    return Person(id, name)


def issue(slug: str = "rent-control", name: str = "Rent control") -> Issue:
    return Issue(slug, name)


__all__ = ["NOW", "Stance", "StatementKind", "Voice", "fact", "issue", "line", "person", "piece"]
