"""Mails of trainings, one function each. Links are absolute; names typed by the public are stripped of links."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from core.languages import language_name
from core.mail.message import Attachment, queue_mail
from core.models import OutgoingMail
from core.text.safety import harmless
from core.web.absolute_urls import absolute_url
from trainings.enrolment.announce import Announcement
from trainings.enrolment.selectors import offer_until
from trainings.enums import SessionKind
from trainings.models import Certificate, Enrolment, Interest, Session
from trainings.sessions.seat_counts import session_seats, waiting_rank
from trainings.sessions.seat_words import SeatWords
from trainings.sessions.titles import session_title
from trainings.sessions.upcoming import other_dates

Files = list[Attachment]
# How the kinds of all mails of the trainings begin.
KINDS = "trainings/mail/"


def enrolment_confirmed(enrolment: Enrolment, *, title: str, files: Files, now: datetime.datetime) -> OutgoingMail:
    """You have a seat."""
    return _about_enrolment("trainings/mail/enrolment_confirmed", enrolment, title=title, files=files, now=now)


def enrolment_waiting(
    enrolment: Enrolment, *, title: str, rank: int, files: Files, now: datetime.datetime, is_seat_free: bool | None = None
) -> OutgoingMail:
    """You are on the waiting list, at this place. `is_seat_free` saves a query where the caller counted the seats."""
    more = {"rank": rank} | ({} if is_seat_free is None else {"is_seat_free": is_seat_free})
    return _about_enrolment("trainings/mail/enrolment_waiting", enrolment, title=title, files=files, now=now, **more)


def seat_offered(enrolment: Enrolment, *, title: str, files: Files, now: datetime.datetime) -> OutgoingMail:
    """A seat is held for you until then: take it or leave it."""
    return _about_enrolment("trainings/mail/seat_offered", enrolment, title=title, files=files, now=now, **_answer_urls(enrolment))


def offer_lapsed(enrolment: Enrolment, *, title: str, files: Files, now: datetime.datetime) -> OutgoingMail:
    """You did not answer in time: the seat has passed on, and this is how you wait again."""
    more = _answer_urls(enrolment) | {"offer_until": offer_until(enrolment)}
    return _about_enrolment("trainings/mail/offer_lapsed", enrolment, title=title, files=files, now=now, **more)


def enrolment_already(enrolment: Enrolment, *, title: str, files: Files, now: datetime.datetime) -> OutgoingMail:
    """Somebody, probably you, enrolled once more: here is where you stand and your link."""
    return _about_enrolment("trainings/mail/enrolment_already", enrolment, title=title, files=files, now=now, rank=waiting_rank(enrolment))


def enrolment_changed(enrolment: Enrolment, *, before: Enrolment, title: str, now: datetime.datetime) -> OutgoingMail:
    """What you told of yourself was corrected: what it was, and what it is."""
    with translation.override(enrolment.language):
        changes = [
            Correction(label, old, new) for (label, old), (_same, new) in zip(_told(before), _told(enrolment), strict=True) if old != new
        ]
    has_new_needs = before.access_needs != enrolment.access_needs
    more: dict[str, Any] = {"changes": changes, "has_new_needs": has_new_needs}
    return _about_enrolment("trainings/mail/enrolment_changed", enrolment, title=title, now=now, **more)


def offer_reminder(enrolment: Enrolment, *, title: str, now: datetime.datetime) -> OutgoingMail:
    """The seat is still held for you, until tonight."""
    return _about_enrolment("trainings/mail/offer_reminder", enrolment, title=title, now=now, **_answer_urls(enrolment))


def enrolment_cancelled(enrolment: Enrolment, *, title: str, files: Files, now: datetime.datetime, replaced_by: str = "") -> OutgoingMail:
    """Your seat, or your place in the queue, was given back, or a colleague has it."""
    again = absolute_url("trainings:enrol", enrolment.session.reference, language=enrolment.language)
    more: dict[str, Any] = {"enrol_url": again, "replaced_by": harmless(replaced_by)}
    return _about_enrolment("trainings/mail/enrolment_cancelled", enrolment, title=title, files=files, now=now, **more)


def enrolment_moved(enrolment: Enrolment, *, title: str, old: Session, files: Files, now: datetime.datetime) -> OutgoingMail:
    """Your enrolment has moved to another date."""
    more: dict[str, Any] = {
        "old_title": session_title(old, enrolment.language),
        "old_meetings": list(old.meetings.all()),
        "rank": waiting_rank(enrolment),
    }
    return _about_enrolment("trainings/mail/enrolment_moved", enrolment, title=title, files=files, now=now, **more)


def session_changed(enrolment: Enrolment, *, title: str, announcement: Announcement, files: Files, now: datetime.datetime) -> OutgoingMail:
    """Dates, place or link of your session changed: what was, and what is."""
    more: dict[str, Any] = {"rank": waiting_rank(enrolment), "announcement": announcement}
    return _about_enrolment("trainings/mail/session_changed", enrolment, title=title, files=files, now=now, **more)


def session_cancelled(enrolment: Enrolment, *, title: str, message: str, files: Files, now: datetime.datetime) -> OutgoingMail:
    """Your session does not take place; the coordinator says why. With the other dates, and a way to be told of new ones."""
    session, language = enrolment.session, enrolment.language
    module = session.module if session.kind == SessionKind.OPEN_TRAINING else None
    others = other_dates(session, now=now) if module else []
    more: dict[str, Any] = {
        "message": message,
        "others": [(other, absolute_url("trainings:enrol", other.reference, language=language)) for other in others],
        "interest_url": absolute_url("trainings:register_interest", module.number, language=language) if module else "",
    }
    return _about_enrolment("trainings/mail/session_cancelled", enrolment, title=title, files=files, now=now, **more)


def waiting_over(enrolment: Enrolment, *, title: str, files: Files, now: datetime.datetime) -> OutgoingMail:
    """You waited, the session has begun, no seat became free."""
    module_url = absolute_url("trainings:enrol", enrolment.session.reference, language=enrolment.language)
    return _about_enrolment("trainings/mail/waiting_over", enrolment, title=title, files=files, now=now, module_url=module_url)


def certificate(certificate: Certificate, *, title: str, now: datetime.datetime) -> OutgoingMail:
    """Your certificate is ready: the link, never the file."""
    enrolment = certificate.enrolment
    download = absolute_url("trainings:download_certificate", enrolment.token, language=enrolment.language)
    return _about_enrolment("trainings/mail/certificate", enrolment, title=title, now=now, download_url=download, certificate=certificate)


def interest_confirm(interest: Interest, *, title: str, now: datetime.datetime) -> OutgoingMail:
    """Asks the person to confirm an interest."""
    return _about_interest("trainings/mail/interest_confirm", interest, title=title, now=now)


def interest_opened(interest: Interest, *, session: Session, title: str, now: datetime.datetime) -> OutgoingMail:
    """A date exists."""
    enrol = absolute_url("trainings:enrol", session.reference, language=interest.language)
    facts = {"session": session, "meetings": list(session.meetings.all()), "enrol_url": enrol}
    return _about_interest("trainings/mail/interest_opened", interest, title=title, now=now, **facts)


@dataclass(frozen=True, slots=True)
class Correction:
    """A detail as it was and as it is."""

    label: str
    old: str
    new: str


def _told(enrolment: Enrolment) -> list[tuple[str, str]]:
    """What a mail may quote of what somebody said of herself; never the access needs. Call under the person's language."""
    sector = enrolment.sector
    return [
        (_("Name"), harmless(enrolment.name)),
        (_("Function"), harmless(enrolment.function)),
        (_("Organisation"), harmless(enrolment.organisation_label)),
        (_("Sector"), sector.name if sector else ""),
        (_("Language"), language_name(enrolment.language)),
    ]


