"""Wires the back-office into the Wagtail admin; nothing is decided here."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSetGroup

from followup.backoffice.activities import urls, viewsets


class ActivitiesViewSetGroup(ModelViewSetGroup):
    """The menu."""

    menu_label = _("Activities")
    menu_icon = "list-ul"
    menu_order = 158
    items = viewsets.VIEWSETS

    def get_submenu_items(self) -> list[MenuItem]:
        return [*viewsets.menu_items(), *super().get_submenu_items()]


hooks.register("register_admin_viewset", ActivitiesViewSetGroup)
hooks.register("register_admin_urls", lambda: [path("follow-up/", include(urls))])
