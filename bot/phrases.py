"""Whole questions by their shape: those that go on with a thread's, those that ask where an answer stands, and what tells of whom somebody speaks."""

from __future__ import annotations

import re

AUTHORS = re.compile(
    r"^(?:(?:which|what|who are(?: all)?(?: of)?|list|show(?: me)?|name|how many)(?: all)?(?: the| your| of the)?"
    r" (?:authors?|writers?|columnists?|people|voices)(?: (?:do you|are there|are here|have we|do we|you|we|know|have|read|here|in the library|got))*"
    r"|who do (?:you|we) (?:have|know|read)|whose pieces.*)\W*$",
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
WHICH_PIECE = re.compile(r"\b(?:when|what (?:date|day|year)|where|author|by|wr(?:ote|itten)|publish\w*|outlet|date)\b", re.IGNORECASE)
"""What asks when and where a piece came out, and whose it is."""
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
