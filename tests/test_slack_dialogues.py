"""What people say to Entente in Slack, and what they get: over the wire, through the real Bolt app, Socket Mode and signed HTTP."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest

from bot.playground import Driver, Failure, View
from store import Store
from tests.slack.running import WAYS, read_everything, said, seen, talking


@pytest.fixture(params=WAYS)
def talk(request: pytest.FixtureRequest, store: Store) -> Iterator[Driver]:
    with talking(store, request.param) as driver:
        yield driver


@pytest.fixture
def socket(store: Store) -> Iterator[Driver]:
    with talking(store) as driver:
        yield driver


def modal(driver: Driver) -> View:
    """The form that is opened for Anna."""
    driver.wait(lambda: driver.view("anna") is not None)
    found = driver.view("anna")
    assert found is not None
    return found


COMMANDS = (
    ("/summary", "on rent", "Rents must be capped now."),
    ("/summary", "#2 short", "A cap would punish those who build."),
    ("/summary", "https://tidewater.example/3?utm_source=x", "Open the Port"),
    ("/summary", "", "Which piece?"),
    ("/summary", "unicorns", "I have not read “unicorns” yet"),
    ("/summary", "help", "thesis and key points"),
    ("/views", "Ada Venn", "Fees should fall by half."),
    ("/views", "venn on rent control", "Rents must be capped now."),
    ("/views", "Mira Holt", "as reported by Ada Venn"),
    ("/views", "Venn vs Brandt on rent control", "side by side"),
    ("/views", "", "Ola Brandt — 1 piece"),
    ("/views", "Nobody Known", "is in the library"),
    ("/issue", "rent caps", "A cap would punish those who build."),
    ("/issue", "rent control by Brandt", "1 piece by 1 author"),
    ("/issue", "ports outlet:harbour", "Port fees in Harbour Post"),
    ("/issue", "", "2 issues"),
    ("/issue", "whaling", "No issue is called “whaling”"),
    ("/library", "", "3 pieces by 2 authors in 2 outlets"),
    ("/library", "search houses", "Against the Cap"),
    ("/library", "search unicorns", "Nothing in the library has “unicorns”"),
    ("/library", "list", "1–3 of 3 pieces"),
    ("/library", "add https://tidewater.example/1", "#1"),
    ("/library", "feeds", "No feed is followed yet"),
    ("/library", "feed add https://tidewater.example/feed.xml", "I follow https://tidewater.example/feed.xml"),
    ("/library", "issues", "no issue of your own"),
    ("/library", "export", "to a file"),
    ("/library", "feedback", "Nobody has said anything"),
    ("/library", "remove #99", "There is no piece #99"),
    ("/library", "polish", "I know /library add"),
    ("/digest", "help", "/digest"),
    ("/digest", "preview", "Rent control"),
)


def test_every_command_says_what_it_should_to_one_person_only(talk: Driver) -> None:
    for command, typed, expected in COMMANDS:
        answer = talk.command("anna", "press-review", command, typed)
        assert expected in answer.text, f"{command} {typed}: {answer.text}"
        assert answer.message.ephemeral
    assert not seen(talk, "ben", "press-review")


def test_an_answer_names_author_outlet_and_date(socket: Driver) -> None:
    answer = socket.command("anna", "press-review", "/summary", "on rent")
    assert "Ada Venn · The Tidewater Review · 1 May 2024" in answer.text
    assert "Rents must be capped now." in answer.message.text  # for screen readers, too


def test_share_posts_once_and_takes_the_private_answer_away(talk: Driver) -> None:
    answer = talk.command("anna", "press-review", "/views", "Ada Venn")
    talk.drills.twice = 1
    talk.click("anna", answer, "Share to channel", expect=0)
    talk.wait(lambda: "Shared by" in said(talk, "ben", "press-review"))
    talk.wait(lambda: not any(one.ephemeral for one in seen(talk, "anna", "press-review")))
    talk.settle()
    assert len(seen(talk, "ben", "press-review")) == 1


def test_share_where_the_bot_is_no_member(socket: Driver) -> None:
    answer = socket.command("anna", "random", "/summary", "on rent")
    socket.click("anna", answer, "Share to channel", expect=0)
    socket.wait(lambda: "Shared by" in said(socket, "ben", "random"))


def test_more_and_back_turn_the_page_in_place(talk: Driver, store: Store) -> None:
    for number in range(20):
        store.readings.enqueue(talk.workspace.team, f"https://tidewater.example/more/{number}")
    read_everything(store)
    answer = talk.command("anna", "press-review", "/library", "list")
    assert "1–8 of" in answer.text
    turned = talk.click("anna", answer, "more")
    talk.wait(lambda: "9–16 of" in said(talk, "anna", "press-review"))
    talk.click("anna", turned, "back")
    talk.wait(lambda: "1–8 of" in said(talk, "anna", "press-review"))
    assert len(seen(talk, "anna", "press-review")) == 1


def test_a_menu_picks_a_piece(talk: Driver) -> None:
    offered = talk.command("anna", "press-review", "/summary")
    talk.click("anna", offered, "ask", "#1 On Rent")
    talk.wait(lambda: "Rents must be capped now." in said(talk, "anna", "press-review"))


def test_an_unknown_link_is_read_first_in_one_message(talk: Driver, store: Store) -> None:
    answer = talk.command("anna", "press-review", "/summary", "https://tidewater.example/new")
    assert "Reading https://tidewater.example/new" in answer.text
    read_everything(store)
    talk.wait(lambda: "Quays must be widened." in said(talk, "anna", "press-review"))
    assert len(seen(talk, "anna", "press-review")) == 1


def test_a_link_that_cannot_be_read_says_why(socket: Driver, store: Store) -> None:
    socket.command("anna", "press-review", "/library", "add https://tidewater.example/dead")
    read_everything(store)
    socket.wait(lambda: "The address cannot be reached." in said(socket, "anna", "press-review"))


def test_a_mention_is_answered_in_its_thread_and_remembers_it(talk: Driver) -> None:
    answer = talk.mention("anna", "press-review", "what does Venn say about rent control?")
    assert answer.message.thread_ts == answer.sent.ts
    assert "Rents must be capped now." in answer.text
    assert "Share to channel" not in str(answer.message.blocks)
    again = talk.mention("anna", "press-review", "who disagrees?", thread=answer.sent)
    assert "A cap would punish those who build." in again.text
    assert "Rents must be capped now." not in again.text


QUESTIONS = (
    ("summary of #2", "A cap would punish those who build."),
    ("compare Venn and Brandt on rent control", "side by side"),
    ("what does everyone say about rent control?", "2 pieces by 2 authors"),
    ("anything newer?", "Open the Port"),
    ("who is quoted in #1?", "as reported by Ada Venn"),
    ("who writes about rent control?", "Ola Brandt — 1 piece"),
    ("help", "/summary"),
    ("zebra quagga", "Nothing in the library has"),
)


def test_every_kind_of_question(socket: Driver) -> None:
    for question, expected in QUESTIONS:
        answer = socket.mention("anna", "press-review", question)
        assert expected in answer.text, f"{question}: {answer.text}"


def test_a_direct_message_is_answered_there(talk: Driver) -> None:
    assert "Fees should fall by half." in talk.tell("anna", "what does Ada Venn say?").text


def test_a_link_in_a_mention_is_read_and_the_message_edited(talk: Driver, store: Store) -> None:
    asked = talk.mention("anna", "press-review", "summary https://tidewater.example/new2")
    assert "Reading" in asked.text
    read_everything(store)
    talk.wait(lambda: "Quays must be widened." in said(talk, "ben", "press-review"))
    assert sum(one.user == talk.workspace.bot.id for one in seen(talk, "ben", "press-review")) == 1


def test_a_dropped_file_is_read(talk: Driver, store: Store) -> None:
    talk.upload("anna", "@bot", "report.md", b"# A report\n\nQuays must be widened.")
    talk.wait(lambda: bool(store.readings.open(talk.workspace.team)))
    (reading,) = store.readings.open(talk.workspace.team)
    assert (reading.source, reading.content) == ("report.md", b"# A report\n\nQuays must be widened.")
    read_everything(store)
    talk.wait(lambda: "Read and kept as #4" in said(talk, "anna", "@bot"))


def test_pasting_a_text(talk: Driver, store: Store) -> None:
    form = talk.command("anna", "press-review", "/library", "add")
    short = talk.submit("anna", form, {"Title": "Pasted", "Text": "too short"}, expect=1)
    assert "too short for a piece" in str(short.view.errors)
    talk.submit("anna", short.view, {"Title": "Pasted", "Author": "Ida Sand", "Text": "Quays must be widened. " * 20})
    (reading,) = store.readings.open(talk.workspace.team)
    assert reading.content.startswith(b"---\ntitle: Pasted\nauthor: Ida Sand\n---\n\nQuays must")
    read_everything(store)
    talk.wait(lambda: "Read and kept as #4" in said(talk, "anna", "press-review"))


def test_fixing_details(talk: Driver, store: Store) -> None:
    answer = talk.command("anna", "press-review", "/summary", "#1")
    talk.click("anna", answer, "Fix details")
    form = modal(talk)
    assert talk.suggest("anna", form, "issues", "port") != []
    talk.submit("anna", form, {"Title": "On Rents", "Authors": "Ada Venn, Ida Sand", "Outlet": ""})
    talk.wait(lambda: "Corrected title, authors, outlet of #1." in said(talk, "anna", "press-review"))
    piece = store.articles.get(talk.workspace.team, 1)
    assert (piece.title.value, piece.authors.value, piece.outlet.value) == ("On Rents", ("Ada Venn", "Ida Sand"), None)
    assert [slug for slug, _ in store.articles.issues(talk.workspace.team, 1)] == ["rent-control"]


def test_removing_a_piece_asks_first(talk: Driver, store: Store) -> None:
    form = talk.command("anna", "press-review", "/library", "remove #1")
    assert "cannot be undone" in form.show(form.view)
    assert store.articles.find(talk.workspace.team, "#1") is not None
    talk.submit("anna", form)
    talk.wait(lambda: "Removed #1" in said(talk, "anna", "press-review"))
    assert store.articles.find(talk.workspace.team, "#1") is None


def test_own_issues_and_feeds_by_form(socket: Driver, store: Store) -> None:
    team = socket.workspace.team
    listed = socket.command("anna", "press-review", "/library", "issues")
    socket.click("anna", listed, "New issue")
    socket.submit("anna", modal(socket), {"Name": "Tolls", "Other names and words for it": "bridge tolls, road tolls"})
    socket.wait(lambda: "is an issue of this library now" in said(socket, "anna", "press-review"))
    assert store.issues.get(team, "road tolls").own
    feeds = socket.command("anna", "press-review", "/library", "feeds")
    socket.click("anna", feeds, "Follow a feed")
    wrong = socket.submit("anna", modal(socket), {"Address of the feed": "tidewater"})
    assert "A feed" in str(wrong.view.errors)
    socket.submit("anna", wrong.view, {"Address of the feed": "https://tidewater.example/feed"})
    assert [feed.url for feed in store.feeds.all(team)] == ["https://tidewater.example/feed"]
    assert "no longer follow" in socket.command("anna", "press-review", "/library", "feed remove #1").text


def test_feedback_is_kept_without_what_was_typed(talk: Driver, store: Store) -> None:
    answer = talk.command("anna", "press-review", "/views", "ada venn on rent control")
    talk.click("anna", answer, "Useful")
    talk.wait(lambda: "Thank you, noted." in said(talk, "anna", "press-review"))
    talk.click("anna", answer, "Not useful")
    talk.submit("anna", modal(talk), {"What was wrong with it?": "The date is wrong"})
    talk.wait(lambda: "Thank you. What you wrote" in said(talk, "anna", "press-review"))
    kept = store.feedback.newest(talk.workspace.team)[0]
    assert (kept.good, kept.remark) == (False, "The date is wrong")
    assert kept.answer == "/views person:1 issue:rent-control"
    assert "The date is wrong" in talk.command("anna", "press-review", "/library", "feedback").text


def test_message_shortcuts(talk: Driver, store: Store) -> None:
    known = talk.say("ben", "press-review", "read https://tidewater.example/1 please", expect=0)
    talk.message_shortcut("anna", known.sent, "summarise_message", expect=0)
    assert "Rents must be capped now." in str(modal(talk).blocks)
    talk.close("anna", modal(talk))
    new = talk.say("ben", "press-review", "and this: https://tidewater.example/new3", expect=0)
    talk.message_shortcut("anna", new.sent, "save_to_library", expect=0)
    assert "Reading https://tidewater.example/new3" in str(modal(talk).blocks)
    talk.wait(lambda: any(store.readings.waiters(one.id) for one in store.readings.open(talk.workspace.team)))
    read_everything(store)
    talk.wait(lambda: "Read and kept as #4" in str(talk.view("anna").blocks))
    talk.close("anna", modal(talk))
    nothing = talk.say("ben", "press-review", "good morning", expect=0)
    talk.message_shortcut("anna", nothing.sent, "save_to_library", expect=0)
    assert "neither a link nor a file" in str(modal(talk).blocks)


def test_global_shortcut_searches(talk: Driver) -> None:
    form = talk.shortcut("anna", "search_library")
    found = talk.submit("anna", form, {"Words": "houses"})
    assert "Against the Cap" in found.show(found.view)


def test_app_home(talk: Driver) -> None:
    home = talk.open_home("anna").home
    shown = str(home.blocks)
    for part in ("3 pieces", "Newest pieces", "On Rent", "Rent control (2)", "/digest subscribe", "What is stored", "Delete everything"):
        assert part in shown, part
    talk.click("anna", home, "Summary")
    assert "Fees should fall by half." in str(modal(talk).blocks)
    talk.close("anna", modal(talk))
    talk.click("anna", talk.home("anna"), "Delete everything …")
    form = modal(talk)
    label = form.blocks[-1]["label"]["text"]
    refused = talk.submit("anna", form, {label: "no"})
    assert "Nothing was deleted" in str(refused.view.errors)
    talk.submit("anna", refused.view, {label: "delete"})
    talk.wait(lambda: "Deleted:" in str(talk.view("anna").blocks))
    assert "The library is empty" in talk.command("anna", "press-review", "/library").text


def test_only_admins_delete_everything(talk: Driver, store: Store) -> None:
    talk.click("ben", talk.open_home("ben").home, "Delete everything …", expect=0)
    talk.wait(lambda: talk.view("ben") is not None)
    assert "Only an admin of this workspace can delete everything" in str(talk.view("ben").blocks)
    assert store.articles.glance(talk.workspace.team).pieces == 3


def test_who_is_no_admin_any_more_deletes_nothing(socket: Driver, store: Store) -> None:
    home = socket.open_home("anna").home  # Slack has said that she is an admin
    people = socket.workspace.people
    anna = socket.person("anna")
    people[anna.id] = dataclasses.replace(anna, admin=False)
    socket.click("anna", home, "Delete everything …")
    assert "Only an admin" in str(modal(socket).blocks)
    assert store.articles.glance(socket.workspace.team).pieces == 3


def test_where_slack_names_no_admins_nobody_deletes_who_has_not_installed(socket: Driver, store: Store) -> None:
    home = socket.open_home("anna").home
    socket.drills.fail(Failure("error", "users.info", error="missing_scope"))
    socket.click("anna", home, "Delete everything …")
    assert "which Slack does not tell me of you" in str(modal(socket).blocks)


def test_who_shared_is_called_by_the_display_name_as_dead_text(talk: Driver) -> None:
    anna = talk.person("anna")
    talk.workspace.people[anna.id] = dataclasses.replace(anna, display_name="Anna <!channel> K.")
    talk.click("anna", talk.command("anna", "press-review", "/summary", "#1"), "Share to channel", expect=0)
    talk.wait(lambda: "Shared by Anna <!channel> K." in str([one.blocks for one in seen(talk, "ben", "press-review")]))
    shared = seen(talk, "ben", "press-review")[-1]
    assert shared.blocks[0]["elements"][0]["type"] == "plain_text"
    assert "Shared by Anna &lt;!channel&gt; K." in shared.text
    assert f"<@{anna.id}>" not in str(shared.blocks) + shared.text


def test_what_digests_can_do_is_told(socket: Driver, store: Store) -> None:
    told = socket.command("anna", "press-review", "/digest", "help").text + socket.tell("anna", "help").text
    for word in ("follow", "snooze", "change", "/digest now"):
        assert told.count(word) >= 2, word
    assert "Not useful" in told
    assert "/digest follow" in str(socket.open_home("anna").home.blocks)
    socket.command("anna", "press-review", "/digest", "follow ports")
    shown = str(socket.open_home("anna").home.blocks)
    for part in ("*#1*", "Port fees", "/digest change #3", "/digest snooze #3", "/digest now #3", "/digest follow", "Not useful"):
        assert part in shown, part


def test_at_most_four_things_are_suggested_and_each_is_answered(talk: Driver) -> None:
    anna, channel = talk.person("anna"), talk.channel("@bot", "anna")
    thread = {"user_id": anna.id, "channel_id": channel.id, "thread_ts": "1700000000.000100", "context": {}}
    talk.emit({"type": "assistant_thread_started", "assistant_thread": thread})
    kept = talk.workspace.assistants
    talk.wait(lambda: (channel.id, "1700000000.000100") in kept)
    prompts = kept[(channel.id, "1700000000.000100")]["prompts"]
    assert [one["title"] for one in prompts] == [
        "Summarise “Open the Port”", "Who argues what on Rent control?", "What does Ada Venn argue?", "What can you do?",
    ]  # fmt: skip
    for one, expected in zip(prompts, ("Fees should fall", "A cap would punish", "Rents must be capped", "Mention me"), strict=True):
        assert expected in talk.tell("anna", one["message"]).text


def test_an_empty_library_suggests_what_it_can_do(socket: Driver, store: Store) -> None:
    store.forget(socket.workspace.team, keep=("installations", "deliveries"))
    anna, channel = socket.person("anna"), socket.channel("@bot", "anna")
    socket.emit({"type": "assistant_thread_started", "assistant_thread": {"user_id": anna.id, "channel_id": channel.id, "thread_ts": "1.0"}})
    socket.wait(lambda: bool(socket.workspace.assistants))
    assert [one["message"] for one in socket.workspace.assistants[(channel.id, "1.0")]["prompts"]] == ["help"]


def test_only_links_to_pieces_get_a_preview(talk: Driver) -> None:
    with_piece = talk.say("ben", "press-review", "see https://tidewater.example/1", expect=0)
    talk.wait(lambda: "Rents must be capped now." in str([one.attachments for one in seen(talk, "anna", "press-review")]))
    other = talk.say("ben", "press-review", "see https://tidewater.example/other", expect=0)
    talk.settle()
    by = {one.ts: one.attachments for one in seen(talk, "anna", "press-review")}
    assert by[with_piece.sent.ts]
    assert not by[other.sent.ts]


def test_digest_form(talk: Driver, store: Store) -> None:
    form = talk.command("anna", "press-review", "/digest", "subscribe")
    assert "Europe/Berlin" in str(form.view.blocks)
    preview = talk.submit("anna", form)
    assert "every Monday at 09:00" in preview.show(preview.view)
    talk.submit("anna", preview.view)
    assert [one.zone for one in store.subscriptions.all(talk.workspace.team)] == ["Europe/Berlin"]


def test_uninstalling_deletes_everything(talk: Driver, store: Store) -> None:
    team = talk.workspace.team
    talk.uninstall()
    talk.wait(lambda: store.articles.glance(team).pieces == 0)
