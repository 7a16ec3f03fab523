"""What a newcomer may try, in the order in which it makes sense."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to try: `type` goes into the composer, `where` is a channel's name, "@bot", or a place in words."""

    title: str
    why: str
    type: str = ""
    where: str = ""


GUIDE: tuple[Step, ...] = (
    Step("Pick a piece", "The newest pieces, to choose from. Only you see the answer; Share shows it to all.", "/summary", "press-review"),
    Step("Ask what somebody argues", "Choose a name from the list, then see their views issue by issue.", "/views ", "press-review"),
    Step("Look at an issue", "Who argues what, with the dissent kept.", "/issue", "energy-desk"),
    Step("Search the library", "Words, names, phrases, dates.", "/library search ", "press-review"),
    Step("Ask in your own words", "Mention the bot; then ask again in the thread.", "@entente who disagrees about the sanctions?", "press-review"),
    Step("See the digest", "What a subscriber gets in the morning.", "/digest preview", "general"),
    Step("Add your own piece", "Drop a .txt, .md, .html, .pdf, .docx or .eml file here, or paste a text into the form.", "/library add", "@bot"),
    Step("Break something", "Open Drills above: let a request come twice, lose an answer, cut the line. Nothing may be posted twice.", "", ""),
)


def steps(prompts: Iterable[tuple[str, str]]) -> tuple[Step, ...]:
    """The guide with the app's suggested prompts (title and message), which Slack shows in the app's own pane, before its last step."""
    suggested = (Step(title, "Suggested by the app, in its own pane.", message, "@bot") for title, message in prompts)
    return (*GUIDE[:-1], *suggested, GUIDE[-1])
