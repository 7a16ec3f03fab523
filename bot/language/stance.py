"""How a statement speaks of somebody: for, against, or only about; and whether that is sure enough to be shown."""

from __future__ import annotations

import math

from bot.language import linear, stance_traits
from bot.language.words import Range, Words
from bot.models import Stance

SIDES = {"POS": Stance.FOR, "NEG": Stance.AGAINST, "NEU": Stance.ABOUT}


def toward(words: Words, target: Range) -> tuple[Stance | None, float]:
    """The stance of the target's sentence toward it, None below the shown confidence; and that confidence, 0 to 1."""
    label, confidence = classify(words, words.sentences[words.sentence[target[0]]], target)
    needed = linear.numbers("stance")[label]
    return (SIDES[label] if confidence >= needed else None), round(confidence, 3)


def classify(words: Words, sentence: Range, target: Range) -> tuple[str, float]:
    """The likeliest label (POS, NEG, NEU) and its probability."""
    features = stance_traits.target_features(words, sentence, target)
    scores = {label: linear.load(f"stance_{label}").score(features) for label in SIDES}
    highest = max(scores.values())
    exponents = {label: math.exp(score - highest) for label, score in scores.items()}
    label = max(exponents, key=lambda name: exponents[name])
    return label, exponents[label] / sum(exponents.values())
