"""Activities and their vocabularies: listings with a safe export, and forms."""

from typing import Any, ClassVar

import django_filters
from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn

from core.backoffice.listing import DayColumn, FigureColumn, IndexView
from core.backoffice.viewsets import EditableViewSet
from core.models import Programme
from core.personal_details.form import ANSWER
from followup.backoffice.activities.forms import ActivityForm, ActivityKindForm
from followup.backoffice.activities.permissions import COUNT_ACTIVITIES, VIEW_SHEETS
from followup.models import Activity, ActivityKind, SheetTeam


class ActivityFilterSet(WagtailFilterSet):
    """Activities."""

    kind = django_filters.ModelChoiceFilter(label=_("Kind of activity"), queryset=ActivityKind.objects.all())
    date = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)
    programme = django_filters.MultipleChoiceFilter(
        label=_("Programme"), field_name="kind__programme", choices=Programme.choices, widget=CheckboxSelectMultiple
    )

    class Meta:
        model = Activity
        fields: ClassVar = ["kind", "date", "programme"]


class ActivityIndexView(IndexView):
    """The latest first."""

    list_display = (
        TitleColumn("kind", label=_("Activity"), accessor=lambda row: row.kind.name, url_name="followup_activities_log:edit"),
        DayColumn("date", label=_("Day"), sort_key="date"),
        Column("category", label=_("Category"), accessor=lambda row: row.category or "–"),
        Column("partner", label=_("Organisation or network"), accessor=lambda row: row.partner or "–"),
        FigureColumn("number", label=_("Number"), sort_key="number"),
        Column("by", label=_("By"), accessor=lambda row: row.by or "–"),
    )
    list_export = ("date", "kind.name", "category.name", "partner", "number", "note")
    export_headings: ClassVar = {"kind.name": _("Activity"), "category.name": _("Category")}


class AnswerPanel(FieldPanel):
    """The question whether a text is about somebody, once it is asked."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(self.form.fields[ANSWER].choices)


class ActivityViewSet(EditableViewSet):
    """What was counted, to be corrected."""

    model = Activity
    name = "followup_activities_log"
    url_prefix = "follow-up/activities"
    icon = "list-ul"
    index_view_class = ActivityIndexView
    filterset_class = ActivityFilterSet
    search_fields = ("partner", "note")
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("kind"), FieldPanel("category")]),
            FieldRowPanel([FieldPanel("date"), FieldPanel("number")]),
            FieldPanel("partner"),
            FieldPanel("note"),
            AnswerPanel(ANSWER),
        ],
        base_form_class=ActivityForm,
    )


class ActivityKindViewSet(EditableViewSet):
    """The counters themselves."""

    model = ActivityKind
    name = "followup_activity_kinds"
    url_prefix = "follow-up/activity-kinds"
    icon = "tag"
    list_display = ("name_fr", "name_nl", "slug", "programme", "counted_as", "is_active")
    list_filter = ("programme", "is_active")
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("name_fr"), FieldPanel("name_nl"), FieldPanel("name_en")], heading=_("Name")),
            FieldPanel("slug", help_text=_("The report knows it by this code: it never changes.")),
            MultiFieldPanel(
                [FieldPanel("programme"), FieldPanel("counted_as"), FieldPanel("unit"), FieldPanel("asks_partner")],
                heading=_("What it counts"),
            ),
            FieldRowPanel([FieldPanel("is_active"), FieldPanel("position")]),
            InlinePanel(
                "categories",
                heading=_("Categories"),
                label=_("Category"),
                panels=[
                    FieldRowPanel([FieldPanel("name_fr"), FieldPanel("name_nl"), FieldPanel("name_en")]),
                    FieldRowPanel([FieldPanel("code"), FieldPanel("is_active")]),
                ],
                help_text=_("A button each. One that is no longer used is hidden, not deleted: earlier years know it."),
            ),
        ],
        base_form_class=ActivityKindForm,
    )


class SheetTeamViewSet(EditableViewSet):
    """Teams that fill in a sheet each month."""

    model = SheetTeam
    name = "followup_sheet_teams"
    url_prefix = "follow-up/sheet-teams"
    icon = "group"
    list_display = ("name_fr", "name_nl", "starts_on", "ends_on")
    form_fields = ("name_fr", "name_nl", "name_en", "slug", "starts_on", "ends_on")


VIEWSETS = (ActivityViewSet, ActivityKindViewSet, SheetTeamViewSet)


class GuardedMenuItem(MenuItem):
    """Shown to those who may open it."""

    def __init__(self, label: Any, name: str, permission: str, **kwargs: Any) -> None:
        super().__init__(label, reverse(name), **kwargs)
        self.permission = permission

    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm(self.permission))


def menu_items() -> list[MenuItem]:
    """What one comes for daily: before the listings."""
    return [
        GuardedMenuItem(_("Counters"), "followup_activities:counters", COUNT_ACTIVITIES, icon_name="plus-inverse", order=10),
        GuardedMenuItem(_("Sheets of numbers"), "followup_activities:sheets", VIEW_SHEETS, icon_name="table", order=20),
    ]
