"""Geometry of clauses: which words may be what somebody says, and who may be saying it.

A cue ("said", "his demand", "according to") has a few dozen candidates for its content and its source; the trained scorers choose among
them. Candidates come from the parse, from quotation marks, and from plain position where the parse goes wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bot.language import lexicon
from bot.language.words import Range, Words

Ranges = tuple[Range, ...]

SKIPPED = frozenset({"aux", "aux:pass", "punct", "cc", "mark", "cop", "compound:prt", "det", "case", "fixed", "discourse", "expl", "reparandum"})
"""Children of a cue that are no content of their own."""

CUE_POS = frozenset({"VERB", "NOUN", "ADJ"})
NO_CUE = frozenset({"be", "have", "do", "can", "will", "may", "must", "should", "get"})
REACH = 6
"""Children on either side that a content may start or end with; contents that skip more are too rare to learn."""

CUTS = frozenset({"conj", "advcl", "acl:relcl", "parataxis", "obl", "appos"})
"""Relations of trailing phrases that a content may stop before."""

STARTS, ENDS = 7, 7
"""How many places a content may start and end at on one side of its cue."""

TRIMMED = frozenset({",", ".", ";", ":", "-", "–", "—", "--", "―", "!", "?", "…", "..."})
GROUPED = frozenset({"aux", "aux:pass", "advmod", "mark", "cop"})
"""What stands between an auxiliary and its verb."""

HOLDING = frozenset({"for", "to"})
"""Prepositions that put the holder of a view before it."""

SEEING_AS = frozenset(
    "see view regard perceive portray depict describe cast paint present characterize characterise treat dismiss denounce condemn deride mock praise "
    "hail laud commend tout sell brand interpret read understand justify defend".split()
)
"""Verbs by which somebody takes one thing for another."""

PAUSES = frozenset({",", ";", ":", "—", "–", "-"})
ASIDE, ASIDES = 24, 3
"""Words within which the phrase that opens a sentence comes to its comma, and how many commas may be that one: "to Ames, the envoy, it ..."."""

DASHES = frozenset({"―", "—", "--", "–"})

RELATIVE_TAGS = frozenset({"WDT", "WP"})
"""Tags of relative pronouns."""


def cue_candidates(words: Words) -> list[int]:
    """Words that may head a cue."""
    return [i for i in range(len(words)) if _may_head_cue(words, i)]


def _may_head_cue(words: Words, i: int) -> bool:
    known, pos, lemma = lexicon.cues(), words.pos[i], words.lemma[i]
    if pos == "VERB":
        return lemma not in NO_CUE
    if words.text[i].isalpha() and pos not in {"DET", "PRON", "ADP", "PART"} and words.lower[i] not in {"to", "like"}:
        if any((kind, lemma) in known for kind in ("noun", "adj", "verb")) or ("verb", words.lower[i]) in known:
            return True
        if any(words.dep[k] in {"ccomp", "acl", "csubj"} and _mark(words, k) for k in words.children[i]):
            return True
    return words.lower[i] in {"according", "per"} or _labels_speaker(words, i) or fronts_holder(words, i)


def fronts_holder(words: Words, i: int) -> bool:
    """The preposition before whose view a clause gives: "For Moscow, everything is connected", "the party, for whom the day is holy"."""
    if words.lower[i] not in HOLDING or words.dep[i] != "case" or words.head[i] <= i:
        return False
    governed = words.head[i]
    if words.lower[governed] == "whom":
        return True
    first, last = words.sentences[words.sentence[i]]
    opens = i == first or words.text[i - 1] in PAUSES or words.dep[i - 1] == "cc"
    return opens and words.pos[governed] in NOMINAL and "," in words.text[governed + 1 : min(last, governed + 1 + ASIDE)]


def _mark(words: Words, clause: int) -> bool:
    return any(words.dep[k] == "mark" and words.lower[k] in {"that", "to", "whether", "if"} for k in words.children[clause])


def _labels_speaker(words: Words, i: int) -> bool:
    """The colon of "WALLACE: ..." or the dash of "... - Donald Trump"."""
    first, last = words.paragraphs[words.paragraph[i]]
    if words.text[i] == ":":
        return 0 < i - first <= 6 and i + 1 < last
    return words.text[i] in DASHES and 1 < last - i <= 8 and i > first


def classes(words: Words, i: int) -> tuple[str, ...]:
    """The lexicon's classes of a cue."""
    known = lexicon.cues()
    lemma, pos = words.lemma[i], words.pos[i]
    for kind in {"VERB": ("verb", "noun"), "NOUN": ("noun", "verb"), "ADJ": ("adj", "verb")}.get(pos, ("noun", "verb", "adj", "prep")):
        found = known.get((kind, lemma))
        if found:
            return tuple(f"{kind}:{name}" for name in found)
    found = known.get(("prep", words.lower[i]))
    return ("prep:" + found[0],) if found else ()


