"""Pages of invented papers, each with one thing to get right."""

import json
from datetime import date

import pytest

from bot.errors import Unreadable
from bot.models import Article, Basis
from bot.reading.address import canonical_address
from bot.reading.page import read_page

TODAY = date(2026, 1, 1)
SENTENCE = "The council has argued about rents for {} years, and nobody who sits on it today believes that the next meeting will settle it for good."
BODY = "".join(f"<p>{SENTENCE.format(number)}</p>" for number in ("three", "seven", "eleven", "twenty"))


def page(head: str = "", above: str = "", body: str = BODY, below: str = "") -> bytes:
    article = f"<article>{above}{body}{below}</article>"
    return f"<html><head>{head}</head><body><nav>Home News Opinion</nav>{article}<footer>© 2019 Harbour Post</footer></body></html>".encode()


def test_reads_what_the_page_prints() -> None:
    article = read_page(
        page(
            "<title>Rents will not fall by decree | Harbour Post</title><meta property='og:site_name' content='Harbour Post'>",
            "<h1>Rents will not fall by decree</h1>"
            "<p class='byline'>By Ada Quill and Tomas Brandt</p><time datetime='2024-03-09T08:00:00Z'>9 March 2024</time>",
        ),
        "https://harbourpost.example/opinion/rents?utm_source=x",
        today=TODAY,
    )
    assert article.title.value == "Rents will not fall by decree"
    assert article.authors.value == ("Ada Quill", "Tomas Brandt")
    assert article.published.value == date(2024, 3, 9)
    assert article.outlet.value == "Harbour Post"
    assert article.url.value == "https://harbourpost.example/opinion/rents"
    assert "twenty years" in article.text
    assert {fact.basis for fact in (article.title, article.authors, article.published, article.outlet)} == {Basis.STATED}


def test_says_unknown_where_nothing_is_stated() -> None:
    article = read_page(page(above="<h1>Rents will not fall by decree</h1>"), None, today=TODAY)
    assert article.authors.basis is Basis.UNKNOWN
    assert article.authors.value is None
    assert article.published.basis is Basis.UNKNOWN
    assert article.published.value is None


def test_a_page_without_an_article_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        read_page(b"<html><body></body></html>", None)
    with pytest.raises(Unreadable):
        read_page(b"   ", None)


LD = '<script type="application/ld+json">{}</script>'
HEAD = "<h1>Rents will not fall by decree</h1>"
THREE = "<span class='byline'><a rel='author'>Ada Quill</a>, <a rel='author'>Bo Ek</a> and <a rel='author'>Cy Orr</a></span>"


def read(head: str = "", above: str = HEAD, body: str = BODY, below: str = "", url: str | None = "https://harbourpost.example/x") -> Article:
    return read_page(page(head, above, body, below), url, today=TODAY)


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        ("<p>By Ada Quill</p>", ("Ada Quill",)),
        ("<div class='author-name'>By<span>Ada Quill</span><span>Staff writer</span><time>3 March 2024</time></div>", ("Ada Quill",)),
        (THREE, ("Ada Quill", "Bo Ek", "Cy Orr")),
        ("<p class='css-1x-Byline'>Ada Quill, PhD</p>", ("Ada Quill, PhD",)),
        ("<p class='byline'>Ada Quill | Updated 3 March 2024 | 4 min read</p>", ("Ada Quill",)),
        ("<p class='byline'>Ada Quill, Harbour Post</p>", ("Ada Quill",)),
        ("<p class='byline'>Ada Quill, Executive Editor, Quayside Health Watch</p>", ("Ada Quill",)),
        ("<p class='byline'>Ada Quill and Bo Ek The Associated Press</p>", ("Ada Quill", "Bo Ek")),
        ("<p class='byline'>Ada Quill/Bo Ek 7:30 PM PT</p>", ("Ada Quill", "Bo Ek")),
        ("<p class='byline'>Ada QuillAda Quill</p>", ("Ada Quill",)),
        ("<p class='byline'>Par Ada Quill Le 3 mars 2024</p>", ("Ada Quill",)),
        ("<p class='byline'>Von Ada Quill und Bo Ek</p>", ("Ada Quill", "Bo Ek")),
    ],
)
def test_bylines(markup: str, names: tuple[str, ...]) -> None:
    assert read("<meta property='og:site_name' content='Harbour Post'>", HEAD + markup).authors.value == names


