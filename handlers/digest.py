"""/digest: the scheduled post about what is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.errors import Misunderstood, NotAllowed
from bot.records import Cadence, Filters, Subscription
from bot.schedule import LENGTHS, next_due
from bot.wording import say
from handlers import asked, blocks, digest_asked, digest_card, digest_form
from handlers.answer import Answer, Deps, Reply, Request
from handlers.blocks import Block
from handlers.buttons import SUBSCRIBE_ON
from handlers.outbox import NOW

MOST = 25
"""Digests of one person: each may post every day."""


def answer(request: Request, deps: Deps) -> Reply:
    """The word typed first says what is wanted; nothing typed shows what there is."""
    word, _, rest = asked.read(request.text).partition(" ")
    if not word:
        return listing(request, deps)
    verb = VERBS.get(SAME.get(word.casefold(), word.casefold()))
    if verb is None:
        raise Misunderstood("digest.verbs", verbs=", ".join(VERBS), typed=blocks.clip(word, 40))
    return verb(replace(request, text=rest.strip()), deps)


def helping(request: Request, deps: Deps) -> Reply:
    """What can be typed."""
    said = say("help.digest")
    return Reply(said, (blocks.section(said),))


def subscribe(request: Request, deps: Deps) -> Reply:
    """A form; or, said in words, a digest at once."""
    if len(deps.store.subscriptions.of_person(request.team, request.person)) >= MOST:
        raise NotAllowed("digest.most", most=MOST)
    if not request.text:
        return digest_form.open_form(request, deps)
    return _kept(digest_asked.order(request, deps, request.text), deps)


def follow(request: Request, deps: Deps) -> Reply:
    """Notices when a piece on an issue or by an author is added."""
    text = request.text
    if not text:
        raise Misunderstood("digest.follow_what")
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
    about = digest_form.summary(order, deps)
    above = blocks.context(say("digest.previewed", digest=about))
    if digest is None:
        since = order.last_sent_at or (order.created_at or deps.now()) - LENGTHS[order.cadence]
        nothing = say("digest.nothing_new", day=digest_card.moment(since, order.zone), digest=blocks.escape(about))
        # what the last one told shows what the next will be like
        earlier = replace(order, id=0, last_sent_at=order.last_sent_at - LENGTHS[order.cadence]) if order.last_sent_at else None
        digest = digest_form.composed(earlier, deps) if earlier else None
        if digest is None:
            return Reply(nothing)
        above = blocks.section(f"{nothing} {say('digest.last_told')}")
    text, shown = digest_card.message(digest)
    more = digest_card.details(digest)
    below = (blocks.context(say("digest.in_thread", words=more[0])),) if more else ()
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
        return Reply(say("digest.posting_already", number=held.id))
    return Reply(say("digest.posting", number=held.id, where=digest_form.where(held)))


def pause(request: Request, deps: Deps) -> Reply:
    """Keeps a digest quiet until somebody resumes it."""
    held = deps.store.subscriptions.pause(request.team, _pick(request, deps).id)
    return Reply(say("digest.paused", number=held.id))


def resume(request: Request, deps: Deps) -> Reply:
    """Lets a digest go on."""
    held = _pick(request, deps)
    due = deps.now() if held.cadence is Cadence.INSTANT else next_due(held, deps.now())
    held = deps.store.subscriptions.save(replace(held, paused=False, reason=None, snoozed_until=None, next_due_at=due))
    return Reply(say("digest.resumed", number=held.id, digest=blocks.escape(digest_form.summary(held, deps)), next=_next(held)))


def snooze(request: Request, deps: Deps) -> Reply:
    """Keeps a digest quiet for a while."""
    until, rest = digest_asked.snooze(request.text, deps.now(), request.zone)
    held = _pick(replace(request, text=rest), deps)
    due = until if held.cadence is Cadence.INSTANT else next_due(held, until)
    held = deps.store.subscriptions.save(replace(held, snoozed_until=until, next_due_at=due))
    return Reply(say("digest.snoozed", number=held.id, day=digest_card.moment(until, held.zone), next=_next(held)))


def stop(request: Request, deps: Deps) -> Reply:
    """Ends a digest for good."""
    held = deps.store.subscriptions.remove(request.team, _pick(request, deps, anybody=False).id)
    return Reply(say("digest.stopped", number=held.id, digest=blocks.escape(digest_form.summary(held, deps))))


def subscribe_on(request: Request, deps: Deps) -> Reply:
    """The form by the button under an issue, which is filled in."""
    filters = Filters(issues=(request.context,)) if deps.store.issues.by_slug(request.team, request.context) else Filters()
    return digest_form.change(replace(digest_asked.order(request, deps, ""), filters=filters), request, deps)


def change(request: Request, deps: Deps) -> Reply:
    """Opens the form of a digest that there is."""
    return digest_form.change(_pick(request, deps, anybody=False), request, deps)


def listing(request: Request, deps: Deps) -> Reply:
    """One's own digests and those of the channel."""
    found = _reachable(request, deps)
    if not found:
        nothing = say("digest.none")
        return Reply(nothing, (blocks.section(nothing), blocks.actions(blocks.button(say("button.set_up_digest"), "digest_subscribe"))))
    shown: list[Block] = [blocks.context(say("digest.count", n=len(found)))]
    for held in found:
        shown.append(blocks.section(row(held, request, deps)))
        shown.append(blocks.actions(*_buttons(held, request)))
    return Reply("\n".join(row(held, request, deps) for held in found)[:3_000], blocks.fit(shown))


