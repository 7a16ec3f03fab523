"""Sentences that people would recognise.

A spaCy component before the parser says where a sentence cannot begin (a closing quotation mark, the name after "Gen.", "he asked"
behind a question mark) and where it must; the parser decides the rest. ``sentences`` then cuts what is shown and stored, and
``quotations`` finds each quotation as one whole, over as many sentences as it runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from bot.language import gazetteer

FACTORY = "entente_sentence_rules"
MENDER = "entente_torn_sentences"
_NEVER = "entente_never_first"
WHOLE = "entente_whole"
"""Key in ``Doc.user_data``: the paragraph is a heading, one sentence however it is punctuated."""

TEXT = "entente_text"
"""Key in ``Doc.user_data``: the paragraph's text, which spaCy would put together again from the tokens each time it is asked."""

OPENING = frozenset("“‘«([{")
CLOSING = frozenset("”’»)]}")
STRAIGHT = frozenset({'"', "''", "``", "'"})
FINAL = frozenset({".", "!", "?", "…", "...", "?!", "!?"})
NEVER_FIRST = frozenset({",", ";", ":", "%", "/", "'s", "’s", "n't", "n’t", "'", "…"}) | FINAL

_INITIAL = re.compile(r"[A-Z]\.(-?[A-Z]\.)*")
_QUOTE_MARKS = re.compile("[\"“”„«»]|``|''")


def opens(token: Token) -> bool:
    """Whether a quotation mark or bracket opens: by its shape, or for straight ones by the spaces around it."""
    text = token.text
    if text in OPENING:
        return True
    if text not in STRAIGHT:
        return False
    if text == "``":
        return True
    before = token.i == 0 or bool(token.nbor(-1).whitespace_) or token.nbor(-1).is_space or token.nbor(-1).text in OPENING | {"—", "–", "--"}
    return before and not token.whitespace_


def closes(token: Token) -> bool:
    """Whether a quotation mark or bracket closes."""
    return token.text in CLOSING or (token.text in STRAIGHT and not opens(token))


@Language.component(FACTORY)
def set_boundaries(doc: Doc) -> Doc:
    """The component: fix ``is_sent_start`` where a rule is certain, leave it open elsewhere."""
    if doc.user_data.get(WHOLE):
        never = list(range(1, len(doc)))
    else:
        never = []
        words = [token.text for token in doc]
        plain = [word.isalpha() for word in words]
        for at in range(1, len(words)):
            if plain[at - 1] and plain[at]:
                if words[at][0].islower() or _continues_name(words[at - 1], doc[at]):
                    never.append(at)
            else:
                certain = _starts(doc[at])
                if certain:
                    doc[at].is_sent_start = True
                elif certain is False:
                    never.append(at)
    for at in never:
        doc[at].is_sent_start = False
    doc.user_data[_NEVER] = frozenset(never)
    return doc


def _continues_name(previous: str, token: Token) -> bool:
    """Whether a capitalised word behind another or behind an office ("spokesperson Julie") belongs to a name; words that open sentences do not."""
    return token.is_title and not token.is_stop and (previous.istitle() or previous in gazetteer.titles())


@Language.component(MENDER)
def join_torn(doc: Doc) -> Doc:
    """The component behind the parser, which may leave a second root in a sentence: hang it below the first where no sentence begins."""
    never = doc.user_data.pop(_NEVER, frozenset())
    torn = [sentence.start for sentence in doc.sents if sentence.start in never]
    for start in torn:
        first, second = doc[start - 1].sent.root, doc[start].sent.root
        second.head, second.dep_ = first, "parataxis"
    return doc


def _starts(token: Token) -> bool | None:
    """True or False where it is certain, else None."""
    previous = token.nbor(-1)
    if token.is_space:
        return False
    if previous.is_space and "\n\n" in previous.text:
        return True
    if token.text in NEVER_FIRST or closes(token) or (token.text in _DASHES and token.i <= LONGEST_DATELINE and not previous.is_space):
        return False
    back = previous
    while back.i > 0 and back.is_space:
        back = back.nbor(-1)
    if opens(back):
        return False
    return _after(token, back)