@pytest.mark.parametrize(
    "markup",
    [
        "<p class='byline'>By admin</p>",
        "<p class='byline'>Staff</p>",
        "<p>By the way, nobody signed this.</p>",
        "<figure><figcaption>Photo by Ada Quill</figcaption></figure>",
        "<div class='comments'><p class='author'>Ada Quill</p></div>",
        "<p class='role'>Senior fellow</p>",
    ],
)
def test_nobody_is_invented(markup: str) -> None:
    assert read(above=HEAD, below=markup).authors.basis is Basis.UNKNOWN


def test_a_pen_name_counts_where_nobody_else_is_marked_as_the_author() -> None:
    marked = "<footer class='entry-meta'>by <a rel='author' href='/author/quillpen/'>Quillpen</a></footer>"
    assert read(above=HEAD, below=marked).authors.value == ("Quillpen",)
    assert read(above=HEAD, body=BODY * 6, below="<p>By WidgetWorks</p>").authors.basis is Basis.UNKNOWN, "an advertisement's"


def test_who_reviewed_a_piece_did_not_write_it() -> None:
    meta = "<meta name='author' content='Ada Quill'>"
    reviewed = "<span class='byline-reviewer'>Reviewed by <a class='byline-reviewer-link' href='/author/bo-ek/'>Bo Ek, CPA</a></span>"
    assert read(meta, f"{HEAD}<p class='byline'>By quill1</p>{reviewed}").authors.value == ("Ada Quill",)


def test_what_is_printed_beats_what_a_template_fills_in() -> None:
    ld = LD.format('{"@type": "BlogPosting", "author": {"@type": "Person", "name": "site.editor"}, "datePublished": "2025-06-01"}')
    article = read(ld, f"{HEAD}<p class='byline'>By Ada Quill</p><p>March 3, 2024</p>")
    assert article.authors.value == ("Ada Quill",)
    assert article.published.value == date(2024, 3, 3)


def test_an_update_is_no_publication() -> None:
    ld = LD.format('{"@type": "NewsArticle", "datePublished": "2024-03-03T09:00:00Z", "dateModified": "2024-05-09T09:00:00Z"}')
    article = read(ld, f"{HEAD}<p>Updated 9 May 2024</p>")
    assert (article.published.value, article.modified) == (date(2024, 3, 3), date(2024, 5, 9))


def test_a_page_that_is_kept_up_has_no_date_that_nobody_sees() -> None:
    article = '{"@type": "Article", "headline": "Rents will not fall by decree", "datePublished": "%s", "dateModified": "2025-06-01"}'
    assert read(LD.format(article % "2015-03-03")).published.basis is Basis.UNKNOWN
    assert read(LD.format(article % "2024-03-03")).published.value == date(2024, 3, 3), "changed a year later: still that piece"
    assert read(LD.format(article % "2015-03-03"), f"{HEAD}<p>3 March 2015</p>").published.value == date(2015, 3, 3)
    assert read(LD.format(article % "2015-03-03"), url="https://harbourpost.example/2015/03/03/x").published.value == date(2015, 3, 3)


def test_a_page_that_shows_its_update_only_is_of_that_day_unless_it_is_news() -> None:
    article = '{"@type": "%s", "headline": "Rents will not fall by decree", "datePublished": "2023-03-03", "dateModified": "2025-06-01"}'
    kept = read(LD.format(article % "Article"), f"{HEAD}<p>Last updated: June 1, 2025</p>").published
    assert (kept.value, kept.basis) == (date(2025, 6, 1), Basis.INFERRED)
    assert read(LD.format(article % "OpinionNewsArticle"), f"{HEAD}<p>Last updated: June 1, 2025</p>").published.value == date(2023, 3, 3)


def test_an_address_gives_an_inferred_date() -> None:
    article = read(url="https://harbourpost.example/2024/03/09/rents")
    assert (article.published.value, article.published.basis) == (date(2024, 3, 9), Basis.INFERRED)
    assert read(url="https://harbourpost.example/2024/03/rents").published.value is None


@pytest.mark.parametrize("text", ["© 2019 Harbour Post", "In 1998, on 3 May 1998, the law passed", "Today: Friday, 2 January 2099"])
def test_no_date_is_invented(text: str) -> None:
    assert read(below=f"<p>{SENTENCE.format('many')} {text}</p>").published.value is None


def test_the_line_about_the_author() -> None:
    line = "Vera Holm is a senior fellow at the Quay Institute and the author of a book about ports."
    article = read(above=HEAD, below=f"<p>{line}</p>")
    assert (article.authors.value, article.authors.basis, article.bio) == (("Vera Holm",), Basis.INFERRED, line)


