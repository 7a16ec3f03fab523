"""Does a sentence stand alone, shown without the one before it?

It does not when it opens with a pronoun, a demonstrative or a connective that only the sentence before explains, or when a
quotation mark or bracket in it opens or closes without its partner.
"""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Span, Token

OPENING = 4
"""Words at a sentence's start that are looked at."""

_PRONOUNS = frozenset({"he", "she", "they", "him", "her", "them", "his", "hers", "their", "theirs", "its", "these", "those", "this", "that", "such"})
_CONNECTIVES = frozenset(
    "but and or nor yet so however nevertheless nonetheless moreover furthermore therefore thus hence consequently accordingly instead rather "
    "otherwise meanwhile besides also too then likewise similarly indeed still again conversely anyway regardless alternatively additionally "
    "thereby thereafter afterwards worse plus hardly".split()
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
    ("not", "so"),
    ("no", "wonder"),
    ("hence", "the"),
}
_PERIODS = frozenset("week month year weekend morning summer winter spring autumn century decade".split())
_EXPLETIVE = frozenset({"be", "seem", "appear", "take", "remain", "become", "make", "turn"})
_COMPLEMENTS = frozenset({"csubj", "csubj:pass", "ccomp", "advcl", "acl:relcl", "xcomp", "acl"})
_PAIRS = {"(": ")", "[": "]", "“": "”", "«": "»", "„": "“"}


def stands_alone(sentence: Span, text: str | None = None) -> bool:
    """Whether the sentence can be shown by itself; ``text`` is its text, where the caller has it already."""
    words = list(islice((token for token in sentence if not token.is_punct and not token.is_space), OPENING))
    if not words or not balanced(sentence.text if text is None else text):
        return False
    lowered = [token.lower_ for token in words]
    if any(tuple(lowered[:length]) in _OPENINGS for length in range(2, OPENING + 1)):
        return False
    first = words[0]
    if first.lower_ == "it":
        return _is_expletive(first)
    if first.lower_ in _CONNECTIVES:
        return False
    if first.lower_ in {"this", "that", "these", "those"}:
        return _points_forward(first, words)
    return first.lower_ not in _PRONOUNS


def balanced(text: str) -> bool:
    """Whether every quotation mark and bracket has its partner; apostrophes and single marks do not count."""
    if text.count('"') % 2:
        return False
    return all(text.count(opening) == text.count(closing) for opening, closing in _PAIRS.items() if opening != "„")


def _is_expletive(token: Token) -> bool:
    """Reads "It is time to ...", "It seems that ...": the clause that explains "it" follows."""
    head = token.head
    if token.dep_ == "expl":
        return True
    lemmas = {head.lemma_.lower(), *(child.lemma_.lower() for child in head.children if child.dep_ in {"cop", "aux"})}
    return bool(lemmas & _EXPLETIVE) and any(child.dep_ in _COMPLEMENTS and child.i > token.i for child in head.children)


def _points_forward(first: Token, words: list[Token]) -> bool:
    """Reads "This week", "this year" point at a date; "That Kerry left is a sign" opens a clause of its own."""
    if first.lower_ == "that" and first.dep_ == "mark":
        return True
    return len(words) > 1 and words[1].lower_ in _PERIODS
