"""One workspace never sees another's: every handler, asked for the other one's pieces, people, issues, digests, feeds and readings."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product

import pytest

import handlers
from bot.models import Issue
from bot.records import Cadence, Filters, Subject, Subscription
from handlers.answer import Ask, Deps, File, Reply, Request, settle
from handlers.slack.clients import Clients
from handlers.slack.hearing import Place
from handlers.slack.mouth import Mouth
from store import Store
from tests.slack import payloads
from tests.slack.reference import BOT_USER, TEAM
from tests.slack.running import add, fill
from tests.slack.wire import over_http

THEIRS, OURS, THEM, ME = "T0THEIRS", TEAM, "UTHEM", payloads.PERSON
CHANNEL = payloads.CHANNEL
SECRET = "okapi"
"""In everything that the other workspace has, and never typed by us."""


@dataclass(frozen=True, slots=True)
class Other:
    """Ids of the other workspace."""

    piece: int
    person: int
    digest: int
    feed: int
    reading: int
    address: str = "https://okapi.example/1"


@pytest.fixture
def other(store: Store) -> Other:
    """Two libraries in one store; theirs came first, so that its ids are low."""
    store.issues.load([Issue("rent-control", "Rent control"), Issue("ports", "Port fees")])
    mine = store.issues.save(THEIRS, Issue("okapi-trade", "Okapi trade", ("okapi exports",), own=True))
    text = "The okapi must be saved now. Mira Okapi says that the okapi trade will end. A tax would be a mistake for every okapi."
    for number, issue in enumerate(("rent-control", mine.slug), 1):
        piece = add(
            store, THEIRS, f"Okapi {number}", text + f" Okapi number {number * 71} is {'old' * number}.", author="Zeno Okapi", outlet="The Okapi",
            issue=issue, url=f"https://okapi.example/{number}",
        )  # fmt: skip
    person = store.people.get(THEIRS, "Zeno Okapi").id
    filters = Filters(("okapi-trade",), (person,), ("The Okapi",))
    order = Subscription(0, THEIRS, "COKAPI", THEM, Cadence.WEEKLY, 9, "UTC", 0, "mon", filters)
    digest = store.subscriptions.save(order, since=datetime(2026, 1, 1, tzinfo=UTC)).id
    feed = store.feeds.add(THEIRS, "https://okapi.example/feed.xml", "Okapi daily").id
    store.feedback.add(THEIRS, THEM, "/summary #1", False, "the okapi is missing")
    store.threads.remember(THEIRS, CHANNEL, "1700000000.000100", Subject(piece=piece, person=person, issue=mine.slug, pieces=(1, 2)))
    failed = store.readings.enqueue(THEIRS, "https://okapi.example/dead", person=THEM)
    store.readings.fail(failed.id, "The okapi cannot be reached.")
    fill(store, OURS)
    return Other(piece, person, digest, feed, failed.id)


def theirs(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the other workspace."""
    db = sqlite3.connect(store.path)
    try:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%team TEXT%'")]
        return {name: db.execute(f"SELECT * FROM {name} WHERE team = ?", [THEIRS]).fetchall() for name in names}
    finally:
        db.close()


@pytest.fixture
def untouched(store: Store, other: Other) -> Iterator[None]:
    before = theirs(store)
    assert sum(map(len, before.values())) > 50
    yield
    after = theirs(store)
    changed = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
    assert not changed, str(changed)


def laid_out(reply: Reply, deps: Deps) -> str:
    """All that anybody would see or carry."""
    mouth = Mouth(Clients(lambda _team: "x", "http://localhost/"))
    said: list[object] = [reply.form_errors, reply.subject and deps.store.articles.newest(OURS, 1)]
    if reply.form is not None:
        said.append(mouth.view(reply.form, Place(OURS, ME)))
    elif reply.text or reply.blocks:
        said += [mouth.message(reply), mouth.view(mouth.shown(reply), Place(OURS, ME))]
    return json.dumps(said, default=str, ensure_ascii=False)


