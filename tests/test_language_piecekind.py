"""What kind of piece it is, and by what evidence."""

from dataclasses import replace

from bot.language import candidates, piecekind, pipeline
from bot.models import Article, Basis, Fact, Paragraph, PieceKind

REPORT = (
    "The council of Lindow voted 14 to 9 on Tuesday to close the ferry line, officials said.",
    "A spokesman said that the last boat sailed on 3 May and carried 120 passengers.",
    "The ministry announced in March that it had cut the subsidy by 40 percent.",
    "Residents told reporters on Monday that they had received no notice.",
)
ARGUMENT = (
    "The council must reopen the ferry line, and it should not wait for the ministry.",
    "Closing it was a mistake; it would be a worse mistake to defend it.",
    "What matters is not the price of a boat but the danger of a valley without one.",
    "Nobody needs another study. We need the courage to admit that we were wrong.",
)


def article(paragraphs: tuple[str, ...], title: str = "The ferry line", url: str | None = None) -> Article:
    return Article(
        title=Fact.stated(title, "headline"),
        authors=Fact[tuple[str, ...]].unknown(),
        outlet=Fact[str].unknown(),
        published=Fact.unknown(),
        paragraphs=tuple(Paragraph(at, text) for at, text in enumerate(paragraphs)),
        url=Fact.stated(url, "address") if url else Fact[str].unknown(),
    )


def kind(piece: Article) -> Fact[PieceKind]:
    return piecekind.kind_of(piece, candidates.gather(pipeline.load().analyse(piece.paragraphs)))


def test_the_headline_or_the_address_says_it_before_the_wording_does() -> None:
    stated = kind(article(REPORT, title="Opinion: The ferry line"))
    assert (stated.value, stated.basis) == (PieceKind.OPINION, Basis.STATED)
    inferred = kind(article(REPORT, url="https://example.org/opinion/2024/ferry"))
    assert (inferred.value, inferred.basis, inferred.evidence) == (PieceKind.OPINION, Basis.INFERRED, "address: opinion")


def test_a_word_of_the_address_that_only_names_the_piece_says_nothing() -> None:
    assert kind(article(REPORT, url="https://example.org/2024/opinion-of-the-court")).evidence.startswith("wording")


def test_a_report_reads_more_like_news_than_an_argument() -> None:
    report, argument = (piecekind.news(candidates.gather(pipeline.load().analyse(text))) for text in (REPORT, ARGUMENT))
    assert report > 0.5 > argument
    assert kind(article(ARGUMENT)).value is PieceKind.OPINION


def test_questions_and_answers_are_an_interview() -> None:
    asked = ("Why did you close the line?", "There was no money left for it.", "Who decided that?", "I did, with the council.") * 2
    assert kind(article(asked)).value is PieceKind.INTERVIEW


def test_a_piece_without_sentences_is_of_no_kind() -> None:
    empty = replace(article(()), paragraphs=())
    assert piecekind.kind_of(empty, []).value is None
