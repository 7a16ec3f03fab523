"""How the other words of a sentence relate to a target: what it does, what is done to it, what it is, what is its own."""

from __future__ import annotations

from bot.language.words import Range, Words

DOES, SUFFERS, IS, OWNS = "does", "suffers", "is", "owns"

SUBJECTS = ("nsubj", "csubj")
CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "conj", "parataxis"})
SUBORDINATE = frozenset({"ccomp", "advcl", "parataxis", "xcomp", "acl", "conj"})
RELATIVE = frozenset({"who", "that", "which", "whom", "whose"})
MODIFIERS = frozenset({"amod", "compound", "appos", "flat"})
SHARED = frozenset({"conj", "appos", "flat"})
SHARING = 5
"""Members of a list, or names of one person, that are followed."""


def relations(words: Words, sentence: Range, target: Range, head: int) -> dict[int, str]:
    """Relation of each word that has one; a point goes one step further: "does.obj" is what the target does something to."""
    found: dict[int, str] = {}
    referents = _referents(words, head)
    doing: list[int] = []
    suffering: list[int] = []
    for at in referents:
        _beneath(words, at, target, doing, suffering, found)
        _governor(words, at, doing, suffering, found)
    for verb in _understood(words, doing, suffering):
        _predicate(words, verb, DOES, found)
    for verb in suffering:
        _predicate(words, verb, SUFFERS, found)
    for verb in (*doing, *suffering):
        _above(words, verb, found)
    return {i: name for i, name in found.items() if i not in referents and sentence[0] <= i < sentence[1] and not target[0] <= i < target[1]}


def clause(words: Words, head: int) -> Range:
    """The stretch of the smallest clause that a word stands in."""
    at = head
    while words.head[at] != at and words.dep[at].split(":")[0] not in {"ccomp", "advcl", "acl", "parataxis", "csubj", "xcomp"}:
        at = words.head[at]
    return words.edges[at]


def _referents(words: Words, head: int) -> list[int]:
    """The target's head and those that it shares its place in the sentence with: "Birk and Berger", "Birk, the mayor"."""
    found = [head]
    while words.dep[found[-1]] in SHARED and words.head[found[-1]] != found[-1] and len(found) < SHARING:
        found.append(words.head[found[-1]])
    return found


def _beneath(words: Words, at: int, target: Range, doing: list[int], suffering: list[int], found: dict[int, str]) -> None:
    """What hangs on the target: adjectives, titles, relative clauses; the subject of "is the mayor"."""
    for k in words.children[at]:
        dep = words.dep[k]
        if dep == "acl:relcl":
            gap = next((words.dep[j] for j in words.children[k] if words.lower[j] in RELATIVE), "")
            (doing if gap == "nsubj" else suffering).append(k)
        elif dep == "acl":
            (suffering if words.tag[k] == "VBN" else doing).append(k)
        elif dep == "cop":
            subject = next((j for j in words.children[at] if words.dep[j].startswith(SUBJECTS)), None)
            if subject is not None:
                found.setdefault(subject, "equals")
        elif target[0] <= k < target[1]:
            continue
        elif dep in MODIFIERS:
            found.setdefault(k, IS)
            if dep == "appos":
                _modifiers(words, k, IS, found)
        elif dep in {"nmod", "advmod", "nmod:poss"}:
            found.setdefault(k, f"has_{_case(words, k)}")


def _governor(words: Words, at: int, doing: list[int], suffering: list[int], found: dict[int, str]) -> None:
    """What the target hangs on: its verb, what is its own, what is against or for it."""
    up, dep = words.head[at], words.dep[at]
    if up == at:
        return
    if dep in SUBJECTS:
        doing.append(up)
    elif dep in {"nsubj:pass", "obj", "iobj"}:
        suffering.append(up)
    elif dep == "nmod:poss":
        found.setdefault(up, OWNS)
        _modifiers(words, up, f"{OWNS}.mod", found)
        if words.dep[up].startswith(SUBJECTS):
            found.setdefault(words.head[up], "owndoes")
        elif words.dep[up] in {"obj", "obl"}:
            found.setdefault(words.head[up], "ownsuffers")
    elif dep in {"compound", "amod"}:
        found.setdefault(up, "names")
    elif dep in {"nmod", "obl"}:
        case = _case(words, at)
        passive = words.tag[up] == "VBN" or any(words.dep[k] in {"aux:pass", "nsubj:pass"} for k in words.children[up])
        if case == "by" and passive:
            doing.append(up)
        else:
            found.setdefault(up, f"{'of' if dep == 'nmod' else 'at'}_{case}")
            _modifiers(words, up, f"beside_{case}.mod", found)


def _understood(words: Words, doing: list[int], suffering: list[int]) -> list[int]:
    """Verbs of which the target is the understood subject too: "tried to save", "was accused of lying"; those done to it are added to their list."""
    found = list(doing)
    for verb in found:
        for k in words.children[verb]:
            theirs = words.dep[k] == "xcomp" and _has(words, verb, "obj")
            if words.dep[k] in {"xcomp", "advcl", "conj"} and not theirs and k not in found and not _has(words, k, "nsubj", "csubj"):
                found.append(k)
    for verb in suffering:
        for k in words.children[verb]:
            if _has(words, k, "nsubj", "csubj"):
                continue
            if words.dep[k] in {"xcomp", "advcl"} and k not in found:
                found.append(k)
            elif words.dep[k] == "conj" and k not in suffering and (words.tag[k] == "VBN" or _has(words, k, "aux:pass")):
                suffering.append(k)
    return found


def _predicate(words: Words, verb: int, name: str, found: dict[int, str]) -> None:
    """A verb or predicate, and what it takes."""
    if name == DOES and (words.pos[verb] in {"ADJ", "NOUN", "PROPN"} or _has(words, verb, "cop")):
        name = IS
    found[verb] = name
    for k in words.children[verb]:
        dep = words.dep[k]
        if dep in {"amod", "compound", "nmod"} and name == IS:
            found.setdefault(k, IS)
        elif dep in {"advmod", "obj", "iobj", "compound:prt"}:
            found.setdefault(k, f"{name}.{dep.split(':')[0]}")
            if dep == "obj":
                _modifiers(words, k, f"{name}.obj.mod", found)
        elif dep == "obl":
            found.setdefault(k, f"{name}.{_case(words, k)}")
            _modifiers(words, k, f"{name}.obl.mod", found)
        elif dep.startswith(SUBJECTS) and name == SUFFERS:
            found.setdefault(k, f"{name}.by")
        elif dep in CLAUSES:
            found.setdefault(k, f"{name}.{dep}")


def _above(words: Words, verb: int, found: dict[int, str]) -> None:
    """The clause that this one stands in: "critics say that she lied"."""
    up, dep = words.head[verb], words.dep[verb].split(":")[0]
    if up != verb and dep in SUBORDINATE:
        found.setdefault(up, f"above.{dep}")
        for k in words.children[up]:
            if words.dep[k].startswith(SUBJECTS):
                found.setdefault(k, f"above.{dep}.by")


def _modifiers(words: Words, noun: int, name: str, found: dict[int, str]) -> None:
    for k in words.children[noun]:
        if words.dep[k] in {"amod", "compound", "nmod"}:
            found.setdefault(k, name)


def _has(words: Words, at: int, *deps: str) -> bool:
    return any(words.dep[k].startswith(deps) for k in words.children[at])


def _case(words: Words, at: int) -> str:
    return next((words.lower[k] for k in words.children[at] if words.dep[k] == "case"), "-")
