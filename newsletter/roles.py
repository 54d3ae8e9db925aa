"""The groups of this app as data. Sending is a permission of its own (`newsletter.send_issue`)."""

from django.utils.translation import gettext_noop

from core.accounts.roles import ADMIN_ACCESS, Role, model_permissions

COMMUNICATION_OFFICER = Role(
    name=gettext_noop("Communication officer"),
    permissions=(
        ADMIN_ACCESS,
        *model_permissions("newsletter.subscriber", "view", "add", "change", "delete", "import", "export"),
        *model_permissions("newsletter.subscriberimport", "view", "add", "change"),
        *model_permissions("newsletter.bounce", "view"),
        *model_permissions("newsletter.reply", "view", "change"),
        *model_permissions("newsletter.consent", "view"),
        *model_permissions("newsletter.issue", "view", "add", "change", "send"),
        *model_permissions("core.figure", "view", "add", "change"),
        # Counts posts, followers and what the media said.
        *model_permissions("followup.activity", "view", "add", "change"),
    ),
)
ROLES = (COMMUNICATION_OFFICER,)
