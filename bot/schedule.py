"""When a digest is due: a cadence, a day and an hour on the subscriber's wall clock -> the next instant. Pure.

Wall-clock days are walked in the subscriber's own zone and each is turned into one instant, so that a week holds exactly one weekly
digest and a local day one daily digest, whatever the zone's clocks do:

- an hour that the clocks skip comes as much later as they skip (02:30 -> 03:30), or as much earlier where later would be the next day;
- an hour that comes twice means the first;
- a day that a zone leaves out (Samoa, 30 December 2011) has no daily digest; the weekly one comes a day later.

A cron expression does worse at these edges: APScheduler's skips a day at 00:00 in zones that change at midnight, and fires twice where an
hour repeats. The drill ``digest_calendar`` walks every zone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.errors import Misunderstood
from bot.records import Cadence, Subscription
from bot.wording import say
from bot.wording.dates import DAYS

ONE_DAY = timedelta(days=1)
LATE = timedelta(minutes=15)
"""A digest that comes this much after its hour says so; a tick and a queue take less."""

INSTANT_GAP = timedelta(minutes=5)
"""Between two notices of new pieces in one channel: one message for what arrives together."""

LENGTHS = {
    Cadence.INSTANT: ONE_DAY,
    Cadence.DAILY: ONE_DAY,
    Cadence.WEEKDAYS: ONE_DAY,
    Cadence.WEEKLY: 7 * ONE_DAY,
    Cadence.MONTHLY: 31 * ONE_DAY,
}
"""How far a first digest looks back."""


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """A time zone by its IANA name, or ``Misunderstood``."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Misunderstood("when.no_such_zone", typed=name[:60]) from None


def at(day: date, hour: int, minute: int, where: tzinfo) -> datetime | None:
    """The instant (UTC) of a wall-clock time on a day in a zone; None when the zone leaves that day out."""
    for fold in (0, 1):  # in a gap, 0 reads the clock as before the change and lands later, 1 as after it and lands earlier
        moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=where, fold=fold).astimezone(UTC)
        if moment.astimezone(where).date() == day:
            return moment
    return None


def next_due(subscription: Subscription, after: datetime) -> datetime:
    """The first instant later than ``after`` at which a digest is due (UTC); a notice of new pieces is due after its pause."""
    if subscription.cadence is Cadence.INSTANT:
        return after + INSTANT_GAP
    return next(moment for moment in _instants(subscription, after) if moment > after)


def last_due(subscription: Subscription, until: datetime, since: datetime) -> datetime:
    """The last instant up to ``until`` at which a digest was due, ``since`` being one: after downtime, only the last is made up for."""
    if subscription.cadence is Cadence.INSTANT:
        return until
    last = since
    # Not walked from ``since``: a subscription that slept for years costs no more than one that slept for a day.
    for moment in _instants(subscription, max(since, until - 2 * LENGTHS[subscription.cadence])):
        if moment > until:
            return last
        last = max(last, moment)
    raise AssertionError("the calendar does not end")


def period(subscription: Subscription, due: datetime) -> str:
    """Names the digest that is due then: the day on the subscriber's calendar, so that no clock makes two of one."""
    return due.astimezone(zone(subscription.zone)).date().isoformat()


def described(subscription: Subscription, *, with_zone: bool = True) -> str:
    """For example "every Monday at 09:00 (Europe/Berlin)"."""
    if subscription.cadence is Cadence.INSTANT:
        return say("when.instant")
    time = f"{subscription.hour:02}:{subscription.minute:02}"
    if subscription.cadence is Cadence.WEEKLY:
        day = subscription.day if subscription.day in DAYS else DAYS[0]
        when = say("when.weekly", weekday=say(f"weekday.{day}"), time=time)
    elif subscription.cadence is Cadence.MONTHLY:
        when = say("when.monthly", day=subscription.day or 1, time=time)
    else:
        when = say("when.weekdays", time=time) if subscription.cadence is Cadence.WEEKDAYS else say("when.daily", time=time)
    return say("when.in_zone", when=when, zone=subscription.zone) if with_zone else when


def _instants(subscription: Subscription, after: datetime) -> Iterator[datetime]:
    """Due instants in order, beginning a little before ``after``."""
    where = zone(subscription.zone)
    weekly = subscription.cadence is Cadence.WEEKLY
    for day in _days(subscription, after.astimezone(where).date() - ONE_DAY):
        moment = at(day, subscription.hour, subscription.minute, where)
        if moment is None and weekly:
            moment = at(day + ONE_DAY, subscription.hour, subscription.minute, where)
        if moment is not None:
            yield moment


def _days(subscription: Subscription, first: date) -> Iterator[date]:
    """Days on which a digest falls, from ``first`` on."""
    if subscription.cadence is Cadence.WEEKLY:
        ahead = (DAYS.index(subscription.day or "mon") - first.weekday()) % 7
        # the week before as well: where a zone leaves a day out, that week's digest comes a day later
        return _stepping(first + (ahead - 7) * ONE_DAY, 7)
    if subscription.cadence is Cadence.WEEKDAYS:
        return (day for day in _stepping(first, 1) if day.weekday() < 5)
    if subscription.cadence is Cadence.MONTHLY:
        return (day for day in _stepping(first, 1) if day.day == int(subscription.day or 1))
    return _stepping(first, 1)


def _stepping(day: date, days: int) -> Iterator[date]:
    while True:
        yield day
        day += days * ONE_DAY
