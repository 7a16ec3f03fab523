"""How far a name reaches: what the model left off at its end, and two bodies that it took for one.

"William L." goes on to the surname, "Front" to "for the Liberation of the Gulf", "Washington" to "D.C.", "Liberal" to its "party"; "Reform
Party and Centre Party" are two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

_BODIES_FOR = frozenset(
    (
        "Front Movement Movements Association Union Alliance League Society Campaign Coalition Committee Council Center Centre Institute "
        "Foundation Organization Organisation Congress Fund Rally Conference Commission Agency Office Network Initiative Forum Group"
    ).split()
)
"""Bodies whose names go on behind "for"; not parties, which have candidates for places."""

_ENDS = frozenset("Party Alliance Union League Movement Congress Front Bloc Federation Coalition Association".split())
_CAMPS = frozenset(
    "Liberal Conservative Green Labour Labor Communist Socialist Democratic Republican Nationalist Unionist Reform Centre People Workers".split()
)
_REALMS = frozenset("Principality Duchy Kingdom Republic State Colony Province County Emirate Sultanate Empire Commonwealth Khanate".split())
_REALM = re.compile(rf"(?:.* )?(?:{'|'.join(sorted(_REALMS))}) of(?: the)?")
_INITIAL = re.compile(r"[A-Z]\.")


def reach(doc: Doc, names: list[Span]) -> list[Span]:
    """The names with their ends mended, in the order of the text."""
    found = sorted((part for name in names for part in _parted(name)), key=lambda name: name.start)
    result: list[Span] = []
    for name in found:
        if result and name.start < result[-1].end:
            continue
        result.append(_reaching(doc, name))
    return result


def _parted(name: Span) -> Iterator[Span]:
    """ "Reform Party and Federation of Farmers" as two: a body ends before the "and" and a capital follows."""
    if name.label_ == "ORG":
        for token in name[1:-1]:
            if token.lower_ == "and" and token.nbor(-1).text in _ENDS and _whole_behind(name, token):
                yield Span(name.doc, name.start, token.i, label="ORG")
                yield Span(name.doc, token.i + 1, name.end, label="ORG")
                return
    yield name


def _whole_behind(name: Span, joint: Token) -> bool:
    behind = name.doc[joint.i + 1 : name.end]
    return behind[0].is_title and any(token.text in _ENDS for token in behind)


def _reaching(doc: Doc, name: Span) -> Span:
    end = name.end
    if name.label_ == "PERSON":
        end = _behind_initial(doc, name) if doc[end - 1].text.endswith(".") else _behind_hyphen(doc, name)
    elif name.label_ == "ORG" and name[-1].text in _BODIES_FOR:
        end = _behind_for(doc, end)
    elif name.label_ in {"GPE", "LOC"} and name.start > 1 and _REALM.fullmatch(doc[max(0, name.start - 3) : name.start].text.split(". ")[-1]):
        start = next(i for i in range(name.start - 1, -1, -1) if doc[i].text in _REALMS)
        return Span(doc, start - (start > 0 and doc[start - 1].text in {"Grand", "Crown"}), end, label=name.label_)
    elif name.text == "Washington" and doc[end : end + 2].text == ", D.C.":
        end += 2
    elif name.label_ in {"NORP", "ORG"} and len(name) == 1 and name.text in _CAMPS and end < len(doc) and doc[end].text == "party":
        return Span(doc, name.start, end + 1, label="ORG")
    return name if end == name.end else Span(doc, name.start, end, label=name.label_)


def _behind_initial(doc: Doc, name: Span) -> int:
    """The end of a person's name that stops at a middle initial: the surname belongs to it."""
    last = name[-1]
    if len(name) < 2 or not _INITIAL.fullmatch(last.text) or name.end >= len(doc):
        return name.end
    after = doc[name.end]
    return name.end + 1 if after.is_title and after.is_alpha and not after.is_stop and not after.is_sent_start else name.end


def _behind_hyphen(doc: Doc, name: Span) -> int:
    """The end of a given name in two parts: "Pak Chung-min"."""
    joint = doc[name.end : name.end + 2]
    whole = len(name) > 1 and len(joint) == 2 and joint[0].text == "-" and not (name[-1].whitespace_ or joint[0].whitespace_)
    return joint.end if whole and joint[1].is_lower and joint[1].tag_ == "NNP" else name.end


def _behind_for(doc: Doc, end: int) -> int:
    """The end of a body's purpose: "for" and capitalised words, joined by "of" and "the" to more such words."""
    if end >= len(doc) or doc[end].text != "for":
        return end
    at, last = end + 1, end
    while at < len(doc):
        token = doc[at]
        if token.text[0].isupper() and token.is_alpha:
            last = at + 1
        elif token.text not in {"of", "the", "a"}:
            break
        at += 1
    return last if last > end else end
