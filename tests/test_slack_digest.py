"""/digest over the wire: the form, each sub-command, and a digest that arrives while the bot runs."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.playground import Driver
from store import Store
from tests.slack.running import seen, talking


@pytest.fixture
def live(tmp_path):
    with Store.open(tmp_path / "library.sqlite") as opened:
        yield opened


@pytest.fixture(params=["socket mode", "signed http"])
def talk(request, live):
    with talking(live, request.param) as driver:
        yield driver


@pytest.fixture
def desk(live):
    with talking(live) as driver:
        yield driver


def say(driver: Driver, text: str, person: str = "anna", channel: str = "press-review"):
    return driver.command(person, channel, "/digest", text)


def wait_for(driver: Driver, words: str, person: str = "anna", channel: str = "press-review") -> None:
    def said() -> bool:
        return any(words in f"{message.text} {message.blocks}" for message in seen(driver, person, channel))

    driver.wait(said, otherwise=f"nobody said “{words}”")


def test_the_form_from_beginning_to_end(talk, live):
    form = say(talk, "subscribe")
    assert form.view.content["title"]["text"] == "Digest"
    assert [option["text"]["text"] for option in talk.suggest("anna", form, "authors", "ven")] == ["Ada Venn"]
    assert [option["text"]["text"] for option in talk.suggest("anna", form, "outlets", "harb")] == ["Harbour Post"]
    wrong = talk.submit("anna", form, {"Time zone": "Nowhere"})
    assert "Europe/Berlin" in wrong.view.errors["zone"]
    fields = {"How often": "Every week", "Day": "Tuesday", "Time": "08:30", "Time zone": "Europe/Berlin", "Where": "press-review"}
    rent = talk.suggest("anna", form, "issues", "rent")
    shown = talk.submit("anna", wrong, fields | {"Only on these issues": rent})
    assert shown.view.content["title"]["text"] == "Preview"
    assert "2 new pieces" in shown.show(shown.view)
    talk.submit("anna", shown, expect=0)
    wait_for(talk, "Saved digest #1: every Tuesday at 08:30 (Europe/Berlin), on Rent control")
    (held,) = live.subscriptions.all(talk.workspace.team)
    assert (held.channel, held.day, held.filters.issues) == (talk.channel("press-review").id, "tue", ("rent-control",))


def test_the_zone_is_the_persons_own(desk):
    assert "(America/New_York)" in say(desk, "subscribe daily 08:00 here", "ben").text
    assert "(Asia/Tokyo)" in say(desk, "subscribe daily 08:00 here", "chloe").text


def test_each_word(desk):
    assert "/digest subscribe" in say(desk, "help").text
    assert "No digest is set up" in say(desk, "").text
    assert "3 new pieces" in say(desk, "preview").text
    assert "Digest #1: every Monday at 09:00 (Europe/Berlin)" in say(desk, "subscribe weekly mon 9 here").text
    assert "Paused digest #1" in say(desk, "pause").text
    assert "Digest #1 goes on" in say(desk, "resume").text
    assert "quiet until" in say(desk, "snooze 2 weeks").text
    assert "Digest #2" in say(desk, "follow rent control").text
    assert "2 digests" in say(desk, "list").text
    assert "Stopped digest #2" in say(desk, "stop 2").text
    assert "is none of them" in say(desk, "dance").text


def test_buttons_of_the_list_show_how_things_stand(desk, live):
    say(desk, "subscribe weekly mon 9 here")
    listed = say(desk, "")
    desk.click("anna", listed.message, "Preview", expect=0)
    wait_for(desk, "3 new pieces")
    desk.click("anna", listed.message, "Change", expect=0)
    desk.wait(lambda: desk.view("anna") is not None)
    assert desk.view("anna").content["title"]["text"] == "Digest"
    for label, said in (("Pause", "Paused digest #1"), ("Resume", "Digest #1 goes on"), ("Stop", "Stopped digest #1")):
        desk.click("anna", listed.message, label, expect=0)
        desk.wait(lambda said=said: said in str(desk.workspace.message(listed.message.channel, listed.message.ts).blocks))
    assert live.subscriptions.all(desk.workspace.team) == ()


def test_somebody_else_may_pause_but_not_stop(desk):
    say(desk, "subscribe weekly mon 9 here")
    assert "Only the person" in say(desk, "stop #1", "ben").text
    assert "Paused digest #1" in say(desk, "pause #1", "ben").text


def test_now_posts_for_everybody_and_only_once(desk):
    say(desk, "subscribe weekly mon 9 here")
    assert "Posting digest #1" in say(desk, "now").text
    desk.wait(lambda: any("3 new pieces" in message.text for message in seen(desk, "ben", "press-review")))
    say(desk, "now")
    desk.settle(2.5)
    assert len([message for message in desk.messages("ben", "press-review") if "new pieces" in message.text]) == 1


def test_a_direct_message(desk, live):
    say(desk, "subscribe weekly mon 9 dm", channel="@bot")
    (held,) = live.subscriptions.all(desk.workspace.team)
    live.subscriptions.schedule(held.id, datetime.now(UTC) - timedelta(seconds=1))
    say(desk, "now", channel="@bot")
    desk.wait(lambda: any("3 new pieces" in message.text for message in seen(desk, "anna", "@bot")))


def test_the_button_under_an_issue_opens_the_form_with_it(talk, live):
    answer = talk.command("anna", "press-review", "/issue", "rent control")
    talk.click("anna", answer.message, "Subscribe", expect=0)
    talk.wait(lambda: talk.view("anna") is not None)
    assert "Rent control" in str(talk.view("anna").content["blocks"])
    shown = talk.submit("anna", talk.view("anna"), {"Where": "press-review"})
    talk.submit("anna", shown, expect=0)
    wait_for(talk, "on Rent control")
    (held,) = live.subscriptions.all(talk.workspace.team)
    assert held.filters.issues == ("rent-control",)


def test_a_preview_of_nothing_new_shows_the_last_one(desk, live):
    say(desk, "subscribe daily 08:00 here")
    assert "3 new pieces" in say(desk, "preview").text
    say(desk, "now #1")
    wait_for(desk, "3 new pieces")
    desk.wait(lambda: live.subscriptions.get(desk.workspace.team, 1).last_sent_at is not None)
    again = say(desk, "preview").text
    assert "nothing would be posted now" in again
    assert "This is what the last one told:" in again
    assert "3 new pieces" in again


def test_subscribing_from_an_issue_that_was_opened_at_home(desk, live):
    home = desk.open_home("anna").home
    desk.click("anna", home, "Rent control (2)", expect=0)
    desk.wait(lambda: desk.view("anna") is not None and "2 pieces" in str(desk.view("anna").blocks))
    desk.click("anna", desk.view("anna"), "Subscribe", expect=0)
    desk.wait(lambda: desk.view("anna").content["title"]["text"] == "Digest")
    shown = desk.submit("anna", desk.view("anna"), {"How often": "Every day"})
    assert shown.view.content["title"]["text"] == "Preview"
    desk.submit("anna", shown.view, expect=0)
    desk.wait(lambda: live.subscriptions.all(desk.workspace.team) != ())
    (held,) = live.subscriptions.all(desk.workspace.team)
    assert held.filters.issues == ("rent-control",)
