"""``make pipeline``: trains the shipped pipeline from the corpora and our texts, and writes it into the package.

``python -m bot.language.training.build [STAGE...] [--work FOLDER]``; without a stage all of them, in order:

gold      the treebanks and name corpora as training files
teacher1, teacher2   two parsers of different shape (``spacy train``)
names1, names2       two recognizers of names
silver    what both parsers say of political news and of our texts
syntax    the shipped tagger, morphologizer and parser: the first teacher, trained on with gold and silver
lemmas    the shipped lemmatizer, fitted to the result
names     the shipped recognizer, on gold and what both recognizers say of political news
package   all as one pipeline, with licence, attributions, scores and date, in ``bot/language/en_entente``

Only when named: ``ablation`` measures what our texts add to names, ``plain`` what all this adds to a parser trained on the
treebanks alone. The folder for intermediate files is ``build/pipeline``. Two lanes work at
a time, one core each. CPU time is printed after each stage.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import load_config
from thinc.api import Config

from bot.language.pipeline import load, wrap
from bot.language.training import augment, corpora, package, registered, scoring, silver, silver_names

HERE = Path(__file__).parent
LEMMATIZER = "trainable_lemmatizer"
TEACHERS: dict[str, dict[str, object]] = {
    "teacher1": {"components.tok2vec.model.encode.width": 128, "components.tok2vec.model.encode.depth": 6, "system.seed": 1},
    "teacher2": {
        "components.tok2vec.model.encode.width": 96,
        "components.tok2vec.model.encode.depth": 4,
        "system.seed": 2,
        "training.dropout": 0.1,
        "training.max_steps": 2500,
        "training.optimizer.learn_rate.total_steps": 3000,
        "components.tok2vec.model.embed.attrs": '["LOWER","PREFIX","SUFFIX","SHAPE","SPACY"]',
    },
}
CONTINUED: dict[str, object] = {
    "training.max_steps": 2200,
    "training.frozen_components": f'["{LEMMATIZER}"]',
    "training.batcher.size.start": 1000,
    "training.optimizer.learn_rate.initial_rate": 0.0008,
    "training.optimizer.learn_rate.total_steps": 2350,
}
"""The student starts where its teacher ended: a lower rate, large batches at once."""

FITTED: dict[str, object] = {
    "training.max_steps": 1000,
    "training.batcher.size.start": 1000,
    "training.optimizer.learn_rate.initial_rate": 0.002,
    "training.optimizer.learn_rate.total_steps": 1100,
}
"""The lemmatizer's last layer alone: few weights, so a higher rate."""

PLAIN: dict[str, object] = {
    "components.tok2vec.model.encode.width": 96,
    "components.tok2vec.model.encode.depth": 4,
    "training.dropout": 0.1,
    "training.max_steps": 5500,
    "training.eval_frequency": 1100,
    "training.batcher.size.start": 100,
    "training.batcher.size.compound": 1.001,
    "training.optimizer.learn_rate.initial_rate": 0.001,
    "training.optimizer.learn_rate.warmup_steps": 250,
    "training.optimizer.learn_rate.total_steps": 20000,
}
"""spaCy's own settings for a small pipeline: one stage, the treebanks as they are. In 19 CPU-minutes TAG UAS LAS reach 93.6 83.1 79.5 on EWT's
test set and 95.4 83.7 79.9 on GUM's, where en_entente 1.1.0 has 94.1 84.3 81.0 and 95.8 84.4 81.1."""

NAME_TEACHERS: dict[str, dict[str, object]] = {
    "names1": {},
    "names2": {"training.dropout": 0.25, "training.max_steps": 2500, "training.optimizer.learn_rate.total_steps": 3000},
}
"""The second learns from the annotated texts alone, without copies, so that the two do not err alike."""

LAST_NAMES: dict[str, object] = {"system.seed": 3, "training.max_steps": 4000, "training.optimizer.learn_rate.total_steps": 4500}
QUICK: dict[str, object] = {"training.max_steps": 10, "training.eval_frequency": 10}
QUICK_MARK = "quick"
"""A file of this name in the folder says that its models are not meant to be shipped."""

SPENT = "cpu_minutes"
"""The file that says how long a whole run took before its parts were packed; a run of single stages leaves none."""

OWN_REPEATS = 2
"""How often our own texts are repeated: they are the genre, and a quarter of the words."""


LANES: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("gold",),),
    (("teacher1",), ("teacher2", "names1", "names2")),
    (("silver", "syntax", "lemmas"), ("names",)),
)
"""What runs side by side before all is packed: lanes of about the same length, so that two cores are busy from start to end."""


def gold(work: Path) -> None:
    """Training and development files for syntax, and names' development file."""
    nlp = spacy.blank("en")
    for part in ("train", "dev"):
        docs = corpora.treebank(part, nlp.vocab)
        corpora.write(list(corpora.shorten(docs)) if part == "train" else docs, corpora.SYNTAX, work / f"treebank_{part}.spacy")
    corpora.write(corpora.names("politics_dev", nlp.vocab)[::4], corpora.NAMES, work / "names_dev.spacy")


