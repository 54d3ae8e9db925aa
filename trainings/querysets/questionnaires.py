"""Reads of questionnaires and their versions."""

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery


class VersionQuerySet(models.QuerySet):
    """Versions of questionnaires."""

    def open(self) -> Self:
        return self.filter(opened_at__isnull=False, retired_at=None)

    def drafts(self) -> Self:
        return self.filter(opened_at=None)

    def with_counts(self) -> Self:
        """Adds `question_count` and `answer_count`, of answers that were sent."""
        return self.annotate(
            question_count=Count("questions", distinct=True),
            answer_count=Count("answer_sets", filter=Q(answer_sets__submitted_on__isnull=False), distinct=True),
        )


class QuestionnaireQuerySet(models.QuerySet):
    """Questionnaires."""

    def open(self) -> Self:
        """Those that can be answered."""
        return self.filter(versions__opened_at__isnull=False, versions__retired_at=None)

    def with_open_version(self) -> Self:
        """Adds `open_number`, the version people answer now."""
        versions: Any = apps.get_model("trainings", "QuestionnaireVersion").objects
        return self.annotate(open_number=Subquery(versions.open().filter(questionnaire=OuterRef("pk")).values("number")[:1]))
