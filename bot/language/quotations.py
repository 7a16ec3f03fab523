"""What quotation marks add to attributions: the quotation that runs on behind "he said.", speakers' labels, and who says "I think" inside one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.language import clauses, lexicon
from bot.language.attribution import Attribution, Judge
from bot.language.words import Range, Words

WHOLE = 4
"""Words from which a quotation is speech rather than a quoted scrap."""

SCRAP = 7
"""Words, marks included, up to which a quotation may be a scrap of a reported sentence, its cue and all ("he 'called for' talks")."""


def run_on(words: Words, found: Sequence[Attribution]) -> list[Attribution]:
    """Attributions whose quotation goes on in the sentences behind, or over the paragraph's end, take in the rest of it."""
    covered = {i for one in found for start, end in one.content for i in range(start, end)}
    cues = {one.cue for one in found}
    result = []
    for one in found:
        more = _following(words, one, covered, cues)
        for start, end in more:
            covered.update(range(start, end))
        result.append(replace(one, content=_join([*one.content, *more])) if more else one)
    return result


def _following(words: Words, one: Attribution, covered: set[int], cues: set[int]) -> list[Range]:
    start, end = one.content[-1]
    number = words.quote[end - 1] if words.quote[end - 1] >= 0 else words.quote[start]
    if number < 0 or words.quotes[number][1] - words.quotes[number][0] <= WHOLE or words.quote[one.cue] == number:
        return []
    more: list[Range] = []
    sentence = words.sentence[max(end - 1, one.cue)] + 1
    while sentence < len(words.sentences):
        first, last = words.sentences[sentence]
        while first < last and words.text[first].isspace():
            first += 1
        if first == last:
            sentence += 1
            continue
        here = words.quote[first]
        broken = words.paragraph[first] != words.paragraph[first - 1]
        if here < 0 or words.quotes[here][0] != first or first in covered or (broken and not _left_open(words, number)):
            break
        stop = words.quotes[here][1]
        last = words.sentences[words.sentence[stop - 1]][1]
        if any(i in cues for i in range(first, last) if words.quote[i] != here) or any(words.text[i].isalnum() for i in range(stop, last)):
            break
        more.append((first, stop))
        number = here
        sentence = words.sentence[stop - 1] + 1
    return more


def _left_open(words: Words, number: int) -> bool:
    """Whether a quotation ends with its paragraph, without a closing mark."""
    last = words.quotes[number][1] - 1
    return words.text[last] not in {"”", "»", '"', "''", "’"}


def _join(ranges: list[Range]) -> tuple[Range, ...]:
    joined: list[Range] = []
    for start, end in ranges:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def second_hand(words: Words, cue: int) -> bool:
    """Whether a cue stands in somebody's longer quotation: what a quoted speaker reports of others, or thinks, is not the piece's own report."""
    number = words.quote[cue]
    return number >= 0 and words.quotes[number][1] - words.quotes[number][0] > SCRAP


SPEECH = 5
"""Words of a quotation that nobody is made the speaker of, from which a speaker is looked for."""

FAR = 16
"""Words between a quotation and a cue beyond which they do not belong together."""

DOUBTFUL = 0.03
"""Probability of a cue beside such a quotation that is enough."""


def labelled(words: Words) -> list[Attribution]:
    """Speakers by label: "WALLACE: ...", "Poll: ...", and the name behind a quotation's dash."""
    found = []
    for first, last in words.paragraphs:
        while first < last and (words.text[first].isspace() or words.text[first] in OPENERS):
            first += 1
        colon = next((i for i in range(first, min(first + 5, last)) if words.text[i] == ":"), None)
        if colon is not None and colon > first and colon + 2 < last and all(_speaker(words, i) for i in range(first, colon)):
            stretch = clauses.trim(words, colon + 1, last)
            if (stretch and words.quote[colon + 1] < 0) or words.quote[first] >= 0:
                found.append(Attribution(colon, (colon, colon + 1), (stretch or (colon + 1, last),), (first, colon), colon - 1, LABELLED))
            continue
        found.extend(_dashed(words, first, last))
    return found


OPENERS = frozenset({'"', "“", "''", "``"})
LABELLED = 0.9
"""How sure a label is; what it labels is plain to see."""


def _speaker(words: Words, i: int) -> bool:
    """A word of a speaker's label: part of a name, or what polls and witnesses are called."""
    nouns = lexicon.words("nouns")
    return words.pos[i] == "PROPN" or words.text[i].isupper() or (words.text[i].istitle() and words.lemma[i] in nouns["document"] | nouns["person"])


