"""/digest: the scheduled post about what is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.errors import Misunderstood, NotAllowed
from bot.records import Cadence, Subscription
from bot.schedule import LENGTHS, next_due
from handlers import asked, blocks, digest_asked, digest_card, digest_form
from handlers.answer import Answer, Deps, Reply, Request
from handlers.blocks import Block
from handlers.outbox import NOW

MOST = 25
"""Digests of one person: each may post every day."""

HELP = (
    "*/digest* posts what is new in the library at your hour: by issue, one sentence each, new voices, where authors disagree.\n"
    "• `/digest subscribe` opens a form · or in words: `/digest subscribe weekly mon 09:00 on sanctions by Frolov here`\n"
    "• `/digest follow sanctions` says at once when a piece on an issue (or `by Frolov`) is added, at most every five minutes\n"
    "• `/digest preview` shows it without posting · `/digest now` posts it out of turn\n"
    "• `/digest list` yours and this channel's · `change #3` · `pause #3` · `resume #3` · `snooze #3 2 weeks` · `stop #3`\n"
    "Who set a digest up changes and stops it; a channel's digest may be paused, resumed and snoozed by anybody there."
)


def answer(request: Request, deps: Deps) -> Reply:
    """The word typed first says what is wanted; nothing typed shows what there is."""
    word, _, rest = asked.read(request.text).partition(" ")
    if not word:
        return listing(request, deps)
    verb = VERBS.get(word.casefold())
    if verb is None:
        raise Misunderstood(f"I know /digest {', '.join(VERBS)}. “{blocks.clip(word, 40)}” is none of them; /digest help says more.")
    return verb(replace(request, text=rest.strip()), deps)


def helping(request: Request, deps: Deps) -> Reply:
    """What can be typed."""
    return Reply(HELP, (blocks.section(HELP),))


def subscribe(request: Request, deps: Deps) -> Reply:
    """A form; or, said in words, a digest at once."""
    if len(deps.store.subscriptions.of_person(request.team, request.person)) >= MOST:
        raise NotAllowed(f"You have {MOST} digests already. /digest list shows them; /digest stop #3 ends one.")
    if not request.text:
        return digest_form.open_form(request, deps)
    return _kept(digest_asked.order(request, deps, request.text), deps)


def follow(request: Request, deps: Deps) -> Reply:
    """Notices when a piece on an issue or by an author is added."""
    text = request.text
    if not text:
        raise Misunderstood("Follow what? Type /digest follow and an issue, or /digest follow by and an author.")
    if not text.casefold().startswith(("on ", "by ", "outlet:")):
        text = f"on {text}"
    made = digest_asked.order(request, deps, text, Cadence.INSTANT)
    return _kept(replace(made, cadence=Cadence.INSTANT, day=None, next_due_at=deps.now()), deps)


def preview(request: Request, deps: Deps) -> Reply:
    """What would be posted now, for the person alone."""
    wanted = digest_asked.named(request.text)
    mine = _reachable(request, deps)
    if wanted.id is None and wanted.rest:
        order = digest_asked.order(request, deps, wanted.rest)
    elif wanted.id is not None or mine:
        order = _pick(request, deps)
    else:
        order = digest_asked.order(request, deps, "")
    return previewed(order, deps)


def previewed(order: Subscription, deps: Deps) -> Reply:
    """A digest as it would look, or why there is none."""
    digest = digest_form.composed(order, deps)
    about = blocks.escape(digest_form.summary(order, deps))
    if digest is None:
        since = order.last_sent_at or (order.created_at or deps.now()) - LENGTHS[order.cadence]
        return Reply(
            f"Nothing is new since {digest_card.moment(since, order.zone)} for {about}, so nothing would be posted. "
            "The next one covers this time as well."
        )
    text, shown = digest_card.message(digest)
    above = blocks.context(f"A preview for you alone: {digest_form.summary(order, deps)}. Nothing was posted.")
    more = digest_card.details(digest)
    below = (blocks.context(f"{more[0]} would stand in the thread."),) if more else ()
    return Reply(text, blocks.fit((above, *shown), below))


def now(request: Request, deps: Deps) -> Reply:
    """Posts a digest out of turn; the next one tells what comes after it."""
    held = _pick(request, deps, anybody=False)
    moment = deps.now()
    if digest_form.composed(held, deps) is None:
        return previewed(held, deps)
    since = held.last_sent_at or (held.created_at or moment) - LENGTHS[held.cadence]
    period = f"{NOW}{moment:%Y-%m-%dT%H:%M}"
    posting = deps.store.digests.enqueue(held.id, period, since, moment, held.next_due_at, due_at=moment)
    if posting is None:
        return Reply(f"Digest #{held.id} is being posted already.")
    return Reply(f"Posting digest #{held.id} {digest_form.where(held)} now. The next one tells what comes after it.")


def pause(request: Request, deps: Deps) -> Reply:
    """Keeps a digest quiet until somebody resumes it."""
    held = deps.store.subscriptions.pause(request.team, _pick(request, deps).id)
    return Reply(f"Paused digest #{held.id}. `/digest resume {held.id}` goes on; nothing that is added meanwhile is lost.")


def resume(request: Request, deps: Deps) -> Reply:
    """Lets a digest go on."""
    held = _pick(request, deps)
    due = deps.now() if held.cadence is Cadence.INSTANT else next_due(held, deps.now())
    held = deps.store.subscriptions.save(replace(held, paused=False, reason=None, snoozed_until=None, next_due_at=due))
    return Reply(f"Digest #{held.id} goes on: {blocks.escape(digest_form.summary(held, deps))}. {_next(held)}")


def snooze(request: Request, deps: Deps) -> Reply:
    """Keeps a digest quiet for a while."""
    until, rest = digest_asked.snooze(request.text, deps.now(), request.zone)
    held = _pick(replace(request, text=rest), deps)
    due = until if held.cadence is Cadence.INSTANT else next_due(held, until)
    held = deps.store.subscriptions.save(replace(held, snoozed_until=until, next_due_at=due))
    return Reply(f"Digest #{held.id} is quiet until {digest_card.moment(until, held.zone)}. {_next(held)} It covers everything until then.")


def stop(request: Request, deps: Deps) -> Reply:
    """Ends a digest for good."""
    held = deps.store.subscriptions.remove(request.team, _pick(request, deps, anybody=False).id)
    return Reply(f"Stopped digest #{held.id} ({blocks.escape(digest_form.summary(held, deps))}). `/digest subscribe` makes a new one.")


def change(request: Request, deps: Deps) -> Reply:
    """Opens the form of a digest that there is."""
    return digest_form.change(_pick(request, deps, anybody=False), request, deps)


def listing(request: Request, deps: Deps) -> Reply:
    """One's own digests and those of the channel."""
    found = _reachable(request, deps)
    if not found:
        nothing = "No digest is set up, neither for you nor here. `/digest subscribe` opens the form; `/digest preview` shows what one looks like."
        return Reply(nothing, (blocks.section(nothing), blocks.actions(blocks.button("Set one up", "digest_subscribe"))))
    shown: list[Block] = [blocks.context(f"{len(found)} digest{'s' * (len(found) > 1)}: yours and this channel's")]
    for held in found:
        shown.append(blocks.section(row(held, request, deps)))
        shown.append(blocks.actions(*_buttons(held, request)))
    return Reply("\n".join(row(held, request, deps) for held in found)[:3_000], blocks.fit(shown))


