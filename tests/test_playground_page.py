"""The page in a real browser, with a real Bolt app behind it."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.playground import Driver, LocalSlack
from tests.browser import chromium, missing
from tests.slack import showcase_app

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(missing()), reason=missing()),
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),  # Playwright's own loop
]


@pytest.fixture(scope="module")
def world() -> Iterator[tuple[LocalSlack, Any, Any]]:
    with LocalSlack(showcase_app.MANIFEST) as slack:
        app = showcase_app.build(slack)
        with slack.connected(SocketModeHandler(app, slack.app_token)), chromium() as browser:
            yield slack, app, browser


@pytest.fixture
def page(world) -> Iterator[Any]:
    slack, _, browser = world
    for person in list(slack.workspace.people):
        slack.call(partial(slack.workspace.close_views, person))
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    context.set_default_timeout(90_000)  # a busy machine; an idle one needs a second
    page = context.new_page()
    troubles: list[str] = []
    outside: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda line: troubles.append(line.text) if line.type == "error" and "409" not in line.text else None)
    page.on("request", lambda request: None if request.url.startswith(slack.url) else outside.append(request.url))
    page.goto(slack.page_url)
    page.wait_for_selector("body[data-ready]")
    yield page
    context.close()
    assert not troubles
    assert not outside, "something left this machine"


def type_in(page: Any, words: str, box: str = "#composer-text") -> None:
    page.fill(box, words)
    page.press(box, "Enter")


def test_the_key_leaves_the_address_bar_and_opens_nothing_else(page, world) -> None:
    assert page.url.startswith(f"{world[0].url}/")
    assert "key" not in page.url
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(world[0].url + "/")
    refused.value.close()
    assert refused.value.code == 403


def test_another_page_cannot_drive_it(world) -> None:
    slack = world[0]
    for headers in ({"Origin": "https://evil.example"}, {"Cookie": f"{slack.page.cookie}={slack.page.key}"}):
        request = urllib.request.Request(f"{slack.url}/page/drill", data=b"{}", headers=headers)
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request)
        refused.value.close()
        assert refused.value.code == 403


def test_commands_are_completed_and_answered_in_private(page) -> None:
    page.fill("#composer-text", "/ec")
    page.wait_for_selector("#composer-list [role=option] >> text=/echo")
    page.press("#composer-text", "Tab")
    assert page.input_value("#composer-text") == "/echo "
    assert page.text_content("#composer .hint-line") == "/echo WORDS"
    type_in(page, "/echo <b>bold</b> & so on")
    answer = page.wait_for_selector("article.ephemeral >> text=<b>bold</b> & so on")
    assert "Only visible to you" in answer.evaluate("node => node.closest('article').innerText")
    page.click("article.ephemeral:last-of-type >> text=Share")
    page.wait_for_selector("article:not(.ephemeral) >> text=shared")


def test_every_block_is_drawn(page, world) -> None:
    type_in(page, "/blocks ")
    message = page.wait_for_selector("article.ephemeral:has(h3)")
    text = message.inner_text()
    for words in ("The price of a quiet border", "Irena Halvorsen", "<!channel> dead", "@Anna Keller", "#press-review", "Useful"):
        assert words in text or words in message.inner_html()
    for selector in (
        "blockquote",
        "pre",
        "ol li",
        "ul.indent-1 li",
        "table th",
        ".markdown h2",
        ".picture.full",
        ".mention.mine",
        "time",
        "s",
        "code",
        ".fields .cell",
    ):
        assert message.query_selector(selector), selector
    assert not message.query_selector(".ping")
    page.click("article [data-menu]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.click("#confirm >> text=Yes")
    page.click("article .feedback >> nth=0")
    page.select_option("article select", "On tides")
    page.click("article .button.danger")
    page.click("#confirm >> text=Keep")
    Driver(world[0]).wait(lambda: len(world[1].actions) >= 3)
    by_name = {action["action_id"]: action for action in world[1].actions}
    assert by_name["more"]["selected_option"]["value"] == "remove from library"
    assert by_name["feedback"]["value"] == "good"
    assert by_name["pick"]["selected_option"]["text"]["text"] == "On tides"
    assert "remove" not in by_name


def test_a_form_with_every_input(page, world) -> None:
    type_in(page, "/everything ")
    page.wait_for_selector("#modal[open]")
    page.click("#modal [type=submit]")
    page.wait_for_selector("#modal .error >> text=Please complete this required field.")
    assert page.evaluate("document.activeElement.closest('[data-action]').dataset.action") == "title"
    page.fill("#modal [data-action=title] input", "On tides")
    page.fill("#modal [data-action=text] textarea", "It rises.\nIt falls.")
    page.fill("#modal [data-action=link] input", "nothing")
    page.click("#modal [type=submit]")
    page.wait_for_selector("#modal .error >> text=Please enter a valid URL.")
    assert page.input_value("#modal [data-action=text] textarea") == "It rises.\nIt falls."
    page.fill("#modal [data-action=link] input", "https://harbour.example/tides")
    page.fill("#modal [data-action=year] input", "2025")
    for issue in ("Rent", "Gri"):
        page.fill("#modal [data-action=issues] input", issue)
        page.press("#modal [data-action=issues] input", "Enter")
    page.fill("#modal [data-action=author] input", "Irena")
    page.click("#modal [role=option] >> text=Irena Halvorsen")
    page.fill("#modal [data-action=people] input", "Ben")
    page.press("#modal [data-action=people] input", "Enter")
    page.select_option("#modal [data-action=channel] select", "#general")
    page.fill("#modal [data-action=date] input", "2025-03-04")
    page.check("#modal >> text=Dissent")
    page.check("#modal >> text=Daily")
    page.set_input_files("#modal [data-action=file] input", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"Text."})
    held = "document.querySelector('#modal [data-action=file] input').held?.length"
    Driver(world[0]).wait(lambda: bool(world[0].workspace.files), otherwise="the file did not come")
    while page.evaluate(held) != 1:
        page.wait_for_timeout(20)
    page.click("#modal [type=submit]")
    page.wait_for_selector("#modal", state="hidden")
    values = {action: value for block in world[1].forms[-1].values() for action, value in block.items()}
    assert values["title"]["value"] == "On tides"
    assert [one["value"] for one in values["issues"]["selected_options"]] == ["rent", "grids"]
    assert values["author"]["selected_option"]["text"]["text"] == "Irena Halvorsen"
    assert values["people"]["selected_users"] == [world[0].workspace.person("ben").id]
    assert values["channel"]["selected_conversation"] == world[0].workspace.channel("general").id
    assert (values["date"]["selected_date"], values["hour"]["selected_time"]) == ("2025-03-04", "09:00")
    assert [one["value"] for one in values["parts"]["selected_options"]] == ["dissent"]
    assert values["often"]["selected_option"]["value"] == "daily"
    assert values["file"]["files"][0]["name"] == "a.txt"


def test_a_press_on_a_channel_survives_news_from_another(page, world) -> None:
    at = page.locator("#side a >> text=energy-desk").bounding_box()
    page.mouse.move(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    page.mouse.down()
    Driver(world[0]).say("ben", "random", "News from elsewhere", expect=0)
    page.wait_for_selector("#side a.unread >> text=random")
    page.mouse.up()
    page.wait_for_selector("#room-name >> text=energy-desk")


def test_a_stack_of_forms(page) -> None:
    type_in(page, "/form ")
    page.wait_for_selector("#modal[open]")
    page.fill("#modal input >> nth=0", "push")
    page.click("#modal [type=submit]")
    page.wait_for_selector("#modal h2 >> text=Second")
    page.click("#modal .back")
    page.wait_for_selector("#modal h2 >> text=Add a piece")
    page.keyboard.press("Escape")
    page.wait_for_selector("#modal", state="hidden")


def test_a_follow_up_in_a_thread(page) -> None:
    type_in(page, "@entente who says so?")
    page.click("[data-open-thread] >> text=1 reply")
    page.wait_for_selector("#thread >> text=you said")
    type_in(page, "@entente and since when?", "#thread-composer-text")
    page.wait_for_selector("#thread-messages >> text=since when? >> nth=1")
    page.wait_for_selector("#messages >> text=3 replies")
    page.keyboard.press("Escape")
    page.wait_for_selector("#thread", state="hidden")


def test_home_shortcut_file_preview_reaction_and_another_person(page, world) -> None:
    page.click("#side >> text=Entente")
    page.click("#tabs >> text=Home")
    page.wait_for_selector(".home >> text=Nothing yet")
    page.click("#side >> text=general")
    page.wait_for_selector("#room-name >> text=general")
    type_in(page, "see https://harbour.example/x")
    page.wait_for_selector(".preview >> text=Nothing yet")
    article = page.locator("article:not(.ephemeral)", has_text="see https://harbour.example/x")
    article.hover()
    article.locator("[data-message-menu]").click()
    page.click("[role=menuitem] >> text=Save to library")
    page.wait_for_selector("article.ephemeral >> text=saving see")
    article.hover()
    article.locator(".tools [data-react=eyes]").click()
    page.wait_for_selector(".reaction[aria-pressed=true]")
    page.set_input_files("#composer input[type=file]", {"name": "piece.txt", "mimeType": "text/plain", "buffer": b"Rent."})
    page.press("#composer-text", "Enter")
    page.wait_for_selector(".file >> text=piece.txt")
    page.click("#composer .plus")
    page.click("[role=menuitem] >> text=Add a piece")
    page.wait_for_selector("#modal h2 >> text=From a shortcut")
    page.click("#modal [data-close=all]")
    page.click("#me")
    page.click("#people-menu >> text=Ben Okafor")
    page.wait_for_selector("#me >> text=Ben Okafor")
    page.wait_for_selector(".file >> text=piece.txt")
    assert page.locator("article.ephemeral").count() == 0


def test_drills_and_an_archived_channel(page, world) -> None:
    page.click("#side >> text=energy-desk")
    page.click("#drills")
    page.click("#drill-menu >> text=Archive this channel")
    page.wait_for_selector("#room-about >> text=archived")
    assert page.is_disabled("#composer-text")
    page.click("#drills")
    page.click("#drill-menu >> text=Archive this channel")
    page.wait_for_selector("#composer-text:enabled")
    page.click("#drills")
    page.click("#drill-menu >> text=Disconnect")
    page.wait_for_selector(".toast >> text=Disconnect")
    Driver(world[0]).wait_for_app()
    type_in(page, "/echo still there")
    page.wait_for_selector("article.ephemeral >> text=still there")


def test_by_keyboard_on_a_narrow_screen_in_the_dark(page) -> None:
    page.set_viewport_size({"width": 390, "height": 780})
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click("#burger")
    page.click("#side >> text=random")
    page.wait_for_selector("#room-name >> text=random")
    page.wait_for_selector("#side", state="hidden")
    page.press("body", "Alt+ArrowUp")
    page.wait_for_selector("#room-name >> text=energy-desk")
    nameless = """[...document.querySelectorAll('button, input, select, textarea, a')]
        .filter(node => !(node.textContent.trim() || node.ariaLabel || node.labels?.length)).map(node => node.outerHTML)"""
    assert page.evaluate(nameless) == []
