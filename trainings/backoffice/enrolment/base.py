"""What the listing, the page and the actions of an enrolment share."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.backoffice.actions import ObjectActionView
from core.backoffice.screens import RowsMixin
from core.lifecycle.transitions import TransitionNotAllowed
from trainings.attendance.certificates import BelowThreshold, NotAttended, NotPrintable, SessionNotOver, UndecidedMarks
from trainings.backoffice.permissions import CHANGE_ENROLMENTS, enrolments_for
from trainings.backoffice.refusals import MOVE_REFUSALS, NOT_PRINTABLE, SESSION_NOT_OVER
from trainings.enrolment.confirm import SessionFull, SessionOver
from trainings.enrolment.correct_email import EmailTaken, SameEmail
from trainings.enrolment.move import CannotMove
from trainings.models import Enrolment

GETS_A_MAIL = _("%(name)s gets a mail.")


class EnrolmentRows(RowsMixin):
    """All enrolments, or those of a trainer's own sessions."""

    def rows_for(self, user: Any) -> QuerySet[Enrolment]:
        return enrolments_for(user).select_related("session__module", "session__venue", "participant", "organisation", "sector", "group")


class EnrolmentActionView(EnrolmentRows, ObjectActionView[Enrolment]):
    """An action on one enrolment."""

    model = Enrolment
    viewset_name = "trainings_enrolments"
    permission = CHANGE_ENROLMENTS
    header_icon = "user"
    refusals: ClassVar = {
        TransitionNotAllowed: _("The status of this enrolment does not allow this step."),
        SessionFull: _("No seat is free. Tick the box to confirm the person all the same."),
        CannotMove: lambda refusal: MOVE_REFUSALS[refusal.reason],
        SameEmail: _("This is the address that is known already."),
        EmailTaken: _("Somebody with this address is in the session already: cancel one of the two enrolments first."),
        BelowThreshold: _("The person attended less than this session asks for a certificate."),
        UndecidedMarks: _("The person was noted differently by two people: decide on the roll call first."),
        NotAttended: _("No hour was attended: there is nothing to attest."),
        SessionNotOver: SESSION_NOT_OVER,
        NotPrintable: NOT_PRINTABLE,
        SessionOver: _("This session is over: nothing can be given in it any more."),
    }

    def log_title(self) -> str:
        return self.object.reference

    def mail_notice(self) -> str:
        """`Dominique gets a mail.`"""
        return str(GETS_A_MAIL) % {"name": self.object.name}
