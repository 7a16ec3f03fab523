"""/digest, by plain calls: what is typed, what is filled in, who may do what."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.records import Cadence, Filters
from handlers import blocks, digest, digest_form
from handlers.answer import Deps, Request, settle
from handlers.composer import Composer
from handlers.outbox import NOW
from tests.newsroom import ISSUES, MONDAY, add
from tests.written import analysis, article

TEAM = "T1"


@pytest.fixture
def talk(store, clock):
    store.issues.load(ISSUES)
    for number in range(4):
        add(store, TEAM, number, issue=ISSUES[number % 2].slug, author=("Ada Venn", "Ola Brandt")[number % 2], outlet="The Tidewater Review")
    deps = Deps(store, clock)

    def say(text, person="U1", channel="C1", zone="Europe/Berlin"):
        return settle(digest.answer, Request(TEAM, person, text, "/digest", channel=channel, zone=zone), deps)

    say.deps, say.store = deps, store
    return say


def press(talk, action, value="", person="U1", channel="C1"):
    return settle(digest.ACTIONS[action], Request(TEAM, person, channel=channel, context=value, zone="Europe/Berlin"), talk.deps)


def fill(talk, callback, context="", person="U1", **form):
    return settle(digest.FORMS[callback], Request(TEAM, person, form=form, context=context, zone="Europe/Berlin"), talk.deps)


def test_an_order_in_words(talk):
    said = talk('subscribe weekly fri 5 pm on migration by Venn, Brandt outlet:"The Tidewater Review" dm')
    assert said.text.startswith(
        "Digest #1: every Friday at 17:00 (Europe/Berlin), on Migration to Europe, by Ada Venn or Ola Brandt, from The Tidewater Review to you"
    )
    held = talk.store.subscriptions.get(TEAM, 1)
    assert (held.channel, held.person, held.day, held.hour) == ("U1", "U1", "fri", 17)
    assert held.next_due_at == datetime(2026, 11, 27, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("daily 07:30", "every day at 07:30 (Europe/Berlin)"),
        ("weekdays at 8 America/New_York", "Monday to Friday at 08:00 (America/New_York)"),
        ("every tuesday on sanctions here", "every Tuesday at 09:00 (Europe/Berlin), on Sanctions on Russia"),
        ("monthly", "on day 1 of every month at 09:00"),
        ("on sanctions on russia", "on Sanctions on Russia"),
        ("on sanctions and migration by Venn and Brandt",
         "every Monday at 09:00 (Europe/Berlin), on Sanctions on Russia or Migration to Europe, by Ada Venn or Ola Brandt"),
        ("on sanctions or migration wed", "every Wednesday at 09:00 (Europe/Berlin), on Sanctions on Russia or Migration to Europe"),
    ],
)
def test_words_are_understood(talk, typed, said):
    assert said in talk(f"subscribe {typed}").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("subscribe every blue moon", "I do not know what “every blue moon” means here."),
        ("subscribe 25:00", "no time of day"),
        ("subscribe weekly Mars/Olympus", "no time zone I know"),
        ("subscribe on unicorns", "No issue is called “unicorns”"),
        ("subscribe outlet:Unheard", "nothing from an outlet"),
        ("pause", "There is no digest yet."),
        ("pause #9", "There is no such subscription."),
        ("snooze until 2020-01-01", "That day is over."),
        ("snooze 400 days", "more than a year"),
        ("frobnicate", "“frobnicate” is none of them"),
        ("follow", "Follow what?"),
        ("help", "/digest subscribe"),
        ("", "No digest is set up"),
    ],
)
def test_mistakes_say_what_to_type(talk, typed, said):
    answer = talk(typed)
    assert said in answer.text
    assert "Something went wrong" not in answer.text


def test_the_form_previews_before_it_saves(talk):
    form = talk("subscribe").form
    assert form.callback == digest_form.FORM
    assert [block["block_id"] for block in form.blocks] == ["cadence", "day", "time", "zone", "channel", "issues", "authors", "outlets"]
    wrong = fill(talk, "digest", form.context, zone="Berlin", cadence="weekly", day="tue", time="08:30", channel="C9")
    assert "Europe/Berlin" in wrong.form_errors["zone"]
    filled = {"zone": "Asia/Tokyo", "cadence": "weekly", "day": "tue", "time": "08:30", "channel": "C9", "issues": ("sanctions",)}
    shown = fill(talk, "digest", form.context, **filled).form
    assert shown.callback == "digest_save"
    assert "2 new pieces" in str(shown.blocks)
    assert talk.store.subscriptions.all(TEAM) == ()
    saved = fill(talk, "digest_save", shown.context)
    kept = "Saved digest #1: every Tuesday at 08:30 (Asia/Tokyo), on Sanctions on Russia in <#C9>."
    assert saved.text.startswith(f"{kept} The next is due on Tuesday 24 November")
    held = talk.store.subscriptions.get(TEAM, 1)
    assert (held.channel, held.zone, held.filters) == ("C9", "Asia/Tokyo", Filters(issues=("sanctions",)))
    assert held.next_due_at == datetime(2026, 11, 23, 23, 30, tzinfo=UTC)


def test_an_empty_channel_means_a_direct_message_and_nothing_to_preview_is_said(talk):
    shown = fill(talk, "digest", "0", zone="UTC", cadence="daily", time="08:30", channel=None, issues=("climate",)).form
    assert "nothing to preview" in str(shown.blocks)
    fill(talk, "digest_save", shown.context)
    assert talk.store.subscriptions.get(TEAM, 1).channel == "U1"


def test_changing_keeps_what_was_told(talk):
    talk("subscribe weekly mon here")
    told = talk.store.subscriptions.get(TEAM, 1).told
    form = press(talk, "digest_change", "1").form
    assert form.context == "1"
    shown = fill(talk, "digest", form.context, zone="Europe/Berlin", cadence="daily", time="10:00", channel="C1").form
    assert fill(talk, "digest_save", shown.context).text.startswith("Changed digest #1: every day at 10:00")
    held = talk.store.subscriptions.get(TEAM, 1)
    assert (held.cadence, held.told) == (Cadence.DAILY, told)
    assert "Only the person" in fill(talk, "digest_save", shown.context, person="U2").text


def test_who_may_do_what(talk):
    talk("subscribe weekly mon here")
    assert "Only" in talk("stop #1", person="U2").text
    assert "Only" in talk("pause #1", person="U2", channel="C2").text
    assert "Only" in talk("preview #1", person="U2", channel="C2").text
    assert "Only" in talk("now #1", person="U2").text
    assert talk("pause #1", person="U2").text.startswith("Paused digest #1")
    assert talk.store.subscriptions.get(TEAM, 1).paused
    assert "set up by <@U1>" in talk("", person="U2").text
    assert talk("resume", person="U2").text.startswith("Digest #1 goes on")
    assert talk("stop").text.startswith("Stopped digest #1")
    assert talk.store.subscriptions.all(TEAM) == ()


def test_another_workspace_sees_nothing(talk):
    talk("subscribe weekly mon here")
    asked = Request("T2", "U1", "stop #1", "/digest", channel="C1")
    assert "There is no such subscription" in settle(digest.answer, asked, talk.deps).text


def test_several_digests_need_a_number(talk):
    talk("subscribe weekly mon here")
    talk("subscribe daily 8 on sanctions here")
    assert "Which one? #1 every Monday" in talk("pause").text
    assert talk("pause 2").text.startswith("Paused digest #2")
    listed = talk("")
    assert "*#2* every day at 08:00" in listed.text
    assert "paused" in listed.text
    labels = [element["text"]["text"] for block in listed.blocks if block["type"] == "actions" for element in block["elements"]]
    assert labels == ["Preview", "Change", "Pause", "Stop", "Preview", "Change", "Resume", "Stop"]


def test_snooze_moves_the_next_one(talk, clock):
    talk("subscribe weekly mon here")
    assert "quiet until Monday 7 December" in talk("snooze 2 weeks").text
    assert talk.store.subscriptions.due(clock.now + timedelta(days=13)) == ()
    held = talk.store.subscriptions.get(TEAM, 1)
    assert held.next_due_at == MONDAY + timedelta(days=21)
    assert talk("snooze #1 until 2026-12-24").text.startswith("Digest #1 is quiet until Thursday 24 December")
    assert "“until yesterday” is no date I can read." in talk("snooze until yesterday").text
    assert talk("resume").text.startswith("Digest #1 goes on")
    assert talk.store.subscriptions.get(TEAM, 1).next_due_at == MONDAY + timedelta(days=7)


def test_preview_posts_nothing_and_says_when_nothing_is_new(talk, clock):
    assert "4 new pieces" in talk("preview").text
    assert "2 new pieces" in talk("preview on migration").text
    assert "Nothing is new" in talk("preview on climate").text
    assert "nothing to preview" not in talk("preview").text
    assert talk.store.digests.claim() is None


def test_words_that_people_use_instead(talk):
    talk("subscribe weekly mon here")
    assert talk("mute").text.startswith("Paused digest #1")
    assert talk("unsubscribe").text.startswith("Stopped digest #1")


def test_now_posts_once_a_minute(talk):
    talk("subscribe weekly mon here")
    assert talk("now").text.startswith("Posting digest #1 in <#C1> now.")
    assert talk("now").text == "Digest #1 is being posted already."
    posting = talk.store.digests.claim()
    assert posting.period.startswith(NOW)
    assert talk.store.digests.claim() is None


def test_follow(talk, clock):
    assert talk("follow sanctions").text.startswith("Digest #1: as soon as pieces are added, at most one message in five minutes, on Sanctions")
    held = talk.store.subscriptions.get(TEAM, 1)
    assert (held.cadence, held.next_due_at) == (Cadence.INSTANT, clock.now)
    assert held.told == talk.store.newly.newest(TEAM)
    assert "by Ada Venn" in talk("follow by Venn").text


def test_everything_shown_keeps_slacks_limits(talk):
    for _ in range(24):
        talk("subscribe daily 8 on sanctions here")
    listed = talk("list")
    assert len(listed.blocks) <= blocks.MESSAGE_BLOCKS
    assert blocks.weight(listed.blocks) <= blocks.MESSAGE_CHARACTERS
    talk("subscribe daily 8 on sanctions here")
    assert "You have 25 digests already" in talk("subscribe daily").text


def test_options_offer_what_is_typed(talk):
    def offered(field, typed):
        return [option["text"]["text"] for option in digest.OPTIONS[field](Request(TEAM, "U1", typed), talk.deps)]

    assert offered("authors", "ven") == ["Ada Venn"]
    assert offered("outlets", "tide") == ["The Tidewater Review"]


def test_of_a_thesis_of_two_sentences_the_claim_is_posted(store, clock):
    store.issues.load(ISSUES)
    piece = article("Bread", "The price rose on Tuesday. This is a tax on the hungry. Rice is dear.")
    read = replace(analysis(piece, (ISSUES[0].slug,)), thesis=(0, 1), key_points=(2,))
    number = store.articles.save(TEAM, piece, read).id
    texts = [line.text for line in Composer(store, clock)._lines_of(TEAM, number)]
    assert texts[0] == "This is a tax on the hungry."
