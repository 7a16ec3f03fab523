"""Short versions of the ear's drills, and what the process that answers Slack may not weigh."""

from __future__ import annotations

import subprocess
import sys

from tests.drills import replies
from tests.drills import slack as drills


def test_repeated_deliveries_have_one_effect() -> None:
    figures = drills.deliveries(60)
    assert (figures["lost"], figures["double"], figures["errors"]) == (0, 0, 0)


def test_hostile_text_stays_dead_on_every_surface() -> None:
    assert drills.texts(120)["errors"] == 0


def test_hostile_text_over_the_wire() -> None:
    assert drills.wired(8)["errors"] == 0


def test_killed_between_acknowledging_storing_and_posting() -> None:
    figures = replies.replies(3)
    assert (figures["lost"], figures["double"]) == (0, 0)


def test_the_process_that_answers_slack_imports_no_language_work() -> None:
    heavy = {"spacy", "trafilatura", "thinc", "bot.language", "sqlite_utils", "rich"}
    code = f"import sys, bot.app, handlers.slack.serving; print(*sorted({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split() == []
