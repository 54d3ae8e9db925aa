"""Timed duties in the Wagtail admin: what the site does by itself, and whether it did. Nothing to edit; one can be run at once."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from core import clock
from core.backoffice.confirm import ConfirmView
from core.backoffice.listing import DayColumn, OwnInspectView
from core.backoffice.permissions import staff
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


def duties() -> QuerySet[Duty]:
    """The rows of the duties this version of the site has."""
    return Duty.objects.filter(name__in=[spec.name for spec in registered()])


class DutyIndexView(generic.IndexView):
    """All on one page, by the hour of their next run. Nothing to export."""

    FORMATS = ()
    any_permission_required = ("view",)
    default_ordering = "next_run_at"
    paginate_by = 50

    def get_base_queryset(self) -> QuerySet[Duty]:
        return duties()

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("name", label=_("Duty"), accessor=label_of, get_url=lambda duty: reverse("core_duties:inspect", args=[duty.pk])),
            Column("turns", label=_("When"), accessor=turns_of),
            StatusTagColumn("state", label=_("State"), accessor=state_of, primary=_is_well),
            DayColumn("last_run_at", label=_("Last run")),
            Column("outcome_label", label=_("Outcome")),
            DayColumn("next_run_at", label=_("Next run"), sort_key="next_run_at"),
        ]


class DutyInspectView(OwnInspectView):
    """One duty: its turns, what the last run did, what went wrong."""

    any_permission_required = ("view",)
    template_name = "core/backoffice/duty_inspect.html"

    def rows_for(self, user: Any) -> QuerySet[Duty]:
        return duties()

    def get_page_title(self) -> str:
        return label_of(self.object)

    def get_page_subtitle(self) -> str:
        return ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("core_duties:index"), "label": _("Timed duties")},
            {"url": "", "label": label_of(self.object)},
        ]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.request.user.has_perm(RUN_DUTIES):
            return []
        return [HeaderButton(_("Run now"), url=reverse("core_duties:run", args=[self.object.pk]), icon_name="rotate", priority=10)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "turns": turns_of(self.object),
            "state": state_of(self.object),
            "is_well": _is_well(self.object),
        }


class RunDutyView(ConfirmView):
    """Out of its turn: after a trouble was mended, for instance."""

    permission = RUN_DUTIES
    action_label = gettext_lazy("Run now")
    header_icon = "rotate"

    @cached_property
    def duty(self) -> Duty:
        return get_object_or_404(duties(), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return label_of(self.duty)

    def effects(self) -> Sequence[str]:
        return [
            _("The worker does it within half a minute, as it does by itself: %(when)s.") % {"when": turns_of(self.duty)},
            _("Nobody is mailed, and nothing is deleted, that would not be at its next turn."),
        ]

    @property
    def back_url(self) -> str:
        return reverse("core_duties:inspect", args=[self.duty.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("core_duties:index"), "label": _("Timed duties")},
            {"url": self.back_url, "label": label_of(self.duty)},
            {"url": "", "label": self.get_page_title()},
        ]

    def act(self, form: Any) -> str:
        ask_to_run(duty=self.duty, now=clock.now(), by=staff(self.request))
        return _("The worker runs it within half a minute.")


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
