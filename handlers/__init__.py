"""The ears and the mouth: what people say to Entente, and how it answers. The whole menu stands here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handlers import adding, buttons, digest, help, home, issue, library, mention, own_issues, previews, questions, repair, shortcuts, summary, views
from handlers.answer import Answer, Deps, Request
from handlers.blocks import Block

COMMANDS: dict[str, Answer] = {
    "/summary": summary.answer,
    "/views": views.answer,
    "/issue": issue.answer,
    "/library": library.answer,
    "/digest": digest.answer,
}
"""Slash commands; manifest.yml names the same."""

_ANSWERS: Mapping[str, Answer] = COMMANDS | questions.QUESTIONS
"""Whatever a button can ask again."""

SHARE = buttons.SHARE

ACTIONS: dict[str, Answer] = {
    buttons.MORE: buttons.turning(_ANSWERS, +1),
    buttons.BACK: buttons.turning(_ANSWERS, -1),
    buttons.SHARE: buttons.sharing(_ANSWERS),
    buttons.FEEDBACK: buttons.feedback,
    "ask": buttons.asking(_ANSWERS),
    "add": adding.open_form,
    "fix": repair.open_form,
    "remove": library.ask_to_remove,
    "feed_add": adding.open_feed_form,
    "feed_remove": library.remove_feed,
    "issue_edit": repair.open_issue_form,
    own_issues.ADD: own_issues.add,
    own_issues.DISMISS: own_issues.dismiss,
    "export": library.export,
    "forget": home.ask_to_forget,
    **digest.ACTIONS,
}
"""Buttons and menus, by action_id."""

FORMS: dict[str, Answer] = {
    buttons.REMARK: buttons.remark,
    "add": adding.submit,
    "fix": repair.submit,
    "remove": library.remove_now,
    "feed": adding.submit_feed,
    "issue": repair.submit_issue,
    "search": shortcuts.search_submitted,
    "forget": home.forget,
    **digest.FORMS,
}
"""Forms, by callback_id."""

SHORTCUTS: dict[str, Answer] = {
    "save_to_library": shortcuts.save,
    "summarise_message": shortcuts.summarise,
    "search_library": shortcuts.search,
}
"""Message and global shortcuts, by callback_id."""

OPTIONS: dict[str, Callable[[Request, Deps], list[Block]]] = {
    "issues": repair.issue_options,
    **digest.OPTIONS,
}
"""Searched selects, by action_id: what is offered for what was typed."""

READING_ONLY = frozenset({"/summary", "/views", "/issue", buttons.MORE, buttons.BACK, "ask"})
"""Answers that store nothing but a reading, which is there once however often it is asked for: they wait for no writer."""


def only_reads(request: Request) -> bool:
    """Whether a command stores nothing but a reading."""
    if request.command == "/library":
        return request.text.strip().partition(" ")[0].lower() in library.READING
    return request.command in READING_ONLY


ZONED = frozenset({"/digest", *digest.ACTIONS})
"""Answers that need the person's time zone, so Slack may have to be asked first."""

ADMINS = frozenset({"forget"})
"""Buttons and forms for which Slack is asked whether the person is an admin of the workspace."""

__all__ = [
    "ACTIONS", "ADMINS", "COMMANDS", "FORMS", "OPTIONS", "READING_ONLY", "SHARE", "SHORTCUTS", "ZONED",
    "help", "home", "library", "mention", "only_reads", "previews",
]  # fmt: skip
