"""Features of cues and contents, as readable strings: the scorers' weights are keyed by them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.language import clauses, lexicon
from bot.language.clauses import Ranges
from bot.language.words import Range, Words

FIRST_PERSON = frozenset({"i", "we"})
PERSONS = frozenset({"he", "she", "they", "who", "i", "we", "you"})
CLAUSAL = frozenset({"ccomp", "xcomp", "csubj", "advcl", "acl", "parataxis"})


def cue_features(words: Words, i: int) -> list[str]:
    """What speaks for a word being a cue."""
    lemma, pos, dep = words.lemma[i], words.pos[i], words.dep[i]
    kinds = clauses.classes(words, i) or ("none",)
    first, last = words.sentences[words.sentence[i]]
    found = ["bias", f"lemma={lemma}", f"lemma={lemma}|{pos}", f"form={lemma}|{words.tag[i]}", f"pos={pos}", f"tag={words.tag[i]}"]
    found += [f"dep={dep}|{pos}", f"suffix={lemma[-3:]}|{pos}"]
    found += [f"class={k}" for k in kinds] + [f"classes={'+'.join(kinds)}"]
    main = kinds[0]
    head = words.head[i]
    if head != i:
        found += [f"head={words.lemma[head]}|{dep}", f"headpos={words.pos[head]}|{dep}|{main}"]
        headkinds = clauses.classes(words, head)
        if headkinds:
            found.append(f"headclass={headkinds[0]}|{dep}")
    subject = clauses.subject_of(words, i)
    if subject is None:
        found += ["nosubject", f"nosubject|{main}"]
    else:
        kind = noun_kind(words, subject)
        found += [f"subject={kind}", f"subject={kind}|{main}", f"subjectword={words.lemma[subject]}", f"subjectafter={subject > i}|{main}"]
    seen = set()
    for k in words.children[i]:
        name = words.dep[k]
        if name in {"punct"}:
            continue
        side = "R" if k > i else "L"
        seen.add(name + side)
        if name in CLAUSAL:
            marker = _marker(words, k)
            found += [f"clause={name}{side}:{marker}|{main}", f"clause={name}{side}:{marker}|{pos}", f"clause={name}|{lemma}"]
        elif name in {"obl", "nmod", "obj", "iobj", "nmod:poss", "obl:agent"}:
            case = clauses.case_of(words, k)
            if words.lower[k].endswith(("self", "selves")):
                found += [f"reflexive={name}|{main}", f"reflexive={name}|{lemma}"]
            found += [f"arg={name}:{case}|{main}", f"arg={name}|{lemma}", f"argkind={name}:{case}:{noun_kind(words, k)}|{main}"]
        elif name in {"aux", "aux:pass", "advmod", "cop", "compound:prt", "det", "amod"}:
            found.append(f"mod={name}:{words.lower[k]}|{pos}")
            if name in {"aux", "aux:pass", "compound:prt"}:
                found.append(f"mod={name}:{words.lower[k]}|{main}")
    found += [f"child={name}|{main}" for name in seen]
    if not seen & {n + s for n in CLAUSAL | {"obj", "obl", "nmod"} for s in "LR"}:
        found += ["bare", f"bare|{main}"]
    if dep == "case" and head > i:
        found += [f"governs={noun_kind(words, head)}|{lemma}", f"governs={words.dep[head]}:{words.head[head] > head}|{lemma}"]
        verb = words.head[head]
        found.append(f"governed={words.pos[verb]}|{words.tag[verb]}|{any(words.dep[k] == 'cop' for k in words.children[verb])}|{lemma}")
    host = _host(words, i)
    if host is not None:
        governing = (clauses.classes(words, host) or ("none",))[0]
        found += [f"under={governing}|{pos}", f"under|{main}", f"under|subject={noun_kind(words, subject) if subject is not None else '-'}"]
    found += list(_surroundings(words, i, first, last, main))
    return found


EMBEDDING = frozenset({"ccomp", "xcomp", "conj", "acl:relcl", "acl", "advcl", "csubj"})
"""Relations by which a clause stands inside what a verb above it reports."""


def _host(words: Words, i: int) -> int | None:
    """The word of saying or thinking above, in whose reported clause this one stands."""
    inside = False
    for _ in range(6):
        head, dep = words.head[i], words.dep[i]
        if head == i:
            return None
        inside = inside or dep == "ccomp"
        if inside and dep == "ccomp" and clauses.classes(words, head):
            return head
        i = head
    return None


def _surroundings(words: Words, i: int, first: int, last: int, main: str) -> Iterator[str]:
    before = words.lower[i - 1] if i > first else "^"
    after = words.lower[i + 1] if i + 1 < last else "$"
    yield f"before={before}|{main}"
    yield f"after={after}|{main}"
    yield f"after={after}|{words.lemma[i]}"
    yield f"aroundpos={words.pos[i - 1] if i > first else '^'}|{words.pos[i]}|{words.pos[i + 1] if i + 1 < last else '$'}"
    inside = words.quote[i] >= 0
    yield f"inquote={inside}|{main}"
    quotes = {q for q in words.quote[first:last] if q >= 0} - {words.quote[i]}
    if quotes:
        yield f"quoted|{main}"
        for q in quotes:
            start, end = words.quotes[q]
            side = "L" if end <= i else "R"
            gap = i - end if end <= i else start - i
            long = "long" if end - start > 7 else "short"
            yield f"quote{side}:{min(gap // 2, 3)}:{long}|{main}"
            yield f"quote{side}:{min(gap // 2, 3)}:{long}"
    if first > 0 and words.quote[first - 1] >= 0:
        yield f"quotebefore|{main}"
    if last - first < 6:
        yield f"shortsentence|{main}"


def noun_kind(words: Words, i: int) -> str:
    """Who or what a noun phrase is, roughly."""
    lower = words.lower[i]
    if words.pos[i] == "PRON":
        return (
            lower
            if lower in PERSONS or lower in {"it", "this", "that", "which", "what", "there", "one", "him", "her", "them", "us", "me"}
            else "pron"
        )
    if words.entity[i]:
        return words.entity[i]
    groups = lexicon.words("nouns")
    for name, listed in groups.items():
        if words.lemma[i] in listed:
            return name
    if words.pos[i] == "PROPN":
        return "PROPN"
    return "plural" if words.tag[i] == "NNS" else words.pos[i].lower()


def _marker(words: Words, clause: int) -> str:
    """What opens a clause: "that", "to", "whether", a question word, or its verb's form."""
    start = words.edges[clause][0]
    for k in words.children[clause]:
        if words.dep[k] == "mark":
            return words.lower[k]
    if words.tag[start].startswith("W"):
        return "wh"
    return words.tag[clause]


