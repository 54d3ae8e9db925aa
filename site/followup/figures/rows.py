"""The rows behind the figures of requests and files: figures and the lists they open are counted from these very querysets."""

from typing import Any

from django.db import models
from django.db.models import Case, F, Q, Value, When, Window
from django.db.models.functions import Cast, Concat, RowNumber
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.figures.definitions import Column, Rows
from core.figures.period import Scope
from followup.enums import Pillar
from followup.models import File, FileEvent, Request
from followup.querysets.files import VIEW_ANY_FILE
from followup.querysets.requests import team_code

VIEW_REQUESTS = "followup.view_request"


def received(scope: Scope) -> Any:
    """Requests of the period, each with the status it had at its end."""
    period = scope.period
    return Request.objects.received_in(period.first, period.last).with_status_before(period.ends)


def opened(scope: Scope) -> Any:
    """Files that were opened in the period, whenever they were asked for."""
    return File.objects.filter(opened_on__gte=scope.period.first, opened_on__lte=scope.period.last)


def carried(scope: Scope) -> Any:
    """Files of earlier days that were not over when the period began."""
    return File.objects.carried_into(scope.period.first)


def held(scope: Scope) -> Any:
    """What was done in the period."""
    return FileEvent.objects.filter(held_on__gte=scope.period.first, held_on__lte=scope.period.last)


def one_for_each_asker(requests: Any) -> Any:
    """One request for each team, the first of which the sector is known; who asks alone is somebody else each time.

    Each with `team_code`: empty where somebody asks alone.
    """
    asker = Case(
        When(team_code="", then=Concat(Value("r"), Cast("pk", models.CharField()))), default=F("team_code"), output_field=models.CharField()
    )
    known_first = Case(When(sector=None, then=Value(1)), default=Value(0))
    place = Window(RowNumber(), partition_by=F("asker"), order_by=[known_first, "received_on", "pk"])
    ranked = requests.with_team_code().annotate(asker=asker).annotate(place=place).filter(place=1)
    return Request.objects.filter(pk__in=ranked.values("pk")).with_team_code()


def asked_in(scope: Scope, pillar: Pillar) -> Any:
    """Requests of the period, and earlier ones whose file was not over when it began."""
    first, last = scope.period.first, scope.period.last
    goes_on = Q(file__opened_on__lt=first) & (Q(file__closed_on=None) | Q(file__closed_on__gte=first))
    return Request.objects.filter(Q(received_on__gte=first, received_on__lte=last) | goes_on, pillar=pillar)


def events_with_team(events: Any) -> Any:
    """Each with the code of the team it was for."""
    return events.annotate(team_code=team_code("file__request__"))


def request_rows(requests: Any) -> Rows:
    """A list of requests."""
    return Rows(
        queryset=requests.select_related("organisation", "sector"),
        columns=(
            Column(_("Reference"), lambda row: row.reference),
            Column(_("Team"), lambda row: row.asked_by),
            Column(_("Sector"), lambda row: row.sector or ""),
            Column(_("Received on"), lambda row: row.received_on),
            Column(_("Status"), lambda row: row.get_status_display()),
        ),
        permission=VIEW_REQUESTS,
        link=lambda row: reverse("followup_requests:inspect", args=[row.pk]),
    )


def file_rows(files: Any) -> Rows:
    """A list of files: for who directs."""
    return Rows(
        queryset=files.select_related("request__organisation", "request__sector"),
        columns=(
            Column(_("Reference"), lambda row: row.reference),
            Column(_("Team"), lambda row: row.request.asked_by),
            Column(_("Sector"), lambda row: row.request.sector or ""),
            Column(_("Opened on"), lambda row: row.opened_on),
            Column(_("Closed on"), lambda row: row.closed_on or ""),
        ),
        permission=VIEW_ANY_FILE,
        link=lambda row: reverse("followup_files:inspect", args=[row.pk]),
    )


def event_rows(events: Any) -> Rows:
    """A list of what was done: for who directs."""
    return Rows(
        queryset=events.select_related("file__request__organisation", "by"),
        columns=(
            Column(_("Day"), lambda row: row.held_on),
            Column(_("What"), lambda row: row.get_kind_display()),
            Column(_("Team"), lambda row: row.file.request.asked_by),
            Column(_("By"), lambda row: row.by or ""),
        ),
        permission=VIEW_ANY_FILE,
        link=lambda row: reverse("followup_files:inspect", args=[row.file_id]),
    )
