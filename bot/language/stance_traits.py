"""Features of a sentence that tell how it speaks of a target named in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from bot.language import clauses, frames, lexicon, nearness, voice_traits
from bot.language.words import Range, Words

NEAR = 5
"""Words on either side of the target that count as its neighbourhood."""

UP = 4
"""Steps in the parse within which a word's relation to the target is a feature."""

PIECED = frozenset({"ADJ", "ADV", "VERB", "NOUN"})
PIECES = (4, 5)
"""Letters in a run; the word's ends count as letters."""


def measure(words: Words, sentence: Range, target: Range) -> dict[str, float]:
    """Every feature with its value; ``sentence`` and ``target`` are ranges of words, the target's own words are left out."""
    head = next((i for i in range(*target) if not target[0] <= words.head[i] < target[1] or words.head[i] == i), target[0])
    named = {*target_features(words, sentence, target, head), *frames.features(words, sentence, target, head)}
    return {**dict.fromkeys(sorted(named), 1.0), **nearness.features(words, sentence, target, head)}


def target_features(words: Words, sentence: Range, target: Range, head: int) -> set[str]:
    """Words, runs of letters, pairs, loaded words, and the ways through the parse to them from the target's ``head``."""
    first, last = sentence
    inside = [
        i for i in range(first, last) if not target[0] <= i < target[1] and (words.text[i][0].isalnum() or words.text[i] in {'"', "“", "?", "!"})
    ]
    polarity = _polarities()
    found: set[str] = {"bias"}
    found.update(_role(words, head))
    counts: dict[str, int] = {}
    for i in inside:
        lemma = words.lemma[i]
        side = "L" if i < target[0] else "R"
        distance = target[0] - i if side == "L" else i - target[1] + 1
        name = "NAME" if words.entity[i] in {"PERSON", "ORG", "GPE"} else lemma
        found.add(f"word={name}")
        found.add(f"word={name}|{side}")
        if distance <= NEAR:
            found.add(f"near={name}|{side}")
        quoted = words.quote[i] >= 0 and words.quote[i] != words.quote[head]
        for group in polarity.get(lemma, ()):
            negated = frames.negated(words, i)
            key = f"{group}{'-' if negated else ''}"
            counts[key] = counts.get(key, 0) + 1
            counts[f"{key}|{side}"] = counts.get(f"{key}|{side}", 0) + 1
            if distance <= NEAR:
                found.add(f"near:{key}|{side}")
            if quoted:
                found.add(f"quoted:{key}")
        way = clauses.path(words, head, i, UP)
        if way != "far":
            found.add(f"way={way}|{words.pos[i]}")
            if words.pos[i] in {"VERB", "ADJ", "NOUN", "ADV", "ADP", "AUX"}:
                short = _short(way)
                found.add(f"tied={short}|{lemma}")
                for group in polarity.get(lemma, ()):
                    found.add(f"tied={short}|{group}{'-' if frames.negated(words, i) else ''}")
                for group in clauses.classes(words, i)[:1]:
                    found.add(f"tied={short}|{group}")
    for key, count in counts.items():
        found.add(f"has:{key}")
        found.add(f"has:{key}:{min(count, 3)}")
    found.update(_loaded(words, sentence, target, head))
    found.update(_pieces(words, inside))
    found.update(_pairs(words, inside, target))
    found.update(_frame(words, sentence, target, head))
    return found


