"""Picks the mail and the calendar file for each event of an enrolment. Called inside the transaction of the event."""

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


def notify_status(enrolment: Enrolment, *, now: datetime.datetime, rank: int | None = None) -> OutgoingMail:
    """Mails the person's status: confirmed, waiting or cancelled. `rank` saves a query where the caller has just counted it."""
    title = _title(enrolment)
    if enrolment.status == EnrolmentStatus.CONFIRMED:
        return mails.enrolment_confirmed(enrolment, title=title, calendar=_calendar(enrolment, title), now=now)
    if enrolment.status == EnrolmentStatus.WAITING:
        return mails.enrolment_waiting(enrolment, title=title, rank=waiting_rank(enrolment) if rank is None else rank, now=now)
    return mails.enrolment_cancelled(enrolment, title=title, calendar=None, now=now)


def remind(enrolment: Enrolment, *, now: datetime.datetime) -> OutgoingMail | None:
    """Answers a second enrolment by mail only, since whoever filled in the form may be a stranger; rate-limited."""
    if not may_write_again(scope="enrolment_already", key=enrolment.email, now=now):
        return None
    title = _title(enrolment)
    calendar = _calendar(enrolment, title) if enrolment.status == EnrolmentStatus.CONFIRMED else None
    return mails.enrolment_already(enrolment, title=title, calendar=calendar, now=now)


def notify_changed(enrolment: Enrolment, *, now: datetime.datetime) -> OutgoingMail:
    """The person's details were corrected."""
    return mails.enrolment_changed(enrolment, title=_title(enrolment), now=now)


def notify_cancelled(enrolment: Enrolment, *, held_a_seat: bool, now: datetime.datetime) -> OutgoingMail:
    """The enrolment is cancelled; who had a seat gets a calendar file that removes the dates."""
    title = _title(enrolment)
    calendar = _calendar(enrolment, title) if held_a_seat else None
    return mails.enrolment_cancelled(enrolment, title=title, calendar=calendar, now=now)


def notify_moved(enrolment: Enrolment, *, old: Session, recall: Attachment | None, now: datetime.datetime) -> OutgoingMail:
    """The person is in another session, confirmed or waiting."""
    title = _title(enrolment)
    calendar = _calendar(enrolment, title) if enrolment.status == EnrolmentStatus.CONFIRMED else None
    return mails.enrolment_moved(enrolment, title=title, old=old, recall=recall, calendar=calendar, now=now)


def notify_session_changed(enrolment: Enrolment, *, now: datetime.datetime) -> OutgoingMail:
    """Dates, place or link of the session changed."""
    title = _title(enrolment)
    calendar = _calendar(enrolment, title) if enrolment.status == EnrolmentStatus.CONFIRMED else None
    return mails.session_changed(enrolment, title=title, calendar=calendar, now=now)


def notify_session_cancelled(enrolment: Enrolment, *, message: str, held_a_seat: bool, now: datetime.datetime) -> OutgoingMail:
    """The session does not take place."""
    title = _title(enrolment)
    calendar = _calendar(enrolment, title) if held_a_seat else None
    return mails.session_cancelled(enrolment, title=title, message=message, calendar=calendar, now=now)


def notify_certificate(certificate: Certificate, *, now: datetime.datetime) -> OutgoingMail:
    """The certificate can be downloaded."""
    return mails.certificate(certificate, title=_title(certificate.enrolment), now=now)


def ask_to_confirm(interest: Interest, *, now: datetime.datetime) -> OutgoingMail | None:
    """Mails the link that confirms an interest; rate-limited per email."""
    if not may_write_again(scope="interest_confirm", key=f"{interest.email}:{interest.module_id}", now=now):
        return None
    return mails.interest_confirm(interest, title=_module_title(interest), now=now)


def notify_opened(interest: Interest, *, session: Session, now: datetime.datetime) -> OutgoingMail:
    """A session of the module exists."""
    return mails.interest_opened(interest, session=session, title=_module_title(interest), now=now)


def cancellation_calendar(enrolment: Enrolment) -> Attachment:
    """The calendar file that removes the dates of the session the person leaves."""
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
