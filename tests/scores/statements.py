"""Who holds which view, measured: ``python -m tests.scores.statements``."""

import json
import re
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from bot.language import kinds, pipeline, reports, stance, statements, voice
from bot.language import sentences as cutting
from bot.language.names import find_names
from bot.language.pronouns import resolve_pronouns
from bot.language.words import flatten
from bot.models import Name, Sentence, Span, Statement, StatementKind, Voice
from tests.shared import scorer, shared_folder

MARKS = Path(__file__).parents[1] / "marks" / "statements.json"
"""Our annotation of the five pieces: offsets into their paragraphs, no words."""

SECOND = MARKS.with_name("statements_second.json")
"""A second reader's, made without a look at the first or at what Entente finds; it marks attempts and strategies that the first leaves out."""

NAMES = [
    *(f"statements.polnear.{figure}" for figure in ("attr", "token", "span", "indirect_recall")),
    *(f"statements.voice.{figure}" for figure in ("newssd", "editorials", "testimony")),
    *(f"statements.stance.{figure}" for figure in ("newsmtsc", "shown_precision", "shown_coverage")),
    *(f"statements.articles.{figure}" for figure in ("attribution", "voice")),
]
POSITIONS = "JPR"
"""The labels that are positions of the author's own."""

LABEL = {kind: label for label, kind in statements.OWN.items()}


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "eval" / name).read_text(encoding="utf-8").splitlines()]


def find(texts: Sequence[str]) -> tuple[tuple[Sentence, ...], tuple[Statement, ...], tuple[Name, ...]]:
    """Sentences, statements and names of an article, by the way that the reader goes."""
    docs = pipeline.load().analyse(texts)
    spans = [(paragraph, span) for paragraph, doc in enumerate(docs) for span in cutting.sentences(doc)]
    sentences = tuple(Sentence(at, paragraph, span.start_char, span.end_char) for at, (paragraph, span) in enumerate(spans))
    names = find_names(docs)
    return sentences, statements.find(docs, sentences, names, resolve_pronouns(docs, names)), names


def attributions(found: Sequence[Statement], offsets: Sequence[int]) -> list[dict[str, Any]]:
    """Reported statements as the scorer reads them; ``offsets`` tell where each paragraph begins."""

    def spans(places: Sequence[Span]) -> list[list[int]]:
        return [[offsets[p.paragraph] + p.start, offsets[p.paragraph] + p.end] for p in places]

    return [
        {"source_span": spans(s.source), "cue_span": spans(s.cue), "content_span": spans(s.content)} for s in found if s.voice is Voice.ATTRIBUTED
    ]


def polnear(folder: Path) -> dict[str, float]:
    """Attribution on the news articles."""
    gold = rows(folder, "attribution/polnear_dev.jsonl")
    predicted = {}
    for record in gold:
        pieces = [(match.start(), match.group()) for match in re.finditer(r"[^\n]+", record["text"]) if match.group().strip()]
        _, found, _ = find([text for _, text in pieces])
        predicted[record["id"]] = {"attributions": attributions(found, [start for start, _ in pieces])}
    result = scorer("score_attribution").score(gold, predicted)
    recall = result["recall_by_type"]["indirect"]["span@.5"]
    figures = {"attr": result["ATTR"]["F1"], "token": result["tok"]["F1"], "span": result["span@.5"]["F1"]}
    return {**figures, "indirect_recall": recall, "n": result["n_gold"]}


def newssd(folder: Path) -> dict[str, float]:
    """Subjective or objective, of sentences that stand alone."""
    gold = rows(folder, "voice/newssd_dev.jsonl")
    labels = {}
    for record, doc in zip(gold, pipeline.load().analyse([record["text"] for record in gold]), strict=True):
        words = flatten([doc])
        reading = voice.read(words, (0, len(words)), reports.index(words, statements.gather(words)))
        labels[record["id"]] = "SUBJ" if reading.subjective else "OBJ"
    return {"newssd": scorer("score_labels").score(gold, labels)["macroF1"], "n": len(gold)}


def editorials(folder: Path) -> dict[str, float]:
    """Opinion, testimony or evidence, of sentences read where they stand: each piece's are put together to its paragraphs first."""
    gold = rows(folder, "voice/editorials_dev.jsonl")
    labels = {}
    for _, piece in groupby(gold, key=lambda record: record["doc"]):
        texts: list[str] = []
        places: list[tuple[str, int, int, int]] = []
        for _, paragraph in groupby(piece, key=lambda record: record["para"]):
            text = ""
            for record in paragraph:
                text += " " * bool(text)
                places.append((record["id"], len(texts), len(text), len(text) + len(record["text"])))
                text += record["text"]
            texts.append(text)
        words = flatten(pipeline.load().analyse(texts))
        found = statements.gather(words)
        contents, said = reports.index(words, found), kinds.said(words, found)
        for key, *place in places:
            stretch = words.range_of(*place)
            assert stretch is not None
            labels[key] = voice.read(words, stretch, contents, said).use
    result = scorer("score_labels").score(gold, labels)
    return {"editorials": result["macroF1"], "testimony": result["TESTIMONY"]["F1"], "n": len(gold)}


