"""Filters of the listings."""

from typing import Any, ClassVar

import django_filters
from django.db.models import Exists, OuterRef
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from core.models import Programme
from publications.enums import EditionStatus, FileState, Kind, OrderStatus, Purpose
from publications.models import Edition, EditionFile, PaperOrder, Series, Work


class WorkFilterSet(WagtailFilterSet):
    """Works."""

    series = django_filters.ModelChoiceFilter(label=_("Series"), queryset=Series.objects.all())
    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=Kind.choices, widget=CheckboxSelectMultiple)
    programme = django_filters.MultipleChoiceFilter(label=_("Programme"), choices=Programme.choices, widget=CheckboxSelectMultiple)
    withdrawn = django_filters.BooleanFilter(label=_("Withdrawn"), field_name="withdrawn_on", lookup_expr="isnull", exclude=True)

    class Meta:
        model = Work
        fields: ClassVar = ["series", "kind", "programme", "withdrawn"]


class EditionFilterSet(WagtailFilterSet):
    """Editions: also by what is to be done."""

    status = django_filters.MultipleChoiceFilter(label=_("Status"), choices=EditionStatus.choices, widget=CheckboxSelectMultiple)
    due = django_filters.ChoiceFilter(
        label=_("To do"),
        choices=[
            ("low", _("few copies left")),
            ("deposit", _("legal deposit to send")),
            ("untagged", _("file not made for screen readers")),
            ("refused", _("latest file refused")),
            ("checked", _("file to look at and offer")),
        ],
        method="with_something_to_do",
        empty_label=_("All"),
        widget=RadioSelect,
    )

    class Meta:
        model = Edition
        fields: ClassVar = ["status", "due"]

    def with_something_to_do(self, rows: Any, name: str, value: str) -> Any:
        newest = EditionFile.objects.filter(edition=OuterRef("pk")).order_by("-number").values("state")[:1]
        match value:
            case "low":
                return rows.running_low()
            case "deposit":
                return rows.printed().filter(deposited_on=None)
            case "untagged":
                return rows.filter(current_file__is_tagged=False)
            case "checked":
                return rows.filter(Exists(EditionFile.objects.filter(edition=OuterRef("pk"), state=FileState.CHECKED)))
        return rows.annotate(newest=newest).filter(newest=FileState.REFUSED)


class OrderFilterSet(WagtailFilterSet):
    """Orders. Names and addresses are searched, never filters."""

    status = django_filters.MultipleChoiceFilter(label=_("Status"), choices=OrderStatus.choices, widget=CheckboxSelectMultiple)
    edition = django_filters.ModelChoiceFilter(label=_("Edition"), queryset=Edition.objects.filter(is_orderable=True))
    purpose = django_filters.MultipleChoiceFilter(label=_("Purpose"), choices=Purpose.choices, widget=CheckboxSelectMultiple)
    created_at = django_filters.DateFromToRangeFilter(label=_("Ordered"), widget=DateRangePickerWidget)

    class Meta:
        model = PaperOrder
        fields: ClassVar = ["status", "edition", "purpose", "created_at"]
