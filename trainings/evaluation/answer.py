"""Answering an evaluation: kept with the ticket while it is not sent; sent, the answers leave it and belong to nobody."""

import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from trainings.enrolment.seats import lock_session
from trainings.evaluation.links import invited
from trainings.evaluation.window import is_open
from trainings.models import AnswerSet, Enrolment, EvaluationTicket, Questionnaire, QuestionnaireVersion
from trainings.questionnaires.answer import Answers, open_version_of


class CannotEvaluate(Exception):
    """Answered already, not yet or no longer open, or not asked of this person."""


def current_answers(enrolment: Enrolment, kind: str) -> AnswerSet:
    """What was answered so far, or an empty set that is not saved yet. Raises CannotEvaluate."""
    ticket = EvaluationTicket.objects.select_related("draft__version").filter(enrolment=enrolment, kind=kind).first()
    if ticket and ticket.is_used:
        raise CannotEvaluate
    return ticket.draft if ticket and ticket.draft else AnswerSet(version=_version(kind))


def _version(kind: str) -> QuestionnaireVersion:
    questionnaire = Questionnaire.objects.open().filter(purpose=kind).first()
    if questionnaire is None:
        raise CannotEvaluate
    return open_version_of(questionnaire)


@transaction.atomic
def save_evaluation(*, enrolment: Enrolment, kind: str, answers: Answers, now: datetime.datetime) -> None:
    """Keeps them with the ticket until they are sent. Raises CannotEvaluate."""
    ticket = _ticket(enrolment, kind, now)
    draft = ticket.draft or AnswerSet(version=_version(kind))
    draft.answers, draft.saved_on = answers, localdate(now)
    draft.save()
    ticket.draft = draft
    ticket.save(update_fields=["draft"])


@transaction.atomic
def submit_evaluation(*, enrolment: Enrolment, kind: str, answers: Answers, now: datetime.datetime) -> None:
    """Writes a new set of answers that names the session and the day, and nothing else. Raises CannotEvaluate."""
    ticket = _ticket(enrolment, kind, now)
    draft = ticket.draft
    ticket.draft, ticket.is_used = None, True
    ticket.save(update_fields=["draft", "is_used"])
    version = draft.version if draft else _version(kind)
    if draft:
        draft.delete()
    AnswerSet.objects.create(version=version, session_id=enrolment.session_id, answers=answers, submitted_on=localdate(now))


def _ticket(enrolment: Enrolment, kind: str, now: datetime.datetime) -> EvaluationTicket:
    """The ticket, if it can be used. The session is locked first, as whoever closes the evaluation does."""
    session = lock_session(enrolment.session_id)
    ticket, _is_new = EvaluationTicket.objects.select_related("draft__version").get_or_create(enrolment=enrolment, kind=kind)
    asked = invited(Enrolment.objects.filter(pk=enrolment.pk), kind).exists()
    if ticket.is_used or not asked or not is_open(session, kind, now):
        raise CannotEvaluate
    return ticket


def forget_drafts(tickets: QuerySet[EvaluationTicket]) -> None:
    """Erases tickets with what was not sent yet. What was sent is nobody's: it stays."""
    drafts = list(tickets.exclude(draft=None).values_list("draft", flat=True))
    tickets.delete()
    AnswerSet.objects.filter(pk__in=drafts).delete()
