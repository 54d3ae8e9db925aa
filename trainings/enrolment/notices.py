"""Which mail tells which fact, with which calendar file. Called inside the transaction of the fact."""

import datetime

from core.mail.message import Attachment
from core.models import OutgoingMail
from core.web.absolute_urls import absolute_url
from core.web.ratelimit import may_write_again
from trainings.enrolment import calendar_files, mails
from trainings.enums import EnrolmentStatus
from trainings.models import Certificate, Enrolment, Interest, Session
from trainings.sessions.seat_counts import waiting_rank
from trainings.sessions.titles import page_for_module, session_title


def tell_status(enrolment: Enrolment, *, now: datetime.datetime, rank: int | None = None) -> OutgoingMail:
    """Where the person stands: confirmed, waiting or cancelled. `rank` spares a query where the caller just counted it."""
    title = _title(enrolment)
    if enrolment.status == EnrolmentStatus.CONFIRMED:
        return mails.enrolment_confirmed(enrolment, title=title, calendar=_calendar(enrolment, title), now=now)
    if enrolment.status == EnrolmentStatus.WAITING:
        return mails.enrolment_waiting(enrolment, title=title, rank=waiting_rank(enrolment) if rank is None else rank, now=now)
    return mails.enrolment_cancelled(enrolment, title=title, calendar=None, now=now)


def remind(enrolment: Enrolment, *, now: datetime.datetime) -> OutgoingMail | None:
    """Answers a second enrolment to the address itself, not to whoever filled in the form; a stranger cannot flood it."""
    if not may_write_again(scope="enrolment_already", key=enrolment.email, now=now):
        return None
    title = _title(enrolment)
    calendar = _calendar(enrolment, title) if enrolment.status == EnrolmentStatus.CONFIRMED else None
    return mails.enrolment_already(enrolment, title=title, calendar=calendar, now=now)


def tell_changed(enrolment: Enrolment, *, now: datetime.datetime) -> OutgoingMail:
    """Name, function, organisation, language or access needs were corrected."""
    return mails.enrolment_changed(enrolment, title=_title(enrolment), now=now)


def tell_cancelled(enrolment: Enrolment, *, held_a_seat: bool, now: datetime.datetime) -> OutgoingMail:
    """The enrolment is cancelled; who had the dates in a calendar gets a file that removes them."""
    title = _title(enrolment)
    calendar = _calendar(enrolment, title) if held_a_seat else None
    return mails.enrolment_cancelled(enrolment, title=title, calendar=calendar, now=now)


def tell_moved(enrolment: Enrolment, *, old: Session, recall: Attachment | None, now: datetime.datetime) -> OutgoingMail:
    """The person is in another session, confirmed or waiting."""
    title = _title(enrolment)
    calendar = _calendar(enrolment, title) if enrolment.status == EnrolmentStatus.CONFIRMED else None
    return mails.enrolment_moved(enrolment, title=title, old=old, recall=recall, calendar=calendar, now=now)


def tell_session_changed(enrolment: Enrolment, *, now: datetime.datetime) -> OutgoingMail:
    """Dates, place or link are new."""
    title = _title(enrolment)
    calendar = _calendar(enrolment, title) if enrolment.status == EnrolmentStatus.CONFIRMED else None
    return mails.session_changed(enrolment, title=title, calendar=calendar, now=now)


def tell_session_cancelled(enrolment: Enrolment, *, message: str, held_a_seat: bool, now: datetime.datetime) -> OutgoingMail:
    """The session does not take place."""
    title = _title(enrolment)
    calendar = _calendar(enrolment, title) if held_a_seat else None
    return mails.session_cancelled(enrolment, title=title, message=message, calendar=calendar, now=now)


def tell_certificate(certificate: Certificate, *, now: datetime.datetime) -> OutgoingMail:
    """The certificate can be downloaded."""
    return mails.certificate(certificate, title=_title(certificate.enrolment), now=now)


def ask_to_confirm(interest: Interest, *, now: datetime.datetime) -> OutgoingMail | None:
    """The link that confirms a wish; not more often than an address can bear."""
    if not may_write_again(scope="interest_confirm", key=f"{interest.email}:{interest.module_id}", now=now):
        return None
    return mails.interest_confirm(interest, title=_module_title(interest), now=now)


def tell_opened(interest: Interest, *, session: Session, now: datetime.datetime) -> OutgoingMail:
    """A session of the module exists."""
    return mails.interest_opened(interest, session=session, title=_module_title(interest), now=now)


def recall_of(enrolment: Enrolment) -> Attachment:
    """The file that removes the dates of the session a person leaves."""
    return _calendar(enrolment, _title(enrolment), name="smes-cancelled.ics", is_cancelled=True)


def _title(enrolment: Enrolment) -> str:
    return session_title(enrolment.session, enrolment.language)


def _calendar(enrolment: Enrolment, title: str, *, name: str = "smes.ics", is_cancelled: bool | None = None) -> Attachment:
    language = enrolment.language
    manage = absolute_url("trainings:manage_enrolment", enrolment.token, language=language)
    content = calendar_files.session_calendar(enrolment.session, enrolment, language, manage, title=title, is_cancelled=is_cancelled)
    method = "CANCEL" if b"METHOD:CANCEL" in content else "PUBLISH"
    return Attachment(name=name, type=f"text/calendar; charset=utf-8; method={method}", content=content)


def _module_title(interest: Interest) -> str:
    page = page_for_module(interest.module, interest.language)
    return str(page.title) if page else interest.module.name
