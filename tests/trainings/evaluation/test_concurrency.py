"""Evaluations on real connections: pressed twice at once, and closed while people send."""

from collections.abc import Callable
from functools import partial

import pytest
from django.utils import timezone

from tests.concurrency import run_concurrently
from tests.trainings.evaluation.scenes import closed, make_questionnaire, past_session, people
from trainings.evaluation.answer import CannotEvaluate, submit_evaluation
from trainings.models import AnswerSet, Enrolment, EvaluationRound

pytestmark = pytest.mark.usefixtures("all_committed")


def sends(enrolment: Enrolment, key: str) -> bool:
    try:
        submit_evaluation(enrolment=enrolment, kind="hot", answers={key: 4}, now=timezone.now())
    except CannotEvaluate:
        return False
    return True


def test_a_link_opened_in_six_tabs_answers_once() -> None:
    scale, _remark = make_questionnaire()
    [enrolment] = people(past_session(), 1)
    assert sum(run_concurrently(*[partial(sends, enrolment, scale.key)] * 6)) == 1
    assert AnswerSet.objects.count() == 1


def test_what_is_sent_while_it_closes_is_counted_or_refused() -> None:
    """Never kept without being counted: the difference would be one person's answers."""
    scale, _remark = make_questionnaire()
    session = past_session()
    enrolments = people(session, 6)
    calls: list[Callable[[], object]] = [partial(sends, each, scale.key) for each in enrolments]
    calls.insert(3, partial(closed, session))
    run_concurrently(*calls)
    assert EvaluationRound.objects.get().answered == AnswerSet.objects.count()