def stances(folder: Path) -> dict[str, float]:
    """Stance toward a named target, and how often the stances that are shown are right."""
    gold = rows(folder, "voice/newsmtsc_dev.jsonl")
    labels: dict[str, str] = {}
    shown = right = 0
    for record, doc in zip(gold, pipeline.load().analyse([record["text"] for record in gold]), strict=True):
        words = flatten([doc])
        target = words.range_of(0, *record["target"])
        assert target is not None
        reading = stance.classify(words, (0, len(words)), target)
        labels[record["id"]] = reading.label
        if reading.shown is not None:
            shown += 1
            right += reading.label == record["label"]
    macro = scorer("score_labels").score(gold, labels)["macroF1"]
    precision, coverage = 100 * right / max(1, shown), 100 * shown / len(gold)
    return {"newsmtsc": macro, "shown_precision": precision, "shown_coverage": coverage, "shown": shown, "n": len(gold)}


def articles(folder: Path, reader: Path = MARKS) -> dict[str, float]:
    """The five pieces: ATTR as in the scorer, and F1 of the author's own positions (the sentence, and that it is none of fact or report)."""
    gold = _marked(folder, reader)
    predicted = {}
    hits = found_positions = marked_positions = same_kind = 0
    for name, marked in json.loads(reader.read_text(encoding="utf-8")).items():
        texts = _paragraphs(folder, name)
        sentences, found, _ = find(texts)
        predicted[name] = {"attributions": attributions(found, _offsets(texts))}
        own = {
            (sentences[s.sentence].paragraph, sentences[s.sentence].end): LABEL[s.kind]
            for s in found
            if s.voice is Voice.OWN and s.kind is not StatementKind.FACT
        }
        positions = {(paragraph, end): label for paragraph, _, end, label in marked["sentences"] if label in POSITIONS}
        hits += len(own.keys() & positions.keys())
        same_kind += sum(own.get(place) == label for place, label in positions.items())
        found_positions += len(own)
        marked_positions += len(positions)
    result = scorer("score_attribution").score(gold, predicted)
    return {
        "attribution": result["ATTR"]["F1"],
        "span": result["span@.5"]["F1"],
        "n": result["n_gold"],
        "voice": 200 * hits / max(1, found_positions + marked_positions),
        "kind": 100 * same_kind / max(1, hits),
        "positions": marked_positions,
    }


def agreement(folder: Path) -> float:
    """ATTR F1 of the two readers of the five pieces, by each other."""
    second = {
        piece["id"]: {"attributions": [{f"{part}_span": one[part] or None for part in ("source", "cue", "content")} for one in piece["attributions"]]}
        for piece in _marked(folder, SECOND)
    }
    figure: float = scorer("score_attribution").score(_marked(folder, MARKS), second)["ATTR"]["F1"]
    return figure


def _marked(folder: Path, reader: Path) -> list[dict[str, Any]]:
    """A reader's attributions as the scorer reads them."""
    gold = []
    for name, marked in json.loads(reader.read_text(encoding="utf-8")).items():
        texts = _paragraphs(folder, name)
        starts = _offsets(texts)
        placed = [
            {part: [[starts[one["paragraph"]] + at for at in span] for span in one[part]] for part in ("source", "cue", "content")}
            for one in marked["attributions"]
        ]
        gold.append({"id": name, "text": "\n\n".join(texts), "attributions": placed})
    return gold


def _paragraphs(folder: Path, name: str) -> list[str]:
    pieces = json.loads((folder / "articles" / "gold.json").read_text(encoding="utf-8"))["seeds"]
    return [paragraph["text"] for paragraph in pieces[f"{name}.txt"]["paragraphs"]]


def _offsets(texts: Sequence[str]) -> list[int]:
    return [sum(len(text) + 2 for text in texts[:i]) for i in range(len(texts))]


def main() -> None:
    folder = shared_folder()
    if folder is None:
        for name in NAMES:
            print(f"{name}: not measured (the development sets are not beside the checkout)")
        return
    result = polnear(folder)
    n = f"n {result['n']:.0f}"
    print(f"statements.polnear.attr: {result['attr']:.1f} ({n}, peer 48.7, goal 55)")
    print(f"statements.polnear.token: {result['token']:.1f} ({n}, peer 66, goal 84)")
    print(f"statements.polnear.span: {result['span']:.1f} ({n}, peer 48, goal 66)")
    print(f"statements.polnear.indirect_recall: {result['indirect_recall']:.1f} ({n}, goal 55)", flush=True)
    result = newssd(folder)
    print(f"statements.voice.newssd: {result['newssd']:.1f} (n {result['n']:.0f}, peer 53.9, goal 68)")
    result = editorials(folder)
    print(f"statements.voice.editorials: {result['editorials']:.1f} (n {result['n']:.0f}, peer 54.2, goal 68)")
    print(f"statements.voice.testimony: {result['testimony']:.1f} (n {result['n']:.0f}, goal 58)", flush=True)
    result = stances(folder)
    print(f"statements.stance.newsmtsc: {result['newsmtsc']:.1f} (n {result['n']:.0f}, peer 59.3, goal 70)")
    print(f"statements.stance.shown_precision: {result['shown_precision']:.1f} (n {result['shown']:.0f}, goal 90)")
    print(f"statements.stance.shown_coverage: {result['shown_coverage']:.1f} (n {result['n']:.0f})", flush=True)
    result, other = articles(folder), articles(folder, SECOND)
    print(
        f"statements.articles.attribution: {result['attribution']:.1f} (n {result['n']:.0f}, span F1 {result['span']:.1f}, goal 75; "
        f"by a second reader's {other['n']:.0f}: {other['attribution']:.1f}, the readers by each other: {agreement(folder):.1f})"
    )
    print(
        f"statements.articles.voice: {result['voice']:.1f} (n {result['positions']:.0f}, of these the right kind {result['kind']:.0f}%, goal 75; "
        f"by the second reader's {other['positions']:.0f}: {other['voice']:.1f})"
    )


if __name__ == "__main__":
    main()
