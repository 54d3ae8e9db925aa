"""The questionnaires of the demo, without the rest of it."""

import datetime

import pytest
from django.utils import timezone

from demo.builders.trainings_evaluation import build_evaluations
from tests.trainings.factories import EnrolmentFactory, SessionFactory
from trainings.evaluation.results import Scope, results
from trainings.models import QuestionnaireVersion
from trainings.questionnaires.completeness import missing_words

pytestmark = pytest.mark.django_db


def test_each_is_complete_in_three_languages_and_a_past_session_has_results() -> None:
    session = SessionFactory(first_meeting_at=timezone.now() - datetime.timedelta(days=30))
    session.meetings.update(roll_closed_at=timezone.now())
    EnrolmentFactory.create_batch(9, session=session)
    build_evaluations()
    assert [missing_words(version) for version in QuestionnaireVersion.objects.open()] == [[]] * 4
    found = results(Scope(kind="hot", session=session.pk))
    assert found.counted == 6
    assert all(each.count for each in found.questions)
