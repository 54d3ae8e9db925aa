"""Cycles in the admin: the listing, the page of one with its groups, the copy for the next year."""

from typing import Any, ClassVar

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from core.backoffice.actions import ObjectActionView
from core.backoffice.listing import DayColumn, FigureColumn, IndexView, InspectView
from core.backoffice.screens import RowsMixin
from core.backoffice.versions.views import EditView
from trainings.backoffice.permissions import ADD_CYCLES, ADD_SESSIONS, sessions_for
from trainings.backoffice.trainers.words import double_booking_text
from trainings.cycles.copy import AlreadyCopied, copy_cycle
from trainings.cycles.selectors import average_of, groups_of
from trainings.enums import SessionStatus
from trainings.models import Cycle
from trainings.trainers.booking import DoubleBooked


class CycleRows(RowsMixin):
    """All cycles, with how many groups each has."""

    def rows_for(self, user: Any) -> Any:
        standing = Q(sessions__status__in=(SessionStatus.DRAFT, SessionStatus.PUBLISHED, SessionStatus.CLOSED))
        return Cycle.objects.select_related("owner").annotate(group_count=Count("sessions", filter=standing))


class CycleIndexView(CycleRows, IndexView):
    """The latest first."""

    list_display = (
        TitleColumn("name", label=gettext_lazy("Cycle"), url_name="trainings_cycles:inspect"),
        Column("kind", label=gettext_lazy("Kind"), accessor=lambda row: row.get_kind_display()),
        Column("audience", label=gettext_lazy("For whom"), accessor=lambda row: row.get_audience_display()),
        DayColumn("first_day", label=gettext_lazy("First day"), sort_key="first_day"),
        DayColumn("opens_on", label=gettext_lazy("Sign-up opens"), sort_key="opens_on"),
        FigureColumn("groups", label=gettext_lazy("Groups"), accessor=lambda row: row.group_count),
        Column("owner", label=gettext_lazy("In charge"), accessor=lambda row: row.owner or "–"),
    )


class CycleInspectView(CycleRows, InspectView):
    """The page of one cycle: its season, its groups with their meetings, hosts, facilitators and presence."""

    template_name = "trainings/backoffice/cycle_inspect.html"
    page_title = gettext_lazy("Cycle")

    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons = []
        if edit_url := self.get_edit_url():
            buttons.append(HeaderButton(_("Edit"), url=edit_url, icon_name="edit", priority=10))
        if self.request.user.has_perm(ADD_SESSIONS):
            url = f"{reverse('trainings_sessions:add')}?cycle={self.object.pk}"
            buttons.append(HeaderButton(_("Add a group"), url=url, icon_name="plus", priority=20))
        return buttons

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return self.action_buttons([(self.request.user.has_perm(ADD_CYCLES), _("Copy to the next year"), "copy_cycle", "copy")])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sessions: Any = sessions_for(self.request.user)
        groups = groups_of(self.object, sessions.with_dates().with_seats())
        meetings = [meeting for group in groups for meeting in group.meetings]
        return super().get_context_data(**kwargs) | {"groups": groups, "average": average_of(meetings)}


class CycleCreateView(generic.CreateView):
    """Its page says what comes next."""

    def get_success_url(self) -> str:
        return reverse("trainings_cycles:inspect", args=[self.object.pk])


class CycleEditView(EditView):
    """Back to its page."""

    def get_success_url(self) -> str:
        return reverse("trainings_cycles:inspect", args=[self.object.pk])


class CopyCycleView(CycleRows, ObjectActionView[Cycle]):
    """The same groups a year later."""

    model = Cycle
    viewset_name = "trainings_cycles"
    permission = ADD_CYCLES
    header_icon = "copy"
    action_label = gettext_lazy("Copy to the next year")
    log_action = "trainings.copy_cycle"
    done = gettext_lazy("The next cycle is made. Check its dates, choose the hosts, then publish its groups.")
    refusals: ClassVar = {
        DoubleBooked: double_booking_text,
        AlreadyCopied: gettext_lazy("The next cycle is there already."),
    }

    def effects(self) -> list[str]:
        return [
            _("A cycle is made a year later, with the same groups as drafts: facilitators, seats and rules stay, hosts are empty."),
            _("Each meeting falls on the same day of the week, 52 weeks later. Look out for holidays."),
            _("Nobody is in the groups and nobody gets a mail."),
        ]

    def step(self, form: Any) -> None:
        # From here on it is about the copy: its page is shown, its history begins.
        self.object = copy_cycle(cycle=self.object)
