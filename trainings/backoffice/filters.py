"""Filters of the listings. A trainer sees only values of her own sessions."""

from typing import Any, ClassVar

import django_filters
from django.db.models import Q, QuerySet
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from core import clock
from core.languages import IN_THE_READERS_LANGUAGE
from core.models import Organisation, Programme, Sector
from trainings.backoffice.permissions import sees_any_session, sessions_for
from trainings.enums import EnrolmentStatus, SessionStatus
from trainings.models import Certificate, Enrolment, Meeting, Module, Session, Trainer

PERIODS = [("upcoming", _("to come")), ("running", _("under way")), ("past", _("over"))]
SEATS = [("free", _("free seats")), ("full", _("full")), ("claimed", _("a seat is free and somebody waits"))]
ROLLS = [("due", _("roll call to do"))]


class SessionChoiceField(django_filters.fields.ModelChoiceField):
    """Sessions of one module differ by their day."""

    def label_from_instance(self, obj: Session) -> str:
        starts_at = getattr(obj, "starts_at", None)
        day = date_format(localtime(starts_at), "SHORT_DATE_FORMAT") if starts_at else "–"
        return f"{obj.name}, {day} ({obj.reference})"


class SessionChoiceFilter(django_filters.ModelChoiceFilter):
    """A session by name and day."""

    field_class = SessionChoiceField


def sessions_meeting(days: slice) -> Any:
    """The sessions with a meeting that begins in these days; either end may be open."""
    meetings = Meeting.objects.order_by()
    if days.start:
        meetings = meetings.filter(starts_at__gte=days.start)
    if days.stop:
        meetings = meetings.filter(starts_at__lte=days.stop)
    return meetings.values("session")


class SessionFilterSet(WagtailFilterSet):
    """Sessions."""

    status = django_filters.MultipleChoiceFilter(label=_("Status"), choices=SessionStatus.choices, widget=CheckboxSelectMultiple)
    period = django_filters.ChoiceFilter(label=_("Period"), choices=PERIODS, method="in_period", empty_label=_("All"), widget=RadioSelect)
    meets = django_filters.DateFromToRangeFilter(label=_("Meets between"), method="in_days", widget=DateRangePickerWidget)
    programme = django_filters.MultipleChoiceFilter(
        label=_("Programme"), field_name="module__programme", choices=Programme.choices, widget=CheckboxSelectMultiple
    )
    language = django_filters.MultipleChoiceFilter(label=_("Language"), choices=IN_THE_READERS_LANGUAGE, widget=CheckboxSelectMultiple)
    module = django_filters.ModelChoiceFilter(label=_("Module"), queryset=Module.objects.all())
    trainers = django_filters.ModelChoiceFilter(label=_("Trainer"), queryset=Trainer.objects.all())
    seats = django_filters.ChoiceFilter(label=_("Seats"), choices=SEATS, method="with_seats", empty_label=_("All"), widget=RadioSelect)
    rolls = django_filters.ChoiceFilter(label=_("Roll call"), choices=ROLLS, method="with_rolls", empty_label=_("All"), widget=RadioSelect)

    class Meta:
        model = Session
        fields: ClassVar = ["status", "period", "meets", "programme", "language", "module", "trainers", "seats", "rolls"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sees_any_session(self.request.user):
            del self.filters["trainers"]
            own = sessions_for(self.request.user).order_by().values("module")
            self.filters["module"].queryset = Module.objects.filter(pk__in=own)

    def in_period(self, rows: QuerySet[Session], name: str, value: str) -> QuerySet[Session]:
        now = clock.now()
        periods = {"upcoming": Q(starts_at__gt=now), "running": Q(starts_at__lte=now, ends_at__gte=now), "past": Q(ends_at__lt=now)}
        return rows.filter(periods[value])

    def in_days(self, rows: QuerySet[Session], name: str, value: slice) -> QuerySet[Session]:
        return rows.filter(pk__in=sessions_meeting(value))

    def with_seats(self, rows: QuerySet[Session], name: str, value: str) -> QuerySet[Session]:
        free = Q(free_seats__gt=0)
        wanted = {"free": free, "full": ~free, "claimed": free & Q(waiting_count__gt=0)}
        return rows.filter(wanted[value])

    def with_rolls(self, rows: QuerySet[Session], name: str, value: str) -> QuerySet[Session]:
        return rows.filter(rolls_due__gt=0)


class EnrolmentFilterSet(WagtailFilterSet):
    """Enrolments. Access needs are no filter: they would tell who has some."""

    session = SessionChoiceFilter(label=_("Session"), queryset=Session.objects.none())
    meets = django_filters.DateFromToRangeFilter(label=_("Meets between"), method="in_days", widget=DateRangePickerWidget)
    module = django_filters.ModelChoiceFilter(label=_("Module"), field_name="session__module", queryset=Module.objects.all())
    programme = django_filters.MultipleChoiceFilter(
        label=_("Programme"), field_name="session__module__programme", choices=Programme.choices, widget=CheckboxSelectMultiple
    )
    status = django_filters.MultipleChoiceFilter(label=_("Status"), choices=EnrolmentStatus.choices, widget=CheckboxSelectMultiple)
    sector = django_filters.ModelChoiceFilter(label=_("Sector"), queryset=Sector.objects.all())
    language = django_filters.MultipleChoiceFilter(label=_("Language"), choices=IN_THE_READERS_LANGUAGE, widget=CheckboxSelectMultiple)
    organisation = django_filters.ModelChoiceFilter(label=_("Organisation"), queryset=Organisation.objects.all())

    class Meta:
        model = Enrolment
        fields: ClassVar = ["session", "meets", "status", "module", "programme", "sector", "language", "organisation"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own: Any = sessions_for(self.request.user)
        self.filters["session"].queryset = own.with_dates().select_related("module").order_by("-starts_at")
        if not sees_any_session(self.request.user):
            self.filters["module"].queryset = Module.objects.filter(pk__in=own.order_by().values("module"))

    def in_days(self, rows: QuerySet[Enrolment], name: str, value: slice) -> QuerySet[Enrolment]:
        return rows.filter(session__in=sessions_meeting(value))


class CertificateFilterSet(WagtailFilterSet):
    """Certificates."""

    revoked = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("no", _("valid")), ("yes", _("revoked"))],
        method="by_state",
        empty_label=_("All"),
        widget=RadioSelect,
    )
    issued_at = django_filters.DateFromToRangeFilter(label=_("Issued"), widget=DateRangePickerWidget)
    language = django_filters.MultipleChoiceFilter(label=_("Language"), choices=IN_THE_READERS_LANGUAGE, widget=CheckboxSelectMultiple)

    class Meta:
        model = Certificate
        fields: ClassVar = ["revoked", "issued_at", "language"]

    def by_state(self, rows: QuerySet[Certificate], name: str, value: str) -> QuerySet[Certificate]:
        return rows.filter(revoked_at__isnull=value == "no")
