"""`make screenshots`: the answers of the real bot to the sample op-eds, as small light pictures for the README.

Starts `entente try` as people do, reads the address that it prints, and asks in the page.
"""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser import chromium, missing

ROOT = Path(__file__).parents[1]
ASSETS = ROOT / ".assets"
SIZE = {"width": 1120, "height": 640}
#: reading ten sample pieces takes about ten seconds; a busy machine may need more
READ_SECONDS = 120


@contextmanager
def trying() -> Iterator[str]:
    """`entente try` as a process; yields the page's address once the samples are read."""
    command = [sys.executable, "-m", "bot", "try", "--no-browser"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        address = ""
        for line in process.stdout or ():
            found = re.search(r"http://127\.0\.0\.1:\S+", line)
            address = found.group() if found else address
            if address and "sample" in line:
                break
        assert address, "entente try has printed no address"
        yield address
    finally:
        process.terminate()
        process.wait(60)


def dismiss(page: Any) -> None:
    """Take the private answers away."""
    page.evaluate("document.querySelectorAll('article.ephemeral [data-dismiss]').forEach(button => button.click())")
    page.wait_for_selector("article.ephemeral", state="detached")


def ask(page: Any, words: str, wait: str) -> None:
    dismiss(page)
    page.fill("#composer-text", words)
    page.press("#composer-text", "Escape")
    page.press("#composer-text", "Enter")
    page.wait_for_selector(wait)
    page.wait_for_timeout(500)


def go(page: Any, channel: str) -> None:
    page.click(f"#side >> text={channel}")
    page.wait_for_selector(f"#room-name >> text={channel}")
    page.wait_for_timeout(400)


def take(page: Any, name: str) -> None:
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement?.blur()")
    page.screenshot(path=ASSETS / f"{name}.png")
    print(f"{name}.png {(ASSETS / f'{name}.png').stat().st_size // 1024} kB")


def main() -> int:
    if missing():
        print(f"no screenshots: {missing()}")
        return 1
    ASSETS.mkdir(exist_ok=True)
    with trying() as address, chromium() as browser:
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        page.set_default_timeout(READ_SECONDS * 1000)
        page.goto(address)
        page.wait_for_selector("body[data-ready]")
        page.click("#guide-close")
        go(page, "general")
        # the clock looks into the outbox every so often
        page.wait_for_selector("article:not(.ephemeral)")
        dismiss(page)
        page.evaluate("document.getElementById('messages').scrollTop = 0")
        take(page, "digest")
        answers = {
            "summary": "/summary price cap",
            "views": "/views Mara Ellingsen",
            "issue": "/issue sanctions",
            "contrast": "/views Mara Ellingsen vs Piers Lockridge on sanctions",
        }
        go(page, "energy-desk")
        for name, words in answers.items():
            ask(page, words, "article.ephemeral")
            take(page, name)
        go(page, "press-review")
        replies = "article:has-text('what does Ellingsen say about sanctions?') .replies"
        ask(page, "@Entente what does Ellingsen say about sanctions?", replies)
        page.click(replies)
        page.wait_for_timeout(600)
        take(page, "mention")
        page.keyboard.press("Escape")
        go(page, "Entente")
        page.click("#tabs >> text=Home")
        page.wait_for_selector(".home h3")
        page.wait_for_timeout(500)
        take(page, "home")
    return 0


if __name__ == "__main__":
    began = time.monotonic()
    status = main()
    print(f"{time.monotonic() - began:.0f} s")
    sys.exit(status)
