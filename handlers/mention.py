"""Mentions and direct messages: a question in words, understood by what the library knows and what the thread is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from bot.asking import QuestionKind, asks_summary
from bot.errors import IssueNotFound
from bot.models import Issue, Person
from bot.records import Filters, Subject
from bot.wording import say
from handlers import blocks, cards, help, issue, library, questions, summary, views
from handlers.answer import Deps, Reply, Request
from handlers.asked import When
from store.outlets import meant

if TYPE_CHECKING:
    from bot.question import Question

THANKS = r"^(?:many )?(?:thanks?|thank you|thx|cheers)\b(?: (?:you|a lot|so much|very much|again|entente))*[\s!.:)]*$"
HOW_MANY = (
    r"^how (?:many|much)\b.*\b(?:pieces?|articles?|op-?eds?|columns?|texts?|library)\b"
    r"|^what(?:['’]?s| is| do you (?:know|have))(?: (?:in|about))?(?: (?:here|there|the library|your library))?[\s?!.]*$"
)
EVERYTHING = (
    r"^(?:please )?(?:list|show)(?: me| us)?"
    r"(?: everything| all(?: (?:the|your))?(?: pieces| articles| op-?eds)?| (?:the|your) (?:whole )?library)[\s?!.]*$"
)
WHICH_ISSUES = (
    r"^(?:(?:what(?:['’]?s| is| are) )?(?:the )?(?:top|main|biggest|hot(?:test)?|most (?:active|discussed|covered)) (?:issues?|topics?|themes?)"
    r"|what (?:is everybody|are people|do people|are they|does everybody) (?:writ\w+|talk\w+) about(?: (?:the )?most)?)\b[\s?!.]*$|"
    r"^(?:which|what|list|show)(?: me)?(?: all)?(?: the)? (?:issues|topics)\b"
    r"(?: (?:are|do|have|you|there|know|here|in|the|library|we|cover|covered|covers|deal|with|about))*[\s?!.]*$"
)
_PLEASE = r"^(?:please |pls )?(?:(?:can|could|would|will) you )?(?:please )?"
_DEEDS = (
    ("remove", rf"{_PLEASE}(?:delete|remove|erase|forget|drop)\b"),
    ("fix", rf"{_PLEASE}(?:fix|correct|edit|change|rename)\b|\bwrong (?:author|date|title|outlet|issue|byline)\b"),
    ("subscribe", rf"{_PLEASE}(?:un)?(?:subscribe|notify|alert|remind|ping|follow|watch)\b"),
    ("export", rf"{_PLEASE}(?:export|download|back ?up)\b"),
    ("add", rf"{_PLEASE}(?:add|save|read|store|import)\b(?!.*(?:https?://|#\d))"),
    ("write", rf"{_PLEASE}(?:write|draft|compose|generate|rewrite|rephrase|paraphrase|translate)\b"),
    ("share", rf"{_PLEASE}(?:share|post|forward|send)\b (?:it|this|that|them)\b"),
    ("more", r"^(?:show |give |tell )?(?:me |us )?(?:some )?(?:more|next(?: page)?|go on|continue)(?: please)?\W*$"),
    ("mend", r"^(?:no,? )?(?:you(?:['’]re| are)|that(?:['’]s| is)|this is|it(?:['’]s| is)) (?:wrong|false|incorrect|not (?:true|right|correct))\b"
             r"|\b(?:he|she|they) (?:never|did ?n[o'’]t) (?:say|said|write|wrote) (?:that|this|it|so)\b|^(?:wrong|false|incorrect|nonsense)\W*$"),
)  # fmt: skip
"""What is asked to be done, not to be told: each is done elsewhere, and the answer says where."""
OLDEST = r"\b(?:oldest|earliest)\b"
COMMANDS_ASKED = r"help|commands?|usage|what can you do|work|^[\s?]+$"


def answer(request: Request, deps: Deps) -> Reply:
    """What is asked, answered; files are taken in; what the thread is about is remembered by the ear."""
    if request.files:
        names = ", ".join(blocks.escape(blocks.clip(file.name, 80)) for file in request.files[:5])
        return Reply(say("adding.reading_files", names=names), fetches=request.files[:5])
    if re.match(THANKS, request.text, re.IGNORECASE):
        return Reply(say("mention.welcome"))
    if (deed := next((deed for deed, pattern in _DEEDS if re.search(pattern, request.text, re.IGNORECASE)), None)) is not None:
        return Reply(say(f"deed.{deed}"))
    from bot.question import Known, understand  # half of what asking in words needs; commands do without

    store, team = deps.store, request.team
    subject = store.threads.find(team, request.channel or "", request.thread or "") or _above(request, deps)
    outlets = cache(lambda: store.outlets.names(team))
    known = Known(
        issues=store.issues.all(team),
        person=lambda words: store.people.named(team, words),
        piece=lambda words: store.articles.find(team, words),
        writes=lambda person: bool(store.articles.select(team, Filters(authors=(person.id,)), 1).items),
        outlet=lambda words: _only(meant(words, outlets())),
        given=lambda word: store.people.given(team, word),
        near=lambda word: _near(team, word, deps),
    )
    asked = understand(request.text, known, subject, deps.now().date())
    if request.above and subject == Subject() and asked.kind is QuestionKind.UNKNOWN and asks_summary(request.text):
        asked = replace(asked, kind=QuestionKind.SUMMARY, link=request.above)
    if re.match(EVERYTHING, request.text, re.IGNORECASE):
        return library.answer(replace(request, command="/library", text="list"), deps)
    if asked.kind in _OPEN and re.match(WHICH_ISSUES, request.text, re.IGNORECASE):
        return issue.answer(replace(request, command="/issue", text=""), deps)
    if asked.kind in (QuestionKind.SEARCH, QuestionKind.UNKNOWN) and re.match(HOW_MANY, request.text, re.IGNORECASE):
        return library.glance(replace(request, command="/library", text=""), deps)
    reply = _noted(ANSWERS[asked.kind](_Asked(request, asked, subject), deps), asked)
    return reply if reply.subject is None else replace(reply, subject=_merged(subject, reply.subject))


def _only(found: Sequence[str]) -> str | None:
    return found[0] if len(found) == 1 else None


def _near(team: str, word: str, deps: Deps) -> Person | Issue | None:
    """The only one whose name is spelled like a word that no piece has."""
    if deps.store.search.knows(team, word):
        return None
    return deps.store.people.meant(team, word) or deps.store.issues.likely(team, word)


def _noted(reply: Reply, asked: Question) -> Reply:
    """With what a misspelt name was taken for above the answer, and what else may be asked."""
    notes = [say("mention.taken_for", typed=blocks.clip(typed, 80), meant=meant) for typed, meant in asked.taken_for]
    if asked.also is not None and asked.also != asked.issue and asked.kind in _ON_ONE_ISSUE:
        notes.append(say("mention.also", issue=asked.also.name))
    if not notes:
        return reply
    note = " ".join(notes)
    shown = reply.blocks or (blocks.section(reply.text),)
    return replace(reply, text=f"{blocks.escape(note)} {reply.text}", blocks=blocks.fit((blocks.context(note), *shown)))


def _above(request: Request, deps: Deps) -> Subject:
    """What a thread is about that hangs on a link: its piece."""
    piece = deps.store.articles.find(request.team, request.above) if request.above else None
    return Subject(piece=piece.id) if piece is not None else Subject()


class _Asked:
    """A question with what it was asked in."""

    def __init__(self, request: Request, question: Question, subject: Subject) -> None:
        self.request = request
        self.question = question
        self.subject = subject

    def typed(self, command: str, text: str) -> Request:
        """The same as a command, so that its buttons work and its answer is the command's."""
        return replace(self.request, command=command, text=text, page=0)


