"""The menu of what is only counted. It stands beside the follow-up's: colleagues count who read no request and no file."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSetGroup

from followup.backoffice.activities import viewsets


class ActivitiesViewSetGroup(ModelViewSetGroup):
    """The menu."""

    menu_label = _("Activities")
    menu_icon = "list-ul"
    menu_order = 158
    items = viewsets.VIEWSETS

    def get_submenu_items(self) -> list[MenuItem]:
        return [*viewsets.menu_items(), *super().get_submenu_items()]