def _dashed(words: Words, first: int, last: int) -> Iterator[Attribution]:
    """A quotation, a dash, a name, and the paragraph ends; the dash may open the paragraph behind the quotation."""
    while last > first and (words.text[last - 1].isspace() or words.text[last - 1] == "."):
        last -= 1
    dash = next((i for i in range(max(first, last - 9), last - 1) if words.text[i].lstrip('”"').startswith(DASH)), None)
    if dash is None or not all(words.pos[i] in {"PROPN", "PUNCT", "SPACE"} or words.text[i].istitle() for i in range(dash + 1, last)):
        return
    before = dash - 1
    while before > 0 and words.text[before].isspace():
        before -= 1
    number = words.quote[dash] if words.quote[dash] >= 0 else words.quote[before]
    name = clauses.trim(words, dash + 1, last)
    if number >= 0 and name:
        start, end = words.quotes[number]
        yield Attribution(dash, (dash, dash + 1), ((start, min(end, dash)),), name, name[1] - 1, LABELLED)


DASH = ("―", "—", "--", "–")


def unclaimed(words: Words, found: Sequence[Attribution]) -> list[Range]:
    """Longer quotations that no attribution's content covers."""
    covered = {i for one in found for start, end in one.content for i in range(start, end)}
    rest = []
    for start, end in words.quotes:
        inside = [i for i in range(start, end) if words.text[i][0].isalnum()]
        if len(inside) >= SPEECH and sum(i in covered for i in inside) * 2 < len(inside):
            rest.append((start, end))
    return rest


def claim(judge: Judge, found: Sequence[Attribution]) -> list[Attribution]:
    """Give each unclaimed quotation to the cue beside it, even a doubtful one."""
    words = judge.words
    result = {one.cue: one for one in found}
    for start, end in unclaimed(words, found):
        best: tuple[float, int] | None = None
        for cue in _beside(words, start, end):
            gap = cue - end if cue >= end else start - cue
            score = judge.doubted(cue) - gap / 100
            if score > DOUBTFUL and (best is None or score > best[0]):
                best = (score, cue)
        if best is None:
            continue
        cue = best[1]
        old = result.get(cue)
        quotes = [r for r in old.content if words.quote[r[0]] >= 0 and words.quotes[words.quote[r[0]]][0] == r[0]] if old else []
        content = _join(sorted([*quotes, (start, end)]))
        head, source = judge.source(cue, content)
        result[cue] = Attribution(cue, clauses.group(words, cue), content, source, head, max(0.5, old.probability if old else 0.5))
    return sorted(result.values(), key=lambda one: one.cue)


LEAD = 4
"""Words between a cue and the colon behind it up to which they only announce what follows ("made the following comment:")."""


def blocks(judge: Judge, found: Sequence[Attribution]) -> list[Attribution]:
    """Give a paragraph that stands as a quotation by itself, without marks, to the cue whose colon ends the paragraph before."""
    words = judge.words
    result = {one.cue: one for one in found}
    covered = {i for one in found for start, end in one.content for i in range(start, end)}
    for (first, last), (start, end) in pairwise(words.paragraphs):
        colon = last - 1
        while colon > first and words.text[colon].isspace():
            colon -= 1
        block = clauses.trim(words, start, end)
        if colon <= first or words.text[colon] != ":" or block is None or words.quote[block[0]] >= 0 or block[0] in covered:
            continue
        cue = _announcing(judge, colon)
        if cue is None:
            continue
        old = result.get(cue)
        kept = [r for r in old.content if r[0] > cue and colon - cue > LEAD] if old else []
        content = _join([*kept, block])
        head, source = judge.source(cue, content)
        result[cue] = Attribution(cue, clauses.group(words, cue), content, source, head, max(0.5, old.probability if old else 0.5))
    return sorted(result.values(), key=lambda one: one.cue)


def _announcing(judge: Judge, colon: int) -> int | None:
    """The likeliest verb of saying in a colon's sentence, outside quotations."""
    words = judge.words
    first = words.sentences[words.sentence[colon]][0]
    cues = [i for i in range(first, colon) if words.quote[i] < 0 and words.pos[i] == "VERB" and SAYING & set(clauses.classes(words, i))]
    scored = [(judge.doubted(i), i) for i in cues]
    return max(((p, i) for p, i in scored if p > DOUBTFUL), default=(0.0, None))[1]


def _beside(words: Words, start: int, end: int) -> Iterator[int]:
    """Verbs of saying near a quotation and outside every other, in its first or last sentence, or before a colon that leads to it."""
    first = words.sentences[words.sentence[start]][0]
    last = words.sentences[words.sentence[end - 1]][1]
    if start == first and first > 1 and words.text[first - 1] == ":":
        first = words.sentences[words.sentence[first - 1]][0]
    for i in range(max(first, start - FAR), min(last, end + FAR)):
        if words.quote[i] < 0 and words.pos[i] in {"VERB", "NOUN", "AUX", "PROPN"} and SAYING & set(clauses.classes(words, i)):
            yield i


SAYING = frozenset("verb:say verb:argue verb:tell verb:write verb:speak verb:voice verb:manner verb:ask verb:blame verb:praise noun:say".split())
