"""The doorway: the only module that sees all three rooms; it wires and starts them."""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot import catalogue
from bot.errors import BotError, Misunderstood, SettingsError
from bot.reading.news import News
from bot.reading.supervisor import Supervisor
from bot.settings import Settings
from handlers import COMMANDS as COMMANDS_OF_SLACK
from handlers.answer import Deps
from store import Store

if TYPE_CHECKING:
    from handlers import doctor

Command = Callable[[Settings, argparse.Namespace], int]

NICENESS = 10
"""Of the reader process: where cores are scarce, people's answers come first."""

READER_RESTS = 0.5
"""Seconds between two looks into an empty queue: nobody waits longer than that for a link to be taken up."""


def open_store(settings: Settings) -> Store:
    """The library, its schema and its catalogue of issues brought up to date."""
    try:
        store = Store.open(settings.database)
    except OSError as failure:
        raise SettingsError(
            f"{settings.database} cannot be opened as a library: {failure}. Name another file with --db or ENTENTE_DB, or restore a backup."
        ) from failure
    edition = catalogue.edition()
    if store.issues.edition() != edition:
        store.issues.load(catalogue.catalogue(), edition)
    return store


LOCAL_TEAM = "local"
"""Whose library the command line keeps when no Slack workspace has installed Entente."""


def team_of(settings: Settings, store: Store, typed: argparse.Namespace) -> str:
    """The workspace that is meant: the one named, else the only one that keeps a library here, else the bot token's, else the local one."""
    teams = store.teams()
    if typed.team:
        if teams and typed.team not in teams and typed.command != "read":
            raise SettingsError(f"No workspace {typed.team} keeps a library here; there is {', '.join(teams)}.")
        return str(typed.team)
    from handlers import doctor

    if len(teams) > 1:
        raise SettingsError(f"Several workspaces keep a library here; say which with --team: {', '.join(teams)}.")
    return teams[0] if teams else (doctor.team_of_token(settings) or LOCAL_TEAM)


def answer_in_terminal(settings: Settings, typed: argparse.Namespace) -> int:
    """``entente summary|views|issue|search``: the answers that Slack gives, in the terminal."""
    from handlers import terminal  # it draws with rich, of which Slack needs nothing

    command, words = _ASKED[typed.command]
    with open_store(settings) as store:
        asked, team = words + _typed_words(typed), team_of(settings, store, typed)
        reply = terminal.ask(COMMANDS_OF_SLACK[command], asked, Deps(store), team, command)
    terminal.show(reply)
    return 0


def _typed_words(typed: argparse.Namespace) -> str:
    words = list(getattr(typed, "words", ()))
    return " ".join(words[1:] if words[:1] == ["--"] else words)


_ASKED = {
    "summary": ("/summary", ""),
    "views": ("/views", ""),
    "issue": ("/issue", ""),
    "search": ("/library", "search "),
    "digest": ("/digest", "preview"),
}


def ask(settings: Settings, typed: argparse.Namespace) -> int:
    """``entente ask``: what a mention would be answered."""
    from handlers import mention, terminal

    with open_store(settings) as store:
        reply = terminal.ask(mention.answer, _typed_words(typed), Deps(store), team_of(settings, store, typed))
    terminal.show(reply)
    return 0


PLACED_AT_REST = 400
"""Pieces that the reader places by meaning before it looks into the queue again: half a second."""


