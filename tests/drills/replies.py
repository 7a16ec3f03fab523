"""SIGKILL while people press and ask: share, save, feedback, details mended, a mention; the process comes back, Slack and people go on.

What is guaranteed. A mention or direct message is answered once, however often Slack repeats it. What was acknowledged (a button, a form, a
shortcut) has its effect once. What was not acknowledged shows as failed in Slack; it has its effect once or not at all, and pressed again,
once. All of that needs the key of a post to be looked for after a crash in between, which Slack allows in direct messages, and in channels with
the scope ``channels:history``; without it a post in doubt is not repeated (``unrepeated``): at most once instead of once.

Prints ``drills.replies.<figure>``. ``python -m tests.drills.replies [KILLS]``: each kill hits five deeds.
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bot.playground import Driver, LocalSlack, View, deeds, interactions
from bot.playground.delivery import Delivery
from bot.playground.fields import action_in, state_for
from store import Store
from tests.slack import process
from tests.slack.running import DOMAIN, fill, local_slack

KILLS = 200
WITHIN_S = 0.25
"""Between the deeds and the kill: from before anything is heard to after all is said."""
HURRY = 0.02
"""Slack's repeats after 0, 60 and 300 seconds come after 0, 1.2 and 6: before and after the process is back."""
PERSON, CHANNEL = "anna", "press-review"


@dataclass(slots=True)
class Trial:
    """What people did around one kill, and what Slack was told of it."""

    number: int
    mention: str = ""
    acknowledged: dict[str, bool] = dataclasses.field(default_factory=dict)
    lost: list[str] = dataclasses.field(default_factory=list)
    """What was acknowledged and is not stored, as the next trial would change it again."""


def serve(database: str) -> None:
    """Answer Slack from this library; no reader beside it, so that a start is short."""
    from bot.settings import Settings
    from handlers.answer import Deps
    from handlers.slack import serving

    settings = Settings.from_env(database=database)
    with Store.open(settings.database) as store:
        # a post whose sender was killed is looked for after its lease of half a minute; here sooner, so that the drill takes minutes
        store.outgoing.claim = partial(store.outgoing.claim, timedelta(seconds=3))  # type: ignore[method-assign]
        serving.run(settings, Deps(store))


