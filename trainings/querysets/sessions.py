"""Reads of sessions. Dates and seats are always computed, never stored twice."""

import datetime

from django.db import models
from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from trainings.enums import EnrolmentStatus, SessionStatus


class SessionQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Sessions; `with_dates()` adds `starts_at` and `ends_at`, `with_seats()` adds `confirmed_count`, `waiting_count`, `free_seats`."""

    def with_dates(self) -> "SessionQuerySet":
        meetings = self.model._meta.get_field("meetings").related_model.objects.filter(session=OuterRef("pk")).order_by().values("session")
        return self.annotate(
            starts_at=Subquery(meetings.annotate(first=Min("starts_at")).values("first")),
            ends_at=Subquery(meetings.annotate(last=Max("ends_at")).values("last")),
        )

    def with_seats(self) -> "SessionQuerySet":
        enrolments = self.model._meta.get_field("enrolments").related_model.objects.filter(session=OuterRef("pk")).order_by().values("session")

        def count(status: str) -> Coalesce:
            return Coalesce(Subquery(enrolments.annotate(n=Count("pk", filter=Q(status=status))).values("n")), 0)

        return self.annotate(confirmed_count=count(EnrolmentStatus.CONFIRMED), waiting_count=count(EnrolmentStatus.WAITING)).annotate(
            free_seats=F("capacity") - F("confirmed_count")
        )

    def published(self) -> "SessionQuerySet":
        return self.filter(status=SessionStatus.PUBLISHED)

    def upcoming(self, now: datetime.datetime) -> "SessionQuerySet":
        """Published sessions whose first meeting is still to come, soonest first."""
        return self.published().with_dates().filter(starts_at__gt=now).order_by("starts_at", "pk")

    def open_for_enrolment(self, now: datetime.datetime) -> "SessionQuerySet":
        """Upcoming sessions one can still enrol in, full ones (waiting list) included."""
        return self.upcoming(now).filter(Q(enrolment_closes_at__isnull=True) | Q(enrolment_closes_at__gt=now))
