"""Docs of spaCy's own English packages, brought to our scheme. Hand-built, as those packages cannot be installed everywhere."""

import spacy
from spacy.tokens import Doc, Span

from bot.language.schemes import from_ontonotes

NLP = spacy.blank("en")


def clear_nlp(rows: list[tuple[str, str, int, str]]) -> Doc:
    """(word, coarse tag, head, label) as en_core_web gives them."""
    words, poses, heads, labels = zip(*rows, strict=True)
    return Doc(
        NLP.vocab, words=list(words), pos=list(poses), heads=list(heads), deps=list(labels), lemmas=["be" if w in {"is", "was"} else w for w in words]
    )


def arcs(doc: Doc) -> list[tuple[str, str, str]]:
    return [(token.text, token.dep_, token.head.text) for token in doc]


def test_prepositions_become_case_markers() -> None:
    doc = clear_nlp(
        [
            ("She", "PRON", 1, "nsubj"),
            ("spoke", "VERB", 1, "ROOT"),
            ("in", "ADP", 1, "prep"),
            ("Riga", "PROPN", 2, "pobj"),
            ("of", "ADP", 3, "prep"),
            ("war", "NOUN", 4, "pobj"),
        ]
    )
    from_ontonotes(doc)
    assert arcs(doc)[2:] == [("in", "case", "Riga"), ("Riga", "obl", "spoke"), ("of", "case", "war"), ("war", "nmod", "Riga")]


def test_predicates_govern_their_copula() -> None:
    doc = clear_nlp([("He", "PRON", 1, "nsubj"), ("is", "AUX", 1, "ROOT"), ("president", "NOUN", 1, "attr"), (".", "PUNCT", 1, "punct")])
    from_ontonotes(doc)
    assert arcs(doc) == [("He", "nsubj", "president"), ("is", "cop", "president"), ("president", "ROOT", "president"), (".", "punct", "president")]


def test_passive_subjects_and_agents() -> None:
    doc = clear_nlp(
        [
            ("It", "PRON", 2, "nsubjpass"),
            ("was", "AUX", 2, "auxpass"),
            ("denied", "VERB", 2, "ROOT"),
            ("by", "ADP", 2, "agent"),
            ("him", "PRON", 3, "pobj"),
        ]
    )
    from_ontonotes(doc)
    assert arcs(doc) == [
        ("It", "nsubj:pass", "denied"),
        ("was", "aux:pass", "denied"),
        ("denied", "ROOT", "denied"),
        ("by", "case", "him"),
        ("him", "obl", "denied"),
    ]


def test_a_reported_clause_keeps_its_place() -> None:
    doc = clear_nlp([("They", "PRON", 1, "nsubj"), ("say", "VERB", 1, "ROOT"), ("it", "PRON", 3, "nsubj"), ("works", "VERB", 1, "ccomp")])
    from_ontonotes(doc)
    assert arcs(doc)[3] == ("works", "ccomp", "say")


def test_name_types_are_ours_and_numbers_are_no_names() -> None:
    doc = clear_nlp([("Hamlet", "PROPN", 0, "ROOT"), ("Heathrow", "PROPN", 0, "appos"), ("two", "NUM", 0, "nummod")])
    doc.set_ents([Span(doc, 0, 1, label="WORK_OF_ART"), Span(doc, 1, 2, label="FAC"), Span(doc, 2, 3, label="CARDINAL")])
    from_ontonotes(doc)
    assert [(name.text, name.label_) for name in doc.ents] == [("Hamlet", "WORK"), ("Heathrow", "LOC")]