def row(held: Subscription, request: Request, deps: Deps) -> str:
    """One digest on a line; mrkdwn."""
    state = ""
    if held.reason:
        state = f" — paused: {blocks.escape(held.reason)}"
    elif held.paused:
        state = " — paused"
    elif held.snoozed_until and held.snoozed_until > deps.now():
        state = f" — quiet until {digest_card.moment(held.snoozed_until, held.zone)}"
    by = "" if held.person == request.person else f", set up by <@{held.person}>"
    due = "" if held.paused else f" {_next(held)}"
    return f"*#{held.id}* {blocks.escape(digest_form.summary(held, deps))} {digest_form.where(held)}{by}{state}.{due}"


def _kept(made: Subscription, deps: Deps) -> Reply:
    held = digest_form.keep(made, deps)
    kept = f"Digest #{held.id}: {blocks.escape(digest_form.summary(held, deps))} {digest_form.where(held)}."
    said = [kept, _next(held), digest_form.invitation(held)]
    return Reply(" ".join(part for part in said if part))


def _next(held: Subscription) -> str:
    if held.cadence is Cadence.INSTANT or held.next_due_at is None:
        return ""
    return f"Next: {digest_card.moment(held.next_due_at, held.zone)}, if anything is new."


def _buttons(held: Subscription, request: Request) -> list[Block]:
    value = str(held.id)
    rest = [blocks.button("Resume", "digest_resume", value) if held.paused else blocks.button("Pause", "digest_pause", value)]
    if held.person != request.person:
        return rest
    sure = {
        "title": blocks.plain("Stop this digest?"),
        "text": blocks.plain(f"Digest #{held.id} will not come again."),
        "confirm": blocks.plain("Stop"),
        "deny": blocks.plain("Keep"),
    }
    ending = blocks.button("Stop", "digest_stop", value, style="danger") | {"confirm": sure}
    return [blocks.button("Preview", "digest_preview", value), blocks.button("Change", "digest_change", value), *rest, ending]