def texts(other: Other) -> tuple[str, ...]:
    """What might be typed, or carried by a forged button or form."""
    ids = (other.piece, other.person, other.digest, other.feed, other.reading)
    plain = tuple(word for id_ in dict.fromkeys(ids) for word in (str(id_), f"#{id_}", f"p{id_}"))
    words = ("Zeno", "Zeno vs Ada Venn", "Ada Venn vs Zeno", "#1 vs #2", "The", "exports", "zeno by:zeno", "-rent", "issue:okap", "*", "", "i:trade")
    return (*plain, *words)


PATTERNS = {
    "/summary": ("{}", "{} long"),
    "/views": ("{}", "{} on ports", "{} since 2001", "{} vs Ada Venn"),
    "/issue": ("{}", "ports by {}", "ports outlet:{}"),
    "/library": (
        "{}", "add {}", "search {}", "search author:{}", "search issue:{}", "search outlet:{}", "list", "fix {}", "remove {}", "feeds",
        "feed remove {}", "issues", "export", "feedback",
        "people", "people {} is Ada Venn", "people Ada Venn is {}", "people {} is not Ada Venn", "people Ada Venn is not {} in #1",
    ),
    "/digest": (
        "{}", "preview {}", "now {}", "pause {}", "resume {}", "stop {}", "snooze {} 1 week", "change {}", "subscribe on {} here",
        "subscribe by {} here",
        "follow {}", "follow by {}", "list {}",
    ),
}  # fmt: skip


@pytest.mark.usefixtures("untouched")
def test_commands(store: Store, other: Other) -> None:
    deps = Deps(store)
    assert PATTERNS.keys() == handlers.COMMANDS.keys()
    for name, pattern, text in ((name, pattern, text) for name, patterns in PATTERNS.items() for pattern, text in product(patterns, texts(other))):
        for page in (0, 3) if pattern in ("{}", "list", "search {}") else (0,):
            request = Request(OURS, ME, pattern.format(text), name, page, channel=CHANNEL, thread="1700000000.000100")
            shown = laid_out(settle(handlers.COMMANDS[name], request, deps), deps)
            assert SECRET not in shown.casefold(), (name, pattern, text)
            assert "Something went wrong" not in shown, (name, pattern, text)
        if name == "/digest":  # ours go again, for nobody may have too many
            for held in store.subscriptions.of_person(OURS, ME):
                store.subscriptions.remove(OURS, held.id)


@pytest.mark.usefixtures("untouched")
def test_buttons_and_forms(store: Store, other: Other) -> None:
    deps = Deps(store)
    forged = [*texts(other), *(f"+|/summary #{other.piece}", "-|x"), "okapi-trade"[1:], "[]", "{}"]
    forged += [Ask(command, text, page).encode() or "" for command in (*handlers.COMMANDS, "newer", "disagree", "quoted", "who")
               for text in (f"#{other.piece}", f"p{other.person}", f"#{other.person}", "list", "") for page in (0, 2)]  # fmt: skip
    packed = [other.digest, CHANNEL, "weekly", "mon", 9, 0, "UTC", ["ports"], [other.person], ["Harbour Post"]]
    forged += [json.dumps(packed), json.dumps([0, *packed[1:]])]
    form = {
        "title": "Taken", "authors": "Somebody", "outlet": "x", "published": "2020-01-01", "issues": ("ports",), "word": "no",
        "name": "Ports of ours", "aliases": "quays", "url": "https://x.example/feed.xml", "words": "exports", "remark": "x", "cadence": "weekly",
        "day": "mon",
        "time": "09:00", "zone": "UTC", "channel": CHANNEL, "outlets": (), "text1": "x",
    }  # fmt: skip
    for table in (handlers.ACTIONS, handlers.FORMS):
        for (name, answer), context in product(table.items(), forged):
            for filled in (form, {**form, "authors": (str(other.person), "999")}) if table is handlers.FORMS else (form,):
                request = Request(OURS, ME, channel=CHANNEL, thread="1700000000.000100", context=context, form=filled, admin=name != "forget")
                shown = laid_out(settle(answer, request, deps), deps)
                assert SECRET not in shown.casefold(), (name, context)
                if not isinstance(filled["authors"], tuple):
                    assert "Something went wrong" not in shown, (name, context)
        for held in store.subscriptions.of_person(OURS, ME):
            store.subscriptions.remove(OURS, held.id)


