"""Who said what: cue, content and source of every reported statement, found by trained scorers.

Three steps, each a linear model over readable features: is this word a cue; which stretch does it introduce; which noun phrase holds it.
Quotations without a cue of their own go on from the statement before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.language import clauses, linear, traits
from bot.language.clauses import Ranges
from bot.language.linear import Linear
from bot.language.words import Range, Words

CERTAIN = 0.35
"""Probability from which a word counts as a cue; on the annotated texts F1 is flat from .3 to .5, and a view missed costs more than one too many."""


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
    return found


def best_content(words: Words, cue: int, scorer: Linear) -> Ranges | None:
    """What the cue introduces."""
    candidates = clauses.content_candidates(words, cue)
    return max(candidates, key=lambda ranges: scorer.score(traits.content_features(words, cue, ranges)), default=None)


def best_source(words: Words, cue: int, content: Ranges, scorer: Linear) -> tuple[int, Range | None]:
    """Who holds it: head word and phrase, or -1 and None for nobody named."""
    best: tuple[int, Range | None] = (-1, None)
    highest = scorer.score(traits.nobody_features(words, cue))
    for head, stretch in clauses.source_candidates(words, cue):
        score = scorer.score(traits.source_features(words, cue, head, stretch, content))
        if score > highest:
            best, highest = (head, stretch), score
    return best


def reported(attributions: Sequence[Attribution]) -> set[int]:
    """Positions of all words inside somebody's content."""
    return {i for found in attributions for start, end in found.content for i in range(start, end)}
