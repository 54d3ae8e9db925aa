"""The box of the enrolment form makes a subscription request, confirmed by mail; trainings know nothing of it."""

import pytest
from django.test import TestCase
from django.utils import timezone

from newsletter.consent_texts import ENROLMENT, WORDINGS
from newsletter.enums.subscribers import Channel, ConsentAction
from newsletter.models import Consent, Subscriber
from tests.newsletter.factories import SubscriberFactory
from tests.newsletter.post import kinds_to, mails_to
from tests.trainings.factories import SessionFactory
from trainings.enrolment.enrol import EnrolmentData, enrol_participant
from trainings.enrolment.forms import EnrolmentForm

pytestmark = pytest.mark.django_db


def enrol(*, wants_newsletter: bool) -> None:
    session = SessionFactory(meetings=1)
    person = EnrolmentData(name="Nora", email="nora@example.org", language="nl", wants_newsletter=wants_newsletter)
    with TestCase.captureOnCommitCallbacks(execute=True):
        enrol_participant(session_id=session.pk, person=person, now=timezone.now())


def test_a_ticked_box_is_asked_again_by_mail_in_the_persons_language() -> None:
    enrol(wants_newsletter=True)
    mail = mails_to("nora@example.org")[-1]
    assert mail.kind == "newsletter/mail/confirm"
    assert mail.language == "nl"
    line = Consent.objects.get()
    assert (line.action, line.channel, line.wording) == (ConsentAction.ASKED, Channel.ENROLMENT, ENROLMENT)
    assert not Subscriber.objects.audience(timezone.now()).exists()


def test_a_box_left_empty_asks_for_nothing() -> None:
    enrol(wants_newsletter=False)
    assert "confirm" not in kinds_to("nora@example.org")
    assert not Subscriber.objects.exists()


def test_a_reader_who_ticks_the_box_gets_no_further_mail() -> None:
    SubscriberFactory(email="nora@example.org")
    enrol(wants_newsletter=True)
    assert [kind for kind in kinds_to("nora@example.org") if kind in {"confirm", "already"}] == []


def test_the_register_keeps_the_very_words_of_the_box() -> None:
    assert EnrolmentForm.base_fields["wants_newsletter"].label == WORDINGS[ENROLMENT]