def _merged(old: Subject, new: Subject) -> Subject:
    """What the thread is about now: what was named last, the rest stays."""
    issue = new.issue or (old.issue if new.piece is None else None)
    listed = new.pieces or (old.pieces if new.piece is None or new.piece in old.pieces else ())
    before = old.person if new.person is not None and new.person != old.person else old.other
    return Subject(new.piece or (old.piece if new.person is None else None), new.person or old.person, issue, listed, new.other or before)


def _summary(asked: _Asked, deps: Deps) -> Reply:
    question = asked.question
    what = f"#{question.piece}" if question.piece is not None else question.link or question.words
    return summary.answer(asked.typed("/summary", f"{what} {question.length}".strip()), deps)


def _narrowing(question: Question) -> str:
    """Outlet and days, as they are typed behind a command."""
    outlet = f' outlet:"{question.outlet}"' if question.outlet else ""
    return f"{outlet}{When(question.since, question.until)}"


def _views(asked: _Asked, deps: Deps) -> Reply:
    question = asked.question
    if question.kind is QuestionKind.COMPARE and len(question.people) < 2:
        return Reply(say("mention.compare_whom", person=blocks.escape(question.people[0].name)))
    who = " vs ".join(f"#{person.id}" for person in question.people[:2])
    narrowing = _narrowing(question)
    if question.issue and question.from_thread and len(question.people) == 1 and question.issue.slug != asked.subject.issue:
        profile = deps.store.people.profile(asked.request.team, question.people[0].id)
        if question.issue.slug not in {slug for slug, *_ in profile.issues}:  # "and on migration?" after somebody who never wrote on it
            return _issue(asked, deps)
    if question.issue or not question.words:
        on = f" on {question.issue.name}" if question.issue else ""
        return views.answer(asked.typed("/views", f"{who}{on}{narrowing}"), deps)
    try:
        return views.answer(asked.typed("/views", f"{who} on {question.words}{narrowing}"), deps)
    except IssueNotFound:
        reply = views.answer(asked.typed("/views", f"{who}{narrowing}"), deps)
        note = say("mention.not_on", words=blocks.clip(question.words, 80))
        return replace(reply, text=f"{blocks.escape(note)} {reply.text}", blocks=blocks.fit((blocks.context(note), *reply.blocks)))


