"""Keeps reader processes alive: starts them, hears what they tell, and when one dies puts its reading back in line or gives it up."""

from __future__ import annotations

import logging
import os
import selectors
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.models import ReadingState
from bot.reading.news import OUT_OF_MEMORY, News, Queue, Step
from bot.wording import say

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
"""A piece that ended this many readers is given up. The queue itself counts to the same number."""
MOST_KILLS = 20
"""Times that a reader may be killed from outside (an operator, a deployment) at one piece before the piece is suspected after all."""
LONGEST_PAUSE = 60.0
"""Seconds before a reader that dies without having read anything is started again; pauses double from half a second."""
GRACE = 5.0
"""Seconds that a reader has to finish its piece when everything stops."""
BLOCK = 65_536


@dataclass(slots=True)
class _Reader:
    process: subprocess.Popen[bytes] | None = None
    reading: int | None = None
    """What it is at."""
    heard: bytes = b""
    ready: bool = False
    fruitless: int = 0
    """Times in a row that it died before it was ready."""
    not_before: float = 0.0


class Supervisor:
    """Runs ``workers`` reader processes, each started by ``command``.

    ``hear`` gets everything they tell, and a ``FAILED`` for a reading that was given up. One thread calls ``run`` (or ``tick``); ``wake`` and
    ``stop`` may be called from any.
    """

    def __init__(
        self,
        command: Sequence[str],
        queue: Queue,
        *,
        workers: int = 1,
        hear: Callable[[News], None] | None = None,
        environment: dict[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
        most_attempts: int = MOST_ATTEMPTS,
        longest_pause: float = LONGEST_PAUSE,
    ) -> None:
        self._command = list(command)
        self._queue = queue
        self._hear = hear or (lambda news: None)
        self._environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", **(environment or {})}
        self._clock = clock
        self._most_attempts = most_attempts
        self._longest_pause = longest_pause
        self._readers = [_Reader() for _ in range(workers)]
        self._selector = selectors.DefaultSelector()
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._kills: Counter[int] = Counter()

    @property
    def fruitless(self) -> int:
        """How often in a row every reader has died before it was ready; from three on something is wrong with the installation."""
        return min((reader.fruitless for reader in self._readers), default=0)

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes that run."""
        return tuple(reader.process.pid for reader in self._readers if reader.process is not None)

    @property
    def ready(self) -> tuple[int, ...]:
        """Those of them that have started up."""
        return tuple(reader.process.pid for reader in self._readers if reader.process is not None and reader.ready)

    def run(self) -> None:
        """Keep the readers running until ``stop``."""
        try:
            while not self._stopping.is_set():
                self.tick(0.25)
        finally:
            self.close()

    def tick(self, seconds: float) -> None:
        """Start what does not run, hear what is told for some seconds at most, tidy up after the dead."""
        for reader in self._readers:
            if reader.process is None and self._clock() >= reader.not_before:
                self._start(reader)
        if not self._selector.get_map():
            time.sleep(min(seconds, 0.05))
            return
        for key, _ in self._selector.select(seconds):
            self._listen(key.data)

    def wake(self) -> None:
        """Something was put into the queue."""
        with self._lock:
            for reader in self._readers:
                if reader.process is not None and reader.process.stdin is not None and not self._stopping.is_set():
                    _write(reader.process, b"\n")

    def stop(self) -> None:
        """Let the readers finish what they are at, and end."""
        self._stopping.set()

    def close(self) -> None:
        """End every reader; what one cannot finish in time stays in line."""
        self._stopping.set()
        with self._lock:
            for reader in self._readers:
                if reader.process is not None and reader.process.stdin is not None:
                    _close(reader.process)
        until = self._clock() + GRACE
        while self._selector.get_map() and self._clock() < until:
            for key, _ in self._selector.select(0.1):
                self._listen(key.data)
        for reader in self._readers:
            if reader.process is not None:
                reader.process.kill()
                self._bury(reader)
        self._selector.close()

    def _start(self, reader: _Reader) -> None:
        with self._lock:
            reader.process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=self._environment, start_new_session=True
            )
        assert reader.process.stdout is not None
        reader.ready, reader.reading, reader.heard = False, None, b""
        self._selector.register(reader.process.stdout, selectors.EVENT_READ, reader)

    def _listen(self, reader: _Reader) -> None:
        assert reader.process is not None
        assert reader.process.stdout is not None
        heard = os.read(reader.process.stdout.fileno(), BLOCK)
        if not heard:
            self._bury(reader)
            return
        *lines, reader.heard = (reader.heard + heard).split(b"\n")
        for line in lines:
            news = News.from_line(line.decode("utf-8", "replace"))
            if news is None:
                continue
            if news.step is Step.READY:
                reader.ready, reader.fruitless = True, 0
            elif news.step is Step.CLAIMED:
                reader.reading = news.reading
            elif news.step in (Step.DONE, Step.FAILED):
                reader.reading = None
            self._hear(news)

    def _bury(self, reader: _Reader) -> None:
        """A reader is gone: its reading goes back in line at once, or is given up with the reason."""
        process = reader.process
        assert process is not None
        assert process.stdout is not None
        self._selector.unregister(process.stdout)
        process.stdout.close()
        with self._lock:
            _close(process)
            reader.process = None
        code = process.wait()
        if not reader.ready:
            reader.fruitless += 1
            reader.not_before = self._clock() + min(self._longest_pause, 0.5 * 2 ** min(reader.fruitless, 10))
            if not self._stopping.is_set():
                log.error("a reader ended with code %s before it was ready", code)
        if reader.reading is not None:
            self._put_right(reader.reading, code)
            reader.reading = None

    def _put_right(self, id_: int, code: int) -> None:
        reading = self._queue.get(id_)
        if reading is None or reading.state is not ReadingState.CLAIMED:
            return  # it was stored just before the end
        if code in (-signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT) and self._kills[id_] < MOST_KILLS:
            self._kills[id_] += 1
            self._queue.release(id_)
            return
        if reading.attempts < self._most_attempts or self._stopping.is_set():
            log.warning("a reader ended with code %s at reading %s; it is in line again", code, id_)
            self._queue.extend(id_, timedelta(0))
            return
        reason = say("reading.given_up", why=_cause(code), n=reading.attempts)
        log.error("reading %s was given up: a reader ended with code %s", id_, code)
        self._queue.fail(id_, reason)
        self._hear(News(Step.FAILED, id_, reading.source, reason=reason))


def _cause(code: int) -> str:
    if code == OUT_OF_MEMORY:
        return say("reading.memory")
    if code in (-signal.SIGALRM, -signal.SIGXCPU):
        return say("reading.time")
    if code == -signal.SIGKILL:
        return say("reading.stopped")
    return say("reading.broke_down")


def _write(process: subprocess.Popen[bytes], line: bytes) -> None:
    assert process.stdin is not None
    try:
        process.stdin.write(line)
        process.stdin.flush()
    except (BrokenPipeError, ValueError, OSError):
        return  # it is gone; the next tick sees to it


def _close(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    try:
        process.stdin.close()
    except (BrokenPipeError, OSError):
        return
