"""The form for a digest: filled in, previewed, saved."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.errors import Misunderstood, NotFound
from bot.records import Cadence, Filters, Subscription
from bot.schedule import DAY_NAMES, LENGTHS, described
from handlers import blocks, digest_card, inputs
from handlers.answer import Deps, Form, Reply, Request
from handlers.blocks import Block
from handlers.digest_asked import order, scheduled

if TYPE_CHECKING:
    from bot.digest import Digest

FORM, SAVE = "digest", "digest_save"
"""Callbacks: the form itself, and the preview that saves."""

CADENCES = (
    (Cadence.WEEKLY, "Every week"),
    (Cadence.WEEKDAYS, "Monday to Friday"),
    (Cadence.DAILY, "Every day"),
    (Cadence.MONTHLY, "On the first of every month"),
    (Cadence.INSTANT, "At once, when a piece is added"),
)
TIMES = tuple(f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30))
OFFERED = 20
PREVIEWED = 60
"""Blocks of a preview in a form, which takes 100 with what stands around it."""


def open_form(request: Request, deps: Deps) -> Reply:
    """An empty form, with what was typed filled in; for weekly digests on Mondays at nine, here, unless said otherwise."""
    return Reply("", form=_form(order(request, deps, request.text), request, deps))


def change(held: Subscription, request: Request, deps: Deps) -> Reply:
    """The form of a digest that there is."""
    return Reply("", form=_form(held, request, deps))


def submit(request: Request, deps: Deps) -> Reply:
    """What was filled in, shown as it would be posted now; nothing is saved yet."""
    errors: dict[str, str] = {}
    made = _read(request, deps, errors)
    if errors:
        return Reply("", form_errors=errors)
    digest = composed(made, deps)
    above: list[Block] = [blocks.section(f"*{blocks.escape(summary(made, deps))}*"), blocks.context(_next(made, deps))]
    if digest is None:
        above.append(blocks.section("Nothing that was added lately fits, so there is nothing to preview. It starts with the next piece that does."))
    else:
        _, shown = digest_card.message(digest)
        above += [blocks.context("This is how it would look now:"), blocks.divider(), *shown[:PREVIEWED]]
    return Reply("", form=Form(SAVE, "Preview", tuple(above), submit="Save", context=_packed(made)))


def composed(order: Subscription, deps: Deps) -> Digest | None:
    """What would be posted now; None when nothing is new."""
    from handlers.composer import Composer  # not needed before somebody asks for a digest

    return Composer(deps.store, deps.now).preview(order)


def save(request: Request, deps: Deps) -> Reply:
    """Keeps what was previewed."""
    made = _unpacked(request, deps)
    changed = bool(made.id)
    held = keep(made, deps)
    done = "Changed" if changed else "Saved"
    kept = f"{done} digest #{held.id}: {blocks.escape(summary(held, deps))} {where(held)}."
    return Reply(f"{kept} {blocks.escape(_next(held, deps))} {invitation(held)}".strip())


def keep(made: Subscription, deps: Deps) -> Subscription:
    """Store an order. A new digest's first message looks back over one period; notices tell only what comes from now on."""
    now = deps.now()
    since = now if made.cadence is Cadence.INSTANT else now - LENGTHS[made.cadence]
    return deps.store.subscriptions.save(scheduled(replace(made, reason=None), now), since=since)


def summary(held: Subscription, deps: Deps) -> str:
    """For example "every Monday at 09:00 (Europe/Berlin), on Sanctions, by Ada Venn"."""
    store, filters = deps.store, held.filters
    said = [described(held)]
    if filters.issues:
        known = {issue.slug: issue.name for issue in store.issues.all(held.team)}
        said.append("on " + " or ".join(known.get(slug, slug) for slug in filters.issues))
    if filters.authors:
        people = [store.people.by_id(held.team, id_) for id_ in filters.authors]
        said.append("by " + " or ".join(person.name for person in people if person))
    if filters.outlets:
        said.append("from " + " or ".join(filters.outlets))
    return ", ".join(said)


def where(held: Subscription) -> str:
    """Where it is posted; mrkdwn."""
    return f"in <#{held.channel}>" if held.channel.startswith(("C", "G")) else "to you directly" if held.channel != "" else ""


def invitation(held: Subscription) -> str:
    """How to let the bot in, for a channel."""
    return "If I am not in that channel yet, invite me there with `/invite`." if held.channel.startswith(("C", "G")) else ""


def author_options(request: Request, deps: Deps) -> list[Block]:
    """Authors for what is being typed."""
    found = deps.store.people.candidates(request.team, request.text, OFFERED)
    return inputs.options((str(person.id), person.name) for person in found)


def outlet_options(request: Request, deps: Deps) -> list[Block]:
    """Outlets for what is being typed."""
    typed = request.text.casefold().strip()
    return inputs.options((name, name) for name, _ in deps.store.articles.outlets(request.team) if typed in name.casefold())[:OFFERED]


