"""Every mail of trainings, written to somebody."""

import datetime
from collections.abc import Callable
from copy import copy

from django.utils import timezone

from core.models import OutgoingMail
from tests.trainings.factories import CertificateFactory, InterestFactory, SessionFactory
from tests.trainings.payment.mails import payment_mail
from trainings.enrolment import mails
from trainings.enrolment.announce import Announcement, MeetingChange, Span
from trainings.enums import EnrolmentStatus
from trainings.models import Certificate, Enrolment, Participant, Session
from trainings.my_trainings.services import mail_link

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
    "changed": lambda who, title: mails.enrolment_changed(who, before=before_the_change(who), title=title, now=timezone.now()),
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
# To who pays: they name a document, not a module (tests/trainings/payment).
OF_MONEY: dict[str, Send] = {
    "payment_request": lambda who, _title: payment_mail("payment_request", who.language),
    "payment_reminder": lambda who, _title: payment_mail("payment_reminder", who.language),
    "credit_note": lambda who, _title: payment_mail("credit_note", who.language),
}
# Mails that say something else to somebody in another case, or speak of more than one module.
CASES: dict[str, Send] = (
    KINDS
    | OF_MONEY
    | {
        "my_trainings": lambda who, _title: mail_link(participant_of(who), language=who.language, now=timezone.now()),
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
)


def participant_of(who: Enrolment) -> Participant:
    """The person behind an enrolment that nobody forgot."""
    assert who.participant
    return who.participant


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


def before_the_change(who: Enrolment) -> Enrolment:
    """The same person under another name, without a function, with other needs."""
    before = copy(who)
    before.name, before.function, before.access_needs = "Zoé Avant", "", "a private need, before"
    return before


def waiting(who: Enrolment) -> Enrolment:
    """On the list instead, and written so: the rank is counted in the database."""
    now = timezone.now()
    Enrolment.objects.filter(pk=who.pk).update(status=EnrolmentStatus.WAITING, queued_at=now)
    who.status, who.queued_at = EnrolmentStatus.WAITING, now
    return who


def offered(who: Enrolment) -> Enrolment:
    """A seat is held for her until that day."""
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
