"""The group of this app, as data. Its stored name is "Map"; people in it are called map editors."""

from django.utils.translation import gettext_noop

from core.accounts.roles import ADMIN_ACCESS, Role, model_permissions

MAP_EDITOR = Role(
    name=gettext_noop("Map"),
    permissions=(
        ADMIN_ACCESS,
        *model_permissions("cartography.place", "view", "add", "change", "delete"),
        *model_permissions("cartography.submission", "view", "change"),
        *model_permissions("cartography.placeimport", "view"),
        *model_permissions("core.organisation", "view", "add", "change"),
        *model_permissions("core.sector", "view"),
        *model_permissions("core.outgoingmail", "view", "change"),
    ),
)
ROLES = (MAP_EDITOR,)
