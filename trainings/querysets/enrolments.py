"""Reads of enrolments."""

from django.db import models

from trainings.enums import ACTIVE, EnrolmentStatus


class EnrolmentQuerySet(models.QuerySet):
    """Enrolments."""

    def known(self) -> "EnrolmentQuerySet":
        """Those whose person is not forgotten yet."""
        return self.filter(erased_at=None)

    def active(self) -> "EnrolmentQuerySet":
        return self.filter(status__in=ACTIVE)

    def confirmed(self) -> "EnrolmentQuerySet":
        return self.filter(status=EnrolmentStatus.CONFIRMED)

    def waiting(self) -> "EnrolmentQuerySet":
        """Those on the list, the longest waiting first."""
        return self.filter(status=EnrolmentStatus.WAITING).order_by("queued_at", "pk")
