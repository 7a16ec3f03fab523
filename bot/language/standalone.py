"""Does a sentence stand alone, shown without the one before it?

It does not when it opens with a pronoun, a demonstrative or a connective that only the sentence before explains, or when a
quotation mark or bracket in it opens or closes without its partner.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from spacy.tokens import Span, Token

OPENING = 4
"""Words at a sentence's start that are looked at."""
READ = 60
"""Characters in which these are looked for."""
FIRST_CLAUSE = 75
"""Characters in which a connective stands that was put behind the first words."""

_PRONOUNS = frozenset({"he", "she", "they", "him", "her", "them", "his", "hers", "their", "theirs", "its", "these", "those", "this", "that", "such"})
_CONNECTIVES = frozenset(
    "but and or nor yet so however nevertheless nonetheless moreover furthermore therefore thus hence consequently accordingly instead rather "
    "otherwise meanwhile besides also too then likewise similarly indeed still again conversely anyway regardless alternatively additionally "
    "thereby thereafter afterwards worse plus hardly others other another".split()
)
_OPENINGS = {
    ("for", "example"),
    ("for", "instance"),
    ("in", "fact"),
    ("in", "turn"),
    ("in", "contrast"),
    ("in", "other", "words"),
    ("in", "addition"),
    ("in", "short"),
    ("by", "contrast"),
    ("on", "the", "contrary"),
    ("on", "the", "other", "hand"),
    ("as", "a", "result"),
    ("as", "such"),
    ("at", "the", "same", "time"),
    ("to", "that", "end"),
    ("to", "this", "end"),
    ("that", "said"),
    ("even", "so"),
    ("the", "former"),
    ("the", "latter"),
    ("the", "same"),
    ("the", "other"),
    ("what", "is", "more"),
    ("more", "broadly"),
    ("of", "course"),
    ("only", "then"),
    ("even", "then"),
    ("not", "so"),
    ("no", "wonder"),
    ("hence", "the"),
    ("the", "answer"),
    ("if", "the", "answer"),
    ("the", "result", "is"),
    ("the", "result", "was"),
    ("the", "reason", "is"),
    ("the", "reason", "was"),
    ("until", "then"),
    ("since", "then"),
    ("from", "then"),
    ("by", "then"),
    ("more", "importantly"),
    ("first", "of", "all"),
    ("here", "too"),
    ("here", "again"),
    ("what", "remains"),
}
_AFTERTHOUGHT = re.compile(
    r" (?:however|though|nevertheless|nonetheless|moreover|meanwhile|therefore|by contrast|in contrast|on the other hand|for example"
    r"|for instance|too)(?:,|[.!?]$)"
)
"""A connective behind the words that it puts beside what was said before: "The canals, however, leak", "There was a string attached, however."."""
_CLAUSE_ENDS = re.compile("[;:]")
_FRAGMENT = frozenset({"because", "which", "whose", "whereas"})
"""What opens half a sentence whose other half stands before: "Because it costs more to do so", unless a main clause follows."""
_NO_CONNECTIVES = frozenset({("other", "than"), *(("too", amount) for amount in ("many", "much", "few", "little", "often", "late", "soon"))})
_PERIODS = frozenset("week month year weekend morning summer winter spring autumn century decade".split())
_EXPLETIVE = frozenset({"be", "seem", "appear", "take", "remain", "become", "make", "turn"})
_OF_SOMEBODY = frozenset(
    "loath willing unwilling ready eager keen able unable likely unlikely bound set due determined reluctant prepared free happy afraid anxious sure "
    "certain".split()
)
"""What somebody is: "It would be loath to see the pact undone" speaks of a country. "It is likely that ..." is told apart by its "that"."""
_RANKS = frozenset({"first", "second", "third", "last", "only"})
"""It is the first bank to fail" speaks of a bank, "The second failed" of another."""
_COMPLEMENTS = frozenset({"csubj", "csubj:pass", "ccomp", "advcl", "acl:relcl", "xcomp", "acl"})
_WORD = re.compile(r"[^\W_]+")
_SINGLE = re.compile(r"(?:^|[\s(\[“\"—–.,!?;:…])[‘'’]")
_OPENS = re.compile(r"(?:^|(?<=[\s(\[“\"—–]))[‘'’](?=[^\W\d_])(?!.(?:em|til|tis|twas|n)\b)")
_CLOSES = re.compile(r"(?<=[.,!?;:…])['’](?=[\s\"”)\]—–]|$)")
_MAY_CLOSE = re.compile(r"(?<=\w)['’](?=[\s.,;:!?\"”)\]—–]|$)")
_LEADING = frozenset(
    "in at by to for of with under from on until since after before over behind beyond despite besides without against among between through within "
    "all most some many several none each one two both few neither half part any".split()
)
"""What may stand before a word that points back: "Under this plan", "None of these", "For them"."""
_POINTING = frozenset({"this", "these", "them", "such", "him"})
_OTHERS = frozenset({"he", "she", "they", "him", "them"})
_WHOSE = frozenset({"his", "her", "their", "its"})
_PRONOUN = re.compile(r"\b(?:it|he|she|they|him|them|his|her|their|its)\b")
_NAMING = frozenset({"NOUN", "PROPN"})
_FORMAL = frozenset({"expl", "expl:pv"})
_DEMONSTRATIVES = frozenset({"this", "that", "these", "those"})
_PAIRED = {"both": "and", "neither": "nor"}
"""What points back unless its own partner follows: "Both men left", "Both the king and the council left"."""
_FIRST_OF_OPENINGS = frozenset(words[0] for words in _OPENINGS)


