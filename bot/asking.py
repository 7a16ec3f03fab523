"""The words with which people ask: kinds of questions and how each shows, small words."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache


class QuestionKind(StrEnum):
    """What is asked for."""

    SUMMARY = "summary"
    """Of one piece."""
    VIEWS = "views"
    """What a person says, on an issue or at large."""
    COMPARE = "compare"
    """Two people side by side."""
    ISSUE = "issue"
    """What everybody says about an issue."""
    DISAGREE = "disagree"
    """Who holds otherwise: than the thread's piece or person, or on an issue."""
    NEWER = "newer"
    """What came in since, about the thread's subject or at large."""
    OLDER = "older"
    """What was written before the pieces last listed in the thread."""
    SOURCE = "source"
    """Where the last answer stands."""
    WHY = "why"
    """The reasons behind the last answer."""
    WITHIN = "within"
    """What one piece says about something."""
    AUTHORS = "authors"
    """Whose pieces are here."""
    QUOTED = "quoted"
    """Who is quoted in a piece."""
    WHO = "who"
    """Who writes about an issue, or who wrote a piece."""
    OUTLETS = "outlets"
    """Which outlets write, about an issue or at large."""
    SEARCH = "search"
    """Plain words."""
    HELP = "help"
    UNKNOWN = "unknown"


_CUES = (
    (QuestionKind.COMPARE, r"compare[sd]?|comparison|contrast(?:s|ed)?|versus|vs\.?|differ(?:s|ence|ences)?|side by side|both say|meet or part"),
    (
        QuestionKind.DISAGREE,
        r"(?:dis|not )agree\w*|agree[sd]?|don['’]?t agree|dissent\w*|other side|opposit(?:e|ion)|oppos(?:e|es|ing)|critics?|criti[cq]\w+"
        r"|counter-?arguments?|object\w*|contradict\w*|against (?:it|this|that)|otherwise|camps?|debate|who(?:['’]s| is)? against|contrary"
        r"|(?:who|any(?:one|body)|some(?:one|body)|every(?:one|body))(?: \w+){0,3} against|arguments? against|who(?:['’]s| is| are) (?:right|wrong)",
    ),
    (QuestionKind.OLDER, r"older|oldest|earliest|earlier|(?:and |what about )?before (?:that|this|then|it|those|these)|previous(?:ly)?"),
    (
        QuestionKind.NEWER,
        r"newer|what(?:['’]?s| is| are)?(?: there)? new|anything new|any news|more recent\w*|latest|newest|recent(?:ly)?|since then|lately|updates?"
        r"|new pieces?|new articles?|publish\w*|came (?:in|out)|appeared|last (?:wr[io]te|thing|words?|piece|article|column|op-?ed)"
        r"|(?:should|can|could) (?:i|we) read|(?:did|have|do) we read|reading list"
        r"|(?:pieces?|articles?|op-?eds?|columns?) (?:by|from|in)",
    ),
    (
        QuestionKind.SUMMARY,
        r"summar\w+|sum (?:it |this |that |them )?up|tl;?dr|gist|key points?|main (?:points?|arguments?|claims?)|in short|nutshell|boil\w* down"
        r"|what(?:['’]?s| is| does) (?:it|this|that|the (?:piece|article|op-ed)) (?:about|say(?:ing)?|argue|arguing)|thesis|bottom line",
    ),
    (QuestionKind.QUOTED, r"who(?: is|['’]s| are| does \w+| do \w+)? quot\w+|quoted|quotes? (?:in|from)|whom? .*\bquote[sd]?"),
    (
        QuestionKind.OUTLETS,
        r"(?:which|what|how many) (?:outlets?|papers?|newspapers?|magazines?|publications?|media|think[ -]?tanks?)"
        r"(?: (?:writes?|wrote|covers?|has|have)(?: written)?)?|outlets",
    ),
    (
        QuestionKind.WHO,
        r"who (?:else )?(?:writes?|wrote|has written|argues?|says?|talks?|covers?|is writing)|who(?:['’]s| is| are) (?:the )?authors?|by whom",
    ),
    (
        QuestionKind.VIEWS,
        r"say(?:s|ing)?|said|think(?:s|ing)?|thought|argu(?:e|es|ed|ing)|believe[sd]?|view(?:s|ed)?|opinions?|position|stance|stand[s]?|take"
        r"|writ(?:e|es|ten|ing)|wrote|claim(?:s|ed)?|predict\w*|recommend\w*|want[s]?|demand[s]?|hold[s]?|sees?|regards?|feels?|mentions?"
        r"|reasons?|arguments?|case for|quotes?|thoughts|propos\w+|suggest\w*|describ\w+|portray\w*|support\w*|favou?rs?",
    ),
)


@cache
def cues() -> tuple[tuple[QuestionKind, re.Pattern[str]], ...]:
    """Words of asking, the more telling kinds first; compiled for the first question, not while everything starts."""
    return tuple((kind, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)) for kind, pattern in _CUES)


def asks_summary(text: str) -> bool:
    """Whether it is a summary that is asked for, of whatever."""
    return next(pattern for kind, pattern in cues() if kind is QuestionKind.SUMMARY).search(text) is not None


ASKING = frozenset(
    """a about across all also am an and any anybody anyone anything are around article articles as at author authors be been being between but by
    can column columns concerning could did do does doing done each either else entente every everybody everyone everything find for from get give
    had has have he her hers him his how i if in into is it its kindly know let library list look me more mention mentioned much my new now of on one
    op-ed op-eds or other others our out over people per piece pieces please put recent regarding same search see she should show so some somebody
    someone something tell text than thanks that the their them then there these they thing things this those to too toward towards under up upon us
    was we were what what's whats when where which who whole whom whose who's why will with within would you your there's here anyone's have't may
    must might shall not no yes ok okay hey hi hello any day days week month year instead vs versus please really ever already still very just only
    many lot lots stuff something's again too also than but because so if say read first gonna wanna gimme need
    needs happened happen happens change changed changes pro anti strongest best bio living library favour favor most link links
    url headline pros cons""".split()
)
"""Words that carry no topic; a name that is one of these counts only when written with a capital inside the sentence ("May", "Will")."""
