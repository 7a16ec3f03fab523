"""The annotated texts' markup, read into plain text with character offsets.

The format is described in ``texts/README.md`` beside this file. ``python -m bot.language.training.markup FILE...`` checks
files and counts what is in them; every error names its file and line.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

LABELS = frozenset("FJPRTN")
NAME_TYPES = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP", "EVENT", "LAW", "DATE", "MONEY", "WORK"})
GENRES = frozenset({"op-ed", "column", "editorial", "analysis", "news-analysis", "commentary", "letter", "interview"})

_LINE = re.compile(r"(?P<label>[FJPRTN])(?P<flag>[+*]?\??)\s+(?P<text>\S.*)")
_OPEN = re.compile(r"\{(?P<part>[sqc])(?P<number>\d+)(?:=(?P<who>[^|{}\[\]]+)\|)? ?")
_PARTS = {"s": "source", "q": "cue", "c": "content"}


class MarkupError(ValueError):
    """A line that does not follow the format; the message says where and why."""


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name: character offsets into ``Document.text``, end exclusive."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """A sentence: offsets into ``Document.text``, its label and whether it is the thesis or hedged."""

    start: int
    end: int
    label: str
    thesis: bool
    hedged: bool
    point: bool = False
    """One of those that carry the thesis; marked in some pieces only."""


@dataclass(slots=True)
class Attribution:
    """Who said what; each part is a list of (start, end) offsets into ``Document.text``."""

    source: list[tuple[int, int]] = field(default_factory=list)
    cue: list[tuple[int, int]] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)
    who: str | None = None
    """The name that a pronoun or description stands for, as the annotator resolved it."""


@dataclass(frozen=True, slots=True)
class Document:
    """One annotated piece: paragraphs joined by blank lines, sentences by one space."""

    id: str
    genre: str
    year: int
    region: str
    subject: str
    title: str
    byline: str
    text: str
    sentences: tuple[SentenceSpan, ...]
    names: tuple[NameSpan, ...]
    attributions: tuple[Attribution, ...]

    @property
    def held_out(self) -> bool:
        """Whether the piece belongs to the test set: its number ends in 0 or 5."""
        return self.id[-1] in "05"


def read(path: Path) -> list[Document]:
    """All documents of one file."""
    blocks: list[list[tuple[int, str]]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("## "):
            blocks.append([])
        if blocks:
            blocks[-1].append((number, line))
        elif line.strip():
            raise MarkupError(f"{path}:{number}: text before the first '## ' line")
    return [_document(path, block) for block in blocks]


def _document(path: Path, block: list[tuple[int, str]]) -> Document:
    number, head = block[0]
    fields = [part.strip() for part in head.removeprefix("## ").split("|")]
    if len(fields) != 5 or fields[1] not in GENRES or not fields[2].isdigit():
        raise MarkupError(f"{path}:{number}: want '## id | genre | year | region | subject', got {head!r}")
    about = {"title": "", "byline": ""}
    chunks: list[str] = []
    length = 0
    sentences: list[SentenceSpan] = []
    names: list[NameSpan] = []
    attributions: dict[int, Attribution] = {}
    paragraph_break = False
    for number, line in block[1:]:
        key, _, value = line.partition(": ")
        if not sentences and key in about:
            about[key] = value.strip()
            continue
        if not line.strip():
            paragraph_break = bool(sentences)
            continue
        match = _LINE.fullmatch(line.rstrip())
        if not match:
            raise MarkupError(f"{path}:{number}: no label at the start of {line[:50]!r}")
        separator = "" if not sentences else "\n\n" if paragraph_break else " "
        paragraph_break = False
        start = length + len(separator)
        text = _sentence(f"{path}:{number}", match["text"], start, names, attributions)
        sentences.append(SentenceSpan(start, start + len(text), match["label"], "+" in match["flag"], "?" in match["flag"], "*" in match["flag"]))
        chunks += [separator, text]
        length = start + len(text)
    for key_number, attribution in attributions.items():
        if not attribution.content or not attribution.cue:
            raise MarkupError(f"{path}:{block[0][0]}: attribution {key_number} of {fields[0]} has no cue or no content")
    ids = (fields[0], fields[1], int(fields[2]), fields[3], fields[4])
    return Document(*ids, about["title"], about["byline"], "".join(chunks), tuple(sentences), tuple(names), tuple(attributions.values()))


def _sentence(where: str, marked: str, offset: int, names: list[NameSpan], attributions: dict[int, Attribution]) -> str:
    """The sentence without its markup; what the markup says is added to ``names`` and ``attributions``."""
    plain: list[str] = []
    at = 0
    position = offset
    stack: list[tuple[str, str, int, int]] = []
    while at < len(marked):
        character = marked[at]
        if character == "{":
            match = _OPEN.match(marked, at)
            if not match:
                raise MarkupError(f"{where}: unreadable brace at {marked[at : at + 25]!r}")
            attribution = attributions.setdefault(int(match["number"]), Attribution())
            if match["who"]:
                attribution.who = match["who"].strip()
            stack.append(("}", _PARTS[match["part"]], int(match["number"]), position))
            at = match.end()
        elif character == "[":
            if any(closing == "]" for closing, *_ in stack):
                raise MarkupError(f"{where}: a name inside a name at {marked[at : at + 25]!r}")
            stack.append(("]", "", 0, position))
            at += 1
        elif character in "}]":
            if not stack or stack[-1][0] != character:
                raise MarkupError(f"{where}: {character!r} closes nothing at {marked[max(0, at - 20) : at + 5]!r}")
            _, part, number, start = stack.pop()
            if start == position:
                raise MarkupError(f"{where}: empty markup at {marked[max(0, at - 20) : at + 5]!r}")
            at += 1
            if character == "}":
                getattr(attributions[number], part).append((start, position))
                continue
            kind = re.match(r"\((\w+|-)\)", marked[at:])
            if not kind or kind[1] not in NAME_TYPES | {"-"}:
                raise MarkupError(f"{where}: a name without a known type at {marked[at : at + 25]!r}")
            if kind[1] != "-":
                names.append(NameSpan(start, position, kind[1]))
            at += kind.end()
        else:
            plain.append(character)
            position += 1
            at += 1
    if stack:
        raise MarkupError(f"{where}: {len(stack)} markup left open")
    return "".join(plain)


def read_all(folder: Path) -> Iterator[Document]:
    """Every document of a folder, in the order of the files' names."""
    for path in sorted(folder.glob("*.txt")):
        yield from read(path)


def main(paths: list[str]) -> int:
    """Check the files and print what they hold; 1 when one of them is wrong."""
    counts: Counter[str] = Counter()
    seen: set[str] = set()
    failed = 0
    for path in paths:
        try:
            documents = read(Path(path))
        except MarkupError as error:
            print(error, file=sys.stderr)
            failed = 1
            continue
        for document in documents:
            if document.id in seen:
                print(f"{path}: {document.id} twice", file=sys.stderr)
                failed = 1
            seen.add(document.id)
            held = "test" if document.held_out else "train"
            counts[f"documents.{held}"] += 1
            counts[f"sentences.{held}"] += len(document.sentences)
            counts[f"attributions.{held}"] += len(document.attributions)
            counts.update(f"label.{s.label}" for s in document.sentences)
            counts.update(f"name.{n.type}" for n in document.names)
            counts["words"] += len(document.text.split())
    print("\n".join(f"{name}: {count}" for name, count in sorted(counts.items())))
    return failed


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
