"""Names out of bylines: who wrote it, without roles, dates, outlets and the furniture around them."""

from __future__ import annotations

import html
import re

from bot.reading.dates import MONTHS, find_dates

MOST_AUTHORS = 40
LONGEST_NAME = 80

_LEAD = re.compile(
    r"^\W*(?:(?:guest\s+)?(?:op-?ed|opinion|commentary|analysis|column|essay|perspective|viewpoint|interview|comment)\s*[|:•·–—]\s*(?:by\b)?"
    r"|(?:an?\s+)?(?:op-?ed|opinion|commentary|analysis|column|article|story|post|blog|guest (?:post|essay|column)|essay|text|words|interview"
    r"|report(?:ing)?|review|contributed)"
    r"\s+by\b|by\b(?!-)|(?:re-?)?(?:written|posted|published|authored|created|submitted|reported|contributed|added|penned)\s+by\b"
    r"|authors?\b\s*(?:name)?\s*[:：|]|author\s+(?=[A-Z])|(?:about|view all posts by|posts by|"
    r"all posts by|see all posts by|more (?:from|by|stories by)|read more (?:from|by))\b|view profile(?: of)?\b|profile(?: picture"
    r"| photo| image)? (?:of|for)\b|von\b|par\b|por\b|de la mano de\b|autore?\b\s*:|autor(?:in)?\b\s*[:：]|geschrieben von\b"
    r"|verfasst von\b"
    r"|(?:ein|eine)\s+\w+\s+von\b|door\b|text\b\s*[:：]|words\b\s*[:：]|writer\b\s*[:：]|contributors?\b\s*[:：]?(?=\s)|from\b"
    r"|di\s+(?=[A-Z])|a[vf]\s+(?=[A-ZÅÄÖÆØ]\S+\s+[A-ZÅÄÖÆØ])"
    r"|(?:بقلم|كتبت?|إعداد|מאת)\s*[:：]?\s|(?:guest (?:author|writer|contributor|columnist|blogger)|tekst|yazan|yazar|oleh)\s*[:：]"
    r"|propos recueillis par\b|(?:автор|текст|авторы|автори)\s*[:：]"
    r"|本[报報][记記]者\s*|著者\s*[:：]?|文\s*[:：●/]|筆者\s*[:：]?|作者\s*[:：]?|撰文\s*[:：]?|[記记]者\s*[:：]?|@)\s*[:：]?\s*",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\s*(?:[|•·●/]|\s[–—-]\s|[–—]|\bupdated\b|\blast (?:updated|modified|reviewed)\b|\bpublished\b|\bpublié\b"
    r"|\bpubliziert\b|\bveröffentlicht\b|\bpublicado\b|\bpubblicato\b|\bgepubliceerd\b|\bposted\b"
    r"|\breviewed by\b|\bmedically\b|\bfact[- ]checked\b|\bedited by\b"
    r"|\b(?:photo|photograph|illustration|image|video|graphic)(?:s|y)?\s+by\b|\b(?:photos?|fotos?|bild|illustrations?)\s*:|\btranslat(?:ed|ion)\b"
    r"|\bas told to\b|\bon behalf of\b|\bsource\s*:.*|\bet al\b|\band (?:\d+ )?others\b"
    r"|\+ ?\d+ (?:more|others)\b|\s@\w+|\bis\s|\bare\s|\ban? (?=[a-z])|\bon\s+(?=\w+\.?\s+\d)"
    r"|\b(?:\d+\s*)?(?:min|minutes?)\.?\s+(?:of\s+)?read\b|\bread(?:ing)?\s+time\b|\blesedauer\b"
    r"|\b(?:follow|share|comments?|leave a|e-?mail|contact|view|read|see|more (?:stories|from|by)|bio|biography|full bio"
    r"|contributor page|website|twitter|linkedin|learn about)\b(?=\W|$)"
    r"|\b(?:19|20)\d\d\b|\b\d{1,2}[:h.]\d\d\b|\bfor (?:the|cnn|bbc|reuters|nbc|fox)\b|\bspecial to\b|\bexclusive\b"
    r"|\bwith (?:additional|reporting)\b"
    r"|\bavec\b|\bmit(?: (?:dpa|afp|reuters|material)\b|$)|\bcon (?:agencias|información)\b"
    r"|\s\S+@[\w-]+\.\w+|\bis an?\b|\bis the\b|\bam \d|\bum \d|\n(?:in|on|at|for|to)\b|\(|\[|https?:|\d+ (?:hours?"
    r"|days?|minutes?) ago)",
    re.IGNORECASE,
)
_OTHER_CREDIT = re.compile(
    r"[\s,;|·•–—-]*\b(?:(?:additional\s+)?(?:photos?|pictures?|photographs?|photography|images?|illustrations?|drawings?|artwork|graphics?|cartoons?"
    r"|video|data|design|research|production|translation|editing|edited|fact[- ]check(?:ing|ed)|reviewed|translated|illustrated|photographed)"
    r"\s*(?:by\b|:)|(?:additional|with) reporting\b).*?(?=$|\b(?:words?|text|story|article|written|reporting|interview|report)\s*(?:by\b|:))",
    re.IGNORECASE | re.DOTALL,
)
"""Who took the pictures, translated or edited, up to who wrote."""
_OFFICE_LEAD = re.compile(
    r"^(?:(?:former|ex-?|then-?|prime|deputy|vice|foreign|finance|interior|defen[cs]e|health|education|first|chief|home|shadow)[\s-]+)*"
    r"(?:minister|president|chancellor|senator|governor|mayor|ambassador|secretary(?:[- ]general)?|premier|commissioner)"
    r"\s+(?=[A-Z][\w.'’-]+\s+[A-Z])",
    re.IGNORECASE,
)
"""An office in front of a name."""
_PLACE = re.compile(
    r"(?:New York|Los Angeles|San Francisco|Hong Kong|Washington D\.?C|Buenos Aires|Mexico City|Tel Aviv|Cape Town|Abu Dhabi|New Delhi|Kuala Lumpur"
    r"|S[aã]o Paulo|Rio de Janeiro|The Hague|St\.? Petersburg|Addis Ababa|Phnom Penh)|(?:The|Le|La|Die|Der) \w+(?: \w+)?"
)
"""Where a dateline says somebody writes from, and names of papers, which look like people's."""
_SEPARATOR = re.compile(
    r"\s*(?:;|,?\s+\band\b\s+|,?\s+&\s+|,?\s+\bund\b\s+|\s+\bet\b\s+|\s+\by\b\s+(?=[A-ZÁÉÍÓÚ])|,?\s+\bwith\b\s+|\s+\bby\s+|\n|\s{3,}|,|、|，)\s*",
    re.IGNORECASE,
)
_POSTNOMINAL = re.compile(
    r"(?:(?:[A-Z]{2,6}\.?®?|[A-Z]\.(?:[A-Z]\.?)+|Ph\.?\s?D\.?|Psy\.?D\.?|Ed\.?D\.?|M\.?Sc\.?|B\.?Sc\.?|M\.?Ed\.?|M\.?Phil\.?"
    r"|D\.?Phil\.?|Pharm\.?D\.?|Esq\.?|Jr\.?|Sr\.?|I{2,3}|IV|[A-Z]{1,4}-[A-Z]{1,4}(?:\s?\d+)?|[A-Z]+[a-z]?[A-Z]+®?)(?:\s+|$))+",
)
_HONOUR = re.compile(
    r"(?:(?:Ph\.?\s?D|M\.?D|M\.?P\.?H|M\.?B\.?A|J\.?D|R\.?N|R\.?D|[BM]\.?Sc|[BM]\.?A|[KCOM]BE|QC|KC|Esq|Jr|Sr|II|III|IV)\.?(?:\s+|$))+",
    re.IGNORECASE,
)
"""Letters of honour in a byline that is set in capitals anyway."""
_JUNIOR = re.compile(r"\b([JS]r)$")
_NUMERALS = frozenset(("II", "III", "IV"))
_ROLE = re.compile(
    r"\b(?:staff|writers?|reporters?|editors?|editor-in-chief|correspondents?|columnists?|contributors?|contributing|journalists?"
    r"|producers?|director|manager|founder|co-?founder|president|vice[- ]president|chief|ceo|cto|cmo|coo"
    r"|professor|lecturer|fellow|researcher|analyst|associate|specialist|strategist|consultant|expert|bureau|desk|newsroom|senior"
    r"|junior|intern|freelance|freelancer|guest|opinion|author|admin(?:istrator)?|webmaster|team"
    r"|head of|head|coordinator|executive|engineer|developer|designer|marketer|marketing|blogger|photographer|photographs"
    r"|redakteur(?:in)?|redaktion|dietitian|nutritionist|physician|attorney|lawyer|partner|officer|owner"
    r"|secretary|minister|chairman|chair|copywriter|content|media|group|digital|reviewer|commissioning|deputy|managing|political"
    r"|politics|business|technology|sports|national|international|economics|foreign|policy|security|health|education|environment|climate|legal"
    r"|crime|science|world|defen[cs]e)\b",
    re.IGNORECASE,
)
_STRONG_ROLE = re.compile(
    r"(?:editors?|writers?|reporters?|correspondent|columnist|contributor|producer|director|manager|journalist|analyst|strategist)", re.IGNORECASE
)
_OFFICE = re.compile(
    rf"\b(?:{_STRONG_ROLE.pattern}|fellow|professor|head)\w*(?:$| (?:of|for|at)\b)|^(?:former|senior|chief|deputy|assistant)\b",
    re.IGNORECASE,
)
"""What stands after a name and says what somebody is: "Assistant Sports Editor"."""
_TEAM = re.compile(r"\b(?:team|staff|contributors?|editors|board|bureau|newsroom|agency|group|blog)\b", re.IGNORECASE)
_TITLE = re.compile(
    r"C[A-Z]O|[SE]?VP|MP|MEP|MSP|[ECMP][SD]?T|UTC|GMT|[AB]ST|UK|US|USA|EU|AP|AFP|UN|BBC|CNN|CNBC|NPR|ABC|CBS|NBC|MSNBC|PBS|CBC|UPI|PTI|ANI|IANS|DPA|EFE"
    r"|ANSA|TASS|RT|DW|ITV|ESPN|TNS",
    re.IGNORECASE,
)
"""Capitals after a name that are an office, a place or a house, no letters of honour."""
_ZONE = re.compile(
    r"(?:[ECMP][SD]?T|[AB][SE]?[SD]T|UTC|GMT|CES?T|EES?T|WES?T|MSK|IST|JST|KST|SGT|HKT|WIB|AE[SD]T|NZ[SD]T)(?:\W|$)|[ap]\.?m\.?$|\d{1,2}[:.h時시时]",
    re.IGNORECASE,
)
"""A clock's time, or the zone that is left of it: nobody's name."""
_HOUSE = re.compile(
    r"^(?P<name>[A-Z][\w.'’-]+(?: [A-Z]\.)?(?: [A-Z][\w'’-]*[a-z][\w'’-]*){1,2})\s+(?:for\s+)?"
    r"(?:USA TODAY|BBC(?: News)?|CNN(?: Business)?|CNBC|NPR|ABC(?: News)?|CBS(?: News)?|NBC(?: News)?|PBS|CBC(?: News)?"
    r"|UPI|PTI|IANS|ANI|TASS|EFE|ANSA|SWR|NDR|WDR|ZDF|ARD)$"
)
"""A house known by capitals that stands behind its reporter's name without a mark between them."""
_HOUSE_ALONE = re.compile(r"(?:BBC|CNN|CNBC|NPR|ABC|CBS|NBC|PBS|CBC|ESPN|USA TODAY)\b.{0,12}")
_PAIR = re.compile(r"\s(?:e|en|och|og|ja|i|ve|dan|és|и|та|і|و)\s")
""""And" in languages where it is a word that names hold too."""
_AGENCY = re.compile(
    r"(?<=[a-z.])(?<!\bby)(?<!\bBy)(?<!\bfrom)(?<!\bFrom)(?<!\bthe)(?<!\bThe)[\s,–—-]+(?:the )?"
    r"(?:(?:associated|canadian|australian associated) press|press association|reuters|agence france-presse|afp"
    r"|bloomberg(?: news)?|pa media|dpa|ap|the conversation)\s*$",
    re.IGNORECASE | re.MULTILINE,
)
"""The wire that a reporter writes for, set behind the name without a mark between them."""
_SLASH = re.compile(r"(?<=\w [A-Z][a-z])(?P<rest>[\w'’-]*) ?/ ?(?=[A-Z][\w'’.-]+ [A-Z][a-z])")
""""Ann Lee/Bo Ek" are two."""
_BEFORE_DATE = re.compile(r"\b(?:le|am|el|den|on|the)\s+(?:\w{2,10}[.,]*\s*)?$", re.IGNORECASE)
_TWICE = re.compile(r"(?P<name>\w[^,\n]{4,40}?)\s?(?P=name)")
"""A picture's text and the name beside it, run together."""
_TRAIL = re.compile(
    r"\s+(?:in|on|at|of the|for|via|is|was|has|writes|says)\s.*$|\s+\d.*$|[(\[].*$|\s+(?:on|at|in|for|by|from)$"
    r"|\s+(?:기자|특파원|記者|记者|編集委員|論説委員|特派員)\b.*$"
)
_TRAIL_OF_CAPITALS = re.compile(r"\s+(?:IN|ON|AT|OF THE|FOR|VIA)\s.*$")
_JUNK = re.compile(
    r"\w\.\w+/|^https?:|@\w+\.|^[#\d\W]+$|\b(?:log ?in|sign|cookies?|click|subscribe|copyright|rights|reserved|privacy|read|minutes?|min)\b|[{}<>=]",
    re.IGNORECASE,
)
_DATELIKE = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b,?\.?(?=\s|$)|\b(?:"
    + "|".join(sorted(MONTHS, key=len, reverse=True))
    + r")\b\.?,?\s*\d{1,2}\b(?:st|nd|rd|th)?"
    r"|\b\d{1,2}\.?\s+(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b|\b\d{1,2}:\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?)?",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:by|author|authors|admin|administrator|adminn?|root|user|undefined|null|none|unknown|anonymous|anonym|n/?a|name|guest"
    r"|editor|editors|editorial|editorial (?:team|staff)|staff|staff (?:writer|reporter|writers)|web ?master|super ?user"
    r"|default|test"
    r"|contributor|contributors|writer|wire|wires|agencies|agency|news|press release|the author|site ?admin|wordpress|website|web"
    r"|team|(?:web|news|site|online)[- _]?(?:desk|admin|editor|team|staff)|home|share|read more|more|comments?|login|subscribe"
    r"|newsletter|menu|search|blog|redaktion|editor in chief"
    r"|(?:getty images|shutterstock|i?stock(?:photo)?|unsplash|alamy|adobe stock|pixabay|pexels)(?:[ /].*)?"
    r"|cc(?: by.*)?|creative commons.*"
    r"|posted|published|updated|written|about|profile|photo|image|follow|twitter|facebook|linkedin|instagram|email|print|save"
    r"|listen|advertisement|sponsored|article|story|opinion|video|podcast|just now|today|yesterday|contact|us|me|you|it|this|the|a"
    r"|an|at|on|in|to|and|or|of|for|with|via|view profile|see bio|view bio|photo of|picture of)",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    "van von de der den del della di da dos das du le la el al bin ibn ben bint ter ten zu zur af av y e st md mc o d of the".split()
)
_PREFIXED = re.compile(r"(?:al|el|ul|ibn|bin|d|l|t|s)?[-'’](?=\w)")
"""A particle that is tied to the name: "al-Haddad", "d'Orsi", "'t Hof"."""
_ORGANISATION = re.compile(
    r"\b(?:team|staff|news|media|magazine|times|post|journal|press|group|inc|llc|ltd|gmbh|agency|board|editors|editorial|newsroom"
    r"|network|association|institute|university|college|foundation|company|corporation|center|centre|council"
    r"|society|blog|studios?|reuters|afp|desk|bureau|contributors?|service|services|solutions|marketing|official|department|office"
    r"|committee|community|union|club|school|hospital|clinic|bank|daily|weekly|digital|online|redaktion|zeitung|publishing|global"
    r"|international)\b"
    r"|\.(?:com|org|net|de|co|io)\b",
    re.IGNORECASE,
)
_SPACE = re.compile(r"[\s\u200b\u00ad\ufeff]+")


def squeeze(text: str) -> str:
    """One line, single spaces, no zero-width characters, entities resolved."""
    if "&" in text:
        text = html.unescape(text)
    return _SPACE.sub(" ", text).strip()


def split_byline(text: str) -> tuple[str, ...]:
    """The names in a byline, in order, as printed: "By Ann Lee, Staff Writer, and Bo Ek" -> ("Ann Lee", "Bo Ek").

    Line breaks separate names. Letters after a name stay ("Genevieve Carlton, Ph.D."); dates, roles and what follows them go, and so do
    agencies and outlets beside a person's name. Empty when nobody is named.
    """
    text = "\n".join(filter(None, (squeeze(line) for line in text[:800].splitlines())))
    text = _OTHER_CREDIT.sub("\n", text)
    for mention in reversed(list(find_dates(text))):
        text = f"{_BEFORE_DATE.sub('', text[: mention.start])}\n{text[mention.end :]}"
    text = _SLASH.sub(r"\g<rest>, ", _AGENCY.sub("", text))
    text = _DATELIKE.sub("\n", text)
    for _ in range(4):
        text = text.lstrip(" \n\t.,:;|·•*–—-/")
        text, leads = _LEAD.subn("", text, count=1)
        cut = _CUT.search(text)
        if cut and not text[: cut.start()].strip():
            text = text[cut.end() :]
        elif not leads:
            text = text[: cut.start()] if cut else text
            break
    names: list[str] = []
    parts, marks = _parts(text)
    for index, part in enumerate(parts):
        if names and marks[index] == "," and _OFFICE.search(parts[index - 1]) and _is_affiliation(part, parts[index + 1 : index + 2]):
            continue
        letters = _HONOUR if names and names[-1].partition(",")[0].isupper() else _POSTNOMINAL
        if names and marks[index] in (",", "") and letters.fullmatch(part) and not _TITLE.fullmatch(part):
            names[-1] = f"{names[-1]}, {part}"
        elif names and ((_OFFICE.search(part) and not looks_like_organisation(part)) or (marks[index] == "," and _is_place(part, parts[index - 1]))):
            continue
        elif not (names and _TITLE.fullmatch(part)):
            found = map(clean_name, _pair(_OFFICE_LEAD.sub("", part)))
            names.extend(name for name in found if name and name not in names)
    if any(looks_like_person(name) for name in names):
        names = [name for name in names if not looks_like_organisation(name) and not _HOUSE_ALONE.fullmatch(name)]
    return tuple(in_usual_case(_JUNIOR.sub(r"\1.", name) if "r." in text else name) for name in names[:MOST_AUTHORS])


def in_usual_case(name: str) -> str:
    """A person's name in capitals as it is written elsewhere: "ANNA VAN DER FIELD" as "Anna van der Field"; initials and marks stay."""
    if not (name.isupper() or re.fullmatch(r"(?:[A-Z.'’-]{2,} )+(?:Mc|Mac|[OD]['’]|de|van|von)?[A-Z][A-Z-]+", name)) or not looks_like_person(name):
        return name
    bare, comma, honours = name.partition(",")
    words = [_usual(word, first=number == 0) for number, word in enumerate(bare.split())]
    return " ".join(words) + comma + honours


def _usual(word: str, *, first: bool) -> str:
    if not first and word.casefold() in _PARTICLES and len(word) > 1 and word not in ("O", "MC", "ST"):
        return word.lower()
    initials = len(re.sub(r"[\W_]", "", word)) <= 2 and ("." in word or not re.search("[AEIOUY]", word))
    if initials or word in _NUMERALS:
        return word
    if match := re.fullmatch(r"(MC|Mc|Mac|O['’]|D['’])([A-Z]{2,}.*)", word):
        return match[1].title() + match[2].title()
    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda match: match[0].capitalize(), word)