def reader(settings: Settings, typed: argparse.Namespace) -> int:
    """The reader process: claims what waits, reads, analyses and stores it, until its supervisor hangs up."""
    # imported here: nothing of this may come into the process that answers Slack
    from bot.language import meaning
    from bot.language.analysis import analyse
    from bot.language.filing import Filing
    from bot.language.pipeline import load
    from bot.reading import feeds, polling, worker
    from bot.reading.fetch import Fetcher

    limits = worker.Limits()
    tell = worker.tell_on(os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8"))
    os.nice(NICENESS)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a library that prints must not be taken for news
    fetcher, pipeline = Fetcher(), load(settings.pipeline)

    def links(data: bytes, url: str) -> list[str]:
        return [entry.link for entry in feeds.read_feed(data, url).entries if entry.link]

    with open_store(settings) as store:
        wait = worker.rest_on(sys.stdin.buffer, READER_RESTS)

        def known(team: str, link: str) -> bool:
            return store.articles.find(team, link) is not None or store.readings.failed_lately(team, link)

        filing = Filing(store.articles, store.issues.all)

        def rest() -> bool:
            if store.refiling.step(filing.link):
                return True
            if polling.poll_due(store.feeds, fetcher, store.readings.enqueue, known, datetime.now(UTC)):
                return True
            for team in store.meanings.teams():
                store.meanings.refresh(team, meaning.learn, meaning.restore, most=PLACED_AT_REST)
            return wait()

        worker.confine(limits)
        worker.work(
            store.readings,
            filing,
            lambda reading: worker.read_source(reading, fetcher.fetch, links),
            lambda article: analyse(article, pipeline),
            tell=tell,
            rest=rest,
            limits=limits,
        )
    return 0


def supervise(settings: Settings, store: Store, workers: int = 1, hear: Callable[[News], None] | None = None) -> Supervisor:
    """Keeps reader processes alive beside this one."""
    command = [sys.executable, "-m", "bot", "--db", str(settings.database), "reader"]
    environment = {"ENTENTE_PIPELINE": settings.pipeline} if settings.pipeline else {}
    return Supervisor(command, store.readings, workers=workers, hear=hear, environment=environment)


def read(settings: Settings, typed: argparse.Namespace) -> int:
    """``entente read``: files, folders, addresses and feeds into the library, with a progress bar and what became of each."""
    if typed.again:
        return read_again(settings, typed)
    from bot.reading import bulk, progress  # brings the readers of every kind of file; the other commands need none of them

    if not typed.sources:
        raise Misunderstood("terminal.read_what")
    with open_store(settings) as store:
        team = team_of(settings, store, typed)
        readings, failed, left_out = [], [], Counter[str]()
        for source in bulk.gather(typed.sources, left_out):
            if isinstance(source, BotError):
                failed.append(("", str(source)))
            else:
                readings.append(store.readings.enqueue(team, source.name, source.content))
        tally = bulk.Tally()
        if readings:
            with progress.bar() as advance:
                tally = bulk.import_all(readings, lambda hear: supervise(settings, store, typed.workers, hear), advance=advance)
            tally.known += len(readings) - len({reading.id for reading in readings})  # the same file under two names
        tally.failed.extend(failed)
        tally.left_out = left_out
    progress.summary(tally)
    return 1 if tally.failed and not tally.read + tally.known else 0


def read_again(settings: Settings, typed: argparse.Namespace) -> int:
    """``entente read --again``: the stored words of every piece that another pipeline or older rules analysed, analysed anew."""
    from bot.language.analysis import analyse
    from bot.language.filing import Filing
    from bot.language.pipeline import load

    pipeline = load(settings.pipeline)
    with open_store(settings) as store:
        team = team_of(settings, store, typed)
        shelf, after, done = Filing(store.articles, store.issues.all), 0, 0
        while ids := store.articles.analysed_otherwise(team, pipeline.version, after=after):
            for id_ in ids:
                article = store.articles.body(team, id_)
                shelf.save(team, article, analyse(article, pipeline), id=id_)
                done += 1
            after = ids[-1]
    print(f"{done} analysed again by {pipeline.version}." if done else f"Nothing to do: {pipeline.version} has analysed every piece already.")
    return 0


def run(settings: Settings, typed: argparse.Namespace) -> int:
    """``entente run``: answer Slack, read what waits, post what is due, until told to stop."""
    from handlers.slack import serving  # Bolt takes a third of a second to import; the other commands need none of it

    with open_store(settings) as store:
        readers = supervise(settings, store)
        reading = threading.Thread(target=readers.run, name="readers", daemon=True)
        try:
            serving.run(settings, Deps(store, prefix=settings.prefix), http=typed.http, port=typed.port, ready=reading.start)
        finally:
            readers.stop()
            if reading.ident:
                reading.join()
    return 0


def attempt(settings: Settings, typed: argparse.Namespace) -> int:
    """``entente try``: the real bot in a local workspace with the sample op-eds, until Ctrl-C; nothing of it is kept."""
    from rich.console import Console

    from bot.playground import tryout

    room = Path(__file__).parent
    samples = sorted((room / "playground" / "samples").glob("*.md"))
    sites = sorted({site for sample in samples for site in re.findall(r"https?://([\w.-]+)", sample.read_text(encoding="utf-8"))})
    team: list[str] = []
    with tempfile.TemporaryDirectory(prefix="entente-try-", ignore_cleanup_errors=True) as folder:
        database = Path(folder) / "library.sqlite"

        def prepare(started: str) -> None:
            team.append(started)
            with Store.open(database) as store:
                for sample in samples:
                    store.readings.enqueue(started, sample.name, sample.read_bytes())

        def progress() -> tryout.Progress:
            with Store.open(database) as store:
                done = len(samples) - len(store.readings.open(team[0]))
            words = "Reading the sample pieces" if done < len(samples) else f"{done} sample pieces are read."
            return tryout.Progress(done, len(samples), words)

        plan = tryout.Plan(
            manifest=room.parent / "manifest.yml",
            processes=[(sys.executable, "-m", "bot", "--db", str(database), "run")],
            environment={"PYTHONPATH": os.pathsep.join([str(room.parent), os.environ.get("PYTHONPATH", "")])},
            prepare=prepare,
            progress=progress,
            log=Path(folder) / "log",
            domains=tuple(sites),
        )
        try:
            if typed.terminal:
                tryout.try_in_terminal(plan, Console())
            else:
                tryout.try_in_browser(plan, Console(), port=typed.port, open_browser=not typed.no_browser)
        except tryout.NotConnected as failure:
            raise SettingsError(str(failure)) from failure
        except OSError as failure:
            raise SettingsError(f"The local workspace cannot be opened: {failure.strerror or failure}. --port names another port.") from failure
        except KeyboardInterrupt:
            return 0
    return 0


def print_manifest(settings: Settings, typed: argparse.Namespace) -> int:
    """``entente manifest``: the Slack app's manifest, to paste at api.slack.com/apps."""
    from handlers import manifest

    print(manifest.printed(typed.prefix, typed.http))
    return 0


def examine(settings: Settings, typed: argparse.Namespace) -> int:
    """``entente doctor``: what is wrong and what to do; 1 when there is something to do."""
    from handlers import doctor

    def pipeline() -> tuple[str, doctor.Examine]:
        from bot.language.check import check
        from bot.language.pipeline import load

        loaded = load(settings.pipeline)
        return loaded.version, lambda: check(loaded)

    ill = 0
    with open_store(settings) as store:
        for finding in doctor.examine(settings, store, team_of(settings, store, typed), pipeline):
            print(f"{'ok ' if finding.well else 'TO DO'}  {finding.what}: {finding.found}")
            if finding.step:
                print(f"       {finding.step}")
            ill += not finding.well
    return 1 if ill else 0


def export(settings: Settings, typed: argparse.Namespace) -> int:
    """``entente export``: everything of a workspace but its tokens, as JSON lines."""
    with open_store(settings) as store:
        lines = store.export(team_of(settings, store, typed))
        if typed.file == "-":
            sys.stdout.writelines(f"{line}\n" for line in lines)
        else:
            try:
                with Path(typed.file).open("w", encoding="utf-8") as file:
                    file.writelines(f"{line}\n" for line in lines)
            except OSError as failure:
                raise SettingsError(f"{typed.file} cannot be written: {failure.strerror}.") from failure
    return 0


def backup(settings: Settings, typed: argparse.Namespace) -> int:
    """``entente backup``: a consistent copy, also while Entente runs."""
    with open_store(settings) as store:
        try:
            store.back_up(Path(typed.file))
        except FileExistsError as failure:
            raise SettingsError(f"{typed.file} is there already; a backup is never written over another.") from failure
        except OSError as failure:
            raise SettingsError(f"{typed.file} cannot be written: {failure}.") from failure
    return 0


COMMANDS: dict[str, Command] = {
    "try": attempt,
    "run": run,
    "read": read,
    "reader": reader,
    "manifest": print_manifest,
    "summary": answer_in_terminal,
    "views": answer_in_terminal,
    "issue": answer_in_terminal,
    "search": answer_in_terminal,
    "digest": answer_in_terminal,
    "ask": ask,
    "doctor": examine,
    "export": export,
    "backup": backup,
}
"""What ``entente`` does, by the word that is typed."""
