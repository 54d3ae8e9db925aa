"""Queries of cycles and of what stands in them; which programme a session counts for."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Case, F, Q, Value, When

from core.models.vocabulary import Programme
from trainings.enums import SessionKind, SessionStatus

CONNECTING = (SessionKind.INTERVISION, SessionKind.EXCHANGE_TABLE, SessionKind.STUDY_MORNING)


def programme_of(session: str = "") -> Any:
    """The programme a session counts for; `session`: the way to it, such as `session__`.

    Its own; else that of its cycle; else Housing First for a training of that programme's modules; else by its kind: trainings and
    supervisions belong to Support, what brings sectors together to Connect.
    """
    own, cycle = f"{session}programme", f"{session}cycle"
    return Case(
        When(~Q(**{own: ""}), then=F(own)),
        When(Q(**{f"{cycle}__isnull": False}), then=F(f"{cycle}__programme")),
        When(Q(**{f"{session}module__programme": Programme.HOUSING_FIRST}), then=Value(Programme.HOUSING_FIRST)),
        When(Q(**{f"{session}kind__in": CONNECTING}), then=Value(Programme.CONNECT)),
        default=Value(Programme.SUPPORT),
        output_field=models.CharField(),
    )


class CycleQuerySet(models.QuerySet):
    """Cycles."""

    def announced(self, today: datetime.date) -> Self:
        """Those that are not over and of which a group is told to the public."""
        told = Q(sessions__status__in=(SessionStatus.PUBLISHED, SessionStatus.CLOSED))
        return self.filter(told, last_day__gte=today).distinct().order_by("first_day", "pk")
