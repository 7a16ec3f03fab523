"""Parses mended where a verb of saying looks like a noun or stands behind an apposition.

"Moscow fears that ..." is read as a compound noun, "Moscow fears Assad's days are numbered" as one subject after the other, and in "Harbour
Center scholar Anna Holt points out" the first name in sight becomes the speaker. Each repair needs a name right before the verb and the
clause behind it, so that nouns ("the hopes of Moscow", "Moscow's fears that ...") stay what they are.
"""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

LIKE_NOUNS = {
    "fears": "fear",
    "hopes": "hope",
    "doubts": "doubt",
    "claims": "claim",
    "plans": "plan",
    "notes": "note",
    "demands": "demand",
    "requests": "request",
    "reports": "report",
    "points": "point",
    "worries": "worry",
    "warns": "warn",
    "promises": "promise",
    "charges": "charge",
    "asserts": "assert",
    "questions": "question",
    "estimates": "estimate",
    "forecasts": "forecast",
    "proposes": "propose",
}
"""Forms of verbs of saying that are also plural nouns, with their lemma."""

_SAY = frozenset({*LIKE_NOUNS.values(), "say", "argue", "insist", "believe", "think", "suggest", "maintain", "reckon", "contend", "explain", "add"})
_NOMINAL = frozenset({"nsubj", "nsubj:pass", "obl", "obj", "nmod", "compound", "dep", "advmod", "obl:npmod", "obl:tmod"})
_WHEN = frozenset({"as", "when", "where", "how", "why", "while", "whenever", "wherever"})
_SPEAKERS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_OF_A_NOUN = frozenset({"det", "amod", "nmod:poss", "case", "nummod"})
_LOOSE = frozenset({"compound", "amod", "nmod", "flat", "appos", "dep", "obl", "nsubj"})
_FINITE = frozenset({"VBZ", "VBD", "VBP"})


def mend_reporting(doc: Doc) -> None:
    """Repair heads, labels and tags in place; the names must be final."""
    for name in doc.ents:
        if name.label_ in _SPEAKERS and name.end < len(doc):
            verb = doc[name.end]
            if verb.is_sent_start or not verb.is_alpha or verb.is_title:
                continue
            if verb.text in LIKE_NOUNS and verb.tag_ in {"NNS", "NNPS", "NN"} and not any(c.dep_ in _OF_A_NOUN for c in verb.children):
                if not _compound(name, verb):
                    _first_of_two(name, verb)
            elif verb.dep_ == "advcl":
                _interposed(name, verb)
            elif name.label_ == "PERSON" and verb.pos_ == "VERB" and verb.tag_ in _FINITE:
                _speaker(name, verb)


def _compound(name: Span, verb: Token) -> bool:
    """ "Moscow fears that the regime will fall": the name hangs below the noun, a clause with "that" too."""
    clause = next((c for c in verb.children if c.dep_ in {"ccomp", "acl", "acl:relcl"} and c.i > verb.i), None)
    that = next(iter(name.doc[verb.i + 1 : verb.i + 2]), None)  # the noun may be the last word
    if name.root.head != verb or clause is None or that is None or that.text != "that":
        return False
    if not any(c.dep_.startswith("nsubj") and c != that for c in clause.children):
        return False
    name.root.dep_, clause.dep_, that.dep_ = "nsubj", "ccomp", "mark"
    _make_verb(verb)
    return True


def _first_of_two(name: Span, verb: Token) -> None:
    """ "Moscow fears the days are numbered": the noun is one of two subjects of the clause that it governs in truth."""
    clause = verb.head
    if name.root.head != verb or clause.i <= verb.i or verb.dep_ not in _NOMINAL:
        return
    subject = next((c for c in clause.children if c.dep_.startswith("nsubj") and c.i > verb.i), None)
    if subject is None or any(t.text == "," for t in name.doc[verb.i : subject.i]):
        return
    before = [c for c in clause.children if c.i < name.start]
    verb.head, verb.dep_ = (verb, "ROOT") if clause.head == clause else (clause.head, clause.dep_)
    clause.head, clause.dep_ = verb, "ccomp"
    for token in before:
        token.head = verb
    name.root.dep_ = "nsubj"
    _make_verb(verb)


def _interposed(name: Span, verb: Token) -> None:
    """ "Eventually, Moscow hopes, Kiev will give in": between commas and without a conjunction, no adverbial clause but who says so."""
    alone = verb.lemma_ in _SAY and not any(c.dep_ == "mark" or c.lower_ in _WHEN or c.dep_.endswith("comp") for c in verb.children)
    commas = name.start and name.doc[name.start - 1].text == "," and name.doc[verb.i + 1 : verb.i + 2].text == ","
    if alone and commas and name.root.head == verb:
        verb.dep_ = "parataxis"


def _make_verb(verb: Token) -> None:
    verb.tag_, verb.pos_, verb.lemma_ = "VBZ", "VERB", LIKE_NOUNS[verb.text]
    verb.set_morph("Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin")  # type: ignore[attr-defined]


def _speaker(name: Span, verb: Token) -> None:
    """ "Harbour Center scholar Anna Holt points out": the person beside the verb is its subject, what stands before belongs to the person."""
    head = name.root
    if head.head != verb or head.dep_ not in _LOOSE:
        return
    others = [c for c in verb.children if c.i < name.start and c.dep_ in _LOOSE and not _parted(c, name)]
    if not any(c.dep_ == "nsubj" for c in others):
        return
    head.dep_ = "nsubj"
    for other in others:
        other.head, other.dep_ = head, "compound"


def _parted(token: Token, name: Span) -> bool:
    """Whether a comma stands between: then it is a phrase of its own."""
    return any(t.text == "," for t in name.doc[token.i : name.start])
