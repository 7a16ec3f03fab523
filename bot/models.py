"""Every type that travels between the rooms.

Reading makes an ``Article``; language makes its ``Analysis``; the store keeps both and hands back ``Piece``, ``Line``,
``Person`` and the like; the mind turns those into answers (``Summary``, ``Views``, ...). All are frozen: a changed value is a new one.

Positions. A paragraph's position counts from 0 within its article; a sentence's too, over the whole article. Offsets are Unicode code
points into the *paragraph's* text, end exclusive, so that every quotation is cut from the stored words and stays verbatim.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Basis(StrEnum):
    """On what a fact about an article rests."""

    STATED = "stated"
    """Printed on the page, in its text or in its metadata."""
    INFERRED = "inferred"
    """Concluded from something else: a bio line, the address. Shown as such."""
    CORRECTED = "corrected"
    """Entered by a person; survives re-reading."""
    UNKNOWN = "unknown"
    """Not stated; the value is None and stays so."""


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """A value and why we believe it; ``evidence`` names the place it came from ("json-ld", "byline", "bio line")."""

    value: T | None
    basis: Basis
    evidence: str = ""

    @classmethod
    def stated(cls, value: T, evidence: str) -> Fact[T]:
        """A fact that the page prints."""
        return cls(value, Basis.STATED, evidence)

    @classmethod
    def inferred(cls, value: T, evidence: str) -> Fact[T]:
        """A fact concluded from other evidence."""
        return cls(value, Basis.INFERRED, evidence)

    @classmethod
    def unknown(cls) -> Fact[T]:
        """Not stated anywhere."""
        return cls(None, Basis.UNKNOWN)


# --- An article, as it was read -------------------------------------------------------------------------------------


class ParagraphRole(StrEnum):
    """What a paragraph is within the body."""

    BODY = "body"
    HEADING = "heading"
    QUOTE = "quote"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the body, verbatim."""

    position: int
    text: str
    role: ParagraphRole = ParagraphRole.BODY


@dataclass(frozen=True, slots=True)
class Article:
    """One op-ed, column, editorial or analysis, as it was read."""

    title: Fact[str]
    authors: Fact[tuple[str, ...]]
    outlet: Fact[str]
    published: Fact[date]
    paragraphs: tuple[Paragraph, ...]
    standfirst: Fact[str] = field(default_factory=Fact[str].unknown)
    url: Fact[str] = field(default_factory=Fact[str].unknown)
    """The canonical address, without tracking parameters."""
    links: tuple[str, ...] = ()
    """Every address under which the same piece was met, the one that was asked for first."""
    bio: str | None = None
    """The line about the author, as printed: "Vladimir Frolov is president of ..."."""
    partial: bool = False
    """Only a part of the piece could be read (a paywall, a teaser)."""
    modified: date | None = None

    @property
    def text(self) -> str:
        """The body, paragraphs joined by blank lines."""
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def words(self) -> int:
        """Length of the body in words."""
        return sum(len(paragraph.text.split()) for paragraph in self.paragraphs)


# --- What language makes of it --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one paragraph."""

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of one paragraph, with how much it matters to the piece (0 to 1)."""

    position: int
    paragraph: int
    start: int
    end: int
    salience: float = 0.0
    stands_alone: bool = True
    """False when it opens with a pronoun or connective that only the sentence before explains."""


class NameType(StrEnum):
    """What a name names."""

    PERSON = "PERSON"
    ORG = "ORG"
    GPE = "GPE"
    LOC = "LOC"
    NORP = "NORP"
    EVENT = "EVENT"
    LAW = "LAW"
    WORK = "WORK"


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody or something that a piece names, all its mentions made one."""

    position: int
    text: str
    """The fullest form in the piece: "Vladimir Putin"."""
    type: NameType
    mentions: tuple[Span, ...]
    aliases: tuple[str, ...] = ()
    role: str | None = None
    """What the piece calls them: "Russian President"."""


class Voice(StrEnum):
    """Whose statement it is."""

    OWN = "own"
    ATTRIBUTED = "attributed"


class StatementKind(StrEnum):
    """What a statement does. The first four are used for the author's own voice, the others for reported ones."""

    RECOMMENDATION = "recommendation"
    PREDICTION = "prediction"
    JUDGEMENT = "judgement"
    FACT = "fact"
    CLAIM = "claim"
    BELIEF = "belief"
    HOPE = "hope"
    FEAR = "fear"
    DEMAND = "demand"
    INTENTION = "intention"
    QUESTION = "question"


POSITIONS = tuple(kind for kind in StatementKind if kind is not StatementKind.FACT)
"""What says where somebody stands; a plain fact in one's own voice does not."""


