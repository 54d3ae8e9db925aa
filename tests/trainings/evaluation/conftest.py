"""People of the back-office, as its tests have them; and what is written by several connections at once."""

from collections.abc import Iterator

import pytest

from tests.databases import committing
from tests.trainings.backoffice.conftest import as_trainer, coordinator, trainer
from tests.trainings.conftest import WRITTEN
from trainings.models import AnswerSet, EvaluationRound, EvaluationTicket, Question, Questionnaire, QuestionnaireVersion

__all__ = ["as_trainer", "coordinator", "trainer"]


@pytest.fixture
def all_committed(db: None) -> Iterator[None]:
    """What the test writes is seen by every thread."""
    tables = (EvaluationTicket, AnswerSet, EvaluationRound, Question, QuestionnaireVersion, Questionnaire)
    with committing(*tables, *WRITTEN):
        yield
