"""The enrolments of one person, to come and past."""

import datetime
from dataclasses import dataclass

from core.languages import current_language
from trainings.enrolment.offers.answer import is_open
from trainings.enums import Phase
from trainings.models import Certificate, Enrolment, EnrolmentGroup, ModulePage, Participant, Session
from trainings.sessions.seat_counts import can_be_changed


@dataclass(frozen=True, slots=True)
class MyEnrolment:
    """One line of the page."""

    enrolment: Enrolment
    title: str
    phase: str
    can_change: bool
    is_offer_open: bool
    certificate: Certificate | None


@dataclass(frozen=True, slots=True)
class MyGroup:
    """Colleagues she answers for."""

    group: EnrolmentGroup
    title: str


@dataclass(frozen=True, slots=True)
class MyTrainings:
    """`to_come`: what is not over yet, soonest first; `past`: what is over, latest first; `groups`: of sessions that are not over."""

    to_come: list[MyEnrolment]
    past: list[MyEnrolment]
    groups: list[MyGroup]


def my_trainings(participant: Participant, *, now: datetime.datetime) -> MyTrainings:
    """All enrolments of one person with their meetings, in the reader's language. Five queries, however many there are."""
    enrolments = list(participant.enrolments.select_related("certificate").order_by("-created_at", "-pk"))
    rows = Session.objects.with_dates().select_related("venue", "module").prefetch_related("meetings")
    groups = list(EnrolmentGroup.objects.filter(contact_email=participant.email))
    sessions = rows.in_bulk({each.session_id for each in enrolments} | {each.session_id for each in groups})
    titles = _titles(session.module_id for session in sessions.values())
    lines = []
    for enrolment in enrolments:
        session = enrolment.session = sessions[enrolment.session_id]
        certificate = getattr(enrolment, "certificate", None)
        lines.append(
            MyEnrolment(
                enrolment=enrolment,
                title=titles.get(session.module_id, session.name),
                phase=session.phase(now),
                can_change=can_be_changed(enrolment, now),
                is_offer_open=is_open(enrolment, now),
                certificate=certificate if certificate and not certificate.revoked_at else None,
            )
        )
    # An undated session stands last among those to come.
    lines.sort(key=lambda line: (line.enrolment.session.starts_at is None, line.enrolment.session.starts_at or now))
    past = [line for line in reversed(lines) if line.phase == Phase.OVER]
    answered = [group for group in groups if sessions[group.session_id].phase(now) != Phase.OVER]
    return MyTrainings(
        to_come=[line for line in lines if line.phase != Phase.OVER],
        past=past,
        groups=[MyGroup(each, titles.get(sessions[each.session_id].module_id, sessions[each.session_id].name)) for each in answered],
    )


def _titles(module_ids: object) -> dict[int | None, str]:
    """The titles of the modules' pages in the reader's language."""
    pages = ModulePage.objects.filter(locale__language_code=current_language()).for_modules(module_ids)
    return {page.module_id: page.title for page in pages}
