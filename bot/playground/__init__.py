"""A local Slack workspace: a server on loopback that speaks what a Slack app uses, unchanged, through SLACK_API_URL.

Start it and point an app at it::

    with LocalSlack(Path("manifest.yml"), time_factor=0.001) as slack:
        app = App(client=WebClient(token=slack.bot_token, base_url=slack.api_url), ...)
        with slack.connected(SocketModeHandler(app, slack.app_token)):
            people = Driver(slack)
            answer = people.command("anna", "press-review", "/summary", "rent")
            shared = people.click("anna", answer, "Share to channel")

People (`anna`, `ben`, `chloe`) and channels (`general`, `press-review`, `energy-desk`, and `random` without the bot) are
there from the start; both are given by name or id, and "@bot" is a person's direct message with the bot.

`Driver` has a verb for what people do: `command`, `say`, `mention`, `tell` (direct message), `upload`, `click`, `submit`,
`close`, `shortcut`, `message_shortcut`, `suggest`, `open_home`, `react`; for what happens to a workspace: `invite_bot`,
`remove_bot`, `archive`, `uninstall`, `emit`; and for failures: `drills`, `drop_answer`, `disconnect`. Each verb waits
until the app has acknowledged and `expect` new things can be seen, and returns an `Outcome` (`messages`, `message`,
`text`, `view`, `home`, `sent`, `deliveries`). `expect=0` waits for the acknowledgement only; then `settle()` and look at
`messages(person, channel)` to see that nothing came. A time-out raises AssertionError with what the app was asked.

Signed HTTP instead of Socket Mode: set `slack.platform.courier.request_url` to the app's address before anybody acts.
Two workspaces: `slack.add_workspace("Second")` before the start, then `Driver(slack, second)`.
With a manifest only its events are sent and only its scopes granted (`missing_scope`); without one, everything is.
Everything sent is checked as strictly as Slack does; `driver.calls("chat.postMessage")` lists what the app asked for.
"""

from __future__ import annotations

from bot.playground.drills import Failure
from bot.playground.driver import Driver, Outcome
from bot.playground.manifest import Manifest, parse_manifest, read_manifest
from bot.playground.records import Message, View
from bot.playground.server import LocalSlack

__all__ = ["Driver", "Failure", "LocalSlack", "Manifest", "Message", "Outcome", "View", "parse_manifest", "read_manifest"]
