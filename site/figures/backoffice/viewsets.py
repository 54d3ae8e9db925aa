"""The menu 'Report' of the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSetGroup

from core.backoffice.menu import MenuOrder
from figures.backoffice import missing
from figures.backoffice.approval.snapshots import SnapshotViewSet
from figures.backoffice.permissions import OPEN_REPORT


class ReportMenuItem(MenuItem):
    """For those who may open the report."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(OPEN_REPORT))


class ReportViewSetGroup(ModelViewSetGroup):
    """The report of a year, what it lacks, and what was approved. Who repairs something sees that place alone."""

    menu_label = _("Report")
    menu_icon = "clipboard-list"
    menu_order = MenuOrder.REPORT
    items = (SnapshotViewSet,)

    def get_submenu_items(self) -> list[Any]:
        report = ReportMenuItem(_("Report of a year"), reverse("figures_backoffice:report"), icon_name="clipboard-list", order=10)
        return [report, missing.menu_item(order=20), *super().get_submenu_items()]
