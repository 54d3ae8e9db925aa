"""Picks the mail and the calendar files for each event of an enrolment. Called inside the transaction of the event."""

import datetime

from core.mail.message import Attachment
from core.models import OutgoingMail
from core.web.ratelimit import may_write_again
from trainings.enrolment import mails
from trainings.enrolment.announce import Announcement, announce, calendar_attachments
from trainings.enums import EnrolmentStatus
from trainings.models import Certificate, Enrolment, Interest, Session
from trainings.sessions.seat_counts import waiting_rank
from trainings.sessions.titles import page_for_module, session_title


def notify_status(
    enrolment: Enrolment, *, now: datetime.datetime, rank: int | None = None, is_seat_free: bool | None = None, is_first: bool = False
) -> OutgoingMail:
    """Mails the person's status. `rank`, `is_seat_free` and `is_first` save a query where the caller knows them."""
    title, _found, files = _announce(enrolment, now, is_first=is_first)
    if enrolment.status == EnrolmentStatus.CONFIRMED:
        return mails.enrolment_confirmed(enrolment, title=title, files=files, now=now)
    if enrolment.status == EnrolmentStatus.WAITING:
        rank = waiting_rank(enrolment) if rank is None else rank
        return mails.enrolment_waiting(enrolment, title=title, rank=rank, files=files, now=now, is_seat_free=is_seat_free)
    if enrolment.status == EnrolmentStatus.OFFERED:
        return mails.seat_offered(enrolment, title=title, files=files, now=now)
    if enrolment.status == EnrolmentStatus.LAPSED:
        return mails.offer_lapsed(enrolment, title=title, files=files, now=now)
    return mails.enrolment_cancelled(enrolment, title=title, files=files, now=now)


def remind(enrolment: Enrolment, *, now: datetime.datetime) -> OutgoingMail | None:
    """Answers a second enrolment by mail only, since whoever filled in the form may be a stranger; rate-limited."""
    if not may_write_again(scope="enrolment_already", key=enrolment.email, now=now):
        return None
    title, _found, files = _announce(enrolment, now)
    return mails.enrolment_already(enrolment, title=title, files=files, now=now)


def remind_of_offer(enrolment: Enrolment, *, now: datetime.datetime) -> OutgoingMail:
    """The offer of a seat ends today."""
    return mails.offer_reminder(enrolment, title=_title(enrolment), now=now)


def notify_changed(enrolment: Enrolment, *, before: Enrolment, now: datetime.datetime) -> OutgoingMail:
    """The person's details were corrected: shows what they were `before` and what they are."""
    return mails.enrolment_changed(enrolment, before=before, title=_title(enrolment), now=now)


def notify_cancelled(enrolment: Enrolment, *, now: datetime.datetime, replaced_by: str = "") -> OutgoingMail:
    """The enrolment is cancelled; who had the dates in a calendar gets files that remove them. `replaced_by`: who has the place now."""
    title, _found, files = _announce(enrolment, now)
    return mails.enrolment_cancelled(enrolment, title=title, files=files, now=now, replaced_by=replaced_by)


def notify_moved(enrolment: Enrolment, *, old: Session, now: datetime.datetime) -> OutgoingMail:
    """The person is in another session, confirmed or waiting; the dates of the old one leave her calendar."""
    title, _found, files = _announce(enrolment, now)
    return mails.enrolment_moved(enrolment, title=title, old=old, files=files, now=now)


def notify_session_changed(enrolment: Enrolment, *, now: datetime.datetime) -> OutgoingMail:
    """Dates, place or link of the session changed: shows old and new."""
    title, found, files = _announce(enrolment, now)
    return mails.session_changed(enrolment, title=title, announcement=found, files=files, now=now)


def notify_session_cancelled(enrolment: Enrolment, *, message: str, now: datetime.datetime) -> OutgoingMail:
    """The session does not take place."""
    title, _found, files = _announce(enrolment, now)
    return mails.session_cancelled(enrolment, title=title, message=message, files=files, now=now)


def notify_waiting_over(enrolment: Enrolment, *, now: datetime.datetime) -> OutgoingMail:
    """Tells a person who still waited when the session began that the wait is over."""
    title, _found, files = _announce(enrolment, now)
    return mails.waiting_over(enrolment, title=title, files=files, now=now)


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


def _announce(enrolment: Enrolment, now: datetime.datetime, *, is_first: bool = False) -> tuple[str, Announcement, list[Attachment]]:
    """The title, the announcement of the meetings, and its calendar files."""
    title = _title(enrolment)
    found = announce(enrolment, now=now, title=title, is_first=is_first)
    return title, found, calendar_attachments(enrolment, found)


def _title(enrolment: Enrolment) -> str:
    return session_title(enrolment.session, enrolment.language)


def _module_title(interest: Interest) -> str:
    page = page_for_module(interest.module, interest.language)
    return str(page.title) if page else interest.module.name
