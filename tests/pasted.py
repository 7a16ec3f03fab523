"""Pieces as people paste them, from invented papers by invented people: the head and the tail differ, the body is the same four paragraphs."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import date

PARAGRAPHS = (
    "For thirty years the harbour towns have been told that the dredgers would come next spring, and every spring the ministry has found a reason.",
    "The reasons are never foolish. A budget is late, a survey is contested, a neighbour objects to where the silt would go, and the year is gone.",
    "What has changed is the price of waiting. Insurers now ask twice what they asked a decade ago, and two of the five ferries no longer call here.",
    "A government that cannot decide where to put mud should not be surprised when the towns stop asking it for anything larger than that.",
)
BODY = "\n\n".join(PARAGRAPHS)
TITLE = "The Price of Waiting for the Dredgers"
ADA = ("Ada Venn",)
DAY = date(2024, 3, 7)


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text and what it states; None and () where it states nothing."""

    text: str
    title: str | None = TITLE
    authors: tuple[str, ...] = ADA
    day: date | None = DAY
    paragraphs: tuple[str, ...] = PARAGRAPHS
    standfirst: str | None = None


def below(*head: str) -> str:
    """The body under a head, with blank lines between."""
    return "\n\n".join((*head, BODY)) + "\n"


def tight(*head: str) -> str:
    """The body under a head that was copied without blank lines."""
    return "\n".join((*head, *PARAGRAPHS)) + "\n"


STANDFIRST = "Ministers have found a reason to put it off every spring. The harbour towns are paying for each of them."