def _issue(asked: _Asked, deps: Deps) -> Reply:
    assert asked.question.issue is not None
    return issue.answer(asked.typed("/issue", asked.question.issue.name + _narrowing(asked.question)), deps)


def _search(asked: _Asked, deps: Deps) -> Reply:
    question = asked.question
    outlet = f' outlet:"{question.outlet}"' if question.outlet else ""
    days = f" after:{question.since}" if question.since else ""
    days += f" before:{question.until + timedelta(days=1)}" if question.until else ""
    reply = library.answer(asked.typed("/library", f"search {question.words}{outlet}{days}"), deps)
    return reply if reply.blocks or not days else library.answer(asked.typed("/library", f"search {question.words}{outlet}"), deps)


def _newer(asked: _Asked, deps: Deps) -> Reply:
    reply = questions.newer(asked.typed("newer", _about(asked)), deps)
    if asks_summary(asked.request.text) and reply.subject is not None and reply.subject.pieces:  # "summarise the latest piece on sanctions"
        return summary.answer(asked.typed("/summary", f"#{reply.subject.pieces[0]} {asked.question.length}".strip()), deps)
    return reply


def _disagree(asked: _Asked, deps: Deps) -> Reply:
    return questions.disagree(asked.typed("disagree", _about(asked, whose=True)), deps)


def _quoted(asked: _Asked, deps: Deps) -> Reply:
    return questions.quoted(asked.typed("quoted", _about(asked)), deps)


def _who(asked: _Asked, deps: Deps) -> Reply:
    return questions.who(asked.typed("who", _about(asked)), deps)


def _outlets(asked: _Asked, deps: Deps) -> Reply:
    return questions.outlets(asked.typed("outlets", _about(asked)), deps)


def _older(asked: _Asked, deps: Deps) -> Reply:
    if re.search(OLDEST, asked.request.text, re.IGNORECASE):
        return questions.oldest(asked.typed("oldest", _about(asked)), deps)
    listed = asked.subject.pieces or ((asked.subject.piece,) if asked.subject.piece else ())
    behind = f" behind:{listed[-1]}" if listed and not asked.question.piece else ""
    return questions.older(asked.typed("older", _about(asked) + behind), deps)


def _within(asked: _Asked, deps: Deps) -> Reply:
    return questions.within(asked.typed("within", _about(asked)), deps)


def _source(asked: _Asked, deps: Deps) -> Reply:
    subject = asked.subject
    listed = subject.pieces if subject.pieces and subject.piece not in subject.pieces else (subject.piece,)
    text = " ".join((asked.question.kind, *(f"#{piece}" for piece in listed if piece)))
    return questions.source(asked.typed("source", text), deps)


