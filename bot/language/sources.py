"""Who a source is: the name that its words hold, or that its pronoun points to; else its own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.language.traits import noun_kind
from bot.language.words import Range, Words
from bot.models import Name, NameType, Span

PARTS = frozenset({"flat", "appos", "fixed", "list"})
"""Relations inside one phrase that keep to the same person: "President Vladimir Putin", "the president, Vladimir Putin"."""

RELATIVE = frozenset({"who", "which", "that", "whom"})
VAGUE = frozenset(
    "i we you me us it he she they him her them his their its who which that this these those one there nobody noone none somebody someone anybody "
    "anyone everybody everyone nothing something anything everything ours".split()
)
"""Pronouns that name nobody when nothing resolves them."""

UNSPEAKING = frozenset({"thing", "time"})
"""Kinds of noun that hold no view: an attack, a week. What is said to be theirs is shown as nobody's."""

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


@dataclass(frozen=True, slots=True)
class Source:
    """How a source is shown, and the name that it is."""

    text: str | None
    name: int | None


class Resolver:
    """Sources and mentions of one article."""

    def __init__(self, words: Words, names: Sequence[Name], pronouns: Mapping[Span, int]) -> None:
        self._words = words
        self._names = names
        self._at: dict[int, tuple[int, int, int]] = {}
        for name in names:
            for mention in name.mentions:
                stretch = words.range_of(mention.paragraph, mention.start, mention.end)
                if stretch:
                    for i in range(*stretch):
                        self._at.setdefault(i, (name.position, *stretch))
        self._pronouns: dict[int, int] = {}
        for place, position in pronouns.items():
            stretch = words.range_of(place.paragraph, place.start, place.end)
            if stretch:
                self._pronouns[stretch[0]] = position

    def resolve(self, head: int, stretch: Range | None) -> Source:
        """The source behind a phrase; no text when nobody is named or a pronoun stays unclear."""
        if stretch is None:
            return Source(None, None)
        words = self._words
        if words.lower[head] in RELATIVE:
            antecedent = self._antecedent(head)
            if antecedent is not None:
                return self._named(antecedent, words.edges[antecedent], clip=head)
        if head in self._pronouns:
            name = self._names[self._pronouns[head]]
            return Source(name.text, name.position)
        if words.lower[head] in VAGUE:
            return Source(None, None)
        return self._named(head, stretch)

    def spans(self, cue: int, stretch: Range | None) -> tuple[Span, ...]:
        """Where the source stands: its phrase, and beside a relative pronoun what it stands for ("the envoy, who said ...")."""
        if stretch is None:
            return ()
        words = self._words
        pronoun = next((k for k in words.children[cue] if words.dep[k].startswith("nsubj") and words.lower[k] in RELATIVE), None)
        if pronoun is None or not (stretch[0] <= pronoun <= stretch[1] + 1 or words.lower[stretch[0]] in RELATIVE):
            return words.spans([stretch])
        antecedent = self._antecedent(pronoun)
        places = {(pronoun, pronoun + 1), (stretch[0], min(stretch[1], pronoun)) if stretch[0] < pronoun else stretch}
        if antecedent is not None:
            places.add((words.edges[antecedent][0], min(words.edges[antecedent][1], pronoun)))
        return words.spans(_merged(places))

    def _named(self, head: int, stretch: Range, clip: int | None = None) -> Source:
        words = self._words
        found = self._name_of(head)
        if found is None:
            found = self._person_in(head, stretch)
        if found is not None and self._names[found].type is not NameType.NORP:
            return Source(self._names[found].text, found)
        if found is None and noun_kind(words, head) in UNSPEAKING:
            return Source(None, None)
        start, end = self._phrase(head, stretch)
        if clip is not None:
            end = min(end, clip)
            while end > start and words.text[end - 1] in {",", "-", "–", "—", "("}:
                end -= 1
        return Source(self._cut(start, end), found)

    def _phrase(self, head: int, stretch: Range) -> Range:
        """A phrase without what the parse put to it: times and openers before it, a verb behind it, a possessive's mark."""
        words = self._words
        start, end = stretch
        for i in range(start, head):
            if words.entity[i] == "DATE" or (words.dep[i] in {"advmod", "case", "mark", "cc", "punct"} and words.head[i] == head):
                start = i + 1
        for i in range(head + 1, end):
            if words.pos[i] in {"AUX", "VERB"} and words.tag[i] in FINITE and not any(words.lower[k] in RELATIVE for k in range(head, i)):
                end = i
                break
        while end > head + 1 and (words.lower[end - 1] in POSSESSIVE or words.pos[end - 1] == "PUNCT"):
            end -= 1
        return start, end

    def _person_in(self, head: int, stretch: Range) -> int | None:
        """The one person whom the phrase names in its own right: "Hanne Weidler, the coalition's envoy", "the president, Idris Valmont"."""
        words = self._words
        named = [i for i in range(*stretch) if i in self._at and self._names[self._at[i][0]].type is NameType.PERSON]
        people = {self._at[i][0] for i in named}
        if len(people) != 1:
            return None
        first, last = named[0], self._at[named[0]][2] - 1
        apart = first == stretch[0] or words.text[first - 1] in {",", "-", "–", "—", "("}
        possessive = last + 1 < stretch[1] and words.lower[last + 1] in POSSESSIVE
        return people.pop() if apart and not possessive else None

    def _cut(self, start: int, end: int) -> str | None:
        """The words as printed; what goes beyond one paragraph is not one phrase."""
        words = self._words
        if end <= start or words.paragraph[start] != words.paragraph[end - 1]:
            return None
        text = [words.text[start]]
        for i in range(start + 1, end):
            text.append(" " * (words.start[i] > words.end[i - 1]) + words.text[i])
        return "".join(text)

    def _name_of(self, head: int) -> int | None:
        """The name that the head word stands in, directly or through an apposition."""
        todo = [head]
        while todo:
            i = todo.pop(0)
            if i in self._at:
                position, _, _ = self._at[i]
                return position
            todo += [k for k in self._words.children[i] if self._words.dep[k] in PARTS]
        return None

    def _antecedent(self, pronoun: int) -> int | None:
        """What a relative pronoun stands for: the word that its clause belongs to."""
        i = pronoun
        while self._words.head[i] != i:
            if self._words.dep[i] == "acl:relcl":
                return self._words.head[i]
            i = self._words.head[i]
        return None

    def mentioned(self, inside: Iterable[int]) -> list[tuple[Name, Range]]:
        """The names spoken of in some words, each once, with the first mention."""
        found: dict[int, Range] = {}
        for i in inside:
            if i in self._at:
                position, start, end = self._at[i]
                found.setdefault(position, (start, end))
            elif i in self._pronouns:
                found.setdefault(self._pronouns[i], (i, i + 1))
        return [(self._names[position], place) for position, place in found.items()]


def _merged(places: Iterable[Range]) -> list[Range]:
    """Stretches in order, those that touch or overlap as one."""
    merged: list[Range] = []
    for start, end in sorted(places):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
