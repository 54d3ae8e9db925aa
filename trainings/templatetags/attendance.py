"""What a participant is told of presence: what a certificate asks for, and the doors that are open just now."""

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


@register.filter
def can_check_in(enrolment: Enrolment) -> bool:
    """Whether this person can confirm now that she is there."""
    return enrolment.status == EnrolmentStatus.CONFIRMED and open_meeting_of(enrolment, clock.now()) is not None


@register.filter
def asks_for_number(enrolment: Enrolment) -> bool:
    """Whether a doctor can give her RIZIV/INAMI number."""
    session = enrolment.session
    return session.is_accredited and session.status != SessionStatus.CANCELLED and enrolment.status != EnrolmentStatus.CANCELLED
