"""What an import shows while it runs and says at its end, in the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from bot.reading.bulk import Tally

MOST_ENDINGS = 80
"""Characters of the endings of files that were left out."""
MOST_REASONS = 20
"""Failures that are listed one by one; of a larger import the rest are counted."""


@contextmanager
def bar() -> Iterator[Callable[[Tally, int], None]]:
    """A progress bar; gives what is to be called after each piece."""
    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, transient=True, console=Console(stderr=True)) as shown:
        task = shown.add_task("reading", total=None)

        def advance(tally: Tally, total: int) -> None:
            shown.update(task, completed=tally.finished, total=total)

        yield advance


def summary(tally: Tally, console: Console | None = None) -> None:
    """Read, known, partial, failed with reasons."""
    console = console or Console(highlight=False)
    partial = f", {tally.partial} of them only in part" if tally.partial else ""
    console.print(f"{tally.read} read, {tally.known} known already{partial}, {len(tally.failed)} failed.")
    if tally.feeds:
        console.print(f"{tally.feeds} of what was given {'was a feed' if tally.feeds == 1 else 'were feeds'}, whose pieces are counted here.")
    if tally.left_out:
        console.print(f"Left out: {sum(tally.left_out.values())} of kinds that are not read ({', '.join(sorted(tally.left_out))[:MOST_ENDINGS]}).")
    for source, reason in tally.failed[:MOST_REASONS]:
        console.print(Text(f"  {source}: {reason}" if source else f"  {reason}"))
    if len(tally.failed) > MOST_REASONS:
        console.print(f"  and {len(tally.failed) - MOST_REASONS} more")
