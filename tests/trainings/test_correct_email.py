"""The email of somebody enrolled is corrected: the right address gets everything, the wrong one nothing more."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import OutgoingMail
from core.models.mail import MailStatus
from tests.core.factories import UserFactory
from tests.trainings.factories import CertificateFactory, EnrolmentFactory, ParticipantFactory, SessionFactory
from trainings.enrolment.correct_email import EmailTaken, SameEmail, correct_email
from trainings.enrolment.notices import notify_status
from trainings.models import Enrolment, Participant

pytestmark = pytest.mark.django_db

WRONG, RIGHT = "ana@gmial.com", "ana@gmail.com"


def enrolled(**facts: object) -> Enrolment:
    made: Enrolment = EnrolmentFactory(participant=ParticipantFactory(email=WRONG, name="Ana"), **facts)
    return made


def corrected(enrolment: Enrolment, email: str = RIGHT, **more: bool) -> Enrolment:
    correct_email(enrolment=enrolment, email=email, now=timezone.now(), by=UserFactory(), **more)
    return Enrolment.objects.get(pk=enrolment.pk)


def test_the_right_address_gets_the_mail_and_the_wrong_one_nothing_more() -> None:
    enrolment = enrolled()
    notify_status(enrolment, now=timezone.now())
    after = corrected(enrolment)
    assert after.email == RIGHT
    assert list(OutgoingMail.objects.values_list("to", flat=True)) == [RIGHT]
    assert not Participant.objects.filter(email=WRONG).exists()


def test_a_mail_that_left_stays_in_the_history() -> None:
    enrolment = enrolled()
    notify_status(enrolment, now=timezone.now())
    OutgoingMail.objects.update(status=MailStatus.SENT)
    corrected(enrolment)
    assert set(OutgoingMail.objects.values_list("to", "status")) == {(WRONG, MailStatus.SENT), (RIGHT, MailStatus.QUEUED)}


def test_the_link_that_went_to_the_wrong_mailbox_is_dead(client: Client) -> None:
    enrolment = enrolled()
    after = corrected(enrolment)
    assert client.get(reverse("trainings:manage_enrolment", args=[enrolment.token])).status_code == 404
    assert client.get(reverse("trainings:manage_enrolment", args=[after.token])).status_code == 200
    assert after.token in OutgoingMail.objects.get(to=RIGHT).text


def test_the_history_says_who_corrected_it_and_names_no_address() -> None:
    row = corrected(enrolled()).transitions.last()
    assert row is not None
    assert row.reason == "email_corrected"
    assert row.by is not None


def test_somebody_known_under_the_right_address_is_one_person_afterwards() -> None:
    known = ParticipantFactory(email=RIGHT, name="Ana Exemple")
    assert corrected(enrolled()).participant == known
    known.refresh_from_db()
    assert known.name == "Ana Exemple"


def test_two_seats_of_one_session_do_not_become_one_persons() -> None:
    enrolment = enrolled()
    EnrolmentFactory(session=enrolment.session, participant=ParticipantFactory(email=RIGHT))
    with pytest.raises(EmailTaken):
        corrected(enrolment)
    assert Enrolment.objects.get(pk=enrolment.pk).email == WRONG


def test_the_same_address_is_no_correction() -> None:
    with pytest.raises(SameEmail):
        corrected(enrolled(), WRONG.upper())


def test_an_address_two_people_share_is_corrected_for_one_of_them() -> None:
    one, other = enrolled(), enrolled(session=SessionFactory())
    corrected(one)
    other.refresh_from_db()
    assert other.email == WRONG


def test_all_enrolments_of_one_person_follow_when_asked() -> None:
    one, other = enrolled(), enrolled(session=SessionFactory())
    corrected(one, with_others=True)
    other.refresh_from_db()
    assert other.email == RIGHT
    assert OutgoingMail.objects.filter(to=RIGHT).count() == 2


def test_after_the_end_the_certificate_is_sent_again() -> None:
    session = SessionFactory(first_meeting_at=timezone.now() - datetime.timedelta(days=3))
    enrolment = enrolled(session=session)
    CertificateFactory(enrolment=enrolment)
    corrected(enrolment)
    assert OutgoingMail.objects.get(to=RIGHT).kind == "trainings/mail/certificate"
