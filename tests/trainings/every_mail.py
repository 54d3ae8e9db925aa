"""Every mail of trainings, written to somebody."""

import datetime
from collections.abc import Callable
from copy import copy
from functools import partial
from typing import Any

from django.utils import timezone

from core.models import OutgoingMail
from tests.trainings.factories import CertificateFactory, EnrolmentGroupFactory, InterestFactory, SessionFactory
from tests.trainings.payment.mails import payment_mail
from tests.trainings.requests.factories import ProposalPartFactory, TrainingRequestFactory
from trainings.enrolment import mails
from trainings.enrolment.announce import Announcement, MeetingChange, Span
from trainings.enrolment.groups.mails import group_status
from trainings.enrolment.groups.notices import words_for
from trainings.enrolment.groups.words import Event
from trainings.enums import EnrolmentStatus
from trainings.mailings import letters
from trainings.mailings.starter import REMINDER, TEAM_LEADS
from trainings.models import Certificate, Enrolment, Module, Participant, ProposalPart, Session, TeamLead
from trainings.models.requests import RequestStatus
from trainings.my_trainings.services import mail_link
from trainings.requests.mails import step_taken
from trainings.seats.modes import GroupMode

DAY = datetime.datetime(2027, 1, 7, 8, 30, tzinfo=datetime.UTC)
SPAN = Span(DAY, DAY + datetime.timedelta(hours=3))
LATER = Span(DAY + datetime.timedelta(days=7), DAY + datetime.timedelta(days=7, hours=3))
CHANGED = Announcement(
    changes=[MeetingChange(SPAN, LATER), MeetingChange(None, LATER), MeetingChange(SPAN, None)],
    old_place="Bruxelles",
    place="1000 Bruxelles",
)
Send = Callable[[Enrolment, str], OutgoingMail]


def of_request(who: Enrolment, title: str, status: RequestStatus = RequestStatus.RECEIVED) -> OutgoingMail:
    """The request that led to her session, at a step; of a title of its own, since no sheet has it."""
    request = TrainingRequestFactory(language=who.language, status=status, module__name=title, email=who.email)
    part = ProposalPartFactory(proposal__request=request, proposal__sent_at=timezone.now(), session=None)
    if status == RequestStatus.PLANNED:
        ProposalPart.objects.filter(session=who.session).update(session=None)
        Module.objects.filter(pk=who.session.module_id).update(name=title)
        ProposalPart.objects.filter(pk=part.pk).update(session=who.session)
    mail = step_taken(request, now=timezone.now())
    assert mail
    return mail


