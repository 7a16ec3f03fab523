"""Word lists as data: ``lexicons/*.tsv``, read once."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "lexicons"


@cache
def cues() -> dict[tuple[str, str], tuple[str, ...]]:
    """(part of speech, lemma) to the classes of cue that it belongs to, the first the most usual one."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for pos, name, _, lemmas in _rows("cues"):
        for lemma in lemmas.split():
            if name not in found[pos, lemma]:
                found[pos, lemma].append(name)
    return {key: tuple(names) for key, names in found.items()}


@cache
def kinds() -> dict[str, str]:
    """Class of cue to the kind of statement that it introduces."""
    return {name: kind for _, name, kind, _ in _rows("cues")}


@cache
def words(name: str) -> dict[str, frozenset[str]]:
    """Group to its words, of a list with two columns."""
    return {group: frozenset(listed.replace("_", " ") for listed in words.split()) for group, words in _rows(name)}


def _rows(name: str) -> list[list[str]]:
    lines = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
