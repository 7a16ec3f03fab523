"""Pages in the markup of the systems that papers and blogs run on, each with our own invented text, and the fields that they state."""

# ruff: noqa: E501 (markup is read more easily unbroken)

import json
from dataclasses import dataclass
from datetime import date

import pytest

from bot.reading.page import read_page

TODAY = date(2026, 1, 1)
DAY = date(2024, 3, 9)
TITLE = "Rents in the harbour will not fall by decree"
TEXT = [
    f"The harbour council has argued about rents for {word} years, and nobody who sits on it believes that the next meeting will settle it for good."
    for word in ("three", "seven", "eleven", "twenty", "forty")
]
BODY = "".join(f"<p>{sentence}</p>" for sentence in TEXT)
URL = "https://www.harbourpost.example/opinion/rents-in-the-harbour"


@dataclass(frozen=True, slots=True)
class Case:
    body: str
    head: str = ""
    authors: tuple[str, ...] | None = ("Ada Quill",)
    day: date | None = DAY
    title: str = TITLE
    url: str = URL
    lang: str = "en"


def ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **fields})}</script>'


def article(**fields: object) -> str:
    return ld(**{"@type": "NewsArticle", "headline": TITLE, "datePublished": "2024-03-09T08:00:00+01:00", **fields})


H1 = f"<h1>{TITLE}</h1>"
TIME = '<time datetime="2024-03-09T08:00:00+01:00">9 March 2024</time>'
PLAIN = f"<main><article>{H1}{TIME}{BODY}</article></main>"
RELATED = (
    "<aside class='related'><h2>More stories</h2><article><h3>Ferries are late again this spring</h3><p>By Bo Ek</p><time datetime='2025-05-01'>1 May"
    " 2025</time></article><article><h3>A bridge for nobody at all</h3><p>By Cy Orr</p><time datetime='2025-06-01'>1 June 2025</time></article></aside>"
)
COMMENTS = (
    "<section id='comments'><ol class='comment-list'><li class='comment'><cite class='fn'>Dora Moss</cite> <span class='says'>says:</span>"
    "<time datetime='2024-03-12'>12 March 2024</time><p>I have paid more than anybody in this town and I should like to know when it ends.</p></li></ol></section>"
)
DATED = article()
PERSON = {"@type": "Person", "name": "Ada Quill"}
PAPER = {"@type": "Organization", "name": "Harbour Post"}

