"""The words with which people ask: kinds of questions and how each shows, pronouns, ordinals, small words."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from bot.periods import PERIOD


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


HELP = re.compile(
    r"^(?:(?:please )?help(?: me)?|hi|hello|hey|what can you do|how do(?:es)? (?:you|this|it) work|commands?|usage"
    r"|who are you|what are you|\?)[\s?!.]*(?:there|please)?[\s?!.]*$"
    r"|^(?:are you\b(?! sure)|who (?:made|built|runs|wrote) you\b|how \w+ are you\b|i (?:love|like|hate) you\b|where are you\b).*$", re.IGNORECASE
)
QUERY = re.compile(r"(?:^|\s)-\w|\b(?:author|issue|topic|outlet|before|after|since):\s*\S|\sOR\s")
"""What only the language of searches has."""
_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
ORDINALS = {word: place for words in (_PLACES, _COUNTED) for place, word in enumerate(words, start=1)}
"""Places in a list, by the words for them."""

ORDINAL = re.compile(
    rf"\b(?:the )?(?P<ordinal>{'|'.join(_PLACES)}|last|\d{{1,2}}(?:st|nd|rd|th))"
    r"(?: (?:one|piece|article|of (?:them|these|those)))?\b"
    rf"|\b(?:number|no\.?|piece|article) (?P<cardinal>\d{{1,2}}|{'|'.join(_COUNTED)})\b",
    re.IGNORECASE,
)
PHRASE = re.compile(r"[\"“]([^\"“”]*\w[^\"“”]*)[\"”]")
LINK = re.compile(r"<?(https?://[^\s<>|]+)(?:\|[^>]*)?>?")
NUMBER = re.compile(r"(?<![\w&])#(\d{1,15})\b")
MENTION = re.compile(r"<[@#!][^>]*>|(?<!\w)@entente\b", re.IGNORECASE)
WHEN = re.compile(
    rf"\b(?:(?P<how>since|after|from|before|until|till|to|through|in|during|over|within)\s+|(?=(?:this|last|past|previous)\s+\w|today\b|yesterday\b))"
    rf"(?P<when>{PERIOD})(?![\w-])(?P<on>\s+(?:onwards?\b|on\b(?=\W*$)|(?=(?:to|until|till|through)\b)))?", re.IGNORECASE
)
HIM = re.compile(r"\b(?:he|she|him|his|her|hers|they|them|their|the (?:author|writer|columnist)|this (?:author|writer))\b", re.IGNORECASE)
WHO_IS = re.compile(r"^\W*who(?:['’]s| is| was| are)\b", re.IGNORECASE)
IT = re.compile(r"\b(?:it|this|that|the (?:piece|article|op-ed|column|text|link)|these|those)\b", re.IGNORECASE)
LENGTH = re.compile(r"\b(short(?:er)?|brief(?:ly)?|quick(?:ly)?|one line|long|longer|in (?:full )?detail|detailed)\b", re.IGNORECASE)
TOKEN = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*\.?")

ASKING = frozenset(
    """a about across all also am an and any anybody anyone anything are around article articles as at author authors be been being between but by
    can column columns concerning could did do does doing done each either else entente every everybody everyone everything find for from get give
    had has have he her hers him his how i if in into is it its kindly know let library list look me more mention mentioned much my new now of on one
    op-ed op-eds or other others our out over people per piece pieces please put recent regarding same search see she should show so some somebody
    someone something tell text than thanks that the their them then there these they thing things this those to too toward towards under up upon us
    was we were what what's whats when where which who whole whom whose who's why will with within would you your there's here anyone's have't may
    must might shall not no yes ok okay hey hi hello any day days week month year instead vs versus please really ever already still very just only
    many lot lots stuff something's again too also than but because so if say read first gonna wanna gimme need
    needs happened happen happens change changed changes pro anti strongest best bio living library favour favor""".split()
)
"""Words that carry no topic; a name that is one of these counts only when written with a capital inside the sentence ("May", "Will")."""