class Leaning(StrEnum):
    """On what a sentence leans that stands outside it."""

    NOTHING = "nothing"
    TURN = "turn"
    """It opens with a connective: "But the council ...", "For example, ...": what it says is clear, what it answers is not."""
    REFERENCE = "reference"
    """It opens with a pronoun or a demonstrative: whom or what it speaks of is not said."""
    HALF = "half"
    """A quotation mark or bracket in it has its partner elsewhere."""


def stands_alone(sentence: Span, text: str | None = None) -> bool:
    """Whether the sentence can be shown by itself; ``text`` is its text, where the caller has it already."""
    return leaning(sentence, text) is Leaning.NOTHING


def leaning(sentence: Span, text: str | None = None) -> Leaning:
    """On what the sentence leans."""
    text = sentence.text if text is None else text
    words = _WORD.findall(text[:READ].lower())
    if not words or not balanced(text):
        return Leaning.HALF
    first = words[0]
    if (behind := _AFTERTHOUGHT.search(text, 0, FIRST_CLAUSE)) and not _CLAUSE_ENDS.search(text, 0, behind.start()):
        return Leaning.TURN
    if first in _LEADING and _led(words):
        return Leaning.REFERENCE
    if first in _FRAGMENT and _is_fragment(text, first):
        return Leaning.TURN
    if first in _FIRST_OF_OPENINGS and any(tuple(words[:length]) in _OPENINGS for length in range(2, OPENING + 1)):
        return Leaning.TURN
    if first == "it":
        return Leaning.NOTHING if _is_expletive(_first_word(sentence)) else Leaning.REFERENCE
    if first in _CONNECTIVES:
        return Leaning.NOTHING if tuple(words[:2]) in _NO_CONNECTIVES else Leaning.TURN
    if first == "the" and words[1:2] and words[1] in _RANKS:
        return Leaning.REFERENCE if _is_rank_alone(sentence) else Leaning.NOTHING
    if first in _DEMONSTRATIVES:
        return Leaning.NOTHING if _points_forward(_first_word(sentence), words) else Leaning.REFERENCE
    if first in _PAIRED:
        return Leaning.NOTHING if _PAIRED[first] in words else Leaning.REFERENCE
    if first in _PRONOUNS or (_PRONOUN.search(text, 0, READ) and _names_nobody_before(sentence)):
        return Leaning.REFERENCE
    return Leaning.NOTHING


