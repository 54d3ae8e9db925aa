"""Log actions for Wagtail's history and reports. Entries on orders carry the reference, never a name."""

from django.utils.translation import gettext_lazy as _

LOG_ACTIONS = {
    "publications.upload_file": (_("Upload a file"), _("Uploaded a file")),
    "publications.offer_file": (_("Offer a version of a file"), _("Offered a version of the file")),
    "publications.publish_edition": (_("Publish an edition"), _("Published the edition")),
    "publications.unpublish_edition": (_("Make an edition a draft again"), _("Made the edition a draft again")),
    "publications.withdraw_edition": (_("Withdraw an edition"), _("Withdrew the edition")),
    "publications.withdraw_file": (_("Withdraw a version of a file"), _("Withdrew a version of a file")),
    "publications.print_copies": (_("Note a print run"), _("Noted a print run")),
    "publications.move_copies": (_("Note copies handed out or found"), _("Noted copies handed out or found")),
    "publications.deposit_copies": (_("Note the legal deposit"), _("Noted the legal deposit")),
    "publications.send_order": (_("Note an order as sent"), _("Noted the order as sent")),
    "publications.cancel_order": (_("Cancel an order"), _("Cancelled the order")),
    "publications.withdraw_work": (_("Withdraw a publication"), _("Withdrew the publication")),
    "publications.restore_work": (_("Offer a publication again"), _("Offered the publication again")),
}
