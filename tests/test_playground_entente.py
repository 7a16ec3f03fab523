"""`entente try` as a newcomer meets it: one command, a page, the real bot, the sample op-eds."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser import chromium, missing
from tests.screenshots import dismiss, trying

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(bool(missing()), reason=missing()),
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),  # Playwright's own loop
]


@pytest.fixture(scope="module")
def newcomer() -> Iterator[Any]:
    with trying() as address, chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.set_default_timeout(120_000)  # a busy machine; an idle one needs a second
        page.goto(address)
        page.wait_for_selector("body[data-ready]")
        page.click("#guide-close")
        yield page


@pytest.fixture
def page(newcomer) -> Any:
    newcomer.keyboard.press("Escape")
    go(newcomer, "energy-desk")
    dismiss(newcomer)
    return newcomer


def go(page: Any, channel: str) -> None:
    page.click(f"#side >> text={channel}")
    page.wait_for_selector(f"#room-name >> text={channel}")


def ask(page: Any, typed: str) -> None:
    page.fill("#composer-text", typed)
    page.press("#composer-text", "Escape")
    page.press("#composer-text", "Enter")


def answer(page: Any, *words: str) -> Any:
    """The private answer that has these words; notices of other work may stand around it."""
    answers = page.locator("article.ephemeral")
    for word in words:
        answers = answers.filter(has_text=word)
    answers.last.wait_for()
    return answers.last


def test_summary_and_its_share(page) -> None:
    ask(page, "/summary price cap")
    card = answer(page, "The Price Cap Is Working", "Mara Ellingsen", "The Harbour Review", "14 March 2023", "Key points")
    card.locator("text=Share to channel").click()
    shared = page.wait_for_selector("article:not(.ephemeral) >> text=The Price Cap Is Working")
    assert "Shared by anna" in shared.evaluate("node => node.closest('article').innerText")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("/views Mara Ellingsen", "Mara Ellingsen"),
        ("/library search corridor", "Grain Corridor"),
        ("/issue", "issue"),
        ("/digest preview", "new"),
        ("/summary help", "/summary"),
        ("/summary of nothing that was ever written", "nothing that was ever written"),
    ],
)
def test_each_command_answers(page, typed: str, words: str) -> None:
    ask(page, typed)
    answer(page, words)


def test_a_form_adds_a_pasted_piece(page) -> None:
    page.fill("#composer-text", "/library add ")
    page.press("#composer-text", "Enter")
    page.wait_for_selector("#modal[open] h2")
    page.locator("#modal .input", has_text="Title").locator("input").first.fill("Lower the Quay")
    page.locator("#modal .input", has_text="Author").locator("input").first.fill("Berit Aalto")
    text = "The quay must be lowered before the spring floods.\n\n" + "The harbour council should decide this month. " * 12
    page.locator("#modal textarea").first.fill(text)
    page.click("#modal [type=submit]")
    page.wait_for_selector("#modal", state="hidden")
    # the notice comes once the reader process has read it
    notice = page.locator("article", has_text="Lower the Quay").last
    notice.wait_for(timeout=120_000)
    dismiss(page)
    ask(page, "/library search quay")
    answer(page, "Lower the Quay", "Berit Aalto")


def test_a_mention_and_a_follow_up(page) -> None:
    page.fill("#composer-text", "@Entente what does Ellingsen write about?")
    page.press("#composer-text", "Enter")
    asked = page.locator("article", has_text="what does Ellingsen write about?").last
    asked.locator(".replies").click()
    page.wait_for_selector("#thread article >> nth=1")
    page.fill("#thread-composer-text", "@Entente summary of the price cap piece")
    page.press("#thread-composer-text", "Enter")
    page.wait_for_selector("#thread article >> nth=3")
    page.keyboard.press("Escape")


def test_app_home(page) -> None:
    go(page, "Entente")
    page.click("#tabs >> text=Home")
    page.wait_for_selector(".home >> text=The Price Cap Is Working")


def test_the_digest_is_in_its_channel(page) -> None:
    go(page, "general")
    page.wait_for_selector("article:not(.ephemeral)", timeout=180_000)