def holder_of(words: Words, cue: int) -> int | None:
    """The subject of an active verb, its own or that of the verb which it is joined to ("France has no reserves and has appealed for help")."""
    verb = cue
    for _ in range(3):
        if any(words.dep[k] in {"aux:pass", "nsubj:pass"} for k in words.children[verb]):
            return None
        subject = subject_of(words, verb)
        if subject is not None or words.dep[verb] != "conj" or words.pos[words.head[verb]] not in {"VERB", "AUX"}:
            return subject
        verb = words.head[verb]
    return None


def agent_of(words: Words, cue: int) -> int | None:
    """Who a passive says did it: "is seen by Norway as"."""
    if not any(words.dep[k] in {"aux:pass", "nsubj:pass"} for k in words.children[cue]) and words.tag[cue] != "VBN":
        return None
    return next((k for k in words.children[cue] if words.dep[k] in {"obl", "obl:agent"} and case_of(words, k) == "by"), None)


def subject_of(words: Words, i: int) -> int | None:
    """The subject that a verb has of its own."""
    for k in words.children[i]:
        if words.dep[k].startswith("nsubj"):
            return k
    return None


def case_of(words: Words, noun: int) -> str:
    """The preposition of a noun, "-" for none."""
    return next((words.lower[k] for k in words.children[noun] if words.dep[k] == "case"), "-")


def trim(words: Words, start: int, end: int) -> Range | None:
    """The range without commas, stops and lone marks at its edges."""
    while start < end and (words.text[start] in TRIMMED or words.text[start].isspace()):
        start += 1
    while end > start and (words.text[end - 1] in TRIMMED or words.text[end - 1].isspace()):
        end -= 1
    return (start, end) if end > start else None


def group(words: Words, cue: int) -> Range:
    """The cue with its auxiliaries, negation and particle: "did not say", "has called for"."""
    start = end = cue
    for k in words.children[cue]:
        before = words.dep[k] in {"aux", "aux:pass", "cop"} or words.lower[k] in {"not", "n't", "n’t", "never"}
        if before and k < cue and all(words.dep[j] in GROUPED for j in range(k, cue) if words.head[j] == cue):
            start = min(start, k)
        elif words.dep[k] == "compound:prt" and k > cue:
            end = max(end, k)
    if words.lower[cue] == "according" and cue + 1 < len(words) and words.lower[cue + 1] == "to":
        end = cue + 1
    return (start, end + 1) if end - start < 7 else (cue, cue + 1)


# --- Content --------------------------------------------------------------------------------------------------------


def content_candidates(words: Words, cue: int) -> list[Ranges]:
    """What the cue may introduce: one stretch, or the two on either side of "he said"."""
    found: dict[Ranges, None] = {}

    def add(*ranges: Range | None) -> None:
        kept = tuple(r for r in ranges if r is not None)
        if kept and len(kept) == len(ranges) and not any(a <= cue < b for a, b in kept):
            found.setdefault(kept)

    first, last = words.sentences[words.sentence[cue]]
    right = _right(words, cue, first, last)
    left = _left(words, cue, first, last)
    for start, end in right + left:
        add(trim(words, start, end))
        add(trim(words, start, _close(words, end)))
        add(trim(words, _open(words, start), end))
    for fronted in _fronted(words, cue):
        for start, end in right:
            add(trim(words, *fronted), trim(words, start, end))
    around = list(_around(words, cue, first, last))
    for one, other in around:
        add(trim(words, *one), trim(words, *other))
        add(trim(words, _open(words, one[0]), one[1]), trim(words, other[0], _close(words, other[1])))
        add(trim(words, *one))
        add(trim(words, *other))
    for stretches in _beside_aside(words, cue, first, last):
        add(*(trim(words, *stretch) for stretch in stretches))
    near = _quotes_near(words, cue)
    for quote in near:
        add(quote)
    for one, other in pairwise(near):
        if one[1] <= cue < other[0]:
            add(one, other)
    kept = list(found)
    seen, owner = _seen_as(words, cue), _owner(words, cue)
    if seen is not None:
        kept = [ranges for ranges in kept if any(a <= seen < b for a, b in ranges)]
    if owner is not None:
        kept = [ranges for ranges in kept if not any(a <= owner < b for a, b in ranges)]
    return kept or list(found)


