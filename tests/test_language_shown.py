"""No sentence is shown that only an unseen one explains: over our own texts, and over the real pieces where they are at hand."""

from collections.abc import Iterator

import pytest

from bot.language import pipeline
from bot.language.analysis import analyse
from bot.language.training import markup
from bot.language.training.thesis import TEXTS
from bot.models import Analysis, Article, Fact, Paragraph, ParagraphRole
from bot.reading.text import read_text
from tests.shared import shared_folder

POINTS = 6
STEP = 6
"""Every sixth of our own texts."""


def own() -> Iterator[tuple[str, Article]]:
    for document in list(markup.read_all(TEXTS))[::STEP]:
        yield (
            document.id,
            Article(
                title=Fact.stated(document.title or "", "headline"),
                authors=Fact[tuple[str, ...]].unknown(),
                outlet=Fact[str].unknown(),
                published=Fact.unknown(),
                paragraphs=tuple(Paragraph(at, text) for at, text in enumerate(document.text.split("\n\n"))),
            ),
        )


def dangling(article: Article, analysis: Analysis) -> list[str]:
    """What is shown and opens with what even what is shown before it does not explain."""
    found: list[str] = []
    shown: set[int] = set()
    for at in (*analysis.thesis, *analysis.key_points[:POINTS]):
        sentence = analysis.sentences[at]
        if not sentence.stands_alone and not _explained(article, analysis, at, shown):
            found.append(article.paragraphs[sentence.paragraph].text[sentence.start : sentence.end])
        shown.add(at)
    return found


def _explained(article: Article, analysis: Analysis, at: int, shown: set[int]) -> bool:
    """What stands before is shown too, or it begins with a sentence that leans on nothing, at most two back in one paragraph."""
    if at == 0 or article.paragraphs[(before := analysis.sentences[at - 1]).paragraph].role is ParagraphRole.HEADING:
        return False
    if before.stands_alone or before.position in shown:
        return True
    first = analysis.sentences[at - 2] if at > 1 else before
    return first.stands_alone and first.paragraph == before.paragraph


def room(article: Article, analysis: Analysis) -> bool:
    """There were enough others: twice as many sentences stand alone as are shown."""
    return sum(s.stands_alone for s in analysis.sentences) >= 2 * (POINTS + 2)


def test_no_line_of_our_own_texts_dangles() -> None:
    seen = 0
    for id_, article in own():
        analysis = analyse(article, pipeline.load())
        if room(article, analysis):
            seen += 1
            assert not dangling(article, analysis), id_
    assert seen > 0


def test_no_line_of_a_real_piece_dangles() -> None:
    shared = shared_folder()
    if shared is None:
        pytest.skip("the development pieces are not beside the checkout")
    for path in sorted((shared / "articles").glob("*.txt")):
        article = read_text(path.read_text(encoding="utf-8"))
        assert not dangling(article, analyse(article, pipeline.load())), path.name
