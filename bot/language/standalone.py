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

_PRONOUNS = frozenset({"he", "she", "they", "him", "her", "them", "his", "hers", "their", "theirs", "its", "these", "those", "this", "that", "such"})
_CONNECTIVES = frozenset(
    "but and or nor yet so however nevertheless nonetheless moreover furthermore therefore thus hence consequently accordingly instead rather "
    "otherwise meanwhile besides also too then likewise similarly indeed still again conversely anyway regardless alternatively additionally "
    "thereby thereafter afterwards worse plus hardly others".split()
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
    ("in", "that"),
    ("in", "this"),
    ("by", "contrast"),
    ("by", "that"),
    ("on", "the", "contrary"),
    ("on", "the", "other", "hand"),
    ("as", "a", "result"),
    ("as", "such"),
    ("at", "the", "same", "time"),
    ("to", "that", "end"),
    ("to", "this", "end"),
    ("that", "said"),
    ("even", "so"),
    ("after", "that"),
    ("another", "problem"),
    ("another", "reason"),
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
}
_PERIODS = frozenset("week month year weekend morning summer winter spring autumn century decade".split())
_EXPLETIVE = frozenset({"be", "seem", "appear", "take", "remain", "become", "make", "turn"})
_OF_SOMEBODY = frozenset(
    "loath willing unwilling ready eager keen able unable likely unlikely bound set due determined reluctant prepared free happy afraid anxious sure "
    "certain".split()
)
"""What somebody is: "It would be loath to see the pact undone" speaks of a country. "It is likely that ..." is told apart by its "that"."""
_COMPLEMENTS = frozenset({"csubj", "csubj:pass", "ccomp", "advcl", "acl:relcl", "xcomp", "acl"})
_WORD = re.compile(r"[^\W_]+")
_SINGLE = re.compile(r"(?:^|[\s(\[“\"—–.,!?;:…])[‘'’]")
_OPENS = re.compile(r"(?:^|(?<=[\s(\[“\"—–]))[‘'’](?=[^\W\d_])(?!.(?:em|til|tis|twas|n)\b)")
_CLOSES = re.compile(r"(?<=[.,!?;:…])['’](?=[\s\"”)\]—–]|$)")
_MAY_CLOSE = re.compile(r"(?<=\w)['’](?=[\s.,;:!?\"”)\]—–]|$)")
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
    if first in _FIRST_OF_OPENINGS and any(tuple(words[:length]) in _OPENINGS for length in range(2, OPENING + 1)):
        return Leaning.TURN
    if first == "it":
        return Leaning.NOTHING if _is_expletive(_first_word(sentence)) else Leaning.REFERENCE
    if first in _CONNECTIVES:
        return Leaning.TURN
    if first in _DEMONSTRATIVES:
        return Leaning.NOTHING if _points_forward(_first_word(sentence), words) else Leaning.REFERENCE
    if first in _PAIRED:
        return Leaning.NOTHING if _PAIRED[first] in words else Leaning.REFERENCE
    return Leaning.REFERENCE if first in _PRONOUNS else Leaning.NOTHING


def balanced(text: str) -> bool:
    """Whether every quotation mark and bracket has its partner; single marks count where they are surely no apostrophes."""
    count = text.count
    if count('"') % 2 or count("“") != count("”") or count("(") != count(")") or count("[") != count("]") or count("«") != count("»"):
        return False
    return _singles_match(text)


def _singles_match(text: str) -> bool:
    """A mark behind a letter may close a quotation or be a plural's; one before a word opens, one behind a full stop closes."""
    if not _SINGLE.search(text):
        return True
    opened, closed = len(_OPENS.findall(text)), len(_CLOSES.findall(text))
    return closed <= opened <= closed + len(_MAY_CLOSE.findall(text))


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
    return token.dep_ == "expl" or any(child.dep_ in _COMPLEMENTS and child.i > token.i for child in head.children)


def _points_forward(first: Token, words: Sequence[str]) -> bool:
    """Reads "This week", "this year" point at a date; "That Kerry left is a sign" opens a clause of its own."""
    if first.lower_ == "that" and first.dep_ == "mark":
        return True
    return len(words) > 1 and words[1] in _PERIODS
