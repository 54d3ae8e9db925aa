"""Every mail of trainings, in every language: both parts, the link, and only what the person may know."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from core.models import OutgoingMail
from tests.core.mail_words import left_in_english
from tests.trainings.factories import CertificateFactory, EnrolmentFactory, InterestFactory, ModuleFactory, SessionFactory, make_sheets
from tests.trainings.mail import links_in
from trainings.enrolment import mails
from trainings.enrolment.announce import Announcement, MeetingChange, Span
from trainings.enums import Delivery, EnrolmentStatus
from trainings.models import Certificate, Enrolment, Session

pytestmark = pytest.mark.django_db

TITLES = {"fr": "Écouter & accueillir", "nl": "Luisteren & onthalen", "en": "Listen & meet"}
DAY = datetime.datetime(2027, 1, 7, 8, 30, tzinfo=datetime.UTC)
SPAN = Span(DAY, DAY + datetime.timedelta(hours=3))
LATER = Span(DAY + datetime.timedelta(days=7), DAY + datetime.timedelta(days=7, hours=3))
CHANGED = Announcement(
    changes=[MeetingChange(SPAN, LATER), MeetingChange(None, LATER), MeetingChange(SPAN, None)],
    old_place="Bruxelles",
    place="1000 Bruxelles",
)
Send = Callable[[Enrolment, str], OutgoingMail]

KINDS: dict[str, Send] = {
    "confirmed": lambda who, title: mails.enrolment_confirmed(who, title=title, files=[], now=timezone.now()),
    "waiting": lambda who, title: mails.enrolment_waiting(who, title=title, rank=3, files=[], now=timezone.now()),
    "seat_offered": lambda who, title: mails.seat_offered(offered(who), title=title, files=[], now=timezone.now()),
    "offer_lapsed": lambda who, title: mails.offer_lapsed(lapsed(who), title=title, files=[], now=timezone.now()),
    "already": lambda who, title: mails.enrolment_already(who, title=title, files=[], now=timezone.now()),
    "changed": lambda who, title: mails.enrolment_changed(who, title=title, now=timezone.now()),
    "cancelled": lambda who, title: mails.enrolment_cancelled(who, title=title, files=[], now=timezone.now()),
    "moved": lambda who, title: mails.enrolment_moved(who, title=title, old=another_session(who), files=[], now=timezone.now()),
    "session_changed": lambda who, title: mails.session_changed(who, title=title, announcement=CHANGED, files=[], now=timezone.now()),
    "session_cancelled": lambda who, title: mails.session_cancelled(who, title=title, message="<b>x</b>", files=[], now=timezone.now()),
    "waiting_over": lambda who, title: mails.waiting_over(who, title=title, files=[], now=timezone.now()),
    "certificate": lambda who, title: mails.certificate(certificate_of(who), title=title, now=timezone.now()),
    "interest_confirm": lambda who, title: mails.interest_confirm(InterestFactory(language=who.language), title=title, now=timezone.now()),
    "interest_opened": lambda who, title: mails.interest_opened(
        InterestFactory(language=who.language), session=who.session, title=title, now=timezone.now()
    ),
}
# Mails that say something else to somebody in another case.
CASES: dict[str, Send] = KINDS | {
    "interest_confirm, new": lambda who, title: mails.interest_confirm(
        InterestFactory(language=who.language, confirmed_at=None), title=title, now=timezone.now()
    ),
    "already, waiting": lambda who, title: KINDS["already"](waiting(who), title),
    "already, offered": lambda who, title: KINDS["already"](offered(who), title),
    "already, lapsed": lambda who, title: KINDS["already"](lapsed(who), title),
    "session_changed, offered": lambda who, title: KINDS["session_changed"](offered(who), title),
    "confirmed, begun": lambda who, title: KINDS["confirmed"](begun(who), title),
    "waiting, begun": lambda who, title: KINDS["waiting"](begun(who), title),
    "moved, waiting": lambda who, title: KINDS["moved"](waiting(who), title),
}


def another_session(who: Enrolment) -> Session:
    """The same one each time."""
    other: Session = Session.objects.exclude(pk=who.session_id).first() or SessionFactory()
    return other


def certificate_of(who: Enrolment) -> Certificate:
    made: Certificate = Certificate.objects.filter(enrolment=who).first() or CertificateFactory(enrolment=who)
    made.enrolment = who  # in the language the test asks for
    return made


def begun(who: Enrolment) -> Enrolment:
    """Its meetings began an hour ago."""
    for meeting in who.session.meetings.all():
        long = meeting.ends_at - meeting.starts_at
        meeting.starts_at = timezone.now() - datetime.timedelta(hours=1) + datetime.timedelta(seconds=meeting.pk % 1000)
        meeting.ends_at = meeting.starts_at + long
        meeting.save()
    return who


def waiting(who: Enrolment) -> Enrolment:
    """On the list instead, and written so: the rank is counted in the database."""
    now = timezone.now()
    Enrolment.objects.filter(pk=who.pk).update(status=EnrolmentStatus.WAITING, queued_at=now)
    who.status, who.queued_at = EnrolmentStatus.WAITING, now
    return who


def offered(who: Enrolment) -> Enrolment:
    """A seat is held for her until Thursday."""
    Enrolment.objects.filter(pk=who.pk).update(status=EnrolmentStatus.OFFERED, answer_by=DAY)
    who.status, who.answer_by = EnrolmentStatus.OFFERED, DAY
    who.transitions.create(to_status=EnrolmentStatus.OFFERED, at=timezone.now(), answer_by=DAY)
    return who


def lapsed(who: Enrolment) -> Enrolment:
    """She did not answer."""
    offered(who)
    Enrolment.objects.filter(pk=who.pk).update(status=EnrolmentStatus.LAPSED, answer_by=None)
    who.status, who.answer_by = EnrolmentStatus.LAPSED, None
    return who


def test_every_mail_of_the_app_is_here(root: Path) -> None:
    written = {path.stem for path in (root / "templates/trainings/mail").glob("*.mjml")}
    assert {each.removeprefix("enrolment_") for each in written} == set(KINDS)


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


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("case", CASES)
def test_no_text_is_left_in_english(case: str, language: str) -> None:
    session = SessionFactory(delivery=Delivery.HYBRID, online_url="https://meet.example.org/x", meetings=2)
    who = EnrolmentFactory(session=session, language=language)
    mail = CASES[case](who, "Écouter")
    who.language = "en"
    english = CASES[case](who, "Écouter")

    rows = (session.venue.name, session.venue.street, session.venue.public_transport, another_session(who).module.name)
    # "Online" is the Dutch word too.
    given = {"Écouter", who.name, session.reference, "Bruxelles", *rows} | ({"Online"} if language == "nl" else set())
    assert left_in_english(mail, english, given=given) == set()
    assert len(left_in_english(english, english, given=given)) >= 4, "the control: it reads the words of both parts"


def test_the_link_to_the_online_meeting_goes_to_those_who_have_a_seat_only() -> None:
    session = SessionFactory(delivery=Delivery.ONLINE, online_url="https://meet.example.org/x")
    confirmed, waiting = EnrolmentFactory(session=session), EnrolmentFactory(session=session, is_waiting=True)
    assert "meet.example.org" in KINDS["confirmed"](confirmed, "x").text
    assert "meet.example.org" not in KINDS["waiting"](waiting, "x").text
    assert "meet.example.org" not in KINDS["already"](waiting, "x").text
    for kind in ("seat_offered", "already", "session_changed"):
        for part in (KINDS[kind](offered(waiting), "x").text, KINDS[kind](offered(waiting), "x").html):
            assert "meet.example.org" not in part
