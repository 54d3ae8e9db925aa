"""Direction sees the figures of all programmes and approves a year; coordinators see those of the programme they run."""

from django.utils.translation import gettext_noop

from core.accounts.roles import ADMIN_ACCESS, Role, model_permissions

# The group is that of the follow-up; here it gets what the report asks for. So do coordinators, whose trainings belong to Support.
DIRECTION = Role(
    name=gettext_noop("Direction"),
    permissions=(
        ADMIN_ACCESS,
        "figures.view_report",
        "figures.view_connect_report",
        "figures.view_support_report",
        "figures.view_housing_first_report",
        *model_permissions("figures.snapshot", "view", "add"),
        *model_permissions("core.figure", "view"),
    ),
    requires_second_factor=True,  # the group reads files too
)
COORDINATOR = Role(
    name=gettext_noop("Coordinator"),
    permissions=("figures.view_report", "figures.view_support_report", *model_permissions("figures.snapshot", "view")),
)
ROLES = (DIRECTION, COORDINATOR)