def _reachable(request: Request, deps: Deps) -> tuple[Subscription, ...]:
    """One's own, wherever they go, and those of the channel in which it was typed."""
    store = deps.store.subscriptions
    here = store.of_channel(request.team, request.channel) if request.channel else ()
    found = {held.id: held for held in (*store.of_person(request.team, request.person), *here)}
    return tuple(found[id_] for id_ in sorted(found))


def _pick(request: Request, deps: Deps, *, anybody: bool = True) -> Subscription:
    """The digest that is meant. ``anybody``: in its channel others than its subscriber may do this too."""
    wanted = digest_asked.named(request.text)
    among = _reachable(request, deps) if anybody else deps.store.subscriptions.of_person(request.team, request.person)
    held = _chosen(request, deps, wanted.id, among)
    if held.person != request.person and not (anybody and held.channel == request.channel):
        raise NotAllowed(f"Only the person who set up digest #{held.id} may do that; in its own channel anybody may pause, resume or snooze it.")
    return held


def _chosen(request: Request, deps: Deps, id_: int | None, among: Sequence[Subscription]) -> Subscription:
    if id_ is not None:
        return deps.store.subscriptions.get(request.team, id_)
    if len(among) == 1:
        return among[0]
    if not among:
        raise Misunderstood("There is no digest yet. /digest subscribe sets one up.")
    listed = "; ".join(f"#{held.id} {digest_form.summary(held, deps)}" for held in among[:8])
    raise Misunderstood(f"Which one? {listed}. Put its number behind, for example #{among[0].id}.")


def pressed(verb: Answer) -> Answer:
    """The same by a button, whose value is the digest's number."""

    def press(request: Request, deps: Deps) -> Reply:
        """What the word does that stands on the button."""
        return verb(replace(request, text=f"#{request.context}" if request.context else ""), deps)

    return press


def settled(verb: Answer) -> Answer:
    """The same by a button in the list, which then shows how things stand now, in its own place."""

    def press(request: Request, deps: Deps) -> Reply:
        """What the word does that stands on the button; then the list."""
        done = pressed(verb)(request, deps)
        listed = listing(replace(request, text=""), deps)
        return replace(listed, text=f"{done.text}\n{listed.text}", blocks=blocks.fit((blocks.section(done.text), *listed.blocks)), instead=True)

    return press


VERBS: dict[str, Answer] = {
    "subscribe": subscribe,
    "follow": follow,
    "preview": preview,
    "now": now,
    "list": listing,
    "change": change,
    "pause": pause,
    "resume": resume,
    "snooze": snooze,
    "stop": stop,
    "help": helping,
}

ACTIONS: dict[str, Answer] = {
    **{f"digest_{word}": pressed(VERBS[word]) for word in ("subscribe", "preview", "change")},
    **{f"digest_{word}": settled(VERBS[word]) for word in ("pause", "resume", "stop")},
}
"""Buttons, by action_id."""

FORMS: dict[str, Answer] = {digest_form.FORM: digest_form.submit, digest_form.SAVE: digest_form.save}
"""Forms, by callback_id."""

OPTIONS = {"authors": digest_form.author_options, "outlets": digest_form.outlet_options}
"""Searched selects, by action_id; "issues" is everybody's."""
