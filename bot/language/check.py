"""How well a pipeline reads the check set that ships with Entente: our annotated texts that nothing is trained on.

``entente doctor`` prints it for the pipeline in use, so that one who swaps it sees what that changes. It takes a few seconds and needs no corpora.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.language.pipeline import Pipeline


def check(pipeline: Pipeline) -> Iterator[tuple[str, float]]:
    """Figures in per cent (F1) by name: names as they are marked, and sentence limits."""
    from bot.language.training import scoring

    yield "names", scoring.own(pipeline)
    yield "sentences", scoring.own_sentences(pipeline)