def teach_parser(name: str, work: Path) -> None:
    """Train one of the teachers on the treebanks."""
    _finish([_train(HERE / "syntax.cfg", work / "treebank_train.spacy", work / "treebank_dev.spacy", work / name, TEACHERS[name])])


def silver_trees(work: Path) -> None:
    """Parse plain text with both teachers and keep what they agree on, beside the treebanks."""
    nlp = spacy.load(work / "teacher1" / "model-last")
    models = [nlp, spacy.load(work / "teacher2" / "model-last")]
    own = list(silver.own_docs(models, nlp))
    plain = [silver.build(doc, tree) for doc, tree in silver.parse(models, silver.plain_docs(nlp))]
    known = corpora.treebank("train", nlp.vocab) + corpora.treebank("dev", nlp.vocab)
    for name, docs in (("gold", known), ("own", own), ("plain", plain)):
        words = Counter("known" if token.dep else "missing" for doc in docs for token in doc)
        print(f"silver: {name}: {len(docs)} paragraphs, {words['known']} words with a head, {words['missing']} without")
    corpora.write(list(corpora.shorten(known + own * OWN_REPEATS + plain)), corpora.SYNTAX, work / "syntax_train.spacy")


def syntax(work: Path) -> None:
    """Train the first teacher on, with gold and silver; its lemmatizer waits."""
    config = _continue(work / "teacher1" / "model-last")
    config.to_disk(work / "syntax.cfg")
    _finish([_train(work / "syntax.cfg", work / "syntax_train.spacy", work / "treebank_dev.spacy", work / "syntax", CONTINUED)])


def lemmas(work: Path) -> None:
    """Fit the lemmatizer to the finished tok2vec, on the treebanks alone: silver lemmas are only guesses."""
    nlp = spacy.load(work / "syntax" / "model-last")
    teacher = spacy.load(work / "teacher1" / "model-last")
    nlp.get_pipe(LEMMATIZER).from_bytes(teacher.get_pipe(LEMMATIZER).to_bytes())  # type: ignore[attr-defined]
    nlp.to_disk(work / "syntax_with_lemmas")
    config = _continue(work / "syntax_with_lemmas")
    config["training"]["frozen_components"] = [name for name in config["nlp"]["pipeline"] if name != LEMMATIZER]
    config["training"]["annotating_components"] = ["tok2vec"]
    config.to_disk(work / "lemmas.cfg")
    _finish([_train(work / "lemmas.cfg", work / "treebank_train.spacy", work / "treebank_dev.spacy", work / "lemmas", FITTED)])


def _continue(trained: Path) -> Config:
    """The configuration for syntax with every component taken from a trained pipeline."""
    config = load_config(HERE / "syntax.cfg")
    for component in config["nlp"]["pipeline"]:
        config["components"][component] = {"source": str(trained)}
    return config


def teach_names(name: str, work: Path) -> None:
    """Train one of the recognizers on the name corpora and our texts, the first also on copies with other names."""
    corpora.write(_annotated_names(_blank(), copies=name == "names1"), corpora.NAMES, work / f"{name}.spacy")
    _finish([_train(HERE / "names.cfg", work / f"{name}.spacy", work / "names_dev.spacy", work / name, NAME_TEACHERS[name])])


def names(work: Path) -> None:
    """Train the recognizer that ships, also on the news on which its teachers agree."""
    nlp = _blank()
    models = [spacy.load(work / name / "model-last") for name in NAME_TEACHERS]
    docs = _annotated_names(nlp) + list(silver_names.read(models, nlp))
    corpora.write(docs, corpora.NAMES, work / "names_train.spacy")
    _finish([_train(HERE / "names.cfg", work / "names_train.spacy", work / "names_dev.spacy", work / "names", LAST_NAMES)])


def ship(work: Path) -> None:
    """Put the parts together and measure them."""
    target = work / "en_entente" if (work / QUICK_MARK).exists() else package.TARGET
    spent = work / SPENT
    package.write(work / "lemmas" / "model-last", work / "names" / "model-last", target, spent.read_text("utf-8") if spent.exists() else None)


def _annotated_names(nlp: Language, *, copies: bool = True) -> list[Doc]:
    known = [doc for corpus, times in corpora.NAME_CORPORA.items() for doc in corpora.names(corpus, nlp.vocab) * times]
    own = corpora.own_names(nlp, held_out=False)
    docs = known + own * OWN_REPEATS
    if copies:
        supply = augment.pools(known + own, corpora.surnames(nlp))
        docs += [*augment.copies(own, supply, share=0.8, seed=1), *augment.copies(known, supply, share=0.5, seed=2)]
    return docs


