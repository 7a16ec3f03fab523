"""What Entente says to people: every sentence, label and heading, one file for each language; ``say`` is how code comes by them.

``en.toml`` says how the files are written. Fluent's runtime and Babel's plurals take longer to come up than everything else that answers Slack,
and gettext's keys are the English sentences, which tell a reader of the code nothing of what they are for.

A text from here is trusted; a value put into it is not: whoever puts it into mrkdwn escapes the value.
"""

from __future__ import annotations

import logging
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from bot.wording import plurals

log = logging.getLogger(__name__)

HERE = Path(__file__).parent
ENGLISH = "en"

_PLACE = re.compile(r"( ?)\{(\w+)(?::(,|\w+))?\}")
"""A placeholder: the space before it, its name, its noun."""


def read(text: str) -> dict[str, str]:
    """A language's file -> its texts by "section.key"; ``ValueError`` says where it cannot be read."""
    return dict(_flat(tomllib.loads(text)))


def _flat(table: Mapping[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{key}.")
        elif isinstance(value, str):
            yield above + key, value
        else:
            raise ValueError(f"{above}{key} is no text")


@cache
def _split(text: str) -> list[str]:
    """What stands before the first placeholder; then for each its space, name, noun, and what follows it."""
    return _PLACE.split(text)


def places(text: str) -> frozenset[str]:
    """The names of the values that a text asks for."""
    return frozenset(name for _, name, _ in _PLACE.findall(text))


class Wording:
    """What is said in one language; what it lacks is said in the language beneath."""

    def __init__(self, texts: Mapping[str, str], beneath: Wording | None = None) -> None:
        self.texts = texts
        self._beneath = beneath
        rules = {key.removeprefix("language.plural."): rule for key, rule in texts.items() if key.startswith("language.plural.")}
        self._form = lru_cache(1_024)(lambda number: plurals.form(rules, number))

    def say(self, key: str, values: Mapping[str, object]) -> str:
        """The text with its values; ``KeyError`` for a key or a value that there is not."""
        text = self.texts.get(key)
        if text is None and (number := values.get("n")) is not None:
            text = self.texts.get(f"{key}.{self._form(number)}") or self.texts.get(f"{key}.{plurals.OTHER}")
        if text is None:
            if self._beneath is None:
                raise KeyError(key)
            return self._beneath.say(key, values)

        first, *rest = _split(text)
        said = [first]
        for space, name, noun, after in zip(rest[::4], rest[1::4], rest[2::4], rest[3::4], strict=True):
            value = values[name]
            if noun:
                value = self._grouped(value) if noun == "," else self.say(f"counted.{noun}", {"n": value})
            if value != "":  # what is empty takes the space before it along: "the newest pieces {on}" serves for pieces on anything, too
                said += (space, str(value))
            said.append(after)
        return "".join(said)

    def has(self, key: str) -> bool:
        """Whether there is such a text."""
        return key in self.texts or (self._beneath is not None and self._beneath.has(key))

    def _grouped(self, number: object) -> str:
        return f"{number:,}".replace(",", self.texts.get("language.thousands", ","))


def languages(folder: Path = HERE) -> tuple[str, ...]:
    """Those that there is a file for."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def load(language: str = ENGLISH, folder: Path = HERE) -> Wording:
    """A language on top of English; English alone for one that there is no file for, or whose file cannot be read."""
    english = Wording(texts())
    if language == ENGLISH or language not in languages(folder):
        return english
    from bot.wording.faults import sayable  # English has none

    try:
        return Wording(sayable(texts(language, folder), english.texts), english)
    except ValueError as fault:
        log.warning("the words cannot be read, so English is spoken: %s", fault)
        return english


def texts(language: str = ENGLISH, folder: Path = HERE) -> dict[str, str]:
    """What a language's file holds; ``ValueError`` when it cannot be read."""
    try:
        return read((folder / f"{language}.toml").read_text(encoding="utf-8"))
    except ValueError as fault:
        raise ValueError(f"{language}.toml: {fault}") from fault


_spoken: Wording | None = None


def speak(language: str = ENGLISH, folder: Path = HERE) -> None:
    """From now on everything is said in this language: a process speaks one, chosen at its start."""
    global _spoken
    _spoken = load(language, folder)


def spoken() -> Wording:
    """The language that is spoken; English until another was chosen."""
    if _spoken is None:
        speak()
    assert _spoken is not None
    return _spoken


def say(key: str, /, **values: object) -> str:
    """The text of a key with its values. ``n`` is the number that its plural form goes by."""
    return spoken().say(key, values)


def knows(key: str) -> bool:
    """Whether there is such a text, for keys that are made of Slack's codes."""
    return spoken().has(key)
