"""Words and steps follow the time as well as the status: nothing is promised that cannot come any more."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.core.factories import UserFactory
from tests.trainings.factories import EnrolmentFactory, SessionFactory
from tests.trainings.mail import kinds_to, latest_mail
from trainings.enrolment.confirm import SessionOver, confirm_enrolment, move_to_waiting
from trainings.enrolment.move import CannotMove, MoveRefusal, move_enrolment
from trainings.enrolment.resend import resend_mail
from trainings.enums import EnrolmentStatus
from trainings.models import Session
from trainings.planning.waiting_lists import end_stale_waiting_lists

pytestmark = pytest.mark.django_db

PROMISES = ("au plaisir", "Au plaisir", "When a seat is free", "Dès qu’une place", "Nous nous réjouissons")


def over(**kwargs: object) -> Session:
    return SessionFactory(first_meeting_at=timezone.now() - datetime.timedelta(days=2), **kwargs)


def test_a_seat_is_neither_given_nor_taken_back_after_the_end() -> None:
    session = over()
    waiting, confirmed = EnrolmentFactory(session=session, is_waiting=True), EnrolmentFactory(session=session)
    with pytest.raises(SessionOver):
        confirm_enrolment(enrolment=waiting, now=timezone.now(), by=UserFactory())
    with pytest.raises(SessionOver):
        move_to_waiting(enrolment=confirmed, now=timezone.now(), by=UserFactory())
    assert kinds_to(waiting.email) == kinds_to(confirmed.email) == []


def test_nobody_is_moved_into_a_session_that_has_begun() -> None:
    begun = SessionFactory(meetings=2, first_meeting_at=timezone.now() - datetime.timedelta(hours=1))
    with pytest.raises(CannotMove) as refusal:
        move_enrolment(enrolment=EnrolmentFactory(), to_session=begun, now=timezone.now(), by=UserFactory())
    assert refusal.value.reason == MoveRefusal.BEGUN


def test_the_mail_sent_again_after_the_end_looks_forward_to_nothing() -> None:
    confirmed, waiting = EnrolmentFactory(session=over()), EnrolmentFactory(session=over(), is_waiting=True)
    for enrolment in (confirmed, waiting):
        resend_mail(enrolment=enrolment, now=timezone.now(), by=UserFactory())
        for part in (latest_mail(enrolment).text, latest_mail(enrolment).html):
            assert not [promise for promise in PROMISES if promise in part]
    assert "terminée" in latest_mail(confirmed).text
    assert "aucune place" in latest_mail(waiting).text


@pytest.mark.parametrize("is_waiting", [True, False])
def test_the_personal_page_promises_nothing_after_the_end(client: Client, is_waiting: bool) -> None:
    enrolment = EnrolmentFactory(session=over(), is_waiting=is_waiting)
    page = client.get(reverse("trainings:manage_enrolment", args=[enrolment.token])).content.decode()
    assert not [promise for promise in PROMISES if promise in page]
    assert ("aucune place" if is_waiting else "terminée") in page


def test_who_still_waits_when_the_session_has_begun_is_told_once_that_it_is_over() -> None:
    session = over()
    waiting, confirmed = EnrolmentFactory(session=session, is_waiting=True), EnrolmentFactory(session=session)
    to_come = EnrolmentFactory(is_waiting=True)
    assert [end_stale_waiting_lists(now=timezone.now()) for _run in range(2)] == [1, 0]
    assert kinds_to(waiting.email) == ["waiting_over"]
    assert kinds_to(confirmed.email) == kinds_to(to_come.email) == []
    waiting.refresh_from_db()
    assert waiting.status == EnrolmentStatus.CANCELLED
    assert waiting.transitions.last().reason_label == "La session a commencé avant qu’une place ne se libère."
