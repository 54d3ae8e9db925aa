"""Queries of sessions. Dates and seats are computed, never stored twice."""

import datetime
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, F, Max, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from core.languages import current_language
from trainings.enums import EnrolmentStatus, SessionKind, SessionStatus
from trainings.querysets.places import COLUMNS, places_left


def _rows_of(model: str) -> Any:
    """The rows of one session in another table, to be counted in a subquery. By name: models import this file."""
    return apps.get_model("trainings", model).objects.filter(session=OuterRef("pk")).order_by().values("session")


class SessionQuerySet(models.QuerySet):
    """Sessions; `with_dates()` adds `starts_at` and `ends_at`, `with_seats()` the counts and `free_seats`."""

    def with_dates(self) -> Self:
        meetings = _rows_of("Meeting")
        return self.annotate(
            starts_at=Subquery(meetings.annotate(first=Min("starts_at")).values("first")),
            ends_at=Subquery(meetings.annotate(last=Max("ends_at")).values("last")),
        )

    def with_seats(self) -> Self:
        enrolments = _rows_of("Enrolment")

        def count(status: str) -> Coalesce:
            return Coalesce(Subquery(enrolments.annotate(n=Count("pk", filter=Q(status=status))).values("n")), 0)

        counts = {
            "confirmed_count": count(EnrolmentStatus.CONFIRMED),
            "offered_count": count(EnrolmentStatus.OFFERED),
            "waiting_count": count(EnrolmentStatus.WAITING),
        }
        return self.annotate(**counts).annotate(free_seats=F("capacity") - F("confirmed_count") - F("offered_count"))

    def with_rolls_due(self, before: datetime.datetime) -> Self:
        """Adds `rolls_due`: how many meetings begin `before` and have no closed roll call. A draft or cancelled session has none."""
        meetings = _rows_of("Meeting")
        due = meetings.filter(
            starts_at__lt=before, roll_closed_at=None, session__status__in=(SessionStatus.PUBLISHED, SessionStatus.CLOSED)
        )
        return self.annotate(rolls_due=Coalesce(Subquery(due.annotate(n=Count("pk")).values("n")), 0))

    def next_first(self, now: datetime.datetime) -> Self:
        """What is still to come, soonest first, then what is over, latest first. Undated drafts close the first part."""
        dated = self.with_dates().annotate(is_over=Case(When(ends_at__lt=now, then=Value(1)), default=Value(0)))
        to_come = Case(When(is_over=0, then=F("starts_at")))
        return dated.order_by("is_over", to_come.asc(nulls_last=True), F("starts_at").desc(nulls_last=True), "pk")

    def published(self) -> Self:
        return self.filter(status=SessionStatus.PUBLISHED)

    def visible(self) -> Self:
        """All but drafts: what was once announced stays explained."""
        return self.exclude(status=SessionStatus.DRAFT)

    def upcoming(self, now: datetime.datetime) -> Self:
        """Published sessions whose first meeting is still to come, soonest first."""
        return self.published().with_dates().filter(starts_at__gt=now).order_by("starts_at", "pk")

    def open_for_enrolment(self, now: datetime.datetime) -> Self:
        """Upcoming sessions one can still enrol in, full ones (waiting list) included."""
        return self.upcoming(now).filter(Q(enrolment_closes_at__isnull=True) | Q(enrolment_closes_at__gt=now))

    def in_catalogue(self) -> Self:
        """Those the public finds by itself: open sessions of a module. In-house ones are reached by their link only."""
        return self.filter(kind=SessionKind.OPEN_TRAINING, module__isnull=False)

    def with_seats_left(self) -> Self:
        """Adds `seats_left`, what a newcomer can have where no rule says more: while anybody waits for it, a freed seat is theirs.

        What pages say is measured by the rules: `trainings.querysets.places`.
        """
        in_line = _rows_of("Enrolment").filter(status=EnrolmentStatus.WAITING, is_held_back=False)
        left = Case(When(Exists(in_line), then=0), default=Greatest(F("free_seats"), 0))
        return self.with_seats().annotate(seats_left=left)

    def catalogue_rows(self, now: datetime.datetime) -> list[dict[str, Any]]:
        """Lean rows of the sessions one can enrol in, soonest first, with `places`: three queries at most, however many there are."""
        meetings = _rows_of("Meeting")
        is_dutch = current_language() == "nl"
        facts = (
            *("module_id", "language", "delivery", "starts_at", "ends_at", "enrolment_closes_at"),
            *("meeting_count", "municipality"),
        )
        rows = (
            self.in_catalogue()
            .open_for_enrolment(now)
            .with_seats_left()
            .annotate(
                meeting_count=Subquery(meetings.annotate(n=Count("pk")).values("n")),
                municipality=F("venue__municipality_nl" if is_dutch else "venue__municipality_fr"),
            )
            .values(*COLUMNS, *facts, "venue__municipality_fr")
        )
        found = list(rows)
        places = places_left(found, now=now)
        return [row | {"places": places[row["pk"]]} for row in found]

    def for_module_page(self, now: datetime.datetime) -> Self:
        """The sessions a module page shows, soonest first, with meetings, venue and seats; `is_open` where one can still enrol."""
        return (
            self.in_catalogue()
            .upcoming(now)
            .with_seats_left()
            .annotate(is_open=Case(When(enrolment_closes_at__lte=now, then=False), default=True))
            .select_related("venue")
            .prefetch_related("meetings", "kept_sectors")
        )
