"""Who said what: cue, content and source of every reported statement, found by trained scorers.

Three steps, each a linear model over readable features: is this word a cue; which stretch does it introduce; which noun phrase holds it.
Quotations without a cue of their own go on from the statement before.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.language import clauses, linear, source_traits, traits
from bot.language.clauses import Ranges
from bot.language.linear import Linear
from bot.language.words import Range, Words

CERTAIN = 0.42
"""Probability from which a word counts as a cue: on the annotated texts held out F1 is highest there, and flat from .35 to .5."""

NESTED, ECHOED = 0.5, 0.7
"""The same for a cue inside what another one introduces, and for one whose holder there is a mere pronoun ("he said that he hoped ..."): these are
wrong more often. Chosen on the annotated texts and sentences held out."""

EMPTY = frozenset({"it", "there", "this", "that", "what"})
"""Subjects that may stand for nothing."""

PRONOUNS = frozenset({"he", "she", "they", "it"})


SPEAKING = frozenset({"PERSON", "ORG", "GPE", "NORP", "person", "group", "document", "plural", "he", "him", "her", "them", "us", "me"})
"""Kinds of noun behind a passive's "by" that are whose view it is ("is seen by most dockers as ...")."""

CONVINCED = frozenset({"verb:fear", "verb:tell", "adj:fear", "adj:believe"})
"""Classes whose passive says what its subject feels or knows, whoever made it so ("was convinced by")."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """A reported statement, as ranges of words; ``head`` is the source's head word, -1 when nobody is named."""

    cue: int
    group: Range
    content: Ranges
    source: Range | None
    head: int
    probability: float


@dataclass(frozen=True, slots=True)
class Scorers:
    """The three models."""

    cue: Linear
    content: Linear
    source: Linear


def shipped() -> Scorers:
    """The models that ``make statements`` wrote."""
    return Scorers(linear.load("cue"), linear.load("content"), linear.load("source"))


def attribute(words: Words, scorers: Scorers | None = None, certain: float = CERTAIN) -> list[Attribution]:
    """Every reported statement of an article, in order of its cue."""
    scorers = scorers or shipped()
    found = []
    for cue in clauses.cue_candidates(words):
        probability = scorers.cue.probability(traits.cue_features(words, cue))
        if probability < certain:
            continue
        content = best_content(words, cue, scorers.content)
        if content is None:
            continue
        head, source = best_source(words, cue, content, scorers.source)
        found.append(Attribution(cue, clauses.group(words, cue), content, source, head, probability))
    return [one for one in found if likely(words, one, found)]


def _is_held(words: Words, cue: int) -> bool:
    """Whether grammar leaves no doubt that somebody is named: "according to", "for Moscow", an active verb whose subject stands for something."""
    if words.lower[cue] == "according" or words.lower[cue] in clauses.HOLDING:
        return True
    if words.pos[cue] != "VERB" or "verb:seem" in clauses.classes(words, cue):
        return False
    holder = clauses.holder_of(words, cue)
    return holder is not None and words.dep[holder] != "expl" and words.lower[holder] not in EMPTY


def likely(words: Words, one: Attribution, found: Sequence[Attribution]) -> bool:
    """Whether a finding inside another one's content is sure enough to stand beside it."""
    if one.probability >= ECHOED or not any(_inside(one.cue, other) and not _inside(other.cue, one) for other in found if other is not one):
        return True
    return one.probability >= NESTED and not (one.head >= 0 and words.lower[one.head] in PRONOUNS)


def _inside(cue: int, other: Attribution) -> bool:
    return any(start <= cue < end for start, end in other.content)


def best_content(words: Words, cue: int, scorer: Linear) -> Ranges | None:
    """What the cue introduces."""
    candidates = clauses.content_candidates(words, cue)
    return max(candidates, key=lambda ranges: scorer.score(traits.content_features(words, cue, ranges)), default=None)


def best_source(words: Words, cue: int, content: Ranges, scorer: Linear) -> tuple[int, Range | None]:
    """Who holds it: head word and phrase, or -1 and None for nobody named."""
    best: tuple[int, Range | None] = (-1, None)
    highest = -math.inf if _is_held(words, cue) else scorer.score(source_traits.nobody_features(words, cue))
    agent = clauses.agent_of(words, cue)
    for head, stretch in clauses.source_candidates(words, cue):
        if head == agent and traits.noun_kind(words, head) in SPEAKING and not CONVINCED & set(clauses.classes(words, cue)):
            return head, stretch
        score = scorer.score(source_traits.source_features(words, cue, head, stretch, content))
        if score > highest:
            best, highest = (head, stretch), score
    return best


def reported(attributions: Sequence[Attribution]) -> set[int]:
    """Positions of all words inside somebody's content."""
    return {i for found in attributions for start, end in found.content for i in range(start, end)}