def _owner(words: Words, cue: int) -> int | None:
    """The noun behind "according to" and its like: whose account it is, never a part of it."""
    if words.lower[cue] not in {"according", "per"} | HOLDING:
        return None
    return next((i for i in range(cue + 1, min(cue + ASIDE, len(words))) if words.pos[i] in {"NOUN", "PROPN", "PRON"}), None)


def _beside_aside(words: Words, cue: int, first: int, last: int) -> Iterator[tuple[Range, ...]]:
    """What stands beside "according to Ames, the envoy," or "in the view of most," between the semicolons around it."""
    owner = _owner(words, cue)
    if owner is None and (words.dep[cue] != "obl" or words.pos[cue] != "NOUN"):
        return
    start = cue if owner is not None else min(words.edges[cue][0], cue)
    first = next((i + 1 for i in range(start - 1, first - 1, -1) if words.text[i] in {";", ":"}), first)
    last = next((i for i in range(cue, last) if words.text[i] == ";"), last)
    opens = not any(words.text[i][0].isalnum() and words.dep[i] != "cc" for i in range(first, start))
    pauses = [i for i in range((owner or cue) + 1, min(last, cue + ASIDE)) if words.text[i] == ","][:ASIDES]
    for pause in pauses:
        yield ((pause + 1, last),)
        if not opens:
            yield (first, start), (pause + 1, last)
    if not opens:
        yield ((first, start),)


def _seen_as(words: Words, cue: int) -> int | None:
    """What something is seen as: "views the talks as a favor", "was praised as leading nowhere". The view is not told without it."""
    if words.lemma[cue] not in SEEING_AS:
        return None
    for k in words.children[cue]:
        if k > cue and (case_of(words, k) == "as" or (words.dep[k] == "advcl" and words.tag[k] == "VBG" and _opens_with_as(words, k))):
            return k
    return None


def _opens_with_as(words: Words, clause: int) -> bool:
    return any(words.dep[k] == "mark" and words.lower[k] == "as" for k in words.children[clause])


def _right(words: Words, cue: int, first: int, last: int) -> list[Range]:
    starts: dict[int, None] = {}
    ends: dict[int, None] = {}
    chain = [cue]
    for k in words.children[cue]:
        if k > cue and words.dep[k] in {"xcomp", "obj", "obl", "ccomp", "nmod", "acl", "advcl"}:
            chain.append(k)
    if words.pos[cue] in {"NOUN", "ADJ", "PROPN"} and words.head[cue] != cue:
        chain.append(words.head[cue])
    for node in chain:
        for k in words.children[node]:
            if k > cue and words.dep[k] not in SKIPPED:
                starts.setdefault(max(words.edges[k][0], cue + 1))
                if node == cue or words.dep[k] in {"ccomp", "xcomp", "obj", "advcl", "acl"}:
                    ends.setdefault(words.edges[k][1])
                    for part in words.children[k]:
                        if part > k and words.dep[part] in CUTS:
                            ends.setdefault(words.edges[part][0])
    for k in words.children[cue]:
        if k > cue and words.dep[k] in {"compound:prt", "case"}:
            starts.setdefault(k + 1)
    starts.setdefault(cue + 1)
    if cue + 2 < last:
        starts.setdefault(cue + 2)
    ends.setdefault(words.edges[cue][1])
    if words.head[cue] != cue:
        ends.setdefault(words.edges[words.head[cue]][1])
    ends.setdefault(last)
    if words.text[cue] == ":":
        ends.setdefault(words.paragraphs[words.paragraph[cue]][1])
    ordered = sorted(starts)[:STARTS]
    return [(s, e) for s in ordered for e in sorted(ends)[:ENDS] if e > s] + [(s, last) for s in ordered if s < last]


def _left(words: Words, cue: int, first: int, last: int) -> list[Range]:
    ends: dict[int, None] = {words.edges[cue][0] if words.edges[cue][0] > first else cue: None, cue: None}
    starts: dict[int, None] = {first: None}
    for k in words.children[cue]:
        if k < cue and words.dep[k] not in SKIPPED:
            starts.setdefault(words.edges[k][0])
            ends.setdefault(words.edges[k][1])
            ends.setdefault(words.edges[k][0])
    head = words.head[cue]
    if head != cue:
        starts.setdefault(words.edges[head][0])
        if head < cue:
            for k in words.children[head]:
                if k < cue and words.dep[k] not in SKIPPED:
                    starts.setdefault(words.edges[k][0])
    if words.text[cue] in DASHES:
        starts.setdefault(words.paragraphs[words.paragraph[cue]][0])
    return [(s, e) for s in sorted(starts)[:STARTS] for e in sorted(ends)[-ENDS:] if s < e <= cue]


