"""What a participant is told of presence: what a certificate asks for, and the doors that are open just now."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from core import clock
from trainings.attendance.check_in.selectors import open_meeting_of
from trainings.enums import EnrolmentStatus, SessionStatus
from trainings.models import Enrolment, Session

register = template.Library()


@register.filter
def certificate_terms(session: Session) -> str:
    """`for whoever attends at least 80 % of the hours`; empty where any attendance is enough."""
    if not session.certificate_percent:
        return ""
    return _("for whoever attends at least %(percent)s%% of the hours") % {"percent": session.certificate_percent}


@register.inclusion_tag("trainings/parts/presence_doors.html")
def presence_doors(enrolment: Enrolment) -> dict[str, Any]:
    """The doors of a person's page: confirm now that she is there, give a doctor's RIZIV/INAMI number."""
    session = enrolment.session
    is_in = session.status != SessionStatus.CANCELLED and enrolment.status != EnrolmentStatus.CANCELLED
    may_check_in = enrolment.status == EnrolmentStatus.CONFIRMED and open_meeting_of(enrolment, clock.now()) is not None
    return {"token": enrolment.token, "may_check_in": may_check_in, "asks_for_number": is_in and session.is_accredited}
