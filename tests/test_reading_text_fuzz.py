"""Texts and files that nobody would write: an article or one clear sentence, quickly, never a crash.

``ENTENTE_FUZZ=100000 pytest tests/test_reading_text_fuzz.py`` runs as many examples of each.
"""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import BotError
from bot.models import Article
from bot.reading.documents import read_bytes
from bot.reading.text import read_text
from tests.documents import make_docx, make_mail, make_pdf

EXAMPLES = int(os.environ.get("ENTENTE_FUZZ", "60"))
bounded = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=EXAMPLES < 1000)

MARKS = """\
# A Title of Some Weight
By Ann Brook
by
3 May 2019
May 3, 2019
Photo: Lena Marsh / Reuters
* * *
---
===
>
Share
Comments
[link](https://a.example/b)
[a][1]
[1]: https://a.example
![alt](x.png)
[[[[
]](((
**
__
\\
&#x41;
<b>
| a | b |
1.
-
Original url:
<https://a.example/2019/05/03/x>
Ann Brook is president of a thing.
The ministers of two coasts announced a ferry again on Monday, in the rain, and
nobody bought a boat for it, which is what has happened in each of the past eleven years.

""".split("\n")
LINES = st.sampled_from([*MARKS, "\u2028", "\u00a0", "\x0c", "\x00", "𝕏" * 50, "a" * 3000, "e\u0301"])
TEXTS = st.one_of(
    st.text(max_size=2000),
    st.lists(st.one_of(LINES, st.text(max_size=120)), max_size=60).map("\n".join),
    st.lists(st.one_of(LINES, st.text(max_size=120)), max_size=60).map("\n\n".join),
    st.tuples(
        st.sampled_from(["[", "(", "![", "](", "**", "_", "> ", "# ", "| ", "By ", "&", "<a ", "\\", "a, ", "Photo ", "A b "]), st.integers(1, 20_000)
    ).map(lambda drawn: drawn[0] * drawn[1]),
)


def sane(article: Article) -> bool:
    positions = [paragraph.position for paragraph in article.paragraphs]
    return positions == list(range(len(positions))) and article.words > 0 and all(paragraph.text.strip() for paragraph in article.paragraphs)


def attempt(text: str) -> None:
    refusal = ""
    try:
        assert sane(read_text(text))
    except BotError as error:
        refusal = str(error)
    assert not refusal or 10 < len(refusal) < 300


@bounded
@given(TEXTS)
def test_any_text(text: str) -> None:
    attempt(text)


def attempt_bytes(data: bytes) -> None:
    refusal = ""
    try:
        assert read_bytes(data, "a.bin").words > 0
    except BotError as error:
        refusal = str(error)
    assert not refusal or 10 < len(refusal) < 300


@bounded
@given(st.binary(max_size=3000))
def test_any_bytes(data: bytes) -> None:
    attempt_bytes(data)


WHOLE = {
    "pdf": make_pdf([[(70, 750, 22, "The Ferry"), *((70, 700 - 14 * line, 11, "The ministers announced a ferry again, and") for line in range(30))]]),
    "docx": make_docx([("Title", "The Ferry"), ("", "The ministers of two coasts announced a ferry again. " * 10)]),
    "mail": make_mail("The Ferry", "Ann Brook <a@example.org>", "x", "<h1>The Ferry</h1><p>" + "The ministers announced a ferry again. " * 10),
}


@pytest.mark.parametrize("kind", WHOLE)
@settings(parent=bounded, max_examples=max(10, EXAMPLES // 3))
@given(data=st.data())
def test_damaged_files(kind: str, data: st.DataObject) -> None:
    damaged = bytearray(WHOLE[kind])
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        cut = data.draw(st.integers(0, 40))
        damaged[at : at + cut] = data.draw(st.binary(max_size=40))
        if not damaged:
            return
    attempt_bytes(bytes(damaged))