def row(held: Subscription, request: Request, deps: Deps) -> str:
    """One digest on a line; mrkdwn."""
    state = ""
    if held.reason:
        state = say("digest.row_paused_for", reason=blocks.escape(held.reason))
    elif held.paused:
        state = say("digest.row_paused")
    elif held.snoozed_until and held.snoozed_until > deps.now():
        state = say("digest.row_quiet", day=digest_card.moment(held.snoozed_until, held.zone))
    by = "" if held.person == request.person else say("digest.row_by", person=f"<@{held.person}>")
    return say(
        "digest.row", number=held.id, digest=blocks.escape(digest_form.summary(held, deps)), where=digest_form.where(held), by=by, state=state,
        next="" if held.paused else _next(held),
    )  # fmt: skip


def _kept(made: Subscription, deps: Deps) -> Reply:
    held = digest_form.keep(made, deps)
    about, invitation = blocks.escape(digest_form.summary(held, deps)), digest_form.invitation(held)
    return Reply(say("digest.kept", number=held.id, digest=about, where=digest_form.where(held), next=_next(held), invitation=invitation))


def _next(held: Subscription) -> str:
    if held.cadence is Cadence.INSTANT or held.next_due_at is None:
        return ""
    return say("digest.next", day=digest_card.moment(held.next_due_at, held.zone))


def _buttons(held: Subscription, request: Request) -> list[Block]:
    value = str(held.id)
    rest = [blocks.button(say("button.resume"), "digest_resume", value) if held.paused else blocks.button(say("button.pause"), "digest_pause", value)]
    if held.person != request.person:
        return rest
    sure = {
        "title": blocks.plain(say("digest.sure")),
        "text": blocks.plain(say("digest.sure_text", number=held.id)),
        "confirm": blocks.plain(say("digest.sure_stop")),
        "deny": blocks.plain(say("digest.sure_keep")),
    }
    ending = blocks.button(say("button.stop"), "digest_stop", value, style="danger") | {"confirm": sure}
    return [blocks.button(say("button.preview"), "digest_preview", value), blocks.button(say("button.change"), "digest_change", value), *rest, ending]


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
        raise NotAllowed("digest.not_yours", number=held.id)
    return held


def _chosen(request: Request, deps: Deps, id_: int | None, among: Sequence[Subscription]) -> Subscription:
    if id_ is not None:
        return deps.store.subscriptions.get(request.team, id_)
    if len(among) == 1:
        return among[0]
    if not among:
        raise Misunderstood("digest.none_to_pick")
    listed = "; ".join(f"#{held.id} {digest_form.summary(held, deps)}" for held in among[:8])
    raise Misunderstood("digest.which", digests=listed, number=among[0].id)


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

SAME = {"unsubscribe": "stop", "unfollow": "stop", "cancel": "stop", "edit": "change", "show": "list", "mute": "pause", "unpause": "resume"}
"""What people type instead."""

ACTIONS: dict[str, Answer] = {
    **{f"digest_{word}": pressed(VERBS[word]) for word in ("subscribe", "preview", "change")},
    SUBSCRIBE_ON: subscribe_on,
    **{f"digest_{word}": settled(VERBS[word]) for word in ("pause", "resume", "stop")},
}
"""Buttons, by action_id."""

FORMS: dict[str, Answer] = {digest_form.FORM: digest_form.submit, digest_form.SAVE: digest_form.save}
"""Forms, by callback_id."""

OPTIONS = {"authors": digest_form.author_options, "outlets": digest_form.outlet_options}
"""Searched selects, by action_id; "issues" is everybody's."""
