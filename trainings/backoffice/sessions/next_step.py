"""What a session needs next: it follows its status and the clock, and who is looking."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.backoffice.next_step import NextStep
from trainings.attendance.certificates import entitled_enrolments
from trainings.backoffice.permissions import CHANGE_ENROLMENTS, ISSUE_CERTIFICATES, MARK_ATTENDANCE, RUN_SESSIONS
from trainings.enums import FreedSeats, Phase, SessionStatus
from trainings.models import Session
from trainings.sessions.offer_plan import plan_for


def next_step_of(session: Session, user: Any, *, now: datetime.datetime) -> NextStep | None:
    """Publish, give free seats, roll call, certificates: the first that is due. `session` carries what `with_seats` counts."""
    if session.status == SessionStatus.DRAFT:
        return _action(_("Publish the session"), "publish_session", session.pk, "upload") if user.has_perm(RUN_SESSIONS) else None
    if session.status == SessionStatus.CANCELLED:
        return None
    if session.phase(now) == Phase.TO_COME:
        return _give_seats(session, now) if user.has_perm(CHANGE_ENROLMENTS) else None
    due = session.meetings.filter(starts_at__lte=now, roll_closed_at=None).order_by("starts_at").first()
    if due is not None:
        return _action(_("Do the roll call"), "roll_call", due.pk, "tasks") if user.has_perm(MARK_ATTENDANCE) else None
    is_certifying = session.phase(now) == Phase.OVER and user.has_perm(ISSUE_CERTIFICATES)
    if is_certifying and entitled_enrolments(session).exists():
        return _action(_("Issue the certificates"), "issue_certificates", session.pk, "doc-full")
    return None


def _give_seats(session: Session, now: datetime.datetime) -> NextStep | None:
    """Only where nothing is offered by itself."""
    if not session.waiting_count or session.free_seats <= 0 or plan_for(session, now).way != FreedSeats.BY_HAND:
        return None
    waiting = f"{reverse('trainings_enrolments:index')}?session={session.pk}&status=waiting"
    return NextStep(label=_("Give the free seats to those who wait"), url=waiting, icon="group")


def _action(label: Any, name: str, pk: int, icon: str) -> NextStep:
    return NextStep(label=label, url=reverse(f"trainings_backoffice:{name}", args=[pk]), icon=icon)