def _form(held: Subscription, request: Request, deps: Deps) -> Form:
    known = {issue.slug: issue.name for issue in deps.store.issues.all(held.team)}
    people = [person for id_ in held.filters.authors if (person := deps.store.people.by_id(held.team, id_))]
    direct = held.channel == held.person or held.channel.startswith("D")
    fields = (
        inputs.select("cadence", "How often", ((c.value, label) for c, label in CADENCES), initial=held.cadence.value),
        inputs.select("day", "Day", DAY_NAMES.items(), initial=held.day if held.day in DAY_NAMES else "mon", hint="For a weekly digest."),
        inputs.select("time", "Time", ((time, time) for time in TIMES), initial=_nearest(held)),
        inputs.line("zone", "Time zone", initial=held.zone, hint="For example Europe/Berlin or America/New_York.", most=60),
        inputs.conversation(
            "channel", "Where", initial=None if direct else held.channel, hint="Leave it empty for a direct message to you.", optional=True
        ),
        inputs.several_found("issues", "Only on these issues", initial=[(slug, known[slug]) for slug in held.filters.issues if slug in known]),
        inputs.several_found("authors", "Only by these authors", initial=[(str(person.id), person.name) for person in people]),
        inputs.several_found("outlets", "Only from these outlets", initial=[(name, name) for name in held.filters.outlets]),
    )
    shown = [_without_default(field) if direct and field.get("block_id") == "channel" else field for field in fields]
    return Form(FORM, "Digest", tuple(shown), submit="Preview", context=str(held.id))


def _without_default(field: Block) -> Block:
    """Empty stands for a direct message; Slack would fill in the channel in which the form was opened."""
    return {**field, "element": {key: value for key, value in field["element"].items() if key != "default_to_current_conversation"}}


def _read(request: Request, deps: Deps, errors: dict[str, str]) -> Subscription:
    given = request.form
    cadence = Cadence(str(given.get("cadence") or Cadence.WEEKLY.value))
    hour, _, minute = str(given.get("time") or "09:00").partition(":")
    day = str(given.get("day") or "mon") if cadence is Cadence.WEEKLY else "1" if cadence is Cadence.MONTHLY else None
    filters = Filters(
        tuple(str(slug) for slug in given.get("issues") or ()),
        tuple(int(id_) for id_ in given.get("authors") or () if str(id_).isdigit()),
        tuple(str(name) for name in given.get("outlets") or ()),
    )
    channel = str(given.get("channel") or request.person)
    made = Subscription(0, request.team, channel, request.person, cadence, int(hour), "UTC", int(minute), day, filters)
    if request.context.isdigit() and int(request.context):
        made = _over(_mine(int(request.context), request, deps), made)
    try:
        return scheduled(replace(made, zone=str(given.get("zone") or request.zone).strip()), deps.now())
    except Misunderstood as reason:
        errors["zone"] = str(reason)
        return made


def _mine(id_: int, request: Request, deps: Deps) -> Subscription:
    held = deps.store.subscriptions.get(request.team, id_)
    if held.person != request.person:
        raise NotFound("Only the person who set a digest up changes it. `/digest subscribe` makes one of your own.")
    return held


def _over(held: Subscription, made: Subscription) -> Subscription:
    """A digest with what the form says of it; what it has told stays."""
    return replace(
        held, channel=made.channel, cadence=made.cadence, day=made.day, hour=made.hour, minute=made.minute, filters=made.filters,
        paused=False, reason=None, snoozed_until=None,
    )  # fmt: skip


def _nearest(held: Subscription) -> str:
    return f"{held.hour:02}:{30 if held.minute >= 30 else 0:02}"


def _next(held: Subscription, deps: Deps) -> str:
    if held.cadence is Cadence.INSTANT or held.next_due_at is None:
        return "It starts now."
    local = held.next_due_at
    return f"The next is due on {digest_card.moment(local, held.zone)}, if anything is new."


def _packed(made: Subscription) -> str:
    """The order as a form carries it."""
    filters = made.filters
    packed = [
        made.id, made.channel, made.cadence.value, made.day, made.hour, made.minute, made.zone, filters.issues, filters.authors, filters.outlets,
    ]  # fmt: skip
    text = json.dumps(packed, ensure_ascii=False, separators=(",", ":"))
    if len(text) > 2_000:
        raise Misunderstood("That is more than one digest can follow. Choose fewer issues, authors or outlets, or make two digests.")
    return text


def _unpacked(request: Request, deps: Deps) -> Subscription:
    try:
        id_, channel, cadence, day, hour, minute, where, issues, authors, outlets = json.loads(request.context)
        filters = Filters(tuple(map(str, issues)), tuple(map(int, authors)), tuple(map(str, outlets)))
        made = Subscription(0, request.team, channel, request.person, Cadence(cadence), int(hour), str(where), int(minute), day, filters)
    except (ValueError, TypeError):
        raise Misunderstood("That form is from an older version of me. Please type /digest subscribe again.") from None
    return replace(_over(_mine(int(id_), request, deps), made), zone=made.zone) if id_ else made
