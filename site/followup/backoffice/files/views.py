"""Files in the admin: what is silent, who does what next, and the page of one."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from core import clock
from core.backoffice.listing import DayColumn, IndexView, InspectView, status_column
from core.backoffice.next_step import Gap
from core.backoffice.permissions import staff
from followup.backoffice.files.base import FileRows
from followup.backoffice.files.forms import EventForm
from followup.backoffice.permissions import WORK_ON_FILES
from followup.enums import FILE_TRANSITIONS, USUAL_EVENTS, EventKind, FileStatus, Pillar
from followup.files.selectors import silence_begins
from followup.models import File
from followup.notes.access import may_read_notes

ATTENTION = [
    ("silent", gettext_lazy("silent for weeks")),
    ("overdue", gettext_lazy("next step overdue")),
    ("mine", gettext_lazy("my next steps")),
]


class FileFilterSet(WagtailFilterSet):
    """Files."""

    attention = django_filters.ChoiceFilter(
        label=gettext_lazy("To look at"), choices=ATTENTION, method="to_look_at", empty_label=gettext_lazy("All"), widget=RadioSelect
    )
    pillar = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("For"), field_name="request__pillar", choices=Pillar.choices, widget=CheckboxSelectMultiple
    )
    status = django_filters.MultipleChoiceFilter(label=gettext_lazy("Status"), choices=FileStatus.choices, widget=CheckboxSelectMultiple)

    class Meta:
        model = File
        fields: ClassVar = ["attention", "pillar", "status"]

    def to_look_at(self, rows: QuerySet[File], name: str, value: str) -> QuerySet[File]:
        today = clock.today()
        wanted: dict[str, dict[str, Any]] = {
            "silent": {"status": FileStatus.OPEN, "heard_on__lt": silence_begins(today)},
            "overdue": {"next_step_on__lt": today},
            "mine": {"next_step_by": self.request.user},
        }
        return rows.filter(**wanted[value])


class FileIndexView(FileRows, IndexView):
    """The latest opened first."""

    list_display = (
        TitleColumn("asked_by", label=gettext_lazy("Team"), accessor="request.asked_by", url_name="followup_files:inspect"),
        Column("pillar", label=gettext_lazy("For"), accessor="request.get_pillar_display", sort_key="request__pillar"),
        status_column(FileStatus.OPEN),
        DayColumn("heard_on", label=gettext_lazy("Latest event"), sort_key="heard_on"),
        Column("next_step", label=gettext_lazy("Next step"), accessor=lambda row: row.next_step or "–"),
        DayColumn("next_step_on", label=gettext_lazy("By when"), sort_key="next_step_on"),
        DayColumn("opened_on", label=gettext_lazy("Opened on"), sort_key="opened_on"),
    )
    list_export = (
        *("reference", "opened_on", "closed_on", "request.get_pillar_display", "get_status_display", "request.organisation_name"),
        *("request.service", "request.sector", "request.get_reason_display", "heard_on"),
    )
    export_headings: ClassVar = {
        "request.get_pillar_display": gettext_lazy("For"),
        "get_status_display": gettext_lazy("Status"),
        "request.organisation_name": gettext_lazy("Organisation"),
        "request.service": gettext_lazy("Service or team"),
        "request.sector": gettext_lazy("Sector"),
        "request.get_reason_display": gettext_lazy("Main reason"),
        "heard_on": gettext_lazy("Latest event"),
    }


class FileInspectView(FileRows, InspectView):
    """The page of one file: note what was done, who does what next."""

    template_name = "followup/backoffice/file_inspect.html"
    page_title = pgettext_lazy("follow-up", "File")

    @property
    def _works(self) -> bool:
        return bool(self.request.user.has_perm(WORK_ON_FILES))

    def gaps(self) -> list[Gap]:
        if not self._works or self.object.is_over:
            return []
        row, today, gaps = self.object, clock.today(), []
        if row.next_step_on and row.next_step_on < today:
            gaps.append(Gap(text=_("The next step is overdue."), url=self.action_url("next_step")))
        if row.status == FileStatus.OPEN and row.heard_on < silence_begins(today):
            gaps.append(
                Gap(text=_("Nothing was noted for weeks. Plan a next step, put it on hold or close it."), url=self.action_url("next_step"))
            )
        return gaps

    @cached_property
    def header_buttons(self) -> list[Any]:
        following = FILE_TRANSITIONS[self.object.status] if self._works else set()
        steps = [
            (self._works and not self.object.is_over, _("Who does what next"), "next_step", "calendar-check"),
            (FileStatus.CLOSED in following, _("Close the file"), "close_file", "check"),
            (FileStatus.OPEN in following, _("Take up again"), "take_up_file", "rotate"),
        ]
        return self.action_buttons(steps, HeaderButton)

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        following = FILE_TRANSITIONS[self.object.status] if self._works else set()
        steps = [
            (may_read_notes(staff(self.request), self.object), _("Notes"), "notes", "edit"),
            (self._works, _("Team of the file"), "file_team", "group"),
            (FileStatus.ON_HOLD in following, _("Put on hold"), "hold_file", "time"),
            (FileStatus.BROKEN_OFF in following, _("Break off"), "break_off_file", "circle-xmark"),
        ]
        return self.action_buttons(steps)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        usual = USUAL_EVENTS[self.object.request.pillar]
        return super().get_context_data(**kwargs) | {
            "works": self._works,
            "event_form": EventForm(file=self.object) if self._works and not self.object.is_over else None,
            "usual_kinds": usual,
            "other_kinds": [kind for kind in EventKind if kind not in usual],
            "events": self.object.events.select_related("by"),
            "team": self.object.team.all(),
            "transitions": self.object.transitions.select_related("by"),
        }
