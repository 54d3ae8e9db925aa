"""What the listing, the page and the actions of a session share."""

from typing import Any, ClassVar

from django.db.models import QuerySet

from core import clock
from core.backoffice.actions import ObjectActionView
from core.backoffice.screens import RowsMixin
from trainings.attendance.certificates import SessionNotOver
from trainings.backoffice.permissions import RUN_SESSIONS, sessions_for
from trainings.backoffice.refusals import SESSION_NOT_OVER, SESSION_REFUSALS
from trainings.backoffice.trainers.words import double_booking_text
from trainings.models import Session
from trainings.planning.sessions import CannotChangeSession
from trainings.trainers.booking import DoubleBooked


class SessionRows(RowsMixin):
    """All sessions, or a trainer's own, with their days and seats."""

    def rows_for(self, user: Any) -> QuerySet[Session]:
        rows: Any = sessions_for(user)
        return rows.with_dates().with_seats().with_rolls_due(clock.midnight()).select_related("module", "venue")


class SessionActionView(SessionRows, ObjectActionView[Any]):
    """An action on one session. Its rows carry what `with_seats` counts."""

    model = Session
    viewset_name = "trainings_sessions"
    permission = RUN_SESSIONS
    header_icon = "date"
    refusals: ClassVar = {
        DoubleBooked: double_booking_text,
        CannotChangeSession: lambda refusal: SESSION_REFUSALS[refusal.reason],
        SessionNotOver: SESSION_NOT_OVER,
    }
