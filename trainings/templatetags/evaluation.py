"""What a page about one enrolment offers for its evaluation."""

from typing import Any

from django import template

from core import clock
from trainings.enums import EnrolmentStatus, Phase, SessionStatus
from trainings.evaluation.links import evaluation_link, has_answered, sign
from trainings.evaluation.team_lead import can_name
from trainings.evaluation.window import is_open
from trainings.models import Enrolment
from trainings.models.questionnaires import Purpose

register = template.Library()


@register.inclusion_tag("trainings/parts/evaluation_doors.html")
def evaluation_doors(enrolment: Enrolment) -> dict[str, Any]:
    """The evaluation that can be answered now, and the team lead. No query for a session that is not over."""
    now, session = clock.now(), enrolment.session
    is_over = session.phase(now) == Phase.OVER and session.status != SessionStatus.CANCELLED
    if not is_over or enrolment.status != EnrolmentStatus.CONFIRMED:
        return {"links": []}
    kinds = [kind for kind in (Purpose.HOT, Purpose.COLD) if is_open(session, kind, now) and evaluation_link(enrolment, kind)]
    links = [sign(enrolment, kind) for kind in kinds if not has_answered(enrolment, kind)]
    return {"links": links, "enrolment": enrolment, "can_name_lead": can_name(enrolment, now)}
