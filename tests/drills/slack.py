"""Drills of the ear: deliveries repeated, out of order and across restarts; hostile text through every surface.

Prints ``drills.<name>.{trials,lost,double,errors}``. ``python -m tests.drills.slack [DELIVERIES [TEXTS]]`` (10,000 each). Every text meets every
sixth surface through the real handlers, the mouth and the strict validator; one in fifty goes over the wire to the local workspace as well.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from slack_bolt import BoltRequest

from bot.playground import Driver, LocalSlack, Message
from bot.settings import Settings
from handlers import ACTIONS, COMMANDS, FORMS, SHORTCUTS, home, mention, previews
from handlers.answer import Ask, Deps, File, Reply, Request, settle
from handlers.slack.clients import Clients
from handlers.slack.hearing import Place
from handlers.slack.mouth import Mouth
from handlers.slack.serving import Entente
from store import Store
from tests.slack import strict
from tests.slack.running import fill, local_slack, running, seen

RESTARTS = 12
BATCH = 250
"""Texts for one library; what they leave behind in it makes the next ones slower."""
WIRED = 50
"""One text in so many goes over the wire."""
SHARE = 6
"""Each text goes through a sixth of the surfaces, in turn, so that each surface is met by a sixth of the texts with all neighbours."""
MOST_REPEATS = 4


def deliveries(trials: int, seed: int = 8) -> dict[str, int]:
    """Each event up to four times, shuffled, the app thrown away and started anew in between: one answer and one effect each."""
    chance = random.Random(seed)
    sent = [number for number in range(trials) for _ in range(chance.randint(1, MOST_REPEATS))]
    chance.shuffle(sent)
    refused = 0
    with tempfile.TemporaryDirectory() as folder, LocalSlack(time_factor=0.0001) as slack:
        path = Path(folder) / "library.sqlite"
        team, channel = slack.workspace.team, slack.workspace.channel("press-review").id
        person = slack.workspace.person("anna").id
        settings = Settings.from_env({"ENTENTE_DB": str(path), **slack.environment})
        with Store.open(path) as store:
            fill(store, team)
        size = len(sent) // RESTARTS + 1
        for start in range(0, len(sent), size):
            with Store.open(path) as store:
                entente = Entente(settings, Deps(store))
                if start % 2 == 0:
                    entente.start()  # every other run only promises; the next one finds what is left
                for number in sent[start : start + size]:
                    answer = entente.app.dispatch(BoltRequest(body=delivery(number, team, channel, person), mode="socket_mode"))
                    refused += answer.status != 200
                entente.close(2)
        with Store.open(path) as store:
            entente = Entente(settings, Deps(store))
            entente.start()
            while store.outgoing.waiting():
                entente.porter.ring()
                slack.run(_nap())
            entente.close(5)
            feeds = Counter(feed.url for feed in store.feeds.all(team))
        answered = Counter(message.thread_ts for message in slack.workspace.seen_by(person, channel) if message.thread_ts)
    commands, mentions = [n for n in range(trials) if n % 2], [n for n in range(trials) if not n % 2]
    lost = sum(not answered[_ts(number)] for number in mentions) + sum(not feeds[_feed(number)] for number in commands)
    double = sum(max(0, count - 1) for count in answered.values()) + sum(max(0, count - 1) for count in feeds.values())
    return {"trials": trials, "lost": lost, "double": double, "errors": refused}


async def _nap() -> None:
    import asyncio

    await asyncio.sleep(0.05)


def _ts(number: int) -> str:
    return f"1700000000.{number:06}"


def _feed(number: int) -> str:
    return f"https://tidewater.example/feeds/{number}"


def delivery(number: int, team: str, channel: str, person: str) -> dict[str, Any]:
    """A mention, which is answered in its thread, or a command that stores something."""
    if number % 2:
        return {
            "command": "/library", "text": f"feed add {_feed(number)}", "team_id": team, "user_id": person, "channel_id": channel,
            "trigger_id": f"trigger-{number}", "response_url": "http://127.0.0.1:9/none",
        }  # fmt: skip
    event = {"type": "app_mention", "user": person, "channel": channel, "ts": _ts(number), "text": "who writes about rent control?"}
    return {"type": "event_callback", "team_id": team, "event_id": f"Ev{number}", "event": event}


# --- hostile text -----------------------------------------------------------------------------------------------------

TOKENS = (
    "<!channel>", "<!here|here>", "<!everyone>", "<@U123ABC>", "<#C123ABC|general>", "<!subteam^S1>", "<http://evil.example|bank.example>",
    "<javascript:alert(1)|x>", "<mailto:a@b.example|x>", "&lt;!channel&gt;", "&amp;lt;@U1&amp;gt;", "@channel", "@here", "*b* _i_ ~s~ `c` ```p```",
    ":skull:", "\u202egpj.exe\u202c", "a\u200bb\u2060c\ufeff", "\u2066x\u2069", "\x00\x01\x1b[31m", "\ud83d\ude00", "🏳️‍🌈", "e" + "\u0301" * 60,
    "<", ">", "<<>>", "&", "|", "\\", '"', "'", "{{x}}", "%s %n", "\n\n> quote\n", "\r\n", "\t", "<!date^1^{date}^https://evil.example|x>",
    "#1", "on", "since 9999", "by", "outlet:", "-", "OR", '"', "vs", "http://", "https://[::1", "https://a.example/<!channel>",
    "https://a.example/\u202e", "file:///etc/passwd", "مرحبا", "שלום", "ⅷ", "İ", "ß", "𝕏",
)  # fmt: skip
LENGTHS = (1, 24, 25, 75, 76, 150, 151, 255, 256, 2_000, 2_001, 3_000, 3_001, 4_000, 4_001, 12_001, 40_000)
"""Every limit of a block, and one more."""


def hostile(chance: random.Random) -> str:
    """Live tokens, unseen characters and lengths at every limit, mixed."""
    text = " ".join(chance.choice(TOKENS) for _ in range(chance.randint(1, 8)))
    if chance.random() < 0.3:
        length = chance.choice(LENGTHS)
        text = (text * (length // max(1, len(text)) + 1))[:length]
    return text


def texts(trials: int, processes: int = 1) -> dict[str, int]:
    """Texts through all surfaces: typed, in forms, in titles, names, sentences, file names; nothing live, nothing refused."""
    batches = [(min(BATCH, trials - start), start) for start in range(0, trials, BATCH)]
    if processes > 1:
        with multiprocessing.get_context("spawn").Pool(processes, _quietly) as pool:
            errors = sum(pool.starmap(_batch, batches, 1))
    else:
        errors = sum(_batch(*batch) for batch in batches)
    return {"trials": trials, "lost": 0, "double": 0, "errors": errors}


def _quietly() -> None:
    logging.disable(logging.CRITICAL)


def _batch(trials: int, seed: int) -> int:
    """How many texts of one batch came out alive, or were refused, or made an answer fail."""
    chance = random.Random(f"texts {seed}")
    errors = 0
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "library.sqlite") as store:
        fill(store, "T1")
        deps, mouth = Deps(store), Mouth(Clients(lambda _team: None, "http://127.0.0.1:9/"))
        for trial in range(trials):
            text = hostile(chance)
            try:
                if trial % 20 == 0:
                    _plant(store, text, chance)
                for surface in _surfaces(text, deps, trial)[trial % SHARE :: SHARE]:
                    _check(mouth, surface())
                for preview in previews.of("T1", ["https://tidewater.example/1", f"https://tidewater.example/h/{trial}"], deps).values():
                    strict.check_message({"text": "preview", "blocks": preview["blocks"]})
            except Exception as failure:
                errors += 1
                if errors <= 5:
                    print(f"# {type(failure).__name__}: {str(failure)[:200]!r} for {text[:80]!r}", file=sys.stderr)
    return errors


def _plant(store: Store, text: str, chance: random.Random, team: str = "T1") -> None:
    """A piece whose every fact is hostile. It takes the place of the one before, so that it is among the newest."""
    from tests import written

    text = "".join(letter for letter in text if not "\ud800" <= letter <= "\udfff").replace("\x00", "") or "x"
    body = f"{text}. Quays must be widened {chance.random()}. {text} says that quays sleep."
    article = written.article(text, body, authors=(text,), outlet=text, url="https://tidewater.example/h/0", standfirst=text)
    found = store.articles.find(team, "https://tidewater.example/h/0")
    if found:
        store.articles.remove(team, found.id)
    id_ = store.articles.save(team, article, written.analysis(article, ("rent-control",))).id
    store.articles.correct(team, id_, "title", text, "U1")
    store.feedback.add(team, "U1", "/summary", False, text)


def _surfaces(text: str, deps: Deps, trial: int) -> list[Callable[[], Reply]]:
    """Every command, button, form, shortcut, question and the home, with the text in every place that takes one."""

    def ask(answer: Any, **more: Any) -> Callable[[], Reply]:
        return lambda: settle(answer, Request("T1", "U1", channel="C1", name=text, **more), deps)

    newest = deps.store.articles.newest("T1", 1)[0].id
    fields = dict.fromkeys(("title", "authors", "outlet", "text1", "url", "name", "aliases", "words", "remark", "word", "published"), text)
    said = [ask(COMMANDS[command], text=text, command=command) for command in COMMANDS]
    said += [ask(COMMANDS["/library"], text=f"{verb} {text}", command="/library") for verb in ("search", "add", "feed add", "remove", "fix")]
    said += [ask(COMMANDS["/summary"], text=f"#{newest}", command="/summary"), ask(COMMANDS["/issue"], text="rent control", command="/issue")]
    said += [ask(mention.answer, text=text, thread="1"), ask(mention.answer, files=(File("F1", text, "https://files.slack.com/x"),))]
    said += [ask(ACTIONS[name], context=text) for name in ACTIONS]
    said += [ask(ACTIONS["share"], context=Ask("/views", text).encode() or text), ask(ACTIONS["fix"], context=str(newest))]
    said += [ask(FORMS[name], form=fields, context=text) for name in FORMS if name != "forget"]
    said += [ask(SHORTCUTS[name], text=text) for name in SHORTCUTS]
    if trial % 10 == 0:
        for verb in ("list", "feedback", "feeds", ""):
            said.append(ask(COMMANDS["/library"], text=verb, command="/library"))
        said += [ask(COMMANDS[command], command=command) for command in COMMANDS]
        strict.check_view({"type": "home", "blocks": list(ask(home.answer)().blocks)})
    return said


def _check(mouth: Mouth, reply: Reply) -> None:
    if "Something went wrong" in reply.text:
        raise AssertionError("an answer failed")
    if reply.form is not None:
        strict.check_view(mouth.view(reply.form, Place("T1", "U1")))
    elif reply.text or reply.blocks:
        strict.check_message(mouth.message(reply))
    assert all(sentence.strip() for sentence in reply.form_errors.values())


def wired(trials: int, seed: int = 4) -> dict[str, int]:
    """Texts over the wire, typed as each command, in a mention and a direct message, in a form: nothing refused, nothing live is left anywhere."""
    chance = random.Random(seed)
    errors = 0
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "library.sqlite") as store, local_slack() as slack:
        fill(store, slack.workspace.team)
        with running(slack, store):
            people, deeds = Driver(slack), len(COMMANDS) + 3
            for trial in range(trials):
                text = hostile(chance).replace("\r", " ")
                if trial % 20 == 0:
                    _plant(store, text, chance, slack.workspace.team)
                try:
                    for command in COMMANDS:
                        people.command("anna", "press-review", command, text, expect=0)
                    people.mention("anna", "press-review", text)
                    people.tell("anna", text)
                    people.command("anna", "press-review", "/library", "add")
                    people.submit("anna", people.view("anna"), {"Text": text, "Title": text[:300]}, expect=0)
                    people.slack.call(lambda: people.workspace.close_views(people.person("anna").id, None))
                except (AssertionError, LookupError) as failure:
                    errors += 1
                    print(f"# {str(failure)[:300]!r} for {text[:80]!r}", file=sys.stderr)
            for channel in ("press-review", "@bot"):
                for message in seen(people, "anna", channel):
                    errors += _lives(message) if message.user == slack.workspace.bot.id else "failed with the error" in message.text
    return {"trials": trials * deeds, "lost": 0, "double": 0, "errors": errors}


def _lives(message: Message) -> bool:
    try:
        strict.check_message({"text": message.text or "-", "blocks": list(message.blocks)})
    except AssertionError:
        return True
    return "Something went wrong" in message.text


def main(events: int, words: int) -> None:
    processes = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    drills = {
        "deliveries": lambda: deliveries(events),
        "hostile_text": lambda: texts(words, processes),
        "hostile_text_over_the_wire": lambda: wired(max(1, words // WIRED)),
    }
    for name, drill in drills.items():
        for figure, value in drill().items():
            print(f"drills.{name}.{figure}: {value}", flush=True)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    main(*(int(argument) for argument in [*sys.argv[1:], "10000", "10000"][:2]))
