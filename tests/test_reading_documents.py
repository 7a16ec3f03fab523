"""Files of every kind: told apart by content, bounded, and each refusal one sentence."""

import io
import textwrap
import zipfile
from datetime import date

import pytest

from bot.errors import BotError, TooLong, Unreadable
from bot.models import Basis, ParagraphRole
from bot.reading.documents import read_bytes
from tests.documents import Word, make_docx, make_mail, make_pdf

TITLE = "The Ferry That Never Sailed"
BODY = (
    "For eleven years the ministers of two coasts have met each spring to announce a ferry. They announced it again on Monday, in the rain.",
    "The case for it is as strong as ever. Forty thousand people live within an hour of the strait, and a visit takes them nine hours by road.",
    "What is missing is a budget line. A crossing costs less than the conferences that were held about it, and the state should pay for it.",
    "Nobody will be thanked for it. The ministers who pay for a ferry are never those who open it, and the pictures go to their successors.",
)


def set_text(text: str, top: float, left: float = 70, width: int = 80, size: float = 11) -> tuple[list[Word], float]:
    """Lines of a paragraph on a page, and where the next one starts."""
    words: list[Word] = []
    for line in textwrap.wrap(text, width):
        words.append((left, top, size, line))
        top -= size * 1.3
    return words, top - size


def pdf_of(*bodies: tuple[str, ...]) -> bytes:
    pages = []
    for number, body in enumerate(bodies):
        words: list[Word] = [(70, 810, 8, f"Strand Post Quarterly - issue {number + 3}"), (290, 30, 8, str(number + 1))]
        top = 750.0
        if number == 0:
            words += [(70, 750, 22, TITLE), (70, 722, 11, "By Ottilie Brandrup"), (70, 700, 11, "3 May 2019")]
            top = 670.0
        for paragraph in body:
            lines, top = set_text(paragraph, top)
            words += lines
        pages.append(words)
    return make_pdf(pages)


def test_a_pdf_loses_its_running_heads_and_page_numbers() -> None:
    article = read_bytes(pdf_of(BODY[:2], BODY[2:]), "report.bin")
    assert article.title.value == TITLE
    assert article.authors.value == ("Ottilie Brandrup",)
    assert article.published.value == date(2019, 5, 3)
    assert [paragraph.text for paragraph in article.paragraphs] == list(BODY)


def test_a_pdf_in_two_columns_is_read_down_each() -> None:
    left, _ = set_text(BODY[0] + " " + BODY[1], 700, left=60, width=38)
    right, _ = set_text(BODY[2] + " " + BODY[3], 700, left=320, width=38)
    mixed = [word for pair in zip(left, right, strict=False) for word in pair] + left[len(right) :] + right[len(left) :]
    article = read_bytes(make_pdf([[(60, 760, 24, TITLE), *mixed]]))
    assert article.title.value == TITLE
    assert article.text.replace("\n\n", " ") == " ".join(BODY)


def test_words_cut_at_the_end_of_a_line_are_whole_again() -> None:
    lines = [
        "The ministers of both coasts have an-",
        "nounced a ferry for the eleventh time, and the well-",
        "known case for it, a well-known one, is as strong as",
        "ever it was.",
    ]
    words: list[Word] = [(70, 700 - 14 * number, 11, line) for number, line in enumerate(lines)]
    article = read_bytes(make_pdf([[(70, 760, 24, TITLE), *words]]))
    assert (
        article.text == "The ministers of both coasts have announced a ferry for the eleventh time, and the well-known case for it, "
        "a well-known one, is as strong as ever it was."
    )


def test_a_word_document_keeps_its_headings_and_quotes() -> None:
    data = make_docx([("Title", TITLE), ("", "By Ottilie Brandrup"), ("", BODY[0]), ("Heading 2", "The budget"), ("", BODY[1]), ("Quote", BODY[2])])
    article = read_bytes(data, "ferry.pdf")
    assert article.title.value == TITLE
    assert article.authors.value == ("Ottilie Brandrup",)
    assert [paragraph.role for paragraph in article.paragraphs] == [
        ParagraphRole.BODY,
        ParagraphRole.HEADING,
        ParagraphRole.BODY,
        ParagraphRole.QUOTE,
    ]
    assert article.paragraphs[3].text == BODY[2]