KINDS: dict[str, Send] = {
    "confirmed": lambda who, title: mails.enrolment_confirmed(who, title=title, files=[], now=timezone.now()),
    "waiting": lambda who, title: mails.enrolment_waiting(who, title=title, rank=3, files=[], now=timezone.now()),
    "seat_offered": lambda who, title: mails.seat_offered(offered(who), title=title, files=[], now=timezone.now()),
    "offer_reminder": lambda who, title: mails.offer_reminder(offered(who), title=title, now=timezone.now()),
    "group": lambda who, title: group_mail(who, title, Event.ENROLLED),
    "offer_lapsed": lambda who, title: mails.offer_lapsed(lapsed(who), title=title, files=[], now=timezone.now()),
    "already": lambda who, title: mails.enrolment_already(who, title=title, files=[], now=timezone.now()),
    "changed": lambda who, title: mails.enrolment_changed(who, before=before_the_change(who), title=title, now=timezone.now()),
    "cancelled": lambda who, title: mails.enrolment_cancelled(who, title=title, files=[], now=timezone.now()),
    "moved": lambda who, title: mails.enrolment_moved(who, title=title, old=another_session(who), files=[], now=timezone.now()),
    "session_changed": lambda who, title: mails.session_changed(who, title=title, announcement=CHANGED, files=[], now=timezone.now()),
    "session_cancelled": lambda who, title: mails.session_cancelled(who, title=title, message="<b>x</b>", files=[], now=timezone.now()),
    "waiting_over": lambda who, title: mails.waiting_over(who, title=title, files=[], now=timezone.now()),
    "certificate": lambda who, title: mails.certificate(certificate_of(who), title=title, now=timezone.now()),
    "written": lambda who, title: written(who, title, REMINDER),
    "interest_confirm": lambda who, title: mails.interest_confirm(InterestFactory(language=who.language), title=title, now=timezone.now()),
    "interest_opened": lambda who, title: mails.interest_opened(
        InterestFactory(language=who.language), session=who.session, title=title, now=timezone.now()
    ),
    "request_step": of_request,
}
# To who pays: they name a document, not a module (tests/trainings/payment).
OF_MONEY: dict[str, Send] = {
    "payment_request": lambda who, _title: payment_mail("payment_request", who.language),
    "payment_reminder": lambda who, _title: payment_mail("payment_reminder", who.language),
    "credit_note": lambda who, _title: payment_mail("credit_note", who.language),
}
# Mails that say something else to somebody in another case, or speak of more than one module.
CASES: dict[str, Send] = KINDS | {
    **OF_MONEY,
    "my_trainings": lambda who, _title: mail_link(participant_of(who), language=who.language, now=timezone.now()),
    "interest_confirm, new": lambda who, title: mails.interest_confirm(
        InterestFactory(language=who.language, confirmed_at=None), title=title, now=timezone.now()
    ),
    "group, offered": lambda who, title: group_mail(offered(who), title, Event.OFFERED),
    "group, lapsed": lambda who, title: group_mail(lapsed(who), title, Event.LAPSED),
    "group, cancelled": lambda who, title: group_mail(who, title, Event.CANCELLED),
    "group, changed": lambda who, title: group_mail(who, title, Event.CHANGED),
    "group, passed over": lambda who, title: group_mail(waiting(who), title, Event.PASSED_OVER),
    "confirmed, by a contact": lambda who, title: KINDS["confirmed"](of_group(who), title),
    "cancelled, replaced": lambda who, title: mails.enrolment_cancelled(
        who, title=title, files=[], now=timezone.now(), replaced_by="Alex Exemple"
    ),
    **{f"request_step, {each}": partial(of_request, status=each) for each in RequestStatus.values},
    "written, to a team lead": lambda who, title: written(who, title, TEAM_LEADS, lead=lead_of(who)),
    "already, waiting": lambda who, title: KINDS["already"](waiting(who), title),
    "already, offered": lambda who, title: KINDS["already"](offered(who), title),
    "already, lapsed": lambda who, title: KINDS["already"](lapsed(who), title),
    "session_changed, offered": lambda who, title: KINDS["session_changed"](offered(who), title),
    "confirmed, begun": lambda who, title: KINDS["confirmed"](begun(who), title),
    "waiting, begun": lambda who, title: KINDS["waiting"](begun(who), title),
    "moved, waiting": lambda who, title: KINDS["moved"](waiting(who), title),
}


def of_group(who: Enrolment) -> Enrolment:
    """One of a group that somebody else enrolled, in the language of the person."""
    who.group = who.group or EnrolmentGroupFactory(session=who.session, mode=GroupMode.ALL_OR_NONE, place=False)
    who.group.language = who.language
    who.save(update_fields=["group"])
    return who


def group_mail(who: Enrolment, title: str, event: Event) -> OutgoingMail:
    """What the contact of her group is told."""
    group = of_group(who).group
    assert group
    now = timezone.now()
    return group_status(words_for(group, event, session=who.session, now=now), title=title, now=now)


def participant_of(who: Enrolment) -> Participant:
    """The person behind an enrolment that nobody forgot."""
    assert who.participant
    return who.participant


def written(who: Enrolment, title: str, rule: dict[str, Any], lead: TeamLead | None = None) -> OutgoingMail:
    """The words of one of the usual rules, in the person's language."""
    assert who.session.module
    who.session.module.name = title
    subject, body = rule[f"subject_{who.language}"], rule[f"body_{who.language}"]
    return letters.send(letters.letter(who, subject=subject, body=body, lead=lead), now=DAY)


def lead_of(who: Enrolment) -> TeamLead:
    """Somebody who agreed to be asked."""
    return TeamLead(enrolment=who, name=who.name, email="lead@example.org", language=who.language)


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
