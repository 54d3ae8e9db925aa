"""Filters of the listings about money."""

from typing import Any, ClassVar

import django_filters
from django.db.models import F, Q, QuerySet
from django.forms import RadioSelect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from core import clock
from trainings.models import BankLine, PaymentRequest

STANDINGS = [
    ("open", _("open")),
    ("overdue", _("overdue")),
    ("partly", _("paid in part")),
    ("paid", _("paid")),
    ("back", _("to give back")),
]
WORK = [("to_settle", _("to settle")), ("settled", _("settled"))]


class PaymentRequestFilterSet(WagtailFilterSet):
    """Payment requests by where they stand and by day."""

    standing = django_filters.ChoiceFilter(
        label=_("Status"), choices=STANDINGS, method="by_standing", empty_label=_("All"), widget=RadioSelect
    )
    issued_at = django_filters.DateFromToRangeFilter(label=_("Issued"), widget=DateRangePickerWidget)
    due_on = django_filters.DateFromToRangeFilter(label=_("To be paid by"), widget=DateRangePickerWidget)

    class Meta:
        model = PaymentRequest
        fields: ClassVar = ["standing", "issued_at", "due_on"]

    def by_standing(self, rows: QuerySet[PaymentRequest], name: str, value: str) -> QuerySet[PaymentRequest]:
        wanted = {
            "open": Q(balance__gt=0),
            "overdue": Q(balance__gt=0, due_on__lt=clock.today()),
            "partly": Q(balance__gt=0, paid__gt=0),
            "paid": Q(balance=0, paid__gt=0),
            "back": Q(balance__lt=0),
        }
        return rows.filter(wanted[value])


class TransferFilterSet(WagtailFilterSet):
    """Transfers: what is still to settle first."""

    work = django_filters.ChoiceFilter(label=_("Work"), choices=WORK, method="by_work", empty_label=_("All"), widget=RadioSelect)
    booked_on = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)

    class Meta:
        model = BankLine
        fields: ClassVar = ["work", "booked_on"]

    def by_work(self, rows: QuerySet[BankLine], name: str, value: str) -> QuerySet[BankLine]:
        to_settle: Any = Q(amount_cents__gt=F("used"), settled_note="")
        return rows.filter(to_settle if value == "to_settle" else ~to_settle)
