"""Everything that differs between label schemes.

Entente's own pipeline speaks Universal Dependencies and ten name types. spaCy's English packages (``en_core_web_*``) speak ClearNLP's
dependencies and OntoNotes' name types; ``converter`` rewrites their Docs in place, so that no other module knows two schemes. The
differences that matter are structural: ClearNLP makes the preposition and the copula heads, UD makes them dependents.

Source of the correspondences: the UD guidelines (universaldependencies.org/u/dep) and ClearNLP's (Choi and Palmer 2012).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass"})
CLAUSES = frozenset({"ccomp", "xcomp"})

_SAME_PLACE = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dobj": "obj",
    "dative": "iobj",
    "prt": "compound:prt",
    "poss": "nmod:poss",
    "relcl": "acl:relcl",
    "neg": "advmod",
    "npadvmod": "obl",
    "nmod": "compound",
    "quantmod": "advmod",
    "predet": "det",
    "preconj": "cc",
    "oprd": "xcomp",
    "acomp": "xcomp",
    "attr": "xcomp",
    "intj": "discourse",
    "meta": "dep",
}
_VERBAL = frozenset({"VERB", "AUX", "ADJ", "ADV"})
_NAME_TYPES = {"FAC": "LOC", "WORK_OF_ART": "WORK", "TIME": "DATE"}
_IGNORED_NAMES = frozenset({"CARDINAL", "ORDINAL", "PERCENT", "QUANTITY", "LANGUAGE", "PRODUCT"})


def converter(nlp: Language) -> Callable[[Doc], None]:
    """What brings a pipeline's Docs to the house's scheme: nothing for our own."""
    labels: set[str] = set()
    for name in ("parser", "ner"):
        if name in nlp.pipe_names:
            labels.update(getattr(nlp.get_pipe(name), "labels", ()))
    if not labels & {"pobj", "dobj", "WORK_OF_ART", "FAC"}:
        return lambda doc: None
    return from_ontonotes


def from_ontonotes(doc: Doc) -> None:
    """Rewrite heads, dependency labels and name types of an ``en_core_web`` Doc as ours."""
    if doc.has_annotation("DEP"):
        _convert_tree(doc)
    _convert_names(doc)


def _convert_tree(doc: Doc) -> None:
    heads = [token.head.i for token in doc]
    labels = [_SAME_PLACE.get(token.dep_, token.dep_) for token in doc]
    for token in doc:
        if token.dep_ in {"pobj", "pcomp"} and token.head.dep_ in {"prep", "agent"}:
            _raise_object(token, heads, labels)
        elif token.dep_ in {"attr", "acomp"} and token.head.lemma_ == "be":
            _raise_predicate(token, heads, labels)
        elif token.dep_ == "cc" or (token.dep_ == "punct" and token.head.i < token.i):
            following = [t for t in token.head.children if t.dep_ == "conj" and t.i > token.i]
            if token.dep_ == "cc" and following:
                heads[token.i] = following[0].i
    for token in doc:
        if labels[token.i] == "prep":
            labels[token.i] = "case" if heads[token.i] != token.head.i else "advmod"
        elif labels[token.i] == "agent":
            labels[token.i] = "case"
    _write(doc, heads, labels)


def _raise_object(token: Token, heads: list[int], labels: list[str]) -> None:
    """``prep -> pobj`` becomes an oblique or a nominal modifier with its case marker."""
    preposition = token.head
    governor = preposition.head
    while governor.dep_ in {"prep", "agent"} and governor.head != governor:
        governor = governor.head
    heads[token.i] = governor.i if governor != preposition else token.i
    if token.dep_ == "pcomp":
        labels[token.i] = "advcl" if governor.pos_ in _VERBAL else "acl"
    else:
        labels[token.i] = "obl" if governor.pos_ in _VERBAL else "nmod"
    if governor == preposition:
        labels[token.i] = "ROOT"
    heads[preposition.i] = token.i


def _raise_predicate(token: Token, heads: list[int], labels: list[str]) -> None:
    """``be -> attr`` turns round: the predicate governs its copula, subject, auxiliaries and punctuation."""
    copula = token.head
    heads[token.i] = token.i if heads[copula.i] == copula.i else heads[copula.i]
    labels[token.i] = labels[copula.i]
    for child in copula.children:
        if child != token and heads[child.i] == copula.i:
            heads[child.i] = token.i
    for other, head in enumerate(heads):
        if head == copula.i and other not in {token.i, copula.i}:
            heads[other] = token.i
    heads[copula.i] = token.i
    labels[copula.i] = "cop"


def _write(doc: Doc, heads: list[int], labels: list[str]) -> None:
    """Put a new tree on the Doc; where it would not be a tree (a cycle), the old heads stay."""
    from spacy.tokens import Doc as DocType

    for start in range(len(heads)):
        seen = {start}
        at = heads[start]
        while at not in seen and heads[at] != at:
            seen.add(at)
            at = heads[at]
        if at in seen and heads[at] != at:
            heads[:] = [token.head.i for token in doc]
            break
    rebuilt = DocType(doc.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc], heads=heads, deps=labels)
    doc.from_array(["HEAD", "DEP"], rebuilt.to_array(["HEAD", "DEP"]))  # type: ignore[arg-type]


def _convert_names(doc: Doc) -> None:
    from spacy.tokens import Span

    names = [
        Span(doc, name.start, name.end, label=_NAME_TYPES.get(name.label_, name.label_)) for name in doc.ents if name.label_ not in _IGNORED_NAMES
    ]
    doc.set_ents(names, default="outside")