def balanced(text: str) -> bool:
    """Whether every quotation mark and bracket has its partner; single marks count where they are surely no apostrophes."""
    count = text.count
    if count('"') % 2 or count("“") != count("”") or count("(") != count(")") or count("[") != count("]") or count("«") != count("»"):
        return False
    return _singles_match(text)


def _singles_match(text: str) -> bool:
    """A mark behind a letter may close a quotation or be a plural's; one before a word opens, one behind a full stop closes."""
    marked = "'" in text or "’" in text or "‘" in text
    if not marked or not _SINGLE.search(text):
        return True
    opened, closed = len(_OPENS.findall(text)), len(_CLOSES.findall(text))
    return closed <= opened <= closed + len(_MAY_CLOSE.findall(text))


def _is_rank_alone(sentence: Span) -> bool:
    """Whether no noun follows: "The first was sold"."""
    rank = next((token for token in sentence if token.lower_ in _RANKS), None)
    return rank is not None and rank.i + 1 < sentence.end and rank.nbor().pos_ in {"VERB", "AUX"}


def _led(words: Sequence[str]) -> bool:
    """Reads "In this way", "Most of them"; "In this week's vote" and "For those who stayed" say what they mean."""
    second, third, *_ = [*[word for word in words[1:4] if word != "of"], "", ""]
    points = second in _POINTING or (second == "that" and words[0] != "all")
    return points and third not in _PERIODS


def _is_fragment(text: str, first: str) -> bool:
    """Whether the clause that a subordinating word opens is all there is; a question may open with which."""
    if first == "because":
        return "," not in text and not text.lower().startswith("because of ")
    return not text.endswith("?")


def _names_nobody_before(sentence: Span) -> bool:
    """Reads "When they stopped, the mill closed", "I hope to sell it": a pronoun comes before the first noun.

    Of "In her speech the minister Lena Roth said ..." the name that follows is taken for hers.
    """
    for token in sentence:
        if token.pos_ in _NAMING:
            return False
        if token.lower_ == "it":
            return token.dep_ not in _FORMAL and not _is_expletive(token) and sentence[token.i - sentence.start + 1 :][:1].text != "comes"
        if token.lower_ in _OTHERS:
            return True
        if token.lower_ in _WHOSE:
            return not any(later.pos_ == "PROPN" for later in sentence[token.i - sentence.start :])
    return False


def _first_word(sentence: Span) -> Token:
    return next(token for token in sentence if token.text[0].isalnum())


def _is_expletive(token: Token) -> bool:
    """Reads "It is time to ...", "It seems that ...": the clause that explains "it" follows."""
    head = token.head
    if head.lemma_.lower() in _OF_SOMEBODY and not any(token.lower_ == "that" for token in head.doc[head.i + 1 : head.i + 2]):
        return False
    lemmas = {head.lemma_.lower(), *(child.lemma_.lower() for child in head.children if child.dep_ in {"cop", "aux:pass"})}
    if not lemmas & _EXPLETIVE:
        return False
    if any(child.lower_ in _RANKS for child in head.children):
        return False
    return token.dep_ == "expl" or any(child.dep_ in _COMPLEMENTS and child.i > token.i and not _is_said_of(child) for child in head.children)


def _is_said_of(clause: Token) -> bool:
    """Reads "It was later revealed to be a fraud": what was revealed is named before."""
    return clause.dep_ == "xcomp" and any(child.dep_ == "aux:pass" for child in clause.head.children)


def _points_forward(first: Token, words: Sequence[str]) -> bool:
    """Reads "This week", "this year" point at a date; "That Kerry left is a sign" opens a clause of its own."""
    if first.lower_ == "that" and first.dep_ == "mark":
        return True
    return len(words) > 1 and words[1] in _PERIODS
