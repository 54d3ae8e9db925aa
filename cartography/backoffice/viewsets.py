"""The menu 'Map' of the Wagtail admin."""

from typing import Any, ClassVar

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSetGroup

from cartography.backoffice.filters import PlaceFilterSet, SubmissionFilterSet
from cartography.backoffice.forms import PlaceAdminForm
from cartography.backoffice.importing.views import ImportIndexView, ImportInspectView, UploadView
from cartography.backoffice.places.views import PlaceCreateView, PlaceEditView, PlaceIndexView, PlaceInspectView
from cartography.backoffice.submissions.views import SubmissionIndexView, SubmissionInspectView
from cartography.models import Place, PlaceImport, Submission
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


class ImportViewSet(ReadOnlyViewSet):
    """Files of places. New ones begin with a file."""

    model = PlaceImport
    name = "cartography_imports"
    url_prefix = "map/imports"
    icon = "upload"
    menu_label = _("Imports")
    index_view_class = ImportIndexView
    inspect_view_class = ImportInspectView
    disabled_views: ClassVar[set[str]] = ReadOnlyViewSet.disabled_views - {"add"}

    def get_urlpatterns(self) -> list[URLPattern]:
        rest = [each for each in super().get_urlpatterns() if each.name != "add"]
        return [*rest, path("new/", UploadView.as_view(), name="add")]


class MapViewSetGroup(ModelViewSetGroup):
    """The menu."""

    menu_label = _("Map")
    menu_icon = "globe"
    menu_order = MenuOrder.MAP
    items = (SubmissionViewSet, PlaceViewSet, ImportViewSet)
