"""Reads answers in words."""

import datetime
from typing import Any

from trainings.models import AnswerSet, Question
from trainings.models.questionnaires import CHOICES, QuestionKind


def answers_in_words(answer_set: AnswerSet) -> list[tuple[Question, str]]:
    """All questions in their order with what was answered, in the reader's language; an empty text where nothing was."""
    return [(question, answer_in_words(question, answer_set.answers.get(question.key))) for question in answer_set.version.questions.all()]


def answer_in_words(question: Question, value: Any) -> str:
    """One stored answer."""
    if value in (None, "", []):
        return ""
    if question.kind in {*CHOICES, QuestionKind.SCALE}:
        words = dict(question.choices)
        return ", ".join(words.get(each, str(each)) for each in (value if isinstance(value, list) else [value]))
    if question.kind == QuestionKind.DATE:
        return f"{datetime.date.fromisoformat(value):%d/%m/%Y}"
    return str(value)
