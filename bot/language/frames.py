"""In what light a sentence puts a target: the roles of the words around it, and the lexicon of who looks how in doing or suffering what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache

from bot.language import lexicon, roles
from bot.language.words import Range, Words

PARTS = {"verb": {"VERB", "AUX"}, "noun": {"NOUN", "PROPN"}, "adj": {"ADJ", "VERB", "ADV"}}
"""Parts of speech that a group's words may have where they stand; participles and adverbs in -ly count as adjectives."""

VALENCE = {
    "verb_wrong": -2, "verb_lose": -1, "verb_suffer": -1, "verb_rage": -2, "verb_boast": -1, "verb_annoy": -2, "verb_divide": -1, "verb_harm": -2,
    "verb_win": 2, "verb_build": 1, "verb_help": 2, "verb_strive": 1, "verb_beat": 1,
    "noun_crime": -2, "noun_wrong": -2, "noun_legal": -1, "noun_trouble": -1, "noun_villain": -2, "noun_criticism": -1, "noun_victim": -1,
    "noun_hero": 2, "noun_support": 1, "noun_success": 2, "noun_virtue": 1,
    "adj_worst": -3, "adj_bad": -2, "adj_troubled": -1, "adj_good": 1, "adj_best": 2,
}  # fmt: skip
"""How well a word speaks of whom it says it, in steps; ordered by judgement."""

TOWARD = {
    "verb_criticise": -2, "verb_harm": -2, "verb_punish": -2, "verb_scrutinise": -1, "verb_oppose": -1, "verb_annoy": -1, "verb_beat": -2,
    "verb_praise": 2, "verb_support": 2, "verb_help": 1, "verb_honour": 2,
}  # fmt: skip
"""The same for the one to whom it is done."""

RECEIVING = (roles.SUFFERS, "of_", "at_", "ownsuffers")
"""Roles in which something is done to the target, or is for or against it."""

REMEMBERED = 20_000
"""Forms looked up lately."""

STEPS = 4
"""Balances beyond it count as it."""


@cache
def _table() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for group, listed in lexicon.words("frames").items():
        for word in listed:
            table[word] = (*table.get(word, ()), group)
    return table


@lru_cache(REMEMBERED)
def bases(lower: str, lemma: str) -> tuple[str, ...]:
    """What a word may be a form of: its lemma, and where that is not in the list what the endings allow ("slammed", lemma "slamm": "slam")."""
    found = [lemma, lower]
    for ending in ("ies", "ied", "ing", "ed", "es", "s", "ly", "er", "est"):
        if lower.endswith(ending) and len(lower) - len(ending) > 2:
            stem = lower[: -len(ending)]
            found += [stem + "y"] if ending in {"ies", "ied"} else [stem, stem + "e"]
            if len(stem) > 3 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return tuple(dict.fromkeys(found))


@lru_cache(REMEMBERED)
def _groups(lower: str, lemma: str, pos: str) -> tuple[str, ...]:
    table = _table()
    for base in bases(lower, lemma):
        groups = tuple(group for group in table.get(base, ()) if pos in PARTS[group.partition("_")[0]])
        if groups:
            return groups
    return ()


def groups(words: Words, i: int) -> tuple[str, ...]:
    """The lexicon's groups of a word where it stands."""
    return _groups(words.lower[i], words.lemma[i], words.pos[i]) if not words.entity[i] else ()


def negated(words: Words, i: int) -> bool:
    """Whether the word or what it hangs on is denied."""
    listed = lexicon.words("sentiment")["negation"]
    near = [*words.children[i], *(words.children[words.head[i]] if words.pos[i] in {"ADJ", "NOUN"} else ())]
    return any(words.lower[k] in listed and k != i for k in near)


def features(words: Words, sentence: Range, target: Range, head: int) -> Iterator[str]:
    """Role with group, role with lemma, and the balance of good and bad tied to the target, in its clause and in the sentence."""
    related = roles.relations(words, sentence, target, head)
    clause = roles.clause(words, head)
    sums: Counter[str] = Counter()
    for i in range(*sentence):
        if target[0] <= i < target[1]:
            continue
        role = related.get(i)
        if role and words.text[i][0].isalnum():
            yield f"rel={role}|{'NAME' if words.entity[i] else words.lemma[i]}"
            yield f"relpos={role}|{words.pos[i]}"
        known = groups(words, i)
        if not known:
            continue
        quoted = words.quote[i] >= 0 and words.quote[i] != words.quote[head]
        sign = -1 if negated(words, i) else 1
        place = role or ("clause" if clause[0] <= i < clause[1] else "else")
        short = place.partition(".")[0].partition("_")[0]
        coarse = short + ".x" * ("." in place)
        for group in known:
            yield from _placed(group, "-" * (sign < 0), place, coarse, quoted)
            if not role:
                yield f"frside={'L' if i < target[0] else 'R'}{'q' * quoted}|{group}{'-' * (sign < 0)}"
            value = sign * (TOWARD if place.startswith(RECEIVING) and "." not in place else VALENCE).get(group, 0)
            sums.update({short: value, "all": value, "quoted" if quoted else "unquoted": value, "tied": value if role else 0})
    for name, value in sums.items():
        step = max(-STEPS, min(STEPS, value))
        yield f"frsum={name}|{step}"
        for least in range(1, abs(step) + 1):
            yield f"frsum={name}|{'+' if step > 0 else '-'}{least}"


def _placed(group: str, denied: str, place: str, coarse: str, quoted: bool) -> Iterator[str]:
    """A group where it stands, finely and coarsely."""
    yield f"frany={group}{denied}"
    yield f"fr={place}|{group}{denied}"
    yield f"fr:{coarse}|{group}{denied}"
    yield f"frq={'q' if quoted else 'n'}|{coarse}|{group}"
    value = VALENCE.get(group, 0)
    if value:
        yield f"frvalue={place}|{value}{denied}"
        yield f"frvalue:{coarse}|{'good' if value > 0 else 'bad'}{denied}"
