"""The figures of a pipeline: accuracy on the treebanks' test sets and the name sets, and speed. Needs the corpora.

Everything is measured through ``Pipeline``, rules and gazetteers included, on raw text: what the rest of the house gets. A name counts
when its limits and type are right, articles aside; a speech verb's subject or complement when verb and dependent are.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, DocBin
from spacy.training import Example

from bot.language.pipeline import Pipeline
from bot.language.sentences import sentences
from bot.language.training import corpora

SPEECH_VERBS = frozenset(
    (
        "accuse acknowledge add admit advise agree allege announce argue ask assert believe boast call caution claim comment complain "
        "concede conclude confess confirm contend declare demand deny describe disclose doubt emphasise emphasize estimate expect explain "
        "fear feel forecast guess hint hope imply indicate inform insist know lament maintain mention note object observe point predict "
        "promise propose protest read reason recall reckon recommend remark remember repeat reply report respond reveal say state stress "
        "suggest suppose suspect swear tell testify think threaten urge vow want warn wonder worry write"
    ).split()
)
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
COMPLEMENTS = frozenset({"ccomp", "xcomp"})

CORPUS_TYPES = {
    "GPE": "LOC",
    "LOC": "LOC",
    "EVENT": "MISC",
    "LAW": "MISC",
    "WORK": "MISC",
    "MISC": "MISC",
    "PERSON": "PERSON",
    "ORG": "ORG",
    "NORP": "NORP",
}
"""The house's types as CrossNER's scorer sees them; it marks neither dates nor sums."""

Spans = set[tuple[int, int, str]]


def accuracy(pipeline: Pipeline) -> Iterator[tuple[str, float]]:
    """Every accuracy figure by its name, in per cent."""
    yield from syntax(pipeline)
    yield "language.names.politics", politics(pipeline)
    yield "language.names.own", own(pipeline)


def syntax(pipeline: Pipeline) -> Iterator[tuple[str, float]]:
    """The figures of the treebanks' test sets."""
    speech: dict[str, list[tuple[Spans, Spans]]] = {"subject": [], "complement": []}
    for corpus in corpora.TREEBANKS:
        gold, predicted = _treebank(pipeline, corpus)
        yield from _syntax(f"language.{corpus}", gold, predicted)
        for name, labels in (("subject", SUBJECTS), ("complement", COMPLEMENTS)):
            speech[name] += [(_arguments(truth, labels), _arguments(guess, labels)) for truth, guess in zip(gold, predicted, strict=True)]
    for name, pairs in speech.items():
        yield f"language.speech.{name}", f_score(pairs)


def _treebank(pipeline: Pipeline, corpus: str) -> tuple[list[Doc], list[Doc]]:
    path = corpora.shared() / "corpora" / "treebank" / f"{corpus}_test.spacy"
    gold = list(DocBin().from_disk(path).get_docs(pipeline.vocab))
    return gold, pipeline.analyse([doc.text for doc in gold])


def _syntax(prefix: str, gold: list[Doc], predicted: list[Doc]) -> Iterator[tuple[str, float]]:
    scores = pipeline_scores([Example(guess, truth) for guess, truth in zip(predicted, gold, strict=True)])
    for name, key in (("tag", "tag_acc"), ("pos", "pos_acc"), ("uas", "dep_uas"), ("las", "dep_las"), ("lemma", "lemma_acc"), ("sent", "sents_f")):
        yield f"{prefix}.{name}", 100 * scores[key]


def pipeline_scores(examples: list[Example]) -> dict[str, float]:
    """spaCy's own scorers over examples that are already annotated."""
    scores: dict[str, float] = {}
    for attribute in ("tag", "pos", "lemma"):
        scores.update(Scorer.score_token_attr(examples, attribute))
    scores.update(Scorer.score_spans(examples, "sents", has_annotation=lambda doc: True))
    scores.update(Scorer.score_deps(examples, "dep", getter=lambda token, _: token.dep_, ignore_labels=("punct",)))
    return scores


def _arguments(doc: Doc, labels: frozenset[str]) -> Spans:
    return {(t.idx, t.head.idx, "") for t in doc if t.dep_ in labels and t.head.pos_ == "VERB" and t.head.lemma_ in SPEECH_VERBS}


