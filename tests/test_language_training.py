"""How training data is made: exchanged names, trees corrected by attributions, types mapped, tokens cut like the treebanks'."""

import json
import random
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, Span

from bot.language.training import augment, nametypes, sentences, silver
from bot.language.training.markup import Attribution
from bot.language.training.registered import adapt_tokenizer

NLP = spacy.blank("en")


def test_exchanged_names_keep_type_and_number_and_agree_within_a_text() -> None:
    doc = NLP.make_doc("Lena Orlova left Riga. Riga missed Orlova.")
    doc.set_ents([Span(doc, 0, 2, label="PERSON"), Span(doc, 3, 4, label="GPE"), Span(doc, 5, 6, label="GPE"), Span(doc, 7, 8, label="PERSON")])
    supply = augment.Pools(["Ann"], ["Beck"], {}, ["Chad"], ["Chad"], [], [])
    seen = set()
    for seed in range(20):
        copy = augment.exchange(doc, supply, random.Random(seed))
        assert [name.label_ for name in copy.ents] == ["PERSON", "GPE", "GPE", "PERSON"]
        assert copy.ents[1].text == copy.ents[2].text
        seen.add(copy.text)
    assert "Ann Beck left Chad. Chad missed Beck." in seen


def test_what_is_missing_stays_missing_in_a_copy() -> None:
    doc = NLP.make_doc("In 1998 Riga froze.")
    doc.set_ents([Span(doc, 2, 3, label="GPE")], missing=[Span(doc, 1, 2)], default="outside")
    supply = augment.Pools([], [], {}, ["South Korea"], ["South Korea"], [], [])
    for seed in range(5):
        copy = augment.exchange(doc, supply, random.Random(seed))
        assert [token.ent_iob_ for token in copy][:3] == ["O", "", "B"]


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("the Netherlands", "LOC", "GPE"),
        ("the Black Sea", "LOC", "LOC"),
        ("2004 election", "MISC", "EVENT"),
        ("Dayton Agreement", "MISC", "LAW"),
        ("Catholic", "MISC", nametypes.MISSING),
        ("Nobel Prize", "MISC", "MISC"),
        ("Lena Orlova", "PERSON", "PERSON"),
    ],
)
def test_types_of_the_corpora_become_ours(text: str, label: str, expected: str) -> None:
    assert nametypes.house_type(text, label) == expected


def test_years_in_a_corpus_without_dates_are_missing_not_outside() -> None:
    doc = NLP.make_doc("In 1998 Riga froze.")
    doc.set_ents([Span(doc, 2, 3, label="LOC")], default="outside")
    assert [token.ent_iob_ for token in nametypes.convert(doc, "wikigold_train")] == ["O", "", "B", "O", "O"]
    assert [token.ent_iob_ for token in nametypes.convert(doc, "gum_train")] == ["O", "O", "B", "O", "O"]


def tree(words: list[str], heads: list[int], deps: list[str], poses: list[str]) -> tuple[Doc, silver.Tree]:
    doc = Doc(NLP.vocab, words=words, heads=heads, deps=deps, pos=poses)
    nothing: list[str | None] = [None] * len(words)
    starts = [i == 0 for i in range(len(words))]
    return doc, silver.Tree(list(heads), list(deps), list(nothing), list(poses), list(nothing), list(nothing), starts)


def test_the_annotated_source_becomes_the_subject_of_its_verb() -> None:
    doc, guess = tree(
        ["It", "works", ",", "sniffed", "one", "."],
        [3, 0, 3, 3, 3, 3],
        ["ccomp", "dep", "punct", "ROOT", "obj", "punct"],
        ["PRON", "VERB", "PUNCT", "VERB", "PRON", "PUNCT"],
    )
    start = doc[4].idx
    silver.correct(doc, guess, Attribution(source=[(start, start + 3)], cue=[(doc[3].idx, doc[3].idx + 7)], content=[]), 0)
    assert (guess.heads[4], guess.deps[4]) == (3, "nsubj")


def test_a_shared_subject_is_not_taken_from_its_first_verb() -> None:
    doc, guess = tree(["Anna", "rose", "and", "spoke"], [1, 1, 3, 1], ["nsubj", "ROOT", "cc", "conj"], ["PROPN", "VERB", "CCONJ", "VERB"])
    silver.correct(doc, guess, Attribution(source=[(0, 4)], cue=[(doc[3].idx, doc[3].idx + 5)], content=[]), 0)
    assert (guess.heads[0], guess.deps[0]) == (1, "nsubj")


def test_only_what_all_teachers_say_is_kept() -> None:
    one = Doc(NLP.vocab, words=["We", "left", "early"], heads=[1, 1, 1], deps=["nsubj", "ROOT", "advmod"], tags=["PRP", "VBD", "RB"])
    two = Doc(NLP.vocab, words=["We", "left", "early"], heads=[1, 1, 1], deps=["nsubj", "ROOT", "obj"], tags=["PRP", "VBN", "RB"])
    agreed = silver._agreement([one, two])
    assert agreed.heads == [1, 1, None]
    assert agreed.tags == ["PRP", None, "RB"]
    built = silver.build(one, agreed)
    assert [token.has_head() for token in built] == [True, True, False]


def test_hyphens_are_cut_as_in_the_treebanks() -> None:
    nlp = spacy.blank("en")
    adapt_tokenizer(nlp)
    assert [t.text for t in nlp("U.S.-backed pro-active anti-IS Putin-Obama e-mail, etc.")] == [
        "U.S.", "-", "backed", "pro-active", "anti", "-", "IS", "Putin", "-", "Obama", "e-mail", ",", "etc.",
    ]  # fmt: skip


@pytest.mark.shared
def test_marked_sentences_are_found_again_and_their_marks_lie_within_them(shared: Path) -> None:
    marks = json.loads(sentences.MARKS.read_text(encoding="utf-8"))
    sources = [shared / "eval" / "voice" / f"{name}_train.jsonl" for name in ("newsmtsc", "newssd")]
    lines = [json.loads(line)["text"] for source in sources for line in source.read_text(encoding="utf-8").splitlines()]
    texts = {sentences.key(line): line for line in lines}
    assert marks.keys() <= texts.keys()
    for name, attributions in marks.items():
        for parts in attributions:
            holder, cue, content = ([texts[name][start:end] for start, end in part] for part in parts)
            assert all([*holder, *cue, *content])
            assert cue
            assert content
