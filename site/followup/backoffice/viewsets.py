"""The menu 'Follow-up' of the Wagtail admin: two listings, both with a safe export and none with revisions or a search index."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSetGroup

from core.backoffice.menu import MenuOrder
from core.backoffice.viewsets import ReadOnlyViewSet
from followup.backoffice.files.views import FileFilterSet, FileIndexView, FileInspectView
from followup.backoffice.requests.views import RequestFilterSet, RequestIndexView, RequestInspectView
from followup.models import File, Request


class RequestViewSet(ReadOnlyViewSet):
    """Requests for support."""

    model = Request
    name = "followup_requests"
    url_prefix = "follow-up/requests"
    icon = "help"
    index_view_class = RequestIndexView
    inspect_view_class = RequestInspectView
    filterset_class = RequestFilterSet
    search_fields = ("organisation_name", "service", "reference", "name", "email")


class FileViewSet(ReadOnlyViewSet):
    """Files."""

    model = File
    name = "followup_files"
    url_prefix = "follow-up/files"
    icon = "folder-open-inverse"
    index_view_class = FileIndexView
    inspect_view_class = FileInspectView
    filterset_class = FileFilterSet
    search_fields = ("request__organisation_name", "request__service", "reference")


class FollowUpViewSetGroup(ModelViewSetGroup):
    """Requests and files."""

    menu_label = _("Follow-up")
    menu_icon = "folder-open-inverse"
    menu_order = MenuOrder.FOLLOW_UP
    items: ClassVar = (RequestViewSet, FileViewSet)
