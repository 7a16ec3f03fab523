"""The local workspace as a dialogue in the terminal: type what you would type in Slack, press buttons by number."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.text import Text

from bot.playground.driver import Driver, Outcome
from bot.playground.initial import MANY, VALUES
from bot.playground.records import SLACKBOT, Json, Message, View
from bot.playground.refusal import SlackRefusal
from bot.playground.server import LocalSlack
from bot.playground.tty import Numbers, draw

#: how long the dialogue waits for a first answer, and then for more of it, in seconds
PATIENCE, LINGER = 20.0, 0.5
HELP = """\
/summary, /views, /issue, /library, /digest   as in Slack; `help` after each
@entente QUESTION                             a mention; the answer opens a thread
> QUESTION                                    a follow-up in the last thread
3        3 WORDS                              press control 3, or choose in it
:in CHANNEL   :as PERSON   :dm                where you write, and as whom
:home    :file PATH    :shortcut NAME         App Home, a file, a shortcut (on the last message where it needs one)
:help    :quit"""
Ask = Callable[[str], str]


class Dialogue:
    """One person at a terminal. `ask` reads a line for a prompt and raises EOFError at the end."""

    def __init__(self, slack: LocalSlack, console: Console, ask: Ask = input) -> None:
        self.driver = Driver(slack)
        self.console = console
        self.ask = ask
        self.person = "anna"
        self.place = "press-review"
        self.thread: str | None = None
        self.last: Message | None = None
        self.numbers = Numbers()

    def run(self) -> None:
        """Talk until the end of input or `:quit`."""
        _complete_commands([command.name for command in self.driver.platform.manifest.commands])
        self.console.print(Text(HELP, "dim"))
        while True:
            try:
                line = self.ask(f"\n{self.person} in {self._where()}> ").strip()
            except EOFError:
                return
            if line in (":quit", ":q"):
                return
            try:
                if line:
                    self.hear(line)
            except EOFError:  # within a form
                return

    def hear(self, line: str) -> None:
        """Do what one line says and show what comes of it."""
        try:
            self._obey(line)
        except SlackRefusal as refusal:
            names = ", ".join(command.name for command in self.driver.platform.manifest.commands)
            unknown = f"There is no such command; there are {names}. :help says what else can be typed."
            self._note(unknown if refusal.code == "unknown_command" else refusal.code.replace("_", " "))
        except (LookupError, OSError) as error:
            self._note(str(error))
        except AssertionError:
            self._note("No answer came.")

    def _obey(self, line: str) -> None:
        driver = self.driver
        if line.startswith(":"):
            self._settle(line)
        elif line.startswith("/"):
            name, _, text = line.partition(" ")
            self._show(driver.command(self.person, self.place, name, text.strip(), timeout=PATIENCE))
        elif match := re.fullmatch(r"(\d+)(?:\s+(.*))?", line):
            press = self.numbers.find(int(match[1]))
            if press is None:
                raise LookupError("There is no such number.")
            self._show(driver.click(self.person, press.where, press.control, match[2] or press.choice, timeout=PATIENCE))
        elif line.startswith(">") and self.thread:
            text = line[1:].strip()
            mention = "" if self.place == "@bot" else f"@{driver.workspace.bot.name} "
            self._show(driver.say(self.person, self.place, mention + text, thread=self.thread, timeout=PATIENCE))
        else:
            name = driver.workspace.bot.name
            line, named = re.subn(rf"@{re.escape(name)}\b", f"@{name}", line, flags=re.IGNORECASE)
            spoken_to, thread = self.place == "@bot" or named > 0, self.thread
            self._show(driver.say(self.person, self.place, line, expect=int(spoken_to), timeout=PATIENCE))
            if not spoken_to:
                self.thread = thread
                self._note(f"Said in {self._where()}, where nobody answers. @{name.lower()} QUESTION asks; > QUESTION goes on in the last thread.")

    def _settle(self, line: str) -> None:
        word, _, rest = line[1:].partition(" ")
        rest = rest.strip()
        if word == "help":
            self.console.print(Text(HELP, "dim"))
        elif word == "in":
            self.place, self.thread = self.driver.channel(rest).name, None
        elif word == "dm":
            self.place, self.thread = "@bot", None
        elif word == "as":
            self.person = self.driver.person(rest.lower()).name
        elif word == "home":
            home = self.driver.open_home(self.person, timeout=PATIENCE).home
            if home:
                self.console.print(draw(home, self.driver.reader(self.person), self.numbers))
        elif word == "file":
            path = Path(rest).expanduser()
            self._show(self.driver.upload(self.person, self.place, path.name, path.read_bytes(), timeout=PATIENCE))
        elif word == "shortcut":
            self._shortcut(rest)
        else:
            raise LookupError("That is none of the words of this dialogue; :help lists them.")

    def _shortcut(self, name: str) -> None:
        known = {one.name.lower(): one for one in self.driver.platform.manifest.shortcuts}
        shortcut = known.get(name.lower())
        if shortcut is None:
            raise LookupError(f"The shortcuts are: {', '.join(one.name for one in known.values())}.")
        if shortcut.type == "message":
            if self.last is None:
                raise LookupError("There is no message yet to run it on.")
            self._show(self.driver.message_shortcut(self.person, self.last, shortcut.callback_id, timeout=PATIENCE))
        else:
            self._show(self.driver.shortcut(self.person, shortcut.callback_id, timeout=PATIENCE))

    # showing

    def _show(self, outcome: Outcome) -> None:
        self.driver.settle(LINGER)
        for message in outcome.messages:
            self._show_message(self._newest(message))
        sent = outcome.sent
        if sent is not None:
            self.last = sent
            self.thread = sent.thread_ts or sent.ts
        if outcome.view is not None:
            self._fill_in(outcome.view)

    def _newest(self, message: Message) -> Message:
        return self.driver.workspace.messages[message.channel].get(message.ts, message)

    def _show_message(self, message: Message) -> None:
        reader = self.driver.reader(self.person)
        name = "Slackbot" if message.user == SLACKBOT else self.driver.workspace.people[message.user].real_name
        head = Text(f"\n{name}", "bold green")
        if message.ephemeral:
            head.append("  only visible to you", "dim")
        if message.edited:
            head.append("  edited", "dim")
        self.console.print(head)
        self.console.print(draw(message, reader, self.numbers))
        if not message.ephemeral:
            self.last = message
            self.thread = message.thread_ts or message.ts

    # forms

    def _fill_in(self, view: View) -> None:
        title = view.content.get("title", {}).get("text", "")
        self.console.print(Text(f"\n┌ {title}", "bold"))
        if view.notice:
            self._note(view.notice)
        self.console.print(draw(view, self.driver.reader(self.person), self.numbers))
        if not view.content.get("submit"):
            return
        self._note("Return keeps what stands in brackets; :cancel closes the form.")
        fields: dict[str, object] = {}
        for block in view.blocks:
            if block["type"] != "input" or (view.errors and block["block_id"] not in view.errors):
                continue
            if block["block_id"] in view.errors:
                self._note(view.errors[block["block_id"]])
            answer = self._ask_field(block, view)
            if answer == ":cancel":
                self.driver.close(self.person, view)
                return
            if answer is not None:
                fields[block["element"]["action_id"]] = answer
        self._show(self.driver.submit(self.person, view, fields, timeout=PATIENCE))

    def _ask_field(self, block: Json, view: View) -> object:
        element = block["element"]
        key = VALUES[element["type"]][0]
        held = view.state.get(block["block_id"], {}).get(element["action_id"], {}).get(key)
        options = [option["text"]["text"] for option in element.get("options", [])]
        label = block["label"]["text"] + (" (optional)" if block.get("optional") else "")
        if options:
            self.console.print(Text("   " + "   ".join(options), "dim"))
        if element.get("multiline"):
            return self._ask_lines(label)
        line = self.ask("  " + " ".join(filter(None, (label, _held(held)))) + ": ").strip()
        if line == ":cancel" or not line:
            return line or None
        return [part.strip() for part in line.split(",")] if key in MANY else line

    def _ask_lines(self, label: str) -> object:
        self.console.print(f"  {label}, a line with a full stop ends it:")
        lines: list[str] = []
        while (line := self.ask("  ")) != ".":
            if line == ":cancel":
                return line
            lines.append(line)
        return "\n".join(lines) or None

    def _note(self, words: str) -> None:
        self.console.print(Text(words, "yellow"))

    def _where(self) -> str:
        return "a direct message" if self.place == "@bot" else f"#{self.place}"


def _held(held: object) -> str:
    if isinstance(held, dict):
        return f"[{held['text']['text']}]"
    if isinstance(held, list):
        return f"[{', '.join(one['text']['text'] if isinstance(one, dict) else str(one) for one in held)}]" if held else ""
    return f"[{held}]" if held else ""


def _complete_commands(names: list[str]) -> None:
    try:
        import readline
    except ImportError:  # Windows has none
        return

    def complete(text: str, state: int) -> str | None:
        found = [name for name in [*names, "@entente", ":help", ":quit", ":home"] if name.startswith(text)]
        return f"{found[state]} " if state < len(found) else None

    readline.set_completer_delims(" ")
    readline.set_completer(complete)
    readline.parse_and_bind("tab: complete")
