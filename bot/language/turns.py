"""Turns of phrase by which an author calls for something or foretells it: "it is time to", "there is no excuse for", "is bound to"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

WISE = "best|better|decent|first|honest|honourable|next|obvious|only|proper|prudent|right|safest|sane|sensible|sound|wise|wiser|wisest"
COURSE = "answer|approach|choice|course|lesson|move|option|path|place|policy|priority|question|remedy|response|solution|step|strategy|task|thing|way"
PERIOD = "day|week|month|year|decade|generation|election|century|spring|summer|autumn|winter"
TO_BE = "is|are|was|were|be|being|been|remains"

CALLS = {
    "time": rf"\b(?:time|moment) (?:{TO_BE}|has come|to|for|that)\b",
    "hightime": r"\b(?:high|about|past) time\b|\btime has come\b|\bnow (?:is|was) the (?:time|moment)\b",
    "course": rf"\b(?:{WISE}) (?:\w+ )?(?:{COURSE})\b",
    "courseis": rf"\b(?:{COURSE}) (?:now |then |here |must |should |would |out )?(?:{TO_BE}|lies)\b",
    "noexcuse": r"\bno (?:good |possible |longer any )?(?:excuse|reason|question|room|place|justification|need|point|sense)\b",
    "case": r"\b(?:strong |good |every |better |overwhelming )?(?:case for|reason to|argument for)\b",
    "domore": r"\bwould (?:\w+ )?(?:do|help|serve|be) (?:\w+ ){0,3}(?:more|well|better|wise|right|good|best)\b",
    "needs": r"\bneeds?\b(?! not)|\b(?:is|are) (?:badly |urgently |sorely )?needed\b",
    "whatneeds": r"\bwhat (?:\w+ ){0,3}(?:needs?|needed|is needed|is required|matters)\b",
    "duty": r"\b(?:duty|obligation|responsibility|onus)\b|\b(?:falls|up) to\b|\bowes?\b(?: \w+){0,2} to\b|\bincumbent\b",
    "better": r"^(?:far |much )?better to\b|\bhad better\b|\bbetter (?:off|served)\b|\bthe sooner\b|\bthe least that\b",
    "mustbe": r"\b(?:must|should|ought to|has to|have to|needs? to|cannot|can ?not) (?:not |never |now |also )*(?:be|begin|start|stop|end)\b",
    "noneshould": r"\b(?:no|none|nobody|never|neither)\b(?: \w+){0,5} (?:should|must)\b",
    "afford": r"\b(?:can(?: ?not| no longer|n't)) (?:afford|wait|put off|go on|be allowed|continue|ignore)\b",
    "overdue": r"\b(?:overdue|deserves?|essential|vital|imperative|crucial|advisable|well advised|makes sense)\b",
    "instead": r"\b(?:instead|rather)\b",
    "let": r"^let\b|^(?:do not|don't|never)\b",
    "only": r"\bonly (?:a|an|then|if|when|by)\b.*\b(?:will do|can)\b",
}
"""What it is time, wise, needed, somebody's duty to do."""

FORESIGHTS = {
    "will": r"\b(?:will|shall|won't|'ll)\b",
    "bound": r"\b(?:bound|set|doomed|destined|poised|due|about|sure|certain|going|heading|expected|likely|unlikely) (?:to|for)\b",
    "would": r"\bwould\b(?! \w+ (?:have|do well|be wise|be right))",
    "may": r"\b(?:may|might|could)\b(?! have)",
    "chance": r"\b(?:chances?|odds|prospects?|likelihood|probability|matter of time)\b",
    "soon": r"\b(?:sooner or later|before long|soon|eventually|in the end|some day|one day|yet)\b",
    "horizon": rf"\b(?:next|coming|following) (?:\w+ )?(?:{PERIOD})s?\b|\bwithin a\b",
    "by": r"\b(?:by|before|until) (?:the )?(?:20\d\d|end|spring|summer|autumn|winter|next|christmas)\b",
    "expect": r"^expect\b|\b(?:promises? to|threatens? to|looks? set|stands? (?:a|to))\b",
    "unless": r"\b(?:unless|if|without|once)\b.*\b(?:will|would|could)\b|\b(?:will|would)\b.*\b(?:unless|if|without)\b",
}
"""What is bound, likely, expected to happen, and when."""


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    named = [(f"call={name}", pattern) for name, pattern in CALLS.items()]
    named += [(f"foretells={name}", pattern) for name, pattern in FORESIGHTS.items()]
    return tuple((name, re.compile(pattern)) for name, pattern in named)


def found(text: str) -> Iterator[str]:
    """The turns in some words in lower case, single spaces between them."""
    for name, pattern in _patterns():
        if pattern.search(text):
            yield name
