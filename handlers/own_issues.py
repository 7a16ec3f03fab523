"""``/library issues``: the workspace's own issues, and what might be worth one; nothing is added but by a person."""

from __future__ import annotations

from dataclasses import replace

from bot.catalogue import entries
from bot.models import Issue
from bot.records import Proposal
from bot.wording import say
from handlers import blocks, repair
from handlers.answer import Deps, Reply, Request
from handlers.blocks import Block, Item

ADD, DISMISS = "proposal_add", "proposal_dismiss"
LONGEST = 80
"""Characters of an issue's name."""
A_PAGE = 15


def answer(request: Request, deps: Deps) -> Reply:
    """The workspace's own issues, then what recurs in recent pieces and is in no issue; and how to make one."""
    own = [issue for issue in deps.store.issues.all(request.team) if issue.own]
    make = blocks.actions(blocks.button(say("button.new_issue"), "issue_edit"))
    said = say("own_issue.count", issues=len(own)) if own else say("own_issue.none")
    items: list[Item] = [(_own_issue(issue),) for issue in own]
    signs = (sign for entry in entries() for sign in entry.signs)
    for at, proposal in enumerate(deps.store.proposals.all(request.team, signs=signs)):
        proposed = _proposed(proposal)
        items.append(proposed if at else (blocks.section(say("own_issue.perhaps")), *proposed))
    shown, left = blocks.turn(items, request.page, A_PAGE, [blocks.section(said)])
    return Reply(say("own_issue.heading") if own else said, (*shown, make), ask=replace(request.ask, command="/library", text="issues"), more=left)


def _own_issue(issue: Issue) -> Block:
    also = f" — {blocks.escape(blocks.clip(', '.join(issue.aliases), 300))}" if issue.aliases else ""
    change = blocks.button(say("button.change"), "issue_edit", issue.slug)
    return blocks.section(f"*{blocks.escape(blocks.clip(issue.name, 100))}*{also}", accessory=change)


def _proposed(one: Proposal) -> Item:
    phrase = blocks.clip(one.phrase, LONGEST)
    examples = ", ".join(f"#{piece}" for piece in one.examples)
    said = say("own_issue.proposed", phrase=blocks.escape(phrase), pieces=one.pieces, authors=one.authors, examples=examples)
    pressed = blocks.actions(blocks.button(say("button.add_issue"), ADD, phrase), blocks.button(say("button.dismiss"), DISMISS, phrase))
    return (blocks.section(said), pressed)


def add(request: Request, deps: Deps) -> Reply:
    """The form of a new issue, with the proposal for its name."""
    return repair.issue_form(None, request.context[:LONGEST], request)


def dismiss(request: Request, deps: Deps) -> Reply:
    """Takes a proposal away for good."""
    deps.store.proposals.dismiss(request.team, request.context)
    left = answer(replace(request, context=""), deps)
    said = say("own_issue.dismissed", phrase=blocks.escape(blocks.clip(request.context, LONGEST)))
    return replace(left, text=said, blocks=blocks.fit((blocks.section(said), *left.blocks)), instead=True)
