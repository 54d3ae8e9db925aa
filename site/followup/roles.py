"""Who works on requests and files, as data. A file itself is read by its own team, and by who directs."""

from django.utils.translation import gettext_noop

from core.accounts.roles import ADMIN_ACCESS, Role, model_permissions

ALL = ("view", "add", "change", "delete")

FOLLOW_UP = Role(
    name=gettext_noop("Follow-up"),
    permissions=(
        ADMIN_ACCESS,
        "core.read_follow_up_notes",
        "core.view_organisation",
        "core.view_sector",
        *model_permissions("followup.request", "view", "add", "change"),
        *model_permissions("followup.file", "view", "add", "change"),
        *model_permissions("followup.activity", *ALL),
        *model_permissions("followup.countsheet", "view", "change"),
    ),
    requires_second_factor=True,
)
# Reads every file, and no note: notes are between those who work on a file.
DIRECTION = Role(
    name=gettext_noop("Direction"),
    permissions=(
        ADMIN_ACCESS,
        "followup.view_any_file",
        *model_permissions("followup.request", "view"),
        *model_permissions("followup.file", "view"),
        *model_permissions("followup.activity", *ALL),
        *model_permissions("followup.activitykind", *ALL),
        *model_permissions("followup.sheetteam", *ALL),
        *model_permissions("followup.countsheet", "view", "change"),
        "followup.fill_in_funding",
    ),
    requires_second_factor=True,
)
ROLES = (FOLLOW_UP, DIRECTION)
