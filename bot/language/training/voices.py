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
from bot.language.training.fitting import Features, fit_binary, fit_classes, write
from bot.language.words import Words, flatten

VOICE, SIDE = 0.03, 0.1
"""Inverse strength of the L2 penalties."""

LOADED_SIZE, OTHER_SIZE = 2.0, 0.5
"""Loaded words carry over to other subjects better than the rest: chosen leaving out one training piece of newssd at a time (macro-F1 67 -> 68)."""

FOLDS = 3
"""Parts of the texts; what is reported in one is found by scorers taught on the others, as it will be on text never seen."""


def fit_voice(documents: Sequence[Parsed], folder: Path) -> None:
    """Write ``voice_F`` and its like."""
    rows: list[Features] = []
    labels: list[str] = []
    for fold in range(FOLDS):
        scorers = attributions.scorers(attributions.fit([d for i, d in enumerate(documents) if i % FOLDS != fold]))
        for parsed in documents[fold::FOLDS]:
            for label, features in sentences(parsed, scorers):
                rows.append(features)
                labels.append(label)
    for label, weights in fit_classes(rows, labels, VOICE).items():
        write(folder, f"voice_{label}", weights)


def fit_side(source: Path, pipeline: Pipeline, folder: Path) -> None:
    """Write ``voice_side`` from newssd's training rows: whether a sentence takes a side."""
    records = records_of(source)
    rows = [side_features(flatten([doc])) for doc in pipeline.analyse([record["text"] for record in records])]
    labels = [record["label"] == "SUBJ" for record in records]
    size = {True: LOADED_SIZE, False: OTHER_SIZE}
    write(folder, "voice_side", fit_binary(rows, labels, SIDE, lambda feature: size[feature.startswith(voice_traits.LOADED)], balance=True))


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