def test_the_standfirst_is_no_paragraph() -> None:
    line = "Councils keep passing rules that tenants never see the benefit of"
    article = read(above=f"{HEAD}<p class='article__deck'>{line}</p>", body=f"<div>{BODY}</div>")
    assert article.standfirst.value == line
    assert line not in article.text


def test_a_teaser_is_partial() -> None:
    ld = LD.format('{"@type": "NewsArticle", "isAccessibleForFree": "False"}')
    assert read(ld).partial
    assert read(below="<p>Subscribe to continue reading.</p>").partial
    assert not read().partial
    longer = "".join(f"<p>{SENTENCE.format(number)}</p>" for number in range(20))
    assert not read(ld, body=longer).partial


def test_a_teaser_of_one_paragraph_is_kept_and_a_wall_without_one_named() -> None:
    ld = LD.format('{"@type": "NewsArticle", "headline": "Rents will not fall by decree", "isAccessibleForFree": "False"}')
    head = f"{HEAD}<p class='byline'>By Ada Quill</p>"
    teaser = read(ld, head, body=f"<p>{SENTENCE.format('many')}</p>", below="<p>Subscribe to continue reading.</p>", url=None)
    assert (teaser.text, teaser.partial) == (SENTENCE.format("many"), True)
    with pytest.raises(Unreadable, match="behind a paywall"):
        read(ld, head, body="", below="<p>Subscribe to continue reading.</p>")


def test_a_page_closed_in_the_middle_is_read_to_its_end() -> None:
    data = f"<html><body><header>Menu</header></body></html><div>{HEAD}{BODY}</div></body></html>".encode()
    assert "twenty years" in read_page(data, None).text


def test_the_page_s_own_text_decides_when_another_was_found() -> None:
    text = " ".join(f"The tide rises {number} times and the harbour master writes it down." for number in range(40))
    ld = LD.format(json.dumps({"@type": "Article", "headline": "Tides", "articleBody": text}))
    assert "tide rises 39 times" in read(ld, above="<h1>Tides</h1>").text


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://Www.Paper.example:443/a/b?utm_source=x&id=7&fbclid=1#c", "https://www.paper.example/a/b?id=7"),
        ("https://paper.example/a?_hsenc=p2&wt.mc_id=9&sc_lang=fr&mod=home", "https://paper.example/a?sc_lang=fr"),
        ("https://amp.paper.example/a", "https://paper.example/a"),
        ("https://paper.example/a/amp/", "https://paper.example/a/"),
        ("https://paper.example/a.print.html", "https://paper.example/a.html"),
        ("https://paper.example/a?output=1&view=print", "https://paper.example/a?output=1"),
        ("https://paper-example.cdn.ampproject.org/c/s/paper.example/a", "https://paper.example/a"),
        ("http://[2606:4700::1]/a", "http://[2606:4700::1]/a"),
    ],
)
def test_canonical_addresses(url: str, canonical: str) -> None:
    assert canonical_address(url) == canonical
    assert canonical_address(canonical) == canonical


def test_a_canonical_link_to_the_front_page_or_another_site_is_not_believed() -> None:
    for href in ("https://harbourpost.example/", "https://elsewhere.example/x", "http://["):
        assert read(f"<link rel='canonical' href='{href}'>").url.value == "https://harbourpost.example/x"
    assert read("<link rel='canonical' href='/opinion/rents?ref=x'>").url.value == "https://harbourpost.example/opinion/rents"


@pytest.mark.parametrize(
    ("encoding", "stated", "server"),
    [
        ("utf-8", "iso-8859-1", None),
        ("utf-8", None, "windows-1252"),
        ("cp1252", None, None),
        ("iso-8859-1", "utf-8", None),
        ("iso-8859-15", None, "iso-8859-15"),
        ("utf-16", None, None),
    ],
)
def test_letters_survive_wrong_labels(encoding: str, stated: str | None, server: str | None) -> None:
    meta = f"<meta charset='{stated}'>" if stated else ""
    text = f"<html><head>{meta}</head><body><h1>Über Mieten in Łódź</h1>{BODY}</body></html>".replace("Łódź", "Łódź" if "utf" in encoding else "Köln")
    assert (read_page(text.encode(encoding), None, charset=server).title.value or "").startswith("Über Mieten in")


def test_a_headline_loses_what_stands_behind_it() -> None:
    above = "<h1>Rents will not fall by decree<span> Posted on March 3, 2024</span></h1>"
    article = read("<meta property='og:title' content='Rents will not fall by decree'>", above)
    assert article.title.value == "Rents will not fall by decree"