def _is_place(part: str, before: str) -> bool:
    """What stands behind a person and a comma and is no second one: one capitalised word, or a place of two."""
    alone = part.isalpha() and part[:1].isupper() and not part.isupper()
    return looks_like_person(before) and (alone or _PLACE.fullmatch(part) is not None)


def _parts(text: str) -> tuple[list[str], list[str]]:
    """What stands between separators, and the separator before each."""
    parts: list[str] = []
    marks: list[str] = []
    mark, start = "", 0
    for match in (*_SEPARATOR.finditer(text), None):
        if part := text[start : match.start() if match else len(text)].strip(" \t.,:;*_-–—'\"“”"):
            parts.append(part)
            marks.append(mark)
        if match:
            mark, start = match[0].strip(), match.end()
    return parts, marks


def _pair(part: str) -> tuple[str, ...]:
    """Two people where a short word for "and" stands between two whole names; "Costa e Silva" is one."""
    halves = _PAIR.split(part)
    return tuple(halves) if len(halves) == 2 and all(map(looks_like_person, halves)) else (part,)


def _is_affiliation(part: str, following: list[str]) -> bool:
    """Where somebody holds the office that stands before it, and no second person: "Ann Lee, Executive Editor, Harbour Health Watch"."""
    return not any(map(_OFFICE.search, following)) and (len(part.split()) > 2 or not looks_like_person(part))


