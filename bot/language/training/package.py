"""Puts the trained parts together as one spaCy pipeline, with its origin, licence, scores and date beside it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import spacy
import srsly
from spacy.language import Language

from bot.language import lemmas
from bot.language.pipeline import wrap
from bot.language.training import corpora, registered, scoring

TARGET = Path(__file__).parents[1] / "en_entente"
VERSION = "1.1.0"

SOURCES = [
    {
        "name": "Universal Dependencies English Web Treebank (UD_English-EWT)",
        "url": "https://github.com/UniversalDependencies/UD_English-EWT",
        "author": "Natalia Silveira, Timothy Dozat, Marie-Catherine de Marneffe, Samuel Bowman, Miriam Connor, John Bauer and others",
        "license": "CC BY-SA 4.0",
    },
    {
        "name": "Georgetown University Multilayer corpus (UD_English-GUM), genres academic, bio, court, interview, news, voyage",
        "url": "https://github.com/UniversalDependencies/UD_English-GUM",
        "author": "Amir Zeldes and others",
        "license": "CC BY 4.0; texts CC BY or public domain",
    },
    {
        "name": "CrossNER, politics",
        "url": "https://github.com/zliucr/CrossNER",
        "author": "Zihan Liu, Yan Xu, Tiezheng Yu, Wenliang Dai, Ziwei Ji, Samuel Cahyawijaya, Andrea Madotto, Pascale Fung",
        "license": "MIT",
    },
    {
        "name": "Wikigold",
        "url": "https://aclanthology.org/W09-3302/",
        "author": "Dominic Balasuriya, Nicky Ringland, Joel Nothman, Tara Murphy, James R. Curran",
        "license": "CC BY 4.0",
    },
    {
        "name": "Universal NER, English (EWT)",
        "url": "https://github.com/UniversalNER/UNER_English-EWT",
        "author": "Stephen Mayhew, Terra Blevins and others",
        "license": "CC BY-SA 4.0",
    },
    {
        "name": "NewsMTSC (as plain text)",
        "url": "https://github.com/fhamborg/NewsMTSC",
        "author": "Felix Hamborg, Karsten Donnay",
        "license": "MIT",
    },
    {
        "name": "NewsSD-ENG: A Corpus for Sentence-Level Subjectivity Detection on English News Articles (as plain text)",
        "url": "",
        "author": "Francesco Antici, Federico Ruggeri, Andrea Galassi, Katerina Korre, Arianna Muti, Alessandra Bardi and others",
        "license": "CC BY 4.0",
    },
    {
        "name": "Entente's annotated texts (bot/language/training/texts)",
        "url": "",
        "author": "the Entente project",
        "license": "Apache-2.0",
    },
]


def write(syntax: Path, names: Path, target: Path = TARGET, cpu_minutes: str | None = None) -> None:
    """Assemble the trained parts as the package, measure it and write what it is beside it, with the CPU minutes of training when measured."""
    nlp = assemble(syntax, names)
    describe(nlp, cpu_minutes)
    nlp.meta["performance"] = {}
    save(nlp, target)
    nlp.meta["performance"] = {name: round(value, 1) for name, value in scoring.accuracy(wrap(spacy.load(target)))}
    save(nlp, target)


def assemble(syntax: Path, names: Path) -> Language:
    """One pipeline of both; the names keep their own tok2vec inside."""
    nlp = spacy.load(syntax)
    recognizer = spacy.load(names)
    recognizer.replace_listeners("tok2vec", "ner", ["model.tok2vec"])
    nlp.add_pipe("ner", source=recognizer)
    registered.adapt_tokenizer(nlp)
    return nlp


def describe(nlp: Language, cpu_minutes: str | None = None) -> None:
    """What the pipeline's ``meta.json`` says of it."""
    effort = f" in {cpu_minutes} CPU-minutes" if cpu_minutes else ""
    nlp.meta.update(
        name="entente",
        version=VERSION,
        description="English for opinion and analysis: tags, morphology, lemmas, Universal Dependencies, sentences and names. "
        f"Trained {datetime.now(UTC).date().isoformat()} with `make pipeline`{effort}.",
        author="Entente",
        url="",
        license="CC BY-SA 4.0",
        sources=SOURCES,
    )


def save(nlp: Language, target: Path) -> None:
    """Write the package data anew, with the licence and attributions as a text for people."""
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])  # where it was trained is nobody's business
    fresh = target.with_name(target.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    nlp.to_disk(fresh, exclude=["lookups"])
    srsly.write_json(fresh / "vocab" / "strings.json", sorted(_needed_strings(nlp)))
    known = [doc for part in ("train", "dev") for doc in corpora.treebank(part, nlp.vocab)]
    lemmas.write(lemmas.collect(known), fresh)
    (fresh / "README.md").write_text(_readme(nlp), encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)


def _needed_strings(nlp: Language) -> set[str]:
    """The strings that the components themselves use; the corpora's words stay out, which makes the package smaller and faster to load."""
    needed = set(spacy.blank(nlp.lang or "en").vocab.strings)
    for _, component in nlp.pipeline:
        needed.update(label for label in getattr(component, "labels", ()) if isinstance(label, str))
    lemmatizer = nlp.get_pipe("trainable_lemmatizer")
    for tree in srsly.msgpack_loads(lemmatizer.trees.to_bytes())["trees"]:  # type: ignore[attr-defined]
        needed.update(nlp.vocab.strings[tree[part]] for part in ("orig", "subst") if tree.get(part))
    return needed


def _readme(nlp: Language) -> str:
    sources = "\n".join(f"| {s['name']} | {s['author']} | {s['license']} | {s['url']} |" for s in SOURCES)
    scores = "\n".join(f"| `{name}` | {value} |" for name, value in nlp.meta["performance"].items())
    return f"""# en_entente {nlp.meta["version"]}

{nlp.meta["description"]}

The weights and tables in this folder are published under the Creative Commons Attribution-ShareAlike 4.0 International licence
(CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/). They were trained on the following works, changed for training
(tokens re-aligned, labels mapped, texts parsed anew); their authors endorse nothing here.

| work | authors | licence | address |
| --- | --- | --- | --- |
{sources}

Measured on the treebanks' test sets, CrossNER's politics development set and our own held-out texts, none of which is trained on:

| figure | % |
| --- | --- |
{scores}
"""
