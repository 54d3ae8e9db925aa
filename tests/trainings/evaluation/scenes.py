"""What stories of evaluations begin with: an open questionnaire, and sessions whose people have answered."""

import datetime
from typing import Any

from django.utils import timezone

from tests.trainings.factories import EnrolmentFactory, SessionFactory
from tests.trainings.questionnaires.factories import QuestionFactory, QuestionnaireFactory, QuestionnaireVersionFactory
from trainings.evaluation.answer import submit_evaluation
from trainings.evaluation.close import close_evaluation
from trainings.models import Enrolment, EvaluationRound, Question, Questionnaire, Session

DAY = datetime.timedelta(days=1)
THREE_HOURS = datetime.timedelta(hours=3)


def make_questionnaire(purpose: str = "hot") -> tuple[Question, Question]:
    """An open one with a scale that must be answered, and room for a remark."""
    questionnaire = Questionnaire.objects.filter(purpose=purpose).first() or QuestionnaireFactory(purpose=purpose)
    version = QuestionnaireVersionFactory(questionnaire=questionnaire, is_open=True)
    scale = QuestionFactory(version=version, text_fr="Était-ce utile ?", text_nl="Was het nuttig?", is_required=True, sort_order=0)
    remark = QuestionFactory(version=version, kind="long_text", text_fr="Vos remarques", text_nl="Uw opmerkingen", sort_order=1)
    return scale, remark


def past_session(*, days_ago: int = 1, **facts: Any) -> Session:
    """Its only meeting ended so many days ago."""
    trainers = facts.pop("trainers", ())
    session: Session = SessionFactory(first_meeting_at=timezone.now() - days_ago * DAY - THREE_HOURS, **facts)
    session.trainers.set(trainers)
    return session


def people(session: Session, count: int) -> list[Enrolment]:
    return EnrolmentFactory.create_batch(count, session=session)


def answered(session: Session, *scores: int, questions: tuple[Question, Question], remark: str = "", kind: str = "hot") -> list[Enrolment]:
    """So many people answered, each with a score."""
    scale, remarks = questions
    enrolments = people(session, len(scores))
    for enrolment, score in zip(enrolments, scores, strict=True):
        answers = {scale.key: score} | ({remarks.key: remark} if remark else {})
        submit_evaluation(enrolment=enrolment, kind=kind, answers=answers, now=timezone.now())
    return enrolments


def closed(session: Session, kind: str = "hot") -> EvaluationRound:
    return close_evaluation(session=session, kind=kind, now=timezone.now())
