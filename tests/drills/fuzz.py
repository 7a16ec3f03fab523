"""100,000 pages, feeds, texts and files that nobody would write: each gives a sane article or one clear sentence, within two seconds.

``python -m tests.drills.fuzz [INPUTS]``; fewer for a short run, ``python -m tests.drills.fuzz --only KIND NUMBER`` for one again. Prints
``drills.fuzz.{trials,errors,slowest_ms}`` and how many of each kind were tried and read. Every input is made anew from its number, so that a
failure can be looked at. Time is this process's CPU, so that other work on the machine is not taken for ours.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from bot.errors import BotError
from bot.models import Article, Basis
from bot.reading.documents import read_bytes
from bot.reading.feeds import read_feed, read_opml
from bot.reading.page import read_page
from bot.reading.text import read_text
from tests.documents import make_docx, make_mail, make_pdf

INPUTS = 100_000
PROCESSES = 2
BLOCK = 500
SLOWEST_MS = 2000.0
URL = "https://paper.example/2024/05/06/rents"
SAMPLES = Path(__file__).parents[2] / "bot" / "playground" / "samples"

TAGS = (
    "html head body title meta link script style article main section div span p a h1 h2 h3 ul ol li table tr td th blockquote time address figure "
    "img figcaption br hr em b i nav footer aside header noscript svg template button form input select option pre code iframe symbol q del"
).split()
NAMES = "byline author date published entry-date comment sidebar related bio dek standfirst headline newsletter vcard caption modal price".split()
ATTRIBUTES = (
    *(f'class="{name}"' for name in NAMES), 'itemprop="author"', 'itemprop="datePublished"', 'rel="author"', 'datetime="2024-13-45T99"', "hidden",
    'property="og:title"', 'property="article:published_time"', 'name="author"', 'content="x"', 'type="application/ld+json"', 'href="http://["',
    'href="/x"', 'style="display:none"', "=", '"', "<", "onload='alert(1)'",
)  # fmt: skip
WORDS = (
    "By Ann Lee", "By", "Staff Writer and", "3 March 2024", "2024-03-04", "Updated 31/12/99999", "©", "rents", "&amp;", "&#0;", "&#x1F600;", "|",
    " - ", "\u202e", "\x00", "Vera Holm is a fellow at the Quay Institute.", "The council met on Monday, and nobody agreed. ", "Advertisement",
    "0000-00-00", "一二三", "اختبار", "Photo: Lena Marsh / Reuters", "* * *", "---", ">", "Comments", "[link](https://a.example/b)", "[a][1]",
    "![alt](x.png)", "[[[[", "]](((", "**", "__", "\\", "<b>", "| a | b |", "1.", "# A Title of Some Weight", "Reply", "3 hours ago", "Ann says:",
    "Original url:", "{", "%s", "e\u0301", "𝕏" * 20, "\u2028", "\x0c", "Subscribe to continue reading.", "May 3, 2019", "a" * 300,
)  # fmt: skip
CLOSINGS = ("</p>", "<!--", "-->", "<![CDATA[", "</body>", "<", ">", "</script>", "]]>")
KEYS = ("@type", "@id", "@graph", "author", "name", "headline", "datePublished", "dateModified", "publisher", "articleBody", "isAccessibleForFree")
VALUES = (None, True, 0, -1, 1e308, "", "NewsArticle", "Person", "2024-01-01", "Ann Lee", [], {}, "x" * 300)
ENCODINGS = ("utf-8", "utf-8", "utf-16", "cp1252", "latin-1", "shift_jis", "utf-7")
LEADS = (
    b"", b"<rss version='2.0'><channel><item>", b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>", b"<opml><body><outline xmlUrl='",
    b'{"version": "https://jsonfeed.org/version/1", "items": [', b"<?xml version='1.0' encoding='ebcdic'?><rss>",
)  # fmt: skip

Random = random.Random


def soup(rng: Random) -> str:
    """Tag soup in the words of real pages."""
    parts: list[str] = []
    for _ in range(rng.randrange(40)):
        tag, kind = rng.choice(TAGS), rng.random()
        if kind < 0.6:
            parts.append(f"<{tag} {' '.join(rng.sample(ATTRIBUTES, rng.randrange(4)))}>{rng.choice(WORDS) * rng.choice((1, 1, 1, 6))}")
        elif kind < 0.7:
            parts.append(f'<script type="application/ld+json">{json.dumps(node(rng, 4))}</script>')
        elif kind < 0.9:
            parts.append(f"</{tag}>")
        else:
            parts.append(rng.choice(CLOSINGS))
    return "".join(parts)


def node(rng: Random, depth: int) -> object:
    """JSON-LD of any shape."""
    kind = rng.random()
    if depth == 0 or kind < 0.3:
        return rng.choice(VALUES)
    if kind < 0.5:
        return [node(rng, depth - 1) for _ in range(rng.randrange(4))]
    return {key: node(rng, depth - 1) for key in rng.sample(KEYS, rng.randrange(6))}


def lines(rng: Random) -> str:
    """Lines of saved pages in any order, or anything at all."""
    kind = rng.random()
    if kind < 0.1:
        return rng.choice(WORDS)[:40] * rng.randrange(1, 5000)
    if kind < 0.3:
        odd = (chr(rng.choice((rng.randrange(32, 127), rng.randrange(0xD7FF), rng.randrange(0xE000, 0x10FFFF)))) for _ in range(rng.randrange(400)))
        return "".join(odd)
    return rng.choice(("\n", "\n\n", "\r\n")).join(" ".join(rng.choices(WORDS, k=rng.randrange(1, 5))) for _ in range(rng.randrange(45)))


def damaged(rng: Random, data: bytes) -> bytes:
    """With stretches lost, doubled or overwritten."""
    broken = bytearray(data)
    for _ in range(rng.randrange(1, 12)):
        at, cut = rng.randrange(len(broken) + 1), rng.randrange(60)
        broken[at : at + cut] = rng.choice((b"", rng.randbytes(rng.randrange(40)), broken[at : at + cut] * 2, rng.choice(WORDS).encode()))
    return bytes(broken)


@cache
def whole() -> dict[str, tuple[bytes, ...]]:
    """What damage is done to: pieces of ours as text, page, feed and file."""
    texts = [path.read_text(encoding="utf8") for path in sorted(SAMPLES.glob("*.md"))]
    pages = []
    for text in texts:
        paragraphs = [line.strip() for line in text.split("\n\n") if line.strip()]
        body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs[1:])
        about = json.dumps({"@type": "NewsArticle", "headline": paragraphs[0], "author": {"name": "Ann Lee"}, "datePublished": "2024-03-03"})
        head = f"<title>{paragraphs[0]}</title><script type='application/ld+json'>{about}</script>"
        pages.append(f"<html><head>{head}</head><body><h1>{paragraphs[0]}</h1><p class='byline'>By Ann Lee</p>{body}</body></html>".encode())
    items = "".join(
        f"<item><title>Rents {n}</title><link>https://p.example/{n}</link><pubDate>Mon, 04 Mar 2024 08:00:00 GMT</pubDate></item>" for n in range(9)
    )
    atom = "".join(f"<entry><title>Rents {n}</title><link href='https://p.example/{n}'/><updated>2024-03-04</updated></entry>" for n in range(9))
    listed = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": str(n), "url": f"https://p.example/{n}"} for n in range(9)]}
    drawn = [(70, 750, 22, "The Ferry"), *((70, 700 - 14 * line, 11, "The ministers announced a ferry again, and") for line in range(30))]
    return {
        "text": tuple(text.encode() for text in texts),
        "page": tuple(pages),
        "feed": (
            f"<rss version='2.0'><channel>{items}</channel></rss>".encode(),
            f"<feed xmlns='http://www.w3.org/2005/Atom'>{atom}</feed>".encode(),
            json.dumps(listed).encode(),
        ),
        "file": (
            make_pdf([drawn]),
            make_docx([("Title", "The Ferry"), ("", "The ministers of two coasts announced a ferry again. " * 10)]),
            make_mail("The Ferry", "Ann Brook <a@example.org>", "x", "<h1>The Ferry</h1><p>" + "The ministers announced a ferry again. " * 10),
        ),
    }


def page(rng: Random) -> Callable[[], object]:
    if rng.random() < 0.3:
        data = damaged(rng, rng.choice(whole()["page"]))
    else:
        data = (soup(rng) * rng.choice((1,) * 24 + (40,))).encode(rng.choice(ENCODINGS), "replace")
    return lambda: read_page(data, rng.choice((URL, None, "http://[", "")), charset=rng.choice((None, None, "utf-8", "x-none")))


def feed(rng: Random) -> Callable[[], object]:
    data = damaged(rng, rng.choice(whole()["feed"])) if rng.random() < 0.5 else rng.choice(LEADS) + soup(rng).encode("utf-8", "replace")
    return lambda: (read_opml if rng.random() < 0.2 else lambda data: read_feed(data, URL))(data)


def text(rng: Random) -> Callable[[], object]:
    words = damaged(rng, rng.choice(whole()["text"])).decode("utf-8", "replace") if rng.random() < 0.3 else lines(rng)
    return lambda: read_text(words)


def file(rng: Random) -> Callable[[], object]:
    data = rng.randbytes(rng.randrange(3000)) if rng.random() < 0.25 else damaged(rng, rng.choice(whole()["file"]))
    name = rng.choice((None, "a.bin", "a.md", "a.html", "a.pdf"))
    return lambda: read_bytes(data, name)


KINDS: dict[str, Callable[[Random], Callable[[], object]]] = {"page": page, "feed": feed, "text": text, "file": file}


def fault(read: Callable[[], object]) -> tuple[str, bool]:
    """What is wrong with how one input was read, nothing when all is well; and whether it gave something."""
    try:
        result = read()
    except BotError as error:
        return ("" if 10 < len(str(error)) < 300 else f"unclear: {error}"), False
    except Exception as error:  # the drill counts whatever comes
        return f"{type(error).__name__}: {error}", False
    return (fault_of_article(result) if isinstance(result, Article) else ""), True


def fault_of_article(article: Article) -> str:
    """Why an article is not sane."""
    if [paragraph.position for paragraph in article.paragraphs] != list(range(len(article.paragraphs))) or not article.words:
        return "no paragraphs, or out of order"
    if not all(paragraph.text.strip() for paragraph in article.paragraphs):
        return "an empty paragraph"
    for fact in (article.title, article.authors, article.outlet, article.published, article.standfirst, article.url):
        if (fact.value is None) != (fact.basis is Basis.UNKNOWN) or (fact.value is not None and not fact.evidence):
            return f"a fact without evidence: {fact}"
    return "" if all(name.strip() for name in article.authors.value or ()) else "an author without a name"


def attempt(kind: str, number: int) -> tuple[str, bool, float]:
    """One input: its fault, whether something was read, and its CPU milliseconds."""
    read = KINDS[kind](random.Random(f"{kind} {number}"))
    begun = time.process_time()
    wrong, found = fault(read)
    spent = 1000 * (time.process_time() - begun)
    return wrong or ("too slow" if spent > SLOWEST_MS else ""), found, spent


Found = tuple[Counter[str], Counter[str], int, float]
"""Tried and read by kind, errors, and the slowest in milliseconds."""


def try_some(kind: str, numbers: range) -> Found:
    read, errors, slowest = 0, 0, 0.0
    for number in numbers:
        wrong, found, spent = attempt(kind, number)
        read += found
        slowest = max(slowest, spent)
        if wrong:
            errors += 1
            print(f"  {kind} {number}: {wrong[:200]} ({spent:.0f} ms)", file=sys.stderr, flush=True)
    return Counter({kind: len(numbers)}), Counter({kind: read}), errors, slowest


def drill(inputs: int, processes: int = 1) -> Found:
    """As many of each kind, in blocks that are dealt to some processes."""
    each = inputs // len(KINDS)
    blocks = [
        (kind, range(start, min(start + BLOCK, each))) for kind in KINDS for start in range(0, each, BLOCK)
    ]
    if processes > 1:
        with ProcessPoolExecutor(processes) as pool:
            parts = list(pool.map(try_some, *zip(*blocks, strict=True)))
    else:
        parts = [try_some(*block) for block in blocks]
    tried, read, errors, slowest = zip(*parts, strict=True)
    return sum(tried, Counter()), sum(read, Counter()), sum(errors), max(slowest)


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--only"]:
        print(*attempt(arguments[1], int(arguments[2])))
        return
    tried, read, errors, slowest = drill(int(arguments[0]) if arguments else INPUTS, PROCESSES)
    kinds = ", ".join(f"{tried[kind]} {kind}s of which {read[kind]} read" for kind in KINDS)
    print(f"drills.fuzz.trials: {sum(tried.values())} ({kinds})")
    print(f"drills.fuzz.errors: {errors}")
    print(f"drills.fuzz.slowest_ms: {slowest:.0f}")


if __name__ == "__main__":
    main(sys.argv[1:])