def _blank() -> Language:
    nlp = spacy.blank("en")
    registered.adapt_tokenizer(nlp)
    return nlp


def _train(config: Path, train: Path, dev: Path, output: Path, overrides: dict[str, object]) -> subprocess.Popen[bytes]:
    arguments = {"paths.train": train, "paths.dev": dev, **overrides, **(QUICK if (output.parent / QUICK_MARK).exists() else {})}
    command = [sys.executable, "-m", "spacy", "train", str(config), "--code", str(HERE / "registered.py"), "--output", str(output)]
    command += [part for key, value in arguments.items() for part in (f"--{key}", str(value))]
    return subprocess.Popen(command, env=_one_core())


def _one_core() -> dict[str, str]:
    return {**os.environ, **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")}


def _finish(running: list[subprocess.Popen[bytes]]) -> None:
    failed = [process.args for process in running if process.wait()]
    if failed:
        raise SystemExit(f"spacy train failed: {failed}")


def ablation(work: Path) -> None:
    """What our texts add: the second names teacher trained with and without them, both scored by themselves, without rules."""
    nlp = _blank()
    known = [doc for corpus, times in corpora.NAME_CORPORA.items() for doc in corpora.names(corpus, nlp.vocab) * times]
    corpora.write(known, corpora.NAMES, work / "without.spacy")
    corpora.write(_annotated_names(nlp, copies=False), corpora.NAMES, work / "with.spacy")
    dev = work / "names_dev.spacy"
    _finish([_train(HERE / "names.cfg", work / f"{name}.spacy", dev, work / name, NAME_TEACHERS["names2"]) for name in ("without", "with")])
    for name in ("without", "with"):
        model = spacy.load(work / name / "model-last")
        print(f"{name} our texts: politics {scoring.politics_alone(model):.1f}, own {scoring.own_alone(model):.1f}")


def plain(work: Path) -> None:
    """What a parser reaches that is trained on the treebanks alone, beside the shipped one, both with all rules, on the test sets."""
    for part in ("train", "dev"):
        corpora.write(corpora.treebank(part, _blank().vocab), corpora.SYNTAX, work / f"plain_{part}.spacy")
    _finish([_train(HERE / "syntax.cfg", work / "plain_train.spacy", work / "plain_dev.spacy", work / "plain", PLAIN)])
    shipped = dict(scoring.syntax(load()))
    for name, value in scoring.syntax(wrap(spacy.load(work / "plain" / "model-last"))):
        print(f"{name}: plain {value:.1f}, shipped {shipped[name]:.1f}")


STAGES: dict[str, Callable[[Path], None]] = {
    "gold": gold,
    "teacher1": partial(teach_parser, "teacher1"),
    "teacher2": partial(teach_parser, "teacher2"),
    "names1": partial(teach_names, "names1"),
    "names2": partial(teach_names, "names2"),
    "silver": silver_trees,
    "syntax": syntax,
    "lemmas": lemmas,
    "names": names,
    "package": ship,
}
EXTRA: dict[str, Callable[[Path], None]] = {"ablation": ablation, "plain": plain}


def main() -> None:
    """Run the stages that are asked for."""
    parser = argparse.ArgumentParser(description="Train Entente's language pipeline.")
    parser.add_argument("stages", nargs="*", choices=[*STAGES, *EXTRA, []], help="all without any")
    parser.add_argument("--work", type=Path, default=Path("build") / "pipeline", help="folder for intermediate files")
    parser.add_argument("--quick", action="store_true", help="a few steps each, to see that all stages work; the result stays in the folder")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    if arguments.quick:
        (arguments.work / QUICK_MARK).touch()
    else:
        (arguments.work / QUICK_MARK).unlink(missing_ok=True)
    (arguments.work / SPENT).unlink(missing_ok=True)
    if arguments.stages:
        for stage in arguments.stages:
            print(f"== {stage}", flush=True)
            (STAGES | EXTRA)[stage](arguments.work)
            print(f"CPU minutes at the end of {stage}: {_cpu_minutes():.1f}", flush=True)
        return
    for lanes in LANES:
        _finish([_start(lane, arguments) for lane in lanes])
    (arguments.work / SPENT).write_text(f"{_cpu_minutes():.0f}", "utf-8")
    ship(arguments.work)
    print(f"CPU minutes of all: {_cpu_minutes():.1f}", flush=True)


def _start(lane: tuple[str, ...], arguments: argparse.Namespace) -> subprocess.Popen[bytes]:
    """A process for a lane's stages."""
    command = [sys.executable, "-m", "bot.language.training.build", *lane, "--work", str(arguments.work)]
    return subprocess.Popen(command + ["--quick"] * arguments.quick, env=_one_core())


def _cpu_minutes() -> float:
    """CPU time of this process and of all that it waited for."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in spent) / 60


if __name__ == "__main__":
    main()
