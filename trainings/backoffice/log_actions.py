"""Log actions for Wagtail's history and reports. Entries on enrolments carry the reference, never a name."""

from django.utils.translation import gettext_lazy as _

LOG_ACTIONS = {
    "trainings.publish_session": (_("Publish a session"), _("Published the session")),
    "trainings.close_session": (_("Close a session"), _("Closed the session")),
    "trainings.cancel_session": (_("Cancel a session"), _("Cancelled the session")),
    "trainings.tell_change": (_("Tell people of a change"), _("Told people of a change")),
    "trainings.issue_certificates": (_("Issue certificates"), _("Issued certificates")),
    "trainings.revoke_certificate": (_("Revoke a certificate"), _("Revoked the certificate")),
    "trainings.close_roll": (_("Close a roll call"), _("Closed a roll call")),
    "trainings.add_walk_in": (_("Add somebody on the roll call"), _("Added somebody on the roll call")),
    "trainings.add_enrolment": (_("Enrol somebody"), _("Enrolled somebody by hand")),
    "trainings.change_enrolment": (_("Correct an enrolment"), _("Corrected the enrolment")),
    "trainings.correct_email": (_("Correct an e-mail address"), _("Corrected the e-mail address and sent the mail again")),
    "trainings.confirm_enrolment": (_("Confirm an enrolment"), _("Confirmed the enrolment")),
    "trainings.move_to_waiting": (_("Put on the waiting list"), _("Put the person on the waiting list")),
    "trainings.move_enrolment": (_("Move to another session"), _("Moved the person to another session")),
    "trainings.cancel_enrolment": (_("Cancel an enrolment"), _("Cancelled the enrolment")),
    "trainings.resend_mail": (_("Send a mail again"), _("Sent the mail again")),
    "trainings.next_questionnaire_version": (
        _("Make the next version of a questionnaire"),
        _("Made the next version of the questionnaire"),
    ),
    "trainings.open_questionnaire_version": (_("Open a version of a questionnaire"), _("Opened the version of the questionnaire")),
    "trainings.begin_sheet": (_("Begin the sheet of a module"), _("Began the sheet in French")),
    "trainings.translate_sheet": (_("Send a sheet to be translated"), _("Sent the French words to be translated")),
    "trainings.publish_sheet": (_("Publish a sheet in a language"), _("Published the sheet in another language")),
}
