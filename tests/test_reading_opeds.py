"""Opinion pieces of an invented author as people save them from papers, magazines, think tanks and newsletters: every field, and no line too many."""

# ruff: noqa: E501 (a saved page is read more easily unbroken)

from datetime import date

import pytest

from bot.reading.text import read_text

SENTENCES = [
    "The harbour alliance will not survive another winter of half promises, and everybody at the table in Varna knows it, even if nobody will say so aloud.",
    "For three years the coast states have bought time with communiqués, while the northern fleet has bought ships, and the difference is now visible from any pier.",
    "President Ilya Morev told reporters last week that “no decision has been taken,” which in the language of his office means that the decision was taken in March.",
    "The allies could still change course. They could fund the patrols they voted for, open the two ports they closed, and stop treating the strait as somebody else’s sea.",
    "But that would mean telling voters that security costs money, and no minister in the region has tried to do so since the budget crisis of 2019.",
    "What remains is luck, and luck is not a policy that any treaty can guarantee.",
]
BODY = "\n\n".join(SENTENCES)
TITLE = "The Alliance Is Running Out of Winters"
DAY = date(2023, 11, 3)

PIECES: dict[str, tuple[str, str | None, tuple[str, ...], date | None]] = {
    "a magazine": (
        f"Argument\n\nAn expert's point of view on a current event.\n\n{TITLE}\n\nThe coast states keep buying time they do not have.\n\nBy Vera Holm, a senior fellow at the Harbour Institute.\n\nMORNING WATCH: The stories you need today, delivered to your inbox.\n\nNOVEMBER 3, 2023, 2:14 PM\n\n{BODY}\n\nVera Holm is a senior fellow at the Harbour Institute. Twitter: @veraholm\n\nRead More On Sea Power | Alliances\n\nJoin the Conversation\n\nCommenting on this and other recent articles is just one benefit of a subscription.\n\nAlready a subscriber? Log In.\n\nView Comments\n",
        "The coast states keep buying time they do not have.", ("Vera Holm",), DAY,
    ),
    "a syndicate": (
        f"{TITLE}\n\nNov 3, 2023 | VERA HOLM\n\nVARNA – {BODY}\n\nVera Holm\n\nVera Holm, a former foreign minister of Norvia, is Professor of Strategy at Varna University.\n\nhttps://www.project-harbour.example/commentary/alliance-winters-by-vera-holm-2023-11\n",
        None, ("Vera Holm",), DAY,
    ),
    "a paper with a standfirst below the name": (
        f"Opinion\nSea power\n\n{TITLE}\nVera Holm\n\nThe coast states keep buying time they do not have, and the bill is coming\n\nFri 3 Nov 2023 08.00 CET\nLast modified on Sat 4 Nov 2023 10.12 CET\n\nShare\n\n548\n\n{BODY}\n\nVera Holm is a Harbour Post columnist\n\nDo you have an opinion on the issues raised in this article? If you would like to submit a response of up to 300 words by email to be considered for publication in our letters section, please click here.\n\nExplore more on these topics\nSea power\nOpinion\nReuse this content\n",
        "The coast states keep buying time they do not have, and the bill is coming", ("Vera Holm",), DAY,
    ),
    "a guest essay": (
        f"OPINION\nGUEST ESSAY\n\n{TITLE}\nNov. 3, 2023\n\nA grey pier with two patrol boats.\nCredit...Ada Venn for The Harbour Times\n\nShare full article\n\n548\n\nBy Vera Holm\n\nMs. Holm is a former foreign minister of Norvia.\n\nSign up for the Opinion Today newsletter  Get expert analysis of the news and a guide to the big ideas shaping the world every weekday morning. Get it sent to your inbox.\n\n{BODY}\n\nVera Holm is a former foreign minister of Norvia and the author of “Cold Straits.”\n\nThe Times is committed to publishing a diversity of letters to the editor. We’d like to hear what you think about this or any of our articles. Here are some tips.\n\nFollow the Harbour Times Opinion section on Facebook, Instagram and X.\n",
        None, ("Vera Holm",), DAY,
    ),
    "markdown with front matter and footnotes": (
        f"---\ntitle: \"{TITLE}\"\nauthor: Vera Holm, Bo Ek\ndate: 2023-11-03\nsource: https://carnegie.example/commentary/alliance\ntags: [sea, alliances]\n---\n\n# {TITLE}\n\n_The coast states keep buying time they do not have._\n\n{BODY.replace('communiqués', '[communiqués](https://x.example/a)[^1]')}\n\n[^1]: See the Varna communiqué of 2021.\n",
        "The coast states keep buying time they do not have.", ("Vera Holm", "Bo Ek"), DAY,
    ),
    "a forwarded newsletter": (
        f"---------- Forwarded message ---------\nFrom: Morning Strait <news@strait.example>\nDate: Fri, Nov 3, 2023 at 8:00 AM\nSubject: {TITLE}\nTo: <desk@post.example>\n\nView in browser\n\n{TITLE}\n\nThe coast states keep buying time they do not have\n\nVERA HOLM\nNOV 3\n\nREAD IN APP\n\n{BODY}\n\nThanks for reading Morning Strait! Subscribe for free to receive new posts and support my work.\n\nLike\nComment\nRestack\n\n© 2023 Vera Holm\n548 Market Street PMB 72296, San Varna\nUnsubscribe\n",
        "The coast states keep buying time they do not have", ("Vera Holm",), None,
    ),
    "translated": (
        f"{TITLE}\n\n3 November 2023\nVera Holm\nTranslated from the Norvian by Bo Ek\n\n{BODY}\n\nVera Holm is director of the Coast Centre in Varna.\n\nTranslated by Bo Ek\n",
        None, ("Vera Holm",), DAY,
    ),
    "two authors at the end": (
        f"{TITLE}\n\nThe coast states keep buying time they do not have\n\n{BODY}\n\nVera Holm is a senior fellow at the Harbour Institute. Bo Ek is a former admiral and a professor at Varna University.\n",
        "The coast states keep buying time they do not have", ("Vera Holm", "Bo Ek"), None,
    ),
    "a list in the middle": (
        f"{TITLE}\n\nBy Vera Holm\nPublished On 3 Nov 2023\n\nPresident Ilya Morev arrives for a meeting in Varna, October 12, 2023 [Ada Venn/Reuters]\n\nSave articles to read later and create your own reading list.\n\n{SENTENCES[0]}\n\n{SENTENCES[1]}\n\nKEEP READING\nlist of 3 items\nlist 1 of 3\nNorvia signs a treaty nobody has read\nlist 2 of 3\nThe admirals who would not sail\nend of list\n\n{SENTENCES[2]}\n\n{SENTENCES[3]}\n\n{SENTENCES[4]}\n\n{SENTENCES[5]}\n\nThe views expressed in this article are the author’s own and do not necessarily reflect Harbour Jazeera’s editorial stance.\n\nVera Holm\nVera Holm is a political analyst based in Varna.\n",
        None, ("Vera Holm",), DAY,
    ),
    "links and an appeal": (
        f"**{TITLE}**\n\nBy [Vera Holm](https://www.harbourtimes.example/author/vera-holm)\n\nNov. 3, 2023\n\n![](x.jpg) **Ada Venn / Kremlin.ru**\n\n{BODY}\n\n*Vera Holm is a former foreign minister of Norvia.*\n\n*The views expressed in opinion pieces do not necessarily reflect the position of The Harbour Times.*\n\n**Read more about:** [Norvia](#), [Fleet](#)\n\nA Message from The Harbour Times:\n\nDear readers,\n\nWe are facing unprecedented challenges. The prosecutor has designated The Harbour Times as an “undesirable” organization.\n\nOriginal url:\n\n<https://www.harbourtimes.example/2023/11/03/alliance-winters-a508>\n",
        None, ("Vera Holm",), DAY,
    ),
    "printed from a browser": (
        f"11/3/23, 9:12 AM\t\t\t{TITLE} - The Harbour Post\n\nThe Harbour Post\n\nOPINION\n\n{TITLE}\n\nBy Vera Holm\n\nNovember 3, 2023 at 6:00 a.m. EDT\n\n(Ada Venn/For The Harbour Post)\n\n{BODY}\n\nAbout guest opinion submissions\n\nhttps://www.harbourpost.example/opinions/2023/11/03/alliance-winters/\t1/3\n",
        None, ("Vera Holm",), DAY,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "standfirst", "authors", "day"), PIECES.values(), ids=PIECES)
def test_every_field_of_a_saved_opinion(text: str, standfirst: str | None, authors: tuple[str, ...], day: date | None) -> None:
    article = read_text(text)
    assert (article.title.value, article.standfirst.value, article.authors.value, article.published.value) == (TITLE, standfirst, authors, day)
    assert [paragraph.text.removeprefix("VARNA – ") for paragraph in article.paragraphs] == SENTENCES


def test_a_credit_is_no_outlet() -> None:
    article = read_text(PIECES["a guest essay"][0])
    assert article.outlet.value is None
