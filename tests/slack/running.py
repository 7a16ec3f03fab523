"""The real Entente against the local workspace: over Socket Mode, or over signed HTTP."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.models import Issue
from bot.playground import Driver, LocalSlack, Message, read_manifest
from bot.settings import Settings
from handlers.answer import Deps
from handlers.slack.serving import Entente, listen_http
from store import Store
from tests import written

MANIFEST = Path(__file__).resolve().parents[2] / "manifest.yml"
WAYS = ("socket mode", "signed http")
DOMAIN = "tidewater.example"
NUMBERS = "abcdefghijklmnopqrstuvwxyz"


def local_slack(*granted: str, time_factor: float = 0.0001) -> LocalSlack:
    """A local Slack with our manifest, optional scopes ``granted`` beside it, and the sample library's site among the previewed ones."""
    manifest = read_manifest(MANIFEST)
    manifest = dataclasses.replace(manifest, domains=(DOMAIN,), scopes=(manifest.scopes or frozenset()) | set(granted))
    return LocalSlack(manifest, time_factor=time_factor)


def settings(slack: LocalSlack, database: Path) -> Settings:
    return Settings.from_env({"ENTENTE_DB": str(database), **slack.environment})


@contextmanager
def running(slack: LocalSlack, store: Store, way: str = WAYS[0], prefix: str = "") -> Iterator[Entente]:
    """Entente answering a started local Slack."""
    entente = Entente(settings(slack, store.path), Deps(store, prefix=prefix))
    entente.start()
    try:
        if way == "socket mode":
            with slack.connected(SocketModeHandler(entente.app, slack.app_token)):
                yield entente
        else:
            hang_up, port = listen_http(entente.app, 0, "127.0.0.1")
            slack.platform.courier.request_url = f"http://127.0.0.1:{port}/slack/events"
            try:
                yield entente
            finally:
                hang_up()
    finally:
        entente.close(3)


@contextmanager
def talking(store: Store, way: str = WAYS[0]) -> Iterator[Driver]:
    """People in a local workspace whose library is filled."""
    with local_slack() as slack:
        fill(store, slack.workspace.team)
        with running(slack, store, way):
            yield Driver(slack)


def fill(store: Store, team: str) -> None:
    """A small library: two authors who disagree on rent, one on ports."""
    store.issues.load([Issue("rent-control", "Rent control", ("rent caps",)), Issue("ports", "Port fees", ("harbour dues",))])
    pieces = (
        ("On Rent", "Rents must be capped now. Landlords will complain. Mira Holt says that caps empty houses. It is a risk worth taking.",
         "Ada Venn", "The Tidewater Review", "rent-control"),
        ("Against the Cap", "A cap would punish those who build. Cities need more houses. Ada Venn argues that rents must be capped now.",
         "Ola Brandt", "Harbour Post", "rent-control"),
        ("Open the Port", "Fees should fall by half. Trade will follow the cheaper quay.", "Ada Venn", "Harbour Post", "ports"),
    )  # fmt: skip
    for number, (title, text, author, outlet, issue) in enumerate(pieces, 1):
        add(store, team, title, text, author=author, outlet=outlet, issue=issue, url=f"https://{DOMAIN}/{number}")


def add(store: Store, team: str, title: str, text: str, *, author: str, outlet: str, issue: str, url: str | None, reading: int | None = None) -> int:
    article = written.article(title, text, authors=(author,), outlet=outlet, url=url)
    return store.articles.save(team, article, written.analysis(article, (issue,)), reading=reading).id


def read_everything(store: Store) -> None:
    """What the reader process does, for whatever waits."""
    while (reading := store.readings.claim()) is not None:
        if "dead" in reading.source:
            store.readings.fail(reading.id, "The address cannot be reached.")
        else:
            url = reading.source if reading.source.startswith("http") else None
            add(
                store, reading.team, f"Newly Read {reading.id}", f"Quays must be widened. Ship {NUMBERS[reading.id % 26]} will come.",
                author="Ada Venn", outlet="Harbour Post", issue="ports", url=url, reading=reading.id,
            )  # fmt: skip


def seen(driver: Driver, person: str, channel: str) -> list[Message]:
    """What a person sees in a channel; also inside `driver.wait`, which runs where all state lives."""
    return driver.workspace.seen_by(driver.person(person).id, driver.channel(channel, person).id)


def said(driver: Driver, person: str, channel: str) -> str:
    """The same as one text, blocks and all."""
    return "\n".join(str(one.blocks) + one.text for one in seen(driver, person, channel))
