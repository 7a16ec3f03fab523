"""What has already been said when a newcomer arrives: real questions to the real bot."""

from __future__ import annotations

from dataclasses import dataclass

from bot.playground.driver import Driver
from bot.playground.refusal import SlackRefusal

#: how long one line waits for its answer, in seconds; the next one comes anyway
WAIT_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Line:
    """Who says what where; a slash command starts with its slash."""

    person: str
    channel: str
    text: str


SCENE: tuple[Line, ...] = (
    Line("chloe", "press-review", "I have put the pieces on Varnia, the corridor and AI into the library. Type / to see what it can tell us."),
    Line("ben", "press-review", "@entente who disagrees about the sanctions?"),
    Line("anna", "general", "/digest subscribe daily at 9 here"),
    Line("anna", "general", "/digest now"),
)


def set_scene(driver: Driver, scene: tuple[Line, ...] = SCENE) -> None:
    """Say the lines one after another, each after the answer to the one before."""
    for line in scene:
        try:
            if line.text.startswith("/"):
                name, _, text = line.text.partition(" ")
                driver.command(line.person, line.channel, name, text, timeout=WAIT_SECONDS)
            else:
                spoken_to = line.text.startswith("@entente")
                driver.say(line.person, line.channel, line.text, expect=int(spoken_to), timeout=WAIT_SECONDS)
        except (AssertionError, SlackRefusal):
            # a slow machine answers later; a newcomer sees it then
            continue
