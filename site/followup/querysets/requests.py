"""Requests: what they were on a day, and which team each is about."""

import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from followup.enums import OPEN_REQUESTS, RequestStatus


def team_code(prefix: str = "") -> Any:
    """The team a request is about, in the database: its organisation, or the name as typed, and its service. Empty: nobody wrote which.

    A code, readable where the name was typed: `o12`, `o12-logement`, `t-maison-exemple`.
    """
    organisation, typed, service = F(f"{prefix}organisation_id"), F(f"{prefix}organisation_key"), F(f"{prefix}service_key")
    whole = Case(
        When(Q(**{f"{prefix}organisation__isnull": False}), then=Concat(Value("o"), Cast(organisation, models.CharField()))),
        When(~Q(**{f"{prefix}organisation_key": ""}), then=Concat(Value("t-"), typed)),
        default=Value(""),
        output_field=models.CharField(),
    )
    part = Case(
        When(Q(**{f"{prefix}service_key": ""}), then=Value("")), default=Concat(Value("-"), service), output_field=models.CharField()
    )
    return Concat(whole, part, output_field=models.CharField())


class RequestQuerySet(models.QuerySet):
    """Requests."""

    def open(self) -> Any:
        """Those something is still to be decided of."""
        return self.filter(status__in=OPEN_REQUESTS)

    def received_in(self, first: datetime.date, last: datetime.date) -> Any:
        """Those of these days, both included."""
        return self.filter(received_on__gte=first, received_on__lte=last)

    def with_status_before(self, moment: datetime.datetime) -> Any:
        """Each with the status it had then (`status_then`), whatever came after."""
        steps = apps.get_model("followup.RequestTransition").objects.filter(request=OuterRef("pk"), at__lt=moment).order_by("-at", "-pk")
        status_then = Coalesce(Subquery(steps.values("to_status")[:1]), Value(RequestStatus.RECEIVED.value))
        return self.annotate(status_then=status_then)

    def with_team_code(self) -> Any:
        """Each with the code of its team."""
        return self.annotate(team_code=team_code())
