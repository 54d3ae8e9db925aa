"""Queries of enrolments."""

from typing import Self

from django.db import models

from trainings.enums import ACTIVE, EnrolmentStatus


class EnrolmentQuerySet(models.QuerySet):
    """Enrolments."""

    def known(self) -> Self:
        """Those whose person is not forgotten yet."""
        return self.filter(erased_at=None)

    def active(self) -> Self:
        return self.filter(status__in=ACTIVE)

    def confirmed(self) -> Self:
        return self.filter(status=EnrolmentStatus.CONFIRMED)

    def waiting(self) -> Self:
        """Those on the list, the longest waiting first."""
        return self.filter(status=EnrolmentStatus.WAITING).order_by("queued_at", "pk")
