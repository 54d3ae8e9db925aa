"""Filters of the subscribers' listings."""

from typing import ClassVar

import django_filters
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from core.languages import IN_THE_READERS_LANGUAGE
from core.models import Theme
from newsletter.enums.bounces import BounceChannel, BounceKind, BounceReason
from newsletter.enums.subscribers import LineOutcome, SubscriberStatus
from newsletter.models import Bounce, Reply, Subscriber, SubscriberImportLine


class SubscriberFilterSet(WagtailFilterSet):
    """Subscribers."""

    status = django_filters.MultipleChoiceFilter(label=_("Status"), choices=SubscriberStatus.choices, widget=CheckboxSelectMultiple)
    language = django_filters.MultipleChoiceFilter(label=_("Language"), choices=IN_THE_READERS_LANGUAGE, widget=CheckboxSelectMultiple)
    themes = django_filters.ModelMultipleChoiceFilter(label=_("Themes"), queryset=Theme.objects.all(), widget=CheckboxSelectMultiple)
    created_at = django_filters.DateFromToRangeFilter(label=_("Known since"), widget=DateRangePickerWidget)

    class Meta:
        model = Subscriber
        fields: ClassVar = ["status", "language", "themes", "created_at"]


class BounceFilterSet(WagtailFilterSet):
    """Bounces."""

    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=BounceKind.choices, widget=CheckboxSelectMultiple)
    reason = django_filters.MultipleChoiceFilter(label=_("Why"), choices=BounceReason.choices, widget=CheckboxSelectMultiple)
    channel = django_filters.MultipleChoiceFilter(label=_("Heard from"), choices=BounceChannel.choices, widget=CheckboxSelectMultiple)
    at = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)

    class Meta:
        model = Bounce
        fields: ClassVar = ["kind", "reason", "channel", "at"]


class ReplyFilterSet(WagtailFilterSet):
    """Replies."""

    asks_to_leave = django_filters.BooleanFilter(label=_("asks to leave"))
    to_be_read = django_filters.BooleanFilter(label=_("to be read"), field_name="done_at", lookup_expr="isnull")
    at = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)

    class Meta:
        model = Reply
        fields: ClassVar = ["asks_to_leave", "to_be_read", "at"]


class LineFilterSet(WagtailFilterSet):
    """Lines of an import."""

    outcome = django_filters.MultipleChoiceFilter(label=_("Outcome"), choices=LineOutcome.choices, widget=CheckboxSelectMultiple)

    class Meta:
        model = SubscriberImportLine
        fields: ClassVar = ["outcome"]
