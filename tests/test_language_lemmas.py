"""Lemmas known by heart, and how a lexicon is made of annotated words."""

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from bot.language import lemmas, pipeline

NLP = spacy.blank("en")


def annotated(*words: tuple[str, str, str]) -> Doc:
    """Words with tag and lemma."""
    return Doc(NLP.vocab, words=[w for w, _, _ in words], tags=[t for _, t, _ in words], lemmas=[m for _, _, m in words])


def test_a_lexicon_keeps_what_most_occurrences_say() -> None:
    doc = annotated(("Left", "VBD", "leave"), ("left", "VBD", "leave"), ("left", "JJ", "left"), ("found", "VBD", "find"), ("found", "VBD", "found"))
    assert lemmas.collect([doc]) == {"JJ": {"left": "left"}, "VBD": {"left": "leave"}}


def test_names_are_known_as_they_are_written() -> None:
    assert lemmas.collect([annotated(("Elders", "NNPS", "Elder"), ("US", "NNP", "US"))]) == {"NNP": {"US": "US"}, "NNPS": {"Elders": "Elder"}}


def test_the_lexicon_corrects_what_the_lemmatizer_guessed(tmp_path: Path) -> None:
    lemmas.write({"VBD": {"underwent": "undergo"}, "NNP": {"US": "US"}}, tmp_path)
    lexicon = lemmas.Lexicon(NLP, str(tmp_path / lemmas.FILE))
    doc = annotated(("Athens", "NNP", "Athen"), ("UNDERWENT", "VBD", "underwent"), ("trims", "VBZ", "trim"))
    assert [token.lemma_ for token in lexicon(doc)] == ["Athens", "undergo", "trim"]


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [("The ministers have fled Athens.", "Athens", "Athens"), ("She was the last to drive to Riga.", "was", "be")],
)
def test_the_shipped_pipeline_knows_them(text: str, word: str, lemma: str) -> None:
    [doc] = pipeline.load().analyse([text])
    assert next(token.lemma_ for token in doc if token.text == word) == lemma
