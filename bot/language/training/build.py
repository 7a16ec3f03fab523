"""``make pipeline``: trains the shipped pipeline from the corpora and our texts, and writes it into the package.

``python -m bot.language.training.build [STAGE...] [--work FOLDER]``; without a stage all of them, in order:

gold      the treebanks and name corpora as training files
teachers  two parsers of different shape, at the same time (``spacy train``)
silver    what both say of political news and of our texts
syntax    the shipped tagger, morphologizer, lemmatizer and parser, on gold and silver
names     the shipped named-entity recognizer
package   both as one pipeline, with licence, attributions, scores and date, in ``bot/language/en_entente``

The folder for intermediate files is ``build/pipeline``. Two processes work at a time, one core each. CPU time is printed at the end.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
from collections import Counter
from pathlib import Path

import spacy
from spacy.tokens import DocBin

from bot.language.training import corpora, package, silver

HERE = Path(__file__).parent
TEACHERS: dict[str, dict[str, object]] = {
    "teacher1": {"components.tok2vec.model.encode.width": 128, "components.tok2vec.model.encode.depth": 6, "system.seed": 1},
    "teacher2": {
        "components.tok2vec.model.encode.width": 96,
        "components.tok2vec.model.encode.depth": 4,
        "system.seed": 2,
        "training.dropout": 0.1,
        "components.tok2vec.model.embed.attrs": '["LOWER","PREFIX","SUFFIX","SHAPE","SPACY"]',
    },
}
OWN_REPEATS = 2
"""How often our own texts are repeated: they are the genre, and a quarter of the words."""


def gold(work: Path) -> None:
    """Training and development files for syntax, and names' development file."""
    nlp = spacy.blank("en")
    for part in ("train", "dev"):
        corpora.write(corpora.treebank(part, nlp.vocab), corpora.SYNTAX, work / f"treebank_{part}.spacy")
    measured = corpora.names("politics_dev", nlp.vocab)[::4]
    corpora.write(measured, corpora.NAMES, work / "names_dev.spacy")


def teachers(work: Path) -> None:
    """Train both teachers, side by side."""
    running = [_train("syntax", work / "treebank_train.spacy", work / "treebank_dev.spacy", work / name, shape) for name, shape in TEACHERS.items()]
    _finish(running)


def silver_trees(work: Path) -> None:
    """Parse plain text with both teachers and keep what they agree on, beside the treebanks."""
    nlp = spacy.blank("en")
    models = [spacy.load(work / name / "model-best") for name in TEACHERS]
    own = list(silver.own_docs(models, nlp))
    plain = [silver.build(doc, tree) for doc, tree in silver.parse(models, silver.plain_docs(nlp))]
    known = list(DocBin().from_disk(work / "treebank_train.spacy").get_docs(nlp.vocab))
    corpora.write(known + own * OWN_REPEATS + plain, corpora.SYNTAX, work / "syntax_train.spacy")
    for name, docs in (("gold", known), ("own", own), ("plain", plain)):
        words = Counter("known" if token.dep else "missing" for doc in docs for token in doc)
        print(f"silver: {name}: {len(docs)} paragraphs, {words['known']} words with a head, {words['missing']} without")


def syntax(work: Path) -> None:
    """Train what ships, on gold and silver."""
    _finish([_train("syntax", work / "syntax_train.spacy", work / "treebank_dev.spacy", work / "syntax", {})])


def names(work: Path) -> None:
    """Train the named-entity recognizer."""
    nlp = spacy.blank("en")
    docs = [doc for corpus, times in corpora.NAME_CORPORA.items() for doc in corpora.names(corpus, nlp.vocab) * times]
    docs += corpora.own_names(nlp, held_out=False) * OWN_REPEATS
    corpora.write(docs, corpora.NAMES, work / "names_train.spacy")
    _finish([_train("names", work / "names_train.spacy", work / "names_dev.spacy", work / "names", {})])


def _train(config: str, train: Path, dev: Path, output: Path, overrides: dict[str, object]) -> subprocess.Popen[bytes]:
    arguments = {"paths.train": train, "paths.dev": dev, **overrides}
    command = [sys.executable, "-m", "spacy", "train", str(HERE / f"{config}.cfg"), "--code", str(HERE / "registered.py"), "--output", str(output)]
    command += [part for key, value in arguments.items() for part in (f"--{key}", str(value))]
    one_core = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    return subprocess.Popen(command, env={**os.environ, **one_core})


def _finish(running: list[subprocess.Popen[bytes]]) -> None:
    failed = [process.args for process in running if process.wait()]
    if failed:
        raise SystemExit(f"spacy train failed: {failed}")


STAGES = {"gold": gold, "teachers": teachers, "silver": silver_trees, "syntax": syntax, "names": names, "package": package.write}


def main() -> None:
    """Run the stages that are asked for."""
    parser = argparse.ArgumentParser(description="Train Entente's language pipeline.")
    parser.add_argument("stages", nargs="*", choices=[*STAGES, []], help="all without any")
    parser.add_argument("--work", type=Path, default=Path("build") / "pipeline", help="folder for intermediate files")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    for stage in arguments.stages or STAGES:
        print(f"== {stage}", flush=True)
        STAGES[stage](arguments.work)
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(f"CPU minutes: {sum(use.ru_utime + use.ru_stime for use in spent) / 60:.0f}")


if __name__ == "__main__":
    main()