# --- Content --------------------------------------------------------------------------------------------------------


def content_features(words: Words, cue: int, ranges: Ranges) -> list[str]:
    """What speaks for some stretches being what a cue introduces."""
    kinds = clauses.classes(words, cue) or ("none",)
    main = kinds[0]
    pos = words.pos[cue]
    first, last = words.sentences[words.sentence[cue]]
    start = ranges[0][0]
    shape = "".join("L" if b <= cue else "R" for _, b in ranges)
    found = [
        f"shape={shape}",
        f"shape={shape}|{main}",
        f"shape={shape}|{words.dep[cue]}",
    ]
    head = words.head[cue]
    inside: set[int] = set()
    for a, b in ranges:
        inside.update(range(a, b))
    for owner, label in ((cue, "own"), (head, "head")):
        if label == "head" and head == cue:
            break
        if label == "head":
            found.append(f"headin={head in inside}|{words.dep[cue]}|{shape}")
            found.append(f"headin={head in inside}|{words.dep[cue]}|{main}")
        for k in words.children[owner]:
            name = words.dep[k]
            if k == cue or name in {"punct", "aux", "aux:pass", "cc", "det"}:
                continue
            a, b = words.edges[k]
            first_in = a in inside or k in inside
            last_in = (b - 1) in inside or (b - 2) in inside
            state = "in" if first_in and last_in and k in inside else "out" if not (first_in or last_in or k in inside) else "cut"
            side = "R" if k > cue else "L"
            if name in CLAUSAL:
                key = f"{label}:{name}{side}:{_marker(words, k)}"
            elif name in {"obl", "nmod", "obj", "iobj", "nsubj", "nsubj:pass", "advmod", "mark"}:
                key = f"{label}:{name}{side}:{clauses.case_of(words, k) if name != 'advmod' else words.lower[k]}"
                found.append(f"{state}:{label}:{name}{side}:{noun_kind(words, k)}|{main}")
            else:
                key = f"{label}:{name}{side}"
            found += [
                f"{state}:{key}",
                f"{state}:{key}|{main}",
                f"{state}:{label}:{name}{side}|{pos}|{words.dep[cue]}",
                f"{state}:{label}:{name}{side}|{words.lemma[cue]}",
            ]
    opener = words.lower[start]
    before = words.lower[start - 1] if start > first else "^"
    found += [
        f"opens={opener}|{shape}",
        f"opens={opener}|{main}",
        f"openpos={words.pos[start]}|{main}",
        f"before={before}|{shape}",
        f"openedge={words.edges[start][0] == start and words.head[start] != cue}",
    ]
    a0 = ranges[-1][0]
    top = next((i for i in range(a0, ranges[-1][1]) if not a0 <= words.head[i] < ranges[-1][1] or words.head[i] == i), a0)
    tops = sum(1 for i in range(a0, ranges[-1][1]) if (not a0 <= words.head[i] < ranges[-1][1] or words.head[i] == i) and words.dep[i] != "punct")
    found += [
        f"tops={min(tops, 3)}|{shape}",
        f"top={clauses.path(words, cue, top, 3)}|{main}",
        f"top={clauses.path(words, cue, top, 3)}|{pos}",
        f"toppos={words.pos[top]}|{main}",
    ]
    agent = clauses.agent_of(words, cue)
    if agent is not None:
        found += [f"agent={agent in inside}|{shape}", f"agent={agent in inside}"]
    sides = "".join("q" if words.quote[a] >= 0 and words.quote[a] != words.quote[cue] else "-" for a, _ in ranges)
    found += [f"sides={sides}|{shape}", f"sides={sides}|{shape}|{main}"]
    lemma = words.lemma[cue]
    found += [
        f"opens={opener}|{lemma}",
        f"toppos={words.pos[top]}|{lemma}|{shape}",
        f"top={words.dep[top]}:{words.head[top] == cue}|{lemma}",
    ]
    found += list(_torn(words, first, last, inside, pos, shape))
    found += list(_flanks(words, cue, first, last, main, shape))
    found += list(_edges(words, cue, ranges, first, last, shape, main))
    found += list(_quotation(words, cue, ranges, first, last, shape, inside))
    if shape[-1] == "R":
        found += list(_stops(words, cue, ranges[-1], last, inside, main))
    return found


FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def _torn(words: Words, first: int, last: int, inside: set[int], pos: str, shape: str) -> Iterator[str]:
    """Finite verbs parted from their subjects: one in the content whose subject is left out, one left out whose subject the content took."""
    verbs_in = verbs_out = 0
    for i in range(min(first, *inside), max(last, max(inside) + 1)):
        if words.tag[i] not in FINITE or (i not in inside and words.dep[i].startswith("nsubj")):
            continue
        verb = words.head[i] if words.dep[i].startswith("aux") or words.dep[i] == "cop" else i
        subject = clauses.subject_of(words, verb)
        if subject is not None and (subject in inside) is not (i in inside):
            verbs_in += i in inside
            verbs_out += i not in inside and first <= i < last
    for name, count in (("in", verbs_in), ("out", verbs_out)):
        yield f"torn:{name}={min(count, 2)}|{shape}"
        yield f"torn:{name}={min(count, 2)}|{pos}"


PAUSES = frozenset({",", "—", "–", "-", "”", '"', "’", "?", "!"})
FLANK, TAIL = 9, 4
"""Words before a cue, and behind it, in which a pause may stand that parts "she said" from the clause around it."""


def _flanks(words: Words, cue: int, first: int, last: int, main: str, shape: str) -> Iterator[str]:
    """Whether a cue and its subject stand between pauses, put into what is said: "Dissent, she said, is no crime."."""
    subjects = [words.edges[k] for k in words.children[cue] if words.dep[k].startswith("nsubj")]
    start = min([cue, *(a for a, _ in subjects)])
    end = max([cue + 1, *(b for _, b in subjects)])
    before = "^" if start <= first else "comma" if words.text[start - 1] in PAUSES else "-"
    if before == "-":
        near = [i for i in range(max(first, cue - FLANK), cue) if words.text[i] in PAUSES]
        if near and not any(words.tag[i] in FINITE for i in range(near[-1], cue)):
            before = "near"
    after = "comma" if end < last and words.text[end] in PAUSES else "-"
    if after == "-" and any(words.text[i] in PAUSES for i in range(end, min(last, end + TAIL))):
        after = "near"
    ahead = sum(words.text[i][0].isalnum() for i in range(first, start))
    size = "none" if ahead == 0 else "one" if ahead < 2 else "few" if ahead < 5 else "many"
    yield f"flank={before}:{after}|{shape}"
    yield f"flank={before}:{after}|{shape}|{main}"
    yield f"flank={before}:{after}:{size}|{shape}"
    yield f"flank={before}:{after}|{words.dep[cue]}|{shape}"