def test_a_newsletter_by_mail_is_dated_and_signed_by_inference() -> None:
    page = (
        f"<html><body><p>View in browser</p><h1>{TITLE}</h1>"
        + "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
        + "<p>Unsubscribe</p></body></html>"
    )
    article = read_bytes(make_mail("Strand Post weekly", "Ottilie Brandrup <o@strandpost.example>", "see the page", page))
    assert article.title.value == TITLE
    assert (article.authors.value, article.authors.basis) == (("Ottilie Brandrup",), Basis.INFERRED)
    assert (article.published.value, article.published.basis) == (date(2019, 5, 3), Basis.INFERRED)
    assert [paragraph.text for paragraph in article.paragraphs] == list(BODY)


def test_a_plain_mail_takes_its_subject_as_title() -> None:
    article = read_bytes(make_mail(f"Fwd: {TITLE}", "A Colleague <c@example.org>", "\n\n".join(BODY)))
    assert article.title.value == TITLE
    assert article.authors.value is None
    assert article.published.value is None


def test_a_page_and_a_text_are_told_apart_whatever_they_are_called() -> None:
    page = (
        f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>"
        + "".join(f"<p>{p}</p>" for p in BODY)
        + "</article></body></html>"
    )
    assert BODY[1] in read_bytes(page.encode(), "ferry.txt").text
    assert BODY[1] in read_bytes(f"# {TITLE}\n\n".encode() + "\n\n".join(BODY).encode(), "ferry.html").text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_encoding(encoding: str) -> None:
    text = f"{TITLE}\n\nBy Zoë Brandrüp\n\n" + "\n\n".join(BODY).replace("ministers", "ministers’ café")
    article = read_bytes(text.encode(encoding), "ferry.txt")
    assert article.authors.value == ("Zoë Brandrüp",)
    assert "ministers’ café" in article.text


def zip_of(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


REFUSALS: dict[str, tuple[bytes, type[BotError], str]] = {
    "empty": (b"", Unreadable, "empty"),
    "blank": (b" \n\x00", Unreadable, "empty"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, Unreadable, "not text"),
    "program": (b"\x7fELF\x02\x01" + bytes(range(256)) * 10, Unreadable, "not text"),
    "noise": (bytes(range(256)) * 50, Unreadable, "not text"),
    "old word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, Unreadable, r"\.docx"),
    "rich text": (b"{\\rtf1 hello}", Unreadable, "rich text"),
    "long paste": (b"A sentence that goes on. " * 420_000, TooLong, "characters"),
    "large file": (b"x" * 41_000_000, TooLong, "MB"),
    "locked pdf": (make_pdf([[(70, 700, 11, "hidden")]], encrypted=True), Unreadable, "password"),
    "broken pdf": (b"%PDF-1.7\nnothing", Unreadable, "damaged"),
    "empty pdf": (make_pdf([[]]), Unreadable, "pictures"),
    "huge pdf": (make_pdf([[]] * 400), TooLong, "pages"),
    "other archive": (zip_of({"a.txt": b"x"}), Unreadable, "not a Word document"),
    "broken archive": (b"PK\x03\x04" + b"x" * 200, Unreadable, "damaged"),
    "broken document": (zip_of({"word/document.xml": b"<w:document"}), Unreadable, "damaged"),
    "document with entities": (zip_of({"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), Unreadable, "damaged"),
    "zip bomb": (make_docx([("", "x")], {"word/footnotes.xml": b" " * 100_000_000}), TooLong, "unpacks"),
    "feed": (b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>', Unreadable, "feed"),
    "json": (b'{"a": 1}', Unreadable, "not text"),
    "no article": (b"Home\nAbout us\nContact\n", Unreadable, "no article"),
    "bare page": (b"<html><body><p>Log in</p></body></html>", Unreadable, "no article"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_cannot_be_read_is_refused_in_one_sentence(case: str) -> None:
    data, error, words = REFUSALS[case]
    with pytest.raises(error, match=words) as raised:
        read_bytes(data)
    assert 10 < len(str(raised.value)) < 200


def test_a_mail_nested_too_deep_is_bounded() -> None:
    opened = "".join(f'Content-Type: multipart/mixed; boundary="b{depth}"\n\n--b{depth}\n' for depth in range(2000))
    head = "From: a@example.org\nTo: b@example.org\nSubject: x\nDate: Fri, 03 May 2019 08:00:00 +0200\nMIME-Version: 1.0\n"
    with pytest.raises(Unreadable):
        read_bytes((head + opened + "Content-Type: text/plain\n\na word\n").encode())
