"""Log actions for Wagtail's history. Entries carry the id of a subscriber, never the email address."""

from django.utils.translation import gettext_lazy as _

LOG_ACTIONS = {
    "newsletter.test_issue": (_("Send a test of an issue"), _("Sent a test")),
    "newsletter.override_finding": (_("Send an issue in spite of a finding"), _("Noted why it is sent in spite of a finding")),
    "newsletter.send_issue": (_("Send an issue"), _("Pressed Send")),
    "newsletter.approve_issue": (_("Agree to the sending of an issue"), _("Agreed to the sending")),
    "newsletter.call_off_issue": (_("Make an issue a draft again"), _("Made the issue a draft again")),
    "newsletter.pause_issue": (_("Pause the sending of an issue"), _("Paused the sending")),
    "newsletter.resume_issue": (_("Go on with the sending of an issue"), _("Went on with the sending")),
    "newsletter.stop_issue": (_("Stop the sending of an issue"), _("Stopped the sending for good")),
    "newsletter.send_to_missed": (_("Send an issue to those who did not get it"), _("Sent the issue to those who had not got it")),
    "newsletter.begin_import": (_("Import readers"), _("Imported the readers")),
    "newsletter.cancel_import": (_("Forget the file of an import"), _("Forgot the file of the import")),
    "newsletter.unsubscribe_reader": (_("Unsubscribe a reader"), _("Unsubscribed the reader")),
    "newsletter.erase_reader": (_("Erase a reader"), _("Erased the reader")),
    "newsletter.overturn_bounce": (_("Overturn a bounce"), _("Overturned the verdict on a bounce")),
    "newsletter.finish_reply": (_("Deal with a reply"), _("Dealt with the reply")),
    "newsletter.reinstate_reader": (_("Send to an address again"), _("Sends to the address again")),
}
