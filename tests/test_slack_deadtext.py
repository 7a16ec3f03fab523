"""Names of people, files, feeds, issues and authors, and whatever is typed, come out as dead letters."""

from __future__ import annotations

import json

import pytest

from store import Store
from tests.slack import payloads, strict
from tests.slack.payloads import CHANNEL
from tests.slack.reference import BOT_USER, TEAM, Json
from tests.slack.wire import Wire

HOSTILE = (
    "<!channel> <@U2147483697>",
    "<http://evil.example|click here> <mailto:a@b.example|x>",
    "&lt;!here&gt; &amp;lt;!everyone&amp;gt; <!subteam^S1|@all>",
    "a\u202ereversed\u200b \u2066hidden\u2069 <#C1|general>",
    "<javascript:alert(1)|x> *bold* _it_ ~no~ `code` :boom: > quote",
    "\"><script>alert(1)</script> ' OR 1=1 -- %s {0} {name}",
    "<!date^1^{date}|x> @channel @here #general",
)

pytestmark = pytest.mark.usefixtures("untroubled")


def dead(wire: Wire, *answers: str) -> None:
    """All that was said so far, in whatever way; none of it gave up."""
    for answer in filter(None, answers):
        said = json.loads(answer)
        if "view" in said:
            strict.check_view(said["view"])
        elif "text" in said:
            strict.check_message(said)
    for _, body in wire.slack.hooked:
        strict.no_live_tokens(body.get("text", ""))
    for method, arguments in wire.slack.calls:
        if method.startswith("chat.post") or method == "chat.update":
            strict.check_message(arguments)
        elif method.startswith("views."):
            strict.check_view(arguments["view"])
    assert "Something went wrong" not in " ".join((*answers, *wire.slack.heard()))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_typed(wire: Wire, text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    patterns = {
        "/summary": ("{}", "{} long"),
        "/views": ("{}", "Ada Venn on {}", "{} vs Ada Venn"),
        "/issue": ("{}", "ports by {}", "ports outlet:{}", 'ports outlet:"{}"'),
        "/library": ("{}", "search {}", "search author:{}", "add {}", "feed add {}", "fix {}", "remove {}", "people {} is Ada Venn"),
        "/digest": ("{}", "subscribe on {}", "subscribe by {}", "snooze {}", "follow {}", "preview {}"),
    }
    typed = [(name, pattern.format(form)) for name, many in patterns.items() for pattern in many for form in (text, escaped)]
    answers = [wire.command(name, words).body for name, words in typed]
    before = len(wire.posts())
    for form in (text, escaped):
        wire.event(payloads.event(payloads.mention(f"<@{BOT_USER}> what does {form} say?")))
        wire.event(payloads.event(payloads.direct(f"summary of {form}")))
    wire.slack.wait(lambda: len(wire.posts()) >= before + 4)
    wire.settle()
    dead(wire, *answers)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_things_are_called(wire: Wire, store: Store, text: str) -> None:
    wire.slack.person = {"name": text, "real_name": text, "profile": {"display_name": text}}
    wire.interact(payloads.pressed_in_ephemeral(payloads.button("share", json.dumps(["/summary", "#1", 0])), wire.hook))
    file = {"id": "F1", "name": f"{text}.txt", "size": 9, "url_private": f"{wire.slack.url}/file/none"}
    wire.slack.fail("file", status=404, times=9)
    wire.event(payloads.event(payloads.direct("", subtype="file_share", files=[file])))
    wire.slack.wait(lambda: wire.slack.called("chat.update"))
    feed = store.feeds.add(TEAM, "https://x.example/feed.xml", text)
    fields = ("title", "authors", "outlet", "name", "aliases", "remark", "words")
    values = {name: {name: {"type": "plain_text_input", "value": text}} for name in fields}
    answers = [
        wire.interact(payloads.submitted(payloads.view(callback, metadata=json.dumps({"context": context}), values=values))).body
        for callback, context in (("fix", "1"), ("issue", ""), ("remark", "/summary #1"), ("search", ""), ("add", ""))
    ]
    listed = ("list", "feeds", "issues", "people", "feedback", "search rents", f"feed remove #{feed.id}")
    answers += [wire.command("/library", typed).body for typed in listed]
    answers += [wire.command(name, typed).body for name, typed in (("/summary", "#1"), ("/issue", ""), ("/views", ""), ("/issue", "rent control"))]
    home: Json = {"type": "app_home_opened", "user": payloads.PERSON, "channel": "D1", "tab": "home", "event_ts": "1.1"}
    wire.event(payloads.event(home))
    links = [{"domain": "tidewater.example", "url": "https://tidewater.example/1"}]
    wire.event(payloads.event({"type": "link_shared", "channel": CHANNEL, "user": "U1", "message_ts": "1.1", "links": links, "event_ts": "1.1"}))
    wire.slack.wait(lambda: wire.slack.called("views.publish") and wire.slack.called("chat.unfurl"))
    dead(wire, *answers)
    strict.check_message({"text": "x", "blocks": next(iter(wire.slack.called("chat.unfurl")[0]["unfurls"].values()))["blocks"]})
