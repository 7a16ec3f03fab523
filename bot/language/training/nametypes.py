"""Turns the corpora's name types into the house's ten.

The corpora know PERSON ORG LOC NORP DATE MONEY MISC and some lack a few; Entente's texts know PERSON ORG GPE LOC NORP EVENT LAW
DATE MONEY WORK. A corpus' place becomes GPE or LOC by gazetteer and head noun, its MISC an EVENT, LAW, nationality or stays
MISC, a type that the shipped pipeline predicts and the rest of the house ignores. What a corpus never marks is no evidence
against it: such tokens are returned as missing, so that training neither rewards nor punishes a name there.
"""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Doc, Span, Token

from bot.language import gazetteer

MISSING = ""
"""A span that certainly is a name of some type, but of which we cannot tell."""

COMPLETE = frozenset({"gum_train"})
"""Corpora that mark dates, money and nationalities throughout."""

_PHYSICAL = re.compile(
    r"\b(Seas?|[Rr]ivers?|Oceans?|Mountains?|Mount|Mt\.?|Gulf|Valley|Peninsula|Africa|Europe|Asia|Americas?|East|West|North|South|Streets?|St\.|Road|"
    r"Airport|Building|Bridge|Square|Park|Lakes?|Bay|Cape|Strait|Canal|Desert|Coast|Avenue|Castle|Palace|Church|Cathedral|Forest|Islands|Highway|"
    r"Station|Stadium|Theatre|Theater|Museum|Hall|Creek|Hills?|Balkans|Caucasus|Baltic|Levant|Mediterranean|Pacific|Atlantic|Caribbean|Himalayas|"
    r"Alps|Sahara|Sahel|Earth|Mars|Moon|Gallery|Hotel|Beach|House|Trail|Falls|Reef|Ridge|Pass|Plaza|Tower|Field|Arena|Gardens?|Harbour|Port)\b"
)
_EVENT = re.compile(
    r"\b([Ee]lections?|[Ww]ars?|WWI+|Battle|[Ss]ummit|Olympics?|Games|[Rr]eferendum|[Cc]risis|[Rr]evolution|[Uu]prising|Conference|Congress|Cup|"
    r"Championships?|[Cc]onvention|[Pp]rimar(y|ies)|[Cc]aucus|Riots?|Massacre|Holocaust|Festival|Open|Grand Prix|[Cc]ampaign|Depression|Intifada|"
    r"Rebellion|Coup|Rising|Siege|Operation|Scandal|Day|Genocide|Spring|Emergency|Theater|by-election|Invasion|Insurgency|Offensive|Conflict|Talks|"
    r"Mutiny|Protests?)\b"
)
_LAW = re.compile(
    r"\b(Act|Treaty|Agreement|Constitution|Accords?|Bill|Law|Convention on|Protocol|Amendment|Resolution|Charter|Declaration|Pact|Code|Directive|"
    r"Statute|Ordinance|Article|Section|Concordat)\b"
)
_DATE_WORD = re.compile(
    r"\d.*|[A-Z]\w+day|today|yesterday|tomorrow|tonight|(year|month|week|day|decade|hour|night|morning|evening|summer|winter|season)s?|century|centuries|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|early|late|mid|last|next|same|few|several|"
    r"ago|past|later|earlier|recent|[$£€]|million|billion|hundred|thousand|dollars?|pounds?|euros?|end|beginning|start|half|weekend|since|annual|now",
    re.IGNORECASE,
)


def house_type(text: str, label: str) -> str:
    """The house's type for a corpus' name, ``MISSING`` when it cannot be told."""
    text = re.sub(r"^[Tt]he ", "", text)
    if label == "LOC":
        return "LOC" if not gazetteer.is_place(text) and _PHYSICAL.search(text) else "GPE"
    if label == "MISC":
        if gazetteer.is_place(text):
            return "GPE"
        if _EVENT.search(text):
            return "EVENT"
        if _LAW.search(text):
            return "LAW"
        return MISSING if gazetteer.is_people(text) else "MISC"
    return label


@cache
def _unmarked_there(word: str) -> bool:
    """Whether a word may belong to a date, a sum or a people, which not every corpus marks."""
    return gazetteer.is_people(word) or _DATE_WORD.fullmatch(word) is not None


def convert(doc: Doc, corpus: str) -> Doc:
    """A copy of a corpus' document with the house's types; the article is outside of a name."""
    copy = Doc(doc.vocab, words=[token.text for token in doc], spaces=[bool(token.whitespace_) for token in doc])
    names: list[Span] = []
    missing: list[Span] = []
    marked: set[int] = set()
    for name in doc.ents:
        marked.update(range(name.start, name.end))
        label = house_type(name.text, name.label_)
        start = name.start + (len(name) > 1 and doc[name.start].lower_ == "the" and label != "WORK")
        (names if label else missing).append(Span(copy, start, name.end, label=label))
    if corpus not in COMPLETE:
        missing += [Span(copy, token.i, token.i + 1) for token in doc if token.i not in marked and _may_be_name(token)]
    copy.set_ents(names, missing=missing, default="outside")
    return copy


def _may_be_name(token: Token) -> bool:
    return bool(token.ent_iob) and _unmarked_there(token.text)
