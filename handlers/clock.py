"""Ear: the clock. It ticks every half minute, puts what has fallen due into the outbox, and has it carried to Slack.

The schedule is held in memory only. When a digest is due stands in the store, computed by ``bot.schedule``: APScheduler's own job stores lose
a run that was missed while the process was down, and are not safe for two processes.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from handlers.outbox import Outbox
from handlers.poster import Poster
from store import Store

log = logging.getLogger(__name__)

TICK = timedelta(seconds=30)
"""A digest comes at most this much after its hour; one tick that finds nothing costs one indexed read."""
LOOK = timedelta(seconds=2)
"""Between two looks into the outbox: how long somebody waits who typed /digest now."""
DAILY = timedelta(hours=24)
SETTLE = timedelta(minutes=10)
"""After the start, before the first daily tidying."""

Chore = Callable[[], object]


class Clock:
    """Ticks in threads of its own until it is stopped.

    ``chores`` are done at every tick beside the digests: waking the reader for a feed that is due, looking into watched folders.
    """

    def __init__(
        self,
        store: Store,
        poster: Poster,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        chores: tuple[Chore, ...] = (),
        outbox: Outbox | None = None,
        tick: timedelta = TICK,
        look: timedelta = LOOK,
    ) -> None:
        self._store = store
        self._outbox = outbox or Outbox(store, poster, now)
        self._chores = chores
        self._tick = tick
        self._look = look
        self._stopping = threading.Event()
        self._carrying = threading.Lock()
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(3)},
            # after a sleeping laptop wakes, one tick makes up for all that were missed
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def start(self) -> None:
        """Begin: what fell due while nobody ticked is put right at once."""
        self._store.digests.revive_warnings()
        at_once = datetime.now(UTC)
        self._scheduler.add_job(self._ring, "interval", seconds=self._tick.total_seconds(), next_run_time=at_once, id="tick")
        self._scheduler.add_job(self._store.tidy, "interval", hours=DAILY.total_seconds() / 3600, next_run_time=at_once + SETTLE, id="tidy")
        for number, chore in enumerate(self._chores):
            self._scheduler.add_job(chore, "interval", seconds=self._tick.total_seconds(), next_run_time=at_once, id=f"chore {number}")
        # an interval, not one look that books the next: APScheduler takes finished one-off jobs away by id, and trips over them while it stops
        self._scheduler.add_job(self._carry, "interval", seconds=self._look.total_seconds(), next_run_time=at_once, id="carry", max_instances=2)
        self._scheduler.start()

    def stop(self) -> None:
        """Finish the post under way; the rest stays in the outbox for the next start."""
        self._stopping.set()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def _ring(self) -> None:
        due = self._outbox.fall_due()
        if due:
            log.info("%d digests have fallen due", due)

    def _carry(self) -> None:
        """Empty the outbox. A run can take minutes when a thousand digests are due; a look that comes meanwhile leaves it to that run."""
        if not self._carrying.acquire(blocking=False):
            return
        try:
            self._outbox.deliver(self._stopping)
        finally:
            self._carrying.release()
