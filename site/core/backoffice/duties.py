"""Timed duties in the Wagtail admin: what the site does by itself, and whether it did. Nothing to edit; one can be run at once."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from core import clock
from core.backoffice.actions import ObjectActionView
from core.backoffice.listing import DayColumn, Fact, IndexView, InspectView, facts, moment
from core.backoffice.screens import RowsMixin
from core.backoffice.viewsets import ReadOnlyViewSet
from core.duties.registry import get, registered
from core.duties.run import ask_to_run
from core.duties.status import is_overdue, is_running
from core.models import Duty

RUN_DUTIES = "core.change_duty"


def label_of(duty: Duty) -> str:
    """What it does, in the active language."""
    spec = get(duty.name)
    return str(spec.label) if spec else duty.name


def turns_of(duty: Duty) -> str:
    """When it has its turn, in the active language."""
    spec = get(duty.name)
    return str(spec.schedule) if spec else ""


def state_of(duty: Duty) -> str:
    """How it stands, in a word or two."""
    now = clock.now()
    if is_running(duty, now):
        return _("running")
    if duty.last_error:
        return _("failed")
    if is_overdue(duty, now):
        return _("overdue")
    return _("well") if duty.last_success_at else _("first run to come")


def _is_well(duty: Duty) -> bool:
    return not duty.last_error and not is_overdue(duty, clock.now())


class DutyRows(RowsMixin):
    """The duties this version of the site has."""

    def rows_for(self, user: Any) -> QuerySet[Duty]:
        return Duty.objects.filter(name__in=[spec.name for spec in registered()])

    def object_name(self, row: Duty) -> str:
        return label_of(row)


class DutyIndexView(DutyRows, IndexView):
    """All on one page, by the hour of their next run. Nothing to export."""

    FORMATS: Any = ()
    default_ordering = "next_run_at"
    paginate_by = 50
    list_display = (
        TitleColumn(
            "name",
            label=gettext_lazy("Duty"),
            accessor=label_of,
            get_url=lambda duty: reverse("core_duties:inspect", args=[duty.pk]),
        ),
        Column("turns", label=gettext_lazy("When"), accessor=turns_of),
        StatusTagColumn("state", label=gettext_lazy("State"), accessor=state_of, primary=_is_well),
        DayColumn("last_run_at", label=gettext_lazy("Last run")),
        Column("outcome_label", label=gettext_lazy("Outcome")),
        DayColumn("next_run_at", label=gettext_lazy("Next run"), sort_key="next_run_at"),
    )


class DutyInspectView(DutyRows, InspectView):
    """One duty: its turns, what the last run did, what went wrong."""

    page_title = gettext_lazy("Timed duty")

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.request.user.has_perm(RUN_DUTIES):
            return []
        return [HeaderButton(_("Run now"), url=reverse("core_duties:run", args=[self.object.pk]), icon_name="rotate", priority=10)]

    def get_fields_context(self) -> list[Fact]:
        duty: Duty = self.object
        return facts(
            (_("When"), turns_of(duty)),
            (_("State"), state_of(duty)),
            (_("What went wrong"), duty.last_error),
            (_("Last run"), _moment(duty.last_run_at)),
            (_("Last good run"), _moment(duty.last_success_at)),
            (_("Outcome"), duty.outcome_label),
            (_("Next run"), _moment(duty.next_run_at)),
            (_("Administrators were told"), _moment(duty.reported_at)),
        )


def _moment(at: datetime.datetime | None) -> str:
    return moment(at) if at else ""


class RunDutyView(DutyRows, ObjectActionView[Duty]):
    """Out of its turn: after a trouble was mended, for instance."""

    model = Duty
    viewset_name = "core_duties"
    permission = RUN_DUTIES
    header_icon = "rotate"
    action_label = gettext_lazy("Run now")
    log_action = "core.run_duty"
    done = gettext_lazy("The worker runs it within half a minute.")

    def effects(self) -> list[str]:
        return [
            _("The worker does it within half a minute, as it does by itself: %(when)s.") % {"when": turns_of(self.object)},
            _("Nobody is mailed, and nothing is deleted, that would not be at its next turn."),
        ]

    def step(self, form: Any) -> None:
        ask_to_run(duty=self.object, now=clock.now())


class DutyViewSet(ReadOnlyViewSet):
    """In the settings menu, for administrators."""

    model = Duty
    name = "core_duties"
    url_prefix = "duties"
    icon = "calendar-check"
    menu_label = gettext_lazy("Timed duties")
    menu_order = 900
    add_to_settings_menu = True
    index_view_class = DutyIndexView
    inspect_view_class = DutyInspectView

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("run/<int:pk>/", RunDutyView.as_view(), name="run")]
