"""What the sessions of a module came to."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.trainings.factories import AttendanceFactory, CertificateFactory, EnrolmentFactory, ModuleFactory, SessionFactory
from trainings.enums import SessionStatus
from trainings.sheets.statistics import years_of

pytestmark = pytest.mark.django_db

LAST_DAY = timezone.make_aware(datetime.datetime(2025, 12, 31, 23, 30))


def test_years_count_seats_people_hours_and_certificates() -> None:
    module = ModuleFactory()
    session = SessionFactory(module=module, capacity=4, first_meeting_at=LAST_DAY, meetings=2)
    came, away = EnrolmentFactory.create_batch(2, session=session)
    EnrolmentFactory(session=session, is_waiting=True)
    EnrolmentFactory(session=session, is_cancelled=True)
    for meeting in session.meetings.all():
        AttendanceFactory(enrolment=came, meeting=meeting, minutes=90)
        AttendanceFactory(enrolment=away, meeting=meeting, status="absent", minutes=0)
    CertificateFactory(enrolment=came)
    SessionFactory(module=module, first_meeting_at=LAST_DAY + datetime.timedelta(days=1), status=SessionStatus.CLOSED)
    SessionFactory(module=module, status=SessionStatus.CANCELLED)
    SessionFactory(module=module, meetings=0)
    SessionFactory()
    latest, year = years_of(module)
    assert (latest.year, latest.sessions, latest.confirmed, latest.share_of_seats) == (2026, 1, 0, 0)
    assert (year.year, year.sessions, year.seats, year.confirmed, year.waiting) == (2025, 1, 4, 2, 1)
    assert (year.attended, year.minutes, year.certificates, year.share_of_seats) == (1, 180, 1, 50)


def test_many_sessions_cost_no_more_queries() -> None:
    module = ModuleFactory()
    for _number in range(5):
        EnrolmentFactory(session__module=module)
    with CaptureQueriesContext(connection) as queries:
        years_of(module)
    assert len(queries) == 4