@pytest.mark.usefixtures("untouched")
def test_everything_of_ours_can_be_deleted_without_theirs(store: Store) -> None:
    said = settle(handlers.FORMS["forget"], Request(OURS, ME, form={"word": "delete"}, admin=True), Deps(store)).text
    assert said.startswith("Deleted")
    assert store.articles.glance(OURS).pieces == 0
    assert store.articles.glance(THEIRS).pieces == 2


@pytest.mark.usefixtures("untouched")
def test_questions_shortcuts_suggestions_homes_and_previews(store: Store, other: Other) -> None:
    deps = Deps(store)
    asked = ("summary of {}", "what does {} say?", "who is quoted in {}?", "who wrote {}?", "who disagrees with {}?", "anything newer on {}?", "{}",
             "summary", "who disagrees?", "the second one", "compare {} and Ada Venn")  # fmt: skip
    for pattern, text in product(asked, texts(other)):
        for above in ("", other.address):
            request = Request(OURS, ME, pattern.format(text), channel=CHANNEL, thread="1700000000.000100", above=above)
            shown = laid_out(settle(handlers.mention.answer, request, deps), deps)
            assert SECRET not in shown.casefold().replace(other.address, ""), (pattern, text)
            assert "Something went wrong" not in shown, (pattern, text)
    for answer, text in product(handlers.SHORTCUTS.values(), (other.address, "", "exports")):
        files = (File("F1", "x.txt", "https://files.slack.com/x", 5),) if not text else ()
        shown = laid_out(settle(answer, Request(OURS, ME, text, channel=CHANNEL, files=files), deps), deps)
        assert SECRET not in shown.casefold().replace(other.address, "")
    for name, find in handlers.OPTIONS.items():
        for typed in ("", "o", "ok", "okap", "zeno", "trade", "the"):
            assert SECRET not in json.dumps(find(Request(OURS, ME, typed), deps)).casefold(), (name, typed)
    assert SECRET not in laid_out(settle(handlers.home.answer, Request(OURS, ME), deps), deps).casefold()
    assert handlers.previews.of(OURS, [other.address], deps) == {}
    assert SECRET not in str(handlers.mention.prompts(OURS, deps)).casefold()


@pytest.mark.usefixtures("untouched")
def test_over_the_wire(store: Store, other: Other) -> None:
    with over_http(store) as wire:
        for text in (f"#{other.piece}", other.address):
            assert "must be saved" not in wire.command("/summary", text).body
        for name in ("fix", "remove", "digest_stop", "digest_pause", "feed_remove", "issue_edit"):
            wire.interact(payloads.pressed_in_ephemeral(payloads.button(name, str(other.piece)), wire.hook))
        for callback, context in (("fix", str(other.piece)), ("remove", str(other.piece)), ("issue", "okapi-trade"), ("digest", str(other.digest))):
            named = {"name": {"v": {"type": "plain_text_input", "value": "Mine"}}}
            wire.interact(payloads.submitted(payloads.view(callback, metadata=json.dumps({"context": context}), values=named)))
        links = [{"domain": "okapi.example", "url": other.address}]
        wire.event(payloads.event({"type": "link_shared", "channel": CHANNEL, "user": ME, "message_ts": "1.1", "links": links, "event_ts": "1.1"}))
        wire.event(payloads.event(payloads.mention(f"<@{BOT_USER}> who disagrees?", thread_ts="1700000000.000100")))
        wire.slack.wait(lambda: wire.posts() and len(wire.slack.hooked) + len(wire.slack.called("views.open")) >= 6)
        wire.settle()
        said = " ".join(wire.slack.heard()).casefold()
        assert "must be saved" not in said
        assert "zeno" not in said
        assert not wire.slack.called("chat.unfurl")
