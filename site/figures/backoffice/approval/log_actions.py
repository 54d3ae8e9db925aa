"""Words of the history."""

from django.utils.translation import gettext_lazy as _

LOG_ACTIONS = {
    "figures.approve_report": (_("Approve the report of a year"), _("Approved the report")),
}
