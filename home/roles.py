"""The groups that edit pages: Wagtail's own, with the further permissions their work needs."""

from django.utils.translation import gettext_noop

from core.accounts.roles import ADMIN_ACCESS, Role, model_permissions

EDITOR_IN_CHIEF = Role(
    name=gettext_noop("Moderators"),
    permissions=(
        ADMIN_ACCESS,
        *model_permissions("core.sitetexts", "view", "change"),
        *model_permissions("core.figure", "view", "add", "change", "delete"),
        *model_permissions("core.searchsynonyms", "view", "add", "change", "delete"),
        *model_permissions("wagtailredirects.redirect", "add", "change", "delete"),
        "wagtail_localize.submit_translation",
    ),
)
ROLES = (EDITOR_IN_CHIEF,)
