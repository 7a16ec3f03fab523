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
def base(form: str, lemma: str) -> str:
    """The lemma of an inflected verb of saying, where the lemmatizer made up one that is no word ("quipp" of "quipped", "wondere" of "wondered").

    ``form`` is in lower case; the lemma comes back as it is when it is known or nothing known can be made of the form.
    """
    known = cues()
    if ("verb", lemma) in known:
        return lemma
    return next((stem for stem in _stems(form) if ("verb", stem) in known), lemma)


def _stems(form: str) -> list[str]:
    """What an inflected form may come from, by the rules of spelling."""
    for ending in ("ied", "ies"):
        if form.endswith(ending):
            return [form[:-3] + "y"]
    for ending in ("ing", "ed", "es", "s"):
        if form.endswith(ending) and len(form) > len(ending) + 2:
            stem = form[: -len(ending)]
            doubled = [stem[:-1]] if stem[-1] == stem[-2] else []
            return [stem, stem + "e", *doubled] if ending != "es" else [stem, stem + "e"]
    return []


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
