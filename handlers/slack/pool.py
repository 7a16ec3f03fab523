"""A bounded pool for what takes longer than an acknowledgement may: calls to Slack. Bolt's own threads only hear."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

log = logging.getLogger(__name__)

WORKERS = 8
"""Calls to Slack take 0.1-0.5 s and are waited for, not computed: eight carry 16-80 a second."""

MOST_WAITING = 2_000
"""More than that waiting means that Slack is out of reach; then it is better to say so than to grow."""


class Pool:
    """Runs jobs; ``submit`` refuses when too many wait, ``close`` finishes what is under way."""

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(WORKERS, thread_name_prefix="slack-call")
        self._room = threading.BoundedSemaphore(MOST_WAITING)
        self._open = 0
        self._lock = threading.Lock()

    def submit(self, job: Callable[[], None]) -> bool:
        """Run a job soon; False when there is no room for it."""
        if not self._room.acquire(blocking=False):
            log.warning("more than %d calls to Slack are waiting; one was dropped", MOST_WAITING)
            return False

        def run() -> None:
            try:
                job()
            finally:
                self._room.release()
                with self._lock:
                    self._open -= 1

        with self._lock:
            self._open += 1
        self._executor.submit(run).add_done_callback(_report)
        return True

    def close(self, patience: float) -> bool:
        """Finish what is under way, for at most ``patience`` seconds; False when something had to be left."""
        deadline = time.monotonic() + patience
        while self._open and time.monotonic() < deadline:
            time.sleep(0.01)
        self._executor.shutdown(wait=not self._open, cancel_futures=True)
        return not self._open


def _report(job: Future[None]) -> None:
    if not job.cancelled() and (error := job.exception()) is not None:
        log.error("a call to Slack failed", exc_info=error)