def _about_enrolment(
    template: str,
    enrolment: Enrolment,
    *,
    title: str,
    now: datetime.datetime,
    files: Files | None = None,
    **more: Any,
) -> OutgoingMail:
    """What every mail about an enrolment says: who, what, when, where, and the link to change it."""
    session = enrolment.session
    group = enrolment.group
    rules = SeatWords(session, now, is_held_back=enrolment.is_held_back, group=group)
    context = {
        "rules": rules,
        # A place whose name follows is the contact's.
        "name": harmless(group.contact_name if group and enrolment.is_unnamed else enrolment.name),
        "place_name": harmless(enrolment.name) if enrolment.is_unnamed else "",
        "contact": "" if group is None or group.contact_email == enrolment.email else harmless(group.contact_name),
        "enrolment": enrolment,
        "session": session,
        "phase": session.phase(now),
        "rank": 0,
        "title": title,
        "meetings": list(session.meetings.all()),
        "manage_url": absolute_url("trainings:manage_enrolment", enrolment.token, language=enrolment.language),
    }
    if "is_seat_free" not in more:
        context["is_seat_free"] = bool(more.get("rank")) and rules.promises(session_seats(session).free)
    return queue_mail(
        template=template,
        to=enrolment.email,
        language=enrolment.language,
        context=context | more,
        about=f"enrolment:{enrolment.pk}",
        attachments=files or [],
        now=now,
    )


def _answer_urls(enrolment: Enrolment) -> dict[str, Any]:
    """Each leads to a page with a button: a scanner that follows all links of a mail answers nothing."""
    return {
        "accept_url": absolute_url("trainings:accept_offer", enrolment.token, language=enrolment.language),
        "refuse_url": absolute_url("trainings:refuse_offer", enrolment.token, language=enrolment.language),
    }


def _about_interest(template: str, interest: Interest, *, title: str, now: datetime.datetime, **more: Any) -> OutgoingMail:
    context = {
        "interest": interest,
        "title": title,
        "confirm_url": absolute_url("trainings:confirm_interest", interest.token, language=interest.language),
        "withdraw_url": absolute_url("trainings:withdraw_interest", interest.token, language=interest.language),
    }
    return queue_mail(
        template=template, to=interest.email, language=interest.language, context=context | more, about=f"interest:{interest.pk}", now=now
    )
