"""Readers month by month: counted by the clock of Brussels, from the changes, whoever is still there."""

import datetime
import re
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from newsletter.backoffice.subscribers.growth import HEIGHT, WIDTH, bars_of
from newsletter.enums.subscribers import SubscriberStatus
from newsletter.models import Subscriber, SubscriberTransition
from newsletter.subscribers.growth import Month, months_of_growth, subscribers_by_language
from newsletter.subscribers.status import change_status
from tests.newsletter.backoffice.pages import officer
from tests.newsletter.factories import SubscriberFactory

BRUSSELS = ZoneInfo("Europe/Brussels")
NOW = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)


def change(subscriber: Subscriber, was: str, to: str, at: datetime.datetime) -> None:
    SubscriberTransition.objects.create(subscriber=subscriber, language=subscriber.language, from_status=was, to_status=to, at=at)


def month(year: int, number: int) -> Month:
    return next(each for each in months_of_growth(now=NOW) if each.begins == datetime.date(year, number, 1))


@pytest.mark.django_db
class TestCounting:
    def test_midnight_is_that_of_brussels(self) -> None:
        subscriber = SubscriberFactory()
        change(subscriber, "unconfirmed", "subscribed", datetime.datetime(2026, 11, 1, 0, 30, tzinfo=BRUSSELS))  # 31 October in London
        assert (month(2026, 10).joined, month(2026, 11).joined) == (0, 1)

    def test_who_came_before_the_drawing_begins_is_counted_from_its_first_month(self) -> None:
        subscriber = SubscriberFactory()
        change(subscriber, "unconfirmed", "subscribed", datetime.datetime(2020, 5, 1, tzinfo=BRUSSELS))
        months = months_of_growth(now=NOW)
        assert {each.total for each in months} == {1}
        assert sum(each.joined for each in months) == 0

    def test_who_leaves_and_comes_back_in_a_month_is_counted_both_ways(self) -> None:
        subscriber = SubscriberFactory()
        for day, was, to in ((1, "unconfirmed", "subscribed"), (5, "subscribed", "unsubscribed"), (9, "unsubscribed", "subscribed")):
            change(subscriber, was, to, datetime.datetime(2026, 9, day, tzinfo=BRUSSELS))
        september = month(2026, 9)
        assert (september.joined, september.left, september.total) == (2, 1, 1)

    @pytest.mark.parametrize("status", [SubscriberStatus.UNSUBSCRIBED, SubscriberStatus.BOUNCED, SubscriberStatus.COMPLAINED])
    def test_every_way_of_going_counts(self, status: SubscriberStatus) -> None:
        subscriber = SubscriberFactory()
        change(subscriber, "unconfirmed", "subscribed", datetime.datetime(2026, 9, 1, tzinfo=BRUSSELS))
        change_status(subscriber, status, now=datetime.datetime(2026, 10, 1, 12, tzinfo=BRUSSELS))
        assert (month(2026, 10).left, month(2026, 10).total) == (1, 0)

    def test_what_changes_nothing_for_the_count_is_left_out(self) -> None:
        subscriber = SubscriberFactory()
        change(subscriber, "subscribed", "subscribed", datetime.datetime(2026, 9, 1, tzinfo=BRUSSELS))
        change(subscriber, "bounced", "unsubscribed", datetime.datetime(2026, 9, 2, tzinfo=BRUSSELS))
        assert (month(2026, 9).joined, month(2026, 9).left) == (0, 0)

    def test_the_future_is_not_drawn(self) -> None:
        change(SubscriberFactory(), "unconfirmed", "subscribed", NOW + datetime.timedelta(days=2))
        assert months_of_growth(now=NOW)[-1].total == 0

    def test_languages_are_named_even_where_nobody_reads(self) -> None:
        SubscriberFactory(language="nl")
        SubscriberFactory(language="nl", left=True)
        assert subscribers_by_language() == {"fr": 0, "nl": 1, "en": 0}

    def test_the_table_gives_each_figure_of_the_drawing(self) -> None:
        change(SubscriberFactory(), "unconfirmed", "subscribed", datetime.datetime(2026, 1, 10, tzinfo=BRUSSELS))
        client: Client = officer()
        html = client.get("/admin/newsletter/growth/").content.decode()
        table = re.sub(r">\s+<", "><", html[html.index("growth__table") :])
        for each in months_of_growth(now=NOW)[-3:]:
            assert f"<td>{each.joined}</td><td>{each.left}</td><td>{each.total}</td>" in table
        assert re.search(r'role="img"\s+aria-label="Readers at the end of each month', html)


class TestDrawing:
    def bars(self, *totals: int) -> list[tuple[float, float]]:
        months = [Month(datetime.date(2026, 1, 1), 0, 0, total) for total in totals]
        return [(bar.y, bar.height) for bar in bars_of(months)]

    def test_the_tallest_fills_the_height_and_the_others_their_share(self) -> None:
        assert self.bars(10, 5, 0) == [(0, HEIGHT), (HEIGHT / 2, HEIGHT / 2), (HEIGHT, 0)]

    def test_nothing_is_divided_by_nothing(self) -> None:
        assert self.bars(0, 0) == [(HEIGHT, 0)] * 2
        assert self.bars() == []

    def test_no_bar_hangs_below_the_line(self) -> None:
        assert self.bars(-2, 4) == [(HEIGHT, 0), (0, HEIGHT)]

    def test_all_stand_inside_the_drawing_and_the_latest_has_its_name(self) -> None:
        bars = bars_of([Month(datetime.date(2025, 1, 1), 0, 0, 1)] * 24)
        assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH for bar in bars)
        assert bars[-1].is_named
        assert sum(bar.is_named for bar in bars) == 8