LOOSE = frozenset({"conj", "advcl", "obl", "acl:relcl", "acl", "parataxis", "appos", "advmod", "ccomp", "xcomp", "nmod", "obl:tmod", "obl:npmod"})
"""Relations of what may trail behind a content: part of what is said, or the author's own addition."""


def _stops(words: Words, cue: int, stretch: Range, last: int, inside: set[int], main: str) -> Iterator[str]:
    """What a content leaves out right behind its end, and what trails at its end: "..., while berating them", ", and warned ..."."""
    start, end = stretch
    opening = words.lower[start] if words.lower[start] in {"to", "that"} else words.pos[start]
    follow = end
    while follow < last and (words.pos[follow] in {"PUNCT", "SPACE"} or words.dep[follow] == "cc"):
        follow += 1
    comma = words.text[end] in {",", "—", "–", "-", ";"} if end < last else False
    if follow < last:
        top = follow
        while words.head[top] != top and words.edges[words.head[top]][0] >= follow:
            top = words.head[top]
        way = _trailer(words, top)
        place = _place(words, cue, words.head[top], inside)
        yield f"leaves={way}|{place}"
        yield f"leaves={way}|{place}|{opening}"
        yield f"leaves={way}|{place}|{comma}"
        yield f"leaves={words.dep[top]}|{place}|{comma}|{main}"
        if words.dep[top] in JOINED:
            yield f"leaves={_joined(words, cue, top)}|{comma}"
            yield f"leaves={_joined(words, cue, top)}|{place}"
    i = end - 1
    while i > start and words.pos[i] == "PUNCT":
        i -= 1
    while words.head[i] != i and words.edges[i][1] <= end and words.edges[i][0] > start:
        before = words.text[words.edges[i][0] - 1]
        if words.dep[i] in LOOSE and words.edges[i][0] > start + 1:
            way = _trailer(words, i)
            place = _place(words, cue, words.head[i], inside)
            yield f"trails={way}|{place}"
            yield f"trails={way}|{place}|{opening}"
            yield f"trails={way}|{place}|{before in {',', '—', '–', '-', ';'}}"
            yield f"trails={words.dep[i]}|{place}|{before == ','}|{main}"
            if words.dep[i] in JOINED:
                yield f"trails={_joined(words, cue, i)}|{before == ','}"
                yield f"trails={_joined(words, cue, i)}|{place}"
        if words.edges[words.head[i]][1] > end:
            break
        i = words.head[i]


JOINED = frozenset({"conj", "parataxis"})


def _joined(words: Words, cue: int, verb: int) -> str:
    """Whether a clause that is joined on goes on from the cue rather than from what is said: "she said that it rained, and wondered why".

    Then it is in the cue's tense, has no subject of its own and is a word of saying or thinking more often than not.
    """
    above = words.head[verb]
    alike = f"{_tense(words, verb) == _tense(words, cue)}:{_tense(words, verb) == _tense(words, above)}"
    return f"joined:{alike}:{bool(clauses.classes(words, verb))}:{clauses.subject_of(words, verb) is not None}"


def _tense(words: Words, verb: int) -> str:
    """Past, present, modal, or the tag of a verb without tense."""
    tag = next((words.tag[k] for k in words.children[verb] if words.dep[k] in {"aux", "aux:pass", "cop"}), words.tag[verb])
    return {"VBZ": "present", "VBP": "present", "VBD": "past", "MD": "modal"}.get(tag, tag)


