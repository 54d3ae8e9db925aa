"""Filters of the listings."""

import datetime
from typing import ClassVar

import django_filters
from django.db.models import Q, QuerySet
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from cartography.directory.freshness import FRESH, HUMAN_LOOK, months_before
from cartography.enums import PlaceStatus, Practice, Region, SubmissionKind, SubmissionStatus
from cartography.models import Place, Submission
from core import clock
from core.models import Sector

AGES = [
    ("fresh", _("checked in the last 12 months")),
    ("old", _("12 to 18 months")),
    ("look", _("more than 18 months: look and decide")),
    ("never", _("never checked")),
]
YES_NO = [("yes", _("yes")), ("no", _("no"))]


class PlaceFilterSet(WagtailFilterSet):
    """Places."""

    status = django_filters.MultipleChoiceFilter(label=_("Status"), choices=PlaceStatus.choices, widget=CheckboxSelectMultiple)
    age = django_filters.ChoiceFilter(label=_("Last checked"), choices=AGES, method="by_age", empty_label=_("All"), widget=RadioSelect)
    region = django_filters.MultipleChoiceFilter(label=_("Region"), choices=Region.choices, widget=CheckboxSelectMultiple)
    sector = django_filters.ModelMultipleChoiceFilter(label=_("Sector"), queryset=Sector.objects.all(), widget=CheckboxSelectMultiple)
    practice = django_filters.ChoiceFilter(
        label=_("Peer practice"), choices=Practice.choices, method="by_practice", empty_label=_("All"), widget=RadioSelect
    )
    verified = django_filters.ChoiceFilter(
        label=_("Municipality verified"), choices=YES_NO, method="by_verified", empty_label=_("All"), widget=RadioSelect
    )
    point = django_filters.ChoiceFilter(
        label=_("Point of the address"),
        choices=[("placed", _("placed")), ("to_place", _("to be placed"))],
        method="by_point",
        empty_label=_("All"),
        widget=RadioSelect,
    )
    example = django_filters.ChoiceFilter(label=_("Example"), choices=YES_NO, method="by_example", empty_label=_("All"), widget=RadioSelect)

    class Meta:
        model = Place
        fields: ClassVar = ["status", "age", "region", "sector", "practice", "verified", "point", "example"]

    def by_age(self, rows: QuerySet[Place], name: str, value: str) -> QuerySet[Place]:
        today: datetime.date = clock.today()
        fresh, look = months_before(today, FRESH), months_before(today, HUMAN_LOOK)
        wanted = {
            "fresh": Q(checked_on__gte=fresh),
            "old": Q(checked_on__lt=fresh, checked_on__gte=look),
            "look": Q(checked_on__lt=look),
            "never": Q(checked_on=None),
        }
        return rows.filter(wanted[value])

    def by_practice(self, rows: QuerySet[Place], name: str, value: str) -> QuerySet[Place]:
        # The codes are plain words in a list kept as text: the quotes keep `open` from being part of another one. The same on SQLite.
        return rows.filter(practices__icontains=f'"{value}"')

    def by_verified(self, rows: QuerySet[Place], name: str, value: str) -> QuerySet[Place]:
        return rows.filter(is_location_verified=value == "yes")

    def by_point(self, rows: QuerySet[Place], name: str, value: str) -> QuerySet[Place]:
        return rows.filter(is_point_placed=True) if value == "placed" else rows.filter(pk__in=Place.objects.to_place())

    def by_example(self, rows: QuerySet[Place], name: str, value: str) -> QuerySet[Place]:
        return rows.filter(is_example=value == "yes")


class SubmissionFilterSet(WagtailFilterSet):
    """The queue."""

    status = django_filters.MultipleChoiceFilter(label=_("Status"), choices=SubmissionStatus.choices, widget=CheckboxSelectMultiple)
    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=SubmissionKind.choices, widget=CheckboxSelectMultiple)

    class Meta:
        model = Submission
        fields: ClassVar = ["status", "kind"]
