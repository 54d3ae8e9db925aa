"""Queries of enrolments."""

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models.functions import Coalesce

from trainings.enums import ACTIVE, ATTENDED, HOLDING, EnrolmentStatus
from trainings.seats.rules import FACTS


class EnrolmentQuerySet(models.QuerySet):
    """Enrolments."""

    def known(self) -> Self:
        """Those whose person is not forgotten yet."""
        return self.filter(erased_at=None)

    def active(self) -> Self:
        return self.filter(status__in=ACTIVE)

    def confirmed(self) -> Self:
        return self.filter(status=EnrolmentStatus.CONFIRMED)

    def holding(self) -> Self:
        """Those who hold a seat: confirmed, or offered one that still waits for an answer."""
        return self.filter(status__in=HOLDING)

    def offered(self) -> Self:
        return self.filter(status=EnrolmentStatus.OFFERED)

    def waiting(self) -> Self:
        """Those on the list, the longest waiting first."""
        return self.filter(status=EnrolmentStatus.WAITING).order_by("queued_at", "pk")

    def seat_facts(self, *more: str) -> Any:
        """Lean rows of those who hold a seat or are in line for one, the longest waiting first (trainings.seats)."""
        taken = models.Q(status__in=HOLDING)
        in_line = models.Q(status=EnrolmentStatus.WAITING, is_held_back=False)
        return self.filter(taken | in_line).order_by("queued_at", "pk").values_list(*FACTS, *more)

    def with_attendance(self) -> Self:
        """Adds `session_starts_at`, `meeting_count`, `meetings_attended` and `minutes_attended`."""
        meetings = apps.get_model("trainings", "Meeting").objects.filter(session=models.OuterRef("session")).order_by().values("session")
        attended = apps.get_model("trainings", "Attendance").objects.filter(enrolment=models.OuterRef("pk"), status__in=ATTENDED)
        marks = attended.order_by().values("enrolment")
        return self.annotate(
            session_starts_at=models.Subquery(meetings.annotate(first=models.Min("starts_at")).values("first")),
            meeting_count=Coalesce(models.Subquery(meetings.annotate(n=models.Count("pk")).values("n")), 0),
            meetings_attended=Coalesce(models.Subquery(marks.annotate(n=models.Count("pk")).values("n")), 0),
            minutes_attended=Coalesce(models.Subquery(marks.annotate(n=models.Sum("minutes")).values("n")), 0),
        )

    def with_access_needs(self) -> Self:
        """Those who told of something to arrange. What it is stays with the trainers of their session."""
        return self.exclude(access_needs="")
