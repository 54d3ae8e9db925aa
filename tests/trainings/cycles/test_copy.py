"""A cycle is copied to the next year: the same groups, a year later, on the same days of the week."""

import datetime

import pytest
from django.utils import timezone

from tests.core.factories import OrganisationFactory, SectorFactory
from tests.trainings.factories import CycleFactory, EnrolmentFactory, MeetingFactory, SessionFactory, TrainerFactory
from trainings.cycles.copy import AlreadyCopied, a_year_later, copy_cycle, next_years
from trainings.enums import SessionKind, SessionStatus
from trainings.models import Cycle, Session
from trainings.trainers.booking import DoubleBooked

pytestmark = pytest.mark.django_db


def autumn() -> Cycle:
    """Two groups of October to June, one of them called off."""
    cycle: Cycle = CycleFactory(
        name_fr="Intervisions 2025-2026",
        first_day=datetime.date(2025, 10, 1),
        last_day=datetime.date(2026, 6, 30),
        opens_on=datetime.date(2025, 6, 1),
        closes_on=datetime.date(2025, 9, 30),
        asks_care_zone=True,
    )
    for status in (SessionStatus.PUBLISHED, SessionStatus.CANCELLED):
        group = SessionFactory(
            cycle=cycle,
            kind=SessionKind.INTERVISION,
            module=None,
            title="Nord 2025-2026",
            status=status,
            most_per_sector=3,
            kept_seats=2,
            kept_until=datetime.date(2025, 9, 15),
            most_until=datetime.date(2025, 9, 15),
            meetings=0,
        )
        group.kept_sectors.add(SectorFactory())
        group.trainers.add(TrainerFactory())
        for when in ((2025, 10, 14, 14), (2026, 3, 31, 14)):  # before and after the clocks change
            starts_at = timezone.make_aware(datetime.datetime(*when))
            MeetingFactory(session=group, starts_at=starts_at, host=OrganisationFactory())
        EnrolmentFactory(session=group)
    return cycle


def test_the_groups_meet_a_year_later_on_the_same_weekday_at_the_same_hour() -> None:
    cycle = autumn()
    copy = copy_cycle(cycle=cycle)
    assert (copy.name_fr, copy.first_day, copy.last_day) == (
        "Intervisions 2026-2027",
        datetime.date(2026, 10, 1),
        datetime.date(2027, 6, 30),
    )
    assert (copy.opens_on, copy.closes_on, copy.asks_care_zone) == (datetime.date(2026, 6, 1), datetime.date(2026, 9, 30), True)
    [group] = copy.sessions.all()  # what was called off is not begun again
    assert (group.status, group.title, group.kind) == (SessionStatus.DRAFT, "Nord 2026-2027", SessionKind.INTERVISION)
    starts = [timezone.localtime(meeting.starts_at) for meeting in group.meetings.all()]
    assert [f"{each:%Y-%m-%d %H:%M}" for each in starts] == ["2026-10-13 14:00", "2027-03-30 14:00"]
    assert {each.weekday() for each in starts} == {1}
    assert not group.meetings.exclude(host=None).exists()
    assert not group.enrolments.exists()


def test_facilitators_and_the_rules_of_seats_stay() -> None:
    cycle = autumn()
    [old] = cycle.sessions.filter(status=SessionStatus.PUBLISHED)
    [new] = copy_cycle(cycle=cycle).sessions.all()
    assert set(new.trainers.all()) == set(old.trainers.all())
    assert set(new.kept_sectors.all()) == set(old.kept_sectors.all())
    assert (new.most_per_sector, new.kept_seats) == (3, 2)
    assert (new.most_until, new.kept_until) == (datetime.date(2026, 9, 15), datetime.date(2026, 9, 15))


def test_it_is_copied_once() -> None:
    cycle = autumn()
    first = copy_cycle(cycle=cycle)
    with pytest.raises(AlreadyCopied) as refused:
        copy_cycle(cycle=cycle)
    assert refused.value.cycle == first
    assert Cycle.objects.count() == 2


def test_a_facilitator_who_is_elsewhere_stops_the_whole_copy() -> None:
    cycle = autumn()
    [group] = cycle.sessions.filter(status=SessionStatus.PUBLISHED)
    elsewhere = SessionFactory(first_meeting_at=timezone.make_aware(datetime.datetime(2026, 10, 13, 15)))
    elsewhere.trainers.set(group.trainers.all())
    with pytest.raises(DoubleBooked):
        copy_cycle(cycle=cycle)
    assert Cycle.objects.count() == 1
    assert Session.objects.count() == 3


@pytest.mark.parametrize(("words", "next_one"), [("2025-2026", "2026-2027"), ("Nord", "Nord"), ("12025", "12025"), ("en 2025", "en 2026")])
def test_years_in_names_go_on_by_one(words: str, next_one: str) -> None:
    assert next_years(words) == next_one


def test_the_day_after_a_leap_day_is_its_eve() -> None:
    assert a_year_later(datetime.date(2028, 2, 29)) == datetime.date(2029, 2, 28)
