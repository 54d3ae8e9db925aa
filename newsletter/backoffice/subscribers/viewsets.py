"""The menu 'Newsletter' of the Wagtail admin. Nothing of a subscriber is kept in revisions."""

from typing import Any, ClassVar

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSetGroup

from core.backoffice.menu import MenuOrder
from core.backoffice.viewsets import ReadOnlyViewSet
from newsletter.backoffice.bounces.viewsets import BounceViewSet, ReplyViewSet
from newsletter.backoffice.issues.viewset import IssueViewSet
from newsletter.backoffice.subscribers.filters import SubscriberFilterSet
from newsletter.backoffice.subscribers.imports import ImportIndexView, ImportInspectView, UploadImportView
from newsletter.backoffice.subscribers.permissions import VIEW_SUBSCRIBERS
from newsletter.backoffice.subscribers.views import SubscriberIndexView, SubscriberInspectView
from newsletter.models import Subscriber, SubscriberImport


class SubscriberViewSet(ReadOnlyViewSet):
    """Subscribers."""

    model = Subscriber
    name = "newsletter_subscribers"
    url_prefix = "newsletter/readers"
    icon = "group"
    menu_label = gettext_lazy("Readers")
    index_view_class = SubscriberIndexView
    inspect_view_class = SubscriberInspectView
    filterset_class = SubscriberFilterSet


class ImportViewSet(ReadOnlyViewSet):
    """Imports of subscribers. New ones start with an upload."""

    model = SubscriberImport
    name = "newsletter_imports"
    url_prefix = "newsletter/imports"
    icon = "upload"
    menu_label = gettext_lazy("Imports")
    index_view_class = ImportIndexView
    inspect_view_class = ImportInspectView
    disabled_views: ClassVar[set[str]] = ReadOnlyViewSet.disabled_views - {"add"}

    def get_urlpatterns(self) -> list[URLPattern]:
        rest = [each for each in super().get_urlpatterns() if each.name != "add"]
        return [*rest, path("new/", UploadImportView.as_view(), name="add")]


class GrowthMenuItem(MenuItem):
    """The drawing of subscribers over time."""

    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm(VIEW_SUBSCRIBERS))


class NewsletterViewSetGroup(ModelViewSetGroup):
    """The menu."""

    menu_label = gettext_lazy("Newsletter")
    menu_icon = "mail"
    menu_order = MenuOrder.NEWSLETTER
    items = (IssueViewSet, SubscriberViewSet, ImportViewSet, BounceViewSet, ReplyViewSet)

    def get_submenu_items(self) -> list[MenuItem]:
        growth = GrowthMenuItem(_("Readers over time"), reverse("newsletter_backoffice:growth"), icon_name="table", order=900)
        return [*super().get_submenu_items(), growth]
