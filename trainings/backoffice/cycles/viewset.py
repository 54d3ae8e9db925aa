"""Cycles in the menu of trainings."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from core.backoffice.viewsets import EditableViewSet
from trainings.backoffice.cycles.views import CycleCreateView, CycleEditView, CycleIndexView, CycleInspectView
from trainings.models import Cycle


class CycleViewSet(EditableViewSet):
    """Cycles; their groups are sessions."""

    model = Cycle
    name = "trainings_cycles"
    url_prefix = "trainings/cycles"
    icon = "rotate"
    index_view_class = CycleIndexView
    inspect_view_class = CycleInspectView
    add_view_class = CycleCreateView
    edit_view_class = CycleEditView
    inspect_view_enabled = True
    list_filter = ("kind", "audience", "programme")
    search_fields = ("name_fr", "name_nl", "name_en")
    list_export = ("name_fr", "get_kind_display", "get_audience_display", "first_day", "last_day", "opens_on", "closes_on", "group_count")
    export_headings: ClassVar = {
        "get_kind_display": _("Kind"),
        "get_audience_display": _("For whom"),
        "group_count": _("Groups"),
    }
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("kind"), FieldPanel("audience"), FieldPanel("programme"), FieldPanel("owner")], heading=_("What")),
            MultiFieldPanel([FieldPanel("name_fr"), FieldPanel("summary_fr")], heading=_("French")),
            MultiFieldPanel([FieldPanel("name_nl"), FieldPanel("summary_nl")], heading=_("Dutch")),
            MultiFieldPanel([FieldPanel("name_en"), FieldPanel("summary_en")], heading=_("English")),
            FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")], heading=_("When")),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on")]),
                    FieldPanel("is_by_invitation"),
                    FieldPanel("asks_care_zone"),
                ],
                heading=_("Sign-up"),
                help_text=_("What balances the groups (sectors, care zones, institutions) is said in each group."),
            ),
        ]
    )
