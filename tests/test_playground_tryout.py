"""`entente try` from start to clean end, with a small app in the place of the bot."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from bot.playground.tryout import NotConnected, Plan, Progress, started, try_in_browser, try_in_terminal

pytestmark = pytest.mark.slow  # each starts processes of its own

ROOT = Path(__file__).parents[1]
APP = (sys.executable, "-m", "tests.slack.showcase_app")


def plan(folder: Path, *process: str, progress=lambda: Progress(1, 1, "1 piece is read.")) -> Plan:
    return Plan(
        manifest=ROOT / "manifest.yml",
        processes=[process],
        environment={"PYTHONPATH": str(ROOT)},
        prepare=lambda team: (folder / "team").write_text(team),
        progress=progress,
        log=folder / "log",
    )


def test_the_bot_is_started_beside_the_workspace_and_ended_with_it(tmp_path, monkeypatch) -> None:
    began: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *args, **more: began.append(popen(*args, **more)) or began[-1])
    with started(plan(tmp_path, *APP)) as (slack, watch):
        watch()
        assert slack.platform.sockets.connections == 1
        assert (tmp_path / "team").read_text() == slack.workspace.team
        assert began[0].poll() is None
    assert began[0].poll() is not None


def test_a_bot_that_ends_is_reported_with_its_last_words(tmp_path) -> None:
    with (
        pytest.raises(NotConnected, match=r"status 3\. It said last: no tokens"),
        started(plan(tmp_path, sys.executable, "-c", "print('no tokens'); exit(3)")),
    ):
        pass


def test_the_address_and_the_progress_are_printed_until_ctrl_c(tmp_path) -> None:
    steps = iter([Progress(0, 2, "Reading"), Progress(1, 2, "Reading"), KeyboardInterrupt()])

    def progress() -> Progress:
        step = next(steps)
        if isinstance(step, KeyboardInterrupt):
            raise step
        return step

    screen = io.StringIO()
    with pytest.raises(KeyboardInterrupt):
        try_in_browser(plan(tmp_path, *APP, progress=progress), Console(file=screen, width=100), open_browser=False)
    assert "http://127.0.0.1:" in screen.getvalue()
    assert "?key=" in screen.getvalue()


def test_the_terminal_answers(tmp_path) -> None:
    lines = iter(["@entente who says so?"])
    screen = io.StringIO()

    def ask(prompt: str) -> str:
        screen.write(prompt)
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    try_in_terminal(plan(tmp_path, *APP), Console(file=screen, width=100), ask)
    assert "anna in #press-review>" in screen.getvalue()
    assert "who says so?" in screen.getvalue().split("press-review>")[1]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to see the children")
def test_sigterm_ends_the_bot_too(tmp_path) -> None:
    script = tmp_path / "attempt.py"
    script.write_text(
        "from pathlib import Path\n"
        "from rich.console import Console\n"
        "from bot.playground import tryout\n"
        f"plan = tryout.Plan(Path({str(ROOT / 'manifest.yml')!r}), [{APP!r}], {{}}, lambda team: None, lambda: tryout.Progress(1, 1, 'read'))\n"
        "tryout.try_in_browser(plan, Console(), open_browser=False)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    attempt = subprocess.Popen([sys.executable, str(script)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert attempt.stdout
    with attempt.stdout:
        while b"Ctrl-C" not in attempt.stdout.readline():
            assert attempt.poll() is None
        children = Path(f"/proc/{attempt.pid}/task/{attempt.pid}/children").read_text().split()
        assert len(children) == 1
        attempt.terminate()
        attempt.wait(15)
    assert not Path(f"/proc/{children[0]}").exists()