def clean_name(text: str) -> str | None:
    """One name without lead words and trailing roles; None when it names nobody."""
    text = _LEAD.sub("", squeeze(text), count=1)
    text = _TRAIL_OF_CAPITALS.sub("", text) if text.isupper() else text
    text = _TRAIL.sub("", text).strip(' \t.,:;|*_-–—"“”')
    if twice := _TWICE.fullmatch(text):
        text = twice["name"]
    if house := _HOUSE.match(text):
        text = house["name"]
    if not text or len(text) > LONGEST_NAME or not any(c.isalpha() for c in text):
        return None
    if _ZONE.match(text) or _NOBODY.fullmatch(text) or _JUNK.search(text):
        return None
    words = text.split()
    if len(words) > 1 and any(word.isdigit() for word in words):
        return None
    if offices := _behind_person(words):
        words = words[:-offices]
    elif not _TEAM.search(text):
        at = next((i for i, word in enumerate(words) if _ROLE.fullmatch(word.strip(".,"))), None)
        if at == 0 and len(words) > 1 and all(_ROLE.fullmatch(word) or word.islower() for word in words[1:]):
            return None
        office = any(_STRONG_ROLE.fullmatch(word.strip(".,")) for word in words)  # "Ann Lee Digital Editor", not "Top Growth Marketing"
        if at is not None and at >= 2 and not looks_like_organisation(" ".join(words[:at]) if office else text):
            words = words[:at]
        elif at == 1 and _STRONG_ROLE.fullmatch(words[1].strip(".,")):
            return None
    if len(words) > 6 and not looks_like_organisation(text):
        return None
    if len(words) == 1 and (words[0].casefold() in MONTHS or _ROLE.fullmatch(words[0])):
        return None
    if len(words) <= 3 and all(_ROLE.fullmatch(word) for word in words):
        return None
    return " ".join(words)