def replies(kills: int, *, look: bool = True, seed: int = 5) -> dict[str, int]:
    """So many kills; ``look``: whether the bot may read the channels that it is in."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.sqlite"
        slack = local_slack(*(("channels:history",) if look else ()), time_factor=HURRY)
        with slack, Store.open(path) as store:
            fill(store, slack.workspace.team)
            command = [sys.executable, "-m", "tests.drills.replies", "--serve", str(path)]
            trials = [_trial(slack, store, command, number, chance) for number in range(kills)]
            running = process.start(slack, command)
            process.connected(slack, running)
            _settled(slack, store)
            process.stop(running)
            return _count(slack, store, trials) | {"trials": kills * 5, "unrepeated": len(store.outgoing.failures(kills * 5))}


def _trial(slack: LocalSlack, store: Store, command: list[str], number: int, chance: random.Random) -> Trial:
    running = process.start(slack, command)
    try:
        return _around_a_kill(slack, store, running, number, chance)
    finally:
        process.kill(running)


def _around_a_kill(slack: LocalSlack, store: Store, running: subprocess.Popen[bytes], number: int, chance: random.Random) -> Trial:
    process.connected(slack, running)
    driver, trial = Driver(slack), Trial(number)
    shared = driver.command(PERSON, CHANNEL, "/library", f"search houses OR shared{number}")
    rated = driver.command(PERSON, CHANNEL, "/views", "Ada Venn")
    opinion = ("Useful", "Not useful")[number % 2]
    card = driver.command(PERSON, CHANNEL, "/summary", "#3")
    driver.click(PERSON, card, "Fix details", expect=0)
    driver.wait(lambda: driver.workspace.modals.get(driver.person(PERSON).id))
    form = driver.view(PERSON)
    assert form is not None
    link = driver.say(PERSON, CHANNEL, f"https://{DOMAIN}/saved/{number}", expect=0).sent
    assert link is not None
    _settled(slack, store)

    async def together() -> None:
        platform, workspace, who = slack.platform, slack.workspace, slack.workspace.person(PERSON)

        async def press(name: str, outcome: Any, control: str) -> None:
            block, action, given = action_in(outcome.message.blocks, control, "", str)
            trial.acknowledged[name] = _heard(
                await interactions.act_on_message(platform, workspace, who, outcome.message, action, block, given, {})
            )

        async def save() -> None:
            trial.acknowledged["save"] = _heard(await interactions.message_shortcut(platform, workspace, who, link, "save_to_library"))

        async def mend(view: View) -> None:
            state = state_for(view.blocks, {"Title": f"Mended {number}"}, str)
            trial.acknowledged["mend"] = _heard(await interactions.submit(platform, workspace, who, view, state))

        async def mention() -> None:
            typed = f"@{workspace.bot.name} who writes about rent control?"
            trial.mention = deeds.say(platform, workspace, who, workspace.channel(CHANNEL), typed).ts

        async def kill(after: float) -> None:
            await asyncio.sleep(after)
            await asyncio.to_thread(process.kill, running)

        doing = [press("share", shared, "Share to channel"), press("feedback", rated, opinion), save(), mend(form), mention()]
        chance.shuffle(doing)
        await asyncio.gather(kill(chance.random() ** 2 * WITHIN_S), *doing)

    slack.run(together())
    slack.call(lambda: slack.workspace.close_views(slack.workspace.person(PERSON).id, None))
    team = slack.workspace.team
    if trial.acknowledged["feedback"] and store.feedback.newest(team)[0].good != (opinion == "Useful"):
        trial.lost.append("feedback")
    if trial.acknowledged["mend"] and store.articles.get(team, 3).title.value != f"Mended {number}":
        trial.lost.append("mend")
    return trial


def _heard(told: Delivery | None) -> bool:
    return told is not None and told.acknowledged


def _settled(slack: LocalSlack, store: Store) -> None:
    """Until Slack repeats nothing and the bot has sent what it promised."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if not store.outgoing.waiting() and slack.call(lambda: all(one.settled for one in slack.platform.courier.deliveries[-20:])):
            return
        time.sleep(0.02)


def _count(slack: LocalSlack, store: Store, trials: list[Trial]) -> dict[str, int]:
    workspace, team = slack.workspace, slack.workspace.team
    seen = workspace.seen_by(workspace.person(PERSON).id, workspace.channel(CHANNEL).id)
    said = [message for message in seen if message.user == workspace.bot.id and not message.ephemeral]
    queued = [reading.source for reading in store.readings.open(team)]
    lost, double = 0, 0
    for trial in trials:
        done = {
            "mention": sum(message.thread_ts == trial.mention for message in said),
            "share": sum(f"shared{trial.number}”" in f"{message.blocks}" for message in said),
            "save": sum(source == f"https://{DOMAIN}/saved/{trial.number}" for source in queued),
        }
        told = {"mention": True, **trial.acknowledged}
        missing = trial.lost + [name for name, times in done.items() if told.get(name) and not times]
        twice = [name for name, times in done.items() if times > 1]
        lost, double = lost + len(missing), double + len(twice)
        if missing or twice:
            print(f"# {trial.number}: lost {missing}, double {twice}", file=sys.stderr)
    return {"lost": lost, "double": double}


def main(kills: int) -> None:
    for name, look, trials in (("replies", True, kills), ("replies_without_history", False, kills // 4)):
        figures = replies(trials, look=look)
        for figure in ("trials", "lost", "double", "unrepeated"):
            print(f"drills.{name}.{figure}: {figures[figure]}")


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)  # the local Slack wonders about every connection that a kill cuts
    if sys.argv[1:2] == ["--serve"]:
        serve(sys.argv[2])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else KILLS)
