"""Filters of the subscribers' listings."""

from typing import ClassVar

import django_filters
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from core.languages import Language
from core.models import Theme
from newsletter.enums.subscribers import BounceChannel, BounceKind, LineOutcome, SubscriberStatus
from newsletter.models import Bounce, ReaderImportLine, Subscriber


class SubscriberFilterSet(WagtailFilterSet):
    """Subscribers."""

    status = django_filters.MultipleChoiceFilter(label=_("Status"), choices=SubscriberStatus.choices, widget=CheckboxSelectMultiple)
    language = django_filters.MultipleChoiceFilter(label=_("Language"), choices=Language.choices, widget=CheckboxSelectMultiple)
    themes = django_filters.ModelMultipleChoiceFilter(label=_("Themes"), queryset=Theme.objects.all(), widget=CheckboxSelectMultiple)
    created_at = django_filters.DateFromToRangeFilter(label=_("Known since"), widget=DateRangePickerWidget)

    class Meta:
        model = Subscriber
        fields: ClassVar = ["status", "language", "themes", "created_at"]


class BounceFilterSet(WagtailFilterSet):
    """Returned mails."""

    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=BounceKind.choices, widget=CheckboxSelectMultiple)
    channel = django_filters.MultipleChoiceFilter(label=_("Heard from"), choices=BounceChannel.choices, widget=CheckboxSelectMultiple)
    at = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)

    class Meta:
        model = Bounce
        fields: ClassVar = ["kind", "channel", "at"]


class LineFilterSet(WagtailFilterSet):
    """Lines of an import."""

    outcome = django_filters.MultipleChoiceFilter(label=_("Outcome"), choices=LineOutcome.choices, widget=CheckboxSelectMultiple)

    class Meta:
        model = ReaderImportLine
        fields: ClassVar = ["outcome"]
