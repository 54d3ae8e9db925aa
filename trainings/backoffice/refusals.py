"""Messages for refusals of services: one sentence per reason, with what to do instead."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trainings.attendance.mark import MarkRefusal
from trainings.enrolment.enrol import Refusal
from trainings.enrolment.move import MoveRefusal
from trainings.planning.sessions import SessionRefusal

SESSION_REFUSALS: dict[SessionRefusal, Promise] = {
    SessionRefusal.STATUS: _("The status of this session does not allow this step."),
    SessionRefusal.NO_MEETING: _("A session needs at least one meeting before it is published."),
    SessionRefusal.PAST: _("The first meeting is already behind us: change the dates first."),
    SessionRefusal.NO_VENUE: _("People meet on site, and no venue is chosen."),
    SessionRefusal.TEAM_MODULE: _("This module is given to teams, at the price of a team: nobody can enrol in it alone."),
}
SESSION_NOT_OVER = _("The last meeting is still to come: certificates are issued once it is over.")
NOT_PRINTABLE = _("The name or the title holds characters that none of our fonts has: write it in other letters first. Nothing was sent.")
MOVE_REFUSALS: dict[MoveRefusal, Promise] = {
    MoveRefusal.NOT_ACTIVE: _("This enrolment is cancelled: enrol the person again instead."),
    MoveRefusal.SAME_SESSION: _("The person is in this session already."),
    MoveRefusal.NOT_PUBLISHED: _("The other session is not published."),
    MoveRefusal.ALREADY_THERE: _("The person is enrolled in the other session already."),
    MoveRefusal.BEGUN: _("The other session has already begun."),
    MoveRefusal.NAME_FOLLOWS: _("This place has no name yet: it stays with its group."),
    MoveRefusal.HAS_ATTENDED: _("Presences were marked for this person: they belong to this session."),
}
MARK_REFUSALS: dict[MarkRefusal, Promise] = {
    MarkRefusal.NOT_CONFIRMED: _("This person is not confirmed any more. Load the page again."),
    MarkRefusal.OTHER_SESSION: _("This person is in another session."),
    MarkRefusal.TOO_EARLY: _("This meeting is still to come: presences are marked when people arrive."),
    MarkRefusal.MINUTES: _("The minutes must lie between zero and the length of the meeting."),
}
ENROL_REFUSALS: dict[Refusal, Promise] = {
    Refusal.CLOSED: _("Enrolment in this session is closed."),
    Refusal.CANCELLED: _("This session is cancelled."),
    Refusal.UNKNOWN: _("This session is not published."),
    Refusal.TOO_MANY: _("There are more people than this session takes at once."),
    Refusal.PAST: _("This session has already begun."),
    Refusal.NOT_YET: _("Sign-up is not open yet: the cycle of this group says from which day."),
}
