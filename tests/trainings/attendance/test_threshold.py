"""A certificate only for hours really attended, at the share of the hours the session asks for."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from core.models import OutgoingMail
from tests.core.factories import UserFactory
from tests.core.people import browser_of, member
from tests.trainings.factories import AttendanceFactory, EnrolmentFactory, SessionFactory
from trainings.attendance.certificates import BelowThreshold, entitled_enrolments, issue_certificate, issue_for_session
from trainings.enums import AttendanceStatus
from trainings.models import Enrolment, Session

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def session_asking(percent: int | None) -> Session:
    """Two meetings of three hours, both over."""
    made: Session = SessionFactory(meetings=2, first_meeting_at=NOW - datetime.timedelta(days=10), certificate_percent=percent)
    return made


def attended(session: Session, minutes: int) -> Enrolment:
    """Somebody who came late to the first meeting, or to the second after the whole first one."""
    enrolment: Enrolment = EnrolmentFactory(session=session)
    for meeting in session.meetings.order_by("starts_at"):
        there, minutes = min(minutes, 180), max(0, minutes - 180)
        status = AttendanceStatus.PRESENT if there == 180 else AttendanceStatus.LATE if there else AttendanceStatus.EXCUSED
        AttendanceFactory(enrolment=enrolment, meeting=meeting, status=status, minutes=there)
    return enrolment


@pytest.mark.parametrize(("percent", "enough", "too_little"), [(80, 288, 287), (100, 360, 359), (1, 4, 3), (None, 1, 0)])
def test_the_minutes_decide_not_the_meetings(percent: int | None, enough: int, too_little: int) -> None:
    session = session_asking(percent)
    enough_of_it, less = attended(session, enough), attended(session, too_little)
    assert list(entitled_enrolments(session)) == [enough_of_it]
    assert [each.enrolment for each in issue_for_session(session=session, now=NOW, by=UserFactory())] == [enough_of_it]
    if too_little:
        with pytest.raises(BelowThreshold):
            issue_certificate(enrolment=less, now=NOW)
    assert OutgoingMail.objects.filter(kind="trainings/mail/certificate").count() == 1


def test_the_coordinator_is_told_who_gets_none() -> None:
    session = session_asking(80)
    attended(session, 360)
    attended(session, 180)
    page = browser_of(member("Coordinator")).get(reverse("trainings_backoffice:issue_certificates", args=[session.pk]))
    html = page.content.decode()
    assert "1 person who attended has no certificate yet and gets one." in html
    assert "1 person attended less than 80% of the hours and gets none." in html


def test_people_read_it_before_they_enrol_and_on_their_page(client: Client) -> None:
    session = SessionFactory(certificate_percent=80)
    words = "for whoever attends at least 80% of the hours"
    with translation.override("en"):
        enrol = reverse("trainings:enrol", args=[session.reference])
        manage = reverse("trainings:manage_enrolment", args=[EnrolmentFactory(session=session).token])
    for path in (enrol, manage):
        assert words in client.get(path).content.decode()