CASES = {
    # --- systems ---------------------------------------------------------------------------------------------------------
    "wordpress": Case(
        "<div class='site-header'><p class='site-title'><a href='/' rel='home'>Harbour Post</a></p></div><main id='site-content'><article class='post'>"
        f"<header class='entry-header'><div class='entry-categories'><a href='/c'>Housing</a></div><h1 class='entry-title'>{TITLE}</h1><ul class='post-meta'>"
        "<li class='post-author meta-wrapper'><span class='screen-reader-text'>Post author</span>By <a href='/author/ada/'>Ada Quill</a></li><li class="
        "'post-date meta-wrapper'><a href='#'>March 9, 2024</a></li><li class='post-comment-link'><a href='#c'>3 Comments</a></li></ul></header>"
        f"<div class='entry-content'>{BODY}</div></article>{COMMENTS}{RELATED}</main>"
    ),
    "wordpress, the site's name in the first heading": Case(
        "<div id='header'><h1 id='site-title'><a href='https://www.harbourpost.example/' rel='home'>Notes from the quay</a></h1></div><div id='content'>"
        f"<div class='post'><h2 class='entry-title'>{TITLE}</h2><div class='entry-meta'>Posted on <a><span class='entry-date'>March 9, 2024</span></a> by "
        f"<span class='author vcard'><a class='url fn n' href='/author/ada'>Ada Quill</a></span></div><div class='entry-content'>{BODY}</div></div></div>"
        f"{COMMENTS}<div id='sidebar'><h3>Recent comments</h3><ul><li>Bo Ek on Ferries</li></ul></div>",
        head=f"<title>{TITLE} | Notes from the quay</title>",
    ),
    "blogger": Case(
        "<div class='header'><h1 class='title'><a href='https://quay.example/'>Notes from the quay</a></h1></div><h2 class='date-header'><span>Saturday,"
        f" March 9, 2024</span></h2><div class='post hentry'><h3 class='post-title entry-title' itemprop='name'>{TITLE}</h3><div class='post-body entry-content'"
        f">{BODY}</div><div class='post-footer'><span class='post-author vcard'>Posted by <span class='fn' itemprop='author'><span itemprop='name'>Ada Quill"
        "</span></span></span> <span class='post-timestamp'>at <abbr class='published' title='2024-03-09T08:00:00+01:00'>8:00 AM</abbr></span></div></div>"
        f"<div class='comments' id='comments'><h4>2 comments:</h4><dl><dt>Dora Moss said...</dt><dd>Too dear.</dd><dd>March 12, 2024</dd></dl></div>",
        head=f"<title>Notes from the quay: {TITLE}</title>",
        url="https://quay.example/2024/03/rents.html",
    ),
    "ghost": Case(
        f"<article class='gh-article post'><header class='gh-article-header'><a class='gh-article-tag'>Housing</a><h1 class='gh-article-title'>{TITLE}</h1>"
        "<p class='gh-article-excerpt'>The council waits for builders who will not come.</p><div class='gh-article-meta'><h4 class='gh-article-author-name'>"
        "<a href='/author/ada/'>Ada Quill</a></h4><div class='gh-article-meta-content'><time class='gh-article-meta-date' datetime='2024-03-09'>Mar 9, 2024"
        f"</time><span class='gh-article-meta-length'>4 min read</span></div></div></header><div class='gh-content'>{BODY}</div></article>{RELATED}",
        head=ld(**{"@type": "Article", "headline": TITLE, "publisher": PAPER, "author": {**PERSON, "url": "https://quay.example/author/ada/", "sameAs": []}}),
    ),
    "substack": Case(
        f"<article class='newsletter-post post'><h1 class='post-title'>{TITLE}</h1><h3 class='subtitle'>The council waits for builders who will not come</h3>"
        "<div class='byline-wrapper'><div class='pencraft'><a href='https://substack.example/@ada'>Ada Quill</a></div><div class='pencraft'>Mar 09, 2024</div>"
        "<div class='pencraft'>12</div><a class='post-ufi-button'>Share</a></div><div class='available-content'><div class='body markup'>"
        f"{BODY}</div></div><div class='subscribe-widget'><p>Thanks for reading Quay Notes! Subscribe for free to receive new posts.</p></div></article>",
        head=article(author=[{**PERSON, "url": "https://substack.example/@ada"}], publisher={"@type": "Organization", "name": "Quay Notes"}),
    ),
    "medium": Case(
        f"<article><section><h1 data-testid='storyTitle'>{TITLE}</h1><div><a data-testid='authorName' href='/@ada'>Ada Quill</a><button>Follow</button>"
        "<div><span>Published in</span><a data-testid='publicationName'>Harbour Notes</a></div><span data-testid='storyReadTime'>5 min read</span><span data-"
        f"testid='storyPublishDate'>Mar 9, 2024</span></div>{BODY}</section></article>",
        head="<meta name='author' content='Ada Quill'><meta property='article:published_time' content='2024-03-09T07:00:00.000Z'>",
    ),
    "arc": Case(
        f"<main><h1 class='headline'>{TITLE}</h1><h2 class='subheadline'>The council waits</h2><div class='b-byline'><span class='b-byline__by'>By </span>"
        "<span class='b-byline__names'><a href='/author/ada-quill/'>Ada Quill</a> and <a href='/author/bo-ek/'>Bo Ek</a></span></div><time class='c-date' "
        f"datetime='2024-03-09T13:00:00Z'>March 9, 2024 at 8:00AM EST</time><article class='b-article-body'>{BODY}</article></main>",
        authors=("Ada Quill", "Bo Ek"),
    ),
    "squarespace": Case(
        f"<article><div class='blog-item-title'><h1 class='entry-title'>{TITLE}</h1></div><div class='blog-item-meta'><time class='dt-published "
        "blog-meta-item--date' datetime='Mar 9'>Mar 9</time> <time class='dt-published' datetime='2024-03-09'>Mar 9, 2024</time><span class='blog-author-name'>"
        f"Written By <a>Ada Quill</a></span></div><div class='blog-item-content'>{BODY}</div></article>",
    ),
    "drupal": Case(
        f"<article class='node node--type-article'><h1 class='page-title'><span class='field field--name-title'>{TITLE}</span></h1><footer class='node__meta'>"
        "<div class='node__submitted'>By <span class='field field--name-uid'><span lang='' about='/user/4' typeof='schema:Person'>Ada Quill</span></span> on "
        f"<span class='field field--name-created'>Sat, 9 March 2024 - 08:00</span></div></footer><div class='field--name-body'>{BODY}</div></article>{COMMENTS}",
    ),
    "joomla": Case(
        f"<div class='item-page' itemscope itemtype='https://schema.org/Article'><div class='page-header'><h2 itemprop='headline'>{TITLE}</h2></div><dl class="
        "'article-info'><dd class='createdby' itemprop='author' itemscope itemtype='https://schema.org/Person'>Written by: <span itemprop='name'>Ada Quill"
        "</span></dd><dd class='category-name'>Category: Housing</dd><dd class='published'><time datetime='2024-03-09T08:00:00+01:00' itemprop="
        f"'datePublished'>Published: 09 March 2024</time></dd><dd class='hits'>Hits: 1204</dd></dl><div itemprop='articleBody'>{BODY}</div></div>",
    ),
    "hugo": Case(f"<main><header class='post-header'>{H1}<div class='post-meta'>March 9, 2024&nbsp;·&nbsp;4 min&nbsp;·&nbsp;Ada Quill</div></header>{BODY}</main>"),
    "typepad": Case(
        f"<h2 class='date-header'>March 09, 2024</h2><div class='entry'><h3 class='entry-header'>{TITLE}</h3><div class='entry-body'>{BODY}</div><p class="
        "'entry-footer'>Posted by Ada Quill on March 9, 2024 at 08:00 AM | <a href='#'>Permalink</a></p></div>",
        head=f"<title>Quay notes: {TITLE}</title>",
    ),
    "tumblr and one name": Case(
        f"<article class='post'>{H1}<div class='meta'>posted 9 March 2024 by <a rel='author'>quaynotes</a></div>{BODY}</article>", authors=("quaynotes",)
    ),
    "a paper with roles and handles": Case(
        f"<main>{H1}<div class='article-byline'><img alt='Ada Quill' src='a.jpg'><a class='author' rel='author'>Ada Quill</a><span class='role'>Housing"
        " correspondent</span><a class='twitter'>@adaquill</a></div><p class='dateline'>Sat 9 Mar 2024 08.00 GMT</p><p>Last modified on Sun 10 Mar 2024 09.12 GMT</p>"
        f"<div class='article-body'>{BODY}</div></main>",
    ),
    "a broadcaster": Case(
        f"<main><article>{H1}<div data-component='byline-block'><span class='ssrcss-TextContributorName'>By Ada Quill</span><div class='role'>Harbour"
        " correspondent</div></div><time data-testid='timestamp' datetime='2024-03-09T07:00:00.000Z'>9 March 2024</time>"
        f"{''.join(f'<div data-component={chr(39)}text-block{chr(39)}><p>{sentence}</p></div>' for sentence in TEXT)}</article></main>",
    ),
    # --- what is said for machines ---------------------------------------------------------------------------------------
    "graph with references": Case(
        f"<article>{H1}{BODY}</article>",
        head=ld(
            **{
                "@graph": [
                    {"@type": "Article", "headline": TITLE, "author": {"name": "Ada Quill", "@id": "#p"}, "datePublished": "2024-03-09T08:00:00+00:00"},
                    {"@type": "WebPage", "@id": URL, "name": f"{TITLE} - Harbour Post", "datePublished": "2024-03-09T08:00:00+00:00"},
                    {"@type": "WebSite", "name": "Harbour Post", "publisher": {"@id": "#o"}},
                    {"@type": "Organization", "@id": "#o", "name": "Harbour Post"},
                    {"@type": "Person", "@id": "#p", "name": "Ada Quill", "description": "Ada Quill has lived at the harbour all her life."},
                ]
            }
        ),
    ),
    "author by reference only": Case(
        f"<article>{H1}{BODY}</article>",
        head=ld(**{"@graph": [{"@type": "BlogPosting", "headline": TITLE, "datePublished": "2024-03-09", "author": {"@id": "#p"}}, {**PERSON, "@id": "#p"}]}),
    ),
    "author as an address": Case(PLAIN, head=article(author="https://www.harbourpost.example/people/ada") + "<meta name='author' content='Ada Quill'>"),
    "author's name as a list": Case(PLAIN, head=article(author={"@type": "Person", "name": ["Ada Quill", "Bo Ek"]}), authors=("Ada Quill", "Bo Ek")),
    "authors in one name": Case(PLAIN, head=article(author={"@type": "Person", "name": "Ada Quill, Bo Ek"}), authors=("Ada Quill", "Bo Ek")),
    "authors as texts": Case(PLAIN, head=article(author=["Ada Quill", "Bo Ek"]), authors=("Ada Quill", "Bo Ek")),
    "person beside the paper": Case(PLAIN, head=article(author=[PERSON, PAPER], publisher=PAPER)),
    "person and wire": Case(PLAIN, head=article(author=[PERSON, {"@type": "Organization", "name": "Reuters"}])),
    "a wire": Case(PLAIN, head=article(author={"@type": "Person", "name": "The Associated Press"}), authors=("The Associated Press",)),
    "a reviewer is no author": Case(
        f"<article>{H1}<p class='author'>Written by Ada Quill</p><p class='reviewer'>Medically reviewed by Bo Ek, MD</p>{TIME}{BODY}</article>",
        head=article(author=PERSON, reviewedBy={"@type": "Person", "name": "Bo Ek"}),
    ),
    "parsely": Case(PLAIN, head="<meta name='parsely-author' content='Ada Quill'><meta name='parsely-pub-date' content='2024-03-09T07:00:00Z'>"),
    "sailthru": Case(PLAIN, head="<meta name='sailthru.author' content='Ada Quill'><meta name='sailthru.date' content='2024-03-09'>"),
    "dublin core": Case(PLAIN, head="<meta name='DC.creator' content='Ada Quill'><meta name='DC.date.issued' content='2024-03-09'>"),
    "citation": Case(
        PLAIN,
        head="<meta name='citation_author' content='Quill, Ada'><meta name='citation_author' content='Ek, Bo'><meta name='citation_date' content='2024/03/09'>",
        authors=("Ada Quill", "Bo Ek"),
    ),
    "a network's address as author": Case(
        f"<article>{H1}<p class='byline'>By Ada Quill</p>{TIME}{BODY}</article>",
        head="<meta property='article:author' content='https://www.facebook.example/harbourpost'>",
    ),
    "the label for sharing": Case(PLAIN, head="<meta name='twitter:label1' content='Written by'><meta name='twitter:data1' content='Ada Quill'>"),
    "broken and foreign blocks beside": Case(
        PLAIN,
        head='<script type="application/ld+json">{"@type": "NewsArticle", "headline": }</script>'
        + ld(**{"@type": "BreadcrumbList", "itemListElement": []})
        + ld(**{"@type": "NewsArticle", "headline": "Ferries are late", "author": {"@type": "Person", "name": "Bo Ek"}, "datePublished": "2025-05-01"})
        + article(author=PERSON),
    ),
    # --- bylines ---------------------------------------------------------------------------------------------------------
    "in capitals with a place": Case(f"<article>{H1}<p class='byline'>BY ADA QUILL IN OLD HARBOUR</p>{TIME}{BODY}</article>"),
    "for an outlet": Case(f"<article>{H1}<p class='byline'>By Ada Quill | Harbour Post | March 9, 2024</p>{BODY}</article>"),
    "words by": Case(f"<article>{H1}<p>Words by Ada Quill</p><p>Photography by Bo Ek</p>{TIME}{BODY}</article>"),
    "a clock is nobody": Case(
        f"<article>{H1}<div class='article-author-name'><time datetime='2024-03-09T07:00Z'>9 Mar 2024 07:00 GMT</time></div>{BODY}</article>", authors=None
    ),
    "a person in the text is nobody": Case(
        f"<article>{H1}{TIME}<p>The mayor, <a href='/people/cy-orr'>Cy Orr</a>, has argued about rents for nine years and thinks that the next meeting of the"
        f" council will not settle it, which is what <a href='/people/bo-ek'>Bo Ek</a> has said all along in the town hall.</p>{BODY}</article>",
        authors=None,
    ),
    "columnists of a menu are nobody": Case(
        "<div class='topbar'><ul><li><a href='/author/bo-ek/'>Bo Ek</a></li><li><a href='/author/cy-orr/'>Cy Orr</a></li></ul></div>" + "<p>Harbour weather and tides, every hour.</p>" * 20 + PLAIN,
        authors=None,
    ),
    "authors of other pieces are nobody": Case(
        f"<main><article>{H1}{TIME}{BODY}{BODY}</article></main><div class='cards'><div><h3>Ferries are late again</h3><p>By Bo Ek</p></div><div><h3>A bridge"
        " for nobody</h3><p>By Cy Orr</p></div><div><h3>Tides and times</h3><p>By Dora Moss</p></div></div>",
        authors=None,
    ),
    "an author's line at the end": Case(f"<article>{H1}{TIME}{BODY}<p><em>Ada Quill is a senior fellow at the Harbour Institute.</em></p></article>"),
    # --- dates -----------------------------------------------------------------------------------------------------------
    "hours ago": Case(f"<article>{H1}<p class='byline'>By Ada Quill</p><span class='date'>2 hours ago</span>{BODY}</article>", day=None),
    "only the year of the rights": Case(f"<article>{H1}<p class='byline'>By Ada Quill</p>{BODY}</article><footer>© 2024 Harbour Post</footer>", day=None),
    "only dates of others": Case(f"<article>{H1}<p class='byline'>By Ada Quill</p>{BODY}</article>{RELATED}{COMMENTS}", day=None),
    "published and updated": Case(
        f"<article>{H1}<p class='byline'>By Ada Quill</p><p>Published 9 March 2024, updated 11 March 2024</p>{BODY}</article>"
    ),
    "an evening in the west": Case(
        f"<article>{H1}<p class='byline'>By Ada Quill</p><p class='date'>March 9, 2024 9:30 p.m. PT</p>{BODY}</article>",
        head=article(datePublished="2024-03-10T05:30:00Z"),
    ),
    "the address's day at the edge of another": Case(
        f"<article>{H1}<p class='byline'>By Ada Quill</p>{BODY}</article>",
        head=article(datePublished="2024-03-10T02:30:00Z"),
        url="https://www.harbourpost.example/2024/03/09/rents/",
    ),
    # --- titles ----------------------------------------------------------------------------------------------------------
    "outlet in front": Case(PLAIN.replace("h1>", "h2>"), head=f"<title>Harbour Post: {TITLE}</title><meta property='og:site_name' content='Harbour Post'>", authors=None),
    "outlet behind": Case(PLAIN.replace("h1>", "h2>"), head=f"<title>{TITLE} – Opinion – Harbour Post</title><meta property='og:site_name' content='Harbour Post'>", authors=None),
    "blog archive": Case(f"<div class='post'><h2>{TITLE}</h2>{TIME}{BODY}</div>", head=f"<title>Quay Notes » Blog Archive » {TITLE}</title>", authors=None),
    "entities": Case(
        f"<article><h1>Rents &amp; harbour: &#8216;nothing&#8217; falls</h1>{TIME}{BODY}</article>",
        head="<meta property='og:title' content='Rents &amp;amp; harbour: ‘nothing’ falls'>",
        title="Rents & harbour: ‘nothing’ falls",
        authors=None,
    ),
    "a kicker in the heading": Case(
        f"<article><h1><span class='kicker'>Opinion</span> <span class='headline'>{TITLE}</span></h1>{TIME}{BODY}</article>",
        head=f"<meta property='og:title' content='{TITLE}'>",
        authors=None,
    ),
    "several first headings": Case(
        f"<header><h1 class='logo'><a href='/'>Harbour Post</a></h1></header><article>{H1}{TIME}{BODY}<h1>What to do</h1>{BODY}</article>",
        head=f"<title>{TITLE} | Harbour Post</title>",
        authors=None,
    ),
    # --- languages -------------------------------------------------------------------------------------------------------
    "german": Case(
        "<article><h1>Die Mieten am Hafen sinken nicht</h1><div class='autor'>Von Ada Quill</div><div class='datum'>09.03.2024, 08:15 Uhr</div><p>Stand:"
        f" 10.03.2024</p>{BODY}</article>",
        title="Die Mieten am Hafen sinken nicht",
        lang="de",
    ),
    "french": Case(
        "<article><h1>Les loyers du port ne baisseront pas</h1><p class='auteur'>Par Ada Quill avec AFP</p><p>Publié le 9 mars 2024 à 08h15, mis à jour le"
        f" 10 mars 2024 à 09h00</p>{BODY}</article>",
        title="Les loyers du port ne baisseront pas",
        lang="fr",
    ),
    "spanish": Case(
        "<article><h1>Los alquileres del puerto no bajarán</h1><div class='a_md_a'><a rel='author'>Ada Quill</a></div><div class='a_md_f'>Puerto Viejo -"
        f" <time datetime='2024-03-09T07:00:00Z'>09 MAR 2024 - 08:00 CET</time></div>{BODY}</article>",
        title="Los alquileres del puerto no bajarán",
        lang="es",
    ),
    "russian": Case(
        f"<article><h1>Аренда в порту не упадёт</h1><div class='author'>Автор: Вера Лунина</div><div class='date'>9 марта 2024, 08:00</div>{BODY}</article>",
        title="Аренда в порту не упадёт",
        authors=("Вера Лунина",),
        lang="ru",
    ),
    "polish": Case(
        f"<article><h1>Czynsze w porcie nie spadną</h1><div class='author'>Ada Quill</div><div class='date'>9 marca 2024</div>{BODY}</article>",
        title="Czynsze w porcie nie spadną",
        lang="pl",
    ),
    "japanese": Case(
        f"<article><h1>港の家賃は下がらない</h1><p class='author'>海野太郎</p><p class='date'>2024年3月9日 6時00分</p>{BODY}</article>",
        head="<title>港の家賃は下がらない：港新聞デジタル</title><meta property='og:title' content='港の家賃は下がらない：港新聞デジタル'><meta property='og:site_name' content='港新聞デジタル'>",
        title="港の家賃は下がらない",
        authors=("海野太郎",),
        lang="ja",
    ),
    "arabic": Case(
        f"<article dir='rtl'><h1>إيجارات الميناء لن تنخفض</h1><div class='author'>بقلم: سمير الهادي</div><div class='date'>٩ مارس ٢٠٢٤</div>{BODY}</article>",
        title="إيجارات الميناء لن تنخفض",
        authors=("سمير الهادي",),
        lang="ar",
    ),
    "korean": Case(
        f"<article><h1>항구 임대료는 내리지 않는다</h1><p class='byline'>김하나 기자</p><span class='date'>입력 2024.03.09. 오전 8:00</span>{BODY}</article>",
        title="항구 임대료는 내리지 않는다",
        authors=("김하나",),
        lang="ko",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_fields_of_a_page(case: Case) -> None:
    html = f"<!DOCTYPE html><html lang='{case.lang}'><head><meta charset='utf-8'>{case.head}</head><body>{case.body}</body></html>"
    read = read_page(html.encode(), case.url, today=TODAY)
    assert (read.title.value, read.authors.value, read.published.value) == (case.title, case.authors, case.day)
    words = [sentence for sentence in TEXT if sentence in read.text]
    assert words == TEXT
    assert not any(word in read.text for word in ("Dora Moss", "Bo Ek is", "Ferries", "Subscribe", "Comments"))
