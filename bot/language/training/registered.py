"""What the training configurations refer to by name; ``spacy train --code`` reads this file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import srsly
from spacy.language import Language
from spacy.pipeline import EditTreeLemmatizer
from spacy.symbols import ORTH
from spacy.util import compile_infix_regex, registry
from thinc.api import get_current_ops

PREFIXES = ("non", "pro", "anti", "re", "co", "ex", "pre", "semi", "mini", "e", "de", "post", "un", "sub", "multi", "micro", "neo")
"""What the treebanks leave joined to a word in lower case by its hyphen ("pro-active", "e-mail"); other hyphens part words."""

ABBREVIATIONS = tuple("etc. al. Capt. Ft. Sens. Reps. Amb. Sgt. Cmdr. Hon. Pres. Op. Vol. vol. pp. approx. Ave. Blvd.".split())
"""Abbreviations whose full stop spaCy cuts off and the treebanks keep."""


@registry.callbacks("entente.prepare.v1")  # type: ignore[untyped-decorator]
def prepare() -> Callable[[Language], Language]:
    """Called before training: the treebanks' tokens, and faster matrices."""

    def change(nlp: Language) -> Language:
        adapt_tokenizer(nlp)
        _remember_trees(nlp)
        # numpy's OpenBLAS is a fifth faster than BLIS on processors with AVX-512: 2,850 to 2,350 words a second
        setattr(get_current_ops(), "use_blis", False)  # noqa: B010 (not in the type of every backend)
        return nlp

    return change


def _remember_trees(nlp: Language) -> None:
    """spaCy 3.8 forgets on loading which edit tree is which label; trained on like that, a lemmatizer unlearns everything."""
    for _, component in nlp.components:
        if isinstance(component, EditTreeLemmatizer):
            component.tree2label = {tree: label for label, tree in enumerate(component.cfg["labels"])}


def adapt_tokenizer(nlp: Language) -> None:
    """Cut words as the treebanks do; the tokenizer is saved with the pipeline, so that nobody needs this function to load it."""
    before = "".join(rf"(?<!\b{prefix})(?<!\b{prefix.title()})" for prefix in PREFIXES)
    infixes = [str(pattern).replace("(?:-|–", f"(?:{before}|(?=.[A-Z]))(?:-|–") for pattern in nlp.Defaults.infixes or ()]
    infixes.append(r"(?<=[A-Z]\.)-(?=[A-Za-z])")
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer  # type: ignore[union-attr]
    for abbreviation in ABBREVIATIONS:
        nlp.tokenizer.add_special_case(abbreviation, [{ORTH: abbreviation}])  # type: ignore[union-attr]


@registry.misc("entente.orth_variants.v1")  # type: ignore[untyped-decorator]
def orth_variants() -> dict[str, Any]:
    """Quotation marks, dashes and ellipses as different outlets set them."""
    variants: dict[str, Any] = srsly.read_json(Path(__file__).parent / "orth_variants.json")
    return variants