def _loaded(words: Words, sentence: Range, target: Range, head: int) -> Iterator[str]:
    """Loaded words: how many of each group, on which side, how near, and how the parse ties them to the target."""
    counts: Counter[str] = Counter()
    for i in range(*sentence):
        if target[0] <= i < target[1]:
            continue
        groups = voice_traits.loaded_groups(words, i)
        if not groups:
            continue
        negated = "-" if frames.negated(words, i) else ""
        side = "L" if i < target[0] else "R"
        distance = target[0] - i if side == "L" else i - target[1] + 1
        quoted = "quoted" if words.quote[i] >= 0 and words.quote[i] != words.quote[head] else ""
        way = clauses.path(words, head, i)
        for group in groups | {group.partition("_")[0] for group in groups}:
            name = group + negated
            counts.update((name, f"{name}|{quoted}{side}"))
            if distance < NEAR:
                yield f"loaded:near={name}|{side}"
            if way != "far":
                yield f"loaded:tied={_short(way)}|{name}"
    for name, count in counts.items():
        for least in range(1, min(count, 3) + 1):
            yield f"loaded:{name}:{least}+"
    yield f"loaded:balance={max(-3, min(3, counts['praise'] - counts['scorn']))}"


def _pieces(words: Words, inside: list[int]) -> Iterator[str]:
    """Runs of letters in words with a meaning of their own: kindred words that training never met share them."""
    for i in inside:
        if words.pos[i] in PIECED and not words.entity[i] and words.text[i].isalpha():
            bounded = f"<{words.lemma[i]}>"
            for size in PIECES:
                for start in range(len(bounded) - size + 1):
                    yield "piece=" + bounded[start : start + size]


@cache
def _polarities() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for group, listed in lexicon.words("sentiment").items():
        for word in listed:
            table[word] = (*table.get(word, ()), group)
    return table


def _short(way: str) -> str:
    """The path with relations folded: who does, to whom, of whom."""
    return (
        way.replace("nsubj:pass", "pass")
        .replace("acl:relcl", "acl")
        .replace("nmod:poss", "poss")
        .replace("ccomp", "comp")
        .replace("xcomp", "comp")
        .replace("advcl", "comp")
    )


def _role(words: Words, head: int) -> Iterator[str]:
    dep = words.dep[head]
    governor = words.head[head]
    yield f"role={dep}"
    yield f"governor={words.lemma[governor]}|{dep}"
    yield f"governorpos={words.pos[governor]}|{dep}"
    yield f"kind={words.entity[head] or words.pos[head]}"
    for group in clauses.classes(words, governor)[:1]:
        yield f"governorclass={group}|{dep}"
    case = next((words.lower[k] for k in words.children[head] if words.dep[k] == "case"), None)
    if case:
        yield f"case={case}|{words.lemma[governor]}"
        yield f"case={case}"
    for k in words.children[head]:
        if words.pos[k] in {"ADJ", "NOUN", "PROPN", "VERB"}:
            yield f"below={words.lemma[k]}|{words.dep[k]}"
    for k in words.children[governor]:
        if k != head and words.dep[k] in {"obj", "xcomp", "ccomp", "obl", "advmod", "aux", "iobj", "nsubj"}:
            yield f"frame={words.lemma[governor]}|{dep}|{words.lemma[k] if not words.entity[k] else 'NAME'}"
            yield f"beside={words.dep[k]}|{words.lemma[k]}|{dep}"


def _pairs(words: Words, inside: list[int], target: Range) -> Iterator[str]:
    for a, b in pairwise(inside):
        if b - a == 1:
            yield f"pair={words.lower[a]}_{words.lower[b]}"
    for i in range(max(0, target[0] - 2), target[0]):
        yield f"leftof={words.lower[i]}|{target[0] - i}"
    for i in range(target[1], min(len(words), target[1] + 2)):
        yield f"rightof={words.lower[i]}|{i - target[1]}"


def _frame(words: Words, sentence: Range, target: Range, head: int) -> Iterator[str]:
    first, last = sentence
    yield f"length={min((last - first) // 8, 6)}"
    yield f"place={min(4 * (target[0] - first) // max(1, last - first), 3)}"
    yield f"quoteinside={any(q >= 0 for q in words.quote[first:last])}"
    yield f"targetquoted={words.quote[head] >= 0}"
    people = sum(1 for i in range(first, last) if words.entity[i] == "PERSON" and words.entity[i - 1 if i else 0] != "PERSON")
    yield f"people={min(people, 3)}"
    yield f"question={any(words.text[i] == '?' for i in range(first, last))}"
