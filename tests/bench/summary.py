"""What choosing a piece's thesis and key points costs, beside sumy's LexRank on the same sentences in the same run.

Both start from what reading needs anyway: ours from the parsed paragraphs and their statements, LexRank from the same sentences, cut already. Timed
in CPU milliseconds, the middle of several rounds. sumy's wheel brings a top-level package ``tests`` that would hide ours, so it is no extra of this
project: install it aside (``pip install --target FOLDER sumy``) and name the folder in ENTENTE_SUMY.
"""

from __future__ import annotations

import importlib
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Span

from bot.language import candidates, piecekind, pipeline, salience
from bot.language import sentences as cutting
from bot.language import statements as stating
from bot.language.names import find_names
from bot.models import Sentence
from bot.reading.text import read_text
from tests.shared import shared_folder

ROUNDS = 15
SHOWN = 4
"""Sentences that LexRank is asked for: a thesis and three points."""

Parsed = tuple[Sequence[Doc], list[tuple[int, Span]], dict[int, float]]


class Words:
    """sumy's own tokenizer on sentences that are cut already, which is all that it would need nltk's downloaded models for."""

    def __init__(self) -> None:
        self._cut = importlib.import_module("nltk.tokenize").word_tokenize
        self._is_word = importlib.import_module("sumy.nlp.tokenizers").Tokenizer._is_word

    def to_sentences(self, text: str) -> tuple[str, ...]:
        return (text,)

    def to_words(self, text: str) -> tuple[str, ...]:
        return tuple(filter(self._is_word, self._cut(text, preserve_line=True)))


def parsed(folder: Path) -> list[Parsed]:
    """The real pieces, parsed, with the strength of the author's own positions."""
    nlp = pipeline.load()
    found = []
    for path in sorted((folder / "articles").glob("*.txt")):
        docs = nlp.analyse(read_text(path.read_text(encoding="utf-8")).paragraphs)
        spans = [(at, span) for at, doc in enumerate(docs) for span in cutting.sentences(doc)]
        plain = [Sentence(position, at, span.start_char, span.end_char) for position, (at, span) in enumerate(spans)]
        found.append((docs, spans, stating.own_strengths(stating.find(docs, plain, find_names(docs)))))
    return found


def ours(piece: Parsed) -> object:
    weighed = candidates.gather(*piece)
    return salience.choose(weighed, news=piecekind.news(weighed))


def lexrank() -> Callable[[Parsed], object] | None:
    """sumy's summariser with its stemmer and stop words; None when it is not installed."""
    sys.path.append(os.environ.get("ENTENTE_SUMY", ""))  # behind everything: its package ``tests`` must not be found first
    try:
        summarizers, dom, stemmers, lists = (
            importlib.import_module(f"sumy.{name}") for name in ("summarizers.lex_rank", "models.dom", "nlp.stemmers", "utils")
        )
    except ImportError:
        return None
    stopped = lists.get_stop_words("english")
    tokens = Words()

    def summarise(piece: Parsed) -> object:
        model: Any = summarizers.LexRankSummarizer(stemmers.Stemmer("english"))
        model.stop_words = stopped
        document = dom.ObjectDocumentModel([dom.Paragraph([dom.Sentence(span.text, tokens) for _, span in piece[1]])])
        return model(document, SHOWN)

    return summarise


def spent(choices: Sequence[Callable[[Parsed], object]], pieces: Sequence[Parsed]) -> list[float]:
    """Mean CPU milliseconds a piece of each choice, the middle of the rounds; they take turns, so that what slows the machine slows all alike."""
    rounds: list[list[float]] = [[] for _ in choices]
    for _ in range(ROUNDS):
        for choose, each in zip(choices, rounds, strict=True):
            before = time.process_time()
            for piece in pieces:
                choose(piece)
            each.append((time.process_time() - before) * 1000 / len(pieces))
    return [statistics.median(each) for each in rounds]


def main() -> int:
    folder = shared_folder()
    if folder is None:
        print("summary.ms_per_article: not measured (the development pieces are not beside the checkout)")
        return 0
    pieces = parsed(folder)
    theirs = lexrank()
    mine, *peers = spent([ours] if theirs is None else [ours, theirs], pieces)
    if not peers:
        print(f"summary.ms_per_article: {mine:.1f} (CPU ms, n={len(pieces)})")
        print("summary.lexrank_ms_per_article: not measured (sumy is not in the folder that ENTENTE_SUMY names)")
        return 0
    (peer,) = peers
    print(f"summary.ms_per_article: {mine:.1f} (CPU ms, n={len(pieces)}, {mine / peer:.2f} of LexRank, goal 0.10)")
    print(f"summary.lexrank_ms_per_article: {peer:.1f} (CPU ms, sumy)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