SETTINGS = frozenset({"DATE", "GPE", "EVENT", "TIME", "ORG", "PERSON", "document", "time", "group"})
"""Kinds of noun that tell when and where something was said."""


def _trailer(words: Words, i: int) -> str:
    """A trailing phrase: its relation, what opens it, and whether it has a subject of its own."""
    name = words.dep[i]
    if name in {"obl", "nmod"}:
        kind = noun_kind(words, i)
        return f"{name}:{clauses.case_of(words, i)}:{kind if kind in SETTINGS else ''}"
    opener = next((words.lower[k] for k in words.children[i] if words.dep[k] in {"mark", "cc"} and k < i), "-")
    if name == "advmod":
        return f"{name}:{words.lower[i]}"
    return f"{name}:{opener}:{words.tag[i]}:{clauses.subject_of(words, i) is not None}"


def _place(words: Words, cue: int, head: int, inside: set[int]) -> str:
    """Where a trailing phrase hangs: on the cue, in the content, or above both."""
    if head == cue:
        return "cue"
    if head not in inside:
        return "above"
    return "top" if words.head[head] not in inside else "deep"


def _edges(words: Words, cue: int, ranges: Ranges, first: int, last: int, shape: str, main: str) -> Iterator[str]:
    start, end = ranges[0][0], ranges[-1][1]
    tail = words.text[end] if end < len(words) else "$"
    if end >= last - 1:
        yield f"tosentenceend|{shape}"
        yield f"tosentenceend|{main}"
    elif shape[-1] == "R":
        yield f"ends:{tail if not tail.isalpha() else words.pos[end]}"
        yield f"ends:{words.dep[end]}|{words.lower[end]}"
        if tail == ",":
            follow = words.lower[end + 1] if end + 1 < last else "$"
            yield f"endscomma:{follow}"
    if start <= first:
        yield f"fromsentencestart|{shape}"
    if shape[0] == "L":
        gap = cue - ranges[0][1]
        yield f"leftgap={min(gap, 6)}"
        last_word, follower = ranges[0][1] - 1, ranges[0][1]
        closing = "" if words.text[last_word].isalpha() else words.text[last_word]
        yield f"leftends:{closing}{words.pos[follower] if words.text[follower].isalpha() else words.text[follower]}"
    if shape[-1] == "R":
        gap = ranges[-1][0] - cue - 1
        yield f"rightgap={min(gap, 8)}"
        yield f"rightgap={min(gap, 4)}|{main}"
    if any(words.text[i] == ";" for a, b in ranges for i in range(a, b - 1)):
        yield f"semicolon|{shape}"


def _quotation(words: Words, cue: int, ranges: Ranges, first: int, last: int, shape: str, inside: set[int]) -> Iterator[str]:
    own = words.quote[cue]
    cued = "in" if own >= 0 else "out"
    quotes = {words.quote[i] for i in inside} - {-1, own}
    outside = {q for q in words.quote[first:last] if q >= 0 and q != own} - quotes
    for q in quotes:
        a, b = words.quotes[q]
        whole = a in inside and b - 1 in inside
        long = "long" if b - a > 7 else "short"
        opens = any(r[0] == a for r in ranges)
        ends = any(r[1] == b for r in ranges)
        yield f"quote:{'whole' if whole else 'part'}:{long}:{opens}:{ends}|{shape}"
        if b > last or a < first:
            yield f"quote:beyond:{whole}|{shape}"
            if a >= last:
                yield f"quote:nextsentence|{shape}"
            if b <= first:
                yield f"quote:sentencebefore|{shape}"
        if a < last and b > last and whole:
            yield "quote:runson"
    for q in outside:
        a, b = words.quotes[q]
        size, side = "long" if b - a > 7 else "short", "L" if b <= cue else "R"
        gap = min((cue - b) // 3, 3) if b <= cue else min((a - cue) // 3, 3)
        yield f"quoteleft:{size}:{side}|{shape}"
        yield f"quoteleft:{size}:{side}:{gap}"
        yield f"quoteleft:{size}:{side}:{a <= first}|{bool(quotes)}"
    if not quotes:
        yield f"noquote|{bool(outside)}|{shape}"
    if own >= 0:
        a, b = words.quotes[own]
        yield f"ownquote:{cued}:{all(a <= i < b for i in inside)}"
