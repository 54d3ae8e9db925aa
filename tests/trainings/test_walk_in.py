"""All present in one stroke, and somebody who was not on the roll."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from core.models import OutgoingMail
from tests.trainings.factories import AttendanceFactory, EnrolmentFactory, MeetingFactory, ParticipantFactory, SessionFactory
from trainings.attendance.mark import CannotMark, mark_rest_present
from trainings.attendance.walk_in import add_walk_in
from trainings.enums import AttendanceStatus, EnrolmentStatus, SessionStatus
from trainings.models import Attendance, Enrolment, Meeting

pytestmark = pytest.mark.django_db


def begun(**facts: Any) -> Meeting:
    session = SessionFactory(first_meeting_at=timezone.now() - datetime.timedelta(minutes=10), **facts)
    meeting: Meeting = session.meetings.get()
    return meeting


def added(meeting: Meeting, email: str = "door@example.org") -> Enrolment:
    return add_walk_in(meeting=meeting, name="Sam Exemple", email=email, now=timezone.now(), by=None)


def test_all_present_leaves_the_marks_that_are_there() -> None:
    meeting = begun()
    late = EnrolmentFactory(session=meeting.session)
    AttendanceFactory(enrolment=late, meeting=meeting, status=AttendanceStatus.LATE, minutes=90)
    EnrolmentFactory.create_batch(2, session=meeting.session)
    EnrolmentFactory(session=meeting.session, is_waiting=True)
    assert mark_rest_present(meeting=meeting, now=timezone.now(), by=None) == 2
    assert sorted(Attendance.objects.values_list("status", "minutes")) == [("late", 90), ("present", 180), ("present", 180)]


def test_nobody_is_present_at_what_is_still_to_come() -> None:
    meeting = SessionFactory().meetings.get()
    EnrolmentFactory(session=meeting.session)
    with pytest.raises(CannotMark):
        mark_rest_present(meeting=meeting, now=timezone.now(), by=None)
    with pytest.raises(CannotMark):
        added(meeting)
    assert not Attendance.objects.exists()


def test_a_walk_in_has_a_seat_above_the_capacity_is_present_and_gets_no_mail() -> None:
    meeting = begun(capacity=1)
    EnrolmentFactory(session=meeting.session)
    enrolment = added(meeting)
    assert enrolment.status == EnrolmentStatus.CONFIRMED
    assert Attendance.objects.get(enrolment=enrolment).status == AttendanceStatus.PRESENT
    assert enrolment.transitions.get().reason == "walk_in"
    assert not OutgoingMail.objects.exists()


def test_who_waited_and_came_has_the_seat() -> None:
    meeting = begun()
    waiting = EnrolmentFactory(session=meeting.session, is_waiting=True, participant=ParticipantFactory(email="door@example.org"))
    assert added(meeting) == waiting
    waiting.refresh_from_db()
    assert waiting.status == EnrolmentStatus.CONFIRMED
    assert Enrolment.objects.count() == 1


def test_twice_is_once() -> None:
    meeting = begun()
    assert added(meeting) == added(meeting)
    assert Attendance.objects.count() == 1


def test_the_closed_roll_before_says_absent() -> None:
    meeting = begun()
    earlier = MeetingFactory(session=meeting.session, starts_at=timezone.now() - datetime.timedelta(days=7))
    Meeting.objects.filter(pk=earlier.pk).update(roll_closed_at=timezone.now())
    enrolment = added(meeting)
    assert dict(enrolment.attendances.values_list("meeting", "status")) == {earlier.pk: "absent", meeting.pk: "present"}


@pytest.mark.parametrize("status", [SessionStatus.DRAFT, SessionStatus.CANCELLED])
def test_a_session_that_does_not_take_place_takes_nobody(status: SessionStatus) -> None:
    with pytest.raises(CannotMark):
        added(begun(status=status))
