"""Questions by their shape: pronouns, ordinals, days and links in them, those that go on with a thread's or ask where an answer stands, and what
tells of whom somebody speaks. Read for the first question, not while everything starts."""

from __future__ import annotations

import re

from bot.periods import PERIOD

HELP = re.compile(
    r"^(?:(?:please )?help(?: me)?|hi|hello|hey|what can you do|how do(?:es)? (?:you|this|it) work|commands?|usage"
    r"|who are you|what are you|\?)[\s?!.]*(?:there|please)?[\s?!.]*$"
    r"|^(?:are you\b(?! sure)|who (?:made|built|runs|wrote) you\b|how \w+ are you\b|i (?:love|like|hate) you\b|where are you\b).*$",
    re.IGNORECASE,
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
    rf"(?P<when>{PERIOD})(?![\w-])(?P<on>\s+(?:onwards?\b|on\b(?=\W*$)|(?=(?:to|until|till|through)\b)))?",
    re.IGNORECASE,
)
HIM = re.compile(r"\b(?:he|she|him|his|her|hers|they|them|their|the (?:author|writer|columnist)|this (?:author|writer))\b", re.IGNORECASE)
WHO_IS = re.compile(r"^\W*who(?:['’]s| is| was| are)\b", re.IGNORECASE)
IT = re.compile(r"\b(?:it|this|that|the (?:piece|article|op-ed|column|text|link)|these|those)\b", re.IGNORECASE)
LENGTH = re.compile(r"\b(short(?:er)?|brief(?:ly)?|quick(?:ly)?|one line|long|longer|in (?:full )?detail|detailed)\b", re.IGNORECASE)
TOKEN = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*\.?")
AUTHORS = re.compile(
    r"^(?:(?:which|what|who are(?: all)?(?: of)?|list|show(?: me)?|name|how many)(?: all)?(?: the| your| of the)?"
    r" (?:authors?|writers?|columnists?|people|voices)(?: (?:do you|are there|are here|have we|do we|you|we|know|have|read|here|in the library|got))*"
    r"|who do (?:you|we) (?:have|know|read)|whose pieces.*"
    r"|who (?:has |have )?(?:writes?|written|wrote|publish\w*) (?:the )?most(?: pieces| articles)?)\W*$",
    re.IGNORECASE,
)
SOURCE = re.compile(
    r"^(?:and |so |ok(?:ay)?,? )?(?:(?:what(?:['’]?s| is| are) |show(?: me)? |give me |can i have |got )?(?:the |your |a |any |that |its )*"
    r"(?:sources?|links?|urls?|references?|citations?|evidence)(?: (?:for|of|to) (?:that|this|it|these|those))?(?: please)?"
    r"|where (?:do(?:es)?|did|was|is|are) .{1,60}\b(?:say|said|write|writes|written|argue|argued|claim|from|come|stand|find|get|read)"
    r" ?(?:that|this|it|so|from)?"
    r"|where(?:['’]s| is| are| does| did)? (?:that|this|it|those|these)(?: come)? from"
    r"|(?:says|according to) whom?|how do you know(?: that| this)?)\W*$",
    re.IGNORECASE,
)
"""What asks for where an answer stands, as the whole of a question."""
WHY = re.compile(
    r"^(?:and |but |so )?(?:why|how (?:so|come)|for what reasons?|because of what)\b"
    r"(?: (?:do(?:es)?|did|would|should|is|not|he|she|they|it|that|this|so|say|says|think|thinks|argue|argues|believe|believes|want|wants))*\W*$",
    re.IGNORECASE,
)
"""What asks for the reasons of what was just said, as the whole of a question."""
ELLIPTIC = re.compile(r"^(?:and |but |so |ok(?:ay)?,? )?(?:(?:what|how) about|on|about|regarding|as for)\b", re.IGNORECASE)
"""A question that goes on with the thread's: "and on migration?"."""
THEM = re.compile(r"\b(?:it|them)\b|\b(?:this|that|these|those)\W*$", re.IGNORECASE)
"""A word for what the thread is about."""
BOTH = re.compile(r"\b(?:they|them|both|the two|these two|each other)\b", re.IGNORECASE)
WHICH_PIECE = re.compile(
    r"\b(?:when|what (?:date|day|year)|where|author|by|wr(?:ote|itten)|publish\w*|outlet|date|headline|how long|url|links?|opinion piece)\b",
    re.IGNORECASE,
)
"""What asks when and where a piece came out, and whose it is."""
THE_PIECE = re.compile(
    r"\bthe (?!(?:latest|newest|last|new|recent|oldest|first|second|third|other|next|same|whole|original)\b)(?P<title>\w.{2,60}?)"
    r" (?:piece|article|op-ed|column)\b",
    re.IGNORECASE,
)
"""A piece by a word or two of its title: "the price cap piece"."""
WITHIN = re.compile(
    r"\b(?:say|says|said|mention\w*|argue\w*|write|writes|claim\w*|talk\w*|discuss\w*|touch\w*|think|about|cover\w*|have|has|contain\w*)\b",
    re.IGNORECASE,
)
"""What asks of a piece whether and how it names something."""
ITS = re.compile(r"\b(?:does|did|do) (?:it|this|that|(?:the|this|that) (?:piece|article|op-ed|column|text))\b", re.IGNORECASE)
"""What asks about the thread's piece, whatever the topic."""
JOINING = frozenset({"and", "or", "vs", "versus", "with", "against", "than", "compared", "nor"})
"""Words between two people who are to be put side by side; other words make the second what the first speaks of."""
OTHERS = re.compile(
    r"\b(?:who|everyone|everybody|anyone|anybody|people|others|they|authors?|pieces?|articles?|op-?eds?|columns?|texts?)\b(?:(?! by ).)*"
    r"\b(?:about|on|(?:think|thinks|thought|views?|opinions?) of|mention(?:s|ed|ing)?|nam(?:e|es|ing)|cit(?:e|es|ing))\W+$",
    re.IGNORECASE,
)
"""What stands before a person who is spoken of, not who speaks: "what does everyone say about Venn?"."""
OPPOSES = re.compile(r"(?:oppos|object|against|critici[sz]|disagree)", re.IGNORECASE)
"""What somebody does who is named before it: "why does Venn oppose the toll?" asks for Venn's views."""
ASKS_WHERE = re.compile(r"\b(?:who|where|which|when)\b", re.IGNORECASE)
ABOUT = re.compile(r"\b(?:about|on|regarding|concerning|with|of)(?: the)?\W+$", re.IGNORECASE)
"""What stands before a name that nobody who writes has: "tell me about Oslo"."""
