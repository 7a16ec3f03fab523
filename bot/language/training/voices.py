"""Teaches ``voice``: on the annotated texts, and whether a sentence takes a side on newssd."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.language import attribution, voice_traits
from bot.language.attribution import Scorers
from bot.language.pipeline import Pipeline
from bot.language.statements import gather
from bot.language.training import attributions
from bot.language.training.annotated import Parsed
from bot.language.training.attributions import Example
from bot.language.training.fitting import Features, fit_binary, fit_classes, write
from bot.language.words import Words, flatten

VOICE, SIDE = 0.03, 0.05
"""Inverse strength of the L2 penalties."""

LOADED_SIZE, OTHER_SIZE = 2.0, 0.5
"""Values of loaded words and of the rest: they carry over to other subjects better and are penalised less. Chosen leaving out one training piece of
newssd at a time (macro-F1 67 -> 68)."""

SIDES, FACT = "JR", "F"
"""What our texts teach on sides: judgements and recommendations take one, plain facts none. Reports are left out: newssd calls them objective, our
texts report much that is not."""

OURS = 0.5
"""What our texts count in it against newssd. With newssd's training and development rows cross-validated by blocks of 25, macro-F1 under even
labels is 68.0 without them, 70.3 with them."""

FOLDS = 3
"""Parts of the texts; what is reported in one is found by scorers taught on the others, as it will be on text never seen."""


def rows_of(documents: Sequence[Parsed], news: Sequence[Example] = ()) -> list[tuple[str, Features]]:
    """Label and features of every annotated sentence; ``news`` helps to teach the scorers of what is reported."""
    rows = []
    for fold in range(FOLDS):
        scorers = attributions.scorers(attributions.fit([d for i, d in enumerate(documents) if i % FOLDS != fold], news))
        for parsed in documents[fold::FOLDS]:
            rows.extend(sentences(parsed, scorers))
    return rows


def fit_voice(taught: Sequence[tuple[str, Features]], folder: Path) -> None:
    """Write ``voice_F`` and its like from the annotated sentences."""
    for label, weights in fit_classes([features for _, features in taught], [label for label, _ in taught], VOICE).items():
        write(folder, f"voice_{label}", weights)


def fit_side(source: Path, pipeline: Pipeline, taught: Sequence[tuple[str, Features]], folder: Path) -> None:
    """Write ``voice_side``, whether a sentence takes a side: from newssd's training rows, and from our own facts, judgements and calls."""
    records = records_of(source)
    rows = [side_features(flatten([doc])) for doc in pipeline.analyse([record["text"] for record in records])]
    labels = [record["label"] == "SUBJ" for record in records]
    kept = [(label in SIDES, voice_traits.manner(features)) for label, features in taught if label in SIDES or label == FACT]
    ours = [side for side, _ in kept]
    shares = [*even(labels, len(rows)), *even(ours, OURS * len(rows))]
    size = {True: LOADED_SIZE, False: OTHER_SIZE}
    weights = fit_binary(
        [*rows, *(features for _, features in kept)],
        [*labels, *ours],
        SIDE,
        lambda feature: size[feature.startswith(voice_traits.LOADED)],
        weights=shares,
    )
    write(folder, "voice_side", weights)


def even(labels: Sequence[bool], total: float) -> list[float]:
    """A weight for each row by which both labels count the same, all together so much."""
    yes = sum(labels)
    return [total / 2 / (yes if label else len(labels) - yes) for label in labels]


def side_features(words: Words) -> Features:
    """Features of a sentence that stands alone, for ``voice_side``."""
    return voice_traits.manner(voice_traits.sentence_features(words, (0, len(words)), attribution.reported(gather(words))))


def records_of(source: Path) -> list[dict[str, Any]]:
    """A file's rows."""
    return [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]


def sentences(parsed: Parsed, scorers: Scorers) -> list[tuple[str, Features]]:
    """Label and features of each annotated sentence."""
    reported = attribution.reported(gather(parsed.words, scorers))
    return [(label, voice_traits.sentence_features(parsed.words, stretch, reported)) for label, stretch in parsed.labels if stretch[0] < stretch[1]]