class Stance(StrEnum):
    """How a statement speaks of a target."""

    FOR = "for"
    AGAINST = "against"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Target:
    """Whom or what a statement is about; ``stance`` is None unless it is sure enough to be shown."""

    name: int
    """Position of the ``Name`` in its analysis."""
    stance: Stance | None = None
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Statement:
    """A position that somebody takes, as spans of the piece."""

    position: int
    sentence: int
    """Position of the first sentence that it stands in."""
    voice: Voice
    kind: StatementKind
    content: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    """The words that name the source; empty for the author's own voice and for nobody named."""
    cue: tuple[Span, ...] = ()
    source_text: str | None = None
    """Who holds it: the resolved name where the piece says so ("Vladimir Putin" for "he"), else the source's own words."""
    source_name: int | None = None
    """Position of the source's ``Name`` in the analysis, when it is one."""
    strength: float = 0.0
    """How central and how firmly put, 0 to 1."""
    hedged: bool = False
    targets: tuple[Target, ...] = ()
    issues: tuple[str, ...] = ()
    """Slugs of the issues that it is about."""


@dataclass(frozen=True, slots=True)
class IssueLink:
    """A piece filed under an issue; ``main`` when it is what the piece is about, not just mentioned."""

    issue: str
    score: float
    main: bool
    sentences: tuple[int, ...] = ()


class PieceKind(StrEnum):
    """What kind of piece it is."""

    OPINION = "opinion"
    ANALYSIS = "analysis"
    INTERVIEW = "interview"
    NEWS = "news"


@dataclass(frozen=True, slots=True)
class Analysis:
    """What language found in one article."""

    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...]
    statements: tuple[Statement, ...]
    issues: tuple[IssueLink, ...]
    thesis: tuple[int, ...]
    """Sentence positions: one, or two when it takes two."""
    key_points: tuple[int, ...]
    """Sentence positions without the thesis, best first; up to six."""
    kind: Fact[PieceKind]
    analysed_by: str
    """Version of the pipeline and the rules."""


# --- Issues and people ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Issue:
    """A policy issue that pieces are filed under."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    """Slugs."""
    broader: tuple[str, ...] = ()
    """Slugs."""
    own: bool = False
    """Made by the workspace, not part of the catalogue."""


@dataclass(frozen=True, slots=True)
class Person:
    """An author or a quoted person, resolved across pieces."""

    id: int
    name: str
    aliases: tuple[str, ...] = ()
    bio: str | None = None
    role: str | None = None


# --- What the store hands back --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """What every answer cites: a stored article without its body."""

    id: int
    title: Fact[str]
    authors: Fact[tuple[str, ...]]
    outlet: Fact[str]
    published: Fact[date]
    url: Fact[str]
    standfirst: Fact[str]
    words: int
    kind: Fact[PieceKind]
    partial: bool
    added_at: datetime

    @property
    def minutes(self) -> int:
        """Reading time at 230 words a minute (Brysbaert 2019: silent reading of English non-fiction, 238), at least one."""
        return max(1, round(self.words / 230))


@dataclass(frozen=True, slots=True)
class Line:
    """A verbatim sentence with everything needed to cite it."""

    piece: Piece
    sentence: int
    paragraph: int
    """Position of the paragraph, from 0; people are shown it from 1."""
    text: str
    before: str | None = None
    """The sentence before, when this one does not stand alone; with the one before that where it is needed too."""
    salience: float = 0.0
    voice: Voice = Voice.OWN
    kind: StatementKind | None = None
    source: str | None = None
    """Who holds it, for an attributed statement."""
    cue: str | None = None
    content: str | None = None
    strength: float = 0.0
    hedged: bool = False
    issues: tuple[str, ...] = ()
    """Slugs."""
    targets: tuple[tuple[str, Stance], ...] = ()
    """Names with the stance toward them, only where it is sure enough."""
    statement: int | None = None
    """The statement's id in the store."""


class ReadingState(StrEnum):
    """Where a link in the queue is."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing to read: an address, or text that was pasted or dropped; a row of the queue."""

    id: int
    team: str
    source: str
    """An http(s) address, or the name of the file or paste."""
    state: ReadingState
    content: bytes | None = None
    """What was pasted or dropped; None for an address."""
    article: int | None = None
    reason: str | None = None
    """Why it failed, as a sentence for people."""
    attempts: int = 0
    channel: str | None = None
    message: str | None = None
    """Slack channel and ts of the message that waits for this, to be edited."""
    person: str | None = None
    known: bool = False
    """The piece was in the library already."""