def _why(asked: _Asked, deps: Deps) -> Reply:
    if asked.subject.piece is not None and (not asked.subject.pieces or asked.subject.piece in asked.subject.pieces):
        return summary.answer(asked.typed("/summary", f"#{asked.subject.piece} long"), deps)
    return _source(asked, deps)


def _authors(asked: _Asked, deps: Deps) -> Reply:
    return views.answer(asked.typed("/views", ""), deps)


def _help(asked: _Asked, deps: Deps) -> Reply:
    if re.search(COMMANDS_ASKED, asked.request.text, re.IGNORECASE):
        return help.everything(asked.request, deps)
    things = _quoted_each(message for _, message in prompts(asked.request.team, deps))
    return Reply(say("mention.help", things=things))


def _unknown(asked: _Asked, deps: Deps) -> Reply:
    if asks_summary(asked.request.text):
        return Reply(say("mention.of_which_piece"))
    here = asked.question.suggestions if asked.subject != Subject() else [message for _, message in prompts(asked.request.team, deps)]
    return Reply(say("mention.not_understood", things=_quoted_each(here)))


def _quoted_each(things: Iterable[str]) -> str:
    return " ".join(say("mention.thing", words=blocks.escape(thing)) for thing in things)


_OPEN = frozenset({QuestionKind.SEARCH, QuestionKind.UNKNOWN})
_ON_ONE_ISSUE = frozenset({QuestionKind.VIEWS, QuestionKind.COMPARE, QuestionKind.ISSUE, QuestionKind.DISAGREE, QuestionKind.NEWER, QuestionKind.WHO})

ANSWERS = {
    QuestionKind.SUMMARY: _summary,
    QuestionKind.VIEWS: _views,
    QuestionKind.COMPARE: _views,
    QuestionKind.ISSUE: _issue,
    QuestionKind.SEARCH: _search,
    QuestionKind.NEWER: _newer,
    QuestionKind.DISAGREE: _disagree,
    QuestionKind.QUOTED: _quoted,
    QuestionKind.WHO: _who,
    QuestionKind.OUTLETS: _outlets,
    QuestionKind.OLDER: _older,
    QuestionKind.WITHIN: _within,
    QuestionKind.SOURCE: _source,
    QuestionKind.WHY: _why,
    QuestionKind.AUTHORS: _authors,
    QuestionKind.HELP: _help,
    QuestionKind.UNKNOWN: _unknown,
}


def _about(asked: _Asked, whose: bool = False) -> str:
    """What a question is about, by ids. ``whose``: with the thread's person or piece even where an issue is named, for it is they who are
    disagreed with.
    """
    question, subject = asked.question, asked.subject
    piece = question.piece
    person = question.people[0].id if question.people else None
    issue_slug = question.issue.slug if question.issue else None
    if piece is None and person is None and issue_slug is None and not question.words:
        piece, person, issue_slug = subject.piece, subject.person, subject.issue
    elif whose and piece is None and person is None:
        piece, person = subject.piece, subject.person
    parts = [f"#{piece}" if piece else "", f"p{person}" if person else "", f"i:{issue_slug}" if issue_slug else ""]
    parts += [f"o:{quote(question.outlet)}" if question.outlet else ""]
    parts += [f"since:{question.since}" if question.since else "", f"until:{question.until}" if question.until else ""]
    return " ".join([*filter(None, parts), question.words]).strip()


def prompts(team: str, deps: Deps) -> tuple[tuple[str, str], ...]:
    """At most four things to ask, from what the library holds: title and message."""
    things = []
    newest = deps.store.articles.newest(team, 1)
    if newest:
        things.append((say("prompt.summary", title=blocks.clip(cards.title(newest[0]), 40)), f"summary of #{newest[0].id}"))
    active = deps.store.issues.activity(team, limit=1)
    if active:
        things.append((say("prompt.issue", issue=active[0].issue.name), f"what does everyone say about {active[0].issue.name}?"))
    authors = deps.store.people.authors(team, 1)
    if authors:
        things.append((say("prompt.author", author=authors[0][0].name), f"what does {authors[0][0].name} say?"))
    return (*things, (say("prompt.help"), "help"))[:4]
