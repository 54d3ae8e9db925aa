"""The menu 'Map' of the Wagtail admin."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSetGroup

from cartography.backoffice.filters import PlaceFilterSet, SubmissionFilterSet
from cartography.backoffice.forms import PlaceAdminForm
from cartography.backoffice.places.views import PlaceCreateView, PlaceEditView, PlaceIndexView, PlaceInspectView
from cartography.backoffice.submissions.views import SubmissionIndexView, SubmissionInspectView
from cartography.models import Place, Submission
from core.backoffice.menu import MenuOrder
from core.backoffice.viewsets import EditableViewSet, ReadOnlyViewSet


class PlaceViewSet(EditableViewSet):
    """Places."""

    model = Place
    name = "cartography_places"
    url_prefix = "map/places"
    icon = "globe"
    index_view_class = PlaceIndexView
    inspect_view_class = PlaceInspectView
    add_view_class = PlaceCreateView
    edit_view_class = PlaceEditView
    inspect_view_enabled = True
    filterset_class = PlaceFilterSet
    form_fields: ClassVar[list[str]] = []
    list_export = (
        *("slug", "name_fr", "name_nl", "sector", "practices", "languages", "since", "headcount", "postal_code", "municipality", "street"),
        *("email", "phone", "website", "get_status_display", "checked_on", "get_checked_by_display", "get_provenance_display", "source"),
        *("is_location_verified", "is_example"),
    )
    export_headings: ClassVar = {"get_status_display": _("Status"), "municipality": _("Municipality")}

    def get_form_class(self, for_update: bool = False) -> Any:
        return PlaceAdminForm


class SubmissionViewSet(ReadOnlyViewSet):
    """The queue; decisions are actions."""

    model = Submission
    name = "cartography_queue"
    url_prefix = "map/queue"
    icon = "tasks"
    menu_label = _("Queue")
    index_view_class = SubmissionIndexView
    inspect_view_class = SubmissionInspectView
    filterset_class = SubmissionFilterSet


class MapViewSetGroup(ModelViewSetGroup):
    """The menu."""

    menu_label = _("Map")
    menu_icon = "globe"
    menu_order = MenuOrder.MAP
    items = (SubmissionViewSet, PlaceViewSet)
