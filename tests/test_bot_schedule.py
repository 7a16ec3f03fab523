"""When digests are due: one a week and one a day, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from apscheduler.triggers.cron import CronTrigger

from bot.errors import Misunderstood
from bot.records import Cadence, Subscription
from bot.schedule import INSTANT_GAP, at, described, last_due, next_due, period, zone
from tests.drills.digest_calendar import alike, walk


def order(cadence=Cadence.WEEKLY, day="mon", hour=9, where="Europe/Berlin", minute=0):
    return Subscription(1, "T1", "C1", "U1", cadence, hour, where, minute, day)


def test_a_weekly_digest_comes_at_the_readers_hour_in_summer_and_winter():
    summer = next_due(order(), datetime(2026, 7, 1, tzinfo=UTC))
    winter = next_due(order(), datetime(2026, 12, 1, tzinfo=UTC))
    assert (summer, winter) == (datetime(2026, 7, 6, 7, tzinfo=UTC), datetime(2026, 12, 7, 8, tzinfo=UTC))
    assert next_due(order(), winter) == winter + timedelta(days=7)


def test_an_hour_that_the_clocks_skip_comes_later_and_one_that_comes_twice_is_the_first():
    berlin = zone("Europe/Berlin")
    assert at(date(2026, 3, 29), 2, 30, berlin) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert at(date(2026, 10, 25), 2, 30, berlin) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_day_that_a_zone_leaves_out():
    apia = zone("Pacific/Apia")
    assert at(date(2011, 12, 30), 9, 0, apia) is None
    friday = order(day="fri", where="Pacific/Apia")
    first = next_due(friday, datetime(2011, 12, 25, tzinfo=UTC))
    assert first.astimezone(apia).isoformat() == "2011-12-31T09:00:00+14:00"
    assert next_due(friday, first).astimezone(apia).date() == date(2012, 1, 6)
    daily = order(Cadence.DAILY, where="Pacific/Apia")
    days = [datetime(2011, 12, 29, tzinfo=UTC)]
    for _ in range(3):
        days.append(next_due(daily, days[-1]))
    assert [moment.astimezone(apia).day for moment in days[1:]] == [29, 31, 1]


def test_weekdays_and_months():
    friday = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert next_due(order(Cadence.WEEKDAYS), friday).date() == date(2026, 11, 23)
    assert next_due(order(Cadence.MONTHLY, "28"), friday).date() == date(2026, 11, 28)
    assert next_due(order(Cadence.INSTANT, None), friday) == friday + INSTANT_GAP


def test_after_downtime_only_the_last_is_made_up_for():
    monday = datetime(2026, 11, 2, 8, tzinfo=UTC)
    back = datetime(2026, 11, 25, 15, tzinfo=UTC)
    assert last_due(order(), back, monday) == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert last_due(order(), monday + timedelta(minutes=1), monday) == monday
    assert last_due(order(Cadence.DAILY), back, monday) == datetime(2026, 11, 25, 8, tzinfo=UTC)
    assert last_due(order(Cadence.MONTHLY, "5"), datetime(2031, 1, 1, tzinfo=UTC), monday).date() == date(2030, 12, 5)


def test_a_period_is_named_by_the_subscribers_calendar():
    tokyo = order(hour=6, where="Asia/Tokyo")
    due = next_due(tokyo, datetime(2026, 11, 20, tzinfo=UTC))
    assert (due.date(), period(tokyo, due)) == (date(2026, 11, 22), "2026-11-23")


def test_what_it_is_called():
    assert described(order()) == "every Monday at 09:00 (Europe/Berlin)"
    assert described(order(Cadence.WEEKDAYS, None, 7), with_zone=False) == "Monday to Friday at 07:00"


def test_an_unknown_zone_is_said():
    with pytest.raises(Misunderstood, match="Europe/Berlin"):
        zone("Mars/Olympus")
    with pytest.raises(Misunderstood):
        zone("../../etc/passwd")


@pytest.mark.parametrize("where", ["America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Beirut", "America/Santiago", "Africa/Cairo"])
def test_every_week_and_day_of_ten_years_in_zones_with_odd_clocks(where):
    for hour in (0, 2, 9, 23):
        for day in ("sat", "sun"):
            tally = walk(where, Cadence.WEEKLY, day, hour, 30)
            assert (tally.lost, tally.double) == (0, 0)
            assert tally.trials >= 521
        tally = walk(where, Cadence.DAILY, None, hour, 30)
        assert (tally.lost, tally.double) == (0, 0)
        assert tally.trials >= 3652


def test_agrees_with_cron_where_no_clock_changes():
    for where in ("Asia/Tokyo", "Africa/Lagos", "UTC", "America/Phoenix"):
        trigger = CronTrigger(day_of_week="thu", hour=17, minute=45, timezone=zone(where))
        now = datetime(2026, 1, 1, tzinfo=UTC)
        for _ in range(60):
            due = next_due(order(day="thu", hour=17, minute=45, where=where), now)
            assert trigger.get_next_fire_time(None, now + timedelta(microseconds=1)).astimezone(UTC) == due
            now = due + timedelta(seconds=1)


def test_zones_alike_have_the_same_clocks():
    groups = alike({"Europe/Berlin", "Europe/Paris", "Europe/London", "UTC", "Etc/UTC"} & available_timezones(), 2024, 1)
    assert sorted(map(len, groups)) == [1, 2, 2]
