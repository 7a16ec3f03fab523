"""What stands under an answer: *More*, *Share to channel*, feedback; and what pressing it does.

An answer's ``Ask`` travels in its buttons and is answered anew, so nothing is kept between two clicks and a share shows the
library as it is then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.errors import Misunderstood
from bot.records import Subject
from bot.wording import say
from handlers import blocks, inputs
from handlers.answer import Answer, Ask, Deps, Form, Reply, Request
from handlers.blocks import Block

MORE, BACK, SHARE, FEEDBACK, ASK = "more", "back", "share", "feedback", "ask"
REMARK = "remark"
SUBSCRIBE_ON = "digest_on"
"""Opens the form of a digest on the issue whose slug it carries."""


def dress(reply: Reply) -> Reply:
    """An answer with what belongs under it; a private one can be shared, one in a channel is turned over privately."""
    if reply.ask is None or reply.form is not None:
        return reply if not reply.buttons else replace(reply, blocks=blocks.fit(reply.blocks, (blocks.actions(*reply.buttons),)))
    value = reply.ask.encode()
    pressed: list[Block] = list(reply.buttons)
    if value is not None:
        if reply.more:
            pressed.append(blocks.button(say("button.more", n=reply.more), MORE, value))
        if reply.ask.page and reply.private:
            pressed.append(blocks.button(say("button.back"), BACK, value))
        if reply.private:
            pressed.append(blocks.button(say("button.share"), SHARE, value))
    under = ((blocks.actions(*pressed),) if pressed else ()) + (blocks.feedback(FEEDBACK, named(reply.ask, reply.subject)),)
    return replace(reply, blocks=blocks.fit(reply.blocks, under))


def named(ask: Ask, subject: Subject | None) -> str:
    """Which answer it was: the command and the ids that it was about, never what was typed."""
    subject = subject or Subject()
    about = [
        f"#{subject.piece}" if subject.piece else "",
        f"person:{subject.person}" if subject.person else "",
        f"issue:{subject.issue}" if subject.issue else "",
        f"page:{ask.page}" if ask.page else "",
    ]
    return " ".join([ask.command, *filter(None, about)])[:200]


def again(answers: Mapping[str, Answer], ask: Ask, request: Request, deps: Deps) -> Reply:
    """The answer to an ask, made anew for whoever pressed."""
    if ask.command not in answers:
        raise Misunderstood("answer.old_button")
    made = replace(request, text=ask.text, command=ask.command, page=ask.page, context="")
    return answers[ask.command](made, deps)


def turning(answers: Mapping[str, Answer], by: int) -> Answer:
    """The page after, or before."""

    def turn(request: Request, deps: Deps) -> Reply:
        """Another page of the same answer, in place of the one that was read."""
        return replace(again(answers, Ask.decode(request.context).turned(by), request, deps), instead=True)

    return turn


def sharing(answers: Mapping[str, Answer]) -> Answer:
    """The same answer for everybody in the channel."""

    def share(request: Request, deps: Deps) -> Reply:
        """Posts the answer in the channel, saying who shared it, and takes the private one away."""
        return replace(again(answers, Ask.decode(request.context), request, deps), private=False, shared=True, instead=True)

    return share


def signed(text: str, shown: Iterable[Block], person: str) -> tuple[str, list[Block]]:
    """What is shared, under the name of who shares it."""
    by = say("answer.shared_by", person=blocks.clip(person or say("answer.a_colleague"), 80))
    return f"{blocks.letters(blocks.escape(by))}\n{text}", list(blocks.fit([blocks.context(by), *shown]))


def feedback(request: Request, deps: Deps) -> Reply:
    """Keeps an opinion; an unfavourable one may be explained."""
    good, _, answer = request.context.partition("|")
    deps.store.feedback.add(request.team, request.person, answer, good == "+")
    if good == "+":
        return Reply(say("feedback.thanks"))
    field = inputs.text("remark", say("feedback.remark"), hint=say("feedback.remark_hint"), most=1_000)
    about = blocks.context(say("feedback.kept_where"))
    return Reply("", form=Form(REMARK, say("feedback.form"), (field, about), submit=say("feedback.send"), context=answer))


def remark(request: Request, deps: Deps) -> Reply:
    """Keeps what somebody wrote about an answer."""
    deps.store.feedback.add(request.team, request.person, request.context, False, str(request.form.get("remark") or "").strip() or None)
    return Reply(say("feedback.remark_kept"))


def asking(answers: Mapping[str, Answer]) -> Answer:
    """A button that asks something: picking a piece from a list, an issue from a home."""

    def ask(request: Request, deps: Deps) -> Reply:
        """The answer to what the button asks."""
        return again(answers, Ask.decode(request.context), request, deps)

    return ask


def ask_button(label: str, command: str, text: str) -> Block:
    """A button that asks ``command text`` when it is pressed."""
    return blocks.button(label, ASK, Ask(command, text).encode() or "")
