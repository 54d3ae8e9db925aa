"""Which mail tells which fact, with which calendar file. Called inside the transaction of the fact."""

import datetime

from django.conf import settings

from core.mail.message import Attachment
from core.models import OutgoingMail
from core.protection.limits import allow
from trainings import ics, mails
from trainings.enums import EnrolmentStatus
from trainings.links import full_address
from trainings.models import Certificate, Enrolment, Interest, Session
from trainings.selectors import page_for_module


def tell_status(enrolment: Enrolment, *, now: datetime.datetime) -> OutgoingMail:
    """Where the person stands: confirmed, waiting or cancelled."""
    if enrolment.status == EnrolmentStatus.CONFIRMED:
        return mails.enrolment_confirmed(enrolment, calendar=calendar_of(enrolment), now=now)
    if enrolment.status == EnrolmentStatus.WAITING:
        return mails.enrolment_waiting(enrolment, now=now)
    return mails.enrolment_cancelled(enrolment, calendar=None, now=now)


def remind(enrolment: Enrolment, *, now: datetime.datetime) -> OutgoingMail | None:
    """Answers a second enrolment to the address itself, not to whoever filled in the form; a stranger cannot flood it."""
    if not _may_write_again("enrolment_already", enrolment.participant.email, now):
        return None
    calendar = calendar_of(enrolment) if enrolment.status == EnrolmentStatus.CONFIRMED else None
    return mails.enrolment_already(enrolment, calendar=calendar, now=now)


def tell_changed(enrolment: Enrolment, *, now: datetime.datetime) -> OutgoingMail:
    """Name, function, organisation, language or access needs were corrected."""
    return mails.enrolment_changed(enrolment, now=now)


def tell_cancelled(enrolment: Enrolment, *, held_a_seat: bool, now: datetime.datetime) -> OutgoingMail:
    """The enrolment is cancelled; who had the dates in a calendar gets a file that removes them."""
    return mails.enrolment_cancelled(enrolment, calendar=calendar_of(enrolment) if held_a_seat else None, now=now)


def tell_moved(enrolment: Enrolment, *, old: Session, recall: Attachment | None, now: datetime.datetime) -> OutgoingMail:
    """The person is in another session, confirmed or waiting."""
    calendar = calendar_of(enrolment) if enrolment.status == EnrolmentStatus.CONFIRMED else None
    return mails.enrolment_moved(enrolment, old=old, recall=recall, calendar=calendar, now=now)


def tell_session_changed(enrolment: Enrolment, *, now: datetime.datetime) -> OutgoingMail:
    """Dates, place or link are new."""
    return mails.session_changed(enrolment, calendar=calendar_of(enrolment), now=now)


def tell_session_cancelled(enrolment: Enrolment, *, message: str, held_a_seat: bool, now: datetime.datetime) -> OutgoingMail:
    """The session does not take place."""
    return mails.session_cancelled(enrolment, message=message, calendar=calendar_of(enrolment) if held_a_seat else None, now=now)


def tell_certificate(certificate: Certificate, *, now: datetime.datetime) -> OutgoingMail:
    """The certificate can be downloaded."""
    return mails.certificate(certificate, now=now)


def ask_to_confirm(interest: Interest, *, now: datetime.datetime) -> OutgoingMail | None:
    """The link that confirms a wish; not more often than an address can bear."""
    if not _may_write_again("interest_confirm", f"{interest.email}:{interest.module_id}", now):
        return None
    return mails.interest_confirm(interest, title=_module_title(interest), now=now)


def tell_opened(interest: Interest, *, session: Session, now: datetime.datetime) -> OutgoingMail:
    """A session of the module exists."""
    return mails.interest_opened(interest, session=session, title=_module_title(interest), now=now)


def calendar_of(enrolment: Enrolment) -> Attachment:
    """The calendar file of an enrolment as it stands."""
    return _calendar(enrolment, "smes.ics", is_cancelled=None)


def recall_of(enrolment: Enrolment) -> Attachment:
    """The file that removes the dates of the session a person leaves."""
    return _calendar(enrolment, "smes-cancelled.ics", is_cancelled=True)


def _calendar(enrolment: Enrolment, name: str, *, is_cancelled: bool | None) -> Attachment:
    manage = full_address("trainings:manage_enrolment", enrolment.token, language=enrolment.language)
    content = ics.session_calendar(enrolment.session, enrolment, enrolment.language, manage, is_cancelled=is_cancelled)
    method = "CANCEL" if b"METHOD:CANCEL" in content else "PUBLISH"
    return Attachment(name=name, type=f"text/calendar; charset=utf-8; method={method}", content=content)


def _module_title(interest: Interest) -> str:
    page = page_for_module(interest.module, interest.language)
    return str(page.title) if page else interest.module.name


def _may_write_again(scope: str, key: str, now: datetime.datetime) -> bool:
    """Both limits count this attempt: an hour's and a day's."""
    hour = allow(scope=f"{scope}:hour", key=key, limit=settings.MAIL_LIMIT_PER_HOUR, period=datetime.timedelta(hours=1), now=now)
    return hour and allow(scope=f"{scope}:day", key=key, limit=settings.MAIL_LIMIT_PER_DAY, period=datetime.timedelta(days=1), now=now)
