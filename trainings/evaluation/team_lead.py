"""The participant names her team lead, or takes that back. Nobody is written to without it."""

import datetime

from django.db import transaction

from trainings.enrolment.seats import lock_session
from trainings.evaluation.answer import forget_drafts
from trainings.evaluation.window import is_closed, window_of
from trainings.models import Enrolment, EvaluationTicket, TeamLead
from trainings.models.questionnaires import Purpose


class TooLate(Exception):
    """The evaluation by team leads is over."""


def can_name(enrolment: Enrolment, now: datetime.datetime) -> bool:
    """Until the evaluation by team leads is closed."""
    window = window_of(enrolment.session, Purpose.LEAD)
    return bool(window and now < window.closes_at) and not is_closed(enrolment.session, Purpose.LEAD)


@transaction.atomic
def name_team_lead(*, enrolment: Enrolment, name: str, email: str, now: datetime.datetime) -> None:
    """Keeps the address; an empty one takes it back, with what the team lead has not sent yet. Raises TooLate."""
    lock_session(enrolment.session_id)
    if not can_name(enrolment, now):
        raise TooLate
    if email:
        facts = {"name": name, "email": email, "language": enrolment.language, "agreed_at": now, "noted_by": None}
        TeamLead.objects.update_or_create(enrolment=enrolment, defaults=facts)
    else:
        TeamLead.objects.filter(enrolment=enrolment).delete()
        forget_drafts(EvaluationTicket.objects.filter(enrolment=enrolment, kind=Purpose.LEAD, is_used=False))
