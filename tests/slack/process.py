"""Entente as the process that people start, with its reader process, against a local Slack in ours."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.playground import LocalSlack

CONNECT_S = 120.0
FAREWELL_S = 60.0
ROOT = Path(__file__).resolve().parents[2]
OURS = ("SLACK_", "ENTENTE_PREFIX", "ENTENTE_WATCH", "ENTENTE_LANGUAGE")
"""Settings of whoever runs the tests, which the process that is tested must not take over."""


@contextmanager
def running(slack: LocalSlack, command: Sequence[str], environment: Mapping[str, str] = os.environ) -> Iterator[subprocess.Popen[bytes]]:
    """A process that answers a started local Slack over Socket Mode; it is connected when the block begins."""
    process = start(slack, command, environment)
    try:
        connected(slack, process)
        yield process
    finally:
        stop(process)


def entente(database: Path) -> list[str]:
    """The command line that answers Slack from this library."""
    return [sys.executable, "-m", "bot", "--db", str(database), "run"]


def start(slack: LocalSlack, command: Sequence[str], environment: Mapping[str, str] = os.environ) -> subprocess.Popen[bytes]:
    """Start it in a group of its own, so that a kill takes its reader along."""
    mine = {name: value for name, value in environment.items() if not name.startswith(OURS)}
    return subprocess.Popen(
        command, cwd=ROOT, env={**mine, **slack.environment}, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def connected(slack: LocalSlack, process: subprocess.Popen[bytes]) -> None:
    """Wait until it listens."""
    deadline = time.monotonic() + CONNECT_S
    while not slack.platform.sockets.connections:
        if process.poll() is not None or time.monotonic() > deadline:
            raise AssertionError(f"it did not connect (status {process.poll()})")
        time.sleep(0.005)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask it to end, as systemd does."""
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(FAREWELL_S)
    except subprocess.TimeoutExpired:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL, for its readers too."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.wait()


def spent(process: subprocess.Popen[bytes]) -> tuple[float, float]:
    """CPU-seconds and resident megabytes of the process itself, as Linux counts them."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(") ")[2].split()
    ticks = int(fields[11]) + int(fields[12])  # utime and stime, see proc(5)
    return ticks / os.sysconf("SC_CLK_TCK"), int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 2**20
