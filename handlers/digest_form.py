"""The form for a digest: filled in, previewed, saved."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.errors import Misunderstood, NotFound
from bot.records import Cadence, Filters, Subscription
from bot.schedule import LENGTHS, described
from bot.wording import say
from bot.wording.dates import DAYS
from handlers import blocks, digest_card, inputs
from handlers.answer import Deps, Form, Reply, Request
from handlers.blocks import Block
from handlers.digest_asked import order, scheduled

if TYPE_CHECKING:
    from bot.digest import Digest

FORM, SAVE = "digest", "digest_save"
"""Callbacks: the form itself, and the preview that saves."""

CADENCES = (Cadence.WEEKLY, Cadence.WEEKDAYS, Cadence.DAILY, Cadence.MONTHLY, Cadence.INSTANT)
"""In the order in which they are offered."""
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
        above.append(blocks.section(say("digest_form.nothing_fits")))
    else:
        _, shown = digest_card.message(digest)
        above += [blocks.context(say("digest_form.would_look")), blocks.divider(), *shown[:PREVIEWED]]
    return Reply("", form=Form(SAVE, say("digest_form.preview"), tuple(above), submit=say("form.save"), context=_packed(made)))


def composed(order: Subscription, deps: Deps) -> Digest | None:
    """What would be posted now; None when nothing is new."""
    from handlers.composer import Composer  # not needed before somebody asks for a digest

    return Composer(deps.store, deps.now).preview(order)


def save(request: Request, deps: Deps) -> Reply:
    """Keeps what was previewed."""
    made = _unpacked(request, deps)
    changed = bool(made.id)
    held = keep(made, deps)
    about, then = blocks.escape(summary(held, deps)), blocks.escape(_next(held, deps))
    done = "changed" if changed else "saved"
    return Reply(say(f"digest_form.done_{done}", number=held.id, digest=about, where=where(held), next=then, invitation=invitation(held)))


def keep(made: Subscription, deps: Deps) -> Subscription:
    """Store an order. A new digest's first message looks back over one period; notices tell only what comes from now on."""
    now = deps.now()
    since = now if made.cadence is Cadence.INSTANT else now - LENGTHS[made.cadence]
    return deps.store.subscriptions.save(scheduled(replace(made, reason=None), now), since=since)


def summary(held: Subscription, deps: Deps) -> str:
    """For example "every Monday at 09:00 (Europe/Berlin), on Sanctions, by Ada Venn"."""
    store, filters, either = deps.store, held.filters, say("listed.or").join
    said = [described(held)]
    if filters.issues:
        known = {issue.slug: issue.name for issue in store.issues.all(held.team)}
        said.append(say("digest_form.on", issues=either(known.get(slug, slug) for slug in filters.issues)))
    if filters.authors:
        people = [store.people.by_id(held.team, id_) for id_ in filters.authors]
        said.append(say("digest_form.by", authors=either(person.name for person in people if person)))
    if filters.outlets:
        said.append(say("digest_form.from", outlets=either(filters.outlets)))
    return ", ".join(said)


def where(held: Subscription) -> str:
    """Where it is posted; mrkdwn."""
    if held.channel.startswith(("C", "G")):
        return say("digest_form.in_channel", channel=f"<#{held.channel}>")
    return say("digest_form.directly") if held.channel else ""


def invitation(held: Subscription) -> str:
    """How to let the bot in, for a channel."""
    return say("digest_form.invite") if held.channel.startswith(("C", "G")) else ""


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
    days = [(day, say(f"weekday.{day}")) for day in DAYS]
    fields = (
        inputs.select("cadence", say("digest_form.cadence"), ((c.value, say(f"cadence.{c.value}")) for c in CADENCES), initial=held.cadence.value),
        inputs.select("day", say("digest_form.day"), days, initial=held.day if held.day in DAYS else DAYS[0], hint=say("digest_form.day_hint")),
        inputs.select("time", say("digest_form.time"), ((time, time) for time in TIMES), initial=_nearest(held)),
        inputs.line("zone", say("digest_form.zone"), initial=held.zone, hint=say("digest_form.zone_hint"), most=60),
        inputs.conversation(
            "channel", say("digest_form.channel"), initial=None if direct else held.channel, hint=say("digest_form.channel_hint"), optional=True
        ),
        inputs.several_found("issues", say("digest_form.issues"), initial=[(slug, known[slug]) for slug in held.filters.issues if slug in known]),
        inputs.several_found("authors", say("digest_form.authors"), initial=[(str(person.id), person.name) for person in people]),
        inputs.several_found("outlets", say("digest_form.outlets"), initial=[(name, name) for name in held.filters.outlets]),
    )
    shown = [_without_default(field) if direct and field.get("block_id") == "channel" else field for field in fields]
    return Form(FORM, say("digest_form.form"), tuple(shown), submit=say("digest_form.preview"), context=str(held.id))


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
        raise NotFound("digest_form.not_yours")
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
        return say("digest_form.starts_now")
    return say("digest_form.next", day=digest_card.moment(held.next_due_at, held.zone))


def _packed(made: Subscription) -> str:
    """The order as a form carries it."""
    filters = made.filters
    packed = [
        made.id, made.channel, made.cadence.value, made.day, made.hour, made.minute, made.zone, filters.issues, filters.authors, filters.outlets,
    ]  # fmt: skip
    text = json.dumps(packed, ensure_ascii=False, separators=(",", ":"))
    if len(text) > 2_000:
        raise Misunderstood("digest_form.too_much")
    return text


def _unpacked(request: Request, deps: Deps) -> Subscription:
    try:
        id_, channel, cadence, day, hour, minute, where, issues, authors, outlets = json.loads(request.context)
        filters = Filters(tuple(map(str, issues)), tuple(map(int, authors)), tuple(map(str, outlets)))
        made = Subscription(0, request.team, channel, request.person, Cadence(cadence), int(hour), str(where), int(minute), day, filters)
    except (ValueError, TypeError):
        raise Misunderstood("digest_form.old_form") from None
    return replace(_over(_mine(int(id_), request, deps), made), zone=made.zone) if id_ else made
