"""What stands in Wagtail's history for our actions. Entries carry the number of a reader, never the address."""

from django.utils.translation import gettext_lazy as _

LOG_ACTIONS = {
    "newsletter.unsubscribe_reader": (_("Unsubscribe a reader"), _("Unsubscribed the reader")),
    "newsletter.erase_reader": (_("Erase a reader"), _("Erased the reader")),
    "newsletter.overturn_bounce": (_("Overturn a bounce"), _("Overturned the verdict on a bounce")),
    "newsletter.finish_reply": (_("Deal with a reply"), _("Dealt with the reply")),
    "newsletter.reinstate_reader": (_("Send to an address again"), _("Sends to the address again")),
}
