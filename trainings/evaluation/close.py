"""Closing an evaluation: tickets, unfinished answers and addresses of team leads go; from then on it is counted."""

import datetime

from django.db import transaction
from django.db.models import Max, Q

from trainings.enrolment.seats import lock_session
from trainings.evaluation.answer import forget_drafts
from trainings.evaluation.links import invited
from trainings.evaluation.window import CLOSES, window_of
from trainings.models import AnswerSet, EvaluationRound, EvaluationTicket, Session, TeamLead
from trainings.models.questionnaires import EVALUATIONS, Purpose


class AlreadyClosed(Exception):
    """Somebody else, or the night, was quicker."""


class NotOpenYet(Exception):
    """Nobody could answer: closing it would mean that nobody ever can."""


@transaction.atomic
def close_evaluation(*, session: Session, kind: str, now: datetime.datetime) -> EvaluationRound:
    """Nobody can answer any more. Raises AlreadyClosed, NotOpenYet."""
    locked = lock_session(session.pk)
    if EvaluationRound.objects.filter(session=locked, kind=kind).exists():
        raise AlreadyClosed
    window = window_of(locked, kind)
    if window is None or now < window.opens_at:
        raise NotOpenYet
    answered = AnswerSet.objects.filter(session=locked, version__questionnaire__purpose=kind, submitted_on__isnull=False).count()
    latest = max((meeting.ends_at for meeting in locked.meetings.all()), default=now)
    round_ = EvaluationRound.objects.create(
        session=locked,
        kind=kind,
        closed_at=now,
        invited=max(invited(locked.enrolments.all(), kind).count(), answered),
        answered=answered,
        module=locked.module,
        year=latest.year,
        trainer_ids=sorted(locked.trainers.values_list("pk", flat=True)),
    )
    forget_drafts(EvaluationTicket.objects.filter(enrolment__session=locked, kind=kind))
    if kind == Purpose.LEAD:
        TeamLead.objects.filter(enrolment__session=locked).delete()
    return round_


def rounds_to_close(now: datetime.datetime) -> list[tuple[Session, str]]:
    """Evaluations whose time is over and that somebody began, or for which an address was given."""
    dated = Session.objects.annotate(last=Max("meetings__ends_at"))
    found: list[tuple[Session, str]] = []
    for kind in EVALUATIONS:
        begun = Q(pk__in=EvaluationTicket.objects.filter(kind=kind).values("enrolment__session"))
        if kind == Purpose.LEAD:
            begun |= Q(pk__in=TeamLead.objects.values("enrolment__session"))
        over = dated.filter(begun, last__lte=now - CLOSES[kind]).exclude(evaluation_rounds__kind=kind).order_by("last", "pk")
        found += [(session, kind) for session in over]
    return found


def close_due_evaluations(*, now: datetime.datetime) -> int:
    """Those of tonight; how many."""
    due = rounds_to_close(now)
    for session, kind in due:
        close_evaluation(session=session, kind=kind, now=now)
    return len(due)