def politics(pipeline: Pipeline) -> float:
    """CrossNER politics, development set: every sentence by itself."""
    gold = list(DocBin().from_disk(corpora.shared() / "corpora" / "names" / "politics_dev.spacy").get_docs(pipeline.vocab))
    pairs = []
    for truth in gold:
        [guess] = pipeline.analyse([truth.text])
        pairs.append((_names(truth, CORPUS_TYPES.get), _names(guess, CORPUS_TYPES.get)))
    return f_score(pairs)


def own(pipeline: Pipeline) -> float:
    """Our held-out texts, each as the article that it is; all ten types."""
    pairs = []
    for document in corpora.own_documents(held_out=True):
        paragraphs = [paragraph for _, paragraph in corpora.own_paragraphs(document, pipeline.tokenizer)]
        for truth, guess in zip(paragraphs, pipeline.analyse([p.text for p in paragraphs]), strict=True):
            pairs.append((_names(truth, _house), _names(guess, _house)))
    return f_score(pairs)


def politics_alone(nlp: Language) -> float:
    """CrossNER politics, development set, by a bare recognizer without rules."""
    gold = list(DocBin().from_disk(corpora.shared() / "corpora" / "names" / "politics_dev.spacy").get_docs(nlp.vocab))
    guesses = nlp.pipe(doc.text for doc in gold)
    return f_score((_names(truth, CORPUS_TYPES.get), _names(guess, CORPUS_TYPES.get)) for truth, guess in zip(gold, guesses, strict=True))


def own_alone(nlp: Language) -> float:
    """Our held-out texts by a bare recognizer without rules."""
    gold = corpora.own_names(nlp, held_out=True)
    guesses = nlp.pipe(doc.text for doc in gold)
    return f_score((_names(truth, _house), _names(guess, _house)) for truth, guess in zip(gold, guesses, strict=True))


def own_sentences(pipeline: Pipeline) -> float:
    """Sentence starts of our held-out texts."""
    pairs = []
    for document in corpora.own_documents(held_out=True):
        paragraphs = [paragraph for _, paragraph in corpora.own_paragraphs(document, pipeline.tokenizer)]
        for truth, guess in zip(paragraphs, pipeline.analyse([p.text for p in paragraphs]), strict=True):
            pairs.append(({(s.start_char, 0, "") for s in truth.sents}, {(s.start_char, 0, "") for s in sentences(guess)}))
    return f_score(pairs)


def _house(label: str) -> str | None:
    return None if label == "MISC" else label


def _names(doc: Doc, typed: Callable[[str], str | None]) -> Spans:
    found: Spans = set()
    for name in doc.ents:
        label = typed(name.label_)
        if label is not None:
            article = re.match(r"(?:[Tt]he|[Aa]n?) ", name.text)
            found.add((name.start_char + (len(article.group()) if article else 0), name.end_char, label))
    return found


def f_score(pairs: Iterable[tuple[Spans, Spans]]) -> float:
    """F1 in per cent over (gold, predicted) sets."""
    right = truth = guess = 0
    for gold, predicted in pairs:
        right += len(gold & predicted)
        truth += len(gold)
        guess += len(predicted)
    return 200 * right / (truth + guess) if truth + guess else 0.0


def tokens_per_cpu_second(pipeline: Pipeline, passes: int = 5) -> float:
    """Speed over the treebanks' test texts, 20 at a time as in an article, names and rules included, in this process's CPU time.

    The best of several passes: on a shared machine the others measure the neighbours.
    """
    texts = [doc.text for corpus in corpora.TREEBANKS for doc in DocBin().from_disk(_test_file(corpus)).get_docs(pipeline.vocab)]
    best = 0.0
    for _ in range(passes):
        started = time.process_time()
        tokens = sum(len(doc) for first in range(0, len(texts), 20) for doc in pipeline.analyse(texts[first : first + 20]))
        best = max(best, tokens / (time.process_time() - started))
    return best


def _test_file(corpus: str) -> str:
    return str(corpora.shared() / "corpora" / "treebank" / f"{corpus}_test.spacy")