def _fronted(words: Words, cue: int) -> Iterator[Range]:
    """What belongs to the content before its cue: a passive's subject ("Turnout is expected to rise"), and the relative pronoun of "which she
    says is a ruse"."""
    for k in words.children[cue]:
        if k < cue and (words.dep[k] == "nsubj:pass" or (words.tag[k] in RELATIVE_TAGS and not words.dep[k].startswith("nsubj"))):
            yield words.edges[k]


def _around(words: Words, cue: int, first: int, last: int) -> Iterator[tuple[Range, Range]]:
    """The clause that the cue is put into, without the cue's own part: "Nobody, she said, had asked"."""
    head = words.head[cue]
    own = words.edges[cue]
    subject = [words.edges[k] for k in words.children[cue] if words.dep[k].startswith("nsubj")]
    inner = (min([cue, *(a for a, _ in subject)]), max([cue + 1, *(b for _, b in subject)]))
    outer = [(first, last)]
    if head != cue:
        outer.append(words.edges[head])
    for hole in (own, inner):
        for a, b in outer:
            if a < hole[0] and hole[1] < b:
                yield (a, hole[0]), (hole[1], b)


def _close(words: Words, end: int) -> int:
    """The end of the quotation that a stretch ends in."""
    number = words.quote[end - 1] if end else -1
    return words.quotes[number][1] if number >= 0 else end


def _open(words: Words, start: int) -> int:
    number = words.quote[start]
    return words.quotes[number][0] if number >= 0 else start


def _quotes_near(words: Words, cue: int) -> list[Range]:
    """Quotations in the cue's sentence, those that end right before it or begin right behind it, and the paragraph that its colon leads to."""
    first, last = words.sentences[words.sentence[cue]]
    start, end = words.paragraphs[words.paragraph[cue]]
    if last == end and ":" in words.text[max(cue, last - 2) : last]:
        end += 1
    return [(a, b) for a, b in words.quotes if max(first - 1, start) <= b and start <= a <= min(last + 1, end - 1) and not a <= cue < b]


# --- Sources --------------------------------------------------------------------------------------------------------

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"})


def source_candidates(words: Words, cue: int) -> list[tuple[int, Range]]:
    """Noun phrases of the cue's sentence that may be its source: head word and stretch."""
    first, last = words.sentences[words.sentence[cue]]
    own = group(words, cue)
    found = []
    for i in range(first, last):
        if own[0] <= i < own[1] or words.pos[i] not in NOMINAL:
            continue
        if words.pos[i] in {"ADJ", "DET", "NUM"} and not words.dep[i].startswith(("nsubj", "nmod:poss", "obl")):
            continue
        if words.dep[i] in {"compound", "flat", "det", "amod", "nummod", "fixed"} and words.pos[i] != "PRON":
            continue
        start, end = words.edges[i]
        if start <= cue < end:
            start, end = _clip(words, i, cue)
        for k in words.children[i]:
            if words.dep[k] == "case" and words.edges[k][0] == start and words.edges[k][1] <= i:
                start = max(start, words.edges[k][1])
        while start < i and words.dep[start] == "cc":
            start += 1
        stretch = trim(words, start, end)
        if stretch:
            found.append((i, stretch))
    return found


def _clip(words: Words, head: int, cue: int) -> Range:
    """The part of a phrase on its head's side of a cue that stands inside it ("Democrats who fear ...")."""
    start, end = words.edges[head]
    for k in words.children[head]:
        a, b = words.edges[k]
        if a <= cue < b:
            if a > head:
                end = min(end, a)
            else:
                start = max(start, b)
    return start, end


def path(words: Words, start: int, end: int, longest: int = 5) -> str:
    """The way through the parse from one word to another: up with ^, down with the relation's name."""
    up: list[int] = [start]
    while words.head[up[-1]] != up[-1] and len(up) < longest + 1:
        up.append(words.head[up[-1]])
    down: list[int] = [end]
    while down[-1] not in up:
        if words.head[down[-1]] == down[-1] or len(down) > longest:
            return "far"
        down.append(words.head[down[-1]])
    climbed = up[: up.index(down[-1])]
    steps = [words.dep[i] + "^" for i in climbed] + [words.dep[i] for i in reversed(down[:-1])]
    return ">".join(steps) if len(steps) <= longest else "far"
