"""Log actions for Wagtail's history and reports. Entries carry the reference, never a name and never a team."""

from django.utils.translation import gettext_lazy as _

LOG_ACTIONS = {
    "followup.note_request": (_("Note a request for support"), _("Noted a request for support")),
    "followup.assign_request": (_("Put in charge of a request"), _("Put somebody in charge of the request")),
    "followup.complete_request": (_("Complete the facts of a request"), _("Completed the facts of the request")),
    "followup.analyse_request": (_("Begin the analysis of a request"), _("Began the analysis of the request")),
    "followup.advise_request": (_("Close a request with advice"), _("Closed the request with advice")),
    "followup.hold_request": (_("Put a request on hold"), _("Put the request on hold")),
    "followup.decline_request": (_("Decline a request"), _("Declined the request")),
    "followup.withdraw_request": (_("Note a request as withdrawn"), _("Noted the request as withdrawn")),
    "followup.open_file": (_("Open a file"), _("Opened a file")),
    "followup.log_event": (_("Note what was done"), _("Noted what was done for the file")),
    "followup.remove_event": (_("Remove an event"), _("Removed an event of the file")),
    "followup.plan_next_step": (_("Plan a next step"), _("Planned the next step of the file")),
    "followup.set_team": (_("Change the team of a file"), _("Changed the team of the file")),
    "followup.hold_file": (_("Put a file on hold"), _("Put the file on hold")),
    "followup.close_file": (_("Close a file"), _("Closed the file")),
    "followup.break_off_file": (_("Break off a file"), _("Broke off the file")),
    "followup.take_up_file": (_("Take up a file again"), _("Took up the file again")),
    "followup.write_note": (_("Write a note on a file"), _("Wrote a note on the file")),
    "followup.erase_note": (_("Erase a note of a file"), _("Erased a note of the file")),
}