def _behind_person(words: list[str]) -> int:
    """How many words at the end say what somebody is, where the name of a person stands before them: "Ann Lee Senior Contributor"."""
    at = next((i for i, word in enumerate(words) if _ROLE.fullmatch(word.strip(".,"))), 0)
    rest = words[at:]
    if at < 2 or not any(_STRONG_ROLE.fullmatch(word.strip(".,")) for word in rest) or not all(_ROLE.fullmatch(word.strip(".,")) for word in rest):
        return 0
    return len(rest) if looks_like_person(" ".join(words[:at])) else 0


def looks_like_person(name: str) -> bool:
    """Two to five capitalised words (particles aside) that hold no word of an organisation: "Ursula von der Leyen"."""
    bare = name.split(",")[0]
    words = bare.split()
    if not 2 <= len(words) <= 5 or looks_like_organisation(bare) or any(c.isdigit() for c in bare):
        return False
    return all(word[:1].isupper() or _PREFIXED.match(word) or word.casefold().strip(".'’") in _PARTICLES or not word[:1].isascii() for word in words)


def looks_like_organisation(name: str) -> bool:
    """A word in it that names of people do not hold ("Team", "News", ".com")."""
    return _ORGANISATION.search(name) is not None


def same_name(one: str, other: str) -> bool:
    """Equal but for case, spaces and marks; a username made of the name ("janedoe") counts."""
    return _folded(one) == _folded(other)


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())
