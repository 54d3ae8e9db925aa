"""The clock of Brussels."""

import datetime

import time_machine

from core import clock


@time_machine.travel("2026-12-31T23:30:00Z", tick=False)
def test_today_is_the_day_in_brussels_not_in_london() -> None:
    assert clock.today() == datetime.date(2027, 1, 1)


@time_machine.travel("2026-10-24T22:30:00Z", tick=False)
def test_the_day_on_which_summer_time_ends_has_its_midnight_an_hour_later() -> None:
    assert clock.midnight() == datetime.datetime(2026, 10, 25, 23, tzinfo=datetime.UTC)
