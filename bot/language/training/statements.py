"""``make statements``: teach everything that finds statements, and write its weights.

``python -m bot.language.training.statements [--pipeline NAME_OR_FOLDER] [--only attribution]``. Stance is taught on the shared set newsmtsc,
taking sides on newssd, a part of attribution on sentences of both; without them (``ENTENTE_SHARED``, else the folder beside the checkout) their
weights stay as they are. Attribution needs torch (the extra ``training``), and most of the 30 CPU-minutes.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from bot.language import linear, pipeline
from bot.language.training import attributions, stances, voices
from bot.language.training.annotated import parse_all
from bot.language.training.sentences import parse_marked


def main() -> None:
    """Train and write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pipeline", help="an installed pipeline or a folder in place of the shipped one")
    arguments.add_argument("--only", choices=["attribution", "voice", "stance"], help="leave the other weights alone")
    chosen = arguments.parse_args()
    nlp = pipeline.load(chosen.pipeline)
    documents = list(parse_all(nlp))
    print(f"{len(documents)} documents")
    shared = Path(os.environ.get("ENTENTE_SHARED") or Path(__file__).parents[4] / "shared") / "eval" / "voice"
    marked, sides = shared / "newsmtsc_train.jsonl", shared / "newssd_train.jsonl"
    both = marked.exists() and sides.exists()
    news = [sentence for source in (marked, sides) for sentence in parse_marked(source, nlp)] if both and chosen.only != "stance" else []
    if both and chosen.only in {None, "attribution"}:
        attributions.save(attributions.fit(documents, news), linear.FOLDER)
        print(f"attribution written, with {len(news)} sentences of news")
    if chosen.only in {None, "voice"}:
        taught = voices.rows_of(documents, news)
        sided, singles = (voices.read_singles(source, nlp) for source in (voices.SIDED, voices.SINGLES))
        voices.fit_voice(taught, [*sided, *singles], linear.FOLDER)
        print("voice written")
        if sides.exists():
            voices.fit_side(sides, nlp, taught, sided, linear.FOLDER)
            print("side written")
    if marked.exists() and chosen.only in {None, "stance"}:
        stances.fit(marked, nlp, linear.FOLDER)
        print("stance written")


if __name__ == "__main__":
    main()
