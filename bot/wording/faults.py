"""What is wrong with a language's file: for ``entente doctor``, and so that nothing is said that cannot be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot import wording

_FORM = re.compile(r"\.(?:zero|one|two|few|many|other)$")


@dataclass(frozen=True, slots=True)
class Faults:
    """Where a language differs from English: keys, sorted."""

    missing: tuple[str, ...] = ()
    unsayable: tuple[str, ...] = ()
    """Their texts ask for values that nobody gives; they are said in English."""
    unknown: tuple[str, ...] = ()


def find(language: str, folder: Path = wording.HERE) -> Faults:
    """Compare a language with English; ``ValueError`` when its file cannot be read at all."""
    theirs, own = asked(wording.texts()), asked(wording.texts(language, folder))
    return Faults(
        missing=tuple(sorted(theirs.keys() - own.keys())),
        unsayable=tuple(sorted(key for key in theirs.keys() & own.keys() if not own[key] <= theirs[key])),
        unknown=tuple(sorted(key for key in own.keys() - theirs.keys() if not key.startswith("counted."))),
    )


def sayable(texts: Mapping[str, str], english: Mapping[str, str]) -> dict[str, str]:
    """The texts that ask for no value but those that the English ones ask for."""
    given = asked(english)
    return {key: text for key, text in texts.items() if wording.places(text) <= given.get(_FORM.sub("", key), wording.places(text))}


def asked(texts: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Key -> the values that it asks for, the forms of one sentence together: another language has others."""
    found: dict[str, frozenset[str]] = {}
    for key, text in texts.items():
        if not key.startswith("language."):
            name = _FORM.sub("", key)
            found[name] = found.get(name, frozenset()) | wording.places(text)
    return found
