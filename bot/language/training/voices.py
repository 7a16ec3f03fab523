"""Teaches ``voice`` (on the annotated texts) and ``stance`` (on newsmtsc)."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from bot.language import attribution, stance, stance_traits, voice_traits
from bot.language.attribution import Scorers
from bot.language.linear import Linear
from bot.language.pipeline import Pipeline
from bot.language.statements import gather
from bot.language.training import attributions
from bot.language.training.annotated import Parsed
from bot.language.training.fitting import Features, Weights, fit_binary, fit_classes, write
from bot.language.words import Words, flatten

VOICE, STANCE, SIDE = 0.03, 0.03, 0.1
"""Inverse strength of the L2 penalties."""

LOADED_SIZE, OTHER_SIZE = 2.0, 0.5
"""Loaded words carry over to other subjects better than the rest: chosen leaving out one training piece of newssd at a time (macro-F1 67 -> 68)."""

STANCE_FOLDS = 4
"""Parts of newsmtsc, in its own order: rows of one article stay together."""

SURE, SURE_SPREAD, SURE_LEAST = 0.91, 1.28, 30
"""A label is shown where nine times out of ten it is right, and a point more: other years cost about that much. The bound holds with a
probability of nine in ten (1.28 standard errors), and at least so many rows must speak for it."""

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


def fit_stance(source: Path, pipeline: Pipeline, folder: Path) -> None:
    """Write ``stance_POS`` and its like from newsmtsc's training rows, and from what confidence each label is shown."""
    rows, labels = zip(*((features, label) for label, features in targets(source, pipeline)), strict=True)
    readings: list[tuple[str, str, float]] = []
    for fold in range(STANCE_FOLDS):
        start, end = len(rows) * fold // STANCE_FOLDS, len(rows) * (fold + 1) // STANCE_FOLDS
        tables = fit_stances([*rows[:start], *rows[end:]], [*labels[:start], *labels[end:]])
        models = {label: Linear(weights) for label, weights in tables.items()}
        for features, label in zip(rows[start:end], labels[start:end], strict=True):
            reading = stance.judge({name: model.score(features) for name, model in models.items()})
            readings.append((label, reading.label, reading.confidence))
    for label, weights in fit_stances(rows, labels).items():
        write(folder, f"stance_{label}", weights)
    write(folder, "stance.numbers", {label: sure_from(readings, label) for label in stance.SIDES})


def fit_stances(rows: Sequence[Features], labels: Sequence[str]) -> dict[str, Weights]:
    """The three tables of weights."""
    return fit_classes(rows, labels, STANCE, least=3, balance=True)


def sure_from(readings: Sequence[tuple[str, str, float]], label: str) -> float:
    """The lowest confidence from which a label is right often enough; ``readings`` are true label, label read and confidence.

    Rows count by the usual share of their true label. A label that is never right often enough gets a confidence beyond 1.
    """
    counts = Counter(true for true, _, _ in readings)
    weight = {true: stance.USUAL[true] / count for true, count in counts.items()}
    read = sorted(((confidence, true) for true, name, confidence in readings if name == label), reverse=True)
    best, total, right, squares = 1.01, 0.0, 0.0, 0.0
    for (confidence, true), following in pairwise([*read, (0.0, "")]):
        total += weight[true]
        squares += weight[true] ** 2
        right += weight[true] * (true == label)
        size = total**2 / squares
        if following[0] < confidence and size >= SURE_LEAST and lowest(right / total, size) >= SURE:
            best = confidence
    return round(best, 3)


def lowest(share: float, size: float) -> float:
    """Wilson's lower bound of a share seen among so many."""
    z = SURE_SPREAD
    return (share + z * z / 2 / size - z * math.sqrt(share * (1 - share) / size + z * z / 4 / size**2)) / (1 + z * z / size)


def targets(source: Path, pipeline: Pipeline) -> list[tuple[str, Features]]:
    """Label and features of each row of a file with text, target and label."""
    found: list[tuple[str, Features]] = []
    records = records_of(source)
    for record, doc in zip(records, pipeline.analyse([record["text"] for record in records]), strict=True):
        words = flatten([doc])
        target = words.range_of(0, *record["target"])
        if target:
            found.append((record["label"], stance_traits.target_features(words, (0, len(words)), target)))
    return found
