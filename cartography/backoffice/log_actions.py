"""What stands in Wagtail's history for our actions. Entries on messages carry the reference, never an address."""

from django.utils.translation import gettext_lazy as _

LOG_ACTIONS = {
    "cartography.publish_place": (_("Publish a place"), _("Published the place")),
    "cartography.check_place": (_("Mark a place as checked"), _("Marked the place as checked")),
    "cartography.withdraw_place": (_("Withdraw a place"), _("Withdrew the place")),
    "cartography.reopen_place": (_("Make a place a draft again"), _("Made the place a draft again")),
    "cartography.decide": (_("Decide on a message about the map"), _("Decided on the message")),
}
