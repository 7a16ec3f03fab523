"""The wordings of ``wordings.txt`` as patterns: word lists are data, and grow without touching code."""

from __future__ import annotations

import re
from importlib.resources import files

_TEXT = files(__package__).joinpath("wordings.txt").read_text(encoding="utf8")


def either(section: str) -> str:
    """A section's lines as the alternatives of one group."""
    lines = _TEXT.split(f"\n[{section}]\n", 1)[1].split("\n\n", 1)[0].splitlines()
    return "(?:" + "|".join(line if re.fullmatch(r"[\w .’'-]+", line) else f"(?:{line})" for line in lines if line) + ")"


def anywhere(section: str) -> re.Pattern[str]:
    """Any of a section's wordings, case ignored."""
    return re.compile(either(section), re.IGNORECASE)


def at_start(section: str) -> re.Pattern[str]:
    """Any of a section's wordings behind marks, for ``match``."""
    return re.compile(rf"\W*{either(section)}", re.IGNORECASE)


def whole(section: str) -> re.Pattern[str]:
    """Any of a section's wordings between marks, for ``fullmatch``."""
    return re.compile(rf"\W*{either(section)}\W*", re.IGNORECASE)
