"""The group that manages the library and sends copies, as data."""

from django.utils.translation import gettext_noop

from core.accounts.roles import ADMIN_ACCESS, Role, model_permissions

ALL = ("view", "add", "change", "delete")

LIBRARIAN = Role(
    name=gettext_noop("Publications"),
    permissions=(
        ADMIN_ACCESS,
        *model_permissions("publications.series", *ALL),
        *model_permissions("publications.work", *ALL),
        *model_permissions("publications.edition", *ALL),
        *model_permissions("publications.editionfile", "view", "add"),
        *model_permissions("publications.paperorder", "view", "change"),
        *model_permissions("publications.stockmove", "view", "add"),
        *model_permissions("publications.printrun", "view", "add"),
        *model_permissions("publications.downloadcount", "view"),
        *model_permissions("core.organisation", "view", "add", "change"),
        *model_permissions("core.theme", "view"),
        *model_permissions("core.outgoingmail", "view", "change"),
        "wagtail_localize.submit_translation",
    ),
    looks_after=("publications.LibraryPage",),
)
ROLES = (LIBRARIAN,)
