"""No sentence is shown that only an unseen one explains: over our own texts, and over the real pieces where they are at hand."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

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


OPENS_AMISS = re.compile(
    r"\W*(?:he|she|they|him|them|his|hers?|theirs?|its|these|those|this|such|but|and|or|nor|yet|so|however|nevertheless|moreover|furthermore|therefore"
    r"|thus|hence|instead|otherwise|meanwhile|besides|also|then|likewise|similarly|indeed|because|which|whose|another|others)\b"
    r"(?! (?:week|month|year|weekend|morning|summer|winter|spring|autumn|century|decade|of|who|that|far)\b)",
    re.IGNORECASE,
)
"""Pronouns and connectives, apart from what the product goes by."""
EVERY = 4
"""Of the news articles whose speakers are marked."""


def news(shared: Path) -> Iterator[tuple[str, list[str]]]:
    """Ids and paragraphs of the development articles of which only the text is known."""
    for row in (shared / "eval/summary/writer_dev.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(row)
        yield item["id"], item["sentences"]
    for row in (shared / "eval/attribution/polnear_dev.jsonl").read_text(encoding="utf-8").splitlines()[::EVERY]:
        item = json.loads(row)
        yield item["id"], [line for line in item["text"].split("\n") if line.strip()]


def lines(article: Article, analysis: Analysis) -> Iterator[str]:
    """What is shown, each with the sentences before that it needs."""
    for at in (*analysis.thesis, *analysis.key_points[:POINTS]):
        first = at
        while not analysis.sentences[first].stands_alone and at - first < 2 and first > 0:
            first -= 1
        opening = analysis.sentences[first]
        yield article.paragraphs[opening.paragraph].text[opening.start : opening.end]


@pytest.mark.slow
def test_no_line_of_a_development_article_opens_with_a_pronoun_or_a_connective() -> None:
    shared = shared_folder()
    if shared is None:
        pytest.skip("the development articles are not beside the checkout")
    seen, amiss = 0, []
    for id_, paragraphs in news(shared):
        article = Article(
            title=Fact[str].unknown(),
            authors=Fact[tuple[str, ...]].unknown(),
            outlet=Fact[str].unknown(),
            published=Fact.unknown(),
            paragraphs=tuple(Paragraph(at, text) for at, text in enumerate(paragraphs)),
        )
        analysis = analyse(article, pipeline.load())
        if room(article, analysis):
            shown = list(lines(article, analysis))
            seen += len(shown)
            amiss += [(id_, text[:80]) for text in shown if OPENS_AMISS.match(text)]
            assert not dangling(article, analysis), id_
    assert seen > 200
    assert not amiss
