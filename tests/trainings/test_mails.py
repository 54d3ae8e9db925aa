"""Every mail of trainings, in every language: both parts, the link, and only what the person may know."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from core.models import OutgoingMail
from tests.trainings.factories import CertificateFactory, EnrolmentFactory, InterestFactory, ModuleFactory, SessionFactory, make_sheets
from tests.trainings.mail import links_in
from trainings import mails
from trainings.enums import Delivery
from trainings.models import Enrolment

pytestmark = pytest.mark.django_db

TITLES = {"fr": "Écouter & accueillir", "nl": "Luisteren & onthalen", "en": "Listen & meet"}
Send = Callable[[Enrolment, str], OutgoingMail]

KINDS: dict[str, Send] = {
    "confirmed": lambda who, title: mails.enrolment_confirmed(who, title=title, calendar=None, now=timezone.now()),
    "waiting": lambda who, title: mails.enrolment_waiting(who, title=title, rank=3, now=timezone.now()),
    "already": lambda who, title: mails.enrolment_already(who, title=title, calendar=None, now=timezone.now()),
    "changed": lambda who, title: mails.enrolment_changed(who, title=title, now=timezone.now()),
    "cancelled": lambda who, title: mails.enrolment_cancelled(who, title=title, calendar=None, now=timezone.now()),
    "moved": lambda who, title: mails.enrolment_moved(
        who, title=title, old=SessionFactory(), recall=None, calendar=None, now=timezone.now()
    ),
    "session_changed": lambda who, title: mails.session_changed(who, title=title, calendar=None, now=timezone.now()),
    "session_cancelled": lambda who, title: mails.session_cancelled(
        who, title=title, message="<b>x</b>", calendar=None, now=timezone.now()
    ),
    "certificate": lambda who, title: mails.certificate(CertificateFactory(enrolment=who), title=title, now=timezone.now()),
    "interest_confirm": lambda who, title: mails.interest_confirm(InterestFactory(language=who.language), title=title, now=timezone.now()),
    "interest_opened": lambda who, title: mails.interest_opened(
        InterestFactory(language=who.language), session=who.session, title=title, now=timezone.now()
    ),
}


@pytest.mark.parametrize("language", TITLES)
@pytest.mark.parametrize("kind", KINDS)
def test_both_parts_say_the_same_in_the_language_of_the_person(kind: str, language: str) -> None:
    module = ModuleFactory()
    make_sheets(module, **TITLES)
    session = SessionFactory(module=module, delivery=Delivery.HYBRID, online_url="https://meet.example.org/x")
    enrolment = EnrolmentFactory(session=session, language=language, access_needs="a private need")

    mail = KINDS[kind](enrolment, TITLES[language])

    assert TITLES[language] in mail.subject, "not escaped: a subject is no HTML"
    assert f'lang="{language}"' in mail.html
    links = [link for link in links_in(mail.text) if f"/{language}/" in link]
    assert links
    for link in links:
        assert link in mail.html
    assert len(mail.html) < 30_000
    assert "<b>x" not in mail.html, "words of the coordinator are text, not markup"
    for part in (mail.text, mail.html):
        assert "{" + "{" not in part
        assert "{" + "%" not in part
        assert "a private need" not in part


def test_the_link_to_the_online_meeting_goes_to_those_who_have_a_seat_only() -> None:
    session = SessionFactory(delivery=Delivery.ONLINE, online_url="https://meet.example.org/x")
    confirmed, waiting = EnrolmentFactory(session=session), EnrolmentFactory(session=session, is_waiting=True)
    assert "meet.example.org" in KINDS["confirmed"](confirmed, "x").text
    assert "meet.example.org" not in KINDS["waiting"](waiting, "x").text
    assert "meet.example.org" not in KINDS["already"](waiting, "x").text
