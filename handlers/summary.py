"""/summary: the sentences that carry a piece."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.errors import ArticleNotFound
from bot.models import Piece, PieceKind
from bot.naming import fold
from bot.records import Subject
from bot.summary import Length, Quoted, Summary, summarize
from bot.wording import say
from handlers import adding, asked, blocks, buttons, cards, help, inputs
from handlers.answer import Ask, Deps, Reply, Request
from handlers.blocks import Block

OFFERED = 10
"""Newest pieces to pick from when nothing is typed."""

OTHERS = 3
"""Further pieces that are named when words of a title fit them too."""

_LENGTH = re.compile(r"(?:^|\s)(?P<length>short|long)$", re.IGNORECASE)


def answer(request: Request, deps: Deps) -> Reply:
    """The thesis and key points of a piece; an unknown link is read first; nothing typed offers the newest pieces."""
    words = asked.read(request.text)
    if help.is_asked(words):
        return help.about("/summary")(request, deps)
    match = _LENGTH.search(words)
    length = Length[match["length"].upper()] if match else Length.NORMAL
    words = words[: match.start()].strip() if match else words
    if not words:
        return offer(deps, request)
    found = deps.store.articles.candidates(request.team, asked.link_in(words) or words, 1 + OTHERS)
    if not found:
        return _unknown(words, request, deps)
    piece, *others = found
    again = Ask("/summary", f"#{piece.id} {match['length'] if match else ''}".strip())
    shown = reply(summary_of(request.team, piece, deps, length))
    if others and fold(cards.title(piece)) != fold(words):
        titles = say("listed.and").join(f"#{other.id} “{blocks.clip(cards.title(other), 80)}”" for other in others)
        shown = replace(shown, blocks=blocks.fit((*shown.blocks, blocks.context(say("summary.also_fit", pieces=titles)))))
    return replace(shown, ask=again)


def summary_of(team: str, piece: Piece, deps: Deps, length: Length = Length.NORMAL) -> Summary:
    """What ingest chose of a piece."""
    lines = deps.store.statements.key_lines(team, piece.id)
    sources = [Quoted(name, times) for name, person, times in deps.store.statements.sources(team, piece.id) if person is not None]
    filed = deps.store.articles.issues(team, piece.id)
    known = {issue.slug: issue for issue in deps.store.issues.all(team)}
    issues = [known[slug] for slug, _ in sorted(filed, key=lambda f: not f[1]) if slug in known]
    return summarize(piece, lines.thesis, lines.points, sources, issues, length)


def reply(summary: Summary) -> Reply:
    """A summary as a message."""
    shown: list[Block] = [*cards.piece_card(summary.piece)]
    if summary.thesis:
        thesis = [part for line in summary.thesis for part in cards.quoted(line)]
        head = say("summary.reports" if summary.piece.kind.value is PieceKind.NEWS else "summary.thesis")  # a report argues nothing
        shown.append(blocks.rich(blocks.line(blocks.text(head, "bold")), *thesis))
    if summary.points:
        points = [part for line in summary.points for part in cards.quoted(line)]
        shown.append(blocks.rich(blocks.line(blocks.text(say("summary.key_points"), "bold")), *points))
    if summary.quoted:
        names = ", ".join(f"{q.name} ({q.times})" if q.times > 1 else q.name for q in summary.quoted[:8])
        shown.append(blocks.context(say("summary.quotes", names=names)))
    if summary.issues:
        shown.append(blocks.context(say("summary.filed_under", issues=", ".join(issue.name for issue in summary.issues[:8]))))
    text = f"{cards.title(summary.piece)} — {cards.about(summary.piece)}"
    number = summary.piece.id
    return Reply(
        blocks.escape(text),
        blocks.fit(shown),
        subject=Subject(piece=number),
        ask=Ask("/summary", f"#{number}"),
        buttons=(blocks.button(say("button.fix"), "fix", str(number)),),
    )


def offer(deps: Deps, request: Request) -> Reply:
    """The newest pieces to pick from."""
    newest = deps.store.articles.newest(request.team, OFFERED)
    if not newest:
        return Reply(say("library.empty"))
    listed = [blocks.line(cards.headline(piece), blocks.text(f" — {cards.about(piece)}")) for piece in newest]
    choices = [(Ask("/summary", f"#{piece.id}").encode() or "", f"#{piece.id} {cards.title(piece)}") for piece in newest]
    menu = blocks.menu(say("button.pick_one"), buttons.ASK, inputs.options(choices))
    shown = (blocks.section(say("summary.pick"), accessory=menu), blocks.rich(blocks.bullets(*listed)))
    return Reply(say("summary.which"), blocks.fit(shown), subject=Subject(pieces=tuple(piece.id for piece in newest)))


def _unknown(words: str, request: Request, deps: Deps) -> Reply:
    link = asked.link_in(words)
    if link:
        return adding.read_link(request, deps, link)
    if words.startswith("#") and words[1:].isdecimal():
        raise ArticleNotFound("summary.no_such_number", number=blocks.clip(words, 20))
    near = deps.store.articles.candidates(request.team, words, 3)
    typed = blocks.clip(words, 80)
    if not near:
        raise ArticleNotFound("summary.not_read", typed=typed)
    meant = say("listed.or").join(f"#{p.id} “{cards.title(p)}”" for p in near)
    raise ArticleNotFound("summary.not_read_near", typed=typed, pieces=meant)
