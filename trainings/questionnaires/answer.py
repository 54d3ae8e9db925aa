"""Answering a questionnaire by link: opened once, saved as often as somebody likes, sent once."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from trainings.models import AnswerSet, Questionnaire, QuestionnaireVersion

# Question key: what was answered, as JSON keeps it.
type Answers = dict[str, Any]


class NothingToAnswer(Exception):
    """No version of the questionnaire is open."""


class AlreadySent(Exception):
    """What was sent is not changed any more."""


def open_version_of(questionnaire: Questionnaire) -> QuestionnaireVersion:
    """The version people answer now. Raises NothingToAnswer."""
    version = QuestionnaireVersion.objects.open().filter(questionnaire=questionnaire).first()
    if version is None:
        raise NothingToAnswer
    return version


def open_answer_set(questionnaire: Questionnaire, *, language: str, about: str) -> AnswerSet:
    """An empty set of answers to the open version, with the `token` of its link. `about` says what for, as in `request:12`."""
    return AnswerSet.objects.create(version=open_version_of(questionnaire), language=language, about=about)


@transaction.atomic
def save_answers(*, answer_set: AnswerSet, answers: Answers, now: datetime.datetime) -> AnswerSet:
    """Keeps what was answered so far. Raises AlreadySent."""
    locked = _lock(answer_set)
    locked.answers, locked.saved_on = answers, localdate(now)
    locked.save(update_fields=["answers", "saved_on"])
    return locked


@transaction.atomic
def submit_answers(*, answer_set: AnswerSet, answers: Answers, now: datetime.datetime) -> AnswerSet:
    """Sends them, for good. Raises AlreadySent."""
    locked = _lock(answer_set)
    locked.answers, locked.saved_on, locked.submitted_on = answers, localdate(now), localdate(now)
    locked.save(update_fields=["answers", "saved_on", "submitted_on"])
    return locked


@transaction.atomic
def forget_answers(*, about: str) -> int:
    """Erases all answers about something, sent or not; how many sets."""
    return AnswerSet.objects.filter(about=about).delete()[0]


def _lock(answer_set: AnswerSet) -> AnswerSet:
    locked = AnswerSet.objects.select_for_update().get(pk=answer_set.pk)
    if locked.is_submitted:
        raise AlreadySent
    return locked
