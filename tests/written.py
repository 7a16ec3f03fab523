"""Articles and analyses for tests, written out from a few words."""

from __future__ import annotations

import re
from datetime import date

from bot.models import (
    Analysis,
    Article,
    Fact,
    IssueLink,
    Name,
    NameType,
    Paragraph,
    PieceKind,
    Sentence,
    Span,
    Statement,
    StatementKind,
    Voice,
)

SAYS = re.compile(r"^(?P<source>[A-Z][\w.]*(?: [A-Z][\w.]*)*) (?P<cue>says|argues|warns) that (?P<content>.+)$")


def article(
    title: str = "A title",
    *texts: str,
    authors: tuple[str, ...] = ("Ada Example",),
    outlet: str | None = "The Sample",
    published: date | None = date(2024, 5, 1),
    url: str | None = None,
    partial: bool = False,
    standfirst: str | None = None,
) -> Article:
    def stated(value):  # type: ignore[no-untyped-def]
        return Fact.stated(value, "test") if value else Fact.unknown()

    texts = texts or (f"{title} is the first sentence. This is the second one.",)
    return Article(
        title=stated(title),
        authors=stated(authors),
        outlet=stated(outlet),
        published=stated(published),
        paragraphs=tuple(Paragraph(position, text) for position, text in enumerate(texts)),
        standfirst=stated(standfirst),
        url=stated(url),
        links=(url,) if url else (),
        partial=partial,
    )


def analysis(of: Article, issues: tuple[str, ...] = (), version: str = "test 1", kind: StatementKind = StatementKind.JUDGEMENT) -> Analysis:
    """Sentences at full stops; "Name says that ..." is attributed, every other sentence the author's own judgement."""
    sentences: list[Sentence] = []
    statements: list[Statement] = []
    names: dict[str, list[Span]] = {}
    for paragraph in of.paragraphs:
        for match in re.finditer(r"\S[^.!?]*(?:[.!?]+|$)", paragraph.text):
            position = len(sentences)
            start, end = match.span()
            alone = not re.match(r"(He|She|This|It|But)\b", match[0])
            sentences.append(Sentence(position, paragraph.position, start, end, salience=1 / (1 + position), stands_alone=alone))
            said = SAYS.match(match[0])
            if said is None:
                whole = (Span(paragraph.position, start, end),)
                statements.append(Statement(position, position, Voice.OWN, kind, whole, strength=1 / (1 + position), issues=issues))
                continue

            def span(group: str, said=said, start=start, paragraph=paragraph) -> Span:  # type: ignore[no-untyped-def]
                return Span(paragraph.position, start + said.start(group), start + said.end(group))

            source = said["source"]
            names.setdefault(source, []).append(span("source"))
            statements.append(
                Statement(
                    position, position, Voice.ATTRIBUTED, StatementKind.CLAIM, (span("content"),), (span("source"),), (span("cue"),),
                    source, list(names).index(source), strength=0.5, issues=issues,
                )
            )  # fmt: skip
    return Analysis(
        sentences=tuple(sentences),
        names=tuple(Name(position, text, NameType.PERSON, tuple(spans)) for position, (text, spans) in enumerate(names.items())),
        statements=tuple(statements),
        issues=tuple(IssueLink(issue, 0.9, rank == 0, (0,)) for rank, issue in enumerate(issues)),
        thesis=(0,) if sentences else (),
        key_points=tuple(range(1, min(4, len(sentences)))),
        kind=Fact.inferred(PieceKind.OPINION, "test"),
        analysed_by=version,
    )
