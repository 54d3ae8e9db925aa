"""Making a questionnaire, opening a version of it, beginning the next one. An opened version is never changed."""

import datetime
from enum import StrEnum, auto

from django.db import transaction

from trainings.models import Questionnaire, QuestionnaireVersion
from trainings.questionnaires.completeness import missing_words


class BuildRefusal(StrEnum):
    """Why a version is not changed or opened."""

    NOT_A_DRAFT = auto()
    INCOMPLETE = auto()
    HAS_DRAFT = auto()


class CannotBuild(Exception):
    """`reason` says why."""

    def __init__(self, reason: BuildRefusal) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def start_questionnaire(*, questionnaire: Questionnaire) -> QuestionnaireVersion:
    """Saves a new questionnaire with its first draft."""
    questionnaire.save()
    return questionnaire.versions.create(number=1, title_fr=questionnaire.name)


def lock_draft(version: QuestionnaireVersion) -> QuestionnaireVersion:
    """The version, locked, as long as nobody can have answered it. First in every write to its questions. Raises CannotBuild."""
    locked = QuestionnaireVersion.objects.select_for_update().get(pk=version.pk)
    if not locked.is_draft:
        raise CannotBuild(BuildRefusal.NOT_A_DRAFT)
    return locked


@transaction.atomic
def open_version(*, version: QuestionnaireVersion, now: datetime.datetime) -> QuestionnaireVersion:
    """People answer this one from now on; the one before is retired. Raises CannotBuild."""
    Questionnaire.objects.select_for_update().get(pk=version.questionnaire_id)
    draft = lock_draft(version)
    if missing_words(draft):
        raise CannotBuild(BuildRefusal.INCOMPLETE)
    QuestionnaireVersion.objects.open().filter(questionnaire=draft.questionnaire_id).update(retired_at=now)
    draft.opened_at = now
    draft.save(update_fields=["opened_at"])
    return draft


@transaction.atomic
def next_version(*, questionnaire: Questionnaire) -> QuestionnaireVersion:
    """A draft that begins as a copy of the latest version; its questions keep their keys. Raises CannotBuild."""
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    latest = questionnaire.versions.order_by("-number").prefetch_related("questions").first()
    if latest is not None and latest.is_draft:
        raise CannotBuild(BuildRefusal.HAS_DRAFT)
    if latest is None:
        return start_questionnaire(questionnaire=questionnaire)
    questions = list(latest.questions.all())
    words = {field.name: getattr(latest, field.name) for field in latest._meta.concrete_fields if field.name[:-3] in {"title", "intro"}}
    draft = QuestionnaireVersion.objects.create(questionnaire=questionnaire, number=latest.number + 1, **words)
    for question in questions:
        question.pk, question.version, question._state.adding = None, draft, True
        question.save()
    return draft