def _after(token: Token, previous: Token) -> bool | None:
    """Decide by the last word before ``token``."""
    text = _abbreviation(previous)
    first = token.text[0]
    if text in gazetteer.abbreviations("before_name"):
        return False
    if text in gazetteer.abbreviations("anywhere") and (first.islower() or first.isdigit() or token.lower_ in gazetteer.titles()):
        return False
    if _INITIAL.fullmatch(text) and token.is_title and previous.i > 0 and _is_part_of_name(previous.nbor(-1)) and not _common(token):
        return False
    if previous.text == ",":
        return False
    if first.islower() and previous.text not in FINAL and token.is_alpha:
        return False
    if first.islower() and (closes(previous) or previous.text in {"!", "?", "...", "…"}):
        return False
    if text in _DASHES and previous.i <= LONGEST_DATELINE and previous.i > 0:
        return False
    if text == ":" and (first.islower() or first.isdigit()):
        return False
    return _after_quotation(token, previous)


_DASHES = frozenset({"-", "--", "–", "—"})
_SAID = frozenset(
    "said says asked asks replied replies answered added adds wrote writes shouted cried insisted wondered told tells recalled joked".split()
)

LONGEST_DATELINE = 8
"""Words of a dateline: "KIEV, Ukraine (Reuters) —"; what follows it is the same sentence for a reader."""

FARTHEST_SAID = 4
"""Words between a quotation and the verb that introduces it from behind: '"Why?" the old minister asked.'"""


def _after_quotation(token: Token, previous: Token) -> bool | None:
    """False where the sentence goes on behind a quotation: behind a comma, or before "Orlova asked" behind a question."""
    if not closes(previous):
        return None
    last = previous
    while last.i > 0 and (closes(last) or last.is_space):
        last = last.nbor(-1)
    if last.text == ",":
        return False
    if last.text in {"?", "!"}:
        for word in token.doc[token.i + 1 : token.i + 1 + FARTHEST_SAID]:
            if word.lower_ in _SAID:
                return False
            if word.is_punct:
                break
    return None


def _abbreviation(token: Token) -> str:
    """The token with the full stop that the tokenizer may have cut off."""
    if token.text == "." and token.i > 0 and not token.nbor(-1).whitespace_:
        return token.nbor(-1).text + "."
    return token.text


def _is_part_of_name(token: Token) -> bool:
    return (token.is_title and token.is_alpha) or _INITIAL.fullmatch(token.text) is not None


def _common(token: Token) -> bool:
    """A word that opens sentences rather than being a surname."""
    return token.is_stop


def sentences(doc: Doc) -> list[Span]:
    """The sentences as they are shown: without surrounding white space, and none that is only punctuation."""
    found: list[tuple[int, int]] = []
    for sentence in doc.sents:
        start, end = sentence.start, sentence.end
        while start < end and doc[start].is_space:
            start += 1
        while end > start and doc[end - 1].is_space:
            end -= 1
        if start == end:
            continue
        if found and not any(token.text[0].isalnum() for token in doc[start:end]):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return [doc[start:end] for start, end in found]


def quotations(text: str) -> Iterator[tuple[int, int]]:
    """Character spans of the quotations in a paragraph, marks included; one that is not closed runs to the paragraph's end."""
    opened: int | None = None
    for mark in _QUOTE_MARKS.finditer(text):
        at, symbol = mark.start(), mark.group()
        if opened is None:
            if symbol in "“„«" or symbol == "``" or (symbol == '"'):
                opened = at
        elif symbol in "”»" or symbol in {'"', "''"}:
            yield opened, mark.end()
            opened = None
    if opened is not None:
        yield opened, len(text)