PASTED: dict[str, Pasted] = {
    "plain head": Pasted(below(TITLE, "By Ada Venn", "7 March 2024")),
    "copied without blank lines": Pasted(tight(TITLE, "By Ada Venn", "7 March 2024")),
    "standfirst before the byline": Pasted(below(TITLE, STANDFIRST, "Ada Venn", "7 March 2024"), standfirst=STANDFIRST),
    "byline and date in a row": Pasted(below(TITLE, "By Ada Venn | March 7, 2024")),
    "byline, outlet and date in a row": Pasted(below(TITLE, "Ada Venn | Harbour Post | Mar. 7th, 2024")),
    "abbreviated month with an ordinal": Pasted(below(TITLE, "By Ada Venn", "Mar. 7th, 2024")),
    "machine date": Pasted(below(TITLE, "By Ada Venn", "Published: 2024-03-07T14:05:00Z")),
    "machine date with a zone": Pasted(below(TITLE, "By Ada Venn", "2024-03-07 14:05:00 +0100")),
    "published and updated": Pasted(below(TITLE, "By Ada Venn", "Published March 7, 2024 9:12 AM EST", "Updated March 9, 2024 3:14 PM EST")),
    "updated before published": Pasted(below(TITLE, "By Ada Venn", "Updated 9 March 2024", "First published on 7 March 2024")),
    "published and updated in one line": Pasted(below(TITLE, "By Ada Venn", "Published 7 March 2024, updated 9 March 2024")),
    "updated at a time, dated beside": Pasted(below(TITLE, "By Ada Venn", "March 7, 2024, Updated 3:14 PM EST")),
    "weekday": Pasted(below(TITLE, "Ada Venn", "Thursday, March 7, 2024")),
    "weekday and time": Pasted(below(TITLE, "Ada Venn", "Thu 7 Mar 2024 06.00 GMT")),
    "date above the title": Pasted(below("March 7, 2024", TITLE, "By Ada Venn")),
    "section above the title": Pasted(below("OPINION", TITLE, "By Ada Venn", "March 7, 2024")),
    "section and title in a row of a feed reader": Pasted(below("Opinion", TITLE, "harbourpost.example • Ada Venn • 7 March 2024")),
    "journal of ideas": Pasted(
        below("Mar 7, 2024 | ADA VENN", TITLE).replace(PARAGRAPHS[0], f"LOWESTRAND – {PARAGRAPHS[0]}"),
        paragraphs=(f"LOWESTRAND – {PARAGRAPHS[0]}", *PARAGRAPHS[1:]),
    ),
    "review with By and date": Pasted(
        below(TITLE, "How a Ministry Learned to Live With Mud", "By Ada Venn", "March 7, 2024"), standfirst="How a Ministry Learned to Live With Mud"
    ),
    "by two": Pasted(below(TITLE, "By Ada Venn and Tomas Orr", "March 7, 2024"), authors=("Ada Venn", "Tomas Orr")),
    "by two with an ampersand and a bar": Pasted(below(TITLE, "Ada Venn & Tomas Orr | 7 March 2024"), authors=("Ada Venn", "Tomas Orr")),
    "names in capitals": Pasted(below(TITLE.upper(), "BY ADA VENN", "MARCH 7, 2024"), title=TITLE.upper()),
    "byline in two towns": Pasted(
        below(TITLE, "By Ada Venn in Lowestrand and Tomas Orr in Port Hale", "7 March 2024"), authors=("Ada Venn", "Tomas Orr")
    ),
    "photographer named after": Pasted(below(TITLE, "By Ada Venn", "Photographs by Tomas Orr", "March 7, 2024")),
    "photographer named in the byline": Pasted(below(TITLE, "Words by Ada Venn, photography by Tomas Orr", "March 7, 2024")),
    "translator": Pasted(below(TITLE, "By Ada Venn", "Translated from the Norwegian by Tomas Orr", "March 7, 2024")),
    "role under the name": Pasted(below(TITLE, "Ada Venn", "Maritime Affairs Columnist", "7 March 2024")),
    "role in the byline": Pasted(below(TITLE, "By Ada Venn, Maritime Affairs Columnist", "7 March 2024")),
    "follow button": Pasted(below(TITLE, "Ada Venn", "Follow", "5 min read · Mar 7, 2024")),
    "reader mode": Pasted(below("harbourpost.example", TITLE, "Ada Venn", "3-4 minutes"), day=None),
    "reader mode with a rule": Pasted(below("harbourpost.example", TITLE, "Ada Venn", "6–8 minutes", "---"), day=None),
    "read-later export": Pasted(below(f"# {TITLE}", "By Ada Venn", "harbourpost.example", "March 7, 2024", "View Original")),
    "read-later markdown": Pasted(below(f"# {TITLE}", "**Ada Venn** | [harbourpost.example](https://harbourpost.example/dredgers) | March 7, 2024")),
    "front matter": Pasted(f'---\ntitle: "{TITLE}"\nauthor: Ada Venn\ndate: 2024-03-07\n---\n\n{BODY}\n'),
    "front matter with lists": Pasted(
        f"---\ntitle: {TITLE}\nauthors:\n  - Ada Venn\n  - Tomas Orr\npublished: 2024-03-07T10:00:00Z\ntags: [ports]\n---\n\n{BODY}\n",
        authors=("Ada Venn", "Tomas Orr"),
    ),
    "clipper's front matter": Pasted(
        f'---\ntitle: "{TITLE}"\nsource: "https://harbourpost.example/dredgers"\n'
        f'author:\n  - "[[Ada Venn]]"\npublished: 2024-03-07\ncreated: 2024-04-01\n---\n{BODY}\n'
    ),
    "fields as lines": Pasted(below(f"Title: {TITLE}\nAuthor: Ada Venn\nDate: 7 March 2024")),
    "fields as lines with a source": Pasted(
        below(f"Title: {TITLE}", "Author: Ada Venn", "Published: March 7, 2024", "Source: https://harbourpost.example/dredgers")
    ),
    "mail forward": Pasted(
        below(
            "---------- Forwarded message ---------\nFrom: Tomas Orr <tomas@orr.example>\n"
            "Date: Fri, 8 Mar 2024 at 08:11\nSubject: Fwd: read this\nTo: <desk@institute.example>",
            TITLE,
            "By Ada Venn",
            "March 7, 2024",
        )
    ),
    "newsletter by mail": Pasted(below(TITLE, STANDFIRST, "ADA VENN\nMAR 7, 2024", "∙ PAID", "READ IN APP"), standfirst=STANDFIRST),
    "newsletter with counts": Pasted(below(TITLE, STANDFIRST, "Ada Venn", "Mar 07, 2024", "12", "3", "Share"), standfirst=STANDFIRST),
    "chat paste": Pasted(below("Tomas Orr  9:14 AM\nthis one is worth it", TITLE, "By Ada Venn", "March 7, 2024")),
    "chat paste with a link": Pasted(below("https://harbourpost.example/opinion/dredgers", TITLE, "By Ada Venn", "March 7, 2024")),
    "word document": Pasted(below("\ufeff" + TITLE, "Ada Venn\u00a0", "7\u00a0March\u00a02024")),
    "word document with soft breaks": Pasted(below(f"{TITLE}\v Ada Venn\v 7 March 2024")),
    "windows line ends": Pasted(below(TITLE, "By Ada Venn", "7 March 2024").replace("\n", "\r\n")),
    "dateline with a day": Pasted(below(TITLE, "By Ada Venn", "LOWESTRAND, March 7, 2024 —"), day=DAY),
    "byline below": Pasted(below(TITLE) + "\nAda Venn is a fellow at the Institute for Coasts.\n", day=None),
    "byline below with a dash": Pasted(below(TITLE, "7 March 2024") + "\n— Ada Venn\n"),
    "signed letter": Pasted(below(TITLE, "7 March 2024") + "\nAda Venn\nLowestrand\n"),
    "published in at the end": Pasted(below(TITLE, "By Ada Venn") + "\nThis article was published in the Harbour Post on 7 March 2024.\n"),
    "printed edition at the end": Pasted(
        below(TITLE, "By Ada Venn") + "\nA version of this article appears in print on March 7, 2024, Section A, Page 22 of the Harbour Post.\n"
    ),
    "day first in figures": Pasted(below(TITLE, "By Ada Venn", "27/03/2024"), day=date(2024, 3, 27)),
    "figures that can be read two ways": Pasted(below(TITLE, "By Ada Venn", "03/04/2024"), day=None),
    "dotted figures": Pasted(below(TITLE, "By Ada Venn", "07.03.2024")),
    "year first with slashes": Pasted(below(TITLE, "By Ada Venn", "2024/03/07")),
    "day and month, no year": Pasted(below(TITLE, "By Ada Venn", "7 March"), day=None),
    "a month is no day": Pasted(below(TITLE, "By Ada Venn", "March 2024"), day=None),
    "a title of two words": Pasted(below("On Mud", "Ada Venn", "7 March 2024"), title="On Mud"),
    "a title of two words and nothing else": Pasted(below("On Mud"), title="On Mud", authors=(), day=None),
    "a title of one word": Pasted(below("Mud", "By Ada Venn", "7 March 2024"), title="Mud"),
    "a title of one word and a standfirst": Pasted(below("Mud", STANDFIRST, "By Ada Venn", "7 March 2024"), title="Mud", standfirst=STANDFIRST),
    "a title that asks": Pasted(below("Who Pays for Mud?", "By Ada Venn", "7 March 2024"), title="Who Pays for Mud?"),
    "a title with a full stop": Pasted(below("The dredgers are not coming.", "By Ada Venn", "7 March 2024"), title="The dredgers are not coming."),
    "a title with a colon": Pasted(below("Mud: A Reckoning", "By Ada Venn", "7 March 2024"), title="Mud: A Reckoning"),
    "a quotation for a title": Pasted(below("“We stopped asking”", "By Ada Venn", "7 March 2024"), title="“We stopped asking”"),
    "nothing but the body": Pasted(BODY + "\n", title=None, authors=(), day=None),
    "a caption with its own date": Pasted(
        below(TITLE, "By Ada Venn", "A ferry leaves Lowestrand on 2 January 2023. Photo: Tomas Orr/Coast Images"), day=None
    ),
    "a caption in brackets": Pasted(below(TITLE, "By Ada Venn", "7 March 2024", "[Image: the old pier, photographed by Tomas Orr]")),
    "cookie and sign-up prompts": Pasted(
        below("We value your privacy", "Accept all", TITLE, "By Ada Venn", "7 March 2024", "Sign up for our newsletter")
    ),
    "menu of a site": Pasted(below("Home\nNews\nOpinion\nSport\nSubscribe\nLog in", TITLE, "By Ada Venn", "7 March 2024")),
    "accelerated page": Pasted(below("Menu", "Harbour Post", TITLE, "By Ada Venn", "Thu, March 7, 2024 at 2:05 PM GMT+1 · 4 min read")),
    "share buttons between": Pasted(below(TITLE, "By Ada Venn", "Share on Facebook\nShare on X\nCopy link", "7 March 2024")),
    "comments behind": Pasted(
        below(TITLE, "By Ada Venn", "7 March 2024") + "\n3 comments\n\nMira Sol\n8 March 2024\nQuite right, and the ferries are worse than that.\n"
    ),
    "related pieces behind": Pasted(below(TITLE, "By Ada Venn", "7 March 2024") + "\nRelated\n\nThe Ferry Question\nBy Mira Sol\n1 March 2024\n"),
    "copyright line": Pasted(below(TITLE, "By Ada Venn", "7 March 2024") + "\n© 2026 Harbour Post Ltd. All rights reserved.\n"),
    "only a copyright line has a year": Pasted(below(TITLE, "By Ada Venn") + "\n© 2026 Harbour Post Ltd. All rights reserved.\n", day=None),
    "lines of a fixed width": Pasted(
        f"{TITLE}\n\nBy Ada Venn\n\n7 March 2024\n\n" + "\n\n".join(textwrap.fill(paragraph, 64) for paragraph in PARAGRAPHS) + "\n"
    ),
    "copied from a printed page": Pasted(
        f"{TITLE}\nBy Ada Venn\n7 March 2024\n\n"
        + BODY.replace("harbour towns have been told that", "harbour towns have been\ntold that").replace("objects to where", "ob-\njects to where")
        + "\n"
    ),
    "page numbers of a printed page": Pasted(
        f"{TITLE}\n\nBy Ada Venn\n\n7 March 2024\n\n{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}\n\n2\n\n{PARAGRAPHS[2]}\n\n3\n\n{PARAGRAPHS[3]}\n"
    ),
    "address behind": Pasted(below(TITLE, "By Ada Venn", "7 March 2024") + "\nhttps://harbourpost.example/opinion/dredgers\n"),
    "address with the day": Pasted(below(TITLE, "By Ada Venn") + "\nhttps://harbourpost.example/2024/03/07/dredgers\n"),
    "heading in Markdown": Pasted(
        below(f"# {TITLE}", f"*{STANDFIRST}*", "By [Ada Venn](https://harbourpost.example/by/ada-venn)", "March 7, 2024"), standfirst=STANDFIRST
    ),
    "second heading in Markdown": Pasted(below(f"## {TITLE}", "**By Ada Venn**", "_March 7, 2024_")),
    "underlined heading": Pasted(below(f"{TITLE}\n{'=' * len(TITLE)}", "By Ada Venn", "7 March 2024")),
    "German head": Pasted(below(TITLE, "Von Ada Venn", "7. März 2024")),
    "German head with a time": Pasted(below(TITLE, "Ein Gastbeitrag von Ada Venn", "07.03.2024, 11:42 Uhr")),
    "French head": Pasted(below(TITLE, "Par Ada Venn", "Publié le 7 mars 2024 à 06h00")),
    "Spanish head": Pasted(below(TITLE, "Por Ada Venn", "7 de marzo de 2024")),
    "particles in the name": Pasted(
        below(TITLE, "By Yusuf al-Haddad and Mira van der Sol", "7 March 2024"), authors=("Yusuf al-Haddad", "Mira van der Sol")
    ),
    "initials in the name": Pasted(below(TITLE, "By A. J. Venn", "7 March 2024"), authors=("A. J. Venn",)),
    "letters behind the name": Pasted(below(TITLE, "By Ada Venn, PhD", "7 March 2024"), authors=("Ada Venn, PhD",)),
    "editorial board": Pasted(below(TITLE, "By The Editorial Board", "7 March 2024"), authors=("The Editorial Board",)),
    "a role names nobody": Pasted(below(TITLE, "By our Maritime Correspondent", "7 March 2024"), authors=()),
    "as told to": Pasted(below(TITLE, "By Ada Venn, as told to Tomas Orr", "7 March 2024")),
    "reposted": Pasted(below(TITLE, "By Ada Venn", "Originally published 7 March 2024 in the Harbour Post")),
    "when its series was last published": Pasted(
        below(TITLE, "By Ada Venn") + "\nHarbour Notes\n\n1.2K Followers\n\nLast published Apr 8, 2024\n", day=None
    ),
    "hours ago": Pasted(below(TITLE, "By Ada Venn", "3 hours ago"), day=None),
}
